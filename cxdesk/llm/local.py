"""A language model on this PC: llama.cpp in a process of its own, restarted when it dies.

A request is known by its prompt and by the tokens already written for it. That is all there is to its state,
so a request can be taken up again anywhere: after the process died, or after background work gave way to a
person. The reply goes on after the words that its reader has already seen.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import psutil
from pydantic import ValidationError

from cxdesk.domain import EngineState, Invalid, Unavailable
from cxdesk.llm import worker
from cxdesk.llm.catalog import usable_cores
from cxdesk.llm.line import Line, is_background
from cxdesk.ports import ModelUse, Prompt, Schema

Message = dict[str, Any]
OnText = Callable[[str], None]

# How often a waiting request looks whether its caller has cancelled it.
LOOK_S = 0.05
# Loading reads the weights from disk; an old hard disk may take a minute for a gigabyte.
LOAD_S = 300.0
CLOSE_S = 3.0
# Slots of which it is kept what their requests cost, until somebody asks.
USES_KEPT = 64
# A prompt that kills the process twice would kill it again.
MOST_DEATHS = 2
# Of fewer tokens the pace says more about the clock than about the model.
PACED_TOKENS = 8


class _Died(Exception):
    """The process ended before it answered."""


class _GaveWay(Exception):
    """The request was stopped half-way, not by its caller."""


class LocalModel:
    """A `LanguageModel` on this PC. Safe to call from several threads; requests are served one at a time.

    The process is started by the first request, or ahead of it by `start`. A request whose process dies is
    taken up by a fresh one where it stopped; if that dies as well, `Unavailable` is raised. Requests made
    under `cxdesk.llm.line.background` wait for those of people. `count_tokens` never waits for a reply.
    """

    def __init__(
        self, path: Path, name: str, context_tokens: int = 4096, threads: int = 0, *, parking_bytes: int | None = None
    ) -> None:
        if not path.is_file():
            raise Unavailable(
                f"No model file at {str(path)!r}. Fetch one with 'cxdesk models fetch {name}', "
                "or run 'cxdesk models import FILE'."
            )
        self._name = name
        self._options: Message = {
            "path": str(path),
            "context_tokens": context_tokens,
            "threads": threads or usable_cores(),
            "parking_bytes": _parking_bytes() if parking_bytes is None else parking_bytes,
        }
        self._line = Line()
        self._starting = threading.Lock()
        self._process: _Process | None = None
        self._closed = False
        self.evaluated_tokens = 0
        """Tokens of prompts read so far, in total: those that no kept prefix spared."""
        self.restarts = 0
        self._uses: dict[str, ModelUse] = {}
        self.tokens_per_s: float | None = None
        """The pace of the last reply; None before one of `PACED_TOKENS` was written."""

    def state(self) -> EngineState:
        """What it does at this moment; nothing is loaded for it."""
        process = self._process
        return EngineState(
            name=self._name,
            loaded=process is not None and process.is_loaded,
            trouble=str(self._unavailable(process.failure)) if process and process.failure else "",
            busy=self._line.is_busy,
            waiting=self._line.waiting,
            tokens_per_s=self.tokens_per_s,
            process_id=self.process_id,
            restarts=self.restarts,
        )

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_tokens(self) -> int:
        return self._ready().context_tokens

    @property
    def process_id(self) -> int | None:
        """Of the process that llama.cpp lives in; None while there is none."""
        return self._process.process_id if self._process and self._process.alive else None

    def start(self) -> None:
        """Begin to load the model, without waiting for it."""
        self._current()

    def stream(self, prompt: Prompt, *, max_tokens: int, cancel: Event | None = None) -> Iterator[str]:
        feed: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        abandoned = Event()
        work = _work("write", prompt, max_tokens=max_tokens, schema=None)
        stops = (abandoned, cancel) if cancel else (abandoned,)
        in_background = is_background()

        def run() -> None:
            try:
                self._run(work, feed.put, stops=stops, background=in_background)
                feed.put(None)
            except BaseException as error:  # noqa: BLE001 - raised again where the reply is read
                feed.put(error)

        # On a thread of its own, so that a reader who is slow, or who asks something else meanwhile, holds nobody up.
        threading.Thread(target=run, name=f"reply of {self._name}", daemon=True).start()
        try:
            while (piece := feed.get()) is not None:
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        finally:
            abandoned.set()

    def choose(self, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
        if len(set(labels)) < len(labels) or not all(labels):
            raise Invalid(f"The labels {list(labels)!r} can't be told apart. Give each once, and none empty.")
        if not labels:
            return {}
        shares = self._run(_work("choose", prompt, labels=list(labels)), _no_text, background=is_background())
        return dict(zip(labels, shares, strict=True))

    def complete_json(self, prompt: Prompt, schema: type[Schema], *, max_tokens: int) -> Schema:
        pieces: list[str] = []
        work = _work("write", prompt, max_tokens=max_tokens, schema=schema.model_json_schema())
        how = self._run(work, pieces.append, background=is_background())
        try:
            return schema.model_validate(json.loads("".join(pieces)))
        except (ValueError, ValidationError) as error:
            cut = f"it was cut short at {max_tokens} tokens; allow more"
            why = cut if how == "length" else "it breaks a rule of the schema; ask again in other words"
            raise Invalid(f"The model {self._name!r} gave no valid {schema.__name__}: {why}.") from error

    def count_tokens(self, text: str) -> int:
        for _ in range(MOST_DEATHS):
            try:
                return int(self._ready().ask({"do": "count", "text": text}).answer()["done"])
            except _Died:
                continue
        raise self._unavailable("its process keeps ending")

    def used(self, slot: str) -> ModelUse | None:
        return self._uses.pop(slot, None)

    def close(self) -> None:
        with self._starting:
            self._closed = True
            process, self._process = self._process, None
        if process:
            process.close()

    # ------------------------------------------------------------ requests

    def _run(self, work: Message, on_text: OnText, *, stops: Sequence[Event] = (), background: bool) -> Any:
        """Have the work done, however often it is interrupted, and return what the worker says when done."""
        meter = _Meter()
        try:
            return self._run_until_done(work, on_text, meter, stops=stops, background=background)
        finally:
            if work["do"] == "write":
                self._note(work["slot"], meter)

    def _note(self, slot: str, meter: _Meter) -> None:
        self._uses[slot] = meter.use(self._uses.pop(slot, ModelUse()))
        if meter.written >= PACED_TOKENS and meter.last_at > meter.first_at:
            self.tokens_per_s = (meter.written - 1) / (meter.last_at - meter.first_at)
        for oldest in list(self._uses)[:-USES_KEPT]:
            self._uses.pop(oldest, None)

    def _run_until_done(
        self, work: Message, on_text: OnText, meter: _Meter, *, stops: Sequence[Event], background: bool
    ) -> Any:
        written: list[int] = []
        deaths = 0
        while True:
            job, queued_at = _Job(), time.perf_counter()
            try:
                with self._line.turn(background=background, give_way=job.cancel):
                    meter.waited_s += time.perf_counter() - queued_at
                    self._ready().ask({**work, "written": written} if work["do"] == "write" else work, job)
                    return self._follow(job, written, on_text, stops, meter)
            except _GaveWay:
                continue
            except _Died:
                deaths += 1
                if deaths == MOST_DEATHS:
                    raise self._unavailable(f"its process ended {deaths} times during this request") from None

    def _follow(self, job: _Job, written: list[int], on_text: OnText, stops: Sequence[Event], meter: _Meter) -> Any:
        while True:
            stopped = any(stop.is_set() for stop in stops)
            if stopped:
                job.cancel()
            answer = job.next_answer()
            match answer:
                case None:
                    continue
                case {"text": text, "token": token}:
                    written.append(token)
                    meter.wrote()
                    if text and not stopped:
                        on_text(text)
                    continue
                case {"invalid": reason}:
                    raise Invalid(f"This does not fit the model {self._name!r}: {reason}. Shorten the prompt.")
                case {"failed": reason}:
                    raise self._unavailable(reason)
            self.evaluated_tokens += answer["evaluated"]
            meter.read += answer["evaluated"]
            if "cancelled" not in answer:
                return answer["done"]
            if not any(stop.is_set() for stop in stops):
                raise _GaveWay
            return "cancelled"

    # ------------------------------------------------------------ the process

    def _ready(self) -> _Process:
        """A process that has loaded the model. Raises `Unavailable` when it can't."""
        process = self._current()
        if reason := process.wait_until_ready():
            raise self._unavailable(reason)
        return process

    def _current(self) -> _Process:
        with self._starting:
            if self._closed:
                raise self._unavailable("it was closed")
            if self._process is None or not self._process.alive:
                if self._process:
                    self._process.close()
                    self.restarts += 1
                self._process = _Process(self._options)
            return self._process

    def _unavailable(self, reason: str) -> Unavailable:
        return Unavailable(
            f"The language model {self._name!r} can't answer: {reason}. "
            "Try again, or choose another on the page Models."
        )


@dataclass
class _Meter:
    """What one request costs, however often it is interrupted."""

    waited_s: float = 0.0
    read: int = 0
    written: int = 0
    first_at: float = 0.0
    last_at: float = 0.0

    def wrote(self) -> None:
        self.last_at = time.perf_counter()
        self.first_at = self.first_at or self.last_at
        self.written += 1

    def use(self, before: ModelUse) -> ModelUse:
        """The cost, with what was spent before it. The first token is a part of the reading."""
        return ModelUse(
            queue_ms=before.queue_ms + self.waited_s * 1000,
            read_tokens=before.read_tokens + self.read,
            written_tokens=before.written_tokens + max(0, self.written - 1),
            write_ms=before.write_ms + (self.last_at - self.first_at) * 1000,
        )


class _Job:
    """One request at the worker: its answers as they come, and a way to stop it, even before it was handed over."""

    def __init__(self) -> None:
        self._answers: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._send_cancel: Callable[[], None] | None = None
        self._cancelled = False

    def handed_over(self, send_cancel: Callable[[], None]) -> None:
        with self._lock:
            self._send_cancel = send_cancel
            if self._cancelled:
                send_cancel()

    def cancel(self) -> None:
        with self._lock:
            if not self._cancelled and self._send_cancel:
                self._send_cancel()
            self._cancelled = True

    def put(self, answer: Message) -> None:
        self._answers.put(answer)

    def next_answer(self) -> Message | None:
        """The next answer, or None when none came for a moment."""
        try:
            return _living(self._answers.get(timeout=LOOK_S))
        except queue.Empty:
            return None

    def answer(self) -> Message:
        return _living(self._answers.get())


def _living(answer: Message) -> Message:
    if "died" in answer:
        raise _Died
    return answer


class _Process:
    """A worker process and the thread that hands out its answers."""

    def __init__(self, options: Message) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=worker.serve, args=(theirs, options), name="cxdesk-llm", daemon=True)
        _start_without_main(self._process)
        theirs.close()
        self.process_id = self._process.pid
        self.alive = True
        self.context_tokens = 0
        self.failure: str | None = None
        """Why it could not load the model."""
        self._loaded = Event()
        self._jobs: dict[int, _Job] = {}
        self._ids = itertools.count()
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._listener = threading.Thread(target=self._listen, name="cxdesk-llm answers", daemon=True)
        self._listener.start()

    @property
    def is_loaded(self) -> bool:
        return self.alive and self._loaded.is_set() and self.failure is None

    def wait_until_ready(self) -> str | None:
        """None once the model is loaded, else why it is not."""
        if not self._loaded.wait(LOAD_S):
            return f"it was not loaded within {LOAD_S:.0f} s"
        return self.failure

    def ask(self, message: Message, job: _Job | None = None) -> _Job:
        """Send a request; its answers come to the job returned. Raises `_Died` when there is nobody to ask."""
        job = job or _Job()
        with self._lock:
            number = next(self._ids)
            if not self.alive:
                raise _Died
            self._jobs[number] = job
            self._send({**message, "id": number})
        job.handed_over(lambda: self._cancel(number))
        return job

    def close(self) -> None:
        self._send({"do": "close"})
        self._process.join(CLOSE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._listener.join()
        self._pipe.close()
        self._process.close()

    def _cancel(self, number: int) -> None:
        self._send({"do": "cancel", "id": number})

    def _send(self, message: Message) -> None:
        try:
            with self._sending:
                self._pipe.send(message)
        except OSError:
            return  # the listener sees the end of the pipe too, and tells every job

    def _listen(self) -> None:
        try:
            self._hear(self._pipe.recv())
            while True:
                answer = self._pipe.recv()
                job = self._jobs[answer["id"]] if "token" in answer else self._jobs.pop(answer["id"])
                job.put(answer)
        except (EOFError, OSError):
            self._bury()

    def _hear(self, first: Message) -> None:
        self.failure = first.get("failed")
        self.context_tokens = first.get("context_tokens", 0)
        self._loaded.set()

    def _bury(self) -> None:
        with self._lock:
            self.alive = False
            jobs, self._jobs = self._jobs, {}
        if not self._loaded.is_set():
            self.failure = "its process ended while loading"
            self._loaded.set()
        for job in jobs.values():
            job.put({"died": True})


def _start_without_main(process: Any) -> None:
    """Start a spawned process that does not import the program's main module.

    multiprocessing imports it in the child so that functions defined there can be called. Ours is not, and the
    import would cost the worker the window's memory, and would run a script that has no `__main__` guard again.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main


def _no_text(text: str) -> None:
    """For requests whose answer is not a text."""


def _work(do: str, prompt: Prompt, **more: Any) -> Message:
    return {"do": do, "messages": [m.model_dump() for m in prompt.messages], "slot": prompt.slot, **more}


def _parking_bytes() -> int:
    """An eighth of the memory that is free now, at most half a gigabyte: some twenty long conversations."""
    return int(min(psutil.virtual_memory().available // 8, 512_000_000))
