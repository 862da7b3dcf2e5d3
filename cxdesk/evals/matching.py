"""How texts are matched in case files: no regard to case, on word boundaries, dashes and thousands alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DASHES = re.compile(r"[‐‑‒–—−]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


def says(text: str, wanted: str) -> bool:
    """Whether `text` has `wanted` as whole words."""
    needle = re.escape(_normal(wanted))
    return re.search(rf"(?<!\w){needle}(?!\w)", _normal(text)) is not None


def missing_from(
    text: str, contains: Sequence[str], any_of: Sequence[Sequence[str]], absent: Sequence[str]
) -> list[str]:
    """What is wrong with a text, in words; empty when all is as wanted."""
    problems = [f"{wanted!r} is missing" for wanted in contains if not says(text, wanted)]
    problems += [f"none of {list(words)} is there" for words in any_of if not any(says(text, word) for word in words)]
    return problems + [f"{unwanted!r} is there" for unwanted in absent if says(text, unwanted)]


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", _THOUSANDS.sub("", _DASHES.sub("-", text.replace("’", "'")))).lower()
