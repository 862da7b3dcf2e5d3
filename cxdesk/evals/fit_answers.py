"""Fits the weights by which the desk tells whether a sentence answers a question.

    python -m cxdesk.evals.fit_answers OUT CASES DOCS WEIGHT [CASES DOCS WEIGHT ...]

CASES are case files of the suite `qa`. A case whose relevant documents are not in DOCS counts as one that nothing
answers, so the same questions over other documents are examples of that. WEIGHT is what each of its cases counts.
Before the fit on all cases, each group of cases (their field 'article', else every fifth case) is scored by weights
fitted without it; the table printed is of these scores. The weights in the repository come from the encyclopedia
questions over their own documents (1), the same over the demo shop's (0.2), and tests/agent/shop_questions_train.jsonl
and policy_questions_train.jsonl over the demo shop's documents and a retail policy (3 each).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.agent.answerability import Scorer, Signs, bundled_vocabulary
from cxdesk.agent.answers import Candidate, find_candidates, quote_around, read_signs, rival, subject_of
from cxdesk.agent.customer_voice import speaks_to_staff
from cxdesk.agent.tools import PASSAGES_PER_QUESTION
from cxdesk.domain import Audience
from cxdesk.evals.matching import says
from cxdesk.evals.report import read_cases
from cxdesk.knowledge import Knowledge, MemoryShelf
from cxdesk.llm.embedder import open_embedder
from cxdesk.llm.memo import MemoEmbedder
from cxdesk.ports import Embedder
from cxdesk.settings import models_dir

SENTENCE_SIGNS = (
    "constant meaning heading_meaning words topic_words heading_covered rarest_missing search first_by_meaning "
    "first_by_words place names_missing numbers_missing only_question_denies wanted_fact leave "
    "question_length answer_length"
).split()
ANSWER_SIGNS = (
    "constant rank lead meaning names names_missing numbers_missing only_question_denies rarest_missing passage_words "
    "wanted_fact leave"
).split()
# What a wrong answer costs beside a needless handoff: quoted from a text that speaks to its reader, and from others.
COST_OF_WRONG, COST_OF_WRONG_FACT = 0.6, 2.0
_RIDGE = 1.0
_STEPS = 50

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A question with its candidates. `right`: those that have the answer; `quoted`: those whose quote has it."""

    group: str
    weight: float
    answerable: bool
    question: str
    seen: Sequence[tuple[Candidate, Signs]]
    texts: Sequence[str]
    right: Sequence[bool]
    quoted: Sequence[bool]


def fit(examples: Sequence[Example], scorer_of: Callable[[dict[str, float], dict[str, float]], Scorer]) -> Scorer:
    """The scorer that fits the examples best. Deterministic."""
    rows = [(e, signs, right) for e in examples for (_, signs), right in zip(e.seen, e.right, strict=True)]
    sentence = _regress(SENTENCE_SIGNS, [s for _, s, _ in rows], [r for *_, r in rows], [e.weight for e, *_ in rows])
    half = scorer_of(sentence, {})
    best = [(e, *_best(e, half)) for e in examples if e.seen]
    answer = _regress(
        ANSWER_SIGNS, [signs for *_, signs in best], [e.quoted[n] for e, n, _ in best], [e.weight for e, *_ in best]
    )
    return scorer_of(sentence, answer)


def examples_of(cases_file: Path, docs: Path, weight: float, embedder: Embedder) -> list[Example]:
    """The cases of a file as they look to the desk over these documents."""
    with tempfile.TemporaryDirectory(prefix="cxdesk-fit-") as scratch:
        knowledge = Knowledge(Path(scratch), MemoryShelf(), embedder)
        knowledge.add([docs])
        staff = {d.name: d.audience is Audience.internal or speaks_to_staff(d.text) for d in knowledge.list()}
        cases = read_cases(cases_file)
        return [_example(n, case, weight, knowledge, staff, embedder) for n, case in enumerate(cases)]


def _example(
    number: int, case: dict[str, Any], weight: float, knowledge: Knowledge, staff: dict[str, bool], embedder: Embedder
) -> Example:
    hits = knowledge.search(case["question"], k=PASSAGES_PER_QUESTION)
    relevant = set(case.get("relevant", ())) & staff.keys()
    candidates = find_candidates(hits, staff.__getitem__)
    vocabulary = bundled_vocabulary()
    seen = read_signs(case["question"], candidates, hits, embedder, vocabulary)
    answers = case.get("answers", ()) if relevant else ()
    subjects = [subject_of(case["question"], hits[candidate.hit].passage) for candidate, _ in seen]
    quotes = [
        " ".join(c.text for c in quote_around(candidate, candidates, subject, vocabulary))
        for (candidate, _), subject in zip(seen, subjects, strict=True)
    ]
    return Example(
        group=str(case.get("article", number % 5)),
        weight=weight,
        answerable=bool(relevant and case.get("answerable", True)),
        question=case["question"],
        seen=seen,
        texts=[hits[c.hit].passage.text for c, _ in seen],
        right=[any(says(c.text, a) for a in answers) and hits[c.hit].passage.document in relevant for c, _ in seen],
        quoted=[any(says(quote, a) for a in answers) for quote in quotes],
    )


def _best(example: Example, scorer: Scorer) -> tuple[int, Signs]:
    ranks = [scorer.rank(signs) for _, signs in example.seen]
    place = int(np.argmax(ranks))
    candidate, signs = example.seen[place]
    lead = ranks[place] - rival(candidate, example.seen, ranks)
    return place, {**signs, "rank": ranks[place], "lead": lead}


def _regress(
    names: Sequence[str], signs: Sequence[Signs], right: Sequence[bool], weights: Sequence[float]
) -> dict[str, float]:
    """Logistic regression by Newton's method, with a ridge on signs that are scaled to one spread."""
    x = np.array([[row[name] for name in names] for row in signs], dtype=np.float64)
    y, w = np.array(right, dtype=np.float64), np.array(weights, dtype=np.float64)
    spread = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    x, ridge = x / spread, np.where(np.array(names) == "constant", 0.0, _RIDGE)
    beta = np.zeros(len(names))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (w * (y - p)) - ridge * beta
        curvature = (x.T * (w * p * (1 - p))) @ x + np.diag(ridge + 1e-9)
        beta = beta + np.linalg.solve(curvature, gradient)
    return {name: round(float(value), 4) for name, value in zip(names, beta / spread, strict=True)}


# ---------------------------------------------------------------- the command


def _scorer(sentence: dict[str, float], answer: dict[str, float]) -> Scorer:
    lenient, strict = (round(cost / (1 + cost), 3) for cost in (COST_OF_WRONG, COST_OF_WRONG_FACT))
    return Scorer(sentence, answer, lenient, strict, bundled_vocabulary())


def _left_out(sets: Sequence[Sequence[Example]]) -> str:
    """How each set fares when its groups are scored by weights fitted without them."""
    lines = []
    for examples in sets:
        outcomes = []
        for group in sorted({e.group for e in examples}):
            fitted = fit([e for s in sets for e in s if e.group != group or s is not examples], _scorer)
            outcomes += [(e.answerable, *_outcome(e, fitted)) for e in examples if e.group == group]
        yes, no = [o for o in outcomes if o[0]], [o for o in outcomes if not o[0]]
        given = [o for o in yes if o[1]]
        lines.append(
            f"answerable {len(yes)}: answered {len(given)}, right {sum(o[2] for o in given)}; "
            f"unanswerable {len(no)}: answered {sum(o[1] for o in no)}"
        )
    return "\n".join(lines)


def _outcome(example: Example, scorer: Scorer) -> tuple[bool, bool]:
    if not example.seen:
        return False, False
    place, signs = _best(example, scorer)
    likely = scorer.probability(signs["rank"], signs["lead"], signs)
    return scorer.is_enough(likely, example.question, example.texts[place]), example.quoted[place]


def _as_toml(scorer: Scorer) -> str:
    lines = [
        "# Written by `python -m cxdesk.evals.fit_answers`; see cxdesk/agent/answerability.py for what the signs mean.",
        f"threshold = {scorer.threshold}",
        f"threshold_of_facts = {scorer.threshold_of_facts}",
    ]
    for table, weights in (("sentence", scorer.sentence), ("answer", scorer.answer)):
        lines += ["", f"[{table}]", *(f"{name} = {weight}" for name, weight in weights.items())]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> None:
    out, *rest = arguments
    embedder = MemoEmbedder(open_embedder(models_dir() / "all-minilm-l6-v2"))
    triples = list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
    sets = [examples_of(Path(cases), Path(docs), float(weight), embedder) for cases, docs, weight in triples]
    print(_left_out(sets))
    Path(out).write_text(_as_toml(fit([e for examples in sets for e in examples], _scorer)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
