"""Actions: judged before they are proposed, judged again when they are done, and done at most once.

A verdict never writes. Performing runs in one transaction with its audit row: the rules are held against the
records as they are then, so that a yes to yesterday's proposal changes nothing that today's rules forbid.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from cxdesk.agent.arguments import Arguments
from cxdesk.agent.changes import PLANNERS, Case, Change, Declined
from cxdesk.agent.permissions import Permissions, default_permissions
from cxdesk.agent.rules import FOR_ANYBODY, ActionRule, ShopRules
from cxdesk.agent.tools import WRITE_TOOLS
from cxdesk.agent.wording import list_words, money_words, sentence
from cxdesk.domain import (
    AuditRow,
    Customer,
    Identity,
    IdentityLevel,
    Invalid,
    OrderChange,
    PendingAction,
    Record,
    ToolCall,
    new_id,
)
from cxdesk.domain import now as current_moment
from cxdesk.store import Store


class Verdict(Record):
    """Whether an action may be done. `reason` is one sentence for the customer, quoting the rule where it refuses.

    `cause` names the check that refused: permission, arguments, disabled, identity, not_found, status, once, late,
    reason, reason_missing, items, stock, payment, same or email.
    """

    kind: Literal["allowed", "needs_yes", "needs_approval", "refused"]
    reason: str
    cause: str = ""


@dataclass(frozen=True)
class ActionContext:
    """Whose wish it is, who would do it, and by which rules."""

    store: Store
    identity: Identity
    rules: ShopRules
    role: str = "customer_ai"
    run_id: str | None = None
    conversation_id: str | None = None
    now: datetime = field(default_factory=current_moment)
    permissions: Permissions = field(default_factory=default_permissions)
    locale: str = "en_US"


def judge_action(tool: str, args: Mapping[str, Any], context: ActionContext) -> Verdict:
    """Whether the action may be done for this customer, by this role, now. Writes nothing and raises nothing."""
    try:
        change = _plan(tool, args, context)
    except Declined as no:
        return Verdict(kind="refused", reason=str(no), cause=no.cause)
    return _verdict(tool, change, context)


def describe_action(tool: str, args: Mapping[str, Any], context: ActionContext) -> str:
    """The proposal in plain words, to go on after 'Shall I' or 'I can': 'cancel order #W1 (Lamp) because ...'.

    Raises `Refused` with the rule's sentence for an action that can't be proposed.
    """
    return _plan(tool, args, context).text


def propose_action(tool: str, args: Mapping[str, Any], context: ActionContext) -> PendingAction:
    """The proposal as it is remembered until the yes. Raises as `describe_action` does."""
    return PendingAction(
        tool=tool,
        args=dict(args),
        text=describe_action(tool, args, context),
        asked_at=context.now,
        run_id=context.run_id,
    )


def perform_action(
    tool: str, args: Mapping[str, Any], context: ActionContext, *, key: str, why: str = "the customer said yes"
) -> ToolCall:
    """Do the action, once for each key: the same key again changes nothing and returns the first result.

    Called after the customer's yes, or by a role that is a person, whose call is the approval. What the rules
    no longer allow gives a call that is not `ok`, with the rule's sentence; it may be tried again under its key.
    Either way one audit row is kept. Raises `Invalid` for a key that was used for another action.
    """
    with context.store.transaction():
        if done := context.store.audit.performed(key):
            return _first_result(done, tool, args)
        started = time.perf_counter()
        result, error = None, None
        try:
            change = _plan(tool, args, context)
            verdict = _verdict(tool, change, context)
            if verdict.kind == "needs_approval":
                error = verdict.reason
            else:
                result = _apply(tool, args, change, context)
        except Declined as no:
            error = str(no)
        ms = round((time.perf_counter() - started) * 1000, 3)
        call = ToolCall(id=new_id("t"), name=tool, args=dict(args), ok=error is None, ms=ms, result=result, error=error)
        context.store.audit.add(_audit_row(call, error or why, context), key=key if call.ok else None)
        return call


def action_key(conversation_id: str, pending: PendingAction) -> str:
    """The key of a proposal: the same proposal always has the same one, a later proposal another."""
    asked = pending.asked_at.isoformat() if pending.asked_at else ""
    return " ".join((conversation_id, pending.run_id or "", asked, pending.tool))


# ---------------------------------------------------------------- judging


def _plan(tool: str, args: Mapping[str, Any], context: ActionContext) -> Change:
    """What the action would change. Raises `Declined` at the first check that fails."""
    if tool not in WRITE_TOOLS or not WRITE_TOOLS[tool].may_be_used(context.role, context.permissions):
        raise Declined("permission", "That is not something I can do here")
    rule = context.rules.rule(tool)
    if not rule.enabled:
        raise Declined("disabled", f"I can't do that here: {rule.quote}")
    parsed = _parsed(tool, args)
    if tool in FOR_ANYBODY:
        return Change(text="pass you on to a colleague", done="A colleague takes over")
    customer = _customer(context)
    case = Case(
        store=context.store,
        customer=customer,
        rule=rule,
        money_back=context.rules.money_back,
        tool=tool,
        role=context.role,
        conversation_id=context.conversation_id,
        now=context.now,
        locale=context.locale,
    )
    return PLANNERS[tool](parsed, case)


def _parsed(tool: str, args: Mapping[str, Any]) -> Arguments:
    try:
        return WRITE_TOOLS[tool].arguments(**args)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_context=False)
        named = dict.fromkeys(".".join(map(str, each["loc"])).replace("_", " ") for each in problems)
        wrong = list_words((name for name in named if name), "en_US")
        told = f"the details that I have do not fit: {wrong}" if wrong else "the details that I have do not fit"
        raise Declined("arguments", f"I can't do that yet, since {told}") from error


def _customer(context: ActionContext) -> Customer:
    known = context.identity
    customer = context.store.customers.find(known.customer_id) if known.customer_id else None
    if known.level is not IdentityLevel.verified or customer is None:
        raise Declined("identity", "I can do that only once I know for sure who is writing")
    return customer


def _verdict(tool: str, change: Change, context: ActionContext) -> Verdict:
    rule = context.rules.rule(tool)
    if context.permissions.approves(context.role) or (rule.consent == "none" and change.needs_person is None):
        return Verdict(kind="allowed", reason=sentence(change.text))
    if decides := _why_a_person(rule, change, context):
        return Verdict(kind="needs_approval", reason=sentence(f"I can't decide this by myself: {decides}"))
    return Verdict(kind="needs_yes", reason=sentence(f"I need your yes to {change.text}"))


def _why_a_person(rule: ActionRule, change: Change, context: ActionContext) -> str | None:
    """Why the customer's yes isn't enough, in words; None where it is."""
    if rule.consent == "person":
        return rule.quote
    if change.needs_person:
        return change.needs_person
    if rule.proved_by and not set(rule.proved_by) & set(context.identity.proofs):
        return rule.quote
    if rule.person_above is not None and change.amount > rule.person_above:
        currency = change.order.currency if change.order else "USD"
        limit = money_words(rule.person_above, currency, context.locale)
        return f"it is about more than {limit}"
    return None


# ---------------------------------------------------------------- doing


def _apply(tool: str, args: Mapping[str, Any], change: Change, context: ActionContext) -> dict[str, Any]:
    """Write the change, and say what is so now."""
    store, result = context.store, {"done": sentence(change.done)}
    if tool in FOR_ANYBODY:
        return result
    customer_id = _customer(context).id
    if change.order is not None:
        store.orders.save(change.order, customer_id)
        store.orders.add_change(_order_change(tool, args, change, customer_id, context))
        result |= {"order_id": change.order.id, "status": change.order.status}
    if change.methods is not None:
        store.customers.update_payment_methods(customer_id, change.methods)
    if change.address is not None:
        store.customers.update_address(customer_id, change.address)
    if change.email is not None:
        store.customers.update_email(customer_id, change.email)
        result |= {"email": change.email}
    if change.ticket is not None:
        result |= {"ticket_id": change.ticket.id, "status": change.ticket.status.value}
        _keep_ticket(tool, change, customer_id, store)
    return result


def _order_change(
    tool: str, args: Mapping[str, Any], change: Change, customer_id: str, context: ActionContext
) -> OrderChange:
    return OrderChange(
        id=new_id("o"),
        order_id=change.order.id if change.order else "",
        customer_id=customer_id,
        tool=tool,
        args=_parsed(tool, args).model_dump(mode="json"),
        amount=change.amount,
        run_id=context.run_id,
        at=context.now,
    )


def _keep_ticket(tool: str, change: Change, customer_id: str, store: Store) -> None:
    if change.ticket is None:
        return
    if tool == "create_ticket":
        store.tickets.add(change.ticket)
    else:
        store.tickets.save(change.ticket, customer_id)
    if change.note is not None:
        store.tickets.add_note(change.note, customer_id)


def _first_result(done: AuditRow, tool: str, args: Mapping[str, Any]) -> ToolCall:
    if (done.tool, done.args) != (tool, to_jsonable_python(dict(args))):
        raise Invalid("This action's key was used for another action already. Propose it anew.")
    return ToolCall(id=done.id, name=done.tool, args=done.args, ok=done.ok, ms=done.ms, result=done.result)


def _audit_row(call: ToolCall, why: str, context: ActionContext) -> AuditRow:
    return AuditRow(
        id=call.id,
        run_id=context.run_id,
        conversation_id=context.conversation_id,
        role=context.role,
        tool=call.name,
        args=call.args,
        ok=call.ok,
        result=call.result,
        why=why,
        ms=call.ms,
        at=context.now,
    )
