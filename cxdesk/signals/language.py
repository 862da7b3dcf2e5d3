"""Tells whether a text is in English, by its script, its words and its letters. A guess, made to be cautious.

A wrong "not English" would turn an answerable customer away, a missed one only gets no answer; so a single foreign
word counts only where little stands beside it, and English words weigh against all others.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

ENGLISH = "English"
NOT_ENGLISH = "not_english"

_ADDRESS = re.compile(r"(?<!\S)[^\s@./]+[@./]\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# The first that has half of the letters; Japanese before Chinese, whose signs it shares.
_SCRIPTS = {
    "Japanese": re.compile(r"[\u3040-\u30ff]"),
    "Chinese": re.compile(r"[\u3400-\u9fff]"),
    "Korean": re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"),
    "Arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Russian or a relative": re.compile(r"[\u0400-\u04ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Hindi or a relative": re.compile(r"[\u0900-\u097f]"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]"),
}
_FOREIGN_LETTER = re.compile(r"[\u0370-\u1dff\u3040-\ud7af]")
_KANA_SHARE, _SCRIPT_SHARE = 0.1, 0.5
# A word of a language, and a letter of its own in a word that is not known: a name may have one.
_WORD_WEIGHT, _LETTER_WEIGHT = 1.0, 0.6
# 'a', 'so' and 'am' are English, and much else.
_ANYWHERE, _ANYWHERE_WEIGHT = frozenset("a am so no me do on in he an as at".split()), 0.5
_ENOUGH = 1.5
_MORE_THAN_A_NAME, _SHORT_SIGN, _UNSEEN = 3, 3, 0.5
_PARTICLES = frozenset(
    "de da di do dos das du van von der den del della la las los le les el ter ten zu y e ai ya mi al mia todo".split()
)


class LanguageGuess:
    """Knows languages by words that are frequent in them, and words that it does not know by their spelling.

    `english_words` are more English words, to learn from how English is spelt.
    """

    def __init__(
        self,
        function_words: Mapping[str, str],
        letters: Mapping[str, str] | None = None,
        english_words: Iterable[str] = (),
    ) -> None:
        languages: dict[str, list[str]] = defaultdict(list)
        for language, words in function_words.items():
            for word in dict.fromkeys(words.split()):
                languages[word].append(language)
        self._languages = {word: [ENGLISH] if ENGLISH in spoken else spoken for word, spoken in languages.items()}
        self._letters = {letter: language for language, own in (letters or {}).items() for letter in own}
        english = {word for word, spoken in self._languages.items() if ENGLISH in spoken}
        self._spelling = Spelling({*english, *english_words}, self._languages.keys() - english)

    @classmethod
    def load(cls, file: Path) -> Self:
        """From a TOML file with the tables `words` and `letters`, by language."""
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # its 7,500 words are English

        known = tomllib.loads(file.read_text(encoding="utf-8"))
        english = (word for word in SentimentIntensityAnalyzer().lexicon if word.isalpha() and word.isascii())
        return cls(known["words"], known["letters"], english)

    def flags(self, text: str) -> tuple[str, ...]:
        """`not_english` where the text surely is in another language."""
        return () if self.guess(text) in (ENGLISH, None) else (NOT_ENGLISH,)

    def guess(self, text: str) -> str | None:
        """The language's English name; None where too little is said to tell."""
        if _FOREIGN_LETTER.search(text) and (script := _by_script(text)):
            return script
        written = _WORD.findall(_ADDRESS.sub(" ", text).replace("’", "'"))
        words = dict.fromkeys(word.lower() for word in written)  # unlike a set, always in the same order
        weights = self._weigh(words)
        english = weights.pop(ENGLISH, 0.0)
        best = max(weights, key=lambda language: weights[language], default=ENGLISH)
        weight = weights.get(best, 0.0)
        if weight > english and (weight >= _ENOUGH or self._is_foreign(words)):
            return best
        return ENGLISH if english else None

    def _is_foreign(self, words: Mapping[str, None]) -> bool:
        """Whether one sign of a language tells it: a word that is part of no name, beside words spelt as abroad."""
        unknown = [word for word in words if word not in self._languages]
        known = [word for word in words if word in self._languages and word not in _PARTICLES]
        telling = [word for word in known if len(word) > _SHORT_SIGN and self._languages[word] != [ENGLISH]]
        letters = any(not word.isascii() for word in unknown)
        oddness = sum(map(self._spelling.oddness, unknown))
        return bool(telling or (letters and len(unknown) >= _MORE_THAN_A_NAME)) and (oddness > 0 or not unknown)

    def _weigh(self, words: Iterable[str]) -> dict[str, float]:
        weights: dict[str, float] = defaultdict(float)
        for word in words:
            if languages := self._languages.get(word):
                for language in languages:
                    weights[language] += _ANYWHERE_WEIGHT if word in _ANYWHERE else _WORD_WEIGHT
            elif not word.isascii():
                for language in dict.fromkeys(self._letters[letter] for letter in word if letter in self._letters):
                    weights[language] += _LETTER_WEIGHT
        return weights


class Spelling:
    """How words of English and of other languages are spelt, by their stretches of three letters."""

    def __init__(self, english: Iterable[str], foreign: Iterable[str]) -> None:
        at_home, abroad = (Counter(t for word in words for t in _trigrams(word)) for words in (english, foreign))
        total_abroad, total_at_home = abroad.total() + 1, at_home.total() + 1
        self._odds = {
            t: math.log((abroad[t] + 0.5) / total_abroad) - math.log((at_home[t] + 0.5) / total_at_home)
            for t in at_home.keys() | abroad.keys()
        }

    def oddness(self, word: str) -> float:
        """Above 0 where a word looks foreign, below where it looks English: log odds, per letter."""
        trigrams = _trigrams(word)
        return sum(self._odds.get(t, _UNSEEN) for t in trigrams) / len(trigrams)


def _trigrams(word: str) -> list[str]:
    marked = f"^{word}$"
    return [marked[place : place + 3] for place in range(len(marked) - 2)]


def _by_script(text: str) -> str | None:
    letters = sum(character.isalpha() for character in text)
    for language, script in _SCRIPTS.items():
        share = _KANA_SHARE if language == "Japanese" else _SCRIPT_SHARE
        if letters and len(script.findall(text)) / letters >= share:
            return language
    return None
