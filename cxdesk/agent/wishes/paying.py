"""How an action is paid, and changes of how an order is paid or where its customer is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.outcomes import ITEM_TOOLS, Part, Stop, unclear
from cxdesk.agent.wishes.payments import named_methods, original_method
from cxdesk.agent.wishes.records import Wish
from cxdesk.agent.wishes.which_items import choose, things_meant
from cxdesk.agent.wishes.which_orders import whole_orders
from cxdesk.domain import Order

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def arguments(case: Case, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
    """The arguments of the one action that does all these parts, for each way of paying, the dearest first."""
    first = parts[0]
    if first.tool not in ITEM_TOOLS or first.order is None:
        yield first.args
        return
    args: dict[str, Any] = {"order_id": first.order.id, "item_ids": [i for part in parts for i in part.items]}
    if first.tool != "return_items":
        args["new_item_ids"] = [i for part in parts for i in part.new_items]
    for method in _methods(case, parts, first.order):
        yield {**args, "payment_method_id": method}


def named_payment(case: Case, parts: Sequence[Part]) -> list[str] | None:
    """The ways of paying that the customer named for these parts; None when they named none."""
    order = parts[0].order
    beside = " ".join(text for part in parts for text in _around(part.wish))
    since = case.said_since(*(part.wish for part in parts))
    for text in (*reversed(since), beside, *reversed(case.said)):
        named = named_methods(text, case.shop.customer, order, case.lexicon) if order else None
        if named is not None:
            return named
    return None


def _methods(case: Case, parts: Sequence[Part], order: Order) -> list[str]:
    """Named beside the wish, else anywhere, else what the order was paid with."""
    named = named_payment(case, parts)
    if named is not None:
        return named
    paid = original_method(order)
    return [paid] if paid else [m.id for m in case.shop.customer.payment_methods][:1]


def payment_changes(case: Case, wish: Wish) -> list[Part]:
    """One part for each order that shall be paid another way."""
    mentions = things_meant(case, wish)
    orders = [t.order for m in mentions for t in choose(case, wish, m)] if mentions else whole_orders(case, wish)
    return [_payment_change(case, wish, order) for order in case.open_orders(wish, orders)]


def _payment_change(case: Case, wish: Wish, order: Order) -> Part:
    methods = named_methods(" ".join(_around(wish)), case.shop.customer, order, case.lexicon) or []
    new = [method for method in methods if method != original_method(order)]
    if len(new) != 1:
        raise Stop(unclear(wish, "method", f"How do you want to pay order {order.id}?"))
    args = {"order_id": order.id, "payment_method_id": new[0]}
    return Part(f"{wish.id}/{order.id}", "modify_order_payment", order, wish, args=args)


def email_changes(case: Case, wish: Wish) -> list[Part]:
    """The customer's new e-mail address."""
    told = [email.rstrip(".") for email in _EMAIL.findall(" ".join([wish.text, *wish.notes]))]
    new = {email for email in told if email.casefold() != case.shop.customer.email.casefold()}
    if told and not new:
        return []  # it is theirs already
    if len(new) != 1:
        raise Stop(unclear(wish, "email", "What is your new e-mail address?"))
    return [Part(f"{wish.id}/email", "update_customer_email", None, wish, args={"email": new.pop()})]


def _around(wish: Wish) -> list[str]:
    return [wish.lead, wish.text, *wish.notes, *wish.preference, *(each.text for each in wish.fallbacks)]
