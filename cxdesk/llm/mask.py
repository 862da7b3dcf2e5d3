"""Masks personal data in texts that leave this PC, and puts it back into what returns.

Each datum becomes a mark such as `[ORDER_1]`; the same words get the same mark in all texts of a request, so
the model can still tell who from what. Restoring undoes hiding exactly, down to how a customer spelt an id.
Whatever looks like a mark in a text that goes out is hidden like a datum: nobody can write a mark that is
then filled in with somebody's data, and a mark that was never given out is known to be made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from cxdesk.ports import Personal

_LITERAL = "TEXT"
_KINDS = "|".join((*get_args(Personal.model_fields["kind"].annotation), _LITERAL))
# Models drop brackets and change the case of what is in them.
_MARK = re.compile(rf"\[(?i:{_KINDS})[ _-]?\d{{1,4}}\]|(?<![A-Za-z0-9_])(?:{_KINDS})_\d{{1,4}}(?![A-Za-z0-9_])")
# What may become a mark with the next piece of a stream.
_MARK_BEGINS = re.compile(r"(?:\[[A-Za-z0-9 _-]{0,24}|[A-Za-z0-9_]{1,64})$")
_RUN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
# Shorter ids are not looked for without their sign: '#12' is an order, 12 may be anything.
_UNSIGNED_FROM = 4


class UnknownMark(ValueError):
    """A mark that was never given out."""


class Mask:
    """Hides the given data, and only these, in any number of texts."""

    def __init__(self, data: Sequence[Personal]) -> None:
        longest_first = sorted({d for d in data if d.value.strip()}, key=lambda d: (-len(d.value), d.value))
        self._kinds = [_LITERAL, *(datum.kind for datum in longest_first)]
        self._pattern = re.compile("|".join([f"({_MARK.pattern})", *(f"({_form(d)})" for d in longest_first)]))
        self._marks: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def hide(self, text: str) -> str:
        return self._pattern.sub(self._mark, text)

    def restore(self, text: str) -> str:
        """The text with its marks replaced by what they stand for. Raises `UnknownMark`."""
        return _MARK.sub(self._unmark, text)

    def restore_stream(self, pieces: Iterable[str]) -> Iterator[str]:
        """The same for a text in pieces: a mark that is not complete yet is held back."""
        held = ""
        for piece in pieces:
            held += piece
            begun = _MARK_BEGINS.search(held)
            ready = begun.start() if begun else len(held)
            if ready:
                yield self.restore(held[:ready])
            held = held[ready:]
        if held:
            yield self.restore(held)

    def _mark(self, match: re.Match[str]) -> str:
        written = match.group()
        if written not in self._marks:
            kind = self._kinds[(match.lastindex or 1) - 1]
            self._counts[kind] += 1
            mark = f"{kind}_{self._counts[kind]}"
            self._marks[written], self._written[mark] = f"[{mark}]", written
        return self._marks[written]

    def _unmark(self, match: re.Match[str]) -> str:
        mark = re.sub(r"[ -]", "_", match.group().strip("[]").upper())
        mark = mark if "_" in mark else re.sub(r"(?<=[A-Z])(?=\d)", "_", mark)
        if mark not in self._written:
            raise UnknownMark(mark)
        return self._written[mark]


def _form(datum: Personal) -> str:
    """A pattern of how people write the datum: 'w 1042' for '#W1042', any spaces between words."""
    value = datum.value.strip()
    bare = value.removeprefix("#")
    signed = value != bare
    runs: list[str] = _RUN.findall(bare)
    parts = [r"\s+" if run.isspace() else re.escape(run) for run in runs]
    joined = "".join(
        part + (r"[\s-]?" if run.isalnum() and following.isalnum() else "")
        for part, run, following in zip(parts, runs, [*runs[1:], " "], strict=True)
    )
    sign = rf"#\s?{'' if len(bare) < _UNSIGNED_FROM else '|'}" if signed else ""
    form = rf"(?:{sign})(?<!\w){joined}(?!\w)"
    return form if datum.exact_case else f"(?i:{form})"
