"""The checkable facts of a text: amounts, percentages, dates, durations, numbers, ids, contacts, statuses.

Every fact has a key that is the same for other ways of writing it: '$1,200.50' and '1200.50 USD',
'five to seven business days' and '5-7 business days', '12 May 2026' and 2026-05-12.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
""".split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORD_NUMBERS = (
    {word: n for n, word in enumerate(_ONES)}
    | _TENS
    | {f"{tens}-{one}": value + n for tens, value in _TENS.items() for n, one in enumerate(_ONES[1:10], 1)}
    | {"hundred": 100, "a hundred": 100, "one hundred": 100}
)
_MONTHS = """
    january february march april may june july august september october november december
""".split()

_NUM = r"\d[\d,]*(?:\.\d+)?"
_NUM_OR_WORD = rf"(?:{_NUM}|{'|'.join(sorted(map(re.escape, _WORD_NUMBERS), key=len, reverse=True))})"
_UNIT = r"(?:business|working|calendar)?[ -]?(?:minute|hour|day|night|week|month|year)s?"
_CURRENCY = r"(?:USD|EUR|GBP|CHF|dollars?|euros?|pounds?)"
_MONTH = rf"(?:{'|'.join(m[:3] + '(?:' + m[3:] + ')?' if len(m) > 3 else m for m in _MONTHS)}|sept)"

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"\b(?:https?://|www\.)[^\s<>\"')]+", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "date",
        re.compile(
            rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b{_DAY}(?: of)? {_MONTH}\.?(?:,? \d{{4}})?\b"
            rf"|\b{_MONTH}\.? {_DAY}(?:,? \d{{4}})?\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b",
            re.I,
        ),
    ),
    (
        "id",
        re.compile(
            r"#\w[\w-]*|\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b|\b\w+_\d{4,}\b|\b\d{8,}\b"
        ),
    ),
    ("phone", re.compile(r"(?<![\w#.,$€£])\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,5}\)?){2,5}(?![\w.,]*\d)")),
    (
        "time",
        re.compile(r"\b\d{1,2}(?::\d{2})\s?(?:am|pm|a\.m\.|p\.m\.)?|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)", re.I),
    ),
    ("percent", re.compile(rf"{_NUM_OR_WORD}\s?(?:%|percent\b|per cent\b)", re.I)),
    (
        "money",
        re.compile(rf"(?:[$€£]|\b(?:USD|EUR|GBP|CHF)\s?)\s?{_NUM}|\b{_NUM_OR_WORD}\s?(?:[€£$]|{_CURRENCY}\b)", re.I),
    ),
    ("duration", re.compile(rf"\b{_NUM_OR_WORD}(?:\s?(?:to|-|–|—|and|or)\s?{_NUM_OR_WORD})?[ -]{_UNIT}\b", re.I)),
    ("number", re.compile(rf"(?<![\w#]){_NUM}(?![\w%]*[A-Za-z_])", re.I)),
    ("number", re.compile(rf"\b(?:{'|'.join(_ONES[2:] + list(_TENS))})\b", re.I)),
    ("weekday", re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.I)),
)

# Words that tell how far an order, a return or a ticket is; stems, so that canceled is cancelled.
_STATUS = re.compile(
    r"\b(pending|process(?:ed|ing)|ship(?:ped|ping)|deliver(?:ed|y)|cancel(?:l?ed|lation)|refunded|returned|exchanged|"
    r"(?:return|exchange|refund) requested|in transit|on (?:its|the) way|dispatched|sent out|arrived|delayed|lost|"
    r"approved|out of stock|in stock|sold out|available|unavailable|resolved|closed|in progress)\b",
    re.I,
)
_STATED = frozenset(
    """
    pending processed shipped delivered cancelled refunded returned exchanged return_requested exchange_requested
    refund_requested in_transit dispatched arrived delayed lost approved out_of_stock in_stock available
    unavailable
    """.split()
)


class Fact(NamedTuple):
    """`key` is what must match; `text` is how it was written, at `start` of the text it came from."""

    kind: str
    key: str
    text: str
    start: int


def find_facts(text: str) -> list[Fact]:
    """The checkable facts of a text in order; overlapping readings are left to the more specific kind."""
    return sorted(_facts(text.replace("\u00a0", " ").replace("\u202f", " ")), key=lambda fact: fact.start)


@lru_cache(maxsize=2048)
def fact_keys(text: str) -> frozenset[str]:
    """The keys of all facts that `text` supports; a range supports its ends, a date its day without the year."""
    keys: set[str] = set()
    for fact in find_facts(text):
        keys.add(fact.key)
        keys |= set(_implied(fact))
    return frozenset(keys)


def statuses(text: str) -> frozenset[str]:
    """The states that a text speaks of, in one spelling each."""
    return frozenset(found for m in _STATUS.finditer(text) if (found := _status(m.group(1))) in _STATED)


def _facts(text: str) -> Iterator[Fact]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            key = _key(kind, match.group())
            if key is not None:
                taken.append((start, end))
                yield Fact(kind, key, match.group().strip(), start)


def _key(kind: str, text: str) -> str | None:
    lower = text.lower().strip()
    match kind:
        case "id":
            return f"id:{lower.lstrip('#')}"
        case "email" | "url":
            return f"{kind}:{lower.rstrip('.,;')}"
        case "phone":
            digits = re.sub(r"\D", "", lower)
            return f"phone:{digits}" if len(digits) >= 7 else None
        case "date":
            return _date_key(lower)
        case "time":
            return _time_key(lower)
        case "percent":
            return _numbers_key("percent", lower)
        case "money":
            return _numbers_key("money", re.sub(_CURRENCY.lower(), "", lower))
        case "duration":
            unit = re.search(_UNIT.lower() + "$", lower)
            assert unit is not None
            name = re.sub(r"[\s-]+", " ", unit.group()).strip().rstrip("s").replace("working", "business")
            numbers = _numbers(lower[: unit.start()])
            return f"duration:{'-'.join(numbers)} {name}" if numbers else None
        case "weekday":
            return f"weekday:{lower.rstrip('s')}"
        case _:
            return _numbers_key("number", lower)


def _numbers(text: str) -> list[str]:
    found = re.findall(_NUM_OR_WORD, text, re.I)
    return [number for piece in found if (number := _number(piece)) is not None]


def _numbers_key(kind: str, text: str) -> str | None:
    numbers = _numbers(text)
    return f"{kind}:{numbers[0]}" if numbers else None


def _number(piece: str) -> str | None:
    word = _WORD_NUMBERS.get(piece.lower())
    try:
        value = Decimal(word) if word is not None else Decimal(piece.replace(",", ""))
    except InvalidOperation:
        return None
    return format(value.normalize(), "f")


def _date_key(text: str) -> str | None:
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if iso:
        return f"date:{int(iso[2])}-{int(iso[3])}-{iso[1]}"
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", text)
    if slashed:
        return f"date:{int(slashed[1])}-{int(slashed[2])}-{int(slashed[3]) % 100 + 2000}"
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", text)), None)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text)
    year = re.search(r"\b(\d{4})\b", text)
    if month is None or day is None:
        return None
    return f"date:{month}-{int(day[1])}" + (f"-{year[1]}" if year else "")


def _time_key(text: str) -> str:
    hour, minute = (int(n) for n in (*re.findall(r"\d+", text), "0")[:2])
    if "p" in text and hour < 12:
        hour += 12
    return f"time:{hour}:{minute:02d}"


def _implied(fact: Fact) -> Iterable[str]:
    kind, value = fact.key.split(":", 1)
    if kind == "duration":
        numbers, unit = value.split(" ", 1)
        for number in numbers.split("-"):
            yield f"duration:{number} {unit}"
            yield f"number:{number}"
    elif kind == "date":
        parts = value.split("-")
        if len(parts) == 3:
            yield f"date:{parts[0]}-{parts[1]}"
    elif kind in {"money", "percent", "number"}:
        yield f"number:{value}"
        if kind == "number":
            yield f"id:{value}"
            if "." in fact.text:  # an amount in a tool's result stands without its currency
                yield f"money:{value}"
    elif kind == "id" and value.isdigit():
        yield f"number:{value}"


def _status(word: str) -> str:
    word = word.lower()
    word = {
        "canceled": "cancelled",
        "processing": "processed",
        "on its way": "in_transit",
        "on the way": "in_transit",
    }.get(word, word)
    word = {"sent out": "dispatched", "sold out": "out_of_stock"}.get(word, word)
    return word.replace(" ", "_")
