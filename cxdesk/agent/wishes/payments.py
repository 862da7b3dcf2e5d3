"""Which way of paying a customer means, in the order in which they would have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.domain import Customer, Order, PaymentMethod

_LAST_FOUR = re.compile(r"\b(?:ending|ends|finishing|last four|last 4|card)\b\D{0,25}(\d{4})\b", re.IGNORECASE)
_BRANDS = {"visa": "visa", "mastercard": "master ?card", "amex": "amex|american express"}
_NEW_MIND = re.compile(r"\b(?:change\w* (?:my|your) mind|actually|instead|rather)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:asks?|confirm\w*|mention)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|except|don't|without|no|new)\b[^,.]{0,20}$", re.IGNORECASE)


def original_method(order: Order) -> str | None:
    """What the order was paid with, when that was one thing."""
    paid = {payment.payment_method_id for payment in order.payments if payment.kind == "payment"}
    return paid.pop() if len(paid) == 1 else None


def named_methods(text: str, customer: Customer, order: Order, lexicon: Lexicon) -> list[str] | None:
    """The customer's methods that a text names, the dearest to them first; None when it names no way of paying.

    A method that the customer doesn't have gives nothing; the list is empty when none of those named is theirs.
    """
    ids = [m.id for m in customer.payment_methods if re.search(rf"\b{re.escape(m.id)}\b", text)]
    if ids:
        return ids
    found = [
        (match.start(), kind)
        for kind, pattern in lexicon.payments.items()
        for match in pattern.finditer(text)
        if not _NOT.search(text[: match.start()])
    ]
    if not found:
        return None
    ranked = sorted(found, key=lambda each: (not _changed_to(text, each[0]), each[0]))
    if any(kind == "other" and _ASKED.search(text[max(0, place - 90) : place]) for place, kind in ranked):
        return []  # other than what will be proposed: not known yet
    methods = [m for place, kind in ranked for m in _meant(kind, text[place : place + 60], customer, order)]
    return list(dict.fromkeys(methods))


def _changed_to(text: str, place: int) -> bool:
    return _NEW_MIND.search(text[max(0, place - 40) : place]) is not None


def _meant(kind: str, text: str, customer: Customer, order: Order) -> list[str]:
    paid = original_method(order)
    if kind == "original":
        return [paid] if paid else []
    if kind == "other":
        others = [m for m in customer.payment_methods if m.id != paid]
        cards = [m for m in others if "card" in m.source and "gift" not in m.source] if "card" in text else others
        return [m.id for m in cards] if len(cards) == 1 else []
    methods = [m for m in customer.payment_methods if m.source == kind]
    return _narrowed(methods, text, paid)


def _narrowed(methods: Sequence[PaymentMethod], text: str, paid: str | None) -> list[str]:
    """One of several of a kind: by its brand or last figures, else the one that the order was paid with."""
    digits = _LAST_FOUR.search(text)
    if digits:
        methods = [m for m in methods if m.last_four == digits.group(1)]
    for brand, pattern in _BRANDS.items():
        if re.match(pattern, text, re.IGNORECASE):
            methods = [m for m in methods if (m.brand or "").lower() == brand]
    ids = [m.id for m in methods]
    if len(ids) > 1:
        return [paid] if paid in ids else []
    return ids


def list_methods(customer: Customer) -> str:
    """The customer's ways of paying, in words."""
    return " or ".join(_words(method) for method in customer.payment_methods)


def _words(method: PaymentMethod) -> str:
    kind = {"paypal": "PayPal", "gift_card": "your gift card"}.get(method.source, method.source.replace("_", " "))
    ending = f" ending in {method.last_four}" if method.last_four else ""
    return f"your {method.brand} card{ending}" if method.brand else f"{kind}{ending}"
