"""How many messages a second one core reads entities from, and how many it guards."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from cxdesk.signals.entities import EntityReader
from cxdesk.signals.guard import Guard

MESSAGES = 5_000
_TODAY = date(2026, 11, 21)
_KINDS = ("Lamp", "Kettle", "Backpack", "Speaker", "Keyboard", "Charger", "Jacket", "Helmet", "Router", "Webcam")
_MAKES = ("Desk", "Electric", "Hiking", "Bluetooth", "Mechanical", "Wireless", "Fleece", "Cycling", "Indoor", "Compact")
# One message in five names a date, one in eight a phone number, about as in a shop's mail.
_TEMPLATES = (
    "Hi, where is my order #W{id}? It should have been here by now and nobody tells me anything.",
    "My name is Ana Torres, zip {zip}. Can I still change the address of order W{id}?",
    "The {product} I bought last Tuesday for ${price} makes a strange noise when I switch it on. What can I do?",
    "Do you have the {product} in black? And how long would the delivery take to Canada?",
    "Please call me at 802-555-0165 about ticket T-{ticket}, I am at home in the evening.",
    "I would like to return both pairs, they are too small, but the label in the box was torn. Who pays for it?",
    "Thanks, that helped a lot!",
    "I have been charged twice. My e-mail is customer{ticket}@example.com, please refund one of the two payments.",
    "how do i reset the {product}, the light keeps blinking and the app does not find it anymore",
    "I ordered two weeks ago and the tracking number 625562608630 has not moved since.",
)


def measure(messages: int = MESSAGES) -> dict[str, Any]:
    """Messages a second of the entity reader and of the guard, on one core, with a catalogue of 100 products."""
    products, texts = _products(), make_messages(messages)
    reader = EntityReader([f"#W{n}" for n in range(4836353, 4836453)], ["T-2041", "T-1999"], products)
    return {
        "messages": messages,
        "products": len(products),
        "entities_per_s": _rate(lambda text: reader.read(text, _TODAY), texts),
        "guard_per_s": _rate(Guard(2000).check, texts),
    }


def make_messages(count: int) -> list[str]:
    """So many messages as customers write them, in ten forms."""
    products = _products()
    return [_message(number, products) for number in range(count)]


def _products() -> list[str]:
    return [f"{make} {kind}" for make in _MAKES for kind in _KINDS]


def _rate(work: Callable[[str], object], texts: Sequence[str]) -> int:
    for text in texts[:20]:  # libraries that load at their first use
        work(text)
    started = time.process_time()
    for text in texts:
        work(text)
    return round(len(texts) / (time.process_time() - started))


def _message(number: int, products: Sequence[str]) -> str:
    return _TEMPLATES[number % len(_TEMPLATES)].format(
        id=4836353 + number % 90,
        zip=10000 + number,
        price=f"{number % 90 + 9}.99",
        ticket=2000 + number % 99,
        product=products[number * 7 % len(products)],
    )


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
