"""How figures are said on screen: values, differences and parts, in words. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QDate, QLocale, QTime

from cxdesk.domain import Figure, Period
from cxdesk.store.figures import Step
from cxdesk.ui import words
from cxdesk.ui.language import decimal, mark, number, percent, plural, tr
from cxdesk.ui.views import Label, Tone

FEW = 5
"""Of fewer things a share or a mean says nothing."""
# A share of the time before is told only where that was enough to mean something.
_PERCENT_FROM = 20

# What an owner likes to see: more of it (1) or less (-1); of others neither is good or bad.
_LIKED = {
    "resolution": 1,
    "durable_resolution": 1,
    "csat": 1,
    "drafts_used": 1,
    "mood": 1,
    "first_reply": -1,
    "time_to_resolution": -1,
    "handoff_rate": -1,
    "customers_at_risk": -1,
    "unanswered": -1,
}
_PARTS = {
    "approved": mark("Used as they were"),
    "edited": mark("Edited first"),
    "rejected": mark("Rejected"),
    "no_answer": mark("No document answers it"),
    "data_gap": mark("Nothing known about it"),
    "ungrounded": mark("No supported reply"),
    "positive": mark("Positive"),
    "neutral": mark("Neutral"),
    "negative": mark("Negative"),
    "unknown": mark("Unknown"),
    "resolved": mark("Resolved"),
    "escalated": mark("Escalated"),
    "unresolved": mark("Unresolved"),
    "abandoned": mark("Abandoned"),
    "other": mark("Other"),
}
# As short as a row of a chart needs them.
_REASONS = {
    "asked_for_human": mark("Asked for a person"),
    "repeated_intent": mark("Asked the same again"),
    "data_gap": mark("Nothing known about it"),
    "needs_approval": mark("Needs approval"),
    "identity_failed": mark("Identity not proved"),
    "ungrounded": mark("No supported reply"),
    "max_rounds": mark("Too many rounds"),
    "frustration": mark("Very upset"),
    "guardrail": mark("Stopped by a guardrail"),
    "low_confidence": mark("Wish unclear"),
    "model_unavailable": mark("No model, no brief"),
}
# How a value of this unit is said to be more or less than before.
_DIFFERENCES = {
    "seconds": (mark("{change} longer than before"), mark("{change} shorter than before")),
    "count": (mark("{change} more than before"), mark("{change} fewer than before")),
}
_DIFFERENCE = (mark("{change} more than before"), mark("{change} less than before"))
_PART_TONES: dict[str, Mapping[str, Tone]] = {
    "moods": {"positive": "good", "neutral": "quiet", "negative": "bad", "unknown": "quiet"},
    "outcomes": {"resolved": "good", "escalated": "warn", "unresolved": "bad", "abandoned": "quiet"},
    "drafts": {"approved": "good", "edited": "accent", "rejected": "bad"},
}


class Span(NamedTuple):
    """The first and the last day of a time, both included."""

    first: date
    last: date


def value(figure: Figure, amount: float | None = None) -> str:
    """The figure's value, or another amount in its unit; of too few things, how many there are."""
    shown = figure.value if amount is None else amount
    if shown is None:
        return tr("Not known")
    if amount is None and is_too_few(figure):
        return _of_few(figure, shown)
    return _amount(figure.unit, shown)


def is_too_few(figure: Figure) -> bool:
    return figure.unit != "count" and figure.n < FEW


def difference(figure: Figure) -> Label | None:
    """How the value differs from the time before; None where there is nothing to say."""
    if figure.value is None:
        return None
    if figure.before is None or (figure.unit != "count" and figure.n_before < FEW):
        return Label(tr("too few before to compare"))
    if is_too_few(figure):
        return None
    change = figure.value - figure.before
    said = _change(figure, abs(change), figure.before)
    if said is None:
        return Label(tr("= as before"))
    more, less = _DIFFERENCES.get(figure.unit, _DIFFERENCE)
    return Label(tr(more if change > 0 else less, change=said), _tone(figure.name, change))


def count_difference(now: float, before: float) -> str:
    """'+12', '−3' or '='."""
    change = round(now - before)
    return "=" if not change else f"{'+' if change > 0 else '−'}{number(abs(change))}"


def part(figure: str, name: str) -> str:
    if figure == "stars":
        return plural("{n} star", "{n} stars", int(name))
    if figure == "handoffs":
        return tr(_REASONS[name]) if name in _REASONS else _sentence(words.handoff_reason(name))
    return tr(_PARTS[name]) if name in _PARTS else _sentence(words.intent(name))


def part_tone(figure: str, name: str) -> Tone:
    return _PART_TONES.get(figure, {}).get(name, "accent")


def step_of(span: Span) -> Step:
    """How much time a column covers, so that there are never more than some ninety."""
    days = (span.last - span.first).days + 1
    return "day" if days <= 92 else "week" if days <= 550 else "month"


def steps(span: Span, step: Step) -> list[date]:
    """The first day of each step from the span's first day to its last."""
    at, found = _start_of(span.first, step), []
    while at <= span.last:
        found.append(at)
        at = next_step(at, step)
    return found


def next_step(at: date, step: Step) -> date:
    if step == "month":
        return (at.replace(day=28) + timedelta(days=4)).replace(day=1)
    return at + timedelta(days=7 if step == "week" else 1)


def step_name(at: date, step: Step) -> str:
    """'Tuesday, 3 Mar', 'the week of 3 Mar', 'March 2026'."""
    if step == "month":
        return words.month_name(at)
    if step == "week":
        return tr("the week of {day}", day=day(at))
    return tr("{weekday}, {day}", weekday=words.weekday(at), day=day(at))


def day(at: date) -> str:
    return words.short_day(at) if at.year == date.today().year else words.long_day(at)


def short_month(at: date) -> str:
    """'Mar 2026'."""
    return QLocale().toString(QDate(at.year, at.month, at.day), tr("MMM yyyy"))


def hour(part: str) -> str:
    """The hour of the day that a part such as '08:00' stands for, from its first minute to its last."""
    return tr("{first} to {last}", first=hour_begins(part), last=_clock(part, 59))


def hour_begins(part: str) -> str:
    """'08:00', as the language writes it."""
    return _clock(part, 0)


def span(of: Span) -> str:
    if of.first == of.last:
        return day(of.first)
    return tr("{first} to {last}", first=day(of.first), last=day(of.last))


def compared(of: Span, *, has_before: bool) -> str:
    """The time in words, and with which it is compared."""
    if not has_before:
        return tr("{time}, all there is", time=span(of))
    days = of.last - of.first + timedelta(days=1)
    before = Span(of.first - days, of.first - timedelta(days=1))
    return tr("{time}, compared with {before}", time=span(of), before=span(before))


def period_of_step(at: date, step: Step, within: Period, moment: datetime) -> Period:
    """The time of one column, cut to the chosen time."""
    start, end = (
        datetime.combine(each, datetime.min.time(), moment.tzinfo).astimezone(within.start.tzinfo)
        for each in (at, next_step(at, step))
    )
    return Period(start=max(start, within.start), end=min(end, within.end))


def _start_of(at: date, step: Step) -> date:
    if step == "month":
        return at.replace(day=1)
    return at - timedelta(days=at.weekday()) if step == "week" else at


def _of_few(figure: Figure, shown: float) -> str:
    if figure.unit == "share":
        return tr("{part} of {whole}", part=number(round(shown * figure.n)), whole=number(figure.n))
    return tr("{value} (of {n} only)", value=_amount(figure.unit, shown), n=number(figure.n))


def _amount(unit: str, shown: float) -> str:
    match unit:
        case "share":
            return percent(shown)
        case "seconds":
            return duration(shown)
        case "stars":
            return tr("{stars} of 5", stars=decimal(shown, 1))
        case "messages":
            return decimal(shown, 1)
        case "score":
            return f"{'−' if shown < 0 else '+'}{decimal(abs(shown), 2)}"
        case _:
            return number(round(shown))


def duration(seconds: float) -> str:
    """'40 s', '12 min', '3.5 h', '2.1 days'."""
    if seconds < 90:
        return tr("{n} s", n=number(round(seconds)))
    if seconds < 90 * 60:
        return tr("{n} min", n=number(round(seconds / 60)))
    if seconds < 36 * 3600:
        return tr("{n} h", n=decimal(seconds / 3600, 1))
    return tr("{n} days", n=decimal(seconds / 86400, 1))


def _change(figure: Figure, change: float, before: float) -> str | None:
    """How much a value changed; None where that rounds to nothing."""
    match figure.unit:
        case "share":
            points = round(change * 100)
            return plural("{n} point", "{n} points", points) if points else None
        case "seconds":
            return duration(change) if round(change) else None
        case "count":
            share = f" ({percent(change / before)})" if before >= _PERCENT_FROM else ""
            return f"{number(round(change))}{share}" if round(change) else None
        case _:
            return decimal(change, 1) if round(change, 1) else None


def _tone(name: str, change: float) -> Tone:
    liked = _LIKED.get(name, 0) * change
    return "good" if liked > 0 else "bad" if liked < 0 else "quiet"


def _clock(part: str, minute: int) -> str:
    return QLocale().toString(QTime(int(part[:2]), minute), QLocale.FormatType.ShortFormat)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
