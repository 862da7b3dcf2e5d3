"""How many messages a second one core judges: sentiment and frustration, by the lexicon alone."""

from __future__ import annotations

import json
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from cxdesk.settings import bundled
from cxdesk.signals.sentiment import SentimentLexicon

MESSAGES = 5_000
_TEXTS = Path(__file__).parent.parent / "signals" / "support_messages.jsonl"


def measure(messages: int = MESSAGES) -> dict[str, Any]:
    """Messages a second on one core, by their length, and milliseconds until the lexicon is ready."""
    started = time.process_time()
    lexicon = SentimentLexicon(bundled("resources/frustration.toml"))
    ready_ms = (time.process_time() - started) * 1000
    short = [json.loads(line)["text"] for line in _TEXTS.read_text(encoding="utf-8").splitlines()]
    long = [" ".join(short[place : place + 4]) for place in range(len(short))]
    return {
        "messages": messages,
        "per_s": _rate(lexicon, list(islice(cycle(short), messages))),
        "long_per_s": _rate(lexicon, list(islice(cycle(long), messages))),
        "ready_ms": round(ready_ms, 1),
    }


def _rate(lexicon: SentimentLexicon, texts: list[str]) -> int:
    started = time.process_time()
    for text in texts:
        lexicon.judge(text)
    return round(len(texts) / (time.process_time() - started))


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
