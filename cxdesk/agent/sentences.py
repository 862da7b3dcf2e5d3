"""Cuts text into sentences with their places, and tells how much of one text another covers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Ends of sentences, and ends of lines that begin a list item, a heading or a paragraph of their own.
_BREAK = re.compile(
    r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[*#]*[A-Z0-9À-Þ#])|\n\s*\n|\n(?=\s*(?:[-*+•]|\d+[.)]|#|\|)\s)|(?<=:)\n"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|no|nr|mr|mrs|ms|dr|st|inc|ltd|co|fig|p\.m|a\.m|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Z]|(?:^|\n)\s*\d+)\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing done for from further get had has have having he her here hers him his how i if
    in into is it its itself just let may me might more most much must my no nor not now of off on once only or
    other our ours out over own please re same shall she should so some such than that the their theirs them then
    there these they this those through to too under until up very was we were what when where which while who
    whom why will with would you your yours yes hi hello ve ll d s t m don doesn didn isn aren wasn won can't
    don't doesn't i'm i've it's
    """.split()
)


class Sentence(NamedTuple):
    text: str
    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of `text` in order, with `text[start:end] == sentence.text`; blank ones left out."""
    borders = [0]
    for match in _BREAK.finditer(text):
        if not _ABBREVIATION.search(text[: match.start()].rstrip("\"'”’)]")):
            borders += [match.start(), match.end()]
    borders.append(len(text))
    pieces = (_trimmed(text, a, b) for a, b in zip(borders[::2], borders[1::2], strict=True))
    return [piece for piece in pieces if piece.text]


def _trimmed(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return Sentence(stripped, start, start + len(stripped))


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to their stems: 'The refunds were delayed' -> {refund, delay}."""
    words = (word.lower().replace("’", "'") for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in STOP_WORDS)


def coverage(part: frozenset[str], whole: frozenset[str]) -> float:
    """The share of `part` that stands in `whole`, 0..1; an empty part is covered."""
    return len(part & whole) / len(part) if part else 1.0


def stem(word: str) -> str:
    """A crude English stem, enough to match 'refunded' with 'refunds' and 'canceled' with 'cancelled'."""
    word = word.removesuffix("'s")
    if any(c.isdigit() for c in word):
        return word
    for ending, replacement in (
        ("ations", "e"),
        ("ation", "e"),
        ("ingly", ""),
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ments", ""),
        ("ment", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", "e"),
        ("s", ""),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + replacement
            break
    word = word.rstrip("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "s" else word
