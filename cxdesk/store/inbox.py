"""The inbox: conversations by what they wait for, each with all that a list shows of it, read in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template
from typing import Literal

from cxdesk.domain import ConversationState, Moment, Record, Resolution, Role
from cxdesk.store.database import Database

Queue = Literal["approval", "handed_over", "mine", "all", "closed"]

# Who has a handoff that is under way: whoever accepted it, or answered without a word about it.
_MINE = """
SELECT conversation_id FROM handoffs h WHERE state = 'accepted' AND (
    SELECT arg_max("by" IS NOT DISTINCT FROM ?, seq) FROM handoff_events
    WHERE handoff_id = h.id AND kind IN ('accepted', 'answered'))
"""
# An open conversation whose customer had the last word needs a person too: its draft failed or was thrown away.
_UNANSWERED = """
SELECT conversation_id FROM messages SEMI JOIN (SELECT id FROM conversations WHERE state = 'open') c
    ON conversation_id = c.id
WHERE role != 'system' GROUP BY ALL HAVING arg_max(role, seq) = 'customer'
"""
_WHERE: dict[Queue, str] = {
    "approval": f"state = 'waiting' OR id IN ({_UNANSWERED})",
    "handed_over": "state = 'handed_over'",
    "mine": f"id IN ({_MINE})",
    "all": "true",
    "closed": "state = 'closed'",
}
# Where not all can be shown, those that wait the longest must not be left out.
_OLDEST_FIRST = "updated_at"
_NEWEST_FIRST = "state IN ('handed_over', 'waiting') DESC, updated_at DESC"
_ORDER: dict[Queue, str] = {
    "approval": _OLDEST_FIRST,
    "handed_over": _OLDEST_FIRST,
    "mine": _OLDEST_FIRST,
    "all": _NEWEST_FIRST,
    "closed": _NEWEST_FIRST,
}

_ITEMS = Template("""
WITH picked AS MATERIALIZED (SELECT * FROM conversations WHERE $where ORDER BY $order, id LIMIT ?),
said AS (
    SELECT conversation_id, arg_max(role, seq) AS role, arg_max(text, seq) AS text,
        max(seq) FILTER (role IN ('desk', 'agent')) AS answered
    FROM messages SEMI JOIN picked ON conversation_id = picked.id WHERE role != 'system' GROUP BY ALL
),
unanswered AS (
    SELECT m.conversation_id, min(m."at") AS since FROM messages m JOIN said USING (conversation_id)
    WHERE m.role = 'customer' AND m.seq > coalesce(said.answered, -1) GROUP BY ALL
),
read AS (
    SELECT conversation_id, bool_or(state = 'started') AS preparing,
        arg_max(turn, seq) FILTER (state = 'finished') AS turn
    FROM runs SEMI JOIN picked ON conversation_id = picked.id GROUP BY ALL
)
SELECT picked.id, picked.customer_id, coalesce(customers.name, picked.writer) AS writer, picked.state,
    picked.opened_at, picked.updated_at, said.role AS last_role, coalesce(said.text, '') AS last_text,
    unanswered.since AS waiting_since, coalesce(read.preparing, false) AS preparing,
    read.turn ->> '$$.sentiment.label' AS mood,
    coalesce((read.turn ->> '$$.sentiment.frustration')::DOUBLE, 0) AS frustration,
    read.turn ->> '$$.intent.name' AS intent, coalesce(profiles.at_risk, false) AS at_risk
FROM picked
LEFT JOIN said ON said.conversation_id = picked.id
LEFT JOIN unanswered ON unanswered.conversation_id = picked.id
LEFT JOIN read ON read.conversation_id = picked.id
LEFT JOIN customers ON customers.id = picked.customer_id
LEFT JOIN profiles ON profiles.customer_id = picked.customer_id
ORDER BY $order, picked.id
""")
_COUNTS = Template("SELECT $columns FROM conversations").substitute(
    columns=", ".join(f'count(*) FILTER ({where}) AS "{queue}"' for queue, where in _WHERE.items())
)
_OF_CUSTOMER = """
SELECT c.id, c.state, c.updated_at, i.intent,
    CASE WHEN i.resolution = 'resolved' AND i.reopened_at IS NOT NULL THEN 'unresolved' ELSE i.resolution END AS outcome
FROM conversations c LEFT JOIN insights i ON i.conversation_id = c.id
WHERE c.customer_id = ? ORDER BY c.updated_at DESC, c.id LIMIT ?
"""


class PastTalk(Record):
    """A conversation of a customer's, with what it came to when it was last closed."""

    id: str
    state: ConversationState
    updated_at: Moment
    intent: str | None = None
    outcome: Resolution | None = None


class InboxItem(Record):
    """A conversation as a list shows it.

    `waiting_since`: the customer's first message that nobody has answered. `mood` and `intent` are those of the newest
    turn, None where there is none.
    """

    id: str
    customer_id: str | None = None
    writer: str
    state: ConversationState
    opened_at: Moment
    updated_at: Moment
    last_role: Role | None = None
    last_text: str
    waiting_since: Moment | None = None
    preparing: bool
    mood: str | None = None
    frustration: float
    intent: str | None = None
    at_risk: bool


class Inbox:
    def __init__(self, database: Database) -> None:
        self._db = database

    def items(self, queue: Queue, by: str | None = None, limit: int = 500) -> list[InboxItem]:
        """The conversations of a queue; `by` is the person whose own are asked for, None where nobody is signed in."""
        values = [by] if queue == "mine" else []
        return self._items(_WHERE[queue], _ORDER[queue], *values, limit)

    def of(self, conversation_ids: Sequence[str]) -> list[InboxItem]:
        """These conversations, the last touched first; unknown ids are left out."""
        return self._items("id IN (SELECT unnest(?))", "updated_at DESC", list(conversation_ids), len(conversation_ids))

    def of_customer(self, customer_id: str, limit: int = 20) -> list[PastTalk]:
        """The customer's conversations, the last touched first."""
        return [PastTalk.model_validate(row) for row in self._db.rows(_OF_CUSTOMER, customer_id, limit)]

    def counts(self, by: str | None = None) -> dict[Queue, int]:
        """How many conversations are in each queue."""
        row = self._db.row(_COUNTS, by)
        return {queue: row[queue] if row else 0 for queue in _WHERE}

    def _items(self, where: str, order: str, *values: object) -> list[InboxItem]:
        sql = _ITEMS.substitute(where=where, order=order)
        return [InboxItem.model_validate(row) for row in self._db.rows(sql, *values)]
