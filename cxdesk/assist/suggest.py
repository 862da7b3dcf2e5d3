"""Three suggestions for a reply, ranked, so that the person at the desk chooses instead of writing.

They come from five springs: the grounded draft of the turn, what a person approved before for such a question, the
shop's saved replies, and two of the desk's own texts for the kind of situation (a next step, a question back, a
colleague). Only what the evidence carries is suggested. The confidence comes from the evidence, and from how often
suggestions of that kind were used for the same intent; no model is asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from cxdesk.agent.claims import claimed_actions
from cxdesk.agent.evidence import Group
from cxdesk.agent.facts import find_facts, statuses
from cxdesk.agent.sentences import content_words, coverage, split_sentences
from cxdesk.assist.mood import Mood, mood_of, opened
from cxdesk.assist.situations import Situation
from cxdesk.assist.variables import fill, generalise
from cxdesk.domain import CannedReply, DecisionKind, Record, Sentiment, Source
from cxdesk.ports import Embedder
from cxdesk.store.drafts import Tally
from cxdesk.store.wordings import NearWording

WANTED = 3
# Texts more alike than this are one suggestion.
ALIKE_FROM = 0.8
# Cosine from which an approved wording, or a saved reply, may answer the message.
WORDING_FROM, CANNED_FROM = 0.6, 0.6
# In words.
LONGEST_QUOTE = 16
# How many decisions weigh as much as the evidence's own confidence.
PRIOR_DECISIONS = 8


class SuggestionKind(StrEnum):
    """draft: the turn's own; approved: worded by a person before; canned: a saved reply; the rest: the desk's texts."""

    draft = "draft"
    approved = "approved"
    canned = "canned"
    next_step = "next_step"
    clarify = "clarify"
    offer = "offer"


class Suggestion(Record):
    """A reply that may be sent as it stands. `key` names the saved reply or the wording that it came from."""

    text: str
    confidence: float
    rationale: str
    kind: SuggestionKind
    sources: tuple[Source, ...] = ()
    key: str = ""


class DraftView(Record):
    """The turn's draft, and what it rests on. `supported` counts the facts in it that a source supports."""

    text: str
    decision: DecisionKind
    supported: int = 0
    by_model: bool = False
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Case:
    """Everything that suggestions are made from: values only, no store and no model.

    `texts` are the customer's messages, oldest first. `values` fill variables, `evidence` is what facts may rest on,
    `products` are the customer's own, to name the thing in question.
    """

    texts: tuple[str, ...]
    intent: str
    intent_confidence: float
    sentiment: Sentiment
    situation: Situation
    draft: DraftView | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    products: tuple[str, ...] = ()
    evidence: tuple[Group, ...] = ()
    tone_texts: dict[str, str] = field(default_factory=dict)
    canned: tuple[CannedReply, ...] = ()
    canned_uses: Mapping[str, int] = field(default_factory=dict)
    wordings: tuple[NearWording, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def mood(self) -> Mood:
        return mood_of(self.sentiment)


def suggest(
    case: Case, embedder: Embedder | None = None, may_leave: Callable[[str], list[str]] | None = None
) -> tuple[Suggestion, ...]:
    """Three distinct suggestions, the most confident first, the draft among them where there is one.

    Fewer only where the outbound check (`may_leave` gives reasons against a text) lets fewer pass. Without an
    embedder saved replies are not looked for.
    """
    candidates = [*_drafts(case), *_approved(case), *_canned(case, embedder), *_own(case)]
    usable = [c for c in candidates if c.text.strip() and not (may_leave and may_leave(c.text))]
    return _three([_tallied(c, case.tallies) for c in usable])


def unsupported(text: str, evidence: Sequence[Group]) -> list[str]:
    """What a text states that no single source has: facts and states that stand nowhere together, claimed actions."""
    claimed = [f"{claim!r} claims an action that was not done" for claim in claimed_actions(text)]
    return [*claimed, *unsupported_facts(text, evidence)]


def unsupported_facts(text: str, evidence: Sequence[Group]) -> list[str]:
    """The facts and states of each sentence that no single source has together."""
    faults: list[str] = []
    for sentence in split_sentences(text):
        facts, stated = find_facts(sentence.text), statuses(sentence.text)
        keys = {fact.key for fact in facts}
        if (keys or stated) and not any(keys <= group.facts and stated <= group.statuses for group in evidence):
            named = [fact.text for fact in facts] or sorted(stated)
            faults += [f"{name!r} is in no source" for name in named]
    return faults


def question_of(case: Case) -> str:
    """The message, with variables in the place of what is this customer's: as wordings are found by."""
    return generalise(case.texts[-1], case.values)


# ---------------------------------------------------------------- the springs


def _drafts(case: Case) -> Iterator[Suggestion]:
    draft = case.draft
    if draft is None:
        return
    base = {DecisionKind.reply: 0.7, DecisionKind.confirm: 0.7, DecisionKind.ask: 0.55, DecisionKind.handoff: 0.35}
    grounded = 0.2 if draft.supported and draft.decision is DecisionKind.reply else 0.0
    confidence = (base[draft.decision] + grounded) * (0.8 + 0.2 * case.intent_confidence)
    yield Suggestion(
        text=draft.text,
        confidence=confidence,
        rationale=_why_draft(draft),
        kind=SuggestionKind.draft,
        sources=draft.sources,
    )


def _why_draft(draft: DraftView) -> str:
    if draft.decision is DecisionKind.handoff:
        return "The desk's draft: nothing here answers it, so a person takes over."
    if draft.decision is DecisionKind.ask:
        return "The desk's draft: it asks for what is missing."
    if draft.sources:
        return f"The desk's draft, supported by {', '.join(dict.fromkeys(s.document for s in draft.sources))}."
    return "The desk's draft, supported by the shop's data." if draft.supported else "The desk's draft."


def _approved(case: Case) -> Iterator[Suggestion]:
    """Wordings of people rank above free writing; one that says less than the draft does not."""
    for near in case.wordings:
        filled = fill(near.wording.text, case.values)
        if near.likeness < WORDING_FROM or not filled.can_be_sent or unsupported(filled.text, case.evidence):
            continue
        uses = near.wording.uses + 1
        yield Suggestion(
            text=filled.text,
            confidence=_above_draft(0.45 + 0.45 * near.likeness + min(uses, 10) * 0.005, filled.text, case.draft),
            rationale=f"Worded by a person for a question {round(100 * near.likeness)} % alike; sent {uses} times.",
            kind=SuggestionKind.approved,
            key=near.wording.id,
        )


def _above_draft(confidence: float, text: str, draft: DraftView | None) -> float:
    if draft is None or not draft.by_model:
        return confidence
    missing = {fact.key for fact in find_facts(draft.text)} - {fact.key for fact in find_facts(text)}
    return confidence if missing else max(confidence, 0.95)


def _canned(case: Case, embedder: Embedder | None) -> Iterator[Suggestion]:
    filled = [(reply, fill(reply.text, case.values)) for reply in case.canned]
    usable = [(r, f.text) for r, f in filled if f.can_be_sent and not unsupported(f.text, case.evidence)]
    if not usable or embedder is None:
        return
    vectors = embedder.embed([case.texts[-1], *(f"{reply.title}. {text}" for reply, text in usable)])
    for (reply, text), likeness in zip(usable, vectors[1:] @ vectors[0], strict=True):
        if likeness >= CANNED_FROM:
            uses = case.canned_uses.get(reply.shortcut, 0)
            yield Suggestion(
                text=opened(text, case.mood, case.tone_texts),
                confidence=0.3 + 0.45 * float(likeness) + min(uses, 10) * 0.005,
                rationale=f"The saved reply '{reply.title}' fits the message.",
                kind=SuggestionKind.canned,
                key=reply.shortcut,
            )


_OWN = (
    (SuggestionKind.next_step, 0.5, "says what happens next"),
    (SuggestionKind.clarify, 0.45, "asks what is still missing"),
    (SuggestionKind.offer, 0.3, "offers another way"),
)


def _own(case: Case) -> Iterator[Suggestion]:
    """The desk's texts for the situation; an upset customer is met with the next step rather than with questions."""
    upset = case.mood in {"angry", "unhappy"}
    thing, quote = _thing(case), _quote(case)
    texts = (case.situation.step, case.situation.ask, case.situation.offer)
    for (kind, confidence, what), text in zip(_OWN, texts, strict=True):
        said = opened(text.replace("{thing}", thing).replace("{quote}", quote), case.mood, case.tone_texts)
        yield Suggestion(
            text=said,
            confidence=confidence + (0.08 if upset and kind is not SuggestionKind.clarify else 0.0),
            rationale=f"{_MOODS[case.mood]} ({case.situation.name.replace('_', ' ')}); this {what}.",
            kind=kind,
        )


# A noun after its article, when what follows shows that it ends there.
_NOUN = re.compile(
    r"\b(?:my|the|this|your|a|an|these)\s+([a-z]{3,})(?=\s*[.,!?;]|\s+(?:is|are|was|were|has|had|in|with|for|from|to|of|"
    r"came|come|comes|arrived|gets?|keeps?|shows?|stopped|broke|died|does|do|did|can|will|\w+n['’]t|not|that|which|and|"
    r"but|again|anymore)\b)",
    re.IGNORECASE,
)
_GOODS = frozenset({"the item", "the device", "the product"})
_NO_GOODS = frozenset(
    """
    account address amount answer app attention bank bill box card cart carrier charge checkout code color colour
    company customer day delivery discount driver email error fact first help house instructions invoice item issue
    label last light lot manager manual message minute moment money month morning name new next night number offer
    office one only option order package packaging parcel part parts password payment people person phrase picture
    price problem product question reason receipt refund reply request return rest same second seller service
    shipment shipping shop side site size standard state status step store support team thing things third time total
    version warranty way web website week weekend whole wrong year
    """.split()
)

_MOODS = {
    "angry": "The customer is very upset",
    "unhappy": "The customer is unhappy",
    "calm": "The customer is calm",
    "pleased": "The customer is pleased",
}


def _quote(case: Case) -> str:
    """The customer's own words, short ones that state nothing and are not said in anger; else nothing."""
    sentences = [sentence.text for sentence in split_sentences(case.texts[-1]) if content_words(sentence.text)]
    last = max(sentences, key=len, default="")
    if not last or len(last.split()) > LONGEST_QUOTE or find_facts(last) or statuses(last) or case.mood == "angry":
        return ""
    return f' You wrote: "{last.rstrip(".!?")}".'


def _thing(case: Case) -> str:
    """What the messages speak of: the product as the customer bought it, the noun they use, the situation's word."""
    if case.situation.thing not in _GOODS:
        return case.situation.thing
    said = content_words(" ".join(case.texts))
    named = [name for name in case.products if content_words(name) & said]
    if len(named) == 1:
        return f"your {named[0]}"
    nouns = (m[1].lower() for text in reversed(case.texts) for m in _NOUN.finditer(text))
    noun = next((noun for noun in nouns if noun not in _NO_GOODS and not noun.endswith(("ed", "ly"))), None)
    return f"the {noun}" if noun else case.situation.thing


# ---------------------------------------------------------------- ranking


def _tallied(suggestion: Suggestion, tallies: Mapping[str, Tally]) -> Suggestion:
    """The confidence, drawn towards the share of such suggestions that people used."""
    tally = tallies.get(suggestion.kind, Tally())
    confidence = (suggestion.confidence * PRIOR_DECISIONS + tally.used) / (PRIOR_DECISIONS + tally.offered)
    return suggestion.model_copy(update={"confidence": round(min(max(confidence, 0.01), 0.99), 3)})


def _three(candidates: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The best three that are not alike. The draft is always one, and each other kind comes once before any twice."""
    ranked = sorted(candidates, key=lambda c: -c.confidence)
    chosen = [c for c in ranked if c.kind is SuggestionKind.draft][:1]
    for again in (False, True):
        for candidate in ranked:
            kinds = {c.kind for c in chosen}
            if len(chosen) < WANTED and (again or candidate.kind not in kinds) and not _is_like(candidate, chosen):
                chosen.append(candidate)
    return tuple(sorted(chosen, key=lambda c: -c.confidence))


def _is_like(candidate: Suggestion, chosen: Sequence[Suggestion]) -> bool:
    words = content_words(candidate.text)
    return any(
        fuzz.token_sort_ratio(candidate.text, other.text) >= 100 * ALIKE_FROM
        or (coverage(words, content_words(other.text)) >= ALIKE_FROM and len(words) > 3)
        for other in chosen
    )
