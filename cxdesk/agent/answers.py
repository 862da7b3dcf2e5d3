"""Finds the sentences of the shop's documents that answer a question.

The answer is quoted, not written: a question and the sentences of the best passages are compared by
meaning, by words, and by the kind of fact that is asked for ("how long" wants a duration). Relevance is not
support: when no sentence comes close enough, there is no answer. What is quoted is the paragraph around the
best sentence, since the next sentence is often its exception.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import numpy as np

from cxdesk.agent.customer_voice import for_customer
from cxdesk.agent.facts import find_facts
from cxdesk.agent.sentences import Sentence, content_words, split_sentences
from cxdesk.domain import Hit, Passage, Record
from cxdesk.ports import Embedder
from cxdesk.signals.instructions import looks_like_instruction

# How much meaning, shared words and the passage's own score count; together 1.
MEANING, WORDS, PASSAGE = 0.55, 0.3, 0.15
# What a fact of the wanted kind adds, and its absence takes away.
WANTED_FACT = 0.1
ANSWERS_FROM = 0.5
# A sentence of another paragraph goes along when it scores so near the best.
COMPANION_FROM = 0.92
LONGEST_ANSWER = 3
LONGEST_LIST = 8
# Cosine below which a question and a passage share no subject.
OFF_TOPIC_BELOW = 0.25
_CANDIDATES = 8
_LEAST_WORDS = 3

# What a question asks for, and the kinds of facts that answer it.
_ASKED_FOR = tuple(
    (re.compile(pattern, re.I), kinds)
    for pattern, kinds in (
        (r"\bhow (?:long|soon|fast|quick\w*)\b|\bwhen\b|\bdeadline\b", {"duration", "date", "time", "weekday"}),
        (r"\bwhat time\b|\bopening hours\b|\bopen(?:ed)? on\b", {"time", "weekday"}),
        (r"\bhow much\b|\bwhat (?:does|do|would) .* cost\b|\bprice\b|\bcosts?\b|\bfees?\b", {"money", "percent"}),
        (r"\bhow (?:many|often|old|far|big|large)\b", {"number", "duration", "percent"}),
        (r"\b(?:e-?mail|write to)\b", {"email"}),
        (r"\b(?:phone|call you|telephone)\b", {"phone"}),
    )
)
_ASKING_WORDS = content_words("long soon fast much many often take takes cost tell know want need use get policy rule")
# "Yes" and "No" answered another question than the one that is asked now.
_BARE_ANSWER = re.compile(r"^(?:yes|no)[.!](?:\s+|$)", re.I)
# Whoever uses one of these asks about a shop, even where no document answers.
_SHOP_WORDS = content_words(
    "accept account bill buy cancel card charge checkout courier customer deliver delivery discount exchange gift "
    "invoice offer order package parcel pay payment price product purchase receipt refund repair return sell ship "
    "shipping shop stock store swap ticket track voucher warranty"
)
_LIST_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s")


class Quote(Record):
    """A sentence of a document, as the customer may read it, and where it stands. `score` is its answer's, 0..1."""

    text: str
    document: str
    heading: str
    start: int
    end: int
    score: float


class Candidate(Record):
    """A sentence that may answer: `hit` and `paragraph` say where it stands, `text` is in the customer's words."""

    hit: int
    paragraph: int
    sentence: Sentence
    text: str
    score: float = 0.0


def find_answer(
    question: str, hits: Sequence[Hit], embedder: Embedder, is_for_staff: Callable[[str], bool]
) -> list[Quote]:
    """The sentences that answer the question, in reading order; empty when none does.

    `is_for_staff` tells of a document's name whether it speaks to the shop's clerks.
    """
    candidates = [
        c for n, hit in enumerate(hits) for c in _sentences(n, hit.passage, is_for_staff(hit.passage.document))
    ]
    ranked = rank_sentences(question, candidates, hits, embedder)
    if not ranked or ranked[0].score < ANSWERS_FROM:
        return []
    best = ranked[0]
    companions = [c for c in ranked[1:] if c.score >= COMPANION_FROM * best.score and c.hit == best.hit]
    chosen = {c.sentence.start: c for c in (*_around(best, candidates), *companions[:1])}
    return [_quote(candidate, hits[best.hit], best.score) for _, candidate in sorted(chosen.items())]


def texts_to_compare(passages: Sequence[Passage], *, for_staff: bool) -> list[str]:
    """What `find_answer` embeds of these passages, so that it can be done before anybody asks."""
    return [_compared(p, c.text) for p in passages for c in _sentences(0, p, for_staff) if _is_whole(c)]


def is_off_topic(question: str, hits: Sequence[Hit], embedder: Embedder) -> bool:
    """Whether a question is about something else than the shop: nothing in its documents comes near."""
    if not hits or content_words(question) & _SHOP_WORDS:
        return False
    passages = [f"{hit.passage.heading}: {hit.passage.text}" for hit in hits[:3]]
    vectors = embedder.embed([question, *passages])
    return float(np.max(vectors[1:] @ vectors[0])) < OFF_TOPIC_BELOW


def rank_sentences(
    question: str, candidates: Sequence[Candidate], hits: Sequence[Hit], embedder: Embedder
) -> list[Candidate]:
    """The candidates that share most with the question, best first, scored 0..1."""
    asked = content_words(question) - _ASKING_WORDS
    whole = [c for c in candidates if _is_whole(c)]
    weights = _rarity(asked, whole)
    by_words = sorted(whole, key=lambda c: -_shared(weights, c, hits))
    likely = by_words[:_CANDIDATES]
    if not likely:
        return []
    vectors = embedder.embed([question, *(_compared(hits[c.hit].passage, c.text) for c in likely)])
    meaning = np.clip(vectors[1:] @ vectors[0], 0.0, 1.0)
    scored = [
        c.model_copy(
            update={
                "score": MEANING * float(similar)
                + WORDS * _shared(weights, c, hits)
                + PASSAGE * hits[c.hit].score
                + _fits_kind(question, c.text)
            }
        )
        for c, similar in zip(likely, meaning, strict=True)
    ]
    return sorted(scored, key=lambda c: -c.score)


def _sentences(number: int, passage: Passage, for_staff: bool) -> list[Candidate]:
    found, paragraph, before = [], 0, ""
    for sentence in split_sentences(passage.text):
        between = passage.text[len(before) : sentence.start]
        if "\n\n" in between or _LIST_ITEM.match(sentence.text):
            paragraph += 1
        before = passage.text[: sentence.end]
        text = _BARE_ANSWER.sub("", for_customer(sentence.text, staff_document=for_staff))
        # A sentence that gives orders to the desk is no answer to a customer, whoever planted it.
        if text and not sentence.text.startswith("#") and not looks_like_instruction(text):
            found.append(Candidate(hit=number, paragraph=paragraph, sentence=sentence, text=text))
    return found


def _is_whole(candidate: Candidate) -> bool:
    return len(content_words(candidate.text)) >= _LEAST_WORDS


def _rarity(asked: frozenset[str], candidates: Sequence[Candidate]) -> dict[str, float]:
    """How much each word of the question tells: one that few of the sentences have tells most."""
    words = [content_words(candidate.text) for candidate in candidates]
    return {word: math.log(1 + len(words) / (sum(word in others for others in words) + 0.5)) for word in asked}


def _shared(weights: dict[str, float], candidate: Candidate, hits: Sequence[Hit]) -> float:
    """The share of the question's words that the sentence has, by weight; those of its heading count half."""
    own = content_words(candidate.text)
    known = own | content_words(_topic(hits[candidate.hit].passage))
    total = sum(weights.values()) or 1.0
    return sum(w * ((word in own) + (word in known)) / 2 for word, w in weights.items()) / total


def _fits_kind(question: str, text: str) -> float:
    wanted = next((kinds for pattern, kinds in _ASKED_FOR if pattern.search(question)), None)
    if wanted is None:
        return 0.0
    return WANTED_FACT if any(fact.kind in wanted for fact in find_facts(text)) else -WANTED_FACT / 2


def _around(best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The paragraph of the best sentence, its nearest sentences when it is long, and the list that it opens."""
    passage = [c for c in candidates if c.hit == best.hit]
    paragraph = [c for c in passage if c.paragraph == best.paragraph]
    place = paragraph.index(next(c for c in paragraph if c.sentence == best.sentence))
    first = max(0, min(place - 1, len(paragraph) - LONGEST_ANSWER))
    chosen = paragraph[first : first + LONGEST_ANSWER]
    if chosen[-1].text.endswith(":"):
        following = [c for c in passage if c.sentence.start > chosen[-1].sentence.start]
        chosen += [c for c in following if _LIST_ITEM.match(c.sentence.text)][:LONGEST_LIST]
    return chosen


def _topic(passage: Passage) -> str:
    return passage.heading or passage.title


def _compared(passage: Passage, text: str) -> str:
    """A sentence as it is embedded: with its topic, since 'It is free.' alone says little."""
    return f"{_topic(passage)}: {text}"


def _quote(candidate: Candidate, hit: Hit, score: float) -> Quote:
    passage = hit.passage
    return Quote(
        text=candidate.text,
        document=passage.document,
        heading=passage.heading,
        start=passage.start + candidate.sentence.start,
        end=passage.start + candidate.sentence.end,
        score=round(score, 4),
    )
