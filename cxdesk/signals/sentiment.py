"""How the customer feels: VADER for polarity, weighted signs for frustration."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from cxdesk.domain import Sentiment

# The one set of thresholds: VADER's compound score is 0 when it sees no feeling.
NEGATIVE_BELOW = -0.25
POSITIVE_ABOVE = 0.35
TREND_STEP = 0.3

Trend = Literal["improving", "stable", "declining"]


class SentimentLexicon:
    """Judges messages by words alone; the same text always gives the same result."""

    def __init__(self, frustration_file: Path) -> None:
        self._vader = SentimentIntensityAnalyzer()
        signs = tomllib.loads(frustration_file.read_text(encoding="utf-8"))["sign"]
        self._signs = [(_compile(sign), float(sign["weight"])) for sign in signs]

    def judge(self, text: str, earlier_texts: Sequence[str] = ()) -> Sentiment:
        """Sentiment of `text`; the trend compares it with the customer's earlier messages, oldest first."""
        score = self._score(text)
        return Sentiment(
            label=label_of(score),
            score=round(score, 3),
            confidence=round(_confidence(score), 3),
            frustration=round(self.frustration(text), 3),
            trend=self._trend(score, earlier_texts),
        )

    def frustration(self, text: str) -> float:
        """0 (calm) to 1 (furious): each kind of sign counts once."""
        return min(1.0, sum(weight for patterns, weight in self._signs if any(p.search(text) for p in patterns)))

    def _score(self, text: str) -> float:
        return float(self._vader.polarity_scores(text)["compound"])

    def _trend(self, score: float, earlier_texts: Sequence[str]) -> Trend:
        if not earlier_texts:
            return "stable"
        recent = [self._score(text) for text in earlier_texts[-4:]]
        change = score - sum(recent) / len(recent)
        if change <= -TREND_STEP:
            return "declining"
        return "improving" if change >= TREND_STEP else "stable"


def label_of(score: float) -> Literal["negative", "neutral", "positive"]:
    if score <= NEGATIVE_BELOW:
        return "negative"
    return "positive" if score >= POSITIVE_ABOVE else "neutral"


def _confidence(score: float) -> float:
    """How far the score lies from the nearest threshold, 0.5 on it and towards 1 away from it."""
    distance = min(abs(score - NEGATIVE_BELOW), abs(score - POSITIVE_ABOVE))
    return min(1.0, 0.5 + distance)


def _compile(sign: dict[str, object]) -> list[re.Pattern[str]]:
    flags = 0 if sign.get("capitals") else re.IGNORECASE
    patterns = sign["patterns"]
    assert isinstance(patterns, list)
    return [re.compile(pattern, flags) for pattern in patterns]
