"""What the customers' window reads and does, on its pool: through the customer's side of the desk alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cxdesk.domain import IdentityLevel, Message, Role, TicketStatus
from cxdesk.settings import DEMO_MARK
from cxdesk.ui.language import mark, tr
from cxdesk.ui.views import Bubble, Label, Tone

if TYPE_CHECKING:
    from cxdesk.assist.customer_side import CustomerSide
    from cxdesk.desk import Desk

YOU = mark("You")
MOST_WRITERS = 50
_STATES: dict[TicketStatus, tuple[str, Tone]] = {
    TicketStatus.open: (mark("Open"), "accent"),
    TicketStatus.in_progress: (mark("We are working on it"), "accent"),
    TicketStatus.waiting: (mark("We wait for your answer"), "warn"),
    TicketStatus.resolved: (mark("Solved"), "good"),
    TicketStatus.closed: (mark("Closed"), "quiet"),
}


@dataclass(frozen=True)
class Talk:
    """The conversation as its customer sees it. `name` is empty for a guest; `reply_id` is the newest reply.

    `waits_for_person`: a person has taken over and is to answer.
    """

    conversation: str | None
    bubbles: tuple[Bubble, ...]
    name: str = ""
    reply_id: str | None = None
    waits_for_person: bool = False


@dataclass(frozen=True)
class TicketRow:
    id: str
    subject: str
    order: str
    state: Label
    touched_at: datetime | None


@dataclass(frozen=True)
class PastTalk:
    id: str
    opened_at: datetime
    began: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True)
class DocumentLine:
    """A document for customers, or a passage of it that a search found, which `begins` so on the page."""

    name: str
    title: str
    excerpt: str = ""
    begins: str = ""


@dataclass(frozen=True)
class Writer:
    """Somebody whose conversation can be looked at, in the demo."""

    conversation: str
    name: str


def talk_of(side: CustomerSide, shop: str) -> Talk:
    """What was said, by whom, as the customer sees it."""
    messages, customer = side.messages(), side.customer
    reply = next((message for message in reversed(messages) if message.role is not Role.customer), None)
    return Talk(
        side.conversation,
        bubbles(messages, shop),
        customer.name if customer else "",
        reply.id if reply else None,
        side.waits_for_person,
    )


def send(side: CustomerSide, text: str, shop: str, on_sentence: Callable[[str], None]) -> Talk:
    """Write to the desk; `on_sentence` hears, on this thread, each sentence that may be shown."""
    side.send(text, on_sentence)
    return talk_of(side, shop)


def bubbles(messages: tuple[Message, ...], shop: str) -> tuple[Bubble, ...]:
    """One's own words at the right, as everybody knows it from their telephone."""
    return tuple(
        Bubble(m.id, "desk", tr(YOU), m.text, m.at)
        if m.role is Role.customer
        else Bubble(m.id, "customer", shop, m.text, m.at)
        for m in messages
    )


def tickets_of(side: CustomerSide) -> tuple[TicketRow, ...] | None:
    """The customer's tickets; None while the desk doesn't know who is writing."""
    if side.identity.level is not IdentityLevel.verified:
        return None
    return tuple(
        TicketRow(t.id, t.subject, t.order_id or "", ticket_state(t.status), t.updated_at or t.created_at)
        for t in side.tickets()
    )


def ticket_state(status: TicketStatus) -> Label:
    """How a ticket stands, in words for its customer."""
    said, tone = _STATES.get(status, (status.value.replace("_", " ").capitalize(), "quiet"))
    return Label(tr(said), tone)


def history_of(side: CustomerSide, shop: str) -> tuple[PastTalk, ...] | None:
    """The customer's earlier conversations; None while the desk doesn't know who is writing."""
    if side.identity.level is not IdentityLevel.verified:
        return None
    return tuple(
        PastTalk(past.id, past.opened_at, past.messages[0].text, bubbles(past.messages, shop))
        for past in side.history()
        if past.messages
    )


def documents_of(side: CustomerSide) -> tuple[DocumentLine, ...]:
    """All documents for customers."""
    return tuple(DocumentLine(document.name, document.title) for document in side.documents())


def search(side: CustomerSide, words: str) -> tuple[DocumentLine, ...]:
    """The documents' passages that fit best."""
    titles = {document.name: document.title for document in side.documents()}
    return tuple(
        DocumentLine(
            hit.passage.document,
            titles.get(hit.passage.document, hit.passage.document),
            hit.passage.text,
            plain_beginning(hit.passage.text),
        )
        for hit in side.search(words)
    )


def plain_beginning(passage: str, most: int = 40) -> str:
    """The first words below a passage's heading, as they stand on the page: without marks, in one line."""
    from cxdesk.agent.customer_voice import without_marks

    lines = [line for line in passage.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    line = without_marks(lines[0]) if lines else ""
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0]


def demo_writers(desk: Desk) -> tuple[Writer, ...]:
    """Whose conversations may be looked at from the customer's side: the invented customers', in the demo alone."""
    if not (desk.data_dir / DEMO_MARK).exists():
        return ()
    return tuple(Writer(talk.id, talk.writer) for talk in desk.store.conversations.recent(MOST_WRITERS))
