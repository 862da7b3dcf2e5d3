"""How frustrated a customer is, and where a conversation is going.

Frustration is read from weighted signs in a file: words, phrases, marks, the same asked again, and how long the
customer has waited. Signs join as independent chances do (noisy-or), so that many small ones approach 1 and
never pass it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from rapidfuzz import fuzz

from cxdesk.signals.phrases import MarkSearch, PhraseSearch, plainly

Trend = Literal["improving", "stable", "declining"]

# How far a mood must move from the mean of the messages before it, and how many of those count.
TREND_STEP = 0.3
TREND_MESSAGES = 4

_DENIED = re.compile(
    r"(?:\bnot|n't|\bnever|\bno|\bno longer|\bwithout)(?: (?:at all|really|being|a|an|so|very|too|that))*[ -]$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"\w+(?:'\w+)?")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "several": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "many": 10,
}  # fmt: skip
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SPAN = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)}) (?:of )?(?:whole |full |business |working |more |long )?"
    rf"({'|'.join(_UNIT_DAYS)})s?\b"
)
_SINCE = re.compile(
    r"\bsince (?:last )?(?:(?P<day>\w+day)|(?P<week>week)|(?P<month>month|january|february|march|april|may|june|july|"
    r"august|september|october|november|december))\b"
)
_SINCE_DAYS = {"day": 3, "week": 7, "month": 30}
_WAITS = re.compile(
    r"\b(?:wait(?:ed|ing)?|still|late|overdue|delayed|nobody|no one|nothing|took|taken|taking|already|now|since|yet|"
    r"promised|was told|never (?:came|arrived|got|heard|received|replied)|it(?:'s| has) been|"
    r"no (?:reply|answer|response|word|news|update|sign))\b|n't\b|\bnot\b"
)
_ASKS = re.compile(r"^\W*(?:how|what|when|do|does|can|could|is|are|will|would|should|if)\b")


class FrustrationMeter:
    """Reads frustration by the signs of one file; the same texts always give the same result."""

    def __init__(self, file: Path) -> None:
        self._load(tomllib.loads(file.read_text(encoding="utf-8")))

    def measure(self, text: str, earlier_texts: Sequence[str] = ()) -> float:
        """0 (calm) to 1 (furious). `earlier_texts` are the customer's former messages, for repetition."""
        return round(1 - math.prod(1 - weight for weight in self.signs(text, earlier_texts).values()), 3)

    def signs(self, text: str, earlier_texts: Sequence[str] = ()) -> dict[str, float]:
        """The signs found and their weights: why `measure` says what it says."""
        text = plainly(text)
        lower = text.lower()
        found = {name for name, at in self._phrases.find(text) if not self._is_denied(name, text, at)}
        found |= self._marks.find(text)
        weights = {name: self._weights[name] for name in sorted(found)}
        if waited := self._waiting_weight(lower):
            weights["waiting"] = waited
        if self._repeats(lower, earlier_texts):
            weights["repetition"] = self._repetition["weight"]
        return weights

    def _load(self, file: dict[str, Any]) -> None:
        signs = file["sign"]
        self._weights = {sign["name"]: float(sign["weight"]) for sign in signs}
        self._undeniable = {sign["name"] for sign in signs if not sign.get("deniable", True)}
        self._phrases = PhraseSearch({sign["name"]: sign["patterns"] for sign in signs if "patterns" in sign})
        self._marks = MarkSearch({sign["name"]: sign["marks"] for sign in signs if "marks" in sign})
        self._waiting = sorted((int(step["days"]), float(step["weight"])) for step in file["waiting"])
        self._repetition = file["repetition"]
        self._courtesy = frozenset(self._repetition["courtesy"].split())

    def _is_denied(self, name: str, text: str, at: int) -> bool:
        return name not in self._undeniable and _DENIED.search(text, max(0, at - 20), at) is not None

    def _waiting_weight(self, text: str) -> float:
        days = days_waited(text)
        return max((weight for least, weight in self._waiting if days >= least), default=0.0)

    def _repeats(self, text: str, earlier_texts: Sequence[str]) -> bool:
        """Whether the message says what an earlier one said; courtesies may be said as often as one likes."""
        said = self._content(text) if earlier_texts else ""
        return bool(said) and any(
            fuzz.token_sort_ratio(said, earlier) >= self._repetition["similarity"]
            for earlier in (self._content(plainly(text).lower()) for text in earlier_texts)
            if earlier
        )

    def _content(self, text: str) -> str:
        """The words that say something; empty where there are too few of them to compare."""
        words = [word for word in _WORD.findall(text) if word not in self._courtesy]
        return " ".join(words) if len(words) >= self._repetition["least_words"] else ""


def days_waited(text: str) -> int:
    """The longest time in days that a sentence of lower-case `text` says the customer waits; 0 if none does."""
    if not (_SPAN.search(text) or _SINCE.search(text)):
        return 0
    return max((_days(sentence) for sentence in _SENTENCE.findall(text) if _waits(sentence)), default=0)


def mood(score: float, frustration: float) -> float:
    """One number for how a message feels, -2..1, to follow over a conversation."""
    return score - frustration


def trend(moods: Sequence[float]) -> Trend:
    """Where the last mood goes, compared with the mean of up to four before it; stable if it is the first.

    Coming down from delight to a plain question is stable: only a bad mood declines.
    """
    earlier = moods[-1 - TREND_MESSAGES : -1]
    if not earlier:
        return "stable"
    change = moods[-1] - sum(earlier) / len(earlier)
    if change <= -TREND_STEP and moods[-1] <= -TREND_STEP:
        return "declining"
    return "improving" if change >= TREND_STEP else "stable"


def _waits(sentence: str) -> bool:
    return _WAITS.search(sentence) is not None and not _ASKS.match(sentence)


def _days(sentence: str) -> int:
    spans = [_UNIT_DAYS[unit] * (_NUMBERS.get(count) or int(count)) for count, unit in _SPAN.findall(sentence)]
    since = [_SINCE_DAYS[str(match.lastgroup)] for match in _SINCE.finditer(sentence)]
    return max([*spans, *since], default=0)
