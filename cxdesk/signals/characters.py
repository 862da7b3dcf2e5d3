"""Characters that nobody sees, and addresses that are not what they seem."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n|[\r\u2028\u2029\u0085\v\f]")
# Everything that may need a look: one search tells that most texts need none.
_ODD = re.compile(
    r"[^\n\t -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u052f\u0531-\u058f\u05be-\u05f4\u0620-\u064a\u3041-\u3096\u30a1-\u30fa"
    r"\u4e00-\u9fff\uac00-\ud7a3‐-‟†-‧…₠-⃀™]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f")  # England, Scotland, ...
_UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_MARKS_IN_A_ROW = 4  # more on one letter than any script writes: the text then covers its neighbours


def printable(text: str) -> str:
    """Without control and invisible characters; line breaks, joined emoji and joiners that a script needs stay."""
    text = with_newlines(text)
    if not _ODD.search(text):
        return text
    text = unicodedata.normalize("NFC", text)
    flags = [match.span() for match in _FLAG.finditer(text)]
    kept: list[str] = []
    marks = 0
    for place, character in enumerate(text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        in_flag = any(start <= place < end for start, end in flags)
        before = kept[-1] if kept else ""
        if in_flag or (marks <= _MARKS_IN_A_ROW and _is_seen(character, before, text[place + 1 : place + 2])):
            kept.append(" " if unicodedata.category(character) == "Zs" else character)
    return "".join(kept)


def with_newlines(text: str) -> str:
    return _LINE_BREAKS.sub("\n", text)


def _is_seen(character: str, before: str, after: str) -> bool:
    """Whether a character shows, or changes what its neighbours show."""
    if character in "\n\t":
        return True
    if character in _UNSEEN_LETTERS:
        return False
    if _is_variation_selector(character):
        return bool(before) and not _is_variation_selector(before) and _takes_variation(character, before)
    if character in (_ZWNJ, _ZWJ):
        return _joins(before, after)
    category = unicodedata.category(character)
    if category == "Cn":  # emoji newer than this Python
        return "\U0001f000" <= character <= "\U0001faff"
    return category not in {"Cc", "Cf", "Cs", "Co"}


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _takes_variation(selector: str, base: str) -> bool:
    """Text and emoji form of a sign, digit (keycaps) or emoji; the variants of a Chinese character."""
    if selector >= "\U000e0100":
        return unicodedata.name(base, "").startswith("CJK UNIFIED")
    return selector in "\ufe0e\ufe0f" and (base in "#*0123456789" or unicodedata.category(base)[0] in "SP")


def _joins(before: str, after: str) -> bool:
    """Emoji are joined to one picture; Arabic and Indic letters change their form at a joiner."""
    emoji = all(c and (unicodedata.category(c) in {"So", "Sk", "Cn", "Sm"} or c == "\ufe0f") for c in (before, after))
    return emoji or (_script(before) in _JOINING_SCRIPTS and _script(after) in _JOINING_SCRIPTS)


_JOINING_SCRIPTS = frozenset(
    """
    ARABIC SYRIAC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA KHMER MONGOLIAN
    """.split()
)


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0] if character else ""


_STRETCH = re.compile(r"[^\s<>()\"']+")
_ADDRESS = re.compile(r"(?i)^(?:https?://|www\.)|.@.|\.(?:com|net|org|io|shop|de|uk|info)(?=[/:?#]|$)")
_LONGEST_ADDRESS = 300
_HOST = re.compile(r"(?i)^(?:[a-z]+://)?(?:[^/@]*@)?([^/:?#]+)")
# Cyrillic, Greek and Armenian letters, each before the Latin one that it is drawn like.
_PAIRS = "аa еe оo рp сc уy хx іi јj ѕs ԁd һh кk мm тt вb ԛq ԝw ӏl οo αa νv ρp τt υu ιi κk ηn օo սu ոn ցg հh"
_LOOKALIKES: dict[int, str] = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_COMPATIBLE_SCRIPTS = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA"}


def suspicious_addresses(text: str) -> list[str]:
    """Web and e-mail addresses that are drawn like others: letters of several scripts, lookalikes, disguised dots."""
    if text.isascii() and "xn--" not in text.lower():
        return []
    stretches = (match.group()[:_LONGEST_ADDRESS].rstrip(".,;:!?") for match in _STRETCH.finditer(text))
    return [stretch for stretch in stretches if _ADDRESS.search(stretch) and _is_suspicious(stretch)]


def _is_suspicious(address: str) -> bool:
    host = _HOST.match(address)
    parts = [*(host.group(1) if host else address).split("."), *address.rpartition("@")[0].split(".")]
    disguised = any(c in "\u2024\u3002\uff0e\uff61\u2215\u2044\uff0f" for c in address)
    if disguised or "xn--" in address.lower() or any(map(_mixed, parts)):
        return True
    latin_ending = address.rpartition(".")[2].isascii()
    return latin_ending and any(map(_drawn_as_latin, parts))


def _mixed(part: str) -> bool:
    scripts = {_script(c) for c in part if c.isalpha()}
    return len({"CJK" if s in _COMPATIBLE_SCRIPTS else s for s in scripts}) > 1


def _drawn_as_latin(part: str) -> bool:
    letters = [c for c in part.lower() if c.isalpha()]
    return bool(letters) and not part.isascii() and all(ord(c) in _LOOKALIKES for c in letters)


def folded(text: str) -> str:
    """Small letters in their plain form, lookalikes of other scripts as the Latin ones: for finding words only."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold().translate(_LOOKALIKES)
