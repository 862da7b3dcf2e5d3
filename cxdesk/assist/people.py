"""The shop's customers as people: finding them, what is known of each, and what is done with it at the desk.

Two entries of one person are merged and a conversation is linked to its customer with a way back. A person's data is
handed out or deleted as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cxdesk.access import Access
from cxdesk.domain import Customer, Fact, Identity, Invalid, Order, Profile, Rating, Record, Ticket, Tier, now
from cxdesk.memory import Memory
from cxdesk.store import Store
from cxdesk.store.people import Merge, PersonConversation, PersonRow

__all__ = ["Deleted", "Merge", "People", "Person", "PersonConversation", "PersonRow"]

Undo = Callable[[], None]


class Person(Record):
    """All that a person at the desk looks at of one customer; lists begin with the newest."""

    customer: Customer
    profile: Profile
    orders: tuple[Order, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    conversations: tuple[PersonConversation, ...] = ()
    facts: tuple[Fact, ...] = ()
    ratings: tuple[Rating, ...] = ()
    merges: tuple[Merge, ...] = ()


class Deleted(Record):
    """How many rows of each table went; 'struck out' counts other people's texts that named the person."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


class People:
    """The room of customers. `changed` is called when the shop's records changed, `notify` with a conversation's id.

    `forget` is told the texts of a deleted person's messages, for what keeps copies of texts outside the store.
    """

    def __init__(
        self,
        store: Store,
        memory: Memory,
        changed: Callable[[], None] = lambda: None,
        notify: Callable[[str], None] = lambda _: None,
        forget: Callable[[list[str]], object] = lambda _: None,
        access: Access | None = None,
    ) -> None:
        self._access = access or Access()
        self._store = store
        self._memory = memory
        self._changed = changed
        self._notify = notify
        self._forget = forget

    def search(
        self, text: str = "", *, tier: Tier | None = None, at_risk: bool | None = None, limit: int = 200
    ) -> list[PersonRow]:
        """Customers by name: those whose name, e-mail, phone or id holds the text, or whose order or ticket it is."""
        return self._store.people.search(text, tier=tier, at_risk=at_risk, limit=limit)

    def page(self, customer_id: str) -> Person:
        """All that is known of a customer, up to date. Raises `Invalid` if there is no such customer."""
        store, customer = self._store, self._store.customers.get(customer_id)
        return Person(
            customer=customer,
            profile=self._memory.profile(customer_id),
            orders=tuple(store.orders.of_customer(customer_id)),
            tickets=tuple(store.tickets.of_customer(customer_id)),
            conversations=tuple(store.people.conversations(customer_id)),
            facts=tuple(self._memory.facts(customer_id)),
            ratings=tuple(store.people.ratings(customer_id)),
            merges=tuple(store.people.merges(customer_id)),
        )

    # ------------------------------------------------------------ one person, one entry

    def link(self, conversation_id: str, customer_id: str) -> Undo:
        """Count a conversation among this customer's; returns what takes that back.

        It proves nothing: what the writer may be told is decided by the shop's proofs, as before. Raises `Invalid`
        if there is no such conversation or customer.
        """
        self._access.need("customers")
        self._store.customers.get(customer_id)
        with self._store.transaction():
            before = self._store.conversations.get(conversation_id)
            proved = before.identity.customer_id in (None, customer_id)
            self._store.people.link(before, customer_id, before.identity if proved else Identity())
        self._moved(conversation_id, before.customer_id, customer_id)

        def undo() -> None:
            self._store.people.link(before, before.customer_id, before.identity)
            self._moved(conversation_id, customer_id, before.customer_id)

        return undo

    def merge(self, keep_id: str, other_id: str) -> Undo:
        """Give all that is `other_id`'s to `keep_id`, who stays as they are; returns what takes that back.

        It can be taken back later too, by `undo_merge`. Raises `Invalid` if one of them doesn't exist.
        """
        self._access.need("customers")
        merge = self._store.people.merge(keep_id, other_id)
        self._records_changed(keep_id)
        return lambda: self.undo_merge(merge.id)

    def undo_merge(self, merge_id: str) -> None:
        """Put two customers back as they were; what came since stays with the one who was kept.

        Raises `Invalid` if there is no such merge, `Refused` where a later one must be undone first, or the e-mail
        address has become another customer's.
        """
        self._access.need("customers")
        merge = self._store.people.undo_merge(merge_id)
        self._records_changed(merge.keep_id, merge.other_id)

    def merges(self, customer_id: str) -> list[Merge]:
        """Who was merged into this customer, the newest first."""
        return self._store.people.merges(customer_id)

    # ------------------------------------------------------------ a person's data as a whole

    def export(self, customer_id: str) -> dict[str, Any]:
        """All that is kept about the person, as values that JSON knows: rows by table, as they are kept.

        What only makes messages findable is left out. Raises `Invalid` if there is no such customer.
        """
        self._access.need("customers")
        return {"customer_id": customer_id, "exported_at": now().isoformat(), **self._store.personal.of(customer_id)}

    def delete(self, customer_id: str) -> Deleted:
        """Delete all that is kept about the person; there is no way back.

        In the file it stays readable until the desk is closed. Raises `Invalid` if there is no such customer.
        """
        self._access.need("erase")
        said = [message["text"] for message in self._store.personal.of(customer_id).get("messages", [])]
        self._forget(said)
        erasure = self._store.personal.delete(customer_id)
        self._changed()
        return Deleted(rows=erasure.rows)

    # ------------------------------------------------------------ inside

    def _moved(self, conversation_id: str, *customer_ids: str | None) -> None:
        for customer_id in filter(None, customer_ids):
            self._bring_up_to_date(customer_id)
        self._notify(conversation_id)

    def _records_changed(self, *customer_ids: str) -> None:
        for customer_id in customer_ids:
            self._bring_up_to_date(customer_id)
        self._changed()

    def _bring_up_to_date(self, customer_id: str) -> None:
        try:
            self._memory.profile(customer_id)
        except Invalid:  # merged or deleted since
            return
