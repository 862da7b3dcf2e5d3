"""Composing: the model puts the brief in a tone; code decides what of it may be read by the customer.

What a customer sees is released sentence by sentence, each after grounding; a faulty sentence is left out. When
the rest does not say all that the brief says, the try is thrown away and made once more with its faults named;
after that, or when something was released already, the brief's own lines say what is still missing. So a weak
model costs grace, never truth.

What was said before is read again where the context has room. The draft, with every line of policy, is never
cut: when it does not fit beside nothing but the instructions, the brief speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from cxdesk.agent.brief_parts import Brief, Line
from cxdesk.agent.evidence import Group
from cxdesk.agent.facts import Fact, fact_keys, statuses
from cxdesk.agent.ground import Check, Sources, check_sentence, without_answer
from cxdesk.agent.history import AROUND_A_MESSAGE, History, PastTurn, fit
from cxdesk.agent.mentions import mentions, plain_words
from cxdesk.agent.senses import RULES_ALONE, Senses
from cxdesk.agent.sentences import Sentence, coverage, split_sentences
from cxdesk.domain import DeskError, Grounding, Invalid, Record, Unavailable
from cxdesk.ports import ChatMessage, LanguageModel, Metered, ModelUse, Prompt

MODEL_FAILED = "the model failed: "
"""Begins the rejected try of a run whose model failed; why follows."""
DOES_NOT_FIT = "the draft does not fit into the model's context"
# Room for the faults that a second try is told, in tokens, and how many it is told.
FAULTS_ROOM, FAULTS_TOLD = 120, 3
# Share of the context's free room that what was said before may take.
HISTORY_SHARE = 0.5
# Share of a brief line's words that a reply must have to have said it.
SAID_FROM = 0.6
# The same where the line's facts were said.
SAID_FROM_WITH_FACTS = 0.45


class ComposePrompt(Record):
    """The texts of `prompts.toml`, section compose."""

    system: str
    user: str
    again: str
    style: str = ""
    about: str = ""


@dataclass
class Listener:
    """Who hears of a turn while it runs. `on_token` is for staff; `on_sentence` may be shown to a customer."""

    on_token: Callable[[str], None] | None = None
    on_sentence: Callable[[str], None] | None = None
    on_retry: Callable[[], None] | None = None
    cancel: Event = field(default_factory=Event)


class Composition(Record):
    """A reply. `prompted` is what the model read as this turn's own message, to be read again the same in later turns;
    `left_out` says in words what did not fit into its context. Both are empty when no model was asked.
    """

    text: str
    grounding: Grounding
    prompted: str = ""
    left_out: tuple[str, ...] = ()
    use: ModelUse | None = None


class Checker:
    """Checks sentences of replies to one message against what it is answered from, none of them twice."""

    def __init__(
        self, message: str, brief: Brief, evidence: Sequence[Group], senses: Callable[[], Senses] = lambda: RULES_ALONE
    ) -> None:
        self.message = message
        self.brief = brief
        self._sources = Sources(evidence, senses)
        self._known: dict[tuple[str, str, str], Check] = {}

    def check(self, text: str, *, said: str, message: str) -> Check:
        """Check a sentence where it would stand in a reply: right after `said`."""
        key = (text, said, message)
        if key not in self._known:
            placed = Sentence(text, len(said), len(said) + len(text))
            self._known[key] = check_sentence(
                placed, self._sources, brief_text=self.brief.text, customer_text=message, said=said
            )
        return self._known[key]

    def check_reply(self, reply: str) -> list[tuple[Sentence, Check]]:
        """The last look at a whole reply. Lines that code wrote without stating anything of the shop need no source."""
        own = [line.text for line in self.brief.lines if not line.supports]
        spoken = {sentence.text for text in own for sentence in split_sentences(text)}
        return [
            (
                sentence,
                Check()
                if sentence.text in spoken
                else self.check(sentence.text, said=reply[: sentence.start], message=self.message),
            )
            for sentence in split_sentences(reply)
        ]


@dataclass
class Composer:
    """Phrases one brief. `outbound` tells why a sentence may not leave the desk; empty when it may.

    `past` are the conversation's earlier turns, oldest first, and `who` its customer in a few words. `about` is what is
    remembered of them: it is told to the model and supports nothing that the reply states.
    """

    model: LanguageModel
    prompt: ComposePrompt
    guidance: str
    max_tokens: int
    outbound: Callable[[str], list[str]]
    past: Sequence[PastTurn] = ()
    who: str = ""
    about: Sequence[str] = ()

    def compose(
        self, checker: Checker, *, slot: str, listener: Listener, first_token: Callable[[], None]
    ) -> Composition:
        """The reply to the checker's message. A model that fails is asked once more, then the brief speaks."""
        style = self.prompt.style.format(guidance=self.guidance)
        asked = self.prompt.user.format(draft=checker.brief.text).strip()
        about = self.prompt.about.format(lines="\n".join(f"- {line}" for line in self.about)) if self.about else ""
        try:
            history = self._history(style + about + asked)
        except (Unavailable, Invalid) as error:
            told = DOES_NOT_FIT if isinstance(error, Invalid) else f"{MODEL_FAILED}{error}"
            return from_brief(checker, listener, rejected=[told])
        if not any(about in turn.asked for turn in history.turns):
            asked = about + asked
        if not any(turn.asked.startswith(style) for turn in history.turns):
            asked = style + asked
        written = self._written(asked, history, checker, slot, listener, first_token)
        use = self.model.used(slot) if isinstance(self.model, Metered) else None
        return written.model_copy(update={"prompted": asked, "left_out": _left_out(history), "use": use})

    def _written(
        self,
        asked: str,
        history: History,
        checker: Checker,
        slot: str,
        listener: Listener,
        first_token: Callable[[], None],
    ) -> Composition:
        lines = checker.brief.lines
        rejected: list[str] = []
        for attempt in range(2):
            prompt = self._prompt(asked, history, rejected, slot)
            kept, faults = self._attempt(prompt, checker, listener, first_token)
            missing = _unsaid(lines, kept)
            if kept and not missing:
                return _finished(kept, checker, [*rejected, *faults], retried=attempt > 0)
            rejected += faults or [f"{line.text!r} was left out" for line in missing]
            if kept and listener.on_sentence:
                break
            if attempt == 0 and listener.on_retry:
                listener.on_retry()
        kept = kept if listener.on_sentence else []
        added = _unsaid(lines, kept) if kept else list(lines)
        for line in added:
            _tell(listener.on_sentence, line.text)
        texts = [*kept, *(line.text for line in added)]
        return _finished(texts, checker, rejected, retried=True, used_brief=True)

    def _attempt(
        self, prompt: Prompt, checker: Checker, listener: Listener, first_token: Callable[[], None]
    ) -> tuple[list[str], list[str]]:
        """Sentences that passed, and the faults of those that did not."""
        kept: list[str] = []
        faults: list[str] = []
        try:
            for sentence in stream_sentences(self._tokens(prompt, listener, first_token)):
                bare = without_answer(sentence, checker.brief.text)
                # What was a yes to the question may not lean on the question's words.
                asked = checker.message if bare is sentence else ""
                check = checker.check(bare.text, said="".join(f"{text} " for text in kept), message=asked)
                if wrong := [*check.faults, *self.outbound(" ".join([*kept, bare.text]))]:
                    faults += wrong
                    continue
                kept.append(bare.text)
                _tell(listener.on_sentence, bare.text)
        except (Unavailable, Invalid) as error:  # Invalid: a prompt that does not fit this model's context
            return kept, [*faults, f"{MODEL_FAILED}{error}"]
        return kept, faults if kept or faults else ["the reply was empty"]

    def _tokens(self, prompt: Prompt, listener: Listener, first_token: Callable[[], None]) -> Iterator[str]:
        begun = False
        for piece in self.model.stream(prompt, max_tokens=self.max_tokens, cancel=listener.cancel):
            if not begun:
                first_token()
                begun = True
            _tell(listener.on_token, piece)
            yield piece

    def _history(self, asked: str) -> History:
        """What was said before, as far as it fits. Raises `Invalid` when not even the draft does."""
        count = self.model.count_tokens
        fixed = self.max_tokens + count(self.prompt.system.strip()) + 2 * AROUND_A_MESSAGE + FAULTS_ROOM
        free = self.model.context_tokens - fixed
        left = free - count(asked)
        if left < 0:
            raise Invalid(DOES_NOT_FIT)
        return fit(self.past, min(int(free * HISTORY_SHARE), left), count, self.who)

    def _prompt(self, asked: str, history: History, rejected: Sequence[str], slot: str) -> Prompt:
        if faults := [each for each in rejected if not each.startswith(MODEL_FAILED)]:
            asked += self.prompt.again.format(faults="; ".join(faults[:FAULTS_TOLD]))
        system = ChatMessage(role="system", content=self.prompt.system.strip())
        return Prompt(messages=(system, *history.messages_before(asked)), slot=slot)


def opening(prompt: ComposePrompt, guidance: str) -> Prompt:
    """What the first reply of a conversation begins with, whatever it is about: read once, it is kept."""
    asked = prompt.style.format(guidance=guidance) + prompt.user.format(draft="").strip()
    messages = (ChatMessage(role="system", content=prompt.system.strip()), ChatMessage(role="user", content=asked))
    return Prompt(messages=messages, slot="opening")


def warm_composing(model: LanguageModel, prompt: ComposePrompt, guidance: str) -> None:
    """Have the model read what never changes, so that the first reply does not wait for it.

    Meant for the background. Nothing is written, and nothing leaves this PC: only what is chosen from is asked.
    """
    with suppress(DeskError):
        model.choose(opening(prompt, guidance), ["Hello"])


def from_brief(checker: Checker, listener: Listener, rejected: Sequence[str] = ()) -> Composition:
    """The brief itself as the reply, checked like any other. `rejected` says why no model phrased it, if one should."""
    texts = [line.text for line in checker.brief.lines]
    for text in texts:
        _tell(listener.on_sentence, text)
    return _finished(texts, checker, rejected, used_brief=True)


def _left_out(history: History) -> tuple[str, ...]:
    if not history.left_out:
        return ()
    turns = "1 earlier turn" if history.left_out == 1 else f"{history.left_out} earlier turns"
    return (f"{turns}{', summarised' if history.summary else ''}",)


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
    texts: Sequence[str], checker: Checker, rejected: Sequence[str], *, retried: bool = False, used_brief: bool = False
) -> Composition:
    reply = " ".join(texts)
    checks = checker.check_reply(reply)
    grounding = Grounding(
        supported=sum(check.facts for _, check in checks if not check.faults),
        unsupported=tuple(fault for _, check in checks for fault in check.faults),
        rejected=tuple(rejected),
        retried=retried,
        used_brief=used_brief,
        sentences=tuple(support for _, check in checks for support in check.supports),
    )
    return Composition(text=reply, grounding=grounding)


def _unsaid(lines: Sequence[Line], kept: Sequence[str]) -> list[Line]:
    """The brief's lines whose facts or sense the reply does not have."""
    said = " ".join(kept)
    keys, states, words = fact_keys(said), statuses(said), plain_words(said)

    def is_said(line: Line) -> bool:
        told = mentions(line.text)
        facts = {mention.fact.key for mention in told if mention.fact.kind != "state"}
        has_states = all(_state(m.fact) in states for m in told if m.asserted)
        enough = SAID_FROM_WITH_FACTS if facts else SAID_FROM
        return facts <= keys and has_states and coverage(plain_words(line.text), words) >= enough

    return [line for line in lines if not is_said(line)]


def _state(fact: Fact) -> str:
    return fact.key.removeprefix("state:").replace(" ", "_")


def _tell(hear: Callable[[str], None] | None, text: str) -> None:
    if hear:
        hear(text)
