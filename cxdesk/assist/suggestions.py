"""The room of suggestions: gathers what a conversation knows, suggests replies, and learns from what people sent."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.agent import Agent
from cxdesk.agent.claims import claimed_actions
from cxdesk.agent.evidence import Group
from cxdesk.agent.sentences import content_words
from cxdesk.assist.mood import mood_of
from cxdesk.assist.situations import Situations
from cxdesk.assist.suggest import WORDING_FROM, Case, DraftView, Suggestion, SuggestionKind, question_of, suggest
from cxdesk.assist.variables import generalise, values_of
from cxdesk.domain import (
    Customer,
    Draft,
    Guarded,
    Hit,
    Message,
    Order,
    Role,
    Run,
    Sentiment,
    Signals,
    Source,
    Ticket,
    Unavailable,
    is_finished,
)
from cxdesk.ports import Embedder
from cxdesk.settings import bundled
from cxdesk.store import Store
from cxdesk.store.wordings import NearWording

SITUATIONS = "resources/suggestions.toml"
# A reply of fewer words that carry meaning is a courtesy: nothing to learn.
LEAST_WORDS = 4
PASSAGES = 6


class Suggestions:
    """Suggests replies for conversations of this desk. Works without a language model, and without an embedder."""

    def __init__(self, store: Store, agent: Agent) -> None:
        self._store = store
        self._agent = agent
        self._situations: Situations | None = None
        self._loading = threading.Lock()

    def suggest(
        self, conversation_id: str, *, sentiment: Sentiment | None = None, agent_name: str = ""
    ) -> tuple[Suggestion, ...]:
        """Three distinct replies to the customer's last message, the most confident first.

        The draft of the newest turn is one of them. `sentiment` overrides what the turn read. Empty when the customer
        has written nothing. Takes a search and an embedding: not for the window's thread.
        """
        messages = self._store.conversations.messages(conversation_id)
        said = [m.text for m in messages if m.role is Role.customer]
        if not said:
            return ()
        embedder = self._embedder()
        case = self._case(conversation_id, messages, agent_name, sentiment, embedder)
        case = replace(case, wordings=tuple(self._near(case, embedder)))
        customer_id = self._customer_id(conversation_id)
        return suggest(case, embedder, self._agent.outbound.check_for(customer_id, said))

    def values(self, conversation_id: str, *, agent_name: str = "") -> dict[str, str]:
        """What fills the variables of saved replies in this conversation: only what its reader may be told."""
        customer, order, ticket, product = self._subject(conversation_id)
        settings = self._agent.settings
        return values_of(
            customer=customer,
            order=order,
            ticket=ticket,
            product=product,
            shop_name=settings.shop_name,
            agent_name=agent_name,
            locale=settings.locale,
        )

    def learn(self, draft: Draft, *, kept: float = 1.0, by: str | None = None) -> bool:
        """Keep the wording of a reply that a person approved or edited; whether there was something to learn.

        Handoffs, questions back, courtesies and claims of actions teach nothing.
        """
        run = self._store.runs.find(draft.run_id)
        embedder = self._embedder()
        if run is None or run.turn is None or run.turn["decision"] != "reply" or not draft.sent_text or not embedder:
            return False
        values = self.values(draft.conversation_id, agent_name=by or "")
        text = generalise(draft.sent_text, values)
        if len(content_words(text)) < LEAST_WORDS or claimed_actions(text):
            return False
        asked = next(m for m in self._store.conversations.messages(draft.conversation_id) if m.id == run.message_id)
        question = generalise(asked.text, values)
        self._store.canned.wordings.learn(
            run.turn["intent"]["name"],
            question,
            text,
            vector=_vector(embedder, question).tolist(),
            embedder=embedder.name,
            kept=kept,
            by=by,
            conversation_id=draft.conversation_id,
        )
        return True

    def count(self, draft: Draft, kept: float, used: Suggestion | None = None) -> None:
        """Count what became of a draft, and of the suggestion that was sent in its place."""
        run = self._store.runs.find(draft.run_id)
        intent = _intent_of(run)
        taken = used is not None and used.kind is not SuggestionKind.draft
        self._store.drafts.count_offer(SuggestionKind.draft, intent, 0.0 if taken else kept)
        if used is not None and taken:
            self._count_used(used, intent)

    def count_used(self, conversation_id: str, used: Suggestion) -> None:
        """Count a suggestion that was sent where no draft waited."""
        if used.kind is not SuggestionKind.draft:
            self._count_used(used, _intent_of(self._store.runs.latest(conversation_id)))

    def _count_used(self, used: Suggestion, intent: str) -> None:
        self._store.drafts.count_offer(used.kind, intent, 1.0)
        if used.kind is SuggestionKind.canned:
            self._store.canned.count_use(used.key)
        elif used.kind is SuggestionKind.approved:
            self._store.canned.wordings.count_use(used.key)

    # ------------------------------------------------------------ what a case is made of

    def _case(
        self,
        conversation_id: str,
        messages: Sequence[Message],
        agent_name: str,
        sentiment: Sentiment | None,
        embedder: Embedder | None,
    ) -> Case:
        said = tuple(m.text for m in messages if m.role is Role.customer)
        turn = self._turn(conversation_id, messages)
        signals = self._agent.reader().read(Guarded(text=said[-1]), said[:-1]) if turn is None else None
        felt = sentiment or _sentiment(turn, signals)
        intents = _intents(turn, signals)
        intent, confidence = intents[0]
        draft = self._draft(conversation_id, turn)
        last_customer = max(n for n, m in enumerate(messages) if m.role is Role.customer)
        desk_spoke = any(m.role in {Role.desk, Role.agent} for m in messages[:last_customer])
        return Case(
            texts=said,
            intent=intent,
            intent_confidence=confidence,
            sentiment=felt,
            situation=self._known_situations().judge(
                said, [name for name, _ in intents], mood=mood_of(felt), desk_spoke=desk_spoke, embedder=embedder
            ),
            draft=draft,
            values=self.values(conversation_id, agent_name=agent_name),
            products=self._products(conversation_id),
            evidence=tuple(self._evidence(conversation_id, said[-1], draft, turn)),
            tone_texts=self._agent.phrasing.tones[turn["tone"] if turn else self._agent.settings.tone],
            canned=tuple(self._store.canned.all()),
            canned_uses=self._store.canned.uses(),
            tallies=self._store.drafts.tallies(intent),
        )

    def _turn(self, conversation_id: str, messages: Sequence[Message]) -> dict[str, Any] | None:
        """The finished turn of the customer's last message."""
        run = self._store.runs.latest(conversation_id)
        last = [m.id for m in messages if m.role is Role.customer][-1]
        return run.turn if run and run.message_id == last else None

    def _draft(self, conversation_id: str, turn: dict[str, Any] | None) -> DraftView | None:
        if turn is None:
            return None
        waiting = self._store.drafts.open_for(conversation_id)
        grounding = turn["grounding"]
        return DraftView(
            text=waiting.text if waiting else turn["reply"],
            decision=turn["decision"],
            supported=grounding["supported"],
            by_model=turn["model"] != "none" and not grounding["used_brief"],
            sources=tuple(Source.model_validate(source) for source in turn["sources"]),
        )

    def _evidence(
        self, conversation_id: str, text: str, draft: DraftView | None, turn: dict[str, Any] | None
    ) -> list[Group]:
        """What facts may rest on: the draft where it is grounded, the order in question, and what the documents say."""
        _, order, ticket, _ = self._subject(conversation_id)
        found: list[str] = [draft.text] if draft and turn and not turn["grounding"]["unsupported"] else []
        locale = self._agent.settings.locale
        for values in (values_of(order=order, locale=locale), values_of(ticket=ticket, locale=locale)):
            found.append(". ".join(f"{name}: {value}" for name, value in values.items()))
        found += [f"{hit.passage.heading}. {hit.passage.text}" for hit in self._hits(text)]
        return [Group(text=text, pieces=()) for text in found]

    def _hits(self, text: str) -> list[Hit]:
        try:
            return self._agent.knowledge.search(text, k=PASSAGES)
        except Unavailable:
            return []

    def _subject(self, conversation_id: str) -> tuple[Customer | None, Order | None, Ticket | None, str | None]:
        """Who is written to and what it is about: an order or ticket that was looked at, else the only open one."""
        customer_id = self._customer_id(conversation_id)
        messages = self._store.conversations.messages(conversation_id)
        said = " ".join(m.text for m in messages if m.role is Role.customer)
        named = self._agent.reader().entities(said).products
        product = named[0] if len(named) == 1 else None
        if customer_id is None:
            return None, None, None, product
        order = self._order(customer_id, self._looked_at(conversation_id, "order_id"))
        ticket = self._ticket(customer_id, self._looked_at(conversation_id, "ticket_id"))
        return self._store.customers.find(customer_id), order, ticket, product or _product_meant(order, said)

    def _looked_at(self, conversation_id: str, kind: str) -> list[str]:
        """The ids of a kind in the look-ups of the newest turn that had any."""
        for run in reversed(self._store.runs.of_conversation(conversation_id)):
            calls = run.turn["tools"] if run.turn else []
            if ids := [str(call["args"][kind]) for call in calls if call["args"].get(kind)]:
                return ids
        return []

    def _order(self, customer_id: str, looked_at: Sequence[str]) -> Order | None:
        found = {o.id: o for name in looked_at if name and (o := self._store.orders.find(name, customer_id))}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
        orders = self._store.orders.of_customer(customer_id)
        under_way = [order for order in orders if not is_finished(order.status)]
        meant = orders if len(orders) == 1 else under_way
        return meant[0] if len(meant) == 1 else None

    def _ticket(self, customer_id: str, looked_at: Sequence[str]) -> Ticket | None:
        for name in filter(None, looked_at):
            if ticket := self._store.tickets.find(name, customer_id):
                return ticket
        unsolved = [t for t in self._store.tickets.of_customer(customer_id) if not t.status.is_over]
        return unsolved[0] if len(unsolved) == 1 else None

    def _products(self, conversation_id: str) -> tuple[str, ...]:
        customer_id = self._customer_id(conversation_id)
        orders = self._store.orders.of_customer(customer_id) if customer_id else []
        return tuple(dict.fromkeys(item.product_name for order in orders for item in order.items))

    def _customer_id(self, conversation_id: str) -> str | None:
        """The customer, if proved: of others nothing is told."""
        return self._store.conversations.get(conversation_id).identity.verified_customer

    # ------------------------------------------------------------ wordings

    def _near(self, case: Case, embedder: Embedder | None) -> list[NearWording]:
        if embedder is None:
            return []
        vector = _vector(embedder, question_of(case)).tolist()
        return self._store.canned.wordings.near(case.intent, vector, embedder.name, least=WORDING_FROM)

    def _embedder(self) -> Embedder | None:
        try:
            return self._agent.embedder()
        except Unavailable:
            return None

    def _known_situations(self) -> Situations:
        with self._loading:
            if self._situations is None:
                self._situations = Situations.load(bundled(SITUATIONS))
            return self._situations


def _intent_of(run: Run | None) -> str:
    return str(run.turn["intent"]["name"]) if run and run.turn else "other"


def _vector(embedder: Embedder, text: str) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = embedder.embed([text])[0]
    return vector


def _intents(turn: dict[str, Any] | None, signals: Signals | None) -> list[tuple[str, float]]:
    if turn is not None:
        return [(intent["name"], intent["confidence"]) for intent in turn["intents"]]
    return [(r.intent.name, r.intent.confidence) for r in signals.requests] if signals else [("other", 0.0)]


def _sentiment(turn: dict[str, Any] | None, signals: Signals | None) -> Sentiment:
    if turn is not None:
        return Sentiment.model_validate(turn["sentiment"])
    return signals.sentiment if signals else Sentiment(label="unknown", reason="nothing was read")


def _product_meant(order: Order | None, said: str) -> str | None:
    """The one item of the order that the messages speak of."""
    words = content_words(said)
    named = {item.product_name for item in order.items if content_words(item.product_name) & words} if order else set()
    return named.pop() if len(named) == 1 else None
