"""Knowledge gaps: what customers asked and the documents did not answer, by topic; and replies that lost their support.

Questions are grouped by meaning: each joins the nearest group that is near enough, else begins one, and groups whose
centres have come close are joined in the end. The order doesn't decide much then, and nobody names a number of groups.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cxdesk.domain import KnowledgeGap, OpenQuestion, Period, StaleReply
from cxdesk.ports import Embedder, KnowledgeSearch
from cxdesk.store import Store
from cxdesk.store.gaps import RestsOn, SavedReply

# Cosine from which two questions are about one topic.
SAME_TOPIC = 0.55
# A saved reply rests on a passage that comes so near and shares so many of its telling words.
RESTS_FROM = 0.6
EXAMPLES = 5
MOST_QUESTIONS = 1_000
_LONGEST_TITLE = 90

Vectors = NDArray[np.float32]


def knowledge_gaps(
    store: Store,
    period: Period,
    embedder: Embedder,
    *,
    mask: Callable[[str], str],
    knowledge: KnowledgeSearch | None = None,
    is_answered: Callable[[str], bool] | None = None,
) -> list[KnowledgeGap]:
    """Topics that the documents did not answer in the period, the most asked first.

    `mask` takes personal data out of a text that goes into a document. With `knowledge` the nearest document is named;
    with `is_answered` topics that today's documents answer are marked.
    """
    store.traces.catch_up()
    questions = store.gaps.open_questions(period, MOST_QUESTIONS)
    if not questions:
        return []
    vectors = _vectors(store, embedder, questions)
    gaps = []
    for members in group(vectors):
        central = _most_central(vectors[members])
        ordered = [questions[members[place]] for place in central]
        gaps.append(_gap(ordered, mask, knowledge, is_answered))
    return sorted(gaps, key=lambda gap: (bool(gap.answered_now), -gap.count, -gap.last_at.timestamp()))


def group(vectors: Vectors, near: float = SAME_TOPIC) -> list[list[int]]:
    """Row numbers by topic, the largest first: rows of length 1 whose cosine with their group's centre is `near`."""
    groups: list[list[int]] = []
    for row in range(len(vectors)):
        centres = _centres(vectors, groups)
        cosines = centres @ vectors[row] if groups else np.zeros(0)
        best = int(np.argmax(cosines)) if len(cosines) else -1
        if best >= 0 and cosines[best] >= near:
            groups[best].append(row)
        else:
            groups.append([row])
    return sorted(_joined(vectors, groups, near), key=len, reverse=True)


def _joined(vectors: Vectors, groups: list[list[int]], near: float) -> list[list[int]]:
    """Groups joined, the nearest two first, while two centres are nearer than a question must be to join."""
    while len(groups) > 1:
        centres = _centres(vectors, groups)
        cosines = centres @ centres.T - 2 * np.eye(len(groups))
        one, other = sorted(int(place) for place in np.unravel_index(int(np.argmax(cosines)), cosines.shape))
        if cosines[one, other] < (1 + near) / 2:
            break
        groups[one] += groups.pop(other)
    return groups


def _centres(vectors: Vectors, groups: Sequence[Sequence[int]]) -> Vectors:
    sums = [vectors[list(members)].sum(axis=0) for members in groups]
    return np.array([one / max(float(np.linalg.norm(one)), 1e-9) for one in sums], dtype=np.float32)


def _most_central(vectors: Vectors) -> list[int]:
    centre = vectors.mean(axis=0)
    return [int(place) for place in np.argsort(-(vectors @ centre), kind="stable")]


def _vectors(store: Store, embedder: Embedder, questions: Sequence[OpenQuestion]) -> Vectors:
    """The questions' vectors: those that search has learned, and the others made now."""
    known = store.search.vectors_of(embedder.name, [question.message_id for question in questions])
    new = [question for question in questions if question.message_id not in known]
    if new:
        made = embedder.embed([question.text for question in new])
        known |= {question.message_id: vector.tolist() for question, vector in zip(new, made, strict=True)}
    return np.array([known[question.message_id] for question in questions], dtype=np.float32)


def _gap(
    questions: Sequence[OpenQuestion],
    mask: Callable[[str], str],
    knowledge: KnowledgeSearch | None,
    is_answered: Callable[[str], bool] | None,
) -> KnowledgeGap:
    typical = questions[0]
    hits = knowledge.search(typical.text, k=1) if knowledge else []
    asked = list(dict.fromkeys(_one_line(mask(question.text)) for question in questions))
    return KnowledgeGap(
        title=_title(asked[0]),
        count=len(questions),
        customers=len({question.customer_id or question.conversation_id for question in questions}),
        kinds=dict(Counter(question.kind for question in questions)),
        examples=tuple(asked[:EXAMPLES]),
        conversations=tuple(dict.fromkeys(question.conversation_id for question in questions)),
        first_at=min(question.at for question in questions),
        last_at=max(question.at for question in questions),
        near=hits[0].passage.document if hits else None,
        answered_now=is_answered(typical.text) if is_answered else None,
        starter=starter(asked),
    )


def starter(asked: Sequence[str]) -> str:
    """The beginning of a document that answers these questions, in Markdown; the answers are for a person to write."""
    sections = [f"## {_title(question)}\n\n(Write the answer here.)\n" for question in asked[:EXAMPLES]]
    return f"# {_title(asked[0])}\n\n" + "\n".join(sections)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _title(text: str) -> str:
    """The question in a message, else its first sentence, cut to the length of a heading."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    chosen = next((sentence for sentence in sentences if sentence.endswith("?")), sentences[0]).lstrip("#>-*+ ")
    if len(chosen) <= _LONGEST_TITLE:
        return chosen or "A question"
    return chosen[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


# ---------------------------------------------------------------- replies that rest on documents


def link_replies(store: Store, knowledge: KnowledgeSearch, embedder: Embedder) -> int:
    """Note which passages the saved replies say again; how many replies were looked at. A job of the background.

    Only replies that are new, or whose text has changed, are looked at.
    """
    replies = store.gaps.unlinked()
    for reply in replies:
        store.gaps.link(reply, _rests_on(reply, knowledge, embedder))
    return len(replies)


def stale_replies(store: Store, *, limit: int = 500) -> list[StaleReply]:
    """Saved and approved replies, and drafts, whose passage has gone from its document, or with it."""
    return store.gaps.stale(limit)


def _rests_on(reply: SavedReply, knowledge: KnowledgeSearch, embedder: Embedder) -> list[RestsOn]:
    """The passages to which the reply's text comes near enough to be saying the same."""
    text = re.sub(r"\{[^{}]*\}", " ", reply.text)
    hits = knowledge.search(text, k=3)
    if not hits:
        return []
    vectors = embedder.embed([text, *(hit.passage.text for hit in hits)])
    cosines = vectors[1:] @ vectors[0]
    return [
        RestsOn(hit.passage.document, hit.passage.text)
        for hit, cosine in zip(hits, cosines, strict=True)
        if cosine >= RESTS_FROM
    ]
