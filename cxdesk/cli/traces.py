"""`cxdesk traces` and `cxdesk replay`: what turns did and how long it took; and the same messages today."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cxdesk.cli.output import JsonFlag, print_json, progress_bar, stdout
from cxdesk.cli.search import day_of
from cxdesk.domain import now

ModelOption = Annotated[str | None, typer.Option("--model", help="A language model's name, or 'none'.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.command()(traces)
    app.command()(replay)


def traces(
    context: typer.Context,
    run: Annotated[str | None, typer.Argument(help="A run; without it the last turns, and figures by room.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first day; default: 30 days in all.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day; default: today.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many of the last turns.")] = 20,
    export: Annotated[Path | None, typer.Option(help="Write the time's spans into this file, as JSON Lines.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """What turns did, part by part, with durations and outcomes; without a word of a customer."""
    from cxdesk.memory.figures import period_of

    period = period_of(day_of(first), day_of(last), now().astimezone())
    with context.obj.open_desk("none") as desk:
        spans = desk.overview.trace(run) if run else desk.overview.recent_turns(limit)
        figures = None if run else desk.overview.traces(period)
        written = desk.overview.export_traces(export, period) if export else None
    if as_json:
        shown = {"spans": [span.model_dump(mode="json") for span in spans]}
        print_json(shown if figures is None else {**figures.model_dump(mode="json"), **shown})
        return
    for span in spans:
        stdout.print(
            f"{span.at:%Y-%m-%d %H:%M:%S}  {span.run_id}  {span.name:<14} {span.ms:>9.1f} ms  {span.outcome}",
            markup=False,
        )
    if figures is not None:
        table = Table("room", "part", "n", "errors", "p50 ms", "p95 ms", title=f"{figures.turns:,} turns")
        for each in figures.stats:
            times = (f"{each.p50_ms:.1f}", f"{each.p95_ms:.1f}")
            table.add_row(each.room, each.name, f"{each.n:,}", f"{each.errors:,}", *times)
        stdout.print(table)
        if figures.model.p50_tokens_per_s is not None:
            model = figures.model
            stdout.print(
                f"The model wrote {model.p50_tokens_per_s:.1f} tokens a second (median of {model.n:,} replies);"
                f" replies waited {model.p95_queue_ms or 0:.0f} ms for it at most (95 %)."
            )
    if written is not None:
        stdout.print(f"{written:,} spans written.")


def replay(
    context: typer.Context,
    run: Annotated[str | None, typer.Argument(help="A run to do again; without it all past messages.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Only the newest so many messages.")] = 200,
    error: Annotated[
        float, typer.Option(min=0.001, max=0.5, help="The share of replies to correct that you accept.")
    ] = 0.05,
    model: ModelOption = "none",
    as_json: JsonFlag = False,
) -> None:
    """Past messages through today's desk, on a copy: what differs, and how far autopilot could be trusted."""
    from cxdesk.rehearsal import replay_messages, replay_one

    if run is not None:
        found = replay_one(context.obj.data_dir, run, model=model)
        if as_json:
            print_json({"run": run, "differences": [each.model_dump(mode="json") for each in found]})
            return
        for each in found:
            stdout.print(f"{each.field}: {each.before!r} -> {each.after!r}", markup=False, highlight=False)
        if not found:
            stdout.print("Nothing differs.")
        return
    with progress_bar() as progress:
        cases, curve = replay_messages(
            context.obj.data_dir, model=model, limit=limit, wanted_error=error, progress=progress
        )
    if as_json:
        print_json({**curve.model_dump(mode="json"), "messages": [case.model_dump(mode="json") for case in cases]})
        return
    table = Table("confidence", "coverage", "error", "offered", title=f"{curve.judged:,} of {curve.cases:,} messages")
    for point in curve.points:
        wrong = "" if point.error is None else f"{point.error:.1%}"
        table.add_row(f"{point.confidence:.2f}", f"{point.coverage:.1%}", wrong, f"{point.offered:,}")
    stdout.print(table)
    stdout.print(f"Advised: {curve.advised}" if curve.advised is not None else curve.note or "", markup=False)
