"""Remembers vectors: the sentences of much-asked passages are compared again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from cxdesk.ports import Embedder

CAPACITY = 20_000
"""Texts that are remembered; with 384 dimensions that is 31 MB."""


class MemoEmbedder:
    """An `Embedder` that embeds each text once; the least recently used are forgotten. Safe in several threads."""

    def __init__(self, embedder: Embedder, capacity: int = CAPACITY) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = self._recall(texts)
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= dict(zip(new, self._embedder.embed(new), strict=True))
        self._remember(found)
        return np.stack([found[text] for text in texts]) if texts else self._embedder.embed([])

    def _recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            return {text: self._known[text] for text in texts if text in self._known}

    def _remember(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            for text, vector in vectors.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)
