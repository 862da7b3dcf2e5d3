"""What people at the desk do with tickets: find, note, assign, set, close, merge, split, open new ones, and undo.

Everything that is done is kept with who did it and when, in the ticket's history and in the audit, and is known by the
id of its `TicketChange`: with that it can be taken back, also after a restart. An undo is exact, so it is refused once
somebody has changed the same thing again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from cxdesk.access import Access
from cxdesk.domain import (
    AuditRow,
    Conversation,
    Customer,
    Invalid,
    Message,
    Order,
    Record,
    Refused,
    Role,
    Ticket,
    TicketChange,
    TicketChangeKind,
    TicketFilter,
    TicketLine,
    TicketNote,
    TicketSort,
    TicketStatus,
    new_id,
    now,
)
from cxdesk.store import Store
from cxdesk.store.database import id_key

PRIORITIES: tuple[str, ...] = get_args(Ticket.model_fields["priority"].annotation)
ROLE = "agent"
# From here on a customer's frustration makes the ticket that is drafted for them a pressing one.
PRESSING_FROM = 0.6
SUBJECT_LETTERS = 60
GENERAL = "general"
_CATEGORIES = {
    "return_items": "returns",
    "exchange_items": "returns",
    "refund": "returns",
    "change_address": "shipping",
    "order_tracking": "shipping",
    "shipping_question": "shipping",
    "payment_billing": "billing",
    "order_total": "billing",
    "technical_problem": "technical",
    "product": "sales",
    "change_account": "account",
    "list_orders": "orders",
    "cancel_order": "orders",
    "change_order": "orders",
    "order_details": "orders",
    "order_status": "orders",
}
# Intents that say nothing of the matter.
_UNSAID = frozenset({"", "greeting", "thanks", "praise", "question", "open_ticket", "out_of_scope"})


class TicketDetail(Record):
    """A ticket with all that belongs to it; notes and changes are also those of the tickets that went into it."""

    ticket: Ticket
    customer: Customer | None = None
    order: Order | None = None
    conversation: Conversation | None = None
    merged: tuple[Ticket, ...] = ()
    notes: tuple[TicketNote, ...] = ()
    changes: tuple[TicketChange, ...] = ()


@dataclass
class _Step:
    """One thing done at once: its id, its moment, and what the audit is told of it."""

    id: str
    at: datetime
    by: str | None
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def kept_as(self) -> dict[str, Any]:
        return {"change_id": self.id, "author": ROLE, "by": self.by}


class Ticketing:
    """`notify` hears the id of each conversation whose ticket changed. `by` is the person, None where nobody is known.

    Verbs return the id of what they did, for `undo`; None where nothing had to be done.
    """

    def __init__(self, store: Store, notify: Callable[[str], None], access: Access | None = None) -> None:
        self._store = store
        self._access = access or Access()
        self._tickets = store.tickets
        self._notify = notify

    # ------------------------------------------------------------ looking

    def find(
        self,
        wanted: TicketFilter | None = None,
        *,
        sort: TicketSort = "urgency",
        backwards: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> list[TicketLine]:
        """A page of the tickets that are wanted. By `urgency`, open ones first, most pressing, longest waiting."""
        return self._tickets.lines(wanted or TicketFilter(), sort=sort, backwards=backwards, limit=limit, offset=offset)

    def count(self, wanted: TicketFilter | None = None) -> int:
        return self._tickets.count(wanted or TicketFilter())

    def place(
        self,
        ticket_id: str,
        wanted: TicketFilter | None = None,
        *,
        sort: TicketSort = "urgency",
        backwards: bool = False,
    ) -> int | None:
        """Where the ticket stands in what `find` lists, from 0; None where it isn't in it."""
        return self._tickets.place(ticket_id, wanted or TicketFilter(), sort=sort, backwards=backwards)

    def assignees(self) -> tuple[str, ...]:
        return tuple(self._tickets.assignees())

    def categories(self) -> tuple[str, ...]:
        return tuple(self._tickets.categories())

    def detail(self, ticket_id: str) -> TicketDetail:
        """The ticket with all that belongs to it; one that was merged is shown as the one it went into.

        Raises `Invalid` if there is none.
        """
        store, ticket = self._store, self._standing(ticket_id)
        owner, order_id = ticket.customer_id, ticket.order_id
        return TicketDetail(
            ticket=ticket,
            customer=store.customers.find(owner) if owner else None,
            order=store.orders.find(order_id, owner) if order_id and owner else None,
            conversation=store.conversations.find(ticket.conversation_id) if ticket.conversation_id else None,
            merged=tuple(self._tickets.merged_with(ticket.id)),
            notes=tuple(self._tickets.notes_of(ticket.id)),
            changes=tuple(self._tickets.changes_of(ticket.id)),
        )

    # ------------------------------------------------------------ fields

    def assign(self, ticket_ids: Sequence[str], assignee: str | None, *, by: str | None = None) -> str | None:
        """Give tickets to a person, or to nobody."""
        return self._set("assign_ticket", ticket_ids, {"assignee": _line(assignee or "") or None}, by)

    def set_priority(self, ticket_ids: Sequence[str], priority: str, *, by: str | None = None) -> str | None:
        if priority not in PRIORITIES:
            raise Invalid(f"There is no priority {priority!r}. Choose one of {', '.join(PRIORITIES)}.")
        return self._set("set_ticket_priority", ticket_ids, {"priority": priority}, by)

    def set_status(self, ticket_ids: Sequence[str], status: TicketStatus, *, by: str | None = None) -> str | None:
        return self._set("set_ticket_status", ticket_ids, {"status": TicketStatus(status)}, by)

    def close(self, ticket_ids: Sequence[str], *, by: str | None = None) -> str | None:
        return self.set_status(ticket_ids, TicketStatus.closed, by=by)

    def reopen(self, ticket_ids: Sequence[str], *, by: str | None = None) -> str | None:
        return self.set_status(ticket_ids, TicketStatus.open, by=by)

    def set_category(self, ticket_ids: Sequence[str], category: str, *, by: str | None = None) -> str | None:
        return self._set("set_ticket_category", ticket_ids, {"category": _line(category) or GENERAL}, by)

    def edit(self, ticket_id: str, *, subject: str, description: str, by: str | None = None) -> str | None:
        """Put the ticket in other words. Raises `Invalid` without a subject."""
        values = {"subject": _subject(subject), "description": description.strip()}
        return self._set("edit_ticket", [ticket_id], values, by)

    # ------------------------------------------------------------ notes

    def add_note(self, ticket_id: str, text: str, *, by: str | None = None) -> str:
        """Add a note, which only people at the desk see. Raises `Invalid` when it is empty."""
        if not text.strip():
            raise Invalid("The note is empty. Write something, then add it.")
        with self._doing("add_ticket_note", [ticket_id], by) as step:
            ticket = self._standing(ticket_id)
            note = self._tickets.write_note(
                TicketNote(ticket_id=ticket.id, text=text.strip(), author=ROLE, by=by, at=step.at)
            )
            self._touch(ticket, step, "note", {}, {"note": note.id})
        self._tell([ticket])
        return step.id

    # ------------------------------------------------------------ merging and splitting

    def merge(self, keep_id: str, other_ids: Sequence[str], *, by: str | None = None) -> str:
        """Make several tickets one: the others vanish from lists, their notes and history stand in the kept one.

        Raises `Refused` for tickets of different customers, `Invalid` when there is nothing to merge.
        """
        keep = self._standing(keep_id)
        others = [ticket for ticket in self._all_of(other_ids) if id_key(ticket.id) != id_key(keep.id)]
        if not others:
            raise Invalid("One ticket alone can't be merged. Choose several.")
        if any(ticket.customer_id not in (None, keep.customer_id) for ticket in others):
            raise Refused(
                "These tickets belong to different customers. Choose tickets of one customer,"
                " or merge the customers first if they are the same person."
            )
        with self._doing("merge_tickets", [keep.id, *(ticket.id for ticket in others)], by) as step:
            self._touch(keep, step, "merged", {}, {"took": [ticket.id for ticket in others]})
            for ticket in others:
                values = {"merged_into": id_key(keep.id)}
                self._tickets.change(ticket, values, at=step.at, kind="merged", **step.kept_as)
        self._tell([keep, *others])
        return step.id

    def split(self, ticket_id: str, note_ids: Sequence[str], subject: str, *, by: str | None = None) -> Ticket:
        """Move notes of a ticket into a new one for the same customer, order and conversation, and return it.

        `undo_of` tells the id that undoes it. Raises `Invalid` for notes that are not the ticket's, or none.
        """
        ticket, title = self._standing(ticket_id), _subject(subject)
        moved = [note for note in self._tickets.notes_of(ticket.id) if note.id in set(note_ids)]
        if not moved or len(moved) != len(set(note_ids)):
            raise Invalid(f"Choose notes of ticket {ticket.id} to split off, then try again.")
        with self._doing("split_ticket", [ticket.id], by) as step:
            fresh = ticket.model_copy(
                update={
                    "id": self._tickets.next_id(),
                    "subject": title,
                    "description": moved[0].text,
                    "status": TicketStatus.open,
                    "created_at": step.at,
                    "updated_at": None,
                }
            )
            self._tickets.add(fresh, **step.kept_as)
            came_from = {note.id: note.ticket_id for note in moved}
            self._touch(ticket, step, "split", {"notes": came_from}, {"notes": fresh.id})
            self._tickets.move_notes(list(came_from), fresh.id)
            step.result["made"] = fresh.id
        self._tell([ticket])
        return fresh

    # ------------------------------------------------------------ new ones

    def create(
        self,
        subject: str,
        *,
        description: str = "",
        priority: str = "normal",
        category: str = GENERAL,
        customer_id: str | None = None,
        order_id: str | None = None,
        conversation_id: str | None = None,
        assignee: str | None = None,
        by: str | None = None,
    ) -> Ticket:
        """Open a ticket and return it. Raises `Invalid` for a missing subject, or an order that isn't theirs."""
        if priority not in PRIORITIES:
            raise Invalid(f"There is no priority {priority!r}. Choose one of {', '.join(PRIORITIES)}.")
        if customer_id:
            self._store.customers.get(customer_id)
        draft = Ticket.model_validate(
            {
                "id": "new",
                "subject": _subject(subject),
                "description": description.strip(),
                "priority": priority,
                "category": _line(category) or GENERAL,
                "customer_id": customer_id,
                "order_id": self._own_order(order_id, customer_id),
                "conversation_id": conversation_id,
                "assignee": _line(assignee or "") or None,
            }
        )
        with self._doing("create_ticket", [], by) as step:
            ticket = draft.model_copy(update={"id": self._tickets.next_id(), "created_at": step.at})
            self._tickets.add(ticket, **step.kept_as)
            step.result["made"] = ticket.id
        self._tell([ticket])
        return ticket

    def draft_from(self, conversation_id: str) -> Ticket:
        """A ticket as it could be opened about a conversation, for a person to change; nothing is stored.

        Its subject says what the customer's last message wants; the order is linked where one is named. Raises
        `Invalid` if there is no such conversation.
        """
        conversation = self._store.conversations.get(conversation_id)
        said = [m for m in self._store.conversations.messages(conversation_id) if m.role is Role.customer]
        turn = self._last_turn(conversation_id)
        order = self._order_meant(conversation, said, turn)
        intent = str(turn.get("intent", {}).get("name", ""))
        last = said[-1].text if said else ""
        pressing = turn.get("sentiment", {}).get("frustration", 0.0) >= PRESSING_FROM
        return Ticket(
            id="new",
            customer_id=conversation.customer_id,
            order_id=order.id if order else None,
            conversation_id=conversation_id,
            subject=_drafted_subject(intent, order, last),
            description=last,
            priority="high" if pressing else "normal",
            category=_CATEGORIES.get(intent, GENERAL),
        )

    # ------------------------------------------------------------ taking back

    def undo_of(self, ticket_id: str) -> str | None:
        """The id of the newest thing that was done to the ticket and not taken back; None where there is none."""
        done = [change for change in self._tickets.changes_of(ticket_id) if change.undone_at is None]
        return done[-1].id if done else None

    def undo(self, change_id: str, *, by: str | None = None) -> None:
        """Take back what was done under this id, so that all is as it was before.

        Raises `Refused` when it was taken back already, or when the same was changed again since.
        """
        changes = self._tickets.done_at_once(change_id)
        if not changes:
            raise Refused("This was taken back already. Look at the ticket's history.")
        with self._doing("undo_ticket_change", [change.ticket_id for change in changes], by) as step:
            step.result["undone"] = change_id
            touched = [self._tickets.get(change.ticket_id) for change in changes]
            for change, ticket in reversed(list(zip(changes, touched, strict=True))):
                self._take_back(change, ticket)
            self._tickets.mark_undone(change_id, step.at)
        self._tell(touched)

    def _take_back(self, change: TicketChange, ticket: Ticket) -> None:
        self._refuse_if_changed_since(change, ticket)
        if change.kind == "created":
            self._tickets.delete(ticket.id)
            return
        if change.kind == "note":
            self._tickets.delete_note(change.after["note"])
        for note_id, came_from in change.before.get("notes", {}).items():
            self._tickets.move_notes([note_id], came_from)
        fields = {name: value for name, value in change.before.items() if name in Ticket.model_fields}
        if _moment(change.after.get("updated_at")) != ticket.updated_at:
            fields.pop("updated_at", None)  # something else was done since, which stays
        if "updated_at" in fields:
            fields["updated_at"] = _moment(fields["updated_at"])
        if fields:
            self._tickets.overwrite(ticket.id, fields)

    def _refuse_if_changed_since(self, change: TicketChange, ticket: Ticket) -> None:
        if change.undone_at is not None:
            raise Refused("This was taken back already. Look at the ticket's history.")
        later = any(other.id != change.id and other.undone_at is None for other in self._tickets.changes_of(ticket.id))
        if change.kind == "created" and later:
            raise Refused(f"Ticket {ticket.id} was worked on since. Close it instead.")
        after = {k: v for k, v in change.after.items() if k in Ticket.model_fields and k != "updated_at"}
        is_now = ticket.model_dump(mode="json", include=set(after))
        if is_now != after:
            changed = ", ".join(name.replace("_", " ") for name in after if after[name] != is_now[name])
            raise Refused(f"Ticket {ticket.id} was changed again since ({changed}). Set it by hand.")

    # ------------------------------------------------------------ inside

    def _set(self, tool: str, ticket_ids: Sequence[str], values: Mapping[str, Any], by: str | None) -> str | None:
        tickets = self._all_of(ticket_ids)
        changing = [t for t in tickets if any(getattr(t, name) != value for name, value in values.items())]
        if not changing:
            return None
        with self._doing(tool, [ticket.id for ticket in changing], by) as step:
            step.result |= {name: value for name, value in values.items() if name not in ("subject", "description")}
            for ticket in changing:
                self._tickets.change(ticket, values, at=step.at, **step.kept_as)
        self._tell(changing)
        return step.id

    def _touch(
        self, ticket: Ticket, step: _Step, kind: TicketChangeKind, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """Keep what was done to a ticket beside its fields."""
        self._tickets.overwrite(ticket.id, {"updated_at": step.at})
        self._tickets.keep_change(
            TicketChange(
                id=step.id,
                ticket_id=ticket.id,
                kind=kind,
                before={"updated_at": ticket.updated_at, **before},
                after={"updated_at": step.at, **after},
                author=ROLE,
                by=step.by,
                at=step.at,
            )
        )

    @contextmanager
    def _doing(self, tool: str, ticket_ids: Sequence[str], by: str | None) -> Iterator[_Step]:
        """All or nothing, and a row in the audit: which tickets, by whom, and what it came to; no customer's words."""
        by = self._access.need("tickets") or by
        began, step = time.perf_counter(), _Step(new_id("tc"), now(), by)
        with self._store.transaction():
            yield step
            self._store.audit.add(
                AuditRow(
                    id=new_id("a"),
                    run_id=None,
                    conversation_id=None,
                    role=ROLE,
                    tool=tool,
                    args={"tickets": list(ticket_ids), "by": by},
                    ok=True,
                    result={"change": step.id, **step.result},
                    why=f"done by {by or 'a person'}",
                    ms=round((time.perf_counter() - began) * 1000, 2),
                    at=step.at,
                )
            )

    def _standing(self, ticket_id: str) -> Ticket:
        """The ticket, or the one that it was merged into."""
        ticket = self._tickets.get(ticket_id)
        while ticket.merged_into is not None:
            ticket = self._tickets.get(ticket.merged_into)
        return ticket

    def _all_of(self, ticket_ids: Sequence[str]) -> list[Ticket]:
        """Each once, as they stand now."""
        return list({ticket.id: ticket for ticket in map(self._standing, ticket_ids)}.values())

    def _own_order(self, order_id: str | None, customer_id: str | None) -> str | None:
        if not order_id or not order_id.strip():
            return None
        order = self._store.orders.find(order_id, customer_id) if customer_id else None
        if order is None:
            raise Invalid(f"No order {order_id.strip()!r} of this customer. Check its id, or leave it out.")
        return order.id

    def _last_turn(self, conversation_id: str) -> dict[str, Any]:
        turns = [run.turn for run in self._store.runs.of_conversation(conversation_id) if run.turn]
        return turns[-1] if turns else {}

    def _order_meant(
        self, conversation: Conversation, said: Sequence[Message], turn: Mapping[str, Any]
    ) -> Order | None:
        """The order that was named last, else the one that the desk looked up."""
        if conversation.customer_id is None:
            return None
        orders = self._store.orders.of_customer(conversation.customer_id)
        for message in reversed(said):
            words = {id_key(word.strip(".,;:!?()\"'")) for word in message.text.split()}
            if named := next((order for order in orders if id_key(order.id) in words), None):
                return named
        looked_up = {id_key(str(call["args"].get("order_id", ""))) for call in turn.get("tools", ()) if call["ok"]}
        found = [order for order in orders if id_key(order.id) in looked_up]
        return found[0] if len(found) == 1 else None

    def _tell(self, tickets: Sequence[Ticket]) -> None:
        for conversation_id in dict.fromkeys(ticket.conversation_id for ticket in tickets):
            if conversation_id:
                self._notify(conversation_id)


def _moment(kept: Any) -> datetime | None:
    """A moment as it comes back from JSON."""
    return datetime.fromisoformat(kept) if isinstance(kept, str) else kept


def _line(text: str) -> str:
    return " ".join(text.split())


def _subject(text: str) -> str:
    if not _line(text):
        raise Invalid("The ticket has no subject. Say in a few words what it is about.")
    return _line(text)


def _drafted_subject(intent: str, order: Order | None, said: str) -> str:
    """What is wanted and of which order, then the customer's own first words."""
    wish = intent.replace("_", " ").capitalize() if intent not in _UNSAID else ""
    words = _shortened(_line(said))
    is_named = order is None or id_key(order.id) in id_key(words)
    about = ", ".join(part for part in (wish, "" if is_named or not order else f"order {order.id}") if part)
    subject = ": ".join(part for part in (about, words) if part)
    return subject[:1].upper() + subject[1:] or "Question"


def _shortened(text: str) -> str:
    """The first sentence, cut at a word."""
    ends = [at for mark in ".!?" if (at := text.find(f"{mark} ")) >= 0]
    sentence = text[: min(ends) + 1] if ends else text
    if len(sentence) <= SUBJECT_LETTERS:
        return sentence.rstrip(".")
    return sentence[:SUBJECT_LETTERS].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
