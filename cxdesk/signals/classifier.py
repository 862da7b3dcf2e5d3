"""Which label a text has, learned from examples: every example votes as much as it resembles the text.

Resemblance is that of meaning (a Gaussian of the embeddings' distance) plus that of wording (words and pieces
of words, TF-IDF). The weights of the votes come from regularised least squares, which has a closed form: some
hundred examples are fitted in well under a second, and what the classifier would say of each example had it not
seen it comes with the same calculation. On these left-out votes the probabilities are calibrated.

Many examples would make the calculation large, so beyond `LANDMARKS` a sample of them votes, weighted so as
to fit them all (Williams and Seeger, NIPS 2000). One label, `OOS`, stands for everything else a text may be about.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, pairwise
from math import log, sqrt
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from cxdesk.domain import IntentScore, Invalid
from cxdesk.ports import Embedder

OOS = "oos"
LANDMARKS = 4000

# What a wrong answer costs beside a needless "I can't help with that", and how many messages are out of scope.
COST_OF_WRONG = 1.5
OOS_SHARE = 0.2

# Chosen on the validation parts of two public sets of intents; values near them do as well.
_MEANING_WIDTH = 1.0
_WORDING_WEIGHT = 0.3
_RIDGE = 0.3
# Keeps the landmarks' matrix invertible when two examples are the same.
_JITTER = 1e-4
# The margins of validation cases are blurred by this much: a few dozen cases out of scope are a rough picture.
_BLUR = 0.04
# Bump it when a fitted classifier of an older program may not be used any more.
_FORMAT = 1

_WORD = re.compile(r"\w+")
_SHARPNESS = np.geomspace(1.0, 60.0, 60)

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class IntentClassifier:
    """Labels texts with calibrated probabilities. Made by `fit` or `load`; immutable and safe on several threads.

    `threshold` is by how much a text's best label must outweigh `OOS` for the text to count as in scope.
    """

    names: tuple[str, ...]
    key: str
    sharpness: float
    threshold: float
    _texts: tuple[str, ...]
    _labels: tuple[str, ...]
    _vectors: Vectors
    _weights: Floats
    _resemblance: _Resemblance
    _embedder: Embedder

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], embedder: Embedder) -> Self:
        """Learn from examples, with the default cost of a wrong answer.

        The same examples give the same classifier. Raises `Invalid` without examples of two labels at least.
        """
        names, truth = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
        if len(texts) != len(labels) or len(names) < 2:
            raise Invalid("A classifier needs a label for each example, and at least two labels. Add examples.")
        vectors = embedder.embed(texts)
        resemblance = _Resemblance(texts, vectors, _landmarks(len(texts)))
        weights, left_out = _solve(resemblance, texts, vectors, np.eye(len(names))[truth])
        seen = truth[resemblance.landmarks]
        fitted = cls(
            names=tuple(str(name) for name in names),
            key=examples_key(texts, labels, embedder.name),
            sharpness=_sharpness(left_out, seen),
            threshold=-np.inf,
            _texts=tuple(texts),
            _labels=tuple(labels),
            _vectors=vectors,
            _weights=weights,
            _resemblance=resemblance,
            _embedder=embedder,
        )
        return fitted._with_threshold(left_out, [labels[place] for place in resemblance.landmarks])

    def predict(self, texts: Sequence[str]) -> list[list[IntentScore]]:
        """All labels with their probabilities for each text, best first. One call of the embedder."""
        if not texts:
            return []
        return [self._ranked(row) for row in self._probabilities(self._scores(texts))]

    def choose_threshold(
        self,
        texts: Sequence[str],
        labels: Sequence[str],
        cost_of_wrong: float = COST_OF_WRONG,
        *,
        oos_share: float = OOS_SHARE,
    ) -> Self:
        """The same classifier, out of scope told where it costs least on these validation cases.

        A wrong answer costs `cost_of_wrong`, turning down a text that was in scope costs 1. Cases are weighted
        so that `oos_share` of them are out of scope. Without cases out of scope the threshold stays.
        """
        return self._with_threshold(self._scores(texts), labels, cost_of_wrong, oos_share)

    def with_embedder(self, embedder: Embedder) -> Self:
        """The same classifier with another way to the same vectors."""
        return replace(self, _embedder=embedder)

    def known_vectors(self) -> dict[str, Vectors]:
        """The examples' embeddings by their text, so that fitting again embeds only new ones."""
        return dict(zip(self._texts, self._vectors, strict=True))

    def save(self, file: Path) -> None:
        """Keep everything in one .npz file. An older one stays whole until the new one is written."""
        unfinished = file.with_name(f"{file.stem}.{os.getpid()}.part.npz")
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        np.savez(
            unfinished,
            key=self.key,
            names=np.array(self.names),
            texts=np.array(self._texts),
            labels=np.array(self._labels),
            vectors=self._vectors,
            weights=self._weights,
            numbers=np.array([self.sharpness, self.threshold]),
        )
        unfinished.replace(file)

    @classmethod
    def load(cls, file: Path, embedder: Embedder) -> Self | None:
        """What `save` kept; None when it is not there, damaged, or of another embedder or version.

        Compare `key` with `examples_key` of today's examples to see whether it is up to date.
        """
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
                texts, labels = tuple(kept["texts"].tolist()), tuple(kept["labels"].tolist())
                vectors, key = kept["vectors"], str(kept["key"])
                if key != examples_key(texts, labels, embedder.name):
                    return None
                return cls(
                    names=tuple(kept["names"].tolist()),
                    key=key,
                    sharpness=float(kept["numbers"][0]),
                    threshold=float(kept["numbers"][1]),
                    _texts=texts,
                    _labels=labels,
                    _vectors=vectors,
                    _weights=kept["weights"],
                    _resemblance=_Resemblance(texts, vectors, _landmarks(len(texts))),
                    _embedder=embedder,
                )
        except (OSError, ValueError, KeyError, IndexError, EOFError, BadZipFile):
            return None  # A cache: whatever is wrong with it, fitting again mends it.

    def _scores(self, texts: Sequence[str]) -> Floats:
        votes: Floats = self._resemblance(texts, self._embedder.embed(texts)) @ self._weights
        return votes

    def _probabilities(self, scores: Floats) -> Floats:
        shifted = scores.copy()
        if OOS in self.names and np.isfinite(self.threshold):
            shifted[:, self.names.index(OOS)] += self.threshold
        return _softmax(self.sharpness * shifted)

    def _ranked(self, probabilities: Floats) -> list[IntentScore]:
        best_first = np.argsort(-probabilities, kind="stable")
        return [IntentScore(name=self.names[n], confidence=round(float(probabilities[n]), 4)) for n in best_first]

    def _with_threshold(
        self,
        scores: Floats,
        labels: Sequence[str],
        cost_of_wrong: float = COST_OF_WRONG,
        oos_share: float = OOS_SHARE,
    ) -> Self:
        outside = np.array([label == OOS for label in labels])
        if OOS not in self.names or not outside.any() or outside.all():
            return self
        place = self.names.index(OOS)
        in_scope = np.delete(scores, place, axis=1)
        best = np.delete(np.array(self.names), place)[in_scope.argmax(axis=1)]
        margins = in_scope.max(axis=1) - scores[:, place]
        weights = np.where(outside, oos_share / outside.sum(), (1 - oos_share) / (~outside).sum())
        answered = weights * cost_of_wrong * (best != np.array(labels))
        refused = weights * ~outside
        return replace(self, threshold=_cheapest(margins, answered, refused))


class _Resemblance:
    """How much texts resemble the landmarks among the examples: a matrix of one row a text."""

    def __init__(self, texts: Sequence[str], vectors: Vectors, landmarks: NDArray[np.intp]) -> None:
        self.landmarks = landmarks
        self._vectors = vectors[landmarks]
        self._wording = _Wording(texts, landmarks)

    def __call__(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        meaning: Vectors = np.exp(2 * _MEANING_WIDTH * (vectors @ self._vectors.T - 1), dtype=np.float32)
        for row, text in zip(meaning, texts, strict=True):
            self._wording.add_to(row, text)
        return meaning


class _Wording:
    """TF-IDF cosine of words and word pairs, and of pieces of words, each half of it: kept as an inverted index."""

    def __init__(self, texts: Sequence[str], landmarks: NDArray[np.intp]) -> None:
        counts = [_grams(text) for text in texts]
        seen = Counter(chain.from_iterable(counts))
        self._rarity = {gram: log((1 + len(texts)) / (1 + n)) + 1 for gram, n in seen.items()}
        numbers = {gram: number for number, gram in enumerate(seen)}
        chosen = [counts[place] for place in landmarks]
        columns = np.repeat(np.arange(len(chosen)), [len(grams) for grams in chosen])
        found = np.fromiter((numbers[gram] for grams in chosen for gram in grams), dtype=np.intp, count=len(columns))
        weights = np.fromiter(chain.from_iterable(grams.values() for grams in chosen), dtype=np.float64)
        weights *= np.array(list(self._rarity.values()))[found]
        halves = 2 * columns + np.array([gram[0] == "#" for gram in seen])[found]
        weights /= np.sqrt(2 * np.bincount(halves, weights**2))[halves]
        by_gram = np.argsort(found, kind="stable")
        ends = np.cumsum(np.bincount(found, minlength=len(seen)))
        columns, light = columns[by_gram], weights[by_gram].astype(np.float32)
        self._postings = {
            gram: (columns[start:end], light[start:end])
            for gram, start, end in zip(seen, (0, *ends), ends, strict=False)
            if end > start
        }

    def add_to(self, row: Vectors, text: str) -> None:
        """Add the weighted likeness of a text's wording to each landmark's place in the row."""
        for gram, weight in self._weighted(_grams(text)):
            if gram in self._postings:
                columns, weights = self._postings[gram]
                row[columns] += np.float32(_WORDING_WEIGHT * weight) * weights

    def _weighted(self, grams: Mapping[str, int]) -> Iterator[tuple[str, float]]:
        known = {gram: count * self._rarity[gram] for gram, count in grams.items() if gram in self._rarity}
        lengths = [0.0, 0.0]
        for gram, weight in known.items():
            lengths[gram[0] == "#"] += weight * weight
        for gram, weight in known.items():
            yield gram, weight / sqrt(2 * lengths[gram[0] == "#"])


def _grams(text: str) -> Counter[str]:
    """Words and pairs of words, and pieces of 3 and 4 characters, which are marked with '#'."""
    words = _WORD.findall(text.lower())
    grams = Counter(words)
    grams.update(f"{first} {second}" for first, second in pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in (3, 4):
            grams.update(f"#{padded[n : n + size]}" for n in range(max(1, len(padded) - size + 1)))
    return grams


def examples_key(texts: Sequence[str], labels: Sequence[str], embedder_name: str) -> str:
    """A hash of everything that a fitted classifier depends on: another key, another classifier."""
    parts = [str(_FORMAT), embedder_name, *(f"{label}\t{text}" for text, label in zip(texts, labels, strict=True))]
    return sha256("\n".join(parts).encode()).hexdigest()


def _landmarks(examples: int) -> NDArray[np.intp]:
    """All examples, or a sample that is always the same."""
    return np.sort(np.random.default_rng(0).permutation(examples)[:LANDMARKS])


def _solve(resemblance: _Resemblance, texts: Sequence[str], vectors: Vectors, targets: Floats) -> tuple[Floats, Floats]:
    """The votes' weights, and the scores that each landmark gets when it is left out.

    Ridge regression on features in which the landmarks' resemblances are inner products. Leaving one out changes
    its fitted score by its residual over one minus its leverage, so nothing is fitted twice.
    """
    likeness = resemblance(texts, vectors)
    at_landmarks = likeness[resemblance.landmarks].astype(np.float64)
    size = len(at_landmarks)
    whiten = np.linalg.inv(np.linalg.cholesky(at_landmarks + _JITTER * np.eye(size))).T
    features = likeness @ whiten.astype(np.float32)
    inverse = np.linalg.inv((features.T @ features).astype(np.float64) + _RIDGE * np.eye(size))
    solution = inverse @ (features.T @ targets)
    seen = features[resemblance.landmarks].astype(np.float64)
    fitted, truth = seen @ solution, targets[resemblance.landmarks]
    leverage = np.einsum("ij,ij->i", seen @ inverse, seen)[:, None]
    return whiten @ solution, (fitted - leverage * truth) / (1 - leverage)


def _sharpness(scores: Floats, truth: NDArray[np.intp]) -> float:
    """The factor before the softmax that makes the true labels likeliest."""
    rows = np.arange(len(truth))
    likelihood = [np.log(_softmax(s * scores)[rows, truth] + 1e-12).mean() for s in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmax(likelihood))])


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _cheapest(margins: Floats, answered: Floats, refused: Floats) -> float:
    """The margin below which refusing costs least in all, given what each case costs either way.

    Each case stands for others near it, so that the choice does not hang on where a few of them happen to lie.
    """
    candidates = np.append(-np.inf, np.quantile(margins, np.linspace(0, 1, 400)))
    below = 1 / (1 + np.exp(np.clip((margins - candidates[:, None]) / _BLUR, -50, 50)))
    return float(candidates[np.argmin(below @ (refused - answered))])
