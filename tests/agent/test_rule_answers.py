"""Questions about what the shop allows, answered from the rules that it acts by."""

import pytest

from cxdesk.agent.rule_answers import answer_by_rules, is_general
from cxdesk.agent.rules import load_rules
from cxdesk.settings import bundled


@pytest.fixture(scope="module")
def rules():
    return load_rules(bundled("resources/action_rules.toml"))


@pytest.fixture(scope="module")
def strict_rules(retail_rules_file):
    return load_rules(retail_rules_file)


@pytest.mark.parametrize(
    ("question", "actions", "scope"),
    [
        ("What is your cancellation policy?", ["cancel_order"], "policy"),
        ("How do I cancel?", ["cancel_order"], "general"),
        ("How does a return work?", ["return_items"], "general"),
        ("Can a shipped order still be cancelled?", ["cancel_order"], "condition"),
        ("Can I exchange the items of a pending order?", ["exchange_items"], "condition"),
        ("Can I modify the items of an order twice?", ["modify_order_items"], "condition"),
        ("Can the address of a pending order be changed?", ["modify_order_address"], "condition"),
        (
            "What can be changed in a pending order?",
            ["modify_order_items", "modify_order_payment", "modify_order_address"],
            "condition",
        ),
        ("What are the rules for returns and exchanges?", ["return_items", "exchange_items"], "policy"),
    ],
)
def test_a_question_about_nothing_but_a_change_is_answered_by_its_rule(rules, question, actions, scope):
    answer = answer_by_rules(question, rules)
    assert list(dict.fromkeys(quote.action for quote in answer.quotes)) == actions
    assert answer.scope == scope


@pytest.mark.parametrize(
    "question",
    [
        "Can I cancel because the parcel was damaged?",
        "What does a return cost?",
        "Who pays for the return label?",
        "When did the king return to Paris?",
        "How long does an exchange take?",
        "Please cancel my order.",
        "What changed in 1990?",
        "Which order do lizards belong to?",
        "Can I pay by invoice?",
        "",
    ],
)
def test_with_anything_else_in_it_the_rules_do_not_answer(rules, question):
    assert answer_by_rules(question, rules) is None


def test_a_product_that_is_named_makes_no_difference_to_the_rule(rules):
    named = answer_by_rules("Can I swap my desk lamp for a kettle?", rules, ["Desk Lamp", "Camping Kettle"])
    assert [quote.action for quote in named.quotes][:1] == ["exchange_items"]


def test_the_rule_is_told_as_sentences_with_when_money_is_back(strict_rules):
    told = [quote.text for quote in answer_by_rules("Can a pending order be cancelled?", strict_rules).quotes]
    assert told == [
        "Only a pending order can be cancelled, and only because it is no longer needed or was ordered by mistake.",
        "The money goes back to a gift card immediately and to any other payment method within 5 to 7 business days.",
    ]


def test_what_the_shop_does_not_offer_is_not_promised(strict_rules):
    assert answer_by_rules("How do I cancel?", strict_rules.model_copy(update={"actions": {}})) is None


@pytest.mark.parametrize(
    ("question", "general"),
    [
        ("How do I cancel?", True),
        ("How often may I change the items of an order?", True),
        ("How can I cancel it?", False),
        ("Can I cancel my order?", False),
        ("Cancel #W1", False),
    ],
)
def test_who_asks_how_it_goes_is_told_from_who_wants_it_done(question, general):
    assert is_general(question) is general


def test_a_guest_who_asks_how_to_cancel_is_told_the_rule(demo_desk):
    turn = demo_desk.ask("How do I cancel?")
    assert turn.decision.kind == "reply"
    assert "pending" in turn.reply
    assert turn.grounding.unsupported == ()
