"""Feedback: one to five stars, with a comment, for a reply or for a whole conversation."""

from __future__ import annotations

from typing import Literal

from cxdesk.domain import Invalid, Rating, new_id, now
from cxdesk.signals.masking import mask_secrets
from cxdesk.store import Store

LONGEST_COMMENT = 2_000


def rate(
    store: Store,
    conversation_id: str,
    stars: int,
    comment: str = "",
    *,
    message_id: str | None = None,
    by: Literal["customer", "staff"] = "customer",
) -> Rating:
    """Keep a rating of a conversation, or of one of its replies; the same side's earlier one makes way.

    Secrets in the comment are masked. Raises `Invalid` for other than 1 to 5 stars, a comment that is too long, a
    conversation that isn't there, and a message that is no reply in it.
    """
    if not 1 <= stars <= 5:
        raise Invalid(f"A rating is 1 to 5 stars, not {stars!r}. Choose one of them.")
    if len(comment) > LONGEST_COMMENT:
        raise Invalid(f"The comment has {len(comment):,} characters; {LONGEST_COMMENT:,} are kept. Shorten it.")
    conversation = store.conversations.get(conversation_id)
    if message_id is not None:
        _check_reply(store, conversation_id, message_id)
    rating = Rating(
        id=new_id("f"),
        conversation_id=conversation.id,
        message_id=message_id,
        stars=stars,
        comment=mask_secrets(comment.strip()),
        by=by,
        at=now(),
    )
    store.ratings.put(rating)
    return rating


def _check_reply(store: Store, conversation_id: str, message_id: str) -> None:
    replies = {m.id for m in store.conversations.messages(conversation_id) if m.role in {"desk", "agent"}}
    if message_id not in replies:
        raise Invalid(f"No reply {message_id!r} in the conversation {conversation_id!r}. Rate a reply of it.")
