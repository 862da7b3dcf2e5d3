import pytest

from cxdesk.domain import Guarded
from cxdesk.settings import bundled
from cxdesk.signals import SignalReader
from cxdesk.signals.entities import EntityReader
from cxdesk.signals.intent import IntentRules, split_clauses
from cxdesk.signals.sentiment import SentimentLexicon

reader = SignalReader(
    SentimentLexicon(bundled("resources/frustration.toml")),
    IntentRules(bundled("resources/intents.toml")),
    EntityReader(["#V1001", "#V1002"], [], ["Desk Lamp"]),
)


def intents(text: str) -> list[str]:
    return [request.intent.name for request in reader.read(Guarded(text=text)).requests]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Where's my parcel?", "order_status"),
        ("has #V1001 been shipped yet", "order_status"),
        ("I still haven't received my package", "order_status"),
        ("What did I get in order #V1001?", "question"),
        ("What is in my order #V1001?", "order_details"),
        ("Which things are part of order #V1001", "order_details"),
        ("What was the total of #V1001?", "order_total"),
        ("How much was I charged for order #V1001?", "order_total"),
        ("Can I track my delivery?", "order_tracking"),
        ("Show me all my orders", "list_orders"),
        ("cancel my order please", "cancel_order"),
        ("Can I cancel an order after it was shipped?", "question"),
        ("How do I cancel an order?", "question"),
        ("I want to send back the lamp", "return_items"),
        ("What is your return policy?", "question"),
        ("Do you have the desk lamp in black?", "product"),
        ("Hello there!", "greeting"),
        ("Thank you so much", "thanks"),
        ("I need to speak with a real person", "wish_for_human"),
        ("👍", "other"),
        ("My lamp does not turn on", "question"),
    ],
)
def test_a_message_has_its_intent(text, intent):
    assert intents(text) == [intent]


def test_two_wishes_in_one_message_are_two_requests():
    signals = reader.read(Guarded(text="Where is my order #V1001? And how long do refunds take?"))
    assert [r.intent.name for r in signals.requests] == ["order_status", "question"]
    assert signals.requests[0].entities.order_ids == ("#V1001",)


def test_a_second_wish_takes_the_order_named_before():
    signals = reader.read(Guarded(text="What is in #V1002 order and what is its tracking number?"))
    assert [r.entities.order_ids for r in signals.requests] == [("#V1002",), ("#V1002",)]


def test_a_greeting_before_a_wish_is_not_a_request():
    assert intents("Hi! Where is order #V1001?") == ["order_status"]


def test_clauses_are_never_empty():
    assert split_clauses("...") == ["..."]
    assert split_clauses("One. Two") == ["One.", "Two"]


def test_the_same_text_gives_the_same_signals():
    text = Guarded(text="This is the third time I write, useless!!!")
    assert reader.read(text) == reader.read(text)


def test_anger_is_frustration_and_thanks_is_not():
    angry = reader.read(
        Guarded(text="This is the third time I write and nobody answers, this is useless and I am furious!!!")
    )
    assert angry.sentiment.frustration >= 0.8
    assert reader.read(Guarded(text="Thanks, thanks!")).sentiment.frustration == 0
