"""Reading rows from the files that shops have: CSV, JSON, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from cxdesk.domain import Invalid, RowProblem

Cells = dict[str, Any]
Numbered = tuple[int, Cells]

# What spreadsheets write when it isn't UTF-8. A free guess is often wrong on a short file.
OTHER_ENCODINGS = ["utf_16", "utf_32", "cp1252", "latin_1"]
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Sheet:
    """The rows of one file, each with its line (CSV, JSON Lines) or its number (JSON, Parquet), from 1."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Numbered, ...]
    problems: tuple[RowProblem, ...] = ()
    note: str | None = None


def read_sheet(path: Path) -> Sheet:
    """The file's rows; those that can't be read at all are its `problems`. Raises `Invalid` for the whole file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Invalid(f"The file {str(path)!r} can't be read: {error.strerror}. Check the path.") from error
    if not content.strip():
        raise Invalid(f"The file {path.name!r} is empty. Export it again, or leave it out.")
    if path.suffix.lower() == ".parquet":
        return _sheet(path.name, _parquet_rows(path, content))
    text, note = _decode(path.name, content)
    if not text.strip():
        raise Invalid(f"The file {path.name!r} is empty. Export it again, or leave it out.")
    return _READERS[path.suffix.lower()](path.name, text, note)


def _sheet(file: str, rows: Iterable[Numbered], problems: Iterable[RowProblem] = (), note: str | None = None) -> Sheet:
    kept = tuple(rows)
    columns = dict.fromkeys(name for _, cells in kept for name in cells)
    return Sheet(file, tuple(columns), kept, tuple(problems), note)


def _decode(file: str, content: bytes) -> tuple[str, str | None]:
    """The text, and a note when its encoding had to be guessed."""
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        guess = from_bytes(content, cp_isolation=OTHER_ENCODINGS).best()
    if guess is None:
        raise Invalid(f"The file {file!r} is not text in any known encoding. Save it as UTF-8.")
    note = (
        f"{file} is not UTF-8 and was read as {guess.encoding}. If names look wrong, save it as UTF-8 and import again."
    )
    return str(guess).removeprefix("\ufeff"), note


# ---------------------------------------------------------------- one reader a format


def _read_csv(file: str, text: str, note: str | None) -> Sheet:
    heading = text.lstrip().split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=heading.count), strict=True)
    rows: list[Numbered] = []
    problems: list[RowProblem] = []
    try:
        header = [name.strip() for name in next(row for row in lines if row)]
        for line, cells in _with_lines(lines):
            if len(cells) == len(header):
                rows.append((line, dict(zip(header, cells, strict=True))))
            elif cells:
                reason = f"the row has {len(cells)} cells, the header {len(header)}"
                problems.append(RowProblem(file=file, line=line, reason=reason))
    except csv.Error as error:
        raise Invalid(
            f"The file {file!r} is not sound CSV near line {lines.line_num}: {error}. Export it again."
        ) from error
    if repeated := [name for name in dict.fromkeys(header) if header.count(name) > 1]:
        raise Invalid(f"The file {file!r} has the column {repeated[0]!r} more than once. Keep one of them.")
    return Sheet(file, tuple(header), tuple(rows), tuple(problems), note)


def _with_lines(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins: a quoted cell may span several."""
    begins = lines.line_num + 1
    for cells in lines:
        yield begins, cells
        begins = lines.line_num + 1


def _read_json(file: str, text: str, note: str | None) -> Sheet:
    try:
        records = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"The file {file!r} is not sound JSON: {error}. Export it again.") from error
    if not isinstance(records, list):
        raise Invalid(f"The file {file!r} holds no list of rows. Write it as a JSON list of objects.")
    return _objects(file, enumerate(records, start=1), [], note)


def _read_json_lines(file: str, text: str, note: str | None) -> Sheet:
    records: list[tuple[int, Any]] = []
    problems: list[RowProblem] = []
    for line, content in enumerate(text.split("\n"), start=1):
        try:
            if content.strip():
                records.append((line, json.loads(content, parse_float=Decimal)))
        except (ValueError, RecursionError):
            problems.append(RowProblem(file=file, line=line, reason="the line is not sound JSON"))
    return _objects(file, records, problems, note)


def _objects(file: str, records: Iterable[tuple[int, Any]], problems: list[RowProblem], note: str | None) -> Sheet:
    rows: list[Numbered] = []
    for line, record in records:
        if isinstance(record, dict):
            rows.append((line, record))
        else:
            problems.append(RowProblem(file=file, line=line, reason="the row is not an object with named values"))
    return _sheet(file, rows, problems, note)


def _parquet_rows(path: Path, content: bytes) -> list[Numbered]:
    # Imported here since it costs 0.15 s that the window's start need not pay.
    import pyarrow as arrow
    from pyarrow import parquet

    try:
        return list(enumerate(parquet.read_table(arrow.BufferReader(content)).to_pylist(), start=1))
    except (arrow.ArrowException, OSError) as error:
        raise Invalid(f"The file {path.name!r} is not a sound Parquet file. Export it again.") from error


_READERS: dict[str, Callable[[str, str, str | None], Sheet]] = {
    ".csv": _read_csv,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
}
FORMATS = (*_READERS, ".parquet")
