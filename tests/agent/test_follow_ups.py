"""Follow-ups: what they leave out is taken from what the customer said before, and from nothing else."""

import json
from pathlib import Path

import pytest

from cxdesk.agent.follow_ups import Past, complete, complete_all, questions
from cxdesk.desk import Desk
from cxdesk.domain import Entities, IntentScore, Request

OPTIONS = {"Robin Speaker": ("teal", "red"), "Plover Mouse": ("night blue", "moss")}
KINDS = {"order_status": "order", "order_total": "order", "order_details": "order", "list_orders": "account"}


def asks(text, intent="question", order_ids=()):
    return Request(text=text, intent=IntentScore(name=intent, confidence=0.6), entities=Entities(order_ids=order_ids))


def followed(text, *before, intent="question", named=(), own=()):
    """`text` completed after the requests `before`."""
    past = Past(
        said=[each.text for each in before],
        requests=lambda said: [each for each in before if each.text == said],
        kind=lambda name: KINDS.get(name, "open"),
        products_meant=lambda said: [name for name in OPTIONS if name.split()[-1].lower() in said.lower()],
        options=lambda names: [value for name in names for value in OPTIONS[name]],
        named=named,
        own=lambda: list(own),
    )
    return complete(asks(text, intent), past)


SPEAKER = asks("Is the speaker available in teal?", "product")


@pytest.mark.parametrize(
    "text",
    ["And in red?", "How much is it?", "So what is the price today?", "Does it come in red?", "and the cheaper one?"],
)
def test_a_question_with_no_other_thing_in_it_goes_on_about_the_product(text):
    request = followed(text, SPEAKER, asks("Thanks.", "other"))
    assert (request.intent.name, request.entities.products) == ("product", ("Robin Speaker",))
    assert (request.text, request.story) == (text, SPEAKER.text)


@pytest.mark.parametrize(
    "text",
    ["And how much is shipping?", "What does the mouse cost?", "Are you open today?", "How long is the warranty?"],
)
def test_a_question_that_names_another_thing_does_not(text):
    assert followed(text, SPEAKER).intent.name == "question"


def test_a_price_asked_after_a_talk_about_an_order_is_the_orders():
    status = asks("Where is #K1?", "order_status", ("#K1",))
    assert followed("How much is it?", SPEAKER, status, intent="order_total").intent.name == "order_total"


def test_a_product_named_long_ago_is_no_longer_meant():
    talk = [asks(f"And question {n}?") for n in range(3)]
    assert followed("How much is it?", SPEAKER, *talk).intent.name == "question"


@pytest.mark.parametrize(
    ("text", "named", "intent", "order"),
    [
        ("And the other one?", ("#K1",), "order_details", "#K2"),
        ("When was the second one sent?", ("#K1", "#K2"), "order_status", "#K2"),
        ("Where is the first one?", ("#K1", "#K2"), "order_status", "#K1"),
        ("And the last order?", ("#K1", "#K2"), "order_details", "#K2"),
    ],
)
def test_another_order_is_asked_the_same(text, named, intent, order):
    before = asks("What is in #K1?", "order_details", ("#K1",))
    request = followed(text, before, named=named, own=("#K1", "#K2"))
    assert (request.intent.name, request.entities.order_ids) == (intent, (order,))


def test_where_several_orders_may_be_the_other_one_all_are_shown():
    before = asks("Where is #K1?", "order_status", ("#K1",))
    request = followed("And the other one?", before, named=("#K1",), own=("#K1", "#K2", "#K3"))
    assert (request.intent.name, request.entities.order_ids) == ("list_orders", ())


def test_the_other_one_after_a_talk_about_documents_is_no_order():
    assert followed("And the other one?", asks("Is there a gift card?"), own=("#K1",)).intent.name == "question"


def test_what_is_supposed_otherwise_is_looked_up_that_way():
    before = asks("Can I return headphones that I opened?")
    request = followed("And if I hadn't opened them?", before)
    assert questions(request) == ["Can I return headphones that I unopened?"]
    assert request.text == "And if I hadn't opened them?"


def test_a_follow_up_is_looked_up_alone_and_with_what_it_leans_on():
    request = followed("And for express?", asks("How long does shipping take?"))
    assert questions(request) == ["And for express?", "How long does shipping take? And for express?"]
    assert questions(asks("Are you open?")) == ["Are you open?"]


@pytest.mark.parametrize("text", ["Norway?", "and to norway", "what about Norway"])
def test_a_bare_thing_takes_the_place_of_the_one_in_the_question_before(text):
    request = followed(text, asks("Do you ship to Spain?"))
    assert questions(request)[-1].lower() == "do you ship to norway?"


def test_what_points_at_a_product_is_looked_up_with_its_name():
    request = asks("can it go in the pool?")
    named = request.entities.model_copy(update={"products": ("Robin Speaker",)})
    asked = questions(request.model_copy(update={"story": "which speakers are there?", "entities": named}))
    assert asked[-1] == "can the Robin Speaker go in the pool?"


CASES = [json.loads(line) for line in Path(__file__).with_name("follow_ups.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def demo_shop(tmp_path_factory):
    from cxdesk.demo import open_demo

    folder = tmp_path_factory.mktemp("follow_ups") / "demo"
    open_demo(folder, "none").close()
    with Desk.open(folder, model="none") as desk:
        yield desk


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES, ids=lambda case: " / ".join(case["turns"]))
def test_a_conversation_goes_on_as_a_clerk_would(case, demo_shop):
    talk, customer = None, case["customer"]
    for line in case["turns"]:
        turn = demo_shop.ask(line, talk, None if talk else customer)
        talk = turn.conversation
    assert turn.decision.kind in case["decision"]
    reply = turn.reply.lower()
    assert [text for text in case["contains"] if text.lower() not in reply] == []
    assert [text for text in case["absent"] if text.lower() in reply] == []


def test_a_product_that_one_clause_names_is_meant_by_the_next():
    past = Past(
        said=(),
        requests=lambda _: [],
        kind=lambda _: "open",
        products_meant=lambda said: [name for name in OPTIONS if name.split()[-1].lower() in said.lower()],
        options=lambda _: [],
        named=(),
        own=list,
    )
    message = [asks("Is there a speaker for outdoors"), asks("how much does it cost?")]
    assert complete_all(message, past)[1].entities.products == ("Robin Speaker",)


def test_a_question_about_a_product_is_looked_up_for_anything_in_the_shop_too():
    request = asks("How long is the warranty on the mouse?").model_copy(
        update={"general": "How long is the warranty on it?"}
    )
    assert questions(request) == ["How long is the warranty on the mouse?", "How long is the warranty on it?"]


def test_what_is_sent_back_is_looked_up_as_a_return_too():
    asked = "Until when can I send something back?"
    assert questions(asks(asked)) == [asked, "Until when can I return something?"]


def test_price_and_stock_of_a_product_are_not_looked_up_for_anything_else():
    request = asks("How much is the mouse?").model_copy(update={"general": "How much is it?"})
    assert questions(request) == ["How much is the mouse?"]
