"""The knowledge base as one thing: documents on the shelf, and an index of them that keeps itself right."""

from __future__ import annotations

import builtins
import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock, RLock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cxdesk.access import Access
from cxdesk.domain import Audience, Document, Hit, Invalid, Overtaken, Passage, Record
from cxdesk.knowledge.fusion import coverage, fuse, id_share, ids, query_pieces, query_words, strength, with_ids
from cxdesk.knowledge.index import Found, IndexFailed, Maker, PassageIndex, filter_by, passage_at
from cxdesk.knowledge.ingest import (
    GENERAL,
    FileProblem,
    FileResult,
    IngestReport,
    Source,
    document_from,
    document_of,
    free_name,
    sources,
)
from cxdesk.knowledge.passages import cut, indexed_text
from cxdesk.knowledge.readers import TEXTS, Content, read, written
from cxdesk.ports import DocumentShelf, Embedder, Progress

CANDIDATES = 60
"""How many passages each of the two searches hands to the fusion, at least. More cost time and changed no ranking."""

QUERY_LIMIT = 20_000
"""Characters of a query that are looked at."""

# Passages that are embedded and written together: enough to sort by length, few enough to show progress, and to stop.
_BATCH = 128

OnFile = Callable[[FileResult], None]


class IndexState(Record):
    """How the index stands. `passages_of` and `hash_of` tell of each document in it how many passages, and as of when.

    `running`: (done, total) passages of the work under way. `rebuilt` says why all was indexed anew since the start.
    """

    passages_of: dict[str, int]
    hash_of: dict[str, str]
    embedder: str | None = None
    running: tuple[int, int] | None = None
    rebuilt: str | None = None


class Knowledge:
    """Adds documents and searches them. Callable from several threads; changes wait for each other.

    `shelf` holds the documents and is the truth. `folder` holds the index, a copy: when it is lost, lags
    behind after a kill, or was made by another embedding model, the first search mends it from the shelf.
    The embedder may be given as a function, which is then called when vectors are first needed. `of_questions` gives
    the same vectors to questions, where the caller remembers those of texts that come again.
    """

    def __init__(
        self,
        folder: Path,
        shelf: DocumentShelf,
        embedder: Embedder | Callable[[], Embedder],
        access: Access | None = None,
        *,
        of_questions: Callable[[], Embedder] | None = None,
    ) -> None:
        self._shelf = shelf
        self._access = access or Access()
        self._index = PassageIndex(folder)
        self._given = embedder
        self._opened: Embedder | None = None
        self._of_questions = of_questions or self._embedder
        self._changing = RLock()
        # Held for a moment only, so that a person's words are kept while hundreds of files are being indexed.
        self._shelving = Lock()
        self._in_step = False
        self._running: tuple[int, int] | None = None
        self._rebuilt: str | None = None

    # ---- documents

    def add(
        self,
        paths: Sequence[Path],
        *,
        category: str | None = None,
        audience: Audience | str | None = None,
        progress: Progress | None = None,
        on_file: OnFile | None = None,
        cancel: Event | None = None,
    ) -> IngestReport:
        """Read files, and folders with all that is below them, and make them findable.

        A document bears its file's name; where another file has that name already, its folder's before it.
        Without `category` it is that of the subfolder, or 'general'; without `audience` documents in a
        folder named 'internal' are internal, others public. A file that can't be read is in the report and
        harms no other. Only documents that changed are embedded again.

        `on_file` hears of each file once it is settled. Once `cancel` is set no further file is taken: those that
        were taken are whole and findable, the others are untouched.
        """
        self._access.need("documents")
        chosen = Audience(audience) if audience else None
        on_file = on_file or (lambda _: None)
        with self._changing:
            self._bring_into_step(progress)
            before = {document.name: document for document in self._shelf.all()}
            files = sources(paths)
            documents, refused = self._read(files, before, category, chosen, progress, on_file, cancel)
            changed = [one for one in documents if not _same(one, before.get(one.name))]
            changed_names = {document.name for document in changed}
            unchanged = [one for one in documents if one.name not in changed_names]
            for document in unchanged:
                on_file(_result(document, document))
            if _is_set(cancel):
                changed = []
            taken = [one for batch in self._take(changed, progress, cancel) for one in _told(batch, before, on_file)]
        updated = [one.name for one in taken if one.name in before]
        return IngestReport(
            added=tuple(one.name for one in taken if one.name not in before),
            updated=tuple(updated),
            unchanged=tuple(one.name for one in unchanged),
            refused=tuple(refused),
            notes=tuple(note for one in (*taken, *unchanged) if (note := _note(one, before.get(one.name)))),
            left=len(files) - len(refused) - len(unchanged) - len(taken) if _is_set(cancel) else 0,
            replaced=tuple(before[name] for name in updated),
        )

    def save(
        self,
        name: str,
        text: str,
        *,
        category: str | None = None,
        audience: Audience | str | None = None,
        expected: str | None = None,
    ) -> Document:
        """Keep a text that a person wrote, at once; `catch_up` makes it findable.

        `expected` is the content hash of the document that they began from, None for a new one. What is not given
        stays as it is. Raises `Overtaken` when another text stands there by now, `Invalid` when there is no text.
        """
        self._access.need("documents")
        with self._shelving:
            there = self._shelf.find(name)
            if (there.content_hash if there else None) != expected:
                raise Overtaken(_overtaken(name, there))
            content = written(name, text)
            before = there or document_of(name, content, GENERAL, Audience.public)
            if content.text == before.text:
                content = Content(before.title, before.text)
            document = document_of(
                name,
                content,
                " ".join((category or "").split()) or before.category,
                Audience(audience or before.audience),
                source=before.source if content.text == before.text else "",
            )
            self._shelf.put(document)
            return document

    def free_name(self, title: str) -> str:
        """A name for a new document with this title, which no other has."""
        return free_name(title, {document.name for document in self._shelf.all()})

    def put_back(self, documents: Sequence[Document]) -> None:
        """Documents as they were before they were replaced or removed; `catch_up` makes them findable again."""
        self._access.need("documents")
        self._shelve(documents)

    def catch_up(self, progress: Progress | None = None, *, cancel: Event | None = None) -> None:
        """Bring the index into step with the shelf; only documents that changed are embedded.

        Once `cancel` is set the rest is left to the next change or search.
        """
        with self._changing:
            self._in_step = False
            self._bring_into_step(progress, cancel)

    def list(self) -> builtins.list[Document]:
        """All documents, by name."""
        return sorted(self._shelf.all(), key=lambda document: document.name)

    def get(self, name: str) -> Document:
        """The document of that name. Raises `Invalid`, with the nearest name there is."""
        if (document := self._shelf.find(name)) is not None:
            return document
        near = difflib.get_close_matches(name, [one.name for one in self._shelf.all()], n=1)
        hint = f" Did you mean {near[0]!r}?" if near else " See 'cxdesk kb list'."
        raise Invalid(f"There is no document {name!r}.{hint}")

    def passages(self, name: str) -> builtins.list[Passage]:
        """A document's passages in its order, as they are searched."""
        return cut(self.get(name))

    def remove(self, name: str) -> bool:
        """Forget a document; False when there was none."""
        self._access.need("documents")
        with self._changing:
            with self._shelving:
                removed = self._shelf.remove(name)
            self._index.remove([name])
            return removed

    def clear(self) -> int:
        """Forget all documents, and say how many there were."""
        self._access.need("documents")
        with self._changing:
            with self._shelving:
                names = [document.name for document in self._shelf.all()]
                for name in names:
                    self._shelf.remove(name)
            self._index.drop()
            return len(names)

    def reindex(self, progress: Progress | None = None, *, cancel: Event | None = None) -> int:
        """Build the index anew from the shelf, and say how many passages it has; `cancel` is that of `catch_up`."""
        self._access.need("documents")
        with self._changing:
            self._rebuild(progress, cancel=cancel)
            return self._index.count()

    def stats(self) -> dict[str, Any]:
        """Counts for a person: documents, passages, characters, by category and by audience."""
        documents = self._shelf.all()
        maker = self._index.maker()
        return {
            "documents": len(documents),
            "passages": self._index.count(),
            "characters": sum(len(document.text) for document in documents),
            "categories": dict(sorted(Counter(document.category for document in documents).items())),
            "audiences": dict(sorted(Counter(document.audience.value for document in documents).items())),
            "embedder": maker.embedder if maker else None,
        }

    def index_state(self) -> IndexState:
        """How the index stands at this moment. Loads no model and waits for no work under way."""
        try:
            counts, maker = self._index.counts(), self._index.maker()
        except IndexFailed:  # It is built anew by the next search or change.
            counts, maker = {}, None
        return IndexState(
            passages_of={name: number for (name, _), number in counts.items()},
            hash_of=dict(counts.keys()),
            embedder=maker.embedder if maker else None,
            running=self._running,
            rebuilt=self._rebuilt,
        )

    # ---- search

    def search(
        self, query: str, *, k: int = 5, category: str | None = None, audience: Audience | str | None = None
    ) -> builtins.list[Hit]:
        """The `k` passages that match best by meaning and by words, best first.

        `category` and `audience` leave out all others. Scores are 0..1: the passage's fused score times the
        strength of the best evidence found (its cosine, and the share of the question's words that it has), so
        that a bad best match scores low. The nearest by meaning is among them though it has none of the query's words.
        A query of any length is taken by its pieces, up to QUERY_LIMIT characters; one without words or signs finds
        nothing.
        """
        return self._find(query, max(k, CANDIDATES), filter_by(category=category, audience=audience), limit=max(k, 0))

    def candidates(self, query: str) -> builtins.list[Hit]:
        """All that a search weighs: the CANDIDATES best by meaning and the CANDIDATES best by words, as one ranking."""
        return self._find(query, CANDIDATES, None, limit=2 * CANDIDATES)

    def _find(self, query: str, depth: int, where: str | None, limit: int) -> builtins.list[Hit]:
        query = query[:QUERY_LIMIT].strip()
        if not query:
            return []
        vector = self._query_vector(query)
        try:
            return self._search(query, vector, depth, where, limit)
        except IndexFailed:  # Files were lost or damaged while the desk ran; a second failure is told.
            self._rebuild(None, "its files were lost or damaged")
            return self._search(query, vector, depth, where, limit)

    def _search(
        self, query: str, vector: NDArray[np.float32], depth: int, where: str | None, limit: int
    ) -> builtins.list[Hit]:
        self._bring_into_step(None)
        with ThreadPoolExecutor(1) as beside:  # Side by side: a quarter less time than in turn.
            nearest = beside.submit(self._index.nearest, vector, depth, where)
            worded, cosines = self._index.matching(query_words(query), vector, depth, where)
            near = nearest.result()
        return _hits(query, near, worded, cosines, limit)

    def _query_vector(self, query: str) -> NDArray[np.float32]:
        mean = self._of_questions().embed(query_pieces(query)).mean(axis=0)
        return np.asarray(mean / (np.linalg.norm(mean) or 1.0), dtype=np.float32)

    # ---- keeping the index right

    def _bring_into_step(self, progress: Progress | None, cancel: Event | None = None) -> None:
        if self._in_step:
            return
        with self._changing:
            if self._in_step:
                return
            try:
                self._follow_shelf(progress, cancel)
            except IndexFailed:
                self._rebuild(progress, "its files were lost or damaged", cancel)
            self._in_step = not _is_set(cancel)

    def _follow_shelf(self, progress: Progress | None, cancel: Event | None) -> None:
        documents = {document.name: document for document in self._shelf.all()}
        maker = self._index.maker()
        if documents and maker != self._maker():
            if maker is not None:
                self._rebuilt = f"it was made by another embedding model ({maker.embedder})"
            self._index.drop()
        indexed = self._index.hashes()
        if gone := indexed.keys() - documents.keys():
            self._index.remove(gone)
        behind = [one for one in documents.values() if indexed.get(one.name) != one.content_hash]
        for _ in self._embed(behind, progress, cancel):
            pass

    def _take(
        self, documents: Sequence[Document], progress: Progress | None, cancel: Event | None
    ) -> Iterator[builtins.list[Document]]:
        """Yield the documents batch by batch as they are taken: on the shelf first, then in the index.

        Searches go on meanwhile; after an interruption the next one brings the index into step.
        """
        if documents:
            self._embedder()  # Without a model nothing is taken at all.
        try:
            yield from self._embed(documents, progress, cancel, shelve=True)
        except BaseException:
            self._in_step = False
            raise

    def _rebuild(self, progress: Progress | None, why: str | None = None, cancel: Event | None = None) -> None:
        with self._changing:
            self._rebuilt = why
            self._index.drop()
            for _ in self._embed(self._shelf.all(), progress, cancel):
                pass
            self._in_step = not _is_set(cancel)

    def _embed(
        self,
        documents: Sequence[Document],
        progress: Progress | None,
        cancel: Event | None = None,
        *,
        shelve: bool = False,
    ) -> Iterator[builtins.list[Document]]:
        passages_of = [(document, cut(document)) for document in documents]
        total = sum(len(passages) for _, passages in passages_of)
        done = 0
        try:
            for batch in _batches(passages_of):
                if _is_set(cancel):
                    break
                self._running = done, total
                taken = [document for document, _ in batch]
                if shelve:
                    self._shelve(taken)
                done += self._index_batch(batch)
                _tell(progress, done, total, "Indexing passages")
                yield taken
            if documents:
                self._index.settle()
        finally:
            self._running = None

    def _shelve(self, documents: Sequence[Document]) -> None:
        with self._shelving:
            for document in documents:
                self._shelf.put(document)

    def _index_batch(self, batch: Sequence[tuple[Document, Sequence[Passage]]]) -> int:
        passages = [passage for _, own in batch for passage in own]
        if passages:
            vectors = self._embedder().embed([indexed_text(passage) for passage in passages])
            self._index.replace([document for document, _ in batch], passages, vectors, self._maker())
        else:  # Drafts whose answers are all to be written.
            self._index.remove([document.name for document, _ in batch])
        return len(passages)

    # ---- inside

    def _read(
        self,
        files: Sequence[Source],
        before: dict[str, Document],
        category: str | None,
        audience: Audience | None,
        progress: Progress | None,
        on_file: OnFile,
        cancel: Event | None,
    ) -> tuple[builtins.list[Document], builtins.list[FileProblem]]:
        taken = dict(before)
        documents: dict[str, Document] = {}
        refused: builtins.list[FileProblem] = []
        for number, source in enumerate(files, start=1):
            if _is_set(cancel):
                break
            try:
                document = document_from(source, read(source.path), taken, category=category, audience=audience)
                taken[document.name] = documents[document.name] = document
            except Invalid as error:
                refused.append(FileProblem(file=str(source.path), reason=str(error)))
                on_file(FileResult(file=str(source.path), outcome="refused", told=str(error)))
            _tell(progress, number, len(files), "Reading files")
        return [*documents.values()], refused

    def _embedder(self) -> Embedder:
        if self._opened is None:
            with self._changing:
                if self._opened is None:
                    self._opened = self._given() if callable(self._given) else self._given
        return self._opened

    def _maker(self) -> Maker:
        return Maker(self._embedder().name, self._embedder().dimension)


def _hits(query: str, near: Found, worded: Found, cosines: Sequence[float], limit: int) -> list[Hit]:
    cosine_of = dict(zip(worded.keys, cosines, strict=True)) | dict(zip(near.keys, near.scores, strict=True))
    at = {key: (found.columns, place) for found in (worded, near) for place, key in enumerate(found.keys)}
    scores = fuse(cosine_of, dict(zip(worded.keys, worded.scores, strict=True)))
    if wanted := ids(query):
        scores = {key: with_ids(score, id_share(wanted, _text_at(at[key]))) for key, score in scores.items()}
    best_words = _text_at(at[worded.keys[0]]) if worded.keys else ""
    scale = strength(max(cosine_of.values(), default=0.0), coverage(query, best_words))
    near_rank = {key: rank for rank, key in enumerate(near.keys, start=1)}
    worded_rank = {key: rank for rank, key in enumerate(worded.keys, start=1)}
    ranking = sorted(scores, key=lambda key: (-scores[key], key))
    nearest = [key for key in near.keys[:1] if limit > 1 and key not in ranking[:limit] and key not in worded_rank]
    return [
        Hit(
            passage=passage_at(*at[key]),
            score=min(1.0, round(scores[key] * scale, 4)),
            dense_rank=near_rank.get(key),
            keyword_rank=worded_rank.get(key),
        )
        for key in [*ranking[: limit - len(nearest)], *nearest][:limit]
    ]


def _text_at(place: tuple[dict[str, list[Any]], int]) -> str:
    columns, row = place
    return "\n".join(columns[name][row] for name in ("title", "heading", "text"))


def _batches(passages_of: Sequence[tuple[Document, list[Passage]]]) -> Iterator[list[tuple[Document, list[Passage]]]]:
    batch: list[tuple[Document, list[Passage]]] = []
    size = 0
    for document, passages in passages_of:
        batch.append((document, passages))
        size += len(passages)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _is_set(cancel: Event | None) -> bool:
    return cancel is not None and cancel.is_set()


def _same(document: Document, before: Document | None) -> bool:
    return before is not None and before.content_hash == document.content_hash


def _told(taken: Sequence[Document], before: dict[str, Document], on_file: OnFile) -> Sequence[Document]:
    for document in taken:
        on_file(_result(document, before.get(document.name)))
    return taken


def _result(document: Document, before: Document | None) -> FileResult:
    outcome: Literal["added", "updated", "unchanged"] = "added" if before is None else "updated"
    if _same(document, before):
        outcome = "unchanged"
    return FileResult(file=document.source, outcome=outcome, name=document.name, told=_note(document, before) or "")


def _note(document: Document, before: Document | None) -> str | None:
    """What a person may not expect of a file that was taken."""
    if "/" in document.name:
        return f"{Path(document.source).name!r} is kept as {document.name!r}, since another file has its name."
    if before is not None and not before.source and not _same(document, before):
        return f"{document.name!r} was written at the desk; the file's text stands in its place now."
    return None


def _overtaken(name: str, there: Document | None) -> str:
    if there is None:
        return f"The document {name!r} was removed while you were writing. Save your text as a new document."
    return f"The document {name!r} was changed by somebody else since you began. Compare the two, then save again."


def is_editable(name: str) -> bool:
    """Whether a document is text as somebody wrote it, rather than made from another kind of file."""
    return Path(name).suffix.lower() in TEXTS


def _tell(progress: Progress | None, done: int, total: int, what: str) -> None:
    if progress is not None:
        progress(done, total, what)
