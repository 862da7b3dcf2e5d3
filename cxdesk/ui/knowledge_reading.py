"""What the Knowledge page shows, as plain values: read from the desk on a worker thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cxdesk.domain import Audience, DocumentSummary, KnowledgeGap, RestingReply, Unavailable
from cxdesk.ui import words
from cxdesk.ui.language import decimal, mark, number, plural, tr
from cxdesk.ui.ticket_words import listed
from cxdesk.ui.views import Label

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.knowledge import IndexState

HITS = 10
_READY = Label(mark("searchable"), "good")


@dataclass(frozen=True)
class DocumentRow:
    """A document in the list. `state` says whether it is found, and what a person should look at."""

    name: str
    title: str
    category: str
    audience: Audience
    passages: int
    characters: int
    changed_at: datetime
    content_hash: str
    source: str
    state: Label

    @property
    def words(self) -> str:
        """What the search looks through."""
        return f"{self.title} {self.name} {self.category}".casefold()


@dataclass(frozen=True)
class Shelf:
    """All documents, and the index in words. `waits`: some are not in the index yet and could be."""

    rows: tuple[DocumentRow, ...]
    index: Label
    hint: str = ""
    waits: bool = False
    running: tuple[int, int] | None = None

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(sorted({row.category for row in self.rows}))

    @property
    def passages(self) -> int:
        return sum(row.passages for row in self.rows)


@dataclass(frozen=True)
class PassageRow:
    """A passage in its document: `text[start:end]`."""

    number: int
    heading: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class OpenDocument:
    """A document to look at and, where `editable`, to write in. A new one has no name and no hash yet."""

    name: str
    title: str
    text: str
    category: str
    audience: Audience
    content_hash: str | None
    editable: bool
    origin: str
    passages: tuple[PassageRow, ...] = ()
    resting: tuple[RestingReply, ...] = ()


@dataclass(frozen=True)
class HitRow:
    """A passage that a search found. `answers`: the desk would quote it."""

    number: int
    document: str
    place: str
    excerpt: str
    score: float
    why: str
    start: int
    end: int
    answers: bool


@dataclass(frozen=True)
class Tried:
    """What became of a test question: what the desk would quote, from where, and what was found."""

    question: str
    answer: str
    place: str
    hits: tuple[HitRow, ...]


# ---------------------------------------------------------------- documents


def read_shelf(desk: Desk) -> Shelf:
    """All documents with their state, and how the index stands."""
    from cxdesk.knowledge import TO_WRITE

    documents = desk.store.documents
    summaries, state = documents.summaries(), desk.knowledge.index_state()
    missing = _missing_embedder(desk)
    drafts = documents.holding(TO_WRITE)
    gone = Counter(reply.document for reply in documents.resting() if not reply.stands)
    rows = tuple(_row(one, state, missing, draft=one.name in drafts, to_check=gone[one.name]) for one in summaries)
    behind = [one for one in summaries if not _is_indexed(one, state, draft=one.name in drafts)]
    label, hint = _index_words(summaries, behind, state, missing)
    return Shelf(rows, label, hint, waits=bool(behind) and not missing, running=state.running)


def _missing_embedder(desk: Desk) -> str:
    try:
        desk.embedder()
    except Unavailable as error:
        return str(error)
    return ""


def _is_indexed(document: DocumentSummary, state: IndexState, *, draft: bool) -> bool:
    indexed = state.hash_of.get(document.name)
    # A draft without a single answer has no passage, and so no place in the index.
    return indexed == document.content_hash or (draft and indexed is None)


def _row(document: DocumentSummary, state: IndexState, missing: str, *, draft: bool, to_check: int) -> DocumentRow:
    is_indexed = _is_indexed(document, state, draft=draft)
    return DocumentRow(
        document.name,
        document.title,
        document.category,
        document.audience,
        state.passages_of.get(document.name, 0),
        document.characters,
        document.added_at,
        document.content_hash,
        document.source,
        _state(is_indexed, missing, draft=draft, to_check=to_check),
    )


def _state(is_indexed: bool, missing: str, *, draft: bool, to_check: int) -> Label:
    if not is_indexed:
        return Label(tr("not searchable"), "bad") if missing else Label(tr("being indexed"), "accent")
    if draft:
        return Label(tr("answers to write"), "warn")
    if to_check:
        return Label(plural("{n} reply to check", "{n} replies to check", to_check), "warn")
    return _READY.in_language()


def _index_words(
    documents: Sequence[DocumentSummary], behind: Sequence[DocumentSummary], state: IndexState, missing: str
) -> tuple[Label, str]:
    if missing:
        hint = tr("Documents can be read and edited, not searched. {reason}", reason=missing)
        return Label(tr("not searchable"), "bad"), hint
    if behind:
        return Label(plural("{n} being indexed", "{n} being indexed", len(behind)), "accent"), ""
    if state.rebuilt:
        hint = tr("The search index was built anew: {reason}. You need not do anything.", reason=state.rebuilt)
        return Label(tr("index rebuilt"), "good"), hint
    return Label(tr("up to date"), "good") if documents else Label(tr("empty")), ""


def read_document(desk: Desk, name: str) -> OpenDocument:
    """The document with its passages and what rests on it. Raises `Invalid` when there is none of this name."""
    from cxdesk.knowledge import is_editable

    document = desk.knowledge.get(name)
    passages = tuple(
        PassageRow(number, one.heading or one.title, " ".join(one.text.split()), one.start, one.end)
        for number, one in enumerate(desk.knowledge.passages(name), start=1)
    )
    return OpenDocument(
        document.name,
        document.title,
        document.text,
        document.category,
        document.audience,
        document.content_hash,
        is_editable(name),
        document.source,
        passages,
        tuple(desk.store.documents.resting(name)),
    )


def new_document(text: str) -> OpenDocument:
    """A document that is not kept yet."""
    return OpenDocument("", tr("New document"), text, "general", Audience.public, None, True, "")


# ---------------------------------------------------------------- a test question


def try_question(desk: Desk, question: str) -> Tried:
    """What is found for a question, and what the desk would answer from it. Raises `Unavailable` without embedder."""
    quotes = desk.quotes(question)
    hits = desk.knowledge.search(question, k=HITS)
    quoted = {(quote.document, quote.heading) for quote in quotes}
    return Tried(
        question,
        " ".join(quote.text for quote in quotes),
        _place(quotes[0].document, quotes[0].heading) if quotes else "",
        tuple(
            HitRow(
                number,
                hit.passage.document,
                _place(hit.passage.document, hit.passage.heading),
                " ".join(hit.passage.text.split()),
                hit.score,
                why(hit.dense_rank, hit.keyword_rank),
                hit.passage.start,
                hit.passage.end,
                (hit.passage.document, hit.passage.heading) in quoted,
            )
            for number, hit in enumerate(hits, start=1)
        ),
    )


def why(dense_rank: int | None, keyword_rank: int | None) -> str:
    """By what a passage was found: 'by meaning (1st) and by words (3rd)'."""
    meaning = tr("by meaning ({rank})", rank=_ordinal(dense_rank)) if dense_rank else ""
    by_words = tr("by words ({rank})", rank=_ordinal(keyword_rank)) if keyword_rank else ""
    return listed([way for way in (meaning, by_words) if way])


_ORDINALS = {1: mark("{n}st"), 2: mark("{n}nd"), 3: mark("{n}rd")}
_USUAL_ORDINAL = mark("{n}th")


def _ordinal(rank: int) -> str:
    is_usual = rank % 100 in (11, 12, 13)
    return tr(_USUAL_ORDINAL if is_usual else _ORDINALS.get(rank % 10, _USUAL_ORDINAL), n=number(rank))


def _place(document: str, heading: str) -> str:
    return " › ".join(part for part in (document, *heading.split(" > ")) if part)


# ---------------------------------------------------------------- words


def size(characters: int) -> str:
    """How long a text is, as short as a list needs it."""
    if characters < 1_000:
        return number(characters)
    if characters < 1_000_000:
        return tr("{n} k", n=decimal(characters / 1_000, 1))
    return tr("{n} M", n=decimal(characters / 1_000_000, 1))


def audience_words(audience: Audience) -> str:
    return tr("staff only") if audience is Audience.internal else tr("customers")


def gap_line(gap: KnowledgeGap, now: datetime) -> str:
    """How often and by how many a gap was asked about, and when last."""
    by = plural("{n} customer", "{n} customers", gap.customers)
    asked = plural("Asked once by {customers}", "Asked {n} times by {customers}", gap.count, customers=by)
    return tr("{asked}, last {when}", asked=asked, when=_ago(gap.last_at, now))


def _ago(then: datetime, now: datetime) -> str:
    elapsed, age = now - then, words.age(then, now)
    if elapsed < timedelta(minutes=1):
        return tr("just now")
    return tr("{age} ago", age=age) if elapsed < timedelta(days=7) else tr("on {day}", day=age)


def adding_words(counts: Mapping[str, int]) -> str:
    """What became of files, in one line: '3 added, 1 changed, 2 left out'."""
    added, updated, unchanged, refused = (counts.get(kind, 0) for kind in ("added", "updated", "unchanged", "refused"))
    counted = (
        (added, plural("{n} added", "{n} added", added)),
        (updated, plural("{n} updated", "{n} updated", updated)),
        (unchanged, plural("{n} unchanged", "{n} unchanged", unchanged)),
        (refused, plural("{n} left out", "{n} left out", refused)),
    )
    return ", ".join(said for count, said in counted if count) or tr("nothing to add")
