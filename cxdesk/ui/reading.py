"""Reads the desk into the values that the window shows. Runs on worker threads and never touches Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_currency

from cxdesk.agent.compose import MODEL_FAILED
from cxdesk.agent.customer_voice import without_marks
from cxdesk.agent.tools import WRITE_TOOLS
from cxdesk.assist.suggest import Suggestion, SuggestionKind
from cxdesk.domain import (
    Conversation,
    ConversationState,
    Customer,
    Draft,
    Fact,
    HandoffReason,
    HandoffState,
    Message,
    MessageHit,
    Order,
    OrderItem,
    Role,
    Run,
    Unavailable,
    now,
)
from cxdesk.store.inbox import InboxItem
from cxdesk.ui import customer_words, ticket_words, words
from cxdesk.ui.language import decimal, mark, tr
from cxdesk.ui.views import (
    Bubble,
    ConversationView,
    CustomerCard,
    FactLine,
    FilledReply,
    HandoffCard,
    InboxView,
    ItemLine,
    Label,
    ModelState,
    OpenedDocument,
    OrderCard,
    ProposedAction,
    Queue,
    Row,
    RunCard,
    SavedReply,
    SourceCard,
    SuggestionRow,
    Support,
    TraceLine,
)

if TYPE_CHECKING:
    from cxdesk.desk import Desk

ROWS_SHOWN = 500
# A search over all that was said shows this many messages, each from so many characters before the match.
FOUND = 40
BEFORE_MATCH = 12
MOODS_SHOWN = 5
# How a fault quotes the reply.
_QUOTED = re.compile(r"""(['"])(.*?)\1(?=\W|$)""", re.DOTALL)


def read_inbox(desk: Desk, queue: Queue, by: str | None) -> InboxView:
    """The conversations of a queue, those first that need a person most; `by` is whose own are meant."""
    items = sorted(desk.store.inbox.items(queue, by, ROWS_SHOWN), key=need)
    return InboxView(queue, tuple(map(_row, items)), desk.store.inbox.counts(by))


def search_inbox(desk: Desk, text: str) -> tuple[Row, ...]:
    """Conversations in which something fitting was ever said, the best first, each with why. Takes an embedding."""
    best: dict[str, MessageHit] = {}
    for hit in desk.history.search(text, limit=FOUND).hits:
        best.setdefault(hit.message.conversation_id, hit)
    items = {item.id: item for item in desk.store.inbox.of(list(best))}
    return tuple(replace(_row(items[each]), found=_why_found(hit)) for each, hit in best.items() if each in items)


def need(item: InboxItem) -> tuple[int, float]:
    """Sorts by need: whom a person is to answer and who is upset, then who waits the longest; the rest newest first."""
    if item.state is ConversationState.closed:
        return 5, -item.updated_at.timestamp()
    if item.waiting_since is None and item.state is not ConversationState.waiting:
        return 4, -item.updated_at.timestamp()
    is_upset = item.mood != "unknown" and item.frustration >= words.FRUSTRATED_FROM
    rank = 2 * (item.state is not ConversationState.handed_over) + (not is_upset)
    return rank, (item.waiting_since or item.updated_at).timestamp()


def _row(item: InboxItem) -> Row:
    return Row(
        id=item.id,
        writer=item.writer,
        last_line=" ".join(item.last_text.split()),
        since=item.waiting_since or item.updated_at,
        state=words.conversation_state(item.state, preparing=item.preparing, last=item.last_role),
        mood=words.mood({"label": item.mood, "frustration": item.frustration}) if item.mood else None,
        intent=words.intent(item.intent),
        at_risk=item.at_risk,
    )


def _why_found(hit: MessageHit) -> str:
    said = " ".join(hit.message.text.split())
    return f"{words.found_because(hit.why, hit.matched)}: {_around(said, hit.matched)}"


def _around(text: str, matched: Sequence[str]) -> str:
    """The text from shortly before the first word that matched."""
    at = min((place for word in matched if (place := text.casefold().find(word.casefold())) >= 0), default=0)
    start = text.rfind(" ", 0, max(at - BEFORE_MATCH, 0)) + 1
    return f"…{text[start:]}" if start else text


def read_conversation(desk: Desk, conversation_id: str) -> ConversationView:
    """All that the window shows of one conversation. Raises `Invalid` when there is none of this id."""
    store = desk.store
    conversation = store.conversations.get(conversation_id)
    messages = store.conversations.messages(conversation_id)
    runs = store.runs.of_conversation(conversation_id)
    turns = [run.turn for run in runs if run.turn]
    draft = store.drafts.open_for(conversation_id)
    run = run_card(_turn_of(draft.run_id if draft else None, turns)) if turns else None
    if run and draft and _says_what_was_done(desk, draft):
        run = _as_done(run)
    action = _proposed_action(desk, conversation, turns)
    if run and action:
        run = replace(run, trace=(*run.trace, *_action_trace(action)))
    writer = _writer(desk, conversation)
    preparing = any(run.id for run in desk.copilot.unfinished() if run.conversation_id == conversation_id)
    state = words.conversation_state(
        conversation.state, preparing=preparing, last=messages[-1].role if messages else None
    )
    return ConversationView(
        id=conversation_id,
        writer=writer,
        state=state,
        customer=_customer_card(desk, conversation, writer),
        bubbles=tuple(_bubbles(messages, runs, writer, desk.settings.shop_name)),
        orders=_orders(desk, conversation, messages),
        draft=draft,
        run=run,
        handoff=_handoff(desk, conversation_id),
        handoff_history=tuple(_handoff_history(desk, conversation_id)),
        action=action,
        facts=fact_lines(desk.memory.facts(conversation.customer_id) if conversation.customer_id else ()),
        tickets=_tickets(desk, conversation.customer_id),
        past=_past(desk, conversation),
        rating=_rating(desk, conversation_id),
        awaits_reply=bool(messages) and messages[-1].role is Role.customer,
        is_closed=conversation.state is ConversationState.closed,
        has_documents=bool(store.documents.names()),
    )


def run_card(turn: Mapping[str, Any]) -> RunCard:
    """A run's record (`Turn.as_json`) as the window shows it."""
    grounding = turn["grounding"]
    return RunCard(
        run_id=turn["run"],
        reply=turn["reply"],
        decision=words.decision(turn),
        decision_why=words.decision_why(turn),
        checks=words.checks(grounding, failure=_failure(grounding), by_model=turn["model"] != "none"),
        check_details=tuple(grounding["unsupported"]),
        handoff=_handoff_card(turn),
        sources=_sources(turn),
        trace=tuple(_trace(turn)),
        elsewhere=words.elsewhere(turn["model"]),
        tone=turn.get("tone", ""),
        supports=tuple(_supports(turn)),
        unsupported=tuple(_unsupported_words(turn)),
    )


def _failure(grounding: Mapping[str, Any]) -> str | None:
    """Why the model failed, where the desk's brief had to speak for it."""
    told = grounding["rejected"] if grounding["used_brief"] else ()
    return next((one.removeprefix(MODEL_FAILED) for one in reversed(told) if one.startswith(MODEL_FAILED)), None)


def read_suggestions(desk: Desk, conversation_id: str) -> tuple[SuggestionRow, ...]:
    """Replies to choose from, the most confident first. Takes an embedding."""
    return tuple(
        SuggestionRow(
            number=number,
            kind=words.suggestion_kind(suggestion.kind.value),
            text=suggestion.text,
            confidence=suggestion.confidence,
            likelihood=words.likelihood(suggestion.confidence),
            rationale=suggestion.rationale,
            origin=suggestion,
        )
        for number, suggestion in enumerate(desk.copilot.suggest(conversation_id), start=1)
    )


def read_saved_replies(desk: Desk) -> tuple[SavedReply, ...]:
    return tuple(SavedReply(r.shortcut, r.title, r.category, r.text) for r in desk.store.canned.all())


def fill_reply(desk: Desk, conversation_id: str, reply: SavedReply, by: str | None) -> FilledReply:
    """A saved reply with this conversation's values in it, and gaps where there are none."""
    text = desk.copilot.fill(conversation_id, reply.text, by).text
    chosen = f"The saved reply '{reply.title}', chosen by a person."
    origin = Suggestion(text=text, confidence=1.0, rationale=chosen, kind=SuggestionKind.canned, key=reply.shortcut)
    return FilledReply(text, origin)


def read_document(desk: Desk, source: SourceCard) -> OpenedDocument:
    """The whole document of a source. Raises `Unavailable` when it was removed since."""
    document = desk.store.documents.find(source.document)
    if document is None:
        raise Unavailable(
            tr(
                "The document {document} is no longer in the knowledge base. Add it again with 'cxdesk kb add'.",
                document=repr(source.document),
            )
        )
    start, end = _place(document.text, source)
    return OpenedDocument(document.name, document.title, document.text, start, end)


def warm_up(desk: Desk) -> ModelState:
    """Load what the first message would wait for, and say how the language model is. Raises `Unavailable`.

    The jobs of the desk begin in any case.
    """
    try:
        desk.warm_up()
    finally:
        desk.memory.scheduler.start()
    return model_state(desk)


def model_state(desk: Desk) -> ModelState:
    """How the language model is now: nothing of it is waited for."""
    try:
        model = desk.language_model()
    except Unavailable as error:
        return not_ready(str(error))
    if model is None:
        return no_model()
    if model.name == "none":
        return not_ready(tr("It failed a moment ago, as the last draft says, and is asked again in half a minute."))
    if place := words.elsewhere(model.name):
        return ModelState(Label(tr("Model {name}", name=place)), tr("It runs elsewhere, where the settings say."))
    if trouble := desk.engine().trouble:
        return not_ready(trouble)
    return ModelState(Label(tr("Model {name}", name=model.name)), tr("It runs on this PC."))


def no_model() -> ModelState:
    hint = tr("Replies are the desk's own briefs. To have them phrased, fetch a model on the page Models.")
    return ModelState(Label(tr("No language model")), hint)


def not_ready(why: str) -> ModelState:
    """`why` says what to do, too."""
    return ModelState(Label(tr("Model not ready"), "warn"), why)


# ---------------------------------------------------------------- who is writing


def _writer(desk: Desk, conversation: Conversation) -> str:
    customer = desk.store.customers.find(conversation.customer_id) if conversation.customer_id else None
    return customer.name if customer else conversation.writer


def _customer_card(desk: Desk, conversation: Conversation, writer: str) -> CustomerCard:
    level = words.identity(conversation.identity.level)
    customer = desk.store.customers.find(conversation.customer_id) if conversation.customer_id else None
    if customer is None:
        return CustomerCard(writer, level)
    profile = desk.store.profiles.find(customer.id)
    known = profile is not None and profile.sessions > 0
    return CustomerCard(
        name=customer.name,
        identity=level,
        email=customer.email,
        details=tuple(_customer_details(customer)),
        id=customer.id,
        tier=words.tier(profile.tier) if profile and profile.tier != "standard" else None,
        health=words.health(profile.health) if profile and known else None,
        health_parts=words.health_parts(profile.health_parts) if profile and known else "",
        risks=profile.risk_reasons if profile else (),
        moods=_moods(desk, customer.id),
    )


def _moods(desk: Desk, customer_id: str) -> tuple[str, ...]:
    newest_first = desk.store.insights.of_customer(customer_id, MOODS_SHOWN)
    return tuple(words.mood_over(insight.sentiment) for insight in reversed(newest_first))


def fact_lines(facts: Iterable[Fact]) -> tuple[FactLine, ...]:
    return tuple(FactLine(fact.text, words.day(fact.at, now()), fact) for fact in facts)


def _tickets(desk: Desk, customer_id: str | None) -> tuple[ItemLine, ...]:
    tickets = desk.store.tickets.of_customer(customer_id) if customer_id else []
    return tuple(
        ItemLine(
            id=ticket.id,
            title=f"{ticket.id}  {ticket.subject}",
            state=ticket_words.status(ticket.status),
            when=words.day(ticket.created_at, now()) if ticket.created_at else "",
        )
        for ticket in tickets
    )


def _past(desk: Desk, conversation: Conversation) -> tuple[ItemLine, ...]:
    """The customer's other conversations, with what the closed ones came to."""
    if conversation.customer_id is None:
        return ()
    return tuple(
        ItemLine(
            id=talk.id,
            title=words.intent(talk.intent).capitalize() or tr("Conversation"),
            state=customer_words.past(talk.state, talk.outcome),
            when=words.day(talk.updated_at, now()),
        )
        for talk in desk.store.inbox.of_customer(conversation.customer_id)
        if talk.id != conversation.id
    )


def _rating(desk: Desk, conversation_id: str) -> Label | None:
    """The newest that the customer gave, of the conversation or of a reply."""
    ratings = [r for r in desk.store.ratings.of_conversation(conversation_id) if r.by == "customer"]
    return words.stars(ratings[-1].stars) if ratings else None


def _customer_details(customer: Customer) -> Iterable[str]:
    if customer.phone:
        yield customer.phone
    place = ", ".join(
        part for part in (customer.address.city, customer.address.state, customer.address.country) if part
    )
    if place:
        yield place
    if customer.registered_at:
        yield tr("customer since {month}", month=words.month_name(customer.registered_at))


def _orders(desk: Desk, conversation: Conversation, messages: Sequence[Message]) -> tuple[OrderCard, ...]:
    """Those that the conversation names come first."""
    if conversation.customer_id is None:
        return ()
    orders = desk.store.orders.of_customer(conversation.customer_id)
    said = " ".join(message.text for message in messages).upper()
    named_first = sorted(orders, key=lambda order: order.id.upper() not in said)
    locale = desk.settings.locale
    return tuple(order_card(order, locale) for order in named_first)


def order_card(order: Order, locale: str) -> OrderCard:
    return OrderCard(
        id=order.id,
        status=words.order_status(order.status),
        total=money(order.total, order.currency, locale),
        when=_order_date(order),
        items=tuple(_item(item) for item in order.items),
    )


def _order_date(order: Order) -> str:
    """The date that says most about where the order stands."""
    dates = (
        (mark("delivered {day}"), order.delivered_at),
        (mark("expected {day}"), order.expected_at),
        (mark("ordered {day}"), order.ordered_at),
    )
    for said, at in dates:
        if at:
            return tr(said, day=words.day(at, now()))
    return ""


def _item(item: OrderItem) -> str:
    options = ", ".join(item.options.values())
    count = f"{item.quantity} × " if item.quantity != 1 else ""
    return f"{count}{item.product_name}" + (f" ({options})" if options else "")


def money(amount: Decimal, currency: str, locale: str) -> str:
    return str(format_currency(amount, currency, locale=locale))


# ---------------------------------------------------------------- what was said and what the desk did


def _bubbles(messages: Sequence[Message], runs: Sequence[Run], writer: str, shop_name: str) -> Iterable[Bubble]:
    """What was read of a message stands beside what the guard kept with it."""
    read = {run.message_id: run.turn.get("flags", ()) for run in runs if run.turn}
    replies = {run.id: run.turn for run in runs if run.turn}
    for message in messages:
        names = dict.fromkeys([*message.flags, *read.get(message.id, ())])
        flags = [words.flag(name) for name in names]
        turn = replies.get(message.run_id or "")
        if message.role is Role.desk and turn and turn["reply"] == message.text:
            flags += [words.written_elsewhere(name)] if (name := words.elsewhere(turn["model"])) else []
        yield replace(_bubble(message, writer, shop_name), flags=tuple(flags))


def _bubble(message: Message, writer: str, shop_name: str) -> Bubble:
    match message.role:
        case Role.customer:
            return Bubble(message.id, "customer", writer, message.text, message.at)
        case Role.system:
            return Bubble(message.id, "system", "", message.text, message.at)
        case Role.agent:
            return Bubble(message.id, "desk", tr("You"), message.text, message.at)
        case _:
            return Bubble(message.id, "desk", shop_name, message.text, message.at)


def _turns(desk: Desk, conversation_id: str) -> list[dict[str, Any]]:
    return [run.turn for run in desk.store.runs.of_conversation(conversation_id) if run.turn]


def _turn_of(run_id: str | None, turns: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return next((turn for turn in turns if turn["run"] == run_id), turns[-1])


def _says_what_was_done(desk: Desk, draft: Draft) -> bool:
    """Whether the draft is the sentence of a change that was made, as an approved action leaves it."""
    rows = desk.store.audit.of_conversation(draft.conversation_id)
    return any(row.ok and isinstance(row.result, dict) and row.result.get("done") == draft.text for row in rows)


def _as_done(run: RunCard) -> RunCard:
    return replace(
        run,
        decision=Label(tr("Says what was done"), "good"),
        decision_why="",
        checks=Label(tr("The change was made, and stands in the audit"), "good"),
        check_details=(),
        elsewhere="",
    )


def _proposed_action(
    desk: Desk, conversation: Conversation, turns: Sequence[Mapping[str, Any]]
) -> ProposedAction | None:
    """What waits; the newest turn that proposed it says for whom."""
    pending = conversation.pending
    if pending is None:
        return None
    proposed = next((turn for turn in reversed(turns) if turn["pending_action"]), None)
    waits_for_person = proposed is not None and proposed["handoff_reason"] == HandoffReason.needs_approval
    agreed = bool(turns and turns[-1].get("wishes", {}).get("agreed"))
    return ProposedAction(
        text=words.proposal(pending.text or pending.tool.replace("_", " ")),
        agreed=words.agreement(agreed=agreed, waits_for_person=waits_for_person),
        rule=words.proposal(desk.agent.rules.rule(pending.tool).quote),
        can_be_decided=waits_for_person,
    )


def _handoff_card(turn: Mapping[str, Any]) -> HandoffCard | None:
    """The handoff that a turn asks for, before it is stored."""
    handoff = turn["handoff"]
    if not handoff:
        return None
    reason, lines = words.handoff_reason(handoff["reason"]), tuple(handoff["summary"].splitlines())
    return HandoffCard(reason, lines, words.handoff_holder(taken=False, by=None), stored=False)


def _handoff(desk: Desk, conversation_id: str) -> HandoffCard | None:
    """The newest handoff that still needs a person, and who has it."""
    handoff = desk.copilot.handovers.current(conversation_id)
    if handoff is None:
        return None
    taken = handoff.state is HandoffState.accepted
    by = next((e.by for e in reversed(desk.store.handoffs.events(handoff.id)) if e.by), None)
    return HandoffCard(
        reason=words.handoff_reason(handoff.reason),
        summary=tuple(handoff.summary.splitlines()),
        holder=words.handoff_holder(taken=taken, by=by, me=desk.access.name),
        is_taken=taken,
    )


def _handoff_history(desk: Desk, conversation_id: str) -> Iterable[TraceLine]:
    """What became of the conversation's handoffs, oldest first. A step taken for several at once is told once."""
    handoffs = {handoff.run_id: handoff for handoff in desk.store.handoffs.of_conversation(conversation_id)}
    steps = [(h.at, tr("Handed over: {reason}", reason=words.handoff_reason(h.reason))) for h in handoffs.values()]
    events = desk.copilot.handovers.history(conversation_id)
    steps += [(event.at, words.handoff_step(event.kind, event.by, event.note)) for event in events]
    moment, said = now().astimezone(), ""
    for at, text in sorted(steps, key=lambda step: step[0]):
        if text != said:
            yield TraceLine(text, words.clock(at, moment))
        said = text


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


def _supports(turn: Mapping[str, Any]) -> Iterable[Support]:
    """What each sentence of the reply rests on."""
    for span in turn["grounding"]["sentences"]:
        start, end = span["start"], span["end"]
        if span["document"]:
            place = " › ".join(
                part for part in (span["document"], (span.get("heading") or "").split(" > ")[-1]) if part
            )
            yield Support(start, end, place, _quoted(turn, span), span["document"], span["from"] or 0)
        elif span.get("tool"):
            place = tr(
                "Looked up: {tool}, {field}",
                tool=_spelled(span["tool"]),
                field=_spelled(span["field"]) if span.get("field") else tr("result"),
            )
            yield Support(start, end, place, _found(turn, span["tool"]))


def _quoted(turn: Mapping[str, Any], span: Mapping[str, Any]) -> str:
    """The words of a document's span, as far as its passage was kept with the run."""
    for source in turn["sources"]:
        if source["document"] == span["document"] and source["start"] <= (span["from"] or 0) < source["end"]:
            said = source["passage"][span["from"] - source["start"] : (span["to"] or 0) - source["start"]]
            return " ".join(without_marks(said).split())
    return ""


def _found(turn: Mapping[str, Any], tool: str) -> str:
    """What the tool found, in the short line that is kept of it."""
    return "; ".join(call["result"] for call in turn["tools"] if call["name"] == tool and call["ok"] and call["result"])


def _spelled(name: str) -> str:
    return name.replace("_", " ")


def _unsupported_words(turn: Mapping[str, Any]) -> Iterable[str]:
    """The words of the reply that its faults quote."""
    for fault in turn["grounding"]["unsupported"]:
        quoted = (match.group(2) for match in _QUOTED.finditer(fault))
        yield from (words for words in quoted if words and words in turn["reply"])


def _trace(turn: Mapping[str, Any]) -> Iterable[TraceLine]:
    wishes = ", ".join(
        tr("{intent} {percent}%", intent=_spelled(intent["name"]), percent=decimal(100 * intent["confidence"], 0))
        for intent in turn["intents"]
    )
    yield TraceLine(tr("Wish: {wishes}", wishes=wishes))
    yield TraceLine(tr("Plan: {tools}", tools=", ".join(turn["plan"]) or tr("no tool needed")))
    yield TraceLine(
        tr("Phrased by {model}", model=turn["model"].removeprefix(words.REMOTE))
        if turn["model"] != "none"
        else tr("Phrased by the desk, without a model")
    )
    yield from _headed(tr("Tool calls"), map(_call_line, turn["tools"]))
    yield from _headed(tr("Rejected tries"), map(TraceLine, turn["grounding"]["rejected"]))
    yield from _headed(tr("Time"), (TraceLine(words.stage(name), words.milliseconds(ms)) for name, ms in _times(turn)))


def _headed(heading: str, lines: Iterable[TraceLine]) -> Iterable[TraceLine]:
    """The lines under their heading; nothing where there are none."""
    if below := list(lines):
        yield TraceLine(heading, is_heading=True)
        yield from below


def _call_line(call: Mapping[str, Any]) -> TraceLine:
    arguments = ", ".join(f"{name}={value!r}" for name, value in call["args"].items())
    failed = tr("not done") if call["name"] in WRITE_TOOLS else tr("nothing found")
    outcome = "" if call["ok"] else f": {failed}"
    return TraceLine(f"{call['name']}({arguments}){outcome}", words.milliseconds(call["ms"]))


def _times(turn: Mapping[str, Any]) -> Iterable[tuple[str, float]]:
    timings: Mapping[str, float] = turn["timings_ms"]
    return timings.items()


def _action_trace(action: ProposedAction) -> Iterable[TraceLine]:
    return _headed(
        tr("Proposed change"),
        (
            TraceLine(action.text),
            TraceLine(tr("Rule: {rule}", rule=action.rule)),
            TraceLine(words.proposal(action.agreed.text)),
        ),
    )


def _place(text: str, source: SourceCard) -> tuple[int, int]:
    """Where the passage stands now: a document may have been edited since the run."""
    if text[source.start : source.end] == source.passage:
        return source.start, source.end
    found = text.find(source.passage)
    return (found, found + len(source.passage)) if found >= 0 else (0, 0)
