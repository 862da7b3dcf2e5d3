"""Reads what the tickets page shows: on a worker thread, into plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxdesk.domain import Order, Ticket, TicketFilter, TicketLine, TicketNote, now
from cxdesk.ui import ticket_words, words
from cxdesk.ui.language import tr
from cxdesk.ui.reading import order_card
from cxdesk.ui.table import PAGE_ROWS
from cxdesk.ui.ticket_views import NoteCard, TicketQuery, TicketTable, TicketView
from cxdesk.ui.views import OrderCard, TraceLine

if TYPE_CHECKING:
    from cxdesk.assist.ticketing import TicketDetail
    from cxdesk.desk import Desk


def read_table(desk: Desk, query: TicketQuery, rows: range, chosen: str | None) -> TicketTable:
    """The pages in which these rows are, and the page of the chosen ticket."""
    tickets = desk.tickets
    total = tickets.count(query.wanted)
    place = tickets.place(chosen, query.wanted, sort=query.sort, backwards=query.backwards) if chosen else None
    firsts = {row - row % PAGE_ROWS for row in (rows.start, max(rows.stop - 1, 0), place or 0)}
    return TicketTable(
        total=total,
        still_open=tickets.count(query.wanted.model_copy(update={"open_only": True})),
        pages={first: read_page(desk, query, first) for first in sorted(firsts) if first < total},
        place=place,
        assignees=tickets.assignees(),
        categories=tickets.categories(),
    )


def read_page(desk: Desk, query: TicketQuery, first: int) -> list[TicketLine]:
    return desk.tickets.find(query.wanted, sort=query.sort, backwards=query.backwards, limit=PAGE_ROWS, offset=first)


def read_ticket(desk: Desk, ticket_id: str) -> TicketView:
    """Raises `Invalid` if there is no such ticket."""
    detail = desk.tickets.detail(ticket_id)
    ticket, moment = detail.ticket, now().astimezone()
    undo, undo_what = _undo(detail)
    return TicketView(
        ticket=ticket,
        subtitle=" · ".join(_subtitle(detail)),
        customer_name=detail.customer.name if detail.customer else "",
        customer_email=detail.customer.email if detail.customer else "",
        conversation=_conversation(detail),
        orders=_orders(detail.order, desk.settings.locale),
        merged=tuple(f"{merged.id}  {merged.subject}" for merged in detail.merged),
        notes=tuple(_note(note, ticket.id) for note in detail.notes),
        history=tuple(
            TraceLine(ticket_words.change(change), words.clock(change.at, moment))
            for change in reversed(detail.changes)
        ),
        undo=undo,
        undo_what=undo_what,
        mergeable=_mergeable(desk, ticket),
    )


def read_draft(desk: Desk, conversation_id: str | None) -> tuple[Ticket, str]:
    """A new ticket to begin with, from a conversation if one is given, and its customer's e-mail address."""
    if conversation_id is None:
        return Ticket(id="new", subject=""), ""
    draft = desk.tickets.draft_from(conversation_id)
    customer = desk.store.customers.find(draft.customer_id) if draft.customer_id else None
    return draft, customer.email if customer else ""


def _subtitle(detail: TicketDetail) -> Iterable[str]:
    moment = now().astimezone()
    yield detail.ticket.id
    if detail.ticket.created_at:
        yield ticket_words.opened(detail.ticket.created_at, moment)
    if detail.ticket.updated_at:
        yield tr("changed {when}", when=words.clock(detail.ticket.updated_at, moment))


def _conversation(detail: TicketDetail) -> str:
    if detail.conversation is None:
        return ""
    return tr("Conversation of {when}", when=words.clock(detail.conversation.opened_at, now().astimezone()))


def _orders(order: Order | None, locale: str) -> tuple[OrderCard, ...]:
    return (order_card(order, locale),) if order else ()


def _note(note: TicketNote, ticket_id: str) -> NoteCard:
    return NoteCard(
        id=note.id,
        author=ticket_words.author(note.author, note.by),
        when=words.clock(note.at, now().astimezone()),
        text=note.text,
        from_ticket=note.ticket_id if note.ticket_id != ticket_id else "",
    )


def _undo(detail: TicketDetail) -> tuple[str | None, str]:
    done = [change for change in detail.changes if change.undone_at is None]
    if not done or done[-1].kind == "created":
        return None, ""
    return done[-1].id, ticket_words.change(done[-1])


def _mergeable(desk: Desk, ticket: Ticket) -> tuple[TicketLine, ...]:
    """The other tickets of the same customer."""
    if ticket.customer_id is None:
        return ()
    found = desk.tickets.find(TicketFilter(customer_id=ticket.customer_id), limit=50)
    return tuple(line for line in found if line.id != ticket.id)
