"""Everything said, made searchable: by ids, by words and by meaning, in plain tables of this database.

Words are kept beside the messages as postings: (term, message, times). A term is a word without case and accents, cut
to the letters that most of its inflections share; what holds a digit is kept whole, so that an id is one term. Ranking
is Okapi BM25 without its length part: messages are short. Of vectors there is a sketch, the signs of their components:
the messages whose signs differ least are compared exactly. That takes a fifth of the time that comparing all of them
would, and needs no second store that could disagree with this one.

What was written since the last time is taken over in order; the row numbers of messages only grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cxdesk.domain import Message, Record, SearchFilter
from cxdesk.store.customers import Customers
from cxdesk.store.database import Database

TERM_LETTERS = 6
# A term in more of the messages than this tells nothing, unless the query has no better one.
COMMON_SHARE = 0.2
# 64 signs a word: those of the first 384 components.
SKETCH_WORDS = 6
# So many of the least differing sketches are compared exactly for each message that is wanted.
COMPARED = 3

# One expression for messages and queries, so that both are cut alike.
_TERM = f"CASE WHEN regexp_matches(word, '\\d') THEN word ELSE left(word, {TERM_LETTERS}) END"
_WORDS = "unnest(regexp_extract_all(strip_accents(lower({text})), '\\w+'))"
_POSTINGS = f"""
INSERT INTO message_terms
SELECT {_TERM} AS term, seq, least(count(*), 255)
FROM (SELECT seq, {_WORDS.format(text="text")} AS word FROM messages WHERE seq > ?)
GROUP BY ALL ORDER BY term
"""  # noqa: S608 - constants of this module
_BY_WORDS = """
WITH hits AS MATERIALIZED (
    SELECT term, message_seq, n FROM message_terms WHERE term IN (SELECT unnest(?::VARCHAR[])) {scope}
), weights AS (
    SELECT term, ln(1 + $total / count(*)) AS weight FROM hits GROUP BY term
), telling AS (
    SELECT * FROM weights WHERE weight >= ln(1 + 1 / {common}) OR weight = (SELECT max(weight) FROM weights)
)
SELECT message_seq AS seq, sum(weight * n * 2.2 / (n + 1.2)) AS score
FROM hits JOIN telling USING (term) GROUP BY seq ORDER BY score DESC, seq DESC LIMIT ?
"""
# Grouped, so that no text is looked through before the terms have chosen it.
_HOLDING = """
SELECT seq, any_value(text) AS text FROM messages WHERE seq IN (
    SELECT message_seq FROM message_terms WHERE term IN (SELECT unnest(?::VARCHAR[])) {scope}
    GROUP BY message_seq HAVING count(*) = ?
) GROUP BY seq HAVING contains(lower(any_value(text)), lower(?)) ORDER BY seq DESC LIMIT ?
"""
# What a conversation came to: a matter that the customer came back to was not resolved.
_ABOUT = """
messages m JOIN conversations c ON c.id = m.conversation_id LEFT JOIN turns t ON t.message_id = m.id
LEFT JOIN (
    SELECT conversation_id, intent, CASE WHEN reopened_at IS NULL OR resolution != 'resolved' THEN resolution
        ELSE 'unresolved' END AS outcome FROM insights
) i ON i.conversation_id = c.id
"""
_SAID = f"""
SELECT m.*, c.writer, c.customer_id, t.mood, coalesce(t.intent, i.intent) AS intent, i.outcome
FROM {_ABOUT} WHERE m.seq IN (SELECT unnest(?))
"""  # noqa: S608 - constants of this module
_BY_MEANING = """
SELECT message_seq AS seq, vector FROM message_vectors WHERE message_seq IN (
    SELECT message_seq FROM message_vectors WHERE embedder = ? {scope} ORDER BY {differing} LIMIT ?
) AND embedder = ?
"""
_DIFFERING = " + ".join(f"bit_count(xor(s{n}, ?::UBIGINT))::SMALLINT" for n in range(SKETCH_WORDS))
_BY_DESK_ID = """
WITH named AS (SELECT ? AS id), of AS (
    SELECT id FROM conversations WHERE customer_id = ? OR id IN (
        SELECT id FROM named
        UNION SELECT conversation_id FROM runs WHERE id IN (SELECT id FROM named)
        UNION SELECT conversation_id FROM drafts WHERE id IN (SELECT id FROM named)
        UNION SELECT conversation_id FROM handoffs WHERE id IN (SELECT id FROM named)
    )
)
SELECT seq FROM messages
WHERE (id IN (SELECT id FROM named) OR conversation_id IN (SELECT id FROM of)) {scope} ORDER BY seq DESC LIMIT ?
"""


class Scored(NamedTuple):
    """A message by its row number, and how well it fits."""

    seq: int
    score: float


class SaidMessage(Record):
    """A message with what is known about it."""

    seq: int
    message: Message
    writer: str
    customer_id: str | None = None
    mood: str | None = None
    intent: str | None = None
    outcome: str | None = None


class Unread(NamedTuple):
    """A message that has no vector yet."""

    seq: int
    text: str


class MessageSearch:
    def __init__(self, database: Database) -> None:
        self._db = database

    # ------------------------------------------------------------ taking over what is new

    def catch_up(self) -> None:
        """Make the words of new messages findable: milliseconds for a few, 3 s for 100,000."""
        known = self._number("SELECT coalesce(max(message_seq), 0) AS n FROM message_terms")
        if self._number("SELECT coalesce(max(seq), 0) AS n FROM messages") > known:
            self._db.write(_POSTINGS, known)

    def rebuild_words(self) -> None:
        """Write all postings anew: sorted by term they are found three times quicker. Leaves out deleted messages."""
        with self._db.transaction():
            self._db.write("DELETE FROM message_terms")
            self._db.write("DELETE FROM message_vectors WHERE message_seq NOT IN (SELECT seq FROM messages)")
            self._db.write(_POSTINGS, 0)

    def unread(self, embedder: str, limit: int) -> list[Unread]:
        """Messages of customers and of the desk without a vector of this embedder, the newest first."""
        rows = self._db.rows(
            "SELECT seq, text FROM messages WHERE role != 'system' AND seq NOT IN"
            " (SELECT message_seq FROM message_vectors WHERE embedder = ?) ORDER BY seq DESC LIMIT ?",
            *(embedder, limit),
        )
        return [Unread(row["seq"], row["text"]) for row in rows]

    def count_unread(self, embedder: str) -> int:
        return self._number(
            "SELECT (SELECT count(*) FROM messages WHERE role != 'system')"
            " - (SELECT count(*) FROM message_vectors WHERE embedder = ?) AS n",
            embedder,
        )

    def keep_vectors(self, embedder: str, seqs: Sequence[int], vectors: Sequence[Sequence[float]]) -> None:
        """Keep the messages' vectors, each of length 1; those of another embedder make way."""
        rows = [
            {
                "message_seq": seq,
                "embedder": embedder,
                **{f"s{n}": word for n, word in enumerate(sketch(vector))},
                "vector": np.asarray(vector, np.float32).tobytes(),
            }
            for seq, vector in zip(seqs, vectors, strict=True)
        ]
        with self._db.transaction():
            self._db.write("DELETE FROM message_vectors WHERE embedder != ?", embedder)
            self._db.insert("message_vectors", rows)

    def vectors_of(self, embedder: str, message_ids: Sequence[str]) -> dict[str, list[float]]:
        """The vectors that are there, by message id."""
        rows = self._db.rows(
            "SELECT id, vector FROM message_vectors JOIN messages ON seq = message_seq"
            " WHERE embedder = ? AND id IN (SELECT unnest(?))",
            *(embedder, list(message_ids)),
        )
        return {row["id"]: _vector(row["vector"]).tolist() for row in rows}

    # ------------------------------------------------------------ searching

    def terms(self, query: str) -> dict[str, str]:
        """The query's words, each with the term that it is found by."""
        sql = f"SELECT word, {_TERM} AS term FROM (SELECT {_WORDS.format(text='?::VARCHAR')} AS word)"  # noqa: S608
        return {row["word"]: row["term"] for row in self._db.rows(sql, query)}

    def by_words(self, terms: Sequence[str], wanted: SearchFilter, limit: int) -> list[Scored]:
        """Messages with any of the terms, best first, the newer first among equals."""
        scope, values = _scope(wanted, "message_seq")
        total = max(1, self._number("SELECT count(*) AS n FROM messages"))
        sql = _BY_WORDS.format(scope=scope, common=COMMON_SHARE).replace("$total", str(total))
        return _scored(self._db.rows(sql, list(terms), *values, limit))

    def holding(self, part: str, wanted: SearchFilter, limit: int) -> dict[int, str]:
        """The newest messages in whose text this part stands, in any case, by row number, with their texts.

        The part begins and ends where a word does.
        """
        scope, values = _scope(wanted, "message_seq")
        terms = list(set(self.terms(part).values()))
        rows = self._db.rows(_HOLDING.format(scope=scope), terms, *values, len(terms), part, limit)
        return {row["seq"]: row["text"] for row in rows}

    def by_meaning(self, vector: Sequence[float], embedder: str, wanted: SearchFilter, limit: int) -> list[Scored]:
        """The messages nearest to a vector of length 1; scores are cosines.

        The nearest are found among those whose sketches differ least, so that one may rarely be missed.
        """
        scope, values = _scope(wanted, "message_seq")
        sql = _BY_MEANING.format(scope=scope, differing=_DIFFERING)
        rows = self._db.rows(sql, embedder, *values, *sketch(vector), limit * COMPARED, embedder)
        if not rows:
            return []
        cosines = np.stack([_vector(row["vector"]) for row in rows]) @ np.asarray(vector, np.float32)
        return [Scored(rows[place]["seq"], float(cosines[place])) for place in np.argsort(-cosines)[:limit]]

    def by_desk_id(self, word: str, wanted: SearchFilter, limit: int) -> list[int]:
        """Messages of the conversation, run, draft, handoff or customer of exactly this id or e-mail, newest first."""
        scope, values = _scope(wanted, "seq")
        customer = Customers(self._db).find_by_email_or_id(word)
        rows = self._db.rows(_BY_DESK_ID.format(scope=scope), word.lower(), customer and customer.id, *values, limit)
        return [row["seq"] for row in rows]

    def said(self, seqs: Sequence[int]) -> dict[int, SaidMessage]:
        """The messages with these row numbers, by row number; those that are gone are left out."""
        rows = self._db.rows(
            _SAID,
            list(seqs),
        )
        about = ("seq", "writer", "customer_id", "mood", "intent", "outcome")
        return {
            row["seq"]: SaidMessage(
                **{name: row[name] for name in about},
                message=Message(**{name: row[name] for name in Message.model_fields}),
            )
            for row in rows
        }

    def _number(self, sql: str, *values: object) -> int:
        return int(self._db.rows(sql, *values)[0]["n"])


def _scope(wanted: SearchFilter, column: str) -> tuple[str, list[object]]:
    """The condition that keeps to the wanted messages, and its values; empty where all are wanted."""
    conditions = {
        "c.customer_id = ?": wanted.customer_id,
        'm."at" >= ?': wanted.since,
        'm."at" < ?': wanted.until,
        "t.mood = ?": wanted.mood,
        "coalesce(t.intent, i.intent) = ?": wanted.intent,
        "i.outcome = ?": wanted.outcome,
    }
    chosen = {sql: value for sql, value in conditions.items() if value is not None}
    if not chosen:
        return "", []
    condition = " AND ".join(chosen)
    return f"AND {column} IN (SELECT m.seq FROM {_ABOUT} WHERE {condition})", list(chosen.values())  # noqa: S608 - fixed conditions, bound values


def sketch(vector: Sequence[float]) -> list[int]:
    """The signs of a vector's first components, 64 a word; what a shorter vector lacks counts as negative."""
    signs = np.zeros(64 * SKETCH_WORDS, dtype=bool)
    known = np.asarray(vector)[: len(signs)] > 0
    signs[: len(known)] = known
    return [int(word) for word in np.packbits(signs, bitorder="little").view("<u8")]


def _vector(stored: bytes) -> NDArray[np.float32]:
    return np.frombuffer(stored, np.float32)


def _scored(rows: Sequence[dict[str, float]]) -> list[Scored]:
    return [Scored(int(row["seq"]), float(row["score"])) for row in rows]
