"""What is told of the catalogue: the products that a question means, their versions, what is in stock and its price."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cxdesk.agent.brief_parts import (
    Brief,
    BriefContext,
    Line,
    are,
    asks,
    line_of,
    options_text,
    replies,
)
from cxdesk.agent.follow_ups import OF_A_PRODUCT
from cxdesk.agent.parts import contains, parts
from cxdesk.agent.planner import asks_what_is_sold
from cxdesk.agent.sentences import content_words
from cxdesk.agent.wording import list_words, money_words
from cxdesk.domain import (
    Request,
    ToolCall,
)

PRODUCTS_TOLD = 3
# A question that leaves the version named before, and one for the lowest price.
_WIDENS = re.compile(
    r"\b(?:other|else|any|all|which|cheap(?:er|est)|what (?:colou?rs|sizes|versions|options))\b", re.IGNORECASE
)
_OF_THOSE = re.compile(r"\bof (?:them|those|these)\b", re.IGNORECASE)
_CHEAPEST = re.compile(r"\bcheap(?:er|est)\b", re.IGNORECASE)
_ASKS_WHICH = re.compile(
    r"\b(?:which|what|any|other|else)\b.{0,25}\b(?:colou?rs?|sizes?|versions?|models?|options?|variants?|kinds?)\b"
    r"|^\W*(?:and )?(?:colou?rs|sizes|versions|options)\b|\bcome in\b",
    re.IGNORECASE,
)
# 'a new screen for my watch': a part, or something done to it, is no product of the catalogue.
_OF_A_THING = re.compile(
    r"\b([\w-]+) (?:of|for|in|on) (?:the|my|your|our|this|that|an?) ([\w-]+(?: [\w-]+)?)", re.IGNORECASE
)
_NO_PART = OF_A_PRODUCT | content_words("charge pay ask money dollars")
_OF_ANY_OPTION = re.compile(r"\b(?:versions?|models?|options?|variants?|kinds?)\b|\bcome in\b", re.IGNORECASE)
_SPELLING = re.compile(r"\bcolour", re.IGNORECASE)
_UNITS = {
    "gig": "gb", "gigs": "gb", "gigabyte": "gb", "gigabytes": "gb", "tera": "tb", "terabyte": "tb", "watt": "w",
    "watts": "w", "inches": "inch", "feet": "ft", "foot": "ft", "gray": "grey", "litre": "liter", "litres": "liters",
}  # fmt: skip


def asks_of_the_catalogue(request: Request, products: Sequence[dict[str, Any]]) -> bool:
    """Whether price, stock and versions are asked for, or nothing else than the thing itself."""
    text = request.text.replace("’", "'")
    if _asks_of_a_part(text, products):
        return False
    asks = asks_what_is_sold(text)
    if request.intent.name == "product" and (asks or any(_named_options(text, p["variants"]) for p in products)):
        return True
    return not asks_beyond(request, products) and (asks or request.intent.name != "out_of_scope")


def _asks_of_a_part(text: str, products: Sequence[dict[str, Any]]) -> bool:
    names = content_words(" ".join(product["name"] for product in products))
    return any(
        content_words(part) - names - _NO_PART
        and content_words(thing) & names
        and not any(_named_options(part, product["variants"]) for product in products)
        for part, thing in _OF_A_THING.findall(text)
    )


def asks_beyond(request: Request, products: Sequence[dict[str, Any]]) -> bool:
    """Whether a request speaks of anything that the catalogue does not tell of these products."""
    text = request.text.replace("’", "'")
    names = content_words(" ".join(product["name"] for product in products))
    named = [_named_options(text, product["variants"]) for product in products]
    values = _parts(" ".join(value for options in named for chosen in options.values() for value in chosen))
    said = {word for word in parts(text) if not contains(values, _parts(word))}
    return bool(content_words(" ".join(said)) - names - OF_A_PRODUCT)


def descriptions(request: Request, call: ToolCall) -> list[Line]:
    """What the catalogue says of these products, where it speaks of what is asked."""
    asked = content_words(request.text)
    told = []
    for place, product in enumerate(call.result[:PRODUCTS_TOLD]):
        description = product.get("description") or ""
        of_it = asked - content_words(product["name"]) - OF_A_PRODUCT
        if of_it and len(of_it & content_words(description)) * 2 > len(of_it):
            told.append(line_of(f"{product['name']}: {description}", call, f"{place}.description"))
    return told


def about_products(request: Request, call: ToolCall, context: BriefContext) -> Brief:
    """What there is to say of the products found; of too many it is asked which one is meant."""
    having = [p for p in call.result if _named_options(request.text, p["variants"])]
    products = having or call.result
    if len(products) <= PRODUCTS_TOLD:
        return replies([_one_product(request, call, each, call.result.index(each), context) for each in products])
    names = list_words((product["name"] for product in products), context.locale)
    asked = asks("Which one do you mean?")
    return asked.model_copy(update={"lines": (line_of(f"We have: {names}.", call, ""), *asked.lines)})


def _one_product(request: Request, call: ToolCall, product: dict[str, Any], place: int, context: BriefContext) -> Line:
    variants = _meant_variants(request, product["variants"])
    if not variants:
        wanted = options_text(_in_words(_named_options(request.text, product["variants"])))
        text = f"We don't have the {product['name']} in this version ({wanted})."
        return line_of(text, call, f"{place}.variants")
    available = [v for v in variants if v["available"]]
    name, many = product["name"], _is_plural(product["name"])
    named = options_text(_shared_options(variants)) if len(variants) < len(product["variants"]) else ""
    which = f" ({named})" if named else ""
    if not available:
        text = f"The {name}{which} {'are' if many else 'is'} out of stock at the moment."
        return line_of(text, call, f"{place}.variants")
    cost = f"{'cost' if many else 'costs'} {_price_span(available, context)}"
    if len(available) == 1:
        options = options_text(available[0]["options"])
        which = f" ({options})" if options else ""
        text = f"The {name}{which} {'are' if many else 'is'} in stock and {cost}."
    elif told := _values_in_stock(request, variants, context):
        text = f"The {name}{which} {'are' if many else 'is'} in stock in {told}, and {cost}."
    else:
        text = f"The {name}{which} {'are' if many else 'is'} in stock in {len(available)} versions and {cost}."
    return line_of(text, call, f"{place}.variants")


def _in_words(named: Mapping[str, set[str]]) -> dict[str, str]:
    return {option: " or ".join(sorted(values)) for option, values in named.items()}


def _is_plural(name: str) -> bool:
    return name.lower().endswith("s") and not name.lower().endswith("ss")


def _price_span(variants: Sequence[dict[str, Any]], context: BriefContext) -> str:
    prices = sorted({Decimal(v["price"]) for v in variants})
    lowest, highest = (money_words(price, variants[0]["currency"], context.locale) for price in (prices[0], prices[-1]))
    return lowest if len(prices) == 1 else f"between {lowest} and {highest}, depending on the version"


def _shared_options(variants: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The options that all of these variants have alike."""
    first = variants[0]["options"] if variants else {}
    return {name: value for name, value in first.items() if all(v["options"].get(name) == value for v in variants)}


def _values_in_stock(request: Request, variants: Sequence[dict[str, Any]], context: BriefContext) -> str:
    """'black and white (color; night blue is out of stock)' to whoever asks which ones there are."""
    if not _ASKS_WHICH.search(request.text) or _named_options(request.text, variants):
        return ""
    asked = {form for word in _parts(_SPELLING.sub("color", request.text)) for form in (word, word.removesuffix("s"))}
    told = []
    for option in dict.fromkeys(option for v in variants for option in v["options"]):
        if _OF_ANY_OPTION.search(request.text) or asked.intersection(_parts(option)):
            having = [v for v in variants if option in v["options"]]
            have = list(dict.fromkeys(v["options"][option] for v in having if v["available"]))
            gone = [value for value in dict.fromkeys(v["options"][option] for v in having) if value not in have]
            out = f"; {list_words(gone, context.locale)} {are(len(gone))} out of stock" if gone else ""
            told.append(f"{list_words(have, context.locale)} ({option}{out})")
    return list_words(told, context.locale) if told else ""


def _meant_variants(request: Request, variants: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The variants with the options that a question names, those that it goes on with taken from before.

    'And the 16 GB one?' after 'Do you have it with 32 GB in mist?' is the one with 16 GB in mist.
    """
    named = _named_options(request.text, variants)
    widens = _WIDENS.search(request.text) and not _OF_THOSE.search(request.text)
    before = {} if widens else _named_options(request.story, variants)
    meant = _having({**before, **named}, variants) or _having(named, variants)
    there = [v for v in meant if v["available"]] or meant
    lowest = min((Decimal(v["price"]) for v in there), default=None)
    return [v for v in there if Decimal(v["price"]) == lowest] if _CHEAPEST.search(request.text) else meant


def _named_options(text: str, variants: Sequence[dict[str, Any]]) -> dict[str, set[str]]:
    """The values that a text names, by option; 'blue' is night blue where no other value is called so."""
    said = _parts(text)
    wanted: dict[str, set[str]] = {}
    values = {(option, value) for v in variants for option, value in v["options"].items()}
    for option, value in values:
        if value.lower() not in ("yes", "no", "none") and contains(said, _parts(value)):
            wanted.setdefault(option, set()).add(value)
    for option, value in values:
        words = _parts(value)
        rivals = [other for key, other in values if key == option and words[-1:] == _parts(other)[-1:]]
        alone = len(words) > 1 and all(word.isalpha() for word in words) and len(rivals) == 1
        if option not in wanted and alone and words[-1] in said:
            wanted[option] = {value}
    return wanted


def _parts(text: str) -> list[str]:
    """The parts of a text, one word for a unit: '128GB' and '128 gigs' are alike."""
    return [_UNITS.get(part, part) for part in parts(text)]


def _having(wanted: Mapping[str, set[str]], variants: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [v for v in variants if all(v["options"].get(option) in values for option, values in wanted.items())]
