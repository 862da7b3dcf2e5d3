"""Many rows at once, for histories that are generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from cxdesk.store.database import Database, Row

Table = Literal["customers", "orders", "tickets", "conversations", "messages", "runs", "drafts", "handoffs", "ratings"]


class Bulk:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, tables: Mapping[Table, Sequence[Row]]) -> None:
        """Add rows as they are kept in the tables, all or none. Nothing is checked: for rows that a program made."""
        with self._db.transaction():
            for table, rows in tables.items():
                self._db.insert(table, rows)
