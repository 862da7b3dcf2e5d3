"""Changes of address: whose it is, an order's or the customer's own, and what it shall be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cxdesk.agent.wishes.addresses import own_addresses, pointed_at, written_address
from cxdesk.agent.wishes.case import Case, listed_orders
from cxdesk.agent.wishes.outcomes import Part, Stop, Unclear, unclear
from cxdesk.agent.wishes.records import Question, Wish
from cxdesk.agent.wishes.which_items import orders_of
from cxdesk.agent.wishes.which_orders import ALL_ORDERS
from cxdesk.domain import Address, Order

_DESTINATION = re.compile(r"\b(?:to|be|with|is)\b", re.IGNORECASE)
_PROFILE = re.compile(
    r"\b(?:default|user|profile|account|home|my|own)\b(?:\W+(?:default|user|shipping|profile|account|home|own))*\W+address|"
    r"\b(?:my|our) (?:[\w-]+ )?(?:profile|account)\b(?! address)|"
    r"\baddress\b.{0,12}\b(?:in|on|of|for) (?:my|the|your) (?:user )?(?:profile|account)",
    re.IGNORECASE,
)
_ORDERS_TOO = re.compile(r"\border", re.IGNORECASE)
_AND_PROFILE = re.compile(
    r"(?:along with|as well as|and also|and|including|,)\s+(?:also\s+)?(?:my |your |the )?"
    r"(?:user |default |profile |account )+address",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\b(\w+)'s (?:\w+ )?address", re.IGNORECASE)
_BACK = re.compile(r"\bback\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|every|both)\b", re.IGNORECASE)
_ORDER_ADDRESS = re.compile(r"\border(?:s|'s)? address", re.IGNORECASE)
_UNTIL_ORDER = re.compile(r"\b(?:to|rather than|instead of)\b", re.IGNORECASE)


def address_changes(case: Case, wish: Wish) -> list[Part]:
    """One part for each address that differs from what it shall be, the customer's own first."""
    if _BACK.search(wish.text):
        question = Question(topic=f"{wish.id}/address", text="Which address shall it be in the end?")
        raise Stop(Unclear(question, frozenset(), ()))
    profile, orders = _targets(case, wish)
    address = _destination(case, wish, orders)
    found = []
    if profile and address != case.shop.customer.address:
        args: dict[str, Any] = {"address": address.model_dump()}
        found.append(Part(f"{wish.id}/profile", "update_customer_address", None, wish, args=args))
    for order in orders:
        if order.ship_to != address:
            args = {"order_id": order.id, "address": address.model_dump()}
            found.append(Part(f"{wish.id}/{order.id}", "modify_order_address", order, wish, args=args))
    return found


def _targets(case: Case, wish: Wish) -> tuple[bool, list[Order]]:
    """Whether the profile's address is meant, and which orders."""
    own_text, rest = _before_destination(wish)
    target = f"{wish.lead} {own_text}"
    extra = _AND_PROFILE.search(rest)
    profile = bool(_PROFILE.search(target) or extra)
    if own := case.orders_named(target):
        return bool(extra) or _PROFILE.search(own_text) is not None, own
    open_orders = [o for o in case.shop.orders if case.allows("modify_order_address", o)]
    if mentions := case.mentions(target):
        return profile, _one(case, wish, {o.id for m in mentions for o in orders_of(m)}, open_orders)
    if not (_ORDERS_TOO.search(target) or _ORDER_ADDRESS.search(rest)):
        return (True, []) if profile else _guessed(wish, open_orders)
    if ALL_ORDERS.search(" ".join([target, *wish.notes])) or _EVERY.search(target):
        return profile, open_orders
    return profile, _one(case, wish, {o.id for o in open_orders}, open_orders)


def _before_destination(wish: Wish) -> tuple[str, str]:
    """What the wish is about, and what it shall become."""
    cut = _DESTINATION.search(wish.text)
    return (wish.text[: cut.start()], wish.text[cut.end() :]) if cut else (wish.text, "")


def _guessed(wish: Wish, open_orders: Sequence[Order]) -> tuple[bool, list[Order]]:
    if len(open_orders) == 1:
        return False, list(open_orders)
    raise Stop(unclear(wish, "target", "Which address shall I change: that of an order, or your own?"))


def _one(case: Case, wish: Wish, among: set[str], allowed: Sequence[Order]) -> list[Order]:
    fitting = [o for o in allowed if o.id in among]
    if len(fitting) == 1:
        return fitting
    told = f"{wish.context} {wish.lead}"
    at_place = [o for o in fitting if o.ship_to in pointed_at(told, case.shop.customer, [o], case.lexicon)]
    if len(at_place) == 1:
        return at_place
    if not fitting:
        raise Stop("None of your orders can have its address changed any more.")
    raise Stop(unclear(wish, "order", f"Which order is it: {listed_orders(fitting)}?"))


def _destination(case: Case, wish: Wish, orders: Sequence[Order]) -> Address:
    """Written beside the wish, pointed at, or written anywhere."""
    after = _before_destination(wish)[1]
    known, home = own_addresses(case.shop.customer, case.shop.orders), case.shop.customer.address
    if address := written_address(" ".join([after, *wish.notes]), home, known, case.lexicon):
        return address
    if address := _pointed_at(case, after, orders):
        return address
    for text in reversed(case.said):
        if address := written_address(text, home, known, case.lexicon):
            return address
    raise Stop(unclear(wish, "address", "What is the new address: street, city, state and postal code?"))


def _pointed_at(case: Case, after: str, orders: Sequence[Order]) -> Address | None:
    """One of the customer's own addresses, by an order, a place, or who lives there."""
    targets = {o.id for o in orders}
    others = [o for o in case.shop.orders if o.id not in targets or len(targets) > 1]
    pointed = pointed_at(
        _AND_PROFILE.sub(" ", _UNTIL_ORDER.split(after)[0] if orders else after),
        case.shop.customer,
        others,
        case.lexicon,
    )
    if len(pointed) != 1 and (whose := _WHOSE.search(after)):
        pointed = pointed_at(_where_lives(case, whose[1]), case.shop.customer, case.shop.orders, case.lexicon)
    return pointed[0] if len(pointed) == 1 else None


def _where_lives(case: Case, person: str) -> str:
    """What was said of where somebody lives: 'my daughter lives in Boise'."""
    told = re.compile(rf"\b{re.escape(person)}\b.*\b(?:in|at)\b", re.IGNORECASE)
    return " ".join(s for text in case.said for s in re.split(r"[.;,\n]| and ", text) if told.search(s))
