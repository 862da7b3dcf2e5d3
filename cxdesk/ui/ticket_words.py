"""How tickets are said on screen: pure functions from records to words."""

from __future__ import annotations

from datetime import datetime, time

from cxdesk.domain import BY_THE_DESK, TicketChange, TicketNote, TicketStatus
from cxdesk.ui import words
from cxdesk.ui.views import Label, Tone

NOBODY = "nobody"
_STATUSES: dict[TicketStatus, Label] = {
    TicketStatus.open: Label("open", "accent"),
    TicketStatus.in_progress: Label("in progress", "accent"),
    TicketStatus.waiting: Label("waiting", "warn"),
    TicketStatus.resolved: Label("resolved", "good"),
    TicketStatus.closed: Label("closed", "quiet"),
}
_PRIORITIES: dict[str, Tone | None] = {"urgent": "bad", "high": "warn", "normal": None, "low": None}
_FIELDS = {"status": "status", "priority": "priority", "category": "category", "assignee": "assignee"}


def status(value: TicketStatus) -> Label:
    return _STATUSES[value]


def priority(value: str) -> Label:
    return Label(value, _PRIORITIES[value] or "quiet")


def priority_tone(value: str) -> Tone | None:
    """Only what is pressing has a colour."""
    return _PRIORITIES[value]


def is_done(value: TicketStatus) -> bool:
    return value in (TicketStatus.resolved, TicketStatus.closed)


def author(role: str, by: str | None) -> str:
    """Who wrote or did something."""
    if by:
        return by
    return "A person" if role in ("agent", "admin") else "The desk"


def change(done: TicketChange) -> str:
    """What was done, as a sentence without its full stop."""
    who = "The desk" if done.author == BY_THE_DESK else author(done.author, done.by)
    return f"{who} {_what(done)}" + (" (taken back)" if done.undone_at else "")


def _what(done: TicketChange) -> str:
    match done.kind:
        case "created":
            return "opened the ticket"
        case "note":
            return "added a note"
        case "merged" if "took" in done.after:
            return f"merged {_listed(done.after['took'])} into this ticket"
        case "merged":
            return f"merged {done.ticket_id} into {str(done.after['merged_into']).upper()}"
        case "split":
            return f"split {words.plural(len(done.before['notes']), 'note')} off into {done.after['notes']}"
        case _:
            fields = [name for name in done.after if name != "updated_at"]
            return " and ".join(_edit(name, done) for name in fields)


def _edit(name: str, done: TicketChange) -> str:
    if name == "assignee":
        to = done.after["assignee"]
        return f"gave it to {to}" if to else f"took it from {done.before['assignee']}"
    if name not in _FIELDS:
        return f"changed the {name}"
    before, after = (str(side[name]).replace("_", " ") for side in (done.before, done.after))
    return f"set the {_FIELDS[name]} from {before} to {after}"


def opened(note_or_created: datetime | None, now: datetime) -> str:
    if note_or_created is None:
        return ""
    at_midnight = note_or_created.time() == time.min  # of a ticket that was taken over only the day may be known
    return f"opened {(words.day if at_midnight else words.clock)(note_or_created, now)}"


def note_age(note: TicketNote, now: datetime) -> str:
    return words.clock(note.at, now)


def tickets(ids: list[str]) -> str:
    """'T-1', or '3 tickets'."""
    return f"Ticket {ids[0]}" if len(ids) == 1 else f"{len(ids)} tickets"


def were(ids: list[str]) -> str:
    return "was" if len(ids) == 1 else "were"


def _listed(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
