"""What was said and led to nothing: as long as it is not known what becomes of it, its orders are left alone.

A question is always cheaper than a wrong change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.outcomes import ITEM_TOOLS, Unclear
from cxdesk.agent.wishes.records import Question, Wish
from cxdesk.agent.wishes.which_items import name_of, stays, taken_back

_BESIDE_THE_POINT = re.compile(
    r"\b(?:know|check|whether|ask|tell|not|don't|how much|total|keep|because|since|goes with|hear|wonder)\b",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(r"\b(?:only|just|rather|instead|unless|except|skip|forget|leave)\b", re.IGNORECASE)
_SECOND_THOUGHT = re.compile(
    r"\b(?:no,? wait|wait,|scratch that|never ?mind|on second thoughts?|actually,? (?:no|not|don't|leave|keep|forget)|"
    r"changed? my mind about|forget (?:that|it|about))\b",
    re.IGNORECASE,
)


def leftovers(case: Case) -> Iterator[Unclear]:
    """A question for each thing that was spoken of beside the wishes, and for each second thought."""
    wished = _wished(case)
    for wish in case.wishes:
        for text in (wish.context, *wish.notes):
            for sentence in re.split(r"(?<=[.!?;])\s+", text):
                if not _BESIDE_THE_POINT.search(sentence):
                    yield from _unheard(case, wish, sentence, wished)
        if any(_SECOND_THOUGHT.search(note) for note in wish.notes) and not taken_back(case, wish):
            text = "What is it in the end that I shall do for you?"
            yield Unclear(Question(topic=f"{wish.id}/thought", text=text), frozenset(), tuple(ITEM_TOOLS))


def _taken(case: Case, wish: Wish) -> frozenset[str]:
    return frozenset(name for mention in case.mentions(wish.text) for name in mention.products)


def _wished(case: Case) -> set[str]:
    """The products that the wishes name."""
    found: set[str] = set()
    for wish in case.wishes:
        own = case.mentions(wish.text)
        texts = [wish.text] if own else [wish.text, wish.lead, wish.context]
        found.update(name for text in texts for mention in case.mentions(text) for name in mention.products)
    return found


def _unheard(case: Case, wish: Wish, sentence: str, wished: set[str]) -> Iterator[Unclear]:
    for mention in case.mentions(sentence):
        restricted = _RESTRICTS.search(sentence) is not None and bool(mention.products & _taken(case, wish))
        if (restricted or not mention.products & wished) and not stays(sentence, mention):
            name, orders = name_of(mention), frozenset(t.order.id for t in mention.things)
            question = Question(topic=f"{wish.id}/unheard/{name}", text=f"Shall anything be done about {name}?")
            yield Unclear(question, orders, tuple(ITEM_TOOLS))
