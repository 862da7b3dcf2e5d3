"""Customers as people at the desk see them: with their figures, their conversations, and what was merged into them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from cxdesk.domain import (
    Conversation,
    ConversationState,
    Customer,
    Identity,
    Invalid,
    Moment,
    Rating,
    Record,
    Refused,
    Tier,
    new_id,
    now,
)
from cxdesk.store.customers import Customers
from cxdesk.store.database import Database, Row, as_json, fold, id_key
from cxdesk.store.tickets import IS_OVER


class PersonRow(Record):
    """A customer with the figures of a list, as they stood at the last rollup; `open_tickets` is of this moment.

    `tier` is None, and the rest empty, for one who came since.
    """

    customer: Customer
    sessions: int = 0
    last_contact_at: Moment | None = None
    weighted_sentiment: float | None = None
    tier: Tier | None = None
    at_risk: bool = False
    risk_reasons: tuple[str, ...] = ()
    health: float | None = None
    open_tickets: int = 0
    total_spend: Decimal = Decimal(0)


class PersonConversation(Record):
    """A conversation of a customer; moods are -1..1, None where not known or not closed yet."""

    id: str
    state: ConversationState
    opened_at: Moment
    updated_at: Moment
    messages: int = 0
    intent: str | None = None
    outcome: str | None = None
    mood_start: float | None = None
    mood_end: float | None = None


class Merge(Record):
    """That the customer `other_id` was found to be the same person as `keep_id`."""

    id: str
    keep_id: str
    other_id: str
    at: Moment


_LIST = f"""
SELECT c.* EXCLUDE (name_key, email_key), sessions, last_contact_at, weighted_sentiment, tier, at_risk, risk_reasons,
    health, total_spend, coalesce(waiting.n, 0) AS open_tickets
FROM customers c LEFT JOIN profiles p ON p.customer_id = c.id
LEFT JOIN (SELECT customer_id, count(*) AS n FROM tickets WHERE NOT {IS_OVER} AND merged_into IS NULL GROUP BY ALL)
    waiting ON waiting.customer_id = c.id
WHERE ($1 IS NULL OR tier = $1) AND coalesce(coalesce(at_risk, false) = $2, true)
    AND (contains(strip_accents(name_key), strip_accents($3)) OR contains(email_key, $3)
        OR contains(lower(c.id), $3) OR contains(phone, $3)
        OR c.id IN (SELECT customer_id FROM orders WHERE key = $4)
        OR c.id IN (SELECT customer_id FROM tickets WHERE key = $4) OR c.id = $5)
ORDER BY name_key, c.id LIMIT $6
"""  # noqa: S608
_CONVERSATIONS = """
SELECT c.id, c.state, c.opened_at, c.updated_at, coalesce(said.n, 0) AS messages, i.intent,
    CASE WHEN resolution = 'resolved' AND reopened_at IS NOT NULL THEN 'unresolved' ELSE resolution END AS outcome,
    i.sentiment_start AS mood_start, i.sentiment_end AS mood_end
FROM conversations c LEFT JOIN insights i ON i.conversation_id = c.id
LEFT JOIN (SELECT conversation_id, count(*) AS n FROM messages WHERE role != 'system' AND conversation_id IN
    (SELECT id FROM conversations WHERE customer_id = $1) GROUP BY ALL) said ON said.conversation_id = c.id
WHERE c.customer_id = $1 ORDER BY c.opened_at DESC, c.id LIMIT $2
"""
# Whose rows go to another customer, and what names a row there.
_KEYS = {
    "orders": "key",
    "order_changes": "id",
    "tickets": "key",
    "conversations": "id",
    "facts": "id",
    "insights": "conversation_id",
}
# Texts that name the customer inside, and the column that names the row.
_NAMING = {("conversations", "identity"): "id", ("runs", "turn"): "id"}
_MERGE = 'SELECT id, keep_id, other_id, "at" FROM merges'


class PeopleRows:
    def __init__(self, database: Database) -> None:
        self._db = database

    def search(
        self, text: str = "", *, tier: str | None = None, at_risk: bool | None = None, limit: int = 200
    ) -> list[PersonRow]:
        """Customers by name whose name, e-mail, phone or id holds the text, or who have the order or ticket.

        The whole e-mail address or id of a merged customer finds the one who was kept.
        """
        named = Customers(self._db).find_by_email_or_id(text)
        rows = self._db.rows(_LIST, tier, at_risk, fold(text), id_key(text), named and named.id, limit)
        return [_person_row(row) for row in rows]

    def conversations(self, customer_id: str, limit: int = 500) -> list[PersonConversation]:
        """The customer's conversations, the newest first."""
        rows = self._db.rows(_CONVERSATIONS, customer_id, limit)
        return [PersonConversation.model_validate(row) for row in rows]

    def ratings(self, customer_id: str) -> list[Rating]:
        """What was thought of this customer's conversations, the newest first."""
        rows = self._db.rows(
            "SELECT * EXCLUDE (seq) FROM ratings WHERE conversation_id IN"
            " (SELECT id FROM conversations WHERE customer_id = ?) ORDER BY ratings.seq DESC",
            customer_id,
        )
        return [Rating.model_validate(row) for row in rows]

    # ------------------------------------------------------------ linking

    def link(self, conversation: Conversation, customer_id: str | None, identity: Identity) -> None:
        """Count a conversation among this customer's, with what is proved of its writer from now on."""
        with self._db.transaction():
            self._db.write(
                "UPDATE conversations SET customer_id = ?, identity = ? WHERE id = ?",
                *(customer_id, as_json(identity), conversation.id),
            )
            self._db.write(
                "UPDATE insights SET customer_id = ? WHERE conversation_id = ?", customer_id, conversation.id
            )

    # ------------------------------------------------------------ merging

    def merge(self, keep_id: str, other_id: str) -> Merge:
        """Give all that is `other_id`'s to `keep_id` and take the other customer off the list, with a way back.

        Raises `Invalid` if one of them doesn't exist, or both are the same.
        """
        if keep_id == other_id:
            raise Invalid(f"The customer {keep_id!r} can't be merged with themselves. Choose another one.")
        merge = Merge(id=new_id("g"), keep_id=keep_id, other_id=other_id, at=now())
        with self._db.transaction():
            self._raw_customer(keep_id)
            other = as_json(self._raw_customer(other_id))
            self._db.insert("merges", [{**dict(merge), "other": other}])
            for table, key in _KEYS.items():
                self._note(merge.id, table, f"SELECT {key} FROM {table} WHERE customer_id = ?", other_id)  # noqa: S608
                self._db.write(f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", keep_id, other_id)  # noqa: S608
            for table, column in _NAMING:
                self._rename_all(merge.id, table, column, other_id, keep_id)
            self._db.write("DELETE FROM profiles WHERE customer_id = ?", other_id)
            self._db.write("DELETE FROM customers WHERE id = ?", other_id)
        return merge

    def undo_merge(self, merge_id: str) -> Merge:
        """Put everything back as it was; what came since stays with the customer who was kept.

        Raises `Invalid` if there is no such merge, `Refused` where a later one must be undone first or the e-mail
        address has become another customer's.
        """
        with self._db.transaction():
            merge = self._undoable(merge_id)
            for (table, column), key in _NAMING.items():
                self._rename(
                    table, column, key, self._noted(merge_id, f"{table}.{column}"), merge.keep_id, merge.other_id
                )
            for table, key in _KEYS.items():
                self._db.write(
                    f"UPDATE {table} SET customer_id = ? WHERE customer_id = ? AND {key} IN (SELECT unnest(?))",  # noqa: S608
                    *(merge.other_id, merge.keep_id, self._noted(merge_id, table)),
                )
            other = self._db.rows("SELECT other FROM merges WHERE id = ?", merge_id)[0]["other"]
            self._db.insert("customers", [other])
            for table, column in (("merge_rows", "merge_id"), ("merges", "id")):
                self._db.write(f"DELETE FROM {table} WHERE {column} = ?", merge_id)  # noqa: S608
        return merge

    def merges(self, customer_id: str | None = None) -> list[Merge]:
        """What was merged into this customer, or into anybody when None; the newest first."""
        rows = self._db.rows(_MERGE + " WHERE coalesce(keep_id = ?, true) ORDER BY merges.seq DESC", customer_id)
        return [Merge.model_validate(row) for row in rows]

    def kept_for(self) -> dict[str, str]:
        """By the id of each customer who was merged away, who was kept in the end."""
        into = {merge.other_id: merge.keep_id for merge in self.merges()}
        return {other: _last(other, into) for other in into}

    def kept_for_emails(self) -> dict[str, str]:
        """By the e-mail address, as compared, of each customer who was merged away, who was kept in the end."""
        rows = self._db.rows("SELECT other_id, other ->> 'email_key' AS email FROM merges WHERE email != ''")
        kept_for = self.kept_for()
        return {row["email"]: kept_for[row["other_id"]] for row in rows}

    def _raw_customer(self, customer_id: str) -> Row:
        """The customer's row, each cell as its text, so that it comes back letter for letter."""
        row = self._db.row("SELECT COLUMNS(*)::VARCHAR FROM customers WHERE id = ?", customer_id)
        if row is None:
            raise Invalid(f"No customer {customer_id!r} in this shop. Open the list of customers again.")
        return row

    def _undoable(self, merge_id: str) -> Merge:
        row = self._db.row(_MERGE + " WHERE id = ?", merge_id)
        if row is None:
            raise Invalid(f"No merge {merge_id!r} to undo. Open the customer again to see what was merged.")
        merge = Merge.model_validate(row)
        later = self._db.row(
            "SELECT id FROM merges WHERE seq > (SELECT seq FROM merges WHERE id = ?) AND (other_id = ? OR keep_id = ?)",
            *(merge_id, merge.keep_id, merge.keep_id),
        )
        if later:
            raise Refused(f"The customer {merge.keep_id!r} was merged again since. Undo {later['id']!r} first.")
        taken = self._db.row(
            "SELECT customers.id FROM customers JOIN merges ON merges.id = ? WHERE customers.id = other_id"
            " OR (email_key != '' AND email_key = other ->> 'email_key')",
            merge_id,
        )
        if taken:
            raise Refused(f"The customer {taken['id']!r} has the e-mail or id now. Change that, then undo the merge.")
        return merge

    def _note(self, merge_id: str, kind: str, keys: str, *values: object) -> None:
        self._db.write(f"INSERT INTO merge_rows SELECT ?, ?, * FROM ({keys})", merge_id, kind, *values)  # noqa: S608

    def _noted(self, merge_id: str, kind: str) -> list[str]:
        rows = self._db.rows("SELECT key FROM merge_rows WHERE merge_id = ? AND kind = ?", merge_id, kind)
        return [row["key"] for row in rows]

    def _rename_all(self, merge_id: str, table: str, column: str, old: str, new: str) -> None:
        """Rename the customer in the texts of their conversations. Those that name both stay as they are."""
        key, moved = _NAMING[table, column], "id" if table == "conversations" else "conversation_id"
        rows = self._db.rows(
            f"SELECT {key} AS key FROM {table} WHERE {moved} IN (SELECT unnest(?))"  # noqa: S608
            f" AND contains({column}::VARCHAR, ?) AND NOT contains({column}::VARCHAR, ?)",
            *(self._noted(merge_id, "conversations"), json.dumps(old), json.dumps(new)),
        )
        keys = [row["key"] for row in rows]
        self._note(merge_id, f"{table}.{column}", "SELECT unnest(?)", keys)
        self._rename(table, column, key, keys, old, new)

    def _rename(self, table: str, column: str, key: str, keys: Sequence[str], old: str, new: str) -> None:
        rows = self._db.rows(
            f"SELECT {key} AS key, {column}::VARCHAR AS told FROM {table} WHERE {key} IN (SELECT unnest(?))",  # noqa: S608
            list(keys),
        )
        rename = _renaming(old, new)
        self._db.write(
            f"UPDATE {table} SET {column} = fresh.told FROM (SELECT unnest(?) AS key, unnest(?) AS told) AS fresh"  # noqa: S608
            f" WHERE {table}.{key} = fresh.key",
            *([row["key"] for row in rows], [rename(row["told"]) for row in rows]),
        )


def _renaming(old: str, new: str) -> Callable[[str], str]:
    """Puts another id in the place of one, in JSON texts, and leaves all else letter for letter."""
    pattern = re.compile(r'("customer_id"\s*:\s*)' + re.escape(json.dumps(old)))
    return lambda text: pattern.sub(lambda found: found[1] + json.dumps(new), text)


def _last(customer_id: str, into: dict[str, str]) -> str:
    while customer_id in into:
        customer_id = into[customer_id]
    return customer_id


def _person_row(row: Row) -> PersonRow:
    customer = Customer(**{name: row[name] for name in Customer.model_fields})
    figures: Iterable[str] = PersonRow.model_fields.keys() - {"customer"}
    return PersonRow(customer=customer, **{name: row[name] for name in figures if row[name] is not None})
