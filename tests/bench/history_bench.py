"""How long a search over everything said, and the owner's figures, take at 100,000 messages."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from cxdesk import offline

offline.silence()

from cxdesk.domain import Period, SearchFilter, now  # noqa: E402
from cxdesk.memory.figures import figures  # noqa: E402
from cxdesk.memory.search import History  # noqa: E402
from cxdesk.store import Store  # noqa: E402
from cxdesk.store.database import CONFIG  # noqa: E402
from tests.bench.search_bench import SyntheticEmbedder, _texts  # noqa: E402

MESSAGES = 100_000
PER_CONVERSATION = 10
CUSTOMERS = 5_000
QUERIES = 60
WORDS_PER_MESSAGE = 25
# What holds a digit is looked up as an id, which these words are not.
_AS_LETTERS = str.maketrans("0123456789", "abcdefghij")
_INTENTS = ("order_status", "refund", "return_policy", "shipping", "repair")


def measure(messages: int = MESSAGES, queries: int = QUERIES) -> dict[str, Any]:
    """Milliseconds of searches, p50 and p95, and of all figures over a month; vectors are synthetic."""
    with tempfile.TemporaryDirectory(prefix="cxdesk-bench-") as folder:
        file = Path(folder) / "desk.duckdb"
        Store.open(file).close()
        _fill(file, messages)
        with Store.open(file) as store:
            found: dict[str, Any] = {"messages": messages, "queries": queries}
            found["words_indexed_s"] = round(_ms(store.search.catch_up) / 1000, 1)
            found["turns_taken_over_s"] = round(_ms(store.traces.catch_up) / 1000, 1)
            embedder = SyntheticEmbedder()
            found |= _searches(History(store, lambda: embedder), queries)
            moment = now()
            month = Period(start=moment - timedelta(days=30), end=moment)
            found["figures_ms"] = round(_ms(lambda: figures(store, month, moment=moment)))
            found["file_mb"] = round(file.stat().st_size / 1e6)
        return found


def _searches(history: History, queries: int) -> dict[str, float]:
    questions = [*_plain_texts(queries + 5, words=5, seed=3)]
    someone = SearchFilter(customer_id="customer7")
    kinds: dict[str, Callable[[str], object]] = {
        "search": history.search,
        "of_a_customer": lambda query: history.search(query, someone),
        "with_id": lambda query: history.search(f"{query} #W{1_000_000 + len(query)}"),
    }
    found = {}
    for name, search in kinds.items():
        for question in questions[:5]:
            search(question)
        p50, p95 = np.percentile([_ms(partial(search, question)) for question in questions[5:]], [50, 95])
        found |= {f"{name}_p50_ms": round(float(p50), 1), f"{name}_p95_ms": round(float(p95), 1)}
    return found


def _plain_texts(count: int, *, words: int, seed: int) -> Iterator[str]:
    return (text.translate(_AS_LETTERS) for text in _texts(count, words=words, seed=seed))


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _fill(file: Path, messages: int) -> None:
    """Rows straight into the file: what is measured comes after."""
    conversations = messages // PER_CONVERSATION
    generator = np.random.default_rng(5)
    texts = [
        f"{text} #W{1_000_000 + n}" if n % 20 == 0 else text
        for n, text in enumerate(_plain_texts(messages, words=WORDS_PER_MESSAGE, seed=6))
    ]
    vectors = generator.normal(size=(messages, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    signs = np.packbits(vectors > 0, axis=1, bitorder="little").view("<u8")
    said = pa.table(
        {
            "seq": np.arange(1, messages + 1),
            "text": texts,
            "vector": [vector.tobytes() for vector in vectors],
            **{f"s{n}": np.ascontiguousarray(signs[:, n]) for n in range(signs.shape[1])},
            "score": generator.uniform(-1, 1, messages),
        }
    )
    with duckdb.connect(str(file), config=dict(CONFIG)) as database:
        database.register("said", said)
        moment = "now()::TIMESTAMP - to_minutes((100000 - seq)::BIGINT)"
        talk = f"'c' || ((seq - 1) // {PER_CONVERSATION})"
        database.execute(
            f'INSERT INTO messages (seq, id, conversation_id, role, text, "at", run_id)'
            f" SELECT seq, 'm' || seq, {talk}, CASE seq % 2 WHEN 1 THEN 'customer' ELSE 'desk' END,"
            f" text, {moment}, CASE seq % 2 WHEN 0 THEN 'r' || (seq - 1) END FROM said"
        )
        database.execute(
            "INSERT INTO conversations (id, customer_id, writer, identity, state, pending, opened_at, updated_at)"
            f" SELECT 'c' || n, 'customer' || n % {CUSTOMERS}, 'A customer', '{{}}', 'open',"
            f" NULL, now()::TIMESTAMP - to_minutes((({conversations} - n) * {PER_CONVERSATION})::BIGINT),"
            f" now()::TIMESTAMP FROM range({conversations}) AS t(n)"
        )
        turn = {"sentiment": {"label": "neutral", "score": 0.0}, "decision": "reply", "notes": [], "tools": []}
        filler = {"reply": "x" * 400, "grounding": {"unsupported": []}, "timings_ms": {"guard": 1, "total": 9}}
        database.execute(
            "INSERT INTO runs"
            " (id, conversation_id, message_id, state, turn, reason, started_at, finished_at, seq)"
            f" SELECT 'r' || seq, {talk}, 'm' || seq, 'finished', json_merge_patch(?::JSON,"
            f" json_object('intent', json_object('name', {list(_INTENTS)}[1 + seq % {len(_INTENTS)}]))), NULL,"
            f" {moment}, {moment}, seq FROM said WHERE seq % 2 = 1",
            [json.dumps({**turn, **filler})],
        )
        database.execute(
            "INSERT INTO message_vectors (message_seq, embedder, s0, s1, s2, s3, s4, s5, vector)"
            " SELECT seq, 'synthetic', s0, s1, s2, s3, s4, s5, vector FROM said"
        )


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
