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
    _do_what_is_due()
    while not window.is_idle:
        loop = QEventLoop()
        window.idle.connect(loop.quit)
        loop.exec()
        _do_what_is_due()


def _do_what_is_due() -> None:
    for _ in range(2):  # a part that is laid out anew has those around it asked in the next round
        QApplication.processEvents()
