"""Whether a sentence says yes where its source says no, and whether it drops the condition of a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cxdesk.agent.mentions import clauses, plain_words
from cxdesk.agent.sentences import coverage, stem

# Share of a clause's words that a source's clause must have to be compared with it.
ALIGNED_FROM = 0.6
# Clauses as near to the sentence as this are equally meant.
_TIE = 0.15

_NEGATION = re.compile(
    r"\b(?:in no case|in no way|by no means|under no circumstances|far from|nowhere near|anything but|"
    r"no(?!\.?:? ?[\w#-]*\d)(?!\. [a-z])|none|nothing (?:to|yet|so far)|nobody has|no one has|"
    r"(?<!or )not(?! only)|never|"
    r"(?:ca|do|wo|is|does|are|has|have|did|could|should)nt|(?:can|din|did|has|have|was|is|wid|wud)nae|"
    r"yet to|unless|except (?:if|when)|"
    r"barely|hardly|scarcely|rarely|seldom|"
    r"cannot|\w+n't|\w+n’t|unable|neither|nor|without|excluded|excludes?|lacks?|refuse[sd]?|"
    r"declined?|impossible|forbidden|rather than|instead of|fails? to|prohibited)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\([^()]*\)")
_QUOTED = re.compile(r"(?<=[\"“'‘])[^\"“”'‘’]{3,}(?=[\"”'’])")
# 'At no cost' is free, and denies nothing.
_FREE = re.compile(
    r"\b(?:(?:at|for) no|without(?: any)?|no) (?:extra |additional |further )?(?:cost|charge|fee)s?\b"
    r"|\b(?:costs? (?:you )?|for )nothing(?: at all)?\b"
    r"|\b(?:does|do|will|wo)(?:n['’]t| not) cost (?:you )?(?:a (?:thing|penny|cent)|anything)\b",
    re.IGNORECASE,
)
# Limits in the form of a no.
_AT_MOST = re.compile(r"\b(?:in )?(?:no|not) (?:more|later|longer) than\b", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(?:no|not) (?:less|fewer|earlier|sooner) than\b", re.IGNORECASE)
# Words that make a sentence stronger and tell nothing of what it is about.
# What is not in stock has many names.
_SOLD_OUT = re.compile(
    r"\b(?:out of stock|sold out|unavailable|not available)\b|\b(?:run|runs|ran|are|is) (?:all )?out of\b",
    re.IGNORECASE,
)
_NOT_INCLUDED = re.compile(
    r"\b(?:(?:is|are|comes?|costs?) (?:charged |billed |chargeable |paid )?"
    r"(?:extra|separately|on top(?: of (?:that|it))?)"
    r"|(?:is|are)(?:n['’]t| not) (?:part of (?:it|that|the price|this)|in the price))(?=[.,;!]|$| on\b| for\b)",
    re.IGNORECASE,
)
_STRESS = re.compile(
    r"\b(?:no (?:problem|worries|doubt)|at (?:the moment|present|this (?:stage|time|point))"
    r"|as yet|so far|right now|for now|currently|presently"
    r"|unfortunately|sadly|i'm afraid"
    r"|as long as|indeed|certainly|possibly|really|actually|definitely)\b",
    re.I,
)
_PREFIXED = re.compile(
    r"\b(?:un|non-?|in)"
    r"(?=(?:open|us|wrapp|paid|wash|worn|avail|eligib|refund|return|ship|limit|seal|damag))(\w+)",
    re.I,
)
# 'We cannot swap it or add another': the no holds for what follows an 'or' without a subject of its own.
_OR_ELSE = re.compile(
    r"\W*or (?!(?:you|we|i|it|they|he|she|this|that|these|those|the|your|our|its|if|when|not|no|never)\b)",
    re.IGNORECASE,
)
_OPPOSITES = tuple(
    tuple(frozenset(map(stem, side.split())) for side in pair.split("/"))
    for pair in (
        "before earlier prior / after later following",
        "least minimum more over above exceeding / most maximum less under below within fewer",
        "above over exceed / below under",
        "include includes included / exclude excludes excluded extra",
        "accept accepts accepted / refuse refuses refused reject decline",
        "always / never",
        "free / charged fee charge cost",
        "full / partial half",
        "with / without",
        "online / store shop",
        "internal / external",
        "our we us / your you yourself",
    )
)
_CONDITION = re.compile(
    r"\b(?:only if|if|unless|except|provided(?: that)?|as long as|only when|when|once|until|without)\b"
    r"[^.;]*?(?=,|;|\.?$)",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    """`words` without negations, all words of the clause in `every`, and whether it is negated."""

    words: frozenset[str]
    every: frozenset[str]
    negated: bool


def turned_around(text: str, sources: Sequence[str]) -> bool:
    """Whether a clause of the text says the contrary of the clauses of the sources that speak of the same."""
    for quote in _QUOTED.findall(text):  # a title that a source has, not a statement
        if any(quote in source for source in sources):
            text = text.replace(quote, "")
            sources = [source.replace(quote, "") for source in sources]
    return any(_contradicts(clause, sources) for clause in _clauses(text))


def _plain(text: str) -> str:
    for pattern, words in (
        (_FREE, "free"),
        (_SOLD_OUT, "not in stock"),
        (_NOT_INCLUDED, "are not included"),
        (_AT_MOST, "within"),
        (_AT_LEAST, "at least"),
        (_STRESS, " "),
    ):
        text = pattern.sub(words, text)
    return text


def dropped_condition(text: str, said: str, sources: Sequence[str]) -> str:
    """The condition of the source's sentence that neither the text nor what was `said` before has; else empty."""
    words = plain_words(text)
    if len(words) < 3:
        return ""
    nearest = max(sources, key=lambda source: coverage(words, plain_words(source)), default="")
    if coverage(words, plain_words(nearest)) < ALIGNED_FROM:
        return ""
    heard = words | plain_words(said)
    for match in _CONDITION.finditer(nearest):
        condition = plain_words(match.group())
        main = plain_words(nearest[: match.start()] + nearest[match.end() :])
        told = coverage(main, heard) >= ALIGNED_FROM
        if told and len(main) >= 3 and len(condition) >= 2 and not (condition & heard - main):
            return match.group()
    return ""


def _contradicts(said: Clause, sources: Sequence[str]) -> bool:
    near = [
        (coverage(said.words, clause.words) + 0.5 * coverage(clause.words, said.words), clause)
        for source in sources
        for clause in _clauses(source)
        if coverage(said.words, clause.words) >= ALIGNED_FROM
    ]
    if said.negated and not near:
        return bool(sources)
    best = max((score for score, _ in near), default=0.0)
    meant = [clause for score, clause in near if score >= best - _TIE]
    return bool(meant) and all(_opposed(said, clause) for clause in meant)


def _opposed(said: Clause, source: Clause) -> bool:
    if said.negated != source.negated:
        return True
    return any(
        (said.every & a and source.every & b and not said.every & b and not source.every & a)
        for first, second in _OPPOSITES[:-1]
        for a, b in ((first, second), (second, first))
    )


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[Clause, ...]:
    """The clauses with at least two words that carry meaning, or the only one."""
    text = _plain(text).replace("&", "and")
    asides = _ASIDE.findall(text)
    text = _ASIDE.sub("", text)
    found: list[Clause] = []
    for piece in _joined([text[a:b] for a, b in clauses(text)]) + asides:
        clause = _clause(piece)
        inherits = bool(found) and found[-1].negated and _OR_ELSE.match(piece) is not None
        found.append(clause._replace(negated=True) if inherits else clause)
    return tuple(clause for clause in found if len(clause.words) >= (2 if len(found) > 1 else 1))


def _joined(pieces: Sequence[str]) -> list[str]:
    """Scraps of a word or none go with the part beside them."""
    joined: list[str] = []
    for piece in pieces:
        if joined and min(len(_meant(piece)), len(_meant(joined[-1]))) < 2:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _clause(text: str) -> Clause:
    negations = len(_NEGATION.findall(text)) + len(_PREFIXED.findall(text))
    every = frozenset(stem(word) for word in re.findall(r"[a-z]+", text.lower()))
    return Clause(_meant(text), every, negations % 2 == 1)


def _meant(text: str) -> frozenset[str]:
    """The words that carry meaning, without what turns it around."""
    return plain_words(_NEGATION.sub(" ", _PREFIXED.sub(r"\1", text)))
