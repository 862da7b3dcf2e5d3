"""Which variant of a product a customer wants instead of the one they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cxdesk.agent.parts import contains, place_of
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.domain import Product, Variant

# What follows 'same', up to what shall differ; or what stands right before 'the same'.
_SAME_LIST = re.compile(
    r"\b(?:same|identical|keep(?:ing)?|exact)\b(?P<after>.*?)(?=\bbut\b|\binstead\b|\bexcept\b|[.;]|$)", re.IGNORECASE
)
_IT_IS = re.compile(r"(?:it is|isn't)\b", re.IGNORECASE)
_NOT_WANTED = re.compile(
    r"\b(?:instead of|rather than|not|other than|than|don't (?:want|like)|isn't|it is|it's too|too)\s+"
    r"(?:an?\s+|the\s+)?[\w%.-]+(?:\s+[A-Z][\w-]*)?",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\b(?:no|without|non|not)\W+(?:an?\s+|any\s+)?$", re.IGNORECASE)
_SAYS_NO = re.compile(r"\W{0,6}(?:no|none|false)\b", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:same|identical|keep\w*|exact)\b|\bother (?:options|specs|things|features|details)\b", re.IGNORECASE
)
_WHOLLY_SAME = re.compile(
    r"\b(?:for|to|with|get) (?:the |an? )?(?:exact(?:ly)? )?(?:same (?:item|product|one|thing|model|specs?)|identical"
    r"|new (?:one|pair) with the same)"
    r"|\bsame (?:exact )?(?:specs?|specifications?|item|product)\b",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"(?:do(?:n't| not)|not) (?:care|mind)|\bany (?:other|color|one|option)|whatever|doesn't matter|regardless",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r"\bor (?:(?P<up>above|higher|better|more|up|larger|bigger|greater|over)|below|lower|less|smaller|under)\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"\b(?:one|a|1) (?:size|step|level)s?\b|\bslightly\b|\ba (?:little|bit)\b|\bnext\b", re.IGNORECASE)


@dataclass
class Target:
    """What was asked for: values that must be, values that are liked, and how to choose among what is left."""

    must: dict[str, set[str]] = field(default_factory=dict)
    keep: set[str] = field(default_factory=set)
    by_price: str | None = None
    any_other: bool = False
    same: bool = False
    item_id: str | None = None
    left_over: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.must or self.by_price or self.same or self.item_id)


@dataclass(frozen=True)
class Choice:
    """The variant wanted; or why there is none: several fit, nothing fits, or nothing was said."""

    variant: Variant | None = None
    fitting: tuple[Variant, ...] = ()
    why: str = ""


def choose_variant(
    product: Product,
    current: Variant,
    spec: str,
    preferences: Sequence[str],
    lexicon: Lexicon,
    *,
    model: Variant | None = None,
    instead: str = "",
) -> Choice:
    """The one available variant that fits what was said; options that weren't mentioned stay as they are.

    `model` is a variant that the customer pointed at as the pattern to follow; what `instead` says goes before `spec`.
    `Choice.why` is 'same' when the very
    same item is wanted again, 'unclear' when no option was named, 'none' when nothing available fits, 'several' else.
    """
    if model is not None:
        return Choice(model) if model.available else Choice(why="none")
    target = read_target(product, current, spec, lexicon)
    if instead:
        other = read_target(product, current, instead, lexicon)
        target.must.update(other.must)
        target.by_price = other.by_price or target.by_price
        target.keep -= other.must.keys()
    if not target.says_something:
        return Choice(why="unclear")
    if target.item_id:
        found = next(v for v in product.variants if v.item_id == target.item_id)
        return Choice(found) if found.available else Choice(why="none")
    if target.left_over:
        return Choice(why="several", fitting=tuple(v for v in product.variants if v.available and _fits(v, target)))
    if target.same and not target.must and not target.by_price:
        return Choice(why="same")
    fitting = [v for v in product.variants if v.available and _fits(v, target) and v.item_id != current.item_id]
    return _best(fitting, current, target, _liked(product, current, preferences, lexicon))


def read_target(product: Product, current: Variant, spec: str, lexicon: Lexicon) -> Target:
    """What a text says about the wanted variant, in the product's own values."""
    target = Target(same=_WHOLLY_SAME.search(spec) is not None, any_other=_ANY.search(spec) is not None)
    ids = {v.item_id for v in product.variants}
    target.item_id = next((word for word in re.findall(r"\d{6,}", spec) if word in ids - {current.item_id}), None)
    for name in ("cheapest", "dearest"):
        if lexicon.compare[name].search(spec):
            target.by_price = name
    wanted = _NOT_WANTED.sub(lambda m: m.group() if _keeps(m.group(), product, current, lexicon) else " ", spec)
    for key, values in _options(product).items():
        named = named_values(wanted, key, values, product, lexicon)
        now = current.options.get(key)
        if len(named) > 1:
            named.discard(now or "")
        compared = _compared(wanted, key, now, product, lexicon)
        if named and not (named == {now} and compared):
            target.must[key] = named
        elif compared is not None:
            target.must[key] = compared
        target.left_over |= key not in target.must and _is_left_over(wanted, key, values, product, lexicon)
    if _SAME.search(spec):
        target.keep = _kept(spec, product, lexicon) - target.must.keys()
    spoken = _named_keys(wanted, product, lexicon) - target.must.keys() - target.keep
    target.left_over |= bool(spoken) and not target.any_other and not target.same
    return target


def _kept(spec: str, product: Product, lexicon: Lexicon) -> set[str]:
    """The options that shall stay: named behind 'same', else before it."""
    behind = " ".join(match["after"] for match in _SAME_LIST.finditer(spec))
    return _named_keys(behind, product, lexicon) or _named_keys(spec, product, lexicon)


def _named_keys(text: str, product: Product, lexicon: Lexicon) -> set[str]:
    """The options whose names, or a word of them that no other option has, stand in the text."""
    words, forms = set(lexicon.words_of(text)), {key: lexicon.words_of(key) for key in _options(product)}
    return {
        key
        for key, form in forms.items()
        if any(w in words and sum(w in other for other in forms.values()) == 1 for w in form)
    }


def _is_left_over(text: str, key: str, values: Sequence[str], product: Product, lexicon: Lexicon) -> bool:
    """Whether a bare number may name this option though nothing says so: '9' beside sizes 8, 9 and 10."""
    bare = {form[0] for value in values if len(form := lexicon.words_of(value)) == 1 and form[0].isdigit()}
    others = {
        word
        for v in product.variants
        for other, value in v.options.items()
        if other != key and len(form := lexicon.words_of(value)) > 1
        for word in form
    }
    return bool((bare - others) & set(lexicon.words_of(re.sub(r"#\S+|\d{5,}", " ", text))))


def _keeps(removed: str, product: Product, current: Variant, lexicon: Lexicon) -> bool:
    """'not waterproof' and 'not polarized' name a value by its absence; 'not the red one' names one to avoid."""
    if _IT_IS.match(removed):  # 'it is red' tells what they have, 'so that it is red' what they want
        words = lexicon.words_of(removed)
        return not any(contains(words, lexicon.words_of(value)) for value in current.options.values())
    if not re.match(r"not\b", removed, re.IGNORECASE):
        return False
    words = lexicon.words_of(removed)
    return any(
        contains(words, lexicon.words_of(key)[-1:]) or removed.lower() == value.lower()
        for v in product.variants
        for key, value in v.options.items()
    )


# ---------------------------------------------------------------- values


def named_values(text: str, key: str, values: Sequence[str], product: Product, lexicon: Lexicon) -> set[str]:
    """The values of an option that the text names, in any usual wording."""
    tokens = lexicon.tokens(text)
    words = [token.word for token in tokens]
    key_words = lexicon.words_of(key)
    if {v.lower() for v in values} <= {"yes", "no", "none"}:
        place = place_of(words, key_words)
        if place is None:
            return set()
        refused = _WITHOUT.search(text[: tokens[place].start]) is not None
        refused = refused or _SAYS_NO.match(text[tokens[place + len(key_words) - 1].end :]) is not None
        wanted = {"no", "none"} if refused else {"yes"}
        return {v for v in values if v.lower() in wanted}
    places = {value: place for value in values if (place := _place(words, value, key_words, text, lexicon)) is not None}
    shared = sum(lexicon.words_of(other)[-1:] == key_words[-1:] for other in _options(product)) > 1
    named_key = key_words if shared else key_words[-1:]
    beside = {value for value, place in places.items() if _is_beside(words, place, value, named_key, lexicon)}
    taken = {value for value, place in places.items() if _is_taken(words, place, value, key, product, lexicon)}
    covered = [(len(lexicon.words_of(value)), value) for value in beside or places.keys() - taken]
    if not covered and not places:
        covered = [(1, value) for value in values if _distinctive(words, value, product, lexicon)]
    if not covered and "none" in values and (place := place_of(words, key_words[-1:])) is not None:
        covered = [(1, "none")] if _WITHOUT.search(text[: tokens[place].start]) else []
    if not covered and (absent := _absent(words, key, product, lexicon)):
        return {absent}
    covered += [(1, value) for value in _and_above(text, [v for _, v in covered], values, lexicon)]
    # 'rose gold' is no 'gold', 'non-polarized' no 'polarized'.
    longer = [value for size, value in covered]
    return {
        value
        for _, value in covered
        if not any(value != other and contains(lexicon.words_of(other), lexicon.words_of(value)) for other in longer)
    }


def _place(words: Sequence[str], value: str, key_words: Sequence[str], text: str, lexicon: Lexicon) -> int | None:
    part = lexicon.words_of(value)
    if value.lower() == "none" or not part:
        return None
    if len(part) == 1 and (part[0].isdigit() or len(part[0]) < 3):
        for form in ([*key_words[-1:], *part], [*part, *key_words[-1:]], [*key_words[-1:], "of", *part]):
            if (place := place_of(words, form)) is not None:
                return place
        synonym = lexicon.synonyms.get(part[0])
        if synonym and (place := place_of(words, lexicon.words_of(synonym))) is not None:
            return place
        letters = re.search(rf"\b{re.escape(value)}\b(?![-'])", text) if value.isupper() and len(value) > 1 else None
        return 0 if letters else None
    return place_of(words, part)


def _absent(words: Sequence[str], key: str, product: Product, lexicon: Lexicon) -> str | None:
    """A value in the option's own unit that the product doesn't come in: '8 bar' where there are 9 and 15."""
    forms = {name: [lexicon.words_of(v) for v in values] for name, values in _options(product).items()}
    units = {tuple(form[1:]) for form in forms[key]}
    unit = units.pop()
    if units or not unit or not all(form[0][0].isdigit() for form in forms[key]):
        return None
    known = [form for values in forms.values() for form in values]
    for place, word in enumerate(words):
        written = list(words[place : place + 1 + len(unit)])
        if word[0].isdigit() and written[1:] == list(unit) and written not in known:
            return " ".join(written)
    return None


def _and_above(text: str, named: Sequence[str], values: Sequence[str], lexicon: Lexicon) -> list[str]:
    """'i7 or above' means i9 too."""
    ranked = lexicon.ranked(set(values))
    found = _OR_MORE.search(text)
    if len(named) != 1 or ranked is None or not found:
        return []
    sign = 1 if found.group("up") else -1
    return [value for value in values if (ranked[value] - ranked[named[0]]) * sign > 0]


def _is_beside(words: Sequence[str], place: int, value: str, key_words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the option's name stands next to the value: 'high ventilation', 'medium sized', 'size of M'."""
    size = len(lexicon.words_of(value))
    near = [*words[max(0, place - 2) : place], *words[place + size : place + size + len(key_words)]]
    return all(any(w == each or (len(each) >= 4 and w.startswith(each[:4])) for w in near) for each in key_words)


def _is_taken(words: Sequence[str], place: int, value: str, key: str, product: Product, lexicon: Lexicon) -> bool:
    """Whether another option of the product stands next to the value, and can have it."""
    return any(
        _is_beside(words, place, value, lexicon.words_of(other), lexicon)
        for other, values in _options(product).items()
        if other != key
        and any(
            lexicon.words_of(value) in (lexicon.words_of(v), lexicon.words_of(lexicon.synonyms.get(v.lower(), "")))
            or v == value
            or lexicon.synonyms.get(v.lower()) == value.lower()
            for v in values
        )
    )


def _options(product: Product) -> dict[str, list[str]]:
    """Each option's values, in the order of names."""
    keys = sorted({key for v in product.variants for key in v.options})
    return {key: sorted({v.options[key] for v in product.variants if key in v.options}) for key in keys}


def _distinctive(words: Sequence[str], value: str, product: Product, lexicon: Lexicon) -> bool:
    """Whether a word of the text points at this value alone: 'google' at 'Google Assistant', 'soft' at 'softshell'."""
    others = {
        w for v in product.variants for other in v.options.values() if other != value for w in lexicon.words_of(other)
    }
    own = [w for w in lexicon.words_of(value) if w not in others and len(w) >= 4 and not w.isdigit()]
    return any(
        w == o or (len(w) >= 4 and o.startswith(w) and not any(other.startswith(w) for other in others))
        for w in words
        for o in own
    )


# ---------------------------------------------------------------- more and less


def _compared(text: str, key: str, now: str | None, product: Product, lexicon: Lexicon) -> set[str] | None:
    """The values that 'larger', '500 pieces less' or 'the fewest' leave of an option; None when nothing compares it."""
    ranked = lexicon.ranked({v.options[key] for v in product.variants if key in v.options})
    if ranked is None:
        return None
    there = lexicon.ranked({v.options[key] for v in product.variants if key in v.options and v.available}) or {}
    for name, pick in _EXTREMES.items():
        if there and any(_speaks_of(text, m, key, lexicon) for m in lexicon.compare[name].finditer(text)):
            edge = pick(there.values())
            return {value for value, rank in there.items() if rank == edge}
    if now not in ranked:
        return None
    for name, sign in (("more", 1), ("less", -1)):
        for match in lexicon.compare[name].finditer(text):
            if _speaks_of(text, match, key, lexicon):
                return _moved(text, match, ranked, there, ranked[now], sign)
    return None


_EXTREMES: dict[str, Callable[..., float]] = {"most": max, "least": min}


def _moved(
    text: str, match: re.Match[str], ranked: dict[str, float], there: dict[str, float], now: float, sign: int
) -> set[str]:
    """The values above (or below) the present one: by as much as was said, one step, or all of them."""
    by = re.search(r"(\d+(?:\.\d+)?)\s*\w*\s*$", text[: match.start()])
    if by:
        return {value for value, rank in ranked.items() if rank == now + sign * float(by.group(1))}
    beyond = {value: rank for value, rank in there.items() if (rank - now) * sign > 0}
    if beyond and _STEP.search(text):
        steps = sorted({rank for rank in ranked.values() if (rank - now) * sign > 0}, reverse=sign < 0)
        return {value for value, rank in beyond.items() if rank == steps[0]} or set()
    return set(beyond)


def _speaks_of(text: str, match: re.Match[str], key: str, lexicon: Lexicon) -> bool:
    """Whether a comparing word is about this option: named close by, or what such a word means by itself."""
    near = lexicon.words_of(text[max(0, match.start() - 25) : match.start()])
    after = lexicon.words_of(text[match.end() : match.end() + 25])
    words = lexicon.words_of(key)
    if contains(near[-2:], words[-1:]) or contains(after[:3], words[-1:]):
        return True
    if contains(after[:2], words[:1]) and len(words) > 1:
        return True
    return lexicon.speaks_of(match.group(), key)


# ---------------------------------------------------------------- choosing


def _fits(variant: Variant, target: Target) -> bool:
    return all(variant.options.get(key) in values for key, values in target.must.items())


def _liked(
    product: Product, current: Variant, preferences: Sequence[str], lexicon: Lexicon
) -> list[dict[str, set[str]]]:
    return [read_target(product, current, text, lexicon).must for text in preferences]


def _best(fitting: list[Variant], current: Variant, target: Target, liked: Sequence[dict[str, set[str]]]) -> Choice:
    if not fitting:
        return Choice(why="none")
    for wishes in liked:
        for key, values in wishes.items():
            fitting = [v for v in fitting if v.options.get(key) in values] or fitting
    kept = [v for v in fitting if all(v.options.get(key) == current.options.get(key) for key in target.keep)]
    if target.keep:
        fitting = kept
        if not fitting:
            return Choice(why="none")
    spoken = target.must.keys() | {key for wishes in liked for key in wishes}
    unchanged = [
        v for v in fitting if all(v.options.get(k) == value for k, value in current.options.items() if k not in spoken)
    ]
    if target.same and not unchanged and not target.by_price:
        return Choice(why="none")
    if target.by_price:
        pool = sorted(unchanged if target.same and unchanged else fitting, key=lambda v: v.price)
        return Choice(pool[0] if target.by_price == "cheapest" else pool[-1])
    if len(unchanged) == 1 or len(fitting) == 1:
        return Choice((unchanged if len(unchanged) == 1 else fitting)[0])
    return Choice(fitting=tuple(unchanged or fitting), why="several")
