"""The window: a list of conversations, one of them in the middle, all about it on the right.

It never waits. Reads and decisions go to a small pool (`work`), drafts to a queue of their own (`drafting`),
and news of the desk, told on whatever thread made them, arrive as a signal. What is on screen is always
one conversation as it was read: the next one replaces it as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget

from cxdesk.ui import words
from cxdesk.ui.action_card import APPROVE_ACTION_KEYS, DECLINE_ACTION_KEYS
from cxdesk.ui.conversations import Conversations
from cxdesk.ui.deciding import Deciding
from cxdesk.ui.draft_card import EDIT_KEYS, REGENERATE_KEYS, REJECT_KEYS, SEND_KEYS
from cxdesk.ui.drafting import Drafting, Preparation
from cxdesk.ui.pane import ConversationPane
from cxdesk.ui.side_panel import SidePanel
from cxdesk.ui.source_view import SourceView
from cxdesk.ui.status import StatusBar
from cxdesk.ui.suggestion_list import suggestion_keys
from cxdesk.ui.theme import Look
from cxdesk.ui.views import ConversationView, Label, ModelState, Row, SourceCard, SuggestionRow
from cxdesk.ui.widgets import MessagePage, button
from cxdesk.ui.work import Throttle, Work, log_bug

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import Run
    from cxdesk.ui.reading import InboxReader

Result = TypeVar("Result")

REPAINT_MS = 50
# News are read again after this pause: a brief takes less, and would have to share the processor with the reading.
NEWS_PAUSE_MS = 100
AGES_MS = 20_000
# A read that takes longer than this is said to be under way; a shorter one would only flicker.
PATIENCE_MS = 150
READERS = 3
DRAFT_FAILED = Label("draft failed", "bad")


class Window(QMainWindow):
    """`idle` is sent whenever all reads, decisions and drafts are done and shown."""

    idle = Signal()
    _news = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("cxdesk")
        self.setMinimumSize(900, 560)
        self.resize(1280, 800)
        self.look = look
        self.work = Work(READERS, self)
        self.drafting = Drafting(self)
        self.desk: Desk | None = None
        self.view: ConversationView | None = None
        self._inbox: InboxReader | None = None
        self._suggested_for: tuple[str, str, str] | None = None
        self._prepares = True
        self._again: Callable[[], None] = lambda: None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._make_parts()
        self._lay_out()
        self._make_timers()
        self._connect()
        self._add_shortcuts()
        self._follow_look()
        self._say_nothing_chosen()

    # ------------------------------------------------------------ opening and closing

    def open(self, open_desk: Callable[[], Desk], on_opened: Callable[[Desk], object]) -> None:
        """Open a desk on another thread, then fill the window with it. A failure is said, with a way to try again."""

        def opened(desk: Desk) -> None:
            self.take(desk)
            on_opened(desk)

        def failed(error: Exception) -> None:
            self.show_trouble(error, lambda: self.open(open_desk, on_opened))

        self._opening.say("Opening the desk…", "Conversations, customers and documents are being loaded.")
        self._pages.setCurrentWidget(self._opening)
        self.work.run(open_desk, opened, failed)

    def take(self, desk: Desk, *, prepare: bool = True) -> None:
        """Show this desk and follow its news. Without `prepare` no drafts are made and no language model is loaded."""
        from cxdesk.ui.reading import InboxReader  # with the desk, whose rooms are loaded by now

        self.desk, self._prepares = desk, prepare
        self._inbox = InboxReader(desk)
        self.drafting.take(desk)
        settings = desk.settings
        may_leave = settings.fallback != "off" and not settings.offline
        self._status.show_network(settings.fallback_url if may_leave else "")
        self._unsubscribe = desk.subscribe(self._news.emit)
        self._pages.setCurrentWidget(self._desk_page)
        self.setFocus()
        self._begin_inbox()
        if prepare:
            self._look_for_messages()
            self._warm_up(desk)
        else:
            self._status.show_model(ModelState(Label("Model not loaded"), "It is loaded with the first message."))

    def show_trouble(self, error: Exception, again: Callable[[], None]) -> None:
        """The desk could not be opened: why, and what to do."""
        self._note_bug(error)
        self._again = again
        self.trouble.say("The desk could not be opened", words.trouble(error))
        self._pages.setCurrentWidget(self.trouble)

    def close_down(self) -> None:
        """Stop following the desk and end all work, so that the desk can be closed."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        for timer in (self._read_inbox, self._read_view, self._repaint, self._ages, self._patience):
            timer.stop()
        self.drafting.close()
        self.work.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.source_view.close()
        super().closeEvent(event)

    @property
    def is_idle(self) -> bool:
        throttles_rest = self._read_inbox.is_resting and self._read_view.is_resting
        return self.work.is_idle and self.drafting.work.is_idle and throttles_rest

    # ------------------------------------------------------------ reading

    def _hear_news(self, conversation_id: str) -> None:
        if self._prepares:
            self._look_for_messages()
        self._read_inbox.ask()
        if conversation_id == self.conversations.chosen_id():
            self._read_view.ask()

    def _look_for_messages(self) -> None:
        self._run(lambda desk: desk.copilot.unfinished(), self.drafting.offer, key="unfinished")

    def _begin_inbox(self) -> None:
        inbox = self._inbox
        assert inbox is not None
        self._run(lambda _: inbox.read(), self._show_inbox, key="inbox")

    def _show_inbox(self, rows: list[Row]) -> None:
        self.conversations.show_rows([self._with_trouble(row) for row in rows])
        self.conversations.choose_first()
        if not rows:
            self._say_nothing_chosen()
        elif self.focusWidget() in (None, self):
            self.conversations.list.setFocus()

    def _with_trouble(self, row: Row) -> Row:
        return replace(row, state=DRAFT_FAILED) if self._has_failed(row.id) else row

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

            self._run(
                lambda desk: read_conversation(desk, chosen), self._show_view, self._say_unreadable, key="conversation"
            )

    def _show_view(self, view: ConversationView) -> None:
        """A person may have gone elsewhere while it was read."""
        if view.id == self.conversations.chosen_id():
            self._patience.stop()
            self.view = view
            self._show_parts()

    def _show_parts(self) -> None:
        """The conversation as it was read, with what its preparation has found since."""
        view = self.view
        if view is None:
            return
        preparation = self.drafting.of_conversation(view.id)
        brief = preparation.brief if preparation else None
        if self._has_failed(view.id):
            view = replace(view, state=DRAFT_FAILED)
        self.pane.show_conversation(view, view.handoff or (brief.handoff if brief else None))
        self.panel.show_conversation(replace(view, run=brief) if brief else view)
        self._show_card(preparation)
        self._begin_suggestions(view, under_way=preparation is not None)

    def _show_card(self, preparation: Preparation | None) -> None:
        view, card = self.view, self.pane.card
        assert view is not None
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
        self._status.hint_for(draft=card.mode == "draft")

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

            self._run(
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
            self.pane.suggestions.say(f"No suggestions: {self._sentence(error)}")

    def _regenerate(self, run_id: str, tone: str) -> None:
        """Have the draft of a run made anew."""

        def found(run: Run | None) -> None:
            if run is not None:
                self.drafting.again(run, tone)

        self._run(lambda desk: desk.store.runs.find(run_id), found)

    def _repaint_words(self) -> None:
        preparation = self.drafting.of_conversation(self.view.id) if self.view else None
        if preparation is None or preparation.trouble:
            self._repaint.stop()
        else:
            self.pane.card.show_preparation(preparation, 0)

    def _preparation_moved(self, conversation_id: str) -> None:
        preparation = self.drafting.of_conversation(conversation_id)
        if preparation and preparation.trouble:
            self._note_bug(preparation.trouble)
            self._read_inbox.ask()
        if self.view and self.view.id == conversation_id:
            self._show_parts()

    def _draft_is_there(self, conversation_id: str) -> None:
        self._read_inbox.ask()
        if self.view and self.view.id == conversation_id:
            self._read_view.ask()

    def _say_loading(self) -> None:
        self._clear_view()
        self.pane.show_nothing("Reading the conversation…", "The desk is busy; it appears as soon as it can be read.")

    def _say_unreadable(self, error: Exception) -> None:
        self._patience.stop()
        self._note_bug(error)
        self._clear_view()
        self.pane.show_nothing("This conversation could not be read", words.trouble(error))

    def _clear_view(self) -> None:
        self.view = None
        self._suggested_for = None
        self.panel.clear()
        self.pane.card.clear()
        self.pane.suggestions.clear()

    def _say_nothing_chosen(self) -> None:
        self._clear_view()
        self.pane.show_nothing(
            "All quiet",
            "Nobody has written yet. Import your shop with 'cxdesk import', or see one at work with 'cxdesk demo'.",
        )

    def _warm_up(self, desk: Desk) -> None:
        from cxdesk.ui.reading import warm_up

        def failed(error: Exception) -> None:
            self._status.show_model(ModelState(Label("Model not ready", "warn"), words.trouble(error)))
            self._tell(error)

        self._status.show_model(ModelState(Label("Loading the model…"), "Briefs are ready before it is."))
        self.work.run(lambda: warm_up(desk), self._status.show_model, failed)

    # ------------------------------------------------------------ deciding

    def send(self) -> None:
        """What Ctrl+Enter does: send a person's own words where they are typing some, else approve the draft."""
        composer, card = self.pane.composer, self.pane.card
        if composer.has_text() and (composer.field.hasFocus() or card.mode not in ("draft", "editing")):
            composer.send()
        else:
            card.approve()

    def open_source(self, source: SourceCard) -> None:
        """Show the document of a source, at its passage."""
        from cxdesk.ui.reading import read_document

        self._run(lambda desk: read_document(desk, source), self.source_view.open_at, key="document")

    # ------------------------------------------------------------ helpers

    def _run(
        self,
        work: Callable[[Desk], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        key: str | None = None,
    ) -> None:
        desk = self.desk
        assert desk is not None, "nothing is asked of a desk that is not open"
        self.work.run(lambda: work(desk), on_success, on_failure or self._tell, key=key)

    def _tell(self, error: Exception) -> None:
        self.pane.notice.say(self._sentence(error))

    def _sentence(self, error: Exception) -> str:
        self._note_bug(error)
        return words.trouble(error)

    def _note_bug(self, error: Exception) -> None:
        if words.is_bug(error):
            log_bug(error)

    def _tell_if_idle(self) -> None:
        if self.is_idle:
            self.idle.emit()

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        self.conversations = Conversations(self.look)
        self.pane = ConversationPane(self.look)
        self.panel = SidePanel(self.look)
        self._status = StatusBar(self.look)
        self.source_view = SourceView(self.look, self)
        self.deciding = Deciding(self.pane, self._run, self._tell, self._sentence)
        self._opening = MessagePage(self.look, "opening", "inbox")
        self.trouble = MessagePage(self.look, "trouble", "trouble")
        again = button("Try again", "tryAgain", lambda: self._again(), hint="Open the desk again", primary=True)
        self.trouble.offer(again)

    def _lay_out(self) -> None:
        self._desk_page = QSplitter(childrenCollapsible=False, handleWidth=1)
        self._desk_page.setObjectName("desk")
        for part, width, least in ((self.conversations, 290, 220), (self.pane, 680, 380), (self.panel, 310, 230)):
            part.setMinimumWidth(least)
            self._desk_page.addWidget(part)
            self._desk_page.setStretchFactor(self._desk_page.count() - 1, width)
        self._desk_page.setSizes([290, 680, 310])
        self._pages = QStackedWidget()
        for page in (self._opening, self._desk_page, self.trouble):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self.setStatusBar(self._status)

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
        self._news.connect(self._hear_news)
        self.conversations.chosen.connect(self._choose)
        self.panel.source_chosen.connect(self.open_source)
        self.drafting.changed.connect(self._preparation_moved)
        self.drafting.finished.connect(self._draft_is_there)
        self._connect_card()
        self.look.changed.connect(self._follow_look)
        for quiet in (self.work.idle, self.drafting.work.idle, self._read_inbox.rested, self._read_view.rested):
            quiet.connect(self._tell_if_idle)

    def _connect_card(self) -> None:
        card = self.pane.card
        card.regenerated.connect(self._regenerate)
        card.displaced.connect(self.pane.composer.add)
        card.stop_asked.connect(lambda: self._of_view(self.drafting.stop_writing))
        card.again_asked.connect(lambda: self._of_view(self.drafting.try_again))

    def _of_view(self, act: Callable[[str], Any]) -> None:
        if self.view:
            act(self.view.id)

    def _add_shortcuts(self) -> None:
        card = self.pane.card
        for sequence, act in (
            (SEND_KEYS, self.send),
            ("Ctrl+Enter", self.send),  # the number pad's
            (EDIT_KEYS, card.edit),
            (REJECT_KEYS, card.ask_why),
            (REGENERATE_KEYS, card.regenerate),
            (APPROVE_ACTION_KEYS, self.pane.action.approve),
            (DECLINE_ACTION_KEYS, self.pane.action.decline),
            *((suggestion_keys(n), partial(self.pane.suggestions.take, n)) for n in (1, 2, 3)),
        ):
            QShortcut(QKeySequence(sequence), self, act)

    def _follow_look(self) -> None:
        self.look.dress(self)
