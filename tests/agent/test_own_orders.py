"""What a question means among the customer's own orders and tickets."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cxdesk.agent.own_orders import Own, OwnWords, about_own, all_about_own, find_things
from cxdesk.domain import Entities, Fulfillment, IntentScore, Order, OrderItem, Request, Ticket, TicketStatus
from cxdesk.settings import bundled

WORDS = OwnWords.load(bundled("resources/own_orders.toml"))
ORDER_INTENTS = ("order_status", "order_details", "order_total", "order_tracking")


def kind(intent: str) -> str:
    if intent.startswith("order_"):
        return "order"
    return {"return_items": "action", "thanks": "talk", "ticket_status": "account"}.get(intent, "open")


def item(name: str, **options: str) -> OrderItem:
    return OrderItem(
        line_no=1, item_id=name, product_id=name, product_name=name, options=options, price=Decimal("9.50"), quantity=1
    )


def order(number: int, status: str, *items: OrderItem) -> Order:
    sent = status in ("shipped", "delivered")
    return Order(
        id=f"#K{number}",
        customer_id="ada",
        status=status,
        total=Decimal("20"),
        items=items,
        fulfillments=(Fulfillment(tracking_ids=("T1",), item_ids=()),) if sent else (),
        expected_at=datetime(2026, 5, number % 28 + 1, tzinfo=UTC),
    )


TOASTER = order(2004, "pending", item("Moor Toaster", color="red", slots="2"))
LAMP = order(2003, "shipped", item("Arc Desk Lamp", color="black"), item("Moor Kettle", color="blue"))
OLD_LAMP = order(2002, "delivered", item("Arc Desk Lamp", color="white"))
GONE = order(2001, "cancelled", item("Tide Smartwatch", size="S"))
OWN = Own(
    orders=(TOASTER, LAMP, OLD_LAMP, GONE),
    tickets=(Ticket(id="T-1", customer_id="ada", order_id="#K2003", subject="Dent in the kettle"),),
)


def asks(text: str, intent: str = "question", **entities: tuple[str, ...]) -> Request:
    return Request(text=text, intent=IntentScore(name=intent, confidence=0.7), entities=Entities(**entities))


def read(text: str, own: Own = OWN, intent: str = "question") -> tuple[str, tuple[str, ...]]:
    request = about_own(asks(text, intent), own, kind, WORDS)
    return request.intent.name, request.entities.order_ids


@pytest.mark.parametrize(
    ("text", "intent", "orders"),
    [
        ("has my toaster gone out?", "order_status", ("#K2004",)),
        ("When does the kettle get here", "order_status", ("#K2003",)),
        ("is the toaster late?? my kitchen misses it", "order_status", ("#K2004",)),
        ("how did I pay for the toaster", "order_payment", ("#K2004",)),
        ("what did my kettle cost?", "order_total", ("#K2003",)),
        ("the toaster I ordered, which colour is it", "order_options", ("#K2004",)),
        ("Is my toaster red or blue?", "order_options", ("#K2004",)),
        ("how many lamps did I buy", "order_count", ("#K2003", "#K2002")),
        ("which address is my toaster going to", "order_address", ("#K2004",)),
        ("where is the money for my watch", "order_refund", ("#K2001",)),
        ("I meant 2002", "order_status", ("#K2002",)),
    ],
)
def test_a_thing_of_theirs_stands_for_the_order_that_holds_it(text, intent, orders):
    assert read(text) == (intent, orders)


@pytest.mark.parametrize(
    "text",
    [
        "How do I descale my kettle?",
        "Can I return my lamp?",
        "how long is my toaster under warranty",
        "how much is the toaster?",
        "Does the lamp come with a bulb?",
        "what if my kettle breaks",
        "my toaster won't start",
    ],
)
def test_what_is_no_question_about_an_order_stays_as_it_was(text):
    assert read(text) == ("question", ())


def test_where_a_thing_is_asks_of_the_order_under_way_and_not_of_the_one_that_came():
    assert read("where is my lamp") == ("order_status", ("#K2003",))


def test_whoever_asks_for_all_orders_is_told_them_and_not_asked_which_one():
    assert read("What did I order?", intent="list_orders") == ("list_orders", ())


def test_an_option_tells_two_of_a_kind_apart():
    things = find_things("the white lamp", OWN.orders, WORDS)
    assert [thing.order.id for thing in things] == ["#K2002"]


def test_the_last_order_is_the_newest():
    assert read("what was the last thing I bought") == ("order_details", ("#K2004",))


def test_an_order_that_has_not_left_is_one_without_a_parcel():
    assert read("What all is in the order that hasn't left yet?") == ("order_details", ("#K2004",))


def test_another_thing_is_asked_what_was_just_asked():
    after = Own(orders=OWN.orders, said="how did I pay for the toaster", told="#K2004", asked="order_payment")
    assert read("and the kettle?", after) == ("order_payment", ("#K2003",))


def test_what_is_pointed_at_is_the_thing_spoken_of():
    after = Own(orders=OWN.orders, said="is the kettle on its way", told="Your order #K2003.", asked="order_status")
    request = about_own(asks("which colour was it?"), after, kind, WORDS)
    assert request.intent.name == "order_options"
    assert request.entities.order_ids == ("#K2003",)
    assert request.entities.products == ("Moor Kettle",)


def test_a_second_question_of_a_message_is_about_the_order_of_the_first():
    message = [asks("what was the last thing I bought"), asks("what did it cost", "order_total")]
    assert [each.entities.order_ids for each in all_about_own(message, OWN, kind, WORDS)] == [("#K2004",)] * 2


def test_another_version_of_what_was_bought_is_asked_of_the_catalogue():
    after = Own(orders=OWN.orders, said="which colour is my toaster", told="#K2004", asked="order_options")
    request = about_own(asks("do you have it in green too"), after, kind, WORDS)
    assert (request.intent.name, request.entities.products) == ("product", ("Moor Toaster",))


@pytest.mark.parametrize(
    ("text", "status", "intent"),
    [
        ("is anyone looking at the dent?", "delivered", "ticket_status"),
        ("what is the status of my dent report?", "shipped", "ticket_status"),
        ("still no kettle", "shipped", "order_status"),
    ],
)
def test_what_was_reported_is_told_by_its_ticket_and_by_its_order_while_that_is_under_way(text, status, intent):
    own = Own(orders=(LAMP.model_copy(update={"status": status}),), tickets=OWN.tickets)
    request = about_own(asks(text), own, kind, WORDS)
    assert (request.intent.name, request.entities.ticket_ids) == (intent, ("T-1",))


@pytest.mark.parametrize(("status", "tickets"), [("open", ("T-1",)), ("resolved", ())])
def test_where_an_order_is_comes_with_the_ticket_that_is_open_about_it(status, tickets):
    reported = OWN.tickets[0].model_copy(update={"status": TicketStatus(status)})
    own = Own(orders=OWN.orders, tickets=(reported,))
    assert about_own(asks("where is my kettle"), own, kind, WORDS).entities.ticket_ids == tickets


@pytest.mark.parametrize(
    "text", ["if I order today when does it go out?", "The tracking says delivered, but there is nothing here"]
)
def test_how_things_go_in_general_is_asked_of_the_documents(text):
    assert read(text, Own(), "order_status")[0] == "question"


def test_whether_their_own_order_is_still_on_its_way_is_no_general_question():
    told = "I want to know the tracking number and if the order is still in transit"
    assert read(told, Own(), "order_tracking")[0] == "order_tracking"


@pytest.mark.parametrize("intent", ["return_items", "thanks"])
def test_a_wish_and_a_courtesy_are_left_alone(intent):
    assert read("my lamp is on its way back", intent=intent) == (intent, ())


def test_of_an_order_that_is_named_something_finer_may_be_asked():
    named = asks("How did I pay for #K2004?", order_ids=("#K2004",))
    assert about_own(named, OWN, kind, WORDS).intent.name == "order_payment"
    named = asks("Can I return #K2004?", order_ids=("#K2004",))
    assert about_own(named, OWN, kind, WORDS).intent.name == "question"
