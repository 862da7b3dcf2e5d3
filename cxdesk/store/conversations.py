"""Conversations and their messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cxdesk.domain import (
    Conversation,
    ConversationState,
    Identity,
    Invalid,
    Message,
    PendingAction,
    Role,
    new_id,
    now,
)
from cxdesk.store.database import Database, Row, as_json

_SELECT = "SELECT * FROM conversations"
_MESSAGES = "SELECT * EXCLUDE (seq) FROM messages"


class Conversations:
    def __init__(self, database: Database) -> None:
        self._db = database

    def create(self, writer: str, customer_id: str | None, identity: Identity) -> Conversation:
        """Open a new conversation with whoever writes."""
        moment = now()
        conversation = Conversation(
            id=new_id("c"),
            customer_id=customer_id,
            writer=writer,
            identity=identity,
            opened_at=moment,
            updated_at=moment,
        )
        self._db.insert("conversations", [_row(conversation)])
        return conversation

    def find(self, conversation_id: str) -> Conversation | None:
        row = self._db.row(_SELECT + " WHERE id = ?", conversation_id)
        return Conversation.model_validate(row) if row else None

    def get(self, conversation_id: str) -> Conversation:
        """The conversation with this id. Raises `Invalid` if there is none."""
        conversation = self.find(conversation_id)
        if conversation is None:
            raise _unknown(conversation_id)
        return conversation

    def of(self, conversation_ids: Sequence[str]) -> list[Conversation]:
        """The conversations with these ids, in their order; ids of none are passed over."""
        rows = self._db.rows(_SELECT + " WHERE id IN (SELECT unnest(?))", list(conversation_ids))
        found = {row["id"]: row for row in rows}
        return [Conversation.model_validate(found[each]) for each in conversation_ids if each in found]

    def recent(self, limit: int = 200, state: ConversationState | None = None) -> list[Conversation]:
        """Conversations, of one state if given, the last touched first."""
        rows = self._db.rows(
            _SELECT + " WHERE coalesce(state = ?, true) ORDER BY updated_at DESC, opened_at DESC, id LIMIT ?",
            state,
            limit,
        )
        return [Conversation.model_validate(row) for row in rows]

    def of_customer(self, customer_id: str, limit: int = 200) -> list[Conversation]:
        """The customer's conversations, the last touched first."""
        rows = self._db.rows(
            _SELECT + " WHERE customer_id = ? ORDER BY updated_at DESC, opened_at DESC, id LIMIT ?", customer_id, limit
        )
        return [Conversation.model_validate(row) for row in rows]

    def save(self, conversation: Conversation) -> None:
        """Keep identity, customer, state, pending action and time. Raises `Invalid` if it was never created."""
        row = _row(conversation)
        changed = self._db.write(
            "UPDATE conversations SET customer_id = ?, identity = ?, state = ?, pending = ?, updated_at = ?"
            " WHERE id = ? RETURNING id",
            *(row[name] for name in ("customer_id", "identity", "state", "pending", "updated_at", "id")),
        )
        if not changed:
            raise _unknown(conversation.id)

    def close(self, conversation_ids: Sequence[str]) -> None:
        """Note that these are closed; nothing else of them changes."""
        self._db.write(
            "UPDATE conversations SET state = ? WHERE id IN (SELECT unnest(?))",
            *(ConversationState.closed, list(conversation_ids)),
        )

    def get_pending(self, conversation_id: str) -> PendingAction | None:
        """The proposal that waits for a yes. Raises `Invalid` if there is no such conversation."""
        return self.get(conversation_id).pending

    def clear_pending(self, conversation_id: str) -> None:
        """Forget the proposal, if there is one. Raises `Invalid` if there is no such conversation."""
        if not self._db.write("UPDATE conversations SET pending = NULL WHERE id = ? RETURNING id", conversation_id):
            raise _unknown(conversation_id)

    def add_message(
        self, conversation_id: str, role: Role, text: str, run_id: str | None = None, *, flags: Sequence[str] = ()
    ) -> Message:
        """Add a message at the end and touch `updated_at`. Raises `Invalid` if there is no such conversation.

        `flags` are what the guard saw in the text as it came.
        """
        message = Message(
            id=new_id("m"),
            conversation_id=conversation_id,
            role=role,
            text=text,
            at=now(),
            run_id=run_id,
            flags=tuple(flags),
        )
        with self._db.transaction():
            if not self._db.write(
                "UPDATE conversations SET updated_at = ? WHERE id = ? RETURNING id", message.at, conversation_id
            ):
                raise _unknown(conversation_id)
            self._db.insert("messages", [{**dict(message), "flags": as_json(message.flags)}])
        return message

    def messages(self, conversation_id: str, limit: int | None = None) -> list[Message]:
        """The conversation's messages, oldest first; with a limit, the last so many."""
        rows = self._db.rows(
            _MESSAGES + " WHERE conversation_id = ? ORDER BY messages.seq DESC LIMIT ?", conversation_id, limit
        )
        return [Message.model_validate(row) for row in reversed(rows)]

    def last_messages(self, conversation_ids: Iterable[str]) -> dict[str, Message]:
        """The last message of each of the conversations, by conversation; those without any are left out."""
        rows = self._db.rows(
            "SELECT * EXCLUDE (seq) FROM messages WHERE messages.seq IN"
            " (SELECT max(seq) FROM messages WHERE conversation_id IN (SELECT unnest(?)) GROUP BY conversation_id)",
            list(conversation_ids),
        )
        return {row["conversation_id"]: Message.model_validate(row) for row in rows}


def _unknown(conversation_id: str) -> Invalid:
    return Invalid(f"No conversation {conversation_id!r} on this desk. Check the id, or start a new one.")


def _row(conversation: Conversation) -> Row:
    pending = conversation.pending
    return {
        **dict(conversation),
        "identity": as_json(conversation.identity),
        "pending": as_json(pending) if pending else None,
    }
