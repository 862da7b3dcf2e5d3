"""How two searches become one ranking: vectors know meaning, words know names and numbers.

Scores are fused, not ranks. Equal-weight reciprocal ranks throw away by how much the first passage won,
and lose first places that the keyword search had right. Each list is divided by its own best score and
the two are averaged with fixed shares (a convex combination; Bruch, Gai and Ingber, ACM TOIS 2023), so
a clear winner of one search stays ahead of a passage that both find middling.

Long questions, such as a whole letter, are handled by their parts. The model reads 256 tokens, so each
piece has its own vector and their mean stands for the letter: one search, near to every part. Words count
by the logarithm of their number, since the tenth 'account' of a letter adds little to the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from cxdesk.knowledge.passages import BUDGET_TOKENS, split

One = TypeVar("One", bound=Hashable)

VECTOR_SHARE = 0.4
"""The vectors' part in the fused score. The best values are flat between 0.3 and 0.5."""

_FUNCTION_WORDS = (
    "a about after all am an and any are as at be because been before being both but by can could did do does doing "
    "for from had has have having he her here him his how i if in into is it its just me my no nor not of off on "
    "or our out over own she should so some such than that the their them then there these they this those to too "
    "under until up was we were what when where which while who whom why will with would you your"
)
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())

_WORD = re.compile(r"\w+")
# Something with a digit that names one thing: '#W1234567', 'open_account_4821', 'AB-12', '90210431'.
_ID = re.compile(r"#\w*\d[\w-]*|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[^\W\d]|\d{6})\w[\w-]{3,}")


def query_pieces(query: str) -> list[str]:
    """The query in pieces that the embedding model reads whole; the most queries are one piece."""
    return [query[span.start : span.end] for span in split(query, BUDGET_TOKENS)]


def query_words(query: str) -> str:
    """The query as a bag of words: a word that stands there n times counts 1 + log2(n), rounded down."""
    counts = Counter(_WORD.findall(query.lower()))
    return " ".join(word for word, count in counts.items() for _ in range(count.bit_length()))


def fuse(vector: Mapping[One, float], keyword: Mapping[One, float]) -> dict[One, float]:
    """Fused scores, 0..1, of everything that either search found.

    `vector` holds cosines (below 0 counts as 0), `keyword` scores from 0 up; a thing missing from one of them
    has 0 there. 1 means first by both. Comparable within one query only: see `strength`.
    """
    best_vector = max(vector.values(), default=0.0)
    best_keyword = max(keyword.values(), default=0.0)
    return {
        one: VECTOR_SHARE * _share(vector.get(one, 0.0), best_vector)
        + (1 - VECTOR_SHARE) * _share(keyword.get(one, 0.0), best_keyword)
        for one in vector.keys() | keyword.keys()
    }


def strength(best_cosine: float, best_coverage: float) -> float:
    """How good the best evidence of a search is in itself, 0..1, so that its scores compare with another's."""
    return VECTOR_SHARE * max(best_cosine, 0.0) + (1 - VECTOR_SHARE) * best_coverage


def coverage(query: str, text: str) -> float:
    """The share of the query's distinct content words that stand in the text; endings are not compared."""
    wanted = _content_words(query)
    return len(wanted & _content_words(text)) / len(wanted) if wanted else 0.0


def ids(query: str) -> list[str]:
    """What in the query looks like the name of one thing, such as an order or an article, each once."""
    return list(dict.fromkeys(found.lower() for found in _ID.findall(query)))


def id_share(wanted: Sequence[str], text: str) -> float:
    """The share of the ids that stand in the text, whole; 0 when none is wanted."""
    if not wanted:
        return 0.0
    found = re.findall(rf"(?<![\w#-])(?:{'|'.join(map(re.escape, wanted))})(?![\w-])", text, re.IGNORECASE)
    return len({one.lower() for one in found}) / len(wanted)


def with_ids(score: float, share: float) -> float:
    """The score, raised by half of what it lacks to 1 where all wanted ids were found, by less where some were."""
    return score + (1 - score) * 0.5 * share


def _share(score: float, best: float) -> float:
    return max(score, 0.0) / best if best > 0 else 0.0


def _content_words(text: str) -> set[str]:
    # Five letters are the common part of most inflections; numbers count whole.
    return {word if word.isdigit() else word[:5] for word in _WORD.findall(text.lower()) if word not in _STOP_WORDS}
