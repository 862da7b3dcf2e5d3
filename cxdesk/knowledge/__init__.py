"""The shop's documents: read, kept, and found again."""

from cxdesk.knowledge.ingest import FileProblem, FileResult, IngestReport
from cxdesk.knowledge.passages import TO_WRITE
from cxdesk.knowledge.room import IndexState, Knowledge, is_editable
from cxdesk.knowledge.shelf import MemoryShelf

__all__ = [
    "TO_WRITE",
    "FileProblem",
    "FileResult",
    "IndexState",
    "IngestReport",
    "Knowledge",
    "MemoryShelf",
    "is_editable",
]
