"""The customers' orders, with their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cxdesk.domain import Order
from cxdesk.store.database import Database, Row, amount, as_json, id_key

_SELECT = "SELECT * EXCLUDE (key, seq) FROM orders"


class Orders:
    """Order ids match apart from case and a leading '#': '#W1', 'W1' and 'w1' are one order."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, order_id: str, customer_id: str) -> Order | None:
        """The customer's order. Another customer's order is None, as if it did not exist."""
        found = self._orders(_SELECT + " WHERE key = ? AND customer_id = ?", id_key(order_id), customer_id)
        return found[0] if found else None

    def of_customer(self, customer_id: str, limit: int = 50) -> list[Order]:
        """The customer's orders, newest first; those without a date come last, as they were imported."""
        return self._orders(
            _SELECT + " WHERE customer_id = ? ORDER BY orders.ordered_at DESC NULLS LAST, orders.seq LIMIT ?",
            customer_id,
            limit,
        )

    def owner_of(self, order_id: str) -> str | None:
        """The id of the customer whose order this is.

        For proofs of identity only: what is shown to a customer is read with `find`, in the customer's own name.
        """
        row = self._db.row("SELECT customer_id FROM orders WHERE key = ?", id_key(order_id))
        return row["customer_id"] if row else None

    def sample_ids(self, limit: int = 200) -> list[str]:
        """Some order ids as the shop writes them, to learn their pattern from."""
        return [row["id"] for row in self._db.rows("SELECT id FROM orders ORDER BY seq DESC LIMIT ?", limit)]

    def find_many(self, order_ids: Iterable[str]) -> dict[str, Order]:
        """Those of the orders that exist, whoever's they are, by `id_key`. For imports, never for a reply."""
        orders = self._orders(_SELECT + " WHERE key IN (SELECT unnest(?))", [id_key(each) for each in order_ids])
        return {id_key(order.id): order for order in orders}

    def count(self) -> int:
        return int(self._db.rows("SELECT count(*) AS n FROM orders")[0]["n"])

    def put(self, order: Order) -> None:
        """Add the order with its items, or replace the one with the same id."""
        self.put_many([order])

    def put_many(self, orders: Sequence[Order]) -> None:
        """`put` for many at once: all, or none."""
        keys = [id_key(order.id) for order in orders]
        with self._db.transaction():
            self._db.insert("orders", [_row(order) for order in orders], replace_by="key")
            self._db.write("DELETE FROM order_items WHERE order_key IN (SELECT unnest(?))", keys)
            self._db.insert("order_items", [row for order in orders for row in _item_rows(order)])

    def _orders(self, sql: str, *values: object) -> list[Order]:
        with self._db.snapshot():
            rows = self._db.rows(sql, *values)
            items = self._items([id_key(row["id"]) for row in rows])
        return [Order.model_validate({**row, "items": items[id_key(row["id"])]}) for row in rows]

    def _items(self, keys: list[str]) -> dict[str, list[Row]]:
        items: dict[str, list[Row]] = defaultdict(list)
        for row in self._db.rows(
            "SELECT * FROM order_items WHERE order_key IN (SELECT unnest(?)) ORDER BY order_key, line_no", keys
        ):
            items[row.pop("order_key")].append(row)
        return items


def _row(order: Order) -> Row:
    head = {name: value for name, value in order if name != "items"}
    return {
        **head,
        "key": id_key(order.id),
        "total": amount(order.total),
        "ship_to": as_json(order.ship_to),
        "payments": as_json(order.payments),
        "fulfillments": as_json(order.fulfillments),
    }


def _item_rows(order: Order) -> list[Row]:
    key = id_key(order.id)
    return [
        {**dict(item), "order_key": key, "options": as_json(item.options), "price": amount(item.price)}
        for item in order.items
    ]
