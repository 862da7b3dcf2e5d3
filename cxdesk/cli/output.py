"""How commands print: results on stdout, as JSON or for people; everything else on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from cxdesk.ports import Progress as ProgressReport

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

stdout = Console()
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
    with Progress(*columns, console=stderr) as bar:
        tasks: dict[str, TaskID] = {}

        def report(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield report
