"""A fact with its company: what it is said of, in which part of a sentence, and beside which words.

A number alone proves nothing: $12.00 may be the price of another delivery, 12 May the day of another step.
So a fact of a reply is held against the same fact of a source together with what stands around both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from cxdesk.agent.facts import Fact, find_facts, find_states
from cxdesk.agent.sentences import content_words, stem

_BORDER = re.compile(
    r"[,;:()—](?=\s|$|\))|\s\(|\s[-–]\s"
    r"|\b(?:in the event|in case|provided)\b"
    r"|\b(?:and|but|while|whereas|or|with|after|before|if|unless|when|once|which|although|though|so|because)\b",
    re.I,
)
# What may happen, or is asked to, has not happened.
_SUPPOSED = re.compile(
    r"\b(?:if|once|when|whenever|until|unless|after|before|as soon as|can|could|may|might|must|should|would|will|to be|"
    r"expected|cannot|can't|any|all|every|orders|items|products|not|never|no|hasn't|haven't|isn't|wasn't|yet to)\b",
    re.I,
)
_WORD = re.compile(r"[\w'’]+")
# 'Picked up' is of the same word as 'pickup', 'back order' as 'backordered'.
_EMPTY = re.compile(r"\b(?:has|have|is|are|was|were|could|would|should|did|does|need)n['’]t\b|\bafraid\b", re.I)
_PARTICLE = re.compile(r"\b(pick|drop|back|sign|log|set|check|pay)(?:ed|ing|s)?[ -](up|off|in|out|back|order)\b", re.I)
_EVENT = re.compile(r"\b(?:was|were|been|got|arrived|on|since)\b|\bat\s*$", re.I)
_OWN = re.compile(r"\b(?:your|its?|this|that|the order|#\w+)\b|#", re.I)

# The parts that a date, an amount or a number can play, each with words that give it.
_ROLES: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    kind: tuple((role, re.compile(pattern, re.I)) for role, pattern in roles)
    for kind, roles in {
        "date": (
            (
                "expected",
                r"expect|estimat|plann|\bshould\b(?!.* since\b)|\bought to\b|supposed to|\beta\b|\bdue\b|\bwill\b"
                r"|schedul|anticipat|likely",
            ),
            ("delivered", r"deliver|arriv|receiv|reached|handed over|dropped|\bgot\b"),
            (
                "shipped",
                r"\bship|\bpost(?:ed)?\b|\bmailed\b|\bleft\b|dispatch|\bsent\b|leav|on (?:its|the) way"
                r"|journey|\bwent out|set off|out (?:of )?the door",
            ),
            ("ordered", r"\bordered|\bplaced\b|bought|purchas|order date"),
        ),
        "money": (
            (
                "total",
                r"\btotal|\bpaid\b|\bcharged\b|\bsum\b|\bamount|altogether|overall|c[ao]mes? to|\bspent\b|\bbill\b",
            ),
            ("refund", r"refund"),
        ),
        "id": (
            (
                "tracking",
                r"track|\bfollow(?!s\b|ing:|ing\b(?= (?:order|\d)))|\btrac(?:e|ing)\b|\bconsignment|\bwaybill",
            ),
            ("ticket", r"\bticket"),
            ("order", r"\border"),
        ),
    }.items()
}
_ROLES["weekday"] = _ROLES["date"]


# A limit that stands beside a value: at most so much, or at least.
_MOST = (
    re.compile(
        r"\b(?:up to|at (?:the )?most|within|(?:no|not) (?:more|later|longer) than|less than|fewer than|under|below"
        r"|before|until|max(?:imum)?(?: of)?\.?)\s*(?:the |an? )?$",
        re.I,
    ),
    re.compile(r"\s*(?:or (?:less|fewer|under|below|earlier)|at (?:the )?most|max(?:imum)?)\b", re.I),
)
_LEAST = (
    re.compile(
        r"\b(?:at (?:the )?least|(?:no|not) (?:less|fewer|sooner|earlier) than|more than|over|above|after"
        r"|min(?:imum)?(?: of)?\.?)\s*(?:the |an? )?$",
        re.I,
    ),
    re.compile(
        r"\s*(?:or (?:more|above|over|longer|later)|and (?:over|up|above)|at (?:the )?least|min(?:imum)?)\b", re.I
    ),
)


class Mention(NamedTuple):
    """`clause` and `words` are the stems near the fact and in its whole sentence, `beside` the words next to it;
    `of` is the record it is told of.

    `bound`: the value is the 'most' or the 'least' that holds; empty when it is neither.
    `named`: the record stands in the same sentence. `asserted`: a state that is said to be the case; `event`:
    it is told as what happened, and may be past.
    """

    fact: Fact
    clause: frozenset[str]
    words: frozenset[str]
    role: str
    beside: tuple[str, ...]
    of: str
    named: bool
    asserted: bool
    event: bool
    bound: str


def mentions(
    text: str, *, about: str = "", context: str = "", known: Collection[str] = (), states: Collection[str] = ()
) -> list[Mention]:
    """The facts and states of a sentence with their company.

    `about` is the record that was spoken of before, `known` are the keys of the records that can be meant,
    `states` the shop's own words for how far an order is.
    """
    return list(_mentions(text, about, context, frozenset(known), frozenset(states)))


@lru_cache(maxsize=4096)
def plain_words(text: str) -> frozenset[str]:
    """The stems of a text's words, numbers left out, other words for the same thing made equal."""
    text = _EMPTY.sub(" ", _PARTICLE.sub(r"\1\2", text))
    return frozenset(_SAME.get(word, word) for word in content_words(text) if not any(c.isdigit() for c in word))


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the parts of a sentence begin and end."""
    borders = [0, *(m.start() for m in _BORDER.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(borders) if text[a:b].strip()]


@lru_cache(maxsize=4096)
def _mentions(
    text: str, about: str, context: str, known: frozenset[str], states: frozenset[str]
) -> tuple[Mention, ...]:
    facts = find_facts(text)
    bare = _blanked(text, facts)
    ids = [fact for fact in facts if fact.key in known]
    parts = clauses(text)
    return tuple(_mention(fact, bare, parts, ids, about, context) for fact in (*facts, *find_states(text, states)))


def _mention(fact: Fact, text: str, parts: list[tuple[int, int]], ids: list[Fact], about: str, context: str) -> Mention:
    number = next((n for n, (a, b) in enumerate(parts) if a <= fact.start < b), 0)
    start, end = parts[number] if parts else (0, len(text))
    near = plain_words(text[start:end])
    if len(near) < 2 and number:
        near |= plain_words(text[slice(*parts[number - 1])])
    of = _told_of(fact, ids, start, end)
    before, after = _WORD.findall(text[: fact.start])[-1:], _WORD.findall(text[fact.end :])[:1]
    clause_text = text[start:end]
    asserted = fact.kind == "state" and not _SUPPOSED.search(clause_text) and _OWN.search(text[: fact.start])
    return Mention(
        fact=fact,
        clause=near | plain_words(context),
        words=plain_words(f"{text} {context}"),
        role=_role(fact, clause_text, fact.start - start) or _role(fact, text, fact.start),
        beside=tuple(word.lower() for word in (*(before or [""]), *(after or [""]))),
        of=of or about,
        named=bool(of),
        asserted=bool(asserted),
        event=fact.kind == "state" and _EVENT.search(clause_text) is not None,
        bound=_bound(fact, text),
    )


def _bound(fact: Fact, text: str) -> str:
    if fact.about or fact.kind in {"id", "state"}:
        return ""
    before, after = text[max(0, fact.start - 30) : fact.start], text[fact.end : fact.end + 20]
    return next(
        (
            name
            for name, (ahead, behind) in (("most", _MOST), ("least", _LEAST))
            if ahead.search(before) or behind.match(after)
        ),
        "",
    )


def _blanked(text: str, facts: list[Fact]) -> str:
    """The text with its facts made blank, ids kept: 'days' of '14 days' is no company of its own."""
    for fact in facts:
        if fact.kind != "id":
            text = text[: fact.start] + " " * len(fact.text) + text[fact.end :]
    return text


def _told_of(fact: Fact, ids: list[Fact], start: int, end: int) -> str:
    """The record in the same part of the sentence, else the one named last before, else the next."""
    if any(fact.key == other.key for other in ids):
        return fact.key
    before = [other for other in ids if other.start < fact.start]
    inside = [other for other in ids if start <= other.start < end]
    nearest = [*reversed([i for i in inside if i in before]), *inside, *reversed(before), *ids]
    return nearest[0].key if nearest else ""


def _role(fact: Fact, text: str, at: int) -> str:
    """The role whose word stands last before the fact, else first after it; what is expected has not come."""
    found = list(_role_words(fact.kind, text))
    if any(role == "expected" for _, role in found):
        return "expected"
    before = [place for place in found if place[0] < at]
    return max(before)[1] if before else min(found)[1] if found else ""


def _role_words(kind: str, text: str) -> Iterator[tuple[int, str]]:
    for role, pattern in _ROLES.get(kind, ()):
        yield from ((match.start(), role) for match in pattern.finditer(text))


_SAME = {
    stem(word): stem(line.split()[0])
    for line in """
        deliver arrive arrives arrived receive reach come delivery
        ship send dispatch sent shipment shipping leave left
        buy purchase bought order placed
        cost price pay paid charge amount worth costs
        return back returns
        item product article goods
        money refund reimburse reimbursement refunds
        cancel cancellation call
        day days
        sorry apologize apologise apologies apology
        free complimentary
        damage broken defective faulty damaged
        parcel package
        version variant option
        contain include consist
        hold contain
        phone telephone
        colleague staff team
        ask request contact
        week weeks
        opened open
        keep retain
        begin start
        month months
        allow permit possible able
        ready waiting
        pickup collect collection
        metre meter
    """.strip().splitlines()
    for word in line.split()
}
