"""What a person decides about a conversation: each verb reads the widgets, calls the desk, and tells the widgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from cxdesk.ui.language import tr
from cxdesk.ui.page import Done
from cxdesk.ui.pane import ConversationPane
from cxdesk.ui.sending import Outgoing, Sending
from cxdesk.ui.views import SavedReply, SuggestionRow
from cxdesk.ui.work import explain

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import Draft, Fact

Result = TypeVar("Result")


class Run(Protocol):
    """Work off the window's thread: on the desk, then with its result or its error."""

    def __call__(
        self,
        work: Callable[[Desk], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        key: str | None = None,
    ) -> None: ...


class Deciding:
    """`who` says who decides, None where nobody signed in; `tell` says an error to the person, `done` what was done."""

    def __init__(
        self,
        pane: ConversationPane,
        sending: Sending,
        run: Run,
        tell: Callable[[Exception], None],
        done: Callable[[Done], None],
        who: Callable[[], str | None],
    ) -> None:
        self.sending = sending
        self._done = done
        self._pane = pane
        self._run = run
        self._tell = tell
        self._who = who
        self._connect()

    @property
    def by(self) -> str | None:
        return self._who()

    # ------------------------------------------------------------ drafts and own words

    def approve(self, draft: Draft) -> None:
        by = self.by
        self._send(
            Outgoing(
                draft.conversation_id,
                draft.text,
                lambda desk: desk.copilot.approve(draft.id, by=by),
                draft.id,
                sent=lambda: self._pane.card.sent(draft.id),
                failed=self._tell,
            )
        )

    def send_edited(self, draft: Draft, text: str, used: Any) -> None:
        by, conversation = self.by, draft.conversation_id
        self._send(
            Outgoing(
                conversation,
                text,
                lambda desk: desk.copilot.edit(draft.id, text, by=by, used=used),
                draft.id,
                sent=lambda: self._pane.card.sent(draft.id),
                failed=lambda error: self._keep(conversation, text, used, error),
            )
        )

    def reject(self, draft_id: str, reason: str) -> None:
        """What comes next are a person's own words."""
        by = self.by

        def rejected(_: object) -> None:
            self._pane.card.sent(draft_id)
            self._pane.composer.field.setFocus()

        self._decide(lambda desk: desk.copilot.reject(draft_id, reason, by=by), rejected)

    def send_own(self, conversation_id: str, text: str, used: Any) -> None:
        by, composer = self.by, self._pane.composer
        outgoing = Outgoing(
            conversation_id,
            text,
            lambda desk: desk.copilot.send(conversation_id, text, by=by, used=used),
            failed=lambda error: self._keep(conversation_id, text, used, error),
            taken_back=lambda: composer.add(conversation_id, text, used),
        )
        self._send(outgoing, lambda: composer.was_sent(conversation_id, text))

    def take_suggestion(self, row: SuggestionRow) -> None:
        """Into the draft's editor, or into the composer where there is no draft."""
        conversation = self._pane.conversation_id
        if not self._pane.card.take(row.text, row.origin) and conversation:
            self._pane.composer.add(conversation, row.text, row.origin)
            self._pane.composer.field.setFocus()

    # ------------------------------------------------------------ changes and handoffs

    def approve_action(self, conversation_id: str) -> None:
        by, card = self.by, self._pane.action

        def refused(error: Exception) -> None:
            card.set_busy(False)
            card.refuse(explain(error))

        self._decide(lambda desk: desk.copilot.approve_action(conversation_id, by=by), lambda _: None, refused)

    def decline_action(self, conversation_id: str, reason: str) -> None:
        by = self.by

        def declined(_: object) -> None:
            self._pane.composer.field.setFocus()

        self._decide(lambda desk: desk.copilot.decline_action(conversation_id, reason, by=by), declined)

    def accept(self) -> None:
        by = self.by
        self._hand(lambda desk, conversation: desk.copilot.handovers.accept(conversation, by))

    def give_back(self) -> None:
        by = self.by
        self._hand(lambda desk, conversation: desk.copilot.handovers.give_back(conversation, by))

    def resolve(self) -> None:
        by = self.by
        self._hand(lambda desk, conversation: desk.copilot.handovers.resolve(conversation, by))

    def close(self) -> None:
        """Close the conversation; it can be undone for a while."""
        conversation, writer = self._pane.conversation_id, self._pane.writer()
        if conversation:
            said = tr("The conversation with {writer} is closed.", writer=writer)
            self._decide(
                lambda desk: _then_desk(desk, desk.close_conversation, conversation),
                lambda desk: self._done(Done(said, lambda: desk.copilot.reopen(conversation))),
            )

    def reopen(self) -> None:
        self._hand(lambda desk, conversation: desk.copilot.reopen(conversation))

    def forget(self, fact: Fact) -> None:
        """Forget what a customer told; it can be undone for a while."""
        self._decide(
            lambda desk: _then_desk(desk, desk.memory.forget, fact.id),
            lambda desk: self._done(
                Done(tr("Forgotten: {text}", text=fact.text), lambda: desk.store.facts.restore(fact))
            ),
        )

    # ------------------------------------------------------------ saved replies

    def read_replies(self) -> None:
        from cxdesk.ui.reading import read_saved_replies

        self._run(read_saved_replies, self._pane.composer.show_replies, key="saved replies")

    def fill_reply(self, conversation_id: str, reply: SavedReply) -> None:
        from cxdesk.ui.reading import fill_reply

        by, composer = self.by, self._pane.composer
        self._run(
            lambda desk: fill_reply(desk, conversation_id, reply, by),
            lambda filled: composer.insert(conversation_id, filled),
        )

    # ------------------------------------------------------------ inside

    def _hand(self, act: Callable[[Desk, str], None]) -> None:
        conversation = self._pane.conversation_id
        if conversation:
            self._decide(lambda desk: act(desk, conversation), lambda _: None)

    def _send(self, outgoing: Outgoing, on_begin: Callable[[], None] = lambda: None) -> None:
        """Refuse at once what may not leave; the rest sets out."""

        def checked(_: object) -> None:
            on_begin()
            self.sending.begin(outgoing)

        self._decide(lambda desk: desk.copilot.check(outgoing.conversation_id, outgoing.text), checked)

    def _keep(self, conversation_id: str, text: str, used: Any, error: Exception) -> None:
        """What could not be sent goes back to where it can be changed."""
        self._pane.composer.add(conversation_id, text, used)
        self._tell(error)

    def _decide(
        self,
        work: Callable[[Desk], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do it once the last reply has left: each decision rests on what was decided before."""

        def succeeded(result: Result) -> None:
            self._pane.notice.hide()
            on_success(result)

        def failed(error: Exception) -> None:
            self._let_go()
            self._tell(error)

        self.sending.flush(lambda: self._run(work, succeeded, on_failure or failed), self._let_go)

    def _let_go(self) -> None:
        """Nothing was decided: the buttons work again."""
        self._pane.card.set_sending(False)
        self._pane.composer.allow_sending()
        self._pane.action.set_busy(False)
        self._pane.banner.set_busy(False)

    def _connect(self) -> None:
        pane = self._pane
        pane.card.approved.connect(self.approve)
        pane.card.edited.connect(self.send_edited)
        pane.card.rejected.connect(self.reject)
        pane.suggestions.taken.connect(self.take_suggestion)
        pane.action.approved.connect(self.approve_action)
        pane.action.declined.connect(self.decline_action)
        pane.banner.accepted.connect(self.accept)
        pane.banner.given_back.connect(self.give_back)
        pane.banner.resolved.connect(self.resolve)
        pane.close_asked.connect(self.close)
        pane.reopen_asked.connect(self.reopen)
        pane.composer.sent.connect(self.send_own)
        pane.composer.replies_wanted.connect(self.read_replies)
        pane.composer.reply_chosen.connect(self.fill_reply)


def _then_desk(desk: Desk, verb: Callable[[str], None], item_id: str) -> Desk:
    """Do it, and hand on the desk that can take it back."""
    verb(item_id)
    return desk
