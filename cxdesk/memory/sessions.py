"""The end of a conversation: it is closed, and what it came to is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from cxdesk.domain import ClosedBy, ConversationState, Insight, Invalid
from cxdesk.store import Store


def close_session(store: Store, conversation_id: str, now: datetime, by: ClosedBy = "person") -> Insight:
    """Close a conversation and keep what it came to; one that is closed already keeps its first close.

    A new message opens it again, and the next close counts the whole conversation anew. A proposal that waited, and
    a draft, stay as they are. Raises `Invalid` if there is no such conversation. No model is asked.
    """
    with store.transaction():
        conversation = store.conversations.get(conversation_id)
        is_closed = conversation.state is ConversationState.closed
        if is_closed and (kept := store.insights.find(conversation_id)):
            return kept
        store.conversations.save(conversation.model_copy(update={"state": ConversationState.closed}))
        insight = store.insights.derive(conversation_id, now, by)
    if insight is None:
        raise Invalid(f"No conversation {conversation_id!r} on this desk. Check the id.")
    return insight


def close_silent(store: Store, now: datetime, after: timedelta) -> list[Insight]:
    """Close the conversations in which nobody has written for so long and that wait for no person."""
    return _close_all(store, lambda: store.insights.silent_since(now - after), now, "silence")


def close_answered(store: Store, now: datetime) -> list[Insight]:
    """Close, as the window ends, the conversations that wait for nobody: the desk had the last word in them."""
    return _close_all(store, store.insights.answered, now, "window")


def _close_all(store: Store, choose: Callable[[], list[str]], now: datetime, by: ClosedBy) -> list[Insight]:
    """Close what is chosen, at once: nobody can write in between."""
    with store.transaction():
        chosen = choose()
        store.conversations.close(chosen)
        return store.insights.derive_many(chosen, now, by) if chosen else []
