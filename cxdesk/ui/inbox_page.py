"""The inbox: a list of conversations, one of them in the middle, all about it on the right.

Reads and decisions go to the window's pool, drafts to a queue of their own (`drafting`), which goes on whatever page
is in front. What is on screen is always one conversation as it was read: the next one replaces it as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from cxdesk.domain import DeskError, DraftState, now
from cxdesk.ui import words
from cxdesk.ui.action_card import APPROVE_ACTION_KEYS, DECLINE_ACTION_KEYS
from cxdesk.ui.conversations import (
    FILTER_KEYS,
    NEXT_KEYS,
    NEXT_QUEUE_KEYS,
    PREVIOUS_KEYS,
    PREVIOUS_QUEUE_KEYS,
    QUEUES,
    Conversations,
)
from cxdesk.ui.deciding import Deciding
from cxdesk.ui.draft_card import EDIT_KEYS, REGENERATE_KEYS, REJECT_KEYS, SEND_KEYS
from cxdesk.ui.drafting import Drafting, Preparation
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.page import Command, Page
from cxdesk.ui.pane import CLOSE_KEYS, TICKET_KEYS, ConversationPane
from cxdesk.ui.places import UNSAVED, as_json, from_json
from cxdesk.ui.sending import Sending
from cxdesk.ui.side_panel import SidePanel
from cxdesk.ui.source_view import SourceView
from cxdesk.ui.suggestion_list import suggestion_keys
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Bubble, ConversationView, InboxView, Label, Row, SourceCard, SuggestionRow
from cxdesk.ui.widgets import keys
from cxdesk.ui.work import Throttle, Work, explain, log_bug, note_bug

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import Run
    from cxdesk.settings import Tone

REPAINT_MS = 50
# News are read again after this pause: a brief takes less, and would have to share the processor with the reading.
NEWS_PAUSE_MS = 100
AGES_MS = 20_000
# A read that takes longer than this is said to be under way; a shorter one would only flicker.
PATIENCE_MS = 150
DRAFT_FAILED = Label(mark("draft failed"), "bad")


class InboxPage(Page):
    """`rested` may be sent when its drafts and its reading are done."""

    name: ClassVar[str] = "inbox"

    rested = Signal()
    ticket_asked = Signal(str)
    """The id of the conversation that a ticket is to be made from."""

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.drafting = Drafting(self)
        self.prepares = True
        self.view: ConversationView | None = None
        self._was_at = ""
        self._suggested_for: tuple[str, str, str] | None = None
        self._make_parts()
        self._lay_out()
        self._make_timers()
        self._connect()
        self._say_nothing_chosen()

    # ------------------------------------------------------------ what the window asks

    def take(self, desk: Desk) -> None:
        super().take(desk)
        self.drafting.take(desk)

    def refresh(self) -> None:
        super().refresh()
        self._begin_inbox()
        self._begin_view()

    def reveal(self, item_id: str) -> None:
        """Show this conversation, whatever queue it is in."""
        self.conversations.open(item_id)

    def hear(self, conversation_id: str) -> None:
        """News of a conversation, whatever page is in front."""
        if self.sending.of_conversation(conversation_id):
            self.sending.flush()
        self.look_for_messages()
        self._read_inbox.ask()
        if conversation_id == self.conversations.chosen_id():
            self._read_view.ask()

    def look_for_messages(self) -> None:
        """Have drafts made for the messages that have none."""
        if self.prepares:
            self.run(lambda desk: desk.copilot.unfinished(), self.drafting.offer, key="unfinished")

    def commands(self) -> Sequence[Command]:
        card, action = self.pane.card, self.pane.action
        return (
            Command(mark("Next conversation"), lambda: self.conversations.step(1), NEXT_KEYS),
            Command(mark("Previous conversation"), lambda: self.conversations.step(-1), PREVIOUS_KEYS),
            Command(mark("Next queue"), lambda: self.conversations.step_queue(1), NEXT_QUEUE_KEYS),
            Command(mark("Previous queue"), lambda: self.conversations.step_queue(-1), PREVIOUS_QUEUE_KEYS),
            Command(mark("Search conversations"), self.conversations.go_to_filter, FILTER_KEYS),
            Command(mark("Send: approve the draft, or send what you typed"), self.send, SEND_KEYS, "send"),
            Command(mark("Edit the draft"), card.edit, EDIT_KEYS, "send"),
            Command(mark("Reject the draft"), card.ask_why, REJECT_KEYS, "send"),
            Command(mark("Write the draft again"), card.regenerate, REGENERATE_KEYS, "send"),
            *(
                Command(
                    tr("Take suggestion {n}", n=number(n)),
                    partial(self.pane.suggestions.take, n),
                    suggestion_keys(n),
                    "send",
                )
                for n in (1, 2, 3)
            ),
            Command(mark("Approve the proposed change"), action.approve, APPROVE_ACTION_KEYS, "act"),
            Command(mark("Decline the proposed change"), action.decline, DECLINE_ACTION_KEYS, "act"),
            Command(mark("Close the conversation"), self.deciding.close, CLOSE_KEYS, "send"),
            Command(mark("Reopen the conversation"), self.deciding.reopen, right="send"),
            Command(mark("Ticket from this conversation"), self._ask_ticket, TICKET_KEYS, "tickets"),
            Command(mark("Show what the desk did"), self.panel.unfold_trace),
        )

    def place(self) -> Mapping[str, object]:
        chosen = self.conversations.chosen_id()
        return {
            "parts": self.parts.saveState(),
            "queue": self.conversations.queue,
            "conversation": chosen or "",
            UNSAVED: as_json(
                {
                    "words": self._still_there(self.pane.composer.words()),
                    "edits": self._open_edits(),
                    "held": self._held(),
                    "search": self.conversations.filter.text(),
                }
            ),
        }

    def return_to(self, place: Mapping[str, object]) -> None:
        if isinstance(parts := place.get("parts"), QByteArray):
            self.parts.restoreState(parts)
        if (queue := place.get("queue")) in QUEUES:
            self.conversations.choose_queue(queue)
        self._was_at = str(place.get("conversation") or "")
        unsaved = from_json(place.get(UNSAVED))
        self.pane.composer.bring_back(self._still_there(unsaved.get("words", {})))
        self.pane.card.bring_back(unsaved.get("edits", {}))
        self.conversations.filter.setText(str(unsaved.get("search") or ""))
        if held := unsaved.get("held"):
            self._bring_back_held(**held)

    def _still_there(self, words: Mapping[str, str]) -> dict[str, str]:
        """What was typed in conversations that are there: those of a deleted customer are not."""
        desk = self.desk
        return {talk: text for talk, text in words.items() if desk and desk.store.conversations.find(talk)}

    def _held(self) -> dict[str, str]:
        """The reply that has not left: were the program ended now, it would be there at the next start."""
        held = self.sending.held()
        if held is None or not self._still_there({held.conversation_id: held.text}):
            return {}
        known = {"conversation": held.conversation_id, "text": held.text, "draft": held.draft_id}
        return {**known, "since": held.since.isoformat()}

    def _bring_back_held(self, conversation: str, text: str, draft: str, since: str) -> None:
        """A reply that had not left when the program was ended: into its draft, else among one's own words."""
        if self.desk is None or not self._still_there({conversation: text}):
            return
        said = self.desk.store.conversations.messages(conversation)
        if any(one.at.isoformat() >= since and one.text.strip() == text.strip() for one in said):
            return  # it left just before the end
        if draft and self._is_open(draft):
            self.pane.card.bring_back({draft: text})
        else:
            self.pane.composer.add(conversation, text)
        self._was_at = conversation
        self.notice.say(tr("Your last reply had not left when the program was ended. It is here; send it again."))

    def _open_edits(self) -> dict[str, str]:
        """What was typed into drafts that wait still."""
        return {each: text for each, text in self.pane.card.edits().items() if self._is_open(each)}

    def _is_open(self, draft_id: str) -> bool:
        draft = self.desk.store.drafts.find(draft_id) if self.desk else None
        return draft is not None and draft.state is DraftState.proposed

    def take_back(self) -> bool:
        return self.sending.take_back()

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        from cxdesk.ui.inbox_sights import sights

        return sights(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Not by a focus proxy: Qt 6.12 takes the proxy's siblings out of the order of Tab.
        self.conversations.list.setFocus(event.reason())

    def close_down(self) -> None:
        if self.desk:
            try:
                self.sending.send_before_closing(self.desk)
            except DeskError as error:
                log_bug(error)  # nobody is there to be told; a draft is still one at the next start
        for timer in (
            self._read_inbox,
            self._read_view,
            self.conversations.pause,
            self._repaint,
            self._ages,
            self._patience,
        ):
            timer.stop()
        self.drafting.close()

    @property
    def is_idle(self) -> bool:
        pauses = (self._read_inbox, self._read_view, self.conversations.pause)
        return self.drafting.work.is_idle and all(pause.is_resting for pause in pauses)

    # ------------------------------------------------------------ reading

    def _begin_inbox(self) -> None:
        from cxdesk.ui.reading import read_inbox  # with the desk, whose rooms are loaded by now

        queue, by = self.conversations.queue, self.by
        self.run(lambda desk: read_inbox(desk, queue, by), self._show_inbox, key="inbox")

    def _show_inbox(self, view: InboxView) -> None:
        rows = tuple(self._with_trouble(row) for row in view.rows)
        self.conversations.show_queue(replace(view, rows=rows))
        self.counted.emit(view.counts["approval"] + view.counts["handed_over"])
        if self._was_at and self.conversations.chosen_id() is None:
            self.conversations.choose(self._was_at)
        self.conversations.choose_first()
        if not view.counts["all"]:
            self._say_nothing_chosen()

    def _search(self, text: str) -> None:
        from cxdesk.ui.reading import search_inbox

        self.run(
            lambda desk: search_inbox(desk, text), lambda rows: self.conversations.show_found(text, rows), key="search"
        )

    def _with_trouble(self, row: Row) -> Row:
        return replace(row, state=DRAFT_FAILED.in_language()) if self._has_failed(row.id) else row

    def _has_failed(self, conversation_id: str) -> bool:
        preparation = self.drafting.of_conversation(conversation_id)
        return preparation is not None and preparation.trouble is not None

    def _choose(self, conversation_id: str) -> None:
        if self.view is None or self.view.id != conversation_id:
            self._patience.start()
            self._begin_view()
        else:
            self._patience.stop()

    def _begin_view(self) -> None:
        chosen = self.conversations.chosen_id()
        if chosen is not None:
            from cxdesk.ui.reading import read_conversation

            self.run(
                lambda desk: read_conversation(desk, chosen), self._show_view, self._say_unreadable, key="conversation"
            )

    def _show_view(self, view: ConversationView) -> None:
        """A person may have gone elsewhere while it was read."""
        if view.id == self.conversations.chosen_id():
            self._patience.stop()
            self.sending.forget_sent(view.id)
            self.view = view
            self._show_parts()

    def _show_parts(self) -> None:
        """The conversation as it was read, with what its preparation has found since."""
        view = self.view
        if view is None:
            return
        outgoing = self.sending.of_conversation(view.id)
        self.pane.sending.setVisible(self.sending.can_be_taken_back(view.id))
        if outgoing:
            view = _with_outgoing(view, outgoing.text)
        preparation = self.drafting.of_conversation(view.id)
        brief = preparation.brief if preparation else None
        if self._has_failed(view.id):
            view = replace(view, state=DRAFT_FAILED.in_language())
        self.pane.show_conversation(view, view.handoff or (brief.handoff if brief else None))
        shown = replace(view, run=brief) if brief else view
        self.panel.show_conversation(shown, may_forget=self.rights.may("customers"))
        self._show_card(view, preparation)
        self._begin_suggestions(view, under_way=preparation is not None)

    def _show_card(self, view: ConversationView, preparation: Preparation | None) -> None:
        card = self.pane.card
        if preparation and preparation.trouble:
            card.show_trouble(preparation, words.trouble(preparation.trouble))
        elif preparation:
            card.show_preparation(preparation, self.drafting.ahead_of(preparation))
        elif view.draft:
            card.show_draft(view.draft, view.run)
        else:
            card.clear()
        is_writing = preparation is not None and preparation.brief is not None and preparation.trouble is None
        self._repaint.start() if is_writing else self._repaint.stop()
        self._say_hint()

    def _begin_suggestions(self, view: ConversationView, *, under_way: bool) -> None:
        """Replies to choose from, once the draft is there: for each message and draft they are made once."""
        about = None
        if view.awaits_reply and not under_way:
            about = (view.id, view.bubbles[-1].id, view.draft.id if view.draft else "")
        if about == self._suggested_for:
            return
        self._suggested_for = about
        self.pane.suggestions.clear()
        if about is not None:
            from cxdesk.ui.reading import read_suggestions

            self.run(
                lambda desk: read_suggestions(desk, view.id),
                lambda rows: self._show_suggestions(about, rows),
                lambda error: self._say_no_suggestions(about, error),
                key="suggestions",
            )

    def _show_suggestions(self, about: tuple[str, str, str], rows: tuple[SuggestionRow, ...]) -> None:
        if about == self._suggested_for:
            self.pane.suggestions.show_suggestions(rows)

    def _say_no_suggestions(self, about: tuple[str, str, str], error: Exception) -> None:
        if about == self._suggested_for:
            self.pane.suggestions.say(tr("No suggestions: {why}", why=explain(error)))

    def _regenerate(self, run_id: str, tone: Tone) -> None:
        """Have the draft of a run made anew."""

        def found(run: Run | None) -> None:
            if run is not None:
                self.drafting.again(run, tone)

        self.run(lambda desk: desk.store.runs.find(run_id), found)

    def _repaint_words(self) -> None:
        preparation = self.drafting.of_conversation(self.view.id) if self.view else None
        if preparation is None or preparation.trouble:
            self._repaint.stop()
        else:
            self.pane.card.show_preparation(preparation, 0)

    def _preparation_moved(self, conversation_id: str) -> None:
        preparation = self.drafting.of_conversation(conversation_id)
        if preparation and preparation.trouble:
            note_bug(preparation.trouble)
            self._read_inbox.ask()
        if self.view and self.view.id == conversation_id:
            self._show_parts()

    def _draft_is_there(self, conversation_id: str) -> None:
        self._read_inbox.ask()
        if self.view and self.view.id == conversation_id:
            self._read_view.ask()

    def _reply_moved(self, conversation_id: str) -> None:
        """A reply set out, was taken back, or was sent."""
        if self.view and self.view.id == conversation_id:
            self._show_parts()
            self._begin_view()

    def _say_loading(self) -> None:
        self._clear_view()
        self.pane.show_nothing(
            tr("Reading the conversation…"), tr("The desk is busy; it appears as soon as it can be read.")
        )

    def _say_unreadable(self, error: Exception) -> None:
        self._patience.stop()
        self._clear_view()
        self.pane.show_nothing(tr("This conversation could not be read"), explain(error))

    def _clear_view(self) -> None:
        self.view = None
        self._suggested_for = None
        self.panel.clear()
        self.pane.card.clear()
        self.pane.suggestions.clear()

    def _say_nothing_chosen(self) -> None:
        self._clear_view()
        self.pane.show_nothing(
            tr("All quiet"),
            tr("Nobody has written yet. Import your shop with 'cxdesk import', or see one at work with 'cxdesk demo'."),
        )

    # ------------------------------------------------------------ deciding

    def send(self) -> None:
        """What Ctrl+Enter does: send a person's own words where they are typing some, else approve the draft."""
        composer, card = self.pane.composer, self.pane.card
        if composer.has_text() and (composer.field.hasFocus() or card.mode not in ("draft", "editing")):
            composer.send()
        else:
            card.approve()

    def _ask_ticket(self) -> None:
        if self.view:
            self.ticket_asked.emit(self.view.id)

    def open_source(self, source: SourceCard) -> None:
        """Show the document of a source, at its passage."""
        from cxdesk.ui.reading import read_document

        self.run(lambda desk: read_document(desk, source), self.source_view.open_at, key="document")

    # ------------------------------------------------------------ helpers

    def _say_hint(self) -> None:
        if self.pane.card.mode == "draft":
            hint = tr(
                "{send} approves · {edit} edits · {reject} rejects",
                send=keys(SEND_KEYS),
                edit=keys(EDIT_KEYS),
                reject=keys(REJECT_KEYS),
            )
            self.hinted.emit(hint)
        else:
            self.hinted.emit(tr("{keys} goes to the next conversation", keys=keys(NEXT_KEYS)))

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        self.conversations = Conversations(self.look)
        self.pane = ConversationPane(self.look, self.notice)
        self.panel = SidePanel(self.look)
        self.source_view = SourceView(self.look, self)
        self.sending = Sending(self.run, self)
        self.deciding = Deciding(self.pane, self.sending, self.run, self.tell, self.done.emit, lambda: self.by)

    def _lay_out(self) -> None:
        self.parts = QSplitter(childrenCollapsible=False, handleWidth=1)
        for part, width, least in ((self.conversations, 290, 240), (self.pane, 680, 380), (self.panel, 310, 230)):
            part.setMinimumWidth(least)
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, width)
        self.parts.setSizes([290, 680, 310])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.parts)

    def _make_timers(self) -> None:
        self._read_inbox = Throttle(self._begin_inbox, NEWS_PAUSE_MS, self)
        self._read_view = Throttle(self._begin_view, NEWS_PAUSE_MS, self)
        self._repaint = QTimer(self, interval=REPAINT_MS)
        self._repaint.timeout.connect(self._repaint_words)
        self._ages = QTimer(self, interval=AGES_MS)
        self._ages.timeout.connect(self.conversations.model.refresh)
        self._ages.start()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_loading)

    def _connect(self) -> None:
        self.conversations.chosen.connect(self._choose)
        self.conversations.queue_chosen.connect(lambda _: self._begin_inbox())
        self.conversations.searched.connect(self._search)
        self.panel.source_chosen.connect(self.open_source)
        self.panel.conversation_wanted.connect(self.conversations.open)
        self.panel.profile_wanted.connect(partial(self.wants.emit, "customers"))
        self.panel.ticket_wanted.connect(partial(self.wants.emit, "tickets"))
        self.panel.fact_forgotten.connect(self.deciding.forget)
        self.pane.card.pointed.connect(self.panel.point_at)
        self.drafting.changed.connect(self._preparation_moved)
        self.drafting.finished.connect(self._draft_is_there)
        self._connect_card()
        self.rights.hide("send", *self.pane.answers())
        self.rights.hide("act", *self.pane.action.decisions())
        self.rights.hide("tickets", self.pane.ticket)
        self.sending.changed.connect(self._reply_moved)
        self.pane.ticket_asked.connect(self._ask_ticket)
        self.pane.sending.undo_asked.connect(self.sending.take_back)
        pauses = (self._read_inbox, self._read_view, self.conversations.pause)
        for quiet in (self.drafting.work.idle, *(pause.rested for pause in pauses)):
            quiet.connect(self.rested)

    def _connect_card(self) -> None:
        card = self.pane.card
        card.regenerated.connect(self._regenerate)
        card.displaced.connect(self.pane.composer.add)
        card.stop_asked.connect(lambda: self._of_view(self.drafting.stop_writing))
        card.again_asked.connect(lambda: self._of_view(self.drafting.try_again))

    def _of_view(self, act: Callable[[str], Any]) -> None:
        if self.view:
            act(self.view.id)


def _with_outgoing(view: ConversationView, text: str) -> ConversationView:
    """The conversation as it will be once the reply has left."""
    sending = Label(tr("sending…"), "accent")
    bubble = Bubble("outgoing", "desk", tr("You"), text, now(), (sending,))
    return replace(view, bubbles=(*view.bubbles, bubble), draft=None, state=sending, awaits_reply=False)
