"""For the person at the desk: drafts to approve, edit or reject."""

from cxdesk.assist.copilot import Copilot

__all__ = ["Copilot"]
