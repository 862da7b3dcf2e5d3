"""How the texts begin that a pattern matches: a look there tells which of many patterns are worth a try."""

from __future__ import annotations

import re
from collections.abc import Iterator

LENGTH = 3
_ANYTHING = "\0"
_PART = re.compile(r"(?P<what>\(\?(?::|<?[=!])|\\.|\[\^?(?:\\.|[^\]\\])+\]|[^(])(?P<times>[?*+]|\{[^}]*\})?", re.DOTALL)
_TAKES_NO_ROOM = frozenset((r"\b", r"\B", "^", "$"))
_DIGITS = frozenset("0123456789")


def openings(pattern: str) -> frozenset[str]:
    """The first three characters of all ASCII texts that `pattern` matches; fewer where these end or vary.

    `pattern` has no capturing groups and no flags.
    """
    parts = ((part["what"], part["times"] or "") for part in _PART.finditer(pattern))
    return frozenset(opening.removesuffix(_ANYTHING) for opening in _of_group(parts)[0])


def _of_group(parts: Iterator[tuple[str, str]]) -> tuple[set[str], str]:
    """The openings up to the end of a group, and how often it may stand."""
    complete, begun = set[str](), {""}
    for what, times in parts:
        if what == ")":
            return complete | begun, times
        if what == "|":
            complete, begun = complete | begun, {""}
            continue
        following = _of_part(what)
        if what.startswith("(?"):
            group, times = _of_group(parts)
            following = group if what == "(?:" else {""}
        begun = {_joined(before, after) for before in begun for after in _repeated(following, times)}
    return complete | begun, ""


def _of_part(what: str) -> set[str]:
    if what in _TAKES_NO_ROOM:
        return {""}
    if what == r"\d":
        return set(_DIGITS)
    if what == "." or what.startswith("[") or (what.startswith("\\") and what[1].isalnum()):
        return {_ANYTHING}
    return {what[-1]}


def _repeated(openings: set[str], times: str) -> set[str]:
    more = openings if times in ("", "?") else {_joined(opening, _ANYTHING) for opening in openings}
    return more | {""} if times == "?" or times == "*" or times.startswith(("{0", "{,")) else more


def _joined(before: str, after: str) -> str:
    return before if before.endswith(_ANYTHING) else (before + after)[:LENGTH]
