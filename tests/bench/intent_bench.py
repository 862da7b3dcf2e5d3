"""How long the intents of a message take, and learning the desk's examples anew."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cxdesk import offline

offline.silence()

from cxdesk.llm.embedder import open_embedder  # noqa: E402
from cxdesk.ports import Embedder  # noqa: E402
from cxdesk.settings import bundled, models_dir  # noqa: E402
from cxdesk.signals.intent import IntentRules, Intents, learn_intents, split_clauses  # noqa: E402

MESSAGES = (
    "My watch won't hold its charge since yesterday and I'm not amused.",
    "Hello! I would rather have the grey one. What does it cost to send the blue one back?",
    "Could somebody tell me what became of the complaint that I sent in on Friday, please?",
    "thx, super quick",
)
_REPEATS = 50


def measure(embedder: Embedder | None = None) -> dict[str, Any]:
    """Milliseconds of one message with its embedding (p50, p95), and seconds of learning: first, again, at a start."""
    embedder = embedder or open_embedder(models_dir() / "all-minilm-l6-v2")
    with tempfile.TemporaryDirectory(prefix="cxdesk-bench-") as folder:
        own, staff, kept = bundled("resources/intents"), Path(folder) / "intents", Path(folder) / "intents.npz"
        first_s = _seconds(lambda: learn_intents([own, staff], kept, embedder))
        staff.mkdir()
        (staff / "gift_wrap.txt").write_text("wrap it as a gift\nnice paper around it, please\n", encoding="utf-8")
        again_s = _seconds(lambda: learn_intents([own, staff], kept, embedder))
        start_s = _seconds(lambda: learn_intents([own, staff], kept, embedder))
        intents = Intents(IntentRules(bundled("resources/intents.toml")), learn_intents([own, staff], kept, embedder))
    times_ms = [
        1000 * _seconds(lambda text=text: intents.judge_all(split_clauses(text)))  # type: ignore[misc]
        for text in MESSAGES * _REPEATS
    ]
    p50, p95 = np.percentile(times_ms, [50, 95])
    return {
        "p50_ms": round(float(p50), 1),
        "p95_ms": round(float(p95), 1),
        "learn_first_s": round(first_s, 2),
        "learn_again_s": round(again_s, 2),
        "load_s": round(start_s, 2),
    }


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
