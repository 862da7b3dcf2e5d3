"""Items, money and ways to pay in words, for answers, proposals and refusals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from babel.lists import format_list
from babel.numbers import format_currency

from cxdesk.domain import Address, OrderItem, PaymentMethod

_SAYS_NOTHING = re.compile(r"yes|no|true|false|none|[\d.]+", re.IGNORECASE)


def money_words(amount: Decimal | str, currency: str, locale: str) -> str:
    """'$12.50'; an amount may be written in plain figures, as the tools' results have it."""
    return str(format_currency(Decimal(amount), currency, locale=locale))


def list_words(parts: Iterable[str], locale: str, *, any_of: bool = False) -> str:
    return str(format_list(list(parts), style="or" if any_of else "standard", locale=locale))


def item_words(name: str, options: Mapping[str, str]) -> str:
    """'Kettle (black, 1.5L)'; options that say nothing without their name have it: 'Boots (size: 7, leather)'."""
    told = (f"{option}: {value}" if _SAYS_NOTHING.fullmatch(value) else value for option, value in options.items())
    return f"{name} ({', '.join(told)})" if options else name


def items_words(items: Iterable[OrderItem], locale: str) -> str:
    """'2 × Mug (red) and Lamp'; equal items are counted together."""
    pieces: Counter[str] = Counter()
    for item in items:
        pieces[item_words(item.product_name, item.options)] += item.quantity
    return list_words((f"{n} × {words}" if n > 1 else words for words, n in pieces.items()), locale)


def method_words(method: PaymentMethod | None) -> str:
    """'your Visa card ending in 9761'; a method that the shop no longer knows is the one that paid."""
    if method is None:
        return "the original payment method"
    if method.source == "credit_card":
        brand = f"{method.brand.capitalize()} card" if method.brand else "credit card"
        return f"your {brand} ending in {method.last_four}" if method.last_four else f"your {brand}"
    known = {"paypal": "PayPal account", "gift_card": "gift card"}
    return f"your {known.get(method.source, method.source.replace('_', ' '))}"


def address_words(address: Address) -> str:
    """'1 Mill Lane, Leeds, 00123, UK'"""
    region = " ".join(part for part in (address.state, address.zip) if part)
    return ", ".join(p for p in (address.address1, address.address2, address.city, region, address.country) if p)


def sentence(clause: str) -> str:
    """The clause with a capital letter and a full stop."""
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}."
