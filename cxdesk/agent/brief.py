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
from cxdesk.agent.follow_ups import questions
from cxdesk.agent.identity import missing_proofs
from cxdesk.agent.rule_answers import RuleAnswer, RuleQuote, answer_by_rules, is_general
from cxdesk.agent.rules import ShopRules
from cxdesk.agent.sentences import content_words
from cxdesk.agent.shop_tools import ShopTool
from cxdesk.domain import (
    Decision,
    DecisionKind,
    HandoffReason,
    Hit,
    Identity,
    IdentityLevel,
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
_CHEAPEST = re.compile(r"\bcheap(?:er|est)\b", re.IGNORECASE)

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
    """What the brief is written from. `gave_up_on`: the notes of the question back that the writer can't answer."""

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
    missing = [call for call in orders if not call.ok]
    if missing:
        found = [line for call in orders if call.ok for line in _order_lines(request, call, call.result, context)]
        return _not_found(missing, found, context)
    lines = [line for call in orders for line in _order_lines(request, call, call.result, context)]
    return _reply(lines)


def _pick_order(number: int, request: Request, context: BriefContext) -> Brief:
    """No order was named: the only one, or the only one under way, is meant; else all are shown."""
    (call,) = context.calls_for(number, "get_orders")
    orders: list[dict[str, Any]] = call.result or []
    under_way = [order for order in orders if not order["status"].lower().startswith(_FINISHED)]
    meant = orders if len(orders) == 1 else under_way if request.intent.name == "order_status" else []
    if len(meant) == 1:
        place = orders.index(meant[0])
        return _reply(_order_lines(request, call, meant[0], context, field=f"{place}."))
    listed = _list_orders(number, context)
    if request.intent.name == "order_status" or not orders:
        return listed
    question = Line(text="Which one do you mean?")
    return listed.model_copy(
        update={"lines": (*listed.lines, question), "decision": Decision(kind=DecisionKind.ask), "phrase": False}
    )


def _order_lines(
    request: Request, call: ToolCall, order: dict[str, Any], context: BriefContext, *, field: str = ""
) -> list[Line]:
    order_id, total = order["order_id"], _money(order["total"], order["currency"], context)
    status = _line(f"Your order {order_id} {_is_status(order['status'])}.", call, f"{field}status")
    match request.intent.name:
        case "order_details":
            items = _and([_item_text(item) for item in order["items"]], context)
            return [status, _line(f"It contains: {items}.", call, f"{field}items")]
        case "order_total":
            return [status, _line(f"Its total is {total}.", call, f"{field}total")]
        case "order_tracking":
            return [status, _tracking_line(call, order, context, field)]
        case _:
            return [status, *_journey(call, order, context, field)]


def _tracking_line(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> Line:
    if not order["tracking"]:
        return _line("It has no tracking number yet.", call, f"{field}tracking")
    numbers = _and(order["tracking"], context)
    carrier = f" with {_and(order['carriers'], context)}" if order["carriers"] else ""
    noun = "tracking number is" if len(order["tracking"]) == 1 else "tracking numbers are"
    return _line(f"Its {noun} {numbers}{carrier}.", call, f"{field}tracking")


def _journey(call: ToolCall, order: dict[str, Any], context: BriefContext, field: str) -> list[Line]:
    """Where the parcel is, as far as the shop's data tells."""
    lines = []
    finished = order["status"].lower().startswith(_FINISHED)
    if "delivered_at" in order:
        lines.append(
            _line(f"It was delivered on {_day(order['delivered_at'], context)}.", call, f"{field}delivered_at")
        )
    elif "shipped_at" in order and not finished:
        lines.append(_line(f"It left us on {_day(order['shipped_at'], context)}.", call, f"{field}shipped_at"))
    if "expected_at" in order and not finished:
        late = date.fromisoformat(order["expected_at"]) < context.today
        expected = "was expected" if late else "is expected to arrive"
        text = f"It {expected} on {_day(order['expected_at'], context)}."
        lines.append(_line(text, call, f"{field}expected_at"))
    if order["tracking"] and not finished:
        lines.append(_tracking_line(call, order, context, field))
    return lines


def _list_orders(number: int, context: BriefContext) -> Brief:
    (call,) = context.calls_for(number, "get_orders")
    orders = call.result or []
    if not orders:
        return _reply([_line("There are no orders on your account.", call, "")], phrase=False)
    shown = [f"{order['order_id']} ({order['status']})" for order in orders[:ORDERS_LISTED]]
    more = f" These are the newest {ORDERS_LISTED}." if len(orders) > ORDERS_LISTED else ""
    noun = "order" if len(orders) == 1 else "orders"
    return _reply([_line(f"You have {len(orders)} {noun}: {_and(shown, context)}.{more}", call, "")], phrase=False)


def _tickets(number: int, context: BriefContext) -> Brief:
    calls = context.calls_for(number, "get_ticket", "get_tickets")
    found = [(call, ticket) for call in calls if call.ok for ticket in _as_list(call.result)]
    if not found:
        return _ask("I can't find that ticket on your account. Please check its number and send it again.")
    lines = [
        _line(f"Your ticket {t['ticket_id']}{_subject(t)} is {t['status'].replace('_', ' ')}.", call, "status")
        for call, t in found
    ]
    return _reply(lines, phrase=False)


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
    if products and request.intent.name == "product":
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
    if _best_score(quotes) > (SURE_ENOUGH_UNASKED if request.intent.name in ("other", "complaint") else 0.0):
        return _reply([*_rule_lines(by_rules), *map(_quoted, quotes)], phrase=not _rule_lines(by_rules))
    if by_rules:
        return _by_rules(by_rules)
    if _is_vague_trouble(request, context):
        back = _ask("Which product is it, and what exactly does it do, or not do?")
        return back.model_copy(update={"notes": (UNCLEAR,)})
    if "not_english" in context.signals.flags:
        text = "I can read only English well, so I am passing this on to a colleague, who will answer you here."
        return _hand_over(HandoffReason.low_confidence, text)
    if request.intent.name == "complaint":
        return _sorry(context)
    if request.intent.name == "other" or len(content_words(request.text)) < 2:
        return _unclear(context)
    if "instruction_like" in context.signals.flags or _is_out_of_scope(request) or _is_off_topic(asked, context):
        return _say(f"I can't help with that. I can answer questions about {context.shop_name} and about your orders.")
    if products:
        return _about_products(request, products[0], context)
    why = "I can't find that in our documents" if asked else "I can't look that up at the moment"
    text = f"{why}, so I am passing your question on to a colleague, who will answer you here."
    return _hand_over(HandoffReason.data_gap, text).model_copy(update={"notes": (NO_ANSWER,)})


def _is_vague_trouble(request: Request, context: BriefContext) -> bool:
    """A product fails, nobody knows which; asked once."""
    about = request.entities.products or context.signals.entities.products
    return request.intent.name == "technical_problem" and not about and UNCLEAR not in context.earlier_notes


def _is_out_of_scope(request: Request) -> bool:
    intent = request.intent
    return intent.name == "out_of_scope" and intent.confidence >= SURELY_OUT_OF_SCOPE and not request.story


def _is_off_topic(questions: Sequence[tuple[str, Sequence[Hit]]], context: BriefContext) -> bool:
    """Whether the documents were searched and lie far from the question; a search that failed shows nothing."""
    return bool(questions) and all(context.is_off_topic(question, hits) for question, hits in questions)


def _best_score(quotes: Sequence[Quote]) -> float:
    return max((quote.score for quote in quotes), default=0.0)


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
    products = call.result
    if len(products) <= PRODUCTS_TOLD:
        return _reply([_one_product(request, call, each, place, context) for place, each in enumerate(products)])
    names = _and([product["name"] for product in products], context)
    asked = _ask("Which one do you mean?")
    return asked.model_copy(update={"lines": (_line(f"We have: {names}.", call, ""), *asked.lines)})


def _one_product(request: Request, call: ToolCall, product: dict[str, Any], place: int, context: BriefContext) -> Line:
    variants = _meant_variants(request, product["variants"])
    available = [v for v in variants if v["available"]]
    if not available:
        which = f" ({_options_text(variants[0]['options'])})" if len(variants) == 1 else ""
        return _line(f"The {product['name']}{which} is out of stock at the moment.", call, f"{place}.variants")
    prices = sorted({Decimal(v["price"]) for v in available})
    currency = available[0]["currency"]
    if len(available) == 1:
        options = _options_text(available[0]["options"])
        which = f" ({options})" if options else ""
        text = f"The {product['name']}{which} is in stock and costs {_money(prices[0], currency, context)}."
        return _line(text, call, f"{place}.variants")
    span = _money(prices[0], currency, context)
    if len(prices) > 1:
        span = f"between {span} and {_money(prices[-1], currency, context)}, depending on the version"
    text = f"The {product['name']} is in stock in {len(available)} versions and costs {span}."
    return _line(text, call, f"{place}.variants")


def _meant_variants(request: Request, variants: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The variants with the options that a question names, those that it goes on with taken from before.

    'And the 16 GB one?' after 'Do you have it with 32 GB in mist?' is the one with 16 GB in mist.
    """
    named = _named_options(request.text, variants)
    before = {} if _WIDENS.search(request.text) else _named_options(request.story, variants)
    meant = _having({**before, **named}, variants) or _having(named, variants)
    lowest = min((Decimal(v["price"]) for v in meant), default=None)
    return [v for v in meant if Decimal(v["price"]) == lowest] if _CHEAPEST.search(request.text) else meant


def _named_options(text: str, variants: Sequence[dict[str, Any]]) -> dict[str, set[str]]:
    """The values that a text names, by option."""
    words = f" {''.join(c if c.isalnum() else ' ' for c in text.lower())} "
    wanted: dict[str, set[str]] = {}
    for option, value in ((option, value) for v in variants for option, value in v["options"].items()):
        if f" {value.lower()} " in words:
            wanted.setdefault(option, set()).add(value)
    return wanted


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
