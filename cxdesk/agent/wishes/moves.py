"""What to do next about a customer's wishes: one action to propose, one question, or one denial.

Parts of one order that the same tool does become one action, since a shop changes an order once. An order with
anything still unclear about it is left alone: half of a wish is harder to mend than a question more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.goals import outcomes
from cxdesk.agent.wishes.leftovers import leftovers
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.outcomes import ITEM_TOOLS, Judge, Part, Unclear
from cxdesk.agent.wishes.paying import arguments, named_payment
from cxdesk.agent.wishes.payments import list_methods
from cxdesk.agent.wishes.reading import read_wishes
from cxdesk.agent.wishes.records import Denial, Move, Progress, Proposal, Question, Shop
from cxdesk.agent.wishes.things import find_mentions


def next_move(said: Sequence[str], shop: Shop, progress: Progress, judge: Judge, lexicon: Lexicon) -> Move | None:
    """What to do next about the customer's wishes: propose one action, ask for one thing, or say what can't be done.

    `said` are the customer's messages so far, `progress` what was settled before. None when nothing is left: no
    wish was heard, or all are settled. A proposal has all its arguments and was not refused by `judge`; questions
    come before denials, and what was asked once is not asked again. Changes nothing, asks no model.
    """
    wishes = read_wishes(said, lexicon, lambda text: products_named(text, shop, lexicon))
    case = Case(
        shop, judge, lexicon, tuple(said), tuple(wishes), frozenset(progress.closed), frozenset(progress.waived)
    )
    found = outcomes(case)
    unclear = [each for each in found if isinstance(each, Unclear)] + list(leftovers(case))
    parts = [part for each in found if isinstance(each, list) for part in each]
    unclear += [*_conflicts(parts), *_repetitions(parts)]
    free = [part for part in _latest(parts) if not any(_blocks(each, part) for each in unclear)]
    for group in _groups(free):
        move = _proposal(case, group)
        if not isinstance(move, Question) or move.topic not in progress.asked:
            return move
    for each in unclear:
        if each.question.topic not in progress.asked:
            return each.question
    return next(
        (each for each in found if isinstance(each, Denial) and not set(each.parts) & set(progress.closed)), None
    )


def products_named(text: str, shop: Shop, lexicon: Lexicon) -> frozenset[str]:
    """The products in the customer's orders that a text names."""
    return frozenset(name for mention in find_mentions(text, shop, lexicon) for name in mention.products)


def _proposal(case: Case, group: Sequence[Part]) -> Proposal | Question | Denial:
    tool, keys, verdict = group[0].tool, tuple(part.key for part in group), None
    unpaid = group[0].tool in ITEM_TOOLS and named_payment(case, group) is None
    for args in arguments(case, group):
        verdict = case.judge(tool, args)
        if verdict.kind != "refused":
            approval = verdict.kind == "needs_approval"
            return Proposal(tool=tool, args=args, parts=keys, needs_approval=approval, reason=verdict.reason)
    if verdict is None or getattr(verdict, "cause", "") == "payment":
        own, why = list_methods(case.shop.customer), "" if unpaid or verdict is None else f"{verdict.reason} "
        return Question(topic=f"{keys[0]}/method", text=f"{why}Which payment method shall I use: {own}?")
    return Denial(text=verdict.reason, parts=keys)


def _conflicts(parts: Sequence[Part]) -> list[Unclear]:
    """Orders of which some things are to go back and others to be exchanged: most shops do one of the two."""
    tools: dict[str, set[str]] = {}
    for part in parts:
        if part.order and part.tool in (*ITEM_TOOLS, "cancel_order"):
            tools.setdefault(part.order.id, set()).add(part.tool)
    return [
        Unclear(
            Question(topic=f"{id}/both", text=f"Only one of these can be done with order {id}: which one do you want?"),
            frozenset({id}),
            tuple(found),
        )
        for id, found in tools.items()
        if len(found) > 1
    ]


def _repetitions(parts: Sequence[Part]) -> list[Unclear]:
    """Orders of which more of an item would be taken than is in them: the same thing was heard as two."""
    found = []
    for group in _groups([part for part in _latest(parts) if part.tool in ITEM_TOOLS]):
        order, items = group[0].order, [item for part in group for item in part.items]
        there = Counter(item.item_id for item in order.items) if order else Counter()
        if order and Counter(items) - there:
            text = f"What exactly shall I do with the items of order {order.id}, one by one?"
            found.append(
                Unclear(Question(topic=f"{order.id}/twice", text=text), frozenset({order.id}), (group[0].tool,))
            )
    return found


def _blocks(unclear: Unclear, part: Part) -> bool:
    if part.tool not in unclear.tools:
        return False
    return not unclear.orders or part.order is None or part.order.id in unclear.orders


def _latest(parts: Sequence[Part]) -> list[Part]:
    """Each item once: what was said last about it counts, and what cancels its order first of all."""
    cancelled = {part.order.id for part in parts if part.tool == "cancel_order" and part.order}
    by_item: dict[tuple[str, str], Part] = {}
    others: list[Part] = []
    for part in parts:
        if part.order and part.tool in ITEM_TOOLS:
            if part.order.id in cancelled:
                continue
            if len(part.items) == 1:
                key = (part.order.id, part.key.rsplit(".", 1)[-1])
                by_item[key] = part
                continue
        if not any(
            part.tool == o.tool and part.order == o.order and part.args == o.args and part.items == o.items
            for o in others
        ):
            others.append(part)
    return [part for part in parts if part in others or part in by_item.values()]


def _groups(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts that one call does, in the order they were wished; an order's address comes before its items."""
    groups: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        groups.setdefault((part.tool, part.order.id if part.order else part.tool), []).append(part)
    return sorted(groups.values(), key=lambda group: group[0].tool in ITEM_TOOLS or group[0].tool == "cancel_order")
