"""What was said: the customer on the left, the desk on the right, the system in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.chip import chip_height, draw_chip
from cxdesk.ui.language import tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import TextBlock, draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Bubble

# A bubble takes this much of the width at most, so that one sees at a glance who speaks.
WIDEST = 0.8


def bubble_text(bubble: Bubble) -> str:
    """A message read aloud."""
    said = f"{bubble.author}: {bubble.text}" if bubble.author else bubble.text
    return f"{said} [{', '.join(flag.text for flag in bubble.flags)}]" if bubble.flags else said


class Transcript(QListView):
    """The messages of one conversation, newest at the bottom. Ctrl+C copies the chosen message."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("transcript")
        self.setAccessibleName(tr("Transcript"))
        self._conversation_id: str | None = None
        self.messages = ValueList[Bubble](lambda bubble: bubble.id, bubble_text, self)
        self.setModel(self.messages)
        self.setItemDelegate(BubbleDelegate(look, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self._add_copying()
        look.changed.connect(self.viewport().update)

    def show_messages(self, conversation_id: str, bubbles: Sequence[Bubble]) -> None:
        """Follow what was said. Who reads further up is not moved; who is at the end stays at the end."""
        is_new = conversation_id != self._conversation_id
        was_at_end = self._is_at_end()
        self._conversation_id = conversation_id
        self.messages.show(bubbles)
        if is_new or was_at_end:
            # The rows are laid out when the event loop comes round, and only then is the end known.
            QTimer.singleShot(0, self, self.scrollToBottom)

    def clear(self) -> None:
        self._conversation_id = None
        self.messages.show(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_at_end = self._is_at_end()
        super().resizeEvent(event)
        if was_at_end:
            QTimer.singleShot(0, self, self.scrollToBottom)

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def _add_copying(self) -> None:
        copy = QAction(tr("Copy message"), self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _copy(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(index.data(Roles.value).text)


class BubbleDelegate(QStyledItemDelegate):
    """Draws a message: who and when above, the text in a bubble."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        bubble: Bubble = index.data(Roles.value)
        block = self._block(bubble, width)
        return QSize(
            width,
            int(
                self._head_height(bubble)
                + block.height
                + 2 * self._padding
                + self._flags_height(bubble)
                + self._look.space("apart")
            ),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bubble: Bubble = index.data(Roles.value)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        block = self._block(bubble, option.rect.width())
        place = self._place(bubble, block, option.rect)
        self._paint_head(painter, bubble, place, option.rect)
        if bubble.side != "system":
            chosen = option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus
            draw_round(
                painter, place, self._look.color(bubble.side), 10, self._look.color("accent") if chosen else None
            )
        color = self._look.color("muted" if bubble.side == "system" else "text")
        block.draw(painter, place.topLeft() + QPointF(self._side_padding, self._padding), color)
        self._paint_flags(painter, bubble, place, option.rect)
        painter.restore()

    @property
    def _padding(self) -> int:
        return self._look.space("near")

    @property
    def _side_padding(self) -> int:
        return self._look.space("apart")

    def _block(self, bubble: Bubble, width: int) -> TextBlock:
        font = self._look.font("small" if bubble.side == "system" else "body")
        return TextBlock(bubble.text, font, width * WIDEST - 2 * self._side_padding)

    def _head_height(self, bubble: Bubble) -> int:
        return (
            0
            if bubble.side == "system"
            else QFontMetrics(self._look.font("small")).height() + self._look.space("tight")
        )

    def _flags_height(self, bubble: Bubble) -> int:
        return chip_height(self._look) + self._look.space("tight") if bubble.flags else 0

    def _paint_flags(self, painter: QPainter, bubble: Bubble, place: QRectF, rect: QRect) -> None:
        """Under the bubble, from its speaker's side."""
        margin, tight = self._look.space("far"), self._look.space("tight")
        line = QRect(rect.left() + margin, int(place.bottom()) + tight, rect.width() - 2 * margin, 0)
        line.setHeight(chip_height(self._look))
        for flag in bubble.flags:
            taken = draw_chip(painter, line, flag, self._look, right=bubble.side == "desk") + tight
            line.adjust(*((0, 0, -taken, 0) if bubble.side == "desk" else (taken, 0, 0, 0)))

    def _place(self, bubble: Bubble, block: TextBlock, rect: QRect) -> QRectF:
        """Where the bubble is: as wide as its text, at its speaker's side."""
        margin = self._look.space("far")
        width = block.natural_width + 2 * self._side_padding + 1
        left = {
            "customer": rect.left() + margin,
            "desk": rect.right() - margin - width,
            "system": rect.center().x() - width / 2,
        }[bubble.side]
        top = rect.top() + self._head_height(bubble)
        return QRectF(left, top, width, block.height + 2 * self._padding)

    def _paint_head(self, painter: QPainter, bubble: Bubble, place: QRectF, rect: QRect) -> None:
        if bubble.side == "system":
            return
        said = f"{bubble.author}  ·  {words.clock(bubble.at, now().astimezone())}"
        margin = self._look.space("far") + 2
        line = QRect(rect.left() + margin, rect.top(), rect.width() - 2 * margin, self._head_height(bubble) - 2)
        draw_line(painter, line, said, self._look.font("small"), self._look.color("muted"), right=bubble.side == "desk")
