"""The page of scores: one table a suite, and a sentence on each set of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.scores.measure import Score
from tests.scores.runs import NO_MODEL, SHOWN, Run

_INTRODUCTION = """\
# How right

`make scores` writes this page on your PC, and docs/scores.json with every metric. The public sets are no part of the
project: `make scores CASES=FOLDER` scores those in a folder, and without it their rows stay as they were measured
last. "none" in the column "model" means that no language model was used."""


def keep_current(old: Iterable[Score], new: Iterable[Score], runs: Sequence[Run]) -> list[Score]:
    """The new scores, and the old ones that were not measured again, in the order of `runs`."""
    order = {run.name: place for place, run in enumerate(runs)}
    current = {score.key: score for score in (*old, *new) if score.run in order}
    return sorted(current.values(), key=lambda s: (order[s.run], s.cases, s.asked != NO_MODEL, s.asked))


def render(scores: Sequence[Score], runs: Sequence[Run]) -> str:
    """The page in Markdown."""
    measured = {score.suite for score in scores}
    suites = [suite for suite in dict.fromkeys(run.suite for run in runs) if suite in measured]
    parts = [_INTRODUCTION, _machines(scores)]
    parts += ["\n".join(_section(suite, [s for s in scores if s.suite == suite], runs)) for suite in suites]
    return "\n\n".join(parts) + "\n"


def _machines(scores: Iterable[Score]) -> str:
    days: dict[str, set[str]] = {}
    for score in scores:
        days.setdefault(score.machine, set()).add(score.measured.isoformat())
    return "\n".join(f"Measured {', '.join(sorted(when))} on {machine}." for machine, when in sorted(days.items()))


def _section(suite: str, scores: Sequence[Score], runs: Sequence[Run]) -> Iterator[str]:
    shown = [name for name in SHOWN[suite] if any(name in score.metrics for score in scores)]
    header = ["cases", "n", "model", *(_title(name) for name in shown), "seconds", "measured"]
    yield from (f"## {suite.capitalize()}", "", _row(header), _row(["---"] * len(header)))
    for score in scores:
        yield _row(_cells(score, shown))
    yield ""
    for run in runs:
        if names := list(dict.fromkeys(score.cases for score in scores if score.run == run.name)):
            yield f"- {', '.join(f'`{name}`' for name in names)}: {run.about}"
    yield from (f"- {reason}" for reason in _reasons(scores, shown))


def _cells(score: Score, shown: Sequence[str]) -> list[str]:
    day = score.measured.isoformat()
    if score.problem is not None:
        why = f"not measured: {score.problem}".replace("|", "\\|").replace("\n", " ")
        return [score.cases, "", score.asked, why, *[""] * len(shown[1:]), "", day][: len(shown) + 5]
    values = [_value(name, score.metrics.get(name)) for name in shown]
    return [score.cases, f"{score.n:,}", score.model, *values, f"{score.seconds:,.1f}", day]


def _reasons(scores: Iterable[Score], shown: Sequence[str]) -> list[str]:
    """Why a value that should stand in the table is missing, each once."""
    return list(
        dict.fromkeys(
            f"{_title(name)} of `{score.cases}` is missing: {score.reasons[name]}"
            for score in scores
            for name in shown
            if name in score.reasons
        )
    )


def _value(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    if name.endswith("_ms"):
        return f"{value:,.0f}"
    return f"{value:.3f}" if name == "mrr" else f"{100 * value:.1f} %"


def _title(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
