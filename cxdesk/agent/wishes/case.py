"""The matter at hand: one customer's wishes beside what the desk knows of their orders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cxdesk.agent.wishes.clauses import clauses
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.outcomes import TOOLS, Judge, Stop
from cxdesk.agent.wishes.records import Shop, Wish
from cxdesk.agent.wishes.things import Mention, find_mentions
from cxdesk.domain import Order


@dataclass(frozen=True)
class Case:
    """All that a decision about one wish may look at.

    `closed` are the parts that were settled before, `waived` the questions that were answered
    with something else.
    """

    shop: Shop
    judge: Judge
    lexicon: Lexicon
    said: tuple[str, ...]
    wishes: tuple[Wish, ...]
    closed: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()

    def mentions(self, text: str) -> list[Mention]:
        return find_mentions(text, self.shop, self.lexicon)

    def allows(self, tool: str, order: Order) -> bool:
        """Whether the shop does this to an order in its present status."""
        return order.status.casefold() in self.shop.statuses.get(tool, frozenset())

    def allows_any(self, wish: Wish, order: Order) -> bool:
        return any(self.allows(tool, order) for tool in TOOLS[wish.verb])

    def tool(self, wish: Wish, order: Order) -> str:
        return next(tool for tool in TOOLS[wish.verb] if self.allows(tool, order))

    def orders_named(self, text: str) -> list[Order]:
        """The customer's own orders whose ids stand in the text, with or without their sign and letters."""
        words = set(re.findall(r"[\w-]+", text.casefold()))
        return [order for order in self.shop.orders if words & _spellings(order.id)]

    def refuse_unknown(self, text: str) -> None:
        """Raises `Stop` for an order that isn't among the customer's own, somebody else's alike."""
        for written in re.findall(r"#\s?(\w*\d[\w-]*)", text):
            if not self.orders_named(written):
                raise Stop(f"There is no order #{written.upper()} among your orders.")

    def has_closed(self, start: str) -> bool:
        return any(key.startswith(start) for key in self.closed)

    def open_orders(self, wish: Wish, orders: Iterable[Order]) -> list[Order]:
        """Each of these orders once, without those for which the wish is settled."""
        found = {order.id: order for order in orders}
        return [order for order in found.values() if f"{wish.id}/{order.id}" not in self.closed]

    def changed_since(self, wish: Wish) -> frozenset[str]:
        """The orders of parts that were settled since the wish was said."""
        keys = [key for key in self.closed if int(key.partition(":")[0]) >= wish.message]
        return frozenset(order.id for order in self.shop.orders if any(order.id in key for key in keys))

    def said_since(self, *wishes: Wish) -> list[str]:
        """What the newest message tells of these wishes, if any of them was wished before it."""
        newest = len(self.said) - 1
        if all(wish.message == newest for wish in wishes):
            return []
        told = {clause.text for clause in clauses(self.said[newest], self.lexicon)}
        return [note for wish in wishes for note in wish.notes if note in told]

    def place(self, wish: Wish) -> int:
        return next((n for n, each in enumerate(self.wishes) if each.id == wish.id), 0)


def _spellings(order_id: str) -> set[str]:
    bare = order_id.lstrip("#").casefold()
    digits = re.sub(r"\D", "", bare)
    return {bare, digits} if len(digits) >= 5 else {bare}


def listed_orders(orders: list[Order]) -> str:
    """Orders in words, to choose from."""
    return " or ".join(f"{o.id} ({', '.join(item.product_name for item in o.items)})" for o in orders)
