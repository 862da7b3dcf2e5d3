"""All that is kept about one person: to hand it out, and to delete it.

Rows are found by the names of their columns (`customer_id`, `conversation_id`, `order_key`, ...), so that a table
which is added later is handed out and emptied too. Where another customer's texts name the person by something that
is theirs alone, such as an e-mail address or an order id, that name is struck out. A deleted row stays readable in the
file until it is written anew: see `Database.wipe`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cxdesk.domain import Invalid, Moment, Record, new_id, now
from cxdesk.store.database import Database, Row, as_json, id_key

STRUCK_OUT = "[deleted]"
# Ids without a letter need a '#' or quotes to be told from a number; shorter ones are no names at all.
_SHORTEST_NAME = 3

# What a column's name says that it holds, and the tables in which that is called otherwise.
_COLUMNS = {
    "customer_id": "customers",
    "conversation_id": "conversations",
    "run_id": "runs",
    "message_id": "messages",
    "message_seq": "message_seqs",
    "order_key": "orders",
    "ticket_key": "tickets",
    "draft_id": "drafts",
    "handoff_id": "handoffs",
    "audit_id": "calls",
    "merge_id": "merges",
    "keep_id": "customers",
    "other_id": "customers",
}
_OWN_KEYS = {
    "customers": ("id", "customers"),
    "orders": ("key", "orders"),
    "tickets": ("key", "tickets"),
    "conversations": ("id", "conversations"),
    "wordings": ("id", "wordings"),
    "rests_on": ("key", "wordings"),
}
# Made of the rest by the program, and of no meaning to the person.
_DERIVED = frozenset({"message_terms", "message_vectors", "rests_on", "spans"})
NOT_PERSONAL = frozenset(
    {
        "accounts",
        "canned",
        "documents",
        "erasures",
        "job_runs",
        "migrations",
        "offers",
        "products",
        "sign_in_tries",
        "variants",
    }
)
"""Tables that hold nothing about any customer."""

# Texts in which another customer, or a guest, may have named the person.
_TEXTS = (
    ("messages", "text"),
    ("conversations", "writer"),
    ("conversations", "pending"),
    ("drafts", "text"),
    ("drafts", "sent_text"),
    ("drafts", "reason"),
    ("runs", "turn"),
    ("runs", "reason"),
    ("audit", "args"),
    ("audit", "result"),
    ("audit", "why"),
    ("handoffs", "summary"),
    ("handoff_events", "note"),
    ("tickets", "subject"),
    ("tickets", "description"),
    ("ticket_notes", "text"),
    ("ratings", "comment"),
    ("facts", "text"),
    ("order_changes", "args"),
)

_PERSON = """
WITH RECURSIVE person AS (
    SELECT ?::VARCHAR AS id UNION SELECT other_id FROM merges JOIN person ON keep_id = person.id
) SELECT id FROM person
"""
# A guest's conversation is the person's where the writer was taken for them.
_TALKS = """
SELECT id FROM conversations WHERE customer_id IN (SELECT unnest($1)) OR (customer_id IS NULL AND (
    identity ->> 'customer_id' IN (SELECT unnest($1))
    OR id IN (SELECT conversation_id FROM runs WHERE turn ->> 'customer_id' IN (SELECT unnest($1)))
))
"""
_WORDINGS = """
SELECT id FROM wordings WHERE conversation_id IN (SELECT unnest($1))
    OR (conversation_id IS NULL AND EXISTS (
        SELECT 1 FROM drafts WHERE drafts.conversation_id IN (SELECT unnest($1))
            AND learned_at BETWEEN decided_at AND decided_at + INTERVAL 1 MINUTE))
"""
_NAMES = """
SELECT id, email, phone, name FROM customers WHERE id IN (SELECT unnest(?))
"""

WIPED = "UPDATE erasures SET wiped_at = current_timestamp::TIMESTAMP WHERE wiped_at IS NULL"
"""Run on a file that was written anew."""

Ids = dict[str, list[Any]]


class Erasure(Record):
    """That a person's data was deleted: how many rows of each table, and nothing of the person."""

    id: str
    rows: dict[str, int]
    at: Moment
    wiped_at: Moment | None = None


class PersonalData:
    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, customer_id: str) -> dict[str, list[Row]]:
        """All rows about the person, by table, of plain values. Raises `Invalid` if there is no such customer."""
        with self._db.snapshot():
            ids = self._ids(customer_id)
            found = {table: self._rows(table, where, ids) for table, where in self._places() if table not in _DERIVED}
        return {table: rows for table, rows in found.items() if rows}

    def delete(self, customer_id: str) -> Erasure:
        """Delete all rows about the person, all or none, and strike their names out of other people's texts.

        Raises `Invalid` if there is no such customer.
        """
        with self._db.transaction():
            ids, names = self._ids(customer_id), self._names(customer_id)
            counts = {table: self._delete(table, where, ids) for table, where in self._places()}
            counts["struck out"] = self._strike_out(names)
            gone = {table: count for table, count in counts.items() if count}
            erasure = Erasure(id=new_id("e"), rows=gone, at=now())
            self._db.insert("erasures", [{**dict(erasure), "rows": as_json(gone)}])
        return erasure

    def erasures(self) -> list[Erasure]:
        """What was deleted, the newest first."""
        return [Erasure.model_validate(row) for row in self._db.rows('SELECT * FROM erasures ORDER BY "at" DESC')]

    def waits_for_wipe(self) -> bool:
        """Whether the file may still hold what was deleted."""
        return self._db.row("SELECT id FROM erasures WHERE wiped_at IS NULL LIMIT 1") is not None

    # ------------------------------------------------------------ what is the person's

    def _ids(self, customer_id: str) -> Ids:
        """The keys of all that is the person's, by kind."""
        if self._db.row("SELECT id FROM customers WHERE id = ?", customer_id) is None:
            raise Invalid(f"No customer {customer_id!r} in this shop. Check the id.")
        customers = self._column(_PERSON, customer_id)
        talks = self._column(_TALKS, customers)
        handoffs = self._column("SELECT id FROM handoffs WHERE conversation_id IN (SELECT unnest(?))", talks)
        return {
            "customers": customers,
            "conversations": talks,
            "runs": self._column("SELECT id FROM runs WHERE conversation_id IN (SELECT unnest(?))", talks),
            "messages": self._column("SELECT id FROM messages WHERE conversation_id IN (SELECT unnest(?))", talks),
            "message_seqs": self._column("SELECT seq FROM messages WHERE conversation_id IN (SELECT unnest(?))", talks),
            "orders": self._column("SELECT key FROM orders WHERE customer_id IN (SELECT unnest(?))", customers),
            "tickets": self._column(
                "SELECT key FROM tickets WHERE customer_id IN (SELECT unnest(?))"
                " OR (customer_id IS NULL AND conversation_id IN (SELECT unnest(?)))",
                *(customers, talks),
            ),
            "drafts": self._column("SELECT id FROM drafts WHERE conversation_id IN (SELECT unnest(?))", talks),
            "handoffs": handoffs,
            "calls": self._column("SELECT id FROM audit WHERE conversation_id IN (SELECT unnest(?))", talks),
            "wordings": self._column(_WORDINGS, talks),
            "merges": self._column(
                "SELECT id FROM merges WHERE keep_id IN (SELECT unnest(?)) OR other_id IN (SELECT unnest(?))",
                *(customers, customers),
            ),
        }

    def _places(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Each table with the columns that tell whose a row is, and the kind of key that stands there."""
        columns = self._db.rows(
            "SELECT table_name, list(column_name ORDER BY column_index) AS columns FROM duckdb_columns()"
            " WHERE NOT internal AND database_name = current_database() GROUP BY table_name ORDER BY table_name"
        )
        for row in columns:
            found = [(name, _COLUMNS[name]) for name in row["columns"] if name in _COLUMNS]
            own = [_OWN_KEYS[row["table_name"]]] if row["table_name"] in _OWN_KEYS else found
            if own:
                yield row["table_name"], tuple(own)

    def _rows(self, table: str, where: Sequence[tuple[str, str]], ids: Ids) -> list[Row]:
        condition, values = _where(where, ids)
        rows = self._db.rows(f"SELECT * FROM {table} WHERE {condition}", *values)  # noqa: S608 - names of our schema
        return [_plain(row) for row in rows]

    def _delete(self, table: str, where: Sequence[tuple[str, str]], ids: Ids) -> int:
        condition, values = _where(where, ids)
        return int(self._db.write(f"DELETE FROM {table} WHERE {condition}", *values)[0]["Count"])  # noqa: S608

    def _column(self, sql: str, *values: object) -> list[Any]:
        return [next(iter(row.values())) for row in self._db.rows(sql, *values)]

    # ------------------------------------------------------------ other people's texts

    def _names(self, customer_id: str) -> list[str]:
        """What names this person and nobody else."""
        customers = self._column(_PERSON, customer_id)
        kept = self._db.rows(_NAMES, customers)
        merged = self._db.rows("SELECT other FROM merges WHERE other_id IN (SELECT unnest(?))", customers)
        people: list[Mapping[str, Any]] = [*kept, *(row["other"] for row in merged)]
        orders = self._db.rows("SELECT id, fulfillments FROM orders WHERE customer_id IN (SELECT unnest(?))", customers)
        tickets = self._column("SELECT id FROM tickets WHERE customer_id IN (SELECT unnest(?))", customers)
        parcels = [each for row in orders for parcel in row["fulfillments"] for each in parcel.get("tracking_ids", ())]
        own = [person[field] for person in people for field in ("id", "email", "phone")]
        full = [person["name"] for person in people if not self._is_shared(person["name"], customers)]
        found = (*own, *full, *(row["id"] for row in orders), *tickets, *parcels)
        return [name for name in dict.fromkeys(found) if name and len(name.strip("# ")) >= _SHORTEST_NAME]

    def _is_shared(self, name: str, customers: Sequence[str]) -> bool:
        return (
            " " not in name.strip()
            or self._db.row(
                "SELECT id FROM customers WHERE lower(name) = lower(?) AND id NOT IN (SELECT unnest(?))",
                *(name, list(customers)),
            )
            is not None
        )

    def _strike_out(self, names: Sequence[str]) -> int:
        """Take the names out of what is left, and out of its words for the search. How many texts named the person."""
        if not names:
            return 0
        pattern, count = _pattern(names), 0
        touched = self._column("SELECT seq FROM messages WHERE regexp_matches(text, ?)", pattern)
        for table, column in _TEXTS:
            changed = self._db.write(
                f"UPDATE {table} SET {column} = regexp_replace({column}::VARCHAR, ?, ?, 'g')"  # noqa: S608
                f" WHERE regexp_matches({column}::VARCHAR, ?)",
                *(pattern, STRUCK_OUT, pattern),
            )
            count += int(changed[0]["Count"])
        count += self._strike_out_subjects([id_key(name) for name in names])
        for table in ("message_terms", "message_vectors"):
            self._db.write(f"DELETE FROM {table} WHERE message_seq IN (SELECT unnest(?))", touched)  # noqa: S608
        count += int(
            self._db.write(
                "DELETE FROM wordings WHERE regexp_matches(text, ?) OR regexp_matches(question, ?)", pattern, pattern
            )[0]["Count"]
        )
        return count

    def _strike_out_subjects(self, keys: Sequence[str]) -> int:
        changed = self._db.write(
            "UPDATE insights SET subjects = list_filter(subjects, lambda each: NOT list_contains(?::VARCHAR[], each))"
            " WHERE list_has_any(subjects, ?::VARCHAR[])",
            *(list(keys), list(keys)),
        )
        return int(changed[0]["Count"])


def _where(where: Iterable[tuple[str, str]], ids: Ids) -> tuple[str, list[object]]:
    pairs = list(where)
    condition = " OR ".join(f"{column} IN (SELECT unnest(?))" for column, _ in pairs)
    return condition, [ids[kind] for _, kind in pairs]


def _pattern(names: Sequence[str]) -> str:
    """A regular expression that finds the names as whole words, also as they are written within JSON."""
    return "(?i)" + "|".join(f"(?:{_whole(name)})" for name in sorted(_spellings(names), key=len, reverse=True))


def _spellings(names: Sequence[str]) -> set[str]:
    return {spelled for name in names for spelled in (name, json.dumps(name)[1:-1], as_json(name)[1:-1])}


def _whole(name: str) -> str:
    bare = name.removeprefix("#").strip()
    if bare.isdigit():  # else every amount and year of that number would go
        return rf"#{bare}\b"
    begins, ends = (r"\b" if bare[0].isalnum() else ""), (r"\b" if bare[-1].isalnum() else "")
    return f"#?{begins}{re.escape(bare)}{ends}"


def _plain(row: Row) -> Row:
    """The row with values that JSON knows; vectors and what is kept for the search only are left out."""
    kept = {name: value for name, value in row.items() if not isinstance(value, bytes) and name != "vector"}
    plain: Row = json.loads(as_json(kept))
    return plain
