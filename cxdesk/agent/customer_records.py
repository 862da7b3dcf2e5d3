"""What the shop's tables hold of the one customer whom a turn is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cxdesk.domain import Customer, Order, Ticket
from cxdesk.store import Store
from cxdesk.store.database import id_key


@dataclass(frozen=True)
class CustomerRecords:
    """Each table is read when it is first asked for, and not again; all are empty of nobody (`customer_id` None).

    To be made anew after a change.
    """

    store: Store
    customer_id: str | None

    @cached_property
    def customer(self) -> Customer | None:
        return self.store.customers.find(self.customer_id) if self.customer_id else None

    @cached_property
    def orders(self) -> list[Order]:
        """The newest ones first, as many as `Orders.of_customer` gives."""
        return self.store.orders.of_customer(self.customer_id) if self.customer_id else []

    @cached_property
    def tickets(self) -> list[Ticket]:
        return self.store.tickets.of_customer(self.customer_id) if self.customer_id else []

    def has_order(self, order_id: str) -> bool:
        """Whether it is an order of theirs, however old and however it is written."""
        if any(id_key(order.id) == id_key(order_id) for order in self.orders):
            return True
        return self.customer_id is not None and self.store.orders.find(order_id, self.customer_id) is not None
