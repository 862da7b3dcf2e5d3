"""Wordings: replies that a person approved, with variables where they named somebody or something.

They lend their words to later replies and are never evidence. A wording is found again by its intent and by the
meaning of the question that it answered.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from cxdesk.domain import Moment, Record, new_id, now
from cxdesk.store.database import Database


class Wording(Record):
    """`question` and `text` hold {variables}. `kept` is how much of the draft the person left, 0..1."""

    id: str
    intent: str
    question: str
    text: str
    uses: int = 0
    kept: float = 1.0
    learned_by: str | None = None
    learned_at: Moment


class NearWording(Record):
    """`likeness` is the cosine between the question asked and the one that the wording answered."""

    wording: Wording
    likeness: float


_SELECT = "SELECT * EXCLUDE (embedder, vector, conversation_id) FROM wordings"


class Wordings:
    def __init__(self, database: Database) -> None:
        self._db = database

    def learn(
        self,
        intent: str,
        question: str,
        text: str,
        *,
        vector: Sequence[float],
        embedder: str,
        kept: float = 1.0,
        by: str | None = None,
        conversation_id: str | None = None,
    ) -> Wording:
        """Keep a wording; one that is known for the intent already is counted as used once more.

        `vector` is the question's, of length 1, made by the embedder of that name. `conversation_id` is where it was
        learned: with that it goes when a person's data is deleted.
        """
        with self._db.transaction():
            known = self._db.row(_SELECT + " WHERE intent = ? AND text = ?", intent, text)
            if known:
                self.count_use(known["id"])
                return Wording.model_validate({**known, "uses": known["uses"] + 1})
            wording = Wording(
                id=new_id("w"), intent=intent, question=question, text=text, kept=kept, learned_by=by, learned_at=now()
            )
            self._insert(wording, vector, embedder, conversation_id)
        return wording

    def near(
        self, intent: str, vector: Sequence[float], embedder: str, *, least: float, limit: int = 5
    ) -> list[NearWording]:
        """Wordings of the intent whose question is at least so near, the nearest first."""
        rows = self._db.rows(
            "SELECT * EXCLUDE (embedder, vector, conversation_id) FROM"
            " (SELECT *, list_dot_product(vector, ?::FLOAT[]) AS likeness FROM wordings"
            " WHERE intent = ? AND embedder = ?) WHERE likeness >= ? ORDER BY likeness DESC, uses DESC LIMIT ?",
            *(list(vector), intent, embedder, least, limit),
        )
        return [
            NearWording(likeness=round(row.pop("likeness"), 4), wording=Wording.model_validate(row)) for row in rows
        ]

    def count_use(self, wording_id: str) -> None:
        self._db.write("UPDATE wordings SET uses = uses + 1 WHERE id = ?", wording_id)

    def remove(self, wording_id: str) -> bool:
        """Forget a wording; whether there was one."""
        return bool(self._db.write("DELETE FROM wordings WHERE id = ? RETURNING id", wording_id))

    def all(self) -> list[Wording]:
        """All wordings, the most used first."""
        rows = self._db.rows(_SELECT + " ORDER BY uses DESC, learned_at, id")
        return [Wording.model_validate(row) for row in rows]

    def _insert(self, wording: Wording, vector: Sequence[float], embedder: str, conversation_id: str | None) -> None:
        row = {
            **dict(wording),
            "embedder": embedder,
            "vector": json.dumps(list(vector)),
            "conversation_id": conversation_id,
        }
        self._db.insert("wordings", [row])
