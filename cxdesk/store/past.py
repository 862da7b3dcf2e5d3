"""Conversations that were held elsewhere: their rows, and which of them nothing was read of yet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cxdesk.domain import Message, RunState
from cxdesk.store.database import Database, Row, as_json

_UNREAD = """
SELECT m.conversation_id AS id, count(*) AS n FROM messages m JOIN conversations c ON c.id = m.conversation_id
ANTI JOIN runs ON runs.message_id = m.id
WHERE m.role = 'customer' AND c.state = 'closed' GROUP BY ALL ORDER BY max(m.seq) DESC LIMIT ?
"""


def run_id(message_id: str) -> str:
    """The id of the run that stands for the reading of a message."""
    return "r_" + short_hash(message_id)


def short_hash(*parts: object) -> str:
    """The same for the same parts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class PastTalks:
    """Closed conversations whose messages the desk never answered, since they were held elsewhere."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def known(self, conversation_ids: Sequence[str]) -> dict[str, set[str]]:
        """Those of the conversations that exist, each with the ids of its messages."""
        rows = self._db.rows(
            "SELECT c.id, list(m.id) FILTER (m.id IS NOT NULL) AS messages FROM conversations c"
            " LEFT JOIN messages m ON m.conversation_id = c.id WHERE c.id IN (SELECT unnest(?)) GROUP BY c.id",
            list(conversation_ids),
        )
        return {row["id"]: set(row["messages"] or ()) for row in rows}

    def add(self, conversations: Sequence[Row], messages: Sequence[Row]) -> None:
        """Add conversations, and messages to these or to others; what those came to must be derived again."""
        last: dict[str, datetime] = {}
        for row in messages:
            last[row["conversation_id"]] = max(row["at"], last.get(row["conversation_id"], row["at"]))
        with self._db.transaction():
            self._db.insert("conversations", conversations)
            self._db.insert("messages", messages)
            self._db.write(
                "UPDATE conversations SET updated_at = greatest(updated_at, touched.at)"
                ' FROM (SELECT unnest(?) AS id, unnest(?)::TIMESTAMP AS "at") AS touched'
                " WHERE conversations.id = touched.id",
                *(list(last), list(last.values())),
            )

    def unread(self, limit: int) -> dict[str, int]:
        """Conversations with messages of customers that nothing was read of, and how many; the newest first."""
        return {row["id"]: row["n"] for row in self._db.rows(_UNREAD, limit)}

    def keep(self, turns: Sequence[tuple[Message, dict[str, Any]]]) -> None:
        """Keep what was read from messages; what their conversations came to is then derived anew."""
        rows = [
            {
                "id": run_id(message.id),
                "conversation_id": message.conversation_id,
                "message_id": message.id,
                "state": RunState.finished,
                "turn": as_json(turn),
                "started_at": message.at,
                "finished_at": message.at,
            }
            for message, turn in turns
        ]
        with self._db.transaction():
            self._db.insert("runs", rows)
            self._db.write(
                "DELETE FROM insights WHERE conversation_id IN (SELECT unnest(?))",
                list({message.conversation_id for message, _ in turns}),
            )
