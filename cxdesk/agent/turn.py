"""One turn: message -> guard -> signals -> identify -> plan -> tools -> brief -> compose -> ground -> decide.

The message and the run are stored before anything else is tried, so that a turn which is cut short can be
done again; the reply is stored by whoever called (at once in autopilot, after approval in co-pilot mode).
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cxdesk.agent.actions import ActionContext, action_key, perform_action
from cxdesk.agent.answers import find_answer, holds_for_all, is_off_topic
from cxdesk.agent.brief import take_over, withheld, write_brief
from cxdesk.agent.brief_parts import ASKED_WHO, Brief, BriefContext
from cxdesk.agent.compose import MODEL_FAILED, Checker, ComposePrompt, Composer, Composition, Listener, from_brief
from cxdesk.agent.confirmation import asks_back, knows_no_more
from cxdesk.agent.customer_records import CustomerRecords
from cxdesk.agent.customer_voice import speaks_to_staff
from cxdesk.agent.dealing import Deal, Dealer, last_state
from cxdesk.agent.evidence import gather
from cxdesk.agent.follow_ups import Past, complete_all
from cxdesk.agent.handoff import exchanges, should_hand_over, summarise
from cxdesk.agent.history import PastTurn, past_turns
from cxdesk.agent.identity import identify
from cxdesk.agent.model_planner import Planned, PlannerPrompt, plan_and_run, with_rules
from cxdesk.agent.outbound import Outbound
from cxdesk.agent.own_orders import Own, OwnWords, all_about_own
from cxdesk.agent.permissions import Permissions
from cxdesk.agent.planner import plan, plan_deal
from cxdesk.agent.rules import ShopRules
from cxdesk.agent.senses import RULES_ALONE, Senses
from cxdesk.agent.sentences import content_words
from cxdesk.agent.shop_tools import ShopTool
from cxdesk.agent.tone import Tones, choose_tone, load_tones
from cxdesk.agent.tools import WRITE_TOOLS, ToolContext, run_steps
from cxdesk.domain import (
    Audience,
    Conversation,
    Customer,
    Decision,
    DecisionKind,
    Entities,
    Guarded,
    HandoffNote,
    HandoffReason,
    Hit,
    Identity,
    Invalid,
    Message,
    MoodHistory,
    PendingAction,
    Request,
    Role,
    Run,
    Signals,
    Source,
    Step,
    Support,
    ToolCall,
    Turn,
    Unavailable,
    now,
)
from cxdesk.ports import Embedder, KnowledgeSearch, LanguageModel, ToolCaller
from cxdesk.settings import Settings, Tone
from cxdesk.signals import Guard, SignalReader
from cxdesk.signals.quotable import is_name
from cxdesk.signals.sentiment import SentimentPrompt, confirm
from cxdesk.store import Store

_TELLING_WORDS = content_words(
    "name full first last zip postal post code email mail address order number id it is was sorry oh oops meant "
    "misread mean correct right actually here wrong typo please thanks thank hi hello yes no ok okay"
)


@dataclass(frozen=True)
class Phrasing:
    """Prompts and tones, as data from `resources/`."""

    prompt: ComposePrompt
    prompt_version: str
    tones: Tones
    sentiment: SentimentPrompt
    planner: PlannerPrompt

    @property
    def internal_texts(self) -> tuple[str, ...]:
        """What only models are told."""
        return (
            self.prompt.system,
            self.prompt.user,
            self.prompt.about,
            self.sentiment.system,
            *self.planner.internal_texts,
            *(tone["guidance"] for tone in self.tones.values()),
        )

    @classmethod
    def load(cls, prompts: Path, tones: Path, planner: Path, own_tones: Path | None = None) -> Phrasing:
        texts = tomllib.loads(prompts.read_text(encoding="utf-8"))
        return cls(
            prompt=ComposePrompt(**texts["compose"]),
            prompt_version=texts["version"],
            tones=load_tones(tones, own_tones),
            sentiment=SentimentPrompt.load(prompts),
            planner=PlannerPrompt.load(planner),
        )


@dataclass
class Clock:
    """Milliseconds of each stage, by name."""

    ms: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.ms[name] = (time.perf_counter() - begun) * 1000

    def mark(self, name: str) -> None:
        self.ms.setdefault(name, (time.perf_counter() - self.started) * 1000)


@dataclass(frozen=True)
class Prepared:
    """A turn up to its brief: everything the person at the desk sees before any model has spoken."""

    conversation: Conversation
    message: Message
    run: Run
    signals: Signals
    identity: Identity
    steps: tuple[Step, ...]
    calls: tuple[ToolCall, ...]
    brief: Brief
    checker: Checker
    outbound: Callable[[str], list[str]]
    tone: Tone
    deal: Deal
    past: tuple[PastTurn, ...]
    customer_name: str | None
    planned_by: str = "none"


@dataclass
class Agent:
    """Answers messages. `model` gives the language model of the moment, or None to answer by the brief alone.

    `tool_caller` gives the model that plans look-ups, or None where the rules do.
    """

    store: Store
    knowledge: KnowledgeSearch
    embedder: Callable[[], Embedder]
    model: Callable[[], LanguageModel | None]
    guard: Guard
    reader: Callable[[], SignalReader]
    rules: ShopRules
    phrasing: Phrasing
    outbound: Outbound
    settings: Settings
    own_words: OwnWords
    dealer: Dealer
    permissions: Permissions
    shop_tools: Mapping[str, ShopTool] = field(default_factory=dict)
    tool_caller: Callable[[], ToolCaller | None] = lambda: None
    senses: Callable[[], Senses] = lambda: RULES_ALONE
    mood_history: Callable[[str], MoodHistory | None] = lambda _: None
    about_customer: Callable[[str], Sequence[str]] = lambda _: ()
    keeping_model: Callable[[], AbstractContextManager[None]] = nullcontext
    """Held around a turn: the model that it has asked for once stays its own."""

    def receive(self, conversation_id: str, text: str) -> Run:
        """Store a customer's message and begin its run. Raises `Invalid`, with nothing stored, for a refused text."""
        guarded = self.guard.check(text)
        with self.store.transaction():
            message = self.store.conversations.add_message(
                conversation_id, Role.customer, guarded.text, flags=guarded.flags
            )
            return self.store.runs.start(conversation_id, message.id)

    def run(
        self,
        run: Run,
        listener: Listener,
        on_brief: Callable[[Turn], None] | None = None,
        *,
        tone: Tone | None = None,
        may_act: bool = False,
    ) -> Turn:
        """Answer a received message. `on_brief` hears the turn as it stands before any model has spoken.

        `may_act`: what the customer agreed to is done at once; else it waits beside the reply for a person.
        """
        with self.keeping_model():
            return self._run(run, listener, on_brief, tone, may_act=may_act)

    def _run(
        self,
        run: Run,
        listener: Listener,
        on_brief: Callable[[Turn], None] | None,
        tone: Tone | None,
        *,
        may_act: bool,
    ) -> Turn:
        clock = Clock()
        prepared = self._prepare(run, clock, tone, may_act=may_act)
        if on_brief:
            plain = from_brief(prepared.checker, Listener())
            on_brief(self._turn(prepared, plain, prepared.planned_by, clock))
        composition, model_name = self._compose(prepared, listener, clock)
        if model_name == "none":  # a turn of which anything was sent elsewhere says so
            model_name = prepared.planned_by
        with clock.stage("confirm"):  # after the reply, which must not wait for it
            prepared = self._confirmed(prepared)
        clock.mark("total")
        turn = self._turn(prepared, composition, model_name, clock)
        self._keep(turn, prepared.deal, composition)
        return turn

    # ------------------------------------------------------------ up to the brief

    def _prepare(self, run: Run, clock: Clock, tone: Tone | None, *, may_act: bool) -> Prepared:
        conversation = self.store.conversations.get(run.conversation_id)
        messages = _until(self.store.conversations.messages(conversation.id), run.message_id)
        message, earlier = messages[-1], messages[:-1]
        runs = [kept for kept in self.store.runs.of_conversation(conversation.id) if kept.turn and kept.id != run.id]
        reader = self.reader()
        with clock.stage("guard"):  # it was held at receipt, and what it saw was kept
            guarded = Guarded(text=message.text, flags=message.flags)
        with clock.stage("signals"):
            said = [m.text for m in earlier if m.role is Role.customer]
            signals = reader.read(guarded, said)
        with clock.stage("identify"):
            stated = [*(reader.entities(text) for text in said), signals.entities]
            identity = identify(conversation.identity, stated, self.rules.identity, self.store)
        given_up = {id for id, heard in last_state(runs).heard_as.items() if not heard}
        still_said = [m.text for m in earlier if m.role is Role.customer and m.id not in given_up]
        signals = self._with_open_requests(signals, conversation, still_said, message.text)
        proved = identity.verified_customer
        records = CustomerRecords(self.store, proved)
        signals = self._with_heard_wishes(signals, records)
        named = _own_orders(stated, records)
        past = self._past(said, named, records)
        own = _own(records, runs, said)
        completed = all_about_own(complete_all(signals.requests, past), own, reader.kind, self.own_words)
        signals = signals.model_copy(update={"requests": completed})
        tone = tone or choose_tone(signals, self._moods_of(identity), self.settings.tone)
        tools = self._tool_context(conversation, run, identity)
        with clock.stage("plan"):
            focus = named[-1] if named else None
            steps = plan(signals.requests, identity, reader.kind, focus, [*self.shop_tools.values()])
            planned, planned_by = self._planned_by_model(signals.requests, tools, focus)
        with clock.stage("tools"):
            planned = with_rules(planned, steps, tools)
            calls = list(planned.calls)
        clock.ms["knowledge"] = sum(call.ms for call in _made(calls) if call.name == "search_knowledge")
        with clock.stage("deal"):
            deal, read = self._deal(
                conversation, run, messages, signals, identity, runs, calls, stated=stated, may_act=may_act
            )
            calls = [*calls, *read, *deal.done]
        with clock.stage("brief"):
            gave_up_on = self._gave_up_on(runs, message.text)
            customer = records.customer
            context = self._brief_context(
                signals, conversation.identity, identity, customer, calls, runs, tone, deal, gave_up_on
            )
            brief = write_brief(context)
            introduces = _introduces(message.text, signals.entities) and not planned.rounds
            settled = deal.plain and (deal.done or deal.declined)  # a mere yes or no tells no mood
            if brief.decision.kind is not DecisionKind.handoff and not (introduces or settled):
                brief = self._taken_over(brief, signals, message, messages, runs, planned.rounds)
        done_before = self._done_before(conversation.id)
        evidence = gather(brief, calls, done_before)
        sources = [brief.text, *(group.text for group in evidence)]
        known = records if proved and not deal.done else None
        outbound = self.outbound.check_for(identity.customer_id, [*said, message.text], sources, known)
        if outbound(brief.text):
            brief = withheld()
            evidence = gather(brief, calls, done_before)
        clock.mark("brief_ready")
        return Prepared(
            conversation=conversation,
            message=message,
            run=run,
            signals=signals,
            identity=identity,
            steps=planned.steps,
            calls=tuple(calls),
            brief=brief,
            checker=Checker(message.text, brief, evidence, self.senses),
            outbound=outbound,
            tone=tone,
            deal=deal,
            past=past_turns(earlier, runs),
            customer_name=context.customer_name,
            planned_by=planned_by,
        )

    def _planned_by_model(
        self, requests: Sequence[Request], context: ToolContext, focus: str | None
    ) -> tuple[Planned, str]:
        """What the model looked up, and its name if it was asked; nothing and 'none' where only the rules plan.

        Courtesies need no look-up, and changes are the dealer's.
        """
        kind = self.reader().kind
        asking = [request for request in requests if kind(request.intent.name) not in ("talk", "action")]
        caller = self.tool_caller() if asking else None
        if caller is None:
            return Planned(), "none"
        try:
            planned = plan_and_run(
                requests, context, caller, self.phrasing.planner, focus_order=focus, needs_look_up=asking.__contains__
            )
        except Unavailable:
            planned = Planned()
        return planned, caller.name

    def _done_before(self, conversation_id: str) -> list[ToolCall]:
        """The changes that were made in this conversation so far: 'I have cancelled it' stays true."""
        rows = self.store.audit.of_conversation(conversation_id)
        return [
            ToolCall(id=row.id, name=row.tool, args=row.args, ok=True, ms=row.ms, result=row.result)
            for row in rows
            if row.ok and row.tool in WRITE_TOOLS
        ]

    def _moods_of(self, identity: Identity) -> MoodHistory | None:
        verified = identity.verified_customer
        return self.mood_history(verified) if verified else None

    def _about(self, identity: Identity) -> Sequence[str]:
        verified = identity.verified_customer
        return self.about_customer(verified) if verified else ()

    def _tool_context(self, conversation: Conversation, run: Run, identity: Identity) -> ToolContext:
        return ToolContext(
            self.store,
            self.knowledge,
            identity,
            run_id=run.id,
            conversation_id=conversation.id,
            permissions=self.permissions,
            told_at=self.rules.identity.told_at,
            shop_tools=self.shop_tools,
            products_meant=self.reader().products_meant,
        )

    def action_context(
        self, conversation: Conversation, run_id: str | None, identity: Identity, role: str = "customer_ai"
    ) -> ActionContext:
        """For judging and doing changes to what belongs to this conversation's customer."""
        return ActionContext(
            store=self.store,
            identity=identity,
            rules=self.rules,
            role=role,
            run_id=run_id,
            conversation_id=conversation.id,
            permissions=self.permissions,
            locale=self.settings.locale,
        )

    def perform_pending(
        self, conversation_id: str, *, role: str, by: str | None = None
    ) -> tuple[PendingAction, ToolCall]:
        """Do the change that waits in a conversation, with a person's approval; a failed call changed nothing.

        Raises `Invalid` when no change waits there.
        """
        conversation = self.store.conversations.get(conversation_id)
        pending = conversation.pending
        if pending is None:
            raise Invalid("No change waits for approval in this conversation. Open it again to see how it stands.")
        context = self.action_context(conversation, pending.run_id, conversation.identity, role)
        key = action_key(conversation_id, pending)
        call = perform_action(pending.tool, pending.args, context, key=key, why=f"approved by {by or 'a person'}")
        if call.ok:
            self.store.conversations.clear_pending(conversation_id)
        return pending, call

    def _deal(
        self,
        conversation: Conversation,
        run: Run,
        messages: Sequence[Message],
        signals: Signals,
        identity: Identity,
        runs: Sequence[Run],
        calls: Sequence[ToolCall],
        *,
        stated: Sequence[Entities],
        may_act: bool,
    ) -> tuple[Deal, list[ToolCall]]:
        """What becomes of wishes to change something, and what was read for it. `stated` is what each message names.

        Of an order that isn't there nothing: the brief asks for it.
        """
        state, reader = last_state(runs), self.reader()
        wishes = any(reader.kind(request.intent.name) == "action" for request in signals.requests)
        if any(call.name == "get_order" and not call.ok for call in calls) or identity.level != "verified":
            return Deal(state=state), []
        if not (wishes or conversation.pending or state.begun or identity != conversation.identity):
            return Deal(state=state), []
        read: list[ToolCall] = []
        if wishes or identity != conversation.identity:
            used = {row.tool for row in self.store.audit.of_conversation(conversation.id)}
            named = dict.fromkeys(product for entities in stated for product in entities.products)
            steps = plan_deal(used, list(named))
            read = run_steps(steps, self._tool_context(conversation, run, identity))
        deal = self.dealer.deal(
            messages,
            signals.requests,
            conversation.pending,
            state,
            self.action_context(conversation, run.id, identity),
            may_act=may_act,
        )
        return deal, read

    def _taken_over(
        self,
        brief: Brief,
        signals: Signals,
        message: Message,
        messages: Sequence[Message],
        runs: Sequence[Run],
        rounds: int,
    ) -> Brief:
        history = exchanges(runs, {m.id: m.text for m in messages}, self.reader().requests)
        reason = should_hand_over(signals, history, self._likeness, text=message.text, rounds=rounds)
        return take_over(brief, reason) if reason else brief

    def _likeness(self, one: str, other: str) -> float:
        """The cosine of two texts' meanings; without an embedding model only the same words are alike."""
        try:
            return float(np.dot(*self.embedder().embed([one, other])))
        except Unavailable:
            return float(one.casefold() == other.casefold())

    def _with_open_requests(
        self, signals: Signals, conversation: Conversation, said: Sequence[str], text: str
    ) -> Signals:
        """A message that wishes nothing, but tells who is writing or which order, brings back the wish that waited."""
        told, orders = signals.entities, signals.entities.order_ids
        tells = orders or told.emails or told.names or told.postal_codes
        proved = conversation.identity.level == "verified" and not orders
        if not (said and tells and _only_tells(text, told)) or proved:
            return signals
        waiting = self._latest_wish(said)
        return signals.model_copy(update={"requests": _about(waiting, orders) if waiting else signals.requests})

    def _with_heard_wishes(self, signals: Signals, records: CustomerRecords) -> Signals:
        """What was taken for a question, though its words wish for a change, becomes a wish."""
        kind, own = self.reader().kind, self.dealer.own_products(records, self.rules)
        heard = (
            self.dealer.heard(request, own) if kind(request.intent.name) in ("open", "order") else request
            for request in signals.requests
        )
        return signals.model_copy(update={"requests": tuple(heard)})

    def _latest_wish(self, said: Sequence[str]) -> tuple[Request, ...] | None:
        """The requests of the newest earlier message that needed an identity."""
        for text in reversed(said):
            requests = self.reader().requests(text)
            if any(self._needs_identity(request) for request in requests):
                return requests
        return None

    def _needs_identity(self, request: Request) -> bool:
        own = (tool for tool in self.shop_tools.values() if tool.is_personal)
        kind = self.reader().kind(request.intent.name)
        return kind in {"order", "account", "action"} or any(tool.is_meant(request) for tool in own)

    def _brief_context(
        self,
        signals: Signals,
        known: Identity,
        identity: Identity,
        customer: Customer | None,
        calls: Sequence[ToolCall],
        runs: Sequence[Run],
        tone: Tone,
        deal: Deal,
        gave_up_on: frozenset[str] | None,
    ) -> BriefContext:
        is_for_staff = cache(self.is_for_staff)  # each document is read once for all its passages
        return BriefContext(
            signals=signals,
            identity=identity,
            rules=self.rules,
            calls=calls,
            kind=self.reader().kind,
            find_answer=lambda question, hits, in_general: find_answer(
                question,
                self._of_no_product(hits) if in_general else self._of_these_products(question, hits),
                self.embedder(),
                is_for_staff,
                leads=lambda text: not in_general or (holds_for_all(text) and self._names_no_product(text)),
            ),
            is_off_topic=lambda question, hits: is_off_topic(question, hits, self.embedder()),
            tone_texts=self.phrasing.tones[tone],
            customer_name=customer.name if customer and is_name(customer.name) else None,
            shop_name=self.settings.shop_name,
            locale=self.settings.locale,
            today=now().astimezone().date(),
            earlier_notes=frozenset(note for run in runs if run.turn for note in run.turn["notes"]),
            just_proved=identity != known and identity.level == "verified",
            deal=deal,
            own_tools=self.shop_tools,
            gave_up_on=gave_up_on,
            told=runs[-1].turn["reply"] if runs and runs[-1].turn else "",
            products_meant=self.reader().products_meant,
        )

    def _of_these_products(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits without documents on other products than the question's: one lamp's help answers no other's.

        'How much does one Kite cover?' means the Kite, though there is a cover among the products.
        """
        reader = self.reader()
        named = cache(lambda title: frozenset(reader.products_meant(title)))
        meant, words = named(question), content_words(question)

        def fits(title: str) -> bool:
            return not named(title) or bool(meant & named(title) or words & content_words(title))

        return [hit for hit in hits if not meant or fits(hit.passage.title)]

    def _of_no_product(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits without documents on single products, for what is asked of anything that the shop sells."""
        return [hit for hit in hits if self._names_no_product(hit.passage.title)]

    def _names_no_product(self, text: str) -> bool:
        return not self.reader().products_meant(text)

    def _gave_up_on(self, runs: Sequence[Run], text: str) -> frozenset[str] | None:
        """The notes of the turn before, when it asked back and the writer doesn't know, or asks what is wanted."""
        turn = runs[-1].turn if runs else None
        if turn is None or turn["decision"] != "ask":
            return None
        wants_to_know = ASKED_WHO in turn["notes"] and asks_back(text, self.dealer.words)
        return frozenset(turn["notes"]) if wants_to_know or knows_no_more(text, self.dealer.words) else None

    def _past(self, said: Sequence[str], named: Sequence[str], records: CustomerRecords) -> Past:
        """What a follow-up may go on about."""
        reader = self.reader()
        return Past(
            said=said,
            requests=cache(reader.requests),
            kind=reader.kind,
            products_meant=reader.products_meant,
            options=self._options_of,
            named=named,
            own=lambda: [order.id for order in records.orders],
        )

    def _options_of(self, products: Sequence[str]) -> list[str]:
        """The values of these products' options, of any of their variants."""
        ids = [product_id for product_id, name in self.store.products.names() if name in products]
        variants = [v for product in self.store.products.find_many(ids).values() for v in product.variants]
        return [value for variant in variants for value in variant.options.values()]

    def is_for_staff(self, name: str) -> bool:
        """Whether a document of that name speaks to the shop's clerks rather than to customers."""
        document = self.store.documents.find(name)
        return document is not None and (document.audience is Audience.internal or speaks_to_staff(document.text))

    # ------------------------------------------------------------ from the brief to the reply

    def _confirmed(self, prepared: Prepared) -> Prepared:
        """The same with its sentiment confirmed by the model, where the lexicon is in doubt."""
        judged = prepared.signals.sentiment
        model, _ = self._model_or_why()
        sentiment = confirm(judged, prepared.message.text, model, self.phrasing.sentiment)
        return replace(prepared, signals=prepared.signals.model_copy(update={"sentiment": sentiment}))

    def _model_or_why(self) -> tuple[LanguageModel | None, list[str]]:
        """The model; or none, and why it can't be had if there should be one."""
        try:
            return self.model(), []
        except Unavailable as error:
            return None, [f"{MODEL_FAILED}{error}"]

    def _compose(self, prepared: Prepared, listener: Listener, clock: Clock) -> tuple[Composition, str]:
        model, rejected = self._model_or_why() if prepared.brief.phrase else (None, [])
        if model is None:
            with clock.stage("ground"):
                return from_brief(prepared.checker, listener, rejected), "none"
        composer = Composer(
            model,
            self.phrasing.prompt,
            self.phrasing.tones[prepared.tone]["guidance"],
            self.settings.reply_tokens,
            prepared.outbound,
            past=prepared.past,
            who=_who(prepared),
            about=self._about(prepared.identity),
        )
        begun = time.perf_counter()

        def first_token() -> None:
            clock.ms.setdefault("first_token", (time.perf_counter() - begun) * 1000)

        with clock.stage("compose"):
            composition = composer.compose(
                prepared.checker, slot=prepared.conversation.id, listener=listener, first_token=first_token
            )
        if composition.use:
            clock.ms["queue"] = composition.use.queue_ms
        return composition, model.name

    def _turn(self, prepared: Prepared, composition: Composition, model_name: str, clock: Clock) -> Turn:
        decision, text = _decide(prepared.brief, composition)
        handoff = None
        if decision.kind is DecisionKind.handoff and decision.reason:
            handoff = HandoffNote(
                reason=decision.reason,
                summary=summarise(
                    decision.reason,
                    prepared.identity,
                    prepared.signals,
                    prepared.calls,
                    name=prepared.conversation.writer,
                    message=prepared.message.text,
                    pending=decision.pending,
                ),
            )
        return Turn(
            conversation=prepared.conversation.id,
            run=prepared.run.id,
            message_id=prepared.message.id,
            reply=text,
            decision=decision,
            handoff=handoff,
            identity=prepared.identity,
            signals=prepared.signals,
            plan=prepared.steps,
            tools=_made(prepared.calls),
            sources=tuple(_sources(prepared.calls, composition.grounding.sentences)),
            grounding=composition.grounding,
            tone=prepared.tone,
            model=model_name,
            notes=prepared.brief.notes,
            timings_ms=dict(clock.ms),
        )

    def _keep(self, turn: Turn, deal: Deal, composition: Composition) -> None:
        with self.store.transaction():
            conversation = self.store.conversations.get(turn.conversation)
            self.store.conversations.save(
                conversation.model_copy(
                    update={
                        "identity": turn.identity,
                        "customer_id": turn.identity.customer_id or conversation.customer_id,
                        "pending": turn.decision.pending or deal.kept,
                        "updated_at": now(),
                    }
                )
            )
            kept = {
                "prompt_version": self.phrasing.prompt_version,
                "wishes": deal.state.model_dump(mode="json"),
                "prompted": composition.prompted,
                "left_out": list(composition.left_out),
                "model_use": composition.use.model_dump() if composition.use else None,
            }
            self.store.runs.finish(turn.run, {**turn.as_json(), **kept})
            if turn.handoff and not self._is_handed_over(turn):  # a draft made again hands nothing over twice
                self.store.handoffs.create(turn.conversation, turn.run, turn.handoff.reason, turn.handoff.summary)

    def _is_handed_over(self, turn: Turn) -> bool:
        return any(handoff.run_id == turn.run for handoff in self.store.handoffs.of_conversation(turn.conversation))


def _decide(brief: Brief, composition: Composition) -> tuple[Decision, str]:
    """A reply that could not be supported, not even by the brief, is not sent: a person takes over."""
    if composition.grounding.unsupported and brief.decision.kind is DecisionKind.reply:
        text = "I want to be sure before I answer this, so I am passing it on to a colleague, who will answer you here."
        return Decision(kind=DecisionKind.handoff, reason=HandoffReason.ungrounded), text
    return brief.decision, composition.text


def _own_orders(stated: Sequence[Entities], records: CustomerRecords) -> list[str]:
    """The orders of their own that the customer named, oldest first."""
    named = dict.fromkeys(order_id for entities in reversed(stated) for order_id in reversed(entities.order_ids))
    return [order_id for order_id in reversed(named) if records.has_order(order_id)]


def _own(records: CustomerRecords, runs: Sequence[Run], said: Sequence[str]) -> Own:
    """What is the customer's own, and what was last told of it; nothing before they proved who they are."""
    if records.customer_id is None:
        return Own()
    turn = runs[-1].turn if runs else None
    about_orders = [name for name in _intents(turn) if name.startswith("order_")]
    return Own(
        orders=records.orders,
        tickets=records.tickets,
        said=said[-1] if said else "",
        told=turn["reply"] if turn else "",
        asked=about_orders[-1] if about_orders else "",
    )


def _intents(turn: Mapping[str, Any] | None) -> list[str]:
    """The intents that a finished turn dealt with."""
    return [intent["name"] for intent in turn["intents"]] if turn else []


def _who(prepared: Prepared) -> str:
    """Who writes, for the summary of what the model does not read again."""
    return f"{prepared.customer_name or 'a guest'} ({prepared.identity.level})"


def _until(messages: Sequence[Message], message_id: str) -> list[Message]:
    last = next(place for place, message in enumerate(messages) if message.id == message_id)
    return list(messages[: last + 1])


def _only_tells(text: str, told: Entities) -> bool:
    """Whether nothing is left of a message beside names, addresses, codes and ids, and the words that go with them."""
    for value in (*told.order_ids, *told.emails, *told.names, *told.postal_codes):
        text = re.sub(re.escape(value.lstrip("#")), " ", text, flags=re.IGNORECASE)
    return len(content_words(text) - _TELLING_WORDS) <= 1


def _introduces(text: str, told: Entities) -> bool:
    """Whether a message only says who is writing: that is no mood, and no question asked again."""
    return bool(told.emails or told.names or told.postal_codes) and _only_tells(text, told)


def _about(requests: Sequence[Request], order_ids: tuple[str, ...]) -> tuple[Request, ...]:
    """The requests, about the orders that were named since."""
    if not order_ids:
        return tuple(requests)
    return tuple(
        r.model_copy(update={"entities": r.entities.model_copy(update={"order_ids": order_ids})}) for r in requests
    )


def _made(calls: Iterable[ToolCall]) -> tuple[ToolCall, ...]:
    """Each call once that answers several requests of a message."""
    return tuple({call.id: call for call in calls}.values())


def _sources(calls: Sequence[ToolCall], supports: Sequence[Support]) -> Iterator[Source]:
    """The passages that the reply rests on, best first. Relevance is not support: what was only found is not shown."""
    hits: list[Hit] = [hit for call in calls if call.name == "search_knowledge" and call.ok for hit in call.result]
    cited = {(support.document, support.from_) for support in supports if support.from_ is not None}
    seen: set[tuple[str, int]] = set()
    for hit in sorted(hits, key=lambda hit: -hit.score):
        passage = hit.passage
        place = (passage.document, passage.start)
        holds = any(doc == passage.document and passage.start <= at < passage.end for doc, at in cited)
        if holds and place not in seen:
            seen.add(place)
            yield Source(
                document=passage.document,
                heading=passage.heading,
                passage=passage.text,
                score=round(hit.score, 4),
                start=passage.start,
                end=passage.end,
            )
