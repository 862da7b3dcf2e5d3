"""Keeps what a model has already read, so that nothing is read twice.

Reading a prompt is what costs a small PC its time: a token read costs a third of a token written, and a
conversation's prompt is nearly the same each turn. The engine has one live sequence of tokens. When another
conversation is to be continued, the live one is parked: its state is copied out of the engine into ordinary
memory, about 29 KB a token for a model of 1.5 billion parameters, at memory speed. To begin a prompt, the live
or parked sequence that shares the longest beginning with it is taken, cut back to that beginning, and only the
rest is read. A new conversation so starts from the fixed beginning that all of them share, without a rule for it.

One live sequence was preferred to one sequence a conversation inside the engine: memory is taken for tokens
that are there rather than for those that may come, any number of conversations fit, and attention never runs
over the cells of others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from ctypes import Array, c_uint8
from dataclasses import dataclass
from typing import TypeAlias

Tokens = Sequence[int]
State: TypeAlias = "Array[c_uint8]"


@dataclass(frozen=True)
class Parked:
    """A sequence that was read, and the engine's state after it."""

    tokens: tuple[int, ...]
    state: State


def shared_length(a: Tokens, b: Tokens) -> int:
    """How many tokens two sequences have in common from the beginning."""
    length = min(len(a), len(b))
    return next((i for i in range(length) if a[i] != b[i]), length)


class ParkingLot:
    """Parked sequences by slot, the least recently used dropped beyond `budget_bytes`."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget_bytes = budget_bytes
        self._parked: OrderedDict[str, Parked] = OrderedDict()

    @property
    def bytes(self) -> int:
        return sum(len(parked.state) for parked in self._parked.values())

    def park(self, slot: str, tokens: Tokens, take_state: Callable[[], State]) -> None:
        """Keep `tokens` for `slot`, in place of what it had. The state is taken only if it is not kept already."""
        kept = self._parked.get(slot)
        if kept is None or kept.tokens != tuple(tokens):
            self._parked[slot] = Parked(tuple(tokens), take_state())
        self._parked.move_to_end(slot)
        while self.bytes > self._budget_bytes:
            self._parked.popitem(last=False)

    def longest(self, tokens: Tokens) -> Parked | None:
        """The parked sequence that shares the most tokens with `tokens`; None if there is none that shares any."""
        best = max(self._parked.items(), key=lambda item: shared_length(item[1].tokens, tokens), default=None)
        if best is None or not shared_length(best[1].tokens, tokens):
            return None
        self._parked.move_to_end(best[0])
        return best[1]
