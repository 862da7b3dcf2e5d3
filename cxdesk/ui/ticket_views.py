"""What the tickets page shows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cxdesk.domain import Ticket, TicketFilter, TicketLine, TicketSort
from cxdesk.ui.views import OrderCard, TraceLine


@dataclass(frozen=True)
class TicketQuery:
    """Which tickets are listed, and how they are sorted."""

    wanted: TicketFilter = field(default_factory=TicketFilter)
    sort: TicketSort = "urgency"
    backwards: bool = False


@dataclass(frozen=True)
class TicketTable:
    """The tickets that are in sight, by the first row of each page, and what the filters can choose from.

    `place` is where the chosen ticket stands; None where the filter leaves it out.
    """

    total: int
    still_open: int
    pages: Mapping[int, Sequence[TicketLine]]
    place: int | None
    assignees: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteCard:
    id: str
    author: str
    when: str
    text: str
    from_ticket: str = ""


@dataclass(frozen=True)
class TicketView:
    """All that the page shows of one ticket. `undo` is the id of what was done last, `undo_what` says what that was."""

    ticket: Ticket
    subtitle: str
    customer_name: str = ""
    customer_email: str = ""
    conversation: str = ""
    orders: tuple[OrderCard, ...] = ()
    merged: tuple[str, ...] = ()
    notes: tuple[NoteCard, ...] = ()
    history: tuple[TraceLine, ...] = ()
    undo: str | None = None
    undo_what: str = ""
    mergeable: tuple[TicketLine, ...] = ()
