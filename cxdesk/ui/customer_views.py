"""What the customers page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cxdesk.domain import HealthParts
from cxdesk.ui.views import FactLine, Label, OrderCard, TraceLine

LIMIT = 1000
"""So many customers are listed at once; a search finds the others."""


@dataclass(frozen=True)
class CustomerLine:
    """A customer in the table."""

    id: str
    name: str
    email: str
    tier: Label
    health: float | None
    at_risk: bool
    risk_reasons: tuple[str, ...]
    open_tickets: int
    spent: Decimal
    spent_words: str
    last_contact_at: datetime | None


@dataclass(frozen=True)
class CustomerTable:
    """`is_cut`: there are more than are listed. `total` counts all customers of the shop."""

    lines: tuple[CustomerLine, ...]
    is_cut: bool
    total: int


@dataclass(frozen=True)
class MoodPoint:
    """How a conversation began and ended, each -1..1."""

    start: float
    end: float
    when: str


@dataclass(frozen=True)
class LinkLine:
    """A row that leads to another page: its item's id, what it says, and its state."""

    id: str
    text: str
    state: Label
    when: str = ""
    detail: str = ""


@dataclass(frozen=True)
class PersonView:
    """All that the page shows of one customer. `merge` is the id of the newest merge, by which it can be undone."""

    id: str
    name: str
    email: str
    details: tuple[str, ...]
    tier: Label
    risk: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    health: Label
    health_parts: HealthParts
    moods: tuple[MoodPoint, ...]
    orders: tuple[OrderCard, ...]
    tickets: tuple[LinkLine, ...]
    conversations: tuple[LinkLine, ...]
    facts: tuple[FactLine, ...]
    ratings: tuple[TraceLine, ...]
    belongings: str
    merge: str | None = None
