"""What the first start shows, as plain values, and how far it has come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Literal

FILE = "first_start.json"
NO_MODEL = "none"

StepName = Literal["model", "shop", "documents", "question", "account"]
STEPS: tuple[StepName, ...] = ("model", "shop", "documents", "question", "account")


@dataclass(frozen=True)
class Offer:
    """A language model that could be used on this PC."""

    name: str
    title: str
    good_for: str
    needs: str
    is_here: bool
    is_best: bool


@dataclass(frozen=True)
class Offers:
    """The models, and why one of them suits this PC best."""

    models: tuple[Offer, ...]
    reason: str
    in_use: str


@dataclass(frozen=True)
class Outcome:
    """What came of a step, in one sentence, and what was left out and why."""

    sentence: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """A sentence of a reply, and where it is from; `words` are the document's own."""

    sentence: str
    place: str
    words: str = ""


@dataclass(frozen=True)
class Tested:
    """The reply to a test question. `is_answered`: the desk would send it, and not ask a person."""

    reply: str
    proofs: tuple[Proof, ...]
    is_answered: bool


@dataclass
class Tracker:
    """How far work under way is: written by whoever does it, read by the window in its own time."""

    stop: Event = field(default_factory=Event)
    done: int = 0
    total: int = 0
    what: str = ""

    def note(self, done: int, total: int, what: str) -> None:
        """Take down where the work stands. Raises `Stopped` once a person has stopped it."""
        self.done, self.total, self.what = done, total, what
        if self.stop.is_set():
            raise Stopped


class Stopped(Exception):
    """A person stopped the work."""


@dataclass(frozen=True)
class Progress:
    """How far the path has come: what each step came to, and whether it is over."""

    outcomes: Mapping[str, str] = field(default_factory=dict)
    is_over: bool = False

    @property
    def has_begun(self) -> bool:
        return bool(self.outcomes)

    @property
    def next_step(self) -> StepName | None:
        """The first step that was neither done nor skipped."""
        return next((step for step in STEPS if step not in self.outcomes), None)

    def with_outcome(self, step: StepName, outcome: str) -> Progress:
        return Progress({**self.outcomes, step: outcome}, self.is_over)

    def over(self) -> Progress:
        return Progress(self.outcomes, is_over=True)


def read_progress(data_dir: Path) -> Progress:
    """The path as it was left; one that can't be read begins anew, which costs a few clicks."""
    try:
        kept = json.loads((data_dir / FILE).read_text(encoding="utf-8"))
        outcomes = {step: str(said) for step, said in kept["outcomes"].items() if step in STEPS}
        return Progress(outcomes, bool(kept["is_over"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Progress()


def written_progress(progress: Progress) -> str:
    return json.dumps({"outcomes": dict(progress.outcomes), "is_over": progress.is_over}, ensure_ascii=False, indent=1)
