"""Traces: what each turn did, how long every part took and how it ended, in flat rows.

Derived from runs and audit rows, a little at a time: what is new is taken over before it is asked for. Nothing that a
customer wrote is in them: ids, names of stages and tools, times and outcomes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cxdesk.domain import OutcomeCount, Span, SpanStat
from cxdesk.store.database import Database

SPANS_KEPT = 500_000
"""About 50 MB; older spans make way."""

# Moments within a turn, not parts of it; and what the audit tells in more detail.
_MARKS = ("total", "first_token", "brief_ready")

_NEW_RUNS = (
    "runs AS (SELECT * FROM main.runs WHERE state IN ('finished', 'failed') AND id NOT IN (SELECT run_id FROM turns))"
)
# Every run that has ended has one row in `turns`: counting is a tenth of the work of comparing them one by one.
_ANY_NEW = (
    "SELECT 1 WHERE (SELECT count(*) FROM runs WHERE state IN ('finished', 'failed')) != (SELECT count(*) FROM turns)"
)
_STAGES = f"""
INSERT INTO spans
WITH {_NEW_RUNS}, timed AS (SELECT *, unnest(json_keys(turn->'timings_ms')) AS name FROM runs WHERE turn IS NOT NULL)
SELECT id, conversation_id, name,
    CASE WHEN name IN ('guard', 'signals') THEN 'signals' WHEN name IN ('compose', 'queue', 'confirm') THEN 'llm'
        WHEN name = 'knowledge' THEN 'knowledge' ELSE 'agent' END,
    CASE name WHEN 'knowledge' THEN 'tools' WHEN 'queue' THEN 'compose' ELSE 'turn' END,
    coalesce(list_position(['guard', 'signals', 'identify', 'plan', 'tools', 'knowledge', 'deal', 'brief', 'compose',
        'queue', 'ground', 'confirm'], name), 99),
    coalesce((turn->'timings_ms'->>name)::DOUBLE, 0), true,
    CASE WHEN name NOT IN ('compose', 'ground') THEN 'ok'
        WHEN json_array_length(turn->'$.grounding.unsupported') > 0 THEN 'unsupported'
        WHEN name = 'compose' AND turn->>'$.grounding.used_brief' = 'true' THEN 'used_brief'
        WHEN turn->>'$.grounding.retried' = 'true' THEN 'retried' ELSE 'ok' END,
    started_at
FROM timed WHERE name NOT IN {_MARKS}
"""  # noqa: S608 - constants of this module
_TOOLS = f"""
INSERT INTO spans
WITH {_NEW_RUNS}
SELECT runs.id, runs.conversation_id, tool, 'tools', 'tools', 100, ms, ok, CASE WHEN ok THEN 'ok' ELSE 'nothing' END,
    started_at
FROM audit JOIN runs ON runs.id = audit.run_id WHERE tool != 'search_knowledge'
"""  # noqa: S608
# What was only read, of a conversation that was held elsewhere, was no turn of this desk.
_ROOTS = f"""
INSERT INTO spans
WITH {_NEW_RUNS}
SELECT id, conversation_id, 'turn', 'desk', NULL, 0,
    coalesce((turn->'timings_ms'->>'total')::DOUBLE, greatest(epoch_ms(finished_at - started_at), 0)),
    state = 'finished', coalesce(turn->>'handoff_reason', turn->>'decision', 'failed'), started_at
FROM runs WHERE turn->>'imported' IS NULL
"""  # noqa: S608
_TURNS = f"""
INSERT INTO turns
WITH {_NEW_RUNS}
SELECT id, conversation_id, message_id, state = 'finished', turn->>'$.intent.name', turn->>'$.sentiment.label',
    CASE WHEN turn->>'$.sentiment.label' != 'unknown' THEN (turn->>'$.sentiment.score')::DOUBLE END,
    turn->>'decision', turn->>'handoff_reason',
    CASE WHEN contains(turn->>'notes', '"no_answer"') THEN 'no_answer'
        WHEN turn->>'handoff_reason' = 'data_gap' AND NOT contains(turn->>'notes', '"order_not_found"') THEN 'data_gap'
        WHEN turn->>'handoff_reason' = 'ungrounded' THEN 'ungrounded' END,
    turn->>'model', started_at
FROM runs
"""  # noqa: S608
_MODEL_USE = """
SELECT count(*) AS n,
    coalesce(sum(read), 0)::BIGINT AS read_tokens, coalesce(sum(written), 0)::BIGINT AS written_tokens,
    quantile_cont(1000 * written / ms, 0.5) FILTER (ms > 0) AS p50_tokens_per_s,
    quantile_cont(1000 * written / ms, 0.05) FILTER (ms > 0) AS p5_tokens_per_s,
    quantile_cont(queue, 0.5) AS p50_queue_ms, quantile_cont(queue, 0.95) AS p95_queue_ms
FROM (
    SELECT (use->>'read_tokens')::BIGINT AS read, (use->>'written_tokens')::BIGINT AS written,
        (use->>'write_ms')::DOUBLE AS ms, (use->>'queue_ms')::DOUBLE AS queue
    FROM (SELECT turn->'model_use' AS use FROM runs
        WHERE started_at >= ? AND started_at < ? AND state = 'finished' AND turn->>'$.model_use.queue_ms' IS NOT NULL)
)
"""
_SPANS = 'SELECT run_id, conversation_id, name, room, parent, ms, ok, outcome, "at" FROM spans'
_PLACED = ' ORDER BY "at", run_id, place, name'


class Traces:
    def __init__(self, database: Database) -> None:
        self._db = database

    def catch_up(self, keep: int = SPANS_KEPT) -> int:
        """Take over the runs that ended since the last time; how many there were. Of spans the newest are kept."""
        if not self._db.row(_ANY_NEW):
            return 0
        with self._db.transaction():
            for statement in (_STAGES, _TOOLS, _ROOTS):
                self._db.write(statement)
            taken = int(self._db.write(_TURNS)[0]["Count"])
            self._db.write(
                'DELETE FROM spans WHERE "at" < (SELECT "at" FROM spans ORDER BY "at" DESC LIMIT 1 OFFSET ?)', keep - 1
            )
        return taken

    def of_run(self, run_id: str) -> list[Span]:
        """The run's spans, in the order of a turn's stages; the tools last."""
        return _spans(self._db.rows(_SPANS + " WHERE run_id = ?" + _PLACED, run_id))

    def recent(self, limit: int) -> list[Span]:
        """The whole turns that ended last, the newest first: one span each."""
        rows = self._db.rows(_SPANS + " WHERE name = 'turn' AND parent IS NULL ORDER BY \"at\" DESC LIMIT ?", limit)
        return _spans(rows)

    def between(self, start: datetime, end: datetime) -> Iterator[Span]:
        """All spans of turns that began in this time, oldest turn first."""
        rows = self._db.rows(_SPANS + ' WHERE "at" >= ? AND "at" < ?' + _PLACED, start, end)
        yield from _spans(rows)

    def stats(self, start: datetime, end: datetime) -> list[SpanStat]:
        """Counts, errors and percentiles of each stage and tool over this time, by room."""
        rows = self._db.rows(
            "SELECT room, name, count(*) AS n, count(*) FILTER (NOT ok) AS errors,"
            " count(*) FILTER (outcome NOT IN ('ok', 'reply', 'confirm', 'ask')) AS unusual,"
            " quantile_cont(ms, 0.5) AS p50_ms, quantile_cont(ms, 0.95) AS p95_ms, max(ms) AS max_ms"
            ' FROM spans WHERE "at" >= ? AND "at" < ? GROUP BY room, name, place ORDER BY place, room, name',
            start,
            end,
        )
        return [SpanStat.model_validate(row) for row in rows]

    def outcomes(self, start: datetime, end: datetime) -> list[OutcomeCount]:
        """How often stages and tools ended in another way than usual over this time, the most frequent first."""
        rows = self._db.rows(
            "SELECT room, name, outcome, count(*) AS n FROM spans"
            " WHERE \"at\" >= ? AND \"at\" < ? AND (NOT ok OR outcome NOT IN ('ok', 'reply', 'confirm', 'ask'))"
            " GROUP BY room, name, outcome ORDER BY n DESC, room, name, outcome",
            start,
            end,
        )
        return [OutcomeCount.model_validate(row) for row in rows]

    def cut_short(self) -> int:
        """Runs that were started and came to no end."""
        return int(self._db.rows("SELECT count(*) AS n FROM runs WHERE state = 'started'")[0]["n"])

    def first_tokens(self, start: datetime, end: datetime) -> dict[str, float | int | None]:
        """How long a model took until its first word, over this time: n, p50 and p95 in milliseconds."""
        rows = self._db.rows(
            "SELECT count(ms) AS n, quantile_cont(ms, 0.5) AS p50_ms, quantile_cont(ms, 0.95) AS p95_ms FROM"
            " (SELECT (turn->'timings_ms'->>'first_token')::DOUBLE AS ms FROM runs"
            " WHERE started_at >= ? AND started_at < ? AND state = 'finished')",
            start,
            end,
        )
        return dict(rows[0])

    def model_use(self, start: datetime, end: datetime) -> dict[str, float | int | None]:
        """What the model read and wrote over this time, how quickly, and how long replies waited in line for it."""
        rows = self._db.rows(_MODEL_USE, start, end)
        return dict(rows[0])


def _spans(rows: list[dict[str, Any]]) -> list[Span]:
    return [Span.model_validate(row) for row in rows]
