"""Handoffs: conversations that a person was asked to take over."""

from __future__ import annotations

from cxdesk.domain import Handoff, HandoffReason, HandoffState, Invalid, new_id, now
from cxdesk.store.database import Database, Row

_SELECT = "SELECT * EXCLUDE (seq) FROM handoffs"


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

    def set_state(self, handoff_id: str, state: HandoffState) -> None:
        """Mark a handoff as accepted or resolved, or open again. Raises `Invalid` if there is none with this id."""
        if not self._db.write("UPDATE handoffs SET state = ? WHERE id = ? RETURNING id", state, handoff_id):
            raise Invalid(f"No handoff {handoff_id!r} on this desk. Open the conversation again.")


def _handoffs(rows: list[Row]) -> list[Handoff]:
    return [Handoff.model_validate(row) for row in rows]
