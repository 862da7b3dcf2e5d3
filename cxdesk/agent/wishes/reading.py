"""Finds the wishes in what a customer said: a verb, what it is about, and what hangs on it.

The words alone tell that 'return the blue one, and if that is not possible, exchange it' is two wishes of which the
second waits for the first. A condition that can't be understood leaves its wish in doubt, and what is in doubt is
never proposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cxdesk.agent.wishes.clauses import Clause, clauses
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.records import Fallback, Limit, Wish
from cxdesk.agent.wishes.verbs import PREFER, has_verb, wishes_in

_WOULD = re.compile(r"\b(?:i'd|i would|i want|i will|i'll|prefer|rather|instead)\b", re.IGNORECASE)
_LEAVE = re.compile(r"\b(?:leave|skip|forget|never ?mind|keep) (?:it|that|this|them)?", re.IGNORECASE)
_ALSO = re.compile(r"\balso\b|\bwant(?:s|ed)? to\b", re.IGNORECASE)

# What a wish hangs on when it hangs on an answer: 'if you say that it is cheaper'. Being asked to confirm is none.
_DEPENDS = re.compile(r"\b(?:says?|tells?|offers?|proposes?|suggests?|insists?)\b", re.IGNORECASE)
_OF_IT = re.compile(
    r"\W*(?:it|they|that one|this one|the new one)(?:'s|'re)? (?:is|are|has|have|comes?|made)\b", re.IGNORECASE
)

_BROKEN_OFF = re.compile(r"\b(?:to|into|for|with)\W*$", re.IGNORECASE)
_ANEW = re.compile(
    r"\W*(?:oh |well |hm+ )*(?:no|nah|actually|wait|you know what|scratch that|forget it)\b", re.IGNORECASE
)

Names = Callable[[str], frozenset[str]]


def read_wishes(said: Sequence[str], lexicon: Lexicon, names: Names = lambda text: frozenset()) -> list[Wish]:
    """The wishes of a customer's messages, in the order in which they were said.

    `names` tells which of the customer's products a text names; with it, a wish is also heard without a verb: 'the
    lamp should be black'. Ids stay the same when later messages follow. What is no wish is noted on the one before.
    """
    hearing = _Hearing(lexicon, names)
    for number, message in enumerate(said):
        context = ""
        for clause in clauses(message, lexicon):
            heard = hearing.take(clause, number, context)
            context = "" if heard else f"{context} {clause.text}"
    return hearing.wishes


@dataclass
class _Hearing:
    """What was heard so far. It changes with each clause and is gone after the reading."""

    lexicon: Lexicon
    names: Names
    wishes: list[Wish] = field(default_factory=list)

    def take(self, clause: Clause, number: int, context: str) -> bool:
        """Take in a clause; whether it held a wish."""
        kind = self._kind(clause.condition)
        found = list(wishes_in(clause, number, context, self.lexicon))
        if self.wishes and _BROKEN_OFF.search(self.wishes[-1].text) and _ANEW.match(clause.text):
            del self.wishes[-1]  # 'change it to... no, cancel it'
        if kind == "asked" and not _ALSO.search(clause.text):
            found = []
        if kind == "possible" and clause.condition and has_verb(clause.condition, self.lexicon):
            return self._take_condition(clause, found, number, context)
        if kind == "plain" and not found:
            found = self._implied(clause, number, context)
        nothing = kind == "impossible" and self._is_nothing(clause.text)
        if not found or (nothing and self.wishes):
            self._note(clause, number, kind)
            return False
        self.wishes.extend(self._hung(found, clause, kind))
        return True

    def _take_condition(self, clause: Clause, found: list[Wish], number: int, context: str) -> bool:
        """'If the lamp can be exchanged, I'd like that' wishes in its condition; with a second wish, it is in doubt."""
        condition = Clause(clause.condition or "", clause.start - len(clause.condition or "") - 1)
        first = list(wishes_in(condition, number, context, self.lexicon))
        self.wishes.extend(wish.model_copy(update={"doubt": bool(found)}) for wish in [*first, *found])
        return True

    def _hung(self, found: list[Wish], clause: Clause, kind: str) -> list[Wish]:
        """The wishes of a clause with what their condition does to them."""
        if kind == "impossible" and self.wishes:
            self.wishes[-1] = _hoping(self.wishes[-1], clause)
            found[0] = found[0].model_copy(update={"instead_of": self.wishes[-1].id})
        if kind == "asked" and _DEPENDS.search(clause.condition or ""):
            return [wish.model_copy(update={"doubt": True}) for wish in found]
        if kind == "price":
            limit = Limit(text=clause.condition or "", otherwise=clause.unless)
            swaps = all(wish.verb in ("exchange", "modify") for wish in found)
            return [wish.model_copy(update={"limits": (limit,), "doubt": not swaps}) for wish in found]
        if kind == "unsure" and not clause.unless and _OF_IT.match(clause.condition or ""):
            found[-1] = found[-1].model_copy(update={"requires": (clause.condition or "",)})
            return found
        if kind == "unsure" or (clause.unless and kind != "plain"):
            return [wish.model_copy(update={"doubt": True}) for wish in found]
        return found

    def _implied(self, clause: Clause, number: int, context: str) -> list[Wish]:
        """A wish without a verb: the customer says what one of their things shall be like, or that it isn't needed."""
        if not any(self.lexicon.implied[name].search(clause.text) for name in ("wish", "needless")):
            return []
        named = self.names(clause.text)
        if not named and self.lexicon.implied["rather"].search(clause.text):
            named = self.names(context)
        told = {name for wish in self.wishes if not wish.implied for name in self.names(f"{wish.lead} {wish.text}")}
        if not named or named <= told:
            return []
        id = f"{number}:{clause.start}"
        if needless := self.lexicon.implied["needless"].search(clause.text):
            lead, text = clause.text[: needless.end()], clause.text[needless.end() :]
            return [Wish(id=id, verb="cancel", text=text, lead=lead, context=context, implied=True)]
        if self.lexicon.implied["no_wish"].search(clause.text):
            return []
        return [Wish(id=id, verb="modify", text=clause.text, context=context, implied=True)]

    def _note(self, clause: Clause, number: int, kind: str) -> None:
        """What has no verb belongs to the wish before it: a preference, another try, a limit, or a remark."""
        if not self.wishes or not clause.text.strip():
            return
        self.wishes[-1] = self._noted(self.wishes[-1], clause, number, kind)

    def _noted(self, last: Wish, clause: Clause, number: int, kind: str) -> Wish:
        nothing, text = self._is_nothing(clause.text), clause.text
        if kind == "unsure":  # 'if my sister calls, I'd rather keep it'
            return last.model_copy(update={"doubt": last.doubt or nothing or bool(_WOULD.search(text))})
        if kind == "price" and not self._speaks_of_paying(text) and (nothing or _WOULD.search(text)):
            limit = Limit(text=clause.condition or "", otherwise=nothing != clause.unless)
            return last.model_copy(update={"limits": (*last.limits, limit)})
        if kind == "asked":
            text = f"If {clause.condition}, {text}"
        if kind == "impossible":
            last = _hoping(last, clause)
        if kind == "impossible" or (last.message != number and _LEAVE.search(text) and not self.names(text)):
            return last.model_copy(update={"fallbacks": (*last.fallbacks, Fallback(text=text, nothing=nothing))})
        if kind == "several" or PREFER.search(text):
            return last.model_copy(update={"preference": (*last.preference, text)})
        return last.model_copy(update={"notes": (*last.notes, text)})

    def _speaks_of_paying(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.lexicon.payments.values())

    def _is_nothing(self, text: str) -> bool:
        return self.lexicon.conditions["nothing"].search(text) is not None

    def _kind(self, condition: str | None) -> str:
        """What a condition is about: whether something can be had, what it costs, what will be asked; or unsure."""
        if condition is None:
            return "plain"
        condition = condition.strip(" ,.")
        for kind in ("asked", "limit", "several", "impossible", "possible", "price"):
            if self.lexicon.conditions[kind].search(condition):
                return "price" if kind == "limit" else kind
        return "unsure"


def _hoping(wish: Wish, clause: Clause) -> Wish:
    return wish.model_copy(update={"hopes": (*wish.hopes, clause.condition or "")})
