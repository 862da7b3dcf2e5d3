"""The checkable facts of a text: amounts, percentages, dates, durations, numbers, ids, contacts, states.

Every fact has a key that is the same for other ways of writing it: '$1,200.50' and 'USD 1.200,50',
'five to seven business days' and '5-7 working days', 'two weeks' and '14 days', '12 May 2026' and 2026-05-12.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_VALUES = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)} | {"a": 1}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_MONTHS = """
    january february march april may june july august september october november december
""".split()
_CURRENCIES = {
    "$": "USD", "usd": "USD", "us$": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "chf": "CHF", "franc": "CHF", "cad": "CAD", "aud": "AUD",
}  # fmt: skip
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MONTHS_IN = {"month": 1, "year": 12}

# Thousands by comma, by point, by apostrophe or not at all.
_NUM = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!,?\d)|\d{1,3}(?:[.'’ ]\d{3})+,\d{2}(?!\d)|\d{1,3}(?:['’]\d{3})+(?:\.\d+)?"
    r"|\d+,\d{2}(?!\d)|\d+(?:\.\d+)?)"
)
_BELOW_TWENTY = "|".join(sorted(_ONES, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{_BELOW_TWENTY})"
_HUNDREDS = rf"(?:(?:a|{_SMALL}) (?:hundred|dozen)(?:(?: and)? {_SMALL})?|{_SMALL})"
_WORDS = rf"(?:(?:a|{_HUNDREDS}) thousand(?:(?: and)? {_HUNDREDS})?|{_HUNDREDS})"
_NUM_OR_WORD = rf"(?:{_NUM}|\b{_WORDS}\b)"
_UNIT = r"(?:(?:business|working|calendar|week)[ -]?)?(?:minute|hour|day|night|week|month|year)s?"
_CURRENCY = r"(?:USD|EUR|GBP|CHF|CAD|AUD|dollars?|euros?|pounds?|francs?)"
_SUM = rf"(?:(?:(?:US)?[$€£]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\s?)\s?{_NUM}|{_NUM_OR_WORD}\s?(?:[€£$]|{_CURRENCY}\b))"
_MONTH = rf"(?:{'|'.join(m[:3] + '(?:' + m[3:] + ')?' if len(m) > 3 else m for m in _MONTHS)}|sept)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"\b(?:https?://|www\.)[^\s<>\"')]+", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "date",
        re.compile(
            rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b"
            rf"|(?:\b{_WEEKDAY},? (?:the )?)?\b{_DAY}(?: of)? {_MONTH}\b\.?(?:,? \d{{4}}\b)?"
            rf"|(?:\b{_WEEKDAY},? )?\b{_MONTH}\.? (?:the )?{_DAY}(?!\d)(?:,? \d{{4}}\b)?"
            rf"|\b\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})\b"
            rf"|\b\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b|\b{_MONTH} \d{{4}}\b|\b(?:yesterday|tomorrow)\b",
            re.I,
        ),
    ),
    (
        "id",
        re.compile(
            r"#\w[\w-]*|\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b|\b\w+_\d{4,}\b|\b\d{8,}\b"
        ),
    ),
    (
        "time",
        re.compile(
            r"\b\d{1,2}:\d{2}\s?(?:am|pm|a\.m\.|p\.m\.)?|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b(?:noon|midnight)\b",
            re.I,
        ),
    ),
    ("percent", re.compile(rf"{_NUM_OR_WORD}\s?(?:%|percent\b|per cent\b)", re.I)),
    (
        "money",
        re.compile(
            rf"\b(?:between|from) {_SUM} (?:and|to) {_SUM}|{_SUM}",
            re.I,
        ),
    ),
    ("phone", re.compile(r"(?<![\w#.,$€£])\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,5}\)?){1,5}(?![\w.,]*\d)")),
    (
        "duration",
        re.compile(
            rf"{_NUM_OR_WORD}(?:\s?(?:to|-|–|—|and|or)\s?{_NUM_OR_WORD})?[ -]{_UNIT}\b",
            re.I,
        ),
    ),
    ("duration", re.compile(rf"(?<=within )an? {_UNIT}\b|(?<=in )an? {_UNIT}\b|(?<=takes )an? {_UNIT}\b", re.I)),
    ("number", re.compile(rf"(?<![\w#]){_NUM}(?![\w%]*[A-Za-z_])(?!\.?\d)", re.I)),
    ("number", re.compile(rf"\b(?!(?:zero|one)\b(?! hundred| thousand)){_WORDS}\b", re.I)),
    ("weekday", re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.I)),
)

# Words that tell how far an order, a return or a ticket is.
_STATE = re.compile(
    r"\b(pending|process(?:ed|ing)|ship(?:ped|ping)|deliver(?:ed|y)|cancel(?:l?ed|lation)|refunded|returned|exchanged|"
    r"(?:return|exchange|refund) requested|in transit|on (?:its|the|their) way|dispatched|sent out|arrived|delayed|"
    r"lost|approved|out of stock|in stock|sold out|available|unavailable|resolved|closed|in progress|waiting)\b",
    re.I,
)
_SAME_STATE = {
    "canceled": "cancelled", "processing": "processed", "arrived": "delivered", "on its way": "shipped",
    "on the way": "shipped", "on their way": "shipped", "in transit": "shipped", "sent out": "shipped",
    "dispatched": "shipped", "sold out": "out of stock", "unavailable": "out of stock",
}  # fmt: skip
# Nouns and adjectives of everyday sentences that look like states but are none.
_NO_STATES = frozenset({"shipping", "delivery", "cancellation", "waiting", "available"})
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|circa)\s+$|~\s?$", re.I)
# Articles and pronouns begin sentences, not names.
_NAMES = re.compile(
    r"\b(?!(?:The|A|An|Your|You|It|Its|This|That|We|Our|If|Please|I|In|On|At|To|For|Of|From|With|My|And|No|Not|Any|"
    r"All|"
    r"Each|Both|These|Those|There|They|When|Once|After|Before|Unless|Orders?|As|By)\b)"
    r"[A-Z](?:[\w'’-]*[a-z][\w'’-]*|[A-Z]+\b)(?: [A-Z][\w'’-]*[A-Za-z](?![\w]))*"
)
# What stands before a word that is written large for another reason than being a name.
_OPENING = re.compile(r"(?:^|[.!?])[^\w]*$")
_NOT_NAMES = frozenset(
    """
    i'm i'll i've i'd usd eur gbp chf ok faq pc id am pm
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
    + _MONTHS
)


class Fact(NamedTuple):
    """`key` is what must match; `text` is how it was written, at `start` of the text it came from.

    `about`: it is said to be rounded ('about $1,300').
    """

    kind: str
    key: str
    text: str
    start: int
    about: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_facts(text: str) -> list[Fact]:
    """The checkable facts of a text in order; overlapping readings are left to the more specific kind."""
    return sorted(_facts(text.replace("\u00a0", " ").replace("\u202f", " ")), key=lambda fact: fact.start)


@lru_cache(maxsize=2048)
def fact_keys(text: str) -> frozenset[str]:
    """The keys of all facts that `text` supports; a range supports its ends, a date its day without the year."""
    return frozenset(key for fact in find_facts(text) for key in supported_keys(fact))


def supported_keys(fact: Fact) -> frozenset[str]:
    """What a fact of a source supports: itself and what follows from it."""
    return frozenset({fact.key, *_implied(fact)})


def rounds_to(said: Fact, source_key: str) -> bool:
    """Whether a value said to be rounded is the source's, rounded to at most two digits."""
    kind, value, unit = _parts(said.key)
    source_kind, exact, source_unit = _parts(source_key)
    if not said.about or (kind, unit) != (source_kind, source_unit) or value is None or not exact:
        return False
    few_digits = len(value.normalize().as_tuple().digits) <= 2
    return few_digits and abs(value - exact) <= abs(exact) * Decimal("0.05")


def find_states(text: str, own: Collection[str] = ()) -> list[Fact]:
    """The states of orders, stock and tickets that a text speaks of, in one spelling each; `own` are the shop's own."""
    found = {(m.start(), m.group()) for m in _STATE.finditer(text)}
    for word in own:
        found |= {(m.start(), m.group()) for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I)}
    return [
        Fact("state", f"state:{state}", word, start)
        for start, word in sorted(found)
        if (state := _SAME_STATE.get(word.lower(), word.lower())) not in _NO_STATES
        if not any(s <= start and start + len(word) <= s + len(w) and w != word for s, w in found)
    ]


def statuses(text: str) -> frozenset[str]:
    """The states that a text speaks of, as words joined by underscores."""
    return frozenset(fact.key.removeprefix("state:").replace(" ", "_") for fact in find_states(text))


def find_names(text: str) -> list[Fact]:
    """Runs of words written as names; a single one that begins the text may be any word and is left out."""
    facts = [fact for fact in find_facts(text) if fact.kind == "date"]
    return [
        Fact("name", f"name:{m.group().lower()}", m.group(), m.start())
        for m in _NAMES.finditer(text)
        if not any(m.start() < fact.end and fact.start < m.end() for fact in facts)
        if m.group().lower() not in _NOT_NAMES and (" " in m.group() or not _OPENING.search(text[: m.start()]))
    ]


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
                yield Fact(kind, key, match.group().rstrip(), start, _ABOUT.search(text[:start]) is not None)


def _key(kind: str, text: str) -> str | None:
    lower = text.lower().strip()
    match kind:
        case "id":
            return f"id:{lower.lstrip('#')}"
        case "email":
            return f"email:{lower.rstrip('.')}"
        case "url":
            return f"url:{re.sub(r'^(?:https?://)?(?:www[.])?', '', lower).rstrip('.,;/')}"
        case "phone":
            digits = re.sub(r"\D", "", lower)
            digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
            return f"phone:{digits}" if len(digits) >= 7 else None
        case "date":
            return _date_key(lower)
        case "time":
            return _time_key(lower)
        case "percent":
            return _numbers_key("percent", lower)
        case "money":
            sign = re.search(rf"us\$|[$€£]|{_CURRENCY.lower()}", lower)
            assert sign is not None
            currency = _CURRENCIES.get(sign.group()) or _CURRENCIES[sign.group().rstrip("s")]
            return f"money:{'-'.join(map(_plain, _numbers(lower)))} {currency}"
        case "duration":
            return _duration_key(lower)
        case "weekday":
            return f"weekday:{lower.rstrip('s')}"
        case _:
            return _numbers_key("number", lower)


def _numbers(text: str) -> list[Decimal]:
    return [_number(m.group()) for m in re.finditer(_NUM_OR_WORD, text, re.I)]


def _numbers_key(kind: str, text: str) -> str | None:
    numbers = _numbers(text)
    return f"{kind}:{_plain(numbers[0])}" if numbers else None


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _number(piece: str) -> Decimal:
    if piece[0].isdigit():
        decimals_by_comma = re.fullmatch(r"[\d.'’ ]*,\d{2}", piece)
        plain = re.sub(r"[.'’ ]", "", piece).replace(",", ".") if decimals_by_comma else re.sub(r"[,'’]", "", piece)
        return Decimal(plain)
    total = group = 0
    for word in re.findall(r"[a-z]+", piece.lower()):
        if word == "thousand":
            total, group = total + (group or 1) * 1000, 0
        elif word in _SCALES:
            group = (group or 1) * _SCALES[word]
        else:
            group += _WORD_VALUES.get(word, 0)
    return Decimal(total + group)


def _date_key(text: str) -> str | None:
    if text in {"yesterday", "tomorrow"}:
        return f"date:{text}"
    numeric = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})/(\d{1,2})/(\d{2,4})|(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    if numeric:
        year, month, day = numeric.group(1, 2, 3) if numeric[1] else numeric.group(6, 4, 5)
        if numeric[7]:
            year, month, day = numeric.group(9, 8, 7)
        if int(month) > 12:
            month, day = day, month
        return f"date:{int(month)}-{int(day)}-{int(year) % 100 + 2000}"
    weekday = re.match(_WEEKDAY, text)
    text = text[weekday.end() :] if weekday else text
    month_number = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", text)), None)
    day_found = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text)
    year_found = re.search(r"\b(\d{4})\b", text)
    if month_number is None:
        return None
    if day_found is None:
        return f"date:{month_number}--{year_found[1]}" if year_found else None
    key = f"date:{month_number}-{int(day_found[1])}" + (f"-{year_found[1]}" if year_found else "")
    if weekday and not (year_found and _falls_on(int(year_found[1]), month_number, int(day_found[1]), weekday.group())):
        return f"{key} {weekday.group()}"
    return key


def _falls_on(year: int, month: int, day: int, weekday: str) -> bool:
    """Whether the weekday said beside a date is its own."""
    try:
        return date(year, month, day).strftime("%A").lower() == weekday
    except ValueError:
        return False


def _time_key(text: str) -> str:
    if text in {"noon", "midnight"}:
        return "time:12:00" if text == "noon" else "time:0:00"
    hour, minute = (int(n) for n in (*re.findall(r"\d+", text), "0")[:2])
    if "p" in text and hour < 12:
        hour += 12
    elif "a" in text and hour == 12:
        hour = 0
    return f"time:{hour}:{minute:02d}"


def _duration_key(text: str) -> str | None:
    unit = re.search(_UNIT + "$", text)
    assert unit is not None
    name = re.sub(r"[\s-]+", " ", unit.group()).strip().rstrip("s").removeprefix("calendar ")
    name = re.sub(r"^(?:working|week) ?(?=day)", "business ", name)
    numbers = _numbers(text[: unit.start()]) or [Decimal(1)]
    if name in _MINUTES:
        numbers, name = [n * _MINUTES[name] for n in numbers], "minute"
    elif name in _MONTHS_IN:
        numbers, name = [n * _MONTHS_IN[name] for n in numbers], "month"
    return f"duration:{'-'.join(map(_plain, numbers))} {name}"


def _implied(fact: Fact) -> Iterable[str]:
    kind, _, value = fact.key.partition(":")
    if kind == "duration":
        numbers, unit = value.split(" ", 1)
        yield from (f"duration:{number} {unit}" for number in numbers.split("-"))
        yield from (f"number:{_plain(number)}" for number in _numbers(fact.text))
    elif kind == "date" and value.count("-") == 2 and "--" not in value:
        month, day, year = value.split("-")
        yield from (f"date:{month}-{day}", f"date:{month}--{year}")
    elif kind in {"money", "percent", "number"}:
        numbers, _, unit = value.partition(" ")
        number = numbers.split("-")[0]
        yield from (f"number:{n}" for n in numbers.split("-"))
        if kind == "money":
            yield from (f"money:{n} {unit}" for n in numbers.split("-"))
        if kind == "number":
            yield f"id:{number}"
            if "." in fact.text:  # an amount in a tool's result stands without its currency
                yield from (f"money:{number} {currency}" for currency in set(_CURRENCIES.values()))
    elif kind == "id" and value.isdigit():
        yield f"number:{value}"


def _parts(key: str) -> tuple[str, Decimal | None, str]:
    kind, _, rest = key.partition(":")
    number, _, unit = rest.partition(" ")
    return kind, Decimal(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else None, unit
