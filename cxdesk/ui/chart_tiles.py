"""Tiles with one value each, and the grid that tiles and cards stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label, Tone
from cxdesk.ui.widgets import restyle, text_label


class Tile(QFrame):
    """A value under its title, with a note. A click, or Enter, opens more of it."""

    opened = Signal()

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(f"tile-{name}")
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._said_title = title
        self._title = text_label("small")
        self._title.setText(title)
        self._value = text_label("title", wraps=True)
        self._note = text_label("small", wraps=True)
        column = QVBoxLayout(self)
        apart = look.space("apart")
        column.setContentsMargins(apart, look.space("near"), apart, look.space("near"))
        column.setSpacing(2)
        for label in (self._title, self._value, self._note):
            column.addWidget(label)
        column.addStretch(1)

    def show_value(self, value: str, note: Label, *, tone: Tone | None = None, role: str = "title") -> None:
        """`tone` is the value's own; `role` its type style."""
        self._value.setText(value)
        restyle(self._value, tone=tone if tone != "quiet" else None, role=role)
        self._note.setText(note.text)
        restyle(self._note, tone=note.tone)
        self.setAccessibleName(f"{self._said_title}: {value}. {note.text}".strip())

    def value(self) -> str:
        return self._value.text()

    def note(self) -> str:
        return self._note.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        restyle(self, pointed=True)

    def leaveEvent(self, event: QEvent) -> None:
        restyle(self, pointed=False)


class Grid(QWidget):
    """Widgets in columns as wide as they need at least; each stays in its column while the width allows so many.

    With `aligned` they stand in rows of equal height, else each column is filled where it is shortest.
    """

    def __init__(self, look: Look, widgets: Sequence[QWidget], least_width: int, *, aligned: bool) -> None:
        super().__init__()
        self._look = look
        self._widgets = tuple(widgets)
        self._least = least_width
        self._aligned = aligned
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.space("apart"))
        self._place(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = max(self._least, *(widget.minimumSizeHint().width() for widget in self._widgets))
        column = least + self._grid.spacing()
        self._place(max(1, min((event.size().width() + self._grid.spacing()) // column, len(self._widgets))))

    def _place(self, columns: int) -> None:
        if self._aligned:  # rows that are as equal as can be look better than a last one that is nearly empty
            rows = -(-len(self._widgets) // columns)
            columns = -(-len(self._widgets) // rows)
        if columns == self._columns:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        place: Callable[[], None] = self._place_in_rows if self._aligned else self._place_in_columns
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (box := item.layout()) is not None:
                while box.count():
                    box.takeAt(0)
        place()
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)

    def _place_in_rows(self) -> None:
        for at, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, at // self._columns, at % self._columns)

    def _place_in_columns(self) -> None:
        boxes = [QVBoxLayout() for _ in range(self._columns)]
        for at, widget in enumerate(self._widgets):
            boxes[at % self._columns].addWidget(widget)
        for at, box in enumerate(boxes):
            box.setSpacing(self._look.space("apart"))
            box.addStretch(1)
            self._grid.addLayout(box, 0, at)
