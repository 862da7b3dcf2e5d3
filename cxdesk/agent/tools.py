"""The tools of the desk: typed functions over the shop's data.

Who the customer is comes from the conversation, never from the arguments: another customer's order is
not found, whatever a message or a model says. Every call becomes one `ToolCall` and one audit row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import fuzz, process, utils

from cxdesk.domain import AuditRow, Hit, Identity, IdentityLevel, Order, Product, Step, Ticket, ToolCall, new_id, now
from cxdesk.ports import KnowledgeSearch
from cxdesk.store import Store

PASSAGES_PER_QUESTION = 6
_PRODUCT_CUTOFF = 80


class NotFound(LookupError):
    """What was asked for isn't there, or isn't this customer's: the two are never told apart."""


@dataclass(frozen=True)
class ToolContext:
    """What tools act on: the shop, and the customer of this conversation."""

    store: Store
    knowledge: KnowledgeSearch
    identity: Identity
    role: str = "customer_ai"
    run_id: str | None = None
    conversation_id: str | None = None

    @property
    def customer_id(self) -> str:
        if self.identity.level is not IdentityLevel.verified or self.identity.customer_id is None:
            raise NotFound("The customer's identity is not proved.")
        return self.identity.customer_id


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LookupCustomer(_Arguments):
    email: str | None = None
    name: str | None = None
    zip: str | None = None
    order_id: str | None = None


class NoArguments(_Arguments):
    pass


class OrderArguments(_Arguments):
    order_id: str


class TicketArguments(_Arguments):
    ticket_id: str


class QueryArguments(_Arguments):
    query: str


def lookup_customer(context: ToolContext, args: LookupCustomer) -> Any:
    """The customer of this conversation, once proved."""
    customer = context.store.customers.get(context.customer_id)
    return {"customer_id": customer.id, "name": customer.name, "email": customer.email}


def get_orders(context: ToolContext, args: NoArguments) -> Any:
    """The customer's orders, newest first where the shop keeps dates."""
    return [order_facts(order) for order in context.store.orders.of_customer(context.customer_id)]


def get_order(context: ToolContext, args: OrderArguments) -> Any:
    """One order of the customer: status, items, total, tracking, dates."""
    order = context.store.orders.find(args.order_id, context.customer_id)
    if order is None:
        raise NotFound(f"No order {args.order_id!r} of this customer.")
    return order_facts(order)


def get_tickets(context: ToolContext, args: NoArguments) -> Any:
    """The customer's tickets."""
    return [ticket_facts(ticket) for ticket in context.store.tickets.of_customer(context.customer_id)]


def get_ticket(context: ToolContext, args: TicketArguments) -> Any:
    """One ticket of the customer."""
    ticket = context.store.tickets.find(args.ticket_id, context.customer_id)
    if ticket is None:
        raise NotFound(f"No ticket {args.ticket_id!r} of this customer.")
    return ticket_facts(ticket)


def search_products(context: ToolContext, args: QueryArguments) -> Any:
    """Products whose name the query mentions, typing errors included, with options, stock and price."""
    names = dict(context.store.products.names())
    found = process.extract(
        args.query,
        names,
        scorer=fuzz.partial_token_set_ratio if len(args.query.split()) == 1 else fuzz.partial_ratio,
        processor=utils.default_process,
        score_cutoff=_PRODUCT_CUTOFF,
        limit=5,
    )
    best = max((score for _, score, _ in found), default=0.0)
    products = [context.store.products.find(product_id) for _, score, product_id in found if score >= best - 5]
    return [product_facts(product) for product in products if product]


def search_knowledge(context: ToolContext, args: QueryArguments) -> list[Hit]:
    """Passages of the shop's documents that may answer the query, best first."""
    return context.knowledge.search(args.query, k=PASSAGES_PER_QUESTION)


def order_facts(order: Order) -> dict[str, Any]:
    """An order as plain values; what the shop's data does not say is left out."""
    facts: dict[str, Any] = {
        "order_id": order.id,
        "status": order.status,
        "total": f"{order.total:.2f}",
        "currency": order.currency,
        "items": [
            {"name": i.product_name, "options": i.options, "price": f"{i.price:.2f}", "quantity": i.quantity}
            for i in order.items
        ],
        "tracking": [number for fulfillment in order.fulfillments for number in fulfillment.tracking_ids],
        "carriers": sorted({f.carrier for f in order.fulfillments if f.carrier}),
    }
    for field in ("ordered_at", "shipped_at", "expected_at", "delivered_at"):
        moment = getattr(order, field)
        if moment:
            facts[field] = moment.date().isoformat()
    return facts


def ticket_facts(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket_id": ticket.id,
        "subject": ticket.subject,
        "status": ticket.status.value,
        "priority": ticket.priority,
        "order_id": ticket.order_id,
    }


def product_facts(product: Product) -> dict[str, Any]:
    return {
        "product_id": product.id,
        "name": product.name,
        "description": product.description,
        "variants": [
            {"options": v.options, "available": v.available, "price": f"{v.price:.2f}", "currency": v.currency}
            for v in product.variants
        ],
    }


Tool = tuple[type[_Arguments], Callable[[ToolContext, Any], Any]]

READ_TOOLS: dict[str, Tool] = {
    "lookup_customer": (LookupCustomer, lookup_customer),
    "get_orders": (NoArguments, get_orders),
    "get_order": (OrderArguments, get_order),
    "get_tickets": (NoArguments, get_tickets),
    "get_ticket": (TicketArguments, get_ticket),
    "search_products": (QueryArguments, search_products),
    "search_knowledge": (QueryArguments, search_knowledge),
}


def run_steps(steps: Sequence[Step], context: ToolContext) -> list[ToolCall]:
    """Make the planned calls in order; equal calls are made once. Each call is audited."""
    made: dict[tuple[str, str], ToolCall] = {}
    calls = []
    for step in steps:
        key = (step.tool, repr(sorted(step.args.items())))
        if key not in made:
            made[key] = _call(step, context)
        calls.append(made[key].model_copy(update={"request": step.request}))
    return calls


def _call(step: Step, context: ToolContext) -> ToolCall:
    started = time.perf_counter()
    result, error = None, None
    try:
        arguments, function = READ_TOOLS[step.tool]
        result = function(context, arguments(**step.args))
    except NotFound as missing:
        error = str(missing)
    except ValidationError as invalid:
        error = f"The arguments of {step.tool} do not fit: {invalid.error_count()} problems."
    ms = (time.perf_counter() - started) * 1000
    call = ToolCall(
        id=new_id("t"), name=step.tool, args=step.args, ok=error is None, ms=round(ms, 3), result=result, error=error
    )
    context.store.audit.add(_audit_row(call, step, context))
    return call


def _audit_row(call: ToolCall, step: Step, context: ToolContext) -> AuditRow:
    return AuditRow(
        id=call.id,
        run_id=context.run_id,
        conversation_id=context.conversation_id,
        role=context.role,
        tool=call.name,
        args=call.args,
        ok=call.ok,
        result=_for_audit(call.result),
        why=step.why if call.error is None else call.error,
        ms=call.ms,
        at=now(),
    )


def _for_audit(result: Any) -> Any:
    """Passages are named by their place: the text itself stands in the document."""
    if isinstance(result, list) and result and isinstance(result[0], Hit):
        return [{"document": h.passage.document, "from": h.passage.start, "to": h.passage.end} for h in result]
    return result
