"""What a message names: ids of orders and tickets, contacts, postal codes, people, products, amounts, dates.

The shop's id patterns are learned from its own ids, so that a phone number is not taken for an order. The surer
kinds are read first and what they cover is blanked for the others: an address, then an id, a phone number, an
amount of money; only what is left can be a postal code.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypedDict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cxdesk.domain import Amount, Entities, now
from cxdesk.signals.dates import DateReader

_RUN = re.compile(r"\d+|[A-Za-z]+|[^A-Za-z\d]")
_HASH_ID = re.compile(r"(?<![\w#&])#\s?((?:[A-Za-z]{1,3}-?)?\d{2,}(?:-\d+)*)(?![\w@])")
_EMAIL = re.compile(r"(?<![\w.+-])\w[\w.+'-]{0,63}@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_DIGIT = re.compile(r"\d")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))

# The optional "is" of "my zip is", and the like.
_IS = r"\W{0,3}(?:is|of|was|number)?\W{0,3}"
_ZIP_WITH_WORD = re.compile(
    rf"(?i)\b(?:(?:zip|postal|post)[ -]?code|zip|plz)\b{_IS}"
    r"((?=[A-Z]{0,4}\d)[A-Z0-9]{2,6}(?:[ -]?\d[A-Z0-9]{1,3})?)\b"
)
_ZIP_US = re.compile(r"(?<![\w#.,:/-])\d{5}(?:-\d{4})?(?![\w%-]|[.,:/]\d)")
# What five digits count or price, or the number of which they are.
_NUMBER_OF = re.compile(
    r"(?i)\b(?:ending|finishing|account|card|number|no\.?|order|item|model|ref\w*|error|code|version|serial|sku|tracking|"
    r"cost\w*|pa(?:id|y)|pric\w+|total|charged|need|bought|room|apt|"
    r"apartment|suite|unit|pin|box|about|around|over|than|shows?)\W+(?:in |with |is |was |of )?$"
)
_COUNTED = re.compile(
    r"\s+(?:(?!is|as|was|thanks|this|its|plus|us|yes|has|does|status|address\b)[a-z]{3,}s|m[Aa]h|rpm|mm|km|kg|lbs|mb|gb|hz|btu|psi)\b"
    r"|\s+of (?:them|these|those|it)\b"
    r"|\s+(?:[A-Z][\w'-]*\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Way|Place)\b",
)
_ZIP_LETTERS = re.compile(  # Canada, United Kingdom (whose last two letters are never C, I, K, M, O or V)
    r"(?<![\w#-])(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)

_PHONE = re.compile(r"(?<![\w#.,-])\+?\(?\d[\d\s().\-/]{5,22}\d(?![\w%]|[.,]\d)")
_PHONE_WORD = re.compile(r"(?i)\b(?:phone|call|tel|telephone|mobile|cell|whatsapp|text|ring|reach|sms)\b\W.{0,25}$")
_NO_PHONE = re.compile(r"(?:\d{1,4}([/.-])\d{1,2}\1\d{1,4}|\d{5}-\d{4})(?:[ .]\d{1,2}){0,2}")
_PART_OF_CODE = re.compile(r"(?:\b[A-Z]+\d+|\b\d+[A-Z]+) $")  # '1Z 999 AA1 01 2345 6784'
_PHONE_DIGITS = range(7, 16)

_NUMBER = r"(?:\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:[.,' ]\d{3})*)(?:[.,]\d{1,2})?"  # 1,50,000 is how India writes
_SIGNS = {
    "$": "USD", "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "r$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "kč": "CZK",
}  # fmt: skip
_WORDS = {"dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "franc": "CHF", "yen": "JPY"}
_CODES = "USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|INR|BRL|HKD|SGD"
_CURRENCY = rf"[$€£¥₹]|zł|kč|(?:{_CODES}|{'|'.join(_WORDS)})s?\b"
_SPELT = {
    word: value
    for value, word in [
        *enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1),
        *zip((15, 20, 30, 40, 50), "fifteen twenty thirty forty fifty".split(), strict=True),
    ]
}
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<sign>(?:US|CA?|AU?|NZ|HK|S|R)?\$|[€£¥₹]|\b(?:{_CODES}))\s?(?P<after>{_NUMBER})(?P<thousand>k\b)?"
    rf"|(?P<before>{_NUMBER}|\b(?:a )?(?:{'|'.join(_SPELT)})(?=\s[a-z]))(?:,-)?[\s-]?(?P<unit>{_CURRENCY}))"
    r"(?![\d%])",
    re.IGNORECASE,
)
# What a text without any sum of money lacks, in small letters.
_MONEY_SIGN = re.compile(rf"[$€£¥₹]|zł|kč|{_CODES.lower()}|{'|'.join(_WORDS)}")
_MONEY_WORD = re.compile(rf"(?i)\b(?:{'|'.join(_WORDS)})s?\b")
# Pounds that are a weight: '5 pounds of coffee', 'a 10 pound parcel', 'it weighs 20 pounds'.
_WEIGHED = re.compile(r"(?i)\bweigh\w*\W+(?:\w+\W+){0,2}$")
_OF_SOMETHING = re.compile(r"(?i)\s+(?:of\b|heavy\b|in weight)")

_LETTERS = r"[^\W\d_](?:[^\W\d_]|['’.-])*(?!\w)"
_PARTICLES = frozenset("de da di do dos du van von der den la le bin al el".split())
_NAME_CUE = re.compile(
    rf"\b(?:(?P<sure>(?i:(?:my|the) (?:full )?name(?: is|['’]s)|(?:full )?name:))|(?i:(?:under (?:the )?)?name)|"
    rf"[Ii] am|[Ii]['’]?m|[Ii] go by|[Tt]his is|[Ii]t(?: is|['’]s)|"
    rf"[Rr]egards,?|[Ss]incerely,?|[Cc]heers,|[Tt]hanks,|[Bb]est,)"
    rf"\s+(?P<words>{_LETTERS}(?:[ \t]+{_LETTERS}){{1,3}})"
)
_NAME_FIRST = re.compile(
    r"\s*(?:(?i:hi|hello|hey|sure|yes|ok|okay|of course|thanks|thank you)\s*[!.,-]\s*)?"
    rf"({_LETTERS}(?:[ \t]+{_LETTERS}){{1,3}}?)\s*(?=[,;:.\n\d-]|$|\s(?:zip|my|and|here)\b)"
)
# A message that is a name and a postal code, written small: 'raj li 20369'.
_NAME_AND_ZIP = re.compile(rf"\s*({_LETTERS}(?:[ \t]+{_LETTERS}){{1,3}})[\s,]+(?:zip\W+)?\d{{5}}\W*$")
_NAME_PARTS = re.compile(
    rf"(?i)\bfirst name(?: is|:)?\s+({_LETTERS})\W+(?:and\s+)?(?:my\s+)?(?:last name|surname)(?: is|:)?\s+({_LETTERS})"
)
_NAME_PARTS_TURNED = re.compile(
    rf"(?i)\b(?:last name|surname)(?: is|:)?\s+({_LETTERS})\W+(?:and\s+)?(?:my\s+)?first name(?: is|:)?\s+({_LETTERS})"
)
_TITLES = frozenset("mr mrs ms miss dr prof".split())
_STATES = frozenset(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
    SC SD TN TX UT VT VA WA WV WI WY DC
    """.split()
)
# 'raj li, zip 20369': what stands before a postal code of one's own is a name, though written small.
_ZIP_FOLLOWS = re.compile(rf"(?:{_LETTERS}[\s,]+){{2,4}}?(?:and\s+)?(?:my\s+)?(?:zip|post)", re.IGNORECASE)
_NOT_A_NAME = frozenset(
    """
    a about account again all also am an and angry any are as at back because bought but by can cancel card code could
    customer customers day dear delivery did do does done email evening everyone fine for from getting going good great
    happy has have hello help here hey hi how i if in interested is it item its just late looking lost me morning my
    never new night no not of ok on one only or order orders our out package parcel payment please product question re
    refund regarding regards return returns service shipping sir so sorry sounds still sure team thank thanks that the
    their them there they this ticket to today too tracking trying unable update upset urgent very want was we well
    what when where which who why will with wondering would wrong yes you your zip disappointed frustrated unacceptable
    ridiculous waiting writing afternoon support shop store postal live everybody number status missing broken
    i'm i’m it's it’s im name
    last next using google apple pay direct debit monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december
    """.split()
)

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
# Letters from which one or two may be wrong: short words have too many neighbours (lamp and lamb, pet bed and petted).
_ONE_TYPO_FROM, _ONE_TYPO_FROM_JOINED, _TWO_TYPOS_FROM = 6, 8, 12
_LEAST_OF_WRONG = 3
_NAME_PART = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# After these a word like 'cover' or 'stand' is a verb, and after 'to' mostly.
_BEFORE_A_VERB = frozenset(
    "i you we they it to can will would should could must may don't dont do does not please".split()
)
# Kinds that say too little of a thing: an espresso machine is no washing machine.
_WIDE_KINDS = frozenset("set kit pack bundle machine device system box case tool accessory cleaner".split())
# What stands before a product in running text, and what may describe it.
_DETERMINERS = frozenset("the a an my your our this that these those any some another".split())
_BEFORE_A_THING = _DETERMINERS | frozenset("on in for of about with from as to".split())
_DESCRIBES = re.compile(r"new|old|own|same|other|wrong|first|second|faulty|good|cheap|\w{2,}e[dn]", re.IGNORECASE)
_MOST_DESCRIBING = 2
# Words of names that say something else in a shop, and from how many letters a word inside a name stands for the thing.
_WORDS_OF_A_SHOP = frozenset(
    "order card gift plan service warranty return account code membership delivery payment".split()
)
_STANDS_ALONE_FROM = 5
# The first word of a name stands for it where it is written like one, or stands alone: 'Is the Kite in stock?', 'how
# much is the kite?', but not 'the kite surfing lesson'.
_FAMILY = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+")
_FAMILY_ALONE = re.compile(
    r"\b(?:the|my|your|our|this|that|an?) ([a-z][\w-]{3,})(?=\W*(?:[?.!,;:]|$)|'s\b| (?:is|are|was|does|did|has|had|"
    r"have|costs?|comes?|works?|can|will|won't|would|in|with|and|or|again|anymore|(?:do|does|did|is|was|has)n't|"
    r"keeps|stopped)\b)",
    re.IGNORECASE,
)
# Digits from which an id's sign may be missing or a space: below, 'a 12' would be an id.
_LOOSE_FROM_DIGITS = 4


class _Numbers(TypedDict, total=False):
    order_ids: tuple[str, ...]
    ticket_ids: tuple[str, ...]
    phones: tuple[str, ...]
    amounts: tuple[Amount, ...]
    postal_codes: tuple[str, ...]


class EntityReader:
    """Reads entities with the shop's own patterns and names.

    `region` is the country whose phone numbers need no '+', `day_first` how the shop writes dates in figures.
    """

    def __init__(
        self,
        order_ids: Sequence[str],
        ticket_ids: Sequence[str],
        products: Iterable[str],
        *,
        region: str = "US",
        day_first: bool = False,
    ) -> None:
        self._orders = IdPattern.learn(order_ids, word="order")
        self._tickets = IdPattern.learn(ticket_ids, word="ticket")
        self._products = ProductNames(products)
        self._region = region
        self._dates = DateReader(day_first=day_first)

    def read(self, text: str, today: date | None = None) -> Entities:
        """What `text` names, as seen from `today` (the day in UTC by default)."""
        text = plain(text)
        links = _links(text)
        emails = [match.group().lower().rstrip(".") for match in links if "@" in match.group()]
        rest = _blank(text, (match.span() for match in links))
        return Entities(
            emails=tuple(_unique(emails)),
            names=tuple(name for name in _names(rest) if not self._products.find(name)),
            products=tuple(self._products.find(rest)),
            dates=tuple(self._dates.read(rest, today or now().date())),
            **(self._numbers(rest) if _DIGIT.search(rest) or _MONEY_WORD.search(rest) else {}),
        )

    def _numbers(self, text: str) -> _Numbers:
        """All that is told by figures."""
        tickets, text = self._tickets.take(text)
        orders, text = self._orders.take(text)
        others, text = _hash_ids(text)
        phones, text = find_phones(text, self._region)
        amounts, text = _amounts(text)
        return {
            "order_ids": tuple(_unique([*orders, *others])),
            "ticket_ids": tuple(tickets),
            "phones": tuple(phones),
            "amounts": tuple(dict.fromkeys(amounts)),
            "postal_codes": tuple(_postal_codes(text)),
        }

    def products(self, text: str) -> list[str]:
        """Names of the catalogue that the text mentions, typing errors included, the surest first."""
        return self._products.find(plain(text))

    def products_meant(self, text: str) -> list[str]:
        """The same, and where it mentions none those of the kind that it speaks of."""
        return self._products.meant(plain(text))

    def in_general(self, text: str) -> str:
        """The text as it would be asked of anything the shop sells; '' where it names nothing of the catalogue."""
        return self._products.in_general(plain(text))


class IdPattern:
    """The forms of a shop's ids: fixed letters and signs, digits of the seen lengths."""

    def __init__(self, forms: Sequence[_Form], prefix: str) -> None:
        self._forms = forms
        self._prefix = prefix

    @classmethod
    def learn(cls, samples: Sequence[str], *, word: str) -> IdPattern:
        """The forms that at least one sample in fifty has.

        Ids without a letter count only after `word` or '#'. Where all ids are letters and digits of one form, the
        digits alone after `word` mean such an id too: 'order 4836353' is '#W4836353'.
        """
        seen: dict[tuple[str, ...], list[list[int]]] = defaultdict(list)
        for sample in samples:
            runs = _RUN.findall(sample.lstrip("#"))
            shape = tuple("\\d" if run.isdigit() else run.upper() for run in runs)
            seen[shape].append([len(run) for run in runs if run.isdigit()])
        common = [shape for shape, lengths in seen.items() if len(lengths) * 50 >= len(samples) and "\\d" in shape]
        forms = [_form(shape, seen[shape], word) for shape in common]
        if len(common) == 1 and common[0].count("\\d") == 1 and common[0][-1] == "\\d" != common[0][0]:
            forms.append(_listed(common[0], _body(common[0], seen[common[0]])[-1:], word))
        with_hash = sum(sample.startswith("#") for sample in samples)
        return cls(forms, "#" if samples and with_hash * 2 > len(samples) else "")

    def find(self, text: str) -> list[str]:
        """Ids in the shop's own spelling, in order of appearance, without repeats."""
        return self.take(text)[0]

    def take(self, text: str) -> tuple[list[str], str]:
        """The ids of a text, and the text with them blanked."""
        found = sorted(hit for form in self._forms for hit in form.find(text))
        return _unique(self._prefix + spelling for _, _, spelling in found), _blank(text, [hit[:2] for hit in found])


class _Form(NamedTuple):
    """`place` finds where ids of a shape stand, `each` the digits of every id there."""

    shape: tuple[str, ...]
    place: re.Pattern[str]
    each: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, spelling) of the ids, spelt as the shop does."""
        for place in self.place.finditer(text):
            for each in self.each.finditer(text, place.start("ids"), place.end("ids")):
                digits = iter(each.groups())
                yield each.start(), each.end(), "".join(next(digits) if run == "\\d" else run for run in self.shape)


def _form(shape: tuple[str, ...], lengths: Sequence[Sequence[int]], word: str) -> _Form:
    parts = _body(shape, lengths)
    if not any(run.isalpha() for run in shape):
        return _listed(shape, parts, word)
    if min(map(sum, lengths)) >= _LOOSE_FROM_DIGITS:  # 'T 2041' and 'T2041' are T-2041
        parts = [_loose(part, before) for part, before in zip(parts, ["", *shape], strict=False)]
    body = "".join(parts)
    place = rf"(?<![\w@])#?\s?(?P<ids>{body.replace('(', '(?:')})(?![\w@])"
    return _Form(shape, re.compile(place, re.IGNORECASE), re.compile(body, re.IGNORECASE))


def _body(shape: Sequence[str], lengths: Sequence[Sequence[int]]) -> list[str]:
    """A pattern for each run, digits in groups."""
    widths = iter([(min(column), max(column)) for column in zip(*lengths, strict=True)])
    return ["(\\d{{{},{}}})".format(*next(widths)) if run == "\\d" else re.escape(run) for run in shape]


def _loose(part: str, before: str) -> str:
    if part == r"\-":
        return "[- ]?"
    return f"[- ]?{part}" if part.startswith("(") and before.isalpha() else part


def _listed(shape: tuple[str, ...], parts: Sequence[str], word: str) -> _Form:
    """Numbers that `word` or '#' announces, the others of a list too: 'orders 1001, 1002 and 1003'."""
    body = "".join(parts)
    one = body.replace("(", "(?:")
    announced = rf"\b{word}s?\s*(?:numbers?|no\.?|nr\.?|ids?)?\s*(?:is|are)?\s*:?\s*#?"
    place = rf"(?:{announced}|#)\s?(?P<ids>{one}(?:(?:\s*,\s*|\s*,?\s+(?:and|or|&)\s+)#?{one})*)(?![\w@-]|[.,]\d)"
    return _Form(shape, re.compile(place, re.IGNORECASE), re.compile(rf"(?<!\d){body}(?!\d)"))


class ProductNames:
    """The catalogue's names, found in running text though misspelt, joined or split: 'earbud', 'ear buds', 'T shirt'.

    A text's neighbouring words are joined and looked up, so the time depends on the text and hardly on the
    catalogue. A name of three or more words is also known by its last word with one of the others, where no other
    product is called so.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._unspaced = [name for name in self._names if _NO_SPACES.search(name)]
        self._vocabulary = {word for name in self._names for word in _words(name)}
        self._exact = _unambiguous(self._names)
        self._longest = max((len(_words(name)) for name in self._names), default=0) + 1
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._near: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._kinds: dict[str, list[str]] = defaultdict(list)
        self._firsts: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            if words := _words(name):
                for form in _number_forms(words[-1]):
                    self._kinds[form].append(name)
                self._firsts[words[0]].append(name)
        for spelling, name in self._exact.items():
            size = len(spelling)
            for opening in (spelling[:1], spelling[:2]):
                self._lengths[opening].update(range(size - 1, size + 3))  # without an s, and with one or es
            if size >= (_ONE_TYPO_FROM if len(_words(name)) == 1 else _ONE_TYPO_FROM_JOINED):
                for length in range(size - 2, size + 3):
                    if abs(size - length) <= _typos(length):
                        self._near[spelling[:1]][length].append(spelling)

    def find(self, text: str) -> list[str]:
        """Names in the catalogue's spelling: those without an error first, longer ones before shorter ones."""
        words = _words(text)
        right = [name for name in self._unspaced if name in text]
        right += self._search(words, self._spelt, _stretches(words, self._lengths, self._longest, opening=2))
        wrong = self._search(
            words, self._nearest, _stretches(words, self._near, self._longest, opening=1, least=_LEAST_OF_WRONG)
        )
        return _unique([*sorted(right, key=len, reverse=True), *sorted(wrong, key=len, reverse=True)])

    def meant(self, text: str) -> list[str]:
        """Names that the text means: those it mentions, else those of the kind, or family, that it has a word for.

        'Do you have a keyboard?' means each keyboard of the catalogue, 'a wireless keyboard' only the wireless ones if
        there are some. Of a kind as wide as 'set' or 'machine' a text must have another word of the name as well.
        """
        if named := self.find(text):
            return named
        words = _words(text)
        said = {form for word in words for form in _number_forms(word)}
        nouns = [word for before, word in pairwise(["", *words]) if before not in _BEFORE_A_VERB]
        together = [f"{a}{b}" for a, b in pairwise(words)]  # 'sound bar'
        shared = {
            name: len(said.intersection(_words(name))) for noun in (*nouns, *together) for name in self._of_kind(noun)
        }
        wide = [name for name, count in shared.items() if _words(name)[-1] in _WIDE_KINDS and count < 2]
        best = max((count for name, count in shared.items() if name not in wide), default=0)
        kind = [name for name, count in shared.items() if name not in wide and count == best]
        written, alone = (_words(" ".join(pattern.findall(text))) for pattern in (_FAMILY, _FAMILY_ALONE))
        families = [*written, *(word for word in alone if word not in _WORDS_OF_A_SHOP)]
        return kind or _unique(name for word in families for name in self._firsts.get(word, ()))

    def in_general(self, text: str) -> str:
        """The text with a pronoun for each product that it names or means, else '': 'How long is the warranty on it?'

        What holds for all that a shop sells is rarely written of the thing that a customer has in hand.
        """
        tokens = list(_NAME_PART.finditer(text))
        told, end = list[str](), 0
        for first, last in self._things(tokens):
            told += [text[end : tokens[first].start()], _pronoun(tokens[last].group())]
            end = tokens[last].end()
        return "".join([*told, text[end:]]) if told else ""

    def _things(self, tokens: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """The first and the last token of each product, with what describes it."""
        last = -1
        while (last := last + 1) < len(tokens):
            if not self._is_named(tokens[last]):
                continue
            name = last
            while last + 1 < len(tokens) and self._is_named(tokens[last + 1]):
                last += 1
            first = name
            while first and name - first < _MOST_DESCRIBING and _DESCRIBES.fullmatch(tokens[first - 1].group()):
                first -= 1
            before = tokens[first - 1].group().lower() if first else ""
            noun = _words(tokens[last].group())[-1]
            led = before in _BEFORE_A_THING
            if not _number_forms(noun).isdisjoint(self._kinds):
                is_thing = led or noun.endswith("s") or name < last
            else:
                is_thing = led and (len(noun) >= _STANDS_ALONE_FROM or noun in self._firsts)
            if is_thing:
                yield first - (before in _DETERMINERS), last

    def _is_named(self, token: re.Match[str]) -> bool:
        text, words = token.group(), _words(token.group())
        if text.lower() in _BEFORE_A_THING or (len(text) < _LEAST_OF_WRONG and not text.isdigit()):
            return False
        return bool(words) and all(_number_forms(w) & self._vocabulary and w not in _WORDS_OF_A_SHOP for w in words)

    def _of_kind(self, noun: str) -> Sequence[str]:
        forms = _number_forms(noun)
        if kind := next(
            (self._kinds[form] for form in sorted(forms, key=len, reverse=True) if form in self._kinds), None
        ):
            return kind
        if forms & self._vocabulary or len(noun) < _ONE_TYPO_FROM:
            return ()
        near = process.extractOne(noun, self._kinds.keys(), scorer=OSA.distance, score_cutoff=1)
        misspelt = near and near[0][0] == noun[0] and not _another_word(noun, near[0])
        return self._kinds[near[0]] if near and misspelt else ()

    def _search(
        self,
        words: list[str],
        look_up: Callable[[Sequence[str]], str | None],
        stretches: Sequence[tuple[int, int]],
    ) -> list[str]:
        """Names of neighbouring words, the longest stretch first; the words of a name are blanked in `words`."""
        names = []
        for size, start in stretches:
            stretch = words[start : start + size]
            if all(stretch) and (name := look_up(stretch)):
                words[start : start + size] = [""] * size
                names.append(name)
        return names

    def _spelt(self, words: Sequence[str]) -> str | None:
        joined = "".join(words)
        forms = (joined, joined.removesuffix("s"), joined.removesuffix("es"), f"{joined}s")
        return next((self._exact[form] for form in forms if form in self._exact), None)

    def _nearest(self, words: Sequence[str]) -> str | None:
        """The name that these words misspell. A word that the catalogue has is spelt as it is meant."""
        joined = "".join(words)
        if len(words) == 1 and {joined, joined.removesuffix("s")} & self._vocabulary:
            return None
        near = self._near[joined[0]][len(joined)]
        best = process.extractOne(joined, near, scorer=OSA.distance, score_cutoff=_typos(len(joined)))
        return self._exact[best[0]] if best and not _another_word(joined, best[0]) else None


def plain(text: str) -> str:
    """The text with wide forms and typographic dashes in their plain form, so that patterns fit."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES)


def find_emails(text: str) -> list[str]:
    return _unique(match.group().lower().rstrip(".") for match in _EMAIL.finditer(text))


def find_phones(text: str, region: str) -> tuple[list[str], str]:
    """Phone numbers as +15551234567, and the text with them blanked.

    Digits without any separator or '+' count only after a word such as 'call'.
    """
    candidates = [match for match in _PHONE.finditer(text) if _may_be_phone(match, text)]
    read = [(match.span(), number) for match in candidates if (number := _e164(match.group(), region))]
    return _unique(number for _, number in read), _blank(text, (span for span, _ in read))


def _may_be_phone(match: re.Match[str], text: str) -> bool:
    written = match.group()
    digits = sum(c.isdigit() for c in written)
    if digits not in _PHONE_DIGITS or _NO_PHONE.fullmatch(written) or _PART_OF_CODE.search(text, 0, match.start()):
        return False
    called = _PHONE_WORD.search(text[max(0, match.start() - 40) : match.start()])
    return bool(called) or written.startswith("+") or (digits >= 10 and not written.isdigit())


def _e164(written: str, region: str) -> str | None:
    import phonenumbers  # 0.04 s to import, and most messages hold no number

    try:
        number = phonenumbers.parse(re.sub(r"^\(?00", "+", written), region)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:  # a number without its area is nobody's
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def blank_amounts(text: str) -> str:
    """The text with sums of money blanked, for those who look for other figures."""
    return _amounts(text)[1]


def _hash_ids(text: str) -> tuple[list[str], str]:
    """'#W99' is meant as an order though the shop's own ids look different."""
    found = list(_HASH_ID.finditer(text))
    return [f"#{match.group(1).upper()}" for match in found], _blank(text, (match.span() for match in found))


def _links(text: str) -> list[re.Match[str]]:
    emails = _EMAIL.finditer(text) if "@" in text else ()
    addresses = _URL.finditer(text) if "." in text or "://" in text else ()
    return [*emails, *addresses]


def _amounts(text: str) -> tuple[list[Amount], str]:
    if not _MONEY_SIGN.search(text.lower()):
        return [], text
    found = [match for match in _AMOUNT.finditer(text) if not _is_weight(match, text)]
    return [_amount(match) for match in found], _blank(text, [match.span() for match in found])


def _is_weight(match: re.Match[str], text: str) -> bool:
    unit = (match["unit"] or "").lower()
    if not unit.startswith("pound"):
        return False
    one_of_many = unit == "pound" and match["before"] not in ("1", "one", "a one")
    weighed = _WEIGHED.search(text, 0, match.start()) or _OF_SOMETHING.match(text, match.end())
    return one_of_many or weighed is not None


def _amount(match: re.Match[str]) -> Amount:
    unit = (match["sign"] or match["unit"]).lower()
    currency = _SIGNS.get(unit) or _WORDS.get(unit.rstrip("s")) or unit.upper().rstrip("S" if len(unit) > 3 else "")
    value = _decimal(match["after"] or match["before"])
    return Amount(value=value * 1000 if match["thousand"] else value, currency=currency)


def _decimal(written: str) -> Decimal:
    """'1,200.50', '1.200,50' and '1 200.5' alike: a sign with one or two digits after it is the decimal one."""
    if written[-1].isalpha():
        return Decimal(_SPELT[written.lower().split()[-1]])
    cents = re.search(r"[.,](\d{1,2})$", written)
    whole = re.sub(r"\D", "", written[: cents.start()] if cents else written)
    return Decimal(f"{whole}.{cents[1]}" if cents else whole)


def _postal_codes(text: str) -> list[str]:
    stated = [match.group(1).upper() for match in _ZIP_WITH_WORD.finditer(text)]
    alone = [*_ZIP_US.finditer(text), *_ZIP_LETTERS.finditer(text)]
    return _unique([*stated, *(match.group() for match in alone if not _is_counted(match, text))])


def _is_counted(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    return bool(_NUMBER_OF.search(before) or _COUNTED.match(text, match.end()))


def _names(text: str) -> list[str]:
    first = _NAME_FIRST.match(text)
    told = [(first.group(1).split(), False)] if first else []
    if alone := _NAME_AND_ZIP.match(text):
        told.append((alone.group(1).split(), True))
    if "first name" in text.lower():
        parts, turned = _NAME_PARTS.search(text), _NAME_PARTS_TURNED.search(text)
        told += [(list(parts.groups()), True)] if parts else []
        told += [(list(turned.groups()[::-1]), True)] if turned else []
    told += [
        (match["words"].split(), bool(match["sure"] or _ZIP_FOLLOWS.match(text, match.start("words"))))
        for match in _NAME_CUE.finditer(text)
    ]
    return _unique(name for words, sure in told if (name := _name(words, sure=sure)))


def _name(words: Sequence[str], *, sure: bool) -> str | None:
    """Two to four words that can be a person's; only where it is `sure` may they be written small."""
    kept: list[str] = []
    for word in (word.rstrip(".'’-") for word in words):
        lower = word.lower()
        if lower in _TITLES and not kept:
            continue
        if lower in _NOT_A_NAME or not (sure or word[:1].isupper() or lower in _PARTICLES):
            break
        kept.append(word if word[:1].isupper() or lower in _PARTICLES else word.capitalize())
    while kept and kept[-1].lower() in _PARTICLES:
        kept.pop()
    if len(kept) < 2 or kept[-1] in _STATES:
        return None
    name = " ".join(kept)
    return name.title() if name.isupper() else name


def _words(text: str) -> list[str]:
    """Words in small letters without accents: 'José's' is 'jose'."""
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return [word.removesuffix("'s").replace("'", "") for word in _TOKEN.findall(text)]


def _pronoun(name: str) -> str:
    """What stands for a name: 'its' for the router's, 'them' for headphones."""
    if name.endswith(("'s", "’s")):
        return "its"
    return "them" if name.endswith("s") and not name.endswith(("ss", "is", "us")) else "it"


def _number_forms(word: str) -> set[str]:
    """The word and what may be its singular: 'batteries', 'batterie', 'batteri', 'battery'."""
    singular = {word.removesuffix("s"), word.removesuffix("es")} if len(word) > 3 and not word.endswith("ss") else set()
    return {word, *singular, *([f"{word[:-3]}y"] if word.endswith("ies") else [])}


def _unambiguous(names: Sequence[str]) -> dict[str, str]:
    """Joined spellings and the one name that each means; a whole name wins over another's short form."""
    short = [(spelling, name) for name in names for spelling in dict.fromkeys(_short_forms(_words(name)))]
    known = Counter(spelling for spelling, _ in short)
    return {s: name for s, name in short if known[s] == 1} | {"".join(w): name for name in names if (w := _words(name))}


def _short_forms(words: Sequence[str]) -> Iterator[str]:
    if len(words) >= 3:
        yield "".join(words[1:])
        yield from (f"{word}{words[-1]}" for word in words[:-1] if len(word) >= 3)


def _stretches(
    words: Sequence[str], lengths: Mapping[str, Container[int]], longest: int, *, opening: int, least: int = 1
) -> list[tuple[int, int]]:
    """(size, start) of the neighbours that open like a name and are about as long, the longest first.

    Words with fewer than `least` letters are part of none. Most words cost one look.
    """
    sizes = list(map(len, words))
    found = []
    for start, word in enumerate(words):
        if fitting := lengths.get(word[:opening]):
            length = 0
            for count, size in enumerate(sizes[start : start + longest], start=1):
                if size < least:
                    break
                length += size
                if length in fitting:
                    found.append((count, start))
    return sorted(found, key=lambda stretch: -stretch[0])


def _typos(length: int) -> int:
    """How many letters of so many may be wrong."""
    return 2 if length >= _TWO_TYPOS_FROM else 1


def _another_word(written: str, name: str) -> bool:
    """Whether a near spelling is likelier a word of its own: a changed or missing last letter ('table', 'tables')."""
    if len(name) >= _TWO_TYPOS_FROM:
        return False
    return (
        name.startswith(written)
        or written.startswith(name)
        or (len(written) == len(name) and written[:-1] == name[:-1])
    )


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
