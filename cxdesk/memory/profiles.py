"""Customers over time: profiles made from insights, for some customers or for all, with the same result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import get_args

from cxdesk.domain import MoodHistory, Profile
from cxdesk.settings import Settings, Tone
from cxdesk.store import Store


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


def _tiers(settings: Settings) -> dict[str, Decimal]:
    return {"silver": settings.tier_silver, "gold": settings.tier_gold, "platinum": settings.tier_platinum}
