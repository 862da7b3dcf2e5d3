"""An embedder without weights, for tests about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")


class ToyEmbedder:
    """Counts hashed words and character trigrams: texts that share words lie close, nothing else is meant.

    Deterministic on every machine and in every process. A text without a word gives the first axis.
    """

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        return f"toy-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text, in the order given."""
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self._dimension)

    def _vector(self, text: str) -> NDArray[np.float64]:
        vector = np.zeros(self._dimension)
        for feature, weight in _features(text):
            digest = crc32(feature.encode())
            # The sign keeps chance collisions from adding up.
            vector[digest % self._dimension] += weight if digest & 0x80000000 else -weight
        length = float(np.linalg.norm(vector))
        return vector / length if length else np.eye(1, self._dimension)[0]


def _features(text: str) -> Iterator[tuple[str, float]]:
    for word in _WORD.findall(text.lower()):
        yield word, 1.0
        marked = f"<{word}>"
        for start in range(len(marked) - 2):
            yield marked[start : start + 3], 0.3
