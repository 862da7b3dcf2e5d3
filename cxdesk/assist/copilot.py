"""Co-pilot mode: the desk prepares a draft, a person decides what is sent."""

from __future__ import annotations

from collections.abc import Callable

from cxdesk.agent import Agent, Listener, Outbound
from cxdesk.domain import (
    Conversation,
    ConversationState,
    DecisionKind,
    Draft,
    DraftState,
    Invalid,
    Message,
    Refused,
    Role,
    Run,
    Turn,
)
from cxdesk.store import Store

Notify = Callable[[str], None]


class Copilot:
    """What a person at the desk does with a conversation. `notify` hears the id of each one that changed."""

    def __init__(self, store: Store, agent: Agent, outbound: Outbound, notify: Notify) -> None:
        self._store = store
        self._agent = agent
        self._outbound = outbound
        self._notify = notify

    def receive(self, conversation_id: str, text: str) -> Run:
        """Store what the customer wrote. The draft is made by `prepare`."""
        run = self._agent.receive(conversation_id, text)
        self._notify(conversation_id)
        return run

    def prepare(self, run: Run, listener: Listener, on_brief: Callable[[Turn], None] | None = None) -> Turn:
        """Make the draft for a received message; an older draft of the conversation makes way."""
        turn = self._agent.run(run, listener, on_brief)
        with self._store.transaction():
            self._withdraw(turn.conversation)
            self._store.drafts.create(turn.conversation, turn.run, turn.reply)
            handed = turn.decision.kind is DecisionKind.handoff
            self._set_state(turn.conversation, ConversationState.handed_over if handed else ConversationState.waiting)
        self._notify(turn.conversation)
        return turn

    def unfinished(self) -> list[Run]:
        """Received messages whose draft was cut short, oldest first."""
        return self._store.runs.unfinished()

    def approve(self, draft_id: str) -> Message:
        """Send a draft as it stands."""
        return self._send_draft(draft_id, None)

    def edit(self, draft_id: str, text: str) -> Message:
        """Send a draft as a person has changed it."""
        return self._send_draft(draft_id, text)

    def reject(self, draft_id: str, reason: str = "") -> Draft:
        """Throw a draft away; the conversation waits for a person's own words."""
        with self._store.transaction():
            draft = self._store.drafts.decide(draft_id, DraftState.rejected, reason=reason)
            self._set_state(draft.conversation_id, ConversationState.open)
        self._notify(draft.conversation_id)
        return draft

    def send(self, conversation_id: str, text: str) -> Message:
        """Send a person's own words; an open draft makes way. Raises `Refused` for what may not leave the desk."""
        if not text.strip():
            raise Invalid("The reply is empty. Write something, then send it again.")
        self._refuse_unsafe(conversation_id, text)
        with self._store.transaction():
            self._withdraw(conversation_id)
            message = self._store.conversations.add_message(conversation_id, Role.agent, text.strip())
            self._set_state(conversation_id, ConversationState.open)
        self._notify(conversation_id)
        return message

    def _send_draft(self, draft_id: str, text: str | None) -> Message:
        if text is not None and not text.strip():
            raise Invalid("The reply is empty. Write something, or reject the draft.")
        with self._store.transaction():
            state = DraftState.approved if text is None else DraftState.edited
            if text:
                self._refuse_unsafe(self._draft(draft_id).conversation_id, text)
            draft = self._store.drafts.decide(draft_id, state, sent_text=text.strip() if text else None)
            message = self._store.conversations.add_message(
                draft.conversation_id, Role.desk, draft.sent_text or draft.text, draft.run_id
            )
            handed = self._store.conversations.get(draft.conversation_id).state is ConversationState.handed_over
            if not handed:  # a person is still awaited after a draft that only says so
                self._set_state(draft.conversation_id, ConversationState.open)
        self._notify(draft.conversation_id)
        return message

    def _draft(self, draft_id: str) -> Draft:
        draft = self._store.drafts.find(draft_id)
        if draft is None:
            raise Invalid(f"There is no draft {draft_id!r}. Open the conversation again.")
        return draft

    def _refuse_unsafe(self, conversation_id: str, text: str) -> None:
        """The last look, at a person's words too."""
        conversation = self._store.conversations.get(conversation_id)
        said = [m.text for m in self._store.conversations.messages(conversation_id) if m.role is Role.customer]
        if reasons := self._outbound.check_for(conversation.customer_id, said)(text):
            raise Refused(f"This reply can't be sent. {' '.join(reasons)} Take that out, then send it again.")

    def _withdraw(self, conversation_id: str) -> None:
        draft = self._store.drafts.open_for(conversation_id)
        if draft:
            self._store.drafts.decide(draft.id, DraftState.rejected, reason="superseded")

    def _set_state(self, conversation_id: str, state: ConversationState) -> None:
        conversation: Conversation = self._store.conversations.get(conversation_id)
        self._store.conversations.save(conversation.model_copy(update={"state": state}))
