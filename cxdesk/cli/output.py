"""How commands print: results on stdout, as JSON or for people; everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from cxdesk.ports import Progress as ProgressReport

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
