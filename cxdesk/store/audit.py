"""The audit: one row for every tool call and every change of the desk itself, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cxdesk.domain import AuditRow, new_id, now
from cxdesk.store.database import Database, Row, as_json

_SELECT = "SELECT audit.* EXCLUDE (seq) FROM audit"


class Audit:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, row: AuditRow, *, key: str | None = None) -> None:
        """Keep the row. With a key, the row is the one call that did the action of this key."""
        with self._db.transaction():
            self._db.insert("audit", [{**dict(row), "args": as_json(row.args), "result": as_json(row.result)}])
            if key is not None:
                self._db.insert("performed_actions", [{"key": key, "audit_id": row.id}])

    def note(self, change: str, what: Mapping[str, Any], *, role: str, by: str | None) -> None:
        """Keep that a person changed the desk itself: an account, a setting, a rule. `what` holds no secret."""
        self.add(
            AuditRow(
                id=new_id("t"),
                run_id=None,
                conversation_id=None,
                role=role,
                tool=change,
                args=dict(what),
                ok=True,
                why=f"by {by or 'the owner'}",
                ms=0,
                at=now(),
            )
        )

    def of_desk(self, limit: int = 200) -> list[AuditRow]:
        """The changes of the desk itself, newest first."""
        return _calls(
            self._db.rows(
                _SELECT + " WHERE conversation_id IS NULL AND run_id IS NULL ORDER BY audit.seq DESC LIMIT ?", limit
            )
        )

    def performed(self, key: str) -> AuditRow | None:
        """The call that did the action of this key, if it was done."""
        found = self._db.row(f"{_SELECT} JOIN performed_actions ON audit_id = id WHERE performed_actions.key = ?", key)
        return AuditRow.model_validate(found) if found else None

    def of_run(self, run_id: str) -> list[AuditRow]:
        """The run's calls, in the order in which they were made."""
        return _calls(self._db.rows(_SELECT + " WHERE run_id = ? ORDER BY audit.seq", run_id))

    def of_conversation(self, conversation_id: str) -> list[AuditRow]:
        """The conversation's calls, in the order in which they were made."""
        return _calls(self._db.rows(_SELECT + " WHERE conversation_id = ? ORDER BY audit.seq", conversation_id))


def _calls(rows: list[Row]) -> list[AuditRow]:
    return [AuditRow.model_validate(row) for row in rows]
