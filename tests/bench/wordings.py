"""What a set of strangers' wordings consists of."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zlib import crc32

Match = re.Match[str]
Rewrite = tuple[str, str | Callable[[Match], str]]
Template = str | Sequence[str] | Callable[[Match], str]

_ORDER = r"^Your order (?P<id>#?(?P<bare>(?:[A-Z]+-?)?\d[\w-]*))"
SAID = {
    "state": _ORDER + r" is (?P<status>[\w ]+)\.$",
    "marked": _ORDER + r' has the status "(?P<status>.+)"\.$',
    "ticket": r"^Your ticket (?P<ticket>\S+) \((?P<title>.+)\) is (?P<status>\w+)\.$",
    "total": r"^Its total is (?P<total>.+)\.$",
    "delivered": r"^It was delivered on (?P<day>.+)\.$",
    "left": r"^It left us on (?P<day>.+)\.$",
    "expected": r"^It is expected to arrive on (?P<day>.+)\.$",
    "was_expected": r"^It was expected on (?P<day>.+)\.$",
    "tracked": r"^Its tracking number is (?P<number>\S+) with (?P<carrier>.+)\.$",
    "tracked_alone": r"^Its tracking number is (?P<number>\S+)\.$",
    "untracked": r"^It has no tracking number yet\.$",
    "contains": r"^It contains: (?P<items>.+)\.$",
    "orders": r"^You have (?P<count>\d+) orders?: (?P<list>.+)\.$",
    "priced": r"^The (?P<product>.+) is in stock and costs (?P<price>.+)\.$",
    "versions": r"^The (?P<product>.+) is in stock in (?P<count>\d+) versions and costs "
    r"between (?P<low>\S+) and (?P<high>\S+), depending on the version\.$",
    "sold_out": r"^The (?P<product>.+) is out of stock at the moment\.$",
}
"""What the desk says of its own accord, with the names of the values in it."""
UNQUOTED = r'(?![^"“”]*["”])'
"""Not within quotes: what a ticket is called stays as it is."""


class Names(NamedTuple):
    """What the shop has beside the evidence of a turn: wrong replies borrow from it."""

    products: tuple[str, ...]
    statuses: tuple[str, ...]
    today: date


Together = Callable[[Sequence[str]], str]


class Voice(NamedTuple):
    """How one person words a reply: each sentence by the rewrites, one after the other, then all of them together."""

    rewrites: tuple[Rewrite, ...]
    together: Together = " ".join

    def of(self, sentences: Sequence[str]) -> str:
        return self.together([reworded(sentence, self.rewrites) for sentence in sentences])


Change = Callable[[str, Names, random.Random], str | None]


class Wordings(NamedTuple):
    """Some voices, and the changes that make a reply of theirs wrong, by kind; None where a change does not fit.

    In the words of strangers a value is changed before the reply is worded, so that it stands in their form.
    """

    voices: tuple[Voice, ...]
    changes: Mapping[str, Change]
    strangers: bool = True


def told(states: Mapping[str, Template] | None = None, **templates: Template) -> tuple[Rewrite, ...]:
    """The desk's sentences in somebody's words: by status, then by their names in `SAID`.

    A template names values as `{day}`; `{bare}` is an order's id without its `#`. Of several, the text decides.
    """
    by_status = (
        (rf'{_ORDER} (?:is |has the status ")(?P<status>{status})"?\.$', _filled(template))
        for status, template in (states or {}).items()
    )
    return (*by_status, *((SAID[name], _filled(template)) for name, template in templates.items()))


def _filled(template: Template) -> Callable[[Match], str]:
    if callable(template):
        return template
    templates = (template,) if isinstance(template, str) else template
    return lambda match: varied(match[0], templates).format(**match.groupdict())


def varied(text: str, choices: Sequence[str]) -> str:
    """One of the choices, always the same for a text."""
    return choices[crc32(text.encode()) % len(choices)]


def framed(openings: Sequence[str], closings: Sequence[str], between: Sequence[str] = ("",)) -> Together:
    """All sentences after an opening and before a closing, with small talk between the first two; any may be empty."""

    def together(sentences: Sequence[str]) -> str:
        text = " ".join(sentences)
        first, *rest = sentences
        parts = (varied(text, openings), first, varied(text + "-", between), *rest, varied(text + "+", closings))
        return " ".join(part for part in parts if part)

    return together


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


def first_of(*rewrites: Rewrite) -> Change:
    """The first of the rewrites that fits, at one place."""

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        fitting = (rewrite for rewrite in rewrites if re.search(rewrite[0], text))
        return next((re.sub(*rewrite, text, count=1) for rewrite in fitting), None)

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
