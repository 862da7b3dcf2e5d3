"""Which address a customer means: one written out, one of theirs pointed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.domain import Address, Customer, Order

_STREET = re.compile(r"\b(\d+[A-Za-z]?\s+(?:[A-Z][\w.'-]*\s*)+)(?=,|$|\.)")
_UNIT = re.compile(r"^(?:suite|apt|apartment|unit|flat|floor|room|#|ste)\b\.?.*", re.IGNORECASE)
_ZIP = re.compile(
    r"\b(\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|\d{4})\b\.?$"
)
_DEFAULT = re.compile(
    r"\b(?:default|home|profile|account|user)\b(?: \w+)? address"
    r"|\baddress (?:in|on|from) (?:my|the) (?:user )?(?:profile|account)\b",
    re.IGNORECASE,
)
_COUNTRIES = {"usa": "USA", "us": "USA", "u.s.": "USA", "united states": "USA", "america": "USA"}


def written_address(text: str, home: Address, known: Sequence[Address], lexicon: Lexicon) -> Address | None:
    """The address written out in a text: street, unit, city, state, postal code, country.

    A state or country that was left out is taken from the city where the customer's own addresses or the state's name
    tell it; None when street, city or postal code is missing.
    """
    for match in _STREET.finditer(text):
        parts = [part.strip(" .") for part in re.split(r",|\n", text[match.start() :].split(". ")[0])][:8]
        address = _assembled([part for part in parts if part], home, known, lexicon)
        if address:
            return address
    return None


def _assembled(parts: list[str], home: Address, known: Sequence[Address], lexicon: Lexicon) -> Address | None:
    street, rest = parts[0], parts[1:]
    unit = rest.pop(0) if rest and _UNIT.match(rest[0]) else ""
    code, place = None, []
    country = ""
    for part in rest:
        part = re.sub(r"\s*\([^)]*\)|\s+(?:and|for|as|because|since|so|to|please|but|instead|including)\b.*$", "", part)
        if code and part.casefold() in _COUNTRIES:
            country = _COUNTRIES[part.casefold()]
            break
        if code:
            country = part if re.fullmatch(r"[A-Z][A-Za-z ]{2,30}", part) and len(part.split()) <= 3 else ""
            break
        found = _ZIP.search(part)
        if found:
            code = found.group(1)
            part = part[: found.start()].strip()
        if part.casefold() in _COUNTRIES:
            country = _COUNTRIES[part.casefold()]
        elif part:
            place.append(part)
    if code is None or not place:
        return None
    city, state = place[0], _state(place[1], lexicon) if len(place) > 1 else ""
    if not state:
        city, state = _split_state(city, lexicon)
    state = state or _state_of(city, known, lexicon)
    return Address(
        address1=street.strip(), address2=unit, city=city, state=state, country=country or home.country, zip=code
    )


def _state(written: str, lexicon: Lexicon) -> str:
    """A state's code, whether its code or its name was written; anything else as it is."""
    if written.upper() in lexicon.states:
        return written.upper()
    return next((code for code, name in lexicon.states.items() if name.casefold() == written.casefold()), written)


def _split_state(city: str, lexicon: Lexicon) -> tuple[str, str]:
    """'Denver CO' is a city and its state."""
    words = city.split()
    if len(words) > 1 and words[-1] in lexicon.states:
        return " ".join(words[:-1]), words[-1]
    return city, ""


def _state_of(city: str, known: Sequence[Address], lexicon: Lexicon) -> str:
    seen = {a.state for a in known if a.city.casefold() == city.casefold()}
    if len(seen) == 1:
        return seen.pop()
    return next((code for code, name in lexicon.states.items() if name.casefold() == city.casefold()), "")


def own_addresses(customer: Customer, orders: Sequence[Order]) -> list[Address]:
    """The customer's addresses, each once: the profile's first."""
    return list(dict.fromkeys([customer.address, *(order.ship_to for order in orders)]))


def pointed_at(text: str, customer: Customer, orders: Sequence[Order], lexicon: Lexicon) -> list[Address]:
    """The customer's own addresses that a text may mean: by the order, by the profile, by a place in it."""
    for order in orders:
        if re.search(rf"{re.escape(order.id.lstrip('#'))}\b", text):
            return [order.ship_to]
    if places := place_named(own_addresses(customer, orders), text, lexicon):
        return places
    return [customer.address] if _DEFAULT.search(text) else []


def place_named(addresses: Sequence[Address], text: str, lexicon: Lexicon) -> list[Address]:
    """Those of the addresses whose city or state the text names."""
    return [address for address in addresses if _place_named(address, text, lexicon)]


def _place_named(address: Address, text: str, lexicon: Lexicon) -> bool:
    lowered = f" {re.sub(r'[^a-z0-9.]+', ' ', text.casefold())} "
    for short, place in lexicon.places.items():
        lowered = lowered.replace(f" {short} ", f" {place.casefold()} ")
    names = [address.city, *([lexicon.states[address.state]] if address.state in lexicon.states else [])]
    return any(f" {name.casefold()} " in lowered.replace(".", " ") for name in names if name)
