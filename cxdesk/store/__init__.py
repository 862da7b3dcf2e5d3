"""Everything that is kept: the shop, the conversations, and what was done. Every line of SQL is in this room."""

from cxdesk.store.store import Store

__all__ = ["Store"]
