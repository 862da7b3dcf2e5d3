"""Handoffs: conversations that a person was asked to take over, and what became of it, by whom and when."""

from __future__ import annotations

from typing import Literal

from cxdesk.domain import Handoff, HandoffReason, HandoffState, Invalid, Moment, Record, new_id, now
from cxdesk.store.database import Database, Row

_SELECT = "SELECT * EXCLUDE (seq) FROM handoffs"

HandoffEventKind = Literal["accepted", "answered", "given_back", "resolved"]
_STATES: dict[str, HandoffState] = {
    "accepted": HandoffState.accepted,
    "answered": HandoffState.accepted,
    "given_back": HandoffState.resolved,
    "resolved": HandoffState.resolved,
}


class HandoffEvent(Record):
    """A step in a handoff's life. `by` is the person, None where nobody is signed in."""

    handoff_id: str
    kind: HandoffEventKind
    by: str | None = None
    note: str = ""
    at: Moment


class Handoffs:
    def __init__(self, database: Database) -> None:
        self._db = database

    def create(self, conversation_id: str, run_id: str | None, reason: HandoffReason, summary: str) -> Handoff:
        """Ask for a person, with a summary of what the person must know."""
        handoff = Handoff(
            id=new_id("h"), conversation_id=conversation_id, run_id=run_id, reason=reason, summary=summary, at=now()
        )
        self._db.insert("handoffs", [dict(handoff)])
        return handoff

    def open(self, limit: int = 200) -> list[Handoff]:
        """Handoffs that nobody has accepted yet, the longest waiting first."""
        return _handoffs(self._db.rows(_SELECT + " WHERE state = 'open' ORDER BY handoffs.seq LIMIT ?", limit))

    def of_conversation(self, conversation_id: str) -> list[Handoff]:
        """The conversation's handoffs, oldest first."""
        return _handoffs(self._db.rows(_SELECT + " WHERE conversation_id = ? ORDER BY handoffs.seq", conversation_id))

    def unresolved(self, conversation_id: str) -> list[Handoff]:
        """The conversation's handoffs that still need a person, oldest first."""
        return _handoffs(
            self._db.rows(
                _SELECT + " WHERE conversation_id = ? AND state != 'resolved' ORDER BY handoffs.seq", conversation_id
            )
        )

    def is_accepted(self, conversation_id: str) -> bool:
        """Whether a person has taken the conversation over, and has not given it back yet."""
        return any(handoff.state is HandoffState.accepted for handoff in self.unresolved(conversation_id))

    def record(self, handoff_id: str, kind: HandoffEventKind, by: str | None = None, note: str = "") -> HandoffEvent:
        """Write down a step of a handoff, which may change its state. Raises `Invalid` if there is no such handoff."""
        event = HandoffEvent(handoff_id=handoff_id, kind=kind, by=by, note=note, at=now())
        with self._db.transaction():
            self.set_state(handoff_id, _STATES[kind])
            self._db.insert("handoff_events", [dict(event)])
        return event

    def events(self, handoff_id: str) -> list[HandoffEvent]:
        """The life of a handoff, oldest first."""
        rows = self._db.rows(
            "SELECT * EXCLUDE (seq) FROM handoff_events WHERE handoff_id = ? ORDER BY handoff_events.seq", handoff_id
        )
        return [HandoffEvent.model_validate(row) for row in rows]

    def set_state(self, handoff_id: str, state: HandoffState) -> None:
        """Mark a handoff as accepted or resolved, or open again. Raises `Invalid` if there is none with this id."""
        if not self._db.write("UPDATE handoffs SET state = ? WHERE id = ? RETURNING id", state, handoff_id):
            raise Invalid(f"No handoff {handoff_id!r} on this desk. Open the conversation again.")


def _handoffs(rows: list[Row]) -> list[Handoff]:
    return [Handoff.model_validate(row) for row in rows]
