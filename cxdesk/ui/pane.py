"""The middle of the window: one conversation, its handoff, its draft, and the composer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cxdesk.ui.action_card import ActionCard
from cxdesk.ui.composer import Composer
from cxdesk.ui.draft_card import DraftCard
from cxdesk.ui.handoff_bar import HandoffBar
from cxdesk.ui.language import tr
from cxdesk.ui.reject_popup import RejectPopup
from cxdesk.ui.sending import SendingBar
from cxdesk.ui.suggestion_list import SuggestionList
from cxdesk.ui.theme import Look
from cxdesk.ui.transcript import Transcript
from cxdesk.ui.views import ConversationView, HandoffCard
from cxdesk.ui.widgets import Badge, ElidedLabel, MessagePage, Notice, button, keys

# A long draft takes at most this share of the pane and scrolls, so that what it answers stays in sight.
DRAFT_SHARE = 0.27
# With fewer lines of text from top to bottom, what can be folded is.
ROOMY_LINES = 46
# Qt's own largest size of a widget.
UNBOUND = 16_777_215
CLOSE_KEYS = "Ctrl+Shift+X"
TICKET_KEYS = "Ctrl+T"


class ConversationPane(QWidget):
    """`close_asked`, `reopen_asked` and `ticket_asked` are about the conversation that is shown."""

    close_asked = Signal()
    reopen_asked = Signal()
    ticket_asked = Signal()

    def __init__(self, look: Look, notice: Notice) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._look = look
        self.conversation_id: str | None = None
        self._has_room = True
        self._writer = ElidedLabel("large", "writer")
        self._state = Badge("conversationState")
        self._rating = Badge("rating")
        self.banner = HandoffBar(look)
        self._close = button(
            tr("Close"),
            "closeConversation",
            self.close_asked.emit,
            hint=tr("The matter is over ({keys})", keys=keys(CLOSE_KEYS)),
        )
        self._close.setAccessibleName(tr("Close conversation"))
        self._reopen = button(tr("Reopen"), "reopenConversation", self.reopen_asked.emit, hint=tr("Go on with it"))
        self._reopen.setAccessibleName(tr("Reopen conversation"))
        self.ticket = button(
            tr("Ticket…"),
            "ticketFromConversation",
            self.ticket_asked.emit,
            hint=tr("Ticket from this conversation ({keys})", keys=keys(TICKET_KEYS)),
        )
        self.ticket.setAccessibleName(tr("Ticket from this conversation"))
        self.transcript = Transcript(look)
        self.sending = SendingBar(look)
        self.notice = notice
        self.action = ActionCard(look)
        self.card = DraftCard(look)
        self.suggestions = SuggestionList(look)
        self.composer = Composer(look, self)
        self.why_rejected = RejectPopup(look, self)
        self.card.reason_asked.connect(lambda: self.why_rejected.ask(self.card.reject_button))
        self.why_rejected.chosen.connect(self.card.reject)
        self._nothing = MessagePage(look, "paneEmpty", "inbox")
        self._conversation = self._conversation_page()
        self._pages = QStackedLayout()
        self._pages.addWidget(self._conversation)
        self._pages.addWidget(self._nothing)
        self._lay_out()

    def show_conversation(self, view: ConversationView, handoff: HandoffCard | None) -> None:
        if self.conversation_id != view.id:
            self.why_rejected.close_up()
        self.conversation_id = view.id
        self._writer.say(view.writer)
        self._state.say(view.state)
        self._rating.say(view.rating)
        self._close.setVisible(not view.is_closed)
        self._reopen.setVisible(view.is_closed)
        self.banner.show_handoff(handoff)
        self.action.show_action(view.id, view.action)
        self._share_room()
        self.transcript.show_messages(view.id, view.bubbles)
        self.composer.turn_to(view.id)
        self._pages.setCurrentWidget(self._conversation)

    def answers(self) -> tuple[QWidget, ...]:
        """What only whoever may answer customers needs."""
        verbs = (*self.card.verbs(), *self.banner.verbs())
        return (*verbs, self.suggestions, self.composer, self._close, self._reopen)

    def writer(self) -> str:
        return self._writer.whole()

    def show_nothing(self, title: str, text: str) -> None:
        self.conversation_id = None
        self._nothing.say(title, text)
        self._pages.setCurrentWidget(self._nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = QFontMetrics(self._look.font()).lineSpacing()
        self.card.set_most_lines(int(event.size().height() * DRAFT_SHARE / line))
        self._has_room = event.size().height() >= ROOMY_LINES * line
        self._share_room()

    def _share_room(self) -> None:
        """Beside a proposed change, which says what is wanted, the summary waits to be asked for."""
        self.banner.set_room(self._has_room and self.action.isHidden())
        self.suggestions.set_room(self._has_room)
        # Where there is no room for all, the change is decided first.
        is_crowded = not self._has_room and not self.action.isHidden()
        self.suggestions.setMaximumHeight(0 if is_crowded else UNBOUND)

    def _lay_out(self) -> None:
        """Notices stand above whatever page is shown."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(self._pages, 1)

    def _conversation_page(self) -> QWidget:
        apart, near = self._look.space("apart"), self._look.space("near")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self.banner)
        column.addSpacing(near)
        column.addWidget(self.transcript, 1)
        column.addWidget(self.sending)
        self._answering = QWidget()
        bottom = QVBoxLayout(self._answering)
        bottom.setContentsMargins(apart, near, apart, apart)
        bottom.setSpacing(near)
        bottom.addWidget(self.action)
        bottom.addWidget(self.card)
        bottom.addWidget(self.suggestions)
        bottom.addWidget(self.composer)
        column.addWidget(self._answering)
        return page

    def _header(self) -> QWidget:
        header = QFrame()
        header.setObjectName("conversationHeader")
        row = QHBoxLayout(header)
        row.setContentsMargins(
            self._look.space("far"), self._look.space("near"), self._look.space("apart"), self._look.space("near")
        )
        row.addWidget(self._writer, 1)
        for widget in (self._rating, self._state, self.ticket, self._close, self._reopen):
            row.addWidget(widget)
        row.setSpacing(self._look.space("near"))
        return header
