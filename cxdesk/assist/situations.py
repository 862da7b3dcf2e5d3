"""Kinds of situations that a support desk meets, and what may be answered in each without knowing more.

The texts stand in a file. They state nothing of the customer's case: no number, date or status, and no finished
action; `Situations.load` refuses a text that does, so that nothing invented can come from here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxdesk.agent.claims import claimed_actions
from cxdesk.agent.facts import find_facts, statuses
from cxdesk.domain import Invalid, Record
from cxdesk.ports import Embedder

_PARTS = ("step", "ask", "offer")
# Cosine of a message and a situation's answers from which the one is taken for the other.
NEAR_FROM = 0.35
_WISH = re.compile(
    r"\?|\b(?:please|but|however|need|want|would like|can you|could you|except|unfortunately)\b", re.IGNORECASE
)


class Situation(Record):
    """`step`, `ask` and `offer` are three ways to answer; they may hold {thing} and {quote}."""

    name: str
    thing: str
    step: str
    ask: str
    offer: str
    mood: str | None = None


@dataclass(frozen=True)
class _Rule:
    situation: Situation
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    intents: frozenset[str]
    after_desk: bool

    def fits(self, text: str) -> bool:
        return any(p.search(text) for p in self.patterns) and not any(p.search(text) for p in self.unless)


class Situations:
    """The situations of one file, the special ones first; the last one fits everything."""

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._rules = tuple(rules)

    @classmethod
    def load(cls, file: Path) -> Situations:
        """Read the file. Raises `Invalid` naming the file and the table for a text that states something."""
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))["situation"]
            return cls([_rule(table) for table in tables])
        except (OSError, LookupError, ValueError, TypeError, re.error, Invalid) as error:
            raise Invalid(f"The suggestions in {str(file)!r} can't be used: {error}. Mend the file.") from error

    def all(self) -> list[Situation]:
        return [rule.situation for rule in self._rules]

    def judge(
        self,
        texts: Sequence[str],
        intents: Sequence[str],
        *,
        mood: str = "calm",
        desk_spoke: bool = False,
        embedder: Embedder | None = None,
    ) -> Situation:
        """The situation that a customer's messages tell of; `texts` are oldest first, `intents` those of the last.

        The last message speaks first, by its words and then by its intent; what it leaves open, the ones before it
        tell, and then the nearest meaning. A situation with this very mood wins where nothing is asked. `desk_spoke`
        says whether the desk has given advice in between.
        """
        plain = [text.replace("’", "'") for text in texts]
        if met := self._by_mood(mood, plain[-1]):
            return met
        told = " ".join(plain[:-1])
        for rule in self._rules:
            if rule.after_desk and not (desk_spoke and rule.fits(plain[-1]) and self._is_trouble(told)):
                continue
            if rule.fits(plain[-1]):
                return rule.situation
        by_intent = (rule.situation for rule in self._rules if rule.intents & set(intents))
        before = (rule.situation for text in reversed(plain[:-1]) for rule in self._rules if rule.fits(text))
        known = next(by_intent, None) or next(before, None)
        return known or (embedder and self._nearest(plain[-1], embedder)) or self._rules[-1].situation

    def _by_mood(self, mood: str, text: str) -> Situation | None:
        situations = (rule.situation for rule in self._rules if rule.situation.mood == mood)
        return None if _WISH.search(text) else next(situations, None)

    def _nearest(self, text: str, embedder: Embedder) -> Situation | None:
        """The situation whose answers mean the nearest to the message, if any comes near."""
        told = [rule.situation for rule in self._rules[:-1] if not rule.after_desk]
        vectors = embedder.embed([text, *(f"{s.ask} {s.step}".replace("{thing}", s.thing) for s in told)])
        likeness = vectors[1:] @ vectors[0]
        best = int(likeness.argmax())
        return told[best] if likeness[best] >= NEAR_FROM else None

    def _is_trouble(self, text: str) -> bool:
        """Whether something was broken before: only then can advice have failed."""
        troubles = {"not_working", "damaged", "password", "how_to", "danger", "warranty"}
        return any(rule.situation.name in troubles and rule.fits(text) for rule in self._rules)


def _rule(table: dict[str, Any]) -> _Rule:
    fields = {key: value for key, value in table.items() if key in Situation.model_fields}
    situation = Situation(**fields)
    for part in _PARTS:
        _refuse_statements(situation.name, part, getattr(situation, part))
    return _Rule(
        situation=situation,
        patterns=_compiled(table.get("patterns", ())),
        unless=_compiled(table.get("unless", ())),
        intents=frozenset(table.get("intents", ())),
        after_desk=bool(table.get("after_desk", False)),
    )


def _refuse_statements(name: str, part: str, text: str) -> None:
    plain = text.replace("{thing}", "it").replace("{quote}", "")
    stated = [*(fact.text for fact in find_facts(plain)), *statuses(plain), *claimed_actions(plain)]
    if stated:
        raise Invalid(f"{name}.{part} states {stated[0]!r}, which nobody knows of a case")
    if "{" in plain:
        raise Invalid(f"{name}.{part} may hold {{thing}} and {{quote}} and no other variable")


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
