"""The waterfall of one turn: each stage as a bar that begins where the one before ended; tools under their stage."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.domain import Span
from cxdesk.memory.traces import timeline
from cxdesk.ui import monitor_words, words
from cxdesk.ui.language import tr
from cxdesk.ui.paint import draw_line, draw_round
from cxdesk.ui.theme import Look

_BAR = 10
_ROOMS = {"signals": "good", "tools": "warn", "knowledge": "warn", "llm": "accent_strong", "agent": "accent"}


class Waterfall(QWidget):
    """Said in words as well, since bars can't be read aloud."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("waterfall")
        self._look = look
        self._bars: tuple[tuple[Span, float], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Parts of the turn"))
        look.changed.connect(self.update)

    def show_spans(self, spans: Sequence[Span]) -> None:
        self._bars = tuple(_placed(spans))
        said = [f"{monitor_words.stage(span.name)} {words.milliseconds(span.ms)}" for span, _ in self._bars]
        self.setAccessibleName(tr("Parts of the turn: {parts}", parts=", ".join(said) or tr("none")))
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[tuple[Span, float], ...]:
        """Each span with the milliseconds after which it began."""
        return self._bars

    def sizeHint(self) -> QSize:
        return QSize(260, max(1, len(self._bars)) * self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self._look.font())
        names = [self._name(span) for span, _ in self._bars]
        left = min(max((metrics.horizontalAdvance(name) for name in names), default=0) + 16, self.width() // 2)
        right = max((metrics.horizontalAdvance(self._took(span)) for span, _ in self._bars), default=0) + 12
        end = max((begun + span.ms for span, begun in self._bars), default=0.0) or 1.0
        for at, (span, begun) in enumerate(self._bars):
            row = QRect(0, at * self._height(), self.width(), self._height())
            color = self._look.color("text" if span.parent == "turn" else "muted")
            draw_line(painter, row.adjusted(0, 0, left - self.width() - 8, 0), names[at], self._look.font(), color)
            draw_line(painter, row, self._took(span), self._look.font(), color, right=True)
            width = self.width() - left - right
            track = QRectF(left, row.center().y() - _BAR / 2, width, _BAR)
            draw_round(painter, track, self._look.color("sunken"), 3)
            bar = QRectF(left + width * begun / end, track.top(), max(width * span.ms / end, 2), _BAR)
            draw_round(painter, bar, self._look.color(_ROOMS.get(span.room, "accent") if span.ok else "bad"), 3)
        if self.hasFocus():
            painter.setPen(self._look.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.end()

    @staticmethod
    def _name(span: Span) -> str:
        return ("" if span.parent == "turn" else "    ") + monitor_words.stage(span.name)

    @staticmethod
    def _took(span: Span) -> str:
        took = words.milliseconds(span.ms)
        if span.ok and span.outcome == "ok":
            return took
        return f"{monitor_words.outcome_name(span.outcome)}, {took}"

    def _height(self) -> int:
        return QFontMetrics(self._look.font()).height() + 8


def _placed(spans: Sequence[Span]) -> list[tuple[Span, float]]:
    """Stages in their order, and under each what is a part of it, from where that stage began."""
    placed: list[tuple[Span, float]] = []
    for stage, begun in timeline(spans):
        placed.append((stage, begun))
        at = begun
        for span in spans:
            if span.parent == stage.name:
                placed.append((span, at))
                at += span.ms
    return placed
