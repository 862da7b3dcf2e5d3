"""Which words of a question and of a document mean the same.

Words count by their stems, and those that mean the same to a shop's customers ('money back', 'refund') count as
one. What means the same stands in `resources/answers.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cxdesk.agent.sentences import content_words, stem

_GAP = r"((?:\W+\w+){0,3}?)\W+"
_REMEMBERED = 8192


class Vocabulary:
    """Reads the words that carry meaning, one for all that mean the same. Immutable; safe on several threads."""

    def __init__(self, groups: Iterable[str]) -> None:
        """From lines of words and phrases that mean the same, separated by commas; the first stands for all."""
        self._one_for: dict[str, str] = {}
        phrases: dict[str, str] = {}
        parted: list[tuple[re.Pattern[str], str]] = []
        for group in groups:
            terms = [term.strip().lower() for term in group.split(",")]
            chosen = re.sub(r"\W", "", terms[0])
            for term in terms:
                if term.isalpha():
                    self._one_for.setdefault(stem(term), stem(chosen))
                else:
                    phrases[term] = chosen
                if "..." in term:
                    parted.append((_pattern(term), rf"{terms[0]}\1"))
        self._phrases = [(_pattern(term), chosen) for term, chosen in sorted(phrases.items(), key=_longest_first)]
        self._parted = parted
        self.words = lru_cache(_REMEMBERED)(self._words)

    def in_one_word(self, text: str) -> str:
        """The text with one word for each verb in parts: 'return the blue one' for 'send the blue one back'."""
        for pattern, replacement in self._parted:
            text = pattern.sub(replacement, text)
        return text

    def _words(self, text: str) -> frozenset[str]:
        """The words of `text` that carry meaning."""
        for pattern, chosen in self._phrases:
            text = pattern.sub(chosen, text)
        return frozenset(self._one_for.get(word, word) for word in content_words(text))


def _pattern(term: str) -> re.Pattern[str]:
    before, *after = (r"\s+".join(map(re.escape, part.split())) for part in term.split("..."))
    return re.compile(rf"\b{_GAP.join([before, *after])}s?\b", re.IGNORECASE)


def _longest_first(item: tuple[str, str]) -> int:
    return -len(item[0])
