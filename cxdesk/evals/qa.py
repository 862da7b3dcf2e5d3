"""Does the desk answer what its documents answer, and keep silent where they don't?

Each question goes through a whole turn of a desk that knows these documents and nothing else. It counts as answered
when the reply rests on a document: a polite decline, a question back and a handoff are no answers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cxdesk.desk import Desk
from cxdesk.domain import DecisionKind, Invalid, Turn
from cxdesk.evals.matching import says
from cxdesk.evals.report import EvalReport, Failure
from cxdesk.ports import Progress

_WHY_MISSING = {
    "answered_unanswerable": "No case is unanswerable.",
    "coverage": "No case is answerable.",
    "correct_when_answered": "No answerable case was answered.",
}


def run_qa(cases: Sequence[dict[str, Any]], docs: Path, desk: Desk, *, progress: Progress | None = None) -> EvalReport:
    """Ask the cases `{"id", "question", "answerable", "answers"}` of a desk that is given `docs`. The desk is changed.

    `answered_unanswerable` is the share of the unanswerable questions that got an answer, `coverage` that of the
    answerable ones, `answered` that of all; `correct_when_answered` is how many of the answerable ones' answers have
    an accepted answer in them. A case fails when it was answered and should not have been, or wrongly.
    """
    begun = time.perf_counter()
    questions = [(_field(case, "question"), bool(_field(case, "answerable"))) for case in cases]
    desk.knowledge.add([docs], progress=progress)
    turns = []
    for number, (question, _) in enumerate(questions, start=1):
        turns.append(desk.ask(question))
        if progress:
            progress(number, len(cases), "qa")
    given = [rests_on_documents(turn) for turn in turns]
    right = [any(says(turn.reply, a) for a in case.get("answers", ())) for case, turn in zip(cases, turns, strict=True)]
    able = [answerable for _, answerable in questions]
    metrics = {
        "answered_unanswerable": _share([g for g, a in zip(given, able, strict=True) if not a]),
        "coverage": _share([g for g, a in zip(given, able, strict=True) if a]),
        "correct_when_answered": _share([r for r, g, a in zip(right, given, able, strict=True) if g and a]),
        "answered": _share(given),
    }
    model = desk.language_model()
    return EvalReport(
        suite="qa",
        n=len(cases),
        metrics=metrics,
        failures=tuple(
            _failure(case, turn)
            for case, turn, g, r in zip(cases, turns, given, right, strict=True)
            if g and not (r and case["answerable"])
        ),
        model=model.name if model else "none",
        seconds=round(time.perf_counter() - begun, 1),
        reasons={name: _WHY_MISSING[name] for name, value in metrics.items() if value is None},
    )


def rests_on_documents(turn: Turn) -> bool:
    """Whether a turn replied with something that a document says."""
    return turn.decision.kind is DecisionKind.reply and any(s.document for s in turn.grounding.sentences)


def _share(outcomes: Sequence[bool]) -> float | None:
    return round(sum(outcomes) / len(outcomes), 4) if outcomes else None


def _failure(case: dict[str, Any], turn: Turn) -> Failure:
    why = "no accepted answer stands in the reply" if case["answerable"] else "nothing answers it, yet it was answered"
    return Failure(id=str(case["id"]), expected=list(case.get("answers", ())), got=turn.reply, why=why)


def _field(case: dict[str, Any], name: str) -> Any:
    if name not in case:
        raise Invalid(f"Case {case.get('id')!r} has no {name!r}. A qa case has id, question, answerable and answers.")
    return case[name]
