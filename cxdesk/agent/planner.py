"""Plans a turn by rules: intent, entities and identity give the tool calls to make."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from cxdesk.agent.follow_ups import ASKS_OF_A_PRODUCT, questions
from cxdesk.agent.shop_tools import ShopTool
from cxdesk.domain import Identity, IdentityLevel, Request, Step

Kind = Callable[[str], str]

PRODUCTS_READ = 3
# What is asked of the documents where money is to come back.
WHEN_REFUNDED = "When do I get the refund after a return?"
_SELLS = re.compile(
    r"\b(?:sell|stock|carry|offer|do you have|have you got|is there an?y?|are there any|got any)\b", re.IGNORECASE
)


def plan(
    requests: Sequence[Request],
    identity: Identity,
    kind: Kind,
    focus_order: str | None,
    own: Sequence[ShopTool] = (),
) -> tuple[Step, ...]:
    """The steps for all requests. `focus_order` is the order that the conversation was last about.

    `own` are the shop's look-ups: those whose files say that a request calls for them come along.
    What needs an identity is planned only for a verified one; the brief then asks for the proofs.
    """
    steps = []
    for number, request in enumerate(requests):
        for step in (*_steps(request, identity, kind, focus_order), *_own_steps(request, identity, own, focus_order)):
            steps.append(step.model_copy(update={"request": number}))
    return tuple(steps)


def plan_deal(known: Collection[str], products: Sequence[str]) -> tuple[Step, ...]:
    """What must be read before changes are dealt with, once a conversation: `known` names the tools that were used."""
    why = "a change is wished"
    reads = [Step(tool=tool, why=why) for tool in ("lookup_customer", "get_orders") if tool not in known]
    wanted = () if "search_products" in known else products[:PRODUCTS_READ]
    return (*reads, *(Step(tool="search_products", args={"query": name}, why=why) for name in wanted))


def asks_what_is_sold(text: str) -> bool:
    """Whether a text asks what the shop has, or for its price, stock or versions."""
    return bool(_SELLS.search(text) or ASKS_OF_A_PRODUCT.search(text))


def _own_steps(
    request: Request, identity: Identity, own: Sequence[ShopTool], focus_order: str | None
) -> Iterator[Step]:
    for tool in own:
        if tool.is_meant(request) and (identity.level is IdentityLevel.verified or not tool.is_personal):
            args = tool.arguments_of(request, focus_order)
            if args is not None:
                yield Step(tool=tool.name, args=args, why="the shop's file says so")


def _beside_an_order(request: Request, why: str) -> Iterator[Step]:
    """What tells more of an order than its own record: the tickets about it, how it was paid, when money comes back."""
    for ticket_id in request.entities.ticket_ids:
        yield Step(tool="get_ticket", args={"ticket_id": ticket_id}, why="it is about this order")
    if request.intent.name in ("order_payment", "order_refund"):
        yield Step(tool="lookup_customer", why=why)
    if request.intent.name == "order_refund":
        yield Step(tool="search_knowledge", args={"query": WHEN_REFUNDED}, why=why)


def _steps(request: Request, identity: Identity, kind: Kind, focus_order: str | None) -> list[Step]:
    verified = identity.level is IdentityLevel.verified
    intent = request.intent.name
    why = f"the customer's wish is {intent}"
    match kind(intent):
        case "order" | "action":
            if not verified:
                return []
            order_ids = request.entities.order_ids or ((focus_order,) if focus_order else ())
            orders = [Step(tool="get_order", args={"order_id": order_id}, why=why) for order_id in order_ids]
            return [*(orders or [Step(tool="get_orders", why=why)]), *_beside_an_order(request, why)]
        case "account":
            if not verified:
                return []
            if intent == "ticket_status":
                tickets = [Step(tool="get_ticket", args={"ticket_id": t}, why=why) for t in request.entities.ticket_ids]
                return tickets or [Step(tool="get_tickets", why=why)]
            if intent == "account_profile":
                return [Step(tool="lookup_customer", why=why)]
            return [Step(tool="get_orders", why=why)]
        case "talk":
            return []
        case _:
            steps = [Step(tool="search_knowledge", args={"query": query}, why=why) for query in questions(request)]
            if intent == "product" or request.entities.products or asks_what_is_sold(request.text):
                wanted = ", ".join(request.entities.products) or request.text
                steps.insert(0, Step(tool="search_products", args={"query": wanted}, why=why))
            return steps
