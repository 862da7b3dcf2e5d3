"""What a set of strangers' wordings consists of."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

Rewrite = tuple[str, str | Callable[[re.Match[str]], str]]


class Names(NamedTuple):
    """What the shop has beside the evidence of a turn: wrong replies borrow from it."""

    products: tuple[str, ...]
    statuses: tuple[str, ...]
    today: date


class Voice(NamedTuple):
    """How one person words a reply: each sentence by the rewrites, one after the other, then all of them together."""

    rewrites: tuple[Rewrite, ...]
    together: Callable[[Sequence[str]], str] = " ".join

    def of(self, sentences: Sequence[str]) -> str:
        return self.together([reworded(sentence, self.rewrites) for sentence in sentences])


Change = Callable[[str, Names, random.Random], str | None]


class Wordings(NamedTuple):
    """Some voices, and the changes that make a reply of theirs wrong, by kind; None where a change does not fit."""

    voices: tuple[Voice, ...]
    changes: Mapping[str, Change]


def reworded(text: str, rewrites: Sequence[Rewrite]) -> str:
    for pattern, replacement in rewrites:
        text = re.sub(pattern, replacement, text)
    return text


def one_of(*rewrites: Rewrite) -> Change:
    """One of the rewrites that fit, at one place."""

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        fitting = [rewrite for rewrite in rewrites if re.search(rewrite[0], text)]
        if not fitting:
            return None
        pattern, replacement = rng.choice(fitting)
        return re.sub(pattern, replacement, text, count=1)

    return change


def added(*sentences: str) -> Change:
    """One of the sentences more at the end; each `#` in it becomes a digit."""

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        sentence = re.sub("#", lambda _: str(rng.randrange(10)), rng.choice(sentences))
        joint = "\n- " if "\n- " in text else " " if text[-1] in ".!?" else ". "
        return f"{text}{joint}{sentence}"

    return change


def before(*openings: str) -> Change:
    """The reply after one of the openings."""

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        return rng.choice(openings) + text[0].lower() + text[1:]

    return change


_SMALL_WORDS = "The|An?|You|Your|We|It|Its|They|There|That|This|Only|All|One|Each|Parts|Helmets|Bikes|Orders|Returns"


def lowered(text: str) -> str:
    """A sentence as it goes on after other words: names keep their capital."""
    return text[0].lower() + text[1:] if re.match(rf"(?:{_SMALL_WORDS})\b", text) else text
