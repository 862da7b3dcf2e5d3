"""The last look at everything that leaves: what belongs to another customer, secrets, and the desk's own prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cxdesk.domain import Customer
from cxdesk.signals.outbound import check_outbound, identifiers
from cxdesk.store import Store


@dataclass(frozen=True)
class Outbound:
    """Checks replies, written by code, by a model or by a person. `internal_texts` never leave, nor parts of them."""

    store: Store
    internal_texts: tuple[str, ...] = ()

    def check_for(self, customer_id: str | None, customer_texts: Sequence[str]) -> Callable[[str], list[str]]:
        """A check of texts for this customer: why one may not go, in words; empty when it may.

        What belongs to the customer is looked up once, here. What they wrote themselves may be repeated.
        """
        customer = self.store.customers.find(customer_id) if customer_id else None
        own = {value for said in customer_texts for _, value in identifiers(said)}
        if customer:
            own |= self._of(customer)

        def reasons(text: str) -> list[str]:
            return check_outbound(text, own=own, is_foreign=self._is_foreign, internal_texts=self.internal_texts)

        return reasons

    def _of(self, customer: Customer) -> set[str]:
        orders = self.store.orders.of_customer(customer.id)
        own = {customer.id, customer.email, customer.phone or "", customer.address.address1}
        own |= {method.id for method in customer.payment_methods}
        own |= {order.id.lstrip("#") for order in orders}
        own |= {number for order in orders for f in order.fulfillments for number in f.tracking_ids}
        return own | {ticket.id for ticket in self.store.tickets.of_customer(customer.id)}

    def _is_foreign(self, kind: str, value: str) -> bool:
        """Whether somebody of the shop has it; what the reader has was passed before."""
        if kind == "email":
            return self.store.customers.find_by_email(value) is not None
        if kind == "id":
            return self.store.orders.owner_of(value) is not None or self.store.customers.find(value) is not None
        return False
