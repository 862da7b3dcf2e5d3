"""Facts: what customers told about themselves."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.domain import Fact
from cxdesk.store.database import Database

_SELECT = "SELECT * FROM facts WHERE text IS NOT NULL"


class Facts:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, facts: Sequence[Fact], *, one_only: frozenset[str] = frozenset()) -> list[Fact]:
        """Keep what is new, oldest first, and return it: not what is known already, nor what a person deleted.

        Of a kind in `one_only` ('wants to be called Sam') a customer has one fact, the newest.
        """
        kept = []
        with self._db.transaction():
            for fact in sorted(facts, key=lambda each: each.at):
                if self._is_known(fact):
                    continue
                if fact.kind in one_only:
                    self._db.write(
                        "UPDATE facts SET text = NULL WHERE customer_id = ? AND kind = ?", fact.customer_id, fact.kind
                    )
                self._db.insert("facts", [dict(fact)])
                kept.append(fact)
        return kept

    def of_customer(self, customer_id: str, limit: int = 100) -> list[Fact]:
        """What this customer told, newest first; never what another told."""
        rows = self._db.rows(_SELECT + ' AND customer_id = ? ORDER BY "at" DESC, id LIMIT ?', customer_id, limit)
        return [Fact.model_validate(row) for row in rows]

    def delete(self, fact_id: str) -> bool:
        """Forget a fact for good; the message that told it does not bring it back. False if there is none."""
        return bool(
            self._db.write("UPDATE facts SET text = NULL WHERE id = ? AND text IS NOT NULL RETURNING id", fact_id)
        )

    def restore(self, fact: Fact) -> None:
        """Take back that a fact was deleted."""
        self._db.write("UPDATE facts SET text = ? WHERE id = ? AND text IS NULL", fact.text, fact.id)

    def _is_known(self, fact: Fact) -> bool:
        """Whether this message told it before, deleted or not, or the customer did in the same words."""
        return bool(
            self._db.row(
                "SELECT id FROM facts WHERE id = ?"
                " OR (customer_id = ? AND kind = ? AND lower(text) = lower(?)) LIMIT 1",
                *(fact.id, fact.customer_id, fact.kind, fact.text),
            )
        )
