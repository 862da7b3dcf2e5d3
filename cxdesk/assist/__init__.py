"""For the person at the desk: drafts, suggestions, saved replies, and what was handed over."""

from cxdesk.assist.copilot import Copilot
from cxdesk.assist.suggest import Suggestion, SuggestionKind
from cxdesk.assist.ticketing import Ticketing

__all__ = ["Copilot", "Suggestion", "SuggestionKind", "Ticketing"]
