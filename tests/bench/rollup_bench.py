"""Profiles of a generated history: all at once, one after the other, and after a close.

The loop over customers is measured on a sample and counted up. Run alone: python -m tests.bench.rollup_bench [MESSAGES]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cxdesk.domain import ConversationState, now
from cxdesk.memory.generate import add_history
from cxdesk.memory.profiles import roll_up, roll_up_customers
from cxdesk.memory.sessions import close_session
from cxdesk.settings import Settings, bundled
from cxdesk.store import Store

SAMPLE = 50
SETTINGS = Settings()


def measure(messages: int = 1_000_000) -> dict[str, object]:
    with (
        tempfile.TemporaryDirectory(prefix="cxdesk-bench-") as folder,
        Store.open(Path(folder) / "desk.duckdb") as store,
    ):
        added = add_history(store, messages, now(), bundled("resources/past_conversations.toml"))
        first_s = seconds(lambda: roll_up(store, now(), SETTINGS))
        full_s = seconds(lambda: roll_up(store, now(), SETTINGS))
        ids = [customer.id for customer in store.customers.all(SAMPLE)]
        incremental = [seconds(lambda each=each: roll_up_customers(store, now(), SETTINGS, [each])) for each in ids]
        open_talks = [talk.id for talk in store.conversations.recent(SAMPLE, ConversationState.open)]
        closes = [seconds(lambda each=each: close_session(store, each, now())) for each in open_talks]
    return {
        **added.model_dump(),
        "full_rollup_with_all_insights_s": round(first_s, 2),
        "full_rollup_s": round(full_s, 2),
        "loop_over_customers_s": round(statistics.mean(incremental) * added.customers, 1),
        "times_faster_than_the_loop": round(statistics.mean(incremental) * added.customers / full_s),
        "incremental_rollup_median_ms": round(statistics.median(incremental) * 1000, 1),
        "close_p95_ms": round(sorted(closes)[int(len(closes) * 0.95)] * 1000, 1) if closes else None,
    }


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:2])), indent=2))
