"""Past messages through today's desk, on a copy: the desk that is given is never changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cxdesk.agent import Listener
from cxdesk.desk import DATABASE, INDEX, Desk
from cxdesk.domain import Difference, Invalid, ReplayCurve, ReplayedCase, Role
from cxdesk.memory.replay import curve, replay_all, replay_run
from cxdesk.ports import Embedder, Progress
from cxdesk.store import Store


def replay_one(
    data_dir: Path, run_id: str, *, model: str | None = "none", embedder: Embedder | None = None
) -> list[Difference]:
    """What today's desk does otherwise than the run did. Orders are as they are today, and nothing is changed."""
    with _copy(data_dir, model, embedder) as desk:
        return replay_run(desk.store, run_id, lambda *message: _answer(desk, *message))


def replay_messages(
    data_dir: Path,
    *,
    model: str | None = "none",
    limit: int | None = None,
    wanted_error: float = 0.05,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> tuple[list[ReplayedCase], ReplayCurve]:
    """The newest past messages answered anew, and coverage against error over them."""
    with _copy(data_dir, model, embedder) as desk:
        cases = _replay(desk, limit, progress)
    return cases, curve(cases, wanted_error=wanted_error)


def curve_of(desk: Desk, *, limit: int, wanted_error: float = 0.05, progress: Progress | None = None) -> ReplayCurve:
    """Coverage against error over the newest past messages of an open desk, answered anew by its plain answers.

    Works on a copy: the desk goes on meanwhile and is not changed. What `progress` raises ends it.
    """
    with tempfile.TemporaryDirectory(prefix="cxdesk-replay-") as scratch:
        copy = Path(scratch) / "desk"
        shutil.copytree(desk.data_dir, copy, ignore=shutil.ignore_patterns(f"{DATABASE}*", INDEX))
        desk.store.copy_to(copy / DATABASE)
        with Desk.open(copy, model="none", embedder=desk.embedder()) as rehearsing:
            cases = _replay(rehearsing, limit, progress)
    return curve(cases, wanted_error=wanted_error)


def _replay(desk: Desk, limit: int | None, progress: Progress | None) -> list[ReplayedCase]:
    past = desk.store.replays.past_messages(limit)
    return replay_all(desk.store, past, lambda *message: _answer(desk, *message), desk.embedder(), progress=progress)


def _answer(desk: Desk, conversation_id: str, text: str) -> dict[str, Any]:
    """The turn that the desk makes of a message; nothing is done, whatever the customer agrees to."""
    message = desk.store.conversations.add_message(conversation_id, Role.customer, text)
    run = desk.store.runs.start(conversation_id, message.id)
    return desk.agent.run(run, Listener()).as_json()


@contextmanager
def _copy(data_dir: Path, model: str | None, embedder: Embedder | None) -> Iterator[Desk]:
    if not data_dir.is_dir():
        raise Invalid(f"No desk in {str(data_dir)!r}. Name another one with --data.")
    with tempfile.TemporaryDirectory(prefix="cxdesk-replay-") as scratch:
        copy = Path(scratch) / "desk"
        Store.open(data_dir / DATABASE).close()  # a desk that another program holds is refused, not copied half
        shutil.copytree(data_dir, copy)
        with Desk.open(copy, model=model, embedder=embedder) as desk:
            yield desk
