"""Waits until a window shows all that it reads and prepares: for pictures and for tests."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEventLoop, SignalInstance
from PySide6.QtWidgets import QApplication


class Busy(Protocol):
    idle: SignalInstance

    @property
    def is_idle(self) -> bool: ...


def settle(window: Busy) -> None:
    """Let the window work until it is idle, and nothing that waits to be told begins new work."""
    QApplication.processEvents()
    while not window.is_idle:
        loop = QEventLoop()
        window.idle.connect(loop.quit)
        loop.exec()
        QApplication.processEvents()
