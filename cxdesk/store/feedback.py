"""Ratings: what customers, and people at the desk, thought of a reply or of a whole conversation."""

from __future__ import annotations

from cxdesk.domain import Rating
from cxdesk.store.database import Database

_SELECT = "SELECT * EXCLUDE (seq) FROM ratings"


class Ratings:
    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, rating: Rating) -> None:
        """Keep a rating; an earlier one of the same thing by the same side makes way."""
        with self._db.transaction():
            self._db.write(
                'DELETE FROM ratings WHERE conversation_id = ? AND message_id IS NOT DISTINCT FROM ? AND "by" = ?',
                *(rating.conversation_id, rating.message_id, rating.by),
            )
            self._db.insert("ratings", [dict(rating)])

    def of_conversation(self, conversation_id: str) -> list[Rating]:
        """The conversation's ratings and those of its replies, oldest first."""
        rows = self._db.rows(_SELECT + " WHERE conversation_id = ? ORDER BY ratings.seq", conversation_id)
        return [Rating.model_validate(row) for row in rows]

    def latest(self, limit: int = 200) -> list[Rating]:
        """The newest ratings first."""
        rows = self._db.rows(_SELECT + " ORDER BY ratings.seq DESC LIMIT ?", limit)
        return [Rating.model_validate(row) for row in rows]
