"""How well a title fits what a person typed: word by word, by its beginning or nearly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from rapidfuzz import fuzz, utils

Thing = TypeVar("Thing")

# How alike, of 100, the least fitting word must be.
ALIKE = 70.0


def best_fitting(things: Iterable[Thing], title: Callable[[Thing], str], typed: str, limit: int) -> list[Thing]:
    """The things whose titles fit what was typed, the best first, at most so many."""
    scored = [(likeness(typed, title(thing)), thing) for thing in things]
    fitting = sorted((each for each in scored if each[0] > 0), key=lambda each: -each[0])
    return [thing for _, thing in fitting[:limit]]


def likeness(typed: str, title: str) -> float:
    """0 where a typed word is in no way in the title, else up to 100; a letter may be missing, wrong or misplaced."""
    words = utils.default_process(title).split()
    if not words:
        return 0.0
    scores = [max(_word_likeness(word, other) for other in words) for word in utils.default_process(typed).split()]
    return sum(scores) / len(scores) if scores and min(scores) >= ALIKE else 0.0


def _word_likeness(typed: str, word: str) -> float:
    if word.startswith(typed):
        return 100.0
    return max(fuzz.ratio(typed, word), fuzz.ratio(typed, word[: len(typed)])) * 0.95
