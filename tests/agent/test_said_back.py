"""What the customer said supports nothing: a question said back as a statement is an answer that nobody gave."""

import pytest

from cxdesk.agent.evidence import Group, Piece
from cxdesk.agent.senses import Senses
from cxdesk.domain import Support
from tests.agent import checking

SURE_OF_COURTESY = Senses(lambda sentence: 1.0, lambda sentence: {})
RATHER_SURE = Senses(lambda sentence: 0.85, lambda sentence: {})
UNSURE = Senses(lambda sentence: 0.0, lambda sentence: {})
SHOP = (
    "The Wren headphones are in stock and cost $79.90. Refunds are paid within 5 days. Covers cost $29.00. "
    'Hold Fn and 2 until the key blinks, then choose "Tern" on the computer.'
)


def faults(said, asked, senses=UNSURE):
    support = Support(start=0, end=0, document="shop.md", from_=0, to=len(SHOP))
    source = Group(text=SHOP, pieces=(Piece(text=SHOP, support=support),))
    return checking.faults(said, [source], asked=asked, senses=senses)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Are your headphones vegan?", "The Wren headphones are vegan!"),
        ("do refunds come back in cash", "Refunds come back in cash."),
        ("does my cover fit the new one I bought?", "Covers fit the new one you bought."),
        ("Can I read Zindle books on it?", "You can read Zindle books on it."),
        ("Does that go on top of a coupon?", "That goes on top of a coupon!"),
    ],
)
def test_the_customers_words_support_no_statement(asked, said):
    assert faults(said, asked)


def test_what_an_instruction_is_for_may_be_told_in_the_customers_words():
    said = (
        'To hook it up to your second laptop, hold Fn and 2 until the key blinks, then choose "Tern" on the computer.'
    )
    assert not faults(said, "how do I hook it up to my second laptop")


def test_a_deadline_is_no_courtesy_however_sure_the_examples_are():
    assert faults("Please act before the end of this week so that you don't miss out.", "", SURE_OF_COURTESY)


def test_an_act_without_its_subject_is_a_claim():
    assert not faults("It was a joy to help you today.", "", RATHER_SURE)
    assert faults("Have changed the size for you.", "", RATHER_SURE)
