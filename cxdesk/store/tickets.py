"""Tickets: what a customer reported, how far the shop is with it, and what was done to it by whom.

A ticket that was merged into another keeps its own row and notes and only points to the other, so that nothing is lost
and the merge can be undone. For a customer it is gone: asking for it finds the one that it went into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cxdesk.domain import (
    BY_THE_DESK,
    Invalid,
    Ticket,
    TicketChange,
    TicketChangeKind,
    TicketFilter,
    TicketLine,
    TicketNote,
    TicketSort,
    TicketStatus,
    new_id,
    now,
)
from cxdesk.store.database import Database, Row, as_json, id_key

FIRST_ID = "T-1001"
_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)

_SELECT = "SELECT * EXCLUDE (key, seq) FROM tickets"
# The ticket itself, and all that went into it, directly or by way of others.
_FAMILY = (
    "WITH RECURSIVE family AS (SELECT ? AS key UNION"
    " SELECT tickets.key FROM tickets JOIN family ON tickets.merged_into = family.key) "
)

IS_OVER = f"status IN ({', '.join(repr(status.value) for status in TicketStatus if status.is_over)})"
_OPEN_FIRST = f"CASE WHEN {IS_OVER} THEN 1 ELSE 0 END"
_PRIORITY = "list_position(['urgent', 'high', 'normal', 'low'], priority)"
_STATUS = "list_position(['open', 'in_progress', 'waiting', 'resolved', 'closed'], status)"
_NUMBER = "TRY_CAST(regexp_extract(tickets.key, '([0-9]+)$', 1) AS UBIGINT)"
_SORTS: dict[TicketSort, tuple[str, ...]] = {
    "urgency": (_OPEN_FIRST, _PRIORITY, "tickets.created_at"),
    "id": (_NUMBER, "tickets.key"),
    "subject": ("lower(subject)",),
    "customer": ("customers.name_key",),
    "status": (_STATUS, _PRIORITY),
    "priority": (_PRIORITY, _STATUS),
    "assignee": ("lower(assignee)",),
    "category": ("lower(category)",),
    "age": ("coalesce(tickets.updated_at, tickets.created_at)",),
}
_LINES = "FROM tickets LEFT JOIN customers ON customers.id = tickets.customer_id WHERE merged_into IS NULL"
_LOOKED_THROUGH = (
    "strip_accents(lower(concat_ws(' ', tickets.id, subject, description, customers.name, order_id, assignee)))"
)


class Tickets:
    """Ticket ids match as order ids do: apart from case and a leading '#'."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ------------------------------------------------------------ a customer's own

    def find(self, ticket_id: str, customer_id: str) -> Ticket | None:
        """The customer's ticket, or the one that it was merged into.

        Another customer's ticket is None, as if it did not exist.
        """
        key: str | None = id_key(ticket_id)
        while key is not None:
            row = self._db.row(_SELECT + " WHERE key = ? AND customer_id = ?", key, customer_id)
            if row is None:
                return None
            ticket = Ticket.model_validate(row)
            key = ticket.merged_into
        return ticket

    def of_customer(self, customer_id: str) -> list[Ticket]:
        """The customer's tickets, newest first; those without a date come last. Merged ones are one."""
        return self.of_customers([customer_id])

    def of_customers(self, customer_ids: Iterable[str]) -> list[Ticket]:
        """The tickets of several customers, in the same order."""
        return _tickets(
            self._db.rows(
                _SELECT + " WHERE customer_id IN (SELECT unnest(?)) AND merged_into IS NULL"
                " ORDER BY tickets.created_at DESC NULLS LAST, tickets.seq",
                list(customer_ids),
            )
        )

    def save(self, ticket: Ticket, customer_id: str) -> None:
        """Keep the status of the customer's ticket. Raises `Invalid` if it isn't there, or is another's."""
        with self._db.transaction():
            before = self.find(ticket.id, customer_id)
            if before is None:
                raise _not_theirs(ticket.id)
            self.change(before, {"status": ticket.status}, at=ticket.updated_at or now())

    def add_note(self, note: TicketNote, customer_id: str) -> None:
        """Add a note to the customer's ticket. Raises `Invalid` if it isn't there, or is another's."""
        with self._db.transaction():
            ticket = self.find(note.ticket_id, customer_id)
            if ticket is None:
                raise _not_theirs(note.ticket_id)
            self.write_note(note.model_copy(update={"ticket_id": ticket.id}))

    def notes(self, ticket_id: str, customer_id: str) -> list[TicketNote]:
        """The notes on the customer's ticket, oldest first."""
        ticket = self.find(ticket_id, customer_id)
        return self.notes_of(ticket.id) if ticket else []

    # ------------------------------------------------------------ anybody's, for people at the desk

    def get(self, ticket_id: str) -> Ticket:
        """The ticket with this id, whoever's it is. Raises `Invalid` if there is none."""
        row = self._db.row(_SELECT + " WHERE key = ?", id_key(ticket_id))
        if row is None:
            raise Invalid(f"No ticket {ticket_id!r} on this desk. Check the id, or look for it in the list.")
        return Ticket.model_validate(row)

    def open(self, limit: int = 200) -> list[Ticket]:
        """Tickets that are neither resolved nor closed: the most urgent first, then the longest waiting."""
        return _tickets(
            self._db.rows(
                f"{_SELECT} WHERE NOT {IS_OVER} AND merged_into IS NULL"
                f" ORDER BY {_PRIORITY}, tickets.created_at NULLS LAST, tickets.seq LIMIT ?",
                limit,
            )
        )

    def lines(
        self,
        wanted: TicketFilter,
        *,
        sort: TicketSort = "urgency",
        backwards: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> list[TicketLine]:
        """A page of the tickets that are wanted, in this order. Merged ones are one."""
        where, values = _condition(wanted)
        rows = self._db.rows(
            "SELECT tickets.id, subject, customers.name AS customer, status, priority, assignee, category,"
            f" coalesce(tickets.updated_at, tickets.created_at) AS touched_at {_LINES}{where}"
            f" ORDER BY {_order(sort, backwards=backwards)} LIMIT ? OFFSET ?",
            *(*values, limit, offset),
        )
        return [TicketLine.model_validate(row) for row in rows]

    def count(self, wanted: TicketFilter) -> int:
        where, values = _condition(wanted)
        return int(self._db.rows(f"SELECT count(*) AS n {_LINES}{where}", *values)[0]["n"])

    def place(
        self, ticket_id: str, wanted: TicketFilter, *, sort: TicketSort = "urgency", backwards: bool = False
    ) -> int | None:
        """Where the ticket stands among those that are wanted, from 0; None where it isn't one of them."""
        where, values = _condition(wanted)
        # Put together from this module's own parts; every value is bound.
        numbered = (
            f"SELECT tickets.key, row_number() OVER (ORDER BY {_order(sort, backwards=backwards)}) - 1 AS place"
            f" {_LINES}{where}"
        )
        found = self._db.row(f"SELECT place FROM ({numbered}) WHERE key = ?", *values, id_key(ticket_id))  # noqa: S608
        return None if found is None else int(found["place"])

    def assignees(self) -> list[str]:
        """The people who have tickets, by name."""
        rows = self._db.rows(
            "SELECT DISTINCT assignee FROM tickets WHERE assignee IS NOT NULL ORDER BY lower(assignee)"
        )
        return [row["assignee"] for row in rows]

    def categories(self) -> list[str]:
        """The categories that tickets have."""
        return [row["category"] for row in self._db.rows("SELECT DISTINCT category FROM tickets ORDER BY category")]

    def merged_with(self, ticket_id: str) -> list[Ticket]:
        """The tickets that went into this one, oldest first."""
        return _tickets(
            self._db.rows(
                _FAMILY + _SELECT + " WHERE key IN (FROM family) AND key <> ?"
                " ORDER BY tickets.created_at NULLS FIRST, tickets.seq",
                *(id_key(ticket_id), id_key(ticket_id)),
            )
        )

    def notes_of(self, ticket_id: str) -> list[TicketNote]:
        """The notes on a ticket and on those that went into it, oldest first."""
        rows = self._db.rows(
            _FAMILY + _NOTES + " WHERE tickets.key IN (FROM family) ORDER BY notes.seq",
            id_key(ticket_id),
        )
        return [TicketNote.model_validate(row) for row in rows]

    def changes_of(self, ticket_id: str) -> list[TicketChange]:
        """What was done to a ticket, and to those that went into it, oldest first."""
        rows = self._db.rows(
            _FAMILY + _CHANGES + " WHERE ticket_key IN (FROM family) ORDER BY changes.seq", id_key(ticket_id)
        )
        return [TicketChange.model_validate(row) for row in rows]

    def done_at_once(self, change_id: str) -> list[TicketChange]:
        """All that was done under this id, in its order; empty for an unknown one."""
        rows = self._db.rows(f"{_CHANGES} WHERE changes.id = ? ORDER BY changes.seq", change_id)
        return [TicketChange.model_validate(row) for row in rows]

    # ------------------------------------------------------------ changes

    def change(
        self,
        ticket: Ticket,
        values: Mapping[str, Any],
        *,
        at: datetime,
        kind: TicketChangeKind = "edited",
        change_id: str | None = None,
        author: str = BY_THE_DESK,
        by: str | None = None,
    ) -> None:
        """Give the ticket these values, and keep what was done. Values that it has already are no change."""
        before = {name: getattr(ticket, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        with self._db.transaction():
            self.overwrite(ticket.id, {**changed, "updated_at": at})
            kept = TicketChange(
                id=change_id or new_id("tc"),
                ticket_id=ticket.id,
                kind=kind,
                before={"updated_at": ticket.updated_at} | {name: before[name] for name in changed},
                after={"updated_at": at} | changed,
                author=author,
                by=by,
                at=at,
            )
            self.keep_change(kept)

    def overwrite(self, ticket_id: str, values: Mapping[str, Any]) -> None:
        """Set some of the ticket's fields, and keep nothing of how they were."""
        assignments = ", ".join(f'"{name}" = ?' for name in values if name in Ticket.model_fields)
        self._db.write(f"UPDATE tickets SET {assignments} WHERE key = ?", *values.values(), id_key(ticket_id))  # noqa: S608

    def keep_change(self, change: TicketChange) -> None:
        row = {name: value for name, value in change if name != "ticket_id"}
        values = {
            "ticket_key": id_key(change.ticket_id),
            "before": as_json(change.before),
            "after": as_json(change.after),
        }
        self._db.insert("ticket_changes", [{**row, **values}])

    def mark_undone(self, change_id: str, at: datetime) -> None:
        self._db.write("UPDATE ticket_changes SET undone_at = ? WHERE id = ?", at, change_id)

    def write_note(self, note: TicketNote) -> TicketNote:
        """Keep a note on its ticket, and return it with the id that it got."""
        kept = self._db.write(
            'INSERT INTO ticket_notes (ticket_key, text, author, "by", "at") VALUES (?, ?, ?, ?, ?) RETURNING seq',
            *(id_key(note.ticket_id), note.text, note.author, note.by, note.at),
        )
        return note.model_copy(update={"id": f"n_{kept[0]['seq']}"})

    def delete_note(self, note_id: str) -> None:
        self._db.write("DELETE FROM ticket_notes WHERE 'n_' || seq = ?", note_id)

    def move_notes(self, note_ids: Sequence[str], ticket_id: str) -> None:
        """Put notes on another ticket; they keep their order."""
        self._db.write(
            "UPDATE ticket_notes SET ticket_key = ? WHERE 'n_' || seq IN (SELECT unnest(?))",
            *(id_key(ticket_id), list(note_ids)),
        )

    def delete(self, ticket_id: str) -> None:
        """Remove a ticket with its notes and its history: its number may be given again."""
        with self._db.transaction():
            self._db.write("DELETE FROM ticket_changes WHERE ticket_key = ?", id_key(ticket_id))
            self._db.write("DELETE FROM ticket_notes WHERE ticket_key = ?", id_key(ticket_id))
            self._db.write("DELETE FROM tickets WHERE key = ?", id_key(ticket_id))

    # ------------------------------------------------------------ new ones

    def sample_ids(self, limit: int = 200) -> list[str]:
        """Some ticket ids as the shop writes them, to learn their pattern from."""
        return [row["id"] for row in self._db.rows("SELECT id FROM tickets ORDER BY seq DESC LIMIT ?", limit)]

    def find_many(self, ticket_ids: Iterable[str]) -> dict[str, Ticket]:
        """Those of the tickets that exist, whoever's they are, by `id_key`. Never for a reply."""
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

    def add(
        self, ticket: Ticket, *, change_id: str | None = None, author: str = BY_THE_DESK, by: str | None = None
    ) -> None:
        """Add a new ticket; one with the same id is an error, and stays as it is."""
        with self._db.transaction():
            self._db.insert("tickets", [{**dict(ticket), "key": id_key(ticket.id)}])
            self.keep_change(
                TicketChange(
                    id=change_id or new_id("tc"),
                    ticket_id=ticket.id,
                    kind="created",
                    author=author,
                    by=by,
                    at=ticket.created_at or now(),
                )
            )

    def put(self, ticket: Ticket) -> None:
        """Add the ticket, or replace the one with the same id."""
        self.put_many([ticket])

    def put_many(self, tickets: Sequence[Ticket]) -> None:
        """`put` for many at once: all, or none."""
        self._db.insert("tickets", [{**dict(ticket), "key": id_key(ticket.id)} for ticket in tickets], replace_by="key")


_NOTES = (
    "SELECT 'n_' || notes.seq AS id, tickets.id AS ticket_id, text, author, notes.by, notes.at"
    " FROM ticket_notes AS notes JOIN tickets ON tickets.key = notes.ticket_key"
)
_CHANGES = (
    "SELECT changes.* EXCLUDE (seq, ticket_key), coalesce(tickets.id, upper(ticket_key)) AS ticket_id"
    " FROM ticket_changes AS changes LEFT JOIN tickets ON tickets.key = ticket_key"
)


def _condition(wanted: TicketFilter) -> tuple[str, list[Any]]:
    """The SQL after WHERE, and its values."""
    conditions: list[str] = []
    values: list[Any] = []
    for name in ("status", "priority", "category", "customer_id"):
        if (value := getattr(wanted, name)) is not None:
            conditions.append(f"{name} = ?")
            values.append(value)
    if wanted.assignee is not None:
        conditions.append("coalesce(assignee, '') = ?")
        values.append(wanted.assignee)
    if wanted.open_only:
        conditions.append(f"NOT {IS_OVER}")
    for word in wanted.words.split():
        conditions.append(f"contains({_LOOKED_THROUGH}, strip_accents(lower(?)))")
        values.append(word)
    return "".join(f" AND {condition}" for condition in conditions), values


def _order(sort: TicketSort, *, backwards: bool) -> str:
    direction = "DESC" if backwards else "ASC"
    return ", ".join(f"{part} {direction} NULLS LAST" for part in (*_SORTS[sort], "tickets.seq"))


def _not_theirs(ticket_id: str) -> Invalid:
    return Invalid(f"No ticket {ticket_id!r} of this customer. Check the id, or who is writing.")


def _tickets(rows: list[Row]) -> list[Ticket]:
    return [Ticket.model_validate(row) for row in rows]
