"""How a reply meets a mood: what is said before everything else."""

from __future__ import annotations

from typing import Literal

from cxdesk.agent.tone import is_angry
from cxdesk.domain import Sentiment

Mood = Literal["angry", "unhappy", "calm", "pleased"]

_OPENING = {"angry": "very_sorry", "unhappy": "sorry", "pleased": "glad"}
_MEETS = {
    "angry": ("sorry", "apolog"),
    "unhappy": ("sorry", "apolog"),
    "pleased": ("glad", "thank", "welcome"),
    "calm": ("",),
}
_UNHAPPY_FROM = 0.3


def mood_of(sentiment: Sentiment) -> Mood:
    """The mood that a reply has to meet; an unknown sentiment is met calmly."""
    if is_angry(sentiment):
        return "angry"
    if sentiment.label == "positive":
        return "pleased"
    if sentiment.label == "negative" or sentiment.frustration >= _UNHAPPY_FROM:
        return "unhappy"
    return "calm"


def meets(text: str, mood: Mood) -> bool:
    """Whether a text has the words that the mood asks for already."""
    return any(word in text.lower() for word in _MEETS[mood])


def opened(text: str, mood: Mood, tone_texts: dict[str, str]) -> str:
    """The text with an apology or a thank-you before it, where the mood asks for one and it has none."""
    opening = tone_texts.get(_OPENING.get(mood, ""), "")
    return text if not opening or meets(text, mood) else f"{opening} {text}"
