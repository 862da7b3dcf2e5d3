"""What wishes are made of, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cxdesk.domain import Customer, Order, OrderItem, Product, Record, Variant

Verb = Literal["cancel", "return", "exchange", "modify", "address", "payment", "email"]


@dataclass(frozen=True)
class Shop:
    """What the desk knows of this customer: profile, orders, and the products in them by id.

    `statuses` names, for each tool, the statuses (in small letters) in which the shop allows it; `reasons` the shop's
    own words for why an order may be cancelled, by their meaning.
    """

    customer: Customer
    orders: tuple[Order, ...]
    products: Mapping[str, Product]
    statuses: Mapping[str, frozenset[str]]
    reasons: Mapping[str, str]

    def order(self, order_id: str) -> Order | None:
        return next((order for order in self.orders if order.id == order_id), None)

    def variant(self, item: OrderItem) -> Variant | None:
        product = self.products.get(item.product_id or "")
        return next((v for v in product.variants if v.item_id == item.item_id), None) if product else None


class Fallback(Record):
    """What the customer would have if the wish can't be granted as it is; `nothing`: they'd rather leave it."""

    text: str
    nothing: bool = False


class Limit(Record):
    """A condition on the price, in the customer's words; `otherwise`: when it holds, the wish is off."""

    text: str
    otherwise: bool = False


class Wish(Record):
    """One thing that the customer wants done, in their words.

    `id` is the place of its verb in the conversation and never changes. `text` is what the verb is about, `lead`
    what stands before it in its sentence, `context` what was said just before that, `notes` what was said about it
    afterwards. `instead_of` names the wish that must turn out impossible first. `doubt`: it was heard, but nothing may
    be proposed. `limits` are the prices and `requires` the options at which it is meant. `implied`: no verb was said,
    only what a thing shall be like. `hopes` tell what must turn out impossible before anything else is wanted: 'there
    is no red one in size L'.
    """

    id: str
    verb: Verb
    text: str
    lead: str = ""
    context: str = ""
    notes: tuple[str, ...] = ()
    preference: tuple[str, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    limits: tuple[Limit, ...] = ()
    requires: tuple[str, ...] = ()
    hopes: tuple[str, ...] = ()
    implied: bool = False
    instead_of: str | None = None
    doubt: bool = False

    @property
    def message(self) -> int:
        """Which of the customer's messages it was said in, the first being 0."""
        return int(self.id.partition(":")[0])


class Progress(Record):
    """What of the conversation's wishes is settled: parts that were done, declined or refused, and questions asked.

    `waived` are those of the questions that the customer answered with something else: they want it done regardless.
    Kept with the run, so that the next turn goes on from here.
    """

    closed: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()


class Proposal(Record):
    """An action with all its arguments, and the parts of wishes that it settles."""

    tool: str
    args: dict[str, Any]
    parts: tuple[str, ...] = ()
    needs_approval: bool = False
    reason: str = ""


class Question(Record):
    """The one thing that is missing. `topic` names it, so that it is not asked for ever."""

    topic: str
    text: str


class Denial(Record):
    """A wish that the shop does not grant, in plain words."""

    text: str
    parts: tuple[str, ...] = ()


Move = Proposal | Question | Denial
