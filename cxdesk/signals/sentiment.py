"""How the customer feels: VADER, corrected by what a support desk knows, confirmed by a model where that is in doubt.

Politeness and plain questions are taken out first, since VADER takes "I'd like" and "damaged?" for feelings. VADER
reads the rest, with the desk's own words; phrases that it can't see, such as "still no reply", add to its sum.
The score tells the label by two thresholds, and the confidence by how far from them it lies.

Many complaints hold no word that complains: "By now I know your hold music by heart." So where the words leave a
doubt, the message is compared with examples, if there is an embedding model; what is still in doubt goes to the
language model.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from string import punctuation
from typing import Any, Literal, NamedTuple, Self

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from cxdesk.domain import DeskError, Record, Sentiment
from cxdesk.ports import ChatMessage, Embedder, LanguageModel, Prompt
from cxdesk.settings import bundled
from cxdesk.signals.classifier import IntentClassifier
from cxdesk.signals.frustration import TREND_MESSAGES, FrustrationMeter, Trend, mood, trend
from cxdesk.signals.intent import learn_intents
from cxdesk.signals.language import ENGLISH, LanguageGuess
from cxdesk.signals.phrases import MarkSearch, PhraseSearch, plainly

Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")

Votes = Callable[[str], Mapping[str, float]]
"""Chances of the labels by the examples that a text resembles, and of `ELSEWHERE`: they sum to 1."""
ELSEWHERE = "elsewhere"
"""The label of examples that no customer wrote: posts and reviews, of which the votes know nothing."""

# The one set of thresholds, fitted on reviews and tweets. A score is -1..1; on a threshold two labels are level.
NEGATIVE_BELOW = -0.15
POSITIVE_ABOVE = 0.35
# How fast confidence grows with the distance from a threshold, and what a message that feels nothing gains.
SHARPNESS = 4.0
CALM_BONUS = 1.5
PLAIN_CONFIDENCE = 0.95
# What may be irony, or feels two things, is no more sure than this.
DOUBTFUL = 0.5
# The examples are asked below this, and then the model: above it the lexicon judges nine tenths of reviews and tweets
# rightly, and nearly all support messages.
CONFIRM_BELOW = 0.8
# What the lexicon's score weighs against the logarithms of the examples' chances.
WORDS_WEIGHT = 1.0
# What the score so far weighs against the logarithms of the model's chances; fitted on the same.
MODEL_WEIGHT = 0.7
LEXICON_WEIGHT = 2.0

LAST_MESSAGES = 5
# VADER squeezes a sum of valences x to x / sqrt(x² + 15).
_VADER_ALPHA = 15.0
_NO_FEELING = {"compound": 0.0, "pos": 0.0, "neg": 0.0}
_SUPPOSED = re.compile(r"\b(?:if|in case|when|for|about)\b", re.IGNORECASE)
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
# VADER writes emoji out in words, and its time grows with the square of the words.
MOST_EMOJI = 40
_LETTER = re.compile(r"[^\W\d_]")
_PAUSES = r"""[\s.,;!?…"'*-]*"""


class _Reading(NamedTuple):
    """What one message says. A `reason` means that it can't be judged; `doubtful` that it may mean something else."""

    label: Label = "neutral"
    score: float = 0.0
    confidence: float = 0.0
    doubtful: bool = False
    reason: str | None = None


class SentimentLexicon:
    """Judges messages without a language model; the same text always gives the same result."""

    def __init__(self, frustration_file: Path, lexicon_file: Path | None = None, votes: Votes | None = None) -> None:
        """Without a lexicon of one's own, the one that comes with the program is used; without votes, words alone."""
        lexicon = tomllib.loads((lexicon_file or bundled("resources/lexicon.toml")).read_text(encoding="utf-8"))
        self._vader = SentimentIntensityAnalyzer()
        self._vader.lexicon.update({word: float(valence) for word, valence in lexicon["words"].items()})
        self.language = LanguageGuess.load(bundled("resources/languages.toml"))
        self._frustration = FrustrationMeter(frustration_file)
        self._votes = votes
        self._compile(lexicon)

    def judge(self, text: str, earlier_texts: Sequence[str] = ()) -> Sentiment:
        """Sentiment of `text`; trend and repetition look at the customer's earlier messages, oldest first.

        What can't be told, since there are no words or they are not English, is unknown, with the reason.
        """
        earlier = [(self._read(one), self.frustration(one)) for one in earlier_texts[-TREND_MESSAGES:]]
        reading, frustration = self._read(text), self.frustration(text, earlier_texts)
        return Sentiment(
            label="unknown" if reading.reason else reading.label,
            score=round(reading.score, 3),
            confidence=round(reading.confidence, 3),
            frustration=frustration,
            trend=_trend([*earlier, (reading, frustration)]),
            reason=reading.reason,
        )

    def of_last(self, texts: Sequence[str]) -> Sentiment:
        """Sentiment of the last five of a customer's messages together, oldest first; the newest weighs most.

        The weights of n messages are 1 to n. Messages that can't be judged are left out; where none can, the
        result is unknown, with its reason.
        """
        last = texts[-LAST_MESSAGES:]
        judged = [self.judge(text, last[:place]) for place, text in enumerate(last)]
        known = [(place, one) for place, one in enumerate(judged, start=1) if one.label != "unknown"]
        if not known:
            reason = judged[-1].reason if judged else "The customer has not written yet."
            return Sentiment(label="unknown", reason=reason)
        total = sum(place for place, _ in known)
        score = sum(place * one.score for place, one in known) / total
        return Sentiment(
            label=label_of(score),
            score=round(score, 3),
            confidence=round(sum(place * one.confidence for place, one in known) / total, 3),
            frustration=round(sum(place * one.frustration for place, one in known) / total, 3),
            trend=judged[-1].trend,
        )

    def frustration(self, text: str, earlier_texts: Sequence[str] = ()) -> float:
        """0 (calm) to 1 (furious)."""
        return self._frustration.measure(text, earlier_texts)

    # ------------------------------------------------------------ one message

    def _read(self, text: str) -> _Reading:
        text = plainly(text)
        if not text:
            return _Reading(reason="The message has no text.")
        if self._plain.fullmatch(text.lower()):
            return _Reading(confidence=PLAIN_CONFIDENCE)
        language = self.language.guess(text)
        if language not in (ENGLISH, None):
            return _Reading(reason=f"The message seems to be in {language}; the lexicon knows English only.")
        reading = self._weigh(text)
        if self._votes is None or reading.confidence >= CONFIRM_BELOW or not _LETTER.search(text):
            return reading
        return _join(reading, self._votes(text))

    def _weigh(self, text: str) -> _Reading:
        _, told = self._formulas.take(text)
        phrases, rest = self._phrases.take(self._questions.sub(_without_supposition, told))
        words = self._polarity(_few_emoji(self._questions.sub(" ", rest)))
        valences = [self._valences[name] for name in phrases]
        score = _squeeze(_stretch(words["compound"]) + sum(valences))
        is_good = words["pos"] > 0 or any(valence > 0 for valence in valences)
        is_bad = words["neg"] > 0 or any(valence < 0 for valence in valences)
        is_calm = not is_good and not is_bad and (told != text or self._questions.search(text) is not None)
        confidence = max(_shares(score, CALM_BONUS if is_calm else 0.0).values())
        doubtful = (is_good and is_bad) or self._irony.search(text.lower()) is not None or self._irony_marks.any(text)
        return _Reading(label_of(score), score, min(confidence, DOUBTFUL) if doubtful else confidence, doubtful)

    def _polarity(self, text: str) -> Mapping[str, float]:
        """What VADER says; it takes ten times as long to find that a text holds none of its words, nor emoji."""
        known = self._vader.lexicon
        if text.isascii() and not any(w in known or w.strip(punctuation) in known for w in text.lower().split()):
            return _NO_FEELING
        polarity: dict[str, float] = self._vader.polarity_scores(text)
        return polarity

    def _compile(self, lexicon: dict[str, Any]) -> None:
        rules = {f"rule {number}": rule for number, rule in enumerate(lexicon["rules"])}
        self._valences = {name: float(rule["valence"]) for name, rule in rules.items()}
        self._phrases = PhraseSearch({name: rule["patterns"] for name, rule in rules.items()})
        self._irony = re.compile(rf"(?<!\w)(?:{'|'.join(lexicon['irony']['patterns'])})")
        self._irony_marks = MarkSearch({"irony": lexicon["irony"]["marks"]})
        plain = "".join(lexicon["plain"].split("\n"))
        self._plain = re.compile(rf"{_PAUSES}(?:{plain})?{_PAUSES}")
        self._formulas = PhraseSearch({"formula": [rf"(?:{formula})(?!\w)" for formula in lexicon["formulas"]]})
        begin = "".join(lexicon["questions"].split("\n"))
        self._questions = re.compile(rf"(?:^|(?<=[.!?,;:]\s))\W*{begin}[^.!?]*\?(?![?!])", re.IGNORECASE)


def _join(reading: _Reading, votes: Mapping[str, float]) -> _Reading:
    """What words and examples say together. Where the examples know nothing, the words speak for them too."""
    words = _shares(reading.score, 0.0)
    opinion = {label: math.log(votes[label] + votes[ELSEWHERE] * words[label] + 1e-4) for label in LABELS}
    label, score, confidence = _settle(opinion, pull=WORDS_WEIGHT * reading.score)
    return _Reading(label, score, min(confidence, DOUBTFUL) if reading.doubtful else confidence, reading.doubtful)


def _trend(moods: Sequence[tuple[_Reading, float]]) -> Trend:
    return trend([mood(reading.score, frustration) for reading, frustration in moods if not reading.reason])


def learn_votes(examples_in: Path, kept: Path, embedder: Embedder) -> Votes:
    """Votes of the examples in a folder, LABEL.txt with one a line, learned and kept as `learn_intents` does."""
    return partial(_chances, learn_intents([examples_in], kept, embedder))


def _chances(classifier: IntentClassifier, text: str) -> dict[str, float]:
    return {vote.name: vote.confidence for vote in classifier.predict([text])[0]}


def label_of(score: float) -> Label:
    if score <= NEGATIVE_BELOW:
        return "negative"
    return "positive" if score >= POSITIVE_ABOVE else "neutral"


class SentimentExample(Record):
    text: str
    label: Label


class SentimentPrompt(Record):
    """The texts of `prompts.toml`, section confirm_sentiment. `user` holds {message}."""

    system: str
    user: str
    examples: tuple[SentimentExample, ...] = ()

    @classmethod
    def load(cls, prompts: Path) -> Self:
        return cls.model_validate(tomllib.loads(prompts.read_text(encoding="utf-8"))["confirm_sentiment"])

    def ask(self, text: str) -> Prompt:
        """The question for a model. All but the last message is always the same, so that it is read once."""
        messages = [ChatMessage(role="system", content=self.system.strip())]
        for example in self.examples:
            messages.append(self._question(example.text))
            messages.append(ChatMessage(role="assistant", content=example.label))
        return Prompt(messages=(*messages, self._question(text)), slot="sentiment")

    def _question(self, text: str) -> ChatMessage:
        return ChatMessage(role="user", content=self.user.strip().replace("{message}", plainly(text)))


def confirm(sentiment: Sentiment, text: str, model: LanguageModel | None, prompt: SentimentPrompt) -> Sentiment:
    """Where the lexicon is in doubt, what lexicon and model say together, by one forward pass; else `sentiment`.

    If the model can't say, or there is none, `sentiment` stays as it is, and its reason says so. What was unknown,
    being in another language, is judged by the model alone. An empty text is not asked about.
    """
    if sentiment.confidence >= CONFIRM_BELOW or not text.strip():
        return sentiment
    if model is None:
        return _unconfirmed(sentiment, "There is no language model.")
    try:
        chances = model.choose(prompt.ask(text), LABELS)
    except DeskError as error:
        return _unconfirmed(sentiment, str(error))
    if set(chances) != set(LABELS) or not all(math.isfinite(chance) and chance >= 0 for chance in chances.values()):
        return _unconfirmed(sentiment, f"The model {model.name!r} gave no usable chances of the labels.")
    return _combine(sentiment, chances)


def warm_confirmation(model: LanguageModel, prompt: SentimentPrompt) -> None:
    """Have the model read the part of the prompt that never changes, so that the first doubt does not wait for it.

    Meant for the background. A model that can't answer is left alone: `confirm` will say so when it matters.
    """
    with suppress(DeskError):
        model.choose(prompt.ask("Hello"), LABELS)


def _unconfirmed(sentiment: Sentiment, why: str) -> Sentiment:
    reason = f"{sentiment.reason} {why}" if sentiment.reason else f"In doubt, and not confirmed: {why}"
    return sentiment.model_copy(update={"reason": reason})


def _combine(sentiment: Sentiment, chances: dict[str, float]) -> Sentiment:
    opinion = {label: MODEL_WEIGHT * math.log(max(chances[label], 1e-9)) for label in LABELS}
    label, score, confidence = _settle(opinion, pull=LEXICON_WEIGHT * sentiment.score)
    return sentiment.model_copy(
        update={
            "label": label,
            "score": round(score, 3),
            "confidence": round(confidence, 3),
            "method": "confirmed",
        }
    )


def _settle(opinion: dict[Label, float], *, pull: float) -> tuple[Label, float, float]:
    """Label, score and confidence: a product of experts, in which `pull` is what a score adds to an opinion."""
    shares = _softmax(
        {
            "negative": opinion["negative"] - pull,
            "neutral": opinion["neutral"],
            "positive": opinion["positive"] + pull,
        }
    )
    label = max(LABELS, key=lambda name: shares[name])
    return label, shares["positive"] - shares["negative"], shares[label]


def _shares(score: float, calm: float) -> dict[Label, float]:
    """Chances of the labels, level on the thresholds. `calm` is what speaks for neutral besides the score."""
    return _softmax(
        {
            "negative": SHARPNESS * (NEGATIVE_BELOW - score),
            "neutral": calm,
            "positive": SHARPNESS * (score - POSITIVE_ABOVE),
        }
    )


def _softmax(logits: dict[Label, float]) -> dict[Label, float]:
    top = max(logits.values())
    weights = {label: math.exp(logit - top) for label, logit in logits.items()}
    total = sum(weights.values())
    return {label: weight / total for label, weight in weights.items()}


def _without_supposition(question: re.Match[str]) -> str:
    """ "What if it does not fit?" has no trouble yet; "Why is it still not here?" has."""
    return " " if _SUPPOSED.search(question[0]) else question[0]


def _few_emoji(text: str) -> str:
    ends = [match.end() for match in _EMOJI.finditer(text)]
    if len(ends) <= MOST_EMOJI:
        return text
    cut = ends[MOST_EMOJI]
    return text[:cut] + _EMOJI.sub("", text[cut:])


def _squeeze(total: float) -> float:
    return total / math.sqrt(total * total + _VADER_ALPHA)


def _stretch(score: float) -> float:
    """The sum of valences that VADER squeezed to `score`."""
    score = max(-0.999, min(0.999, score))
    return score * math.sqrt(_VADER_ALPHA / (1 - score * score))
