"""What a follow-up goes on about: 'And in red?' about the speaker, 'and the other one?' about another order.

A follow-up says only what is different. What it leaves out is taken from the customer's own words before it, so that it
is looked up and answered like the whole question; the words themselves stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cxdesk.agent.answerability import bundled_scorer
from cxdesk.agent.sentences import content_words
from cxdesk.domain import IntentScore, Request

# How many messages back what is spoken of may have been named.
LOOKS_BACK = 3
# A version of a product is named in so many words: 'night blue', '2 TB in coral'.
MOST_NEW_WORDS = 4

_FOLLOW_UP = re.compile(
    r"^\W*(?:and|or|but|so|what about|how about|(?:for|since|until|by|from|at) (?:how|when|what|which))\b"
    r"|^\W*(?:how (?:long|much|many|soon|often|far)|when|where|why|which|who)\W*$"
    r"|\b(?:it|them|they|that|those|these|this|ones?|there|then|same)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:is|are|was|do|does|did|can|could|may|will|would|have|has|how|when|where|why|who|i|you|we|not|please|thanks?|"
    r"yes|no|hi|hello|ok(?:ay)?)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^\W*(?:(?:and|or|but|so|what about|how about|then)\b\W*)*(?:(?:in|to|for|with|on|at) )?", re.IGNORECASE
)
_LAST_THING = re.compile(r"\b(to|in|for|with|on|at|the|an?|my|your)\s+([\w'’-]+)\W*$", re.IGNORECASE)
_PREPOSITION = re.compile(r"^\W*(?:and |or |but |so )?(to|in|for|with|on|at) ", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:it|they|them|that one|this one|that|this)\b", re.IGNORECASE)
# Words that ask for price, stock and versions, and name no other thing.
OF_A_PRODUCT = content_words(
    "price prices cost costs much many today now currently actually cheap cheaper cheapest version versions option "
    "options color colors colour colours size sizes stock available availability still come comes have sell get buy "
    "different like need want thing kind one ones okay ok thanks please would will left exactly "
    "way also too any there these those new give tell show look looking find"
)
ASKS_OF_A_PRODUCT = re.compile(
    r"\b(?:how much|prices?|costs?|in stock|available|cheap(?:er|est)|colou?rs?|sizes?|versions?|options|come in)\b",
    re.IGNORECASE,
)
_OTHER_ORDER = re.compile(r"\b(?:the )?(other|first|second|third|last) (?:one|order|parcel|package)\b", re.IGNORECASE)
_PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}
_ON_THE_WAY = re.compile(r"\b(?:where|when|arriv\w*|shipped|sent|delivered|status)\b", re.IGNORECASE)
# 'And if I hadn't opened them?'
_SUPPOSES_NOT = re.compile(
    r"\bif (?:i|we|it|they)(?:'d| had| have| has| was| were| is| are)?(?:n't| not) (?:been |yet )?(\w{3,}(?:ed|n))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Past:
    """What was spoken of: `said` are the customer's messages, oldest first, `requests` reads what one asks.

    `products_meant` tells which products a text means and `options` the values of their options; `named` are the
    customer's own orders that were named, oldest first, and `own` gives all of them.
    """

    said: Sequence[str]
    requests: Callable[[str], Sequence[Request]]
    kind: Callable[[str], str]
    products_meant: Callable[[str], Sequence[str]]
    options: Callable[[Sequence[str]], Sequence[str]]
    named: Sequence[str]
    own: Callable[[], Sequence[str]]


def questions(request: Request) -> list[str]:
    """What to look up in documents: the words as they are, of anything the shop sells, in plainer words, and with what
    they lean on."""
    general = [request.general] if content_words(request.general) - OF_A_PRODUCT else []
    plainly = bundled_scorer().vocabulary.in_one_word(request.text)
    asked = list(dict.fromkeys([request.text, *general, plainly]))
    if not request.story:
        return asked
    if _SUPPOSES_NOT.search(_straight(request.text)):
        return [request.story]
    asked.append(f"{request.story} {request.text}")
    if _is_fragment(request.text):
        asked += _swapped(request.story, request.text)
    elif len(request.entities.products) == 1:
        asked.append(_pointed(request.text, request.entities.products[0]))
    return list(dict.fromkeys(asked))


def _is_fragment(text: str) -> bool:
    """'Canada?', 'and in blue': no more than the thing that is asked about now."""
    return len(_bare(text).split()) <= 3 and not _ASKS.search(text) and bool(content_words(text))


def _swapped(question: str, text: str) -> list[str]:
    """'Do you ship to Mexico?' and 'Canada?' ask: 'Do you ship to Canada?'; none where the two don't stand alike."""
    last, lead = _LAST_THING.search(question), _PREPOSITION.search(text)
    if last is None or (lead and lead[1].lower() != last[1].lower()):
        return []
    return [f"{question[: last.start(2)]}{_bare(text)}?"]


def _bare(text: str) -> str:
    return _LEADS.sub("", text).strip(" ?.!,")


def _pointed(text: str, product: str) -> str:
    """The question with the product's name where it only points."""
    named, count = _POINTS.subn(f"the {product}", text, count=1)
    return named if count else f"{product}: {text}"


def complete_all(requests: Sequence[Request], past: Past) -> list[Request]:
    """The requests of a message with what they leave out: 'Is there a blue mug, and how much is it?' names it once."""
    completed: list[Request] = []
    for request in requests:
        earlier = replace(past, said=[*past.said, completed[-1].text]) if completed else past
        pointed = completed and ASKS_OF_A_PRODUCT.search(request.text) and _POINTS.search(request.text)
        within = _of_a_product(request, earlier) if pointed else None
        completed.append(within or complete(request, past))
    return completed


def complete(request: Request, past: Past) -> Request:
    """The request with what a follow-up leaves out; any other comes back as it is."""
    if not past.said:
        return request
    named = request.entities.order_ids or request.entities.ticket_ids
    other = None if named else _of_another_order(request, past) or _of_a_product(request, past)
    return other or _with_story(request, past)


def _with_story(request: Request, past: Past) -> Request:
    short = past.kind(request.intent.name) == "open" and _is_fragment(request.text)
    if not short and not _FOLLOW_UP.search(request.text):
        return request
    story = request.story or _last_question(past)
    if supposed := _SUPPOSES_NOT.search(_straight(request.text)):
        story = _turned(story, supposed[1])
    about = _spoken_of(past) if _POINTS.search(request.text) and past.kind(request.intent.name) == "open" else None
    if about and len(about[1]) == 1 and not past.products_meant(request.text):
        entities = request.entities.model_copy(update={"products": tuple(about[1])})
        request = request.model_copy(update={"entities": entities})
    return request.model_copy(update={"story": story})


def _last_question(past: Past) -> str:
    """The newest message that says all that it asks; 'and Canada?' leans on what was asked before it."""
    recent = reversed(past.said[-LOOKS_BACK:])
    return next((text for text in recent if not _is_fragment(text)), past.said[-1])


def _turned(question: str, word: str) -> str:
    """The question for a thing that is not opened, where it was asked for one that is."""
    bare = re.sub(rf"\b{re.escape(word)}\b", f"un{word}", question, flags=re.IGNORECASE)
    return bare if bare != question else f"{question} (un{word})"


def _of_another_order(request: Request, past: Past) -> Request | None:
    """'And the second one?' after a talk about orders: the same is asked of that one."""
    meant = _OTHER_ORDER.search(request.text)
    before = [each for each in past.requests(past.said[-1]) if past.kind(each.intent.name) in ("order", "account")]
    if meant is None or not before:
        return None
    order_ids = _orders(meant[1].lower(), past)
    if not order_ids:
        return request.model_copy(
            update={"intent": IntentScore(name="list_orders", confidence=before[-1].intent.confidence)}
        )
    entities = request.entities.model_copy(update={"order_ids": order_ids})
    return request.model_copy(update={"entities": entities, "intent": _intent_of(request, before[-1], past)})


def _intent_of(request: Request, before: Request, past: Past) -> IntentScore:
    if past.kind(request.intent.name) == "order":
        return request.intent
    if _ON_THE_WAY.search(request.text) or past.kind(before.intent.name) != "order":
        return IntentScore(name="order_status", confidence=before.intent.confidence)
    return before.intent


def _orders(which: str, past: Past) -> tuple[str, ...]:
    """The order that is meant among those that were named, else among all of the customer's; none where several fit."""
    named = list(dict.fromkeys(past.named))
    among = named if len(named) > 1 else list(past.own())
    if which == "other":
        others = [order for order in among if order != named[-1]] if named else []
        return tuple(others) if len(others) == 1 else ()
    place = _PLACES[which]
    return (among[place],) if -len(among) <= place < len(among) else ()


def _of_a_product(request: Request, past: Past) -> Request | None:
    """'How much is it?' after a talk about a product: nothing in it names any other thing."""
    if past.kind(request.intent.name) not in ("open", "order") or past.products_meant(request.text):
        return None
    plain = _straight(request.text).lower()
    if len(content_words(plain) - OF_A_PRODUCT) > MOST_NEW_WORDS or (found := _spoken_of(past)) is None:
        return None
    story, products = found
    values = {value.lower() for value in past.options(products)}
    picked = [value for value in values if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", plain)]
    if not picked and not ASKS_OF_A_PRODUCT.search(plain):
        return None
    if content_words(plain) - OF_A_PRODUCT - content_words(" ".join(picked)):
        return None
    entities = request.entities.model_copy(update={"products": tuple(products)})
    intent = IntentScore(name="product", confidence=max(request.intent.confidence, 0.7))
    return request.model_copy(update={"story": story, "entities": entities, "intent": intent})


def _spoken_of(past: Past) -> tuple[str, Sequence[str]] | None:
    """The newest of the last messages that means a product, unless an order was asked about since."""
    for text in reversed(past.said[-LOOKS_BACK:]):
        if any(past.kind(request.intent.name) in ("order", "account", "action") for request in past.requests(text)):
            return None
        if products := past.products_meant(text):
            return text, products
    return None


def _straight(text: str) -> str:
    return text.replace("’", "'")
