"""The parts of texts that compare with each other: single words and figures, and stretches of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PART = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")


def parts(text: str) -> list[str]:
    """The words of a text in small letters, figures apart from their units: '128GB' is '128', 'gb'."""
    return [part.casefold() for part in _PART.findall(text)]


def place_of(words: Sequence[str], stretch: Sequence[str]) -> int | None:
    """Where the stretch begins in the words; None where it doesn't stand in them, or is empty."""
    size = len(stretch)
    places = range(len(words) - size + 1) if size else range(0)
    return next((n for n in places if list(words[n : n + size]) == list(stretch)), None)


def contains(words: Sequence[str], stretch: Sequence[str]) -> bool:
    """Whether the words stand one after another among the others; an empty stretch never does."""
    return place_of(words, stretch) is not None
