"""What a customer's answer to 'Shall I do this?' means.

A yes is taken for a yes only when nothing in the answer speaks against it: one stretch agrees, and all the others are
courtesy, or ask for something else beside it. Whatever is left over makes the answer unclear, and an unclear answer is
asked again. So what is executed is always what was described.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from cxdesk.domain import PendingAction, Record, now

AnswerKind = Literal["yes", "no", "changed", "also", "unclear"]

_STRETCH = re.compile(r"[.!?;,\n]+|\s[-–—]\s|\s+(?=but\b)")
# The verbs that name each change: 'cancel it' is no yes to a return.
_VERBS = {
    "cancel_order": "cancel|scrap|bin|kill|ditch|axe|get rid of",
    "return_items": "return|refund|send back|take back|give back",
    "flag_refund": "refund|return",
    "exchange_items": "exchange|swap|switch|replace|change",
    "modify_order_items": "modify|change|update|upgrade|exchange|swap|switch|replace",
    "modify_order_payment": "change|modify|update",
    "modify_order_address": "change|modify|update",
    "update_customer_email": "change|modify|update",
    "update_customer_address": "change|modify|update",
}
_ANY_VERB = re.compile(rf"\b(?:{'|'.join(sorted(set('|'.join(_VERBS.values()).split('|'))))})\b", re.IGNORECASE)
_FILLING = re.compile(
    r"\b(?:please|the|my|it|that|this|them|order|orders|items?|for me|now|and|you can|just|do|then|all|both|so|too)\b"
    r"|\W",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(r"(?:but |and )*(?:no|not) (?:to |for )?((?:the|my|that|this) [\w -]+)$", re.IGNORECASE)
# 'send them back' is read as 'send back them'.
_PARTED = re.compile(r"\b(send|take|give)((?: (?!back\b)[\w'-]+){1,4}) back\b", re.IGNORECASE)
_ID = re.compile(r"#\s?\w*\d[\w-]*|\b[A-Z]{1,3}-?\d{4,}\b|\b\d{5,}\b", re.IGNORECASE)


class Answer(Record):
    """`rest` is what goes beyond yes or no, to be read as a wish of its own: a change, or a further request."""

    kind: AnswerKind
    rest: str = ""


@dataclass(frozen=True)
class AnswerWords:
    """Patterns from `resources/confirmation.toml`."""

    yes: Sequence[re.Pattern[str]]
    courtesy: Sequence[re.Pattern[str]]
    no: Sequence[re.Pattern[str]]
    no_but_yes: Sequence[re.Pattern[str]]
    unsure: Sequence[re.Pattern[str]]
    changed: Sequence[re.Pattern[str]]
    also: Sequence[re.Pattern[str]]
    asks_back: Sequence[re.Pattern[str]]
    no_more: Sequence[re.Pattern[str]]
    still_meant: timedelta

    @classmethod
    def load(cls, file: Path) -> AnswerWords:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        compiled = {
            name: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
            for name, patterns in tables["answers"].items()
        }
        return cls(**compiled, still_meant=timedelta(minutes=tables["still_meant_minutes"]))


def read_answer(text: str, pending: PendingAction, words: AnswerWords, *, at: datetime | None = None) -> Answer:
    """What an answer to a proposal means: yes, no, changed, also, or unclear. Only 'yes' and 'also' are a yes.

    `changed`: the customer wants it, but not as described, so it is proposed anew. `also`: yes, and something beside
    it. `unclear`: ask again; a yes that comes too late, or that names another order, is unclear as well.
    `at` is the moment of the answer, now by default.
    """
    plain = _PARTED.sub(r"\1 back\2", text.replace("’", "'").strip())
    kind, rest = _read(plain, pending, words)
    if kind in ("yes", "also"):
        agreement = plain.replace(rest, " ") if kind == "also" else plain
        named = {_bare(match.group()) for match in _ID.finditer(agreement)}
        if named - _known(pending) or _names_another_change(agreement, pending):
            return Answer(kind="unclear", rest=plain)
        if pending.asked_at is not None and (at or now()) - pending.asked_at > words.still_meant:
            return Answer(kind="unclear", rest=rest)
    return Answer(kind=kind, rest=rest)


def knows_no_more(text: str, words: AnswerWords) -> bool:
    """Whether a message says that its writer can't tell what was asked, and nothing else."""
    return _says_only(words.no_more, text, words)


def takes_all_back(text: str, words: AnswerWords) -> bool:
    """Whether a message says nothing but that nothing shall be done: 'never mind, leave the order alone'."""
    stretches = _stretches(text)
    denied = any(_denies(stretch, words) for stretch in stretches)
    return denied and all(_wishes_nothing(stretch, words) for stretch in stretches)


def says_yes(text: str, words: AnswerWords) -> bool:
    """Whether a message is a mere yes."""
    return _says_only(words.yes, text, words)


def asks_back(text: str, words: AnswerWords) -> bool:
    """Whether a message asks what the desk wants to know, and nothing else."""
    return _says_only(words.asks_back, text, words)


def _says_only(patterns: Sequence[re.Pattern[str]], text: str, words: AnswerWords) -> bool:
    """Whether some stretch of a message is such a one, and all others are courtesies."""
    stretches = _stretches(text)
    others = [stretch for stretch in stretches if not _whole(patterns, stretch)]
    return len(others) < len(stretches) and all(_whole(words.courtesy, stretch) for stretch in others)


def _stretches(text: str) -> list[str]:
    """What stands between the commas and full stops of a message."""
    stripped = (part.strip(" \"'()") for part in _STRETCH.split(text.replace("’", "'")))
    return [part for part in stripped if part]


def _denies(stretch: str, words: AnswerWords) -> bool:
    return _any(words.no, stretch) and not _any(words.no_but_yes, stretch)


def _wishes_nothing(stretch: str, words: AnswerWords) -> bool:
    """Whether a stretch is a mere yes, no or courtesy."""
    if _denies(stretch, words):
        return not _after_no(stretch, words)
    return _whole(words.yes, stretch) or _whole(words.courtesy, stretch)


def _read(text: str, pending: PendingAction, words: AnswerWords) -> tuple[AnswerKind, str]:
    stretches = _stretches(text)
    if not stretches:
        return "unclear", ""
    agreed, denied, others = False, False, []
    for stretch in stretches:
        if _whole(words.yes, stretch) or _agrees_and_restates(stretch, pending, words):
            agreed = True
        elif (agreed and _restates(stretch, pending)) or _whole(words.courtesy, stretch):
            continue
        else:
            denied = denied or _denies(stretch, words)
            others.append(stretch)
    rest = ", ".join(others)
    if _any(words.unsure, text):
        return "unclear", rest
    if denied:
        if (agreed or any(_leading_yes(each, words) for each in stretches)) and (spared := _spared(stretches)):
            return "changed", spared
        firm = not agreed or _takes_back(stretches, words)
        return _denied(others, words) if firm else ("unclear", rest)
    if not others:
        return ("yes", "") if agreed and not _asks(text) else ("unclear", text)
    return _beyond(agreed, others, text, words)


def _agrees_and_restates(stretch: str, pending: PendingAction, words: AnswerWords) -> bool:
    """'ok yes send them back', 'take it back then': nothing in it but what was proposed."""
    lead = _leading_yes(stretch, words)
    rest = stretch[len(lead) :].strip()
    if lead and _whole(words.courtesy, rest):
        return True
    return _restates(rest, pending) and bool(lead or len(rest.split()) > 1)


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?")


def _beyond(agreed: bool, others: Sequence[str], text: str, words: AnswerWords) -> tuple[AnswerKind, str]:
    """An answer with more in it than yes or no."""
    rest = ", ".join(others)
    lead = _leading_yes(others[0], words)
    if lead:
        agreed, rest = True, ", ".join([others[0][len(lead) :].strip(" ,"), *others[1:]])
    if not agreed:
        return ("changed", rest) if _any(words.changed, rest) else ("unclear", rest)
    beside = re.sub(r"^(?:and )?(?:also\b|then\b)", "", rest, flags=re.IGNORECASE)
    if _any(words.changed, beside):
        return "changed", rest
    further = _any(words.also, rest) or re.match(rf"and (?:please )?{_ANY_VERB.pattern}", rest, re.IGNORECASE)
    return ("also", rest) if further or _asks(text) else ("unclear", rest)


def _leading_yes(stretch: str, words: AnswerWords) -> str:
    """The yes with which a stretch begins: 'yes and also cancel the other one'."""
    tokens = stretch.split()
    for size in range(len(tokens) - 1, 0, -1):
        head = " ".join(tokens[:size])
        if _whole(words.yes, head):
            return head
    return ""


def _spared(stretches: Sequence[str]) -> str:
    """What is taken out of a yes: 'yes to the charger, no to the cable' spares the cable."""
    found = [match for stretch in stretches if (match := _NOT_THIS.match(stretch))]
    return ", ".join(f"not {match[1]}" for match in found)


def _denied(others: Sequence[str], words: AnswerWords) -> tuple[AnswerKind, str]:
    """A no; with a wish behind it, a change: 'no, the blue one'."""
    left = [cleaned for stretch in others if (cleaned := _after_no(stretch, words))]
    rest = ", ".join(left)
    if len(rest.split()) >= 2 and not _whole(words.courtesy, rest):
        return "changed", rest
    return "no", ""


def _after_no(stretch: str, words: AnswerWords) -> str:
    """What a stretch says beside its no."""
    for pattern in words.no:
        stretch = pattern.sub(" ", stretch)
    return re.sub(
        r"^(?:\W|\b(?:it|that|this|them|do|to|i|please|want|so|the order|thanks|thank you|yet|for now|oh|well|"
        r"order|orders|alone|still|actually|one|after all|keep|"
        r"as it is|as is|about it|my mind|mind|is|a|minute|second|moment|for|then|just|sorry)\b)*$",
        "",
        stretch.strip(),
        flags=re.IGNORECASE,
    ).strip()


def _takes_back(stretches: Sequence[str], words: AnswerWords) -> bool:
    """Whether the no is the last word: 'yes... no wait'."""
    last = [s for s in stretches if not _whole(words.courtesy, s)][-1]
    return _any(words.no, last)


def _whole(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in patterns)


def _any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _known(pending: PendingAction) -> set[str]:
    return {_bare(value) for value in _values(pending.args)}


def _values(value: object) -> list[str]:
    if isinstance(value, dict):
        return [each for inner in value.values() for each in _values(inner)]
    if isinstance(value, list | tuple):
        return [each for inner in value for each in _values(inner)]
    return [str(value)]


def _bare(identifier: str) -> str:
    return identifier.lstrip("#").strip().casefold()


def _names_another_change(text: str, pending: PendingAction) -> bool:
    verbs = _ANY_VERB.findall(text)
    own = re.compile(_VERBS.get(pending.tool, "(?!)"), re.IGNORECASE)
    return any(not own.fullmatch(verb) for verb in verbs)


def _restates(stretch: str, pending: PendingAction) -> bool:
    """'return order #W1' after a yes says once more what was proposed."""
    if _names_another_change(stretch, pending) or not _ANY_VERB.search(stretch):
        return False
    left = _ID.sub(lambda m: "" if _bare(m.group()) in _known(pending) else m.group(), _ANY_VERB.sub("", stretch))
    return not _FILLING.sub("", left)
