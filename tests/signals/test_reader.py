"""Requests of whole messages, told with the real examples and the real embedding model."""

import pytest

from cxdesk.domain import Guarded
from cxdesk.llm.embedder import open_embedder
from cxdesk.settings import bundled, models_dir
from cxdesk.signals import SignalReader
from cxdesk.signals.entities import EntityReader
from cxdesk.signals.intent import IntentRules, Intents, learn_intents
from cxdesk.signals.sentiment import SentimentLexicon

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    embedder = open_embedder(models_dir() / "all-minilm-l6-v2")
    kept = tmp_path_factory.mktemp("learned") / "intents.npz"
    learned = learn_intents([bundled("resources/intents")], kept, embedder)
    return SignalReader(
        SentimentLexicon(bundled("resources/frustration.toml")),
        Intents(IntentRules(bundled("resources/intents.toml")), learned),
        EntityReader(["#V1001", "#V1002"], [], ["Desk Lamp"]),
    )


@pytest.fixture
def wishes(reader):
    def read(text: str) -> list[tuple[str, str]]:
        return [(request.intent.name, request.text) for request in reader.read(Guarded(text=text)).requests]

    return read


def test_what_was_told_before_a_question_is_its_story(reader):
    (request,) = reader.read(Guarded(text="My lamp blinks three times and goes dark. What can I do?")).requests
    assert request.intent.name == "technical_problem"
    assert (request.text, request.story) == ("What can I do?", "My lamp blinks three times and goes dark.")


def test_a_complaint_beside_a_wish_is_mood_and_no_request(wishes):
    assert wishes("Nobody ever answers, terrible service. Where is order #V1001?") == [
        ("order_status", "Where is order #V1001?")
    ]


def test_a_complaint_alone_is_one(wishes):
    assert [name for name, _ in wishes("This is the worst shop I have ever dealt with.")] == ["complaint"]


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("my parcel didnt come", ["order_status"]),
        ("The lamp is lovely and the cat adores it.", ["praise"]),
        ("do you deliver to canada and what does express cost", ["shipping_question", "shipping_question"]),
        ("Where is #V1001? Also can you change the address on it?", ["order_status", "change_address"]),
        ("How long do I have to return a watch?", ["question"]),
        ("Can you tell me how I cancel an order?", ["question"]),
        ("Could you open a ticket for this?", ["open_ticket"]),
        ("Thanks. When do I get my money back?", ["question"]),
        ("What did I pay for #V1002 and when does it arrive?", ["order_total", "order_status"]),
        ("Which team wins the cup this year?", ["out_of_scope"]),
        ("got it, thanks a lot!", ["thanks"]),
        ("🙂🙂", ["other"]),
    ],
)
def test_every_wish_of_a_message_is_found(wishes, text, intents):
    assert [name for name, _ in wishes(text)] == intents


def test_a_second_wish_takes_the_order_named_before(reader):
    first, second = reader.read(Guarded(text="Where is #V1002? And could you send me its tracking number?")).requests
    assert (first.entities.order_ids, second.entities.order_ids) == (("#V1002",), ("#V1002",))
