from decimal import Decimal

import pytest

from cxdesk.agent.wishes import Denial, Lexicon, Progress, Proposal, Question, Shop, next_move, read_wishes
from cxdesk.domain import (
    Address,
    Customer,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Product,
    Record,
    Variant,
)
from cxdesk.settings import bundled

HOME = Address(address1="1 Oak Road", city="Denver", state="CO", country="USA", zip="80201")
CABIN = Address(address1="7 Pine Trail", address2="Unit 4", city="Boise", state="ID", country="USA", zip="83701")


class Verdict(Record):
    kind: str = "needs_yes"
    reason: str = ""
    cause: str = ""


def kettle(number, capacity, color, price, available=True):
    options = {"capacity": capacity, "color": color}
    return Variant(
        item_id=f"100{number}000", product_id="P1", options=options, available=available, price=Decimal(price)
    )


def mat(number, thickness, color, price, available=True):
    options = {"thickness": thickness, "color": color}
    return Variant(
        item_id=f"200{number}000", product_id="P2", options=options, available=available, price=Decimal(price)
    )


KETTLES = [
    kettle(1, "1L", "red", 30),
    kettle(2, "2L", "red", 40),
    kettle(3, "2L", "blue", 45),
    kettle(4, "1L", "blue", 20),
    kettle(5, "3L", "red", 50, available=False),
]
MATS = [mat(1, "4mm", "green", 10), mat(2, "6mm", "green", 15), mat(3, "6mm", "pink", 16), mat(4, "8mm", "green", 18)]
LAMPS = [
    Variant(item_id="3001000", product_id="P3", options={"size": "M"}, available=True, price=Decimal(9)),
    Variant(item_id="3002000", product_id="P3", options={"size": "L"}, available=True, price=Decimal(11)),
]
PRODUCTS = {
    "P1": Product(id="P1", name="Camping Kettle", variants=tuple(KETTLES)),
    "P2": Product(id="P2", name="Yoga Mat", variants=tuple(MATS)),
    "P3": Product(id="P3", name="Desk Lamp", variants=tuple(LAMPS)),
}


def line(number, variant):
    name = PRODUCTS[variant.product_id].name
    return OrderItem(
        line_no=number,
        item_id=variant.item_id,
        product_id=variant.product_id,
        product_name=name,
        options=variant.options,
        price=variant.price,
    )


def order(id, status, *variants, ship_to=HOME, paid="card_1"):
    items = tuple(line(n, v) for n, v in enumerate(variants, start=1))
    total = sum((item.price for item in items), Decimal(0))
    payment = Payment(kind="payment", amount=total, payment_method_id=paid)
    return Order(
        id=id, customer_id="ann", status=status, total=total, ship_to=ship_to, payments=(payment,), items=items
    )


ANN = Customer(
    id="ann",
    name="Ann Lee",
    email="ann@example.com",
    address=HOME,
    payment_methods=(
        PaymentMethod(id="card_1", source="credit_card", brand="visa", last_four="1234"),
        PaymentMethod(id="pal_1", source="paypal"),
        PaymentMethod(id="gift_1", source="gift_card", balance=Decimal(50)),
    ),
)
STATUSES = {
    "cancel_order": frozenset({"pending"}),
    "modify_order_items": frozenset({"pending"}),
    "modify_order_address": frozenset({"pending"}),
    "modify_order_payment": frozenset({"pending"}),
    "return_items": frozenset({"delivered"}),
    "exchange_items": frozenset({"delivered"}),
}
DELIVERED = order("#W2000001", "delivered", KETTLES[0], MATS[0])
PENDING = order("#W1000001", "pending", LAMPS[0], ship_to=CABIN)


def shop(*orders):
    reasons = {"mistake": "ordered by mistake", "not_needed": "no longer needed"}
    return Shop(
        customer=ANN, orders=orders or (DELIVERED, PENDING), products=PRODUCTS, statuses=STATUSES, reasons=reasons
    )


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(bundled("resources/wishes.toml"))


@pytest.fixture
def move(lexicon):
    def ask(*said, of=None, judge=lambda tool, args: Verdict(), progress=None):
        return next_move(said, of or shop(), progress or Progress(), judge, lexicon)

    return ask


def args(proposal):
    assert isinstance(proposal, Proposal), proposal
    return proposal.args


# ---------------------------------------------------------------- which order


def test_a_cancellation_by_id_with_its_reason_is_complete(move):
    proposal = move("Please cancel order #W1000001, I ordered it by mistake.")
    assert proposal.tool == "cancel_order"
    assert proposal.args == {"order_id": "#W1000001", "reason": "ordered by mistake"}


def test_the_only_order_in_a_fitting_status_is_meant(move):
    assert args(move("Please cancel my order. I no longer need it."))["order_id"] == "#W1000001"


def test_a_missing_reason_is_asked_for_with_those_that_are_accepted(move):
    question = move("Cancel order #W1000001")
    assert isinstance(question, Question)
    assert "ordered by mistake" in question.text
    assert "no longer needed" in question.text


def test_the_answer_to_a_question_completes_the_action(move):
    asked = Progress(asked=("0:0/reason",))
    answered = move("Cancel order #W1000001", "I don't need it any more", progress=asked)
    assert args(answered)["reason"] == "no longer needed"


def test_one_of_several_fitting_orders_is_asked_for(move):
    two = shop(PENDING, order("#W1000002", "pending", MATS[0]))
    question = move("I'd like to cancel my order, it was a mistake", of=two)
    assert isinstance(question, Question)
    assert "#W1000001" in question.text
    assert "#W1000002" in question.text


def test_all_pending_orders_are_cancelled_one_after_another(move):
    two = shop(PENDING, order("#W1000002", "pending", MATS[0]), DELIVERED)
    first = move("Cancel all my pending orders, I no longer need them.", of=two)
    second = move("Cancel all my pending orders, I no longer need them.", of=two, progress=Progress(closed=first.parts))
    assert {args(first)["order_id"], args(second)["order_id"]} == {"#W1000001", "#W1000002"}


def test_an_order_that_is_not_the_customers_own_leads_to_no_other_one(move):
    answer = move("Cancel order #W7777777, I no longer need it.")
    assert isinstance(answer, Denial)


def test_one_thing_of_several_cannot_be_cancelled_alone(move):
    two = shop(order("#W1000003", "pending", LAMPS[0], MATS[0]))
    assert isinstance(move("Cancel the lamp, I don't need it", of=two), Denial)


# ---------------------------------------------------------------- which items


def test_things_are_known_by_short_and_misspelt_names(move):
    for said in ("I want to return the kettle.", "Please return my campign kettle", "I'd like a refund for the kettle"):
        assert args(move(said)) == {
            "order_id": "#W2000001",
            "item_ids": ["1001000"],
            "payment_method_id": "card_1",
        }


def test_things_of_one_order_become_one_action(move):
    assert args(move("I want to return the kettle. I also want to return the yoga mat."))["item_ids"] == [
        "1001000",
        "2001000",
    ]


def test_everything_but_one_thing_is_returned(move):
    assert args(move("Return everything in #W2000001 except the mat"))["item_ids"] == ["1001000"]


def test_two_alike_are_told_apart_by_their_options(move):
    both = shop(order("#W2000002", "delivered", KETTLES[0], KETTLES[2]))
    assert args(move("I want to return the blue kettle", of=both))["item_ids"] == ["1003000"]
    assert isinstance(move("I want to return the kettle", of=both), Question)
    assert args(move("I want to return both kettles", of=both))["item_ids"] == ["1001000", "1003000"]


def test_a_thing_spoken_of_beside_the_wish_holds_back_its_order(move):
    answer = move("The mat is a problem. I want to return the kettle.")
    assert isinstance(answer, Question)
    assert "Yoga Mat" in answer.text


def test_a_thing_in_a_list_that_is_not_known_is_asked_for(move):
    assert isinstance(move("I want to return the kettle and the gizmo"), Question)


# ---------------------------------------------------------------- which variant


@pytest.mark.parametrize(
    ("wish", "new"),
    [
        ("exchange my kettle for the same one but in blue", "1004000"),
        ("exchange the kettle for a 2L one", "1002000"),
        ("exchange the kettle for a bigger one", "1002000"),
        ("exchange the kettle for the 2 liter blue version", "1003000"),
        ("exchange the kettle for the cheapest available", "1004000"),
        ("exchange the kettle for the most expensive one", "1003000"),
        ("swap the kettle to item 1003000", "1003000"),
        ("exchange the mat for one 4 mm thicker", "2004000"),
        ("exchange the mat for the thickest", "2004000"),
        ("exchange the mat for a pink one in 6mm", "2003000"),
        ("have the kettle exchanged for a blue one", "1004000"),
    ],
)
def test_the_variant_that_was_described_is_chosen(move, wish, new):
    proposal = move(f"I want to {wish}.")
    assert proposal.tool == "exchange_items"
    assert proposal.args["new_item_ids"] == [new]


def test_what_is_still_pending_is_modified_instead(move):
    proposal = move("I'd like to exchange the lamp for size L")
    assert (proposal.tool, proposal.args["new_item_ids"]) == ("modify_order_items", ["3002000"])


def test_several_that_fit_are_asked_for(move):
    question = move("I want to exchange the mat for a 6mm one in another color")
    assert isinstance(question, Proposal | Question)
    many = shop(order("#W2000004", "delivered", MATS[0]))
    assert isinstance(move("I want to exchange the mat for a thicker one", of=many), Question)


def test_what_is_not_available_is_not_offered(move):
    answer = move("I want to exchange the kettle for a 3L one")
    assert isinstance(answer, Question)
    assert "available" in answer.text


def test_a_second_choice_counts_when_the_first_is_not_available(move):
    proposal = move("I want to exchange the kettle for a 3L one. If that is not available, I'd take 2L.")
    assert args(proposal)["new_item_ids"] == ["1002000"]


def test_another_wish_counts_when_the_first_is_refused(move):
    said = "I want to exchange the kettle for a 3L one. If that is not possible, return it."
    proposal = move(said)
    assert (proposal.tool, proposal.args["item_ids"]) == ("return_items", ["1001000"])


def test_what_hangs_on_a_condition_nobody_knows_is_not_proposed(move):
    assert isinstance(move("If my sister calls today, I want to return the kettle."), Question)


# ---------------------------------------------------------------- payment


@pytest.mark.parametrize(
    ("said", "method"),
    [
        ("I want to return the kettle.", "card_1"),
        ("I want to return the kettle to my gift card.", "gift_1"),
        ("I want to return the kettle. Refund it to my PayPal.", "pal_1"),
        ("I want to return the kettle, with the money on the card ending in 1234 (a credit card).", "card_1"),
        ("I want to return the kettle to the original payment method.", "card_1"),
    ],
)
def test_the_way_of_paying_is_the_one_named_else_the_original(move, said, method):
    assert args(move(said))["payment_method_id"] == method


@pytest.mark.parametrize("since", ["no, my PayPal", "no, it’s PayPal for me", "my PayPal may have the refnud"])
def test_the_way_of_paying_that_was_named_last_counts_however_it_is_written(move, since):
    assert args(move("I want to return the kettle. The money may go on my gift card.", since))["payment_method_id"] == (
        "pal_1"
    )


def test_a_way_of_paying_that_is_refused_gives_way_to_the_next_one_named(move):
    def no_paypal(tool, args):
        return Verdict(kind="refused" if args["payment_method_id"] == "pal_1" else "needs_yes")

    said = "I want to return the kettle. I'd prefer PayPal, otherwise the credit card is fine."
    assert args(move(said, judge=no_paypal))["payment_method_id"] == "card_1"


# ---------------------------------------------------------------- addresses


def test_a_written_address_is_taken_apart(move):
    proposal = move("Change the address of order #W1000001 to 12 Elm Street, Apt 3, Austin, TX 78701")
    assert proposal.tool == "modify_order_address"
    assert proposal.args["address"] == {
        "address1": "12 Elm Street",
        "address2": "Apt 3",
        "city": "Austin",
        "state": "TX",
        "country": "USA",
        "zip": "78701",
    }


def test_an_address_abroad_is_taken_apart(move):
    proposal = move("Please change my default address to 12 High Street, London SW1A 1AA, United Kingdom")
    assert proposal.tool == "update_customer_address"
    assert proposal.args["address"]["zip"] == "SW1A 1AA"
    assert proposal.args["address"]["country"] == "United Kingdom"


def test_an_own_address_can_be_pointed_at(move):
    assert args(move("Change the address of order #W1000001 to my default address"))["address"] == HOME.model_dump()
    assert args(move("Change my default address to the one in Boise"))["address"] == CABIN.model_dump()
    assert args(move("Update my default address to the address of order #W1000001"))["address"] == CABIN.model_dump()


def test_a_missing_address_is_asked_for(move):
    assert isinstance(move("I want to change the address of order #W1000001"), Question)


def test_a_new_email_address_is_read(move):
    assert args(move("Please change my email to ann.new@example.org")) == {"email": "ann.new@example.org"}


# ---------------------------------------------------------------- what is no wish


@pytest.mark.parametrize(
    "said",
    [
        "Hello!",
        "Where is my order #W1000001?",
        "How do I return an item?",
        "Can I cancel an order that was already processed?",
        "I do not want to cancel anything.",
        "Please don't return the kettle.",
        "What does the return policy say?",
    ],
)
def test_questions_and_refusals_are_no_wishes(lexicon, said):
    assert read_wishes([said], lexicon) == []


def test_a_refused_wish_is_denied_with_the_rules_words(move):
    answer = move(
        "Cancel order #W1000001, I no longer need it",
        judge=lambda tool, args: Verdict(kind="refused", reason="Too late."),
    )
    assert answer == Denial(text="Too late.", parts=answer.parts)


def test_what_needs_a_person_is_marked(move):
    answer = move("I want to return the kettle", judge=lambda tool, args: Verdict(kind="needs_approval", reason="Old."))
    assert answer.needs_approval


def test_what_is_settled_is_not_proposed_again(move):
    said = "I want to return the kettle."
    first = move(said)
    assert move(said, progress=Progress(closed=first.parts)) is None


def test_a_question_is_asked_once(move):
    question = move("Cancel order #W1000001")
    assert move("Cancel order #W1000001", progress=Progress(asked=(question.topic,))) is None


def test_what_is_wanted_instead_does_not_tell_which_thing_is_meant(move):
    two = shop(order("#W2000001", "delivered", KETTLES[0]), order("#W2000002", "delivered", KETTLES[3]))
    question = move("I want to exchange one of the kettles. I want a blue one with 2L.", of=two)
    assert isinstance(question, Question)
    assert "Which one do you mean" in question.text
