"""`make scores`: every evaluation, without a language model and with the desk's own, as docs/scores.md and .json."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from cxdesk.desk import choose_installed_model
from cxdesk.offline import silence
from tests.scores.measure import Score, measure_all
from tests.scores.page import keep_current, render
from tests.scores.runs import NO_MODEL, PROJECT, RUNS

SCORES = TypeAdapter(list[Score])


def main(
    cases: Annotated[Path | None, typer.Option(help="A folder of public case files, scored too.")] = None,
    model: Annotated[list[str] | None, typer.Option(help="Only with this model, or 'none'; may be repeated.")] = None,
    suite: Annotated[list[str] | None, typer.Option(help="Only this suite; may be repeated.")] = None,
    limit: Annotated[int | None, typer.Option(help="A trial with so many cases, written to build/ instead.")] = None,
) -> None:
    """Score the desk, and write what came of it."""
    silence()
    folder = PROJECT / ("build" if limit else "docs")
    kept = folder / "scores.json"
    models = model or [NO_MODEL, *filter(None, [choose_installed_model()])]
    runs = tuple(run for run in RUNS if not suite or run.suite in suite)
    scores = SCORES.validate_json(kept.read_bytes()) if kept.exists() else []
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cxdesk-scores-") as scratch:
        for new in measure_all(runs, models, cases, Path(scratch), limit):
            scores = keep_current(scores, [new], RUNS)  # kept at once: whoever breaks off has what was measured
            kept.write_bytes(SCORES.dump_json(scores, indent=1, exclude_defaults=True) + b"\n")
            (folder / "scores.md").write_text(render(scores, RUNS), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
