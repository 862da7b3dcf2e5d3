"""Four conversations that alternate: our engine beside llama.cpp's own server, and a desk's turn beside its engine.

python -m tests.bench.alternating_bench models/NAME.gguf

llama.cpp's server comes compiled in the package xllamacpp, which is no part of cxdesk: without it only our figures are
measured. All engines are loaded at once and take each turn one after the other, so that whatever else the PC does
meets all of them alike; each conversation goes on with the reply of its own engine.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any, Literal, NamedTuple, Self

import httpx
import psutil

from cxdesk.agent.compose import opening
from cxdesk.demo import load_scripts, open_demo
from cxdesk.desk import Desk
from cxdesk.llm.catalog import usable_cores
from cxdesk.llm.local import LocalModel
from cxdesk.ports import Prompt
from tests.bench.engine_bench import FOLLOW_UPS, QUESTIONS, REPLY_TOKENS, Figures, _prompt, _rounded, _timed

CONTEXT_TOKENS = 4096
Reply = Callable[[list[str], int], Figures]


def measure(model_path: Path, *, threads: int = 0) -> Figures:
    """Seconds to the first token of following turns, and tokens of the prompt that were read for it."""
    threads = threads or usable_cores()
    with ExitStack() as opened:
        engines: dict[str, Reply] = {"ours": opened.enter_context(_ours(model_path, threads))}
        if importlib.util.find_spec("xllamacpp"):
            engines["server, default slots"] = opened.enter_context(_server(model_path, threads, pinned=False))
            engines["server, pinned slots"] = opened.enter_context(_server(model_path, threads, pinned=True))
        turns = _alternate(engines)
    figures: Figures = {"model": model_path.stem, "threads": threads}
    figures |= {name: _summary(turns[name]) for name in engines}
    if len(engines) == 1:
        figures["server"] = "not measured: the package xllamacpp is not installed"
    return _rounded(figures)


def _alternate(engines: dict[str, Reply]) -> dict[str, list[Figures]]:
    histories = {name: [[question] for question in QUESTIONS] for name in engines}
    turns: dict[str, list[Figures]] = {name: [] for name in engines}
    for follow_up in (None, *FOLLOW_UPS):
        for number in range(len(QUESTIONS)):
            for name, reply in engines.items():
                history = histories[name][number]
                if follow_up:
                    history.append(follow_up)
                turn = reply(history, number)
                history.append(turn["text"])
                if follow_up:
                    turns[name].append(turn)
    return turns


def _summary(turns: Sequence[Figures]) -> Figures:
    first = [turn["first_token_s"] for turn in turns]
    return {
        "first_token_follow_up_s": median(first),
        "best_s": min(first),
        "worst_s": max(first),
        "tokens_read": median(turn["read_tokens"] for turn in turns),
        "tokens_per_s": median(turn["tokens_per_s"] for turn in turns),
        "turns": len(turns),
    }


@contextmanager
def _ours(path: Path, threads: int) -> Iterator[Reply]:
    model = LocalModel(path, path.stem, CONTEXT_TOKENS, threads)

    def reply(history: list[str], number: int) -> Figures:
        before = model.evaluated_tokens
        turn = _timed(model.stream(_prompt(history, f"c{number}"), max_tokens=REPLY_TOKENS))
        return turn | {"read_tokens": model.evaluated_tokens - before}

    try:
        model.count_tokens("")
        yield reply
    finally:
        model.close()


@contextmanager
def _server(path: Path, threads: int, *, pinned: bool) -> Iterator[Reply]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(path), threads), daemon=True)
    process.start()
    theirs.close()
    address = ours.recv()
    with httpx.Client(base_url=address, timeout=600, trust_env=False) as client:

        def reply(history: list[str], number: int) -> Figures:
            request = {
                "messages": [message.model_dump() for message in _prompt(history, "").messages],
                "max_tokens": REPLY_TOKENS,
                "temperature": 0.0,
                "stream": True,
                "cache_prompt": True,
                "timings_per_token": True,
                **({"id_slot": number} if pinned else {}),
            }
            read: list[int] = []
            turn = _timed(_pieces(client, request, read))
            return turn | {"read_tokens": read[-1]}

        yield reply
    ours.send("end")
    process.join(10)
    if process.is_alive():
        process.kill()


def _serve(pipe: Connection, path: str, threads: int) -> None:
    import xllamacpp

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_parallel = len(QUESTIONS)
    params.n_ctx = CONTEXT_TOKENS * len(QUESTIONS)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    pipe.send(server.listening_address)
    pipe.recv()
    os._exit(0)


def _pieces(client: httpx.Client, request: dict[str, Any], read: list[int]) -> Iterator[str]:
    with client.stream("POST", "/v1/chat/completions", json=request) as response:
        response.raise_for_status()
        for line in response.iter_lines():
            if not line.startswith("data: {"):
                continue
            part = json.loads(line[len("data: ") :])
            if "timings" in part:
                read.append(part["timings"]["prompt_n"])
            if part["choices"] and (text := part["choices"][0]["delta"].get("content")):
                yield text


# ---------------------------------------------------------------- a desk's turn beside its engine


@dataclass(frozen=True)
class _Asked:
    """What a model was asked for, and what it said: a reply of so many tokens, or one word of several."""

    kind: Literal["reply", "word"]
    messages: list[dict[str, str]]
    tokens: int
    said: str = ""

    @classmethod
    def of(cls, kind: Literal["reply", "word"], prompt: Prompt, tokens: int, said: str = "") -> Self:
        return cls(kind, [message.model_dump() for message in prompt.messages], tokens, said)


class _Watched:
    """A language model that adds up how long it was waited for, and keeps all that it was asked for."""

    def __init__(self, model: LocalModel) -> None:
        self._model = model
        self.waited_s = 0.0
        self.asked: list[_Asked] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def choose(self, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
        started = time.perf_counter()
        chances = self._model.choose(prompt, labels)
        self.waited_s += time.perf_counter() - started
        self.asked.append(_Asked.of("word", prompt, 1))
        return chances

    def stream(self, prompt: Prompt, *, max_tokens: int, cancel: Event | None = None) -> Iterator[str]:
        pieces = self._model.stream(prompt, max_tokens=max_tokens, cancel=cancel)
        said: list[str] = []
        try:
            while True:
                started = time.perf_counter()
                piece = next(pieces, None)
                self.waited_s += time.perf_counter() - started
                if piece is None:
                    break
                said.append(piece)
                yield piece
        finally:  # the desk leaves a reply at its first fault; raw llama.cpp then writes as far as it was read
            pieces.close()  # type: ignore[attr-defined]
            self.asked.append(_Asked.of("reply", prompt, len(said) or max_tokens, "".join(said)))


class _Timed(NamedTuple):
    """Of one turn: its seconds, those that a model was waited for, and the processors' seconds."""

    whole_s: float
    model_s: float
    cpu_s: float


def measure_turns(model_path: Path, *, threads: int = 0, most: int = 12) -> Figures:
    """What turns of the desk take beside raw llama.cpp in a process of its own, on the same prompts and replies.

    Each turn is followed by its raw counterpart, so that whatever else the PC does meets both alike; turns in which no
    reply was written are left out. `desk_s` is all that the desk does while its model is not waited for; `raw_s` what
    llama.cpp takes alone to read the same prompts, with the same fixed beginnings kept, and to write the same replies.
    """
    threads = threads or usable_cores()
    pairs: list[tuple[_Timed, _Timed]] = []
    same: list[bool] = []
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as opened:
        open_demo(Path(scratch) / "demo", "none").close()
        model = _Watched(LocalModel(model_path, model_path.stem, threads=threads))
        desk = opened.enter_context(Desk.open(Path(scratch) / "demo", model=model))  # type: ignore[arg-type]
        desk.warm_up()
        desk.finish_warm_up()
        raw = opened.enter_context(_raw_llama(model_path, threads))
        for fixed in _fixed_beginnings(desk):
            raw(fixed)
        for lines in _scripts():
            conversation = None
            for line, customer in lines:
                ours, asked, conversation = _desk_turn(desk, model, line, conversation, customer)
                if any(each.kind == "reply" for each in asked):
                    theirs = [(each, *raw(each)) for each in asked]
                    same += [each.said == said for each, said, _ in theirs if each.kind == "reply"]
                    pairs.append((ours, _sum([took for *_, took in theirs])))
            if len(pairs) >= most:
                break
    return _rounded(_compared(pairs) | {"replies": len(same), "same_replies": sum(same)})


def _compared(pairs: Sequence[tuple[_Timed, _Timed]]) -> Figures:
    ours, theirs = _sum([ours for ours, _ in pairs]), _sum([theirs for _, theirs in pairs])
    return {
        "turns": len(pairs),
        "desk_s": ours.whole_s - ours.model_s,
        "model_s": ours.model_s,
        "raw_s": theirs.whole_s,
        "desk_beyond_model_share": (ours.whole_s - ours.model_s) / ours.model_s,
        "engine_beyond_raw_share": ours.model_s / theirs.whole_s - 1,
        "turn_beyond_raw_share": ours.whole_s / theirs.whole_s - 1,
        "turn_beyond_raw_median": median(mine.whole_s / raw.whole_s - 1 for mine, raw in pairs),
        "cpu_beyond_raw_share": ours.cpu_s / theirs.cpu_s - 1,
    }


def _sum(times: Sequence[_Timed]) -> _Timed:
    return _Timed(*(sum(part) for part in zip(*times, strict=True)))


def _scripts() -> Iterator[list[tuple[str, str | None]]]:
    """The lines of each of the demo's customers; who is signed in says so with the first."""
    for script in load_scripts():
        yield [(line, None if place else script.customer) for place, line in enumerate(script.lines)]


def _fixed_beginnings(desk: Desk) -> list[_Asked]:
    """What the desk's model has read before the first customer writes."""
    phrasing = desk.agent.phrasing
    reply = opening(phrasing.prompt, phrasing.tones[desk.settings.tone]["guidance"])
    return [_Asked.of("reply", reply, 1), _Asked.of("word", phrasing.sentiment.ask("Hello"), 1)]


def _desk_turn(
    desk: Desk, model: _Watched, line: str, conversation: str | None, customer: str | None
) -> tuple[_Timed, list[_Asked], str]:
    asked, waited = len(model.asked), model.waited_s
    processes = [psutil.Process(), psutil.Process(model.process_id)]
    started, cpu = time.perf_counter(), _cpu_s(processes)
    turn = desk.ask(line, conversation, customer)
    took = _Timed(time.perf_counter() - started, model.waited_s - waited, _cpu_s(processes) - cpu)
    return took, model.asked[asked:], turn.conversation


def _cpu_s(processes: Sequence[psutil.Process]) -> float:
    return float(sum(sum(process.cpu_times()[:2]) for process in processes))


@contextmanager
def _raw_llama(path: Path, threads: int) -> Iterator[Callable[[_Asked], tuple[str, _Timed]]]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_raw, args=(theirs, str(path), threads), daemon=True)
    process.start()
    theirs.close()

    def ask(asked: _Asked) -> tuple[str, _Timed]:
        ours.send(asked)
        said, took = ours.recv()
        return said, took

    yield ask
    ours.close()
    process.join()


def _raw(pipe: Connection, path: str, threads: int) -> None:
    """A context for each kind of prompt, since raw llama.cpp keeps no more than the last prompt of one."""
    import llama_cpp
    from llama_cpp import llama_cpp as native

    quiet = native.llama_log_callback(lambda level, text, data: None)
    llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
    options = {"n_ctx": CONTEXT_TOKENS, "n_threads": threads, "n_threads_batch": threads, "flash_attn": True}
    llamas = {kind: llama_cpp.Llama(path, verbose=False, **options) for kind in ("reply", "word")}
    with suppress(EOFError):
        while True:
            asked: _Asked = pipe.recv()
            started, cpu = time.perf_counter(), time.process_time()
            said = llamas[asked.kind].create_chat_completion(asked.messages, max_tokens=asked.tokens, temperature=0.0)  # type: ignore[arg-type]
            took = time.perf_counter() - started
            text = said["choices"][0]["message"]["content"]  # type: ignore[index]
            pipe.send((text, _Timed(took, took, time.process_time() - cpu)))
    os._exit(0)  # as it ends, Python frees what llama.cpp logs with before llama.cpp


if __name__ == "__main__":
    weights = Path(sys.argv[1])
    figures = {"four conversations": measure(weights), "turns": measure_turns(weights)}
    print(json.dumps(figures | {"load_average": os.getloadavg()[0]}, indent=2))
