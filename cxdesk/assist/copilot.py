"""Co-pilot mode: the desk prepares a draft, a person decides what is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cxdesk.access import Access
from cxdesk.agent import Agent, Listener
from cxdesk.assist.handovers import Handovers
from cxdesk.assist.suggest import Suggestion
from cxdesk.assist.suggestions import Suggestions
from cxdesk.assist.variables import Filled, fill, gaps_in
from cxdesk.domain import (
    AUTOPILOT,
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
from cxdesk.memory.replay import confidence
from cxdesk.settings import Tone
from cxdesk.store import Store
from cxdesk.store.drafts import share_kept

Notify = Callable[[str], None]


def is_sure(turn: Turn, least: float) -> bool:
    """Whether autopilot may send the turn's reply: no handoff, nothing unsupported, and confident enough.

    The confidence is the one whose curve `cxdesk replay` draws.
    """
    sent = {DecisionKind.reply, DecisionKind.ask, DecisionKind.confirm}
    grounded = not turn.grounding.unsupported
    return turn.decision.kind in sent and grounded and confidence(turn.as_json()) >= least


class Copilot:
    """What a person at the desk does with a conversation. `notify` hears the id of each one that changed.

    `suggestions` offers replies, `handovers` is the life of what was handed to a person. `by` is the person who
    decides where nobody is signed in, else it is whoever is; `used` the suggestion that a sent text came from.
    """

    def __init__(self, store: Store, agent: Agent, notify: Notify, access: Access | None = None) -> None:
        self._store = store
        self._agent = agent
        self._notify = notify
        self._access = access or Access()
        self._answered_at_once: list[str] = []
        self.suggestions = Suggestions(store, agent)
        self.handovers = Handovers(store, notify, self._access)

    def receive(self, conversation_id: str, text: str) -> Run:
        """Store what the customer wrote. The draft is made by `prepare`."""
        run = self._agent.receive(conversation_id, text)
        self._notify(conversation_id)
        return run

    def prepare(
        self,
        run: Run,
        listener: Listener,
        on_brief: Callable[[Turn], None] | None = None,
        *,
        tone: Tone | None = None,
    ) -> Turn:
        """Make the draft for a received message, in a tone if one is asked for; an older draft makes way.

        A conversation that was handed to a person gets its drafts too, and stays handed over. With the autopilot on,
        a draft that it may send is sent; changes wait for a person all the same.
        """
        turn = self._agent.run(run, listener, on_brief, tone=tone)
        with self._store.transaction():
            is_first = not self._store.drafts.has_of_run(turn.run)  # one made again is for the person who asked for it
            self._withdraw(turn.conversation)
            draft = self._store.drafts.create(turn.conversation, turn.run, turn.reply)
            if is_first and self._is_for_autopilot(turn):
                self._let_out(draft.id, None, AUTOPILOT)
            self.handovers.settle_state(turn.conversation)
        self._notify(turn.conversation)
        return turn

    def unfinished(self) -> list[Run]:
        """Received messages whose draft was cut short, oldest first."""
        return [run for run in self._store.runs.unfinished() if run.conversation_id not in self._answered_at_once]

    @contextmanager
    def answering_at_once(self, conversation_id: str) -> Iterator[None]:
        """Meanwhile no draft is wanted here: the customer's message is being answered without a person."""
        self._answered_at_once.append(conversation_id)
        try:
            yield
        finally:
            self._answered_at_once.remove(conversation_id)

    # ------------------------------------------------------------ replies to choose from

    def suggest(self, conversation_id: str, *, by: str | None = None) -> tuple[Suggestion, ...]:
        """Three replies to the customer's last message, the most confident first; not for the window's thread.

        `by` is who asks: saved replies are signed with that name.
        """
        return self.suggestions.suggest(conversation_id, agent_name=by or "")

    def fill(self, conversation_id: str, text: str, by: str | None = None) -> Filled:
        """A saved reply filled for this conversation; what nothing fills is a gap, and can't be sent."""
        return fill(text, self.suggestions.values(conversation_id, agent_name=by or ""))

    # ------------------------------------------------------------ decisions

    def approve(self, draft_id: str, *, by: str | None = None) -> Message:
        """Send a draft as it stands."""
        by = self._access.need("send") or by
        return self._send_draft(draft_id, None, by, None)

    def edit(self, draft_id: str, text: str, *, by: str | None = None, used: Suggestion | None = None) -> Message:
        """Send a draft as a person has changed it, or another suggestion in its place."""
        by = self._access.need("send") or by
        return self._send_draft(draft_id, text, by, used)

    def reject(self, draft_id: str, reason: str = "", *, by: str | None = None) -> Draft:
        """Throw a draft away; the conversation waits for a person's own words."""
        by = self._access.need("send") or by
        with self._store.transaction():
            draft = self._store.drafts.decide(draft_id, DraftState.rejected, reason=reason, by=by)
            self._drop_pending(draft.conversation_id)
            self.handovers.settle_state(draft.conversation_id)
            self.suggestions.count(draft, 0.0)
        self._notify(draft.conversation_id)
        return draft

    def reopen(self, conversation_id: str) -> None:
        """Open a closed conversation again, as a new message would."""
        self._access.need("send")
        self.handovers.settle_state(conversation_id)
        self._notify(conversation_id)

    # ------------------------------------------------------------ changes that wait for a person

    def approve_action(self, conversation_id: str, *, by: str | None = None) -> Draft:
        """Do the change that waits beside the draft, and draft the sentence that says so.

        Raises `Refused` with the shop's rule when it may no longer be done, or this role may not do it; `Invalid`
        when none waits. Nothing is changed then.
        """
        by = self._access.need("act") or by
        pending, call = self._agent.perform_pending(conversation_id, role=self._access.role, by=by)
        if not call.ok:
            raise Refused(call.error or "This can't be done any more. Look at the order, then write to the customer.")
        with self._store.transaction():
            self._withdraw(conversation_id)
            draft = self._store.drafts.create(conversation_id, pending.run_id or "", call.result["done"])
            if self.handovers.current(conversation_id):
                self.handovers.resolve(conversation_id, by, note=f"approved: {pending.tool}")
            self.handovers.settle_state(conversation_id)
        self._notify(conversation_id)
        return draft

    def decline_action(self, conversation_id: str, reason: str = "", *, by: str | None = None) -> None:
        """Drop the change that waits, and the draft that speaks of it; a person writes to the customer."""
        by = self._access.need("act") or by
        with self._store.transaction():
            self._drop_pending(conversation_id)
            if draft := self._store.drafts.open_for(conversation_id):
                self._store.drafts.decide(draft.id, DraftState.rejected, reason=reason or "declined", by=by)
            self.handovers.settle_state(conversation_id)
        self._notify(conversation_id)

    def _drop_pending(self, conversation_id: str) -> None:
        """What a person did not let out was never proposed: a later yes must not mean it."""
        if self._store.conversations.get_pending(conversation_id):
            self._store.conversations.clear_pending(conversation_id)

    def send(
        self, conversation_id: str, text: str, *, by: str | None = None, used: Suggestion | None = None
    ) -> Message:
        """Send a person's own words; an open draft makes way. Raises `Refused` for what may not leave the desk."""
        by = self._access.need("send") or by
        self.check(conversation_id, text)
        with self._store.transaction():
            withdrawn = self._withdraw(conversation_id)
            message = self._store.conversations.add_message(conversation_id, Role.agent, text.strip())
            self.handovers.answered(conversation_id, by)
            self.handovers.settle_state(conversation_id)
            if withdrawn:
                self.suggestions.count(withdrawn, 0.0, used)
            elif used:
                self.suggestions.count_used(conversation_id, used)
        self._notify(conversation_id)
        return message

    def _send_draft(self, draft_id: str, text: str | None, by: str | None, used: Suggestion | None) -> Message:
        waiting = self._draft(draft_id)
        self.check(waiting.conversation_id, waiting.text if text is None else text)
        with self._store.transaction():
            draft, message = self._let_out(draft_id, text, by)
            if text is not None:  # an approved note that a person will come does not stand for that person
                self.handovers.answered(draft.conversation_id, by)
            self.handovers.settle_state(draft.conversation_id)
            kept = share_kept(draft) or 0.0
            self.suggestions.count(draft, kept, used)
        self.suggestions.learn(draft, kept=kept, by=by)
        self._notify(draft.conversation_id)
        return message

    def _let_out(self, draft_id: str, text: str | None, by: str | None) -> tuple[Draft, Message]:
        """Decide a draft, as it stands or in a person's words, and give it to the customer."""
        state = DraftState.approved if text is None else DraftState.edited
        draft = self._store.drafts.decide(draft_id, state, sent_text=text.strip() if text else None, by=by)
        message = self._store.conversations.add_message(
            draft.conversation_id, Role.desk, draft.sent_text or draft.text, draft.run_id
        )
        return draft, message

    def _is_for_autopilot(self, turn: Turn) -> bool:
        """Whether the desk sends this reply by itself: it is sure, nobody has the conversation, nothing came since."""
        settings = self._agent.settings
        if not settings.autopilot or not is_sure(turn, settings.autopilot_confidence):
            return False
        messages = self._store.conversations.messages(turn.conversation)
        if messages[-1].id != turn.message_id or self.handovers.current(turn.conversation):
            return False
        said = [message.text for message in messages if message.role is Role.customer]
        return not self._agent.outbound.check_for(turn.identity.customer_id, said)(turn.reply)

    def _draft(self, draft_id: str) -> Draft:
        draft = self._store.drafts.find(draft_id)
        if draft is None:
            raise Invalid(f"There is no draft {draft_id!r}. Open the conversation again.")
        return draft

    def check(self, conversation_id: str, text: str) -> None:
        """The last look before a reply leaves, at a person's words too: sending does it again.

        Raises `Invalid` for an empty reply, `Refused` for what may not leave the desk.
        """
        if not text.strip():
            raise Invalid("The reply is empty. Write something, then send it again.")
        if gaps := gaps_in(text):
            raise Refused(f"This reply can't be sent: fill in {', '.join(gaps)}, or take it out, then send it again.")
        conversation = self._store.conversations.get(conversation_id)
        said = [m.text for m in self._store.conversations.messages(conversation_id) if m.role is Role.customer]
        if reasons := self._agent.outbound.check_for(conversation.customer_id, said)(text):
            raise Refused(f"This reply can't be sent. {' '.join(reasons)} Take that out, then send it again.")

    def _withdraw(self, conversation_id: str) -> Draft | None:
        """Put the open draft out of the way; it was overtaken, not judged."""
        draft = self._store.drafts.open_for(conversation_id)
        return self._store.drafts.decide(draft.id, DraftState.rejected, reason="superseded") if draft else None
