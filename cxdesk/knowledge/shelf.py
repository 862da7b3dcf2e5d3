"""A shelf in memory: for evaluations, benchmarks and tests, which keep nothing."""

from __future__ import annotations

from cxdesk.domain import Document


class MemoryShelf:
    """Documents by name, as long as the object lives."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def put(self, document: Document) -> None:
        self._documents[document.name] = document

    def find(self, name: str) -> Document | None:
        return self._documents.get(name)

    def all(self) -> list[Document]:
        return [*self._documents.values()]

    def remove(self, name: str) -> bool:
        return self._documents.pop(name, None) is not None
