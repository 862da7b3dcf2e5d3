"""The middle of the window: one conversation, its handoff, its draft, and the composer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from cxdesk.ui.composer import Composer
from cxdesk.ui.draft_card import DraftCard
from cxdesk.ui.theme import Look
from cxdesk.ui.transcript import Transcript
from cxdesk.ui.views import ConversationView, HandoffCard
from cxdesk.ui.widgets import Badge, ElidedLabel, MessagePage, Notice, text_label

# A long draft takes at most this share of the pane and scrolls, so that what it answers stays in sight.
DRAFT_SHARE = 0.27


class ConversationPane(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._look = look
        self._writer = ElidedLabel("large", "writer")
        self._state = Badge("conversationState")
        self.banner = Banner(look)
        self.transcript = Transcript(look)
        self.notice = Notice(look)
        self.card = DraftCard(look)
        self.composer = Composer(look)
        self._nothing = MessagePage(look, "paneEmpty", "inbox")
        self._conversation = self._conversation_page()
        self._pages = QStackedLayout()
        self._pages.addWidget(self._conversation)
        self._pages.addWidget(self._nothing)
        self._lay_out()

    def show_conversation(self, view: ConversationView, handoff: HandoffCard | None) -> None:
        self._writer.say(view.writer)
        self._state.say(view.state)
        self.banner.show_handoff(handoff)
        self.transcript.show_messages(view.id, view.bubbles)
        self.composer.turn_to(view.id)
        self._pages.setCurrentWidget(self._conversation)

    def show_nothing(self, title: str, text: str) -> None:
        self._nothing.say(title, text)
        self._pages.setCurrentWidget(self._nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = QFontMetrics(self._look.font()).lineSpacing()
        self.card.set_most_lines(int(event.size().height() * DRAFT_SHARE / line))

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
        bottom = QVBoxLayout()
        bottom.setContentsMargins(apart, near, apart, apart)
        bottom.setSpacing(near)
        bottom.addWidget(self.card)
        bottom.addWidget(self.composer)
        column.addLayout(bottom)
        return page

    def _header(self) -> QWidget:
        header = QFrame()
        header.setObjectName("conversationHeader")
        row = QHBoxLayout(header)
        row.setContentsMargins(
            self._look.space("far"), self._look.space("apart"), self._look.space("far"), self._look.space("apart")
        )
        row.addWidget(self._writer, 1)
        row.addWidget(self._state)
        return header


class Banner(QFrame):
    """Says that a person has to take over, why, and what is known."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName("Handoff")
        self._look = look
        self._icon = QLabel()
        self._title = text_label("", "bannerTitle", wraps=True)
        self._summary = text_label("small", "bannerSummary", wraps=True, selectable=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("apart"), look.space("near"), look.space("apart"), look.space("near"))
        row.setSpacing(look.space("near"))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        look.changed.connect(self._show_icon)
        self._show_icon()
        self.hide()

    def show_handoff(self, handoff: HandoffCard | None) -> None:
        self.setVisible(handoff is not None)
        if handoff:
            self._title.setText(f"Over to you: {handoff.reason}")
            self._summary.setText(handoff.summary.replace("\n", "  ·  "))

    def title(self) -> str:
        return self._title.text()

    def summary(self) -> str:
        return self._summary.text()

    def _show_icon(self) -> None:
        self._icon.setPixmap(self._look.pixmap("person", "warn"))
