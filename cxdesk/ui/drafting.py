"""Drafts are prepared here: those of one conversation in the order of its messages, several conversations side by side.

The language model takes one request at a time, so drafts wait for each other there; the briefs do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cxdesk.domain import Run
from cxdesk.ui.views import RunCard
from cxdesk.ui.work import Work

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import Turn
    from cxdesk.settings import Tone

AT_ONCE = 4


class Words:
    """What the model has written so far: filled on the drafting thread, read by the window when it repaints."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._lock = Lock()

    def add(self, piece: str) -> None:
        with self._lock:
            self._pieces.append(piece)

    def clear(self) -> None:
        with self._lock:
            self._pieces.clear()

    def text(self) -> str:
        with self._lock:
            return "".join(self._pieces)


@dataclass
class Preparation:
    """A draft on its way. `brief` is there as soon as the desk knows its answer, before any model has spoken.

    `tone` is the one that a person wished for, if any.
    """

    run: Run
    tone: Tone | None = None
    words: Words = field(default_factory=Words)
    stop: Event = field(default_factory=Event)
    brief: RunCard | None = None
    trouble: Exception | None = None
    started: bool = False


class Drafting(QObject):
    """The queue of drafts.

    `changed` names a conversation whose preparation moved on, `finished` one whose draft is stored.
    """

    changed = Signal(str)
    finished = Signal(str)
    _briefed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work = Work(AT_ONCE, self)
        self._desk: Desk | None = None
        self._seen: set[str] = set()
        self._preparing: dict[str, Preparation] = {}
        self._briefed.connect(self._keep_brief)

    def take(self, desk: Desk) -> None:
        self._desk = desk

    def offer(self, runs: Iterable[Run]) -> None:
        """Prepare these runs, each once however often it is offered."""
        for run in runs:
            if run.id not in self._seen:
                self._seen.add(run.id)
                self._forget_troubles(run.conversation_id)
                self._begin(Preparation(run))

    def of_conversation(self, conversation_id: str) -> Preparation | None:
        """The oldest preparation of this conversation that is still under way, or that failed."""
        return next((p for p in self._preparing.values() if p.run.conversation_id == conversation_id), None)

    def ahead_of(self, preparation: Preparation) -> int:
        """How many drafts are prepared before this one's turn."""
        waiting = [run_id for run_id, other in self._preparing.items() if other.trouble is None]
        return waiting.index(preparation.run.id)

    def stop_writing(self, conversation_id: str) -> None:
        """Have the model stop: the desk's brief becomes the draft."""
        if preparation := self.of_conversation(conversation_id):
            preparation.stop.set()

    def try_again(self, conversation_id: str) -> None:
        preparation = self.of_conversation(conversation_id)
        if preparation and preparation.trouble:
            del self._preparing[preparation.run.id]
            self._begin(Preparation(preparation.run, preparation.tone))

    def again(self, run: Run, tone: Tone | None = None) -> None:
        """Prepare a run anew, in another tone if one is named; nothing while its conversation has one under way."""
        if self.of_conversation(run.conversation_id) is None:
            self._begin(Preparation(run, tone))

    def close(self) -> None:
        for preparation in self._preparing.values():
            preparation.stop.set()
        self.work.close()

    def _begin(self, preparation: Preparation) -> None:
        self._preparing[preparation.run.id] = preparation
        self._start_next(preparation.run.conversation_id)
        self.changed.emit(preparation.run.conversation_id)

    def _start_next(self, conversation_id: str) -> None:
        """Start the conversation's oldest preparation, unless one of it is under way: each draft replaces the last."""
        of_it = [p for p in self._preparing.values() if p.run.conversation_id == conversation_id and not p.trouble]
        if of_it and not of_it[0].started:
            first = of_it[0]
            first.started = True
            self.work.run(self._job(first), lambda _: self._finish(first), lambda error: self._fail(first, error))

    def _job(self, preparation: Preparation) -> Callable[[], None]:
        desk, briefed = self._desk, self._briefed
        assert desk is not None, "runs are offered after the desk was taken"

        def prepare() -> None:
            # Imported here, on the drafting thread: the agent's rooms take longer to load than the window may.
            from cxdesk.agent import Listener
            from cxdesk.ui.reading import run_card

            listener = Listener(
                on_token=preparation.words.add, on_retry=preparation.words.clear, cancel=preparation.stop
            )
            run_id = preparation.run.id

            def show(turn: Turn) -> None:
                briefed.emit(run_id, run_card(turn.as_json()))

            desk.copilot.prepare(preparation.run, listener, show, tone=preparation.tone)

        return prepare

    def _keep_brief(self, run_id: str, brief: RunCard) -> None:
        if preparation := self._preparing.get(run_id):
            preparation.brief = brief
            self.changed.emit(preparation.run.conversation_id)

    def _finish(self, preparation: Preparation) -> None:
        del self._preparing[preparation.run.id]
        self._start_next(preparation.run.conversation_id)
        self.finished.emit(preparation.run.conversation_id)

    def _fail(self, preparation: Preparation, error: Exception) -> None:
        preparation.trouble = error
        self._start_next(preparation.run.conversation_id)
        self.changed.emit(preparation.run.conversation_id)

    def _forget_troubles(self, conversation_id: str) -> None:
        for run_id, other in list(self._preparing.items()):
            if other.trouble and other.run.conversation_id == conversation_id:
                del self._preparing[run_id]
