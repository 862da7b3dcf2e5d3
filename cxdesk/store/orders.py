"""The customers' orders, with their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cxdesk.domain import Invalid, Order, OrderChange
from cxdesk.store.database import Database, Row, amount, as_json, id_key

_SELECT = "SELECT * EXCLUDE (key, seq) FROM orders"
_NEWEST = "orders.ordered_at DESC NULLS LAST, orders.seq"
_OF_CUSTOMERS = f"""{_SELECT} WHERE customer_id IN (SELECT unnest(?))
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY {_NEWEST}) <= ? ORDER BY {_NEWEST}"""


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
        return self._orders(_SELECT + f" WHERE customer_id = ? ORDER BY {_NEWEST} LIMIT ?", customer_id, limit)

    def of_customers(self, customer_ids: Iterable[str], each: int) -> dict[str, list[Order]]:
        """The newest orders of several customers, at most so many of each, in one reading."""
        found: dict[str, list[Order]] = defaultdict(list)
        for order in self._orders(_OF_CUSTOMERS, list(customer_ids), each):
            found[order.customer_id].append(order)
        return found

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

    def save(self, order: Order, customer_id: str) -> None:
        """Keep the customer's order as it is now, with its items.

        Raises `Invalid`, and changes nothing, for an order that isn't there or is another customer's.
        """
        row, key = _row(order), id_key(order.id)
        with self._db.transaction():
            changed = self._db.write(
                "UPDATE orders SET status = ?, total = ?, ship_to = ?, payments = ?"
                " WHERE key = ? AND customer_id = ? RETURNING id",
                *(row["status"], row["total"], row["ship_to"], row["payments"], key, customer_id),
            )
            if not changed:
                raise _unknown(order.id)
            self._save_items(order, customer_id)

    def _save_items(self, order: Order, customer_id: str) -> None:
        kept = self.find(order.id, customer_id)
        if kept is None or kept.items == order.items:
            return
        self._db.write(
            "DELETE FROM order_items WHERE line_no NOT IN (SELECT unnest(?)) AND order_key IN"
            " (SELECT key FROM orders WHERE key = ? AND customer_id = ?)",
            *([item.line_no for item in order.items], id_key(order.id), customer_id),
        )
        # The key is two columns, so `insert` can't name it: lines that stay are changed, new ones are added.
        lines = {item.line_no for item in kept.items}
        for row in _item_rows(order):
            if row["line_no"] in lines:
                self._change_item(row, customer_id)
        self._db.insert("order_items", [row for row in _item_rows(order) if row["line_no"] not in lines])

    def _change_item(self, row: Row, customer_id: str) -> None:
        columns = ("item_id", "product_id", "product_name", "options", "price", "quantity", "line_no", "order_key")
        self._db.write(
            "UPDATE order_items SET item_id = ?, product_id = ?, product_name = ?, options = ?, price = ?, quantity = ?"
            " WHERE line_no = ? AND order_key IN (SELECT key FROM orders WHERE key = ? AND customer_id = ?)",
            *(row[name] for name in columns),
            customer_id,
        )

    def add_change(self, change: OrderChange) -> None:
        """Note what was done to an order. Raises `Invalid` if it isn't that customer's."""
        row = {name: value for name, value in change if name != "order_id"}
        with self._db.transaction():
            if self.find(change.order_id, change.customer_id) is None:
                raise _unknown(change.order_id)
            kept = {"order_key": id_key(change.order_id), "args": as_json(change.args), "amount": amount(change.amount)}
            self._db.insert("order_changes", [{**row, **kept}])

    def changes(self, order_id: str, customer_id: str) -> list[OrderChange]:
        """What was done to the customer's order at this desk, oldest first; nothing of another customer's."""
        rows = self._db.rows(
            "SELECT changes.* EXCLUDE (seq, order_key), orders.id AS order_id"
            " FROM order_changes AS changes JOIN orders ON orders.key = changes.order_key"
            " AND orders.customer_id = changes.customer_id"
            " WHERE orders.key = ? AND orders.customer_id = ? ORDER BY changes.seq",
            *(id_key(order_id), customer_id),
        )
        return [OrderChange.model_validate(row) for row in rows]

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


def _unknown(order_id: str) -> Invalid:
    return Invalid(f"No order {order_id!r} of this customer. Check the id, or who is writing.")


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
