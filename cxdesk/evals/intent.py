"""Is the intent of a message found, and is a message that is about something else turned down?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cxdesk.domain import Invalid
from cxdesk.evals.report import EvalReport, Failure
from cxdesk.ports import Embedder
from cxdesk.signals.classifier import OOS, IntentClassifier
from cxdesk.signals.intent import OUT_OF_SCOPE, Intents

Cases = Sequence[Mapping[str, Any]]
Pair = tuple[str, str]


def run_intent(
    cases: Cases,
    intents: Intents,
    *,
    embedder: Embedder,
    train: Cases | None = None,
    val: Cases | None = None,
) -> EvalReport:
    """Score the cases `{"id", "text", "intent"}`, where the intent `oos` means out of scope.

    With `train` a classifier is fitted on those cases, whatever their labels, and out of scope is told by the
    threshold chosen on `val`. Without it the desk's own `intents` answer: compared by their coarser set when all the
    cases' intents belong to one, else by name. A rejected in-scope case is wrong.
    """
    started = time.monotonic()
    texts, expected = _columns(cases)
    if train is None:
        named = _own(intents, expected)
        got = [named(intent.name) for intent in intents.judge_all(texts)]
    else:
        got = [ranked[0].name for ranked in _fitted(train, val, embedder).predict(texts)]
    pairs = list(zip(expected, got, strict=True))
    metrics, reasons = intent_metrics(pairs)
    return EvalReport(
        suite="intent",
        n=len(cases),
        metrics=metrics,
        failures=tuple(_failure(case, *pair) for case, pair in zip(cases, pairs, strict=True) if pair[0] != pair[1]),
        model=embedder.name,
        seconds=round(time.monotonic() - started, 1),
        reasons=reasons,
    )


def intent_metrics(pairs: Sequence[Pair]) -> tuple[dict[str, float | int | None], dict[str, str]]:
    """Scores of (expected, got) pairs, and a reason for each that could not be computed.

    macro_f1 is the mean over the labels that are expected anywhere, `oos` among them.
    """
    inside = [expected == got for expected, got in pairs if expected != OOS]
    outside = [expected == got for expected, got in pairs if expected == OOS]
    refused = [expected == OOS for expected, got in pairs if got == OOS]
    metrics = {
        "accuracy": _share([expected == got for expected, got in pairs]),
        "in_scope_accuracy": _share(inside),
        "macro_f1": _macro_f1(pairs),
        "oos_recall": _share(outside),
        "oos_precision": _share(refused) if outside else None,
    }
    why = "No case is out of scope." if not outside else "No case was taken to be out of scope."
    nothing = {"oos_recall": why, "oos_precision": why, "in_scope_accuracy": "Every case is out of scope."}
    return dict(metrics), {name: nothing.get(name, "No case.") for name, value in metrics.items() if value is None}


def _fitted(train: Cases, val: Cases | None, embedder: Embedder) -> IntentClassifier:
    classifier = IntentClassifier.fit(*_columns(train), embedder)
    return classifier.choose_threshold(*_columns(val)) if val else classifier


def _own(intents: Intents, expected: Sequence[str]) -> Callable[[str], str]:
    """How the desk's intents are named where these labels are expected."""
    labels = set(expected) - {OOS}
    coarse = next((name for name, members in intents.sets.items() if labels and labels <= set(members)), None)

    def named(intent: str) -> str:
        if intent == OUT_OF_SCOPE and OOS in expected:
            return OOS
        return intents.coarse(intent, coarse) if coarse else intent

    return named


def _columns(cases: Cases) -> tuple[list[str], list[str]]:
    for case in cases:
        if not isinstance(case.get("text"), str) or not isinstance(case.get("intent"), str):
            raise Invalid(f"Case {case.get('id')!r} lacks its text or intent. An intent case has id, text and intent.")
    return [case["text"] for case in cases], [case["intent"] for case in cases]


def _macro_f1(pairs: Sequence[Pair]) -> float | None:
    scores = [_f1(label, pairs) for label in {expected for expected, _ in pairs}]
    return round(sum(scores) / len(scores), 4) if scores else None


def _f1(label: str, pairs: Sequence[Pair]) -> float:
    right = sum(pair == (label, label) for pair in pairs)
    either = sum((expected == label) + (got == label) for expected, got in pairs)
    return 2 * right / either


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def _failure(case: Mapping[str, Any], expected: str, got: str) -> Failure:
    why = "rejected" if got == OOS else "should be rejected" if expected == OOS else "another intent"
    return Failure(id=str(case["id"]), expected=expected, got=got, why=why)
