"""How replies sound: the tones of `tones.toml`, and which one a message calls for. No model decides it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cxdesk.agent.rules import near_miss
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

    The own file may give a few texts only. Raises `Invalid` naming the file, and every problem, for one that can't be
    read, for an unknown tone or text, and for a text that is none.
    """
    tones = tomllib.loads(bundled.read_text(encoding="utf-8"))
    if own is None or not own.exists():
        return tones
    try:
        text = own.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unusable(own, [f"it can't be read: {error}"]) from error
    if problems := tone_problems(text, tones):
        raise _unusable(own, problems)
    return tones | {name: tones[name] | texts for name, texts in tomllib.loads(text).items()}


def tone_problems(text: str, known: Tones) -> list[str]:
    """Why a text can't be used in the place of some of the `known` tones, in words; empty when it can."""
    try:
        tables = tomllib.loads(text)
    except ValueError as error:
        return [f"it can't be read: {error}"]
    return [problem for name, texts in tables.items() for problem in _problems(name, texts, known)]


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


def _problems(name: str, texts: Any, known: Tones) -> Iterator[str]:
    if name not in known:
        yield f"there is no tone {name!r}{near_miss(name, known)}; use one of {', '.join(known)}"
    elif not isinstance(texts, dict):
        yield f"{name} needs texts in quotes, each with its name"
    else:
        for key, text in texts.items():
            if key not in known[name]:
                yield f"{name}: there is no text {key!r}{near_miss(key, known[name])}"
            elif not isinstance(text, str):
                yield f"{name}.{key} needs texts in quotes"
            elif not _is_fillable(text):
                yield f"{name}.{key} may hold {{name}} and no other braces"


def _is_fillable(text: str) -> bool:
    try:
        text.format(name="")
    except (LookupError, ValueError, AttributeError):
        return False
    return True


def _unusable(file: Path, problems: list[str]) -> Invalid:
    return Invalid(f"The tones in {str(file)!r} can't be used: {'; '.join(problems)}. Mend the file, or remove it.")
