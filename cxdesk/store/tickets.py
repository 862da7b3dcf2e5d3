"""Tickets: what a customer reported and how far the shop is with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cxdesk.domain import Invalid, Ticket, TicketNote
from cxdesk.store.database import Database, Row, id_key

FIRST_ID = "T-1001"
_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)

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

    def next_id(self) -> str:
        """An id that no ticket has, in the pattern of the newest: after T-2041 comes T-2042.

        Free only until another ticket is added: take it and add the ticket in one transaction.
        """
        newest = self._db.row("SELECT id FROM tickets WHERE regexp_matches(id, '[0-9]$') ORDER BY seq DESC LIMIT 1")
        found = _NUMBERED.fullmatch(newest["id"]) if newest else None
        if found is None:
            return FIRST_ID
        prefix, digits = found.groups()
        # By key, since two ids that differ only in case are one ticket's.
        last = self._db.rows(
            "SELECT max(TRY_CAST(substr(key, length($1) + 1) AS UBIGINT)) AS number FROM tickets"
            " WHERE starts_with(key, $1)",
            id_key(prefix),
        )[0]["number"]
        return f"{prefix}{(last or 0) + 1:0{len(digits)}}"

    def add(self, ticket: Ticket) -> None:
        """Add a new ticket; one with the same id is an error, and stays as it is."""
        self._db.insert("tickets", [{**dict(ticket), "key": id_key(ticket.id)}])

    def save(self, ticket: Ticket, customer_id: str) -> None:
        """Keep the status of the customer's ticket. Raises `Invalid` if it isn't there, or is another's."""
        if not self._db.write(
            "UPDATE tickets SET status = ?, updated_at = ? WHERE key = ? AND customer_id = ? RETURNING id",
            *(ticket.status, ticket.updated_at, id_key(ticket.id), customer_id),
        ):
            raise _unknown(ticket.id)

    def add_note(self, note: TicketNote, customer_id: str) -> None:
        """Add a note to the customer's ticket. Raises `Invalid` if it isn't there, or is another's."""
        with self._db.transaction():
            if self.find(note.ticket_id, customer_id) is None:
                raise _unknown(note.ticket_id)
            row = {name: value for name, value in note if name != "ticket_id"}
            self._db.insert("ticket_notes", [{**row, "ticket_key": id_key(note.ticket_id)}])

    def notes(self, ticket_id: str, customer_id: str) -> list[TicketNote]:
        """The notes on the customer's ticket, oldest first."""
        rows = self._db.rows(
            "SELECT notes.* EXCLUDE (seq, ticket_key), tickets.id AS ticket_id"
            " FROM ticket_notes AS notes JOIN tickets ON tickets.key = notes.ticket_key"
            " WHERE tickets.key = ? AND tickets.customer_id = ? ORDER BY notes.seq",
            *(id_key(ticket_id), customer_id),
        )
        return [TicketNote.model_validate(row) for row in rows]

    def put(self, ticket: Ticket) -> None:
        """Add the ticket, or replace the one with the same id."""
        self.put_many([ticket])

    def put_many(self, tickets: Sequence[Ticket]) -> None:
        """`put` for many at once: all, or none."""
        self._db.insert("tickets", [{**dict(ticket), "key": id_key(ticket.id)} for ticket in tickets], replace_by="key")


def _unknown(ticket_id: str) -> Invalid:
    return Invalid(f"No ticket {ticket_id!r} of this customer. Check the id, or who is writing.")


def _tickets(rows: list[Row]) -> list[Ticket]:
    return [Ticket.model_validate(row) for row in rows]
