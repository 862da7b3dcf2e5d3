"""Cancellations: whole orders, with a reason that the shop accepts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.outcomes import Moot, Part, Stop, Unclear
from cxdesk.agent.wishes.records import Question, Wish
from cxdesk.agent.wishes.things import Mention
from cxdesk.agent.wishes.which_items import choose, excepted, name_of, orders_of, stays, things_meant
from cxdesk.agent.wishes.which_orders import ALL_ORDERS, whole_orders
from cxdesk.domain import Order

_ORDER_BY_ITEM = re.compile(
    r"\border\s+(?:with|containing|for|of|that (?:has|had|contains|includes)|which (?:has|had)|including)\b"
    r"|\border\b[^.;]{0,20}?,\s*(?:the|that) one (?:with|containing|for|that (?:has|had|contains)|including)\b",
    re.IGNORECASE,
)
_THE_ORDER = re.compile(r"\b(?:that|this|the|my|whole|entire)\s+(?:whole |entire )?(?:order|purchase)\b", re.IGNORECASE)
_FROM_ORDER = re.compile(r"\b(?:in|from|of|on)\s+(?:my|the|that|another|an)\b[^,.]*\border\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:whole|entire|complete)\s+(?:order|purchase)\b", re.IGNORECASE)


def cancellations(case: Case, wish: Wish) -> list[Part]:
    """One part for each order. Raises `Stop` where only a part of an order is meant, or no reason was given."""
    if wish.implied and not _may_cancel(case, wish):
        raise Moot  # what has been sent and isn't needed may go back, but nobody asked for that
    orders = case.open_orders(wish, _orders(case, wish))
    if not orders:
        return []
    reason = _reason(case, wish, orders)
    return [
        Part(f"{wish.id}/{o.id}", "cancel_order", o, wish, args={"order_id": o.id, "reason": reason}) for o in orders
    ]


def _may_cancel(case: Case, wish: Wish) -> bool:
    return any(case.allows_any(wish, thing.order) for m in case.mentions(wish.text) for thing in m.things)


def _orders(case: Case, wish: Wish) -> list[Order]:
    kept, head = excepted(case, wish)
    mentions = [m for m in things_meant(case, wish, head) if m.start < 0 or not stays(head, m)]
    if kept and (not mentions or ALL_ORDERS.search(head)):
        spared = {order.id for mention in kept for order in orders_of(mention)}
        return [o for o in whole_orders(case, wish.model_copy(update={"text": head})) if o.id not in spared]
    if not mentions:
        return whole_orders(case, wish.model_copy(update={"text": head}))
    orders = [order for mention in mentions for order in _orders_with(case, wish, mention, mentions)]
    if kept:
        raise Stop("An order can only be cancelled as a whole.")
    return orders


def _orders_with(case: Case, wish: Wish, mention: Mention, mentions: Sequence[Mention]) -> list[Order]:
    orders = list({t.order.id: t.order for t in choose(case, wish, mention)}.values())
    meant = {t.item.item_id for m in mentions for t in m.things}
    for order in orders:
        if not (_means_the_order(wish, mention) or all(item.item_id in meant for item in order.items)):
            raise Stop(f"Order {order.id} can only be cancelled as a whole, not {name_of(mention)} alone.")
    return orders


def _means_the_order(wish: Wish, mention: Mention) -> bool:
    """'the laptop order', 'the order with the laptop in it', or 'it' after either of them."""
    text = wish.text if mention.start >= 0 else f"{wish.context} {wish.lead} {wish.text}"
    if _ORDER_BY_ITEM.search(text) or _TOGETHER.search(text):
        return True
    if mention.start < 0:
        return _THE_ORDER.search(wish.text) is not None
    follows = re.match(r"\W*(?:order|purchase)\b", text[mention.end :], re.IGNORECASE)
    return follows is not None and not _FROM_ORDER.search(text)


def _reason(case: Case, wish: Wish, orders: Sequence[Order]) -> str:
    """The shop's own word for the reason that was given; asked for once when there is none, or more than one."""
    accepted, topic = case.shop.reasons, f"{','.join(o.id for o in orders)}/reason"
    cancellable = [order for order in orders if case.allows_any(wish, order)]
    settled = topic in case.waived or not cancellable
    nearby = " ".join([wish.context, wish.lead, wish.text, *wish.notes])
    for text in (nearby, " ".join(case.said)):
        found = [name for name, pattern in case.lexicon.reasons.items() if pattern.search(text)]
        known = [accepted[name] for name in found if name in accepted]
        if len(known) == 1:
            return known[0]
    if not accepted or settled:  # the proposal tells the reason that a yes is for
        return next(iter(accepted.values()), "")
    allowed = " or ".join(f"'{reason}'" for reason in accepted.values())
    ids = " and ".join(order.id for order in cancellable)
    question = Question(topic=topic, text=f"Why shall I cancel {ids}: {allowed}?")
    raise Stop(Unclear(question, frozenset(o.id for o in orders), ("cancel_order",)))
