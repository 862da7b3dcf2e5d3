"""Wishes on terms: prices, conditions, second thoughts, and what must not be done on half a sentence."""

from decimal import Decimal

import pytest

from cxdesk.agent.wishes import Denial, Lexicon, Progress, Proposal, Question, next_move, read_wishes
from cxdesk.agent.wishes.prices import holds
from cxdesk.agent.wishes.records import Limit
from cxdesk.settings import bundled
from tests.agent.test_wishes import HOME, KETTLES, LAMPS, MATS, PENDING, Verdict, order, shop


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(bundled("resources/wishes.toml"))


@pytest.fixture
def move(lexicon):
    def ask(*said, of=None, progress=None):
        return next_move(said, of or shop(), progress or Progress(), lambda tool, args: Verdict(), lexicon)

    return ask


def new_items(proposal):
    assert isinstance(proposal, Proposal), proposal
    return proposal.args["new_item_ids"]


def items(proposal):
    assert isinstance(proposal, Proposal), proposal
    return proposal.args["item_ids"]


TWO_KETTLES = order("#W2000002", "delivered", KETTLES[0], KETTLES[2])


@pytest.mark.parametrize(
    ("text", "otherwise", "new", "verdict"),
    [
        ("it is under $50", False, 45, True),
        ("it is under $50", False, 55, False),
        ("the new one costs more than 50 dollars", True, 45, True),
        ("the new one costs more than 50 dollars", True, 55, False),
        ("the difference is less than 10 dollars", False, 45, True),
        ("the difference is less than 10 dollars", False, 55, False),
        ("it does not cost more than $5 extra", False, 44, True),
        ("the price is the same", False, 40, True),
        ("the price is the same", False, 41, False),
        ("the price is the same", False, 39, None),
        ("it is cheaper than what I paid", False, 39, True),
        ("the price is right", False, 39, None),
    ],
)
def test_a_price_condition_holds_fails_or_is_not_understood(text, otherwise, new, verdict):
    assert holds(Limit(text=text, otherwise=otherwise), Decimal(40), Decimal(new)) is verdict


def test_a_price_condition_that_fails_leaves_the_item_as_it_is(move):
    said = "I want to exchange the kettle for a 2L one, but only if it costs less than $35; otherwise leave it."
    assert move(said) is None
    assert new_items(move(said.replace("$35", "$45"))) == ["1002000"]


def test_a_price_condition_on_a_return_is_asked_about(move):
    assert isinstance(move("If I get more than $20 back, I want to return the kettle."), Question)


def test_another_wish_counts_when_the_price_is_too_high(move):
    said = "If it costs less than $35, I want to exchange my kettle for a 2L one. If not, return the kettle."
    assert move(said).tool == "return_items"


def test_a_thing_that_shall_be_otherwise_is_a_wish_without_a_verb(move):
    assert new_items(move("My kettle should be blue instead of red.")) == ["1004000"]
    assert new_items(move("I'd like the lamp in size L.")) == ["3002000"]


@pytest.mark.parametrize(
    "said",
    ["I love the kettle.", "I want to know more about the kettle.", "The kettle should arrive tomorrow, where is it?"],
)
def test_a_remark_about_a_thing_leads_to_no_proposal(move, said):
    assert not isinstance(move(said), Proposal)


def test_what_is_taken_back_is_not_done(move):
    assert items(move("I want to return the kettle and the mat. No wait, not the mat, just the kettle.")) == ["1001000"]


def test_a_second_thought_that_is_not_understood_is_asked_about(move):
    assert isinstance(move("I want to return the kettle. Hmm, no wait, it is for my sister."), Question)


def test_one_of_two_is_told_by_its_colour_its_size_or_as_the_other(move):
    both = shop(order("#W2000002", "delivered", KETTLES[1], KETTLES[3]))
    assert items(move("Of the two kettles I'd like to return the blue one.", of=both)) == ["1004000"]
    assert items(move("I want to return the smaller of the two kettles.", of=both)) == ["1004000"]
    assert items(move("I have two kettles and keep the red one. Send the other one back.", of=both)) == ["1004000"]


def test_not_the_other_one_is_no_wish_for_both(move):
    assert items(move("I want to return the blue kettle, not the red one.", of=shop(TWO_KETTLES))) == ["1003000"]


def test_the_very_same_item_twice_is_counted_before_it_is_returned(move):
    twice = shop(order("#W2000005", "delivered", KETTLES[0], KETTLES[0]))
    assert isinstance(move("I want to return the kettle", of=twice), Question)
    assert items(move("I want to return the kettles", of=twice)) == ["1001000", "1001000"]
    assert items(move("I want to return one kettle", of=twice)) == ["1001000"]


def test_no_item_is_proposed_more_often_than_it_was_bought(move):
    said = "I want to return everything in #W2000001. I want to return the kettle for a refund."
    answer = move(said)
    assert isinstance(answer, Question) or sorted(items(answer)) == ["1001000", "2001000"]


def test_the_most_expensive_thing_of_an_order_is_found(move):
    assert items(move("I want to return the most expensive thing in order #W2000001")) == ["1001000"]


def test_options_that_are_named_before_the_thing_count(move):
    assert new_items(move("I want to exchange it for a blue kettle in 2L, my kettle is broken.")) == ["1003000"]


def test_an_option_that_is_named_without_a_value_is_asked_about(move):
    assert isinstance(move("I want to exchange the kettle for a 2L one in a fancy color."), Question)


def test_what_must_be_the_case_is_part_of_what_is_wanted(move):
    assert new_items(move("I want to exchange the kettle for a 2L one, only if it is blue.")) == ["1003000"]


def test_it_in_a_list_counts_as_well(move):
    assert items(move("The kettle leaks, so I want to send it back, and the mat too.")) == ["1001000", "2001000"]


def test_a_pronoun_alone_never_means_a_whole_order(move):
    assert isinstance(move("I want to return my current one."), Question)


def test_all_orders_but_one_are_cancelled(move):
    many = shop(PENDING, order("#W1000002", "pending", MATS[0]))
    said = "I want to cancel all my pending orders except the one with the lamp, I don't need them any more."
    assert move(said, of=many).args["order_id"] == "#W1000002"


def test_an_order_is_known_by_what_is_in_it(move):
    many = shop(PENDING, order("#W1000002", "pending", MATS[0], LAMPS[1]))
    said = "I no longer need the order that has the mat in it."
    assert move(said, of=many).args == {"order_id": "#W1000002", "reason": "no longer needed"}


def test_an_order_can_be_sent_elsewhere_without_the_word_address(move):
    proposal = move("Please have #W1000001 shipped to 12 Elm Street, Austin, TX 78701.")
    assert proposal.tool == "modify_order_address"
    assert proposal.args["address"]["city"] == "Austin"
    assert move("Please send order #W1000001 to my home address.").args["address"] == HOME.model_dump()


def test_an_email_address_is_not_a_postal_one(move):
    proposal = move("Please change my email address to ann.new@example.org")
    assert (proposal.tool, proposal.args) == ("update_customer_email", {"email": "ann.new@example.org"})


def test_what_an_own_action_has_settled_is_not_denied_in_the_same_breath(move):
    said = "I want to exchange the kettle for a blue one. I want to exchange the mat for the thickest."
    first = move(said)
    after = shop(order("#W2000001", "exchange requested", KETTLES[0], MATS[0]), PENDING)
    part = tuple(key for key in first.parts if ".1" in key)
    assert move(said, of=after, progress=Progress(closed=part)) is None
    asked_later = move(said, "I want to exchange the mat for the thickest.", of=after, progress=Progress(closed=part))
    assert isinstance(asked_later, Denial)


def test_a_question_beside_a_wish_is_no_wish(lexicon):
    heard = read_wishes(["How many versions of the lamp are there? I want to return the kettle."], lexicon)
    assert [wish.verb for wish in heard] == ["return"]


def test_what_the_customer_would_not_do_without_is_part_of_the_first_wish(move):
    said = "I want to exchange the kettle for a bigger one. If there is no kettle that is 2L and blue, return the mat."
    assert new_items(move(said)) == ["1003000"]
    proposal = move(said.replace("2L and blue", "3L and red"))
    assert (proposal.tool, items(proposal)) == ("return_items", ["2001000"])


def test_a_wish_that_hangs_on_an_answer_is_not_proposed(move):
    said = "Tell me the price of the mat. If the agent says that it is cheaper, I also want to return the kettle."
    assert not isinstance(move(said), Proposal)


def test_one_of_two_alike_is_not_exchanged_when_both_may_be_meant(move):
    twice = shop(order("#W2000006", "delivered", KETTLES[0], KETTLES[0]))
    said = "I have two kettles. I want to exchange one kettle for a blue one, and the other for a 2L one."
    assert isinstance(move(said, of=twice), Question)
    assert isinstance(
        move("I want to exchange one kettle for a blue one and one kettle for a 2L one.", of=twice), Question
    )
    assert items(move("I want to exchange one of the kettles for a blue one.", of=twice)) == ["1001000"]


# ---------------------------------------------------------------- things that are not needed

LAMP_AND_MAT = order("#W1000003", "pending", LAMPS[0], MATS[0])


def test_a_thing_that_is_not_needed_any_more_is_a_wish_to_cancel_its_order(move):
    proposal = move("I no longer need the desk lamp.")
    assert (proposal.tool, proposal.args["order_id"]) == ("cancel_order", PENDING.id)


def test_a_thing_that_is_not_needed_is_not_cancelled_with_what_else_is_in_its_order(move):
    denial = move("I don't need the desk lamp.", of=shop(LAMP_AND_MAT))
    assert isinstance(denial, Denial)
    assert "as a whole" in denial.text


@pytest.mark.parametrize(
    "said",
    [
        "I don't want the desk lamp. If a part can't be cancelled, I don't mind, drop my whole order.",
        "I ordered the desk lamp too early and no longer need it. I'd like to remove the lamp from my pending order. "
        "If that is not possible, cancel the entire order.",
        "Please remove the lamp from my order, I don't want it any more. If that can't be done, cancel the order.",
    ],
)
def test_where_a_part_can_not_be_cancelled_the_whole_order_is_if_the_customer_says_so(move, said):
    proposal = move(said, of=shop(LAMP_AND_MAT))
    assert (proposal.tool, proposal.args["order_id"]) == ("cancel_order", LAMP_AND_MAT.id)


def test_things_of_two_orders_that_are_not_needed_cancel_each_order_by_its_own_proposal(move):
    both = shop(LAMP_AND_MAT, order("#W1000004", "pending", KETTLES[0], MATS[2]))
    said = "I no longer need the desk lamp and the camping kettle. If only whole orders can be cancelled, fine, "
    said += "cancel them. If it is not possible in parts, cancel the whole order."
    first = move(said, of=both)
    assert not isinstance(first, Proposal) or first.args["order_id"] in (LAMP_AND_MAT.id, "#W1000004")


def test_what_was_delivered_and_is_not_needed_is_not_sent_back_unasked(move):
    assert move("I don't need the yoga mat.", of=shop(order("#W2000003", "delivered", MATS[0]))) is None


def test_what_is_not_needed_and_shall_go_back_goes_back(move):
    proposal = move("I don't need the yoga mat. Please return it.", of=shop(order("#W2000003", "delivered", MATS[0])))
    assert (proposal.tool, items(proposal)) == ("return_items", [MATS[0].item_id])


# ---------------------------------------------------------------- all of a kind, and the only one


def test_all_of_a_kind_go_back_from_every_order_that_has_one(move):
    orders = shop(order("#W2000004", "delivered", KETTLES[0], MATS[0]), order("#W2000005", "delivered", MATS[2]))
    first = move("Please return all yoga mats and the kettle.", of=orders)
    second = move("Please return all yoga mats and the kettle.", of=orders, progress=Progress(closed=first.parts))
    assert sorted([first.args["order_id"], second.args["order_id"]]) == ["#W2000004", "#W2000005"]


def test_the_item_of_the_only_order_that_can_be_changed_needs_no_name(move):
    kettle = order("#W1000005", "pending", KETTLES[0])
    assert new_items(move("Change the item of my pending order to blue.", of=shop(kettle))) == [KETTLES[3].item_id]


def test_an_item_without_a_name_is_asked_for_where_there_are_two(move):
    question = move("Change the item of my pending order to blue.", of=shop(order("#W1", "pending", *KETTLES[:2])))
    assert isinstance(question, Question)


def test_a_gift_card_goes_by_its_short_name(move):
    delivered = order("#W2000006", "delivered", MATS[0])
    assert move("Return the yoga mat, refund it to my GC", of=shop(delivered)).args["payment_method_id"] == "gift_1"


def test_everything_of_that_order_is_more_than_the_thing_that_was_spoken_of(move):
    gift = order("#W2000007", "delivered", KETTLES[0], MATS[0], paid="gift_1")
    said = (
        "Return the kettle, refund to my visa. If the visa is not possible, return everything in that order, to my GC."
    )

    def judge(tool, args):
        return Verdict() if args["payment_method_id"] == "gift_1" else Verdict(kind="refused", reason="Not there.")

    proposal = next_move([said], shop(gift), Progress(), judge, Lexicon.load(bundled("resources/wishes.toml")))
    assert items(proposal) == [KETTLES[0].item_id, MATS[0].item_id]
    assert proposal.args["payment_method_id"] == "gift_1"
