"""The brief: the plain answer, written by code from the evidence.

Each line carries the place that supports it. The brief is correct on its own and is what goes out when no
model is there; a model may only rephrase it. Each request of the message is answered by one function, and
the answers are joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency

from cxdesk.agent.answers import Quote
from cxdesk.agent.dealing import Deal
from cxdesk.agent.follow_ups import ASKS_OF_A_PRODUCT, OF_A_PRODUCT, questions
from cxdesk.agent.identity import missing_proofs
from cxdesk.agent.planner import SELLS
from cxdesk.agent.rule_answers import RuleAnswer, RuleQuote, answer_by_rules, is_general
from cxdesk.agent.rules import ShopRules
from cxdesk.agent.sentences import content_words
from cxdesk.agent.shop_tools import ShopTool
from cxdesk.agent.wording import address_words, method_words
from cxdesk.domain import (
    Address,
    Decision,
    DecisionKind,
    HandoffReason,
    Hit,
    Identity,
    IdentityLevel,
    PaymentMethod,
    PendingAction,
    Record,
    Request,
    Signals,
    Support,
    ToolCall,
)
from cxdesk.signals.quotable import is_title

ORDERS_LISTED = 10
PRODUCTS_TOLD = 3
# Score from which a quote answers a message that asks nothing in so many words.
SURE_ENOUGH_UNASKED = 0.6
# Confidence from which a message without a story is declined as being about something else.
SURELY_OUT_OF_SCOPE = 0.9
_FINISHED = ("delivered", "cancelled", "canceled", "returned", "closed", "complete")
_PROOF_WORDS = {"email": "email address", "order_id": "order number", "name": "full name", "zip": "postal code"}

# A question that leaves the version named before, and one for the lowest price.
_WIDENS = re.compile(
    r"\b(?:other|else|any|all|which|cheap(?:er|est)|what (?:colou?rs|sizes|versions|options))\b", re.IGNORECASE
)
_ASKS_WHEN = re.compile(r"\bwhen\b|\bhow (?:soon|long)\b", re.IGNORECASE)
_OF_THOSE = re.compile(r"\bof (?:them|those|these)\b", re.IGNORECASE)
_CHEAPEST = re.compile(r"\bcheap(?:er|est)\b", re.IGNORECASE)

_ASKS_WHICH = re.compile(
    r"\b(?:which|what|any|other|else)\b.{0,25}\b(?:colou?rs?|sizes?|versions?|models?|options?|variants?|kinds?)\b"
    r"|^\W*(?:and )?(?:colou?rs|sizes|versions|options)\b|\bcome in\b",
    re.IGNORECASE,
)
_OF_ANY_OPTION = re.compile(r"\b(?:versions?|models?|options?|variants?|kinds?)\b|\bcome in\b", re.IGNORECASE)
_SPELLING = re.compile(r"\bcolour", re.IGNORECASE)
_PART = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_UNITS = {
    "gig": "gb", "gigs": "gb", "gigabyte": "gb", "gigabytes": "gb", "tera": "tb", "terabyte": "tb", "watt": "w",
    "watts": "w", "inches": "inch", "feet": "ft", "foot": "ft", "gray": "grey", "litre": "liter", "litres": "liters",
}  # fmt: skip
_DEMANDS = re.compile(
    r"\b(?:what|how|when) (?:are|will|do) you (?:\w+ )?(?:going to|gonna|intend|plan|do|doing|fix|sort)\b"
    r"|\b(?:do something|sort (?:this|it) out|fix this|take care of (?:it|this))\b",
    re.IGNORECASE,
)
_TROUBLES = ("technical_problem", "complaint", "other")
_IN_VAIN = re.compile(
    r"\b(?:tried|did (?:that|this|it|all)|done (?:that|this|it)|already|still|no luck|same|not help\w*|"
    r"(?:did|does|has)(?:n't| not) (?:help|work|change))\b",
    re.IGNORECASE,
)
# What is the shop's own: 'your chargers', and no question to a machine about itself.
_OF_THE_SHOP = re.compile(
    r"\byour (?!name|favou?rite|opinion|mind|day|weekend|life|friend|family|age|thoughts?|mom|mother|dad|job)\w+",
    re.IGNORECASE,
)

_COLLEAGUE = "I am passing this on to a colleague, who will answer you here."
_TAKEN_OVER = {
    HandoffReason.frustration: "I am sorry for the trouble. I am passing this on to a colleague, who will take care "
    "of it.",
    HandoffReason.repeated_intent: "You have asked this before, so I am passing it on to a colleague, who will look "
    "into it and answer you here.",
}

ORDER_NOT_FOUND = "order_not_found"
NO_ANSWER = "no_answer"
UNCLEAR = "unclear"
ASKED_WHO = "asked_who"
# The place of what stands in the shop's rules.
RULES = "action_rules"


class Line(Record):
    """A sentence of the brief, and where it is supported; a line without support states nothing of the shop."""

    text: str
    supports: tuple[Support, ...] = ()


class Brief(Record):
    """`phrase`: whether a model may put it in other words. `notes` are codes that later turns look at."""

    lines: tuple[Line, ...]
    decision: Decision
    notes: tuple[str, ...] = ()
    phrase: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class BriefContext:
    """What the brief is written from. `gave_up_on`: the notes of the question back that the writer can't answer.

    `told` is the desk's last reply, `products_meant` tells which products of the catalogue a text means.
    """

    signals: Signals
    identity: Identity
    rules: ShopRules
    calls: Sequence[ToolCall]
    kind: Callable[[str], str]
    find_answer: Callable[[str, Sequence[Hit]], list[Quote]]
    is_off_topic: Callable[[str, Sequence[Hit]], bool]
    tone_texts: dict[str, str]
    customer_name: str | None
    shop_name: str
    locale: str
    today: date
    earlier_notes: frozenset[str]
    just_proved: bool
    deal: Deal = field(default_factory=Deal)
    own_tools: Mapping[str, ShopTool] = field(default_factory=dict)
    gave_up_on: frozenset[str] | None = None
    told: str = ""
    products_meant: Callable[[str], Sequence[str]] = lambda _: ()

    def calls_for(self, request: int, *names: str) -> list[ToolCall]:
        return [call for call in self.calls if call.request == request and call.name in names]

    def needs_proof(self, request: Request) -> bool:
        """Whether a look-up of the shop's own would answer, were it known who is writing."""
        unproved = self.identity.level is not IdentityLevel.verified
        return unproved and any(tool.is_personal and tool.is_meant(request) for tool in self.own_tools.values())


def write_brief(context: BriefContext) -> Brief:
    """The answer to every request of the message, and the decision that follows from all of them."""
    requests = list(enumerate(context.signals.requests))
    if context.gave_up_on is not None and not context.deal.says_something:
        return _gave_up(context.gave_up_on, context)
    if not context.deal.says_something:
        return _join(_first_who([_answer(number, request, context) for number, request in requests]))
    others = [] if context.deal.plain else [each for each in requests if _is_beside(each[1], context)]
    beside = [_answer(number, request, context) for number, request in others]
    return _with_deal(context.deal, [brief for brief in beside if brief.decision.kind is DecisionKind.reply])


def _gave_up(notes: frozenset[str], context: BriefContext) -> Brief:
    """To 'I don't know': who is writing is asked again, for anything else a colleague finds out."""
    if ASKED_WHO in notes and context.identity.level is not IdentityLevel.verified:
        return _ask_who(context)
    text = "Never mind: I am passing this on to a colleague, who will find out with you here."
    return _hand_over(HandoffReason.low_confidence, text)


def _first_who(briefs: Sequence[Brief]) -> list[Brief]:
    """Whoever must say who they are before a wish can be dealt with is not handed over for what nothing answers."""
    waits = any(brief.decision.kind is DecisionKind.ask and ASKED_WHO in brief.notes for brief in briefs)
    return [brief for brief in briefs if not (waits and NO_ANSWER in brief.notes)]


def take_over(brief: Brief, reason: HandoffReason) -> Brief:
    """The same brief, handed to a person for a reason that lies in the conversation and not in the answer."""
    if brief.decision.kind is DecisionKind.handoff:
        return brief
    stated = () if reason is HandoffReason.repeated_intent else tuple(line for line in brief.lines if line.supports)
    lines = (Line(text=_TAKEN_OVER.get(reason, _COLLEAGUE)), *stated)
    decision = Decision(kind=DecisionKind.handoff, reason=reason, pending=brief.decision.pending)
    return Brief(lines=lines, decision=decision, notes=brief.notes)


def _answer(number: int, request: Request, context: BriefContext) -> Brief:
    """The answer to one request. What a look-up of the shop's own tells goes before documents and after records."""
    told = list(_told_by_the_shop(number, context))
    kind = context.kind(request.intent.name)
    if not told and kind != "talk" and context.needs_proof(request):
        return _ask_who(context)
    if told and kind not in ("order", "account", "action"):
        return _reply(told)
    brief = _answer_of_kind(kind, number, request, context)
    stands = told and brief.decision.kind is DecisionKind.reply
    return brief.model_copy(update={"lines": (*brief.lines, *told)}) if stands else brief


def _answer_of_kind(kind: str, number: int, request: Request, context: BriefContext) -> Brief:
    intent = request.intent.name
    match kind:
        case "talk":
            return _talk(intent, context)
        case "action" if by_rules := _general_question(request, context):
            return _by_rules(by_rules)
        case "order" | "account" | "action" if context.identity.level is not IdentityLevel.verified:
            return _ask_who(context)
        case "order":
            return _about_order(number, request, context)
        case "action":
            return _action(number, context)
        case "account":
            if intent == "account_profile":
                return _profile(number, request, context)
            return _tickets(number, context) if intent == "ticket_status" else _list_orders(number, context)
        case _:
            return _open_question(number, request, context)


def _general_question(request: Request, context: BriefContext) -> RuleAnswer | None:
    """The shop's rule, for somebody who asks how a change goes and not for one of theirs."""
    if request.entities.order_ids or not is_general(request.text):
        return None
    return answer_by_rules(request.text, context.rules, request.entities.products)


def _by_rules(answer: RuleAnswer) -> Brief:
    return _reply([_rule_line(quote) for quote in answer.quotes], phrase=False)


def _rule_lines(answer: RuleAnswer | None) -> list[Line]:
    """The rules that stand before what the documents say."""
    return [_rule_line(quote) for quote in answer.quotes] if answer and answer.scope == "policy" else []


def _rule_line(quote: RuleQuote) -> Line:
    support = Support(start=0, end=len(quote.text), tool=RULES, field=quote.action)
    return Line(text=quote.text, supports=(support,))


def _told_by_the_shop(number: int, context: BriefContext) -> Iterator[Line]:
    """What the shop's own look-ups found, in the words of their files."""
    for call in context.calls_for(number, *context.own_tools):
        if call.ok:
            for place, text in context.own_tools[call.name].sentences(call.result):
                yield _line(text, call, f"{place}")


def withheld() -> Brief:
    """What is said when the outbound check stops the brief."""
    text = "I can't send you what I found, so I am passing this on to a colleague, who will answer you here."
    return _hand_over(HandoffReason.guardrail, text)


# ---------------------------------------------------------------- courtesy and identity


def _talk(intent: str, context: BriefContext) -> Brief:
    if intent == "wish_for_human":
        text = "Of course. I am passing you on to a colleague, who will answer you here."
        return _hand_over(HandoffReason.asked_for_human, text)
    name = f" {context.customer_name.split()[0]}" if context.customer_name else ""
    return _say(context.tone_texts["thanks" if intent == "thanks" else "greeting"].format(name=name))


def _ask_who(context: BriefContext) -> Brief:
    if context.identity.failed_tries >= context.rules.identity.tries:
        text = "These details still do not match our records, so I am passing you on to a colleague who can help."
        return _hand_over(HandoffReason.identity_failed, text)
    groups = missing_proofs(context.identity, context.rules.identity)
    shortest = [group for group in groups if len(group) == len(groups[0])]
    wanted = _either(shortest)
    if context.identity.failed_tries:
        everything = _either(context.rules.identity.proofs)
        return _ask(f"Those details do not match our records. Please check them and send {everything}.")
    asked = _ask(f"I can look that up as soon as I know who you are. Please send me {wanted}.")
    return asked.model_copy(update={"notes": (ASKED_WHO,)})


def _either(groups: Sequence[Sequence[str]]) -> str:
    return ", or ".join(f"your {' and '.join(_PROOF_WORDS[kind] for kind in group)}" for group in groups)


# ---------------------------------------------------------------- orders


def _about_order(number: int, request: Request, context: BriefContext) -> Brief:
    orders = context.calls_for(number, "get_order")
    if not orders:
        return _pick_order(number, request, context)
    found = [call for call in orders if call.ok]
    lines = [line for call in found for line in _order_lines(request, call, call.result, context)]
    if request.intent.name == "order_count":
        lines = [*_count_line(request, found), *lines]
    missing = [call for call in orders if not call.ok]
    if missing:
        return _not_found(missing, lines, context)
    return _reply([*lines, *_beside_orders(number, request, context)])


def _beside_orders(number: int, request: Request, context: BriefContext) -> list[Line]:
    """The tickets about the orders that were told of, and when money comes back."""
    tickets = [line for call in context.calls_for(number, "get_ticket") if call.ok for line in _ticket_lines(call)]
    orders = [call.result for call in context.calls_for(number, "get_order") if call.ok]
    if not any(order["status"].lower().startswith("return") and not _refunds(order) for order in orders):
        return tickets
    searches = [call for call in context.calls_for(number, "search_knowledge") if call.ok]
    quotes = [quote for call in searches for quote in context.find_answer(call.args["query"], call.result)]
    return [*tickets, *map(_quoted, quotes)]


def _pick_order(number: int, request: Request, context: BriefContext) -> Brief:
    """No order was named: the only one, or the only one under way, is meant; else all are shown."""
    (call,) = context.calls_for(number, "get_orders")
    orders: list[dict[str, Any]] = call.result or []
    under_way = [order for order in orders if not order["status"].lower().startswith(_FINISHED)]
    meant = orders if len(orders) == 1 else under_way if request.intent.name == "order_status" else []
    if len(meant) == 1:
        place = orders.index(meant[0])
        return _reply(_order_lines(request, call, meant[0], context, field=f"{place}."))
    if request.intent.name == "order_status" and under_way:
        return _reply(_under_way_lines(call, orders, under_way, context), phrase=False)
    listed = _list_orders(number, context)
    if request.intent.name == "order_status" or not orders:
        return listed
    question = Line(text="Which one do you mean?")
    return listed.model_copy(
        update={"lines": (*listed.lines, question), "decision": Decision(kind=DecisionKind.ask), "phrase": False}
    )


def _under_way_lines(
    call: ToolCall, orders: Sequence[dict[str, Any]], under_way: Sequence[dict[str, Any]], context: BriefContext
) -> list[Line]:
    """Where each order is that has not arrived, the one that is due first at the top."""
    soonest = sorted(under_way, key=lambda order: order.get("expected_at", ""))[:ORDERS_LISTED]
    lines = [_line(f"{_counted(len(under_way), 'order')} of yours {_are(len(under_way))} under way.", call, "")]
    for order in soonest:
        place = orders.index(order)
        what = _and(list(dict.fromkeys(item["name"] for item in order["items"])), context)
        text = f"{order['order_id']} ({what}) {_is_status(order['status'])}{_due(order, context)}."
        lines.append(_line(text, call, f"{place}.status"))
    return lines


def _due(order: dict[str, Any], context: BriefContext) -> str:
    if "expected_at" not in order:
        return ""
    late = date.fromisoformat(order["expected_at"]) < context.today
    return f" and {'was' if late else 'is'} expected on {_day(order['expected_at'], context)}"


def _order_lines(
    request: Request, call: ToolCall, order: dict[str, Any], context: BriefContext, *, field: str = ""
) -> list[Line]:
    order_id, total = order["order_id"], _money(order["total"], order["currency"], context)
    what = _what_is_meant(request, order, context)
    status = _line(f"Your order {order_id}{what} {_is_status(order['status'])}.", call, f"{field}status")
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
            none = _line("It has no refund on it yet.", call, f"{field}payments")
            return [status, *(refunds or [none])]
        case "order_address":
            where = address_words(Address.model_validate(order.get("ship_to", {})))
            return [status, *([_line(f"It goes to {where}.", call, f"{field}ship_to")] if where else [])]
        case "order_total" if bought and len(order["items"]) > 1:
            return [*bought, _line(f"The whole order {order_id} came to {total}.", call, f"{field}total")]
        case "order_details":
            items = _and([_item_text(item) for item in order["items"]], context)
            return [status, _line(f"It contains: {items}.", call, f"{field}items")]
        case "order_total":
            return [status, _line(f"Its total is {total}.", call, f"{field}total")]
        case "order_tracking":
            return [status, _tracking_line(call, order, context, field)]
        case _:
            return [status, *_journey(call, order, context, field), *_no_date(request, order)]


def _bought_line(
    call: ToolCall, order: dict[str, Any], place: int, item: dict[str, Any], context: BriefContext, field: str
) -> Line:
    each = " each" if item["quantity"] > 1 else ""
    price = f" for {_money(item['price'], order['currency'], context)}{each}" if "price" in item else ""
    text = f"In order {order['order_id']} you bought {_the_item(item)}{price}."
    return _line(text, call, f"{field}items.{place}")


def _count_line(request: Request, calls: Sequence[ToolCall]) -> list[Line]:
    """How many of the things asked about there are in these orders."""
    items = [item for call in calls for item in call.result["items"] if item["name"] in request.entities.products]
    names = list(dict.fromkeys(item["name"] for item in items))
    count = sum(item["quantity"] for item in items)
    return [_line(f"You have ordered {count} of the {names[0]}.", calls[0], "items")] if len(names) == 1 else []


def _payment_lines(kind: str, call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> list[Line]:
    """What was paid for an order, or paid back, and by which of the customer's ways."""
    profile: dict[str, Any] = next((c.result for c in context.calls if c.name == "lookup_customer" and c.ok), {})
    methods = {m["id"]: PaymentMethod.model_validate(m) for m in profile.get("payment_methods", ())}
    did, way = ("was paid", "with") if kind == "payment" else ("has been refunded", "to")
    known = {method_id: f" {way} {method_words(method)}" for method_id, method in methods.items()}
    return [
        _line(
            f"For order {order['order_id']}, {_money(each['amount'], order['currency'], context)} {did}"
            f"{known.get(each['payment_method_id'], '')}.",
            call,
            f"{field}payments.{place}",
        )
        for place, each in enumerate(order.get("payments", ()))
        if each["kind"] == kind
    ]


def _tracking_line(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> Line:
    if not order["tracking"]:
        return _line("It has no tracking number yet.", call, f"{field}tracking")
    numbers = _and(order["tracking"], context)
    carrier = f" with {_and(order['carriers'], context)}" if order["carriers"] else ""
    noun = "tracking number is" if len(order["tracking"]) == 1 else "tracking numbers are"
    return _line(f"Its {noun} {numbers}{carrier}.", call, f"{field}tracking")


def _journey(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> list[Line]:
    """Where the parcel is, as far as the shop's data tells."""
    lines = _payment_lines("refund", call, order, context, field)
    finished = order["status"].lower().startswith(_FINISHED)
    if "delivered_at" in order:
        lines.append(
            _line(f"It was delivered on {_day(order['delivered_at'], context)}.", call, f"{field}delivered_at")
        )
    elif "shipped_at" in order and not finished:
        lines.append(_line(f"It left us on {_day(order['shipped_at'], context)}.", call, f"{field}shipped_at"))
    if "expected_at" in order and not finished:
        lines += _expected_lines(call, order, context, field)
    if order["tracking"] and not finished:
        lines.append(_tracking_line(call, order, context, field))
    return lines


def _what_is_meant(request: Request, order: dict[str, Any], context: BriefContext) -> str:
    """The things in the order that were asked about, where it holds others as well."""
    names = list(dict.fromkeys(item["name"] for item in order["items"]))
    meant = [name for name in names if name in request.entities.products]
    return f" with the {_and(meant, context)}" if meant else ""


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
    day = _day(order["expected_at"], context)
    if days <= 0:
        return [_line(f"It is expected to arrive on {day}.", call, f"{field}expected_at")]
    late = f"It was expected on {day}, so it is {days} {'day' if days == 1 else 'days'} late."
    return [_line(late, call, f"{field}expected_at"), Line(text="I am sorry about the delay.")]


def _list_orders(number: int, context: BriefContext) -> Brief:
    (call,) = context.calls_for(number, "get_orders")
    orders = call.result or []
    if not orders:
        return _reply([_line("There are no orders on your account.", call, "")], phrase=False)
    shown = [f"{order['order_id']} ({order['status']})" for order in orders[:ORDERS_LISTED]]
    more = f" These are the newest {ORDERS_LISTED}." if len(orders) > ORDERS_LISTED else ""
    noun = "order" if len(orders) == 1 else "orders"
    return _reply([_line(f"You have {len(orders)} {noun}: {_and(shown, context)}.{more}", call, "")], phrase=False)


def _profile(number: int, request: Request, context: BriefContext) -> Brief:
    """What is kept of the customer, as far as it is asked: ways to pay with what is left on them, address, e-mail."""
    (call,) = context.calls_for(number, "lookup_customer")
    known, text = call.result or {}, request.text.lower()
    methods = [PaymentMethod.model_validate(method) for method in known.get("payment_methods", ())]
    if "gift" in text or "balance" in text:
        cards = [method for method in methods if method.balance is not None]
        told = [f"There is {card.balance:.2f} left on {method_words(card)}." for card in cards]
        told = told or ["There is no gift card on your account."]
        return _reply([_line(text, call, "payment_methods") for text in told], phrase=False)
    if "mail" in text and "email" in known:
        return _reply([_line(f"Your email address is {known['email']}.", call, "email")], phrase=False)
    if "address" in text and known.get("address"):
        where = address_words(Address.model_validate(known["address"]))
        return _reply([_line(f"Your address is {where}.", call, "address")], phrase=False)
    ways = _and([method_words(method) for method in methods], context) or "no way to pay yet"
    return _reply([_line(f"On your account we have {ways}.", call, "payment_methods")], phrase=False)


def _tickets(number: int, context: BriefContext) -> Brief:
    calls = context.calls_for(number, "get_ticket", "get_tickets")
    found = [(call, ticket) for call in calls if call.ok for ticket in _as_list(call.result)]
    if not found and all(call.ok for call in calls):
        return _reply([_line("There are no tickets on your account.", calls[0], "")], phrase=False)
    if not found:
        return _ask("I can't find that ticket on your account. Please check its number and send it again.")
    return _reply([line for call in calls if call.ok for line in _ticket_lines(call)], phrase=False)


def _ticket_lines(call: ToolCall) -> list[Line]:
    lines = []
    for ticket in _as_list(call.result):
        about = f" It is about order {ticket['order_id']}." if ticket.get("order_id") else ""
        state = ticket["status"].replace("_", " ")
        lines.append(_line(f"Your ticket {ticket['ticket_id']}{_subject(ticket)} is {state}.{about}", call, "status"))
    return lines


def _subject(ticket: dict[str, Any]) -> str:
    """What a ticket is about, if its subject is a title: a whole message is nothing that the desk says again."""
    subject = ticket["subject"]
    return f" ({subject})" if subject and is_title(subject) else ""


def _not_found(missing: Sequence[ToolCall], found: Sequence[Line], context: BriefContext) -> Brief:
    numbers = _and([call.args["order_id"] for call in missing], context)
    notes = (ORDER_NOT_FOUND,)
    if ORDER_NOT_FOUND in context.earlier_notes:
        text = f"I still can't find order {numbers} on your account, so I am passing this on to a colleague."
        handed = _hand_over(HandoffReason.data_gap, text)
        return handed.model_copy(update={"lines": (*found, *handed.lines), "notes": notes})
    asked = _ask(f"I can't find order {numbers} on your account. Please check the number and send it again.")
    return asked.model_copy(update={"lines": (*found, *asked.lines), "notes": notes})


def _is_beside(request: Request, context: BriefContext) -> bool:
    """Whether a request asks for something that the deal doesn't settle."""
    kind = context.kind(request.intent.name)
    asks = kind == "open" and request.intent.name != "out_of_scope" and len(content_words(request.text)) > 1
    return asks or kind in ("order", "account")


def _with_deal(deal: Deal, beside: Sequence[Brief]) -> Brief:
    """What was done and refused, what was asked beside it, and last the question that waits for an answer."""
    done = [_line(call.result["done"], call, "done") for call in deal.done]
    declined = [Line(text="All right, I have left it as it is.")] if deal.declined else []
    refused = [Line(text=text) for text in deal.refused]
    answers = list(dict.fromkeys(line for brief in beside for line in brief.lines))
    last, decision = _outcome(deal)
    return Brief(
        lines=(*done, *declined, *refused, *answers, *last),
        decision=decision,
        notes=tuple(dict.fromkeys(note for brief in beside for note in brief.notes)),
    )


def _outcome(deal: Deal) -> tuple[list[Line], Decision]:
    pending = deal.pending
    if pending and deal.waits_for_person:
        why = "Thank you." if deal.agreed else deal.waits_for_person
        text = "It is being looked at, and you will get an answer here. Nothing has been changed so far."
        decision = Decision(kind=DecisionKind.handoff, reason=HandoffReason.needs_approval, pending=pending)
        return [Line(text=why), Line(text=text)], decision
    if pending:
        return [Line(text=_question(pending, deal))], Decision(kind=DecisionKind.confirm, pending=pending)
    if deal.question:
        return [Line(text=deal.question)], Decision(kind=DecisionKind.ask)
    if deal.stuck:
        text = "I can't go on without knowing that, so I am passing this on to a colleague, who will answer you here."
        return [Line(text=text)], Decision(kind=DecisionKind.handoff, reason=HandoffReason.low_confidence)
    return [], Decision(kind=DecisionKind.reply)


def _question(pending: PendingAction, deal: Deal) -> str:
    """What is proposed, what follows from it, and how to answer."""
    change, _, follows = pending.text.partition("; ")
    again = "I am not sure whether that was a yes. " if deal.asked_again and not deal.done else ""
    then = f" {follows[0].upper()}{follows[1:]}." if follows else ""
    return f"{again}Shall I {change}?{then} Please answer yes or no."


def _action(number: int, context: BriefContext) -> Brief:
    """A wish to change something that nobody but a person can make out; nothing is changed before."""
    calls = context.calls_for(number, "get_order")
    missing = [call for call in calls if not call.ok]
    if missing:
        return _not_found(missing, (), context)
    lines = [
        _line(f"Your order {call.result['order_id']} {_is_status(call.result['status'])}.", call, "status")
        for call in calls
    ]
    handed = _hand_over(
        HandoffReason.needs_approval,
        "A colleague has to approve your request and will answer you here. Nothing has been changed so far.",
    )
    return handed.model_copy(update={"lines": (*lines, *handed.lines)})


# ---------------------------------------------------------------- questions


def _open_question(number: int, request: Request, context: BriefContext) -> Brief:
    searches = context.calls_for(number, "search_knowledge")
    products = [call for call in context.calls_for(number, "search_products") if call.ok and call.result]
    by_rules = (
        None if request.entities.order_ids else answer_by_rules(request.text, context.rules, request.entities.products)
    )
    if by_rules and by_rules.scope == "condition":
        return _by_rules(by_rules)
    if products and _asks_of_the_catalogue(request, products[0].result):
        return _about_products(request, products[0], context)
    # A model may search in its own words; whether a passage answers is judged by the customer's.
    own_words = questions(request)
    asked = [
        (call.args["query"] if call.args["query"] in own_words else own_words[0], call.result)
        for call in searches
        if call.ok
    ]
    answers = [context.find_answer(question, hits) for question, hits in asked]
    quotes = max(answers, key=_best_score, default=[])
    if quotes and request.intent.name in _TROUBLES and _told_in_vain(request, quotes, context):
        return _all_is_told(context)
    if _best_score(quotes) > (SURE_ENOUGH_UNASKED if request.intent.name in ("other", "complaint") else 0.0):
        return _reply([*_rule_lines(by_rules), *map(_quoted, quotes)], phrase=not _rule_lines(by_rules))
    if by_rules:
        return _by_rules(by_rules)
    if _DEMANDS.search(request.text.replace("’", "'")):
        return _seen_to()
    if _is_vague_trouble(request, context):
        back = _ask("Which product is it, and what exactly does it do, or not do?")
        return back.model_copy(update={"notes": (UNCLEAR,)})
    if "not_english" in context.signals.flags:
        text = "I can read only English well, so I am passing this on to a colleague, who will answer you here."
        return _hand_over(HandoffReason.low_confidence, text)
    if request.intent.name == "complaint":
        return _sorry(context)
    if request.intent.name == "other" or (len(content_words(request.text)) < 2 and not request.story):
        return _unclear(context)
    of_a_product = bool(products) and request.intent.name == "product"
    elsewhere = not of_a_product and (_is_out_of_scope(request) or _is_off_topic(asked, context))
    if "instruction_like" in context.signals.flags or elsewhere:
        return _say(f"I can't help with that. I can answer questions about {context.shop_name} and about your orders.")
    if described := [line for call in products[:1] for line in _descriptions(request, call)]:
        return _reply(described, phrase=False)
    why = "I can't find that in our documents" if asked else "I can't look that up at the moment"
    text = f"{why}, so I am passing your question on to a colleague, who will answer you here."
    return _hand_over(HandoffReason.data_gap, text).model_copy(update={"notes": (NO_ANSWER,)})


def _asks_of_the_catalogue(request: Request, products: Sequence[dict[str, Any]]) -> bool:
    """Whether price, stock and versions are asked for, or nothing else than the thing itself."""
    text = request.text.replace("’", "'")
    asks = ASKS_OF_A_PRODUCT.search(text) or SELLS.search(text)
    if request.intent.name == "product" and asks:
        return True
    if request.intent.name == "product" and any(_named_options(text, product["variants"]) for product in products):
        return True
    names = content_words(" ".join(product["name"] for product in products))
    values = {part for p in products for named in _named_options(text, p["variants"]).values() for part in named}
    said = {word for word in _PART.findall(text.lower()) if not _stands_in(_parts(word), _parts(" ".join(values)))}
    return not content_words(" ".join(said)) - names - OF_A_PRODUCT and bool(
        asks or request.intent.name != "out_of_scope"
    )


def _descriptions(request: Request, call: ToolCall) -> list[Line]:
    """What the catalogue says of these products, where it speaks of what is asked."""
    asked = content_words(request.text)
    told = []
    for place, product in enumerate(call.result[:PRODUCTS_TOLD]):
        description = product.get("description") or ""
        of_it = asked - content_words(product["name"]) - OF_A_PRODUCT
        if of_it and len(of_it & content_words(description)) * 2 > len(of_it):
            told.append(_line(f"{product['name']}: {description}", call, f"{place}.description"))
    return told


def _told_in_vain(request: Request, quotes: Sequence[Quote], context: BriefContext) -> bool:
    """Whether advice that was just given is all there is, and it did not help."""
    given = all(quote.text in context.told for quote in quotes)
    return given and _IN_VAIN.search(request.text) is not None


def _all_is_told(context: BriefContext) -> Brief:
    text = "I am sorry that this did not help. I am passing it on to a colleague, who will answer you here."
    return _hand_over(HandoffReason.data_gap, text).model_copy(update={"notes": (NO_ANSWER,)})


def _is_vague_trouble(request: Request, context: BriefContext) -> bool:
    """A product fails, nobody knows which; asked once."""
    about = request.entities.products or context.products_meant(request.text)
    return request.intent.name == "technical_problem" and not about and UNCLEAR not in context.earlier_notes


def _is_out_of_scope(request: Request) -> bool:
    intent = request.intent
    sure = intent.name == "out_of_scope" and intent.confidence >= SURELY_OUT_OF_SCOPE
    return sure and not request.story and not _OF_THE_SHOP.search(request.text)


def _is_off_topic(questions: Sequence[tuple[str, Sequence[Hit]]], context: BriefContext) -> bool:
    """Whether the documents were searched and lie far from the question; a search that failed shows nothing."""
    to_the_shop = any(_OF_THE_SHOP.search(question) for question, _ in questions)
    far = all(context.is_off_topic(question, hits) for question, hits in questions)
    return bool(questions) and not to_the_shop and far


def _best_score(quotes: Sequence[Quote]) -> float:
    return max((quote.score for quote in quotes), default=0.0)


def _seen_to() -> Brief:
    """To whoever asks what is going to be done: that is a person's to say."""
    text = "I am passing this on to a colleague, who will see to it and answer you here."
    return _hand_over(HandoffReason.low_confidence, text)


def _unclear(context: BriefContext) -> Brief:
    if context.just_proved and context.customer_name:
        return _say(f"Thank you, {context.customer_name.split()[0]}, I have found you. How can I help you?")
    if "instruction_like" in context.signals.flags:
        return _say(f"I can't help with that. I can answer questions about {context.shop_name} and about your orders.")
    if UNCLEAR in context.earlier_notes:
        text = "I am not sure that I understand you, so I am passing you on to a colleague, who will answer you here."
        return _hand_over(HandoffReason.low_confidence, text)
    asked = _ask("Could you tell me a little more about what you need? If it is about an order, its number helps.")
    return asked.model_copy(update={"notes": (UNCLEAR,)})


def _sorry(context: BriefContext) -> Brief:
    """To a complaint that asks for nothing: what would help; the second time a colleague."""
    if UNCLEAR in context.earlier_notes:
        text = "I am sorry about this. I am passing it on to a colleague, who will answer you here."
        return _hand_over(HandoffReason.low_confidence, text)
    asked = _ask("I am sorry about this. Which order or product is it about, and what would you like us to do?")
    return asked.model_copy(update={"notes": (UNCLEAR,)})


def _about_products(request: Request, call: ToolCall, context: BriefContext) -> Brief:
    """What there is to say of the products found; of too many it is asked which one is meant."""
    having = [p for p in call.result if _named_options(request.text, p["variants"])]
    products = having or call.result
    if len(products) <= PRODUCTS_TOLD:
        return _reply([_one_product(request, call, each, call.result.index(each), context) for each in products])
    names = _and([product["name"] for product in products], context)
    asked = _ask("Which one do you mean?")
    return asked.model_copy(update={"lines": (_line(f"We have: {names}.", call, ""), *asked.lines)})


def _one_product(request: Request, call: ToolCall, product: dict[str, Any], place: int, context: BriefContext) -> Line:
    variants = _meant_variants(request, product["variants"])
    if not variants:
        wanted = _options_text(_in_words(_named_options(request.text, product["variants"])))
        text = f"We don't have the {product['name']} in this version ({wanted})."
        return _line(text, call, f"{place}.variants")
    available = [v for v in variants if v["available"]]
    name, many = product["name"], _is_plural(product["name"])
    named = _options_text(_shared_options(variants)) if len(variants) < len(product["variants"]) else ""
    which = f" ({named})" if named else ""
    if not available:
        text = f"The {name}{which} {'are' if many else 'is'} out of stock at the moment."
        return _line(text, call, f"{place}.variants")
    cost = f"{'cost' if many else 'costs'} {_price_span(available, context)}"
    if len(available) == 1:
        options = _options_text(available[0]["options"])
        which = f" ({options})" if options else ""
        text = f"The {name}{which} {'are' if many else 'is'} in stock and {cost}."
    elif told := _values_in_stock(request, variants, context):
        text = f"The {name}{which} {'are' if many else 'is'} in stock in {told}, and {cost}."
    else:
        text = f"The {name}{which} {'are' if many else 'is'} in stock in {len(available)} versions and {cost}."
    return _line(text, call, f"{place}.variants")


def _in_words(named: Mapping[str, set[str]]) -> dict[str, str]:
    return {option: " or ".join(sorted(values)) for option, values in named.items()}


def _is_plural(name: str) -> bool:
    return name.lower().endswith("s") and not name.lower().endswith("ss")


def _price_span(variants: Sequence[dict[str, Any]], context: BriefContext) -> str:
    prices = sorted({Decimal(v["price"]) for v in variants})
    lowest, highest = (_money(price, variants[0]["currency"], context) for price in (prices[0], prices[-1]))
    return lowest if len(prices) == 1 else f"between {lowest} and {highest}, depending on the version"


def _shared_options(variants: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The options that all of these variants have alike."""
    first = variants[0]["options"] if variants else {}
    return {name: value for name, value in first.items() if all(v["options"].get(name) == value for v in variants)}


def _values_in_stock(request: Request, variants: Sequence[dict[str, Any]], context: BriefContext) -> str:
    """'black and white (color; night blue is out of stock)' to whoever asks which ones there are."""
    if not _ASKS_WHICH.search(request.text) or _named_options(request.text, variants):
        return ""
    asked = {form for word in _parts(_SPELLING.sub("color", request.text)) for form in (word, word.removesuffix("s"))}
    told = []
    for option in dict.fromkeys(option for v in variants for option in v["options"]):
        if _OF_ANY_OPTION.search(request.text) or asked.intersection(_parts(option)):
            having = [v for v in variants if option in v["options"]]
            have = list(dict.fromkeys(v["options"][option] for v in having if v["available"]))
            gone = [value for value in dict.fromkeys(v["options"][option] for v in having) if value not in have]
            out = f"; {_and(gone, context)} {'is' if len(gone) == 1 else 'are'} out of stock" if gone else ""
            told.append(f"{_and(have, context)} ({option}{out})")
    return _and(told, context) if told else ""


def _meant_variants(request: Request, variants: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The variants with the options that a question names, those that it goes on with taken from before.

    'And the 16 GB one?' after 'Do you have it with 32 GB in mist?' is the one with 16 GB in mist.
    """
    named = _named_options(request.text, variants)
    widens = _WIDENS.search(request.text) and not _OF_THOSE.search(request.text)
    before = {} if widens else _named_options(request.story, variants)
    meant = _having({**before, **named}, variants) or _having(named, variants)
    there = [v for v in meant if v["available"]] or meant
    lowest = min((Decimal(v["price"]) for v in there), default=None)
    return [v for v in there if Decimal(v["price"]) == lowest] if _CHEAPEST.search(request.text) else meant


def _named_options(text: str, variants: Sequence[dict[str, Any]]) -> dict[str, set[str]]:
    """The values that a text names, by option; 'blue' is night blue where no other value is called so."""
    said = _parts(text)
    wanted: dict[str, set[str]] = {}
    values = {(option, value) for v in variants for option, value in v["options"].items()}
    for option, value in values:
        if value.lower() not in ("yes", "no", "none") and _stands_in(_parts(value), said):
            wanted.setdefault(option, set()).add(value)
    for option, value in values:
        parts = _parts(value)
        rivals = [other for key, other in values if key == option and parts[-1:] == _parts(other)[-1:]]
        alone = len(parts) > 1 and all(part.isalpha() for part in parts) and len(rivals) == 1
        if option not in wanted and alone and parts[-1] in said:
            wanted[option] = {value}
    return wanted


def _parts(text: str) -> list[str]:
    """Small words, figures apart from their units: '128GB' and '128 gigs' are alike."""
    return [_UNITS.get(part, part) for part in _PART.findall(text.lower())]


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return size > 0 and any(list(whole[n : n + size]) == list(part) for n in range(len(whole) - size + 1))


def _having(wanted: Mapping[str, set[str]], variants: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [v for v in variants if all(v["options"].get(option) in values for option, values in wanted.items())]


# ---------------------------------------------------------------- joining and small helpers


def _join(briefs: Sequence[Brief]) -> Brief:
    """Several answers in one: a handoff outranks a question back, which outranks a reply.

    What was not understood is left out beside an answer.
    """
    briefs = [brief for brief in briefs if UNCLEAR not in brief.notes] or list(briefs)
    if len(briefs) == 1:
        return briefs[0]
    rank = [DecisionKind.handoff, DecisionKind.confirm, DecisionKind.ask, DecisionKind.reply]
    decision = min((brief.decision for brief in briefs), key=lambda d: rank.index(d.kind))
    lines = dict.fromkeys(line for brief in briefs for line in brief.lines)
    notes = tuple(dict.fromkeys(note for brief in briefs for note in brief.notes))
    phrase = decision.kind is DecisionKind.reply and any(brief.phrase for brief in briefs)
    return Brief(lines=tuple(lines), decision=decision, notes=notes, phrase=phrase)


def _reply(lines: Sequence[Line], *, phrase: bool = True) -> Brief:
    return Brief(lines=tuple(lines), decision=Decision(kind=DecisionKind.reply), phrase=phrase)


def _say(text: str) -> Brief:
    return Brief(lines=(Line(text=text),), decision=Decision(kind=DecisionKind.reply))


def _ask(text: str) -> Brief:
    return Brief(lines=(Line(text=text),), decision=Decision(kind=DecisionKind.ask))


def _hand_over(reason: HandoffReason, text: str) -> Brief:
    return Brief(lines=(Line(text=text),), decision=Decision(kind=DecisionKind.handoff, reason=reason))


def _line(text: str, call: ToolCall, field: str) -> Line:
    return Line(text=text, supports=(Support(start=0, end=len(text), tool=call.name, field=field),))


def _quoted(quote: Quote) -> Line:
    text = quote.text if quote.text.endswith((".", "!", "?", ":")) else f"{quote.text}."
    support = Support(
        start=0, end=len(text), document=quote.document, heading=quote.heading, from_=quote.start, to=quote.end
    )
    return Line(text=text, supports=(support,))


def _is_status(status: str) -> str:
    return f"is {status}" if status.isalpha() else f'has the status "{status}"'


def _item_text(item: dict[str, Any]) -> str:
    count = f"{item['quantity']} x " if item["quantity"] > 1 else ""
    options = _options_text(item["options"])
    return f"{count}{item['name']}" + (f" ({options})" if options else "")


def _the_item(item: dict[str, Any]) -> str:
    return _item_text(item) if item["quantity"] > 1 else f"the {_item_text(item)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _options_text(options: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in options.items())


def _money(amount: str | Decimal, currency: str, context: BriefContext) -> str:
    return str(format_currency(Decimal(amount), currency, locale=context.locale))


def _day(iso: str, context: BriefContext) -> str:
    return str(format_date(date.fromisoformat(iso), "d MMMM y", locale=context.locale))


def _and(parts: Sequence[str], context: BriefContext) -> str:
    return str(format_list(list(parts), locale=context.locale))


def _as_list(result: Any) -> list[dict[str, Any]]:
    return result if isinstance(result, list) else [result]
