"""Finds the verbs with which a clause wishes for something, and what each of them is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cxdesk.agent.wishes.clauses import Clause
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.records import Verb, Wish

PREFER = re.compile(r"\bprefer(?:red|ably|ence)?\b|\bideally\b|\brather\b(?! than)", re.IGNORECASE)
_WHY = re.compile(r"\b(?:because|since|due to|as (?:it|they) (?:is|are|was|were|has|have|do|does)\b)", re.IGNORECASE)
_REFUND_TO = re.compile(r"^\W*(?:(?:it|them|the money)\s+)?(?:to|on|onto|into|via|with|by)\b|^\W*$", re.IGNORECASE)
_ONLY_ASKS = re.compile(
    r"^\W*(?:and |so |but |then )?(?:how|what|when|why|which|who|until|can|could|may|do|does|is|are|am)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:my|the|this|these|those|it|them)\b|#\w*\d|\b[a-z]{1,3}-?\d{3,}\b", re.IGNORECASE)
_OWN_BEFORE = re.compile(
    r"\b(?:my|these|those|it|them)\b|#\w*\d|^\W*(?:can|could|may) i (?:have|get) the\b", re.IGNORECASE
)
_EMAIL = re.compile(r"\be-?mail\b|\S+@\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"\baddress(?:es)?\b|^\W*(?:my|our|the) (?:[\w-]+ )?(?:profile|account)\b", re.IGNORECASE)
_PAYMENT = re.compile(r"\bpayment\b|\bpay(?:ing)? (?:with|by)\b|\bmethod\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:it|they|that|this|these|those)\b", re.IGNORECASE)
_NO_OBJECT = re.compile(r"^\W*(?:my|your|their) minds?\b|^\W*me\b", re.IGNORECASE)
_OR_ONLY = re.compile(r"^\W*(?:or|and/or|/)\W*$", re.IGNORECASE)
_AND_ONLY = re.compile(r"^\W*(?:and|or|,)?\W*$", re.IGNORECASE)
_SHIP = re.compile(r"\b(?:ship|send|deliver|redirect|reroute)\b.{0,40}\bto\b.{0,60}\d", re.IGNORECASE)


class _Place(NamedTuple):
    begin: int
    end: int
    name: str
    passive: bool = False


def has_verb(text: str, lexicon: Lexicon) -> bool:
    return bool(_places(text, lexicon))


def wishes_in(clause: Clause, number: int, context: str, lexicon: Lexicon) -> Iterator[Wish]:
    """The wishes of a clause of message `number`, one for each verb; `context` was said just before."""
    text = clause.text
    places = [p for n, p in enumerate(_places(text, lexicon)) if not (n and _only_says_how_to_refund(text, p))]
    previous: Wish | None = None
    for place, (begin, end, name, passive) in enumerate(places):
        before = places[place - 1].end if place else 0
        later = [p.begin for p in places[place + 1 :]] + [len(text)]
        about = text[end : later[0]]
        if len(later) > 1 and _AND_ONLY.match(about):  # 'return or exchange the kettle'
            about = text[places[place + 1].end : later[1]]
        if passive:  # 'the kettle needs to be returned'
            about = f"{text[before:begin]} {' '.join(_SUBJECT.findall(text[begin:end]))} {about}"
        wish = _wish(f"{number}:{clause.start + begin}", _verb(name, about), about, text[before:begin], context)
        either = previous is not None and _OR_ONLY.match(text[before:begin])
        if previous is not None and either and {previous.verb, wish.verb} != {"cancel", "return"}:
            wish = wish.model_copy(update={"instead_of": previous.id})
        yield wish
        previous = wish


def _only_says_how_to_refund(text: str, place: _Place) -> bool:
    """'return the kettle and refund to my card' is one wish; where the money goes belongs to it."""
    return text[place.begin : place.end].lower().startswith("refund") and bool(_REFUND_TO.match(text[place.end :]))


def _wish(id: str, verb: Verb, about: str, lead: str, context: str) -> Wish:
    """A wish, with its reason among the notes, and what is only preferred apart."""
    why = _WHY.search(about)
    text, notes = (about[: why.start()], (about[why.start() :],)) if why else (about, ())
    prefer = PREFER.search(text)
    preference: tuple[str, ...] = ()
    if prefer and text[: prefer.start()].strip(" ,."):
        text, preference = text[: prefer.start()], (text[prefer.start() :],)
    return Wish(id=id, verb=verb, text=text, lead=lead, context=context, notes=notes, preference=preference)


def _places(text: str, lexicon: Lexicon) -> list[_Place]:
    places = [
        _Place(match.start(), match.end(), name)
        for name, pattern in lexicon.verbs.items()
        for match in pattern.finditer(text)
        if _is_wish(text, match, lexicon)
    ]
    places += [
        _Place(match.start(), match.end(), name, passive=table is not lexicon.nouns)
        for table in (lexicon.passives, lexicon.participles, lexicon.nouns)
        for name, pattern in table.items()
        if name != "before"
        for match in pattern.finditer(text)
        if _is_wish(text, match, lexicon) and ("before" not in table or table["before"].search(text[: match.start()]))
    ]
    if not places and _SHIP.search(text):
        places = [_Place(0, 0, "address")]
    apart: list[_Place] = []
    for place in sorted(places):
        if not apart or place.begin >= apart[-1].end:
            apart.append(place)
    return apart


def _is_wish(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    before = text[: match.start()]
    own = _OWN.search(text[match.end() :]) or _OWN_BEFORE.search(before)
    if text.rstrip().endswith("?") and _ONLY_ASKS.search(before) and not own:
        return False
    return not (
        any(pattern.search(before) for pattern in lexicon.not_a_wish.values()) or _NO_OBJECT.match(text[match.end() :])
    )


def _verb(name: str, about: str) -> Verb:
    """What is really wished: 'change my e-mail address' is about the e-mail, 'change the address' about an address."""
    if name in ("modify", "exchange") and _EMAIL.search(about):
        return "email"
    if name == "address" or (name in ("modify", "exchange") and _ADDRESS.search(about)):
        return "address"
    if name in ("modify", "payment") and (name == "payment" or _PAYMENT.search(about)):
        return "payment"
    verbs: dict[str, Verb] = {"cancel": "cancel", "return": "return", "exchange": "exchange", "modify": "modify"}
    return verbs[name]
