"""What a message names: order and ticket ids, e-mail addresses, postal codes, people, products.

The shop's id patterns are learned from its own ids, so that a phone number is not taken for an order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process, utils

from cxdesk.domain import Entities

_RUN = re.compile(r"\d+|[A-Za-z]+|[^A-Za-z\d]")
_HASH_ID = re.compile(r"(?<![\w#])#[A-Za-z]{0,4}-?\d{2,}\w*")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ZIP_WITH_WORD = re.compile(
    r"(?i)\b(?:zip|postal|post)\s*-?(?:code)?\b\W{0,3}(?:is|of|was)?\W{0,3}([A-Z0-9]{2,5}(?:[ -]?[A-Z0-9]{2,4})?)"
)
_ZIP_US = re.compile(r"(?<![\w#$€£.,-])\d{5}(?:-\d{4})?(?![\w%-]|[.,]\d|\s*(?:USD|EUR|GBP|dollars?|euros?|pounds?))")
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
_NAME = re.compile(
    rf"(?:\b(?:[Ii] am|[Ii]['’]m|[Mm]y (?:full )?name(?: is|['’]s)|[Tt]his is|[Nn]ame:?|[Ii]t['’]s)\s+|^\W*)"
    rf"({_NAME_WORD}(?:\s+(?:de|van|von|der|la|bin|al))?(?:\s+{_NAME_WORD}){{1,2}})"
)
_PRODUCT_CUTOFF = 88


class EntityReader:
    """Reads entities with the shop's own patterns and names."""

    def __init__(self, order_ids: Sequence[str], ticket_ids: Sequence[str], products: Iterable[str]) -> None:
        self._orders = IdPattern.learn(order_ids, word="order")
        self._tickets = IdPattern.learn(ticket_ids, word="ticket")
        self._products = list(products)

    def read(self, text: str) -> Entities:
        tickets = self._tickets.find(text)
        orders = [found for found in self._orders.find(text) if found not in tickets]
        orders += [found.upper() for found in _HASH_ID.findall(text) if found.upper() not in (*orders, *tickets)]
        emails = _unique(match.lower().rstrip(".") for match in _EMAIL.findall(text))
        return Entities(
            order_ids=tuple(orders),
            ticket_ids=tuple(tickets),
            emails=tuple(emails),
            postal_codes=tuple(self._postal_codes(text)),
            names=tuple(_unique(_NAME.findall(text))),
            products=tuple(self.products(text)),
        )

    def products(self, text: str) -> list[str]:
        """Names of the catalogue that the text mentions, typing errors included, best first."""
        found = process.extract(
            text,
            self._products,
            scorer=fuzz.partial_ratio,
            processor=utils.default_process,
            score_cutoff=_PRODUCT_CUTOFF,
        )
        longest_first = sorted(found, key=lambda hit: (-hit[1], -len(hit[0])))
        kept: list[str] = []
        for name, _, _ in longest_first:
            if not any(name.lower() in other.lower() for other in kept):
                kept.append(name)
        return kept

    def _postal_codes(self, text: str) -> list[str]:
        stated = [code.strip() for code in _ZIP_WITH_WORD.findall(text) if any(c.isdigit() for c in code)]
        return _unique([*stated, *_ZIP_US.findall(text)])


class IdPattern:
    """The form of a shop's ids: fixed letters and signs, digits of the seen lengths."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], prefix: str) -> None:
        self._patterns = patterns
        self._prefix = prefix

    @classmethod
    def learn(cls, samples: Sequence[str], *, word: str) -> IdPattern:
        """The forms that at least one sample in fifty has. Ids of digits alone count only after `word` or '#'."""
        lengths: dict[tuple[str, ...], Counter[int]] = {}
        for sample in samples:
            runs = _RUN.findall(sample.lstrip("#"))
            shape = tuple("\\d" if run.isdigit() else run.upper() for run in runs)
            lengths.setdefault(shape, Counter()).update(len(run) for run in runs if run.isdigit())
        counts = Counter(
            tuple("\\d" if r.isdigit() else r.upper() for r in _RUN.findall(s.lstrip("#"))) for s in samples
        )
        common = [shape for shape, n in counts.items() if n * 50 >= len(samples)]
        patterns = [_pattern(shape, lengths[shape], word) for shape in common]
        with_hash = sum(sample.startswith("#") for sample in samples)
        return cls(patterns, "#" if samples and with_hash * 2 > len(samples) else "")

    def find(self, text: str) -> list[str]:
        """Ids in the shop's own spelling, in order of appearance, without repeats."""
        matches = [match for pattern in self._patterns for match in pattern.finditer(text)]
        return _unique(self._prefix + m.group(1).upper() for m in sorted(matches, key=lambda m: m.start()))


def _pattern(shape: tuple[str, ...], lengths: Counter[int], word: str) -> re.Pattern[str]:
    shortest, longest = min(lengths, default=1), max(lengths, default=1)
    body = "".join(rf"\d{{{shortest},{longest}}}" if run == "\\d" else re.escape(run) for run in shape)
    only_digits = all(run == "\\d" for run in shape)
    before = rf"(?:#|\b{word}\s*(?:number|no\.?|id)?\s*:?\s*#?)" if only_digits else r"(?<![\w@])#?"
    return re.compile(rf"{before}({body})(?![\w@])", re.IGNORECASE)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
