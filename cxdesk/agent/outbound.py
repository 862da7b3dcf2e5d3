"""The last look at everything that leaves: what belongs to another customer, secrets, and the desk's own prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from cxdesk.agent.customer_records import CustomerRecords
from cxdesk.signals.outbound import InternalWords, check_outbound, street_spellings
from cxdesk.store import Store
from cxdesk.store.owners import Owners


@dataclass(frozen=True)
class Outbound:
    """Checks replies, written by code, by a model or by a person. `internal_texts` never leave, nor parts of them."""

    store: Store
    internal_texts: tuple[str, ...] = ()
    region: str = "US"

    def check_for(
        self,
        customer_id: str | None,
        customer_texts: Sequence[str],
        sources: Sequence[str] | None = None,
        records: CustomerRecords | None = None,
    ) -> Callable[[str], list[str]]:
        """A check of texts for this customer: why one may not go, in words; empty when it may.

        What belongs to the customer is looked up once, here, unless their `records` are given; another's only when a
        text holds it, each value once. What they wrote themselves may be repeated. `sources` is the evidence of a
        reply that nobody typed: its web and e-mail addresses must stand there, be the customer's, or stand in what
        they wrote.
        """
        own = _own_values(records or CustomerRecords(self.store, customer_id))
        told = "\n".join(customer_texts)
        known = None if sources is None else "\n".join([*sources, *own])
        owners = Owners.of(self.store)

        @cache
        def prefixes() -> frozenset[str]:
            return _prefixes([*self.store.orders.sample_ids(), *self.store.tickets.sample_ids()])

        @cache
        def others(kind: str, value: str) -> tuple[str, ...]:
            if kind == "id" and value.isdigit():
                spellings = [value, *(f"{prefix}{value}" for prefix in prefixes())]
            else:
                spellings = street_spellings(value) if kind == "address" else [value]
            found = {owner: name for each in spellings for owner, name in owners.find(kind, each).items()}
            if kind == "postal_code":  # many share one, so it tells something only beside a name
                return tuple(name for owner, name in found.items() if owner != customer_id)
            return () if customer_id in found or (found and owners.is_published(value)) else tuple(found.values())

        def reasons(text: str) -> list[str]:
            return check_outbound(
                text,
                own=own,
                others=others,
                told=told,
                internal=self._internal,
                sources=known,
                region=self.region,
            )

        return reasons

    @cached_property
    def _internal(self) -> InternalWords:
        return InternalWords(self.internal_texts)


def _own_values(records: CustomerRecords) -> set[str]:
    customer, orders = records.customer, records.orders
    if customer is None:
        return set()
    own = {customer.id, customer.email, customer.phone or "", *street_spellings(customer.address.address1)}
    own |= {method.id for method in customer.payment_methods}
    own |= {order.id.lstrip("#") for order in orders}
    own |= {street for order in orders for street in street_spellings(order.ship_to.address1)}
    own |= {number for order in orders for f in order.fulfillments for number in f.tracking_ids}
    return own | {ticket.id for ticket in records.tickets}


def _prefixes(ids: Sequence[str]) -> frozenset[str]:
    """What stands before the digits of the shop's ids: 'order 4836353' is its '#W4836353'."""
    return frozenset(prefix for each in ids if (prefix := each.lstrip("#").rstrip("0123456789")) and prefix != each)
