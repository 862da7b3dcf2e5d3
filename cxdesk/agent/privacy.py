"""Personal data in what a model is told: what the shop knows of the customer, and what looks like it in the texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import phonenumbers

from cxdesk.domain import Address, Customer, Entities
from cxdesk.ports import Personal
from cxdesk.store import Store

_WORD = r"[A-Z0-9][\w.'’-]*"
_STREET = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]?[ ,]+(?:{_WORD}\s+){{1,4}}?"
    r"(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|way|square|terrace|parkway|close)"
    r"\b\.?(?:[ ,]+(?i:apt|apartment|suite|unit|flat|floor)\.?\s*#?\w{1,6})?"
)
_STREET_FIRST = re.compile(  # German, Dutch, Scandinavian: the number comes last
    r"\b[A-ZÄÖÜÅØ][\w.-]*(?:stra(?:ße|sse)|str\.|gasse|weg|platz|allee|straat|laan|gatan|vej|vägen)\s+\d{1,4}\s?[a-z]?\b"
)
_SHORTEST_NAME = 2


class PersonalFinder:
    """Finds the personal data of a prompt. `entities` reads a text's, `region` is where phone numbers need no '+'."""

    def __init__(self, store: Store, entities: Callable[[str], Entities], region: str = "US") -> None:
        self._store = store
        self._entities = entities
        self._region = region

    def __call__(self, slot: str, texts: Sequence[str]) -> list[Personal]:
        """The data that `texts` show, and all that the shop knows of the customers whom `slot` (a conversation's id)
        and the ids and addresses in the texts belong to.
        """
        found = [datum for text in texts for datum in self._in_text(text)]
        conversation = self._store.conversations.find(slot) if slot else None
        known = {conversation.customer_id} if conversation else set()
        known |= {self._store.orders.owner_of(datum.value) for datum in found if datum.kind == "ORDER"}
        by_email = (self._store.customers.find_by_email(datum.value) for datum in found if datum.kind == "EMAIL")
        known |= {customer.id for customer in by_email if customer}
        if conversation and conversation.customer_id is None:
            found += _of_name(conversation.writer)
        return [
            *found,
            *(datum for customer_id in sorted(filter(None, known)) for datum in self._of_customer(customer_id)),
        ]

    def _of_customer(self, customer_id: str) -> Iterator[Personal]:
        customer = self._store.customers.find(customer_id)
        if customer is None:
            return
        yield from _of_person(customer)
        for order in self._store.orders.of_customer(customer_id):
            yield Personal(kind="ORDER", value=order.id)
            yield from _of_address(order.ship_to)
            for fulfillment in order.fulfillments:
                yield from (Personal(kind="TRACKING", value=number) for number in fulfillment.tracking_ids)
        for ticket in self._store.tickets.of_customer(customer_id):
            yield Personal(kind="TICKET", value=ticket.id)

    def _in_text(self, text: str) -> Iterator[Personal]:
        read = self._entities(text)
        yield from (Personal(kind="EMAIL", value=value) for value in read.emails)
        yield from (Personal(kind="ORDER", value=value) for value in read.order_ids)
        yield from (Personal(kind="TICKET", value=value) for value in read.ticket_ids)
        yield from (Personal(kind="ADDRESS", value=value) for value in read.postal_codes)
        for name in read.names:
            yield from _of_name(name)
        for match in phonenumbers.PhoneNumberMatcher(text, self._region):
            yield Personal(kind="PHONE", value=match.raw_string)
        for pattern in (_STREET, _STREET_FIRST):
            yield from (Personal(kind="ADDRESS", value=match.group()) for match in pattern.finditer(text))


def _of_person(customer: Customer) -> Iterator[Personal]:
    yield from _of_name(customer.name)
    yield Personal(kind="EMAIL", value=customer.email)
    yield Personal(kind="ACCOUNT", value=customer.id)
    if customer.phone:
        yield Personal(kind="PHONE", value=customer.phone)
    yield from _of_address(customer.address)
    for method in customer.payment_methods:
        yield Personal(kind="ACCOUNT", value=method.id)
        if method.last_four:
            yield Personal(kind="ACCOUNT", value=method.last_four)


def _of_name(name: str) -> Iterator[Personal]:
    """A full name however written; its parts only as names are written, since 'will' and 'may' are words too."""
    parts = [part for part in name.split() if len(part.strip(".")) >= _SHORTEST_NAME]
    if not parts or name == "Guest":
        return
    if len(parts) > 1:
        yield Personal(kind="NAME", value=name)
    yield from (Personal(kind="NAME", value=part[:1].upper() + part[1:], exact_case=True) for part in parts)


def _of_address(address: Address) -> Iterator[Personal]:
    """Street, town and postal code; a state or a country names nobody."""
    for line in (address.address1, address.address2, address.zip):
        if line.strip():
            yield Personal(kind="ADDRESS", value=line)
    if address.city.strip():
        yield Personal(kind="ADDRESS", value=address.city, exact_case=True)
