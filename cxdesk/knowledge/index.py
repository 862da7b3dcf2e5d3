"""The search index: passages, their vectors and their words in one LanceDB table.

A derived copy. What is in it can be built again from the documents, so nothing here is ever repaired:
a table that fails, or that was made by another model or format, is dropped and filled anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cxdesk.domain import Audience, Document, Passage, Unavailable
from cxdesk.knowledge.passages import FORMAT, indexed_text

_TABLE = "passages"
PASSAGE_COLUMNS = ("document", "title", "heading", "text", "start", "end", "category", "audience")

# Below this a scan of all rows is quicker than the index is worth: 100,000 rows take 160 ms scanned, 10 ms indexed.
VECTOR_INDEX_FROM_ROWS = 10_000
# Whole vectors in partitions: exact scores, built in 2 s for 100,000 rows. This many partitions are looked into.
_PROBES = 20
# A search that is under way may still read the table's former version.
_KEEP_VERSIONS = timedelta(minutes=5)
_NAMES_PER_FILTER = 200


class IndexFailed(Unavailable):
    """The table can't be read or written as it is."""


class Maker(NamedTuple):
    """Whose vectors a table holds. Tables of another maker are of no use."""

    embedder: str
    dimension: int
    format: int = FORMAT

    def as_metadata(self) -> dict[str, str]:
        return {"embedder": self.embedder, "dimension": str(self.dimension), "format": str(self.format)}


Key = tuple[str, int]
"""A passage of the table: its document's name and its start. Row numbers change when the table is tidied."""


class Found(NamedTuple):
    """One list of candidates, best first."""

    keys: list[Key]
    scores: list[float]
    columns: dict[str, list[Any]]


class PassageIndex:
    """The table in `folder`. It appears with the first document. Callable from several threads.

    Raises `IndexFailed`, naming the folder, when LanceDB can't do what it was asked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: Any = None

    # ---- what it holds

    def maker(self) -> Maker | None:
        """Who made the table; None when there is none."""
        with self._failing():
            table = self._table()
            stored = {} if table is None else (table.schema.metadata or {})
        said = {key.decode(): value.decode() for key, value in stored.items()}
        if not {"embedder", "dimension", "format"} <= said.keys():
            return None
        return Maker(said["embedder"], int(said["dimension"]), int(said["format"]))

    def hashes(self) -> dict[str, str]:
        """The content hash of each document whose passages are in the table."""
        return dict(self.counts().keys())

    def counts(self) -> dict[tuple[str, str], int]:
        """How many passages the table has of each document, by its name and content hash."""
        columns = ["document", "content_hash"]
        with self._failing():
            if (table := self._table()) is None:
                return {}
            rows = table.search().select(columns).limit(table.count_rows()).to_arrow()
            # Counted by Arrow: the window's thread would wait for Python to go through a hundred thousand rows.
            found = rows.group_by(columns).aggregate([([], "count_all")]).to_pylist()
        return {(row["document"], row["content_hash"]): row["count_all"] for row in found}

    def count(self) -> int:
        with self._failing():
            return 0 if (table := self._table()) is None else int(table.count_rows())

    # ---- search

    def nearest(self, vector: NDArray[np.float32], limit: int, where: str | None) -> Found:
        """The passages nearest to a unit vector; scores are cosines."""
        with self._failing():
            if (table := self._table()) is None:
                return Found([], [], {})
            query = table.search(vector).distance_type("cosine").nprobes(_PROBES).limit(limit)
            found = _run(query, where, [*PASSAGE_COLUMNS, "_distance"])
        return _found(found, 1.0 - _numbers(found["_distance"]))

    def matching(
        self, words: str, vector: NDArray[np.float32], limit: int, where: str | None
    ) -> tuple[Found, list[float]]:
        """The passages with the words, best first by BM25, and beside them their cosines with `vector`."""
        with self._failing():
            if (table := self._table()) is None or not words.strip():
                return Found([], [], {}), []
            query = table.search(_match(words), query_type="fts").limit(limit)
            found = _run(query, where, [*PASSAGE_COLUMNS, "vector", "_score"])
        vectors = found["vector"].combine_chunks().flatten().to_numpy().reshape(-1, len(vector))
        return _found(found.drop_columns("vector"), _numbers(found["_score"])), (vectors @ vector).tolist()

    # ---- change

    def replace(
        self, documents: Sequence[Document], passages: Sequence[Passage], vectors: NDArray[np.float32], maker: Maker
    ) -> None:
        """Put these passages in place of all that the table had of these documents."""
        import pyarrow as pa

        hash_of = {document.name: document.content_hash for document in documents}
        columns: dict[str, Any] = {name: [getattr(passage, name) for passage in passages] for name in PASSAGE_COLUMNS}
        columns["audience"] = [passage.audience.value for passage in passages]
        columns["content_hash"] = [hash_of[passage.document] for passage in passages]
        columns["searched"] = [indexed_text(passage) for passage in passages]
        columns["vector"] = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), maker.dimension)
        schema = _schema(maker)
        with self._failing():
            rows = pa.table({name: columns[name] for name in schema.names}, schema=schema)
            if (table := self._table()) is None:
                self._opened = self._connection().create_table(_TABLE, rows)
                return
            self._delete(table, hash_of)
            table.add(rows)

    def remove(self, documents: Iterable[str]) -> None:
        with self._failing():
            if (table := self._table()) is not None:
                self._delete(table, documents)

    def settle(self) -> None:
        """Bring the table's own indexes up to date; to be called once after a batch of changes."""
        from lancedb.index import FTS, Bitmap, IvfFlat

        with self._failing():
            if (table := self._table()) is None or not (rows := table.count_rows()):
                return
            wanted: dict[str, Any] = {"searched": FTS()}
            if rows >= VECTOR_INDEX_FROM_ROWS:
                wanted |= {"vector": IvfFlat(distance_type="cosine"), "category": Bitmap(), "audience": Bitmap()}
            present = {column for index in table.list_indices() for column in index.columns}
            for column in wanted.keys() - present:
                table.create_index(column, config=wanted[column])
            table.optimize(cleanup_older_than=_KEEP_VERSIONS)

    def drop(self) -> None:
        """Forget everything, also a table that can't be opened any more."""
        self._opened = None
        try:
            shutil.rmtree(self._folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise IndexFailed(self._trouble(error)) from error

    # ---- inside

    def _delete(self, table: Any, documents: Iterable[str]) -> None:
        names = list(documents)
        for start in range(0, len(names), _NAMES_PER_FILTER):
            table.delete(f"document IN ({', '.join(map(quoted, names[start : start + _NAMES_PER_FILTER]))})")

    def _table(self) -> Any:
        if self._opened is None and (self._folder / f"{_TABLE}.lance").exists():
            self._opened = self._connection().open_table(_TABLE)
        return self._opened

    def _connection(self) -> Any:
        # Lance tells on stderr of every table that it creates.
        os.environ.setdefault("LANCE_LOG", "error")
        import lancedb

        self._folder.mkdir(parents=True, exist_ok=True)
        return lancedb.connect(str(self._folder))

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, ValueError, OSError) as error:
            self._opened = None
            raise IndexFailed(self._trouble(error)) from error

    def _trouble(self, error: Exception) -> str:
        return (
            f"The search index in {str(self._folder)!r} can't be used ({type(error).__name__}). "
            "See that the disk has room and the folder can be written, then run 'cxdesk kb reindex'."
        )


def filter_by(*, category: str | None, audience: Audience | str | None) -> str | None:
    """The rows to search, as LanceDB's SQL; None for all."""
    wanted: Mapping[str, str | None] = {"category": category, "audience": audience and Audience(audience).value}
    return " AND ".join(f"{column} = {quoted(value)}" for column, value in wanted.items() if value) or None


def quoted(value: str) -> str:
    """The value as an SQL string literal, whatever stands in it."""
    return "'" + value.replace("'", "''") + "'"


def passage_at(found: Mapping[str, Sequence[Any]], row: int) -> Passage:
    """The passage of one row of found columns."""
    return Passage(**{name: found[name][row] for name in PASSAGE_COLUMNS})


def _run(query: Any, where: str | None, columns: list[str]) -> Any:
    if where:
        query = query.where(where, prefilter=True)
    return query.select(columns).to_arrow()


def _match(words: str) -> Any:
    from lancedb import query

    kind: Any = query.MatchQuery  # To a type checker it seems to want every option.
    return kind(words, "searched")


def _numbers(column: Any) -> NDArray[np.float64]:
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _found(found: Any, scores: NDArray[np.float64]) -> Found:
    columns = {name: found[name].to_pylist() for name in PASSAGE_COLUMNS}
    return Found(list(zip(columns["document"], columns["start"], strict=True)), scores.tolist(), columns)


def _schema(maker: Maker) -> Any:
    import pyarrow as pa

    texts = ("document", "content_hash", "title", "heading", "text", "searched", "category", "audience")
    fields = [(name, pa.string()) for name in texts] + [("start", pa.int64()), ("end", pa.int64())]
    return pa.schema([*fields, ("vector", pa.list_(pa.float32(), maker.dimension))], metadata=maker.as_metadata())
