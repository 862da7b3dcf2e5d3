"""Finds the sentences of the shop's documents that answer a question.

The answer is quoted, not written: the sentences of the best passages are weighed (see answerability.py), and when
the best one is not likely enough to answer, there is no answer. What is quoted is the paragraph around it, since the
next sentence is often its exception.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import count, takewhile

import numpy as np

from cxdesk.agent.answerability import SHOP_WORDS, Question, Scorer, Sighting, Signs, bundled_scorer, wanted_fact
from cxdesk.agent.customer_voice import for_customer
from cxdesk.agent.sentences import Sentence, content_words, split_sentences
from cxdesk.agent.vocabulary import Vocabulary
from cxdesk.domain import Hit, Passage, Record
from cxdesk.ports import Embedder
from cxdesk.signals.quotable import is_shops_word

# A sentence of the same passage goes along when it is nearly as likely as the best.
COMPANION_FROM = 0.92
LONGEST_ANSWER = 3
LONGEST_LIST = 8
# Cosine below which a question and a passage share no subject.
OFF_TOPIC_BELOW = 0.25
# Sentences that are compared by meaning: those that share most words, from the best passages.
_CANDIDATES = 10
_SEARCH_COUNTS = 0.3
_LEAST_WORDS = 3
# The rank of a rival where there is none.
_NO_RIVAL = -6.0
# Two sentences with this share of their words in common say the same.
_SAME_STATEMENT = 0.6

# "Yes" and "No" answered another question than the one that is asked now.
_BARE_ANSWER = re.compile(r"^(?:yes|no)[.!](?:\s+|$)", re.I)
# What leads into a question, or names the order that it is about, is nothing that a document could say.
_LEAD = re.compile(
    r"^(?:\W*(?:and|but|so|also|ok(?:ay)?|oh|well|then|now|hi|hello|hey|thanks?|thank you|please)\b[\s,:!.-]*"
    r"|[^:?]{0,30}\bquestions?\b[^:?]{0,20}:\s*)+",
    re.IGNORECASE,
)
_OWN_ORDER = re.compile(r"\s*\b(?:(?:from|in|of|on|with|for) )?(?:my |the )?(?:order )?(?<!\w)#\w*\d\w*", re.IGNORECASE)
_STILL = re.compile(r"\bstill\s+", re.IGNORECASE)
_TABLE_ROW = re.compile(r"\s*\|")
# What a row of a table tells: what something costs, or how long it takes.
_ASKS_OF_A_TABLE = re.compile(
    r"\bhow (?:much|long|soon|fast|quick\w*)\b|\bwhen\b|\b(?:price|prices|cost|costs|fee|fees|charge)\b", re.IGNORECASE
)
# The end of a word of four letters or more that is no abbreviation, before a word in small letters.
_STOP = re.compile(
    r"(?<=[a-z]{4}[.!?])(?<!incl\.)(?<!excl\.)(?<!prox\.)(?<!dept\.)(?<!misc\.)(?<!resp\.)(?<!spec\.)\s+(?=[a-z])"
)
# Words by which a sentence goes on with the one before.
_REFERS = re.compile(
    r"(?:it|its|they|their|he|she|his|her|this|these|those|such|both|either|neither|otherwise|however|but|if|unless|except|else|then|also|"
    r"there|after|before|until|once|when|in that case|for (?:this|that|example|these)|only|after that|so|or|and)\b",
    re.IGNORECASE,
)
# Words by which it takes something away from what was said before: who hears the one has to hear the other.
_LIMITS = re.compile(
    r"\b(?:exclud(?:e|es|ed|ing)|except\w*|exempt|unless|only|not|never|cannot|no longer|shorter|longer|"
    r"(?:appl(?:y|ies)|holds?|goes|counts?) (?:to|for) (?:this|that|these|those))\b|n['’]t\b",
    re.IGNORECASE,
)
# What is said of something named just before, and what something is kept from: neither holds for all.
_OF_WHAT_IS_NAMED = re.compile(
    r"(?:its?|they|their|this|these|those|such|both|either|neither|otherwise|however|once)\b|.*\bones\b", re.IGNORECASE
)
_DENIES = re.compile(r"\b(?:not|never|cannot|no longer|none)\b|n['’]t\b", re.IGNORECASE)
_STEP = re.compile(r"\s*\d+[.)]\s")
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
    """A sentence that may answer: `hit` and `paragraph` say where it stands, `text` is in the customer's words.

    `doubtful`: beside it stands what no customer should be told, so no sentence goes along that only refers to others.
    """

    hit: int
    paragraph: int
    sentence: Sentence
    text: str
    score: float = 0.0
    doubtful: bool = False


def find_answer(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder,
    is_for_staff: Callable[[str], bool],
    scorer: Scorer | None = None,
    leads: Callable[[str], bool] = lambda _: True,
) -> list[Quote]:
    """The sentences that answer the question, in reading order; empty when none does.

    `is_for_staff` tells of a document's name whether it speaks to the shop's clerks, `leads` of a sentence whether it
    may be the answer and not only go along. Without a `scorer` that of the program weighs the signs.
    """
    scorer = scorer or bundled_scorer()
    question = plain_question(question)
    candidates = find_candidates(hits, is_for_staff)
    ranked = rank_sentences(question, candidates, hits, embedder, scorer)
    best = next((c for c in ranked if leads(c.text)), None)
    if best is None or not scorer.is_enough(best.score, question, hits[best.hit].passage.text):
        return []
    subject = subject_of(question, hits[best.hit].passage)
    about = content_words(best.text) | content_words(subject)
    companions = [
        c
        for c in ranked
        if c is not best and c.hit == best.hit and c.score >= COMPANION_FROM * best.score
        if content_words(c.text) & about
        if not (c.doubtful or best.doubtful or _TABLE_ROW.match(c.sentence.text))
    ]
    around = quote_around(best, candidates, subject, scorer.vocabulary)
    chosen = {c.sentence.start: c for c in (*around, *companions[:1])}
    return [_quote(candidate, hits[best.hit], best.score) for _, candidate in sorted(chosen.items())]


def plain_question(text: str) -> str:
    """A question without what leads into it and without the order that it is about."""
    plain = _STILL.sub("", _OWN_ORDER.sub("", _LEAD.sub("", text)))
    return plain if content_words(plain) else text


def texts_to_compare(passages: Sequence[Passage], *, for_staff: bool) -> list[str]:
    """What `find_answer` embeds of these passages, so that it can be done before anybody asks."""
    sentences = [_compared(p, c.text) for p in passages for c in _sentences(0, p, for_staff) if _is_whole(c)]
    return [*sentences, *dict.fromkeys(map(_last_topic, passages))]


def is_off_topic(question: str, hits: Sequence[Hit], embedder: Embedder) -> bool:
    """Whether a question is about something else than the shop: nothing in its documents comes near."""
    if not hits or content_words(question) & SHOP_WORDS:
        return False
    passages = [f"{hit.passage.heading}: {hit.passage.text}" for hit in hits[:3]]
    vectors = embedder.embed([question, *passages])
    return float(np.max(vectors[1:] @ vectors[0])) < OFF_TOPIC_BELOW


def find_candidates(hits: Sequence[Hit], is_for_staff: Callable[[str], bool]) -> list[Candidate]:
    """Every sentence of the hits that a customer may read."""
    return [c for n, hit in enumerate(hits) for c in _sentences(n, hit.passage, is_for_staff(hit.passage.document))]


def rank_sentences(
    question: str, candidates: Sequence[Candidate], hits: Sequence[Hit], embedder: Embedder, scorer: Scorer
) -> list[Candidate]:
    """The candidates that may answer, best first; `score` is how likely each one does, 0..1."""
    seen = read_signs(question, candidates, hits, embedder, scorer.vocabulary)
    ranks = [scorer.rank(signs) for _, signs in seen]
    scored = [
        c.model_copy(update={"score": scorer.probability(rank, rank - rival(c, seen, ranks), signs)})
        for (c, signs), rank in zip(seen, ranks, strict=True)
    ]
    order = sorted(range(len(scored)), key=lambda place: -ranks[place])
    return [scored[place] for place in order]


def rival(candidate: Candidate, seen: Sequence[tuple[Candidate, Signs]], ranks: Sequence[float]) -> float:
    """The best rank of what other passages say; who says the same is no rival."""
    own = content_words(candidate.text)

    def competes(other: Candidate) -> bool:
        return other.hit != candidate.hit and not _say_the_same(own, content_words(other.text))

    return max((rank for (other, _), rank in zip(seen, ranks, strict=True) if competes(other)), default=_NO_RIVAL)


def _say_the_same(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= _SAME_STATEMENT * min(len(words), len(others))


def with_special(general: Sequence[Quote], special: Sequence[Quote]) -> list[Quote]:
    """What holds for all, and behind it what is said of the one thing, unless that says the same."""
    told = [content_words(quote.text) for quote in general]
    new = [q for q in special if not any(_say_the_same(content_words(q.text), words) for words in told)]
    return [*general, *new]


def holds_for_all(text: str) -> bool:
    """Whether a sentence may tell of anything that a shop sells: 'cut straps cannot be returned' is an exception."""
    return not _OF_WHAT_IS_NAMED.match(text) and not _DENIES.search(text)


def read_signs(
    question: str, candidates: Sequence[Candidate], hits: Sequence[Hit], embedder: Embedder, vocabulary: Vocabulary
) -> list[tuple[Candidate, Signs]]:
    """The candidates that share most with the question, and what speaks for and against each."""
    whole = _of_the_meant_rows(question, [c for c in candidates if _is_whole(c)], hits, vocabulary)
    asked = Question.read(question, hits, [c.text for c in whole], vocabulary)
    shared = {id(c): asked.shared(c.text, c.hit) + _SEARCH_COUNTS * hits[c.hit].score for c in whole}
    likely = sorted(whole, key=lambda c: -shared[id(c)])[:_CANDIDATES]
    if not likely:
        return []
    sentences = [_compared(hits[c.hit].passage, c.text) for c in likely]
    headings = [_last_topic(hits[c.hit].passage) for c in likely]
    vectors = embedder.embed([question, *sentences, *headings])
    near = np.clip(vectors[1:] @ vectors[0], 0.0, 1.0).reshape(2, len(likely))
    return [
        (c, asked.signs(Sighting(c.text, c.hit, float(sentence), float(heading))))
        for c, sentence, heading in zip(likely, *near, strict=True)
    ]


def _of_the_meant_rows(
    question: str, candidates: Sequence[Candidate], hits: Sequence[Hit], vocabulary: Vocabulary
) -> list[Candidate]:
    """The candidates without the rows and list items beside the one that is meant.

    Of a table answers the row that has what is asked for, and all by which the question tells the rows apart: 'a screen
    for the Swift' is neither 'Swift: new battery' nor 'Ibis: new screen'. Of a list an item stays unless another has
    more of it.
    """
    of_a_table = _ASKS_OF_A_TABLE.search(question) is not None
    asked = vocabulary.words(question)
    topics = [vocabulary.words(f"{hit.passage.title} {hit.passage.heading}") for hit in hits]
    entries = [_entry(c) for c in candidates]
    named = [asked & vocabulary.words(c.text) - topics[c.hit] for c in candidates]
    beside = defaultdict[str, list[frozenset[str]]](list)
    for entry, words in zip(entries, named, strict=True):
        beside[entry].append(words)

    def is_meant(c: Candidate, entry: str, words: frozenset[str]) -> bool:
        if entry.startswith("row"):
            fits = wanted_fact(question, c.text) >= 0 if of_a_table else _is_labelled(c, asked, vocabulary)
            return fits and all(words >= others for others in beside[entry])
        return not entry or not any(words < others for others in beside[entry])

    return [c for c, entry, words in zip(candidates, entries, named, strict=True) if is_meant(c, entry, words)]


def _is_labelled(candidate: Candidate, asked: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether a question names a row: 'Do you ship to Hawaii?' that of 'Alaska, Hawaii, Puerto Rico'."""
    labels = [vocabulary.words(label) for label in _cells(candidate.sentence.text)[0].split(",")]
    return any(label and label <= asked for label in labels)


def _entry(candidate: Candidate) -> str:
    """The table or the list that a sentence is a line of; empty for any other, and for a step."""
    text = candidate.sentence.text
    if _TABLE_ROW.match(text):
        return f"row {candidate.hit}"
    return f"item {candidate.hit}" if _LIST_ITEM.match(text) and not _STEP.match(text) else ""


def _sentences(number: int, passage: Passage, for_staff: bool) -> list[Candidate]:
    found, paragraph, end_before, header = [], 0, 0, list[str]()
    doubtful = set[int]()
    for sentence in (piece for whole in split_sentences(passage.text) for piece in _cut(whole)):
        between = passage.text[end_before : sentence.start]
        row = _cells(sentence.text)
        if "\n\n" in between or row or _LIST_ITEM.match(sentence.text):
            paragraph += 1
        end_before = sentence.end
        if row and (not header or not any(c.isalnum() for c in "".join(row))):
            header = header or row
            continue
        header = header if row else []
        told = _row_in_words(row, header) if row else sentence.text
        text = _BARE_ANSWER.sub("", for_customer(told, staff_document=for_staff))
        if not text or sentence.text.startswith("#"):
            continue
        # A sentence that gives orders to the desk is no answer to a customer, whoever planted it.
        if not is_shops_word(sentence.text, for_clerks=for_staff):
            doubtful.add(paragraph)
        else:
            found.append(Candidate(hit=number, paragraph=paragraph, sentence=sentence, text=text))
    return [c.model_copy(update={"doubtful": True}) if c.paragraph in doubtful else c for c in found]


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    """What goes on in small letters after a full stop is a sentence of its own: whoever adds one may write it so."""
    begin = 0
    for stop in (*_STOP.finditer(sentence.text), None):
        end = stop.start() if stop else len(sentence.text)
        yield Sentence(sentence.text[begin:end], sentence.start + begin, sentence.start + end)
        begin = stop.end() if stop else end


def _cells(line: str) -> list[str]:
    """The cells of a table's row; none for any other line."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if _TABLE_ROW.match(line) else []


def _row_in_words(row: Sequence[str], header: Sequence[str]) -> str:
    """'Canada: standard 6 to 10 business days, charge $15.00'"""
    told = [f"{name[:1].lower()}{name[1:]} {cell}" for name, cell in zip(header[1:], row[1:], strict=False)]
    return f"{row[0]}: {', '.join(told)}" if told else ", ".join(row)


def _is_whole(candidate: Candidate) -> bool:
    return len(content_words(candidate.text)) >= _LEAST_WORDS


def quote_around(
    best: Candidate, candidates: Sequence[Candidate], subject: str, vocabulary: Vocabulary
) -> list[Candidate]:
    """The paragraph of the best sentence as far as it stays with what that says or with the subject, its nearest
    sentences when it is long, and the list that it opens; of a step, all the steps."""
    passage = [c for c in candidates if c.hit == best.hit]
    if steps := _steps_with(best, passage):
        return steps
    paragraph = [c for c in passage if c.paragraph == best.paragraph]
    place = paragraph.index(next(c for c in paragraph if c.sentence == best.sentence))
    first = max(0, min(place - 1, len(paragraph) - LONGEST_ANSWER))
    chosen = _about_the_same(paragraph[first : first + LONGEST_ANSWER], place - first, subject, vocabulary)
    if chosen[-1].text.endswith(":"):
        following = [c for c in passage if c.sentence.start > chosen[-1].sentence.start]
        chosen += [c for c in following if _LIST_ITEM.match(c.sentence.text)][:LONGEST_LIST]
    return chosen


def _steps_with(best: Candidate, passage: Sequence[Candidate]) -> list[Candidate]:
    """The numbered steps that the best sentence is one of; none if it is no step, or if somebody added to them."""
    first_of = {c.paragraph: c for c in reversed(passage)}

    def is_step(paragraph: int) -> bool:
        return paragraph in first_of and _STEP.match(first_of[paragraph].sentence.text) is not None

    later = takewhile(is_step, count(best.paragraph))
    earlier = takewhile(is_step, count(best.paragraph - 1, -1))
    places = {*later, *earlier} if is_step(best.paragraph) else set[int]()
    steps = [c for c in passage if c.paragraph in places]
    return [] if any(c.doubtful for c in steps) else steps[:LONGEST_LIST]


def _about_the_same(
    sentences: Sequence[Candidate], place: int, subject: str, vocabulary: Vocabulary
) -> list[Candidate]:
    """The sentence at `place` and its neighbours, up to one that speaks of something else.

    A line that somebody put into a document stands beside what it has nothing to do with.
    """
    about = vocabulary.words(sentences[place].text) | vocabulary.words(subject)

    def goes_on(candidate: Candidate) -> bool:
        refers = _REFERS.match(candidate.text) or _LIMITS.search(candidate.text)
        return bool((refers and not candidate.doubtful) or vocabulary.words(candidate.text) & about)

    before = list(takewhile(goes_on, reversed(sentences[:place])))
    return [*reversed(before), sentences[place], *takewhile(goes_on, sentences[place + 1 :])]


def subject_of(question: str, passage: Passage) -> str:
    """What the sentences of an answer are about: what was asked, and what the passage treats."""
    return f"{question} {_topic(passage)}"


def _topic(passage: Passage) -> str:
    return passage.heading or passage.title


def _last_topic(passage: Passage) -> str:
    """The heading right above: in a list of questions and answers that is the question."""
    return _topic(passage).rsplit(" > ", 1)[-1]


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
