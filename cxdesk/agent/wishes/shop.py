"""What the desk knows of one customer, read from the store for settling their wishes."""

from __future__ import annotations

from collections.abc import Mapping

from cxdesk.agent.customer_records import CustomerRecords
from cxdesk.agent.rules import ShopRules
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.records import Shop
from cxdesk.domain import Invalid, Order

_ORDER_TOOLS = (
    "cancel_order",
    "return_items",
    "exchange_items",
    "modify_order_items",
    "modify_order_address",
    "modify_order_payment",
)


def read_shop(records: CustomerRecords, rules: ShopRules, lexicon: Lexicon) -> Shop:
    """The customer's profile and orders, the products in them, and what the rules allow in which status.

    Raises `Invalid` for a customer who isn't there.
    """
    if records.customer is None:
        raise Invalid(f"No customer {records.customer_id!r} in this shop. Check who is writing.")
    orders = tuple(records.orders)
    product_ids = {item.product_id for order in orders for item in order.items if item.product_id}
    return Shop(
        customer=records.customer,
        orders=orders,
        products=records.store.products.find_many(product_ids),
        statuses={tool: _statuses(tool, orders, rules) for tool in _ORDER_TOOLS},
        reasons=_reasons(rules.rule("cancel_order").reasons, lexicon),
    )


def _statuses(tool: str, orders: tuple[Order, ...], rules: ShopRules) -> frozenset[str]:
    """The statuses in which the shop allows it: all there are where its rule names none."""
    rule = rules.rule(tool)
    if not rule.enabled:
        return frozenset()
    return frozenset(status.casefold() for status in rule.statuses or (order.status for order in orders))


def _reasons(allowed: Mapping[str, str], lexicon: Lexicon) -> dict[str, str]:
    """The shop's reasons by what they mean; one that no pattern knows stands for itself."""
    return {
        next((name for name, pattern in lexicon.reasons.items() if pattern.search(reason)), reason): reason
        for reason in allowed
    }
