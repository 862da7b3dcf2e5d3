"""Takes off what a text was dressed in so that no pattern fits: other letters, letters set apart, codes.

Each rule knows a way to disguise, never what is hidden; whoever reads the result looks for that.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote

from cxdesk.signals.characters import folded

# Letters that are the Latin ones in another dress: mathematical, full-width, enclosed.
_DRESSED = re.compile(r"[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]+")
_MIXED = re.compile(r"(?=\w*[a-zA-Z])(?=\w*[\u0370-\u058f])\w+")
_SET_APART = re.compile(r"(?<![\w'’])[^\W\d_](?P<sign>[-._*·|~ ])[^\W\d_](?:(?P=sign)[^\W\d_](?![\w'’])){3,}")
_SIGNS_IN_WORDS = re.compile(r"(?<=[A-Za-z])(?:[-_*~|]+ ?|\.(?=[a-z]))(?=[a-z])")
_MANY_SIGNS = 3
_DIGITS_FOR_LETTERS = str.maketrans("013457@$", "oieastas")
_DIGIT_WORD = re.compile(r"(?<![\w#@.-])(?=\w*[a-z][013457@$]+[a-z])[A-Za-z013457@$]{3,}(?![\w@.-])")
_ANY_DIGIT_WORD = re.compile(r"(?<![\w#@.-])(?=[\w@$]*[A-Za-z])[\w@$]{2,}(?![\w@-])")
_MANY_DIGIT_WORDS = 2
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){4,}(?:[\w ]*(?:%[0-9A-Fa-f]{2})+)*")
_HEX = re.compile(r"(?<![\w])(?:[0-9a-fA-F]{2}[ :]?){8,}(?![\w])")
_BASE64 = re.compile(r"(?<![\w/+.])[A-Za-z0-9+/]{16,}={0,2}(?![\w/+])")
_TEXT = re.compile(r"[\w\s.,:;!?'\"#@/()$&-]+ [\w\s.,:;!?'\"#@/()$&-]+", re.ASCII)


def undisguised(text: str) -> str:
    """The text in plain letters; the same text where it wears no disguise."""
    if not text.isascii():
        text = _DRESSED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
        text = _MIXED.sub(_in_latin, text)
    text = html.unescape(text)
    text = _SET_APART.sub(lambda match: re.sub(r"[^\w]", "", match.group()), text)
    if len(_DIGIT_WORD.findall(text)) >= _MANY_DIGIT_WORDS:
        text = _ANY_DIGIT_WORD.sub(lambda match: match.group().translate(_DIGITS_FOR_LETTERS), text)
    text = _PERCENT.sub(lambda match: unquote(match.group()), text)
    text = _HEX.sub(_decoded(lambda code: bytes.fromhex(re.sub(r"[ :]", "", code))), text)
    return _BASE64.sub(_decoded(lambda code: base64.b64decode(code, validate=True)), text)


def without_signs_in_words(text: str) -> str:
    """'in-struct_ion' as 'instruction', where so many words are cut that it can't be their spelling."""
    mended, cuts = _SIGNS_IN_WORDS.subn("", text)
    return mended if cuts >= _MANY_SIGNS else text


def _in_latin(match: re.Match[str]) -> str:
    """A word with lookalikes in plain letters; 'µm' and 'kΩ' are no disguise."""
    plain = folded(match.group())
    return plain if plain.isascii() else match.group()


def _decoded(decode: Callable[[str], bytes]) -> Callable[[re.Match[str]], str]:
    """Replaces a code by what it says; by itself where that is no text."""

    def replacement(match: re.Match[str]) -> str:
        try:
            said = decode(match.group()).decode("utf-8")
        except (binascii.Error, ValueError):
            return match.group()
        return said if _TEXT.fullmatch(said) and any(map(str.isalpha, said)) else match.group()

    return replacement
