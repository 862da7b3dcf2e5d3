"""One DuckDB file: opening it, one writer at a time, and its troubles put in words.

Every thread reads through a cursor of its own, so that reading never waits for a writer: it sees the last
committed state. Writers take turns at one lock, hence two transactions can't collide. DuckDB's extensions
are never fetched, and its SQL can reach no other file and no network.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import duckdb
from pydantic_core import PydanticSerializationError, to_json

from cxdesk.domain import Invalid, Unavailable

Row = dict[str, Any]

CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "memory_limit": "1GB",  # beyond it DuckDB goes on in a temporary file: a language model shares this PC
}
BROKEN_TEXT = "A text holds half a character that can't be kept (a lone surrogate). Type it anew, or copy it again."
MONEY_TYPE = "DECIMAL(18,4)"
CENT = Decimal("0.01")
CLOSE_TRIES = 100
CLOSE_PAUSE_S = 0.02
FINEST, LARGEST = Decimal("0.0001"), Decimal(10) ** 14


class Database:
    """A DuckDB file, or one in memory, with this program's tables in it."""

    def __init__(self, path: Path | None) -> None:
        """Open the database, an empty one where there is none. Raises `Unavailable` with the reason."""
        self.path = path
        # By thread; not threading.local, whose values outlive the database in threads that go on.
        self._cursors: dict[int, duckdb.DuckDBPyConnection] = {}
        self._in_transaction: set[int] = set()
        self._writing = threading.RLock()
        with self._in_words():
            if path is not None and not path.exists():
                _create(path)
            self._root = _connect(path)

    # ------------------------------------------------------------ statements

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query, by column name; JSON columns come decoded, money with at least two decimals."""
        with self._in_words():
            return _fetched(self._cursor().execute(sql, [_as_stored(value) for value in values]))

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def read_only(self, sql: str, values: Mapping[str, Any], timeout_s: float) -> list[Row]:
        """All rows of a query that can change nothing, with its named values, on a cursor of its own.

        Raises `Unavailable` when it takes longer than `timeout_s`, `Invalid` when it can't be run.
        """
        cursor = self._root.cursor()
        alarm = threading.Timer(timeout_s, cursor.interrupt)
        try:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            alarm.start()
            return _fetched(cursor.execute(sql, {name: _as_stored(value) for name, value in values.items()}))
        except duckdb.InterruptException as error:
            raise Unavailable(f"The query took longer than {timeout_s:g} s. Make it simpler.") from error
        except duckdb.ConnectionException as error:
            raise _told(error, self.path) from error
        except duckdb.Error as error:
            raise Invalid(f"The query can't be run: {str(error).splitlines()[0]}. Mend it.") from error
        finally:
            alarm.cancel()
            cursor.close()

    def write(self, sql: str, *values: Any) -> list[Row]:
        """Run one writing statement; committed at once unless a transaction is open on this thread."""
        with self.transaction():
            return self.rows(sql, *values)

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]], *, replace_by: str | None = None) -> None:
        """Insert rows of the same columns in one statement, fifty times quicker than one by one.

        With `replace_by`, a primary key, a row that stands there already gets the new values.
        """
        if not rows:
            return
        columns = [f'"{column}"' for column in rows[0]]
        # `table` and the columns are names of our own schema, never input; values are bound.
        sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join('unnest(?)' for _ in columns)}"
        if replace_by:
            changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column != f'"{replace_by}"')
            sql += f" ON CONFLICT ({replace_by}) DO UPDATE SET {changes}"
        self.write(sql, *([_as_stored(row[column]) for row in rows] for column in rows[0]))

    # ------------------------------------------------------------ transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing for what is written inside, by this thread; other threads' writes wait.

        Inside another transaction of the same thread it is a part of that one: nothing is kept before the
        outermost ends, and an error that leaves it undoes everything.
        """
        with self._writing, self.snapshot():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one state. Raises what is raised inside."""
        thread = threading.get_ident()
        if thread in self._in_transaction:
            yield
            return
        cursor = self._cursor()
        with self._in_words():
            cursor.begin()
        self._in_transaction.add(thread)
        try:
            yield
            with self._in_words():
                cursor.commit()
        except BaseException:
            with suppress(duckdb.Error):  # a failed commit has ended the transaction already
                cursor.rollback()
            raise
        finally:
            self._in_transaction.discard(thread)

    def copy_to(self, path: Path) -> None:
        """Copy the file, as it is at this moment, to `path`; writes wait meanwhile."""
        assert self.path is not None, "a database in memory has no file"
        with self._writing, self._in_words():
            self._cursor().execute("CHECKPOINT")
            shutil.copyfile(self.path, path)

    def close(self) -> None:
        """Close the file, after the transaction in progress; reads in progress are broken off. Twice is no error."""
        with self._writing:
            for cursor in self._cursors.values():
                with suppress(duckdb.Error):
                    cursor.interrupt()
                    cursor.close()
            self._cursors.clear()
            self._close_root()

    # ------------------------------------------------------------ inside

    def _close_root(self) -> None:
        """A read that was broken off may hold on for a moment more."""
        for _ in range(CLOSE_TRIES):
            with suppress(duckdb.Error):
                self._root.close()
                return
            time.sleep(CLOSE_PAUSE_S)
        self._root.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        thread = threading.get_ident()
        if thread not in self._cursors:
            self._cursors[thread] = self._root.cursor()
        return self._cursors[thread]

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise _told(error, self.path) from error
        except OSError as error:
            reason = f"can't be opened: {error.strerror}. Mend that, or {_ELSEWHERE}"
            raise Unavailable(f"The database {_named(self.path)} {reason}") from error


def wipe(path: Path, mark: str) -> None:
    """Write a closed database anew, so that nothing of deleted rows is left in its file.

    DuckDB marks the blocks of deleted rows as free and leaves what stands in them. The copy is made beside the file,
    `mark` is run on it as SQL, and it takes the file's place at once: a kill leaves the old file or the new one.
    Raises `Unavailable`, and changes nothing, when it can't be done.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        # Only a connection that may reach files can attach one; this one runs nothing but what stands here.
        with duckdb.connect(":memory:", config={**CONFIG, "enable_external_access": "true"}) as connection:
            for name, file in (("old", path), ("fresh", fresh)):
                connection.execute(f"ATTACH {_quoted(file)} AS {name}")
            connection.execute("COPY FROM DATABASE old TO fresh")
            connection.execute("USE fresh")
            connection.execute(mark)
        fresh.replace(path)
    except duckdb.Error as error:
        raise _told(error, path) from error
    except OSError as error:
        raise Unavailable(f"The database {_named(path)} can't be written anew: {error.strerror}. Mend that.") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def as_json(value: Any) -> str:
    """A value as JSON text for a JSON column; money becomes text, so that no digit is lost."""
    try:
        return to_json(value, by_alias=True, inf_nan_mode="null", fallback=str).decode()
    except (PydanticSerializationError, UnicodeError) as error:
        raise Invalid(BROKEN_TEXT) from error


def amount(value: Decimal) -> Decimal:
    """The amount itself, if a money column keeps it exactly. Raises `Invalid` if it would be rounded."""
    if abs(value) >= LARGEST or value % FINEST:
        raise Invalid(f"The amount {str(value)!r} can't be kept: at most 14 digits and 4 decimals. Correct it.")
    return value


def money(value: Decimal) -> Decimal:
    """The same amount with two decimals, or with as many more as it needs."""
    cents = value.quantize(CENT)
    return cents if cents == value else value.normalize()


def fold(text: str) -> str:
    """A text as it is compared: without regard to case and surplus spaces."""
    return " ".join(text.split()).casefold()


def id_key(written: str) -> str:
    """An order or ticket id as it is compared: '#W1', 'W1' and 'w1' are the same."""
    return fold(written).removeprefix("#").strip()


def _fetched(cursor: duckdb.DuckDBPyConnection) -> list[Row]:
    names = [column[0] for column in cursor.description or ()]
    readers = [_READERS.get(str(column[1]), _as_it_is) for column in cursor.description or ()]
    return [
        {name: read(cell) for name, read, cell in zip(names, readers, row, strict=True)} for row in cursor.fetchall()
    ]


def _as_it_is(cell: Any) -> Any:
    return cell


def _json(cell: str | None) -> Any:
    return None if cell is None else json.loads(cell)


def _money(cell: Decimal | None) -> Decimal | None:
    return None if cell is None else money(cell)


_READERS: dict[str, Callable[[Any], Any]] = {"JSON": _json, MONEY_TYPE: _money}


def _as_stored(value: Any) -> Any:
    """Moments are kept as UTC without a zone: DuckDB's zoned type needs a package that we don't have."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_as_stored(each) for each in value]
    return value


def _connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:" if path is None else str(path), config=dict(CONFIG))


def _create(path: Path) -> None:
    """Make an empty database beside its place and move it there whole: a kill leaves none, or a good one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    _connect(fresh).close()
    fresh.replace(path)


# ---------------------------------------------------------------- troubles in words

_ELSEWHERE = "choose another data directory with --data."
_HOLDER = re.compile(r"PID:? (\d+)")


def _named(path: Path | None) -> str:
    return "in memory" if path is None else repr(str(path))


def _told(error: duckdb.Error, path: Path | None) -> Exception:
    """The trouble as one sentence, if it is the world's; else the error itself, since then it is our bug."""
    told, name = str(error), _named(path)
    if isinstance(error, duckdb.InvalidInputException) and "surrogate" in told:
        return Invalid(BROKEN_TEXT)
    if isinstance(error, duckdb.ConnectionException):
        return Unavailable(f"The database {name} is closed. Start the program again.")
    if isinstance(error, duckdb.OutOfMemoryException):
        return Unavailable(f"Memory ran out in the database {name}. Close other programs, then try again.")
    if isinstance(error, duckdb.SerializationException):
        return Unavailable(f"The database {name} is damaged. Restore a backup, or {_ELSEWHERE}")
    if isinstance(error, duckdb.IOException | duckdb.FatalException | duckdb.TransactionException):
        return Unavailable(_disk_trouble(told, name))
    return error


def _disk_trouble(told: str, name: str) -> str:
    if holder := _HOLDER.search(told):
        return f"The database {name} is in use by process {holder[1]}. Close that program, or {_ELSEWHERE}"
    if "No space left" in told or "File too large" in told:
        return f"The disk is full, so the database {name} was not changed. Free some space, then try again."
    if "Permission denied" in told or "read-only" in told.lower():
        return f"The database {name} can't be written: permission is missing. Allow it, or {_ELSEWHERE}"
    if "not a valid DuckDB" in told:
        return f"The file {name} is not a database of cxdesk, or it is damaged. Move it away, or {_ELSEWHERE}"
    if "version number" in told:
        return f"The database {name} was written by a newer program than this one. Install that, or {_ELSEWHERE}"
    return f"The database {name} can't be used: {told.splitlines()[0]}. Check the disk, then start again."
