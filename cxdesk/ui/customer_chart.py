"""Two small drawings of a customer: the course of their mood, and what their health score is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.domain import HealthParts
from cxdesk.ui import customer_words
from cxdesk.ui.customer_views import MoodPoint
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.paint import draw_line, draw_round
from cxdesk.ui.theme import Look

CHART_HEIGHT = 96
# More points than that would touch each other.
MOST_POINTS = 40
_PARTS = (
    (mark("Mood"), "mood", 40),
    (mark("Resolution"), "resolution", 30),
    (mark("Independence"), "independence", 20),
    (mark("Drift"), "drift", 10),
)


class MoodChart(QWidget):
    """How each conversation ended, oldest at the left, with a thin line from how it began. Also said in words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("moodChart")
        self._look = look
        self._points: tuple[MoodPoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_moods(self, points: Sequence[MoodPoint]) -> None:
        self._points = tuple(points[-MOST_POINTS:])
        said = [
            tr("{day}: {mood}", day=point.when, mood=customer_words.mood_course(point.start, point.end))
            for point in self._points
        ]
        self.setAccessibleName(tr("Course of mood. {moods}", moods="; ".join(said)))
        self.setToolTip("\n".join(said[-12:]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, CHART_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, small = self._look, self._look.font("small")
        moods = ((tr("pleased"), 1.0), (tr("calm"), 0.0), (tr("unhappy"), -1.0))
        word = max(QFontMetrics(small).horizontalAdvance(text) for text, _ in moods) + 2
        line = QFontMetrics(small).height()
        plot = QRectF(word + 12, line / 2, self.width() - word - 20, self.height() - 2 * line)
        for text, score in moods:
            y = self._y(plot, score)
            draw_line(painter, QRect(0, int(y - line / 2), word, line), text, small, look.color("muted"))
            painter.setPen(QPen(look.color("line"), 1, Qt.PenStyle.SolidLine if score == 0 else Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        self._paint_course(painter, plot)
        below = QRect(int(plot.left()), self.height() - line, int(plot.width()), line)
        draw_line(painter, below, self._points[0].when if self._points else "", small, look.color("muted"))
        if len(self._points) > 1:
            draw_line(painter, below, self._points[-1].when, small, look.color("muted"), right=True)
        painter.end()

    def _paint_course(self, painter: QPainter, plot: QRectF) -> None:
        look = self._look
        ends = [QPointF(self._x(plot, at), self._y(plot, point.end)) for at, point in enumerate(self._points)]
        painter.setPen(QPen(look.color("accent"), 1.6))
        painter.drawPolyline(QPolygonF(ends))
        for end, point in zip(ends, self._points, strict=True):
            tone = customer_words.mood(point.end).tone
            color = look.color("muted" if tone == "quiet" else tone)
            self._paint_point(painter, end, self._y(plot, point.start), color)

    def _paint_point(self, painter: QPainter, end: QPointF, start_y: float, color: QColor) -> None:
        painter.setPen(QPen(color, 1))
        painter.drawLine(QPointF(end.x(), start_y), end)
        painter.setPen(QPen(self._look.color("surface"), 1.5))
        painter.setBrush(color)
        painter.drawEllipse(end, 4.5, 4.5)

    def _x(self, plot: QRectF, at: int) -> float:
        steps = len(self._points) - 1
        return plot.left() + 6 + (plot.width() - 12) * at / steps if steps else plot.center().x()

    @staticmethod
    def _y(plot: QRectF, score: float) -> float:
        return plot.center().y() - max(-1.0, min(1.0, score)) * plot.height() / 2


class HealthBars(QWidget):
    """The parts of a health score, each as a bar of the most that it could be."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("healthBars")
        self._look = look
        self._parts = HealthParts()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_parts(self, parts: HealthParts) -> None:
        self._parts = parts
        said = [tr("{part} {points}", part=tr(title), points=self._said(name, most)) for title, name, most in _PARTS]
        self.setAccessibleName(tr("Health is made of {parts}", parts=", ".join(said)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, len(_PARTS) * self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, small = self._look, self._look.font("small")
        metrics = QFontMetrics(small)
        left = max(metrics.horizontalAdvance(tr(title)) for title, *_ in _PARTS) + 12
        right = metrics.horizontalAdvance(tr(customer_words.UNKNOWN)) + 12
        for at, (title, name, most) in enumerate(_PARTS):
            row = QRect(0, at * self._line(), self.width(), self._line())
            draw_line(painter, row, tr(title), small, look.color("muted"))
            draw_line(painter, row, self._said(name, most), small, look.color("muted"), right=True)
            track = QRectF(left, row.center().y() - 3, self.width() - left - right, 6)
            draw_round(painter, track, look.color("sunken"), 3)
            points = getattr(self._parts, name)
            if points:
                filled = QRectF(track.left(), track.top(), track.width() * points / most, track.height())
                tone = "good" if points >= 0.7 * most else "warn" if points >= 0.4 * most else "bad"
                draw_round(painter, filled, look.color(tone), 3)
        painter.end()

    def _said(self, name: str, most: int) -> str:
        points = getattr(self._parts, name)
        if points is None:
            return tr(customer_words.UNKNOWN)
        return tr("{points} of {most}", points=number(round(points)), most=number(most))

    def _line(self) -> int:
        return QFontMetrics(self._look.font("small")).height() + 4
