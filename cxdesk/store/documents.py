"""The shop's documents: the truth, of which the search index is a copy."""

from __future__ import annotations

from cxdesk.domain import Document
from cxdesk.store.database import Database

_SELECT = "SELECT * FROM documents"


class Documents:
    """A `cxdesk.ports.DocumentShelf`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, document: Document) -> None:
        """Add the document, or replace the one of the same name."""
        self._db.insert("documents", [dict(document)], replace_by="name")

    def find(self, name: str) -> Document | None:
        row = self._db.row(_SELECT + " WHERE name = ?", name)
        return Document.model_validate(row) if row else None

    def all(self) -> list[Document]:
        """All documents, by name."""
        return [Document.model_validate(row) for row in self._db.rows(_SELECT + " ORDER BY name")]

    def names(self) -> list[tuple[str, str]]:
        """(name, content hash) of all documents, by name."""
        rows = self._db.rows("SELECT name, content_hash FROM documents ORDER BY name")
        return [(row["name"], row["content_hash"]) for row in rows]

    def remove(self, name: str) -> bool:
        """Remove the document; False if there was none of this name."""
        return bool(self._db.write("DELETE FROM documents WHERE name = ? RETURNING name", name))
