"""Customers over time: profiles made from insights, for some customers or for all, with the same result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import get_args

from cxdesk.domain import MoodHistory, Profile
from cxdesk.settings import Settings, Tone
from cxdesk.store import Store

# From these a customer's former mood is worth a word.
UNHAPPY_BELOW, CONTENT_ABOVE = -0.2, 0.3


def roll_up(store: Store, now: datetime, settings: Settings) -> int:
    """Make every profile anew, after the insights of conversations that were closed without one. Returns how many.

    A kill at any time leaves the old profiles or the new ones, never a mix.
    """
    store.insights.derive_missing()
    store.insights.mark_reopened()
    return store.profiles.roll_up(now, currency=settings.currency, tiers=_tiers(settings))


def roll_up_customers(store: Store, now: datetime, settings: Settings, customer_ids: Sequence[str]) -> int:
    """`roll_up` for these customers only: each gets the row that the full one would give. Returns how many."""
    if not customer_ids:
        return 0
    store.insights.mark_reopened(customer_ids)
    return store.profiles.roll_up(
        now, currency=settings.currency, tiers=_tiers(settings), customer_ids=list(customer_ids)
    )


def roll_up_stale(store: Store, now: datetime, settings: Settings) -> int:
    """`roll_up_customers` for those of whom something happened since; a kill in between loses none of them."""
    return roll_up_customers(store, now, settings, store.profiles.stale())


def mood_history(profile: Profile) -> MoodHistory:
    """What the choice of a tone needs of a profile."""
    preferred: Tone | None = next((tone for tone in get_args(Tone) if tone == profile.preferred_tone), None)
    return MoodHistory(
        messages=profile.moods_known,
        mean_score=profile.weighted_sentiment or 0.0,
        mean_frustration=profile.frustration or 0.0,
        preferred=preferred,
    )


def in_words(profile: Profile) -> list[str]:
    """A few words for a model: whether the customer comes back, how they felt before, and the tone they prefer."""
    if not profile.sessions:
        return []
    mood = profile.weighted_sentiment
    felt = None if mood is None else "unhappy" if mood < UNHAPPY_BELOW else "content" if mood > CONTENT_ABOVE else None
    told = ("returning customer", felt and f"was {felt} before", _liked_tone(profile.preferred_tone))
    return [words for words in told if words]


def _liked_tone(tone: str | None) -> str | None:
    return f"prefers a {tone} tone" if tone else None


def _tiers(settings: Settings) -> dict[str, Decimal]:
    return {"silver": settings.tier_silver, "gold": settings.tier_gold, "platinum": settings.tier_platinum}
