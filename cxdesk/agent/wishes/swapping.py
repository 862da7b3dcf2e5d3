"""Exchanges and modifications: each thing for the one available variant that fits what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.outcomes import TOOLS, Part, Stop, Unclear, unclear
from cxdesk.agent.wishes.prices import holds
from cxdesk.agent.wishes.records import Question, Wish
from cxdesk.agent.wishes.things import Mention, Thing
from cxdesk.agent.wishes.variants import Choice, choose_variant, read_target
from cxdesk.agent.wishes.which_items import FROM_TO, RECEIVED, WAITING, choose, taken_back, things_meant
from cxdesk.domain import Product, Variant

_LIKE_ANOTHER = re.compile(
    r"\b(?:same|type|kind|one|match\w*|like)\b.*\b(?:in|as|from|of)\b.*\b(?:order\b|already|received|have|bought)",
    re.IGNORECASE,
)
_INSTEAD_OF = re.compile(r"\b(?:instead of|rather than|in place of|not)\s+(?:the|my|this|that)?\s*$", re.IGNORECASE)
_MORE_THAN_ONE = re.compile(
    r"\b(?:both|each|two|all|them|they|these|those|another one|second|(?:the|and) (?:first|other)"
    r"(?! one (?:should |can |may )?(?:stays?|is fine)))\b",
    re.IGNORECASE,
)
_JUST_ONE = re.compile(r"\b(?:just|only) (?:the )?one\b|\bone of (?:them|the|my|these|those)\b", re.IGNORECASE)
_AN_ITEM = re.compile(r"\b(?:item|thing|product|article)\b", re.IGNORECASE)
_FILLING = re.compile(r"\b(?:and|or|both|the|my|also)\b|\W", re.IGNORECASE)

Swap = Part | Unclear | str | None


def swaps(case: Case, wish: Wish) -> list[Part]:
    """One part for each thing. Raises `Stop` when any of them can't be had as wished, or it isn't clear which is."""
    mentions = things_meant(case, wish) or _only_item(case, wish)
    if not mentions:
        raise Stop(unclear(wish, "item", "Which item do you want to change, and to what?"))
    back = taken_back(case, wish)
    parts: list[Part] = []
    for mention in mentions:
        if not case.has_closed(f"{wish.id}/{mention.start}.") and not mention.products <= back:
            parts += _of_mention(case, wish, mention, _spec(wish, mention, mentions))
    return parts


def _only_item(case: Case, wish: Wish) -> list[Mention]:
    """'the item of my pending order': the one thing of the one order that can be changed so."""
    if not _AN_ITEM.search(wish.text):
        return []
    tool = "modify_order_items" if WAITING.search(wish.text) else TOOLS[wish.verb][0]
    orders = case.orders_named(f"{wish.lead} {wish.text}") or [o for o in case.shop.orders if case.allows(tool, o)]
    things = [Thing(order, item) for order in orders for item in order.items]
    return [Mention(-1, -1, tuple(things))] if len(things) == 1 else []


def _of_mention(case: Case, wish: Wish, mention: Mention, spec: str) -> list[Part]:
    """The parts for one thing: as it was wished, else as the customer would have it instead."""
    things = choose(case, wish, mention, spec)
    _refuse_one_of_many(case, wish, things)
    outcomes = [_swap(case, wish, mention, thing, spec) for thing in things]
    if not _nothing_to_ask(case, wish, mention, outcomes):
        why = next(each for each in outcomes if isinstance(each, Unclear | str))
        raise Stop(why, frozenset(thing.order.id for thing in things))
    return [each for each in outcomes if isinstance(each, Part)]


def _refuse_one_of_many(case: Case, wish: Wish, things: Sequence[Thing]) -> None:
    """Raises `Stop` when an order has several of a product, and more than the one found may be meant."""
    chosen = things[0]
    alike = [i for i in chosen.order.items if i.product_name == chosen.item.product_name]
    if len(things) >= len(alike) or _JUST_ONE.search(" ".join(case.said)):
        return
    twice = sum(i.item_id == chosen.item.item_id for i in alike) > 1
    if twice or _MORE_THAN_ONE.search(" ".join([wish.context, wish.lead, wish.text, *wish.notes])):
        text = (
            f"There are {len(alike)} of the {chosen.item.product_name} in {chosen.order.id}: what shall each be like?"
        )
        raise Stop(unclear(wish, "each", text))


def _nothing_to_ask(case: Case, wish: Wish, mention: Mention, outcomes: Sequence[Swap]) -> bool:
    """Whether each thing is settled: it is swapped, it may stay, or a later wish tells more about it."""
    if all(each is None or isinstance(each, Part) for each in outcomes):
        return True
    if not any(isinstance(each, Unclear) and each.question.topic.endswith("/like") for each in outcomes):
        return False
    later = [w for w in case.wishes[case.place(wish) + 1 :] if w.verb in ("exchange", "modify")]
    return any(mention.products & m.products for w in later for m in case.mentions(f"{w.lead} {w.text}"))


def _swap(case: Case, wish: Wish, mention: Mention, thing: Thing, spec: str) -> Swap:
    """The part; what to ask; why it is impossible; None when the customer would rather leave it then."""
    name = thing.item.product_name
    product, current = case.shop.products.get(thing.item.product_id or ""), case.shop.variant(thing.item)
    if product is None or current is None:
        return f"The {name} isn't sold any more, so it can't be exchanged for another one."
    if not all(read_target(product, current, text, case.lexicon).must for text in wish.requires):
        return unclear(wish, "doubt", "Could you tell me in one sentence what I shall do for you there?")
    choice = _choice(case, wish, mention, thing, product, current, spec)
    if choice is None:
        return None
    key = f"{wish.id}/{mention.start}.{thing.order.id}.{thing.item.line_no}"
    tool = case.tool(wish, thing.order)
    if choice.variant is None:
        return _ask(choice, key, thing, current, tool)
    allowed = _price_is_right(wish, thing, choice.variant)
    if allowed is None:
        text = f"The {name} would then cost {choice.variant.price:.2f} {choice.variant.currency}: do you want it?"
        return Unclear(Question(topic=f"{key}/price", text=text), frozenset({thing.order.id}), (tool,))
    if not allowed:
        rather = any(fallback.nothing for fallback in wish.fallbacks) or any(limit.otherwise for limit in wish.limits)
        return (
            None
            if rather
            else f"At {choice.variant.price:.2f} {choice.variant.currency}, the {name} is not what you asked for."
        )
    return Part(key, tool, thing.order, wish, items=(thing.item.item_id,), new_items=(choice.variant.item_id,))


def _choice(
    case: Case, wish: Wish, mention: Mention, thing: Thing, product: Product, current: Variant, spec: str
) -> Choice | None:
    """The variant by what was said about it: behind its name, then around it, then as a second choice."""
    told = _target_of(spec, product, current, case.lexicon)
    told = " ".join([_asked_before(wish, mention, product, current, case.lexicon), told, *wish.requires])
    pattern = _pattern(case, thing, told)
    if _INSTEAD_OF.search(wish.text[: max(0, mention.start)]):  # 'a red one instead of the blue lamp'
        told = wish.text[: mention.start]
    choice = choose_variant(product, current, told, wish.preference, case.lexicon, model=pattern)
    if choice.why in ("unclear", "several"):
        more = _all_told(case, wish, mention, spec) if choice.why == "unclear" else " ".join([told, *wish.notes])
        again = choose_variant(product, current, more, wish.preference, case.lexicon, model=pattern)
        if choice.why == "unclear" or again.variant is not None:
            told, choice = more, again
    for hope in _hopes(case, wish, product, current):
        if choice.variant is not None or choice.why == "several":
            choice = choose_variant(product, current, told, wish.preference, case.lexicon, instead=hope)
    for note in case.said_since(wish):
        if choice.variant is None and choice.why == "none" and read_target(product, current, note, case.lexicon).must:
            choice = choose_variant(product, current, told, wish.preference, case.lexicon, instead=note)
    for fallback in wish.fallbacks:
        if choice.variant is None and choice.why in ("none", "same"):
            if fallback.nothing:
                return None
            choice = choose_variant(product, current, told, wish.preference, case.lexicon, instead=fallback.text)
    return choice


def _asked_before(wish: Wish, mention: Mention, product: Product, current: Variant, lexicon: Lexicon) -> str:
    """What stands before the name, when it isn't true of the present one: 'a wireless mouse in white'."""
    before = re.split(r"[,;]|\band\b", wish.text[max(0, mention.start - 40) : max(0, mention.start)])[-1]
    named = read_target(product, current, before, lexicon).must
    return before if any(current.options.get(key) not in values for key, values in named.items()) else ""


def _hopes(case: Case, wish: Wish, product: Product, current: Variant) -> list[str]:
    """Options of this product without which the customer wants something else: 'if there is no red lamp'."""
    return [
        hope
        for hope in wish.hopes
        if any(product.name in mention.products for mention in case.mentions(hope))
        and read_target(product, current, hope, case.lexicon).must
    ]


def _all_told(case: Case, wish: Wish, mention: Mention, spec: str) -> str:
    about_it = any(m.products & mention.products for m in case.mentions(wish.context))
    before = wish.text[max(0, mention.start - 25) : max(0, mention.start)].rpartition(",")[2]
    earlier = [wish.context if about_it else "", wish.lead if mention.start < 0 else ""]
    return " ".join([*earlier, before, spec, *wish.notes, *wish.requires])


def _ask(choice: Choice, key: str, thing: Thing, current: Variant, tool: str) -> Unclear | str:
    name = thing.item.product_name
    if choice.why == "none":
        return f"No {name} with those options is available."
    if choice.why == "same":
        return f"The {name} can only be exchanged for one with other options."
    listed = "; ".join(_variant_words(v, current) for v in choice.fitting[:5])
    text = f"Which {name} would you like instead: {listed}?" if listed else f"What shall the new {name} be like?"
    topic = f"{key}/{'which' if listed else 'like'}"
    return Unclear(Question(topic=topic, text=text), frozenset({thing.order.id}), (tool,))


def _price_is_right(wish: Wish, thing: Thing, new: Variant) -> bool | None:
    """Whether the new price is one that the customer accepts; None when their condition can't be read."""
    verdicts = [holds(limit, thing.item.price, new.price) for limit in wish.limits]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _pattern(case: Case, thing: Thing, spec: str) -> Variant | None:
    """The variant that the customer has in another order, when they point at it."""
    if not _LIKE_ANOTHER.search(spec):
        return None
    others = [
        Thing(order, item)
        for order in case.shop.orders
        for item in order.items
        if item.product_id == thing.item.product_id and item.item_id != thing.item.item_id
    ]
    if WAITING.search(spec):
        others = [t for t in others if case.allows("modify_order_items", t.order)]
    elif RECEIVED.search(spec):
        others = [t for t in others if case.allows("return_items", t.order)]
    variants = {t.item.item_id: case.shop.variant(t.item) for t in others}
    return next(iter(variants.values())) if len(variants) == 1 else None


def _spec(wish: Wish, mention: Mention, mentions: Sequence[Mention]) -> str:
    """What is said about the new one: up to the next thing; 'the lamp and the mat for the cheapest' is about both."""
    if mention.start < 0:
        return wish.text
    later = sorted(m.start for m in mentions if m.start > mention.start)
    spec = wish.text[mention.end : later[0] if later else len(wish.text)]
    if later and not _FILLING.sub("", spec):
        return _spec(wish, next(m for m in mentions if m.start == later[0]), mentions)
    return spec


def _target_of(spec: str, product: Product, current: Variant, lexicon: Lexicon) -> str:
    """What comes after 'to' or 'for': 'the black one to a blue one' asks for blue.

    All of it, when what comes before is not true of the present one: 'in red with a long strap'.
    """
    cut = FROM_TO.search(spec)
    if cut is None:
        return spec
    named = read_target(product, current, spec[: cut.start()], lexicon).must
    described = all(current.options.get(key) in values for key, values in named.items())
    return spec[cut.start() :] if described else spec


def _variant_words(variant: Variant, current: Variant) -> str:
    changed = [f"{k} {v}" for k, v in variant.options.items() if current.options.get(k) != v]
    return f"{', '.join(changed)} for {variant.price:.2f} {variant.currency}"
