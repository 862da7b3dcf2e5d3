"""Tickets: what a customer reported and how far the shop is with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cxdesk.domain import Ticket
from cxdesk.store.database import Database, Row, id_key

_SELECT = "SELECT * EXCLUDE (key, seq) FROM tickets"


class Tickets:
    """Ticket ids match as order ids do: apart from case and a leading '#'."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, ticket_id: str, customer_id: str) -> Ticket | None:
        """The customer's ticket. Another customer's ticket is None, as if it did not exist."""
        row = self._db.row(_SELECT + " WHERE key = ? AND customer_id = ?", id_key(ticket_id), customer_id)
        return Ticket.model_validate(row) if row else None

    def of_customer(self, customer_id: str) -> list[Ticket]:
        """The customer's tickets, newest first; those without a date come last."""
        return _tickets(
            self._db.rows(
                _SELECT + " WHERE customer_id = ? ORDER BY tickets.created_at DESC NULLS LAST, tickets.seq", customer_id
            )
        )

    def open(self, limit: int = 200) -> list[Ticket]:
        """Tickets that are neither resolved nor closed: the most urgent first, then the longest waiting."""
        return _tickets(
            self._db.rows(
                _SELECT + " WHERE status NOT IN ('resolved', 'closed')"
                " ORDER BY list_position(['urgent', 'high', 'normal', 'low'], priority),"
                " tickets.created_at NULLS LAST, tickets.seq LIMIT ?",
                limit,
            )
        )

    def sample_ids(self, limit: int = 200) -> list[str]:
        """Some ticket ids as the shop writes them, to learn their pattern from."""
        return [row["id"] for row in self._db.rows("SELECT id FROM tickets ORDER BY seq DESC LIMIT ?", limit)]

    def find_many(self, ticket_ids: Iterable[str]) -> dict[str, Ticket]:
        """Those of the tickets that exist, whoever's they are, by `id_key`. For imports, never for a reply."""
        rows = self._db.rows(_SELECT + " WHERE key IN (SELECT unnest(?))", [id_key(each) for each in ticket_ids])
        return {id_key(ticket.id): ticket for ticket in _tickets(rows)}

    def put(self, ticket: Ticket) -> None:
        """Add the ticket, or replace the one with the same id."""
        self.put_many([ticket])

    def put_many(self, tickets: Sequence[Ticket]) -> None:
        """`put` for many at once: all, or none."""
        self._db.insert("tickets", [{**dict(ticket), "key": id_key(ticket.id)} for ticket in tickets], replace_by="key")


def _tickets(rows: list[Row]) -> list[Ticket]:
    return [Ticket.model_validate(row) for row in rows]
