"""What the window shows, as plain values: read on a worker thread, shown on the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from cxdesk.domain import Draft, Fact
from cxdesk.ui.language import mark, tr

AT_RISK = mark("at risk")
Tone = Literal["quiet", "accent", "good", "warn", "bad"]


@dataclass(frozen=True)
class Label:
    """A word and its tone. The word says it all; the colour only helps to find it."""

    text: str
    tone: Tone = "quiet"

    def in_language(self) -> Label:
        """This label in the window's language, for one that was written as a constant with `mark`."""
        return replace(self, text=tr(self.text))


@dataclass(frozen=True)
class Mood:
    """`icon` names a face of the icons folder."""

    text: str
    icon: Literal["pleased", "calm", "unhappy"]
    tone: Tone = "quiet"


Queue = Literal["approval", "handed_over", "mine", "all", "closed"]


@dataclass(frozen=True)
class Row:
    """A conversation in the list. `since`: when the customer began to wait, or the last change where nobody waits.

    `found` says why a search brought it, where its own words don't.
    """

    id: str
    writer: str
    last_line: str
    since: datetime
    state: Label
    mood: Mood | None = None
    intent: str = ""
    at_risk: bool = False
    found: str = ""

    @property
    def words(self) -> str:
        """What a search looks through while one types."""
        mood, risk = self.mood.text if self.mood else "", tr(AT_RISK) if self.at_risk else ""
        return f"{self.writer} {self.last_line} {self.state.text} {self.intent} {mood} {risk}".casefold()


@dataclass(frozen=True)
class InboxView:
    """A queue's conversations by need, and how many are in each queue."""

    queue: Queue
    rows: tuple[Row, ...]
    counts: Mapping[Queue, int]


@dataclass(frozen=True)
class Bubble:
    """A message in the transcript."""

    id: str
    side: Literal["customer", "desk", "system"]
    author: str
    text: str
    at: datetime
    flags: tuple[Label, ...] = ()


@dataclass(frozen=True)
class CustomerCard:
    """Who is writing. For a guest only `name` and `identity` are known.

    `health` comes with the parts that make it up, `risks` are the reasons for worry, `moods` the course of the last
    conversations, oldest first.
    """

    name: str
    identity: Label
    email: str = ""
    details: tuple[str, ...] = ()
    id: str = ""
    tier: Label | None = None
    health: Label | None = None
    health_parts: str = ""
    risks: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactLine:
    """Something that the customer told. `origin` is the desk's own record of it."""

    text: str
    when: str
    origin: Fact

    @property
    def id(self) -> str:
        return self.origin.id


@dataclass(frozen=True)
class ItemLine:
    """A ticket or a past conversation: what it is about, how it stands, and when it was."""

    id: str
    title: str
    state: Label
    when: str


@dataclass(frozen=True)
class OrderCard:
    id: str
    status: Label
    total: str
    when: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class SourceCard:
    """A passage beside a reply, and its words without Markdown's marks. `used`: a sentence of the reply rests on it."""

    document: str
    heading: str
    passage: str
    excerpt: str
    start: int
    end: int
    used: bool

    def holds(self, document: str, at: int) -> bool:
        return document == self.document and self.start <= at < self.end

    @property
    def place(self) -> str:
        return " › ".join(part for part in (self.document, self.heading) if part)


@dataclass(frozen=True)
class Support:
    """What supports a sentence of a reply, which stands at `start` to `end` in it.

    `place` names the document's part or the look-up, `said` quotes the document. `document` and `at` find the source.
    """

    start: int
    end: int
    place: str
    said: str = ""
    document: str = ""
    at: int = 0


@dataclass(frozen=True)
class TraceLine:
    """One thing that the desk did, and how long it took or when it was, in words. A heading stands above others."""

    text: str
    took: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class HandoffCard:
    """Why a person is needed, what is known line by line, and who has it. Nothing can be done with one not `stored`."""

    reason: str
    summary: tuple[str, ...]
    holder: Label
    is_taken: bool = False
    stored: bool = True


@dataclass(frozen=True)
class ProposedAction:
    """A change that waits beside the draft. `agreed` says what the customer said to it, `rule` is the shop's.

    `can_be_decided`: it waits for a person's word, not for the customer's.
    """

    text: str
    agreed: Label
    rule: str
    can_be_decided: bool


@dataclass(frozen=True)
class SuggestionRow:
    """A reply to choose. `origin` is the desk's own record of it, handed back with the reply that was sent."""

    number: int
    kind: str
    text: str
    confidence: float
    likelihood: str
    rationale: str
    origin: Any


@dataclass(frozen=True)
class SavedReply:
    """A saved reply as it is chosen by what stands after '/'; its text still has its {variables}."""

    shortcut: str
    title: str
    category: str
    text: str


@dataclass(frozen=True)
class FilledReply:
    """A saved reply filled for one conversation, with the desk's own record of where it came from."""

    text: str
    origin: Any


@dataclass(frozen=True)
class RunCard:
    """What one run came to: the reply with its decision and checks, and what it rests on.

    `elsewhere` names the model of another computer that wrote it, if one did. `unsupported` are the words of the reply
    that nothing supports.
    """

    run_id: str
    reply: str
    decision: Label
    decision_why: str
    checks: Label
    check_details: tuple[str, ...] = ()
    handoff: HandoffCard | None = None
    sources: tuple[SourceCard, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    elsewhere: str = ""
    tone: str = ""
    supports: tuple[Support, ...] = ()
    unsupported: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConversationView:
    """All that the window shows of one conversation. `awaits_reply`: the customer had the last word."""

    id: str
    writer: str
    state: Label
    customer: CustomerCard
    bubbles: tuple[Bubble, ...] = ()
    orders: tuple[OrderCard, ...] = ()
    draft: Draft | None = None
    run: RunCard | None = None
    handoff: HandoffCard | None = None
    handoff_history: tuple[TraceLine, ...] = ()
    action: ProposedAction | None = None
    facts: tuple[FactLine, ...] = ()
    tickets: tuple[ItemLine, ...] = ()
    past: tuple[ItemLine, ...] = ()
    rating: Label | None = None
    awaits_reply: bool = False
    is_closed: bool = False
    has_documents: bool = True


@dataclass(frozen=True)
class OpenedDocument:
    """A document as text, and the passage in it: `text[start:end]`."""

    name: str
    title: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class ModelState:
    """The language model in words; `hint` says what to do when there is none."""

    label: Label
    hint: str = ""
