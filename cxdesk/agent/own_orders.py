"""What a question means among the customer's own orders and tickets.

'Has my lamp gone out?' names no order, yet only one of theirs holds a lamp; 'and the cable?' asks of another thing what
was just asked. Such a request is given the orders it is about and the intent of what is asked of them, so that it is
looked up and answered like one that names them. Whatever else is asked of a thing (how it is used, what it costs today)
comes back as it was. The words are in `resources/own_orders.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cxdesk.agent.parts import contains, parts
from cxdesk.agent.sentences import content_words, stem
from cxdesk.domain import IntentScore, Order, OrderItem, Request, Ticket, is_finished

# Orders that are told of at once; of more it is said what they are.
ORDERS_TOLD = 3
# A follow-up that only names a thing says no more than this.
_MOST_WORDS = 4
_SURE = 0.9
_REFUNDED = ("return", "cancel", "refund")
_FIGURES = re.compile(r"(?<![\w.,$])\d{4,}(?![\w%])")


@dataclass(frozen=True)
class OwnWords:
    """Patterns by their names, and what is asked of an order in the order in which it counts."""

    owning: re.Pattern[str]
    arriving: re.Pattern[str]
    general: re.Pattern[str]
    not_there: re.Pattern[str]
    elsewhere: re.Pattern[str]
    unsent: re.Pattern[str]
    not_arrived: re.Pattern[str]
    on_sale: re.Pattern[str]
    orders: re.Pattern[str]
    newest: re.Pattern[str]
    pointing: re.Pattern[str]
    goes_on: re.Pattern[str]
    ticket_asks: re.Pattern[str]
    ticket_itself: re.Pattern[str]
    aspects: Sequence[tuple[str, re.Pattern[str]]]
    filler: frozenset[str]
    same: Mapping[str, str]
    describing: frozenset[str]
    wide: frozenset[str]

    @classmethod
    def load(cls, file: Path) -> OwnWords:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        things = tables["things"]
        return cls(
            **{name: _pattern(text) for name, text in tables["patterns"].items()},
            aspects=[(each["intent"], _pattern(each["pattern"])) for each in tables["aspect"]],
            filler=content_words(things["filler"]),
            same={word: group.split()[0] for group in things["same"] for word in group.split()},
            describing=frozenset(map(stem, things["describing"].split())),
            wide=frozenset(map(stem, things["wide"].split())),
        )

    def aspect(self, text: str) -> str | None:
        """The intent of what is asked of an order, if anything is."""
        found = next((intent for intent, pattern in self.aspects if pattern.search(text)), None)
        return None if found in ("order_status", "order_options") and self.elsewhere.search(text) else found

    def parts(self, text: str) -> list[str]:
        """The words of a text as they compare: small, figures apart from units, without endings, one word a meaning."""
        return [self._form(part) for part in parts(text)]

    def telling(self, text: str) -> set[str]:
        """The words that say what a text is about, as they compare."""
        return {self._form(word) for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if content_words(word)}

    def _form(self, word: str) -> str:
        bare = stem(self.same.get(word, word))
        return stem(self.same.get(bare, bare))


@dataclass(frozen=True)
class Own:
    """What the customer has: `orders` newest first, and `tickets`.

    `said` is the customer's last message, `told` what the desk replied, `asked` the intent that it answered.
    """

    orders: Sequence[Order] = ()
    tickets: Sequence[Ticket] = ()
    said: str = ""
    told: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Thing:
    """A line of one of the customer's orders."""

    order: Order
    item: OrderItem


def all_about_own(
    requests: Sequence[Request], own: Own, kind: Callable[[str], str], words: OwnWords
) -> tuple[Request, ...]:
    """The requests of a message, each with what of the customer's own it is about; what one names the next may mean."""
    read: list[Request] = []
    for request in requests:
        read.append(about_own(request, own, kind, words))
        if kind(read[-1].intent.name) == "order" and (ids := read[-1].entities.order_ids):
            own = replace(own, said=request.text, told=" ".join(ids), asked=read[-1].intent.name)
    return tuple(read)


def about_own(request: Request, own: Own, kind: Callable[[str], str], words: OwnWords) -> Request:
    """The request with the orders or tickets of theirs that it is about; any other comes back as it is."""
    text = request.text.replace("’", "'")
    now = kind(request.intent.name)
    if now in ("talk", "action") or request.entities.ticket_ids:
        return request
    if request.entities.order_ids:
        return _asked_of_named(request, text, now, words)
    if now == "order" and (words.general.search(text) or words.not_there.search(text)):
        return _as(request, "question")
    return _of_ticket(request, text, own, words) or _of_orders(request, text, now, own, words) or request


def find_things(text: str, orders: Iterable[Order], words: OwnWords) -> list[Thing]:
    """The lines of these orders that a text names, those that fit best: 'the red band' is none of the black ones."""
    said = words.parts(text)
    things = [Thing(order, item) for order in orders for item in order.items]
    fits = [_names(said, words.parts(thing.item.product_name), words) for thing in things]
    best = max(fits, default=0)
    named = [thing for thing, fit in zip(things, fits, strict=True) if best and fit == best]
    chosen = [sum(contains(said, words.parts(v)) for v in thing.item.options.values()) for thing in named]
    return [thing for thing, count in zip(named, chosen, strict=True) if count == max(chosen)]


def _asked_of_named(request: Request, text: str, now: str, words: OwnWords) -> Request:
    """Of an order that is named something else may be asked than its status."""
    aspect = words.aspect(text)
    finer = aspect in ("order_payment", "order_address", "order_refund", "order_tracking")
    told = now == "open" and aspect == "order_status" and not words.general.search(text)
    return _as(request, aspect) if aspect and (told or (finer and now in ("order", "open"))) else request


def _of_ticket(request: Request, text: str, own: Own, words: OwnWords) -> Request | None:
    """'Is anyone working on my lamp problem?' is about the ticket with the lamp in its subject."""
    if not words.ticket_asks.search(text) and not words.ticket_itself.search(text):
        return None
    said = words.telling(text)
    shares = [len(said & words.telling(ticket.subject)) for ticket in own.tickets]
    best = max(shares, default=0)
    meant = [ticket for ticket, share in zip(own.tickets, shares, strict=True) if best and share == best]
    if not meant and words.ticket_itself.search(text):
        meant = list(own.tickets)
    ordered = words.aspect(text) in ("order_status", "order_tracking") and find_things(text, own.orders, words)
    if not meant or (ordered and not words.ticket_itself.search(text) and any(t.order_id for t in meant)):
        return None
    about = {ticket.order_id for ticket in meant}
    under_way = [order for order in own.orders if order.id in about and not is_finished(order.status)]
    if under_way and not words.ticket_itself.search(text):  # 'Still no kettle': the order tells more than its ticket
        return _with(request, under_way, "order_status", own)
    entities = request.entities.model_copy(update={"ticket_ids": tuple(ticket.id for ticket in meant)})
    return _as(request.model_copy(update={"entities": entities}), "ticket_status")


def _of_orders(request: Request, text: str, now: str, own: Own, words: OwnWords) -> Request | None:
    aspect = words.aspect(text)
    if aspect == "account_profile":
        return _as(request, aspect) if own.orders else None
    follows = words.goes_on.match(text) is not None
    rest = content_words(words.goes_on.sub("", text)) - words.filler
    told = [order for order in own.orders if order.id in own.told]
    owned = now == "order" or words.owning.search(text) or words.arriving.search(text)
    if numbered := _numbered(text, own.orders):
        return _with(request, numbered, aspect or own.asked or "order_status", own)
    if now != "order" and words.general.search(text):
        return _on_sale(request, text, told, own, words)
    things = find_things(text, own.orders, words)
    if things and not aspect and follows and own.asked and len(rest) <= _MOST_WORDS:
        return _with(request, _meant(things, own.asked, text, told, words), own.asked, own, things)
    if not aspect and words.arriving.search(text):
        aspect = "order_status"
    if not aspect and owned and things and _asks_which_option(text, things, words):
        aspect = "order_options"
    aspect = aspect or (request.intent.name if now == "order" else None)
    if aspect is None:
        return _on_sale(request, text, told, own, words)
    spoken_of = any(thing.order in told for thing in things)
    if things and (owned or spoken_of or (told and aspect == own.asked)):
        return _with(request, _meant(things, aspect, text, told, words), aspect, own, things)
    if words.newest.search(text) and owned and own.orders:
        return _with(request, own.orders[:1], aspect, own)
    points = words.pointing.search(text) or now == "order" or aspect == "order_refund"
    theirs = {item.product_name for order in told for item in order.items}
    if told and points and not things and theirs.issuperset(request.entities.products):
        return _of_told(request, text, told, aspect, own, words)
    asks = owned or now == "order" or aspect == "order_refund"
    return _of_any(request, text, aspect, own, words) if asks else None


def _of_told(
    request: Request, text: str, told: Sequence[Order], aspect: str, own: Own, words: OwnWords
) -> Request | None:
    """What goes on about the orders that were told of last, if they are few."""
    if len(told) > ORDERS_TOLD:
        return _of_any(request, text, aspect, own, words)
    missing = [order for order in told if not is_finished(order.status)] if words.not_arrived.search(text) else []
    told = missing or told
    things = find_things(own.said, told, words)
    named = things or [Thing(order, i) for order in told for i in order.items if i.product_name in own.told]
    return _with(request, told, aspect, own, named)


def _on_sale(request: Request, text: str, told: Sequence[Order], own: Own, words: OwnWords) -> Request | None:
    """'Do you have it in red too?' after a talk about one thing of theirs asks the catalogue."""
    names = {thing.item.product_name for thing in find_things(own.said, told, words)}
    if len(names) != 1 or not words.on_sale.search(text) or not words.pointing.search(text):
        return None
    entities = request.entities.model_copy(update={"products": tuple(names)})
    return _as(request.model_copy(update={"entities": entities}), "product")


def _asks_which_option(text: str, things: Sequence[Thing], words: OwnWords) -> bool:
    """'Is mine for gas or electric?'"""
    said = words.parts(text)
    values = {value for thing in things for value in thing.item.options.values()}
    return re.search(r"\bor\b", text) is not None and any(contains(said, words.parts(value)) for value in values)


def _of_any(request: Request, text: str, aspect: str, own: Own, words: OwnWords) -> Request | None:
    """What is asked of orders without naming a thing: of those under way, those paid back, or the only one."""
    open_orders = [order for order in own.orders if not is_finished(order.status)]
    if aspect == "order_refund":
        returned = [order for order in own.orders if order.status.casefold().startswith(_REFUNDED)]
        return _with(request, returned[:1], aspect, own) if returned else None
    if words.unsent.search(text):
        unsent = [order for order in open_orders if not order.fulfillments]
        return _with(request, unsent[:ORDERS_TOLD], aspect, own)
    asks_who = not own.orders and words.arriving.search(text)
    if not asks_who and not words.orders.search(text) and not request.intent.name.startswith("order_"):
        return None
    if aspect in ("order_tracking", "order_address") and open_orders:
        sent = [order for order in open_orders if order.fulfillments and aspect == "order_tracking"]
        return _with(request, (sent or open_orders)[:ORDERS_TOLD], aspect, own)
    if len(own.orders) == 1:
        return _with(request, own.orders, aspect, own)
    return request if request.intent.name == "list_orders" else _as(request, aspect)


def _meant(things: Sequence[Thing], aspect: str, text: str, told: Sequence[Order], words: OwnWords) -> list[Order]:
    """The orders with these things: those that the question can be about, if several hold one."""
    found = list({thing.order.id: thing.order for thing in things}.values())
    if aspect == "order_count":
        return found
    if aspect == "order_refund":
        return [order for order in found if order.status.casefold().startswith(_REFUNDED)] or found
    orders = [order for order in found if not order.status.casefold().startswith("cancel")] or found
    if words.newest.search(text):
        return orders[:1]
    on_the_way = aspect in ("order_status", "order_tracking", "order_address")
    spoken_of = [order for order in orders if order in told]
    under_way = [order for order in orders if not is_finished(order.status)] if on_the_way else []
    return (under_way if on_the_way else spoken_of) or spoken_of or orders


def _with(request: Request, orders: Sequence[Order], aspect: str, own: Own, things: Sequence[Thing] = ()) -> Request:
    ids = tuple(order.id for order in orders)
    about = {order.id for order in orders}
    reported = aspect == "order_status"
    tickets = [t.id for t in own.tickets if reported and t.order_id in about and not t.status.is_over]
    names = tuple(dict.fromkeys(thing.item.product_name for thing in things if thing.order.id in about))
    entities = request.entities.model_copy(
        update={"order_ids": ids, "ticket_ids": tuple(tickets), "products": names or request.entities.products}
    )
    return _as(request.model_copy(update={"entities": entities}), aspect)


def _as(request: Request, intent: str) -> Request:
    return request.model_copy(update={"intent": IntentScore(name=intent, confidence=_SURE)})


def _numbered(text: str, orders: Sequence[Order]) -> list[Order]:
    """Orders by the figures of their ids: 'I meant 1181'."""
    figures = set(_FIGURES.findall(text))
    return [order for order in orders if re.sub(r"\D", "", order.id) in figures]


def _names(said: Collection[str], name: Sequence[str], words: OwnWords) -> int:
    """How well a text names a product: by the word for its kind, or by the family that it is called after."""
    if not name:
        return 0
    kind, family = name[-1], name[0]
    by_kind = kind not in words.wide and any(_is_kind(word, kind) for word in said)
    by_family = family in said and len(family) > 2 and family not in words.describing
    wide = kind in words.wide and family in said
    if not (by_kind or by_family or wide):
        return 0
    return 2 * by_kind + sum(part in said for part in set(name[:-1]))


def _is_kind(word: str, kind: str) -> bool:
    """'Watch' is a smartwatch, and 'shelf' a bookshelf."""
    return word == kind or (len(word) >= 5 and kind.endswith(word))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
