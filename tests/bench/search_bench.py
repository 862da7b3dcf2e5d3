"""How long a search takes among 100,000 passages, the query's embedding aside."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cxdesk import offline

offline.silence()

from cxdesk.domain import Document, now  # noqa: E402
from cxdesk.knowledge import Knowledge, MemoryShelf  # noqa: E402

PASSAGES = 100_000
DOCUMENTS = 1_000
QUERIES = 200
WORDS_PER_PASSAGE = 60
_VOCABULARY = 20_000
_TOPICS = 500


class SyntheticEmbedder:
    """Vectors of a real model's size that lie in loose clusters, made from the text's hash in microseconds."""

    name, dimension = "synthetic", 384

    def __init__(self) -> None:
        self._topics = np.random.default_rng(0).normal(size=(_TOPICS, self.dimension))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        digests = [crc32(text.encode()) for text in texts]
        noise = np.stack([np.random.default_rng(digest).normal(size=self.dimension) for digest in digests])
        vectors = self._topics[[digest % _TOPICS for digest in digests]] + 1.5 * noise
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def measure(passages: int = PASSAGES, queries: int = QUERIES) -> dict[str, Any]:
    """Milliseconds of a hybrid search, p50 and p95, and seconds that building the index took."""
    with tempfile.TemporaryDirectory(prefix="cxdesk-bench-") as folder:
        shelf = MemoryShelf()
        for document in _documents(passages):
            shelf.put(document)
        knowledge = Knowledge(Path(folder) / "index", shelf, SyntheticEmbedder())
        started = time.perf_counter()
        indexed = knowledge.reindex()
        build_s = time.perf_counter() - started
        questions = [*_texts(queries + 5, words=8, seed=1)]
        for question in questions[:5]:  # The first reads fill the caches that a running desk has filled.
            knowledge.search(question)
        times_ms = [_time_ms(knowledge, question) for question in questions[5:]]
    p50, p95 = np.percentile(times_ms, [50, 95])
    return {
        "passages": indexed,
        "queries": queries,
        "p50_ms": round(float(p50), 1),
        "p95_ms": round(float(p95), 1),
        "build_s": round(build_s, 1),
    }


def _time_ms(knowledge: Knowledge, question: str) -> float:
    started = time.perf_counter()
    knowledge.search(question)
    return (time.perf_counter() - started) * 1000


def _documents(passages: int) -> Iterator[Document]:
    texts = _texts(passages, words=WORDS_PER_PASSAGE, seed=2)
    each = max(1, passages // DOCUMENTS)
    for number in range(passages // each):
        text = "\n\n".join(f"## Section {section}\n\n{next(texts)}" for section in range(each))
        name = f"document-{number}.md"
        yield Document(name=name, title=f"Document {number}", text=text, content_hash=name, added_at=now())


def _texts(count: int, *, words: int, seed: int) -> Iterator[str]:
    """Texts whose words are as unevenly frequent as a language's."""
    frequency = 1 / np.arange(1, _VOCABULARY + 1)
    drawn = np.random.default_rng(seed).choice(_VOCABULARY, size=(count, words), p=frequency / frequency.sum())
    for row in drawn:
        yield " ".join(f"word{number}" for number in row)


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
