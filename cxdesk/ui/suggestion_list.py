"""Replies to choose from, under the draft: what each is, how well it fits, and how it begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
)

from cxdesk.ui.language import tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import SuggestionRow
from cxdesk.ui.widgets import FullList, keys, text_label, wrapped_tool_tip

BAR_WIDTH, BAR_HEIGHT = 44, 5


def suggestion_text(row: SuggestionRow) -> str:
    """A suggestion read aloud."""
    return f"{row.number}: {row.kind}, {row.likelihood}. {row.text} {row.rationale}"


def suggestion_keys(number: int) -> str:
    return f"Ctrl+{number}"


class SuggestionList(QFrame):
    """`taken` carries the suggestion that a person wants in the editor."""

    taken = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("suggestions")
        self._look = look
        self.model = ValueList[SuggestionRow](lambda row: row.number, suggestion_text, self)
        self.list = FullList("suggestionList", tr("Suggested replies"))
        self.list.setModel(self.model)
        self._delegate = SuggestionDelegate(look, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setCursor(Qt.CursorShape.PointingHandCursor)
        self.list.follow_model()
        self.list.opened.connect(lambda index: self.taken.emit(index.data(Roles.value)))
        self._note = text_label("small", "suggestionNote", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._note)
        column.addWidget(self.list)
        self.clear()

    def show_suggestions(self, rows: Sequence[SuggestionRow]) -> None:
        self.model.show(rows)
        self._note.hide()
        self.setVisible(bool(rows))

    def say(self, sentence: str) -> None:
        """Why there are none."""
        self.model.show(())
        self._note.setText(sentence)
        self._note.show()
        self.show()

    def clear(self) -> None:
        self.show_suggestions(())

    def take(self, number: int) -> None:
        row = self.model.row_of(number)
        if row is not None and self.isVisible():
            self.taken.emit(self.model.values()[row])

    def set_room(self, has_room: bool) -> None:
        """With room the reason stands under each; without it, it is a tooltip."""
        if self._delegate.says_why != has_room:
            self._delegate.says_why = has_room
            self.model.refresh()
            self.list.scheduleDelayedItemsLayout()
            self.list.updateGeometry()


class SuggestionDelegate(QStyledItemDelegate):
    """One line: its key, its kind, its beginning, and how well it fits; the reason below it where there is room."""

    def __init__(self, look: Look, view: FullList) -> None:
        super().__init__(view)
        self.says_why = True
        self._look = look
        look.changed.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._line() + (self._small_line() if self.says_why else 0) + 2 * self._look.space("tight"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SuggestionRow = index.data(Roles.value)
        tight, near = self._look.space("tight"), self._look.space("near")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        line = option.rect.adjusted(near, tight, -near, 0)
        line.setHeight(self._line())
        left = self._paint_key(painter, line, row)
        right = self._paint_fit(painter, line, row)
        rest = QRect(line.left() + left, line.top(), line.width() - left - right, line.height())
        small, text = self._look.font("small", strong=True), self._look.color("text")
        taken = draw_line(painter, rest, row.kind, small, self._look.color("accent"))
        body = " ".join(row.text.split())
        draw_line(painter, rest.adjusted(taken + near, 0, -near, 0), body, self._look.font(), text)
        if self.says_why:
            below = QRect(rest.left(), line.bottom() + 1, option.rect.right() - near - rest.left(), self._small_line())
            draw_line(painter, below, row.rationale, self._look.font("small"), self._look.color("muted"))
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole reply and its reason; Qt would take a text with '<' for markup, so it is shown escaped."""
        if not index.isValid():
            return False
        row: SuggestionRow = index.data(Roles.value)
        QToolTip.showText(event.globalPos(), wrapped_tool_tip(f"{row.text}\n\n{row.rationale}"), view)
        return True

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if option.state & QStyle.StateFlag.State_MouseOver or focused:
            edge = self._look.color("accent") if focused else None
            draw_round(painter, QRectF(option.rect), self._look.color("sunken"), 6, edge)

    def _paint_key(self, painter: QPainter, line: QRect, row: SuggestionRow) -> int:
        """The shortcut; the width it takes is the same in all rows."""
        font = self._look.font("small")
        draw_line(painter, line, keys(suggestion_keys(row.number)), font, self._look.color("muted"))
        widest = max(QFontMetrics(font).horizontalAdvance(keys(suggestion_keys(n))) for n in (1, 2, 3))
        return widest + self._look.space("near")

    def _paint_fit(self, painter: QPainter, line: QRect, row: SuggestionRow) -> int:
        """A bar, and the word that says the same."""
        look, font = self._look, self._look.font("small")
        word = QFontMetrics(font).horizontalAdvance(tr("very likely"))
        draw_line(painter, line, row.likelihood, font, look.color("muted"), right=True)
        bar = QRectF(0, line.center().y() - BAR_HEIGHT / 2 + 1, BAR_WIDTH, BAR_HEIGHT)
        bar.moveLeft(line.right() - word - look.space("near") - BAR_WIDTH)
        draw_round(painter, bar, look.color("line"), BAR_HEIGHT / 2)
        bar.setWidth(max(BAR_HEIGHT, BAR_WIDTH * row.confidence))
        draw_round(painter, bar, look.color("accent"), BAR_HEIGHT / 2)
        return word + 2 * look.space("near") + BAR_WIDTH

    def _line(self) -> int:
        return QFontMetrics(self._look.font()).height() + 2

    def _small_line(self) -> int:
        return QFontMetrics(self._look.font("small")).height() + 1
