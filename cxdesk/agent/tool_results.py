"""The shop's records as plain values, with the columns that a role may see; what the data doesn't say is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cxdesk.domain import Address, Customer, Order, OrderItem, Product, Record, Ticket, Variant

Sees = Callable[[str], frozenset[str]]
"""The columns that may be seen, by table."""


def customer_facts(customer: Customer, sees: Sees) -> dict[str, Any]:
    columns = sees("customers")
    facts = _named(customer, columns, {"customer_id": "id", "name": "name", "email": "email", "phone": "phone"})
    if "address" in columns:
        facts["address"] = address_facts(customer.address)
    if "payment_methods" in columns:
        facts["payment_methods"] = [
            method.model_dump(mode="json", exclude_none=True) for method in customer.payment_methods
        ]
    return facts


def order_facts(order: Order, sees: Sees) -> dict[str, Any]:
    columns = sees("orders")
    facts = _named(order, columns, {"order_id": "id", "status": "status"})
    if "total" in columns:
        facts["total"] = f"{order.total:.2f}"
    facts |= _named(order, columns, {"currency": "currency"})
    facts["items"] = [_item_facts(item, sees("order_items")) for item in order.items]
    if "fulfillments" in columns:
        facts["tracking"] = [number for fulfillment in order.fulfillments for number in fulfillment.tracking_ids]
        facts["carriers"] = sorted({f.carrier for f in order.fulfillments if f.carrier})
    if "payments" in columns:
        facts["payments"] = [
            {"kind": p.kind, "amount": f"{p.amount:.2f}", "payment_method_id": p.payment_method_id}
            for p in order.payments
        ]
    if "ship_to" in columns:
        facts["ship_to"] = address_facts(order.ship_to)
    for field in ("ordered_at", "shipped_at", "expected_at", "delivered_at"):
        moment = getattr(order, field)
        if moment and field in columns:
            facts[field] = moment.date().isoformat()
    return facts


def ticket_facts(ticket: Ticket, sees: Sees) -> dict[str, Any]:
    told = ("subject", "status", "priority", "order_id")
    return _named(ticket, sees("tickets"), {"ticket_id": "id", **{name: name for name in told}}, keep_none=True)


def product_facts(product: Product, sees: Sees) -> dict[str, Any]:
    facts = _named(
        product, sees("products"), {"product_id": "id", "name": "name", "description": "description"}, keep_none=True
    )
    return {**facts, "variants": [_variant_facts(variant, sees("variants")) for variant in product.variants]}


def address_facts(address: Address) -> dict[str, str]:
    return {field: line for field, line in address if line}


def _item_facts(item: OrderItem, columns: frozenset[str]) -> dict[str, Any]:
    told = {"name": "product_name", "options": "options", "item_id": "item_id", "product_id": "product_id"}
    facts = _named(item, columns, told)
    if "price" in columns:
        facts["price"] = f"{item.price:.2f}"
    return facts | _named(item, columns, {"quantity": "quantity"})


def _variant_facts(variant: Variant, columns: frozenset[str]) -> dict[str, Any]:
    facts = _named(variant, columns, {"item_id": "item_id", "options": "options", "available": "available"})
    if "price" in columns:
        facts["price"] = f"{variant.price:.2f}"
    return facts | _named(variant, columns, {"currency": "currency"})


def _named(
    record: Record, columns: frozenset[str], names: dict[str, str], *, keep_none: bool = False
) -> dict[str, Any]:
    """The record's columns under the names by which they are told."""
    values = {name: getattr(record, column) for name, column in names.items() if column in columns}
    return {name: value for name, value in values.items() if keep_none or value is not None}
