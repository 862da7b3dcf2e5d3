"""Figures for the owner: how the shop's desk did over a time, and over the time before.

Each figure opens the conversations behind it. What nothing is known about is None, with the reason, and unknown
values are left out and counted; no figure is made up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from cxdesk.domain import Figure, FigurePart, Figures, Invalid, Period
from cxdesk.store import Store
from cxdesk.store.figures import FigureSums, Step, Summing

# Newest conversations that a figure carries along; the others come with `conversations_behind`.
CARRIED = 100
DEFAULT_DAYS = 30


Unit = Literal["count", "share", "seconds", "messages", "stars", "score"]


class _Kind(NamedTuple):
    title: str
    unit: Unit
    summing: Summing
    missing: str


_NONE_CLOSED = "No conversation was closed in this time."
_NONE_DECIDED = "Nobody decided on a draft in this time."
_NO_TURN = "The desk read no message in this time."
_KINDS: dict[str, _Kind] = {
    "conversations": _Kind("Conversations begun", "count", "count", ""),
    "messages": _Kind("Messages from customers", "count", "count", ""),
    "returning_customers": _Kind("Customers who had written before", "share", "mean", "No known customer wrote."),
    "messages_per_conversation": _Kind("Messages in a conversation", "messages", "mean", "Nobody wrote in this time."),
    "silence_after_reply": _Kind("Customers silent after a reply", "share", "mean", "Nothing was replied."),
    "busiest_hours": _Kind("Messages by hour of the day", "count", "count", ""),
    "intents": _Kind("What customers wanted", "count", "count", ""),
    "moods": _Kind("How customers felt", "count", "count", ""),
    "mood": _Kind("Mood, from -1 to 1", "score", "mean", _NO_TURN),
    "outcomes": _Kind("How conversations ended", "count", "count", ""),
    "resolution": _Kind("Resolved when closed", "share", "mean", _NONE_CLOSED),
    "durable_resolution": _Kind("Resolved, and stayed so", "share", "mean", _NONE_CLOSED),
    "time_to_resolution": _Kind(
        "Time to resolution, median", "seconds", "median", "Nothing was resolved in this time."
    ),
    "first_reply": _Kind("Time to the first reply, median", "seconds", "median", "Nothing was replied in this time."),
    "handoffs": _Kind("Handed to a person, by reason", "count", "count", ""),
    "handoff_rate": _Kind("Conversations handed to a person", "share", "mean", "No conversation began in this time."),
    "drafts": _Kind("What became of drafts", "count", "count", ""),
    "drafts_used": _Kind("Drafts sent as they were", "share", "mean", _NONE_DECIDED),
    "csat": _Kind("Customers' rating, 1 to 5", "stars", "mean", "No customer gave a rating in this time."),
    "stars": _Kind("Ratings by stars", "count", "count", ""),
    "customers_at_risk": _Kind("Customers at risk who wrote", "count", "count", ""),
    "unanswered": _Kind("Questions the documents did not answer", "count", "count", ""),
}


def period_of(first: date | None, last: date | None, moment: datetime) -> Period:
    """The days from `first` to `last`, both included, on the clock of `moment`; by default the last 30.

    Raises `Invalid` when they are the wrong way round.
    """
    last = last or moment.date()
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        raise Invalid(f"The time from {first} to {last} ends before it begins. Exchange the two days.")
    return Period(
        start=datetime.combine(first, time(), moment.tzinfo),
        end=datetime.combine(last + timedelta(days=1), time(), moment.tzinfo),
    )


def figures(store: Store, period: Period, *, moment: datetime, step: Step = "day", carried: int = CARRIED) -> Figures:
    """Every figure over the period, beside the time of the same length before it, with its course by `step`.

    `moment` is now, on the clock of the shop: its distance from UTC decides what a day and an hour are. Each figure
    carries its newest conversations, at most so many; to find them costs a third of the time.
    """
    store.traces.catch_up()
    summing = {name: kind.summing for name, kind in _KINDS.items()}
    sums = store.figures.sums(summing, period, _ahead(moment), step)
    return Figures(
        period=period,
        before=period.before,
        figures=tuple(_figure(store, name, kind, period, sums[name], carried) for name, kind in _KINDS.items()),
    )


def conversations_behind(
    store: Store, name: str, period: Period, part: str | None = None, *, moment: datetime | None = None
) -> list[str]:
    """All conversations behind a figure, or one of its parts, the newest first. Raises `Invalid` for no figure.

    `moment` is now, on the clock of the shop, as for `figures`; without it an hour is one of UTC.
    """
    if name not in _KINDS:
        raise Invalid(f"No figure {name!r}. There are {', '.join(_KINDS)}.")
    store.traces.catch_up()
    return store.figures.conversations(name, period, part, offset_minutes=_ahead(moment) if moment else 0)


def as_csv(found: Figures) -> str:
    """The figures as CSV: a line for each figure, and one for each of its parts."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("figure", "part", "from", "until", "value", "before", "unit", "n", "unknown", "conversations"))
    span = (found.period.start.isoformat(), found.period.end.isoformat())
    for figure in found.figures:
        for part, value, before in _lines(figure):
            behind = figure.conversations_total if not part else ""
            shown = ("" if value is None else round(value, 4), "" if before is None else round(before, 4))
            counts = (figure.n, figure.unknown) if not part else ("", "")
            table.writerow((figure.name, _plain(part), *span, *shown, figure.unit, *counts, behind))
    return text.getvalue()


def _plain(part: str) -> str:
    """Intents are named by the shop: a spreadsheet must not take one for a formula."""
    return f"'{part}" if part[:1] in ("=", "+", "-", "@") else part


def _lines(figure: Figure) -> Iterator[tuple[str, float | None, float | None]]:
    yield "", figure.value, figure.before
    for part in figure.parts:
        yield part.name, part.value, part.before


def _ahead(moment: datetime) -> int:
    """Minutes by which the clock is ahead of UTC."""
    return int((moment.utcoffset() or timedelta()).total_seconds() // 60)


def _figure(store: Store, name: str, kind: _Kind, period: Period, sums: FigureSums, carried: int) -> Figure:
    value, before = (_value(one.value, kind) for one in (sums.now, sums.before))
    return Figure(
        name=name,
        title=kind.title,
        unit=kind.unit,
        value=value,
        before=before,
        reason=_reason(sums, kind) if value is None else None,
        n=sums.now.n,
        n_before=sums.before.n,
        unknown=sums.now.unknown,
        parts=tuple(_parts(sums)),
        by_day=sums.by_day,
        conversations=tuple(store.figures.conversations(name, period, limit=carried)) if carried else (),
        conversations_total=sums.now.conversations,
    )


def _value(value: float | None, kind: _Kind) -> float | None:
    """Of nothing there are 0, but no mean."""
    return 0.0 if value is None and kind.summing == "count" else value


def _reason(sums: FigureSums, kind: _Kind) -> str:
    return "Nothing is known of those that there were." if sums.now.unknown else kind.missing


def _parts(sums: FigureSums) -> Iterator[FigurePart]:
    names = sorted({*sums.parts_now, *sums.parts_before}, key=lambda name: (-sums.parts_now.get(name, 0.0), name))
    for name in names:
        yield FigurePart(name=name, value=sums.parts_now.get(name, 0.0), before=sums.parts_before.get(name, 0.0))
