"""What the window takes for granted of its binding to Qt."""

import sys

from PySide6.QtGui import QPainter, QPixmap


def test_calls_that_return_nothing_leave_the_references_to_none_as_they_were(qapp):
    """PySide6 6.12.0 drops one with each call on Python before 3.12, and the window dies within minutes."""
    pixmap = QPixmap(8, 8)
    painter = QPainter(pixmap)
    before = sys.getrefcount(None)
    for _ in range(500):
        painter.setOpacity(1.0)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100
