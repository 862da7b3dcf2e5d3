"""Which connections were attempted, by whom and when: what an auditor of a site without a network asks for."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from cxdesk.domain import Moment, Record, now


class Attempt(Record):
    """`who` is the part of the program, `where` the host with its port."""

    who: str
    where: str
    at: Moment


class ConnectionLedger:
    """A file of one line an attempt, written before anything is sent. Holds no text of any message."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()

    def note(self, who: str, where: str) -> None:
        line = Attempt(who=who, where=where, at=now()).model_dump_json()
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def attempts(self) -> list[Attempt]:
        """All that were noted, oldest first; a line that a crash cut short is passed over."""
        if not self._file.exists():
            return []
        found = []
        for line in self._file.read_text(encoding="utf-8").splitlines():
            try:
                found.append(Attempt.model_validate(json.loads(line)))
            except (ValueError, ValidationError):
                continue
        return found
