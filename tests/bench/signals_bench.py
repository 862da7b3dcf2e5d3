"""What a message tells, and how fast: words alone, with the embedding, and confirmed by the model."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from cxdesk import offline

offline.silence()

from cxdesk.demo import open_demo  # noqa: E402
from cxdesk.desk import Desk  # noqa: E402
from cxdesk.domain import DeskError, Guarded, Sentiment  # noqa: E402
from cxdesk.llm.local import LocalModel  # noqa: E402
from cxdesk.llm.weights import locate  # noqa: E402
from cxdesk.ports import LanguageModel  # noqa: E402
from cxdesk.settings import bundled, models_dir  # noqa: E402
from cxdesk.signals.sentiment import SentimentLexicon, SentimentPrompt, confirm  # noqa: E402
from tests.bench.entities_bench import make_messages  # noqa: E402

WORDS_ALONE, WITH_EMBEDDING, CONFIRMED = 5_000, 200, 40
CONFIRMING_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"


def measure() -> dict[str, Any]:
    """Messages a second on one core without a model, and milliseconds of one message (p50, p95) with each."""
    with tempfile.TemporaryDirectory() as scratch, open_demo(Path(scratch) / "demo", "none") as desk:
        return {**_words_alone(desk), **_with_embedding(desk), **_confirmation()}


def _words_alone(desk: Desk) -> dict[str, Any]:
    lexicon = SentimentLexicon(bundled("resources/frustration.toml"))  # the desk's own asks the embedding model too
    reader = desk.signal_reader()
    texts = make_messages(WORDS_ALONE)

    def read(text: str) -> None:
        lexicon.judge(text)
        reader.entities(text)

    for text in texts[:20]:  # libraries that load at their first use
        read(text)
    started = time.thread_time()
    for text in texts:
        read(text)
    return {"messages": len(texts), "lexicon_and_entities_per_s": round(len(texts) / (time.thread_time() - started))}


def _with_embedding(desk: Desk) -> dict[str, Any]:
    reader = desk.signal_reader()
    texts = make_messages(WITH_EMBEDDING + 5)
    times = _times_ms(lambda text: reader.read(Guarded(text=text)), texts)[5:]
    return {"signals_messages": len(times), **_percentiles("signals", times)}


def _confirmation() -> dict[str, Any]:
    """With the largest model that may be here; null, with the reason, without it."""
    try:
        model = LocalModel(locate(CONFIRMING_MODEL, models_dir()), CONFIRMING_MODEL)
        model.start()
    except DeskError as error:
        return {"confirm_p50_ms": None, "confirm_p95_ms": None, "confirm_why_not": str(error)}
    try:
        return _confirm_with(model)
    finally:
        model.close()


def _confirm_with(model: LanguageModel) -> dict[str, Any]:
    prompt = SentimentPrompt.load(bundled("resources/prompts.toml"))
    doubt = Sentiment(label="neutral", confidence=0.1)
    texts = list(islice(cycle(make_messages(CONFIRMED)), CONFIRMED + 2))
    times = _times_ms(lambda text: confirm(doubt, text, model, prompt), texts)[2:]  # the fixed prefix is read once
    return {"confirm_messages": len(times), **_percentiles("confirm", times)}


def _times_ms(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _percentiles(name: str, times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {f"{name}_p50_ms": round(cuts[9], 1), f"{name}_p95_ms": round(cuts[18], 1)}


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
