"""How replies sound: the tones of `tones.toml`, and which one a message calls for. No model decides it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from cxdesk.domain import Invalid, MoodHistory, Sentiment, Signals
from cxdesk.settings import Tone

# From these a customer is acutely angry: by the signs of frustration, or by the words of a clearly bad message.
ACUTE_FRUSTRATION = 0.5
ACUTE_SCORE = -0.6
# What the guard saw that asks for a sober reply.
RISK_FLAGS = frozenset({"instruction_like", "suspicious_address", "masked_secret"})
# A history tells something from so many messages on.
ENOUGH_MESSAGES = 3
BAD_HISTORY, GOOD_HISTORY = -0.2, 0.3

Tones = dict[str, dict[str, str]]


def load_tones(bundled: Path, own: Path | None = None) -> Tones:
    """The tones, with what the shop's `own` file says in the place of the bundled texts.

    The own file may give a few texts only. Raises `Invalid` naming the file for one that can't be read, for an
    unknown tone, and for a text that is none.
    """
    tones = _read(bundled)
    for name, texts in (_read(own) if own and own.exists() else {}).items():
        if name not in tones:
            known = ", ".join(tones)
            raise Invalid(f"The file {str(own)!r} has a tone {name!r}. Use one of {known}, or remove it.")
        tones[name] = tones[name] | texts
    return tones


def choose_tone(signals: Signals, history: MoodHistory | None, default: Tone) -> Tone:
    """The tone for a reply: acute anger or a risk is met professionally, then the history speaks, then the default.

    A playful voice is never used for bad news: an unhappy customer is answered in a friendly one instead.
    """
    if is_angry(signals.sentiment) or RISK_FLAGS & set(signals.flags):
        return "professional"
    chosen = _by_history(history) or default
    if chosen == "playful" and signals.sentiment.label == "negative":
        return "friendly"
    return chosen


def is_angry(sentiment: Sentiment) -> bool:
    """Whether the customer is acutely angry, not only unhappy."""
    harsh = sentiment.label == "negative" and sentiment.score <= ACUTE_SCORE and sentiment.frustration > 0
    return sentiment.frustration >= ACUTE_FRUSTRATION or harsh


def _by_history(history: MoodHistory | None) -> Tone | None:
    if history is None:
        return None
    if history.preferred:
        return history.preferred
    if history.messages < ENOUGH_MESSAGES:
        return None
    mood = history.mean_score - history.mean_frustration
    if mood <= BAD_HISTORY:
        return "professional"
    return "friendly" if mood >= GOOD_HISTORY else None


def _read(file: Path) -> Tones:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid(f"The tones in {str(file)!r} can't be read: {error}. Mend the file, or remove it.") from error
    for name, texts in tables.items():
        _check(file, name, texts)
    return tables


def _check(file: Path, name: str, texts: Any) -> None:
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise Invalid(f"The tone {name!r} in {str(file)!r} needs texts in quotes. Mend the file, or remove it.")
    for key, text in texts.items():
        try:
            text.format(name="")
        except (LookupError, ValueError) as error:
            raise Invalid(
                f"The text {name}.{key} in {str(file)!r} may hold {{name}} and no other braces. Mend it."
            ) from error
