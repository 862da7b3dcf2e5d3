import pytest

from cxdesk.agent.customer_voice import for_customer, speaks_to_staff

STAFF = [
    ("The user needs to confirm the order id.", "You need to confirm the order id."),
    ("- **refund** of the user's gift card", "Refund of your gift card"),
    ("The customer has 14 days.", "You have 14 days."),
    ("The user can only choose one method.", "You can only choose one method."),
    (
        "An order can be cancelled while pending, and you should check its status before.",
        "An order can be cancelled while pending.",
    ),
    (
        "After user confirmation, the status will be 'cancelled'.",
        "After your confirmation, the status will be 'cancelled'.",
    ),
    ("The agent will not be able to change it.", "We will not be able to change it."),
    ("The customer carries the cost.", "You carry the cost."),
]


@pytest.mark.parametrize(("written", "read"), STAFF)
def test_rules_for_staff_are_put_in_the_customers_words(written, read):
    assert for_customer(written, staff_document=True) == read


@pytest.mark.parametrize(
    "order",
    [
        "You should deny such requests.",
        "Before any change, you must list the details.",
        "Ask the user for the zip code.",
    ],
)
def test_orders_to_the_clerk_are_not_read_to_the_customer(order):
    assert for_customer(order, staff_document=True) == ""


def test_a_public_text_keeps_its_words_and_loses_its_marks():
    text = "1. **Within 14 days** you get [your money](returns.md) back, customers of the _club_ within 30."
    assert for_customer(text, staff_document=False) == (
        "Within 14 days you get your money back, customers of the club within 30."
    )


def test_a_text_that_speaks_of_the_customer_in_the_third_person_speaks_to_staff():
    assert speaks_to_staff("The user may return. The user needs a receipt. Ask the user for it.")
    assert not speaks_to_staff("You may return it within 14 days. We refund you at once.")
