"""What text of others may be repeated to a customer as if the shop said it.

No list of attacks is ever complete, so this asks the other way round: what do a shop's sentence to its customers, and
the title of a ticket, look like? Whatever is not plainly one of these is left out. That costs a sentence of a reply
now and then; a forged one would cost the shop its name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cxdesk.signals.characters import printable, with_newlines
from cxdesk.signals.disguise import undisguised
from cxdesk.signals.instructions import looks_like_instruction

LONGEST_TITLE = 60
WORDS_OF_A_TITLE = 8

# Signs of programs and of mark-up, none of which a shop's prose holds; links and addresses in brackets are prose.
_CODE = re.compile(
    r"[{}]|```|</?(?!https?:|mailto:|[\w.+-]+@)[a-z!%?][^<]*>|%>|\w ?= ?['\"]|\"\w+\" ?:|;\s*--"
    r"|^\s*\[/?[\w ]{3,30}\](?!\()|\[/?[A-Z_]{3,}\](?!\()|(?:%[0-9a-f]{2}){3}|\\[ux][0-9a-f]{2}|hxxp|\[(?:\.|at|dot)\]",
    re.IGNORECASE | re.MULTILINE,
)
# Letters that stand for others: base64 and hexadecimal, Morse.
_IN_CODE = re.compile(
    r"(?<![\w/.])(?=\w*[a-z])(?=\w*[A-Z])(?=\w*\d)[\w+/]{24,}={0,2}|\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{16,}\b"
    r"|(?:[.·-]{1,5}[ /]+){6}"
)
# A part of a talk or of a letter: 'Agent: yes', 'To: support'.
_SPEAKER = re.compile(
    r"^\W*(?:from|to|subject|user|customer|client|agent|assistant|clerk|bot|ai|human|system|developer) ?:",
    re.IGNORECASE | re.MULTILINE,
)
# The shop says 'we': 'I' and 'me' are somebody else's words, as is what 'we' shall do together. 'My orders' is a page.
_SOMEBODY = re.compile(
    r"(?:^|[.!?;,:(] ?|\b[a-z]+,? )I(?:['’](?:m|d|ll|ve)\b| [a-z])|(?<![\w'’])(?:me|my|mine|myself)(?![\w-])"
    r"|(?<!\w)[Ll]et(?:['’]s| us)\b"
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
# Said to whoever works for the shop, or of somebody who is not the reader.
_TO_THE_DESK = re.compile(
    r"\b(?:this|that) (?:customer|buyer|user|client|shopper|account holder)(?:['’]s)?\b"
    r"|\b(?<!our )(?:assistants?|ai|chat ?bots?|bots?|agents?|clerks?)\b[^.]{0,40}"
    r"\b(?:must|should|shall|(?:has|have|is|are) to)\b"
    r"|\b(?:to|for|dear|attention) (?:all |the |every |our )?(?:assistants?|ai|bots?|agents?|clerks?)\b"
    r"|\b(?:whoever|anyone who|everyone who) (?:reads|sees|packs|handles|ships|processes|answers|summari[sz]es)\b"
    r"|\b(?:staff|internal(?:ly)?|agents?|clerks?) only\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[\w\s'’#&/,()$€£%+–-]+[?!]?")
_NAME = re.compile(r"(?:[^\W\d_]+(?:['’-]|\.(?=\s|$))?[\s,]*){1,7}")
_ASKS = re.compile(r"(?:please|kindly|dear|hey|hi|hello)\b", re.IGNORECASE)
# What files made from print carry, and nobody means.
_HARMLESS = str.maketrans("", "", "\u00ad\ufeff")


def is_readable(text: str) -> bool:
    """Whether a text is plain writing: nothing hidden, turned round or disguised, no code and no mark-up."""
    text = text.translate(_HARMLESS)
    hides = printable(text) != unicodedata.normalize("NFC", with_newlines(text)).replace("\u00a0", " ")
    return not (hides or _CODE.search(text) or _IN_CODE.search(text)) and undisguised(text) == text


@lru_cache(maxsize=4096)
def is_shops_word(sentence: str, *, for_clerks: bool = False) -> bool:
    """Whether a sentence of a document can be told to a customer.

    It is readable, gives the desk no orders, and speaks as the shop to its customers, not as somebody else
    and not to those who work for it. `for_clerks`: the document is written for staff, so it may.
    """
    if not is_readable(sentence) or looks_like_instruction(sentence, for_clerks=for_clerks):
        return False
    said = _QUOTED.sub(" ", sentence)
    somebodys = not said.rstrip().endswith("?") and _SOMEBODY.search(said)  # 'Can I return it?' is a heading
    return for_clerks or not (somebodys or _SPEAKER.search(said) or _TO_THE_DESK.search(said))


def is_name(text: str) -> bool:
    """Whether a text can be somebody's name, by which they are greeted: what people enter there may be a link."""
    return len(text) <= LONGEST_TITLE and bool(_NAME.fullmatch(text.strip())) and not looks_like_instruction(text)


def is_title(text: str) -> bool:
    """Whether a text is a title that can be repeated beside an id: a few plain words that ask nobody for anything."""
    short = len(text) <= LONGEST_TITLE and len(text.split()) <= WORDS_OF_A_TITLE and "\n" not in text
    plain = short and _TITLE.fullmatch(text.strip()) and not _ASKS.match(text.strip()) and is_readable(text)
    return bool(plain) and not looks_like_instruction(text)
