"""How likely a sentence of the documents is to answer a question.

Relevance is not support: the sentence that comes nearest may still speak of another year, another person or the
opposite. So signs are weighed together: nearness in meaning (of the sentence, and of the heading above it), the
question's words that it has and those that its whole passage lacks, names and numbers that are not there, a 'not'
that only the question has, and whether it brings the kind of fact that is asked for.

First every sentence is weighed against its neighbours, then the best one for itself, with its lead over other
passages. Both are logistic regressions, fitted by `python -m cxdesk.evals.fit_answers` and kept in
`resources/answer_weights.toml`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from cxdesk.agent.facts import find_facts
from cxdesk.agent.sentences import STOP_WORDS, content_words, stem
from cxdesk.agent.vocabulary import Vocabulary
from cxdesk.domain import Hit, Passage
from cxdesk.settings import bundled

# Whoever uses one of these asks about a shop.
SHOP_WORDS = content_words(
    "accept account bill buy cancel card charge checkout courier customer deliver delivery discount exchange gift "
    "invoice offer order package parcel pay payment price product purchase receipt refund repair return sell ship "
    "shipping shop stock store swap ticket track voucher warranty"
)
# Words of a question that say what is wanted, not what it is about.
_ASKING = "long soon fast quick much many often take takes tell know want need use get happen possible please able"
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|neither|nor|without|except|cannot|unable|fail(?:s|ed)?|lack(?:s|ed)?)\b|n['’]t\b", re.I
)
# "Only if it was delivered" answers "what if it was not".
_LIMIT = re.compile(r"\b(?:only|unless|until|otherwise|must|required)\b", re.I)
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'’-]+")
# 'It does not work' and 'I don't like it' tell of a reason, and deny nothing that is asked.
_REASON = re.compile(
    r"(?:\b(?:not|never)|n['’]t)(?: \w+){0,3}? (?:work|function|respond|react|start|charg|connect|pair|load|turn\w* on|"
    r"switch\w* on|like|want|fit|suit)\w*",
    re.IGNORECASE,
)
# Words between a writer and a reader; an "I" behind a name is a king's, and "US" a country's.
_ADDRESS = re.compile(r"\b(?i:you|yours?|we|our|my)\b|(?:^|^\w+ |\b[a-z]+ )[Ii]\b")
# What tells its reader what to do speaks to somebody too: 'Hold the button', 'Check that it is on'.
_TELLS_HOW = re.compile(
    r"(?:^|[.!?:]\s+|\n\s*(?:[-*]|\d+[.)])?\s*)(?:(?:hold|press|plug|unplug|choose|check|set|switch|turn|try|put|open|close|"
    r"clean|install|update|reset|restart|remove|connect|select|tap|click|use|charge|wait|bring|send|write)\s+(?:the|an?|it|them|"
    r"both|this|that|another|to|until|on|off|in|out)\b|do not\b|don['’]t\b|make sure\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b1\d{3}s?\b|\b20\d\ds?\b|\bcentur(?:y|ies)\b")

# What a question asks for, and the kinds of facts that answer it; the first that fits counts.
_ASKED_FOR = tuple(
    (re.compile(pattern, re.I), frozenset(kinds.split()))
    for pattern, kinds in (
        (r"\bwhat time\b|\bopening hours\b|\bopen(?:ed)? on\b", "time weekday"),
        (r"\bhow (?:long|soon|fast|quick\w*)\b|\bdeadline\b|\bthe latest (?:i|we|you)\b", "duration date time weekday"),
        (r"\bwhen\b|\b(?:what|which) (?:year|century|date|day|month)\b", "duration date time weekday year"),
        (
            r"\bhow much\b|\bwhat (?:does|do|would) .* cost\b|\bprice\b|\bcosts?\b|\bfees?\b|\bcharges? for\b",
            "money percent number",
        ),
        (r"\bhow (?:many|often|old|far|big|large|high)\b|\bwhat (?:number|percent)", "number duration percent"),
        (r"\b(?:e-?mail address|write to)\b", "email"),
        (r"\b(?:phone|call you|telephone)\b", "phone"),
        (r"\bwho(?:m|se)?\b", "name"),
        (r"\bwhere\b|\b(?:what|which) (?:country|city|place)\b", "name"),
    )
)

# "May I ...?" is answered by what can be done, or only under a condition.
_ASKS_LEAVE = re.compile(r"\W*(?:can|could|may|must|should|am i|is it (?:possible|ok|okay|allowed))\b", re.I)
_GIVES_LEAVE = re.compile(r"\b(?:can(?:not|'t)?|may|must|only|unless|allowed|possible|need|have to)\b", re.I)

Signs = dict[str, float]


class Sighting(NamedTuple):
    """A sentence that may answer, in the customer's words: its place among the hits, and how near it is in meaning."""

    text: str
    hit: int
    nearness: float
    heading_nearness: float


@dataclass(frozen=True)
class Scorer:
    """Weighs signs. `sentence` ranks the sentences of one question; `answer` tells how likely the best one answers.

    `threshold` is the probability from which a text that speaks to its reader is quoted, `threshold_of_facts` that
    for a text about the world, where a near miss is a wrong fact.
    """

    sentence: Mapping[str, float]
    answer: Mapping[str, float]
    threshold: float
    threshold_of_facts: float
    vocabulary: Vocabulary

    def rank(self, signs: Signs) -> float:
        """How well a sentence answers, beside the others of the same question; about -6..6."""
        return _weighed(self.sentence, signs)

    def probability(self, best: float, lead: float, signs: Signs) -> float:
        """How likely the best sentence answers, 0..1: from its rank, its lead over other passages, and its signs."""
        return 1 / (1 + math.exp(-_weighed(self.answer, {**signs, "rank": best, "lead": lead})))

    def is_enough(self, probability: float, question: str, text: str) -> bool:
        """Whether a text so likely to answer may be quoted."""
        speaks = _ADDRESS.search(question) or _ADDRESS.search(text) or _TELLS_HOW.search(text)
        addressed = speaks or SHOP_WORDS & content_words(question)
        return probability >= (self.threshold if addressed else self.threshold_of_facts)


def _weighed(weights: Mapping[str, float], signs: Signs) -> float:
    return sum(weight * signs[name] for name, weight in weights.items())


@cache
def bundled_scorer() -> Scorer:
    """The scorer that comes with the program."""
    fitted = tomllib.loads(bundled("resources/answer_weights.toml").read_text(encoding="utf-8"))
    return Scorer(**fitted, vocabulary=bundled_vocabulary())


def bundled_vocabulary() -> Vocabulary:
    """The words that mean the same, as they come with the program."""
    return Vocabulary(tomllib.loads(bundled("resources/answers.toml").read_text(encoding="utf-8"))["same"])


class Surroundings(NamedTuple):
    """What stands around a hit's sentences, read once for all of them."""

    words: frozenset[str]
    heading: frozenset[str]
    topic: frozenset[str]
    stems: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True)
class Question:
    """A question and the passages found for it, read once for all sentences."""

    text: str
    hits: Sequence[Hit]
    vocabulary: Vocabulary
    rarity: Mapping[str, float]
    around: Sequence[Surroundings]
    names: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def read(cls, text: str, hits: Sequence[Hit], sentences: Sequence[str], vocabulary: Vocabulary) -> Question:
        """`sentences` are all that stand in the hits: a word that few of them have tells most."""
        asked = vocabulary.words(text) - vocabulary.words(_ASKING)
        known = [vocabulary.words(sentence) for sentence in sentences]
        rarity = {word: math.log(1 + len(known) / (sum(word in s for s in known) + 0.5)) for word in asked}
        names = _stems(" ".join(match.group() for match in _NAME.finditer(text)))
        around = [_surroundings(hit.passage, vocabulary) for hit in hits]
        return cls(text, hits, vocabulary, rarity, around, names, _numbers(text))

    def share(self, words: frozenset[str]) -> float:
        """The share of the question's words that stand in `words`, by rarity."""
        total = sum(self.rarity.values()) or 1.0
        return sum(weight for word, weight in self.rarity.items() if word in words) / total

    def shared(self, text: str, hit: int) -> float:
        """The share of the question's words that a sentence has; those of its headings count half."""
        own = self.vocabulary.words(text)
        return (self.share(own) + self.share(own | self.around[hit].topic)) / 2

    def signs(self, seen: Sighting) -> Signs:
        """What speaks for and against the sentence, each about 0..1."""
        hit, around = self.hits[seen.hit], self.around[seen.hit]
        own, heading = self.vocabulary.words(seen.text), around.heading
        rarest = max(self.rarity.values(), default=1.0)
        missing = max((weight for word, weight in self.rarity.items() if word not in around.words), default=0.0)
        return {
            "constant": 1.0,
            "meaning": seen.nearness,
            "heading_meaning": seen.heading_nearness,
            "words": self.share(own),
            "topic_words": self.share(own | heading),
            "passage_words": self.share(around.words),
            "heading_covered": len(heading & self.rarity.keys()) / len(heading) if heading else 0.0,
            "rarest_missing": missing / rarest,
            "search": hit.score,
            "first_by_meaning": float(hit.dense_rank == 1),
            "first_by_words": float(hit.keyword_rank == 1),
            "place": seen.hit / 5,
            "names": min(len(self.names), 3) / 3,
            "names_missing": min(len(self.names - around.stems), 2) / 2,
            "numbers_missing": float(bool(self.numbers - around.numbers)),
            "only_question_denies": float(
                _denies(_REASON.sub(" ", self.text)) and not (_denies(seen.text) or _LIMIT.search(seen.text))
            ),
            "only_answer_denies": float(_denies(seen.text) and not _denies(self.text)),
            "wanted_fact": wanted_fact(self.text, seen.text),
            "leave": self._gives_leave(seen.text),
            "question_length": math.log1p(len(self.rarity)) / 3,
            "answer_length": math.log1p(len(own)) / 4,
        }

    def _gives_leave(self, text: str) -> float:
        """Of a question whether something may be done: 1 for a sentence that says so, -1 for another."""
        if not _ASKS_LEAVE.match(self.text):
            return 0.0
        return 1.0 if _GIVES_LEAVE.search(text) else -1.0


def wanted_fact(question: str, text: str) -> float:
    """1 when the text brings a fact of the kind that is asked for, -1 when it does not, 0 where none is asked for."""
    wanted = next((kinds for pattern, kinds in _ASKED_FOR if pattern.search(question)), None)
    if wanted is None:
        return 0.0
    return 1.0 if _facts(text, wanted) - _facts(question, wanted) else -1.0


def _surroundings(passage: Passage, vocabulary: Vocabulary) -> Surroundings:
    return Surroundings(
        words=vocabulary.words(f"{passage.title} {passage.heading} {passage.text}"),
        heading=vocabulary.words(passage.heading.rsplit(" > ", 1)[-1]),
        topic=vocabulary.words(f"{passage.title} {passage.heading}"),
        stems=_stems(f"{passage.title} {passage.text}"),
        numbers=_numbers(passage.text),
    )


def _facts(text: str, kinds: frozenset[str]) -> frozenset[str]:
    facts = {fact.key for fact in find_facts(text) if fact.kind in kinds}
    if "year" in kinds:
        facts |= {match.group() for match in _YEAR.finditer(text)}
    if "name" in kinds:
        facts |= {match.group().lower() for match in _NAME.finditer(text)}
    return frozenset(facts)


def _stems(text: str) -> frozenset[str]:
    words = (word.lower().strip("'’-") for word in re.findall(r"[\w'’-]+", text))
    return frozenset(stem(word) for word in words if word not in STOP_WORDS)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d[\d.,]*\d|\d", text))


def _denies(text: str) -> bool:
    return _NEGATION.search(text) is not None
