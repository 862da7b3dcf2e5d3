"""Which personal data of a turn is found, with the demo shop's own records."""

import pytest

from cxdesk.agent.privacy import PersonalFinder
from cxdesk.llm.mask import Mask


@pytest.fixture
def finder(demo_desk):
    return PersonalFinder(demo_desk.store, demo_desk.signal_reader().entities)


@pytest.fixture
def customer(demo_desk):
    everyone = demo_desk.store.customers.all()
    return next(c for c in everyone if c.address.address1 and demo_desk.store.orders.of_customer(c.id))


def test_what_the_shop_knows_of_the_customer_is_found(demo_desk, finder, customer):
    order = demo_desk.store.orders.of_customer(customer.id)[0]
    conversation = demo_desk.start_conversation(customer.id)
    text = (
        f"{customer.name} ({customer.name.split()[0]}, {customer.email}) of {customer.address.address1}, "
        f"{customer.address.city} {customer.address.zip}: order {order.id} to {order.ship_to.address1}."
    )
    hidden = Mask(finder(conversation.id, [text])).hide(text)
    private = [*customer.name.split(), customer.email, customer.address.address1, customer.address.city, order.id]
    assert not [datum for datum in private if datum.casefold() in hidden.casefold()]


def test_a_customer_who_is_only_known_by_an_order_in_the_text_is_found(demo_desk, finder, customer):
    order = demo_desk.store.orders.of_customer(customer.id)[0]
    text = f"{customer.name} asks for {order.id}"
    assert Mask(finder("", [text])).hide(text) == "[NAME_1] asks for [ORDER_1]"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (
            "My name is Jo Becker, jo@becker.example, call 202-555-0143.",
            "My name is [NAME_1], [EMAIL_1], call [PHONE_1].",
        ),
        ("Send it to 55 Old Mill Road, Apt 4b please", "Send it to [ADDRESS_1] please"),
        ("Ich wohne Lindenstraße 12a in Köln", "Ich wohne [ADDRESS_1] in Köln"),
        ("my zip is 60614", "my zip is [ADDRESS_1]"),
        ("I paid $60.61 for 2 lamps on 3 May 2026.", "I paid $60.61 for 2 lamps on 3 May 2026."),
        ("Will the 30 day drive be returned in 5 days?", "Will the 30 day drive be returned in 5 days?"),
    ],
)
def test_what_looks_personal_is_found_without_any_record(finder, text, hidden):
    assert Mask(finder("sentiment", [text])).hide(text) == hidden


def test_parts_of_a_name_are_found_as_names_are_written(demo_desk, finder):
    conversation = demo_desk.start_conversation(writer="Will Stone")
    text = "Will Stone, will stone, Will and a stone"
    assert Mask(finder(conversation.id, [text])).hide(text) == "[NAME_1], [NAME_2], [NAME_3] and a stone"
