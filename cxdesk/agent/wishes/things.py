"""Which of the customer's own things a text means: products by any usual short form, items by their options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from cxdesk.agent.parts import contains
from cxdesk.agent.wishes.lexicon import Lexicon, Token
from cxdesk.agent.wishes.records import Shop
from cxdesk.domain import Order, OrderItem

_TYPO_FROM = 6
# Kinds of container: 'the luggage' is the luggage set.
_CONTAINERS = frozenset({"set", "kit", "pack", "bundle", "puzzle", "cleaner", "purifier", "bulb"})
_WRAPPINGS = frozenset({"set", "kit", "pack", "bundle"})
_DESCRIBING = re.compile(r"(?:ic|less|able|al|ing|ian|oor)$")
_SEVERAL = re.compile(
    r"\b(?:two|both|all|three|four|every|each|2|3|4)(?:\s+(?:of|the|my|those|these|new)){0,2}\s+$", re.IGNORECASE
)


_ONE_OF_SEVERAL = re.compile(
    r"(?:\b(?:one|other|which|(?:more|most|less|least) \w+|\w+er|\w+est)|^|[,.;]) ?of (?:(?:the|my|those|these) )?"
    r"(?:two|three|four|2|3|4)\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"(?:[,;:]|\band\b|&|\bplus\b|\bor\b|\bas well as\b|\balong with\b|\balso\b)\s*"
    r"(?:(?!(?:with|from|in|of|for|to|that|which|on|like|match\w*|beside|goes)\b)[\w'-]+[\s,;]+){0,6}$",
    re.IGNORECASE,
)
# 'the kettle from the order with the shelf, and also the lamp'
_GOES_ON = re.compile(r",\s*(?:and\b|also\b|as well)|\band also\b|\bas well as\b|\bplus\b", re.IGNORECASE)
_DESCRIBES = re.compile(
    r"\b(?:with|from|in|of|for|to|beside|like|than|as|on|matches|goes|not|keep|and keep|using|by|into)\s+"
    r"(?:[\w'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"(?:^|,|\band\b|\bplus\b)\s*(?:also\s+)?(?:the|my|both|two|an?)\s+(?P<thing>[a-z][a-z -]{2,30}?)"
    r"(?=\s*(?:,|\.|$|\band\b|\bin\b|\bfrom\b|\bfor\b|\bto\b|\bthat\b|\bi\b))",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"\b(?:orders?|refund|money|payment|card|paypal|difference|price|same|other|rest|total|cost|option|options|everything|"
    r"change|agent|way|method|one|ones|color|colour|size|address|reason|items?|things?|account|amount|everything|version|bit|little)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Thing:
    """A line of one of the customer's orders."""

    order: Order
    item: OrderItem


@dataclass(frozen=True)
class Mention:
    """A stretch of text that names a product, and the customer's things that it may mean.

    `several`: more than one was asked for in so many words. `plural`: the name was written in the plural.
    """

    start: int
    end: int
    things: tuple[Thing, ...]
    exact: bool = False
    several: bool = False
    plural: bool = False

    @property
    def products(self) -> frozenset[str]:
        return frozenset(thing.item.product_name for thing in self.things)


def all_things(orders: Iterable[Order]) -> list[Thing]:
    return [Thing(order, item) for order in orders for item in order.items]


def find_mentions(text: str, shop: Shop, lexicon: Lexicon) -> list[Mention]:
    """The customer's products that a text names, in order. 'camera' may mean things of several products."""
    tokens = lexicon.tokens(text)
    things = all_things(shop.orders)
    names = {thing.item.product_name: lexicon.words_of(thing.item.product_name) for thing in things}
    mentions = []
    place = 0
    while place < len(tokens):
        sizes = {name: _match(tokens[place:], words) for name, words in names.items()}
        best = max(sizes.values(), default=0)
        ids = [t for t in things if tokens[place].word in (t.item.item_id, t.item.product_id)]
        meant = ids or [t for t in things if best and sizes[t.item.product_name] == best]
        meant = meant or [t for t in things if _is_called(text, tokens[place], names[t.item.product_name])]
        if meant:
            last = tokens[place + max(best, 1) - 1]
            begin = tokens[place].start
            before = text[max(0, begin - 40) : begin]
            several = _SEVERAL.search(before) is not None and not _ONE_OF_SEVERAL.search(before)
            mentions.append(
                Mention(
                    begin,
                    last.end,
                    tuple(meant),
                    exact=bool(ids),
                    several=several,
                    plural=_is_plural(text[begin : last.end], meant),
                )
            )
        place += max(best, 1)
    return mentions


def _is_called(text: str, token: Token, name: Sequence[str]) -> bool:
    """'my black Herons': the first word of a longer name, written as a name."""
    written = (
        token.start > 0 and text[token.start].isupper() and not text[: token.start].rstrip().endswith((".", "!", "?"))
    )
    return written and len(name) > 1 and token.word == name[0]


def _is_plural(written: str, things: Sequence[Thing]) -> bool:
    return written.casefold().endswith("s") and not any(t.item.product_name.casefold().endswith("s") for t in things)


def _match(tokens: Sequence[Token], name: Sequence[str]) -> int:
    """How many of the first tokens name the product: its whole name, or its last words."""
    words = [token.word for token in tokens[: len(name) + 1]]
    for skip in range(len(name)):
        part = name[skip:]
        if skip and part[0] in _WRAPPINGS:
            continue
        if len(words) >= len(part) and all(_same(w, n) for w, n in zip(words, part, strict=False)):
            return len(part)
    if len(words) > len(name) and words == [words[0], words[1], *name[1:]] and words[0] + words[1] == name[0]:
        return len(name) + 1  # 'make-up kit'
    joined = "".join(name)
    if len(words) >= 2 and _same("".join(words[:2]), joined):
        return 2
    first = words[0]
    if _same(first, joined) or (len(first) >= 5 and len(name) == 1 and joined.endswith(first)):
        return 1
    opens = len(name) > 1 and name[-1] in _CONTAINERS and not _DESCRIBING.search(name[0])
    return 1 if opens and first == name[0] else 0


def _same(written: str, meant: str) -> bool:
    if written == meant:
        return True
    if written[:-1] == meant[:-1] or meant.startswith(written) or written.startswith(meant):
        return False  # a word of its own: 'charges' is no charger
    far = len(meant) >= _TYPO_FROM and len(written) >= _TYPO_FROM - 1 and written[0] == meant[0]
    return far and OSA.distance(written, meant, score_cutoff=1) <= 1


def listed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that stand in one list with the first: 'the lamp and the red mat', not 'the lamp beside my mat'."""
    kept = list(mentions[:1])
    for before, mention in pairwise(mentions):
        between = text[max(0, before.end) : mention.start]
        if mention.exact or (_LINKED.search(between) and (before in kept or _GOES_ON.search(between))):
            kept.append(mention)
    return kept


def loose(text: str, mentions: Sequence[Mention], kept: Sequence[Mention]) -> Mention | None:
    """A mention that is in no list and doesn't describe another one either: nobody knows what it is there for."""
    names = {name for mention in kept for name in mention.products}
    return next((m for m in mentions if not m.products & names and not _DESCRIBES.search(text[: m.start])), None)


def ranked_by(things: Sequence[Thing], text: str, lexicon: Lexicon) -> list[Thing]:
    """Those of the things that 'the smaller', 'the tallest' or 'the 4 ft' means; none when no such word is there."""
    for name, sign in (("more", 1), ("most", 1), ("less", -1), ("least", -1)):
        match = lexicon.compare[name].search(text)
        if match is None:
            continue
        scales = {key: ranks for key in _shared_keys(things) if (ranks := _ranks(things, key, lexicon))}
        fitting = [key for key in scales if lexicon.speaks_of(match.group(), key)] or list(scales)
        if len(fitting) == 1:
            ranks = scales[fitting[0]]
            best = max(rank * sign for rank in ranks)
            return [thing for thing, rank in zip(things, ranks, strict=True) if rank * sign == best]
    return []


def _shared_keys(things: Sequence[Thing]) -> list[str]:
    """The options in which the things differ."""
    return [k for k in things[0].item.options if len({t.item.options.get(k) for t in things}) > 1]


def _ranks(things: Sequence[Thing], key: str, lexicon: Lexicon) -> list[float] | None:
    ranked = lexicon.ranked({t.item.options.get(key, "") for t in things})
    return [ranked[t.item.options[key]] for t in things] if ranked else None


def unnamed(text: str, mentions: Sequence[Mention]) -> str | None:
    """A member of a list of things that none of the mentions is: 'the gizmo' of 'the lamp and the gizmo'."""
    for member in _MEMBER.finditer(text):
        spoken = member.group("thing")
        covered = any(m.start < member.end("thing") + 2 and member.start() < m.end for m in mentions)
        if not covered and not _NO_THING.search(spoken):
            return spoken.strip()
    return None


def described(things: Sequence[Thing], text: str, lexicon: Lexicon) -> list[Thing]:
    """Those of the things that have most of the options named in the text; all of them when it names none."""
    words = lexicon.words_of(text)
    scores = [
        sum(_names_value(words, key, value, lexicon) for key, value in thing.item.options.items()) for thing in things
    ]
    best = max(scores, default=0)
    return [thing for thing, score in zip(things, scores, strict=True) if score == best]


def _names_value(words: Sequence[str], key: str, value: str, lexicon: Lexicon) -> bool:
    part = lexicon.words_of(value)
    if value.lower() in ("yes", "no", "none") or not part:
        return False
    if len("".join(part)) < 3:
        return contains(words, [*lexicon.words_of(key)[-1:], *part])
    return contains(words, part)
