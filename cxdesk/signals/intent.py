"""What the customer wants: a message is cut into requests, and each gets an intent.

The shop's patterns speak first, where they are certain: an order's id beside 'where', a plain wish for a human.
Everything else is judged by resemblance to examples. Patterns, kinds and coarser sets stand in intents.toml, the
examples in intents/NAME.txt, one a line; a shop may add its own files of both kinds beside its data.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cxdesk.access import Access
from cxdesk.domain import IntentScore, Invalid
from cxdesk.ports import Embedder
from cxdesk.signals.classifier import OOS, IntentClassifier, examples_key

Kind = Literal["order", "account", "action", "open", "talk"]

# A new wish begins after a sentence, or after "and"/"also" when a verb or a question word follows.
_CLAUSE = re.compile(
    r"(?<=[.?!])\s+|\n+|;\s+|,?\s+(?:and|also|plus|oh)\s+(?:also\s+|then\s+)?"
    r"(?=(?:can|could|do|does|is|are|how|what|what's|when|where|where's|which|who|will|would|please|i want|i'd like|"
    r"i need|tell me|show me|list|cancel)\b)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"#\w*\d|\b(?:my|mine|our|its?)\b", re.IGNORECASE)
# 'Can you change it?' wishes; 'Can you tell me how I change it?' asks.
_REQUEST = re.compile(r"\b(?:can|could|would|will) you\b|\bplease\b", re.IGNORECASE)
_ABOUT_RULES = re.compile(r"\b(?:tell|explain|know|how|what|when|which|why|whether|if|until)\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_CERTAIN = 0.9
_LIKELY = 0.7
_GUESS = 0.3
# Below this the best guess of the classifier was wrong about as often as right, so nothing is claimed.
_UNSURE = 0.3

OTHER = "other"
QUESTION = "question"
OUT_OF_SCOPE = "out_of_scope"
WISH_FOR_HUMAN = "wish_for_human"

Best = Sequence[IntentScore]


class _Rule(NamedTuple):
    name: str
    kind: Kind
    certain: bool
    patterns: list[re.Pattern[str]]
    unless: list[re.Pattern[str]]
    coarse: Mapping[str, str]

    def fits(self, text: str) -> bool:
        return _any(self.patterns, text) and not _any(self.unless, text)


class IntentRules:
    """Patterns in order: special wishes first, the general question last."""

    def __init__(self, file: Path) -> None:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        self._rules = [
            _Rule(
                name=entry["name"],
                kind=entry["kind"],
                certain=entry.get("certain", True),
                patterns=_compiled(entry.get("patterns", [])),
                unless=_compiled(entry.get("unless", [])),
                coarse={name: entry[name] for name in tables["sets"]},
            )
            for entry in tables["intent"]
        ]
        self._by_name = {rule.name: rule for rule in self._rules}
        self.sets: dict[str, tuple[str, ...]] = {name: tuple(labels) for name, labels in tables["sets"].items()}

    def judge(self, text: str) -> IntentScore:
        plain = text.replace("’", "'")
        for rule in self._rules:
            if rule.fits(plain):
                return IntentScore(name=rule.name, confidence=_CERTAIN if rule.certain else _LIKELY)
        return IntentScore(name=OTHER, confidence=_GUESS)

    def allows(self, intent: str, text: str) -> bool:
        """Whether the text may be this intent: 'How do I return it?' only asks about it."""
        rule = self._by_name.get(intent)
        return rule is None or not _any(rule.unless, text.replace("’", "'"))

    def kind(self, intent: str) -> Kind:
        rule = self._by_name.get(intent)
        return rule.kind if rule else "open"

    def coarse(self, intent: str, name: str) -> str:
        """The intent's label in a coarser set; an intent that the file does not know goes with the questions."""
        return self._by_name.get(intent, self._by_name[QUESTION]).coarse[name]


class Intents:
    """Judges texts by patterns where they are certain, by the classifier elsewhere.

    Without a classifier, for want of an embedding model, the patterns decide alone.
    """

    def __init__(self, rules: IntentRules, classifier: IntentClassifier | None = None) -> None:
        self._rules = rules
        self._classifier = classifier

    def asks(self, text: str) -> bool:
        """Whether the text asks, wishes or greets in so many words; all else tells something."""
        return self._rules.judge(text).name != OTHER

    def judge(self, text: str) -> IntentScore:
        return self.judge_all([text])[0]

    def judge_all(self, texts: Sequence[str]) -> list[IntentScore]:
        """One intent a text. The texts that no pattern settles are embedded in one call."""
        judged = [self._rules.judge(text) for text in texts]
        if self._classifier is None:
            return judged
        # Only letters tell a wish: a smiley or a number alone resembles nothing.
        doubtful = [n for n, score in enumerate(judged) if score.confidence < _CERTAIN and _LETTER.search(texts[n])]
        for n, ranked in zip(doubtful, self._classifier.predict([texts[n] for n in doubtful]), strict=True):
            decided = self._decide(texts[n], ranked)
            if self._outweighs(decided, judged[n], texts[n]):
                judged[n] = decided
        return judged

    def _outweighs(self, learned: IntentScore, ruled: IntentScore, text: str) -> bool:
        """Whether what the examples say stands above what an uncertain pattern says."""
        if ruled.name == OTHER:
            return True
        if ruled.name == QUESTION:
            return learned.name != OTHER and self._may_be_more(learned.name, text)
        # 'How much is a repair?' asks for a price; only 'how much was it?' can be about an order of theirs.
        may_be = self.kind(learned.name) not in ("order", "account") or self._may_be_more(learned.name, text)
        return learned.confidence > ruled.confidence and may_be

    def _may_be_more(self, intent: str, text: str) -> bool:
        """Whether what reads like a question is this wish: asking about cancelling is not wishing to cancel."""
        match self.kind(intent):
            case "action":
                return _REQUEST.search(text) is not None and not _ABOUT_RULES.search(text)
            case "order" | "account":
                return _PERSONAL.search(text) is not None
            case "talk":
                return intent == WISH_FOR_HUMAN
            case _:
                return True

    def kind(self, intent: str) -> Kind:
        """What answering the intent needs: order, account, action, open or talk."""
        return self._rules.kind(intent)

    def coarse(self, intent: str, name: str) -> str:
        return self._rules.coarse(intent, name)

    @property
    def sets(self) -> Mapping[str, tuple[str, ...]]:
        """The coarser sets and their labels."""
        return self._rules.sets

    def _decide(self, text: str, ranked: Best) -> IntentScore:
        best = next(score for score in ranked if self._rules.allows(score.name, text))
        if best.confidence < _UNSURE:
            return IntentScore(name=OTHER, confidence=best.confidence)
        return best.model_copy(update={"name": OUT_OF_SCOPE}) if best.name == OOS else best


class IntentExamples:
    """The examples that come with the program, and those that a shop adds: `own`/NAME.txt, one a line."""

    def __init__(self, bundled: Path, own: Path, changed: Callable[[], None], access: Access | None = None) -> None:
        self._access = access or Access()
        self.bundled = bundled
        self.own = own
        self._changed = changed

    def counts(self) -> dict[str, int]:
        """How many examples each intent has."""
        return Counter(intent for _, intent in _read_examples([self.bundled, self.own]))

    def add(self, intent: str, text: str) -> None:
        """Add an example to an intent that exists; the next message is judged with it.

        Raises `Invalid` for another intent, for a text without a word or of several lines, or one that is known.
        """
        self._access.need("documents")
        known = list(_read_examples([self.bundled, self.own]))
        if intent not in {name for _, name in known}:
            names = ", ".join(sorted({name for _, name in known}))
            raise Invalid(f"There is no intent {intent!r}. Choose one of: {names}.")
        example = text.strip()
        if not _LETTER.search(example) or "\n" in example:
            raise Invalid("An example is one line with words, as a customer would write it.")
        if owner := dict(known).get(example):
            raise Invalid(f"This example is known already, for {owner!r}. Write another one.")
        self.own.mkdir(exist_ok=True)
        with (self.own / f"{intent}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{example}\n")
        self._changed()

    def forget(self, texts: Sequence[str]) -> int:
        """Take the shop's own examples out that say what one of these texts says; how many there were."""
        told, count = "\n".join(texts).casefold(), 0
        for file in sorted(self.own.glob("*.txt")):
            lines = file.read_text(encoding="utf-8-sig").splitlines()
            kept = [line for line in lines if not line.strip() or line.strip().casefold() not in told]
            if kept != lines:
                file.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
                count += len(lines) - len(kept)
        if count:
            self.own.with_suffix(".npz").unlink(missing_ok=True)  # what was learned from them holds their texts
            self._changed()
        return count


def learn_intents(
    folders: Sequence[Path], kept: Path, embedder: Embedder, *, known: Mapping[str, NDArray[np.float32]] | None = None
) -> IntentClassifier:
    """The classifier for the examples of all folders, from the file `kept` where that is up to date.

    Else it is fitted, embedding only examples that are neither in it nor `known`, and kept. Call it again after
    staff added examples, and use what it returns: nothing needs a restart. Raises `Invalid` when a file can't be read.
    """
    examples = list(_read_examples(folders))
    texts, labels = [text for text, _ in examples], [label for _, label in examples]
    before = IntentClassifier.load(kept, embedder)
    if before and before.key == examples_key(texts, labels, embedder.name):
        return before
    vectors = {**(known or {}), **(before.known_vectors() if before else {})}
    fitted = IntentClassifier.fit(texts, labels, _Remembering(embedder, vectors)).with_embedder(embedder)
    with suppress(OSError):  # a folder that can't be written to costs time at the next start, nothing else
        fitted.save(kept)
    return fitted


def split_clauses(text: str) -> list[str]:
    """The parts of a message that may carry a wish of their own; never empty for a text that is not."""
    parts = [part.strip(" ,") for part in _CLAUSE.split(text)]
    return [part for part in parts if any(c.isalnum() for c in part)] or [text]


class _Remembering:
    """An embedder that asks another one only for texts whose vectors are not known."""

    def __init__(self, embedder: Embedder, known: Mapping[str, NDArray[np.float32]]) -> None:
        self._embedder = embedder
        self._known = known

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        vectors = dict(self._known) | dict(zip(new, self._embedder.embed(new), strict=True))
        return np.array([vectors[text] for text in texts], dtype=np.float32)


def _read_examples(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Each example once, with its intent: the file's name."""
    seen: set[tuple[str, str]] = set()
    for file in (file for folder in folders for file in sorted(folder.glob("*.txt"))):
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid(f"The examples in {str(file)!r} can't be read: give a UTF-8 file, one a line.") from error
        for example in ((line.strip(), file.stem) for line in lines if line.strip()):
            if example not in seen:
                seen.add(example)
                yield example


def _any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _compiled(patterns: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
