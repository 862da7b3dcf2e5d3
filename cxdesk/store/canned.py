"""Saved replies."""

from __future__ import annotations

from cxdesk.domain import CannedReply
from cxdesk.store.database import Database


class CannedReplies:
    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, reply: CannedReply) -> None:
        """Add the reply, or replace the one with the same shortcut."""
        self._db.insert("canned", [dict(reply)], replace_by="shortcut")

    def all(self) -> list[CannedReply]:
        """All saved replies, by shortcut."""
        return [CannedReply.model_validate(row) for row in self._db.rows("SELECT * FROM canned ORDER BY shortcut")]
