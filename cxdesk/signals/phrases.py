"""Finds many phrases in one pass over a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cxdesk.signals.openings import LENGTH, openings

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"'})
_BEGINNING = re.compile(r"(?<!\w)[\w']")

_Named = tuple[str, re.Pattern[str]]


def plainly(text: str) -> str:
    """`text` with straight quotes and single blanks: how the phrases of our files are written."""
    return " ".join(text.translate(_QUOTES).split())


class MarkSearch:
    """Groups of regular expressions that match anywhere in a text, as written, and begin with no small letter or blank.

    Patterns have no capturing groups. Each stretch of a text belongs to one group at most, the first that matches it.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._names = list(groups)
        any_group = "|".join(f"(?P<g{n}>{'|'.join(marks)})" for n, marks in enumerate(groups.values()))
        self._pattern = re.compile(rf"(?=[^a-z\s])(?:{any_group})")

    def any(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def find(self, text: str) -> set[str]:
        """The groups found."""
        return {self._names[int((match.lastgroup or "")[1:])] for match in self._pattern.finditer(text)}


class PhraseSearch:
    """Groups of regular expressions that begin with a word, in any case.

    Patterns have no capturing groups. Each stretch of a text belongs to one group at most, the first that matches it.
    Only those patterns are tried at a word that may begin as it does.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._all = [(name, re.compile(pattern)) for name, patterns in groups.items() for pattern in patterns]
        begun: dict[str, list[int]] = defaultdict(list)
        for number, (_, pattern) in enumerate(self._all):
            for opening in openings(pattern.pattern):
                begun[opening].append(number)
        beginnings = {"", *(opening[:size] for opening in begun for size in range(1, LENGTH + 1))}
        self._by_opening = {beginning: self._those(_opened(beginning, begun)) for beginning in beginnings}

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """The groups found, and where, from left to right."""
        return ((name, match.start()) for name, match in self._matches(text))

    def take(self, text: str) -> tuple[list[str], str]:
        """The groups found, and the text without their stretches."""
        found = list(self._matches(text))
        ends = [0, *(match.end() for _, match in found)]
        starts = [*(match.start() for _, match in found), len(text)]
        rest = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
        return [name for name, _ in found], rest

    def _matches(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        lower, end = lowered(text), 0
        for beginning in _BEGINNING.finditer(lower):
            start = beginning.start()
            if start < end:
                continue
            opening = lower[start : start + LENGTH]
            patterns = self._by_opening.get(opening)
            for name, pattern in self._less_likely(opening) if patterns is None else patterns:
                if match := pattern.match(lower, start):
                    end = match.end()
                    yield name, match
                    break

    def _less_likely(self, opening: str) -> Sequence[_Named]:
        """The patterns that may match behind an opening that none is known to have."""
        if not opening.isascii():
            return self._all
        patterns = self._by_opening.get(opening[:2])
        return self._by_opening.get(opening[:1], self._by_opening[""]) if patterns is None else patterns

    def _those(self, numbers: Iterable[int]) -> list[_Named]:
        return [self._all[number] for number in sorted(numbers)]


def _opened(beginning: str, begun: Mapping[str, Sequence[int]]) -> set[int]:
    """What opens as `beginning` does, or as less of it does."""
    return {number for size in range(len(beginning) + 1) for number in begun.get(beginning[:size], ())}


def lowered(text: str) -> str:
    """In small letters, at the same places: the few letters that would grow stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
