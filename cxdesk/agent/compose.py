"""Composing: the model puts the brief in a tone; code decides what of it may be read by the customer.

What a customer sees is released sentence by sentence, each after grounding. A faulty try is thrown away
and made once more with its faults named; after that, or when something was released already, the brief's
own lines say what is still missing. So a weak model costs grace, never truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event

from cxdesk.agent.brief import Brief, Line
from cxdesk.agent.evidence import Group
from cxdesk.agent.facts import fact_keys, find_facts, statuses
from cxdesk.agent.ground import Check, check_sentence, check_text
from cxdesk.agent.sentences import Sentence, content_words, coverage, split_sentences
from cxdesk.domain import Grounding, Record, Unavailable
from cxdesk.ports import ChatMessage, LanguageModel, Prompt

MODEL_FAILED = "the model failed"
# Share of a brief line's words that a reply must have to have said it.
SAID_FROM = 0.6


class ComposePrompt(Record):
    """The texts of `prompts.toml`, section compose."""

    system: str
    user: str
    again: str


@dataclass
class Listener:
    """Who hears of a turn while it runs. `on_token` is for staff; `on_sentence` may be shown to a customer."""

    on_token: Callable[[str], None] | None = None
    on_sentence: Callable[[str], None] | None = None
    on_retry: Callable[[], None] | None = None
    cancel: Event = field(default_factory=Event)


class Composition(Record):
    text: str
    grounding: Grounding


@dataclass
class Composer:
    """Phrases one brief. `outbound` tells why a sentence may not leave the desk; empty when it may."""

    model: LanguageModel
    prompt: ComposePrompt
    guidance: str
    max_tokens: int
    outbound: Callable[[str], list[str]]

    def compose(
        self,
        message: str,
        brief: Brief,
        evidence: Sequence[Group],
        *,
        slot: str,
        listener: Listener,
        first_token: Callable[[], None],
    ) -> Composition:
        """The reply to `message`. A model that fails is asked once more, then the brief speaks."""
        rejected: list[str] = []
        for attempt in range(2):
            prompt = self._prompt(message, brief, rejected, slot)
            kept, faults = self._attempt(prompt, message, brief, evidence, listener, first_token)
            if not faults and not (missing := _unsaid(brief.lines, kept)):
                return _finished(kept, message, brief, evidence, rejected, retried=attempt > 0)
            rejected += faults or [f"{line.text!r} was left out" for line in missing]
            if kept and listener.on_sentence:
                break
            if attempt == 0 and listener.on_retry:
                listener.on_retry()
        kept = kept if listener.on_sentence else []
        added = _unsaid(brief.lines, kept) if kept else list(brief.lines)
        for line in added:
            _tell(listener.on_sentence, line.text)
        texts = [*kept, *(line.text for line in added)]
        return _finished(texts, message, brief, evidence, rejected, retried=True, used_brief=True)

    def _attempt(
        self,
        prompt: Prompt,
        message: str,
        brief: Brief,
        evidence: Sequence[Group],
        listener: Listener,
        first_token: Callable[[], None],
    ) -> tuple[list[str], list[str]]:
        """Sentences that passed, and the faults of the one that did not."""
        kept: list[str] = []
        try:
            for sentence in stream_sentences(self._tokens(prompt, listener, first_token)):
                check = check_sentence(sentence, evidence, brief_text=brief.text, customer_text=message)
                if faults := [*check.faults, *self.outbound(sentence.text)]:
                    return kept, faults
                kept.append(sentence.text)
                _tell(listener.on_sentence, sentence.text)
        except Unavailable:
            return kept, [MODEL_FAILED]
        return kept, [] if kept else ["the reply was empty"]

    def _tokens(self, prompt: Prompt, listener: Listener, first_token: Callable[[], None]) -> Iterator[str]:
        begun = False
        for piece in self.model.stream(prompt, max_tokens=self.max_tokens, cancel=listener.cancel):
            if not begun:
                first_token()
                begun = True
            _tell(listener.on_token, piece)
            yield piece

    def _prompt(self, message: str, brief: Brief, rejected: Sequence[str], slot: str) -> Prompt:
        asked = self.prompt.user.format(guidance=self.guidance, message=message, draft=brief.text).strip()
        if rejected:
            asked += self.prompt.again.format(faults="; ".join(rejected))
        return Prompt(
            messages=(
                ChatMessage(role="system", content=self.prompt.system.strip()),
                ChatMessage(role="user", content=asked),
            ),
            slot=slot,
        )


def from_brief(brief: Brief, evidence: Sequence[Group], message: str, listener: Listener) -> Composition:
    """The brief itself as the reply, checked like any other."""
    for line in brief.lines:
        _tell(listener.on_sentence, line.text)
    return _finished([line.text for line in brief.lines], message, brief, evidence, [], used_brief=True)


def stream_sentences(pieces: Iterator[str]) -> Iterator[Sentence]:
    """Whole sentences as soon as the next one begins, and the rest at the end, with their places in the text."""
    text, done = "", 0
    for piece in pieces:
        text += piece
        sentences = split_sentences(text)
        for sentence in sentences[done:-1]:
            yield sentence
            done += 1
    yield from split_sentences(text)[done:]


def _finished(
    texts: Sequence[str],
    message: str,
    brief: Brief,
    evidence: Sequence[Group],
    rejected: Sequence[str],
    *,
    retried: bool = False,
    used_brief: bool = False,
) -> Composition:
    reply = " ".join(texts)
    checks = _final_checks(reply, brief, evidence, message)
    grounding = Grounding(
        supported=sum(check.facts for _, check in checks if not check.faults),
        unsupported=tuple(fault for _, check in checks for fault in check.faults),
        rejected=tuple(rejected),
        retried=retried,
        used_brief=used_brief,
        sentences=tuple(support for _, check in checks for support in check.supports),
    )
    return Composition(text=reply, grounding=grounding)


def _final_checks(reply: str, brief: Brief, evidence: Sequence[Group], message: str) -> list[tuple[Sentence, Check]]:
    """The last look at the whole reply. Lines that code wrote without stating anything of the shop need no source."""
    spoken = {sentence.text for line in brief.lines if not line.supports for sentence in split_sentences(line.text)}
    checks = check_text(reply, evidence, brief_text=brief.text, customer_text=message)
    return [(sentence, Check() if sentence.text in spoken else check) for sentence, check in checks]


def _unsaid(lines: Sequence[Line], kept: Sequence[str]) -> list[Line]:
    """The brief's lines whose facts or sense the reply does not have."""
    said = " ".join(kept)
    facts, states, words = fact_keys(said), statuses(said), content_words(said)

    def is_said(line: Line) -> bool:
        has_facts = {fact.key for fact in find_facts(line.text)} <= facts and statuses(line.text) <= states
        return has_facts and coverage(content_words(line.text), words) >= SAID_FROM

    return [line for line in lines if not is_said(line)]


def _tell(hear: Callable[[str], None] | None, text: str) -> None:
    if hear:
        hear(text)
