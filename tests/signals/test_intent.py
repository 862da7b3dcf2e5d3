from collections import Counter

import numpy as np
import pytest

from cxdesk.domain import Guarded, Invalid
from cxdesk.settings import bundled
from cxdesk.signals import SignalReader
from cxdesk.signals.classifier import OOS, IntentClassifier
from cxdesk.signals.entities import EntityReader
from cxdesk.signals.intent import IntentRules, Intents, learn_intents, split_clauses
from cxdesk.signals.sentiment import SentimentLexicon


@pytest.fixture(scope="module")
def reader():
    return SignalReader(
        SentimentLexicon(bundled("resources/frustration.toml")),
        Intents(IntentRules(bundled("resources/intents.toml"))),
        EntityReader(["#V1001", "#V1002"], [], ["Desk Lamp"]),
    )


def intents(reader: SignalReader, text: str) -> list[str]:
    return [request.intent.name for request in reader.read(Guarded(text=text)).requests]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Where's my parcel?", "order_status"),
        ("has #V1001 been shipped yet", "order_status"),
        ("I still haven't received my package", "order_status"),
        ("What did I get in order #V1001?", "order_details"),
        ("What is in my order #V1001?", "order_details"),
        ("What is in #V1001?", "order_details"),
        ("What did I order in #V1001", "order_details"),
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
        ("oh, never mind", "thanks"),
        ("I need to speak with a real person", "wish_for_human"),
        ("👍", "other"),
        ("My lamp does not turn on", "question"),
    ],
)
def test_a_message_has_its_intent(reader, text, intent):
    assert intents(reader, text) == [intent]


def test_requests_alone_are_those_of_the_whole_reading_and_judge_no_feeling(reader, monkeypatch):
    text = "I am fed up. Where is #V1001? Can you cancel #V1002?"
    whole = reader.read(Guarded(text=text))
    monkeypatch.setattr(SentimentLexicon, "judge", lambda *args: pytest.fail("a feeling was judged"))
    assert reader.requests(text) == whole.requests != ()


def test_two_wishes_in_one_message_are_two_requests(reader):
    signals = reader.read(Guarded(text="Where is my order #V1001? And how long do refunds take?"))
    assert [r.intent.name for r in signals.requests] == ["order_status", "question"]
    assert signals.requests[0].entities.order_ids == ("#V1001",)


def test_a_second_wish_takes_the_order_named_before(reader):
    signals = reader.read(Guarded(text="What is in #V1002 order and what is its tracking number?"))
    assert [r.entities.order_ids for r in signals.requests] == [("#V1002",), ("#V1002",)]


def test_a_greeting_before_a_wish_is_not_a_request(reader):
    assert intents(reader, "Hi! Where is order #V1001?") == ["order_status"]


def test_clauses_are_never_empty():
    assert split_clauses("...") == ["..."]
    assert split_clauses("One. Two") == ["One.", "Two"]


def test_the_same_text_gives_the_same_signals(reader):
    text = Guarded(text="This is the third time I write, useless!!!")
    assert reader.read(text) == reader.read(text)


def test_anger_is_frustration_and_thanks_is_not(reader):
    angry = reader.read(
        Guarded(text="This is the third time I write and nobody answers, this is useless and I am furious!!!")
    )
    assert angry.sentiment.frustration >= 0.8
    assert reader.read(Guarded(text="Thanks, thanks!")).sentiment.frustration == 0


# ---------------------------------------------------------------- patterns and examples together

EXAMPLES = {
    "refund": ["i want my money back", "refund me", "money back please", "please refund the lamp"],
    "return_items": ["i want to return the lamp", "send the lamp back", "return this", "take it back"],
    "question": ["how long can i return things", "is there a fee", "what is your policy", "how does a return work"],
    OOS: ["sing a song", "weather in rome", "who won the match", "tell me jokes"],
}


class CountingEmbedder:
    """The toy embedder, which tells what it was asked."""

    def __init__(self, toy):
        self.toy, self.name, self.dimension, self.asked = toy, toy.name, toy.dimension, []

    def embed(self, texts):
        self.asked.append(list(texts))
        return self.toy.embed(texts)


@pytest.fixture
def rules():
    return IntentRules(bundled("resources/intents.toml"))


@pytest.fixture
def embedder(toy_embedder):
    return CountingEmbedder(toy_embedder)


@pytest.fixture
def classifier(embedder):
    pairs = [(text, label) for label, texts in EXAMPLES.items() for text in texts]
    return IntentClassifier.fit([text for text, _ in pairs], [label for _, label in pairs], embedder)


@pytest.fixture
def intents_room(rules, classifier):
    return Intents(rules, classifier)


def write_examples(folder, examples):
    folder.mkdir(parents=True, exist_ok=True)
    for name, texts in examples.items():
        (folder / f"{name}.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")


def test_a_certain_pattern_decides_without_the_classifier(intents_room, embedder):
    embedder.asked.clear()
    assert intents_room.judge("Where is my order #V1001?").name == "order_status"
    assert embedder.asked == [[]] or embedder.asked == []


def test_examples_decide_where_no_pattern_is_certain(intents_room):
    assert intents_room.judge("money money back back").name == "refund"


def test_a_text_like_the_examples_out_of_scope_is_out_of_scope(intents_room):
    assert intents_room.judge("sing songs, tell jokes").name == "out_of_scope"


def test_all_clauses_of_a_message_are_embedded_in_one_call(intents_room, embedder):
    embedder.asked.clear()
    intents_room.judge_all(["my money back", "cancel order #V1001", "sing a song"])
    assert embedder.asked == [["my money back", "sing a song"]]


def test_asking_how_to_return_is_a_question_not_a_return(intents_room):
    assert intents_room.judge("how can i return the lamp").name != "return_items"


@pytest.mark.parametrize("text", ["👍", "...", "?!", "12", ""])
def test_a_text_without_letters_claims_no_intent(intents_room, text):
    assert intents_room.judge(text).name in {"other", "question"}


def test_without_a_classifier_the_patterns_decide_alone(rules):
    assert Intents(rules).judge("What is your return policy?") == rules.judge("What is your return policy?")


# ---------------------------------------------------------------- the desk's own examples


def test_every_intent_has_a_place_in_each_coarser_set(rules):
    for file in bundled("resources/intents").glob("*.txt"):
        intent = "out_of_scope" if file.stem == OOS else file.stem
        for name, labels in rules.sets.items():
            assert rules.coarse(intent, name) in labels


def test_every_intent_has_enough_examples_and_none_twice():
    files = list(bundled("resources/intents").glob("*.txt"))
    examples = {file.stem: file.read_text(encoding="utf-8").splitlines() for file in files}
    assert len(examples) >= 22
    assert {name: len(lines) for name, lines in examples.items() if len(lines) < (60 if name == OOS else 25)} == {}
    counted = Counter(line.strip().lower() for lines in examples.values() for line in lines)
    assert [line for line, count in counted.items() if count > 1 or not line] == []


def test_staff_examples_are_learned_and_only_they_are_embedded(tmp_path, embedder):
    write_examples(tmp_path / "own", EXAMPLES)
    folders = [tmp_path / "own", tmp_path / "staff"]
    learn_intents(folders, tmp_path / "intents.npz", embedder)
    embedder.asked.clear()
    write_examples(tmp_path / "staff", {"gift_card": ["voucher for my aunt", "buy a voucher", "voucher code"]})
    learned = learn_intents(folders, tmp_path / "intents.npz", embedder)
    assert embedder.asked == [["voucher for my aunt", "buy a voucher", "voucher code"]]
    assert learned.predict(["a voucher"])[0][0].name == "gift_card"


def test_unchanged_examples_are_neither_embedded_nor_fitted_again(tmp_path, embedder, monkeypatch):
    write_examples(tmp_path / "own", EXAMPLES)
    first = learn_intents([tmp_path / "own"], tmp_path / "intents.npz", embedder)
    embedder.asked.clear()
    monkeypatch.setattr(IntentClassifier, "fit", None)
    again = learn_intents([tmp_path / "own"], tmp_path / "intents.npz", embedder)
    assert embedder.asked == []
    assert again.predict(["refund"]) == first.predict(["refund"])


def test_examples_that_are_no_text_are_refused_by_name(tmp_path, embedder):
    write_examples(tmp_path / "own", EXAMPLES)
    (tmp_path / "own" / "odd.txt").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(Invalid, match=r"odd\.txt"):
        learn_intents([tmp_path / "own"], tmp_path / "intents.npz", embedder)


@pytest.mark.weights
def test_the_desks_examples_tell_everyday_messages(tmp_path, rules):
    from cxdesk.llm.embedder import open_embedder
    from cxdesk.settings import models_dir

    embedder = open_embedder(models_dir() / "all-minilm-l6-v2")
    learned = learn_intents([bundled("resources/intents")], tmp_path / "intents.npz", embedder)
    room = Intents(rules, learned)
    expected = {
        "my blender makes smoke and no longer spins": "technical_problem",
        "the two of you took 30 dollars from my visa twice": "payment_billing",
        "is the toaster sold in blue as well": "product",
        "ship it to my sister's flat rather than to me": "change_address",
        "what does it cost to have it delivered to Canada": "shipping_question",
        "you people are a disgrace": "complaint",
        "absolutely love it, you are stars": "praise",
        "how many legs does a spider have": "out_of_scope",
    }
    assert {text: room.judge(text).name for text in expected} == expected
    assert np.isfinite(learned.threshold)
