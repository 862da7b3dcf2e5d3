"""Puts a sentence of a document in words meant for the customer.

Documents are Markdown, and rules written for staff speak of "the user" and give orders to "you", the
clerk. A customer reads neither marks nor orders to somebody else: "the user" becomes "you", and what is
told to the clerk is left out.
"""

from __future__ import annotations

import re

_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|^\s*(?:[-*+•]|\d+[.)]|#{1,6}|>)\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_THIRD_PERSON = re.compile(
    r"\b(?:the|a|an|each|every) (?:user|customer|member|client)\b|\buser confirmation\b", re.IGNORECASE
)

# Clauses and sentences that tell the clerk what to do.
_ORDER_CLAUSE = re.compile(
    r",?\s*(?:and|so|but)\s+(?:you|remember|be sure|make sure)\b"
    r"(?:\s+(?:should|must|need to|have to|can|may|to|that))?[^.;]*(?=[.;]|$)"
    r"|\s*\([^)]*\byou (?:should|must)\b[^)]*\)",
    re.IGNORECASE,
)
_ORDER_SENTENCE = re.compile(
    r"^(?:so\b|then\b|also\b|in particular\b|at the \w+ of [^,]*"
    r"|(?:before|after|once|if|when|as an?|to) [^,]*(?:\([^)]*\)[^,]*)?)?,?\s*"
    r"(?:you|remember|be sure|make sure|always|never|do not|don't|ask|check|verify|tell|inform|transfer|offer|first)\b"
    r"|\b(?:tool call|function call|database)s?\b",
    re.IGNORECASE,
)

_PERSON = r"(?:user|customer|client)"
_VERBS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "doesn't": "don't",
    "isn't": "aren't",
    "hasn't": "haven't",
}
_KEEP = frozenset(
    """
    can may must will should could would might cannot also only then still already never
    """.split()
)
_SUBJECT_VERB = re.compile(
    rf"\b(?:the|a|an|each|every) {_PERSON} ((?:also |only |still |already |then )?)([\w']+)", re.IGNORECASE
)
_POSSESSIVE = re.compile(rf"\b(?:(?:the|a|an|each|every) {_PERSON}['’]s|their)\b(?=\s)", re.IGNORECASE)
_OBJECT = re.compile(rf"\b(?:the|a|an|each|every) {_PERSON}\b", re.IGNORECASE)
_BARE = re.compile(
    rf"\b(?:(?:the|a|an|their|your) )?((?:default|explicit|unique|own) )?{_PERSON} "
    r"(?=(?:confirmation|request|account|profile|e-?mail|address|identity|id)\b)",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\b(?:the|an?) (?:support |service |human )?(?:agent|clerk|representative)s?\b", re.IGNORECASE)


def speaks_to_staff(document_text: str) -> bool:
    """Whether a text speaks of the customer in the third person, as rules for staff do."""
    return len(_THIRD_PERSON.findall(document_text)) >= 3


def for_customer(sentence: str, *, staff_document: bool) -> str:
    """The sentence in the customer's words; empty when nothing in it is meant for the customer."""
    plain = without_marks(sentence)
    if not staff_document:
        return plain
    if _ORDER_SENTENCE.search(plain) and not _THIRD_PERSON.match(plain):
        return ""
    plain = _ORDER_CLAUSE.sub("", plain)
    plain = _BARE.sub(lambda m: f"your {m.group(1) or ''}", plain)
    plain = _POSSESSIVE.sub("your", plain)
    plain = _SUBJECT_VERB.sub(_second_person, plain)
    plain = _OBJECT.sub("you", plain)
    plain = _AGENT.sub("we", plain)
    return _capitalised(plain.strip())


def without_marks(text: str) -> str:
    """Markdown's marks removed, the words kept."""
    return re.sub(r"\s+", " ", _MARKS.sub("", _LINK.sub(r"\1", text.strip()))).strip()


def _second_person(match: re.Match[str]) -> str:
    adverb, verb = match.group(1), match.group(2)
    lower = verb.lower()
    if lower in _VERBS:
        verb = _VERBS[lower]
    elif lower not in _KEEP and lower.endswith("s") and not lower.endswith("ss"):
        verb = re.sub(r"(?<=[^aeiou])ies$", "y", verb) if lower.endswith("ies") else verb[:-1]
    return f"you {adverb}{verb}"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
