"""What a turn does about a customer's wishes to change something: it asks, proposes, and does what was agreed.

One proposal waits at a time. An answer to it is read first; then the next move is looked for among all that the
customer has said and is not settled. Nothing here is phrased by a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from cxdesk.agent.actions import ActionContext, action_key, judge_action, perform_action, propose_action
from cxdesk.agent.confirmation import Answer, AnswerWords, knows_no_more, read_answer, says_yes, takes_all_back
from cxdesk.agent.customer_records import CustomerRecords
from cxdesk.agent.rules import ShopRules
from cxdesk.agent.wishes import (
    Denial,
    Lexicon,
    Move,
    Names,
    Progress,
    Proposal,
    Question,
    Shop,
    has_verb,
    heard_intent,
    named_methods,
    next_move,
    products_named,
    read_shop,
)
from cxdesk.domain import (
    IdentityLevel,
    Message,
    Order,
    PendingAction,
    Record,
    Refused,
    Request,
    Role,
    Run,
    ToolCall,
)

# More refusals in one breath than anybody reads.
_MOST_MOVES = 10
_WORDS_OF_SUBJECT = 10
_OTHERWISE = Question(
    topic="otherwise",
    text="I have not changed anything. Please tell me in one whole sentence what I shall do instead.",
)
# With what verb a thing that is named alone is wished for what was proposed; 'the mouse too' is one more.
_VERB_OF = {"return_items": "return", "exchange_items": "exchange", "modify_order_items": "change"}
_TOO = re.compile(r"\b(?:too|also|as well|plus)\b|^\W*and\b", re.IGNORECASE)
# 'put it on my card' is about how this is paid: 'on my card'.
_UNTIL_MEANS = re.compile(r"^.*?\b(?=(?:on|onto|to|with|via|by|from)\b)", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|just)\b", re.IGNORECASE)
_FAULTS = frozenset({"technical_problem", "complaint"})
_CHANGES_OF_A_THING = frozenset({"change_order", "exchange_items"})
AGREED = "the customer said yes"


class WishState(Record):
    """What of a conversation's wishes is settled; kept with each run, so that the next turn goes on from there.

    `parts` are those that the waiting proposal would settle, `agreed` whether the customer said yes to it and a person
    has not yet. `heard_as` gives for a message that answered a proposal
    what it said beside that. `open_question` is the one that was asked last and waits.
    """

    progress: Progress = Progress()
    parts: tuple[str, ...] = ()
    agreed: bool = False
    heard_as: dict[str, str] = Field(default_factory=dict)
    open_question: str = ""
    gave_up: bool = False

    @property
    def begun(self) -> bool:
        """Whether the conversation has been about changes before."""
        return bool(self.progress.closed or self.progress.asked or self.parts)

    @property
    def is_open(self) -> bool:
        """Whether a wish waits for what was asked, and nothing has been done about any yet."""
        return bool(self.open_question or (self.progress.asked and not self.progress.closed))

    def settled(self, parts: Sequence[str]) -> WishState:
        closed = (*self.progress.closed, *parts)
        return self.model_copy(update={"progress": self.progress.model_copy(update={"closed": closed})})

    def without_wishes(self, messages: Sequence[Message]) -> WishState:
        """All that was wished so far is taken back, with what was asked about it."""
        unheard = {message.id: "" for message in messages if message.role is Role.customer}
        heard = {**self.heard_as, **unheard}
        return WishState(progress=Progress(closed=self.progress.closed), heard_as=heard)

    def waived(self) -> WishState:
        """The open question was answered, if only with something else."""
        progress = self.progress.model_copy(update={"waived": (*self.progress.waived, *self.progress.asked[-1:])})
        return self.model_copy(update={"progress": progress})

    def asked(self, question: Question) -> WishState:
        asked = (*self.progress.asked, question.topic)
        progress = self.progress.model_copy(update={"asked": asked})
        return self.model_copy(update={"progress": progress, "open_question": question.text, "gave_up": False})


@dataclass(frozen=True)
class Deal:
    """The outcome: what was done, what was declined or refused, what is proposed or asked now.

    `waits_for_person` says why the proposal needs a colleague; `asked_again` that an answer to it was not
    understood. `kept` is a proposal that goes on waiting for a person while the talk is about something else. `plain`:
    the message was a mere yes or no. `stuck`: without an answer that the customer doesn't have, it can't go on.
    """

    state: WishState = field(default_factory=WishState)
    done: tuple[ToolCall, ...] = ()
    declined: bool = False
    agreed: bool = False
    refused: tuple[str, ...] = ()
    question: str | None = None
    pending: PendingAction | None = None
    waits_for_person: str | None = None
    asked_again: bool = False
    kept: PendingAction | None = None
    plain: bool = False
    stuck: bool = False

    @property
    def says_something(self) -> bool:
        return bool(
            self.done or self.declined or self.agreed or self.refused or self.question or self.pending or self.stuck
        )


@dataclass(frozen=True)
class Dealer:
    """Deals with wishes by the words of `resources/`. `may_act`: a yes is acted on at once, else a person does."""

    lexicon: Lexicon
    words: AnswerWords

    @classmethod
    def load(cls, wishes: Path, answers: Path) -> Dealer:
        return cls(Lexicon.load(wishes), AnswerWords.load(answers))

    def own_products(self, records: CustomerRecords, rules: ShopRules) -> Names:
        """What tells which of the customer's own products a text names; none where it isn't known who is writing."""
        if records.customer_id is None:
            return lambda text: frozenset()
        shop = cache(lambda: read_shop(records, rules, self.lexicon))
        return lambda text: products_named(text, shop(), self.lexicon)

    def heard(self, request: Request, own_products: Names) -> Request:
        """The request with the intent of the wish that its words tell; as it is where they tell none.

        A report of a fault stays one, unless its writer wants to be rid of the thing.
        """
        intent = heard_intent(request.text, self.lexicon, own_products)
        if intent is None or (request.intent.name in _FAULTS and intent in _CHANGES_OF_A_THING):
            return request
        return request.model_copy(update={"intent": request.intent.model_copy(update={"name": intent})})

    def deal(
        self,
        messages: Sequence[Message],
        requests: Sequence[Request],
        waiting: PendingAction | None,
        before: WishState,
        context: ActionContext,
        *,
        may_act: bool,
    ) -> Deal:
        """`messages` are the conversation's up to the customer's newest, `waiting` the proposal made before it.

        Writes only what the customer agreed to in so many words, and only when `may_act`.
        """
        if context.identity.level is not IdentityLevel.verified:
            return Deal(state=before)
        if waiting is None and before.parts:  # a person decided on what was proposed
            before = before.settled(before.parts).model_copy(update={"parts": ()})
        newest = messages[-1]
        if before.open_question and not knows_no_more(newest.text, self.words):
            before = before.waived()
        if waiting is None and takes_all_back(newest.text, self.words):
            return Deal(state=before.without_wishes(messages), declined=before.is_open, plain=before.is_open)
        deal, answered = Deal(state=before), False
        if waiting is not None:
            answer = read_answer(newest.text, waiting, self.words, at=newest.at)
            if answer.kind in ("changed", "unclear"):
                answer, before = self._corrected(answer, newest.text, waiting, before, self._shop(context))
            elif answer.kind == "also" and self._is_one_action(answer, messages, waiting, before, context):
                answer = Answer(kind="changed", rest=answer.rest)
            answered = answer.kind != "unclear"
            deal = self._take(answer, newest, waiting, before, context, may_act=may_act)
            deal = replace(deal, plain=answer.kind in ("yes", "no"))
            if deal.pending or deal.kept:
                return deal
        deal = self._go_on(deal, messages, requests, context, answered=answered)
        if waiting is not None and answer.kind == "changed" and _is_same(deal, waiting):
            return _not_understood(before.settled(before.parts), newest, answer)
        return deal

    def _corrected(
        self, answer: Answer, text: str, waiting: PendingAction, before: WishState, shop: Shop
    ) -> tuple[Answer, WishState]:
        """An answer that names another thing or way of paying, and no verb, wishes for what was proposed with that.

        'No, I meant the mouse' gives up what was proposed, 'and the mouse too' adds to it.
        """
        verb, heard = _VERB_OF.get(waiting.tool), answer.rest or text
        order = shop.order(str(waiting.args.get("order_id")))
        if order and answer.kind == "unclear" and "payment_method_id" in waiting.args:
            means = named_methods(heard, shop.customer, order, self.lexicon)
            if means is not None and waiting.args["payment_method_id"] not in means:
                return Answer(kind="changed", rest=_UNTIL_MEANS.sub("", heard)), before
        if not verb or has_verb(heard, self.lexicon):
            return answer, before
        named, proposed = products_named(heard, shop, self.lexicon), _proposed(waiting, order)
        again, given_up = Answer(kind="changed", rest=f"{verb} {heard}"), before.settled(before.parts)
        if named and named < proposed and _ONLY.search(heard):
            return again, given_up
        if named - proposed and _TOO.search(heard):
            return again, before
        if named - proposed and answer.kind == "changed":
            return again, given_up
        return answer, before

    def _is_one_action(
        self,
        answer: Answer,
        messages: Sequence[Message],
        waiting: PendingAction,
        before: WishState,
        context: ActionContext,
    ) -> bool:
        """Whether what is wished beside a yes belongs into the same change, which a shop makes but once."""
        said = list(_said(messages, {**before.heard_as, messages[-1].id: answer.rest}))
        move = self._next(said, self._shop(context), before, context)
        return (
            isinstance(move, Proposal)
            and (move.tool, move.args.get("order_id")) == (waiting.tool, waiting.args.get("order_id"))
            and len(move.args.get("item_ids", ())) > len(waiting.args.get("item_ids", ()))
        )

    def _shop(self, context: ActionContext) -> Shop:
        return read_shop(CustomerRecords(context.store, context.identity.customer_id), context.rules, self.lexicon)

    def _next(self, said: Sequence[str], shop: Shop, state: WishState, context: ActionContext) -> Move | None:
        def judge(tool: str, args: Mapping[str, Any]) -> Any:
            return judge_action(tool, args, context)

        return next_move(said, shop, state.progress, judge, self.lexicon)

    def _take(
        self,
        answer: Answer,
        newest: Message,
        waiting: PendingAction,
        before: WishState,
        context: ActionContext,
        *,
        may_act: bool,
    ) -> Deal:
        """What an answer to the waiting proposal leads to."""
        heard = {**before.heard_as, newest.id: answer.rest}
        state = before.model_copy(update={"heard_as": heard, "parts": (), "agreed": False})
        match answer.kind:
            case "yes" | "also":
                return self._do(waiting, before, state.settled(before.parts), context, may_act=may_act)
            case "no":
                return Deal(state=state.settled(before.parts), declined=True)
            case "changed":
                return Deal(state=state)
            case _ if before.agreed or judge_action(waiting.tool, waiting.args, context).kind == "needs_approval":
                return Deal(state=before, kept=waiting)
            case _:
                again = _with_move(Deal(state=before), Proposal(tool=waiting.tool, args=waiting.args), context)
                return replace(again, state=before, asked_again=not newest.text.rstrip().endswith("?"))

    def _do(
        self, waiting: PendingAction, before: WishState, after: WishState, context: ActionContext, *, may_act: bool
    ) -> Deal:
        """What was agreed is done now, or waits for a person."""
        verdict = judge_action(waiting.tool, waiting.args, context)
        if verdict.kind == "needs_approval" or (verdict.kind != "refused" and not may_act):
            agreed = before.model_copy(update={"agreed": True, "heard_as": after.heard_as})
            return Deal(state=agreed, agreed=True, pending=waiting, waits_for_person=verdict.reason)
        call = perform_action(waiting.tool, waiting.args, context, key=_key(context, waiting), why=AGREED)
        return Deal(state=after, done=(call,)) if call.ok else Deal(state=after, refused=(call.error or "",))

    def _go_on(
        self,
        deal: Deal,
        messages: Sequence[Message],
        requests: Sequence[Request],
        context: ActionContext,
        *,
        answered: bool,
    ) -> Deal:
        """The next move, after all that can only be refused."""
        said, shop = list(_said(messages, deal.state.heard_as)), self._shop(context)
        for _ in range(_MOST_MOVES):
            move = self._next(said, shop, deal.state, context)
            if not isinstance(move, Denial):
                break
            deal = replace(deal, state=deal.state.settled(move.parts), refused=(*deal.refused, move.text))
        if move is None and not answered and not deal.refused:
            move = _plain_wish(messages[-1].text, requests, context)
        tells_nothing = any(says(messages[-1].text, self.words) for says in (knows_no_more, says_yes))
        if move is None and deal.state.open_question and tells_nothing:
            return _still_open(deal)
        settled = deal.state.model_copy(update={"open_question": "", "gave_up": False})
        return _with_move(replace(deal, state=settled), move, context)


def _proposed(waiting: PendingAction, order: Order | None) -> frozenset[str]:
    """The products that a proposal is about."""
    ids = waiting.args.get("item_ids", ())
    return frozenset(item.product_name for item in (order.items if order else ()) if item.item_id in ids)


def _is_same(deal: Deal, waiting: PendingAction) -> bool:
    """Whether the customer would be asked for a yes to the very thing that they want otherwise."""
    proposed = deal.pending if deal.waits_for_person is None else None
    return proposed is not None and (proposed.tool, proposed.args) == (waiting.tool, waiting.args)


def _not_understood(state: WishState, newest: Message, answer: Answer) -> Deal:
    """The customer wants it otherwise, and nobody knows how: a yes must not lead to what was proposed."""
    heard = {**state.heard_as, newest.id: answer.rest}
    state = state.model_copy(update={"parts": (), "agreed": False, "heard_as": heard})
    return Deal(state=state.asked(_OTHERWISE), question=_OTHERWISE.text)


def _still_open(deal: Deal) -> Deal:
    """The question that the customer can't answer is put once more; then a person finds out."""
    if deal.state.gave_up:
        return replace(deal, state=deal.state.model_copy(update={"open_question": ""}), stuck=True)
    return replace(deal, state=deal.state.model_copy(update={"gave_up": True}), question=deal.state.open_question)


def _with_move(deal: Deal, move: Move | None, context: ActionContext) -> Deal:
    match move:
        case Question():
            return replace(deal, state=deal.state.asked(move), question=move.text)
        case Proposal():
            try:
                pending = propose_action(move.tool, move.args, context)
            except Refused as refused:
                return replace(deal, refused=(*deal.refused, str(refused)))
            state = deal.state.model_copy(update={"parts": move.parts})
            why = move.reason if move.needs_approval else None
            return replace(deal, state=state, pending=pending, waits_for_person=why)
        case _:
            return deal


def _plain_wish(text: str, requests: Sequence[Request], context: ActionContext) -> Proposal | None:
    """Wishes that need no item, variant or payment to be found: money back for an order, or a ticket."""
    for request in requests:
        tool, args = _plain_action(text, request)
        if not tool:
            continue
        verdict = judge_action(tool, args, context)
        if verdict.kind != "refused":
            approval = verdict.kind == "needs_approval"
            return Proposal(tool=tool, args=args, needs_approval=approval, reason=verdict.reason)
    return None


def _plain_action(text: str, request: Request) -> tuple[str, dict[str, Any]]:
    orders = request.entities.order_ids
    if request.intent.name == "refund" and len(orders) == 1:
        return "flag_refund", {"order_id": orders[0], "reason": text.rstrip(" .!?")}
    if request.intent.name == "open_ticket":
        subject = " ".join(re.sub(r"[.!?;:]+(?=\s|$)", ",", text).split()[:_WORDS_OF_SUBJECT]).rstrip(", ")
        args = {"subject": subject, "description": text, "priority": "normal", "category": "general"}
        return "create_ticket", args
    return "", {}


def _said(messages: Sequence[Message], heard_as: Mapping[str, str]) -> Iterator[str]:
    for message in messages:
        if message.role is Role.customer:
            yield heard_as.get(message.id, message.text)


def _key(context: ActionContext, waiting: PendingAction) -> str:
    return action_key(context.conversation_id or "", waiting)


def last_state(runs: Sequence[Run]) -> WishState:
    """Where the last finished turn of a conversation left its wishes."""
    kept = [run.turn["wishes"] for run in runs if run.turn and "wishes" in run.turn]
    return WishState.model_validate(kept[-1]) if kept else WishState()
