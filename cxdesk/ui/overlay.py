"""What floats over the conversation for a moment, without moving anything under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

GAP = 4


class Overlay(QFrame):
    """Stands above a widget of the same window. Esc closes it, and so does going elsewhere; `closed` says so."""

    closed = Signal()

    def __init__(self, name: str, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self.setProperty("overlay", True)
        self._anchor: QWidget | None = None
        host.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self.hide()

    def open_above(self, anchor: QWidget, *, width: int | None = None) -> None:
        """Show above `anchor`, as wide as it unless told; inside the host whatever its size."""
        self._anchor, self._width = anchor, width
        self.show()
        self.raise_()
        self._place()

    def close_up(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self._place()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.isVisible():
            # A field that has the focus would otherwise lose the key to the window's shortcuts.
            if event.type() == QEvent.Type.KeyPress:
                self.close_up()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _follow_focus(self, before: QWidget | None, after: QWidget | None) -> None:
        if before and after and self.isAncestorOf(before) and not self.isAncestorOf(after):
            self.close_up()

    def _place(self) -> None:
        host, anchor = self.parentWidget(), self._anchor
        if host is None or anchor is None:
            return
        at = anchor.mapTo(host, QPoint(0, 0))
        width = min(self._width or anchor.width(), host.width() - 2 * GAP)
        wanted = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        height = min(wanted, at.y() - 2 * GAP)
        left = min(at.x(), host.width() - width - GAP)
        self.setGeometry(left, at.y() - height - GAP, width, height)
