"""The brief: the plain answer, written by code from the evidence.

Each line carries the place that supports it. The brief is correct on its own and is what goes out when no
model is there; a model may only rephrase it. Each request of the message is answered by one function, and
the answers are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cxdesk.agent.answers import Quote, with_special
from cxdesk.agent.brief_orders import about_order, list_orders, not_found, profile, tickets
from cxdesk.agent.brief_parts import (
    ASKED_WHO,
    NO_ANSWER,
    UNCLEAR,
    Brief,
    BriefContext,
    Line,
    asks,
    hands_over,
    is_status,
    line_of,
    quoted,
    replies,
    says,
)
from cxdesk.agent.brief_products import about_products, asks_beyond, asks_of_the_catalogue, descriptions
from cxdesk.agent.dealing import Deal
from cxdesk.agent.follow_ups import questions
from cxdesk.agent.identity import missing_proofs
from cxdesk.agent.rule_answers import RuleAnswer, RuleQuote, answer_by_rules, asks_how, is_general, speaks_of
from cxdesk.agent.sentences import content_words
from cxdesk.domain import (
    Decision,
    DecisionKind,
    HandoffReason,
    Hit,
    IdentityLevel,
    PendingAction,
    Request,
    Support,
)

# Score from which a quote answers a message that asks nothing in so many words.
SURE_ENOUGH_UNASKED = 0.6
# Confidence from which a message without a story is declined as being about something else.
SURELY_OUT_OF_SCOPE = 0.9
_PROOF_WORDS = {"email": "email address", "order_id": "order number", "name": "full name", "zip": "postal code"}
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
# The place of what stands in the shop's rules.
RULES = "action_rules"


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
    return hands_over(HandoffReason.low_confidence, text)


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
        return replies(told)
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
            return about_order(number, request, context)
        case "action":
            return _action(number, context)
        case "account":
            if intent == "account_profile":
                return profile(number, request, context)
            return tickets(number, context) if intent == "ticket_status" else list_orders(number, context)
        case _:
            return _open_question(number, request, context)


def _general_question(request: Request, context: BriefContext) -> RuleAnswer | None:
    """The shop's rule, for somebody who asks how a change goes and not for one of theirs."""
    if request.entities.order_ids or not is_general(request.text):
        return None
    return answer_by_rules(request.text, context.rules, request.entities.products)


def _by_rules(answer: RuleAnswer, beside: Sequence[Quote] = ()) -> Brief:
    return replies([*map(_rule_line, answer.quotes), *map(quoted, beside)], phrase=False)


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
                yield line_of(text, call, f"{place}")


def withheld() -> Brief:
    """What is said when the outbound check stops the brief."""
    text = "I can't send you what I found, so I am passing this on to a colleague, who will answer you here."
    return hands_over(HandoffReason.guardrail, text)


def _talk(intent: str, context: BriefContext) -> Brief:
    if intent == "wish_for_human":
        text = "Of course. I am passing you on to a colleague, who will answer you here."
        return hands_over(HandoffReason.asked_for_human, text)
    name = f" {context.customer_name.split()[0]}" if context.customer_name else ""
    return says(context.tone_texts["thanks" if intent == "thanks" else "greeting"].format(name=name))


def _ask_who(context: BriefContext) -> Brief:
    if context.identity.failed_tries >= context.rules.identity.tries:
        text = "These details still do not match our records, so I am passing you on to a colleague who can help."
        return hands_over(HandoffReason.identity_failed, text)
    groups = missing_proofs(context.identity, context.rules.identity)
    shortest = [group for group in groups if len(group) == len(groups[0])]
    wanted = _either(shortest)
    if context.identity.failed_tries:
        everything = _either(context.rules.identity.proofs)
        return asks(f"Those details do not match our records. Please check them and send {everything}.")
    asked = asks(f"I can look that up as soon as I know who you are. Please send me {wanted}.")
    return asked.model_copy(update={"notes": (ASKED_WHO,)})


def _either(groups: Sequence[Sequence[str]]) -> str:
    return ", or ".join(f"your {' and '.join(_PROOF_WORDS[kind] for kind in group)}" for group in groups)


def _is_beside(request: Request, context: BriefContext) -> bool:
    """Whether a request asks for something that the deal doesn't settle."""
    kind = context.kind(request.intent.name)
    asks = kind == "open" and request.intent.name != "out_of_scope" and len(content_words(request.text)) > 1
    return asks or kind in ("order", "account")


def _with_deal(deal: Deal, beside: Sequence[Brief]) -> Brief:
    """What was done and refused, what was asked beside it, and last the question that waits for an answer."""
    done = [line_of(call.result["done"], call, "done") for call in deal.done]
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
        return not_found(missing, (), context)
    lines = [
        line_of(f"Your order {call.result['order_id']} {is_status(call.result['status'])}.", call, "status")
        for call in calls
    ]
    handed = hands_over(
        HandoffReason.needs_approval,
        "I am passing your request on to a colleague, who will answer you here. Nothing has been changed so far.",
    )
    return handed.model_copy(update={"lines": (*lines, *handed.lines)})


def _open_question(number: int, request: Request, context: BriefContext) -> Brief:
    searches = context.calls_for(number, "search_knowledge")
    products = [call for call in context.calls_for(number, "search_products") if call.ok and call.result]
    of_a_thing = bool(request.general or request.entities.products)
    asked_for = request.general or request.text
    by_rules = None
    if not request.entities.order_ids:
        by_rules = answer_by_rules(asked_for, context.rules, request.entities.products)
    if by_rules and by_rules.scope == "condition" and not of_a_thing:
        return _by_rules(by_rules)
    # A model may search in its own words; whether a passage answers is judged by the customer's.
    own_words = questions(request)
    asked = [
        (call.args["query"] if call.args["query"] in own_words else own_words[0], call.result)
        for call in searches
        if call.ok
    ]
    of_catalogue = bool(products) and asks_of_the_catalogue(request, products[0].result)
    beyond = not of_catalogue or asks_beyond(request, products[0].result)
    quotes = _quotes(request, asked, context) if beyond else []
    if of_catalogue and not quotes:
        return about_products(request, products[0], context)
    if by_rules and of_a_thing:
        return _by_rules(by_rules, _beside_the_rule(by_rules, request, quotes, context))
    if quotes and request.intent.name in _TROUBLES and _told_in_vain(request, quotes, context):
        return _all_is_told(context)
    if _best_score(quotes) > (SURE_ENOUGH_UNASKED if request.intent.name in ("other", "complaint") else 0.0):
        return replies([*_rule_lines(by_rules), *map(quoted, quotes)], phrase=not _rule_lines(by_rules))
    if by_rules:
        return _by_rules(by_rules)
    if _DEMANDS.search(request.text.replace("’", "'")):
        return _seen_to()
    if _is_vague_trouble(request, context):
        back = asks("Which product is it, and what exactly does it do, or not do?")
        return back.model_copy(update={"notes": (UNCLEAR,)})
    if "not_english" in context.signals.flags:
        text = "I can read only English well, so I am passing this on to a colleague, who will answer you here."
        return hands_over(HandoffReason.low_confidence, text)
    if request.intent.name == "complaint":
        return _sorry(context)
    if request.intent.name == "other" or (len(content_words(request.text)) < 2 and not request.story):
        return _unclear(context)
    of_a_product = bool(products) and request.intent.name == "product"
    elsewhere = not of_a_product and (_is_out_of_scope(request) or _is_off_topic(asked, context))
    if "instruction_like" in context.signals.flags or elsewhere:
        return says(f"I can't help with that. I can answer questions about {context.shop_name} and about your orders.")
    if described := [line for call in products[:1] for line in descriptions(request, call)]:
        return replies(described, phrase=False)
    why = "I can't find that in our documents" if asked else "I can't look that up at the moment"
    text = f"{why}, so I am passing your question on to a colleague, who will answer you here."
    return hands_over(HandoffReason.data_gap, text).model_copy(update={"notes": (NO_ANSWER,)})


def _beside_the_rule(
    rule: RuleAnswer, request: Request, quotes: Sequence[Quote], context: BriefContext
) -> Sequence[Quote]:
    """What the documents say beside a rule: how it goes, or of this product; else it may be another's exception."""
    meant = set(context.products_meant(request.text))
    fits = asks_how(request.text) or any(meant & set(context.products_meant(quote.text)) for quote in quotes)
    return quotes if fits and any(speaks_of(rule, quote.text) for quote in quotes) else ()


def _quotes(request: Request, asked: Sequence[tuple[str, Sequence[Hit]]], context: BriefContext) -> Sequence[Quote]:
    """The best answer to any of the questions; what is said of the very thing goes along with what holds for all."""
    of_the_thing = [context.find_answer(asks, hits, False) for asks, hits in asked if asks != request.general]
    in_general = [context.find_answer(asks, hits, True) for asks, hits in asked if asks == request.general]
    best = max(of_the_thing, key=_best_score, default=[])
    general = max(in_general, key=_best_score, default=[])
    if _best_score(general) <= _best_score(best):
        return best
    return with_special(general, [quote for quote in best if context.products_meant(quote.text)])


def _told_in_vain(request: Request, quotes: Sequence[Quote], context: BriefContext) -> bool:
    """Whether advice that was just given is all there is, and it did not help."""
    given = all(quote.text in context.told for quote in quotes)
    return given and _IN_VAIN.search(request.text) is not None


def _all_is_told(context: BriefContext) -> Brief:
    text = "I am sorry that this did not help. I am passing it on to a colleague, who will answer you here."
    return hands_over(HandoffReason.data_gap, text).model_copy(update={"notes": (NO_ANSWER,)})


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
    return hands_over(HandoffReason.low_confidence, text)


def _unclear(context: BriefContext) -> Brief:
    if context.just_proved and context.customer_name:
        return says(f"Thank you, {context.customer_name.split()[0]}, I have found you. How can I help you?")
    if "instruction_like" in context.signals.flags:
        return says(f"I can't help with that. I can answer questions about {context.shop_name} and about your orders.")
    if UNCLEAR in context.earlier_notes:
        text = "I am not sure that I understand you, so I am passing you on to a colleague, who will answer you here."
        return hands_over(HandoffReason.low_confidence, text)
    asked = asks("Could you tell me a little more about what you need? If it is about an order, its number helps.")
    return asked.model_copy(update={"notes": (UNCLEAR,)})


def _sorry(context: BriefContext) -> Brief:
    """To a complaint that asks for nothing: what would help; the second time a colleague."""
    if UNCLEAR in context.earlier_notes:
        text = "I am sorry about this. I am passing it on to a colleague, who will answer you here."
        return hands_over(HandoffReason.low_confidence, text)
    asked = asks("I am sorry about this. Which order or product is it about, and what would you like us to do?")
    return asked.model_copy(update={"notes": (UNCLEAR,)})


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
