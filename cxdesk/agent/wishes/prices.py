"""Conditions on a price: 'only if it is under $200', 'if the difference is more than 30 dollars, leave it'."""

from __future__ import annotations

import re
from decimal import Decimal

from cxdesk.agent.wishes.records import Limit

_AMOUNT = re.compile(r"\$?\s?(\d+(?:,\d{3})*(?:\.\d+)?)")
_DIFFERENCE = re.compile(
    r"\b(?:difference|extra|additional(?:ly)?|on top|surcharge|more to pay|"
    r"than (?:the )?(?:old|current|mine|what i paid))\b",
    re.IGNORECASE,
)
_NOT_MORE = re.compile(
    r"(?:\bnot?\b|n't\b)(?:\s+\w+){0,4}?\s+(?:more|over|exceed\w*|above|higher)\b"
    r"|\b(?:at most|up to|within|maximum)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:less|under|below|cheaper|lower)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|over|above|exceed\w*|higher|greater|dearer|pricier|at least)\b", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:same price|price is (?:still )?the same|cost\w* the same|no (?:price )?(?:difference|extra|surcharge)|"
    r"(?:without|no) (?:extra|additional))\b",
    re.IGNORECASE,
)
_ANY_EXTRA = re.compile(r"\b(?:difference|extra|additional|surcharge)\b", re.IGNORECASE)


def holds(limit: Limit, old: Decimal, new: Decimal) -> bool | None:
    """Whether the wish is meant at this price; None when the condition can't be understood."""
    met = _met(limit.text, old, new)
    return met if met is None or not limit.otherwise else not met


def _met(text: str, old: Decimal, new: Decimal) -> bool | None:
    amount = _AMOUNT.search(text)
    if amount:
        value = new - old if _DIFFERENCE.search(text) else new
        return _compared(text, value, Decimal(amount.group(1).replace(",", "")))
    if _SAME.search(text):
        return True if new == old else (False if new > old else None)
    if _ANY_EXTRA.search(text) and not _LESS.search(text):
        return new > old
    return _compared(text, new, old)


def _compared(text: str, value: Decimal, bound: Decimal) -> bool | None:
    if _NOT_MORE.search(text):
        return value <= bound
    less, more = _LESS.search(text), _MORE.search(text)
    if bool(less) == bool(more):
        return None
    return value < bound if less else value > bound
