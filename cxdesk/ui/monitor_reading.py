"""Reads what the monitor page shows, and writes it for an auditor: on a worker thread, into plain values.

Nothing that a customer wrote is in it: ids, names of parts, counts, times and the program's own log.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from cxdesk import __version__, logbook
from cxdesk.domain import EngineState, JobState, Span, Unavailable, now
from cxdesk.ledger import Attempt
from cxdesk.offline import SWITCHES
from cxdesk.store.migrations import MIGRATIONS
from cxdesk.ui.language import mark, tr

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.memory.traces import TraceFigures

TURNS = 200
LOG_LINES = 400
LEDGER_LINES = 1000
"""So many attempts are listed; all of them are counted and exported."""
PACKAGES = ("PySide6-Essentials", "duckdb", "lancedb", "llama-cpp-python", "onnxruntime", "pydantic", "apscheduler")


@dataclass(frozen=True)
class FileSize:
    """A file, or a folder with all in it, of the data directory."""

    name: str
    size: int


@dataclass(frozen=True)
class Report:
    """The state of the desk at one moment. `files` are the largest first; `log` and `attempts` the oldest first.

    `attempts` are all that were noted. `log_trouble` says why the log can't be read, where it can't.
    """

    turns: tuple[Span, ...]
    traces: TraceFigures
    jobs: tuple[JobState, ...]
    engine: EngineState
    offline: bool
    fallback: str
    attempts: tuple[Attempt, ...]
    files: tuple[FileSize, ...]
    free_bytes: int
    data_dir: str
    facts: tuple[tuple[str, str], ...]
    log: tuple[str, ...]
    log_trouble: str = ""

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def read_report(desk: Desk) -> Report:
    """Everything that the page shows, in one go."""
    log, trouble = _log(desk.data_dir)
    settings = desk.settings
    may_leave = settings.fallback != "off" and not settings.offline
    return Report(
        turns=tuple(desk.overview.recent_turns(TURNS)),
        traces=desk.overview.traces(),
        jobs=tuple(desk.memory.scheduler.states()),
        engine=desk.engine(),
        offline=settings.offline,
        fallback=settings.fallback_url if may_leave else "",
        attempts=tuple(desk.connections.attempts()),
        files=tuple(sorted(_sizes(desk.data_dir), key=lambda file: -file.size)),
        free_bytes=psutil.disk_usage(str(desk.data_dir)).free,
        data_dir=str(desk.data_dir),
        facts=tuple(_facts()),
        log=log,
        log_trouble=trouble,
    )


def write_report(desk: Desk, file: Path) -> None:
    """Write the state of the desk as JSON, for an auditor. Raises `Unavailable` when the file can't be written."""
    text = json.dumps(as_json(read_report(desk)), indent=2, ensure_ascii=False)
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        told = tr(
            "The file {file} can't be written: {reason}. Choose another place.",
            file=repr(str(file)),
            reason=error.strerror,
        )
        raise Unavailable(told) from error


def as_json(report: Report) -> Mapping[str, Any]:
    """The report as plain JSON values."""
    return {
        "made_at": now().isoformat(),
        "program": dict(report.facts),
        "network": {
            "offline": report.offline,
            "fallback": report.fallback or None,
            "attempted_connections": len(report.attempts),
            "ledger": [attempt.model_dump(mode="json") for attempt in report.attempts],
            "switches": {name: os.environ.get(name) for name in SWITCHES},
        },
        "data_directory": {
            "path": report.data_dir,
            "bytes": report.size,
            "free_bytes": report.free_bytes,
            "files": {file.name: file.size for file in report.files},
        },
        "model": report.engine.model_dump(mode="json"),
        "jobs": [job.model_dump(mode="json") for job in report.jobs],
        "turns": report.traces.model_dump(mode="json"),
        "last_turns": [span.model_dump(mode="json") for span in report.turns],
        "log": list(report.log),
        "log_trouble": report.log_trouble or None,
    }


def _log(folder: Path) -> tuple[tuple[str, ...], str]:
    try:
        return logbook.tail(folder, LOG_LINES), ""
    except OSError as error:
        return (), tr(
            "The log {file} can't be read: {reason}. Allow it, then look again.",
            file=repr(str(folder / logbook.LOG)),
            reason=error.strerror,
        )


def _sizes(folder: Path) -> Iterator[FileSize]:
    for entry in os.scandir(folder):
        yield FileSize(entry.name + ("/" if entry.is_dir() else ""), _size(Path(entry.path)))


def _size(path: Path) -> int:
    """Files that vanish while they are counted count nothing."""
    if path.is_dir():
        return sum(_size(each) for each in path.iterdir())
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _facts() -> Iterator[tuple[str, str]]:
    """Names and values, looked up in the window's language where they are shown: an auditor's file is in English."""
    yield "cxdesk", __version__
    yield mark("Schema"), str(len(MIGRATIONS))
    yield "Python", platform.python_version()
    yield mark("System"), f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield mark("Processor cores"), str(os.cpu_count() or 1)
    yield mark("Memory"), f"{psutil.virtual_memory().total / 2**30:.1f} GB"
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, mark("not installed")
