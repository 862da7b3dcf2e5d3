"""A word on a soft ground of its tone, drawn in a list row as `Badge` is in a layout."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from cxdesk.ui.paint import draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label


def chip_height(look: Look) -> int:
    return QFontMetrics(look.font("small")).height() + 4


def draw_chip(painter: QPainter, line: QRect, label: Label, look: Look, *, right: bool = False) -> int:
    """Draw a chip at the left or right end of `line`, cut where it doesn't fit; returns the width it took."""
    padding, font = look.space("near"), look.font("small")
    width = min(QFontMetrics(font).horizontalAdvance(label.text) + 2 * padding + 1, line.width())
    if width <= 2 * padding:
        return 0
    place = QRect(line.right() - width + 1 if right else line.left(), line.top(), width, line.height())
    quiet = label.tone == "quiet"
    ground, ink = ("sunken", "muted") if quiet else (f"{label.tone}_soft", label.tone)
    draw_round(painter, QRectF(place), look.color(ground), place.height() / 2)
    draw_line(painter, place.adjusted(padding, 0, -padding, 0), label.text, font, look.color(ink))
    return width
