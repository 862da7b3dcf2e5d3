"""How commands print: results on stdout, as JSON or for people; everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from cxdesk.domain import Turn
from cxdesk.ports import Progress as ProgressReport

if TYPE_CHECKING:
    from cxdesk.evals.report import EvalReport

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

# Words are kept whole on a terminal; a file or a pipe gets whole lines.
stdout = Console(soft_wrap=not sys.stdout.isatty())
stderr = Console(stderr=True)


def print_json(value: Any) -> None:
    """The value as one JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress_bar() -> Iterator[ProgressReport]:
    """A bar on stderr, fed by (done, total, what)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=stderr)
    tasks: dict[str, TaskID] = {}

    def report(done: int, total: int, what: str) -> None:
        bar.start()  # only now: work that fails at once shows no empty bar
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        bar.update(tasks[what], completed=done, total=total)

    try:
        yield report
    finally:
        if tasks:
            bar.stop()


def print_already_open(data_dir: Path) -> None:
    """For a second start: the window that is open was brought to the front, and this process ends."""
    stdout.print(f"The desk in {str(data_dir)!r} is open already; its window is in front now.", markup=False)


def print_turn(turn: Turn) -> None:
    """A turn for people: the reply, the decision, and what it rests on."""
    stdout.print(turn.reply, markup=False, highlight=False)
    decision = turn.decision.kind.value + (f" ({turn.decision.reason.value})" if turn.decision.reason else "")
    tools = ", ".join(f"{call.name}{'' if call.ok else ' (nothing)'}" for call in turn.tools) or "none"
    stdout.print(f"  decision: {decision}   tools: {tools}   model: {turn.model}", style="dim", markup=False)
    for place in dict.fromkeys(
        _place(support.document, support.heading) for support in turn.grounding.sentences if support.document
    ):
        stdout.print(f"  source: {place}", style="dim", markup=False)


def print_report(report: EvalReport) -> None:
    """A suite's figures as a table, then what went wrong."""
    table = Table(
        "metric", "value", title=f"{report.suite}: {report.n} cases, model {report.model}, {report.seconds} s"
    )
    for name, value in report.metrics.items():
        shown = f"none: {report.reasons.get(name, '')}" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")
        table.add_row(name, shown)
    stdout.print(table)
    for failure in report.failures:
        stdout.print(f"{failure.id}: {failure.why}", markup=False)


def _place(document: str | None, heading: str | None) -> str:
    return f"{document} > {heading}" if heading else str(document)
