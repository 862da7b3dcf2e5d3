"""Does the search find the documents that answer a question, and does fusing two searches pay?

Documents rank by their best passage. Beside the desk's own search stand its two halves and the plain
reciprocal-rank fusion of them, from the same candidates: what the desk's way must not fall below.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cxdesk.domain import Hit, Invalid
from cxdesk.evals.report import EvalReport, Failure
from cxdesk.knowledge import Knowledge, MemoryShelf
from cxdesk.ports import Embedder, Progress

CUTOFFS = (1, 3, 5, 10)
_RRF_K = 60

Ranking = list[str]


def run_retrieval(
    cases: Sequence[dict[str, Any]],
    docs: Path,
    embedder: Embedder,
    workdir: Path,
    *,
    progress: Progress | None = None,
) -> EvalReport:
    """Index `docs` in `workdir` and score the cases `{"id", "question", "relevant": [names]}`.

    recall@k is the share of a case's relevant documents among the first k, mrr the inverse rank of the
    first relevant one, both averaged over cases. Names without a prefix are the hybrid's; 'dense.',
    'keyword.' and 'rrf.' precede the others'. Cases with nothing relevant are left out and counted. A case
    fails when no relevant document is among the hybrid's first 5.
    """
    started = time.monotonic()
    scored = [case for case in cases if _field(case, "relevant")]
    knowledge = Knowledge(workdir / "retrieval-index", MemoryShelf(), embedder)
    knowledge.add([docs], progress=progress)
    rankings = [_rankings(knowledge.candidates(_field(case, "question"))) for case in scored]
    metrics: dict[str, float | int | None] = {}
    for way, prefix in (("hybrid", ""), ("dense", "dense."), ("keyword", "keyword."), ("rrf", "rrf.")):
        pairs = [(ranked[way], set(case["relevant"])) for ranked, case in zip(rankings, scored, strict=True)]
        metrics |= {f"{prefix}{name}": value for name, value in _scores(pairs).items()}
    return EvalReport(
        suite="retrieval",
        n=len(scored),
        metrics=metrics | {"left_out": len(cases) - len(scored)},
        failures=tuple(
            _failure(case, ranked["hybrid"])
            for case, ranked in zip(scored, rankings, strict=True)
            if not set(case["relevant"]) & set(ranked["hybrid"][:5])
        ),
        model=embedder.name,
        seconds=round(time.monotonic() - started, 1),
        reasons={} if scored else dict.fromkeys(metrics, "No case names a relevant document."),
    )


def recall_at(k: int, ranking: Sequence[str], relevant: set[str]) -> float:
    """The share of the relevant documents that stand among the first k."""
    return len(relevant & set(ranking[:k])) / len(relevant)


def reciprocal_rank(ranking: Sequence[str], relevant: set[str]) -> float:
    """1 / rank of the first relevant document; 0 when none was found."""
    return next((1 / rank for rank, name in enumerate(ranking, start=1) if name in relevant), 0.0)


def _scores(pairs: Sequence[tuple[Ranking, set[str]]]) -> dict[str, float | None]:
    recalls = {f"recall@{k}": _mean([recall_at(k, *pair) for pair in pairs]) for k in CUTOFFS}
    return recalls | {"mrr": _mean([reciprocal_rank(*pair) for pair in pairs])}


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _rankings(hits: Sequence[Hit]) -> dict[str, Ranking]:
    dense = sorted((hit for hit in hits if hit.dense_rank), key=lambda hit: hit.dense_rank or 0)
    keyword = sorted((hit for hit in hits if hit.keyword_rank), key=lambda hit: hit.keyword_rank or 0)
    plain = sorted(hits, key=_reciprocal_rank_fusion, reverse=True)
    ways = {"hybrid": hits, "dense": dense, "keyword": keyword, "rrf": plain}
    return {way: _documents(ranked) for way, ranked in ways.items()}


def _reciprocal_rank_fusion(hit: Hit) -> float:
    return sum(1 / (_RRF_K + rank) for rank in (hit.dense_rank, hit.keyword_rank) if rank)


def _documents(hits: Iterable[Hit]) -> Ranking:
    return list(dict.fromkeys(hit.passage.document for hit in hits))


def _failure(case: dict[str, Any], ranking: Ranking) -> Failure:
    why = "no relevant document among the first 5"
    return Failure(id=str(case["id"]), expected=sorted(case["relevant"]), got=ranking[:5], why=why)


def _field(case: dict[str, Any], name: str) -> Any:
    if name not in case:
        raise Invalid(f"Case {case.get('id')!r} has no {name!r}. A retrieval case has id, question and relevant.")
    return case[name]
