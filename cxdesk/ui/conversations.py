"""The list of conversations: newest first, filtered as one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import draw_dot, draw_line
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Row
from cxdesk.ui.widgets import MessagePage, keys, text_label

FILTER_KEYS = "Ctrl+F"
NEXT_KEYS, PREVIOUS_KEYS = "Alt+Down", "Alt+Up"


def row_text(row: Row) -> str:
    """A conversation read aloud."""
    mood = f", {row.mood.text}" if row.mood else ""
    return f"{row.writer}, {row.state.text}{mood}: {row.last_line}"


class Conversations(QFrame):
    """`chosen` names the conversation that a person went to."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("conversations")
        self._look = look
        self._chosen: str | None = None
        self._rows_change = False
        self.model = ValueList[Row](lambda row: row.id, row_text, self, searched=lambda row: row.words)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self.model)
        self._filtered.setFilterRole(Roles.searched)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter = self._filter_field()
        self.list = self._list_view()
        self.nothing = MessagePage(look, "inboxEmpty", "inbox")
        self._lay_out()
        self._add_shortcuts()
        self._say_if_empty()
        look.changed.connect(self._follow_look)
        self._follow_look()

    def show_rows(self, rows: Sequence[Row]) -> None:
        with self._keeping_choice():
            self.model.show(rows)
        self._say_if_empty()

    def chosen_id(self) -> str | None:
        """The conversation that is open: it stays so while the filter hides its row."""
        return self._chosen

    def choose(self, conversation_id: str) -> bool:
        """Go to a conversation; whether it is in the list."""
        row = self.model.row_of(conversation_id)
        if row is not None:
            self.list.setCurrentIndex(self._filtered.mapFromSource(self.model.index(row)))
        return row is not None

    def choose_first(self) -> None:
        if self._chosen is None and self._filtered.rowCount():
            self.list.setCurrentIndex(self._filtered.index(0, 0))

    def step(self, rows: int) -> None:
        """Go `rows` conversations down, or up where negative."""
        current = self.list.currentIndex()
        row = current.row() + rows if current.isValid() else 0
        if 0 <= row < self._filtered.rowCount():
            self.list.setCurrentIndex(self._filtered.index(row, 0))

    def _filter_field(self) -> QLineEdit:
        field = QLineEdit(placeholderText=f"Filter conversations ({keys(FILTER_KEYS)})")
        field.setObjectName("filter")
        field.setAccessibleName("Filter conversations")
        field.setToolTip(f"Show only conversations with these words ({keys(FILTER_KEYS)}, Esc clears)")
        field.textChanged.connect(self._filter)
        return field

    def _list_view(self) -> QListView:
        view = QListView()
        view.setObjectName("conversationList")
        view.setAccessibleName("Conversations")
        view.setToolTip(f"Next and previous: {keys(NEXT_KEYS)} and {keys(PREVIOUS_KEYS)}")
        view.setModel(self._filtered)
        view.setItemDelegate(RowDelegate(self._look, view))
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setUniformItemSizes(True)
        view.selectionModel().currentChanged.connect(self._tell_choice)
        return view

    def _lay_out(self) -> None:
        near, apart = self._look.space("near"), self._look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, apart, 0, 0)
        column.setSpacing(near)
        top = QVBoxLayout()
        top.setContentsMargins(apart, 0, apart, 0)
        top.setSpacing(near)
        self._title = text_label("title", "inboxTitle")
        self._title.setText("Inbox")
        top.addWidget(self._title)
        top.addWidget(self.filter)
        column.addLayout(top)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        column.addWidget(below, 1)

    def _add_shortcuts(self) -> None:
        QShortcut(QKeySequence("Esc"), self.filter, self.filter.clear, context=Qt.ShortcutContext.WidgetShortcut)

    def go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _filter(self, text: str) -> None:
        with self._keeping_choice():
            self._filtered.setFilterFixedString(" ".join(text.split()))
        self._say_if_empty()

    @contextmanager
    def _keeping_choice(self) -> Iterator[None]:
        """A row that vanishes would hand its place to its neighbour, and a person would find themselves elsewhere."""
        self._rows_change = True
        yield
        row = self.model.row_of(self._chosen)
        index = self._filtered.mapFromSource(self.model.index(row)) if row is not None else QModelIndex()
        self.list.setCurrentIndex(index)
        self._rows_change = False

    def _say_if_empty(self) -> None:
        if self._filtered.rowCount():
            self._stack.setCurrentWidget(self.list)
            return
        if self.filter.text():
            self.nothing.say("Nothing matches", "Press Esc in the filter field to see all conversations again.")
        else:
            self.nothing.say(
                "No conversations yet", "What customers write appears here by itself, with a reply prepared."
            )
        self._stack.setCurrentWidget(self.nothing)

    def _tell_choice(self, current: QModelIndex) -> None:
        if current.isValid() and not self._rows_change:
            self._chosen = current.data(Roles.value).id
            self.chosen.emit(self._chosen)

    def _follow_look(self) -> None:
        self.list.viewport().update()


class RowDelegate(QStyledItemDelegate):
    """Draws a conversation: writer and age, the last line, state and mood."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        body = QFontMetrics(self._look.font("body")).height()
        small = QFontMetrics(self._look.font("small")).height()
        return QSize(120, 2 * body + small + 2 * self._look.space("near") + 2 * self._look.space("tight") + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Roles.value)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        near, apart, tight = (self._look.space(name) for name in ("near", "apart", "tight"))
        inner = option.rect.adjusted(apart, near, -apart, -near)
        body = QFontMetrics(self._look.font("body")).height()
        first = QRect(inner.left(), inner.top(), inner.width(), body)
        second = first.translated(0, body + tight)
        third = QRect(
            inner.left(), second.bottom() + tight, inner.width(), QFontMetrics(self._look.font("small")).height()
        )
        self._paint_first(painter, first, row)
        draw_line(
            painter, second, row.last_line or "no message yet", self._look.font("body"), self._look.color("muted")
        )
        self._paint_third(painter, third, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.color("accent_soft" if selected else "sunken"))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._look.color("accent"))
        else:
            inset = self._look.space("apart")
            painter.fillRect(rect.left() + inset, rect.bottom(), rect.width() - 2 * inset, 1, self._look.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(self._look.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_first(self, painter: QPainter, rect: QRect, row: Row) -> None:
        look = self._look
        when = words.age(row.updated_at, now().astimezone())
        taken = draw_line(painter, rect, when, look.font("small"), look.color("muted"), right=True)
        draw_line(
            painter,
            rect.adjusted(0, 0, -taken - look.space("near"), 0),
            row.writer,
            look.font(strong=True),
            look.color("text"),
        )

    def _paint_third(self, painter: QPainter, rect: QRect, row: Row) -> None:
        look, small = self._look, self._look.font("small")
        tone = "muted" if row.state.tone == "quiet" else row.state.tone
        draw_dot(painter, rect.left(), rect.center().y() + 1, look.color(tone))
        draw_line(painter, rect.adjusted(13, 0, 0, 0), row.state.text, small, look.color("muted"))
        if row.mood:
            taken = draw_line(painter, rect, row.mood.text, small, look.color("muted"), right=True)
            tone = "muted" if row.mood.tone == "quiet" else row.mood.tone
            face = look.pixmap(row.mood.icon, tone, 14)
            painter.drawPixmap(QPoint(rect.right() - taken - 18, rect.center().y() - 6), face)
