"""What a model says to a question, and how long it takes on this PC: measured, never guessed.

Measurements are kept beside the models (`.measured.json`), each with the file that was measured and the PC it was
measured on: of another file, or on another PC, it says nothing.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock

from pydantic import TypeAdapter, ValidationError

from cxdesk.domain import Moment, Record, Stopped, Unavailable, now
from cxdesk.llm.weights import Installed
from cxdesk.ports import LanguageModel, Metered, Prompt

MEASURED = ".measured.json"

_writing = Lock()


class Trial(Record):
    """One reply, with its cost. `first_s` is the wait for its first word, reading the question included."""

    model: str
    text: str
    first_s: float
    total_s: float
    tokens: int

    @property
    def tokens_per_s(self) -> float | None:
        """How fast it wrote; None for a reply too short to tell."""
        writing_s = self.total_s - self.first_s
        return (self.tokens - 1) / writing_s if self.tokens > 1 and writing_s > 0 else None


class Measured(Record):
    """What a typical reply took. `first_s` is the wait for its first word."""

    seconds: float
    first_s: float
    tokens: int
    tokens_per_s: float | None
    at: Moment
    bytes: int
    mtime_ns: int
    machine: str


def try_out(
    model: LanguageModel,
    prompt: Prompt,
    *,
    max_tokens: int,
    on_text: Callable[[str], None] = lambda _: None,
    cancel: Event | None = None,
) -> Trial:
    """Let the model answer; `on_text` hears the reply as it comes. Raises `Stopped` after `cancel`."""
    model.count_tokens("")  # loads it, which is no part of a reply
    begun, first_s, pieces = time.perf_counter(), 0.0, list[str]()
    for piece in model.stream(prompt, max_tokens=max_tokens, cancel=cancel):
        first_s = first_s or time.perf_counter() - begun
        pieces.append(piece)
        on_text(piece)
    total_s = time.perf_counter() - begun
    if cancel is not None and cancel.is_set():
        raise Stopped(f"Trying {model.name!r} was stopped.")
    if not pieces:
        raise Unavailable(f"The model {model.name!r} wrote nothing. Try another question, or verify the model.")
    text = "".join(pieces)
    return Trial(
        model=model.name, text=text, first_s=first_s, total_s=total_s, tokens=_written(model, prompt.slot, text)
    )


def keep_measured(model: Installed, trial: Trial, models_dir: Path) -> Measured:
    """Keep what a typical reply took with this model on this PC."""
    stat = model.path.stat()
    measured = Measured(
        seconds=trial.total_s,
        first_s=trial.first_s,
        tokens=trial.tokens,
        tokens_per_s=trial.tokens_per_s,
        at=now(),
        bytes=stat.st_size,
        mtime_ns=stat.st_mtime_ns,
        machine=platform.node(),
    )
    with _writing:
        _write({**_read(models_dir), model.name: measured}, models_dir)
    return measured


def measured(model: Installed, models_dir: Path) -> Measured | None:
    """What was measured with this very file on this PC; None where nothing was."""
    kept = _read(models_dir).get(model.name)
    if kept is None or kept.machine != platform.node() or not model.path.exists():
        return None
    stat = model.path.stat()
    return kept if (kept.bytes, kept.mtime_ns) == (stat.st_size, stat.st_mtime_ns) else None


def _written(model: LanguageModel, slot: str, text: str) -> int:
    use = model.used(slot) if isinstance(model, Metered) else None
    # A meter leaves the first token out, since its time is a part of the reading.
    return use.written_tokens + 1 if use else model.count_tokens(text)


_kept = TypeAdapter(dict[str, Measured])


def _read(models_dir: Path) -> dict[str, Measured]:
    try:
        return _kept.validate_json((models_dir / MEASURED).read_bytes())
    except (OSError, ValidationError):
        return {}


def _write(kept: dict[str, Measured], models_dir: Path) -> None:
    work = models_dir / f"{MEASURED}.{os.getpid()}"
    try:
        work.write_bytes(_kept.dump_json(kept, indent=1))
        work.replace(models_dir / MEASURED)
    except OSError as error:
        raise Unavailable(
            f"The measurement can't be kept in {str(models_dir)!r}: {error.strerror}. Mend that, then measure again."
        ) from error
