"""Is the feeling of a message judged rightly, by the lexicon alone and with a model's confirmation?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field, model_validator

from cxdesk.domain import Record, Sentiment
from cxdesk.evals.report import EvalReport, Failure, parsed_cases
from cxdesk.ports import LanguageModel, Progress
from cxdesk.signals.sentiment import LABELS, SentimentLexicon, SentimentPrompt, confirm

_CUSTOMER = {"customer", "user"}


class SentimentMessage(Record, extra="ignore"):
    role: str
    content: str


class SentimentCase(Record, extra="ignore"):
    """A text, or a conversation whose last message of the customer is judged in the light of the former ones."""

    id: str = Field(coerce_numbers_to_str=True)
    text: str | None = None
    messages: tuple[SentimentMessage, ...] = ()
    label: Literal["negative", "neutral", "positive"]
    score_range: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> SentimentCase:
        if self.text is None and not any(message.role in _CUSTOMER for message in self.messages):
            raise ValueError("give a 'text', or 'messages' with one of the customer")
        return self

    @property
    def texts(self) -> list[str]:
        """What the customer wrote, oldest first."""
        if self.text is not None:
            return [self.text]
        return [message.content for message in self.messages if message.role in _CUSTOMER]


def run_sentiment(
    cases: Sequence[dict[str, Any]],
    lexicon: SentimentLexicon,
    model: LanguageModel | None,
    prompt: SentimentPrompt,
    *,
    progress: Progress | None = None,
) -> EvalReport:
    """Score the cases; without a model, accuracy is the lexicon's.

    macro_f1 is the mean F1 of the labels that occur in the cases; 'recall.negative' and its like are per label.
    `in_range` is the share of scores within a case's score_range; `asked` the share that the model was asked
    about. A case fails by its label, or by its score alone.
    """
    started = time.monotonic()
    parsed = parsed_cases(cases, SentimentCase)
    by_words: list[Sentiment] = []
    judged: list[Sentiment] = []
    for done, case in enumerate(parsed, start=1):
        *earlier, text = case.texts
        by_words.append(lexicon.judge(text, earlier))
        judged.append(confirm(by_words[-1], text, model, prompt))
        if progress:
            progress(done, len(parsed), "sentiment")
    expected = [case.label for case in parsed]
    metrics = _scores(expected, [one.label for one in judged])
    metrics["lexicon_accuracy"] = _scores(expected, [one.label for one in by_words])["accuracy"]
    metrics["asked"] = _share([one.method == "confirmed" for one in judged])
    metrics["in_range"] = _share(
        [_is_in_range(case, one) for case, one in zip(parsed, judged, strict=True) if case.score_range]
    )
    return EvalReport(
        suite="sentiment",
        n=len(parsed),
        metrics=metrics,
        failures=tuple(
            _failure(case, one)
            for case, one in zip(parsed, judged, strict=True)
            if one.label != case.label or not _is_in_range(case, one)
        ),
        model=model.name if model else "none",
        seconds=round(time.monotonic() - started, 1),
        reasons={name: _why_missing(name) for name, value in metrics.items() if value is None},
    )


def _scores(expected: Sequence[str], got: Sequence[str]) -> dict[str, float | int | None]:
    pairs = list(zip(expected, got, strict=True))
    metrics: dict[str, float | int | None] = {"accuracy": _share([wanted == given for wanted, given in pairs])}
    f1s = {label: _f1(label, pairs) for label in LABELS}
    there = [f1 for f1 in f1s.values() if f1 is not None]
    metrics["macro_f1"] = round(sum(there) / len(there), 4) if there else None
    for label in LABELS:
        metrics[f"precision.{label}"] = _share([wanted == label for wanted, given in pairs if given == label])
        metrics[f"recall.{label}"] = _share([given == label for wanted, given in pairs if wanted == label])
        metrics[f"f1.{label}"] = f1s[label]
    return metrics


def _f1(label: str, pairs: Sequence[tuple[str, str]]) -> float | None:
    """2 hits / (expected + given); None where no case expects the label."""
    wanted = sum(expected == label for expected, _ in pairs)
    given = sum(got == label for _, got in pairs)
    hits = sum(expected == got == label for expected, got in pairs)
    return round(2 * hits / (wanted + given), 4) if wanted else None


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def _is_in_range(case: SentimentCase, sentiment: Sentiment) -> bool:
    return case.score_range is None or case.score_range[0] <= sentiment.score <= case.score_range[1]


def _failure(case: SentimentCase, sentiment: Sentiment) -> Failure:
    if sentiment.label != case.label:
        why = sentiment.reason or f"score {sentiment.score}, confidence {sentiment.confidence}, {sentiment.method}"
    else:
        why = f"score {sentiment.score} lies outside of {list(case.score_range or ())}"
    return Failure(id=case.id, expected=case.label, got=sentiment.label, why=why)


def _why_missing(metric: str) -> str:
    kind, _, label = metric.partition(".")
    if kind == "in_range":
        return "No case gives a score_range."
    if kind == "precision":
        return f"No case was judged {label}."
    return f"No case is labelled {label}." if label else "There are no cases."
