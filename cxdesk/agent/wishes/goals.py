"""From wishes to parts of actions. A goal is a wish with the ones that may stand in for it, tried in turn."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.agent.wishes.addressing import address_changes
from cxdesk.agent.wishes.cancelling import cancellations
from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.outcomes import TOOLS, Moot, Part, Stop, Unclear, unclear
from cxdesk.agent.wishes.paying import arguments, email_changes, payment_changes
from cxdesk.agent.wishes.records import Denial, Question, Wish
from cxdesk.agent.wishes.returning import returns
from cxdesk.agent.wishes.swapping import swaps

Outcome = list[Part] | Unclear | Denial


def outcomes(case: Case) -> list[Outcome]:
    """What each goal comes to, in the order in which they were said."""
    return [_outcome(case, goal) for goal in _goals(case.wishes)]


def _goals(wishes: Sequence[Wish]) -> list[list[Wish]]:
    goals: list[list[Wish]] = []
    for wish in wishes:
        home = next((goal for goal in goals if wish.instead_of in {each.id for each in goal}), None)
        if home is None:
            goals.append([wish])
        else:
            home.append(wish)
    return goals


def _outcome(case: Case, goal: Sequence[Wish]) -> Outcome:
    """What the first wish that can be granted comes to."""
    begun = [wish for wish in goal if case.has_closed(f"{wish.id}/")]
    why, orders = "", frozenset[str]()
    for wish in begun or goal:
        try:
            parts = [part for part in parts_of(case, wish) if part.key not in case.closed]
            return _granted(case, parts) if len(goal) > 1 or wish.fallbacks else parts
        except Moot:
            return []
        except Stop as stop:
            if isinstance(stop.why, Unclear):
                return stop.why
            if begun or any(fallback.nothing for fallback in wish.fallbacks):
                return []
            why, orders = why or stop.why, orders or stop.orders
    if orders and goal[0].verb in ("exchange", "modify"):
        question = Question(topic=f"{goal[0].id}/other", text=f"{why} Which other one would you like, if any?")
        return Unclear(question, orders, TOOLS[goal[0].verb])
    return Denial(text=why, parts=(f"{goal[0].id}/denied",))


def _granted(case: Case, parts: list[Part]) -> list[Part]:
    """The parts, when the shop's rules grant each of them in some way of paying."""
    for part in parts:
        verdicts = [case.judge(part.tool, args) for args in arguments(case, [part])]
        if not verdicts:
            raise Stop("That way of paying can't be used here.")
        if all(verdict.kind == "refused" for verdict in verdicts):
            raise Stop(verdicts[0].reason)
    return parts


def parts_of(case: Case, wish: Wish) -> list[Part]:
    """What one wish does. Raises `Stop` when it can't be told, or can't be done."""
    case.refuse_unknown(f"{wish.lead} {wish.text}")
    if wish.doubt:
        raise Stop(unclear(wish, "doubt", "Could you tell me in one sentence what I shall do for you there?"))
    match wish.verb:
        case "cancel":
            return cancellations(case, wish)
        case "return":
            return returns(case, wish)
        case "exchange" | "modify":
            return swaps(case, wish)
        case "address":
            return address_changes(case, wish)
        case "payment":
            return payment_changes(case, wish)
    return email_changes(case, wish)
