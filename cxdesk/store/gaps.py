"""What the documents did not answer, and which replies rest on what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cxdesk.domain import OpenQuestion, Period, StaleReply
from cxdesk.store.database import Database

_OPEN = """
SELECT m.id AS message_id, m.conversation_id, c.customer_id, m.text, found.kind, m."at"
FROM (
    SELECT message_id, arg_max(kind, rank) AS kind FROM (
        SELECT message_id, gap AS kind, 2 AS rank FROM turns WHERE gap IS NOT NULL
        UNION ALL
        SELECT runs.message_id, 'rejected', 1 FROM drafts JOIN runs ON runs.id = drafts.run_id
        WHERE drafts.state = 'rejected' AND coalesce(drafts.reason, '') != 'superseded'
    ) GROUP BY message_id
) found JOIN messages m ON m.id = found.message_id JOIN conversations c ON c.id = m.conversation_id
WHERE m."at" >= ? AND m."at" < ? ORDER BY m.seq DESC LIMIT ?
"""
# A draft rests on the passages that it was shown with. Those that wait or were sent count, not those thrown away.
_STALE_DRAFTS = """
SELECT 'draft' AS kind, d.id AS key, coalesce(d.sent_text, d.text) AS text, rested.document, rested.passage,
    docs.name IS NULL AS removed, d.conversation_id
FROM drafts d JOIN (
    SELECT id, source->>'document' AS document, source->>'passage' AS passage
    FROM (SELECT id, unnest(json_extract(turn, '$.sources[*]')) AS source FROM runs WHERE state = 'finished')
) rested ON rested.id = d.run_id LEFT JOIN documents docs ON docs.name = rested.document
WHERE d.state != 'rejected' AND (docs.name IS NULL OR NOT contains(docs.text, rested.passage))
ORDER BY d.seq DESC LIMIT ?
"""
_STALE_SAVED = """
SELECT r.kind, r.key, coalesce(c.text, w.text) AS text, r.document, r.passage, docs.name IS NULL AS removed
FROM rests_on r LEFT JOIN canned c ON r.kind = 'canned' AND c.shortcut = r.key
LEFT JOIN wordings w ON r.kind = 'approved' AND w.id = r.key LEFT JOIN documents docs ON docs.name = r.document
WHERE coalesce(c.text, w.text) IS NOT NULL AND (docs.name IS NULL OR NOT contains(docs.text, r.passage))
ORDER BY r.kind, r.key
"""


class SavedReply(NamedTuple):
    """A canned reply or an approved wording. `hash` tells whether its text was looked at before."""

    kind: str
    key: str
    text: str
    hash: str


class RestsOn(NamedTuple):
    """A passage of a document that a saved reply says again."""

    document: str
    passage: str


class Gaps:
    def __init__(self, database: Database) -> None:
        self._db = database

    def open_questions(self, period: Period, limit: int) -> list[OpenQuestion]:
        """Messages of the period that the documents did not answer or whose draft was rejected, the newest first."""
        rows = self._db.rows(_OPEN, period.start, period.end, limit)
        return [OpenQuestion.model_validate(row) for row in rows]

    def unlinked(self) -> list[SavedReply]:
        """Saved replies, and approved wordings, whose text was not looked at yet."""
        rows = self._db.rows(
            "SELECT * FROM (SELECT 'canned' AS kind, shortcut AS key, text, md5(text) AS hash FROM canned"
            " UNION ALL SELECT 'approved', id, text, md5(text) FROM wordings) saved"
            " WHERE (kind, key, hash) NOT IN (SELECT (kind, key, reply_hash) FROM rests_on) ORDER BY kind, key"
        )
        return [SavedReply(**row) for row in rows]

    def link(self, reply: SavedReply, found: Sequence[RestsOn]) -> None:
        """Keep what a saved reply rests on, in place of what was known. Nothing found is kept too, as looked at."""
        rows = [
            {"kind": reply.kind, "key": reply.key, **each._asdict(), "reply_hash": reply.hash}
            for each in (found or [RestsOn("", "")])
        ]
        with self._db.transaction():
            self._db.write("DELETE FROM rests_on WHERE kind = ? AND key = ?", reply.kind, reply.key)
            self._db.insert("rests_on", rows)

    def stale(self, limit: int) -> list[StaleReply]:
        """Replies whose passage no longer stands in its document: saved ones first, then drafts, newest first."""
        rows = [row for row in self._db.rows(_STALE_SAVED) if row["document"]]
        return [StaleReply.model_validate(row) for row in (*rows, *self._db.rows(_STALE_DRAFTS, limit))]

    def dismiss(self, kind: str, key: str) -> None:
        """A person has looked at a saved reply and keeps it: it is linked anew to what the documents say now."""
        self._db.write("DELETE FROM rests_on WHERE kind = ? AND key = ?", kind, key)
