"""Returns: single things, or everything in an order but what shall be kept."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.outcomes import Part, Stop, unclear
from cxdesk.agent.wishes.records import Wish
from cxdesk.agent.wishes.things import Mention, Thing
from cxdesk.agent.wishes.which_items import (
    EVERYTHING,
    EXCEPT,
    choose,
    excepted,
    extreme_thing,
    orders_of,
    taken_back,
    things_meant,
    told_later,
)
from cxdesk.agent.wishes.which_orders import ALL_ORDERS, whole_orders
from cxdesk.domain import Order


def returns(case: Case, wish: Wish) -> list[Part]:
    """One part for each thing, or one for each whole order."""
    kept, head = excepted(case, wish)
    mentions = things_meant(case, wish, head)
    whole = EVERYTHING.search(head) or case.orders_named(f"{wish.lead} {head}") or _extreme(case, head)
    if not mentions and not whole:
        mentions = told_later(case, wish)
    if not mentions and not whole:
        raise Stop(unclear(wish, "which", "Which items do you want to return?"))
    if not mentions or (kept and EVERYTHING.search(head[: max(0, mentions[0].start)])):
        return _of_whole_orders(case, wish, head, kept)
    back = taken_back(case, wish)
    # Of several in different orders one may be settled and another not yet: their parts are told apart later.
    settled = [m for m in mentions if case.has_closed(f"{wish.id}/{m.start}.") and not m.several]
    open_ones = [m for m in mentions if m not in settled and not m.products <= back]
    return [_part(wish, mention, thing) for mention in open_ones for thing in choose(case, wish, mention)]


def _extreme(case: Case, text: str) -> bool:
    """Whether one thing is meant by its price: 'the most expensive thing in the order'."""
    return any(case.lexicon.compare[name].search(text) for name in ("cheapest", "dearest"))


def _part(wish: Wish, mention: Mention, thing: Thing) -> Part:
    key = f"{wish.id}/{mention.start}.{thing.order.id}.{thing.item.line_no}"
    return Part(key, "return_items", thing.order, wish, items=(thing.item.item_id,))


def _of_whole_orders(case: Case, wish: Wish, head: str, kept: Sequence[Mention]) -> list[Part]:
    orders = _orders(case, wish, head, kept)
    if _extreme(case, head):
        single = extreme_thing(case, wish, orders)
        if single is None:
            raise Stop(unclear(wish, "which", "Which item do you mean exactly?"))
        return [_part(wish, Mention(-1, -1, (single,)), single)]
    names = {name for mention in kept for name in mention.products} | taken_back(case, wish)
    return [
        Part(f"{wish.id}/{order.id}", "return_items", order, wish, items=items)
        for order in orders
        if (items := tuple(i.item_id for i in order.items if i.product_name not in names))
    ]


def _orders(case: Case, wish: Wish, head: str, kept: Sequence[Mention]) -> list[Order]:
    if EXCEPT.search(wish.text) and not kept:
        raise Stop(unclear(wish, "kept", "Which items do you want to keep?"))
    orders = whole_orders(case, wish.model_copy(update={"text": head}))
    if kept and len(orders) > 1 and not ALL_ORDERS.search(head):
        having = {order.id for mention in kept for order in orders_of(mention)}
        orders = [order for order in orders if order.id in having]
    return orders
