"""Which connections were attempted, by whom and when: what an auditor of a site without a network asks for."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from cxdesk.domain import Moment, Record, Refused, now

CONNECTIONS = "connections.jsonl"
"""The ledger's name in a data directory."""


class Attempt(Record):
    """`who` is the part of the program, `where` the host with its port."""

    who: str
    where: str
    at: Moment


class ConnectionLedger:
    """A file of one line an attempt, written before anything is sent. Holds no text of any message."""

    def __init__(self, file: Path, *, offline: bool = False) -> None:
        self._file = file
        self._offline = offline
        self._lock = Lock()

    def note(self, who: str, where: str) -> None:
        """Call this before connecting. Raises `Refused` in offline mode: then nothing may be tried."""
        if self._offline:
            raise Refused(
                f"Offline mode is on, so nothing connects to {where!r} for the {who}. Switch 'offline' off in the "
                "settings, or bring what is needed as a file."
            )
        line = Attempt(who=who, where=where, at=now()).model_dump_json()
        self._file.parent.mkdir(parents=True, exist_ok=True)
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
