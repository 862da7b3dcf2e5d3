"""Variables of saved replies: filling them with a customer's data, and putting them in the place of such data.

Filling never guesses. A variable that is unknown, or that nothing fills, becomes a gap such as [[order id]]; a text
with a gap can't be sent. `generalise` is the way back: what a person wrote to one customer becomes a text for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency

from cxdesk.agent.facts import Fact, find_facts
from cxdesk.domain import Customer, Order, Record, Ticket
from cxdesk.signals.outbound import identifiers
from cxdesk.signals.quotable import is_name, is_title

VARIABLES: dict[str, str] = {
    "customer_name": "the customer's full name",
    "customer_first_name": "the customer's first name",
    "customer_email": "the customer's e-mail address",
    "agent_name": "the person at the desk",
    "shop_name": "the shop",
    "order_id": "the order's number",
    "order_status": "the order's status, in the shop's own word",
    "order_total": "the order's total, with its currency",
    "product_name": "the product in question",
    "tracking_id": "the parcel's tracking number",
    "carrier": "who carries the parcel",
    "ordered_date": "the day of the order",
    "shipped_date": "the day on which the order left",
    "expected_date": "the day on which the order is expected",
    "delivered_date": "the day on which the order arrived",
    "ticket_id": "the ticket's number",
    "ticket_status": "the ticket's status",
    "ticket_subject": "what the ticket is about",
}
"""What saved replies may name, and what each stands for."""

# What people entered themselves is told back only where it is what it should be.
_FITS = {"customer_name": is_name, "customer_first_name": is_name, "ticket_subject": is_title}
_VARIABLE = re.compile(r"\{\s*([A-Za-z_][\w ]*?)\s*\}")
_GAP = re.compile(r"\[\[([^\[\]\n]{1,40})\]\]")
# Kinds of facts that belong to one case; durations, percentages and the like are the shop's rules and stay.
_CASE_FACTS = {"id": "reference", "money": "amount", "date": "date", "email": "email", "phone": "phone"}
_GREETED = re.compile(
    r"(?P<before>^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\s+)"
    r"(?:(?:mr|mrs|ms|dr)\.?\s+)?[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*)?(?=\s*[,!.:\n])",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<before>\b(?:regards|wishes|sincerely|cheers|yours)\s*,?\s+)[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*)?\s*$"
)
_AFTER_ORDER = r"(\{order_id\}[^.!?]{0,40}?\b(?:is|was|status)\b[^.!?\w]{0,4})"


class Filled(Record):
    """A saved reply with its variables filled. `gaps` are the variables that nothing filled."""

    text: str
    gaps: tuple[str, ...] = ()

    @property
    def can_be_sent(self) -> bool:
        return not self.gaps


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with its {variables} filled; what is unknown or empty, or no name or title, is a gap."""
    gaps: list[str] = []

    def filled(match: re.Match[str]) -> str:
        name = re.sub(r"\s+", "_", match[1].lower())
        value = values.get(name, "").strip()
        if value and _FITS.get(name, bool)(value):
            return value
        gaps.append(name)
        return f"[[{name.replace('_', ' ')}]]"

    return Filled(text=_VARIABLE.sub(filled, text), gaps=tuple(dict.fromkeys(gaps)))


def gaps_in(text: str) -> tuple[str, ...]:
    """What is still to be filled in a text: gaps that are shown, and variables that were typed."""
    typed = [name for match in _VARIABLE.finditer(text) if (name := match[1].lower()) in VARIABLES]
    return tuple(dict.fromkeys([*_GAP.findall(text), *(name.replace("_", " ") for name in typed)]))


def variables_in(text: str) -> tuple[str, ...]:
    """The names of all variables in a saved reply, in order, each once."""
    return tuple(dict.fromkeys(match[1].lower() for match in _VARIABLE.finditer(text)))


# ---------------------------------------------------------------- a customer's values


def values_of(
    *,
    customer: Customer | None = None,
    order: Order | None = None,
    ticket: Ticket | None = None,
    product: str | None = None,
    shop_name: str = "",
    agent_name: str = "",
    locale: str = "en_US",
) -> dict[str, str]:
    """What is known for filling, without empty values. Give only what this reader may be told."""
    values = {"shop_name": shop_name, "agent_name": agent_name, "product_name": product or ""}
    if customer:
        values |= {"customer_name": customer.name, "customer_email": customer.email}
        values["customer_first_name"] = first_name(customer.name)
    if order:
        values |= _order_values(order, locale)
        values["product_name"] = product or _only_product(order)
    if ticket:
        subject, status = ticket.subject, ticket.status.value.replace("_", " ")
        values |= {"ticket_id": ticket.id, "ticket_status": status, "ticket_subject": subject}
    return {name: value for name, value in values.items() if value}


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else ""


def _order_values(order: Order, locale: str) -> dict[str, str]:
    tracking = [number for fulfillment in order.fulfillments for number in fulfillment.tracking_ids]
    carriers = sorted({f.carrier for f in order.fulfillments if f.carrier})
    return {
        "order_id": order.id,
        "order_status": order.status,
        "order_total": money_text(order.total, order.currency, locale),
        "tracking_id": tracking[0] if len(tracking) == 1 else "",
        "carrier": carriers[0] if len(carriers) == 1 else "",
        "ordered_date": _day(order.ordered_at, locale),
        "shipped_date": _day(order.shipped_at, locale),
        "expected_date": _day(order.expected_at, locale),
        "delivered_date": _day(order.delivered_at, locale),
    }


def _only_product(order: Order) -> str:
    names = {item.product_name for item in order.items}
    return names.pop() if len(names) == 1 else ""


def money_text(amount: Decimal, currency: str, locale: str) -> str:
    return str(format_currency(amount, currency, locale=locale))


def _day(moment: datetime | None, locale: str) -> str:
    return str(format_date(moment.date(), "d MMMM y", locale=locale)) if moment else ""


# ---------------------------------------------------------------- from one customer to all


def generalise(text: str, values: Mapping[str, str]) -> str:
    """The text with variables where it named this customer's case; `values` are those that would fill them.

    Names, ids, amounts, dates and contacts that no value explains become variables too, ones that nothing fills:
    whoever uses the text sees a gap there. Durations and percentages stay, since they are the shop's rules.
    """
    text = _with_known_facts(text, values)
    text = _with_words(text, values)
    if status := values.get("order_status"):
        text = re.sub(rf"{_AFTER_ORDER}{re.escape(status)}\b", r"\1{order_status}", text, flags=re.IGNORECASE)
    text = _GREETED.sub(r"\g<before>{customer_first_name}", text)
    text = _SIGNED.sub(r"\g<before>{agent_name}", text)
    for kind, value in identifiers(_blanked(text)):
        text = _replace(text, value, kind if kind != "id" else "reference")
    return text


def _with_known_facts(text: str, values: Mapping[str, str]) -> str:
    """Facts become the variable with the same fact, however it is written; others one of their kind."""
    known = {fact.key: name for name, value in values.items() for fact in find_facts(value) if _is_whole(fact, value)}
    for fact in reversed(find_facts(text)):
        name = known.get(fact.key) or _without_year(fact, known) or _CASE_FACTS.get(fact.kind)
        if name:
            text = f"{text[: fact.start]}{{{name}}}{text[fact.start + len(fact.text) :]}"
    return text


def _without_year(fact: Fact, known: Mapping[str, str]) -> str | None:
    """'12 May' is the expected day too, when that is 12 May 2026."""
    if fact.kind != "date":
        return None
    return next((name for key, name in known.items() if key.startswith(f"{fact.key}-")), None)


def _is_whole(fact: Fact, value: str) -> bool:
    return len(fact.text) >= len(value.strip()) - 1


def _with_words(text: str, values: Mapping[str, str]) -> str:
    """Names of people and things, the longest first; a status is an everyday word and is left to `generalise`."""
    words = {n: v for n, v in values.items() if n not in {"order_status", "ticket_status", "shop_name"} and len(v) > 1}
    last = values.get("customer_name", "").split()[1:]
    for name, value in sorted(words.items(), key=lambda pair: -len(pair[1])):
        text = _replace(text, value, name)
    for part in last:
        text = _replace(text, part, "customer_name") if len(part) > 2 else text
    return text


def _replace(text: str, value: str, name: str) -> str:
    outside = rf"(?<![\w{{]){re.escape(value)}(?![\w}}])"
    return re.sub(outside, f"{{{name}}}", text, flags=re.IGNORECASE)


def _blanked(text: str) -> str:
    return _VARIABLE.sub(" ", text)
