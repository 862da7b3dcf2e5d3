"""Tells whether a text is in English, by its script and its function words. A guess, made to be cautious."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

ENGLISH = "English"

_ADDRESS = re.compile(r"\S+[@./]\S+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
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
_FOREIGN_LETTER = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")
_KANA_SHARE, _SCRIPT_SHARE = 0.1, 0.5


class LanguageGuess:
    """Knows languages by words that are frequent in them and rare in the others."""

    def __init__(self, function_words: Mapping[str, str]) -> None:
        self._languages: dict[str, list[str]] = {}
        for language, words in function_words.items():
            for word in words.split():
                self._languages.setdefault(word, []).append(language)

    def guess(self, text: str) -> str | None:
        """The language's English name; None where too little is said to tell."""
        if _FOREIGN_LETTER.search(text) and (script := _by_script(text)):
            return script
        words = set(_WORD.findall(_ADDRESS.sub(" ", text).lower()))
        found = Counter(language for word in words for language in self._languages.get(word, ()))
        if not found:
            return None
        english = found.pop(ENGLISH, 0)
        best, hits = max(found.items(), key=lambda item: item[1], default=(ENGLISH, 0))
        # One word may be a name or an exclamation; it tells only if it is no short one, with little beside it.
        if hits > english and (
            hits >= 2 or (len(words) <= 3 and len(max(words & self._languages.keys(), key=len)) > 3)
        ):
            return best
        return ENGLISH if english else None


def _by_script(text: str) -> str | None:
    letters = sum(character.isalpha() for character in text)
    for language, script in _SCRIPTS.items():
        share = _KANA_SHARE if language == "Japanese" else _SCRIPT_SHARE
        if letters and len(script.findall(text)) / letters >= share:
            return language
    return None
