"""The shop's documents: the truth, of which the search index is a copy."""

from __future__ import annotations

from cxdesk.domain import Document, DocumentSummary, RestingReply
from cxdesk.store.database import Database

_SELECT = "SELECT * FROM documents"
_SUMMARIES = """
SELECT * EXCLUDE (text), length(text) AS characters FROM documents ORDER BY name
"""
_RESTING = """
SELECT r.kind, r.key, coalesce(c.text, w.text) AS text, r.document, r.passage,
    coalesce(contains(docs.text, r.passage), false) AS stands
FROM rests_on r LEFT JOIN canned c ON r.kind = 'canned' AND c.shortcut = r.key
LEFT JOIN wordings w ON r.kind = 'approved' AND w.id = r.key LEFT JOIN documents docs ON docs.name = r.document
WHERE r.document != '' AND coalesce(r.document = ?, true) AND coalesce(c.text, w.text) IS NOT NULL
ORDER BY stands, r.kind DESC, r.key
"""


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

    def summaries(self) -> list[DocumentSummary]:
        """All documents by name, without their texts."""
        return [DocumentSummary.model_validate(row) for row in self._db.rows(_SUMMARIES)]

    def holding(self, text: str) -> set[str]:
        """The names of the documents in which this text stands."""
        return {row["name"] for row in self._db.rows("SELECT name FROM documents WHERE contains(text, ?)", text)}

    def resting(self, name: str | None = None) -> list[RestingReply]:
        """The replies known to rest on this document, or on any; those whose passage is gone first."""
        return [RestingReply.model_validate(row) for row in self._db.rows(_RESTING, name)]

    def names(self) -> list[tuple[str, str]]:
        """(name, content hash) of all documents, by name."""
        rows = self._db.rows("SELECT name, content_hash FROM documents ORDER BY name")
        return [(row["name"], row["content_hash"]) for row in rows]

    def remove(self, name: str) -> bool:
        """Remove the document; False if there was none of this name."""
        return bool(self._db.write("DELETE FROM documents WHERE name = ? RETURNING name", name))
