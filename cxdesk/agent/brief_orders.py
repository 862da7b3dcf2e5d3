"""What is told of a customer's own orders, tickets and account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from cxdesk.agent.brief_parts import (
    ORDER_NOT_FOUND,
    Brief,
    BriefContext,
    Line,
    are,
    as_list,
    asks,
    counted,
    day_text,
    hands_over,
    is_status,
    item_text,
    line_of,
    quoted,
    replies,
    the_item,
)
from cxdesk.agent.wording import address_words, list_words, method_words, money_words
from cxdesk.domain import (
    Address,
    HandoffReason,
    PaymentMethod,
    Request,
    ToolCall,
    is_finished,
)
from cxdesk.signals.quotable import is_title

ORDERS_LISTED = 10
_ASKS_WHEN = re.compile(r"\bwhen\b|\bhow (?:soon|long)\b", re.IGNORECASE)


def about_order(number: int, request: Request, context: BriefContext) -> Brief:
    orders = context.calls_for(number, "get_order")
    if not orders:
        return _pick_order(number, request, context)
    found = [call for call in orders if call.ok]
    lines = [line for call in found for line in _order_lines(request, call, call.result, context)]
    if request.intent.name == "order_count":
        lines = [*_count_line(request, found), *lines]
    missing = [call for call in orders if not call.ok]
    if missing:
        return not_found(missing, lines, context)
    return replies([*lines, *_beside_orders(number, request, context)])


def _beside_orders(number: int, request: Request, context: BriefContext) -> list[Line]:
    """The tickets about the orders that were told of, and when money comes back."""
    tickets = [line for call in context.calls_for(number, "get_ticket") if call.ok for line in _ticket_lines(call)]
    orders = [call.result for call in context.calls_for(number, "get_order") if call.ok]
    if not any(order["status"].lower().startswith("return") and not _refunds(order) for order in orders):
        return tickets
    searches = [call for call in context.calls_for(number, "search_knowledge") if call.ok]
    quotes = [quote for call in searches for quote in context.find_answer(call.args["query"], call.result, False)]
    return [*tickets, *map(quoted, quotes)]


def _pick_order(number: int, request: Request, context: BriefContext) -> Brief:
    """No order was named: the only one, or the only one under way, is meant; else all are shown."""
    (call,) = context.calls_for(number, "get_orders")
    orders: list[dict[str, Any]] = call.result or []
    under_way = [order for order in orders if not is_finished(order["status"])]
    meant = orders if len(orders) == 1 else under_way if request.intent.name == "order_status" else []
    if len(meant) == 1:
        place = orders.index(meant[0])
        return replies(_order_lines(request, call, meant[0], context, field=f"{place}."))
    if request.intent.name == "order_status" and under_way:
        return replies(_under_way_lines(call, orders, under_way, context), phrase=False)
    all_orders = list_orders(number, context)
    if request.intent.name == "order_status" or not orders:
        return all_orders
    asked = asks("Which one do you mean?")
    return asked.model_copy(update={"lines": (*all_orders.lines, *asked.lines)})


def _under_way_lines(
    call: ToolCall, orders: Sequence[dict[str, Any]], under_way: Sequence[dict[str, Any]], context: BriefContext
) -> list[Line]:
    """Where each order is that has not arrived, the one that is due first at the top."""
    soonest = sorted(under_way, key=lambda order: order.get("expected_at", ""))[:ORDERS_LISTED]
    lines = [line_of(f"{counted(len(under_way), 'order')} of yours {are(len(under_way))} under way.", call, "")]
    for order in soonest:
        place = orders.index(order)
        what = list_words(dict.fromkeys(item["name"] for item in order["items"]), context.locale)
        text = f"{order['order_id']} ({what}) {is_status(order['status'])}{_due(order, context)}."
        lines.append(line_of(text, call, f"{place}.status"))
    return lines


def _due(order: dict[str, Any], context: BriefContext) -> str:
    if "expected_at" not in order:
        return ""
    late = date.fromisoformat(order["expected_at"]) < context.today
    return f" and {'was' if late else 'is'} expected on {day_text(order['expected_at'], context)}"


def _order_lines(
    request: Request, call: ToolCall, order: dict[str, Any], context: BriefContext, *, field: str = ""
) -> list[Line]:
    order_id, total = order["order_id"], money_words(order["total"], order["currency"], context.locale)
    what = _what_is_meant(request, order, context)
    status = line_of(f"Your order {order_id}{what} {is_status(order['status'])}.", call, f"{field}status")
    named = [(n, item) for n, item in enumerate(order["items"]) if item["name"] in request.entities.products]
    bought = [_bought_line(call, order, n, item, context, field) for n, item in named]
    match request.intent.name:
        case "order_options" | "order_count":
            return bought or [
                _bought_line(call, order, n, item, context, field) for n, item in enumerate(order["items"])
            ]
        case "order_payment":
            return [*bought, *_payment_lines("payment", call, order, context, field)]
        case "order_refund":
            refunds = _payment_lines("refund", call, order, context, field)
            none = line_of("It has no refund on it yet.", call, f"{field}payments")
            return [status, *(refunds or [none])]
        case "order_address":
            where = address_words(Address.model_validate(order.get("ship_to", {})))
            return [status, *([line_of(f"It goes to {where}.", call, f"{field}ship_to")] if where else [])]
        case "order_total" if bought and len(order["items"]) > 1:
            return [*bought, line_of(f"The whole order {order_id} came to {total}.", call, f"{field}total")]
        case "order_details":
            items = list_words(map(item_text, order["items"]), context.locale)
            return [status, line_of(f"It contains: {items}.", call, f"{field}items")]
        case "order_total":
            return [status, line_of(f"Its total is {total}.", call, f"{field}total")]
        case "order_tracking":
            return [status, _tracking_line(call, order, context, field)]
        case _:
            return [status, *_journey(call, order, context, field), *_no_date(request, order)]


def _bought_line(
    call: ToolCall, order: dict[str, Any], place: int, item: dict[str, Any], context: BriefContext, field: str
) -> Line:
    each = " each" if item["quantity"] > 1 else ""
    price = f" for {money_words(item['price'], order['currency'], context.locale)}{each}" if "price" in item else ""
    text = f"In order {order['order_id']} you bought {the_item(item)}{price}."
    return line_of(text, call, f"{field}items.{place}")


def _count_line(request: Request, calls: Sequence[ToolCall]) -> list[Line]:
    """How many of the things asked about there are in these orders."""
    items = [item for call in calls for item in call.result["items"] if item["name"] in request.entities.products]
    names = list(dict.fromkeys(item["name"] for item in items))
    count = sum(item["quantity"] for item in items)
    return [line_of(f"You have ordered {count} of the {names[0]}.", calls[0], "items")] if len(names) == 1 else []


def _payment_lines(kind: str, call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> list[Line]:
    """What was paid for an order, or paid back, and by which of the customer's ways."""
    profile: dict[str, Any] = next((c.result for c in context.calls if c.name == "lookup_customer" and c.ok), {})
    methods = {m["id"]: PaymentMethod.model_validate(m) for m in profile.get("payment_methods", ())}
    did, way = ("was paid", "with") if kind == "payment" else ("has been refunded", "to")
    known = {method_id: f" {way} {method_words(method)}" for method_id, method in methods.items()}
    return [
        line_of(
            f"For order {order['order_id']}, {money_words(each['amount'], order['currency'], context.locale)} {did}"
            f"{known.get(each['payment_method_id'], '')}.",
            call,
            f"{field}payments.{place}",
        )
        for place, each in enumerate(order.get("payments", ()))
        if each["kind"] == kind
    ]


def _tracking_line(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> Line:
    if not order["tracking"]:
        return line_of("It has no tracking number yet.", call, f"{field}tracking")
    numbers = list_words(order["tracking"], context.locale)
    carrier = f" with {list_words(order['carriers'], context.locale)}" if order["carriers"] else ""
    noun = "tracking number is" if len(order["tracking"]) == 1 else "tracking numbers are"
    return line_of(f"Its {noun} {numbers}{carrier}.", call, f"{field}tracking")


def _journey(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> list[Line]:
    """Where the parcel is, as far as the shop's data tells."""
    lines = _payment_lines("refund", call, order, context, field)
    finished = is_finished(order["status"])
    if "delivered_at" in order:
        lines.append(
            line_of(f"It was delivered on {day_text(order['delivered_at'], context)}.", call, f"{field}delivered_at")
        )
    elif "shipped_at" in order and not finished:
        lines.append(line_of(f"It left us on {day_text(order['shipped_at'], context)}.", call, f"{field}shipped_at"))
    if "expected_at" in order and not finished:
        lines += _expected_lines(call, order, context, field)
    if order["tracking"] and not finished:
        lines.append(_tracking_line(call, order, context, field))
    return lines


def _what_is_meant(request: Request, order: dict[str, Any], context: BriefContext) -> str:
    """' with the lamp': the things in the order that were asked about; nothing where none of them was."""
    names = list(dict.fromkeys(item["name"] for item in order["items"]))
    meant = [name for name in names if name in request.entities.products]
    return f" with the {list_words(meant, context.locale)}" if meant else ""


def _no_date(request: Request, order: dict[str, Any]) -> list[Line]:
    """To whoever asks when: that the shop's data doesn't tell."""
    known = any(field in order for field in ("expected_at", "delivered_at"))
    asked = not known and _ASKS_WHEN.search(request.text) and not order["status"].lower().startswith("cancel")
    return [Line(text="I can't see a date for it in our records.")] if asked else []


def _refunds(order: dict[str, Any]) -> list[dict[str, Any]]:
    return [payment for payment in order.get("payments", ()) if payment["kind"] == "refund"]


def _expected_lines(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> list[Line]:
    """When it should be there; for one that should have been there already, that we know and are sorry."""
    days = (context.today - date.fromisoformat(order["expected_at"])).days
    day = day_text(order["expected_at"], context)
    if days <= 0:
        return [line_of(f"It is expected to arrive on {day}.", call, f"{field}expected_at")]
    late = f"It was expected on {day}, so it is {counted(days, 'day')} late."
    return [line_of(late, call, f"{field}expected_at"), Line(text="I am sorry about the delay.")]


def list_orders(number: int, context: BriefContext) -> Brief:
    (call,) = context.calls_for(number, "get_orders")
    orders = call.result or []
    if not orders:
        return replies([line_of("There are no orders on your account.", call, "")], phrase=False)
    shown = [f"{order['order_id']} ({order['status']})" for order in orders[:ORDERS_LISTED]]
    more = f" These are the newest {ORDERS_LISTED}." if len(orders) > ORDERS_LISTED else ""
    text = f"You have {counted(len(orders), 'order')}: {list_words(shown, context.locale)}.{more}"
    return replies([line_of(text, call, "")], phrase=False)


def profile(number: int, request: Request, context: BriefContext) -> Brief:
    """What is kept of the customer, as far as it is asked: ways to pay with what is left on them, address, e-mail."""
    (call,) = context.calls_for(number, "lookup_customer")
    known, text = call.result or {}, request.text.lower()
    methods = [PaymentMethod.model_validate(method) for method in known.get("payment_methods", ())]
    if "gift" in text or "balance" in text:
        cards = [method for method in methods if method.balance is not None]
        told = [f"There is {card.balance:.2f} left on {method_words(card)}." for card in cards]
        told = told or ["There is no gift card on your account."]
        return replies([line_of(text, call, "payment_methods") for text in told], phrase=False)
    if "mail" in text and "email" in known:
        return replies([line_of(f"Your email address is {known['email']}.", call, "email")], phrase=False)
    if "address" in text and known.get("address"):
        where = address_words(Address.model_validate(known["address"]))
        return replies([line_of(f"Your address is {where}.", call, "address")], phrase=False)
    ways = list_words(map(method_words, methods), context.locale) or "no way to pay yet"
    return replies([line_of(f"On your account we have {ways}.", call, "payment_methods")], phrase=False)


def tickets(number: int, context: BriefContext) -> Brief:
    calls = context.calls_for(number, "get_ticket", "get_tickets")
    lines = [line for call in calls if call.ok for line in _ticket_lines(call)]
    if not lines and not all(call.ok for call in calls):
        return asks("I can't find that ticket on your account. Please check its number and send it again.")
    return replies(lines or [line_of("There are no tickets on your account.", calls[0], "")], phrase=False)


def _ticket_lines(call: ToolCall) -> list[Line]:
    lines = []
    for ticket in as_list(call.result):
        about = f" It is about order {ticket['order_id']}." if ticket.get("order_id") else ""
        state = ticket["status"].replace("_", " ")
        lines.append(line_of(f"Your ticket {ticket['ticket_id']}{_subject(ticket)} is {state}.{about}", call, "status"))
    return lines


def _subject(ticket: dict[str, Any]) -> str:
    """What a ticket is about, if its subject is a title: a whole message is nothing that the desk says again."""
    subject = ticket["subject"]
    return f" ({subject})" if subject and is_title(subject) else ""


def not_found(missing: Sequence[ToolCall], found: Sequence[Line], context: BriefContext) -> Brief:
    numbers = list_words((call.args["order_id"] for call in missing), context.locale)
    notes = (ORDER_NOT_FOUND,)
    if ORDER_NOT_FOUND in context.earlier_notes:
        text = f"I still can't find order {numbers} on your account, so I am passing this on to a colleague."
        handed = hands_over(HandoffReason.data_gap, text)
        return handed.model_copy(update={"lines": (*found, *handed.lines), "notes": notes})
    asked = asks(f"I can't find order {numbers} on your account. Please check the number and send it again.")
    return asked.model_copy(update={"lines": (*found, *asked.lines), "notes": notes})
