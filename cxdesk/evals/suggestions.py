"""Are the three suggestions distinct, ordered, to the point, and free of inventions?

Each case becomes a conversation of its own: its customer, orders and tickets are put into the desk's store, and its
messages are written down as they came. A case that names no order ids gets ids of the evaluation's own.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator
from rapidfuzz import fuzz

from cxdesk.agent import Listener
from cxdesk.agent.evidence import Group
from cxdesk.assist.suggest import ALIKE_FROM, WANTED, Suggestion, SuggestionKind, unsupported, unsupported_facts
from cxdesk.desk import Desk
from cxdesk.domain import Customer, Order, OrderItem, Product, Record, Role, Sentiment, Ticket, TicketStatus
from cxdesk.evals.matching import says
from cxdesk.evals.report import EvalReport, Failure, parsed_cases
from cxdesk.ports import Progress

_CUSTOMER = {"customer", "user"}
METRICS = ("three_distinct", "ordered", "themes_hit")


class SuggestionMessage(Record, extra="ignore"):
    role: str
    content: str


class SuggestionSentiment(Record, extra="ignore"):
    label: Literal["negative", "neutral", "positive", "unknown"]
    score: float = 0.0
    frustration: float | None = None


class SuggestionContext(Record, extra="ignore"):
    user: dict[str, Any] | None = None
    orders: tuple[dict[str, Any], ...] = ()
    tickets: tuple[dict[str, Any], ...] = ()


class SuggestionCase(Record, extra="ignore"):
    id: str = Field(coerce_numbers_to_str=True)
    messages: tuple[SuggestionMessage, ...]
    sentiment: SuggestionSentiment | None = None
    context: SuggestionContext | None = None
    themes: tuple[str, ...]
    min_themes: int = 1

    @model_validator(mode="after")
    def _customer_speaks(self) -> SuggestionCase:
        if not any(message.role in _CUSTOMER for message in self.messages):
            raise ValueError("'messages' need one of the customer")
        return self


def run_suggestions(cases: Sequence[dict[str, Any]], desk: Desk, *, progress: Progress | None = None) -> EvalReport:
    """Suggest for every case and score the suggestions. The desk is changed: give it a copy.

    `three_distinct`, `ordered` and `themes_hit` are shares of the cases; `unsupported_facts` counts the facts, states
    and claimed actions in all suggestions that stand neither in a document, nor in the shop's data, nor in what the
    customer wrote. `with_draft` is the share of the cases that have the turn's grounded draft among the three.
    """
    begun = time.monotonic()
    parsed = parsed_cases(cases, SuggestionCase)
    results: list[dict[str, bool]] = []
    failures: list[Failure] = []
    invented = 0
    for number, case in enumerate(parsed, start=1):
        suggestions, unfounded = _suggest(case, f"eval-{number}", desk)
        scores = _scores(case, suggestions)
        invented += len(unfounded)
        results.append(scores)
        if unfounded or not all(scores.values()):
            failures.append(_failure(case, suggestions, scores, unfounded))
        if progress:
            progress(number, len(parsed), "suggestions")
    model = desk.language_model()
    names = (*METRICS, "with_draft")
    return EvalReport(
        suite="suggestions",
        n=len(parsed),
        metrics={
            **{name: round(sum(scores[name] for scores in results) / len(results), 4) for name in names},
            "unsupported_facts": invented,
        },
        failures=tuple(failures),
        model=model.name if model else "none",
        seconds=round(time.monotonic() - begun, 1),
    )


def are_distinct(texts: Sequence[str]) -> bool:
    """Whether there are three texts of which no two say the same."""
    folded = [" ".join(text.lower().split()) for text in texts]
    pairs = [(a, b) for n, a in enumerate(folded) for b in folded[n + 1 :]]
    return len(texts) == WANTED and all(fuzz.token_sort_ratio(a, b) < 100 * ALIKE_FROM for a, b in pairs)


def _scores(case: SuggestionCase, suggestions: Sequence[Suggestion]) -> dict[str, bool]:
    together = " ".join(suggestion.text for suggestion in suggestions)
    return {
        "three_distinct": are_distinct([suggestion.text for suggestion in suggestions]),
        "ordered": all(a.confidence >= b.confidence for a, b in pairwise(suggestions)),
        "themes_hit": sum(_touches(together, theme) for theme in case.themes) >= case.min_themes,
        "with_draft": any(suggestion.kind is SuggestionKind.draft for suggestion in suggestions),
    }


def _touches(text: str, theme: str) -> bool:
    """Whether a text has the theme as whole words, a plural counting as its singular."""
    return says(text, theme) or says(text, f"{theme}s")


def _suggest(case: SuggestionCase, key: str, desk: Desk) -> tuple[tuple[Suggestion, ...], list[str]]:
    customer = _put_customer(case.context, key, desk)
    talk = desk.start_conversation(customer)
    last = max(n for n, message in enumerate(case.messages) if message.role in _CUSTOMER)
    for message in case.messages[:last]:
        role = Role.customer if message.role in _CUSTOMER else Role.agent
        desk.store.conversations.add_message(talk.id, role, message.content)
    run = desk.copilot.receive(talk.id, case.messages[last].content)
    turn = desk.copilot.prepare(run, Listener())
    suggestions = desk.copilot.suggestions.suggest(talk.id, sentiment=_given(case.sentiment, turn.signals.sentiment))
    evidence = _evidence(case, customer, desk)
    faults = [fault for suggestion in suggestions for fault in _faults(suggestion, evidence)]
    return suggestions, [*faults, *turn.grounding.unsupported]


def _faults(suggestion: Suggestion, evidence: Sequence[Group]) -> list[str]:
    """What a draft says that the desk does, the turn has done: it passes a question on by its handoff."""
    check = unsupported_facts if suggestion.kind is SuggestionKind.draft else unsupported
    return check(suggestion.text, evidence)


def _given(sentiment: SuggestionSentiment | None, read: Sentiment) -> Sentiment | None:
    """The case's sentiment; what it leaves out is as the desk read it."""
    if sentiment is None:
        return None
    frustration = read.frustration if sentiment.frustration is None else sentiment.frustration
    return read.model_copy(update={"label": sentiment.label, "score": sentiment.score, "frustration": frustration})


def _evidence(case: SuggestionCase, customer: str | None, desk: Desk) -> list[Group]:
    """All that may be said: the whole documents, the customer's data, and each message of the conversation."""
    texts = [document.text for document in desk.store.documents.all()]
    texts += [message.content for message in case.messages]
    if customer:
        found = desk.find_customer(customer)
        texts.append(found.model_dump_json() if found else "")
        texts += [_readable(record) for record in desk.store.orders.of_customer(customer)]
        texts += [_readable(record) for record in desk.store.tickets.of_customer(customer)]
    said = " ".join(message.content for message in case.messages)
    for product in desk.store.products.all():
        texts += [_readable(product), *_told_together(product, said)]
    return [Group(text=text, pieces=()) for text in texts]


def _told_together(product: Product, said: str) -> Iterable[str]:
    """How many versions can be bought, and for how much: of the whole product, and of the versions that were asked for.

    Counted here anew: what the desk counted is what is being checked.
    """
    values = {value for variant in product.variants for value in variant.options.values() if says(said, value)}
    asked = [v for v in product.variants if values <= set(v.options.values())]
    for versions in (product.variants, asked):
        prices = {variant.price: variant.currency for variant in versions if variant.available}
        count = sum(variant.available for variant in versions)
        if prices:
            low, high = min(prices), max(prices)
            yield f"{product.name}: {count} versions in stock, between {low} {prices[low]} and {high} {prices[high]}"


def _readable(record: Record) -> str:
    return ". ".join(_lines(record.model_dump(mode="json")))


def _lines(value: Any, name: str = "") -> Iterable[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner, name)
    elif value is not None and value != "":
        yield f"{name}: {value}"


# ---------------------------------------------------------------- putting a case into the shop


def _put_customer(context: SuggestionContext | None, key: str, desk: Desk) -> str | None:
    if context is None or context.user is None:
        return None
    user = context.user
    customer_id = str(user.get("id") or key)
    name = str(user.get("name") or "Customer")
    email = f"{key}@example.invalid"  # cases may share an address, which a shop's customers never do
    with desk.store.transaction():
        desk.store.customers.put_many([Customer(id=customer_id, name=name, email=email)])
        desk.store.orders.put_many([_order(order, customer_id, key, n) for n, order in enumerate(context.orders, 1)])
        desk.store.tickets.put_many([_ticket(t, customer_id, key, n) for n, t in enumerate(context.tickets, 1)])
    return customer_id


def _order(order: dict[str, Any], customer_id: str, key: str, number: int) -> Order:
    amount = Decimal(str(order.get("amount") or order.get("total") or 0))
    product = str(order.get("product") or order.get("item") or "Item")
    return Order(
        id=str(order.get("id") or order.get("order_id") or f"{key}-{number}"),
        customer_id=customer_id,
        status=str(order.get("status") or "pending"),
        total=amount,
        items=(OrderItem(line_no=1, item_id=f"{key}-{number}", product_name=product, price=amount),),
    )


def _ticket(ticket: dict[str, Any], customer_id: str, key: str, number: int) -> Ticket:
    status = str(ticket.get("status") or "open").replace(" ", "_")
    return Ticket(
        id=str(ticket.get("id") or ticket.get("ticket_id") or f"T-{key}-{number}"),
        customer_id=customer_id,
        subject=str(ticket.get("subject") or "Request"),
        status=TicketStatus(status) if status in set(TicketStatus) else TicketStatus.open,
    )


def _failure(
    case: SuggestionCase, suggestions: Sequence[Suggestion], scores: dict[str, bool], unfounded: Sequence[str]
) -> Failure:
    why = [f"not {name.replace('_', ' ')}" for name, good in scores.items() if not good]
    return Failure(
        id=case.id,
        expected={"themes": list(case.themes), "min_themes": case.min_themes},
        got=[suggestion.text for suggestion in suggestions],
        why="; ".join([*why, *unfounded]),
    )
