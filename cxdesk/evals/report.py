"""What an evaluation reports, and how its cases are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import Field

from cxdesk.domain import Invalid, Record


class Failure(Record):
    """A case that went wrong: what was expected, what came, and why that is wrong."""

    id: str
    expected: Any
    got: Any
    why: str


class EvalReport(Record):
    """Scores of one suite. `n` counts the cases that were scored.

    A metric that could not be computed is None, and `reasons` says why under the metric's name.
    """

    suite: str
    n: int
    metrics: dict[str, float | int | None]
    failures: tuple[Failure, ...] = ()
    model: str
    seconds: float
    reasons: dict[str, str] = Field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data; `reasons` stands in it only where something is missing."""
        return self.model_dump(mode="json", exclude=set() if self.reasons else {"reasons"})


def read_cases(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """The first `limit` cases of a JSON Lines file, all by default. Blank lines are passed over.

    Raises `Invalid` naming the file, and the line that is no JSON object with an 'id'.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            cases = list(islice(_objects(path, lines), limit))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"The case file {str(path)!r} can't be read: give a UTF-8 file.") from error
    if not cases:
        raise Invalid(f"The case file {str(path)!r} holds no cases. Give one JSON object a line.")
    return cases


def _objects(path: Path, lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except (ValueError, RecursionError):
            case = None
        if not isinstance(case, dict) or "id" not in case:
            raise Invalid(f"Line {number} of {str(path)!r} is no JSON object with an 'id'. Mend or remove it.")
        yield case
