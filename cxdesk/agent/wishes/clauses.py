"""Cuts a message into clauses, each with the condition that it hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cxdesk.agent.wishes.lexicon import Lexicon

_SENTENCE = re.compile(r"(?<=[.!?])\s+|;\s+|(?:\n+|\s[–—-]\s|\.\.\.+\s*)")
_ASIDE = re.compile(r"\(([^()]*)\)")
# 'send it back' is read as 'send back it'.
_PARTED = re.compile(
    r"\b(?P<verb>send|sending|give|giving|take|taking|bring|bringing|call|calling|hand|handing)"
    r"(?P<thing>\s+(?!back\b|off\b)(?:[\w'-]+,?\s+){1,9}?)(?P<end>back|off)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:but\s+)?(?:only\s+)?(?:if|in case)\b|\bunless\b|\b(?:provided|providing|on condition|as long as|assuming)\b"
    r"(?:\s+that)?|\b(?:but\s+)?otherwise\b(?!\s+(?:the same|identical|unchanged|equal|alike))(?!\s*[.,;]?\s*$),?"
    r"|\bor else\b",
    re.IGNORECASE,
)
# 'cancel it and tell me where the other one is': the question is no part of the wish.
_AND_ASKS = re.compile(
    r"(?:,\s*|\s+)(?:and|but|plus)\s+(?:also\s+|then\s+|please\s+)*"
    r"(?=(?:tell|let|show|give|remind) me\b(?! a refund)|(?:what|where|when|how|who|why)(?:'s)?\b)",
    re.IGNORECASE,
)
_MAIN_BEGINS = re.compile(r",\s*(?:then\s+)?|\s+then\s+|\s+(?=i(?:'d| would|'ll| will| want| prefer)\b)", re.IGNORECASE)
_I_WOULD = re.compile(r",?\s*(?:then\s+)?(?=\bi(?:'d| would|'ll| will| want| prefer| am|'m)\b)", re.IGNORECASE)
_ASKS_WHETHER = re.compile(
    r"\b(?:know|ask|wonder|wondering|check|see|find out|tell me|sure|as|care)\s*$", re.IGNORECASE
)


class Clause(NamedTuple):
    """A stretch of a sentence, where it begins in its message, and the condition it hangs on.

    `unless`: it is meant when the condition does not hold.
    """

    text: str
    start: int
    condition: str | None = None
    unless: bool = False


def clauses(message: str, lexicon: Lexicon) -> Iterator[Clause]:
    """The clauses of a message; what stands in brackets comes after what it stands in."""
    message = _PARTED.sub(
        lambda m: f"{m['verb']} {m['end']}{m['thing'].rstrip()}", lexicon.spelled(message.replace("’", "'"))
    )
    start = 0
    cuts = sorted([*_SENTENCE.finditer(message), *_AND_ASKS.finditer(message)], key=re.Match.start)
    for match in [*cuts, None]:
        end = match.start() if match else len(message)
        sentence = message[start:end]
        yield from _cut(_ASIDE.sub(lambda aside: " " * len(aside.group()), sentence), start, lexicon)
        for aside in _ASIDE.finditer(sentence):
            yield from _cut(aside.group(1), start + aside.start(1), lexicon)
        start = match.end() if match else end


def _cut(sentence: str, start: int, lexicon: Lexicon) -> Iterator[Clause]:
    """The sentence cut at its conditions: 'A, if B, C' is A, and C that hangs on B."""
    found = _IF.search(sentence)
    if not found or _ASKS_WHETHER.search(sentence[: found.start()]):
        yield Clause(sentence, start)
        return
    before, rest, word = sentence[: found.start()], sentence[found.end() :], found.group().lower()
    if "otherwise" in word or "else" in word:
        yield Clause(before, start)
        yield Clause(rest, start + found.end(), "not possible")
        return
    main, unless = _main_begins(rest, lexicon), word == "unless"
    if main is None or "only" in word:
        yield Clause(before, start, rest if len(before.split()) > 2 else None, unless)
        return
    if before.strip(" ,"):
        yield Clause(before, start)
    condition, offset = rest[: main.start()], start + found.end() + main.end()
    for place, clause in enumerate(_cut(rest[main.end() :], offset, lexicon)):
        yield clause if place or clause.condition else clause._replace(condition=condition, unless=unless)


def _main_begins(rest: str, lexicon: Lexicon) -> re.Match[str] | None:
    """Where the condition ends: before 'I would', else at the first comma after what makes it one."""
    impossible = lexicon.conditions["impossible"].search(rest)
    after = impossible.end() if impossible else 0
    if impossible and (comma := _MAIN_BEGINS.match(rest, after)):
        return comma
    return (
        (_I_WOULD.search(rest, after) if rest.lstrip()[:2].lower() != "i " else None)
        or _MAIN_BEGINS.search(rest, after)
        or _MAIN_BEGINS.search(rest)
    )
