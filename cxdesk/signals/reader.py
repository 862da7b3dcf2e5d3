"""Reads a message: one call gives everything that the turn needs to know about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cxdesk.domain import Entities, Guarded, IntentScore, Request, Signals
from cxdesk.signals.entities import EntityReader
from cxdesk.signals.intent import OTHER, OUT_OF_SCOPE, WISH_FOR_HUMAN, Intents, split_clauses
from cxdesk.signals.sentiment import SentimentLexicon

# From here on the intent of a part stands by itself; below, what was told before it is asked as well.
_SURE = 0.6
# A statement is taken for a wish that it doesn't put in so many words only from this confidence on.
_PLAIN = 0.75
_WISHES = ("order", "account", "action")
COMPLAINT = "complaint"


class SignalReader:
    """Sentiment, requests and entities of a message, without a language model."""

    def __init__(self, lexicon: SentimentLexicon, intents: Intents, entities: EntityReader) -> None:
        self._lexicon = lexicon
        self._intents = intents
        self._entities = entities

    def read(self, message: Guarded, earlier_texts: Sequence[str] = ()) -> Signals:
        """`earlier_texts` are the customer's former messages of this conversation, oldest first."""
        return Signals(
            sentiment=self._lexicon.judge(message.text, earlier_texts),
            requests=self.requests(message.text),
            entities=self._entities.read(message.text),
            flags=(*message.flags, *self._lexicon.language.flags(message.text)),
        )

    def requests(self, text: str) -> tuple[Request, ...]:
        """What a message asks for, with its intents and entities: all of `read` that does not look at feelings."""
        parts = split_clauses(text)
        asks = [self._intents.asks(part) for part in parts]
        judged = self._judged(parts, _told_before(parts, asks))
        wishes = [part for part, asked in zip(judged, asks, strict=True) if self._is_wish(part, asked=asked)]
        if not wishes:
            intent = self._of_statement(text, judged)
            return (self._request(text, "", intent),)
        return _merge(_share_order(_without_complaints(wishes), judged), self.kind)

    def entities(self, text: str) -> Entities:
        return self._entities.read(text)

    def products_meant(self, text: str) -> list[str]:
        """Names of the catalogue that the text mentions, or else those of the kind that it speaks of."""
        return self._entities.products_meant(text)

    def kind(self, intent: str) -> str:
        """What answering the intent needs: order, account, action, open or talk."""
        return self._intents.kind(intent)

    def _judged(self, parts: Sequence[str], stories: Sequence[str]) -> list[Request]:
        """The parts with their intents. An open question takes along what was told just before it:
        'The light blinks. What can I do?'"""
        intents = self._intents.judge_all(parts)
        unclear = [n for n, intent in enumerate(intents) if stories[n] and self._is_unclear(intent)]
        joined = [f"{stories[n]} {parts[n]}" for n in unclear]
        for n, intent in zip(unclear, self._intents.judge_all(joined), strict=True):
            intents[n] = intent if self._is_open(intent) else intents[n]
        return [
            self._request(part, story if self._is_open(intent) else "", intent)
            for part, story, intent in zip(parts, stories, intents, strict=True)
        ]

    def _request(self, text: str, story: str, intent: IntentScore) -> Request:
        entities = self._entities
        return Request(
            text=text, story=story, general=entities.in_general(text), intent=intent, entities=entities.read(text)
        )

    def _is_unclear(self, intent: IntentScore) -> bool:
        return intent.confidence < _SURE or intent.name == OUT_OF_SCOPE

    def _is_open(self, intent: IntentScore) -> bool:
        return self.kind(intent.name) == "open"

    def _is_wish(self, part: Request, *, asked: bool) -> bool:
        """What is merely told is story, unless it plainly means a wish: 'I'd rather have the blue one.'"""
        intent = part.intent
        if intent.name == OTHER:
            return False
        if asked:
            return intent.name == WISH_FOR_HUMAN or self.kind(intent.name) != "talk"
        return intent.confidence >= _PLAIN and (intent.name == WISH_FOR_HUMAN or self.kind(intent.name) in _WISHES)

    def _of_statement(self, text: str, parts: Sequence[Request]) -> IntentScore:
        """The intent of a message that asks nothing. Thanks anywhere outweigh a greeting."""
        whole = self._intents.judge(text)
        said = {part.intent.name: part.intent for part in parts if self.kind(part.intent.name) == "talk"}
        if courtesy := said.get("thanks"):
            return courtesy
        if whole.confidence < _SURE and self.kind(whole.name) != "talk":
            return said.get("greeting", IntentScore(name=OTHER, confidence=whole.confidence))
        return whole if whole.name != OTHER else said.get("greeting", whole)


def _told_before(parts: Sequence[str], asks: Sequence[bool]) -> list[str]:
    """For each part that asks, the statements just before it; for the others nothing."""
    stories, told = [], list[str]()
    for part, asked in zip(parts, asks, strict=True):
        stories.append(" ".join(told) if asked else "")
        told = [] if asked else [*told, part]
    return stories


def _without_complaints(wishes: Sequence[Request]) -> list[Request]:
    """Beside a wish that can be answered a complaint tells the mood, and asks nothing more."""
    others = [wish for wish in wishes if wish.intent.name != COMPLAINT]
    return others or list(wishes)


def _share_order(wishes: Sequence[Request], clauses: Sequence[Request]) -> list[Request]:
    """A wish without an order id takes the nearest one named before it, else after it."""
    shared = []
    for wish in wishes:
        if not wish.entities.order_ids:
            place = clauses.index(wish)
            before = [c.entities.order_ids for c in clauses[:place] if c.entities.order_ids]
            after = [c.entities.order_ids for c in clauses[place + 1 :] if c.entities.order_ids]
            nearest = before[-1] if before else after[0] if after else ()
            wish = wish.model_copy(update={"entities": wish.entities.model_copy(update={"order_ids": nearest})})
        shared.append(wish)
    return shared


def _merge(requests: Sequence[Request], kind: Callable[[str], str]) -> tuple[Request, ...]:
    """Neighbours that ask the same of the same thing become one request; open questions stay apart."""
    merged: list[Request] = []
    for request in requests:
        same = merged and merged[-1].intent.name == request.intent.name and kind(request.intent.name) != "open"
        if same and merged[-1].entities.order_ids == request.entities.order_ids:
            merged[-1] = merged[-1].model_copy(update={"text": f"{merged[-1].text} {request.text}"})
        else:
            merged.append(request)
    return tuple(merged)
