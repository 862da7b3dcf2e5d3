"""The shop's documents: read, kept, and found again."""

from cxdesk.knowledge.ingest import FileProblem, IngestReport
from cxdesk.knowledge.room import Knowledge
from cxdesk.knowledge.shelf import MemoryShelf

__all__ = ["FileProblem", "IngestReport", "Knowledge", "MemoryShelf"]
