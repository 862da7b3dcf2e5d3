"""Looks through the desk for what a person types into the palette. Runs on worker threads and never touches Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdesk.ui import words
from cxdesk.ui.language import tr
from cxdesk.ui.likeness import best_fitting
from cxdesk.ui.reading import search_inbox

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import Customer

OF_EACH = 4
# Names are compared loosely in shops of at most so many customers; beyond, only what contains the text is found.
MOST_COMPARED = 5_000


@dataclass(frozen=True)
class Found:
    """An item of the desk, and the page that shows it; `part` is what of it was found, such as a customer's order."""

    kind: str
    title: str
    note: str
    page: str
    id: str
    part: str = ""


def find_on_desk(desk: Desk, text: str) -> tuple[Found, ...]:
    """Orders, customers, documents and conversations that fit, in this order. Takes an embedding."""
    return (*_orders(desk, text), *_customers(desk, text), *_documents(desk, text), *_conversations(desk, text))


def _orders(desk: Desk, text: str) -> Iterator[Found]:
    for written in dict.fromkeys((text, f"#{text.lstrip('#')}")):
        owner = desk.store.orders.owner_of(written)
        order = desk.store.orders.find(written, owner) if owner else None
        if owner and order:
            name = desk.store.customers.get(owner).name
            status = words.order_status(order.status).text
            yield Found(tr("Order"), f"{order.id}, {name}", status, "customers", owner, order.id)
            return


def _customers(desk: Desk, text: str) -> Iterator[Found]:
    found = desk.store.customers.search(text, OF_EACH) or _alike(desk, text)
    return (Found(tr("Customer"), customer.name, customer.email, "customers", customer.id) for customer in found)


def _alike(desk: Desk, text: str) -> list[Customer]:
    """Customers whose name is nearly what was typed."""
    if desk.store.customers.count() > MOST_COMPARED:
        return []
    customers = desk.store.customers.all(MOST_COMPARED)
    return best_fitting(customers, lambda customer: customer.name, text, OF_EACH)


def _documents(desk: Desk, text: str) -> Iterator[Found]:
    documents = desk.store.documents.names()
    for name, title in best_fitting(documents, " ".join, text, OF_EACH):
        yield Found(tr("Document"), title, name, "knowledge", name)


def _conversations(desk: Desk, text: str) -> Iterator[Found]:
    return (
        Found(tr("Conversation"), row.writer, row.found, "inbox", row.id) for row in search_inbox(desk, text)[:OF_EACH]
    )
