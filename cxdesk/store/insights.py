"""Insights: what each closed conversation came to, derived from its rows in one statement, for one or for all alike.

The resolution is read off what happened: who has the matter, whether the last wish was answered, by whom and with
what decision, and whether a proposal still waits. No text is looked at. A courtesy ('thanks') is no wish. Order is
taken from `seq`, since clocks go backwards; no duration is below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from string import Template

from cxdesk.domain import ClosedBy, Insight
from cxdesk.store.database import Database, Row

REOPENED_WITHIN_DAYS = 7

_COURTESIES = "('greeting', 'thanks', 'praise')"
_TURN = (
    """'{"intent": {"name": "VARCHAR"}, "decision": "VARCHAR", "tone": "VARCHAR", "notes": ["VARCHAR"],"""
    """ "sentiment": {"label": "VARCHAR", "score": "DOUBLE", "frustration": "DOUBLE"},"""
    """ "tools": [{"name": "VARCHAR", "args": {"order_id": "VARCHAR"}}]}'"""
)
_WISH = """struct_pack(seq := seq, "at" := "at", decision := turn.decision, notes := turn.notes)"""

_CLOSED_NOW = (
    "SELECT id, customer_id, opened_at, pending, ?::TIMESTAMP AS closed_at, ?::VARCHAR AS closed_by"
    " FROM conversations WHERE id IN (SELECT unnest(?))"
)
_NOT_YET_DERIVED = (
    "SELECT id, customer_id, opened_at, pending, updated_at AS closed_at, NULL AS closed_by FROM conversations"
    " WHERE state = 'closed' AND id NOT IN (SELECT conversation_id FROM insights)"
)


# Rows of `insights` for the conversations that the query `closings` gives, with when and by whom they were closed.
# One close takes as long to plan as to run: a join less is a millisecond less.
_DERIVE = Template("""
WITH closings AS ($closings),
talk AS (
    SELECT m.seq, m.id, m.conversation_id, m.role, m.run_id, m."at", m.role = 'customer' AS asks
    FROM messages m JOIN closings ON m.conversation_id = closings.id
    WHERE m.role IN ('customer', 'desk', 'agent')
),
turns AS (
    SELECT conversation_id, message_id, seq, from_json(turn, $turn) AS turn
    FROM runs JOIN closings ON runs.conversation_id = closings.id
    WHERE state = 'finished'
),
read_talk AS (
    SELECT talk.*, turn,
        turn.sentiment.label != 'unknown' AND turn.sentiment.score IS NOT NULL AS mood_known,
        asks AND NOT (coalesce(turn.intent.name IN $courtesies, false) AND coalesce(len(turn.tools), 0) = 0) AS wishes,
        NOT asks AND bool_or(asks) OVER (PARTITION BY talk.conversation_id ORDER BY talk.seq) AS replies
    FROM talk LEFT JOIN turns ON asks AND turns.message_id = talk.id
),
said AS (
    SELECT conversation_id,
        count(*) AS messages, count(*) FILTER (asks) AS asked, max(seq) AS last_seq,
        epoch_ms(max("at")) - epoch_ms(min("at")) AS span_ms,
        min(seq) FILTER (asks) AS first_asked, arg_min("at", seq) FILTER (asks) AS first_asked_at,
        arg_min("at", seq) FILTER (replies) AS first_reply_at,
        coalesce(arg_max($wish, seq) FILTER (wishes), arg_max($wish, seq) FILTER (asks)) AS wish,
        max(seq) FILTER (NOT asks) AS last_answer, arg_max("at", seq) FILTER (NOT asks) AS last_answer_at,
        max(seq) FILTER (role = 'agent') AS last_by_person,
        arg_min(turn.sentiment.score, seq) FILTER (mood_known) AS sentiment_start,
        arg_max(turn.sentiment.score, seq) FILTER (mood_known) AS sentiment_end,
        avg(turn.sentiment.score) FILTER (mood_known) AS sentiment,
        avg(turn.sentiment.frustration) FILTER (mood_known) AS frustration,
        count(*) FILTER (mood_known) AS moods_known
    FROM read_talk GROUP BY conversation_id
),
intents AS (
    SELECT conversation_id, turn.intent.name AS intent, count(*) AS times, min(seq) AS since
    FROM read_talk WHERE wishes AND turn.intent.name NOT IN $courtesies GROUP BY ALL
),
topics AS (
    SELECT conversation_id, first(intent ORDER BY times DESC, since) AS intent, list(intent ORDER BY since) AS topics
    FROM intents GROUP BY conversation_id
),
tones AS (
    SELECT conversation_id, first(tone ORDER BY times DESC, latest DESC) AS tone FROM (
        SELECT conversation_id, turn.tone AS tone, count(*) AS times, max(seq) AS latest
        FROM read_talk WHERE turn.tone IS NOT NULL GROUP BY ALL
    ) GROUP BY conversation_id
),
calls AS (
    SELECT conversation_id, unnest(turn.tools) AS call FROM turns WHERE len(turn.tools) > 0
),
tools AS (
    SELECT conversation_id, list(DISTINCT call.name ORDER BY call.name) AS tools,
        list(DISTINCT ltrim(lower(trim(call.args.order_id)), '#') ORDER BY ltrim(lower(trim(call.args.order_id)), '#'))
            FILTER (call.args.order_id IS NOT NULL) AS subjects
    FROM calls GROUP BY conversation_id
),
settled AS (
    SELECT handoff_id, max("at") FILTER (kind = 'resolved') AS settled_at FROM handoff_events
    WHERE handoff_id IN (SELECT h.id FROM handoffs h JOIN closings ON h.conversation_id = closings.id)
    GROUP BY handoff_id
),
handed AS (
    SELECT conversation_id, count(*) AS handoffs, arg_max(reason, handoffs.seq) AS handoff_reason,
        bool_or(handoffs.state != 'resolved') AS with_person, max(settled_at) AS settled_at
    FROM handoffs JOIN closings ON conversation_id = closings.id LEFT JOIN settled ON settled.handoff_id = handoffs.id
    GROUP BY conversation_id
)
SELECT closings.id AS conversation_id, closings.customer_id, closings.opened_at, closings.closed_at, closings.closed_by,
    topics.intent, coalesce(topics.topics, []) AS topics, coalesce(tools.subjects, []) AS subjects,
    round(sentiment, 6) AS sentiment, sentiment_start, sentiment_end,
    round(sentiment_end - sentiment_start, 6) AS drift, round(frustration, 6) AS frustration,
    coalesce(moods_known, 0) AS moods_known, coalesce(asked - moods_known, 0) AS moods_unknown,
    CASE
        WHEN with_person THEN 'escalated'
        WHEN settled_at >= wish."at" THEN 'resolved'
        WHEN closings.pending IS NOT NULL OR NOT coalesce(last_answer > wish.seq, false) THEN 'unresolved'
        WHEN last_by_person > wish.seq THEN 'resolved'
        WHEN coalesce(wish.decision, 'reply') = 'reply' AND NOT list_contains(coalesce(wish.notes, []), 'no_answer')
            THEN 'resolved'
        ELSE 'unresolved'
    END AS resolution, NULL::TIMESTAMP AS reopened_at,
    coalesce(tools.tools, []) AS tools, tones.tone,
    coalesce(handed.handoffs, 0) AS handoffs, handed.handoff_reason,
    coalesce(said.messages, 0) AS messages, coalesce(said.asked, 0) AS asked,
    CASE WHEN first_reply_at IS NOT NULL
        THEN greatest(epoch_ms(first_reply_at) - epoch_ms(first_asked_at), 0) / 1000 END AS first_reply_s,
    CASE WHEN resolution = 'resolved' AND last_answer > first_asked
        THEN greatest(epoch_ms(last_answer_at) - epoch_ms(first_asked_at), 0) / 1000 END AS resolution_s,
    span_ms / 1000 AS duration_s, coalesce(said.last_seq, 0) AS last_seq
FROM closings
LEFT JOIN said ON said.conversation_id = closings.id
LEFT JOIN topics ON topics.conversation_id = closings.id
LEFT JOIN tones ON tones.conversation_id = closings.id
LEFT JOIN tools ON tools.conversation_id = closings.id
LEFT JOIN handed ON handed.conversation_id = closings.id
""")

_SCOPED = "customer_id IN (SELECT unnest(?))"
# The same matter: written again in the same conversation, or an order asked about again for the same reason.
_REOPENED = Template("""
WITH closed AS MATERIALIZED (
    SELECT conversation_id, customer_id, intent, subjects, closed_at, opened_at, reopened_at, last_seq
    FROM insights WHERE $scope
),
-- Few conversations were touched after their close: none, and the messages are not even looked through.
touched AS MATERIALIZED (
    SELECT closed.* FROM closed JOIN conversations c ON c.id = closed.conversation_id
    WHERE c.updated_at > closed.closed_at OR c.state != 'closed'
),
later AS (
    SELECT m.id, m.conversation_id, greatest(m."at", touched.closed_at) AS came_at
    FROM messages m JOIN touched ON m.conversation_id = touched.conversation_id AND m.seq > touched.last_seq
    WHERE m.role = 'customer' AND m."at" <= touched.closed_at + INTERVAL $days DAY
),
-- Grouped, so that no condition is tried before the join: turns of other conversations would be parsed for it.
later_turns AS (
    SELECT later.id AS message_id, any_value(turn) AS turn
    FROM later JOIN runs ON runs.conversation_id = later.conversation_id AND runs.message_id = later.id
    GROUP BY later.id
),
courtesies AS (
    SELECT message_id FROM later_turns
    WHERE turn->>'$$.intent.name' IN $courtesies AND turn->>'$$.tools[0].name' IS NULL
),
returns AS (
    SELECT conversation_id, came_at FROM later ANTI JOIN courtesies ON courtesies.message_id = later.id
    UNION ALL
    SELECT closed.conversation_id, other.opened_at AS came_at
    FROM closed JOIN closed other ON other.customer_id = closed.customer_id AND other.intent = closed.intent
    WHERE other.conversation_id != closed.conversation_id AND list_has_any(other.subjects, closed.subjects)
        AND other.opened_at BETWEEN closed.closed_at AND closed.closed_at + INTERVAL $days DAY
)
SELECT closed.conversation_id, min(came_at) AS came_at
FROM closed LEFT JOIN returns USING (conversation_id)
GROUP BY closed.conversation_id, closed.reopened_at HAVING min(came_at) IS DISTINCT FROM closed.reopened_at
""")
_SELECT = "SELECT * EXCLUDE (last_seq) FROM insights"
_ANSWERED = """
SELECT id FROM conversations WHERE state = 'open' AND pending IS NULL
    AND id NOT IN (SELECT conversation_id FROM drafts WHERE state = 'proposed')
    AND id NOT IN (SELECT conversation_id FROM runs WHERE state = 'started')
    AND id IN (SELECT conversation_id FROM messages
        WHERE role != 'system' AND conversation_id IN (SELECT id FROM conversations WHERE state = 'open')
        GROUP BY conversation_id HAVING bool_or(role = 'customer') AND arg_max(role, messages.seq) != 'customer')
ORDER BY updated_at DESC, id LIMIT ?
"""


class Insights:
    def __init__(self, database: Database) -> None:
        self._db = database

    def derive(self, conversation_id: str, closed_at: datetime, closed_by: ClosedBy | None) -> Insight | None:
        """Keep what the conversation came to until now, in place of an earlier close; None if there is no such one."""
        made = self.derive_many([conversation_id], closed_at, closed_by)
        return made[0] if made else None

    def derive_many(
        self, conversation_ids: Sequence[str], closed_at: datetime, closed_by: ClosedBy | None
    ) -> list[Insight]:
        """`derive` for several at once; unknown ids are left out."""
        ids = list(conversation_ids)
        with self._db.transaction():
            self._db.write("DELETE FROM insights WHERE conversation_id IN (SELECT unnest(?))", ids)
            sql = "INSERT INTO insights BY NAME " + _derive(_CLOSED_NOW) + " RETURNING *"
            rows = self._db.write(sql, closed_at, closed_by, ids)
        return [_insight(row) for row in rows]

    def derive_missing(self) -> int:
        """Derive the insights of all closed conversations that have none, such as imported ones. Returns how many.

        Writers wait only while the result is put in place, not while it is made.
        """
        self._db.rows("CREATE OR REPLACE TEMP TABLE fresh_insights AS " + _derive(_NOT_YET_DERIVED))
        with self._db.transaction():
            added = self._db.write(
                "INSERT INTO insights BY NAME SELECT * FROM fresh_insights"
                " WHERE conversation_id NOT IN (SELECT conversation_id FROM insights)"
            )
        self._db.rows("DROP TABLE fresh_insights")
        return int(added[0]["Count"])

    def mark_reopened(self, customer_ids: Sequence[str] | None = None) -> None:
        """Note where customers came back to a closed matter within seven days; of all customers when None."""
        scope, values = ("true", []) if customer_ids is None else (_SCOPED, [list(customer_ids)])
        sql = _REOPENED.substitute(scope=scope, days=REOPENED_WITHIN_DAYS, courtesies=_COURTESIES)
        changed = self._db.rows(sql, *values)
        if changed:
            self._db.write(
                "UPDATE insights SET reopened_at = changed.came_at"
                " FROM (SELECT unnest(?) AS id, unnest(?)::TIMESTAMP AS came_at) AS changed"
                " WHERE conversation_id = changed.id",
                *([row[name] for row in changed] for name in ("conversation_id", "came_at")),
            )

    def find(self, conversation_id: str) -> Insight | None:
        row = self._db.row(_SELECT + " WHERE conversation_id = ?", conversation_id)
        return _insight(row) if row else None

    def of_customer(self, customer_id: str, limit: int = 50) -> list[Insight]:
        """The customer's closed conversations, newest first."""
        rows = self._db.rows(
            _SELECT + " WHERE customer_id = ? ORDER BY closed_at DESC, conversation_id LIMIT ?", customer_id, limit
        )
        return [_insight(row) for row in rows]

    def silent_since(self, moment: datetime, limit: int = 1000) -> list[str]:
        """Conversations that are open, wait for no person, and were last touched before the moment; oldest first."""
        rows = self._db.rows(
            "SELECT id FROM conversations WHERE state = 'open' AND updated_at < ? ORDER BY updated_at, id LIMIT ?",
            *(moment, limit),
        )
        return [row["id"] for row in rows]

    def answered(self, limit: int = 200) -> list[str]:
        """Conversations that are open, in which the customer has asked, the desk had the last word, and nothing waits:
        no proposal for its yes, no draft for a person. The last touched first."""
        return [row["id"] for row in self._db.rows(_ANSWERED, limit)]


def _derive(closings: str) -> str:
    return _DERIVE.substitute(closings=closings, turn=_TURN, courtesies=_COURTESIES, wish=_WISH)


def _insight(row: Row) -> Insight:
    return Insight.model_validate({name: value for name, value in row.items() if name != "last_seq"})
