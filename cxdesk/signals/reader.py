"""Reads a message: one call gives everything that the turn needs to know about it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from cxdesk.domain import Entities, Guarded, IntentScore, Request, Signals
from cxdesk.signals.entities import EntityReader
from cxdesk.signals.intent import OTHER, IntentRules, split_clauses
from cxdesk.signals.sentiment import SentimentLexicon


class SignalReader:
    """Sentiment, requests and entities of a message, without a language model."""

    def __init__(self, lexicon: SentimentLexicon, intents: IntentRules, entities: EntityReader) -> None:
        self._lexicon = lexicon
        self._intents = intents
        self._entities = entities

    def read(self, message: Guarded, earlier_texts: Sequence[str] = ()) -> Signals:
        """`earlier_texts` are the customer's former messages of this conversation, oldest first."""
        return Signals(
            sentiment=self._lexicon.judge(message.text, earlier_texts),
            requests=self._requests(message.text),
            entities=self._entities.read(message.text),
            flags=message.flags,
        )

    def entities(self, text: str) -> Entities:
        return self._entities.read(text)

    def kind(self, intent: str) -> str:
        """What answering the intent needs: order, account, action, open or talk."""
        return self._intents.kind(intent)

    def _requests(self, text: str) -> tuple[Request, ...]:
        clauses = [
            Request(text=clause, intent=self._intents.judge(clause), entities=self._entities.read(clause))
            for clause in split_clauses(text)
        ]
        wishes = [clause for clause in clauses if self._is_wish(clause)]
        if not wishes:
            return (Request(text=text, intent=self._courtesy(text, clauses), entities=self._entities.read(text)),)
        return _merge([self._with_story(wish, clauses) for wish in _share_order(wishes, clauses)])

    def _is_wish(self, request: Request) -> bool:
        intent = request.intent.name
        return intent == "wish_for_human" or (intent != OTHER and self.kind(intent) != "talk")

    def _courtesy(self, text: str, clauses: Sequence[Request]) -> IntentScore:
        """Thanks anywhere outweigh a greeting."""
        whole = self._intents.judge(text)
        said = {clause.intent.name: clause.intent for clause in clauses}
        return said.get("thanks") or (whole if whole.name != OTHER else said.get("greeting", whole))

    def _with_story(self, wish: Request, clauses: Sequence[Request]) -> Request:
        """An open question takes along what was told just before it: 'The light blinks. What can I do?'"""
        if self.kind(wish.intent.name) != "open":
            return wish
        place = next(n for n, clause in enumerate(clauses) if clause.text == wish.text)
        story = [c.text for c in itertools.takewhile(lambda c: c.intent.name == OTHER, reversed(clauses[:place]))]
        return wish.model_copy(update={"story": " ".join(reversed(story))})


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


def _merge(requests: Sequence[Request]) -> tuple[Request, ...]:
    """Neighbours that ask the same of the same thing become one request; open questions stay apart."""
    merged: list[Request] = []
    for request in requests:
        same = merged and merged[-1].intent.name == request.intent.name != "question"
        if same and merged[-1].entities.order_ids == request.entities.order_ids:
            merged[-1] = merged[-1].model_copy(update={"text": f"{merged[-1].text} {request.text}"})
        else:
            merged.append(request)
    return tuple(merged)
