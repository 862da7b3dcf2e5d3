"""The checkable facts of a text: amounts, percentages, dates, durations, numbers, ids, contacts, states.

Every fact has a key that is the same for other ways of writing it: '$1,200.50' and 'USD 1.200,50',
'five to seven business days' and '5-7 working days', 'two weeks' and '14 days', '12 May 2026' and 2026-05-12.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_VALUES = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)} | {"a": 1}
_SCALES = {"couple": 2, "dozen": 12, "hundred": 100, "thousand": 1000}
_MONTHS = """
    january february march april may june july august september october november december
""".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_CURRENCIES = {
    "$": "USD", "usd": "USD", "us$": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "chf": "CHF", "franc": "CHF", "cad": "CAD", "aud": "AUD",
    "buck": "USD", "quid": "GBP", "fiver": "GBP", "tenner": "GBP",
    "pence": "GBP", "cent": "USD",
}  # fmt: skip
_NOTES = {"fiver": 5, "tenner": 10}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "fortnight": 1209600}
_SHORT_UNITS = {"sec": "second", "min": "minute", "hr": "hour", "wk": "week", "mth": "month", "yr": "year"}
_SHARES = {"half": "50", "a third": "33.3", "a quarter": "25", "a fifth": "20", "a tenth": "10"}
# Lengths in millimetres, weights in grams.
_MEASURES = {
    "mm": ("length", "1"), "cm": ("length", "10"), "m": ("length", "1000"), "km": ("length", "1000000"),
    "millimeter": ("length", "1"), "centimeter": ("length", "10"), "meter": ("length", "1000"),
    "kilometer": ("length", "1000000"), "inch": ("length", "25.4"), "foot": ("length", "304.8"),
    "feet": ("length", "304.8"), "ft": ("length", "304.8"), "yard": ("length", "914.4"),
    "mile": ("length", "1609344"), "gram": ("weight", "1"), "kg": ("weight", "1000"), "kilo": ("weight", "1000"),
    "kilogram": ("weight", "1000"), "ounce": ("weight", "28.3495"), "oz": ("weight", "28.3495"),
    "pound": ("weight", "453.592"), "lb": ("weight", "453.592"),
}  # fmt: skip
_MONTHS_IN = {"month": 1, "year": 12}

# Thousands by comma, by point, by apostrophe or not at all.
_NUM = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!,?\d)|\d{1,3}(?:[.'’ ]\d{3})+,\d{2}(?!\d)|\d{1,3}(?:['’]\d{3})+(?:\.\d+)?"
    r"|\d+,\d{2}(?!\d)|\d+(?:\.\d+)?)"
)
_BELOW_TWENTY = "|".join(sorted(_ONES, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{_BELOW_TWENTY})"
_HUNDREDS = rf"(?:half a dozen|a couple|(?:a|{_SMALL}) (?:hundred|dozen)(?:(?: and)? {_SMALL})?|{_SMALL})"
_WORDS = rf"(?:(?:a|{_HUNDREDS}) thousand(?:(?: and)? {_HUNDREDS})?|{_HUNDREDS})"
_NUM_OR_WORD = rf"(?:{_NUM}|\b{_WORDS}\b(?: \(\d+\)(?= ))?)"
_UNIT = (
    r"(?:(?:business|working|work|calendar|week)[ -]?)?"
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|secs?|mins?|hrs?|wks?|mths?|yrs?)"
)
_CURRENCY = r"(?:USD|EUR|GBP|CHF|CAD|AUD|dollars?|euros?|pounds?(?! of)|francs?|bucks?|quid)"
_CENTS = (
    rf"(?: (?:and )?{_NUM_OR_WORD} (?:cents?|pence)\b"
    rf"| (?:\d\d|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?)\b(?![./:,]\d| ?%| {_UNIT}\b))"
)
_SUM = (
    rf"(?:(?:(?:US)?[$€£]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\s?)\s?{_NUM}(?:k\b)?"
    rf"|{_NUM_OR_WORD}k?\s?(?:[€£$]|{_CURRENCY}\b){_CENTS}?|\ba (?:fiver|tenner)\b|{_NUM_OR_WORD} (?:cents?|pence)\b)"
)
_SIGN = re.compile(r"us\$|[$€£]|usd|eur|gbp|chf|cad|aud|dollar|pound|franc|buck|quid|fiver|tenner|cent|pence")
_MONTH = rf"(?:{'|'.join(m[:3] + '(?:' + m[3:] + ')?' if len(m) > 3 else m for m in _MONTHS)}|sept)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_MEASURE = (
    r"(?:mm|cm|km|(?:milli|centi|kilo)?met(?:er|re)s?|(?-i:m)|inch(?:es)?|feet|foot|ft|yards?|miles?"
    r"|kg|kilos?|(?:kilo)?grams?|ounces?|oz|pounds?|lbs?)"
)
_PART_OF_DAY = r"(?:in the (?:morning|afternoon|evening)|at night)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "url",
        re.compile(
            r"\b(?:https?://|www\.)[^\s<>\"')]+|(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>\"')]*"
            r"|(?<![\w@.-])[\w-]+\.(?:com|net|org|shop|io|co\.uk)\b",
            re.I,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "date",
        re.compile(
            rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b"
            rf"|(?:\b{_WEEKDAY},? (?:the )?)?\b{_DAY}(?: of)? {_MONTH}\b\.?(?:,? \d{{4}}\b)?"
            rf"|(?:\b{_WEEKDAY},? )?\b{_MONTH}\.? (?:the )?{_DAY}(?!\d)(?:,? \d{{4}}\b)?"
            rf"|\b{_DAY}[ -]{_MONTH}[ -](?:\d{{4}}|\d{{2}})\b"
            rf"|(?:\b{_WEEKDAY},? (?:the )?)?\b(?!24/7\b)\d{{1,2}}/\d{{1,2}}(?:/(?:\d{{4}}|\d{{2}}))?\b(?![/\d])"
            rf"|\b\d{{1,2}}([.-])\d{{1,2}}\1\d{{4}}\b|\b{_MONTH} \d{{4}}\b"
            rf"|\b(?:the day (?:after tomorrow|before yesterday)|yesterday|tomorrow)\b"
            rf"|\b(?:arriv\w+|deliver\w+|shipped|due|expected|sent|left) (?:by |for |earlier )?today\b"
            rf"|\bthe \d{{1,2}}(?:st|nd|rd|th)\b(?! (?:of )?{_MONTH})",
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
            rf"\b(?:\d{{1,2}}:\d{{2}}|{_NUM_OR_WORD} o['’]clock|{_NUM_OR_WORD}) {_PART_OF_DAY}"
            r"|\b\d{1,2}:\d{2}\s?(?:am|pm|a\.m\.|p\.m\.)?|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)"
            rf"|{_NUM_OR_WORD} o['’]clock\b|\b(?:noon|midday|midnight)\b",
            re.I,
        ),
    ),
    ("percent", re.compile(rf"{_NUM_OR_WORD}\s?(?:%|percent\b|per cent\b)", re.I)),
    ("percent", re.compile(r"\b(?:half|an? (?:third|quarter|fifth|tenth))(?=[ -](?:off|price)\b)", re.I)),
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
            rf"\b(?:half an?|three[ -]quarters of an?|an?) {_UNIT} and a half\b"
            rf"|\b(?:half an?|(?:a|three)[ -]quarters? of an?) {_UNIT}\b"
            rf"|\ban? (?:fortnight|(?:full|whole|entire) {_UNIT})\b",
            re.I,
        ),
    ),
    (
        "duration",
        re.compile(
            rf"{_NUM_OR_WORD}(?:(?<=couple)(?: of)?)?(?:\s?(?:to|-|–|—|and|or)\s?{_NUM_OR_WORD})?[ -]{_UNIT}\b",
            re.I,
        ),
    ),
    (
        "duration",
        re.compile(
            rf"(?:(?<=\bin )|(?<=within )|(?<=takes )|(?<=for )|(?<=after )|(?<=least )|(?<=most ))an? {_UNIT}\b", re.I
        ),
    ),
    ("measure", re.compile(rf"{_NUM_OR_WORD}[ -]?{_MEASURE}\b", re.I)),
    ("number", re.compile(rf"(?<![\w#]){_NUM}k\b")),
    ("number", re.compile(rf"(?<![\w#]){_NUM}(?![\w%]*[A-Za-z_])(?!\.?\d)", re.I)),
    ("number", re.compile(rf"\b(?!(?:zero|one)\b(?! hundred| thousand)){_WORDS}\b", re.I)),
    ("weekday", re.compile(rf"\b(?:(?:this|next|last|past|coming) )*(?:{'|'.join(_WEEKDAYS)})s?\b", re.I)),
)

# Words that tell how far an order, a return or a ticket is.
_IS = (r"\bis", r"\bare", r"\bwas", r"\bwere", r"\bbe", "['’]s", "['’]re", "now", "already")
_BEING = f"(?:{'|'.join(f'(?<={word} )' for word in _IS)})"
_STATE = re.compile(
    r"\b(pending|process(?:ed|ing)|ship(?:ped|ping)|deliver(?:ed|y)|cancel(?:l?ed|lation)|refunded|returned|exchanged|"
    r"(?:return|exchange|refund) requested|in transit|en route|gone out|collected(?! from)|"
    r"reached you|made it to you|already with you|with you already|(?:found|made) its way to you|"
    rf"{_BEING}with you(?=[.,;!)]|$)|"
    r"on the (?:road|move)|travel+ing to you|(?:being|still) packed|"
    r"dropped off|hit the road|posted|mailed|(?:good to go|all set) for (?:pick-?up|collection)|"
    r"completed|back ?ordered|on back ?order|ready for (?:pick-?up|collection)|"
    r"ready for you to come|(?:can|may)(?: now)? be (?:picked up|collected)|"
    r"(?:handed|given|gone|passed) (?:over )?to the (?:carrier|courier|post)|"
    rf"{_BEING}with the (?:carrier|courier)|"
    r"ready (?:for you )?to (?:be |come (?:and )?)?(?:collect|pick)(?:ed)?(?: (?:it|this))?(?: up)?|"
    r"out the door|(?:headed|heading) your way|left (?:our|the) \w+|"
    r"on (?:its|the|their) way|dispatched|sent out|arrived|delayed|"
    r"lost|approved|out of stock|in stock|sold out|available|unavailable|resolved|closed|in progress|waiting)\b",
    re.I,
)
_SAME_STATE = {
    "canceled": "cancelled", "processing": "processed", "arrived": "delivered", "on its way": "shipped",
    "on the way": "shipped", "on their way": "shipped", "in transit": "shipped", "reached you": "delivered",
    "made it to you": "delivered", "sent out": "shipped", "dropped off": "delivered", "hit the road": "shipped",
    "on the road": "shipped", "on the move": "shipped", "still packed": "being packed", "en route": "shipped",
    "gone out": "shipped", "dispatched": "shipped", "sold out": "out of stock", "unavailable": "out of stock",
}  # fmt: skip
# Nouns and adjectives of everyday sentences that look like states but are none.
_NO_STATES = frozenset({"shipping", "delivery", "cancellation", "waiting", "available"})
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|close to"
    r"|(?:just|a (?:little|bit|touch|shade)|slightly) (?:under|over|above|below))\s+$|~\s?$",
    re.I,
)
# Articles and pronouns begin sentences, not names.
_NAMES = re.compile(
    r"\b(?!(?:The|A|An|Your|You|It|Its|This|That|We|Our|If|Please|I|In|On|At|To|For|Of|From|With|My|And|No|Not|Any|"
    r"All|"
    r"Each|Both|These|Those|There|They|When|Once|After|Before|Unless|Orders?|As|By)\b)"
    r"[A-Z](?:[\w'’-]*[a-z][\w'’-]*|[A-Z]+\b)(?: [A-Z][\w'’-]*[A-Za-z](?![\w]))*"
)
# What stands before a word that is written large for another reason than being a name.
_OPENING = re.compile(r"(?:^|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.!?])[^\w]*$")
_NOT_NAMES = frozenset(
    """
    i'm i'll i've i'd usd eur gbp chf ok faq pc id am pm eta vat asap fyi
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
    + _MONTHS
)


class Fact(NamedTuple):
    """`key` is what must match; `text` is how it was written, at `start` of the text it came from.

    `about`: it is said to be rounded ('about $1,300'). `also`: keys that it may stand for as well, given the day.
    """

    kind: str
    key: str
    text: str
    start: int
    about: bool = False
    also: frozenset[str] = frozenset()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_facts(text: str) -> list[Fact]:
    """The checkable facts of a text in order; overlapping readings are left to the more specific kind."""
    return list(_found(text))


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[Fact, ...]:
    """Sources are read again for every sentence of every reply."""
    return tuple(sorted(_facts(text.replace("\u00a0", " ").replace("\u202f", " ")), key=lambda fact: fact.start))


@lru_cache(maxsize=2048)
def fact_keys(text: str) -> frozenset[str]:
    """The keys of all facts that `text` supports; a range supports its ends, a date its day without the year."""
    return frozenset(key for fact in find_facts(text) for key in supported_keys(fact))


def supported_keys(fact: Fact) -> frozenset[str]:
    """What a fact of a source supports: itself and what follows from it."""
    return frozenset({fact.key, *_implied(fact)})


def rounds_to(said: Fact, source_key: str) -> bool:
    """Whether a value said to be rounded is the source's, rounded to the last digit that was said."""
    kind, value, unit = _parts(said.key)
    source_kind, exact, source_unit = _parts(source_key)
    if not said.about or (kind, unit) != (source_kind, source_unit) or not value or not exact:
        return False
    return abs(value - exact) <= min(value * _last_digit(said.text) / 2, abs(exact) * Decimal("0.05"))


def _last_digit(text: str) -> Decimal:
    """The last digit that is not zero, as a share of the number: 0.1/1.3 of '$1.3k', 10/690 of '€690'."""
    numbers = _numbers(text)
    if not numbers or not numbers[0]:
        return Decimal(0)
    return Decimal(1).scaleb(_exponent(numbers[0])) / numbers[0]


def _exponent(number: Decimal) -> int:
    return next((n for n in range(9, -9, -1) if number % Decimal(1).scaleb(n) == 0), 0)


def find_states(text: str, own: Collection[str] = ()) -> list[Fact]:
    """The states of orders, stock and tickets that a text speaks of, in one spelling each; `own` are the shop's own."""
    found = {(m.start(), m.group()) for m in _STATE.finditer(text)}
    for word in own:
        found |= {(m.start(), m.group()) for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I)}
    return [
        Fact("state", f"state:{state}", word, start)
        for start, word in sorted(found)
        if (state := _state(word.lower())) not in _NO_STATES
        if not any(s <= start and start + len(word) <= s + len(w) and w != word for s, w in found)
    ]


def _state(word: str) -> str:
    if "with you" in word or word.endswith("way to you"):
        return "delivered"
    if word.startswith("travel") or word.endswith(("posted", "mailed", "carrier", "courier", "to the post")):
        return "shipped"
    if re.search(r"\bback ?order", word):
        return "backordered"
    if word.startswith(("ready ", "can ", "may ", "good to go ", "all set ")):
        return "ready for pickup"
    return "shipped" if word.startswith(("left ", "out the", "headed ", "heading ")) else _SAME_STATE.get(word, word)


def statuses(text: str) -> frozenset[str]:
    """The states that a text speaks of, as words joined by underscores."""
    return frozenset(fact.key.removeprefix("state:").replace(" ", "_") for fact in find_states(text))


def find_names(text: str) -> list[Fact]:
    """Runs of words written as names; a single one that begins the text may be any word and is left out."""
    found = find_facts(text)
    facts = [fact for fact in found if fact.kind == "date"]
    ids = [fact for fact in found if fact.kind == "id"]
    return [
        Fact("name", f"name:{m.group().lower()}", m.group(), m.start())
        for m in _NAMES.finditer(text)
        if not any(" " not in text[m.start() : fact.start].strip() and m.start() < fact.start < m.end() for fact in ids)
        if not any(m.start() < fact.end and fact.start < m.end() for fact in facts)
        if _is_name(m.group(), opens=_OPENING.search(text[: m.start()]) is not None)
    ]


def _is_name(words: str, *, opens: bool) -> bool:
    """Whether words written large are a name; the first of a sentence is written large anyway."""
    words = re.sub(r"['’]s\b", "", words)
    opens = opens and not re.match(r"\w+[a-z][A-Z]|[A-Z]{3,}\b", words)
    rest = words.lower().split()[opens:]
    return any(word not in _NOT_NAMES and not re.search(r"\d{3}", word) for word in rest)


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
            share = _SHARES.get(re.sub(r"^an ", "a ", lower))
            return f"percent:{share}" if share else _numbers_key("percent", lower)
        case "money":
            return _money_key(lower)
        case "duration":
            return _duration_key(lower)
        case "measure":
            return _measure_key(lower)
        case "weekday":
            return f"weekday:{lower.split()[-1].rstrip('s')}"
        case _:
            thousands = re.fullmatch(rf"({_NUM})k", lower)
            return f"number:{_plain(_number(thousands[1]) * 1000)}" if thousands else _numbers_key("number", lower)


def _numbers(text: str) -> list[Decimal]:
    return [_number(m.group()) for m in re.finditer(_NUM_OR_WORD, text, re.I)]


def _numbers_key(kind: str, text: str) -> str | None:
    numbers = _numbers(text)
    return f"{kind}:{_plain(numbers[0])}" if numbers else None


def _money_key(text: str) -> str | None:
    amounts = [m.group() for m in re.finditer(_SUM, text, re.I)]
    currency = next((_CURRENCIES[sign[0].rstrip("s")] for end in amounts if (sign := _SIGN.search(end))), "")
    return f"money:{'-'.join(_plain(_amount(end)) for end in amounts)} {currency}" if currency else None


def _amount(text: str) -> Decimal:
    """The value of '$1.3k', 'four dollars ninety-five', '50 cents' or 'a fiver'."""
    if note := next((value for note, value in _NOTES.items() if note in text), 0):
        return Decimal(note)
    whole, *cents = _numbers(text)
    if not cents and re.search(r"(?:cents?|pence)$", text) and not re.search("dollar|euro|pound", text):
        return whole / 100
    return whole * (1000 if re.search(r"\dk\b", text) else 1) + (cents[0] / 100 if cents else 0)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _number(piece: str) -> Decimal:
    if piece[0].isdigit():
        decimals_by_comma = re.fullmatch(r"[\d.'’ ]*,\d{2}", piece)
        plain = re.sub(r"[.'’ ]", "", piece).replace(",", ".") if decimals_by_comma else re.sub(r"[,'’]", "", piece)
        return Decimal(plain)
    if piece.lower() == "half a dozen":
        return Decimal(6)
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
    if near := re.search(r"(?:the day )?(?:after tomorrow|before yesterday)|yesterday|tomorrow|today", text):
        return f"date:{near.group()}"
    weekday = _weekday(text)
    text = re.sub(rf"^{_WEEKDAY},? ", "", text)
    year, month, day = _numeric_date(text) or _written_date(text)
    if day and not month:
        return f"date:?-{day}"
    if not month or not (day or year):
        return None
    key = f"date:{month}-{day or ''}" + (f"-{year}" if year else "")
    if weekday and not (year and day and _weekday_of(year, month, day) == weekday):
        return f"{key} {weekday}"
    return key


def _weekday(text: str) -> str:
    """The weekday that a text begins with."""
    return next((name for name in _WEEKDAYS if re.match(rf"{name[:3]}[a-z]*\b", text)), "")


def _numeric_date(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, 0 for what is not said; 3/4 is taken as March until `meanings` looks at it."""
    match = re.search(
        r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?|(\d{1,2})[.-](\d{1,2})[.-](\d{4})", text
    )
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 4, 5)
    if match[7]:
        year, month, day = match.group(9, 8, 7)
    if int(month) > 12:
        month, day = day, month
    return _full_year(year), int(month), int(day)


def _written_date(text: str) -> tuple[int, int, int]:
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", text)), 0)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text)
    year = re.search(r"\b(\d{4})\b|-(\d{2})$|[a-z] (\d{2})$", text)
    said = next(filter(None, year.groups()), "") if year else ""
    if day and year and day.span() == year.span(3):  # 'May 26' is a day
        said = ""
    return _full_year(said), month, int(day[1]) if day else 0


def _full_year(year: str | None) -> int:
    return int(year) % 100 + 2000 if year else 0


def _weekday_of(year: int, month: int, day: int) -> str:
    try:
        return _WEEKDAYS[date(year, month, day).weekday()]
    except ValueError:
        return ""


def _time_key(text: str) -> str | None:
    if text in {"noon", "midday", "midnight"}:
        return "time:0:00" if text == "midnight" else "time:12:00"
    numbers = re.findall(r"\d+", text) or [_plain(number) for number in _numbers(text)]
    if not numbers or "." in numbers[0]:
        return None
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    late = re.search(r"\d\s?p|afternoon|evening|night", text)
    if late and hour < 12:
        hour += 12
    elif hour == 12 and re.search(r"\d\s?a|morning", text):
        hour = 0
    return f"time:{hour}:{minute:02d}"


def _duration_key(text: str) -> str | None:
    half = text.endswith(" and a half")
    text = text.removesuffix(" and a half")
    unit = re.search(_UNIT + "$", text)
    assert unit is not None
    name = re.sub(r"[\s-]+", " ", unit.group()).strip().rstrip("s").removeprefix("calendar ")
    name = re.sub(r"^(?:working|work|week) ?(?=day)", "business ", name)
    name = _SHORT_UNITS.get(name, name)
    numbers = _numbers(text[: unit.start()]) or [Decimal(1)]
    if share := re.match(r"half|three[ -]quarter|a[ -]quarter", text):
        numbers = [{"h": Decimal("0.5"), "t": Decimal("0.75"), "a": Decimal("0.25")}[share.group()[0]]]
    if half:
        numbers[-1] += Decimal("0.5")
    if name in _SECONDS:
        numbers, name = [n * _SECONDS[name] for n in numbers], "second"
    elif name in _MONTHS_IN:
        numbers, name = [n * _MONTHS_IN[name] for n in numbers], "month"
    return f"duration:{'-'.join(map(_plain, numbers))} {name}"


def _measure_key(text: str) -> str | None:
    unit = re.search(_MEASURE + "$", text, re.I)
    numbers = _numbers(text)
    if unit is None or not numbers:
        return None
    name = unit.group().replace("metre", "meter")
    kind, factor = _MEASURES.get(name) or _MEASURES[name.removesuffix("s").removesuffix("e" * name.endswith("inches"))]
    return f"measure:{_plain(numbers[0] * Decimal(factor))} {kind}"


def on_day(fact: Fact, today: date) -> Fact:
    """The fact with all that it may stand for: 'tomorrow' and 'next Monday' are days, and 3/4 is read both ways."""
    return fact._replace(also=frozenset(_readings(fact, today)))


def _readings(fact: Fact, today: date) -> Iterable[str]:
    if fact.kind == "weekday":
        return _days_called(fact.text.lower(), today)
    if fact.kind != "date":
        return ()
    away = {"yesterday": -1, "today": 0, "tomorrow": 1, "the day after tomorrow": 2, "the day before yesterday": -2}
    days = away.get(fact.key.removeprefix("date:"))
    if days is not None:
        return (_day_key(today + timedelta(days=days)),)
    other = re.sub(r"(\d{1,2})/(\d{1,2})", r"\2/\1", fact.text)
    return (_key("date", other) or fact.key,)


def _day_key(day: date) -> str:
    return f"date:{day.month}-{day.day}-{day.year}"


def _days_called(text: str, today: date) -> Iterator[str]:
    """The days within a week that a weekday means; 'last' are those before, 'next' and 'coming' those ahead."""
    back = 0 if re.search(r"\b(?:next|coming)\b", text) else 7
    ahead = 0 if re.search(r"\b(?:last|past)\b", text) else 7
    for days in range(-back, ahead + 1):
        day = today + timedelta(days=days)
        if _WEEKDAYS[day.weekday()] == text.split()[-1].rstrip("s"):
            yield _day_key(day)


def _implied(fact: Fact) -> Iterable[str]:
    kind, _, value = fact.key.partition(":")
    if kind == "duration":
        numbers, unit = value.split(" ", 1)
        yield from (f"duration:{number} {unit}" for number in numbers.split("-"))
        yield from (f"number:{_plain(number)}" for number in _numbers(fact.text))
    elif kind == "measure":
        yield from (f"number:{_plain(number)}" for number in _numbers(fact.text))
    elif kind == "date" and (day := re.fullmatch(r"(\d+)-(\d+)-(\d+)", value)):
        short = f"date:{day[1]}-{day[2]}"
        yield from (short, f"date:{day[1]}--{day[3]}", f"date:?-{day[2]}")
        if weekday := _weekday_of(int(day[3]), int(day[1]), int(day[2])):
            yield f"{short} {weekday}"
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
    elif kind == "id" and (digits := re.search(r"\d{3,}$", value)):
        yield f"number:{digits.group()}"


def _parts(key: str) -> tuple[str, Decimal | None, str]:
    kind, _, rest = key.partition(":")
    number, _, unit = rest.partition(" ")
    return kind, Decimal(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else None, unit
