"""Going back in a conversation, on a copy of a desk: it must never be done to the desk itself."""

from __future__ import annotations

from typing import Any

from cxdesk.domain import Identity, Invalid, Message, PendingAction, Record
from cxdesk.store.database import Database, as_json


class PastMessage(Record):
    """A customer's message, and what was sent after it before the customer wrote again; None when nothing was.

    `by_person`: whether a person wrote, approved or edited that.
    """

    message: Message
    sent: str | None = None
    by_person: bool = False


_PAST = """
WITH spoken AS (
    SELECT *, count(*) FILTER (role = 'customer') OVER (PARTITION BY conversation_id ORDER BY seq) AS part
    FROM messages WHERE role != 'system'
), answered AS (
    SELECT conversation_id, part, min_by(text, seq) FILTER (role != 'customer') AS sent,
        bool_or(role = 'agent' OR run_id IN (SELECT run_id FROM drafts WHERE state IN ('approved', 'edited')
            AND decided_by IS DISTINCT FROM 'autopilot'))
            AS by_person
    FROM spoken GROUP BY conversation_id, part
)
SELECT spoken.id, spoken.conversation_id, role, text, "at", run_id, flags, sent, by_person
FROM spoken JOIN answered USING (conversation_id, part) WHERE role = 'customer' ORDER BY spoken.seq DESC LIMIT ?
"""


class Replays:
    def __init__(self, database: Database) -> None:
        self._db = database

    def past_messages(self, limit: int | None = None) -> list[PastMessage]:
        """Customers' messages with what was sent after each, the newest first."""
        return [
            PastMessage(
                message=Message(**{name: row[name] for name in Message.model_fields}),
                sent=row["sent"],
                by_person=bool(row["by_person"]),
            )
            for row in self._db.rows(_PAST, limit)
        ]

    def rewind(self, message_id: str) -> Message:
        """Undo a message and all that came after it in its conversation; returns the message.

        Messages, runs, drafts and handoffs go; a waiting proposal is again what it was. Orders and tickets stay as
        they are. Raises `Invalid` if there is no such message.
        """
        row = self._db.row("SELECT * FROM messages WHERE id = ?", message_id)
        if row is None:
            raise Invalid(f"No message {message_id!r} on this desk. Look the run up with 'cxdesk traces'.")
        conversation_id, seq = row["conversation_id"], row["seq"]
        with self._db.transaction():
            self._db.write("DELETE FROM messages WHERE conversation_id = ? AND seq >= ?", conversation_id, seq)
            for table in ("runs", "drafts", "handoffs"):
                self._db.write(
                    f"DELETE FROM {table} WHERE conversation_id = ? AND {_BEGAN[table]} >= ?",  # noqa: S608
                    conversation_id,
                    row["at"],
                )
            self._restore(conversation_id)
        return Message(**{name: row[name] for name in Message.model_fields})

    def _restore(self, conversation_id: str) -> None:
        """The conversation as its last turn left it: what waited for a yes, and who was proved."""
        last = self._db.row(
            "SELECT turn FROM runs WHERE conversation_id = ? AND state = 'finished' ORDER BY seq DESC LIMIT 1",
            conversation_id,
        )
        turn: dict[str, Any] = last["turn"] if last else {}
        kept = self._db.rows("SELECT identity FROM conversations WHERE id = ?", conversation_id)[0]["identity"]
        identity = Identity.model_validate(kept)
        if "signed_in" not in identity.proofs and turn.get("identity") != identity.level:
            identity = Identity()  # what was shown since is read again from the messages
        pending = turn.get("pending_action")
        self._db.write(
            "UPDATE conversations SET pending = ?, identity = ?, state = 'open' WHERE id = ?",
            *(as_json(PendingAction(**pending)) if pending else None, as_json(identity), conversation_id),
        )


_BEGAN = {"runs": "started_at", "drafts": "created_at", "handoffs": '"at"'}
