"""The guard: what a message must pass before it is stored or shown to a model.

Text from outside is data. The guard changes only what must not be kept (secrets, invisible characters), refuses what
the shop's own list forbids, and marks what looks like an instruction or a forged address; it never decides what the
customer may do. Whoever obeys a marked text is the fault, not the text: marking helps people and briefs, and what is
permitted does not depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cxdesk.domain import Guarded, Invalid, Refused, Unavailable
from cxdesk.signals.characters import folded, printable, suspicious_addresses, with_newlines
from cxdesk.signals.instructions import looks_like_instruction
from cxdesk.signals.masking import MARKS, mask_secrets

__all__ = ["Guard", "looks_like_instruction", "mask_secrets", "read_terms", "term_problems"]


class Guard:
    """Checks and cleans incoming text. `limit` is the longest accepted message, in characters."""

    def __init__(self, limit: int, blocked_terms: Sequence[str] = ()) -> None:
        self._limit = limit
        self._blocked = [(term, _term_pattern(term)) for term in blocked_terms]

    def check(self, text: str) -> Guarded:
        """The text as it may be kept, and what was changed or seen.

        Flags: control_characters, masked_secret, instruction_like, suspicious_address. Raises `Invalid` for empty or
        overlong text, and `Refused` naming the term of the shop's list that stands in it.
        """
        if len(text) > self._limit:
            raise Invalid(
                f"The message has {len(text):,} characters and the limit is {self._limit:,}. "
                "Shorten it, or raise 'message_limit' in the settings."
            )
        clean = printable(text)
        if not clean.strip():
            raise Invalid("The message is empty. Write what the customer wants to say, then send it again.")
        self._refuse_blocked(clean)
        masked = mask_secrets(clean.strip())
        seen = {
            "control_characters": clean != with_newlines(text),
            "masked_secret": any(mark in masked for mark in MARKS),
            "instruction_like": looks_like_instruction(masked),
            "suspicious_address": bool(suspicious_addresses(masked)),
        }
        return Guarded(text=masked, flags=tuple(flag for flag, is_so in seen.items() if is_so))

    def _refuse_blocked(self, text: str) -> None:
        plain = folded(text)
        for term, pattern in self._blocked:
            if pattern.search(plain):
                raise Refused(
                    f"The message was not taken because it contains {term!r}, which this shop does not accept. "
                    "Write it without that, or take the term out of the list of blocked terms."
                )


# ---------------------------------------------------------------- blocked terms


def read_terms(path: Path) -> list[str]:
    """The terms of a file, one a line; what follows '# ' and blank lines are notes. Raises `Unavailable`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(f"The list of blocked terms {str(path)!r} can't be read: give a UTF-8 text file.") from error
    return _terms(text)


def term_problems(text: str) -> list[str]:
    """Why a text can't be used as a list of blocked terms, in words; empty when it can."""
    return [
        f"the term {term!r} is a single letter, which stands in honest messages"
        for term in _terms(text)
        if len(term) == 1
    ]


def _terms(text: str) -> list[str]:
    terms = (re.sub(r"(?:^|\s)#(?:\s.*)?$", "", line).strip() for line in text.splitlines())
    return list(dict.fromkeys(term for term in terms if term))


def _term_pattern(term: str) -> re.Pattern[str]:
    """The term as whole words, whatever the spaces between them."""
    words = r"\s+".join(map(re.escape, folded(term).split()))
    return re.compile(rf"(?<!\w){words}(?!\w)" if term[:1].isalnum() and term[-1:].isalnum() else words)
