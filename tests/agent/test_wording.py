"""Words for items, money, ways to pay and addresses."""

from decimal import Decimal

import pytest

from cxdesk.agent.wording import address_words, item_words, method_words, money_words, sentence
from cxdesk.domain import Address, PaymentMethod


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Boots"),
        ({"color": "black", "capacity": "1.5L"}, "Boots (black, 1.5L)"),
        ({"size": "7", "material": "leather", "waterproof": "no"}, "Boots (size: 7, leather, waterproof: no)"),
    ],
)
def test_an_option_has_its_name_where_the_value_alone_says_nothing(options, words):
    assert item_words("Boots", options) == words


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (None, "the original payment method"),
        (PaymentMethod(id="1", source="paypal"), "your PayPal account"),
        (PaymentMethod(id="1", source="gift_card", balance=Decimal(5)), "your gift card"),
        (PaymentMethod(id="1", source="credit_card", brand="visa", last_four="9761"), "your Visa card ending in 9761"),
        (PaymentMethod(id="1", source="credit_card"), "your credit card"),
        (PaymentMethod(id="1", source="bank_transfer"), "your bank transfer"),
    ],
)
def test_a_way_to_pay_is_named_as_its_owner_knows_it(method, words):
    assert method_words(method) == words


def test_money_addresses_and_sentences_are_written_as_people_do():
    assert money_words(Decimal("1058.79"), "USD", "en_US") == "$1,058.79"
    address = Address(address1="1 Elm St", address2="Suite 2", city="Houston", state="TX", country="USA", zip="77242")
    assert address_words(address) == "1 Elm St, Suite 2, Houston, TX 77242, USA"
    assert address_words(Address()) == ""
    assert sentence("order #K1 is pending.") == "Order #K1 is pending."
