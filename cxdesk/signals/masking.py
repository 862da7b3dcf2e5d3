"""Secrets in a text: what must not be stored, shown to a model, or sent.

A number counts as a card or an account only when its checksum says so, so that order ids, tracking numbers and phone
numbers stay; a password or a code only where the words before it say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Secret(NamedTuple):
    """A stretch of a text that must not be kept. `kind` is what stands in brackets in its place."""

    start: int
    end: int
    kind: str


CARD, IBAN, SECRET = "card number", "IBAN", "secret"
MARKS = tuple(f"[{kind}]" for kind in (CARD, IBAN, SECRET))

# Digits that may belong together, however they are set apart.
_DIGITS = re.compile(r"\d(?:(?:[\s.\-/_|*·•–—]|,(?=\s)|(?<=\d{4}),){0,3}\d){12,}")
_GROUP = re.compile(r"\d+")
_CARD_LENGTHS = range(19, 12, -1)
# First digits and lengths of the card networks: a random number of sixteen digits passes Luhn one time in ten.
_NETWORKS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|(?:6011|64[4-9]\d|65\d{2})\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}"
    r"|(?:50|5[6-9]|6[0379])\d{11,17}"
)
_TRACKED = re.compile(r"(?i)\b(?:tracking|parcel|shipment|consignment|waybill)\b[^.\n]{0,20}$")
_IBAN = re.compile(r"(?:(?<!\w)|(?<=iban))[A-Z]{2}[\s.-]?\d{2}(?:[\s.-]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE)
_IBAN_LENGTHS = {
    code: int(length)
    for length, codes in {
        "15": "NO", "16": "BE", "18": "DK FI NL FO GL SD", "19": "MK SI", "20": "AT BA EE KZ LT LU XK MN",
        "21": "CH HR LI LV", "22": "BG BH CR DE GB GE IE ME RS VA", "23": "AE GI IL IQ TL OM SO",
        "24": "AD CZ ES MD PK RO SA SE SK TN VG DZ", "25": "PT ST LY", "26": "IS TR", "27": "FR GR IT MC MR SM BI DJ",
        "28": "AL AZ BY CY DO GT HU LB PL NI", "29": "BR EG PS QA UA", "30": "JO KW MU YE", "31": "MT SC", "32": "LC",
        "33": "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip

# What people write after "my password is" that is no password.
_PLAIN_WORDS = frozenset(
    """
    not no wrong incorrect invalid expired being still now also the a an too very correct right fine ok okay reset lost
    forgotten gone missing unknown never always just only working broken weak strong required needed safe secure used
    changed different rejected accepted compromised stolen hacked locked blocked for to of in on at and or but so if as
    that this it is was what my your our please go click open use enter choose you we i they there here something
    anything nothing set sent case out up about good bad old new same unable giving coming asking because when where how
    denied declined refused ignored shown mistyped entered
    """.split()
)
_SECRET_WORD = (
    r"pass ?words?|pass ?codes?|pass ?phrases?|passwd|pwd|pw|passwort|kennwort|contraseña|mot de passe|senha|login code"
)
_CODE_WORD = (
    r"pin(?:[ -]?(?:code|number|no))?|cvv2?|cvc2?|cv2|security code|card code|otp|one[ -]time (?:code|password|pin)|"
    r"verification code|2fa code|ssn|social security (?:number|no\.?)"
)
_KEY_WORD = (
    r"api[ _-]?keys?|secret(?:[ _-]?keys?)?|access[ _-]?(?:key|token)s?|auth(?:entication)?[ _-]?token|token|"
    r"client[ _-]secret"
)
_BETWEEN = r"[ \t]*(?:for [^.\n:=]{1,40}?[ \t]*)?(?::|=|\b(?:is|was|ist|es|est)\b:?|->)[ \t]*[\"'“‘«`]?"
_PASSWORD = re.compile(rf"(?i)\b(?:{_SECRET_WORD}){_BETWEEN}(?P<value>[^\s\"'”’»`,;]*[^\s\"'”’»`,;.!?)])")
# On the next line only what can be no word: the next line may be anything.
_PASSWORD_BELOW = re.compile(
    rf"(?i)\b(?:{_SECRET_WORD}|{_KEY_WORD})(?:[ \t]+is)?[ \t]*[:=]?[ \t]*\n\s*"
    r"(?P<value>(?=\S*\d)(?=\S*[^\W\d])\S{5,})"
)
_CODE = re.compile(rf"(?i)\b(?:{_CODE_WORD})(?:{_BETWEEN}|[ \t]+)(?P<value>\d[\d -]{{1,9}}\d|\d{{3,8}})(?![\w])")
_KEY = re.compile(rf"(?i)\b(?:{_KEY_WORD})(?:{_BETWEEN}|[ \t]+)(?P<value>(?=[^\s,;]*\d)[^\s\"',;]{{8,}})")
_PHRASE = re.compile(r"(?i)\bpass ?phrase(?: is|:|=)\s*[\"“]?(?P<value>[^\n.\"”]{8,80})")
_TOKENS = re.compile(
    r"(?P<value>\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}"
    r"|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abeprs]-[\w-]{10,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}"
    r"|\bya29\.[\w-]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bhf_[A-Za-z0-9]{20,}|\bnpm_[A-Za-z0-9]{20,}"
    r"|\bwhsec_\w{16,}|\bxapp-[\w-]{16,}|\b(?:AC|SK)[0-9a-f]{32}\b|\bdo[opr]_v1_\w{20,}|\bshp(?:at|ss|ca|pa)_\w{16,}"
    r"|\bsq0\w{3}-[\w-]{16,}|\bpypi-[\w-]{16,}|\b\d{8,10}:[A-Za-z0-9_-]{35}\b|\bkey-[0-9a-f]{32}\b|\bGOCSPX-[\w-]{16,}"
    r"|\bntn_\w{20,}|\blin_api_\w{20,}|\bdapi[0-9a-f]{32}\b|\bglsa_\w{20,}|\bhv[sb]\.[\w-]{20,}|\bdckr_pat_[\w-]{16,}"
    r"|\bATATT3[\w-]{20,}|\bfigd_[\w-]{16,}|\bPMAK-[\w-]{16,}|\bpat-[a-z]{2}\d-[\w-]{16,}"
    r"|(?<=hooks\.slack\.com/services/)[\w/]{20,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)"
)
_BEARER = re.compile(r"(?i)\b(?:bearer|basic)\s+(?P<value>(?=[^\s]*[\d=])[\w.~+/-]{12,}=*)")
_PRIVATE_KEY = re.compile(
    r"(?P<value>-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?"
    r"(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\Z))",
    re.DOTALL,
)
_URL_PASSWORD = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@]{0,80}:(?P<value>[^\s/@]{1,200})@")
_STATED = (_PRIVATE_KEY, _TOKENS, _BEARER, _PASSWORD_BELOW, _URL_PASSWORD, _CODE, _KEY, _PHRASE)


def find_secrets(text: str) -> list[Secret]:
    """Card numbers (by network and checksum), IBANs, passwords, codes, keys and tokens, in order, without overlaps."""
    found = [*_cards(text), *_ibans(text), *_stated_secrets(text)]
    apart: list[Secret] = []
    for secret in sorted(found, key=lambda s: (s.start, -s.end)):
        if not apart or secret.start >= apart[-1].end:
            apart.append(secret)
    return apart


def mask_secrets(text: str) -> str:
    """The text with its secrets replaced by their kind in brackets. Masking twice changes nothing."""
    for secret in reversed(find_secrets(text)):
        text = f"{text[: secret.start]}[{secret.kind}]{text[secret.end :]}"
    return text


def _cards(text: str) -> Iterator[Secret]:
    """Whole groups of digits that together are a card's number, others before and after them aside."""
    for run in _DIGITS.finditer(text):
        groups = [(run.start() + group.start(), run.start() + group.end()) for group in _GROUP.finditer(run.group())]
        place = 0
        while place < len(groups):
            last = _card_from(text, groups, place)
            if last is not None and not _TRACKED.search(text, max(0, groups[place][0] - 40), groups[place][0]):
                yield Secret(groups[place][0], groups[last][1], CARD)
                place = last
            place += 1


def _card_from(text: str, groups: Sequence[tuple[int, int]], first: int) -> int | None:
    """The last group of the longest card number that begins with the group `first`."""
    digits, found = "", None
    for last in range(first, len(groups)):
        digits += "".join(str(int(c)) for c in text[slice(*groups[last])])
        if len(digits) > _CARD_LENGTHS[0]:
            break
        if len(digits) in _CARD_LENGTHS and _NETWORKS.fullmatch(digits) and _passes_luhn(digits):
            found = last
    return found


def _ibans(text: str) -> Iterator[Secret]:
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match.group()[:2].upper())
        places = [place for place, c in enumerate(match.group()) if c.isalnum()]
        if length and len(places) >= length and _passes_iban("".join(match.group()[p] for p in places[:length])):
            yield Secret(match.start(), match.start() + places[length - 1] + 1, IBAN)


def _stated_secrets(text: str) -> Iterator[Secret]:
    for pattern in _STATED:
        for match in pattern.finditer(text):
            yield Secret(*match.span("value"), SECRET)
    for match in _PASSWORD.finditer(text):
        value = match["value"]
        if value.lower().strip(".!?") not in _PLAIN_WORDS and not text.startswith(MARKS, match.start("value")):
            yield Secret(*match.span("value"), SECRET)


def _passes_luhn(digits: str) -> bool:
    values = [int(c) for c in reversed(digits)]
    doubled = (d * 2 - 9 if d > 4 else d * 2 for d in values[1::2])
    return (sum(values[::2]) + sum(doubled)) % 10 == 0 and len(set(values)) > 1


def _passes_iban(compact: str) -> bool:
    rearranged = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in rearranged)) % 97 == 1
