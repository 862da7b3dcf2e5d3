"""How figures are said on screen: values, differences and parts, in words. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from cxdesk.domain import Figure, Period
from cxdesk.store.figures import Step
from cxdesk.ui import words
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
    "approved": "Used as they were",
    "edited": "Edited first",
    "rejected": "Rejected",
    "no_answer": "No document answers it",
    "data_gap": "Nothing known about it",
    "ungrounded": "No supported reply",
}
# As short as a row of a chart needs them.
_REASONS = {
    "asked_for_human": "Asked for a person",
    "repeated_intent": "Asked the same again",
    "data_gap": "Nothing known about it",
    "needs_approval": "Needs approval",
    "identity_failed": "Identity not proved",
    "ungrounded": "No supported reply",
    "max_rounds": "Too many rounds",
    "frustration": "Very upset",
    "guardrail": "Stopped by a guardrail",
    "low_confidence": "Wish unclear",
    "model_unavailable": "No model, no brief",
}
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
        return "Not known"
    if amount is None and is_too_few(figure):
        return _of_few(figure, shown)
    return _amount(figure.unit, shown)


def is_too_few(figure: Figure) -> bool:
    return figure.unit != "count" and figure.n < FEW


def difference(figure: Figure) -> Label | None:
    """How the value differs from the time before, with its sign; None where there is nothing to say."""
    if figure.value is None:
        return None
    if figure.before is None or (figure.unit != "count" and figure.n_before < FEW):
        return Label("too few before to compare")
    if is_too_few(figure):
        return None
    change = figure.value - figure.before
    said = _change(figure, abs(change), figure.before)
    if said is None:
        return Label("= as before")
    more, less = ("longer", "shorter") if figure.unit == "seconds" else ("more", "less")
    if figure.unit == "count":
        less = "fewer"
    sign, word = ("+", more) if change > 0 else ("−", less)
    return Label(f"{sign}{said} {word} than before", _tone(figure.name, change))


def count_difference(now: float, before: float) -> str:
    """'+12', '−3' or '='."""
    change = round(now - before)
    return "=" if not change else f"{'+' if change > 0 else '−'}{abs(change):,}"


def part(figure: str, name: str) -> str:
    if figure == "stars":
        return words.plural(int(name), "star")
    if figure == "handoffs":
        return _REASONS.get(name) or _sentence(words.handoff_reason(name))
    return _PARTS.get(name, _sentence(name.replace("_", " ")))


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
    """'3 Mar', 'the week of 3 Mar', 'March 2026'."""
    if step == "month":
        return f"{at:%B %Y}"
    return f"the week of {day(at)}" if step == "week" else f"{at:%A}, {day(at)}"


def day(at: date) -> str:
    return f"{at.day} {at:%b}" + ("" if at.year == date.today().year else f" {at.year}")


def span(of: Span) -> str:
    return day(of.first) if of.first == of.last else f"{day(of.first)} to {day(of.last)}"


def compared(of: Span, *, has_before: bool) -> str:
    """The time in words, and with which it is compared."""
    if not has_before:
        return f"{span(of)}, all there is"
    days = of.last - of.first + timedelta(days=1)
    return f"{span(of)}, compared with {span(Span(of.first - days, of.first - timedelta(days=1)))}"


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
        return f"{round(shown * figure.n)} of {figure.n}"
    return f"{_amount(figure.unit, shown)} (of {figure.n} only)"


def _amount(unit: str, shown: float) -> str:
    match unit:
        case "share":
            return f"{shown:.0%}"
        case "seconds":
            return duration(shown)
        case "stars":
            return f"{shown:.1f} of 5"
        case "messages":
            return f"{shown:.1f}"
        case "score":
            return f"{shown:+.2f}".replace("-", "−")
        case _:
            return f"{shown:,.0f}"


def duration(seconds: float) -> str:
    """'40 s', '12 min', '3.5 h', '2.1 days'."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 36 * 3600 else f"{seconds / 86400:.1f} days"


def _change(figure: Figure, change: float, before: float) -> str | None:
    """How much a value changed; None where that rounds to nothing."""
    match figure.unit:
        case "share":
            points = round(change * 100)
            return words.plural(points, "point") if points else None
        case "seconds":
            return duration(change) if round(change) else None
        case "count":
            share = f" ({change / before:.0%})" if before >= _PERCENT_FROM else ""
            return f"{change:,.0f}{share}" if round(change) else None
        case _:
            return f"{change:.1f}" if round(change, 1) else None


def _tone(name: str, change: float) -> Tone:
    liked = _LIKED.get(name, 0) * change
    return "good" if liked > 0 else "bad" if liked < 0 else "quiet"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
