"""A desk's past, row by row: what was said, what the desk made of it, and what people decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cxdesk.domain import Customer, DraftState, Identity, IdentityLevel, Message, Role
from cxdesk.store import Store

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def a_turn(**changes: Any) -> dict[str, Any]:
    """A finished turn as it is kept; a name with '__' changes a part of it."""
    turn: dict[str, Any] = {
        "reply": "Returns are free for 30 days.",
        "decision": "reply",
        "handoff_reason": None,
        "handoff": None,
        "pending_action": None,
        "identity": "verified",
        "sentiment": {"label": "neutral", "score": 0.1, "frustration": 0.0},
        "intent": {"name": "return_policy", "confidence": 0.9},
        "intents": [{"name": "return_policy", "confidence": 0.9}],
        "plan": ["search_knowledge"],
        "tools": [{"name": "search_knowledge", "args": {"query": "returns"}, "ok": True, "ms": 5.0}],
        "sources": [
            {
                "document": "returns.md",
                "heading": "Returns",
                "passage": "Returns are free for 30 days.",
                "score": 0.9,
                "start": 0,
                "end": 29,
            }
        ],
        "grounding": {"supported": 1, "unsupported": [], "rejected": [], "retried": False, "used_brief": False},
        "tone": "friendly",
        "model": "none",
        "notes": [],
        "timings_ms": {"guard": 1.0, "signals": 4.0, "tools": 6.0, "knowledge": 5.0, "ground": 2.0, "total": 20.0},
    }
    for name, value in changes.items():
        part, _, field = name.partition("__")
        turn[part] = {**turn[part], field: value} if field else value
    return turn


class Past:
    """Writes a past into a store, at moments of its choice."""

    def __init__(self, store: Store, *, at: datetime = NOON) -> None:
        self.store = store
        self.at = at

    def customer(self, customer_id: str) -> Customer:
        customer = Customer(id=customer_id, name=customer_id.title(), email=f"{customer_id}@example.com")
        self.store.customers.put(customer)
        return customer

    def conversation(self, customer_id: str | None = None, *, at: datetime | None = None) -> str:
        self.at = at or self.at
        level = IdentityLevel.verified if customer_id else IdentityLevel.unknown
        identity = Identity(level=level, customer_id=customer_id, proofs=("signed_in",) if customer_id else ())
        found = self.store.conversations.create((customer_id or "guest").title(), customer_id, identity)
        self._write("UPDATE conversations SET opened_at = ?, updated_at = ? WHERE id = ?", self.at, self.at, found.id)
        return found.id

    def say(self, conversation: str, text: str, role: Role = Role.customer, *, run: str | None = None) -> Message:
        self.at += timedelta(minutes=1)
        message = self.store.conversations.add_message(conversation, role, text, run)
        self._write('UPDATE messages SET "at" = ? WHERE id = ?', self.at, message.id)
        return message.model_copy(update={"at": self.at})

    def turn(self, conversation: str, text: str, **changes: Any) -> str:
        """A message and its finished run; the run's id."""
        message = self.say(conversation, text)
        run = self.store.runs.start(conversation, message.id)
        self.store.runs.finish(run.id, a_turn(**changes))
        self._write("UPDATE runs SET started_at = ?, finished_at = ? WHERE id = ?", self.at, self.at, run.id)
        return run.id

    def answered(self, conversation: str, text: str, **changes: Any) -> str:
        """The same, and the reply sent at once."""
        run = self.turn(conversation, text, **changes)
        self.say(conversation, a_turn(**changes)["reply"], Role.desk, run=run)
        return run

    def draft(self, run: str, state: DraftState, *, text: str = "A draft.", reason: str | None = None) -> str:
        found = self.store.runs.find(run)
        assert found is not None
        draft = self.store.drafts.create(found.conversation_id, run, text)
        sent = "Another text." if state is DraftState.edited else None
        self.store.drafts.decide(draft.id, state, sent_text=sent, reason=reason)
        self._write("UPDATE drafts SET created_at = ?, decided_at = ? WHERE id = ?", self.at, self.at, draft.id)
        return draft.id

    def insight(self, conversation: str, **values: Any) -> None:
        """A closed conversation's insight, with what matters here."""
        row = {
            "conversation_id": conversation,
            "opened_at": self.at,
            "closed_at": self.at,
            "topics": [],
            "subjects": [],
            "moods_known": 0,
            "moods_unknown": 0,
            "resolution": "resolved",
            "tools": [],
            "handoffs": 0,
            "messages": 2,
            "asked": 1,
            "last_seq": 0,
            **values,
        }
        names = ", ".join(row)
        self._write(f"INSERT INTO insights ({names}) VALUES ({', '.join('?' for _ in row)})", *row.values())

    def _write(self, sql: str, *values: Any) -> None:
        self.store._database.write(sql, *values)
