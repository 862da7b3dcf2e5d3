"""Whether a message wishes for a change, whatever it was taken for.

The kind of a message is told by patterns and examples, which know few of the words in which people want something
done. A verb that wishes, with a thing or an order of the customer's own beside it, is surer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.reading import Names, read_wishes
from cxdesk.agent.wishes.records import Verb, Wish

_INTENTS: Mapping[Verb, str] = {
    "cancel": "cancel_order",
    "return": "return_items",
    "exchange": "exchange_items",
    "modify": "change_order",
    "address": "change_address",
    "payment": "change_order",
    "email": "change_account",
}
_OWN = re.compile(
    r"#\s?\w*\d|\b[A-Z]{1,3}-?\d{3,}\b"
    r"|\b(?:my|our|the|this|that|these|those|whole|entire|both)\s+(?:[\w-]+\s+){0,2}(?:orders?|purchases?|parcels?|items?)\b"
    r"|\b(?:cancel|return) (?:it|them|both|all|everything)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:my|our|new)\b", re.IGNORECASE)
# 'How do I return it?', 'Did you cancel it?', 'Can I still return it?' want to know, not to have.
_WANTS_TO_KNOW = re.compile(
    r"\b(?:how|when|what|which|why|where|who|until)\b[^,.;!]*$"
    r"|\b(?:can|may|could|am) (?:i|we) (?:still|even|allowed|able)\b[^,.;!]*$"
    r"|(?:^|[,.;!?]|\b(?:and|but|so))\s*(?:did|do|does|has|have|had|was|were|will) (?:i|you|it|they|he|she|we|my|the)\b"
    r"[^,.;!]*$",
    re.IGNORECASE,
)

# Who wants the money does not want the thing otherwise.
_MONEY = re.compile(r"\bmoney back\b|\brefund", re.IGNORECASE)


def heard_intent(text: str, lexicon: Lexicon, names: Names) -> str | None:
    """The intent of the first wish in a message that points at something of the customer's own; None without one."""
    return next(
        (_INTENTS[wish.verb] for wish in read_wishes([text], lexicon, names) if _is_meant(wish, text, names)), None
    )


def _is_meant(wish: Wish, text: str, names: Names) -> bool:
    if wish.doubt or _WANTS_TO_KNOW.search(wish.lead) or (wish.verb == "modify" and _MONEY.search(text)):
        return False
    mine = wish.verb in ("address", "email") and _MINE.search(text)
    return bool(mine or _OWN.search(text) or names(text))
