"""Which lines of which orders a wish is about.

A name alone often fits several things. They are told apart, in this order, by the order that was named, by what has
become of them, by the order that has everything that was named together, by their options, and by how they compare.
What is left over is asked for, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.agent.wishes.addresses import place_named
from cxdesk.agent.wishes.case import Case
from cxdesk.agent.wishes.outcomes import DONE, TOOLS, Moot, Stop, Unclear, unclear
from cxdesk.agent.wishes.records import Question, Wish
from cxdesk.agent.wishes.things import Mention, Thing, described, listed, loose, ranked_by, unnamed
from cxdesk.domain import Order

EVERYTHING = re.compile(
    r"\b(?:everything|all|whole|entire|each|every)\b|\border(?:s)?\b(?!\s+(?:id|number)\b)", re.IGNORECASE
)
EXCEPT = re.compile(
    r"\b(?:except|but not|other than|besides|excluding|apart from|aside from|save for|with the exception of"
    r"|but keep|and keep|but the)\b"
    r"|,\s*(?:just |and |only )?not\b",
    re.IGNORECASE,
)
RECEIVED = re.compile(r"\b(?:received|delivered|arrived|got|already have|came)\b", re.IGNORECASE)
WAITING = re.compile(
    r"\bpending\b|\bnot (?:yet )?(?:shipped|arrived|received)|\bjust (?:placed|ordered)\b", re.IGNORECASE
)
FROM_TO = re.compile(r"\s(?:to|for|with|into|so that)\s", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|them|they|that|one|ones|this|these|those)\b", re.IGNORECASE)
_ALL_OF_THAT_ORDER = re.compile(
    r"\b(?:everything|all|whole|entire)\b[^,.;]{0,25}\b(?:that|this|the same) (?:same |whole |entire )?order\b",
    re.IGNORECASE,
)
_BEGINS_WITH_IT = re.compile(r"\W*(?:it|them|that|that one|this|this one|these|those)\s*(?:,|\band\b)", re.IGNORECASE)
_SENT = re.compile(r"\b(?:sent|shipped|delivered|going|went|address(?:ed)?|heading)\b", re.IGNORECASE)
_STAYS = re.compile(
    r"\b(?:not|keep(?:ing)?|leave|don't (?:return|exchange|change|cancel|touch|want)|hang on to|without)\b[^,.;]*$",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:keep(?:ing)?|leave|leaving)\b[^,.;]*$", re.IGNORECASE)
# 'the charger black', 'the lamp red one'
_SAID_BEHIND = re.compile(r"\s+((?!(?:from|in|of|and|or|that|which|because|for|to|with|on)\b)\w+)", re.IGNORECASE)
_STAYS_AFTER = re.compile(r"^[^,.;]{0,12}\b(?:stays?|(?:is|are) fine|can stay|should stay)\b", re.IGNORECASE)
_SOME_THING = re.compile(r"\b(?:thing|item|product|article|piece)\b", re.IGNORECASE)
# Behind 'except the lamp': what begins here is not about what is kept.
_GOES_ON = re.compile(
    r",\s*(?:and|but|while|whereas|also)\b.*\b(?:i|want|would|only|from|other|order|return|take)\b", re.IGNORECASE
)
_ONE_ONLY = re.compile(r"\b(?:one|it|other|that|this)\b", re.IGNORECASE)
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(?:one|an?|1)\b(?: of)?(?: \w+){0,2}\s*$", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\b(?:other|fine|keep|stays?|leave|not)\b", re.IGNORECASE)
_WANTED = re.compile(r"\b(?:want|would like|'d like|prefer|rather|need|instead|should be)\b", re.IGNORECASE)
_ORDER_WITH = re.compile(
    r"\border\s+(?:with|containing|that (?:has|had|contains|includes)|which (?:has|had)|including)\b[^,.;]*$",
    re.IGNORECASE,
)


def things_meant(case: Case, wish: Wish, text: str | None = None) -> list[Mention]:
    """What the wish names; else what its lead, what was said before it, or the wish before it named."""
    text = wish.text if text is None else text
    named = [
        m
        for m in _without_targets(case.mentions(text))
        if not (_tells_the_order(text, m) or _KEPT.search(text[: m.start]))
    ]
    found = listed(text, named)
    if found and wish.verb in ("exchange", "modify") and (lost := loose(text, named, found)):
        raise Stop(unclear(wish, f"loose/{name_of(lost)}", f"What shall I do about {name_of(lost)}?"))
    if found and wish.verb == "return":
        if other := unnamed(text, [*found, *case.mentions(text)]):
            raise Stop(unclear(wish, "thing", f"I can't find {other!r} in your orders: which item do you mean?"))
        if lost := loose(text, named, found):
            raise Stop(unclear(wish, f"loose/{name_of(lost)}", f"What shall I do about {name_of(lost)}?"))
    if found and wish.verb == "return" and _BEGINS_WITH_IT.match(text):  # 'return it, and the lamp too'
        return [*_named_before(case, wish, "it"), *found]
    if found or (EVERYTHING.search(text) and not _PRONOUN.search(_ALL_OF_THAT_ORDER.sub(" ", text))):
        return found
    return _named_before(case, wish, text)


def _named_before(case: Case, wish: Wish, text: str) -> list[Mention]:
    """What 'it' stands for."""
    lead = [m for m in case.mentions(wish.lead) if not stays(wish.lead, m)]
    if lead:
        return [_pointed_back(m, -1, text) for m in lead[-1:]]
    if (wish.implied or not text.strip(" .!?") or _PRONOUN.search(text)) and (context := case.mentions(wish.context)):
        return [_pointed_back(m, -1 - n, text) for n, m in enumerate(context)]
    if wish.verb == "cancel" and not (wish.instead_of or _PRONOUN.search(text)):
        return []
    for earlier in reversed(case.wishes[: case.place(wish)]):
        for heard in (earlier.text, *earlier.notes, earlier.lead, earlier.context):
            before = _without_targets(case.mentions(heard))
            if before:
                return [_pointed_back(m, -1 - n, text) for n, m in enumerate(before)]
    return []


def told_later(case: Case, wish: Wish) -> list[Mention]:
    """What was named after a wish that named nothing: the answer to 'Which items?'."""
    named = [m for note in wish.notes for m in case.mentions(note) if not stays(note, m)]
    return [replace(mention, start=-1 - n) for n, mention in enumerate(named)]


def _pointed_back(mention: Mention, start: int, text: str) -> Mention:
    """A mention from before; 'the green one' is one of the two that were spoken of."""
    both = mention.several and not _ONE_ONLY.search(text)
    return replace(mention, start=start, several=both, plural=mention.plural and both)


def excepted(case: Case, wish: Wish) -> tuple[list[Mention], str]:
    """What shall be kept, and the text without it."""
    found = EXCEPT.search(wish.text)
    if found is None:
        return [], wish.text
    if _GOES_ON.search(wish.text[found.end() :]):
        raise Stop(unclear(wish, "kept", "Which items exactly shall I take, and which do you want to keep?"))
    return case.mentions(wish.text[found.end() :]), wish.text[: found.start()]


def taken_back(case: Case, wish: Wish) -> frozenset[str]:
    """The products of which something said after the wish takes it back: 'no wait, not the lamp'."""
    return frozenset(
        name
        for note in wish.notes
        for mention in case.mentions(note)
        if stays(note, mention)
        for name in mention.products
    )


def stays(text: str, mention: Mention) -> bool:
    """Whether the text says that nothing shall happen to what it mentions."""
    return bool(_STAYS.search(text[: mention.start]) or _STAYS_AFTER.search(text[mention.end :]))


def _tells_the_order(text: str, mention: Mention) -> bool:
    """'the kettle from the order with the shelf' is about the kettle."""
    before = text[: mention.start]
    return (
        _ORDER_WITH.search(before) is not None
        and re.search(r"\b(?:in|from|of)\s+\S+\s+(?:\S+\s+)?order\b", before, re.I) is not None
    )


def choose(case: Case, wish: Wish, mention: Mention, spec: str = "") -> list[Thing]:
    """The things of a mention that the wish can be about. Raises `Stop` when there is none, or no telling which."""
    things = [t for t in mention.things if case.allows_any(wish, t.order)]
    if not things and {t.order.id for t in mention.things} <= case.changed_since(wish):
        raise Moot
    if not things:
        raise Stop(f"{capital(name_of(mention))} can't be {DONE[wish.verb]}: {_states(mention)}.")
    things = _in_named_orders(case, wish, mention, things)
    if len(things) > 1:
        things = _described(case, wish, mention, things, spec)
    if len({t.item.product_name for t in things}) == 1 and wish.verb == "exchange":
        things = [t for t in things if case.allows(TOOLS[wish.verb][0], t.order)] or things
    if len(things) > 1:
        things = _by_comparison_or_place(case, wish, mention, things)
    if len(things) == 1 or mention.several:
        return things
    if len({(t.order.id, t.item.item_id) for t in things}) == 1:
        return _of_equal_lines(wish, mention, things)
    listing = "; ".join(f"{_item_words(t)} in {t.order.id}" for t in things)
    question = Question(topic=f"{wish.id}/{mention.start}/which", text=f"Which one do you mean: {listing}?")
    raise Stop(Unclear(question, frozenset(t.order.id for t in things), TOOLS[wish.verb]))


def _of_equal_lines(wish: Wish, mention: Mention, things: list[Thing]) -> list[Thing]:
    """Which of several lines with the very same item: all in the plural, one when one was said."""
    if _ONE_OF.search(_words_before(wish, mention)):
        return things[:1]
    if mention.plural or wish.verb == "cancel":
        return things
    text = f"There are {len(things)} of {name_of(mention)} in {things[0].order.id}: do you mean one or all of them?"
    raise Stop(unclear(wish, f"{mention.start}/count", text))


def _described(case: Case, wish: Wish, mention: Mention, things: list[Thing], spec: str) -> list[Thing]:
    """Those with the options that were named; 'the other one' are those without."""
    if mention.start < 0 and _OTHER.search(wish.text):
        spoken = described(things, f"{wish.context} {wish.lead}", case.lexicon)
        return [t for t in things if t not in spoken] or things
    return described(things, _description(wish, mention, spec), case.lexicon)


def _in_named_orders(case: Case, wish: Wish, mention: Mention, things: list[Thing]) -> list[Thing]:
    nearby = " ".join([wish.context if mention.start < 0 else "", wish.lead, wish.text])
    named = case.orders_named(nearby) or case.orders_named(" ".join(case.said))
    things = [t for t in things if t.order in named] or things
    for pattern, tool in ((WAITING, "modify_order_items"), (RECEIVED, "return_items")):
        if pattern.search(_words_near(wish, mention)):
            things = [t for t in things if case.allows(tool, t.order)] or things
    if len({t.order.id for t in things}) > 1:
        told = {o.id for m in case.mentions(wish.text) if _tells_the_order(wish.text, m) for o in orders_of(m)}
        things = [t for t in things if t.order.id in told] or things
    if len({t.order.id for t in things}) > 1 and not mention.several:
        together = _orders_with_all(case, wish)
        things = [t for t in things if t.order.id in together] or things
    return things


def _orders_with_all(case: Case, wish: Wish) -> set[str]:
    """The one order that has everything named in the wish, where more than one thing is."""
    products = [m.products for m in case.mentions(f"{wish.lead} {wish.text}")]
    if len(set(products)) < 2:
        return set()
    having = {o.id for o in case.shop.orders if all({i.product_name for i in o.items} & p for p in products)}
    return having if len(having) == 1 else set()


def _by_comparison_or_place(case: Case, wish: Wish, mention: Mention, things: list[Thing]) -> list[Thing]:
    """'the more expensive lamp', 'the smaller of the two', 'the lamp that went to Texas'."""
    near = _words_near(wish, mention)
    ranked = sorted(things, key=lambda thing: thing.item.price)
    if case.lexicon.compare["dearer"].search(near):
        return ranked[-1:] if ranked[-1].item.price > ranked[-2].item.price else things
    if case.lexicon.compare["cheaper"].search(near):
        return ranked[:1] if ranked[0].item.price < ranked[1].item.price else things
    if found := ranked_by(things, _words_before(wish, mention), case.lexicon):
        return found
    return [t for t in things if went_to_named_place(case, t.order, near)] or things


def extreme_thing(case: Case, wish: Wish, orders: Sequence[Order]) -> Thing | None:
    """'the most expensive thing in my order'; None when no one thing is singled out by its price."""
    if not _SOME_THING.search(wish.text):
        return None
    ranked = sorted((Thing(o, i) for o in orders for i in o.items), key=lambda thing: thing.item.price)
    if case.lexicon.compare["dearest"].search(wish.text):
        ranked.reverse()
    elif not case.lexicon.compare["cheapest"].search(wish.text):
        return None
    return ranked[0] if len(ranked) == 1 or ranked[0].item.price != ranked[1].item.price else None


def went_to_named_place(case: Case, order: Order, text: str) -> bool:
    return _SENT.search(text) is not None and bool(place_named([order.ship_to], text, case.lexicon))


def orders_of(mention: Mention) -> list[Order]:
    return list({t.order.id: t.order for t in mention.things}.values())


# ---------------------------------------------------------------- words


def _words_before(wish: Wish, mention: Mention) -> str:
    if mention.start < 0:
        return wish.lead
    return wish.text[max(0, mention.start - 40) : mention.start].rpartition(",")[2]


def _words_near(wish: Wish, mention: Mention) -> str:
    """The words around a thing's name that may say what has become of it."""
    if mention.start < 0:
        own = FROM_TO.split(wish.text)[0] if wish.verb in ("exchange", "modify") else wish.text
        return f"{wish.context} {wish.lead} {own}"
    after = FROM_TO.split(wish.text[mention.end :])[0][:40]
    return f"{wish.lead} {wish.text[max(0, mention.start - 40) : mention.start]} {after}"


def _description(wish: Wish, mention: Mention, spec: str) -> str:
    """What tells one thing from another: what stands before its name, and what stands before 'to' or 'for'."""
    if mention.start < 0:
        own = FROM_TO.split(wish.text)[0] if wish.verb in ("exchange", "modify") else wish.text
        return " ".join([own, *wish.notes])
    before = wish.text[max(0, mention.start - 40) : mention.start]
    own = spec
    if wish.verb in ("exchange", "modify"):
        cut = FROM_TO.search(spec)
        own = spec[: cut.start()] if cut else ""
    elif not own and (behind := _SAID_BEHIND.match(wish.text, mention.end)):
        own = behind[1]
    elif stop := EXCEPT.search(own or ""):
        own = own[: stop.start()]
    beside = [note for note in wish.notes if not _OF_ANOTHER.search(note)]
    if wish.verb in ("exchange", "modify"):  # what is wanted tells nothing about what is there
        beside = [note for note in beside if not _WANTED.search(note)]
    return " ".join([before, own, *beside])


def _without_targets(mentions: Sequence[Mention]) -> list[Mention]:
    """'the lamp for the cheapest lamp' names one thing."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.exact or mention.products != kept[-1].products:
            kept.append(mention)
    return kept


def name_of(mention: Mention) -> str:
    return "the " + " or ".join(sorted(mention.products))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _states(mention: Mention) -> str:
    return " and ".join(dict.fromkeys(f"order {t.order.id} is {t.order.status}" for t in mention.things))


def _item_words(thing: Thing) -> str:
    return f"{thing.item.product_name} ({', '.join(thing.item.options.values())})"
