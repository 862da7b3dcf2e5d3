"""From message to brief on screen, on the demo shop with the real embedder and no language model."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from cxdesk.demo import load_scripts, open_demo
from cxdesk.domain import Turn


def measure() -> dict[str, float]:
    """Milliseconds until the brief is ready, over all scripts' lines: asked for the first time, and again."""
    with tempfile.TemporaryDirectory() as scratch, open_demo(Path(scratch) / "demo", "none") as desk:
        desk.warm_up()
        desk.finish_warm_up()
        first, again = (
            sorted(turn.timings_ms["brief_ready"] for script in load_scripts() for turn in _play(desk, script))
            for _ in range(2)
        )
    return {
        "turns": len(first),
        "brief_first_p50_ms": round(statistics.median(first), 1),
        "brief_first_p95_ms": round(first[int(len(first) * 0.95)], 1),
        "brief_again_p50_ms": round(statistics.median(again), 1),
        "brief_again_p95_ms": round(again[int(len(again) * 0.95)], 1),
    }


def _play(desk, script) -> list[Turn]:
    turns: list[Turn] = []
    for line in script.lines:
        conversation = turns[-1].conversation if turns else None
        turns.append(desk.ask(line, conversation, None if conversation else script.customer))
    return turns
