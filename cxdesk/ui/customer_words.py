"""How customers are said on screen: pure functions from records to words."""

from __future__ import annotations

from collections.abc import Mapping

from cxdesk.ui import words
from cxdesk.ui.views import Label, Tone

UNKNOWN = "not known"
_TIERS: dict[str, Label] = {
    "standard": Label("standard", "quiet"),
    "silver": Label("silver", "quiet"),
    "gold": Label("gold", "warn"),
    "platinum": Label("platinum", "accent"),
}
_OUTCOMES: dict[str | None, Label] = {
    "resolved": Label("resolved", "good"),
    "escalated": Label("handed over", "warn"),
    "unresolved": Label("not resolved", "bad"),
    None: Label("still open", "accent"),
}
_MOODS: tuple[tuple[float, str, Tone], ...] = (
    (0.4, "pleased", "good"),
    (0.1, "content", "good"),
    (-0.1, "calm", "quiet"),
    (-0.4, "unhappy", "warn"),
    (-1.0, "very unhappy", "bad"),
)


def tier(name: str | None) -> Label:
    return Label(UNKNOWN) if name is None else _TIERS[name]


def outcome(name: str | None) -> Label:
    return _OUTCOMES[name]


def mood(score: float | None) -> Label:
    """A mood of -1..1 in words; what is not known is said so."""
    if score is None:
        return Label(UNKNOWN)
    return next(Label(said, tone) for least, said, tone in _MOODS if score >= least)


def mood_course(start: float | None, end: float | None) -> str:
    """'unhappy, then calm', 'calm', or that it isn't known."""
    first, last = mood(start).text, mood(end).text
    return first if first == last else f"{first}, then {last}"


def health(score: float | None) -> Label:
    """Points of 100. The colour says from where on one should look."""
    if score is None:
        return Label(UNKNOWN)
    return Label(f"{score:.0f}", "good" if score >= 70 else "warn" if score >= 40 else "bad")


def share(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.0%}"


def counted(counts: Mapping[str, int]) -> str:
    """'3 orders, 1 ticket and 2 conversations'; 'nothing else' where all are 0."""
    said = [words.plural(count, noun) for noun, count in counts.items() if count]
    if not said:
        return "nothing else"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def stars(count: int) -> str:
    return "★" * count + "☆" * (5 - count)
