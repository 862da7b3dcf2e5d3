from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cxdesk.assist.variables import VARIABLES, fill, gaps_in, generalise, values_of, variables_in
from cxdesk.domain import Customer, Fulfillment, Order, OrderItem, Ticket

ADA = Customer(id="ada", name="Ada Marsh", email="ada@mail.example")
ORDER = Order(
    id="#K1",
    customer_id="ada",
    status="shipped",
    total=Decimal("30.50"),
    items=(OrderItem(line_no=1, item_id="cup", product_name="Tea Cup", price=Decimal("30.50")),),
    fulfillments=(Fulfillment(tracking_ids=("TRK99001",), carrier="Swift"),),
    expected_at=datetime(2026, 5, 12, tzinfo=UTC),
)
VALUES = values_of(customer=ADA, order=ORDER, shop_name="Vireo", agent_name="Kim")


def test_variables_are_filled_with_the_customers_data():
    filled = fill("Hi {customer_first_name}, {order_id} is {order_status} and cost {order_total}. {agent_name}", VALUES)
    assert filled.text == "Hi Ada, #K1 is shipped and cost $30.50. Kim"
    assert filled.can_be_sent


def test_an_unknown_or_unfillable_variable_is_a_gap_and_cannot_be_sent():
    filled = fill("Ticket {ticket_id}, voucher {lucky number}.", VALUES)
    assert filled.text == "Ticket [[ticket id]], voucher [[lucky number]]."
    assert filled.gaps == ("ticket_id", "lucky_number")
    assert not filled.can_be_sent
    assert gaps_in(filled.text) == ("ticket id", "lucky number")


def test_a_link_that_was_entered_as_a_name_or_a_subject_is_a_gap():
    entered = {"customer_first_name": "www.evil.example", "ticket_subject": "Your prize: call 0900 666 123 now!"}
    assert fill("Hi {customer_first_name}, about {ticket_subject}", entered).gaps == tuple(entered)


def test_a_variable_that_was_typed_by_hand_is_a_gap_too_and_other_braces_are_not():
    assert gaps_in("Hi {customer_name}") == ("customer name",)
    assert gaps_in("Set it to {x} in the file, or [1] and [[") == ()


def test_nothing_is_known_of_a_guest():
    assert values_of(shop_name="Vireo") == {"shop_name": "Vireo"}


def test_what_two_parcels_or_products_share_stays_a_gap():
    two = ORDER.model_copy(update={"fulfillments": (Fulfillment(tracking_ids=("T1", "T2")),)})
    assert "tracking_id" not in values_of(order=two)


def test_every_value_is_a_known_variable():
    ticket = Ticket(id="T-1", subject="Lid")
    every = values_of(customer=ADA, order=ORDER, ticket=ticket, shop_name="V", agent_name="K")
    assert set(every) <= set(VARIABLES)


@pytest.mark.parametrize(
    ("sent", "learned"),
    [
        ("Your order #K1 is shipped.", "Your order {order_id} is {order_status}."),
        ("It comes on 12 May 2026, or 2026-05-12.", "It comes on {expected_date}, or {expected_date}."),
        ("It comes on May 12.", "It comes on {expected_date}."),
        ("You paid $30.50 and 4.99 USD.", "You paid {order_total} and {amount}."),
        ("Dear Ada,\nwe looked.", "Dear {customer_first_name},\nwe looked."),
        ("Hello Jonas, we looked.", "Hello {customer_first_name}, we looked."),
        ("Ada Marsh, it is TRK99001.", "{customer_name}, it is {tracking_id}."),
        ("The Tea Cup is fine. Best regards, Kim", "The {product_name} is fine. Best regards, {agent_name}"),
        ("Write to bo@mail.example about #K2.", "Write to {email} about {reference}."),
        ("Returns take 5 business days and cost 10 %.", "Returns take 5 business days and cost 10 %."),
    ],
)
def test_what_names_a_customers_case_becomes_a_variable(sent, learned):
    assert generalise(sent, VALUES) == learned


def test_generalising_and_filling_again_gives_the_same_text():
    sent = "Hi Ada, your order #K1 is shipped. It is expected on 12 May 2026 and cost $30.50."
    assert fill(generalise(sent, VALUES), VALUES).text == sent


def test_another_customers_data_fills_a_learned_text():
    learned = generalise("Hi Ada, your order #K1 is shipped.", VALUES)
    bo = values_of(
        customer=Customer(id="bo", name="Bo Lund", email="b@x.example"),
        order=ORDER.model_copy(update={"id": "#K7", "status": "pending"}),
    )
    assert fill(learned, bo).text == "Hi Bo, your order #K7 is pending."
    assert set(variables_in(learned)) == {"customer_first_name", "order_id", "order_status"}
