"""How tickets are said on screen: pure functions from records to words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from cxdesk.domain import BY_THE_DESK, TicketChange, TicketStatus
from cxdesk.ui import words
from cxdesk.ui.language import mark, plural, tr
from cxdesk.ui.ticket_views import NoteCard
from cxdesk.ui.views import Label, Tone

_STATUSES: dict[TicketStatus, Label] = {
    TicketStatus.open: Label(mark("open"), "accent"),
    TicketStatus.in_progress: Label(mark("in progress"), "accent"),
    TicketStatus.waiting: Label(mark("waiting"), "warn"),
    TicketStatus.resolved: Label(mark("resolved"), "good"),
    TicketStatus.closed: Label(mark("closed"), "quiet"),
}
_PRIORITIES: dict[str, Label] = {
    "urgent": Label(mark("urgent"), "bad"),
    "high": Label(mark("high"), "warn"),
    "normal": Label(mark("normal"), "quiet"),
    "low": Label(mark("low"), "quiet"),
}
_SET = {
    "status": mark("set the status from {before} to {after}"),
    "priority": mark("set the priority from {before} to {after}"),
    "category": mark("set the category from {before} to {after}"),
}
_CHANGED = {"subject": mark("changed the subject"), "description": mark("changed the description")}


def status(value: TicketStatus) -> Label:
    return _STATUSES[value].in_language()


def priority(value: str) -> Label:
    return _PRIORITIES[value].in_language()


def priority_tone(value: str) -> Tone | None:
    """Only what is pressing has a colour."""
    tone = _PRIORITIES[value].tone
    return None if tone == "quiet" else tone


def author(role: str, by: str | None) -> str:
    """Who wrote or did something."""
    if by:
        return by
    return tr("A person") if role in ("agent", "admin") else tr("The desk")


def change(done: TicketChange) -> str:
    """What was done, as a sentence without its full stop."""
    who = tr("The desk") if done.author == BY_THE_DESK else author(done.author, done.by)
    said = tr("{who} {did}", who=who, did=_what(done))
    return tr("{change} (taken back)", change=said) if done.undone_at else said


def _what(done: TicketChange) -> str:
    match done.kind:
        case "created":
            return tr("opened the ticket")
        case "note":
            return tr("added a note")
        case "merged" if "took" in done.after:
            return tr("merged {tickets} into this ticket", tickets=listed(done.after["took"]))
        case "merged":
            into = str(done.after["merged_into"]).upper()
            return tr("merged {ticket} into {kept}", ticket=done.ticket_id, kept=into)
        case "split":
            count, into = len(done.before["notes"]), done.after["notes"]
            return plural("split {n} note off into {ticket}", "split {n} notes off into {ticket}", count, ticket=into)
        case _:
            fields = [name for name in done.after if name != "updated_at"]
            return tr(" and ").join(_edit(name, done) for name in fields)


def _edit(name: str, done: TicketChange) -> str:
    if name == "assignee":
        to = done.after["assignee"]
        return tr("gave it to {name}", name=to) if to else tr("took it from {name}", name=done.before["assignee"])
    if name not in _SET:
        return tr(_CHANGED[name]) if name in _CHANGED else tr("changed the {field}", field=name)
    return tr(_SET[name], before=_value(name, done.before[name]), after=_value(name, done.after[name]))


def _value(name: str, value: object) -> str:
    match name:
        case "status":
            return status(TicketStatus(str(value))).text
        case "priority":
            return priority(str(value)).text
        case _:
            return str(value).replace("_", " ")


def opened(created_at: datetime, now: datetime) -> str:
    at_midnight = created_at.time() == time.min  # of a ticket that was taken over only the day may be known
    return tr("opened {when}", when=(words.day if at_midnight else words.clock)(created_at, now))


def note(card: NoteCard) -> str:
    """A note in one line, as it is listed or read out."""
    return tr("{author}, {when}: {note}", author=card.author, when=card.when, note=card.text)


def listed(items: Sequence[str]) -> str:
    """'T-1', 'T-1 and T-2', 'T-1, T-2 and T-3'."""
    if len(items) < 2:
        return "".join(items)
    return tr("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])
