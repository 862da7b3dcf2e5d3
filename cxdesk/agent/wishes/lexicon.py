"""The words in which customers say what they want done, as data from `resources/wishes.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|%")
_NUMBERS = {
    word: str(n)
    for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
    if n != 1  # 'one' stands for a thing far more often than for a number
}
_SINGULAR = {"lve": "lf", "ie": "y", "che": "ch", "she": "sh", "sse": "ss", "xe": "x"}
_STEM = re.compile(r"(?:lve|ie|che|she|sse|xe)$")
_SCALE = {"tb": 1024.0, "kg": 1000.0, "l": 1000.0}


@dataclass(frozen=True)
class Token:
    """A word as it compares with others, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Patterns by their names, and words that mean the same."""

    verbs: Mapping[str, re.Pattern[str]]
    passives: Mapping[str, re.Pattern[str]]
    participles: Mapping[str, re.Pattern[str]]
    nouns: Mapping[str, re.Pattern[str]]
    not_a_wish: Mapping[str, re.Pattern[str]]
    implied: Mapping[str, re.Pattern[str]]
    conditions: Mapping[str, re.Pattern[str]]
    reasons: Mapping[str, re.Pattern[str]]
    payments: Mapping[str, re.Pattern[str]]
    compare: Mapping[str, re.Pattern[str]]
    about: Mapping[str, Sequence[str]]
    orders: Sequence[Sequence[str]]
    synonyms: Mapping[str, str]
    words: Mapping[str, str]
    states: Mapping[str, str]
    places: Mapping[str, str]
    spelling: Sequence[str]
    look_alikes: frozenset[str]

    @classmethod
    def load(cls, file: Path) -> Lexicon:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        about = tables["compare"].pop("about")
        return cls(
            verbs=_patterns(tables["verbs"], whole=True),
            passives=_patterns(tables["passives"], whole=True),
            participles=_patterns(tables["participles"]),
            nouns=_patterns(tables["nouns"]),
            not_a_wish=_patterns(tables["not_a_wish"]),
            implied=_patterns(tables["implied"]),
            conditions=_patterns(tables["conditions"]),
            reasons=_patterns(tables["reasons"]),
            payments=_patterns(tables["payments"]),
            compare=_patterns(tables["compare"], whole=True),
            about=about,
            orders=tables["sizes"]["orders"],
            synonyms=tables["sizes"]["synonyms"],
            words=tables["words"],
            states=tables["states"],
            places=tables["places"],
            spelling=tables["spelling"]["words"],
            look_alikes=frozenset(tables["spelling"]["others"]),
        )

    def tokens(self, text: str) -> list[Token]:
        """The words of a text: small letters, figures apart from units, number words as figures, singular."""
        found = []
        for match in _TOKEN.finditer(text.casefold()):
            for word in self.words.get(match.group(), match.group()).split():
                found.append(Token(self._form(word), *match.span()))
        return found

    def spelled(self, text: str) -> str:
        """The text with the verbs of wishes spelled right: 'cancle' is 'cancel', and 'returns' stays as it is."""
        return re.sub(r"[^\W\d_]{5,}", lambda word: self._spelled(word.group()), text)

    def _spelled(self, written: str) -> str:
        word = written.casefold()
        if word in self.look_alikes or any(word.startswith(right) for right in self.spelling):
            return written
        close = (r for r in self.spelling if word[0] == r[0] and OSA.distance(word, r, score_cutoff=1) <= 1)
        return next(close, written)

    def words_of(self, text: str) -> list[str]:
        return [token.word for token in self.tokens(text)]

    def _form(self, word: str) -> str:
        word = _NUMBERS.get(word, word)
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = _STEM.sub(lambda end: _SINGULAR[end.group()], word[:-1])
        return self.words.get(word, word)

    def speaks_of(self, comparing: str, key: str) -> bool:
        """Whether a comparing word means this option when none is named: 'brighter' the brightness."""
        own = comparing.casefold()
        return any(
            name in key.casefold() for stem, names in self.about.items() if own.startswith(stem) for name in names
        )

    def ranked(self, values: Collection[str]) -> dict[str, float] | None:
        """The values with their places in an order, when they have one."""
        numbers = {value: self._number(value) for value in values}
        if values and all(number is not None for number in numbers.values()):
            return {value: number for value, number in numbers.items() if number is not None}
        for order in self.orders:
            if all(value.casefold() in order for value in values):
                return {value: float(order.index(value.casefold())) for value in values}
        return None

    def _number(self, value: str) -> float | None:
        words = self.words_of(value)
        if not words or not re.fullmatch(r"\d+(?:\.\d+)?", words[0]):
            found = re.match(r"[a-z]?(\d+)$", value.casefold())
            return float(found.group(1)) if found else None
        return float(words[0]) * (_SCALE.get(words[1], 1.0) if len(words) > 1 else 1.0)


def _patterns(table: Mapping[str, str], *, whole: bool = False) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"\b(?:{pattern})\b" if whole else pattern, re.IGNORECASE) for name, pattern in table.items()
    }
