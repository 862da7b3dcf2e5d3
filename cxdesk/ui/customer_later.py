"""What can't be undone once it is done waits a few seconds first, so that it can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cxdesk.domain import Refused
from cxdesk.ui.language import tr

WAIT_MS = 5000


class Later(QObject):
    """Calls `act` once after `WAIT_MS`, or at once on `hurry`, unless it was taken back before.

    `taken_back` is sent on the thread of this object; `take_back` may be called on any.
    """

    taken_back = Signal()

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._deciding = threading.Lock()
        self._is_decided = False
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.hurry)
        self._timer.start()

    def hurry(self) -> None:
        """Do it now."""
        self._timer.stop()
        if self._decide():
            self._act()

    def take_back(self) -> None:
        """Don't do it. Raises `Refused` when it is done already."""
        if not self._decide():
            raise Refused(tr("It is too late to take this back: it has been done. Look at the list."))
        self.taken_back.emit()

    def _decide(self) -> bool:
        """True for whoever comes first."""
        with self._deciding:
            first, self._is_decided = not self._is_decided, True
            return first
