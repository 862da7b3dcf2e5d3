"""Whose an identifier is: e-mail address, phone number, id, street and number, postal code.

For the check of what leaves the desk, never for a reply. The database compares; only the owners come back.
"""

from __future__ import annotations

from typing import Self

from cxdesk.store.customers import Customers
from cxdesk.store.database import Database, as_json, fold, id_key
from cxdesk.store.store import Store

_PHONE_DIGITS, _FEWEST_DIGITS = 10, 7
_PHONE = "SELECT id FROM customers WHERE right(regexp_replace(phone, '\\D', '', 'g'), 10) = ?"
_POSTAL_CODE = "SELECT id FROM customers WHERE lower(address ->> '$.zip') = ?"
_STREET = (
    "SELECT id FROM customers WHERE contains(' ' || lower(address ->> '$.address1') || ' ', ?)"
    " UNION ALL SELECT customer_id FROM orders WHERE contains(' ' || lower(ship_to ->> '$.address1') || ' ', ?)"
)
# `contains` is quick and wide; what it finds is then compared as a whole.
_ID = (
    "SELECT id FROM customers WHERE id = ? UNION ALL SELECT id FROM customers WHERE id = ?"
    " UNION ALL SELECT customer_id FROM orders WHERE key = ?"
    " UNION ALL SELECT customer_id FROM tickets WHERE key = ?"
    " UNION ALL SELECT id FROM customers"
    " WHERE contains(payment_methods, ?) AND list_contains(payment_methods ->> '$[*].id', ?)"
    " UNION ALL SELECT customer_id FROM orders"
    " WHERE contains(fulfillments, ?) AND list_contains(fulfillments ->> '$[*].tracking_ids[*]', ?)"
)
_PUBLISHED = "SELECT 1 FROM documents WHERE audience = 'public' AND contains(lower(text), ?) LIMIT 1"
_PUBLISHED_NUMBER = (
    "SELECT 1 FROM documents WHERE audience = 'public' AND contains(regexp_replace(text, '\\D', '', 'g'), ?) LIMIT 1"
)


class Owners:
    def __init__(self, database: Database) -> None:
        self._db = database

    @classmethod
    def of(cls, store: Store) -> Self:
        return cls(store._database)

    def find(self, kind: str, value: str) -> dict[str, str]:
        """The customers to whom the value belongs, as id and name; empty for what is nobody's.

        Kinds: email, phone (its last ten digits are compared), id (of an order, ticket, customer, payment method or
        parcel), address (whole words of its first line), postal_code. Raises `KeyError` for another kind.
        """
        match kind:
            case "email":
                owner = Customers(self._db).find_by_email(value)
                return {owner.id: owner.name} if owner else {}
            case "phone":
                digits = _last_digits(value)
                return self._customers(_PHONE, digits) if len(digits) >= _FEWEST_DIGITS else {}
            case "id":
                lower, upper = value.lower(), value.upper()
                return self._customers(
                    _ID, value, lower, id_key(value), id_key(value), as_json(lower), lower, as_json(upper), upper
                )
            case "address":
                words = f" {fold(value)} "
                return self._customers(_STREET, words, words)
            case "postal_code":
                return self._customers(_POSTAL_CODE, fold(value))
            case _:
                raise KeyError(kind)

    def is_published(self, value: str) -> bool:
        """Whether a document for customers holds the value, as it does the shop's own address or number."""
        digits = _last_digits(value)
        if len(digits) == _PHONE_DIGITS and not any(c.isalpha() for c in value):
            return self._db.row(_PUBLISHED_NUMBER, digits) is not None
        return self._db.row(_PUBLISHED, fold(value)) is not None

    def _customers(self, question: str, *values: str) -> dict[str, str]:
        owners = [row["id"] for row in self._db.rows(question, *values) if row["id"]]
        if not owners:
            return {}
        rows = self._db.rows("SELECT id, name FROM customers WHERE id IN (SELECT unnest(?))", owners)
        return {**dict.fromkeys(owners, ""), **{row["id"]: row["name"] for row in rows}}


def _last_digits(value: str) -> str:
    return "".join(c for c in value if c.isdigit())[-_PHONE_DIGITS:]
