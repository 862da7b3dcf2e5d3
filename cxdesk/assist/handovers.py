"""The life of a handoff: a person accepts it, answers, and gives the conversation back or settles the matter.

While a person is awaited or at work, the conversation says so, and the desk goes on preparing drafts for every new
message: a gap in the data silences nobody. Each step is kept with who did it and when.
"""

from __future__ import annotations

from collections.abc import Callable

from cxdesk.access import Access
from cxdesk.domain import ConversationState, Handoff, HandoffState, Refused
from cxdesk.store import Store
from cxdesk.store.handoffs import HandoffEvent, HandoffEventKind


class Handovers:
    """What people do with conversations that were handed to them. `notify` hears the id of each that changed."""

    def __init__(self, store: Store, notify: Callable[[str], None], access: Access | None = None) -> None:
        self._store = store
        self._notify = notify
        self._access = access or Access()

    def waiting(self, limit: int = 200) -> list[Handoff]:
        """Handoffs that nobody has accepted, the longest waiting first."""
        return self._store.handoffs.open(limit)

    def current(self, conversation_id: str) -> Handoff | None:
        """The newest handoff of the conversation that still needs a person."""
        unresolved = self._store.handoffs.unresolved(conversation_id)
        return unresolved[-1] if unresolved else None

    def history(self, conversation_id: str) -> list[HandoffEvent]:
        """Everything that people did with the conversation's handoffs, oldest first."""
        handoffs = self._store.handoffs.of_conversation(conversation_id)
        return sorted((e for h in handoffs for e in self._store.handoffs.events(h.id)), key=lambda event: event.at)

    def accept(self, conversation_id: str, by: str | None = None) -> None:
        """Take the conversation on. Raises `Refused` when nobody is awaited, or a colleague has it already."""
        by = self._access.need("send") or by
        waiting = [h for h in self._unresolved(conversation_id) if h.state is HandoffState.open]
        if not waiting:
            taken = self._who_has(conversation_id)
            raise Refused(
                f"A person{f' ({taken})' if taken else ''} has this conversation already. Ask them, or look on."
            )
        self._record(conversation_id, waiting, "accepted", by)

    def answered(self, conversation_id: str, by: str | None = None) -> None:
        """A person has written to the customer: whoever answers has accepted. Nothing where nobody is awaited."""
        for handoff in self._store.handoffs.unresolved(conversation_id):
            self._store.handoffs.record(handoff.id, "answered", by)

    def give_back(self, conversation_id: str, by: str | None = None, note: str = "") -> None:
        """Let the desk answer again as before. Raises `Refused` when no person has the conversation."""
        by = self._access.need("send") or by
        self._end(conversation_id, "given_back", by, note)

    def resolve(self, conversation_id: str, by: str | None = None, note: str = "") -> None:
        """The matter is settled; later messages are answered as before. Raises `Refused` when nobody was awaited."""
        by = self._access.need("send") or by
        self._end(conversation_id, "resolved", by, note)

    def settle_state(self, conversation_id: str) -> None:
        """Let the conversation's state say what is true: a person is awaited, a draft waits, or the desk answers."""
        conversation = self._store.conversations.get(conversation_id)
        if self._store.handoffs.unresolved(conversation_id):
            state = ConversationState.handed_over
        elif self._store.drafts.open_for(conversation_id):
            state = ConversationState.waiting
        else:
            state = ConversationState.open
        self._store.conversations.save(conversation.model_copy(update={"state": state}))

    def _end(self, conversation_id: str, kind: HandoffEventKind, by: str | None, note: str) -> None:
        self._record(conversation_id, self._unresolved(conversation_id), kind, by, note)

    def _record(
        self, conversation_id: str, handoffs: list[Handoff], kind: HandoffEventKind, by: str | None, note: str = ""
    ) -> None:
        with self._store.transaction():
            for handoff in handoffs:
                self._store.handoffs.record(handoff.id, kind, by, note)
            self.settle_state(conversation_id)
        self._notify(conversation_id)

    def _unresolved(self, conversation_id: str) -> list[Handoff]:
        unresolved = self._store.handoffs.unresolved(conversation_id)
        if not unresolved:
            raise Refused("Nobody is awaited in this conversation. Write to the customer, or leave it to the desk.")
        return unresolved

    def _who_has(self, conversation_id: str) -> str | None:
        return next((event.by for event in reversed(self.history(conversation_id)) if event.kind == "accepted"), None)
