"""The tools of the desk: typed functions over the shop's data, and the changes that may be asked for.

Who the customer is comes from the conversation, never from the arguments: another customer's order is
not found, whatever a message or a model says. Reads are run here; writes are only described here, and judged and
done in `actions.py`. Every call becomes one `ToolCall` and one audit row.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from cxdesk.agent import arguments as given
from cxdesk.agent.arguments import Arguments
from cxdesk.agent.permissions import Permissions, default_permissions
from cxdesk.agent.rules import ToldAt, Topic
from cxdesk.agent.tool_results import Sees, customer_facts, order_facts, product_facts, ticket_facts
from cxdesk.domain import AuditRow, DeskError, Hit, Identity, Step, ToolCall, new_id, now
from cxdesk.ports import KnowledgeSearch
from cxdesk.signals.entities import ProductNames
from cxdesk.store import Store

PASSAGES_PER_QUESTION = 6
PRODUCTS_FOUND = 10


class NotFound(LookupError):
    """What was asked for isn't there, or isn't this customer's: the two are never told apart."""


@dataclass(frozen=True)
class Tool:
    """A tool as a model is told of it. `run` is there for reads; `changes` names the columns that a write touches.

    `roles`: only these may use it, whatever the permissions say; None: the permissions alone decide.
    """

    name: str
    description: str
    arguments: type[Arguments]
    run: Callable[[ToolContext, Any], Any] | None = None
    topic: Topic = "orders"
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: tuple[str, ...] | None = None

    def may_be_used(self, role: str, permissions: Permissions) -> bool:
        if self.roles is not None:
            return role in self.roles
        return permissions.may_use(role, self.name, self.changes)

    def schema(self) -> dict[str, Any]:
        """The tool in the form in which chat endpoints take it."""
        parameters = _without_titles(self.arguments.model_json_schema())
        parameters.pop("description", None)
        return {
            "type": "function",
            "function": {"name": self.name, "description": self.description, "parameters": parameters},
        }


@dataclass(frozen=True)
class ToolContext:
    """What tools act on: the shop, and the customer of this conversation.

    `products_meant` tells which names of the catalogue a text means; without it they are read anew for each search.
    """

    store: Store
    knowledge: KnowledgeSearch
    identity: Identity
    role: str = "customer_ai"
    run_id: str | None = None
    conversation_id: str | None = None
    permissions: Permissions = field(default_factory=default_permissions)
    told_at: ToldAt = field(default_factory=ToldAt)
    shop_tools: Mapping[str, Tool] = field(default_factory=dict)
    products_meant: Callable[[str], Sequence[str]] | None = None

    @property
    def customer_id(self) -> str:
        proved = self.identity.verified_customer
        if proved is None:
            raise NotFound("The customer's identity is not proved.")
        return proved

    @property
    def sees(self) -> Sees:
        """The columns of a table that this role may read."""
        return lambda table: self.permissions.columns(self.role, table)


# ---------------------------------------------------------------- reads


def lookup_customer(context: ToolContext, args: given.LookupCustomer) -> Any:
    """The customer of this conversation, once proved: name, e-mail, address, ways to pay."""
    return customer_facts(context.store.customers.get(context.customer_id), context.sees)


def get_orders(context: ToolContext, args: given.NoArguments) -> Any:
    """The customer's orders, newest first where the shop keeps dates."""
    return [order_facts(order, context.sees) for order in context.store.orders.of_customer(context.customer_id)]


def get_order(context: ToolContext, args: given.OneOrder) -> Any:
    """One order of the customer: status, items, total, payments, tracking, address, dates."""
    order = context.store.orders.find(args.order_id, context.customer_id)
    if order is None:
        raise NotFound(f"No order {args.order_id!r} of this customer.")
    return order_facts(order, context.sees)


def get_tickets(context: ToolContext, args: given.NoArguments) -> Any:
    """The customer's tickets."""
    return [ticket_facts(ticket, context.sees) for ticket in context.store.tickets.of_customer(context.customer_id)]


def get_ticket(context: ToolContext, args: given.OneTicket) -> Any:
    """One ticket of the customer."""
    ticket = context.store.tickets.find(args.ticket_id, context.customer_id)
    if ticket is None:
        raise NotFound(f"No ticket {args.ticket_id!r} of this customer.")
    return ticket_facts(ticket, context.sees)


def search_products(context: ToolContext, args: given.Query) -> Any:
    """Products that the query names, or means by their kind ('a keyboard'), with options, stock and price."""
    ids = defaultdict[str, list[str]](list)
    for product_id, name in context.store.products.names():
        ids[name].append(product_id)
    meant = context.products_meant or ProductNames(ids).meant
    wanted = [product_id for name in meant(args.query) for product_id in ids[name]][:PRODUCTS_FOUND]
    found = context.store.products.find_many(wanted)
    return [product_facts(found[product_id], context.sees) for product_id in wanted if product_id in found]


def search_knowledge(context: ToolContext, args: given.Query) -> list[Hit]:
    """Passages of the shop's documents that may answer the query, best first."""
    return context.knowledge.search(args.query, k=PASSAGES_PER_QUESTION)


# ---------------------------------------------------------------- what there is


def _read(run: Callable[[ToolContext, Any], Any], arguments: type[Arguments], topic: Topic) -> Tool:
    return Tool(run.__name__, run.__doc__ or "", arguments, run, topic)


def _write(name: str, arguments: type[Arguments], **changes: tuple[str, ...]) -> Tool:
    description = " ".join((arguments.__doc__ or "").split())
    return Tool(name, description, arguments, changes=changes)


def _by_name(*tools: Tool) -> dict[str, Tool]:
    return {tool.name: tool for tool in tools}


READ_TOOLS = _by_name(
    _read(lookup_customer, given.LookupCustomer, "profile"),
    _read(get_orders, given.NoArguments, "orders"),
    _read(get_order, given.OneOrder, "orders"),
    _read(get_tickets, given.NoArguments, "tickets"),
    _read(get_ticket, given.OneTicket, "tickets"),
    _read(search_products, given.Query, "products"),
    _read(search_knowledge, given.Query, "documents"),
)

_BALANCE = ("payment_methods",)
WRITE_TOOLS = _by_name(
    _write("cancel_order", given.CancelOrder, orders=("status", "payments"), customers=_BALANCE),
    _write("flag_refund", given.FlagRefund, orders=("status",)),
    _write("return_items", given.ReturnItems, orders=("status",)),
    _write("exchange_items", given.ExchangeItems, orders=("status",)),
    _write(
        "modify_order_items",
        given.ModifyOrderItems,
        orders=("status", "total", "payments"),
        order_items=("item_id", "options", "price", "quantity"),
        customers=_BALANCE,
    ),
    _write("modify_order_payment", given.ModifyOrderPayment, orders=("payments",), customers=_BALANCE),
    _write("modify_order_address", given.ModifyOrderAddress, orders=("ship_to",)),
    _write("update_customer_email", given.UpdateCustomerEmail, customers=("email",)),
    _write("update_customer_address", given.UpdateCustomerAddress, customers=("address",)),
    _write("create_ticket", given.CreateTicket, tickets=("subject", "description", "priority", "category")),
    _write("update_ticket", given.UpdateTicket, tickets=("status",)),
    _write("escalate_to_human", given.EscalateToHuman),
)


def _without_titles(schema: Any) -> Any:
    """Pydantic titles every field by its own name, which tells a model nothing and costs tokens."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_titles(value) for key, value in schema.items() if key != "title" or isinstance(value, dict)}


# ---------------------------------------------------------------- calls


def run_steps(steps: Sequence[Step], context: ToolContext) -> list[ToolCall]:
    """Make the planned calls in order; equal calls are made once. Each call is audited.

    A write, an unknown tool and one that the role may not use are calls that failed: nothing is run.
    """
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
    result, error = _result(step, context)
    ms = (time.perf_counter() - started) * 1000
    call = ToolCall(
        id=new_id("t"), name=step.tool, args=step.args, ok=error is None, ms=round(ms, 3), result=result, error=error
    )
    context.store.audit.add(_audit_row(call, step, context))
    return call


def _result(step: Step, context: ToolContext) -> tuple[Any, str | None]:
    """What the tool found, or why nothing came of the call."""
    tool = {**context.shop_tools, **READ_TOOLS}.get(step.tool)
    if tool is None or tool.run is None:
        known = f"{step.tool} changes something and is not run as a read." if step.tool in WRITE_TOOLS else None
        return None, known or f"There is no tool {step.tool!r}."
    if not tool.may_be_used(context.role, context.permissions):
        return None, f"The role {context.role!r} may not use {step.tool}."
    if not context.told_at.allows(tool.topic, context.identity.level):
        return None, f"The customer must be known better before {tool.topic} are spoken about."
    try:
        return tool.run(context, tool.arguments(**step.args)), None
    except (NotFound, DeskError) as trouble:
        return None, str(trouble)
    except ValidationError as invalid:
        return None, f"The arguments of {step.tool} do not fit: {argument_problems(invalid)}."


def argument_problems(error: ValidationError) -> str:
    """Which arguments do not fit and why, without repeating what was written."""
    return "; ".join(
        f"{'.'.join(map(str, each['loc'])) or 'together'}: {each['msg'].removeprefix('Value error, ').lower()}"
        for each in error.errors(include_input=False)
    )


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
