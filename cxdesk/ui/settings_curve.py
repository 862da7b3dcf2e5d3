"""Autopilot's curve: how much the desk would have sent by itself, and how often a person would have corrected it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cxdesk.domain import CurvePoint, ReplayCurve
from cxdesk.ui import settings_words
from cxdesk.ui.language import decimal, percent, tr
from cxdesk.ui.models_work import WorkStrip
from cxdesk.ui.paint import draw_line
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import button, text_label

HEIGHT = 210
_RADIUS = 4.5


class CurvePanel(QFrame):
    """`asked` for the curve to be worked out; `picked` a confidence for autopilot."""

    asked = Signal()
    picked = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("curve")
        self._told = text_label("", "curveTold", wraps=True)
        self._point = text_label("", "curvePoint", wraps=True)
        self.chart = CurveChart(look)
        hint = tr("Past messages are answered anew, on a copy of the desk")
        self.work_button = button(tr("Work it out"), "curveWork", self.asked.emit, hint=hint)
        hint = tr("Set it above; it holds once it is saved")
        self.pick_button = button(tr("Take this confidence"), "curvePick", self._pick, hint=hint)
        self.strip = WorkStrip(look, "curveAtWork", settings_words.replaying)
        self._lay_out(look)
        self.chart.chosen.connect(self._show_point)
        self._show_nothing()

    def show_curve(self, curve: ReplayCurve) -> None:
        self._told.setText(settings_words.curve(curve))
        self.work_button.setText(tr("Work it out again"))
        self.chart.setVisible(bool(curve.points))
        self.chart.show_curve(curve)

    def told(self) -> str:
        return self._told.text()

    def point(self) -> str:
        return self._point.text()

    def _show_nothing(self) -> None:
        self._told.setText(
            tr(
                "What would autopilot have sent by itself, and how often would a person have had to correct it? Work it"
                " out from this shop's own past messages: they are answered anew on a copy, and nothing is changed or"
                " sent."
            )
        )
        for part in (self.chart, self._point, self.pick_button):
            part.hide()

    def _show_point(self, point: CurvePoint) -> None:
        self._point.setText(settings_words.point(point))
        self._point.show()
        self.pick_button.setText(tr("Take {confidence}", confidence=decimal(point.confidence, 2)))
        self.pick_button.setVisible(point.error is not None)

    def _pick(self) -> None:
        if self.chart.point is not None:
            self.picked.emit(self.chart.point.confidence)

    def _lay_out(self, look: Look) -> None:
        near = look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, near, 0, near)
        column.setSpacing(near)
        title = text_label("section")
        title.setText(tr("From this shop's own past"))
        for part in (title, self._told, self.chart, self._point):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(near)
        row.addWidget(self.work_button)
        row.addWidget(self.pick_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.strip)


class CurveChart(QWidget):
    """Error over coverage, a point for each confidence. The arrows go from point to point; `chosen` tells which."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("curveChart")
        self._look = look
        self._points: tuple[CurvePoint, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Curve of coverage against error"))
        look.changed.connect(self.update)

    @property
    def point(self) -> CurvePoint | None:
        return self._points[self._at] if self._points else None

    def show_curve(self, curve: ReplayCurve) -> None:
        """The advised point is chosen at first, else the one that is surest."""
        self._points = tuple(point for point in curve.points if point.error is not None)
        wanted = [at for at, point in enumerate(self._points) if point.confidence == curve.advised]
        self._choose(wanted[0] if wanted else len(self._points) - 1)

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._choose(self._at + 1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._choose(self._at - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position()
        near = [(point - where).manhattanLength() for point in self._places()]
        if near:
            self._choose(near.index(min(near)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        look, places = self._look, self._places()
        painter.setPen(QPen(look.color("accent"), 1.6))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(QPen(look.color("surface"), 1.5))
        for at, place in enumerate(places):
            is_chosen = at == self._at
            painter.setBrush(look.color("accent_strong" if is_chosen else "accent"))
            radius = _RADIUS + 3 if is_chosen else _RADIUS
            painter.drawEllipse(place, radius, radius)
        if self.hasFocus() and places:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    # ------------------------------------------------------------ inside

    def _choose(self, at: int) -> None:
        if not self._points:
            return
        self._at = min(max(at, 0), len(self._points) - 1)
        self.setAccessibleDescription(settings_words.point(self._points[self._at]))
        self.chosen.emit(self._points[self._at])
        self.update()

    def _paint_axes(self, painter: QPainter) -> None:
        look, small = self._look, self._look.font("small")
        plot, line = self._plot(), QFontMetrics(small).height()
        for step in range(5):
            share = step / 4
            y, x = plot.bottom() - plot.height() * share, plot.left() + plot.width() * share
            painter.setPen(QPen(look.color("line"), 1, Qt.PenStyle.SolidLine if step == 0 else Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            error = QRect(4, int(y - line / 2), int(plot.left()) - 12, line)
            draw_line(painter, error, percent(share * self._most_error()), small, look.color("muted"), right=True)
            if step == 0:
                continue
            coverage = QRect(int(x) - 24, int(plot.bottom()) + 4, 48, line)
            draw_line(painter, coverage, percent(share), small, look.color("muted"), right=step == 4)
        title = QRect(int(plot.left()), 4, int(plot.width()), line)
        draw_line(painter, title, tr("Would have been corrected"), small, look.color("muted"))
        below = QRect(int(plot.left()), self.height() - line - 2, int(plot.width()), line)
        sent = tr("Sent by the desk itself, of all replies")
        draw_line(painter, below, sent, small, look.color("muted"), right=True)

    def _plot(self) -> QRectF:
        line = QFontMetrics(self._look.font("small")).height()
        return QRectF(52, line + 14, self.width() - 90, self.height() - 3 * line - 26)

    def _most_error(self) -> float:
        most = max((point.error or 0.0 for point in self._points), default=0.0)
        return next(bound for bound in (0.04, 0.1, 0.2, 0.4, 1.0) if most <= bound)

    def _places(self) -> list[QPointF]:
        plot, most = self._plot(), self._most_error()
        return [
            QPointF(
                plot.left() + plot.width() * point.coverage, plot.bottom() - plot.height() * (point.error or 0.0) / most
            )
            for point in self._points
        ]
