"""Dates and spans that a message names: "last Tuesday", "since 3 May", "for two weeks".

dateparser reads calendar dates; it is asked only about a phrase that a cheap pattern has found, since its own search
costs a millisecond for any text. Distances, weekdays, weeks and months are simple arithmetic, and
a word before the phrase ("since", "until", "between") makes a span of it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

from cxdesk.domain import DateSpan
from cxdesk.signals.phrases import lowered

Direction = Literal["past", "future"]

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty"
_COUNT = rf"(?:\d{{1,3}}|an?|{_ONES}|(?:a )?couple(?: of)?|(?:a )?few|several)"
_UNIT = r"(?:days?|weeks?|fortnights?|months?|years?)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+\d{4}\b)?"
_TIMES = r"(?!\s+(?:times|days|hours|pieces|items|percent)\b)"
_TO = r"\s*(?:-|–|—|to|and|until|till|through)\s*(?:the\s+)?"

# Both are for small letters. What a text without any date lacks: most messages cost this one search.
_HINT = re.compile(
    rf"\b(?:today|tonight|yesterday|tomorrow|this morning|last night|weekend|{_WEEKDAY}|{_UNIT}|{_MONTH})"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)|\d[-/.]\d{1,2}[-/.]\d"
)
_PHRASE = re.compile(
    r"\b(?:"
    r"(?P<near>(?:the )?day before yesterday|(?:the )?day after tomorrow|today|tonight|this morning|yesterday"
    r"|last night|tomorrow)"
    r"|(?P<when>last|past|previous|this|next|(?:this )?coming)\s+"
    rf"(?:(?P<weekday>{_WEEKDAY})|(?P<period>week(?:end)?|month|year))"
    rf"|(?P<ago>(?:(?P<ago_count>{_COUNT})\s+(?P<ago_unit>{_UNIT})|(?P<fortnight>fortnight))\s+(?:ago|earlier|back))"
    rf"|(?:in|within)\s+(?:the next\s+)?(?P<ahead_count>{_COUNT})\s+(?P<ahead_unit>{_UNIT})(?!\s+(?:of|after|from)\b)"
    rf"|(?:for|over|been|waited|waiting|past|last)\s+(?:(?:over|about|almost|nearly|more than|the (?:last|past))\s+)*"
    rf"(?P<during_count>{_COUNT})\s+(?P<during_unit>{_UNIT})"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    rf"|(?P<range>(?P<range_first>{_DAY}){_TO}(?P<range_last>{_DAY})\s+(?:of\s+)?(?P<range_month>{_MONTH})"
    rf"|(?P<head_month>{_MONTH})\s+(?P<head_first>{_DAY}){_TO}(?P<head_last>{_DAY}))(?P<range_year>{_YEAR}){_TIMES}"
    r"|(?<![\d.])(?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))(?![.\d])"
    r"|(?P<slashed>\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2}))(?![/\d])"
    rf"|(?P<written>{_MONTH}\s+{_DAY}\b{_YEAR}|{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}){_TIMES}"
    r"|(?:on|by|since|until|till|from)\s+the\s+(?P<ordinal>\d{1,2})(?:st|nd|rd|th)"
    r"(?=\s*(?:[.,;!?)]|$|and\b|but\b|at\b|i\b|it\b|we\b|when\b|please\b))"
    rf"|(?P<whole_month>{_MONTH})\s+(?P<whole_year>\d{{4}})\b"
    rf"|(?:in|since|last|during|of|from|early|late|mid)[\s-]+(?P<month>{_MONTH})(?P<month_year>\s+\d{{4}}\b)?(?!\s+\w+\s+you)"
    rf"|(?<!black )(?<!cyber )(?<!good )(?P<bare_weekday>{_WEEKDAY})"
    r")(?!\w)"
)
_BEFORE = re.compile(r"\b(since|until|till|by|before|from|between|next|will|on|for)\W*(?:the\s+)?$", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:to|and|until|till|through|-|–|—)\s*(?:the\s+)?$", re.IGNORECASE)
_TO_ONLY = re.compile(r"\s*(?:to|until|till|through|-|–|—)\s*(?:the\s+)?$", re.IGNORECASE)
# A message with more is a table or an attack, and each costs up to a millisecond.
_MOST = 20
_ABOUT = {"couple": 2, "few": 3, "several": 3}
_NUMBERS = dict(zip(_ONES.split("|"), [*range(1, 16), 20, 30], strict=True))
_MAY_DO = re.compile(r"(?i)\b(?:i|you|u|we|they|it|he|she|that|this|which|who|customers?|people|not)\s+$")
_AHEAD = {"until", "till", "by", "before", "next", "will"}


class DateReader:
    """Reads dates of English messages. `day_first`: whether 3/5 is 3 May; a dotted date always begins with its day."""

    def __init__(self, *, day_first: bool = False) -> None:
        self._day_first = day_first

    def read(self, text: str, today: date) -> list[DateSpan]:
        """The dates and spans in order of appearance, without repeats, as seen from `today`.

        A date without a year, and a bare weekday, lies in the past unless a word before it looks ahead. What can't
        be a date (30 February) is left out.
        """
        lower = lowered(text)
        if not _HINT.search(lower):
            return []
        phrases = islice(_PHRASE.finditer(lower), _MOST)
        found = [(match, span) for match in phrases if (span := self._span(match, text, today))]
        return list(dict.fromkeys(_joined(text, found, today)))

    def _span(self, match: re.Match[str], text: str, today: date) -> tuple[date, date] | None:
        if text.startswith("may ", match.start()) and _MAY_DO.search(text, 0, match.start()):
            return None
        try:
            return self._resolve(match, _word_before(text, match.start()), today)
        except (ValueError, OverflowError):  # outside of the calendar
            return None

    def _resolve(self, match: re.Match[str], before: str, today: date) -> tuple[date, date] | None:
        part = {name: value for name, value in match.groupdict().items() if value}
        direction: Direction = "future" if before in _AHEAD else "past"
        if near := part.get("near"):
            return _one_day(_near(near, today))
        if period := part.get("period"):
            return _period(part["when"], period, today)
        if weekday := part.get("weekday") or part.get("bare_weekday"):
            ahead = part.get("when", "") in {"this", "next", "coming", "this coming"} or direction == "future"
            return _one_day(_weekday(weekday, today, ahead=ahead))
        if count := part.get("ahead_count"):
            return today, _distance(count, part["ahead_unit"], today, sign=1)
        if count := part.get("during_count"):
            return _distance(count, part["during_unit"], today, sign=-1), today
        if count := part.get("ago_count"):
            return _one_day(_distance(count, part["ago_unit"], today, sign=-1))
        if "fortnight" in part:
            return _one_day(today - timedelta(weeks=2))
        if month := part.get("month") or part.get("whole_month"):
            return _month(month, part.get("month_year") or part.get("whole_year"), today)
        if "range" in part:
            return _range(part, today, direction)
        if ordinal := part.get("ordinal"):
            ahead = match.group().split()[0] in _AHEAD
            return _one_day(_day_of_month(int(ordinal), today, "future" if ahead else "past"))
        return self._calendar_day(part, direction, today)

    def _calendar_day(self, part: dict[str, str], direction: Direction, today: date) -> tuple[date, date] | None:
        if iso := part.get("iso"):
            year, month, day = map(int, iso.split("-"))
            return _one_day(date(year, month, day))
        if numeric := part.get("dotted") or part.get("slashed"):
            return _one_day(_numeric(numeric, day_first=self._day_first or "dotted" in part))
        return _one_day(_parse(part["written"], today, direction))


def _distance(count: str, unit: str, today: date, *, sign: int) -> date:
    number = sign * _count(count)
    match unit.rstrip("s"):
        case "day":
            return today + timedelta(days=number)
        case "week":
            return today + timedelta(weeks=number)
        case "fortnight":
            return today + timedelta(weeks=2 * number)
        case "month":
            return _months_from(today, number)
        case _:
            return _months_from(today, 12 * number)


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    about = next((number for word, number in _ABOUT.items() if word in words.split()), None)
    return about or _NUMBERS.get(words, 1)


def _months_from(today: date, months: int) -> date:
    """The same day of another month, or its last one."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _range(part: dict[str, str], today: date, direction: Direction) -> tuple[date, date]:
    """'3 to 5 May' and 'May 3-5'."""
    month, year = part.get("range_month") or part["head_month"], part.get("range_year", "")
    first, last = part.get("range_first") or part["head_first"], part.get("range_last") or part["head_last"]
    start, end = (_parse(f"{month} {day}{year}", today, direction) for day in (first, last))
    if start > end:
        raise ValueError(part["range"])
    return start, end


def _day_of_month(day: int, today: date, direction: Direction) -> date:
    """The nearest such day on the side that is meant, today too."""
    months = today.year * 12 + today.month - 1
    step = 1 if direction == "future" else -1
    near = ((months + step * n, day) for n in range(3))
    days = (
        date(month // 12, month % 12 + 1, day)
        for month, day in near
        if day <= monthrange(month // 12, month % 12 + 1)[1]
    )
    found = next((each for each in days if (each >= today if step > 0 else each <= today)), None)
    if found is None:
        raise ValueError(day)
    return found


def _parse(phrase: str, today: date, direction: Direction) -> date:
    """Raises `ValueError` for what is no date."""
    from dateparser import parse  # 0.2 s at first, when a message has a date

    settings = {"RELATIVE_BASE": datetime(today.year, today.month, today.day), "PREFER_DATES_FROM": direction}
    found: datetime | None = parse(phrase, languages=["en"], settings=settings)
    if found is None:
        raise ValueError(phrase)
    return found.date()


def _word_before(text: str, start: int) -> str:
    found = _BEFORE.search(text[max(0, start - 12) : start])
    return found.group(1).lower() if found else ""


def _one_day(day: date) -> tuple[date, date]:
    return day, day


def _near(words: str, today: date) -> date:
    if "before" in words:
        return today - timedelta(days=2)
    if "after" in words:
        return today + timedelta(days=2)
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(words, 0)
    return today + timedelta(days=shift)


def _weekday(name: str, today: date, *, ahead: bool) -> date:
    """The nearest such day, never today itself when it is named as past, today at the earliest when ahead."""
    wanted = _WEEKDAYS.index(name[:3])
    if ahead:
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _period(when: str, period: str, today: date) -> tuple[date, date]:
    """The calendar week (from Monday), weekend, month or year before, around or after `today`."""
    step = -1 if when in {"last", "past", "previous"} else 1 if when in {"next", "coming"} else 0
    if period.startswith("week"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday + timedelta(days=5 if period == "weekend" else 0), monday + timedelta(days=6)
    if period == "month":
        months = today.year * 12 + today.month - 1 + step
        return _whole_month(months // 12, months % 12 + 1)
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


def _month(name: str, year: str | None, today: date) -> tuple[date, date]:
    """A month without a year is the latest that has begun."""
    month = _MONTHS.index(name[:3]) + 1
    return _whole_month(int(year) if year else today.year - (month > today.month), month)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _numeric(text: str, *, day_first: bool) -> date:
    """A date in figures. Where one order is impossible, the other is meant."""
    first, second, year = map(int, re.split(r"\D", text))
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return date(year + 2000 if year < 100 else year, month, day)


def _joined(text: str, found: Sequence[tuple[re.Match[str], tuple[date, date]]], today: date) -> Iterator[DateSpan]:
    """'since Monday' reaches until today, 'until Friday' begins today, 'from May 3 to May 7' is one span."""
    rest = list(found)
    while rest:
        match, (start, end) = rest.pop(0)
        begin, stop, before = match.start(), match.end(), _word_before(text, match.start())
        joins = _TO_ONLY if before not in {"from", "between"} else _JOINS
        if rest and joins.fullmatch(text[stop : rest[0][0].start()]):
            following, (_, last) = rest.pop(0)
            stop, end = following.end(), max(end, last)
        elif (
            before == "since" or (before == "from" and not match["range"]) or match.group().startswith("since")
        ) and start <= today:
            end = today
        elif before in {"until", "till"} and end >= today:
            start = today
        yield DateSpan(text=text[begin:stop], start=start, end=end)
