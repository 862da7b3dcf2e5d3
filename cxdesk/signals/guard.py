"""The guard: what a message must pass before it is stored or shown to a model.

Text from outside is data. The guard changes only what must not be kept (secrets, control characters)
and marks what looks like an instruction; it never decides what the customer may do.
"""

from __future__ import annotations

import re
import unicodedata

from cxdesk.domain import Guarded, Invalid

_CARD = re.compile(r"(?<![\w#])(?:\d[ -]?){12,18}\d(?!\w)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_SECRET = re.compile(r"(?i)\b(password|passwort|passcode|pin code|cvv|cvc|api[ _-]?key|token)(\s*(?:is|:|=)\s*)(\S+)")
_INSTRUCTION = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|all|your|earlier)\b"
    r".{0,30}\b(?:instructions?|rules?|prompts?|guidelines?|policy|policies)\b"
    r"|\b(?:system|developer|hidden|initial) (?:prompt|message|instructions?)\b"
    r"|\byou are now\b|\bact as (?:an?|if|the)\b|\bpretend (?:to be|you)\b"
    r"|\b(?:developer|debug|admin|god|jailbreak|dan) mode\b"
)


class Guard:
    """Checks and cleans incoming text. `limit` is the longest accepted message, in characters."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def check(self, text: str) -> Guarded:
        """The text as it may be kept, and what was changed or seen. Raises `Invalid` for empty or overlong text."""
        if len(text) > self._limit:
            raise Invalid(
                f"The message has {len(text):,} characters and the limit is {self._limit:,}. "
                "Shorten it, or raise 'message_limit' in the settings."
            )
        flags: list[str] = []
        clean = _printable(text)
        if clean != text:
            flags.append("control_characters")
        clean = clean.strip()
        if not clean:
            raise Invalid("The message is empty. Write what the customer wants to say, then send it again.")
        masked = mask_secrets(clean)
        if masked != clean:
            flags.append("masked_secret")
        if looks_like_instruction(masked):
            flags.append("instruction_like")
        return Guarded(text=masked, flags=tuple(flags))


def mask_secrets(text: str) -> str:
    """Card numbers (by their checksum), IBANs and stated passwords replaced by a word in brackets."""
    text = _CARD.sub(lambda m: "[card number]" if _passes_luhn(m.group()) else m.group(), text)
    text = _IBAN.sub(lambda m: "[IBAN]" if _passes_iban(m.group()) else m.group(), text)
    return _SECRET.sub(lambda m: f"{m.group(1)}{m.group(2)}[secret]", text)


def looks_like_instruction(text: str) -> bool:
    """Whether text that is data speaks as if it could give orders to the desk."""
    return _INSTRUCTION.search(text) is not None


def _printable(text: str) -> str:
    """Without control and invisible characters; line breaks and joined emoji stay as they are."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = {"\u00ad", "\u200b", "\u2060", "\ufeff"}
    kept = (c for c in text if c in "\n\t" or not _is_control(c))
    return unicodedata.normalize("NFC", "".join(c for c in kept if c not in hidden))


def _is_control(character: str) -> bool:
    category = unicodedata.category(character)
    bidirectional_override = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return category in {"Cc", "Cs", "Co", "Cn"} or bidirectional_override


def _passes_luhn(candidate: str) -> bool:
    digits = [int(c) for c in reversed(candidate) if c.isdigit()]
    doubled = (d * 2 - 9 if d > 4 else d * 2 for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _passes_iban(candidate: str) -> bool:
    compact = candidate.replace(" ", "")
    rearranged = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in rearranged)) % 97 == 1
