"""Search over everything that was said: exact ids first, then words and meaning together.

Words are always there; meaning comes when the background job has given the messages their vectors, the newest first.
Until then a search says that it compared words only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from cxdesk.domain import MatchReason, MessageHit, MessageHits, SearchFilter, Unavailable
from cxdesk.knowledge.fusion import fuse
from cxdesk.ports import Embedder, Progress
from cxdesk.store import Store
from cxdesk.store.search import SaidMessage

# How many candidates each way of searching gives.
CANDIDATES = 200
SPARE = 50
# Cosine from which a message means something alike.
NEAR = 0.35
# Few enough that a customer's question never waits long for its turn at the embedder.
AT_ONCE = 16

_ID = re.compile(r"#?[\w.+-]*\d[\w-]*|[^\s@]+@[^\s@]+\.\w+")
_MATCHING = re.compile(r"\w+")
_SHORTEST_ID = 3


class History:
    """The room of everything said. Works without an embedder, by words alone."""

    def __init__(self, store: Store, embedder: Callable[[], Embedder]) -> None:
        self._store = store
        self._embedder = embedder

    def search(self, query: str, wanted: SearchFilter | None = None, *, limit: int = 20) -> MessageHits:
        """Messages that fit, best first: those with an id of the query, then by words and meaning together.

        `wanted` narrows what is looked at. Other customers' messages are found too: this is for staff. An empty
        query finds nothing. Takes an embedding: not for the window's thread.
        """
        wanted, query = wanted or SearchFilter(), query.strip()
        if not query:
            return MessageHits()
        self._store.traces.catch_up()
        self._store.search.catch_up()
        terms = self._store.search.terms(query)
        by_words = dict(self._store.search.by_words(list(terms.values()), wanted, CANDIDATES))
        by_meaning, note = self._by_meaning(query, wanted)
        by_id = self._by_id(query, wanted)
        scores = fuse(by_meaning, by_words)
        scores |= dict.fromkeys(by_id, 1.0)
        best = sorted(scores, key=lambda seq: (seq not in by_id, -scores[seq], -seq))
        # More than are shown: the index of words may still name messages that were deleted.
        said = self._store.search.said(best[: limit + SPARE])
        hits = (
            _hit(said[seq], terms, by_id.get(seq, ()), by_meaning.get(seq, 0.0), scores[seq])
            for seq in best
            if seq in said
        )
        return MessageHits(hits=tuple(islice(hits, limit)), by_meaning=note is None or bool(by_meaning), note=note)

    def learn(self, *, limit: int = 2_000, progress: Progress | None = None) -> int:
        """Give messages their vectors, the newest first, up to `limit`; how many got one. A job of the background.

        Raises `Unavailable` where there is no embedding model; the words of all messages are findable even then.
        """
        self._store.search.catch_up()
        embedder = self._embedder()
        done = 0
        while done < limit and (unread := self._store.search.unread(embedder.name, min(AT_ONCE, limit - done))):
            vectors = embedder.embed([each.text for each in unread])
            self._store.search.keep_vectors(embedder.name, [each.seq for each in unread], vectors.tolist())
            done += len(unread)
            if progress:
                progress(done, limit, "messages")
        return done

    def tidy(self) -> None:
        """Write the index of words anew, sorted, without deleted messages. A job of the night."""
        self._store.search.rebuild_words()

    # ------------------------------------------------------------ the three ways

    def _by_meaning(self, query: str, wanted: SearchFilter) -> tuple[dict[int, float], str | None]:
        """Cosines by message, and what is to be said about messages that could not be compared."""
        try:
            embedder = self._embedder()
        except Unavailable as trouble:
            return {}, f"Only words were compared: {trouble}"
        unread = self._store.search.count_unread(embedder.name)
        vector = embedder.embed([query])[0].tolist()
        found = self._store.search.by_meaning(vector, embedder.name, wanted, CANDIDATES)
        note = f"Of {unread:,} messages only the words were compared; their meaning is still being learned."
        return {seq: cosine for seq, cosine in found if cosine >= NEAR}, note if unread else None

    def _by_id(self, query: str, wanted: SearchFilter) -> dict[int, tuple[str, ...]]:
        """Messages in which an id of the query stands whole, or that belong to what it names."""
        found: dict[int, tuple[str, ...]] = {}
        for name in ids_in(query):
            for seq in (*self._with_text(name, wanted), *self._store.search.by_desk_id(name, wanted, CANDIDATES)):
                found[seq] = tuple(dict.fromkeys((*found.get(seq, ()), name)))
        return found

    def _with_text(self, name: str, wanted: SearchFilter) -> list[int]:
        bare = name.lstrip("#")
        whole = re.compile(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", re.IGNORECASE)
        holding = self._store.search.holding(bare, wanted, CANDIDATES)
        return [seq for seq, text in holding.items() if whole.search(text)]


def ids_in(query: str) -> list[str]:
    """What in a query names one thing: order, ticket and tracking numbers, ids of this desk, e-mail addresses."""
    words = [word.strip(".,;:!?()'\"") for word in query.split()]
    found = [word for word in words if _ID.fullmatch(word) and len(word.lstrip("#")) >= _SHORTEST_ID]
    return list(dict.fromkeys(found)) or ([query] if _could_be_customer(query) else [])


def _could_be_customer(query: str) -> bool:
    """A shop's customer ids may be any single word, such as 'mei_kovacs'."""
    return bool(re.fullmatch(r"[\w-]+", query)) and ("_" in query or "-" in query)


def _hit(found: SaidMessage, terms: dict[str, str], ids: Sequence[str], cosine: float, score: float) -> MessageHit:
    words = [word for word, term in terms.items() if _stands_in(term, found.message.text)]
    reasons: dict[MatchReason, bool] = {"id": bool(ids), "words": bool(words), "meaning": cosine >= NEAR}
    return MessageHit(
        message=found.message,
        writer=found.writer,
        customer_id=found.customer_id,
        why=tuple(reason for reason, holds in reasons.items() if holds),
        matched=tuple(dict.fromkeys((*ids, *words))),
        score=round(min(score, 1.0), 4),
        mood=found.mood,
        intent=found.intent,
        outcome=found.outcome,
    )


def _stands_in(term: str, text: str) -> bool:
    return any(word.startswith(term) for word in _MATCHING.findall(text.lower()))
