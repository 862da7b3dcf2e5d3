"""Values as people write them: dates, amounts, durations and times of day in other forms.

Each function takes a match of the pattern that stands beside it and gives the same value in other words.
"""

from __future__ import annotations

import re
from datetime import date

Match = re.Match[str]

MONTHS = "January February March April May June July August September October November December".split()
DATE = rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b"
AMOUNT = r"([$€])(\d[\d,]*)(?:\.(\d\d))?(?![\d.,]*\d)"
SPAN = r"\b(\d+)([ -])(seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"
CLOCK = r"\b(\d{1,2}):(\d\d) ([ap])m\b"

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(number: int) -> str:
    """A number below ten thousand in words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" and {words(number % 100)}" if number % 100 else "")
    rest = number % 1000
    joint = " and " if 0 < rest < 100 else " "
    return f"{words(number // 1000)} thousand" + (joint + words(rest) if rest else "")


def ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def parsed(match: Match) -> date:
    return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))


def _year(day: date, form: str) -> str:
    """The year, where it is not this one."""
    return "" if day.year == date.today().year else format(day, form)


# ---------------------------------------------------------------- dates


def iso(match: Match) -> str:
    return parsed(match).isoformat()


def american(match: Match) -> str:
    """November 3, 2026."""
    day = parsed(match)
    return f"{day:%B} {day.day}, {day.year}"


def month_and_ordinal(match: Match) -> str:
    """November 3rd."""
    day = parsed(match)
    return f"{day:%B} {ordinal(day.day)}"


def near_or_of(match: Match) -> str:
    """Tomorrow, the day after tomorrow, or the 3rd of May."""
    day = parsed(match)
    near = {-1: "yesterday", 0: "today", 1: "tomorrow", 2: "the day after tomorrow"}
    away = (day - date.today()).days
    return near.get(away, f"the {ordinal(day.day)} of {day:%B}{_year(day, ' %Y')}")


def month_first(match: Match) -> str:
    """Tues 11/24."""
    day = parsed(match)
    weekday = "Mon Tues Wed Thurs Fri Sat Sun".split()[day.weekday()]
    return f"{weekday} {day.month}/{day.day}{_year(day, '/%y')}"


def day_first(match: Match) -> str:
    """Mon 23/11."""
    day = parsed(match)
    return f"{day:%a} {day.day}/{day.month}{_year(day, '/%Y')}"


def in_full(match: Match) -> str:
    day = parsed(match)
    return f"{day:%A}, {day.day} {day:%B} {day:%Y}"


def hyphened(match: Match) -> str:
    """03-Nov-26."""
    return f"{parsed(match):%d-%b-%y}"


def weekday_or_month(match: Match) -> str:
    """This coming Monday, or Nov. 3rd."""
    day = parsed(match)
    if 0 < (day - date.today()).days < 7:
        return f"this coming {day:%A}"
    return f"{day:%b}. {ordinal(day.day)}{_year(day, ', %Y')}"


def weekday_the(match: Match) -> str:
    """Tuesday the 24th of November."""
    day = parsed(match)
    return f"{day:%A} the {ordinal(day.day)} of {day:%B}{_year(day, ' %Y')}"


def day_and_short_month(match: Match) -> str:
    """24 Nov, 2 Sep 2025."""
    day = parsed(match)
    return f"{day.day} {day:%b}{_year(day, ' %Y')}"


def dashed(match: Match) -> str:
    """24-11-2026; a day that could be a month stays in words."""
    return f"{parsed(match):%d-%m-%Y}" if int(match[1]) > 12 else match[0]


def short_weekday(match: Match) -> str:
    """Tue 24 Nov."""
    day = parsed(match)
    return f"{day:%a} {day.day} {day:%b}{_year(day, ' %Y')}"


def month_and_day(match: Match) -> str:
    """Nov 24, Sept 2, 2025."""
    day = parsed(match)
    month = "Sept" if day.month == 9 else f"{day:%b}"
    return f"{month} {day.day}{_year(day, ', %Y')}"


# ---------------------------------------------------------------- amounts


def and_cents(match: Match) -> str:
    """91 dollars and 90 cents."""
    cents = int(match[3] or 0)
    unit = ("dollar" if match[1] == "$" else "euro") + "s" * (match[2] != "1")
    return f"{match[2]} {unit}" + (f" and {cents} cents" if cents else "")


def code_before_amount(match: Match) -> str:
    """USD 91.90."""
    return f"{'USD' if match[1] == '$' else 'EUR'} {match[2]}.{match[3] or '00'}"


def whole(match: Match) -> str:
    """$39 for $39.00; what has cents stays."""
    return match[0] if int(match[3] or 0) else f"{match[1]}{match[2]}"


def amount_in_words(match: Match) -> str:
    """Ninety-three dollars and fifty cents; thousands stay in digits."""
    whole, cents = int(match[2].replace(",", "")), int(match[3] or 0)
    if whole >= 1000:
        return match[0]
    unit = ("dollar" if match[1] == "$" else "euro") + "s" * (whole != 1)
    return f"{words(whole)} {unit}" + (f" and {words(cents)} cents" if cents else "")


def bucks(match: Match) -> str:
    """Thirty bucks, 4 dollars 95."""
    whole, cents = match[2].replace(",", ""), int(match[3] or 0)
    if match[1] == "$" and not cents:
        return f"{whole} bucks"
    return f"{whole} {'dollars' if match[1] == '$' else 'euros'}" + (f" {cents:02}" if cents else "")


def rounded_up(match: Match) -> str:
    """About $1.3k, just under €35; what is neither stays."""
    value = float(match[2].replace(",", "")) + int(match[3] or 0) / 100
    if value >= 1000:
        return f"about {match[1]}{value / 1000:.1f}k"
    if int(match[3] or 0) >= 80:
        return f"just under {match[1]}{int(value) + 1}"
    return match[0]


def rounded_to_ten(match: Match) -> str:
    """Roughly 690 euros."""
    value = float(match[2].replace(",", "")) + int(match[3] or 0) / 100
    if value < 200:
        return match[0]
    return f"roughly {round(value / 10) * 10:,} {'dollars' if match[1] == '$' else 'euros'}"


def code_behind(match: Match) -> str:
    """1,291.82 USD."""
    return f"{match[2]}.{match[3] or '00'} {'USD' if match[1] == '$' else 'EUR'}"


def sign_behind(match: Match) -> str:
    """161,00 €; dollars stay as they are."""
    return f"{match[2]},{match[3] or '00'} €" if match[1] == "€" and "," not in match[2] else match[0]


def unit_behind(match: Match) -> str:
    return f"{match[2]} {'dollars' if match[1] == '$' else 'euros'}"


def code_before(match: Match) -> str:
    return f"{'USD' if match[1] == '$' else 'EUR'} {match[2]}"


# ---------------------------------------------------------------- durations and times

SPELLED = {str(number): words(number) for number in (*range(2, 20), 20)}

_SPOKEN = {
    (7, "day"): "a week", (14, "day"): "a fortnight", (12, "month"): "a year", (24, "month"): "two years",
    (6, "month"): "half a year", (30, "minute"): "half an hour", (60, "minute"): "an hour",
    (90, "minute"): "an hour and a half", (45, "minute"): "three quarters of an hour", (24, "hour"): "a full day",
}  # fmt: skip
_OTHER_UNIT = {
    (7, "day"): "one week", (14, "day"): "two weeks", (12, "month"): "one year", (24, "month"): "2 years",
    (36, "month"): "3 years", (60, "minute"): "1 hour", (90, "minute"): "1.5 hours", (24, "hour"): "one day",
    (30, "minute"): "0.5 hours", (2, "minute"): "120 seconds",
}  # fmt: skip


def spoken_span(match: Match) -> str:
    """A fortnight, half an hour, ten days."""
    number = int(match[1])
    return _SPOKEN.get((number, match[3].rstrip("s")), f"{words(number)}{match[2]}{match[3]}")


def other_unit(match: Match) -> str:
    """Two weeks for 14 days, 1.5 hours for 90 minutes."""
    return _OTHER_UNIT.get((int(match[1]), match[3].rstrip("s")), match[0])


def spelled(match: Match) -> str:
    """Five days, as far as twenty; the rest stays."""
    return f"{SPELLED.get(match[1], match[1])} {match[2]}"


def words_and_figure(match: Match) -> str:
    """Thirty (30) days."""
    return f"{words(int(match[1]))} ({match[1]}){match[2]}{match[3]}" if match[2] == " " else match[0]


def clipped(match: Match) -> str:
    """20 min, 2 hrs, 3 mths."""
    short = {"second": "sec", "minute": "min", "hour": "hr", "month": "mth"}
    unit = match[3].rstrip("s")
    plural = "s" * (match[3].endswith("s") and unit in {"hour", "month"})
    return f"{match[1]}{match[2]}{short[unit]}{plural}" if unit in short else match[0]


def in_weeks(match: Match) -> str:
    """Two weeks for 14 days; what is no whole week stays."""
    days = int(match[1])
    return f"{SPELLED.get(str(days // 7), 'one')} week{'s' * (days > 7)}" if days % 7 == 0 else match[0]


def of_the_day(match: Match) -> str:
    """9 in the morning, 2 in the afternoon."""
    minutes = "" if match[2] == "00" else f":{match[2]}"
    return f"{match[1]}{minutes} in the {'morning' if match[3] == 'a' else 'afternoon'}"


def short_clock(match: Match) -> str:
    """9am, 2:30pm."""
    return f"{match[1]}{'' if match[2] == '00' else ':' + match[2]}{match[3]}m"


def o_clock(match: Match) -> str:
    """Nine o'clock in the morning."""
    if match[2] != "00":
        return match[0]
    return f"{words(int(match[1]))} o'clock in the {'morning' if match[3] == 'a' else 'afternoon'}"


def of_24(match: Match) -> str:
    """14:00."""
    return f"{int(match[1]) % 12 + 12 * (match[3] == 'p'):02}:{match[2]}"


def metres(match: Match) -> str:
    """About 18 metres for 60 feet."""
    return f"about {round(int(match[1]) * 0.3048)} metres"
