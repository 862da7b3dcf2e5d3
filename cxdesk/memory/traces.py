"""Traces: the spans of each turn, counted by room, and exported as JSON Lines. No customer's text is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cxdesk.domain import Invalid, OutcomeCount, Period, Record, Span, SpanStat, Unavailable
from cxdesk.store import Store


class FirstTokens(Record):
    """How long the model took until its first word; None where it wrote nothing."""

    n: int
    p50_ms: float | None = None
    p95_ms: float | None = None


class ModelFigures(Record):
    """What the language model on this PC did for replies; speeds are None where it wrote nothing.

    `p5_tokens_per_s` is what all but the slowest twentieth reached. Waiting is in the line in front of the model.
    """

    n: int
    read_tokens: int = 0
    written_tokens: int = 0
    p50_tokens_per_s: float | None = None
    p5_tokens_per_s: float | None = None
    p50_queue_ms: float | None = None
    p95_queue_ms: float | None = None


class TraceFigures(Record):
    """All rooms over a time. `cut_short` are runs that came to no end yet, `outcomes` what ended unusually."""

    period: Period
    turns: int
    errors: int
    cut_short: int
    first_token: FirstTokens
    model: ModelFigures
    stats: tuple[SpanStat, ...]
    outcomes: tuple[OutcomeCount, ...] = ()


def trace(store: Store, run_id: str) -> list[Span]:
    """The spans of a run: the turn, its stages in order, then its tools. Raises `Invalid` if there is no such run."""
    store.traces.catch_up()
    if store.runs.find(run_id) is None:
        raise Invalid(f"No run {run_id!r} on this desk. 'cxdesk traces' lists the last ones.")
    return store.traces.of_run(run_id)


def recent_turns(store: Store, limit: int = 20) -> list[Span]:
    """The last turns, the newest first: one span each."""
    store.traces.catch_up()
    return store.traces.recent(limit)


def trace_figures(store: Store, period: Period) -> TraceFigures:
    """Counts, errors and percentiles by room and stage over a period."""
    store.traces.catch_up()
    stats = store.traces.stats(period.start, period.end)
    turns = next((each for each in stats if each.name == "turn" and each.room == "desk"), None)
    return TraceFigures(
        period=period,
        turns=turns.n if turns else 0,
        errors=sum(each.errors for each in stats if each.room == "desk"),
        cut_short=store.traces.cut_short(),
        first_token=FirstTokens.model_validate(store.traces.first_tokens(period.start, period.end)),
        model=ModelFigures.model_validate(store.traces.model_use(period.start, period.end)),
        stats=tuple(stats),
        outcomes=tuple(store.traces.outcomes(period.start, period.end)),
    )


def export(store: Store, period: Period, file: Path) -> int:
    """Write the period's spans into a file, one JSON object a line; how many. Raises `Unavailable` if it can't."""
    store.traces.catch_up()
    spans = store.traces.between(period.start, period.end)
    try:
        with file.open("w", encoding="utf-8", newline="\n") as out:
            return sum(out.write(line) > 0 for line in _lines(spans))
    except OSError as error:
        raise Unavailable(f"The file {str(file)!r} can't be written: {error.strerror}. Choose another.") from error


def timeline(spans: Sequence[Span]) -> list[tuple[Span, float]]:
    """The stages of one turn, each with the milliseconds after which it began: they follow one another."""
    begun, placed = 0.0, []
    for span in spans:
        if span.parent == "turn":
            placed.append((span, begun))
            begun += span.ms
    return placed


def _lines(spans: Iterator[Span]) -> Iterator[str]:
    for span in spans:
        yield span.model_dump_json() + "\n"
