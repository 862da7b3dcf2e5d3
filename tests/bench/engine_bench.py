"""How fast the engine is, beside raw llama.cpp with the same model, prompt and reply.

python -m tests.bench.engine_bench models/NAME.gguf
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from cxdesk.llm.catalog import usable_cores
from cxdesk.llm.local import LocalModel
from cxdesk.ports import ChatMessage, Prompt

CONVERSATIONS = 4
REPLY_TOKENS = 48
POLICY = "An order can be cancelled while it is pending; a delivered one can be returned within 30 days. "
SYSTEM = "You are the support desk of a small electronics shop. Answer politely and briefly. " + POLICY * 12
QUESTIONS = (
    "Hello, I ordered a lamp last week and it has not arrived yet. What can I do?",
    "My radio crackles since yesterday, and I would like to send it back, please.",
    "Can I still change the address of an order that has not been shipped?",
    "Which of your headphones last longest on one charge, and what do they cost?",
)
PASSAGES = tuple(
    f"Passage {n}. A {thing} that was bought from us may be sent back within {n + 13} days, unused and in its box. We "
    f"pay the postage if it came broken, else it is {n + 4} dollars. The money is returned within {n + 5} working days "
    f"after the parcel has reached our warehouse in building {n}, in the way the {thing} was paid for. Gifts are paid "
    f"out as a voucher, which is good for {n + 1} years. A {thing} with a fault is repaired or replaced for {n + 1} "
    f"years from the day of purchase; the receipt is enough as a proof. Please pack the {thing} so that it can't move."
    for n, thing in enumerate(("lamp", "radio", "camera", "headset"), start=1)
)
FOLLOW_UPS = (
    "Thank you. And how long does that take?",
    "What does it cost me?",
    "Does that hold for gifts as well?",
)

Figures = dict[str, Any]


def measure(model_path: Path, *, threads: int = 0) -> Figures:
    """Seconds and tokens a second of one model; nothing is asserted. Takes some minutes with a large model."""
    threads = threads or usable_cores()
    model = LocalModel(model_path, model_path.stem, threads=threads)
    try:
        started = time.perf_counter()
        model.count_tokens("")
        figures: Figures = {"model": model_path.stem, "threads": threads, "load_s": time.perf_counter() - started}
        figures |= _conversations(model)
        figures["alone"] = _turns(lambda prompt: _reply(model, prompt))
        with busy_program():
            figures["beside_one_busy_program"] = _turns(lambda prompt: _reply(model, prompt))
        figures["choose_s"] = _choose(model)
        figures["worker_mb"] = psutil.Process(model.process_id).memory_info().rss / 1e6
    finally:
        model.close()
    figures["raw"] = _in_another_process(model_path, threads)
    return _rounded(figures)


def _conversations(model: LocalModel) -> Figures:
    """The first token of four conversations, then of their following turns, in rotation."""
    histories: list[list[str]] = [[question] for question in QUESTIONS[:CONVERSATIONS]]
    first, following, read = [], [], []
    for number, history in enumerate(histories):
        first.append(_take_turn(model, history, f"c{number}")["first_token_s"])
    for question in FOLLOW_UPS:
        for number, history in enumerate(histories):
            history.append(question)
            turn = _take_turn(model, history, f"c{number}")
            following.append(turn["first_token_s"])
            read.append(turn["read_tokens"])
    return {
        "first_token_cold_s": first[0],
        "first_token_new_conversation_s": median(first[1:]),
        "first_token_follow_up_s": median(following),
        "first_token_follow_up_worst_s": max(following),
        "tokens_read_follow_up": median(read),
    }


def _take_turn(model: LocalModel, history: list[str], slot: str) -> Figures:
    turn = _reply(model, _prompt(history, slot))
    history.append(turn["text"])
    return turn


def _turns(reply: Callable[[Prompt], Figures]) -> Figures:
    """Turns as the desk has them: the fixed beginning is kept, the passages and the question are new each time."""
    texts = [f"{passages}\n\n{question}" for passages, question in zip(PASSAGES, QUESTIONS, strict=True)]
    turns = [reply(_prompt([text], "turn")) for text in texts]
    first, speed = (median(turn[name] for turn in turns[1:]) for name in ("first_token_s", "tokens_per_s"))
    # Replies differ in length, so turns are compared for a reply of the same length.
    return {"first_token_s": first, "tokens_per_s": speed, "turn_s": first + (REPLY_TOKENS - 1) / speed}


def _reply(model: LocalModel, prompt: Prompt) -> Figures:
    before = model.evaluated_tokens
    turn = _timed(model.stream(prompt, max_tokens=REPLY_TOKENS))
    return turn | {"read_tokens": model.evaluated_tokens - before}


def _timed(pieces: Iterable[str | None]) -> Figures:
    started, arrivals, texts = time.perf_counter(), [], []
    for piece in pieces:
        if piece:
            arrivals.append(time.perf_counter())
            texts.append(piece)
    return {
        "text": "".join(texts),
        "first_token_s": arrivals[0] - started,
        "tokens_per_s": (len(arrivals) - 1) / (arrivals[-1] - arrivals[0]),
    }


def _choose(model: LocalModel) -> float:
    """One judgement with its fixed beginning kept."""
    taken = []
    for question in QUESTIONS:
        prompt = _prompt([f"Is this message negative, neutral or positive? {question}"], "judgement")
        started = time.perf_counter()
        model.choose(prompt, ["negative", "neutral", "positive"])
        taken.append(time.perf_counter() - started)
    return median(taken[1:])


def _prompt(history: list[str], slot: str) -> Prompt:
    turns = [ChatMessage(role="assistant" if i % 2 else "user", content=text) for i, text in enumerate(history)]
    return Prompt(messages=(ChatMessage(role="system", content=SYSTEM), *turns), slot=slot)


# ---------------------------------------------------------------- raw llama.cpp, as its own documentation uses it


def _in_another_process(model_path: Path, threads: int) -> Figures:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_raw, args=(theirs, str(model_path), threads))
    process.start()
    figures: Figures = ours.recv()
    process.join()
    return figures


def _raw(pipe: Connection, path: str, threads: int) -> None:
    import llama_cpp

    llama_cpp.llama_log_set(_swallow(llama_cpp), ctypes.c_void_p(0))
    started = time.perf_counter()
    options = {"n_ctx": 4096, "n_threads": threads, "n_threads_batch": threads, "flash_attn": True}
    llama = llama_cpp.Llama(path, verbose=False, **options)
    figures: Figures = {"load_s": time.perf_counter() - started}

    def reply(prompt: Prompt) -> Figures:
        messages = [message.model_dump() for message in prompt.messages]
        parts = llama.create_chat_completion(messages, max_tokens=REPLY_TOKENS, temperature=0.0, stream=True)
        return _timed(part["choices"][0]["delta"].get("content") for part in parts)

    figures["first_token_cold_s"] = reply(_prompt([QUESTIONS[0]], ""))["first_token_s"]
    figures["alone"] = _turns(reply)
    with busy_program():
        figures["beside_one_busy_program"] = _turns(reply)
    figures["process_mb"] = psutil.Process().memory_info().rss / 1e6
    pipe.send(figures)


def _swallow(llama_cpp: Any) -> Any:
    callback = llama_cpp.llama_log_callback(lambda level, text, data: None)
    _raw.kept = callback  # type: ignore[attr-defined] - llama.cpp only has its address
    return callback


@contextmanager
def busy_program() -> Iterator[None]:
    """Another program that keeps one core busy."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        time.sleep(0.5)
        yield
    finally:
        process.kill()
        process.wait()


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return round(value, 3) if isinstance(value, float) else value


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])) | {"load_average": os.getloadavg()[0]}, indent=2))
