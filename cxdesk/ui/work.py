"""Work off the window's thread: its results come back on the window's thread, one by one."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from cxdesk.ui import words

Result = TypeVar("Result")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Outcome:
    deliver: Callable[[Any], None]
    value: Any
    key: str | None
    ticket: int


class Work(QObject):
    """Runs functions on at most `threads` threads, in the order given where that is one.

    `idle` says that all is done and delivered. Belongs to the thread that made it; call `close` at the end.
    """

    idle = Signal()
    _came_back = Signal(object)

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        # The store keeps a cursor a thread, so threads that come and go would cost it one each time.
        self._pool.setExpiryTimeout(-1)
        self._tickets: dict[str, int] = {}
        self._pending = 0
        self._closed = False
        self._came_back.connect(self._deliver)

    @property
    def is_idle(self) -> bool:
        return self._pending == 0

    def run(
        self,
        work: Callable[[], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None],
        *,
        key: str | None = None,
    ) -> None:
        """Call `work` on a thread of the pool, then one of the others on this object's thread.

        Of all that were given the same `key` only the newest is heard.
        """
        ticket = self._tickets.get(key, 0) + 1 if key else 0
        if key:
            self._tickets[key] = ticket
        self._pending += 1

        def job() -> None:
            try:
                outcome = _Outcome(on_success, work(), key, ticket)
            except Exception as error:  # noqa: BLE001 - told to on_failure, whatever it is
                outcome = _Outcome(on_failure, error, key, ticket)
            self._came_back.emit(outcome)

        self._pool.start(job)

    def forget(self, key: str) -> None:
        """Whatever still runs under this key is not heard any more."""
        self._tickets[key] = self._tickets.get(key, 0) + 1

    def close(self) -> None:
        """Drop what has not begun and wait for what has; nothing is delivered after this."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    def _deliver(self, outcome: _Outcome) -> None:
        if self._closed:
            return
        self._pending -= 1
        try:
            if outcome.key is None or self._tickets[outcome.key] == outcome.ticket:
                outcome.deliver(outcome.value)
        finally:
            if self._pending == 0:
                self.idle.emit()


class Throttle(QObject):
    """Calls `act` once for all askings within `pause_ms`, at the end of that time; `rested` says that it was called."""

    rested = Signal()

    def __init__(self, act: Callable[[], None], pause_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self._pause_over)

    @property
    def is_resting(self) -> bool:
        return not self._timer.isActive()

    def ask(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _pause_over(self) -> None:
        self._act()
        self.rested.emit()


def explain(error: Exception) -> str:
    """The sentence that a person is told of an error. A bug is logged, as its sentence says."""
    note_bug(error)
    return words.trouble(error)


def note_bug(error: Exception) -> None:
    """Log an error that is our own fault; the world's, a policy's or an input's is no news for the log."""
    if words.is_bug(error):
        log_bug(error)


def log_bug(error: Exception) -> None:
    """Log where it happened and of what kind; the error's own text may quote a customer and is left out."""
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s\n%s", type(error).__name__, place)
