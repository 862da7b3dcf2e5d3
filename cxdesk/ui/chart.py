"""Two charts: rows for kinds, columns for a course. Each bar is there for mouse and keys alike, and is said in words.

Drawn with the painter, as the customer's charts are: a handful of bars in the theme's colours needs no library, and the
window starts without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cxdesk.ui.paint import draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Tone
from cxdesk.ui.widgets import as_tool_tip

COLUMN_HEIGHT = 132
MOST_ROWS = 8
_BAR = 8


@dataclass(frozen=True)
class Bar:
    """One bar. `value` None has no bar, `before` marks the time before, `hint` says all of it in a sentence."""

    key: str
    label: str
    value: float | None
    said: str
    hint: str
    before: float | None = None
    tone: Tone = "accent"


class Chart(QWidget):
    """`opened` tells the key of the bar that was clicked, or where Enter was pressed."""

    opened = Signal(str)

    def __init__(self, look: Look, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._look = look
        self._accessible = accessible
        self._bars: tuple[Bar, ...] = ()
        self._at = 0
        self._under_mouse = -1
        self.setAccessibleName(accessible)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        if tuple(bars) == self._bars:
            return
        key = self._bars[self._at].key if self._bars else None
        self._bars = tuple(bars)
        self._at = next((at for at, bar in enumerate(bars) if bar.key == key), 0)
        self._under_mouse = -1
        self._say()
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def place(self, at: int) -> QRectF:
        """Where a click means this bar."""
        raise NotImplementedError

    def open_bar(self, at: int) -> None:
        if 0 <= at < len(self._bars):
            self._at = at
            self._say()
            self.opened.emit(self._bars[at].key)

    # ------------------------------------------------------------ Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._go(self._at - 1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._go(self._at + 1)
            case Qt.Key.Key_Home:
                self._go(0)
            case Qt.Key.Key_End:
                self._go(len(self._bars) - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.open_bar(self._at)
            case _:
                super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._bar_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_bar(self._bar_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            if 0 <= self._under_mouse < len(self._bars):
                QToolTip.showText(event.globalPos(), as_tool_tip(self._bars[self._under_mouse].hint), self)
            return True
        return super().event(event)

    # ------------------------------------------------------------ inside

    def _bar_at(self, event: QMouseEvent) -> int:
        return next((at for at in range(len(self._bars)) if self.place(at).contains(event.position())), -1)

    def _point_at(self, at: int) -> None:
        if at != self._under_mouse:
            self._under_mouse = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _go(self, at: int) -> None:
        if self._bars:
            self._at = max(0, min(at, len(self._bars) - 1))
            self._say()
            self.update()

    def _say(self) -> None:
        """The name has the bar that the keys are at; the description all of them, for who can't see them."""
        here = f". {self._bars[self._at].hint}" if self._bars else ""
        self.setAccessibleName(f"{self._accessible}{here}")
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.said}" for bar in self._bars))

    def _ground(self, painter: QPainter, at: int) -> None:
        """What shows that the mouse or the keys are at a bar."""
        if at == self._under_mouse:
            draw_round(painter, self.place(at), self._look.color("sunken"), 4)
        if self.hasFocus() and at == self._at:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.color("accent"), 1))
            painter.drawRoundedRect(self.place(at).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _most(self) -> float:
        values = [abs(v) for bar in self._bars for v in (bar.value, bar.before) if v is not None]
        return max(values, default=0.0) or 1.0


class RowChart(Chart):
    """A row for each kind: its name, its bar with a mark at the time before, its value. `most` fixes the scale."""

    def __init__(self, look: Look, name: str, accessible: str, most: float | None = None) -> None:
        super().__init__(look, name, accessible)
        self._fixed_most = most

    def sizeHint(self) -> QSize:
        return QSize(220, max(1, len(self._bars)) * self._height())

    def place(self, at: int) -> QRectF:
        return QRectF(0, at * self._height(), self.width(), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._sides()
        most = self._fixed_most or self._most()
        for at, bar in enumerate(self._bars):
            self._ground(painter, at)
            row = self.place(at).toRect().adjusted(4, 0, -4, 0)
            draw_line(
                painter,
                QRect(row.left(), row.top(), left - 8, row.height()),
                bar.label,
                self._look.font(),
                self._look.color("text"),
            )
            draw_line(painter, row, bar.said, self._look.font(), self._look.color("text"), right=True)
            self._paint_bar(
                painter, bar, QRectF(left, row.center().y() - _BAR / 2, row.right() - left - right, _BAR), most
            )
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: Bar, track: QRectF, most: float) -> None:
        if bar.value is None or track.width() < 8:
            return
        draw_round(painter, track, self._look.color("sunken"), 3)
        filled = QRectF(track.left(), track.top(), max(track.width() * bar.value / most, 2 if bar.value else 0), _BAR)
        draw_round(painter, filled, self._look.color("muted" if bar.tone == "quiet" else bar.tone), 3)
        if bar.before:
            x = track.left() + track.width() * min(bar.before / most, 1)
            painter.setPen(QPen(self._look.color("text"), 1.6))
            painter.drawLine(int(x), int(track.top()) - 3, int(x), int(track.bottom()) + 3)

    def _sides(self) -> tuple[int, int]:
        metrics = QFontMetrics(self._look.font())
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        right = max((metrics.horizontalAdvance(bar.said) for bar in self._bars), default=0)
        return min(widest + 20, int(self.width() * 0.5)), right + 12

    def _height(self) -> int:
        return QFontMetrics(self._look.font()).height() + 8


class ColumnChart(Chart):
    """A column for each step of time, its highest value at the axis. A step without a value has no column."""

    def __init__(self, look: Look, name: str, accessible: str) -> None:
        super().__init__(look, name, accessible)
        self._top_words = ""

    def show_course(self, bars: Sequence[Bar], top_words: str) -> None:
        """`top_words` say the highest value."""
        self._top_words = top_words
        self.show_bars(bars)

    def sizeHint(self) -> QSize:
        return QSize(220, COLUMN_HEIGHT)

    def place(self, at: int) -> QRectF:
        plot = self._plot()
        width = plot.width() / len(self._bars)
        return QRectF(plot.left() + at * width, plot.top(), width, plot.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot, small = self._plot(), self._look.font("small")
        line = QFontMetrics(small).height()
        muted = self._look.color("muted")
        draw_line(painter, QRect(0, 0, self.width(), line), self._top_words, small, muted)
        painter.setPen(QPen(self._look.color("line"), 1))
        for y in (plot.top(), plot.bottom()):
            painter.drawLine(int(plot.left()), int(y), int(plot.right()), int(y))
        most = self._most()
        for at, bar in enumerate(self._bars):
            self._ground(painter, at)
            self._paint_column(painter, at, bar, plot, most)
        self._paint_days(painter, QRect(int(plot.left()), self.height() - line, int(plot.width()), line))
        painter.end()

    def _paint_column(self, painter: QPainter, at: int, bar: Bar, plot: QRectF, most: float) -> None:
        if not bar.value:
            return
        place = self.place(at)
        gap = min(3.0, place.width() * 0.2)
        height = max(plot.height() * abs(bar.value) / most, 2)
        column = QRectF(place.left() + gap, plot.bottom() - height, max(place.width() - 2 * gap, 1), height)
        draw_round(
            painter, column, self._look.color("bad" if bar.value < 0 else bar.tone), min(2.0, column.width() / 2)
        )

    def _paint_days(self, painter: QPainter, below: QRect) -> None:
        if not self._bars:
            return
        small, muted = self._look.font("small"), self._look.color("muted")
        draw_line(painter, below, self._bars[0].label, small, muted)
        if len(self._bars) > 1:
            draw_line(painter, below, self._bars[-1].label, small, muted, right=True)
        if len(self._bars) > 6:
            middle = self._bars[len(self._bars) // 2].label
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, middle)

    def _plot(self) -> QRectF:
        line = QFontMetrics(self._look.font("small")).height()
        return QRectF(2, line + 4, max(self.width() - 4, 1), max(self.height() - 2 * line - 10, 1))
