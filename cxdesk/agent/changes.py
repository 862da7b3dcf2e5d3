"""What an action would change: values in, values out, nothing is written here.

Each function looks at one wish and the customer's records, and returns the `Change` that would fulfil it: the
records as they would be, the money it is about, and the words for it. What can't be done raises `Declined` with the
sentence for the customer. Money moves only here: by an order's payments and the balances of gift cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn

from cxdesk.agent import arguments as given
from cxdesk.agent import wording
from cxdesk.agent.rules import ActionRule, MoneyBack
from cxdesk.domain import (
    Address,
    Customer,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Record,
    Refused,
    Ticket,
    TicketNote,
    TicketStatus,
    Variant,
)
from cxdesk.store import Store

GIFT_CARD = "gift_card"


class Declined(Refused):
    """A wish that can't be fulfilled. `cause` names the check that failed; the text is for the customer."""

    def __init__(self, cause: str, told: str) -> None:
        super().__init__(wording.sentence(told))
        self.cause = cause


class Change(Record):
    """The records as they would be, where they change. `text` proposes it, `done` reports it, both without a stop.

    `needs_person` says why a person must decide, where one must.
    """

    text: str
    done: str
    order: Order | None = None
    methods: tuple[PaymentMethod, ...] | None = None
    address: Address | None = None
    email: str | None = None
    ticket: Ticket | None = None
    note: TicketNote | None = None
    amount: Decimal = Decimal(0)
    needs_person: str | None = None


@dataclass(frozen=True)
class Case:
    """All that a change is judged by."""

    store: Store
    customer: Customer
    rule: ActionRule
    money_back: MoneyBack
    tool: str
    role: str
    conversation_id: str | None
    now: datetime
    locale: str

    # ------------------------------------------------------------ the order

    def order(self, order_id: str) -> Order:
        """The customer's order, if the shop's rule lets it be touched at all."""
        order = self.store.orders.find(order_id, self.customer.id)
        if order is None:
            raise Declined("not_found", f"I can't find an order {order_id} of yours")
        statuses = {status.casefold() for status in self.rule.statuses}
        if statuses and order.status.casefold() not in statuses:
            raise Declined("status", f"Order {order.id} is {order.status}, and {self.rule.quote}")
        changes = self.store.orders.changes(order.id, self.customer.id)
        if self.rule.once and any(change.tool == self.tool for change in changes):
            raise Declined("once", f"This was done for order {order.id} already, and {self.rule.quote}")
        if (late := self.late(order)) and self.rule.late == "refused":
            raise Declined("late", late)
        return order

    def late(self, order: Order) -> str | None:
        """That the order's time ran out, and the rule; None while there is time, or no date to say."""
        limits = (
            (self.rule.within_days_of_delivery, order.delivered_at, "delivered"),
            (self.rule.within_days_of_order, order.ordered_at, "placed"),
        )
        for days, moment, happened in limits:
            age_days = (self.now - moment).days if moment else 0
            if days is not None and age_days > days:
                quote = self.rule.late_quote or self.rule.quote
                return f"order {order.id} was {happened} {age_days} days ago, and {quote}"
        return None

    def of_order(self, order: Order, text: str, done: str, after: Order | None = None, **changed: Any) -> Change:
        """A change of an order; one that comes late needs a person's decision."""
        if late := self.late(order):
            changed.setdefault("needs_person", late)
        status = {"status": self.rule.becomes} if self.rule.becomes else {}
        return self.change(text, done, order=(after or order).model_copy(update=status), **changed)

    def change(self, text: str, done: str, **changed: Any) -> Change:
        afterwards = f"; {self.rule.afterwards}" if self.rule.afterwards else ""
        return Change(text=text + afterwards, done=done, **changed)

    # ------------------------------------------------------------ money

    def money(self, amount: Decimal, order: Order) -> str:
        return wording.money_words(amount, order.currency, self.locale)

    def method(self, method_id: str) -> PaymentMethod:
        found = self.known_method(method_id)
        if found is None:
            methods = [wording.method_words(each) for each in self.customer.payment_methods]
            yours = wording.list_words(methods, self.locale, any_of=True) if methods else "none on file"
            raise Declined("payment", f"I can't find that payment method among yours, which are {yours}")
        return found

    def known_method(self, method_id: str | None) -> PaymentMethod | None:
        return next((each for each in self.customer.payment_methods if each.id == method_id), None)

    def back(self, amount: Decimal, method: PaymentMethod | None, order: Order) -> str:
        """'the $5.00 go back to your gift card at once'; when, only if the shop says so."""
        gift = method is not None and method.source == GIFT_CARD
        when = self.money_back.gift_card if gift else self.money_back.other
        return f"{self.money(amount, order)} go back to {wording.method_words(method)}{f' {when}' if when else ''}"

    def covered(self, method: PaymentMethod, amount: Decimal, order: Order) -> None:
        """Raises `Declined` if the method is a gift card that holds less than the amount."""
        if method.source == GIFT_CARD and (method.balance or Decimal(0)) < amount:
            holds = self.money(method.balance or Decimal(0), order)
            raise Declined("payment", f"Your gift card holds {holds}, which doesn't cover {self.money(amount, order)}")


# ---------------------------------------------------------------- orders


def cancel_order(args: given.CancelOrder, case: Case) -> Change:
    order = case.order(args.order_id)
    because = _because(args.reason, order, case)
    open_sums = paid(order)
    items = wording.items_words(order.items, case.locale)
    back = wording.list_words(
        (case.back(amount, case.known_method(method), order) for method, amount in open_sums.items()), case.locale
    )
    refunds = tuple(Payment(kind="refund", amount=amount, payment_method_id=m) for m, amount in open_sums.items())
    return case.of_order(
        order,
        f"cancel order {order.id} ({items}){because}{f'; {back}' if back else ''}",
        f"Order {order.id} is cancelled{f'; {back}' if back else ''}",
        after=order.model_copy(update={"payments": (*order.payments, *refunds)}),
        methods=with_balances(case.customer.payment_methods, open_sums),
        amount=sum(open_sums.values(), Decimal(0)),
    )


def _because(reason: str, order: Order, case: Case) -> str:
    """How the accepted reason is told."""
    accepted = {key.casefold(): clause for key, clause in case.rule.reasons.items()}
    if reason.casefold() in accepted:
        return f" because {accepted[reason.casefold()]}"
    if case.rule.any_reason:
        return f", with the reason '{reason}'" if reason else ""
    reasons = wording.list_words(case.rule.reasons, case.locale, any_of=True)
    if not reason:
        raise Declined("reason_missing", f"For order {order.id} I need the reason ({reasons}): {case.rule.quote}")
    raise Declined("reason", f"That reason is not one for order {order.id}: {case.rule.quote}")


def flag_refund(args: given.FlagRefund, case: Case) -> Change:
    order = case.order(args.order_id)
    amount = sum(paid(order).values(), Decimal(0))
    about = f"order {order.id} ({case.money(amount, order)} paid)"
    return case.of_order(
        order,
        f"ask for a refund of {about}, with the reason '{args.reason}'",
        f"A refund of {about} is asked for",
        amount=amount,
    )


def return_items(args: given.ReturnItems, case: Case) -> Change:
    order = case.order(args.order_id)
    items = pieces(order, args.item_ids)
    method = _repaid_to(args.payment_method_id, order, case)
    amount = total(items)
    named, back = wording.items_words(items, case.locale), case.back(amount, method, order)
    return case.of_order(
        order,
        f"return {named} from order {order.id}; {back}",
        f"The return of {named} from order {order.id} is requested; {back}",
        amount=amount,
    )


def _repaid_to(method_id: str, order: Order, case: Case) -> PaymentMethod | None:
    """The method that gets a return's money, if the shop repays to it; None: the original one, unknown by now."""
    originals = [payment.payment_method_id for payment in order.payments if payment.kind == "payment"]
    original = method_id in originals
    method = case.known_method(method_id) if original else case.method(method_id)
    ways = case.rule.repaid_to
    if (original and "original" in ways) or "other" in ways:
        return method
    if method is not None and method.source == GIFT_CARD and "gift_card" in ways:
        return method
    return _wrong_way(ways, originals, case)


def _wrong_way(ways: Sequence[str], originals: Sequence[str | None], case: Case) -> NoReturn:
    original = wording.list_words(
        dict.fromkeys(wording.method_words(case.known_method(each)) for each in originals), case.locale
    )
    told = {"original": f"the original payment method ({original})", "gift_card": "a gift card of yours"}
    allowed = wording.list_words((told[way] for way in ways if way in told), case.locale, any_of=True)
    raise Declined("payment", f"The money of a return can go only to {allowed}")


def exchange_items(args: given.ExchangeItems, case: Case) -> Change:
    order, swap, method = _swap(args, case)
    return case.of_order(
        order,
        f"exchange {swap.named(case)} in order {order.id}{_difference(swap, method, order, case)}",
        f"The exchange of {swap.named(case)} in order {order.id} is requested",
        amount=abs(swap.difference),
    )


def modify_order_items(args: given.ModifyOrderItems, case: Case) -> Change:
    order, swap, method = _swap(args, case)
    difference = swap.difference
    kind = "payment" if difference > 0 else "refund"
    payment = Payment(kind=kind, amount=abs(difference), payment_method_id=method.id)
    changed = order.model_copy(
        update={
            "items": with_items(order.items, swap),
            "total": order.total + difference,
            "payments": (*order.payments, payment) if difference else order.payments,
        }
    )
    return case.of_order(
        order,
        f"change {swap.named(case)} in order {order.id}{_difference(swap, method, order, case)}",
        f"Order {order.id} is changed: {swap.named(case)}{_difference(swap, method, order, case)}",
        after=changed,
        methods=with_balances(case.customer.payment_methods, {method.id: -difference}),
        amount=abs(difference),
    )


class Swap(Record):
    """Old pieces and the variants that take their places, one by one."""

    old: tuple[OrderItem, ...]
    new: tuple[Variant, ...]

    @property
    def difference(self) -> Decimal:
        """What the new ones cost more; negative where they cost less."""
        return sum((new.price for new in self.new), Decimal(0)) - total(self.old)

    def named(self, case: Case) -> str:
        return wording.list_words(
            (
                f"the {wording.item_words(old.product_name, old.options)}"
                f" for the {wording.item_words(old.product_name, new.options)}"
                for old, new in zip(self.old, self.new, strict=True)
            ),
            case.locale,
        )


def _swap(args: given.ExchangeItems, case: Case) -> tuple[Order, Swap, PaymentMethod]:
    order = case.order(args.order_id)
    old = pieces(order, args.item_ids)
    variants = case.store.products.find_variants([*args.item_ids, *args.new_item_ids])
    for item, new_id in zip(old, args.new_item_ids, strict=True):
        _exchangeable(item, variants.get(new_id), variants.get(item.item_id), order)
    swap = Swap(old=tuple(old), new=tuple(variants[new_id] for new_id in args.new_item_ids))
    method = case.method(args.payment_method_id)
    case.covered(method, swap.difference, order)
    return order, swap, method


def _exchangeable(old: OrderItem, new: Variant | None, known: Variant | None, order: Order) -> None:
    product_id = old.product_id or (known.product_id if known else None)
    named = f"the {old.product_name} of order {order.id}"
    if new is None or product_id is None or new.product_id != product_id or new.currency != order.currency:
        raise Declined("items", f"For {named} only another option of the same product can be taken")
    told = wording.item_words(old.product_name, new.options)
    if new.item_id == old.item_id:
        raise Declined("items", f"You have chosen the same option that you have, {told}")
    if not new.available:
        raise Declined("stock", f"The {told} is not available at the moment")


def _difference(swap: Swap, method: PaymentMethod, order: Order, case: Case) -> str:
    if not swap.difference:
        return "; the price stays the same"
    if swap.difference < 0:
        return f"; {case.back(-swap.difference, method, order)}"
    return f"; {case.money(swap.difference, order)} more are charged to {wording.method_words(method)}"


def modify_order_payment(args: given.ModifyOrderPayment, case: Case) -> Change:
    order = case.order(args.order_id)
    new = case.method(args.payment_method_id)
    open_sums = paid(order)
    if len(open_sums) != 1:
        raise Declined("payment", f"Order {order.id} was not paid with exactly one payment method")
    ((old_id, amount),) = open_sums.items()
    old = case.known_method(old_id)
    if new.id == old_id:
        raise Declined("payment", f"Order {order.id} is paid with {wording.method_words(new)} already")
    case.covered(new, amount, order)
    moved = (
        Payment(kind="payment", amount=amount, payment_method_id=new.id),
        Payment(kind="refund", amount=amount, payment_method_id=old_id),
    )
    charged, back = f"{case.money(amount, order)} are charged to it", case.back(amount, old, order)
    return case.of_order(
        order,
        f"pay order {order.id} with {wording.method_words(new)}; {charged}, and {back}",
        f"Order {order.id} is paid with {wording.method_words(new)} now; {back}",
        after=order.model_copy(update={"payments": (*order.payments, *moved)}),
        methods=with_balances(case.customer.payment_methods, {new.id: -amount, old_id: amount}),
        amount=amount,
    )


def modify_order_address(args: given.ModifyOrderAddress, case: Case) -> Change:
    order, address = case.order(args.order_id), args.address.record()
    words = wording.address_words(address)
    elsewhere = _country(address) != _country(order.ship_to) and case.rule.same_country
    return case.of_order(
        order,
        f"send order {order.id} to {words}",
        f"Order {order.id} goes to {words} now",
        after=order.model_copy(update={"ship_to": address}),
        **({"needs_person": "that address is in another country"} if elsewhere else {}),
    )


# ---------------------------------------------------------------- customer and tickets


def update_customer_email(args: given.UpdateCustomerEmail, case: Case) -> Change:
    if args.email.casefold() == case.customer.email.casefold():
        raise Declined("same", "That is your e-mail address already")
    owner = case.store.customers.find_by_email(args.email)
    if owner is not None and owner.id != case.customer.id:
        # Not said to be another customer's: who is a customer here is nobody's business.
        raise Declined("email", "That e-mail address can't be used for your account")
    return case.change(
        f"change your e-mail address to {args.email}", f"Your e-mail address is {args.email} now", email=args.email
    )


def update_customer_address(args: given.UpdateCustomerAddress, case: Case) -> Change:
    address = args.address.record()
    words = wording.address_words(address)
    return case.change(f"change your address to {words}", f"Your address is {words} now", address=address)


def create_ticket(args: given.CreateTicket, case: Case) -> Change:
    ticket = Ticket(
        id=case.store.tickets.next_id(),
        customer_id=case.customer.id,
        conversation_id=case.conversation_id,
        created_at=case.now,
        updated_at=case.now,
        **args.model_dump(),
    )
    return case.change(
        f"open a ticket about '{args.subject}'", f"Ticket {ticket.id} about '{args.subject}' is open", ticket=ticket
    )


def update_ticket(args: given.UpdateTicket, case: Case) -> Change:
    ticket = case.store.tickets.find(args.ticket_id, case.customer.id)
    if ticket is None:
        raise Declined("not_found", f"I can't find a ticket {args.ticket_id} of yours")
    if case.rule.statuses and ticket.status.value not in case.rule.statuses:
        raise Declined("status", f"Ticket {ticket.id} is {status_words(ticket.status)}, and {case.rule.quote}")
    if args.note is None and args.status is ticket.status:
        raise Declined("same", f"Ticket {ticket.id} is {status_words(ticket.status)} already")
    status = args.status or ticket.status
    wished = [f"mark ticket {ticket.id} as {status_words(status)}"] if args.status else []
    done = [f"ticket {ticket.id} is {status_words(status)}"] if args.status else []
    note = None
    if args.note is not None:
        note = TicketNote(ticket_id=ticket.id, text=args.note, author=case.role, at=case.now)
        wished.append(f"add a note to ticket {ticket.id}")
        done.append(f"ticket {ticket.id} has your note")
    return case.change(
        wording.list_words(wished, case.locale),
        wording.sentence(wording.list_words(done, case.locale)).rstrip("."),
        ticket=ticket.model_copy(update={"status": status, "updated_at": case.now}),
        note=note,
    )


def status_words(status: TicketStatus) -> str:
    return status.value.replace("_", " ")


Planner = Callable[[Any, Case], Change]

PLANNERS: dict[str, Planner] = {
    planner.__name__: planner
    for planner in (
        cancel_order,
        flag_refund,
        return_items,
        exchange_items,
        modify_order_items,
        modify_order_payment,
        modify_order_address,
        update_customer_email,
        update_customer_address,
        create_ticket,
        update_ticket,
    )
}


# ---------------------------------------------------------------- items and money


def pieces(order: Order, item_ids: Sequence[str]) -> list[OrderItem]:
    """One piece of the order for each id, in their order. Raises `Declined` for more pieces than there are."""
    by_id = {item.item_id: item for item in reversed(order.items)}
    there = Counter[str]()
    for item in order.items:
        there[item.item_id] += item.quantity
    for item_id, count in Counter(item_ids).items():
        if item_id not in by_id:
            raise Declined("items", f"Order {order.id} has no such item ({item_id})")
        if count > there[item_id]:
            raise Declined("items", f"Order {order.id} has the {by_id[item_id].product_name} only {there[item_id]} ×")
    return [by_id[item_id].model_copy(update={"quantity": 1}) for item_id in item_ids]


def total(items: Sequence[OrderItem]) -> Decimal:
    return sum((item.price * item.quantity for item in items), Decimal(0))


def with_items(items: Sequence[OrderItem], swap: Swap) -> tuple[OrderItem, ...]:
    """The lines after the swap. A line of several pieces of which some stay is split; the new ones come last."""
    lines = list(items)
    for old, new in zip(swap.old, swap.new, strict=True):
        place = next(n for n, line in enumerate(lines) if line.item_id == old.item_id)
        line = lines[place]
        taken = line.model_copy(
            update={"item_id": new.item_id, "options": new.options, "price": new.price, "quantity": 1}
        )
        if line.quantity == 1:
            lines[place] = taken
        else:
            lines[place] = line.model_copy(update={"quantity": line.quantity - 1})
            lines.append(taken.model_copy(update={"line_no": max(each.line_no for each in lines) + 1}))
    return tuple(lines)


def paid(order: Order) -> dict[str, Decimal]:
    """What each payment method has paid and not got back, in the order of the payments."""
    sums: dict[str, Decimal] = {}
    for payment in order.payments:
        sign = -1 if payment.kind == "refund" else 1
        method = payment.payment_method_id or ""
        sums[method] = sums.get(method, Decimal(0)) + sign * payment.amount
    return {method: amount for method, amount in sums.items() if amount > 0}


def with_balances(methods: Sequence[PaymentMethod], moved: dict[str, Decimal]) -> tuple[PaymentMethod, ...]:
    """The methods with these sums added to the balances of gift cards; other methods keep none."""
    return tuple(
        method.model_copy(update={"balance": (method.balance or Decimal(0)) + moved[method.id]})
        if method.source == GIFT_CARD and method.id in moved
        else method
        for method in methods
    )


def _country(address: Address) -> str:
    return address.country.casefold().strip()
