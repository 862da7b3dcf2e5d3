"""How many threads may write a reply, given what the other programs of the PC are doing.

The threads of one layer wait for the slowest. With a core for each that is quick; once another program takes
a core away from one of them, all of them wait for it. So a reply is written with as many threads as there are
cores free, looked at again several times a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

LOOK_EVERY_S = 0.25

Usage = Callable[[], tuple[float, float]]
"""Seconds of processor time used by all programs, and by this process, since some moment."""


def usage() -> tuple[float, float]:
    times = psutil.cpu_times()
    everyone = sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)
    mine = psutil.Process().cpu_times()
    return everyone, mine.user + mine.system


class Pace:
    """Chooses between 1 and `most` threads."""

    def __init__(
        self, most: int, cores: int, usage: Usage = usage, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._cores = cores
        self._usage = usage
        self._clock = clock
        self._threads = most
        self._seen_at = clock()
        self._seen = usage()

    def threads(self) -> int:
        """For the next token."""
        passed = self._clock() - self._seen_at
        if passed >= LOOK_EVERY_S:
            everyone, mine = self._usage()
            others = (everyone - self._seen[0]) - (mine - self._seen[1])
            free = self._cores - others / passed
            self._threads = max(1, min(self._most, round(free)))
            self._seen_at, self._seen = self._clock(), (everyone, mine)
        return self._threads
