"""What one message tells: safe text, sentiment, intents, entities. No language model is needed for any of it."""

from cxdesk.signals.guard import Guard, read_terms
from cxdesk.signals.reader import SignalReader

__all__ = ["Guard", "SignalReader", "read_terms"]
