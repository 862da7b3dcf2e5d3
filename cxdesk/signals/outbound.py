"""The outbound check: the last look at a reply before it leaves the desk, written by a model or typed by a person.

Four things never leave: the shop's internal words, what belongs to another customer, secrets, and addresses that are
not what they seem. Who owns an identifier is asked of the caller, so the check needs no store and can be tried on any
text. What the reader wrote may be repeated to them, but not be completed: an id that they typed goes through, its
owner's name beside it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from cxdesk.signals.characters import folded, printable, suspicious_addresses
from cxdesk.signals.entities import blank_amounts, find_emails, find_phones, plain
from cxdesk.signals.masking import find_secrets

INTERNAL_WORDS = 8

Others = Callable[[str, str], Collection[str]]

_WORD = re.compile(r"[^\W_]+")
# Ids as shops write them: '#W123', 'T-2041', 'credit_card_123', 'noah_brown_6181', a long number.
_ID = re.compile(r"#\w[\w-]*|\b(?=[\w-]{0,30}\d)(?=[\w-]{0,30}[A-Za-z_-])\w{1,40}(?:-\w{1,40}){0,4}\b|\b\d{5,}\b")
# 'W 483 6353', '3579-6250-1027': an id whose parts were set apart.
_SET_APART = re.compile(
    r"(?<![\w#-])#?(?:[A-Za-z]{1,3}[ -]?)?\d{2,8}(?:[ -]\d{2,8}){1,5}(?![\w-])|#?\b[A-Za-z]{1,3}[ -]\d{4,}\b"
)
_ANNOUNCED = re.compile(
    r"(?i)\b(?:order|ticket|parcel|case)s?(?: (?:number|no\.?|nr\.?|id))?(?: is)?[ :]*#?(?P<id>\d{3,})(?![\w-]|[.,]\d)"
)
_POSTAL_CODE = re.compile(r"\b(?:\d{5}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b")
_STREET_TYPES = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "lane": "ln", "boulevard": "blvd", "court": "ct",
    "place": "pl", "terrace": "ter", "way": "wy", "circle": "cir", "square": "sq", "parkway": "pkwy", "highway": "hwy",
    "trail": "trl", "crescent": "cres", "close": "cl", "gardens": "gdns",
}  # fmt: skip
_LONG_TYPES = {short: long for long, short in _STREET_TYPES.items()}
_TYPES = "|".join([*_STREET_TYPES, *_LONG_TYPES, *"row garden hill loop alley quay mews grove park".split()])
_NAME_WORD = r"[^\W\d_][\w'’.-]*"
_STREET = re.compile(
    rf"\b\d{{1,6}}[a-z]?,?\s+(?:{_NAME_WORD}\s+){{1,4}}?(?:{_TYPES})\b"
    r"|\b\d{1,6}\s+broadway\b"
    rf"|\b\d{{1,4}},?\s+(?:rue|avenue|place|chemin|allée)\s+(?:(?:de|du|des|la|le|les)\s+)*{_NAME_WORD}"
    rf"|\b(?:via|viale|piazza|calle|avenida|plaza|rua)\s+(?:{_NAME_WORD}\s+){{1,4}}?\d{{1,4}}\b"
    r"|\b(?:[^\W\d_]+[ -])?[^\W\d_]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ufer|straat|laan|gade|vej|gatan)"
    r"\s+\d{1,4}[a-z]?\b",
    re.IGNORECASE,
)
# Endings of web addresses that are no English words, so that a missing space after a full stop makes none.
_URL = re.compile(
    r"(?i)\b(?:https?://|www\.)[^\s<>()\"'\]]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+"
    r"(?:com|net|org|io|co|shop|store|app|dev|info|biz|xyz|online|site|link|click|ly|gl|de|fr|es|uk|nl|pl|eu|ch|ru|cn|example|test)"
    r"\b(?:[/?#:][^\s<>()\"'\]]*)?|(?<![@\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>()\"'\]]+"
)
_SECRETS = {"card number": "a card number", "IBAN": "a bank account number", "secret": "a password, code or key"}
_NAMES = {
    "email": "e-mail address",
    "phone": "phone number",
    "id": "id",
    "address": "address",
    "postal_code": "postal code",
}


def check_outbound(
    text: str,
    *,
    own: Collection[str],
    others: Others,
    told: str = "",
    internal: InternalWords | None = None,
    sources: str | None = None,
    region: str = "US",
) -> list[str]:
    """Why a reply may not be sent, in words for the person at the desk; empty when it may go.

    `own` are the identifiers of the customer who reads it, `told` all that they wrote: both may be repeated. `others`
    gives the full names of the other customers who have a value, none for what is nobody's; kinds are email, phone
    (+15551234567), id (as written, without '#'), address (street and number) and postal_code. `sources` is what a
    reply that nobody typed rests on: its web and e-mail addresses must stand there or in `told`; None asks for no
    sources. A reason names its finding but repeats no secret. Pure; the same arguments give the same reasons.
    """
    text = plain(printable(text))
    reasons = [f"It contains {_SECRETS[kind]}." for kind in dict.fromkeys(s.kind for s in find_secrets(text))]
    reasons += _of_others(text, own, others, told, region)
    reasons += [f"It contains an address that imitates another one ({each})." for each in suspicious_addresses(text)]
    if sources is not None:
        known = plain(f"{sources}\n{told}").lower()
        unknown = [address for address in find_addresses(text) if address.lower() not in known]
        reasons += [f"It contains an address that stands in no source ({each})." for each in unknown]
    if internal and (quoted := internal.quoted_in(text)):
        reasons.append(f"It repeats internal words: {quoted!r}.")
    return reasons


def _of_others(text: str, own: Collection[str], others: Others, told: str, region: str) -> Iterator[str]:
    mine = {_normal(value) for value in own}
    repeated = {_normal(value) for _, value in identifiers(told, region)}
    found = [
        (kind, value, names)
        for kind, value in dict.fromkeys([*identifiers(text, region), *_postal_codes(text)])
        if _normal(value) not in mine and (names := others(kind, value))
    ]
    for kind, value, names in found:
        if any(value != longer and value in longer for _, longer, _ in found):
            continue
        named = [name for name in names if _says(text, name) and not _says(told, name)]
        if kind != "postal_code" and _normal(value) not in repeated:
            yield f"It contains another customer's {_NAMES[kind]} ({value})."
        elif named:
            yield f"It names another customer ({named[0]}) beside their {_NAMES[kind]} ({value})."


def identifiers(text: str, region: str = "US") -> Iterator[tuple[str, str]]:
    """(kind, value) of everything in a text that may point to one customer."""
    yield from (("email", value) for value in find_emails(text))
    phones, rest = find_phones(text, region)
    yield from (("phone", value) for value in phones)
    if not any(c.isdigit() for c in rest):
        return
    yield from (("id", match.group().lstrip("#")) for match in _ID.finditer(rest))
    yield from (("id", match["id"]) for match in _ANNOUNCED.finditer(rest))
    yield from (("id", value) for value in _joined_ids(blank_amounts(rest)))
    yield from (("address", " ".join(match.group().replace(",", " ").split())) for match in _STREET.finditer(text))


def _joined_ids(text: str) -> Iterator[str]:
    """Ids whose parts were set apart, as 't 2041' for 'T-2041': without a sign, and with one after the letters."""
    for match in _SET_APART.finditer(text):
        letters = "".join(c for c in match.group() if c.isalpha())
        digits = "".join(c for c in match.group() if c.isdigit())
        if len(digits) >= 4:
            yield letters + digits
            if letters:
                yield f"{letters}-{digits}"


def street_spellings(street: str) -> list[str]:
    """A street as it was written, and with its kind written out or shortened: '986 Sunset Dr', '986 Sunset Drive'."""
    words = street.lower().rstrip(".").split()
    if not words:
        return []
    other = _STREET_TYPES.get(words[-1]) or _LONG_TYPES.get(words[-1])
    return [" ".join(words), *([" ".join([*words[:-1], other])] if other else [])]


def find_addresses(text: str) -> list[str]:
    """Web and e-mail addresses as they are written, without the signs that end a sentence."""
    found = (match.group().rstrip(".,;:!?*_") for match in _URL.finditer(text))
    return list(dict.fromkeys([*find_emails(text), *found]))


class InternalWords:
    """Texts of which no eight words in a row may leave the desk, made ready for many checks."""

    def __init__(self, texts: Iterable[str], length: int = INTERNAL_WORDS) -> None:
        self._length = length
        self._stretches = {stretch for text in texts for stretch in _stretches(text, length)}

    def quoted_in(self, text: str) -> str | None:
        """The first stretch that stands in `text`, apart from case and signs."""
        found = (stretch for stretch in _stretches(text, self._length) if stretch in self._stretches)
        return next((" ".join(stretch) for stretch in found), None)


def shared_words(text: str, sources: Sequence[str], length: int = INTERNAL_WORDS) -> str | None:
    """The first stretch of `length` words that stands in `text` and in one of `sources`, apart from case and signs."""
    return InternalWords(sources, length).quoted_in(text)


def _stretches(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(folded(text))
    return (tuple(words[place : place + length]) for place in range(len(words) - length + 1))


def _postal_codes(text: str) -> list[tuple[str, str]]:
    return [("postal_code", match.group()) for match in _POSTAL_CODE.finditer(text)]


def _says(text: str, name: str) -> bool:
    """Whether a full name stands in the text; one without a space is no full name."""
    words = folded(name).split()
    pattern = r"[\s.-]+".join(map(re.escape, words))
    return len(words) > 1 and re.search(rf"(?<!\w){pattern}(?!\w)", folded(text)) is not None


def _normal(value: str) -> str:
    """As identifiers are compared: phones by their digits, the rest without case, spaces and '#'."""
    folded_value = "".join(value.lower().split()).lstrip("#")
    if re.fullmatch(r"\+?[\d().\-/]{7,}", folded_value):
        return re.sub(r"\D", "", folded_value)[-10:]
    return folded_value.rstrip(".")
