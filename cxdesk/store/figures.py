"""The figures' rows: what was counted or measured, when, and in which conversation.

Every figure is one SELECT that yields (conversation_id, at, part, value); `part` is the kind within it, `value` is None
where nothing is known. One statement sums up all of them, for a time and the time before, so that a figure and the
conversations that it opens can never disagree. With a million messages what counts is that nothing is formatted or
sorted row by row, and that a figure over conversations reads only those with a message in the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from cxdesk.domain import Period
from cxdesk.store.database import Database, Row

Summing = Literal["count", "mean", "median"]
Step = Literal["day", "week", "month"]
"""How much time one value of a course covers. Weeks begin on Monday."""

_PROFILED = "customer_id IN (SELECT customer_id FROM profiles WHERE at_risk)"
_STAYED = "CASE WHEN resolution = 'resolved' AND reopened_at IS NULL THEN 1 ELSE 0 END"
# $1 to $3 are both times together: a conversation without a message in them yields no row that would be counted.
_TALKED = 'conversation_id IN (SELECT conversation_id FROM messages WHERE "at" >= $1 AND "at" < $3)'
_FIRST_REPLIES = f"""
SELECT conversation_id, asked.first_at AS "at", NULL AS part,
    CASE WHEN reply.replied_at >= asked.first_at THEN epoch_ms(reply.replied_at - asked.first_at) / 1000 END AS value
FROM (SELECT conversation_id, min("at") AS first_at, min(seq) AS first_seq FROM messages
    WHERE role = 'customer' AND {_TALKED} GROUP BY conversation_id) AS asked
JOIN (SELECT answers.conversation_id, min_by(answers."at", answers.seq) AS replied_at
    FROM messages AS answers JOIN (SELECT conversation_id, min(seq) AS first_seq FROM messages
        WHERE role = 'customer' AND {_TALKED} GROUP BY conversation_id) AS opened USING (conversation_id)
    WHERE answers.role IN ('desk', 'agent') AND answers.seq > opened.first_seq
    GROUP BY answers.conversation_id) AS reply USING (conversation_id)
"""  # noqa: S608 - constants of this module
_ROWS: dict[str, str] = {
    "conversations": 'SELECT id AS conversation_id, opened_at AS "at", NULL AS part, 1 AS value FROM conversations',
    "messages": "SELECT conversation_id, \"at\", NULL AS part, 1 AS value FROM messages WHERE role = 'customer'",
    "returning_customers": """
        SELECT arg_max(id, opened_at) AS conversation_id, max(opened_at) AS "at", NULL AS part,
            max(earlier::INTEGER) AS value
        FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY opened_at, id) > 1 AS earlier
            FROM conversations WHERE customer_id IS NOT NULL) GROUP BY customer_id, opened_at >= $2, opened_at < $3""",
    "messages_per_conversation": f"""
        SELECT conversation_id, min("at") AS "at", NULL AS part, count(*) AS value FROM messages
        WHERE role != 'system' AND {_TALKED} GROUP BY conversation_id""",  # noqa: S608
    "silence_after_reply": f"""
        SELECT conversation_id, max("at") AS "at", NULL AS part,
            CASE WHEN arg_max(role, seq) IN ('desk', 'agent') THEN 1 ELSE 0 END AS value
        FROM messages WHERE role != 'system' AND {_TALKED} GROUP BY conversation_id
        HAVING count(*) FILTER (role != 'customer') > 0""",  # noqa: S608
    "intents": 'SELECT conversation_id, "at", intent AS part, 1 AS value FROM turns WHERE intent IS NOT NULL',
    "moods": 'SELECT conversation_id, "at", mood AS part, 1 AS value FROM turns WHERE mood IS NOT NULL',
    "mood": 'SELECT conversation_id, "at", NULL AS part, score AS value FROM turns WHERE ok',
    "resolution": """
        SELECT conversation_id, closed_at AS "at", NULL AS part,
            CASE WHEN resolution = 'resolved' THEN 1 ELSE 0 END AS value FROM insights""",
    "durable_resolution": f"""
        SELECT conversation_id, closed_at AS "at", NULL AS part, {_STAYED} AS value FROM insights""",  # noqa: S608
    "outcomes": 'SELECT conversation_id, closed_at AS "at", resolution AS part, 1 AS value FROM insights',
    "handoffs": 'SELECT conversation_id, "at", reason AS part, 1 AS value FROM handoffs',
    "handoff_rate": """
        SELECT id AS conversation_id, opened_at AS "at", NULL AS part,
            CASE WHEN id IN (SELECT conversation_id FROM handoffs) THEN 1 ELSE 0 END AS value FROM conversations""",
    "first_reply": _FIRST_REPLIES,
    "time_to_resolution": """
        SELECT conversation_id, closed_at AS "at", NULL AS part, resolution_s AS value FROM insights
        WHERE resolution = 'resolved'""",
    "drafts": """
        SELECT conversation_id, decided_at AS "at", 1 AS value,
            CASE decided_by WHEN 'autopilot' THEN 'autopilot' ELSE state END AS part FROM drafts
        WHERE decided_at IS NOT NULL AND coalesce(reason, '') != 'superseded'""",
    "drafts_used": """
        SELECT conversation_id, decided_at AS "at", NULL AS part, CASE state WHEN 'approved' THEN 1 ELSE 0 END AS value
        FROM drafts WHERE decided_at IS NOT NULL AND coalesce(reason, '') != 'superseded'
            AND decided_by IS DISTINCT FROM 'autopilot'""",
    "csat": """
        SELECT conversation_id, "at", NULL AS part, stars AS value FROM ratings WHERE "by" = 'customer'""",
    "stars": """
        SELECT conversation_id, "at", stars::VARCHAR AS part, 1 AS value FROM ratings WHERE "by" = 'customer'""",
    "customers_at_risk": f"""
        SELECT arg_max(id, opened_at) AS conversation_id, max(opened_at) AS "at", NULL AS part, 1 AS value
        FROM conversations WHERE {_PROFILED} GROUP BY customer_id, opened_at >= $2, opened_at < $3""",  # noqa: S608
    "busiest_hours": """
        SELECT conversation_id, "at", strftime("at" + to_minutes($4), '%H:00') AS part, 1 AS value
        FROM messages WHERE role = 'customer'""",
    "unanswered": 'SELECT conversation_id, "at", gap AS part, 1 AS value FROM turns WHERE gap IS NOT NULL',
}

_PLACED = """
WITH found AS ({rows}), placed AS (
    SELECT *, "at" >= $2 AS is_now, date_trunc('{step}', "at" + to_minutes($4::INTEGER))::DATE AS day
    FROM found WHERE "at" >= $1 AND "at" < $3
)
"""

# All figures at once: to plan one statement for each took most of the time of a shop of usual size.
_OF_FIGURE = """
SELECT {number}::UTINYINT AS figure, {is_median} AS is_median, conversation_id, "at", part::VARCHAR AS part,
    value::DOUBLE AS value, {behind} AS is_behind
FROM ({rows})
"""
_SUMS = (
    _PLACED.replace("placed AS", "placed AS MATERIALIZED")  # noqa: S608 - constants of this module
    + """
, behind AS (
    SELECT figure, count(DISTINCT conversation_id) AS conversations FROM placed WHERE is_now AND is_behind
    GROUP BY figure
)
SELECT figure, is_now, part, day, grouping(part) = 0 AS of_part, grouping(day) = 0 AS of_day,
    count(value) AS n, count(*) - count(value) AS unknown, avg(value) AS mean,
    median(value) FILTER (is_median) AS median,
    CASE WHEN is_now THEN coalesce(any_value(conversations), 0) ELSE 0 END AS conversations
FROM placed LEFT JOIN behind USING (figure)
GROUP BY GROUPING SETS ((figure, is_now), (figure, is_now, part), (figure, is_now, day))
"""
)
_CONVERSATIONS = (
    _PLACED
    + """
SELECT conversation_id FROM placed WHERE is_now AND {behind} AND ($5 IS NULL OR part = $5)
GROUP BY conversation_id ORDER BY max("at") DESC, conversation_id LIMIT $6
"""
)


class Sums(NamedTuple):
    """A figure summed up over one time. `value` is None where there was nothing."""

    value: float | None = None
    n: int = 0
    unknown: int = 0
    conversations: int = 0


class FigureSums(NamedTuple):
    now: Sums
    before: Sums
    parts_now: dict[str, float]
    parts_before: dict[str, float]
    by_day: dict[str, float]


class FigureRows:
    def __init__(self, database: Database) -> None:
        self._db = database

    def sums(
        self, figures: Mapping[str, Summing], period: Period, offset_minutes: int = 0, step: Step = "day"
    ) -> dict[str, FigureSums]:
        """Figures over the period and the one before, each with its course by `step`, known by its first day.

        Days and hours are those of a clock so far ahead of UTC.
        """
        names = list(figures)
        found = " UNION ALL ".join(
            _OF_FIGURE.format(
                number=number, is_median=figures[name] == "median", rows=_ROWS[name], behind=_behind(name)
            )
            for number, name in enumerate(names)
        )
        rows: dict[str, list[Row]] = {name: [] for name in names}
        for row in self._db.rows(_SUMS.format(rows=found, step=step), *_bounds(period, offset_minutes)):
            name = names[row["figure"]]
            rows[name].append({**row, "value": _value(row, figures[name])})
        return {name: self._summed(rows[name]) for name in names}

    @staticmethod
    def _summed(rows: Sequence[Row]) -> FigureSums:
        whole = {r["is_now"]: r for r in rows if not r["of_part"] and not r["of_day"]}
        parts = {
            is_now: {r["part"]: r["value"] for r in rows if r["of_part"] and r["part"] and r["is_now"] is is_now}
            for is_now in (True, False)
        }
        course = [r for r in rows if r["of_day"] and r["is_now"] and r["value"] is not None]
        days = {r["day"].isoformat(): r["value"] for r in course}
        return FigureSums(
            _sums(whole.get(True)), _sums(whole.get(False)), parts[True], parts[False], dict(sorted(days.items()))
        )

    def conversations(
        self,
        name: str,
        period: Period,
        part: str | None = None,
        limit: int | None = None,
        *,
        offset_minutes: int = 0,
    ) -> list[str]:
        """The conversations behind a figure, or behind one of its parts, in the period, the newest first.

        Behind a share stand those that make it up: the resolved ones, not all that were closed. Hours are those of a
        clock so far ahead of UTC.
        """
        sql = _CONVERSATIONS.format(rows=_ROWS[name], behind=_behind(name), step="day")
        rows = self._db.rows(sql, *_bounds(period, offset_minutes), part, limit)
        return [row["conversation_id"] for row in rows]

    def first_message_at(self) -> datetime | None:
        """When the first message came."""
        row = self._db.row('SELECT min("at") AS first FROM messages')
        return row["first"] if row else None


_SHARES = frozenset(
    ("returning_customers", "silence_after_reply", "resolution", "durable_resolution", "handoff_rate", "drafts_used")
)


def _behind(name: str) -> str:
    return "value > 0" if name in _SHARES else "value IS NOT NULL"


def _value(row: Row, summing: Summing) -> float | None:
    value = row[{"count": "n", "mean": "mean", "median": "median"}[summing]]
    return None if value is None else float(value)


def _bounds(period: Period, offset_minutes: int) -> tuple[datetime, datetime, datetime, int]:
    return period.before.start, period.start, period.end, offset_minutes


def _sums(row: dict[str, object] | None) -> Sums:
    return Sums(**{name: row[name] for name in Sums._fields}) if row else Sums()  # type: ignore[arg-type]
