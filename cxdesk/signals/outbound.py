"""The outbound check: the last look at a reply before it leaves the desk, written by a model or typed by a person.

Three things never leave: the shop's internal words, what belongs to another customer, and secrets. Who owns an
identifier is asked of the caller, so the check needs no store and can be tried on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from cxdesk.signals.entities import find_emails, find_phones, plain
from cxdesk.signals.masking import find_secrets

INTERNAL_WORDS = 8

IsForeign = Callable[[str, str], bool]

_WORD = re.compile(r"[^\W_]+")
# Ids as shops write them: '#W123', 'T-2041', 'credit_card_123', 'noah_brown_6181', a long number.
_ID = re.compile(r"#\w[\w-]*|\b(?=[\w-]{0,30}\d)(?=[\w-]{0,30}[A-Za-z_-])\w{1,40}(?:-\w{1,40}){0,4}\b|\b\d{5,}\b")
_STREET = re.compile(
    r"\b\d{1,6}[A-Za-z]?\s+(?:[A-Z][\w'’.-]*\s+){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Ct|Place|Pl|Terrace|Way|Row|Circle|"
    r"Square|Parkway|Highway|Trail|Crescent|Close|Gardens?|Hill|Loop|Alley|Quay)\b\.?"
)
_SECRETS = {"card number": "a card number", "IBAN": "a bank account number", "secret": "a password, code or key"}


def check_outbound(
    text: str,
    *,
    own: Collection[str],
    is_foreign: IsForeign,
    internal_texts: Sequence[str] = (),
    region: str = "US",
) -> list[str]:
    """Why a reply may not be sent, in words for the person at the desk; empty when it may go.

    `own` are the identifiers of the customer who reads it (addresses of mail and home, phone numbers, ids, what they
    wrote themselves): they always pass. `is_foreign(kind, value)` tells whether another customer has the value; kinds
    are email, phone (+15551234567), id (as written, without '#') and address (street and number). `internal_texts`
    are documents, notes and prompts of which no eight words in a row may leave. A reason names its finding but repeats
    no secret. Pure; the same arguments give the same reasons.
    """
    text = plain(text)
    mine = {_normal(value) for value in own}
    reasons = [f"It contains {_SECRETS[kind]}." for kind in dict.fromkeys(s.kind for s in find_secrets(text))]
    for kind, value in dict.fromkeys(identifiers(text, region)):
        if _normal(value) not in mine and is_foreign(kind, value):
            reasons.append(f"It contains another customer's {_NAMES[kind]} ({value}).")
    if (quoted := shared_words(text, internal_texts)) is not None:
        reasons.append(f"It repeats internal words: {quoted!r}.")
    return reasons


_NAMES = {"email": "e-mail address", "phone": "phone number", "id": "id", "address": "address"}


def identifiers(text: str, region: str = "US") -> Iterator[tuple[str, str]]:
    """(kind, value) of everything in a text that may point to one customer."""
    yield from (("email", value) for value in find_emails(text))
    phones, rest = find_phones(text, region)
    yield from (("phone", value) for value in phones)
    yield from (("id", match.group().lstrip("#")) for match in _ID.finditer(rest))
    yield from (("address", " ".join(match.group().rstrip(".").split())) for match in _STREET.finditer(text))


def shared_words(text: str, sources: Sequence[str], length: int = INTERNAL_WORDS) -> str | None:
    """The first stretch of `length` words that stands in `text` and in one of `sources`, apart from case and signs."""
    words = _WORD.findall(text.lower())
    own = {tuple(words[place : place + length]) for place in range(len(words) - length + 1)}
    if not own:
        return None
    firsts = {stretch[0] for stretch in own}
    for source in sources:
        theirs = _WORD.findall(source.lower())
        for place in range(len(theirs) - length + 1):
            if theirs[place] in firsts and (stretch := tuple(theirs[place : place + length])) in own:
                return " ".join(stretch)
    return None


def _normal(value: str) -> str:
    """As identifiers are compared: phones by their digits, the rest without case, spaces and '#'."""
    folded = "".join(value.lower().split()).lstrip("#")
    return re.sub(r"\D", "", folded)[-10:] if re.fullmatch(r"\+?[\d().\-/]{7,}", folded) else folded.rstrip(".")
