"""What a wish comes to when it is held against the shop's data: parts of actions, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from cxdesk.agent.wishes.records import Question, Wish
from cxdesk.domain import Order

ITEM_TOOLS = frozenset({"return_items", "exchange_items", "modify_order_items"})
# The tools that may grant each kind of wish; which of them depends on the order's status.
TOOLS: dict[str, tuple[str, ...]] = {
    "cancel": ("cancel_order",),
    "return": ("return_items",),
    "exchange": ("exchange_items", "modify_order_items"),
    "modify": ("modify_order_items", "exchange_items"),
    "address": ("modify_order_address",),
    "payment": ("modify_order_payment",),
    "email": ("update_customer_email",),
}
DONE = {
    "cancel": "cancelled",
    "return": "returned",
    "exchange": "exchanged",
    "modify": "changed",
    "address": "changed",
    "payment": "changed",
}


class Verdict(Protocol):
    """What the shop's rules say of an action."""

    @property
    def kind(self) -> str: ...
    @property
    def reason(self) -> str: ...


Judge = Callable[[str, dict[str, Any]], Verdict]


@dataclass(frozen=True)
class Part:
    """What a wish does to one order (or to the profile)."""

    key: str
    tool: str
    order: Order | None
    wish: Wish
    items: tuple[str, ...] = ()
    new_items: tuple[str, ...] = ()
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unclear:
    """A question; until it is answered, its tools leave alone its orders (all orders, when none is named)."""

    question: Question
    orders: frozenset[str] = frozenset()
    tools: tuple[str, ...] = ()


class Stop(Exception):
    """A wish can't go on: `why` is what to ask, or the sentence that says why it is impossible."""

    def __init__(self, why: Unclear | str, orders: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.why = why
        self.orders = orders


class Moot(Exception):
    """A wish that an action of this conversation, made after it, has settled: nothing more is said about it."""


def unclear(wish: Wish, topic: str, text: str) -> Unclear:
    """A question about a wish that holds back whatever may do it."""
    return Unclear(Question(topic=f"{wish.id}/{topic}", text=text), frozenset(), TOOLS[wish.verb])
