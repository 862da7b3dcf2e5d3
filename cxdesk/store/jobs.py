"""The runs of the desk's jobs, and how they ended."""

from __future__ import annotations

from cxdesk.domain import JobRun
from cxdesk.store.database import Database

KEPT = 100

_SELECT = "SELECT job_runs.* EXCLUDE (seq) FROM job_runs"


class JobRuns:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, run: JobRun) -> None:
        """Keep how a run ended; of each job the last hundred are kept."""
        with self._db.transaction():
            self._db.insert("job_runs", [dict(run)])
            self._db.write(
                "DELETE FROM job_runs WHERE name = ? AND seq NOT IN"
                " (SELECT seq FROM job_runs WHERE name = ? ORDER BY seq DESC LIMIT ?)",
                *(run.name, run.name, KEPT),
            )

    def last(self, name: str, *, ok: bool | None = None) -> JobRun | None:
        """The job's newest run; with `ok`, the newest that went well, or that failed."""
        row = self._db.row(
            _SELECT + " WHERE name = ? AND coalesce(ok = ?, true) ORDER BY job_runs.seq DESC LIMIT 1", name, ok
        )
        return JobRun.model_validate(row) if row else None

    def of(self, name: str, limit: int = 20) -> list[JobRun]:
        """The job's runs, newest first."""
        rows = self._db.rows(_SELECT + " WHERE name = ? ORDER BY job_runs.seq DESC LIMIT ?", name, limit)
        return [JobRun.model_validate(row) for row in rows]
