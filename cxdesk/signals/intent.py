"""What the customer wants: a message is cut into requests, and each gets an intent by the shop's patterns."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal, NamedTuple

from cxdesk.domain import IntentScore

Kind = Literal["order", "account", "action", "open", "talk"]

# A new wish begins after a sentence, or after "and"/"also" when a verb or a question word follows.
_CLAUSE = re.compile(
    r"(?<=[.?!])\s+|\n+|;\s+|,?\s+(?:and|also|plus|oh)\s+(?:also\s+|then\s+)?"
    r"(?=(?:can|could|do|does|is|are|how|what|what's|when|where|where's|which|who|will|would|please|i want|i'd like|"
    r"i need|tell me|show me|list|cancel)\b)",
    re.IGNORECASE,
)
_CERTAIN = 0.9
_LIKELY = 0.7
_GUESS = 0.3

OTHER = "other"


class _Rule(NamedTuple):
    name: str
    kind: Kind
    patterns: list[re.Pattern[str]]
    unless: list[re.Pattern[str]]

    def fits(self, text: str) -> bool:
        return any(p.search(text) for p in self.patterns) and not any(p.search(text) for p in self.unless)


class IntentRules:
    """Patterns in order: special wishes first, the general question last."""

    def __init__(self, file: Path) -> None:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))["intent"]
        self._rules = [
            _Rule(e["name"], e["kind"], _compiled(e["patterns"]), _compiled(e.get("unless", []))) for e in entries
        ]
        self._kinds: dict[str, Kind] = {rule.name: rule.kind for rule in self._rules}

    def judge(self, text: str) -> IntentScore:
        plain = text.replace("’", "'")
        for rule in self._rules:
            if rule.fits(plain):
                return IntentScore(name=rule.name, confidence=_LIKELY if rule.name == "question" else _CERTAIN)
        return IntentScore(name=OTHER, confidence=_GUESS)

    def kind(self, intent: str) -> Kind:
        return self._kinds.get(intent, "open")


def split_clauses(text: str) -> list[str]:
    """The parts of a message that may carry a wish of their own; never empty for a text that is not."""
    parts = [part.strip(" ,") for part in _CLAUSE.split(text)]
    return [part for part in parts if any(c.isalnum() for c in part)] or [text]


def _compiled(patterns: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
