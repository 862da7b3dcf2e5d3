"""Drawing text and small signs in list rows. Text is always drawn as it is: there is no markup anywhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

LINE_SEPARATOR = "\u2028"


class TextBlock:
    """A text wrapped to `width`, at most `max_lines` lines long; what is left out is marked by an ellipsis."""

    def __init__(self, text: str, font: QFont, width: float, max_lines: int | None = None) -> None:
        self._layout = _lay_out(text, font, width)
        self._metrics = QFontMetrics(font)
        self._width = width
        lines = self._layout.lineCount()
        self._shown = min(lines, max_lines or lines)
        self._is_cut = self._shown < lines

    @property
    def height(self) -> float:
        last = self._layout.lineAt(self._shown - 1)
        return last.y() + last.height()

    @property
    def natural_width(self) -> float:
        return max(self._layout.lineAt(line).naturalTextWidth() for line in range(self._shown))

    def draw(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        painter.setPen(color)
        whole = self._shown - 1 if self._is_cut else self._shown
        for number in range(whole):
            self._layout.lineAt(number).draw(painter, at)
        if self._is_cut:
            self._draw_cut_line(painter, at)

    def _draw_cut_line(self, painter: QPainter, at: QPointF) -> None:
        line = self._layout.lineAt(self._shown - 1)
        rest = self._layout.text()[line.textStart() :].replace(LINE_SEPARATOR, " ")
        place = QRectF(at.x(), at.y() + line.y(), self._width, line.height())
        painter.setFont(self._layout.font())
        painter.drawText(place, Qt.TextFlag.TextSingleLine, elided(rest, self._metrics, self._width))


def _lay_out(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout((text or " ").replace("\r\n", "\n").replace("\n", LINE_SEPARATOR), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def elided(text: str, metrics: QFontMetrics, width: float) -> str:
    # A text of thousands of characters is measured by its beginning alone.
    return metrics.elidedText(text[:400], Qt.TextElideMode.ElideRight, int(width))


def draw_line(painter: QPainter, rect: QRect, text: str, font: QFont, color: QColor, *, right: bool = False) -> int:
    """Draw one line, elided to `rect`; returns the width it took."""
    metrics = QFontMetrics(font)
    shown = elided(text, metrics, rect.width())
    painter.setFont(font)
    painter.setPen(color)
    # Rows are painted from left to right in every language, so `right` must not turn round where reading does.
    side = (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def draw_dot(painter: QPainter, left: float, middle: float, color: QColor, size: float = 7) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QRectF(left, middle - size / 2, size, size))


def draw_round(painter: QPainter, rect: QRectF, fill: QColor, radius: float, edge: QColor | None = None) -> None:
    painter.setPen(edge if edge else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)
