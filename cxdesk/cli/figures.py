"""`cxdesk figures`: how the shop's desk is doing, against the time before; and what the documents don't answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cxdesk.cli.output import JsonFlag, print_json, stdout
from cxdesk.cli.search import day_of
from cxdesk.domain import Figure, Figures, Unavailable, now


def register(app: typer.Typer) -> None:
    """Add this command to the program's."""
    app.command()(figures)


def figures(
    context: typer.Context,
    first: Annotated[str | None, typer.Option("--from", help="The first day; default: 30 days in all.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day; default: today.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write them into this file as CSV as well.")] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="Add what the documents do not answer.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Figures for the owner over a time and the time before, each with the conversations behind it."""
    from cxdesk.memory.figures import as_csv, period_of

    period = period_of(day_of(first), day_of(last), now().astimezone())
    with context.obj.open_desk("none") as desk:
        found = desk.overview.figures(period)
        topics = desk.overview.gaps(period) if gaps else None
        stale = desk.overview.stale_replies() if gaps else None
    if csv_file is not None:
        _write(csv_file, as_csv(found))
    if as_json:
        added = {} if topics is None else {"gaps": _dumped(topics), "stale_replies": _dumped(stale)}
        print_json({**found.model_dump(mode="json"), **added})
        return
    _print(found)
    for gap in topics or ():
        mark = " (answered now)" if gap.answered_now else ""
        stdout.print(f"{gap.count} x {gap.title}{mark}", markup=False)
    for reply in stale or ():
        what = "was removed" if reply.removed else "has changed"
        stdout.print(f"{reply.kind} {reply.key} rests on {reply.document}, which {what}", markup=False)


def _dumped(records: object) -> list[object]:
    return [record.model_dump(mode="json") for record in records]  # type: ignore[attr-defined]


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Unavailable(f"The file {str(file)!r} can't be written: {error.strerror}. Choose another.") from error


def _print(found: Figures) -> None:
    table = Table(
        "figure", "value", "before", "of", title=f"{found.period.start:%Y-%m-%d} to {found.period.end:%Y-%m-%d}"
    )
    for figure in found.figures:
        table.add_row(figure.title, _shown(figure, figure.value), _shown(figure, figure.before), f"{figure.n:,}")
        for part in figure.parts[:8]:
            table.add_row(f"  {part.name}", f"{part.value:,.0f}", f"{part.before:,.0f}", "")
    stdout.print(table)


def _shown(figure: Figure, value: float | None) -> str:
    if value is None:
        return "unknown"
    if figure.unit == "share":
        return f"{value:.0%}"
    if figure.unit == "count":
        return f"{value:,.0f}"
    return f"{value:,.1f} s" if figure.unit == "seconds" else f"{value:,.2f}"
