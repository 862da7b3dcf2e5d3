"""From message to brief on screen, on the demo shop with the real embedder and no language model."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from cxdesk.demo import load_scripts, open_demo
from cxdesk.domain import Turn

ROUNDS = 5


def measure() -> dict[str, float]:
    """Milliseconds until the brief is ready: median and 95th percentile over all scripts' lines."""
    with tempfile.TemporaryDirectory() as scratch, open_demo(Path(scratch) / "demo", "none") as desk:
        desk.ask("How long does shipping take?")  # loads the embedder and the index
        turns = [turn for _ in range(ROUNDS) for script in load_scripts() for turn in _play(desk, script)]
    ready = sorted(turn.timings_ms["brief_ready"] for turn in turns)
    return {
        "turns": len(ready),
        "brief_p50_ms": round(statistics.median(ready), 1),
        "brief_p95_ms": round(ready[int(len(ready) * 0.95)], 1),
        "turn_p95_ms": round(sorted(turn.timings_ms["total"] for turn in turns)[int(len(turns) * 0.95)], 1),
    }


def _play(desk, script) -> list[Turn]:
    turns: list[Turn] = []
    for line in script.lines:
        conversation = turns[-1].conversation if turns else None
        turns.append(desk.ask(line, conversation, None if conversation else script.customer))
    return turns
