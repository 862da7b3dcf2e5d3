"""The records, enums and error kinds that every room speaks.

Records are frozen pydantic models: a room takes values and returns new values, nobody sets a field on
another room's record. Times end in `_at` and are UTC; `None` means the shop's data does not say, and
nothing is invented in its place. Money is `Decimal` in the record's own currency.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# ---------------------------------------------------------------- errors


class DeskError(Exception):
    """A trouble that is told to the person in one sentence: it names the thing and the next step."""


class Unavailable(DeskError):
    """The world is not ready: a disk, a model file, another process."""


class Refused(DeskError):
    """A policy or a permission says no."""


class Overtaken(Refused):
    """What a person changed was changed by somebody else since they began; theirs stands, nothing was overwritten."""


class Stopped(Refused):
    """A person asked to stop it before it was done; nothing is broken by that."""


class Invalid(DeskError):
    """The input or a setting is wrong."""


# ---------------------------------------------------------------- basics


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def now() -> datetime:
    """The current moment in UTC, with its time zone."""
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    """A fresh identifier such as 'c_4f9c0e2ab1d7', unique for all practical purposes."""
    return f"{prefix}_{uuid4().hex[:12]}"


def _as_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_as_utc)]

# ---------------------------------------------------------------- the shop


class Address(Record):
    address1: str = ""
    address2: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    zip: str = ""


class PaymentMethod(Record):
    """`source` is the shop's own word, such as credit_card, paypal, gift_card."""

    id: str
    source: str
    brand: str | None = None
    last_four: str | None = None
    balance: Decimal | None = None


class Customer(Record):
    id: str
    name: str
    email: str
    phone: str | None = None
    address: Address = Address()
    payment_methods: tuple[PaymentMethod, ...] = ()
    registered_at: Moment | None = None


class OrderItem(Record):
    line_no: int
    item_id: str
    product_id: str | None = None
    product_name: str
    options: dict[str, str] = Field(default_factory=dict)
    price: Decimal
    quantity: int = 1


class Payment(Record):
    """`kind` is payment or refund; `amount` is positive for both."""

    kind: str
    amount: Decimal
    payment_method_id: str | None = None


class Fulfillment(Record):
    tracking_ids: tuple[str, ...] = ()
    item_ids: tuple[str, ...] = ()
    carrier: str | None = None


class Order(Record):
    """`status` is the shop's own word; only shops that keep dates have the dates."""

    id: str
    customer_id: str
    status: str
    total: Decimal
    currency: str = "USD"
    ship_to: Address = Address()
    payments: tuple[Payment, ...] = ()
    fulfillments: tuple[Fulfillment, ...] = ()
    items: tuple[OrderItem, ...] = ()
    ordered_at: Moment | None = None
    shipped_at: Moment | None = None
    delivered_at: Moment | None = None
    expected_at: Moment | None = None


_FINISHED = ("delivered", "cancelled", "canceled", "return", "exchange", "closed", "complete")


def is_finished(status: str) -> bool:
    """Whether an order of that status, in the shop's own word, is under way no longer."""
    return status.casefold().startswith(_FINISHED)


class OrderChange(Record):
    """What was done to an order at the desk, with the tool and the arguments; `amount` is the money it was about."""

    id: str
    order_id: str
    customer_id: str
    tool: str
    args: dict[str, Any] = Field(default_factory=dict)
    amount: Decimal = Decimal(0)
    run_id: str | None = None
    at: Moment


class Variant(Record):
    """One thing that can be bought: a product with its options chosen."""

    item_id: str
    product_id: str
    options: dict[str, str] = Field(default_factory=dict)
    available: bool
    price: Decimal
    currency: str = "USD"


class Product(Record):
    id: str
    name: str
    description: str = ""
    variants: tuple[Variant, ...] = ()


class TicketStatus(StrEnum):
    open = "open"
    in_progress = "in_progress"
    waiting = "waiting"
    resolved = "resolved"
    closed = "closed"

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do about such a ticket."""
        return self in (TicketStatus.resolved, TicketStatus.closed)


class Ticket(Record):
    """`assignee` is the person who sees to it. One that was merged into another names that one's id in any case."""

    id: str
    customer_id: str | None = None
    order_id: str | None = None
    conversation_id: str | None = None
    subject: str
    description: str = ""
    status: TicketStatus = TicketStatus.open
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    category: str = "general"
    assignee: str | None = None
    merged_into: str | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class TicketNote(Record):
    """`author` is the role that wrote it, `by` the person, where one is known. `id` is given when it is kept."""

    id: str = ""
    ticket_id: str
    text: str
    author: str
    by: str | None = None
    at: Moment


BY_THE_DESK = "desk"
"""The author of what no person did."""
TicketChangeKind = Literal["created", "edited", "note", "merged", "split"]
TicketSort = Literal["urgency", "id", "subject", "customer", "status", "priority", "assignee", "category", "age"]


class TicketFilter(Record):
    """Which tickets to list; what is None is left open. Every one of the words must stand in a ticket.

    An `assignee` of "" means nobody. `open_only` leaves out what is resolved or closed.
    """

    words: str = ""
    status: TicketStatus | None = None
    priority: str | None = None
    assignee: str | None = None
    category: str | None = None
    customer_id: str | None = None
    open_only: bool = False


class TicketLine(Record):
    """A ticket in a list, with its customer's name and when something last happened to it."""

    id: str
    subject: str
    customer: str | None = None
    status: TicketStatus
    priority: str
    assignee: str | None = None
    category: str
    touched_at: Moment | None = None


class TicketChange(Record):
    """What was done to a ticket: the fields as they were and as they became.

    Everything that was done at once has the same `id`. `author` is the role that did it, `by` the person where one is
    known. `undone_at`: it was taken back.
    """

    id: str
    ticket_id: str
    kind: TicketChangeKind
    before: dict[str, Any] = Field(default_factory=dict)
    after: dict[str, Any] = Field(default_factory=dict)
    author: str
    by: str | None = None
    at: Moment
    undone_at: Moment | None = None


class CannedReply(Record):
    """A saved reply. `text` may hold {variables}; `shortcut` is what staff type after '/'."""

    shortcut: str
    title: str
    category: str = "general"
    text: str


class KeptReply(Record):
    """A saved reply with how often it was sent; `last_used_at` is None where it never was, or before that was kept."""

    reply: CannedReply
    uses: int = 0
    last_used_at: Moment | None = None


# ---------------------------------------------------------------- documents


class Audience(StrEnum):
    public = "public"
    internal = "internal"


class Document(Record):
    """A document of the shop. `text` is plain Markdown; passages point into it by character offsets."""

    name: str
    title: str
    text: str
    category: str = "general"
    audience: Audience = Audience.public
    content_hash: str
    source: str = ""
    added_at: Moment


class DocumentSummary(Record):
    """A document without its text, for lists."""

    name: str
    title: str
    category: str
    audience: Audience
    characters: int
    content_hash: str
    source: str
    added_at: Moment


class RestingReply(Record):
    """A saved or approved reply that says a document's passage again. `stands`: the passage is still in the document.

    `key` is the saved reply's shortcut, or the approved wording's id.
    """

    kind: Literal["canned", "approved"]
    key: str
    text: str
    document: str
    passage: str
    stands: bool


class Passage(Record):
    """A piece of a document: `text == document.text[start:end]`. `heading` is the path of headings above it."""

    document: str
    title: str
    heading: str
    text: str
    start: int
    end: int
    category: str = "general"
    audience: Audience = Audience.public


class Hit(Record):
    """A passage that a search found. `score` is 0..1, comparable between searches; ranks start at 1."""

    passage: Passage
    score: float
    dense_rank: int | None = None
    keyword_rank: int | None = None


# ---------------------------------------------------------------- what a message tells


class Sentiment(Record):
    """`label` is unknown, with its reason, when the judgement failed: never a neutral stand-in."""

    label: Literal["negative", "neutral", "positive", "unknown"]
    score: float = 0.0
    confidence: float = 0.0
    frustration: float = 0.0
    trend: Literal["improving", "stable", "declining"] = "stable"
    method: Literal["lexicon", "confirmed"] = "lexicon"
    reason: str | None = None


class IntentScore(Record):
    name: str
    confidence: float


class Amount(Record):
    """A sum of money as it was named; `currency` is its ISO code."""

    value: Decimal
    currency: str


class DateSpan(Record):
    """The days from `start` to `end`, both included; one day when they are equal. `text` is how it was written."""

    text: str
    start: date
    end: date


class Entities(Record):
    order_ids: tuple[str, ...] = ()
    ticket_ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateSpan, ...] = ()


class Guarded(Record):
    """A message after the guard: safe to store and to show a model. `flags` say what was changed or seen."""

    text: str
    flags: tuple[str, ...] = ()


class Request(Record):
    """One wish inside a message: a message may carry several, each is planned and answered.

    `story` is what was said before it that it may lean on: 'The light blinks.' before 'What can I do?'. `general`
    asks the same of anything that the shop sells: 'How long is the warranty on it?'; empty where no product is named.
    """

    text: str
    story: str = ""
    general: str = ""
    intent: IntentScore
    entities: Entities = Entities()


class Signals(Record):
    sentiment: Sentiment
    requests: tuple[Request, ...]
    entities: Entities
    flags: tuple[str, ...] = ()

    @property
    def intent(self) -> IntentScore:
        return self.requests[0].intent


# ---------------------------------------------------------------- one turn


class IdentityLevel(StrEnum):
    unknown = "unknown"
    claimed = "claimed"
    verified = "verified"


class Identity(Record):
    """Who is writing and how sure we are. `proofs` lists what was shown so far, as kinds, not values."""

    level: IdentityLevel = IdentityLevel.unknown
    customer_id: str | None = None
    proofs: tuple[str, ...] = ()
    failed_tries: int = 0

    @property
    def verified_customer(self) -> str | None:
        """The id of the customer who is proved to be writing; None for everybody else."""
        return self.customer_id if self.level is IdentityLevel.verified else None


class Step(Record):
    """One planned tool call, and the request of the message that it serves."""

    tool: str
    args: dict[str, Any] = Field(default_factory=dict)
    request: int = 0
    why: str = ""


class ToolCall(Record):
    """A tool call that was made. `result` is JSON-like; `error` is a sentence for staff when not `ok`."""

    id: str
    name: str
    args: dict[str, Any]
    ok: bool
    ms: float
    result: Any = None
    error: str | None = None
    request: int = 0

    @property
    def summary(self) -> str:
        """What came of the call, in one short line for staff."""
        if not self.ok:
            return _shortened(self.error or "nothing was found")
        if isinstance(self.result, list):
            told = "; ".join(filter(None, map(_told, self.result[:SUMMARISED])))
            return _shortened(f"{len(self.result)} found: {told}" if told else f"{len(self.result)} found")
        return _shortened(_told(self.result))


SUMMARISED = 4
SUMMARY_CHARACTERS = 160


def _told(found: Any) -> str:
    """A record by its plain values, a passage by its place."""
    if isinstance(found, Hit):
        heading = f" ({found.passage.heading})" if found.passage.heading else ""
        return f"{found.passage.document}{heading}"
    if not isinstance(found, dict):
        return "" if found is None else str(found)
    plain = [f"{value}" for value in found.values() if isinstance(value, str | int | float) and value != ""]
    return ", ".join(plain)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_CHARACTERS else f"{line[: SUMMARY_CHARACTERS - 2].rstrip(' ,;')} …"


class Support(Record):
    """Where a stretch of a reply is supported: a span of a document, or a field of a tool's result."""

    start: int
    end: int
    document: str | None = None
    heading: str | None = None
    from_: int | None = Field(default=None, serialization_alias="from")
    to: int | None = None
    tool: str | None = None
    field: str | None = None


class Grounding(Record):
    supported: int = 0
    unsupported: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    retried: bool = False
    used_brief: bool = False
    sentences: tuple[Support, ...] = ()


class DecisionKind(StrEnum):
    reply = "reply"
    confirm = "confirm"
    ask = "ask"
    handoff = "handoff"


class HandoffReason(StrEnum):
    asked_for_human = "asked_for_human"
    repeated_intent = "repeated_intent"
    data_gap = "data_gap"
    needs_approval = "needs_approval"
    identity_failed = "identity_failed"
    ungrounded = "ungrounded"
    max_rounds = "max_rounds"
    frustration = "frustration"
    guardrail = "guardrail"
    low_confidence = "low_confidence"
    model_unavailable = "model_unavailable"


class PendingAction(Record):
    """A change that was proposed and waits for a yes. `text` is the proposal as the customer was told it."""

    tool: str
    args: dict[str, Any]
    text: str = ""
    asked_at: Moment | None = None
    run_id: str | None = None


class Decision(Record):
    kind: DecisionKind
    reason: HandoffReason | None = None
    pending: PendingAction | None = None


class Source(Record):
    """A passage shown beside a reply, with its place in the document."""

    document: str
    heading: str
    passage: str
    score: float
    start: int
    end: int


class HandoffNote(Record):
    reason: HandoffReason
    summary: str


class Turn(Record):
    """All that one message led to. `as_json` is the document that the outside may rely on."""

    conversation: str
    run: str
    message_id: str
    reply: str
    decision: Decision
    handoff: HandoffNote | None = None
    identity: Identity
    signals: Signals
    plan: tuple[Step, ...] = ()
    tools: tuple[ToolCall, ...] = ()
    sources: tuple[Source, ...] = ()
    grounding: Grounding = Grounding()
    tone: str = "friendly"
    model: str = "none"
    notes: tuple[str, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The turn as plain JSON values, in the shape of `cxdesk ask --json`."""
        return {
            "conversation": self.conversation,
            "run": self.run,
            "reply": self.reply,
            "decision": self.decision.kind.value,
            "handoff_reason": self.decision.reason.value if self.decision.reason else None,
            "handoff": self.handoff.model_dump(mode="json") if self.handoff else None,
            "pending_action": self.decision.pending.model_dump(mode="json", include={"tool", "args", "text"})
            if self.decision.pending
            else None,
            "identity": self.identity.level.value,
            "customer_id": self.identity.customer_id,
            "sentiment": self.signals.sentiment.model_dump(mode="json"),
            "intent": self.signals.intent.model_dump(mode="json"),
            "intents": [request.intent.model_dump(mode="json") for request in self.signals.requests],
            "flags": list(self.signals.flags),
            "plan": [step.tool for step in self.plan],
            "tools": [
                {**call.model_dump(mode="json", include={"name", "args", "ok", "ms"}), "result": call.summary}
                for call in self.tools
            ],
            "sources": [source.model_dump(mode="json") for source in self.sources],
            "grounding": self.grounding.model_dump(mode="json", by_alias=True),
            "tone": self.tone,
            "model": self.model,
            "notes": list(self.notes),
            "timings_ms": {name: round(ms, 2) for name, ms in self.timings_ms.items()},
        }


# ---------------------------------------------------------------- what is kept


class Role(StrEnum):
    customer = "customer"
    desk = "desk"
    agent = "agent"
    system = "system"


class ConversationState(StrEnum):
    """open: the desk answers; waiting: a draft waits for approval; handed_over: a person answers; closed."""

    open = "open"
    waiting = "waiting"
    handed_over = "handed_over"
    closed = "closed"


class Conversation(Record):
    id: str
    customer_id: str | None = None
    writer: str = "Guest"
    identity: Identity = Identity()
    state: ConversationState = ConversationState.open
    pending: PendingAction | None = None
    opened_at: Moment
    updated_at: Moment


class Message(Record):
    """What was written, after the guard; `flags` are the guard's, which can't be told from the cleaned text again."""

    id: str
    conversation_id: str
    role: Role
    text: str
    at: Moment
    run_id: str | None = None
    flags: tuple[str, ...] = ()


class DraftState(StrEnum):
    proposed = "proposed"
    approved = "approved"
    edited = "edited"
    rejected = "rejected"


class Draft(Record):
    """A reply that waits for a person. `sent_text` is what left the desk after approval or editing."""

    id: str
    conversation_id: str
    run_id: str
    text: str
    state: DraftState = DraftState.proposed
    sent_text: str | None = None
    reason: str | None = None
    created_at: Moment
    decided_at: Moment | None = None


class RunState(StrEnum):
    started = "started"
    finished = "finished"
    failed = "failed"


class Run(Record):
    """One turn's record. `turn` is `Turn.as_json()` once finished; a run left `started` was cut short."""

    id: str
    conversation_id: str
    message_id: str
    state: RunState
    turn: dict[str, Any] | None = None
    started_at: Moment
    finished_at: Moment | None = None


class AuditRow(Record):
    id: str
    run_id: str | None
    conversation_id: str | None
    role: str
    tool: str
    args: dict[str, Any]
    ok: bool
    result: Any = None
    why: str = ""
    ms: float
    at: Moment


# ---------------------------------------------------------------- people at the desk

AccountRole = Literal["viewer", "agent", "admin"]

UNSENT_FILE = "unsent.ini"
"""In the data directory: words that staff typed and have not sent or saved, while no window is open."""
AUTOPILOT = "autopilot"
"""Who decided, where the desk sent a draft by itself. No person is called so."""


class Account(Record):
    """A person who may sign in. What the role may do stands in the permissions; one that isn't active may nothing."""

    name: str
    role: AccountRole
    active: bool = True
    created_at: Moment


class SignInTries(Record):
    """Wrong tries to sign in with a name, and the moment until which the next one waits."""

    wrong: int = 0
    wait_until: Moment | None = None


class SignUp(Record):
    """A customer's record that the customer made, not the shop: what it says of them is unproved."""

    customer_id: str
    conversation_id: str
    at: Moment


class HandoffState(StrEnum):
    open = "open"
    accepted = "accepted"
    resolved = "resolved"


class Handoff(Record):
    id: str
    conversation_id: str
    run_id: str | None
    reason: HandoffReason
    summary: str
    state: HandoffState = HandoffState.open
    at: Moment


# ---------------------------------------------------------------- memory

Resolution = Literal["resolved", "escalated", "unresolved"]
ClosedBy = Literal["person", "customer", "silence", "window"]
Tier = Literal["standard", "silver", "gold", "platinum"]


class Insight(Record):
    """What a closed conversation came to, from its messages up to the close; none of them is looked at later.

    Moods are -1..1 and frustration 0..1, means over the customer's messages whose mood is known; `drift` is the last
    mood less the first. None where nothing is known. `subjects` are the orders that were looked up or changed.
    `reopened_at`: when the customer came back to the matter within seven days.
    """

    conversation_id: str
    customer_id: str | None = None
    opened_at: Moment
    closed_at: Moment
    closed_by: ClosedBy | None = None
    intent: str | None = None
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sentiment: float | None = None
    sentiment_start: float | None = None
    sentiment_end: float | None = None
    drift: float | None = None
    frustration: float | None = None
    moods_known: int = 0
    moods_unknown: int = 0
    resolution: Resolution
    reopened_at: Moment | None = None
    tools: tuple[str, ...] = ()
    tone: str | None = None
    handoffs: int = 0
    handoff_reason: HandoffReason | None = None
    messages: int = 0
    asked: int = 0
    first_reply_s: float | None = None
    resolution_s: float | None = None
    duration_s: float | None = None

    @property
    def outcome(self) -> Resolution:
        """The durable resolution: a matter that the customer came back to was not resolved."""
        return "unresolved" if self.resolution == "resolved" and self.reopened_at else self.resolution


class HealthParts(Record):
    """Points that make up a health score: mood of 40, resolution of 30, independence of 20, drift of 10.

    Independence is how seldom a person was needed. None is a part of which nothing is known.
    """

    mood: float | None = None
    resolution: float | None = None
    independence: float | None = None
    drift: float | None = None


class Profile(Record):
    """A customer over all closed conversations in which they wrote something.

    Rates are 0..1. `resolution_rate` counts what stayed resolved. `weighted_sentiment` and `frustration` weigh each
    session 0.7 times the next newer one; sessions of unknown mood are left out. `health` is 0..100, the share that was
    reached of the parts that are known.
    """

    customer_id: str
    sessions: int = 0
    messages: int = 0
    escalations: int = 0
    escalation_rate: float | None = None
    resolution_rate: float | None = None
    weighted_sentiment: float | None = None
    frustration: float | None = None
    average_drift: float | None = None
    moods_known: int = 0
    moods_unknown: int = 0
    topics: dict[str, int] = Field(default_factory=dict)
    total_spend: Decimal = Decimal(0)
    tier: Tier = "standard"
    at_risk: bool = False
    risk_reasons: tuple[str, ...] = ()
    preferred_tone: str | None = None
    health: float | None = None
    health_parts: HealthParts = HealthParts()
    first_contact_at: Moment | None = None
    last_contact_at: Moment | None = None
    rolled_up_at: Moment


class MoodHistory(Record):
    """What is known of a customer from before: how they felt over how many messages, and the tone they prefer."""

    messages: int = 0
    mean_score: float = 0.0
    mean_frustration: float = 0.0
    preferred: Literal["professional", "friendly", "playful"] | None = None


class Fact(Record):
    """Something that a customer told about themselves, in words for staff, and the message that told it."""

    id: str
    customer_id: str
    kind: str
    text: str
    message_id: str
    conversation_id: str
    at: Moment


class JobRun(Record):
    """One run of a job. `result` says in one sentence what was done, or why it failed."""

    name: str
    started_at: Moment
    duration_s: float
    ok: bool
    result: str


class JobState(Record):
    """A job of the desk: what it does, how its last run went, and when it comes next."""

    name: str
    what: str
    running: bool = False
    last: JobRun | None = None
    next_at: Moment | None = None


# ---------------------------------------------------------------- imports


class RowProblem(Record):
    """A row that was refused: where it stands and why, in words."""

    file: str
    line: int
    reason: str


class ImportReport(Record):
    """Counts by kind. `unchanged` rows were there already; `notes` tell what was guessed or passed over."""

    added: dict[str, int] = Field(default_factory=dict)
    updated: dict[str, int] = Field(default_factory=dict)
    unchanged: dict[str, int] = Field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- figures and search


class SearchFilter(Record):
    """Which messages a search looks at; what is None is left open. `since` is included, `until` is not."""

    customer_id: str | None = None
    since: Moment | None = None
    until: Moment | None = None
    mood: Literal["negative", "neutral", "positive", "unknown"] | None = None
    intent: str | None = None
    outcome: str | None = None


MatchReason = Literal["id", "words", "meaning"]


class MessageHit(Record):
    """A message that a search found, and why: `why` names the ways, `matched` the ids and words that stand in it.

    `score` is 0..1 and compares within one search only. `mood`, `intent` and `outcome` are None where not known.
    """

    message: Message
    writer: str
    customer_id: str | None = None
    why: tuple[MatchReason, ...]
    matched: tuple[str, ...] = ()
    score: float
    mood: str | None = None
    intent: str | None = None
    outcome: str | None = None


class MessageHits(Record):
    """What a search found, best first. `by_meaning` is false, and `note` says why, where only words were compared."""

    hits: tuple[MessageHit, ...] = ()
    by_meaning: bool = True
    note: str | None = None


class Rating(Record):
    """One to five stars for a reply, or for the whole conversation where `message_id` is None."""

    id: str
    conversation_id: str
    message_id: str | None = None
    stars: int = Field(ge=1, le=5)
    comment: str = ""
    by: Literal["customer", "staff"] = "customer"
    at: Moment


class Period(Record):
    """The time from `start`, included, to `end`, not included."""

    start: Moment
    end: Moment

    @property
    def before(self) -> Period:
        """The time of the same length that ended when this one began."""
        return Period(start=self.start - (self.end - self.start), end=self.start)


class FigurePart(Record):
    """One kind within a figure, such as one intent: its value now and in the time before."""

    name: str
    value: float
    before: float


class Figure(Record):
    """A figure over a time, and in the time before. What could not be computed is None, with its `reason`.

    `n` is how many things were counted or measured, `n_before` how many in the time before, `unknown` how many had no
    value and are left out. `by_day` is the course, by each step's first day. `conversations` are the newest of
    those that stand behind it, `conversations_total` how many there are.
    """

    name: str
    title: str
    unit: Literal["count", "share", "seconds", "messages", "stars", "score"]
    value: float | None
    before: float | None = None
    reason: str | None = None
    n: int = 0
    n_before: int = 0
    unknown: int = 0
    parts: tuple[FigurePart, ...] = ()
    by_day: dict[str, float] = Field(default_factory=dict)
    conversations: tuple[str, ...] = ()
    conversations_total: int = 0


class Figures(Record):
    period: Period
    before: Period
    figures: tuple[Figure, ...]


GapKind = Literal["no_answer", "data_gap", "ungrounded", "rejected"]


class OpenQuestion(Record):
    """A customer's message that the documents did not answer, or whose draft a person threw away."""

    message_id: str
    conversation_id: str
    customer_id: str | None = None
    text: str
    kind: GapKind
    at: Moment


class KnowledgeGap(Record):
    """Open questions about one topic. `title` is the most typical of them, `examples` those nearest to it.

    `starter` is the beginning of a document, in Markdown, without personal data; `near` the document that comes
    nearest; `answered_now` whether today's documents answer the typical question.
    """

    title: str
    count: int
    customers: int
    kinds: dict[str, int]
    examples: tuple[str, ...]
    conversations: tuple[str, ...]
    first_at: Moment
    last_at: Moment
    near: str | None = None
    answered_now: bool | None = None
    starter: str


class StaleReply(Record):
    """A reply whose support has gone: `passage` stood in `document`, which has changed or was removed.

    `kind` says what it is: a saved reply, an approved wording, or a draft; `key` is its shortcut or id.
    """

    kind: Literal["canned", "approved", "draft"]
    key: str
    text: str
    document: str
    passage: str
    removed: bool
    conversation_id: str | None = None


class Span(Record):
    """A part of a turn: a stage, a tool, or, without a parent, the turn itself. Holds nothing a customer wrote."""

    run_id: str
    conversation_id: str
    name: str
    room: str
    parent: str | None = None
    ms: float
    ok: bool
    outcome: str
    at: Moment


class SpanStat(Record):
    """A stage or tool over a time. `errors` failed; `unusual` ended in another way than usual, such as a handoff."""

    room: str
    name: str
    n: int
    errors: int
    unusual: int
    p50_ms: float
    p95_ms: float
    max_ms: float


class OutcomeCount(Record):
    """How often a stage or tool ended in another way than usual, over a time."""

    room: str
    name: str
    outcome: str
    n: int


class EngineState(Record):
    """What the language model does at this moment. `name` is None where the desk works without one.

    `waiting` counts requests in line, `tokens_per_s` is the pace of the last reply; None where nothing was written yet.
    `trouble` says why it can't be loaded and what to do, if so.
    """

    name: str | None = None
    loaded: bool = False
    trouble: str = ""
    busy: bool = False
    waiting: int = 0
    tokens_per_s: float | None = None
    process_id: int | None = None
    restarts: int = 0


class Difference(Record):
    """What a replayed turn did otherwise. `field` is the name in `Turn.as_json()`."""

    field: str
    before: Any = None
    after: Any = None


class ReplayedCase(Record):
    """A past message answered anew. `offered`: the desk would reply by itself; `corrected`: a person would have had
    to correct it, judged by what was sent then, and `why`; None where nothing was sent that it can be held against."""

    message_id: str
    conversation_id: str
    confidence: float
    offered: bool
    corrected: bool | None = None
    why: str = ""


class CurvePoint(Record):
    """Of all cases, `coverage` would be answered at this confidence; of those, `error` would need a correction."""

    confidence: float
    coverage: float
    error: float | None
    offered: int
    corrected: int


class ReplayCurve(Record):
    """What autopilot would have done at each confidence. `advised` is the lowest that keeps to the wanted error."""

    cases: int
    judged: int
    points: tuple[CurvePoint, ...]
    advised: float | None = None
    note: str | None = None
