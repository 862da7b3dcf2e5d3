"""Saved replies: those that staff wrote ahead, and, as `wordings`, those learned from what a person approved."""

from __future__ import annotations

from collections.abc import Iterable

from cxdesk.domain import CannedReply, Invalid
from cxdesk.store.database import Database, fold
from cxdesk.store.wordings import Wordings

_SELECT = "SELECT * EXCLUDE (uses) FROM canned"


class CannedReplies:
    def __init__(self, database: Database) -> None:
        self._db = database
        self.wordings = Wordings(database)

    def put(self, reply: CannedReply) -> None:
        """Add the reply, or replace the one with the same shortcut; its use count stays."""
        self.put_many([reply])

    def put_many(self, replies: Iterable[CannedReply]) -> None:
        """Add or replace several, all or none."""
        self._db.insert("canned", [dict(reply) for reply in replies], replace_by="shortcut")

    def all(self, category: str | None = None) -> list[CannedReply]:
        """All saved replies, of one category if given, by shortcut."""
        rows = self._db.rows(_SELECT + " WHERE coalesce(category = ?, true) ORDER BY shortcut", category)
        return [CannedReply.model_validate(row) for row in rows]

    def find(self, shortcut: str) -> CannedReply | None:
        """The reply that staff call by '/shortcut', without regard to case."""
        row = self._db.row(_SELECT + " WHERE lower(shortcut) = ?", fold(shortcut.removeprefix("/")))
        return CannedReply.model_validate(row) if row else None

    def remove(self, shortcut: str) -> None:
        """Forget a saved reply. Raises `Invalid` if there is none."""
        if not self._db.write("DELETE FROM canned WHERE shortcut = ? RETURNING shortcut", shortcut):
            raise _unknown(shortcut)

    def categories(self) -> list[str]:
        return [row["category"] for row in self._db.rows("SELECT DISTINCT category FROM canned ORDER BY category")]

    def count_use(self, shortcut: str) -> None:
        """Count that the reply was sent. Raises `Invalid` if there is none."""
        if not self._db.write("UPDATE canned SET uses = uses + 1 WHERE shortcut = ? RETURNING shortcut", shortcut):
            raise _unknown(shortcut)

    def uses(self) -> dict[str, int]:
        """How often each saved reply was sent, by shortcut."""
        return {row["shortcut"]: row["uses"] for row in self._db.rows("SELECT shortcut, uses FROM canned")}


def _unknown(shortcut: str) -> Invalid:
    return Invalid(f"No saved reply {shortcut!r} on this desk. Look its shortcut up in the list of saved replies.")
