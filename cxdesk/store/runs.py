"""Runs: what each message led to. A run that is only started was cut short, and is found again."""

from __future__ import annotations

from typing import Any

from cxdesk.domain import Invalid, Run, RunState, new_id, now
from cxdesk.store.database import Database, Row, as_json

_SELECT = "SELECT * EXCLUDE (reason, seq) FROM runs"


class Runs:
    def __init__(self, database: Database) -> None:
        self._db = database

    def start(self, conversation_id: str, message_id: str) -> Run:
        """Record that work on a message begins."""
        run = Run(
            id=new_id("r"),
            conversation_id=conversation_id,
            message_id=message_id,
            state=RunState.started,
            started_at=now(),
        )
        self._db.insert("runs", [dict(run)])
        return run

    def finish(self, run_id: str, turn: dict[str, Any]) -> None:
        """Keep the turn that the run came to. Raises `Invalid` if there is no such run."""
        self._end(run_id, RunState.finished, as_json(turn), None)

    def fail(self, run_id: str, reason: str) -> None:
        """Record that the run failed, and why, in words for staff. Raises `Invalid` if there is no such run."""
        self._end(run_id, RunState.failed, None, reason)

    def find(self, run_id: str) -> Run | None:
        row = self._db.row(_SELECT + " WHERE id = ?", run_id)
        return Run.model_validate(row) if row else None

    def of_conversation(self, conversation_id: str) -> list[Run]:
        """The conversation's runs, oldest first."""
        return _runs(self._db.rows(_SELECT + " WHERE conversation_id = ? ORDER BY runs.seq", conversation_id))

    def latest(self, conversation_id: str) -> Run | None:
        """The conversation's newest finished run."""
        row = self._db.row(
            _SELECT + " WHERE conversation_id = ? AND state = 'finished' ORDER BY runs.seq DESC LIMIT 1",
            conversation_id,
        )
        return Run.model_validate(row) if row else None

    def unfinished(self) -> list[Run]:
        """Runs that were started and neither finished nor failed, oldest first."""
        return _runs(self._db.rows(_SELECT + " WHERE state = 'started' ORDER BY runs.seq"))

    def _end(self, run_id: str, state: RunState, turn: str | None, reason: str | None) -> None:
        ended = self._db.write(
            "UPDATE runs SET state = ?, turn = ?, reason = ?, finished_at = ? WHERE id = ? RETURNING id",
            *(state, turn, reason, now(), run_id),
        )
        if not ended:
            raise Invalid(f"No run {run_id!r} on this desk. Start it before it is ended.")


def _runs(rows: list[Row]) -> list[Run]:
    return [Run.model_validate(row) for row in rows]
