"""The line in front of an engine that does one thing at a time: a person waiting goes before background work."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Condition

_in_background: ContextVar[bool] = ContextVar("in_background", default=False)


@contextmanager
def background() -> Iterator[None]:
    """Model requests made inside, in this thread, wait behind those of people, and give way to them half-way."""
    token = _in_background.set(True)
    try:
        yield
    finally:
        _in_background.reset(token)


def is_background() -> bool:
    return _in_background.get()


class Line:
    """First come, first served, within people first and background second."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: list[tuple[bool, int]] = []
        self._arrivals = itertools.count()
        self._busy = False
        self._give_way: Callable[[], None] | None = None

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @property
    def is_busy(self) -> bool:
        return self._busy

    @contextmanager
    def turn(self, *, background: bool, give_way: Callable[[], None]) -> Iterator[None]:
        """Wait for a turn and have it. A background holder's `give_way` is called when a person joins the line."""
        with self._changed:
            place = (background, next(self._arrivals))
            heapq.heappush(self._waiting, place)
            if not background and self._give_way:
                self._give_way()
            self._changed.wait_for(lambda: not self._busy and self._waiting[0] == place)
            heapq.heappop(self._waiting)
            self._busy, self._give_way = True, give_way if background else None
        try:
            yield
        finally:
            with self._changed:
                self._busy, self._give_way = False, None
                self._changed.notify_all()
