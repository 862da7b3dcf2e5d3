"""Which whole orders a wish is about, when it names no single thing."""

from __future__ import annotations

import re

from cxdesk.agent.wishes.case import Case, listed_orders
from cxdesk.agent.wishes.outcomes import DONE, Stop, unclear
from cxdesk.agent.wishes.records import Wish
from cxdesk.agent.wishes.which_items import EXCEPT, RECEIVED, choose, orders_of, things_meant, went_to_named_place
from cxdesk.domain import Order

ALL_ORDERS = re.compile(
    r"\b(?:all|both|every|any|two)\b(?:\W+(?:of|my|the|your|possible|pending|open|delivered|other))*\W+orders?\b|\borders\b"
    r"|\ball (?:the )?(?:things|items|stuff) (?:i )?(?:ordered|bought|purchased)\b"
    r"|\b(?:everything|anything|all) (?:that )?i(?:'ve| have)?(?: ever)? (?:ordered|bought|purchased)\b",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(
    r"\b(?:associated|related|about|under|over|above|below|cheaper|costing|worth|not|that|which|older|newer|some)\b",
    re.IGNORECASE,
)
# Words that point at a whole order and restrict nothing.
_POINTING = re.compile(
    r"\b(?:that|which) (?:order|went|was|were|is|are|has|had)\b|\b(?:that|which) i\b|\bthat$", re.IGNORECASE
)


def whole_orders(case: Case, wish: Wish) -> list[Order]:
    """The orders that a wish for whole orders means. Raises `Stop` when that can't be told."""
    named = case.orders_named(" ".join([wish.lead, wish.text]))
    if named:
        return named
    if wish.instead_of and (standing := _orders_of_other(case, wish.instead_of)):
        return standing
    if _RESTRICTED.search(_POINTING.sub(" ", wish.text)):
        raise Stop(unclear(wish, "which", "Which items or orders do you mean exactly?"))
    allowed = [o for o in case.shop.orders if case.allows_any(wish, o)]
    if not allowed:
        raise Stop(f"None of your orders can be {DONE[wish.verb]} now.")
    if len(allowed) == 1 or ALL_ORDERS.search(wish.text):
        return allowed
    found = _told_beside(case, wish, allowed)
    if found is None:
        raise Stop(unclear(wish, "order", f"Which order is it: {listed_orders(allowed)}?"))
    return found


def _told_beside(case: Case, wish: Wish, allowed: list[Order]) -> list[Order] | None:
    """The order that something said beside the wish points at: its id, where it went, what is in it."""
    around = " ".join([wish.context, wish.lead, wish.text, *wish.notes])
    for text in (" ".join([wish.context, *wish.notes]), " ".join(case.said)):
        said = [o for o in case.orders_named(text) if o in allowed]
        if len(said) == 1:
            return said
    sent = [o for o in allowed if went_to_named_place(case, o, f"{wish.context} {wish.lead} {wish.text}")]
    sent = sent or [o for o in allowed if o in _at_place(case, wish)]
    if len(sent) == 1:
        return sent
    spoken = {o.id for m in case.mentions(around) for o in orders_of(m)}
    about = [o for o in allowed if o.id in spoken]
    if len(about) == 1:
        return about
    if wish.verb == "return" and EXCEPT.search(case.wishes[case.place(wish)].text):
        return allowed
    if RECEIVED.search(wish.text) and len(both := [o for o in allowed if case.allows("return_items", o)]) == 1:
        return both
    return None


def _at_place(case: Case, wish: Wish) -> list[Order]:
    """'the Jacksonville order'."""
    from_place = re.search(
        r"\b([\w .]{2,30}) (?:order|parcel|package|delivery)\b", f"{wish.lead} {wish.text}", re.IGNORECASE
    )
    if from_place is None:
        return []
    return [o for o in case.shop.orders if went_to_named_place(case, o, f"sent {from_place[1]}")]


def _orders_of_other(case: Case, wish_id: str) -> list[Order]:
    """The orders that another wish is about; of several things it must have named each."""
    other = next(w for w in case.wishes if w.id == wish_id)
    things = [t for m in things_meant(case, other) for t in choose(case, other, m)]
    orders = {t.order.id: t.order for t in things}
    return list(orders.values()) if len(orders) == 1 or other.implied else []
