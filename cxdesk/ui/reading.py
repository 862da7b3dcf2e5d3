"""Reads the desk into the values that the window shows. Runs on worker threads and never touches Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_currency

from cxdesk.agent.customer_voice import without_marks
from cxdesk.domain import Conversation, Customer, Message, Order, OrderItem, Role, Unavailable, now
from cxdesk.ui import words
from cxdesk.ui.views import (
    Bubble,
    ConversationView,
    CustomerCard,
    HandoffCard,
    Label,
    ModelState,
    Mood,
    OpenedDocument,
    OrderCard,
    Row,
    RunCard,
    SourceCard,
    TraceLine,
)

if TYPE_CHECKING:
    from cxdesk.desk import Desk

ROWS_SHOWN = 500
# What the agent writes into a run's rejected tries when the model's process went away.
MODEL_FAILED = "the model failed"


class InboxReader:
    """The list of conversations, newest first. Remembers moods and names by a conversation's last change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, datetime], tuple[str, Mood | None]] = {}

    def read(self) -> list[Row]:
        store = self._desk.store
        conversations = store.conversations.recent(limit=ROWS_SHOWN)
        last = store.conversations.last_messages([conversation.id for conversation in conversations])
        preparing = {run.conversation_id for run in self._desk.copilot.unfinished()}
        rows = [self._row(conversation, last.get(conversation.id), preparing) for conversation in conversations]
        self._known = {key: self._known[key] for c in conversations if (key := (c.id, c.updated_at)) in self._known}
        return rows

    def _row(self, conversation: Conversation, last: Message | None, preparing: set[str]) -> Row:
        is_preparing = conversation.id in preparing
        writer, mood = self._details(conversation, remember=not is_preparing)
        state = words.conversation_state(conversation, preparing=is_preparing, last=last.role if last else None)
        line = " ".join(last.text.split()) if last else ""
        return Row(conversation.id, writer, line, conversation.updated_at, state, mood)

    def _details(self, conversation: Conversation, *, remember: bool) -> tuple[str, Mood | None]:
        key = (conversation.id, conversation.updated_at)
        if key in self._known:
            return self._known[key]
        turns = _turns(self._desk, conversation.id)
        details = (_writer(self._desk, conversation), words.mood(turns[-1]["sentiment"]) if turns else None)
        if remember:
            self._known[key] = details
        return details


def read_conversation(desk: Desk, conversation_id: str) -> ConversationView:
    """All that the window shows of one conversation. Raises `Invalid` when there is none of this id."""
    store = desk.store
    conversation = store.conversations.get(conversation_id)
    messages = store.conversations.messages(conversation_id)
    runs = store.runs.of_conversation(conversation_id)
    turns = [run.turn for run in runs if run.turn]
    draft = store.drafts.open_for(conversation_id)
    run = run_card(_turn_of(draft.run_id if draft else None, turns)) if turns else None
    writer = _writer(desk, conversation)
    preparing = any(run.id for run in desk.copilot.unfinished() if run.conversation_id == conversation_id)
    state = words.conversation_state(conversation, preparing=preparing, last=messages[-1].role if messages else None)
    return ConversationView(
        id=conversation_id,
        writer=writer,
        state=state,
        customer=_customer_card(desk, conversation, writer),
        bubbles=tuple(_bubble(message, writer, desk.settings.shop_name) for message in messages),
        orders=_orders(desk, conversation, messages),
        draft=draft,
        run=run,
        handoff=_open_handoff(turns, messages),
        has_documents=bool(store.documents.names()),
    )


def run_card(turn: Mapping[str, Any]) -> RunCard:
    """A run's record (`Turn.as_json`) as the window shows it."""
    grounding = turn["grounding"]
    model_failed = MODEL_FAILED in grounding["rejected"]
    return RunCard(
        run_id=turn["run"],
        reply=turn["reply"],
        decision=words.decision(turn),
        decision_why=words.decision_why(turn),
        checks=words.checks(grounding, model_failed=model_failed, by_model=turn["model"] != "none"),
        check_details=tuple(grounding["unsupported"]),
        handoff=_handoff_card(turn),
        sources=_sources(turn),
        trace=tuple(_trace(turn)),
    )


def read_document(desk: Desk, source: SourceCard) -> OpenedDocument:
    """The whole document of a source. Raises `Unavailable` when it was removed since."""
    document = desk.store.documents.find(source.document)
    if document is None:
        raise Unavailable(
            f"The document {source.document!r} is no longer in the knowledge base. Add it again with 'cxdesk kb add'."
        )
    start, end = _place(document.text, source)
    return OpenedDocument(document.name, document.title, document.text, start, end)


def warm_up(desk: Desk) -> ModelState:
    """Load what the first message would wait for, and say how the language model is. Raises `Unavailable`."""
    desk.warm_up()
    return model_state(desk)


def model_state(desk: Desk) -> ModelState:
    model = desk.language_model()
    if model is None:
        hint = "Replies are the desk's own briefs. To have them phrased, fetch a model: 'cxdesk models fetch NAME'."
        return ModelState(Label("No language model"), hint)
    return ModelState(Label(f"Model {model.name}"), "It runs on this PC.")


# ---------------------------------------------------------------- who is writing


def _writer(desk: Desk, conversation: Conversation) -> str:
    customer = desk.store.customers.find(conversation.customer_id) if conversation.customer_id else None
    return customer.name if customer else conversation.writer


def _customer_card(desk: Desk, conversation: Conversation, writer: str) -> CustomerCard:
    level = words.identity(conversation.identity.level)
    customer = desk.store.customers.find(conversation.customer_id) if conversation.customer_id else None
    if customer is None:
        return CustomerCard(writer, level)
    return CustomerCard(customer.name, level, customer.email, tuple(_customer_details(customer)))


def _customer_details(customer: Customer) -> Iterable[str]:
    if customer.phone:
        yield customer.phone
    place = ", ".join(
        part for part in (customer.address.city, customer.address.state, customer.address.country) if part
    )
    if place:
        yield place
    if customer.registered_at:
        yield f"customer since {customer.registered_at:%B %Y}"


def _orders(desk: Desk, conversation: Conversation, messages: Sequence[Message]) -> tuple[OrderCard, ...]:
    """Those that the conversation names come first."""
    if conversation.customer_id is None:
        return ()
    orders = desk.store.orders.of_customer(conversation.customer_id)
    said = " ".join(message.text for message in messages).upper()
    named_first = sorted(orders, key=lambda order: order.id.upper() not in said)
    locale = desk.settings.locale
    return tuple(_order_card(order, locale) for order in named_first)


def _order_card(order: Order, locale: str) -> OrderCard:
    return OrderCard(
        id=order.id,
        status=words.order_status(order.status),
        total=_money(order.total, order.currency, locale),
        when=_order_date(order),
        items=tuple(_item(item) for item in order.items),
    )


def _order_date(order: Order) -> str:
    """The date that says most about where the order stands."""
    for said, at in (("delivered", order.delivered_at), ("expected", order.expected_at), ("ordered", order.ordered_at)):
        if at:
            return f"{said} {words.day(at, now())}"
    return ""


def _item(item: OrderItem) -> str:
    options = ", ".join(item.options.values())
    count = f"{item.quantity} × " if item.quantity != 1 else ""
    return f"{count}{item.product_name}" + (f" ({options})" if options else "")


def _money(amount: Decimal, currency: str, locale: str) -> str:
    return str(format_currency(amount, currency, locale=locale))


# ---------------------------------------------------------------- what was said and what the desk did


def _bubble(message: Message, writer: str, shop_name: str) -> Bubble:
    match message.role:
        case Role.customer:
            return Bubble(message.id, "customer", writer, message.text, message.at)
        case Role.system:
            return Bubble(message.id, "system", "", message.text, message.at)
        case Role.agent:
            return Bubble(message.id, "desk", "You", message.text, message.at)
        case _:
            return Bubble(message.id, "desk", shop_name, message.text, message.at)


def _turns(desk: Desk, conversation_id: str) -> list[dict[str, Any]]:
    return [run.turn for run in desk.store.runs.of_conversation(conversation_id) if run.turn]


def _turn_of(run_id: str | None, turns: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return next((turn for turn in turns if turn["run"] == run_id), turns[-1])


def _open_handoff(turns: Sequence[dict[str, Any]], messages: Sequence[Message]) -> HandoffCard | None:
    """The handoff of the newest run, until a person has written."""
    if not turns or (messages and messages[-1].role is Role.agent):
        return None
    return _handoff_card(turns[-1])


def _handoff_card(turn: Mapping[str, Any]) -> HandoffCard | None:
    handoff = turn["handoff"]
    if not handoff:
        return None
    return HandoffCard(turn["run"], words.handoff_reason(handoff["reason"]), handoff["summary"])


def _sources(turn: Mapping[str, Any]) -> tuple[SourceCard, ...]:
    """Those that the reply rests on come first, otherwise as found."""
    spans = [(s["document"], s["from"]) for s in turn["grounding"]["sentences"] if s["document"]]
    cards = [_source_card(source, spans) for source in turn["sources"]]
    return tuple(sorted(cards, key=lambda card: not card.used))


def _source_card(source: Mapping[str, Any], spans: Sequence[tuple[str, int | None]]) -> SourceCard:
    used = any(
        document == source["document"] and at is not None and source["start"] <= at < source["end"]
        for document, at in spans
    )
    lines = [without_marks(line) for line in source["passage"].splitlines() if line.strip()]
    return SourceCard(
        document=source["document"],
        heading=source["heading"],
        passage=source["passage"],
        excerpt=" ".join(lines),
        start=source["start"],
        end=source["end"],
        used=used,
    )


def _trace(turn: Mapping[str, Any]) -> Iterable[TraceLine]:
    said = ", ".join(f"{intent['name'].replace('_', ' ')} {intent['confidence']:.0%}" for intent in turn["intents"])
    yield TraceLine(f"Wish: {said}")
    yield TraceLine(f"Plan: {', '.join(turn['plan']) or 'no tool needed'}")
    for call in turn["tools"]:
        arguments = ", ".join(f"{name}={value!r}" for name, value in call["args"].items())
        found = "" if call["ok"] else ": nothing found"
        yield TraceLine(f"{call['name']}({arguments}){found}", words.milliseconds(call["ms"]))
    for name, ms in turn["timings_ms"].items():
        yield TraceLine(name.replace("_", " "), words.milliseconds(ms))
    yield TraceLine(
        f"Phrased by {turn['model']}" if turn["model"] != "none" else "Phrased by the desk, without a model"
    )


def _place(text: str, source: SourceCard) -> tuple[int, int]:
    """Where the passage stands now: a document may have been edited since the run."""
    if text[source.start : source.end] == source.passage:
        return source.start, source.end
    found = text.find(source.passage)
    return (found, found + len(source.passage)) if found >= 0 else (0, 0)
