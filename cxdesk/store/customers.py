"""The shop's customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cxdesk.domain import Address, Customer, Invalid, PaymentMethod, Refused
from cxdesk.store.database import Database, Row, as_json, fold

_SELECT = "SELECT * EXCLUDE (name_key, email_key) FROM customers"
_NOT_MERELY_SIGNED_UP = " AND (id NOT IN (SELECT customer_id FROM sign_ups) OR id IN (SELECT customer_id FROM orders))"


class Customers:
    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, customer_id: str) -> Customer | None:
        return _customer(self._db.row(_SELECT + " WHERE id = ?", customer_id))

    def get(self, customer_id: str) -> Customer:
        """The customer with this id. Raises `Invalid` if there is none."""
        customer = self.find(customer_id)
        if customer is None:
            raise Invalid(f"No customer {customer_id!r} in this shop. Check the id, or import the shop's customers.")
        return customer

    def find_many(self, customer_ids: Iterable[str]) -> dict[str, Customer]:
        """Those of the customers that exist, by id."""
        rows = self._db.rows(_SELECT + " WHERE id IN (SELECT unnest(?))", list(customer_ids))
        return {row["id"]: Customer.model_validate(row) for row in rows}

    def find_by_email(self, email: str) -> Customer | None:
        """The customer with this e-mail address, in any case. A blank address is nobody's."""
        key = fold(email)
        return _customer(self._db.row(_SELECT + " WHERE email_key = ?", key)) if key else None

    def find_by_name_and_zip(self, name: str, zip: str) -> Customer | None:
        """The one customer of this name and postal code, in any case; None if there are several.

        Whoever only signed up and ordered nothing is passed over: they could call themselves as anybody.
        """
        rows = self._db.rows(_SELECT + " WHERE name_key = ?" + _NOT_MERELY_SIGNED_UP, fold(name))
        found = [each for each in map(Customer.model_validate, rows) if fold(each.address.zip) == fold(zip) != ""]
        return found[0] if len(found) == 1 else None

    def search(self, text: str, limit: int = 50) -> list[Customer]:
        """Customers whose name, e-mail, phone or id contains the text, by name; case and accents don't matter."""
        sought = fold(text)
        rows = self._db.rows(
            _SELECT
            + " WHERE contains(strip_accents(name_key), strip_accents(?)) OR contains(email_key, ?)"
            + " OR contains(lower(id), ?) OR contains(phone, ?) ORDER BY name_key, id LIMIT ?",
            *(sought, sought, sought, sought, limit),
        )
        return [Customer.model_validate(row) for row in rows]

    def all(self, limit: int = 1000, offset: int = 0) -> list[Customer]:
        """A page of all customers, by name."""
        rows = self._db.rows(_SELECT + " ORDER BY name_key, id LIMIT ? OFFSET ?", limit, offset)
        return [Customer.model_validate(row) for row in rows]

    def count(self) -> int:
        return int(self._db.rows("SELECT count(*) AS n FROM customers")[0]["n"])

    def put(self, customer: Customer) -> None:
        """Add the customer, or replace the one with the same id. Raises `Refused` if another has the e-mail."""
        self.put_many([customer])

    def put_many(self, customers: Sequence[Customer]) -> None:
        """`put` for many at once: all, or none. The e-mail addresses are compared as they will be in the end."""
        with self._db.transaction():
            self._refuse_shared_emails(customers)
            self._db.insert("customers", [_row(customer) for customer in customers], replace_by="id")

    def update_email(self, customer_id: str, email: str) -> Customer:
        """Give the customer another e-mail address. Raises `Refused` if it is another customer's."""
        with self._db.transaction():
            changed = self.get(customer_id).model_copy(update={"email": email})
            self.put(changed)
        return changed

    def update_address(self, customer_id: str, address: Address) -> None:
        """Give the customer another address. Raises `Invalid` if there is no such customer."""
        self._change("UPDATE customers SET address = ? WHERE id = ? RETURNING id", customer_id, address)

    def update_payment_methods(self, customer_id: str, methods: Sequence[PaymentMethod]) -> None:
        """Keep the customer's ways to pay, with their balances. Raises `Invalid` if there is no such customer."""
        self._change("UPDATE customers SET payment_methods = ? WHERE id = ? RETURNING id", customer_id, list(methods))

    def _change(self, sql: str, customer_id: str, value: object) -> None:
        with self._db.transaction():
            if not self._db.write(sql, as_json(value), customer_id):
                self.get(customer_id)

    def emails(self) -> dict[str, str]:
        """Whose each e-mail address is: address as compared, customer id."""
        rows = self._db.rows("SELECT email_key, id FROM customers WHERE email_key <> ''")
        return {row["email_key"]: row["id"] for row in rows}

    def _refuse_shared_emails(self, customers: Sequence[Customer]) -> None:
        keys = Counter(fold(customer.email) for customer in customers if fold(customer.email))
        taken = self._db.row(
            "SELECT email_key FROM customers"
            " WHERE email_key IN (SELECT unnest(?)) AND id NOT IN (SELECT unnest(?)) LIMIT 1",
            list(keys),
            [customer.id for customer in customers],
        )
        if taken or any(times > 1 for times in keys.values()):
            raise Refused("Another customer has this e-mail address already. Use a different one.")


def _customer(row: Row | None) -> Customer | None:
    return Customer.model_validate(row) if row else None


def _row(customer: Customer) -> Row:
    return {
        **dict(customer),
        "address": as_json(customer.address),
        "payment_methods": as_json(customer.payment_methods),
        "name_key": fold(customer.name),
        "email_key": fold(customer.email),
    }
