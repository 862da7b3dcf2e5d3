"""Grounding: no sentence leaves the desk that states what its evidence does not.

Small models can't cite, so they are never asked to: code ties each sentence to the span that supports it.
A sentence fails when a fact or a state in it stands in no single source, when it claims or promises an
action, asks a question (questions are added by code), flips a yes and a no, or speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.agent.evidence import Group, Piece
from cxdesk.agent.facts import Fact, find_facts, statuses
from cxdesk.agent.sentences import Sentence, content_words, coverage, split_sentences
from cxdesk.domain import Record, Support

# Share of a sentence's words that its source must have: below, the sentence is about something else.
WORDS_FROM = 0.5
# A source without the facts that shares so much more of the words is the one the sentence is really about.
_CLOSER_BY = 0.2
_ALIGNED_FROM = 0.5

_COURTESY = re.compile(
    r"^(?:hi|hello|dear|good (?:morning|afternoon|evening)|thank(?:s| you)|sorry|"
    r"(?:i(?:'m| am)|we(?:'re| are)) (?:sorry|happy|glad|here)|"
    r"please (?:let (?:me|us) know|feel free|do not hesitate|don't hesitate)|let (?:me|us) know|feel free|"
    r"if you (?:have any|need any|need)|have a (?:nice|great|good|lovely)|best regards|kind regards|"
    r"you(?:'re| are) welcome|of course|certainly|sure|great (?:question|news)|"
    r"(?:i|we) (?:hope|understand|appreciate))\b",
    re.IGNORECASE,
)
_DONE = (
    "cancell?ed|refunded|returned|exchanged|changed|updated|modified|processed|shipped|sent|issued|credited|escalated|"
    "forwarded|arranged|scheduled|created|opened|closed|applied|added|removed|replaced|reshipped|notified|contacted|"
    "approved|initiated|submitted"
)
_CLAIM = re.compile(
    rf"\b(?:i|we)(?:'ve| have|'d| had)? (?:just |already |now |successfully )*(?:{_DONE})\b", re.IGNORECASE
)
_PROMISE = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to) (?!not\b|be (?:happy|glad))\w+"
    r"|\blet me (?!know)\w+",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:no|not|never|cannot|can't|isn't|aren't|won't|don't|doesn't|didn't|wasn't|weren't|unable|neither|nor|without|only|excluded|except)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"^\W*(yes|no|yeah|yep|nope|absolutely|definitely|unfortunately not)\b", re.IGNORECASE)


class Check(Record):
    """What is wrong with a sentence, in words for the model's second try, and where it is supported."""

    faults: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()
    facts: int = 0


def check_text(
    text: str, evidence: Sequence[Group], *, brief_text: str, customer_text: str
) -> list[tuple[Sentence, Check]]:
    """Every sentence of a reply with its check."""
    return [
        (sentence, check_sentence(sentence, evidence, brief_text=brief_text, customer_text=customer_text))
        for sentence in split_sentences(text)
    ]


def check_sentence(sentence: Sentence, evidence: Sequence[Group], *, brief_text: str, customer_text: str) -> Check:
    """Check one sentence of a reply. The spans of the supports are places in the whole reply."""
    text = sentence.text
    facts = find_facts(text)
    stated = statuses(text)
    faults = [*_claims(text, brief_text), *_flips(text, brief_text)]
    if _COURTESY.match(text) and not facts and not stated and not faults:
        return Check()
    groups = [g for g in evidence if {f.key for f in facts} <= g.facts and stated <= g.statuses]
    if not groups:
        faults += _unsupported(facts, stated, evidence)
    words = frozenset(word for word in content_words(text) if not any(c.isdigit() for c in word))
    known = content_words(customer_text)
    fitting = [g for g in groups if coverage(words, g.words | known) >= WORDS_FROM]
    if groups and not fitting:
        faults.append(f"nothing in the sources says {text!r}")
    elif groups and _closeness(words, evidence) - _closeness(words, groups) >= _CLOSER_BY:
        faults.append(f"the source that speaks of this does not say {text!r}")
    best = _closest(words, fitting)
    if best and coverage(words, content_words(best.text)) >= _ALIGNED_FROM and _negated(text) != _negated(best.text):
        faults.append(f"yes and no are turned around in {text!r}")
    supports = _supports(sentence, words, fitting) if not faults else ()
    return Check(faults=tuple(faults), supports=supports, facts=len(facts) + len(stated))


def claimed_actions(text: str) -> list[str]:
    """What a text says the desk has done, in its own words."""
    return [match.group() for match in _CLAIM.finditer(text)]


def _claims(text: str, brief_text: str) -> list[str]:
    if text.endswith("?"):
        return [f"a question is not yours to ask: {text!r}"]
    claimed = [*claimed_actions(text), *(match.group() for match in _PROMISE.finditer(text))]
    return [
        f"{claim!r} claims an action that was not done" for claim in claimed if claim.lower() not in brief_text.lower()
    ]


def _flips(text: str, brief_text: str) -> list[str]:
    said, briefed = _YES_NO.match(text), _YES_NO.match(brief_text)
    if said and not (briefed and briefed.group(1).lower() == said.group(1).lower()):
        return [f"the draft does not say {said.group(1)!r}"]
    return []


def _unsupported(facts: Sequence[Fact], stated: frozenset[str], evidence: Sequence[Group]) -> list[str]:
    """Names what no source has; when each stands somewhere but never together, all of it."""
    known = frozenset().union(*(group.facts for group in evidence))
    known_states = frozenset().union(*(group.statuses for group in evidence))
    faults = [f"{fact.kind} {fact.text!r} is in no source" for fact in facts if fact.key not in known]
    faults += [f"the state {state!r} is in no source" for state in sorted(stated - known_states)]
    together = ", ".join([*(fact.text for fact in facts), *sorted(stated)])
    return faults or [f"no source says this together: {together}"]


def _closeness(words: frozenset[str], groups: Sequence[Group]) -> float:
    return max(coverage(words, group.words) for group in groups)


def _negated(text: str) -> bool:
    return len(_NEGATION.findall(text)) % 2 == 1 or re.search(r"\bonly\b", text, re.IGNORECASE) is not None


def _closest(words: frozenset[str], groups: Sequence[Group]) -> Piece | None:
    pieces = [piece for group in groups for piece in group.pieces]
    return max(pieces, key=lambda piece: coverage(words, content_words(piece.text)), default=None)


def _supports(sentence: Sentence, words: frozenset[str], groups: Sequence[Group]) -> tuple[Support, ...]:
    best = _closest(words, groups)
    return (best.support.model_copy(update={"start": sentence.start, "end": sentence.end}),) if best else ()
