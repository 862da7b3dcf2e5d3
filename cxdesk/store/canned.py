"""Saved replies: those that staff wrote ahead, and, as `wordings`, those learned from what a person approved."""

from __future__ import annotations

from collections.abc import Iterable

from cxdesk.domain import CannedReply, Invalid, KeptReply, now
from cxdesk.store.database import Database, Row, fold
from cxdesk.store.wordings import Wordings

_SELECT = "SELECT * EXCLUDE (uses, last_used_at) FROM canned"


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

    def kept(self) -> list[KeptReply]:
        """All saved replies with their use, by shortcut."""
        return [_kept(row) for row in self._db.rows("SELECT * FROM canned ORDER BY shortcut")]

    def restore(self, kept: KeptReply) -> None:
        """Put a saved reply back as it was, with its use, in place of any with its shortcut."""
        row = {**dict(kept.reply), "uses": kept.uses, "last_used_at": kept.last_used_at}
        self._db.insert("canned", [row], replace_by="shortcut")

    def rename(self, shortcut: str, new: str) -> None:
        """Call a saved reply by another shortcut; its use, and what it rests on, go along."""
        with self._db.transaction():
            if not self._db.write("UPDATE canned SET shortcut = ? WHERE shortcut = ? RETURNING 1", new, shortcut):
                raise _unknown(shortcut)
            self._db.write("UPDATE rests_on SET key = ? WHERE kind = 'canned' AND key = ?", new, shortcut)

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
        counted = "UPDATE canned SET uses = uses + 1, last_used_at = ? WHERE shortcut = ? RETURNING shortcut"
        if not self._db.write(counted, now(), shortcut):
            raise _unknown(shortcut)

    def uses(self) -> dict[str, int]:
        """How often each saved reply was sent, by shortcut."""
        return {row["shortcut"]: row["uses"] for row in self._db.rows("SELECT shortcut, uses FROM canned")}


def _kept(row: Row) -> KeptReply:
    uses, last_used_at = row.pop("uses"), row.pop("last_used_at")
    return KeptReply(reply=CannedReply.model_validate(row), uses=uses, last_used_at=last_used_at)


def _unknown(shortcut: str) -> Invalid:
    return Invalid(f"No saved reply {shortcut!r} on this desk. Look its shortcut up in the list of saved replies.")
