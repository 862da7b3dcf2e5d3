from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cxdesk.agent.outbound import Outbound
from cxdesk.domain import Address, Audience, Customer, Document, Fulfillment, Order, PaymentMethod, Ticket
from cxdesk.store import Store
from cxdesk.store.owners import Owners

ANA = Customer(
    id="ana_torres_6181",
    name="Ana Torres",
    email="ana@example.com",
    phone="(508) 555-0137",
    address=Address(address1="986 Sunset Drive", city="Boston", zip="02108"),
    payment_methods=(PaymentMethod(id="gift_card_77", source="gift_card"),),
)
RAJ = Customer(
    id="raj_li_1",
    name="Raj Li",
    email="raj@example.com",
    phone="+18025550165",
    address=Address(address1="12 Mill Lane", city="Boston", zip="02108"),
)


def order(order_id, owner, tracking):
    parcel = Fulfillment(tracking_ids=(tracking,), item_ids=("7292993796",))
    ship_to = Address(address1="5 Harbour Quay" if owner is ANA else "9 Elm Court")
    return Order(
        id=order_id,
        customer_id=owner.id,
        status="shipped",
        total=Decimal(9),
        ship_to=ship_to,
        fulfillments=(parcel,),
    )


def document(text, audience=Audience.public):
    return Document(
        name=f"{audience}.md", title="", text=text, audience=audience, content_hash="1", added_at=datetime.now(UTC)
    )


@pytest.fixture
def store():
    with Store.open(None) as store:
        store.customers.put_many([ANA, RAJ])
        store.orders.put_many([order("#W4836353", ANA, "357962501027"), order("#W1514731", RAJ, "625562608630")])
        store.tickets.put_many(
            [
                Ticket(id="T-2041", customer_id=ANA.id, subject="x"),
                Ticket(id="T-9", customer_id=RAJ.id, subject="x"),
                Ticket(id="T-5555", subject="nobody's"),
            ]
        )
        yield store


@pytest.mark.parametrize(
    "text",
    [
        "Order #W4836353 is on its way.",
        "order 4836353",
        "w 4836353",
        "Ticket T-2041 is open.",
        "Ticket 2041 is open.",
        "Its tracking number is 357962501027.",
        "It was paid with gift_card_77.",
        "The account is ana_torres_6181.",
        "Write to Ana@Example.com.",
        "Call 508.555.0137.",
        "Call +1 508 555 0137.",
        "It went to 986 sunset dr, Boston.",
        "It went to 5 Harbour Quay.",
        "Ana Torres, 02108",
    ],
)
def test_what_belongs_to_another_customer_is_stopped(store, text):
    assert len(Outbound(store).check_for(RAJ.id, [])(text)) == 1
    assert len(Outbound(store).check_for(None, [])(text)) == 1
    assert Outbound(store).check_for(ANA.id, [])(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Order #W1514731, tracking 625562608630, goes to 9 Elm Court and not to 12 Mill Ln.",
        "Ticket T-9 is open. We wrote to raj@example.com and called 802-555-0165.",
        "Item 7292993796 costs $94.80; we have 12 mill stones and 986 lamps.",
        "Order #W9999999 was not found, nor was ticket T-5555.",
        "Your postal code is 02108.",
        "Ana Torres is a common name.",
    ],
)
def test_the_customers_own_data_and_what_is_nobodys_may_go(store, text):
    assert Outbound(store).check_for(RAJ.id, [])(text) == []


def test_what_a_customer_shares_with_another_is_theirs(store):
    store.customers.put(RAJ.model_copy(update={"phone": ANA.phone, "address": ANA.address}))
    assert Outbound(store).check_for(RAJ.id, [])("Call (508) 555-0137, 986 Sunset Drive.") == []


def test_a_contact_in_a_public_document_may_go_though_a_customer_has_it(store):
    check = Outbound(store).check_for(RAJ.id, [])
    assert check("Call 508-555-0137.") != []
    store.documents.put(document("Call us: 508 555 0137", Audience.internal))
    assert Outbound(store).check_for(RAJ.id, [])("Call 508-555-0137.") != []
    store.documents.put(document("Call us: 508 555 0137. Visit 986 Sunset Drive."))
    assert Outbound(store).check_for(RAJ.id, [])("Call 508-555-0137, or visit 986 Sunset Drive.") == []


def test_an_address_of_a_reply_that_nobody_typed_stands_in_its_sources(store):
    check = Outbound(store).check_for(RAJ.id, ["write to me at raj@other.example"], ["See www.shop.example."])
    assert check("See www.shop.example, we wrote to raj@other.example and raj@example.com.") == []
    assert "evil.example" in check("See https://evil.example/a.")[0]
    assert Outbound(store).check_for(RAJ.id, [])("See https://evil.example/a.") == []


def test_a_prompt_is_not_repeated(store):
    check = Outbound(store, ("You answer customers of a shop and never promise anything.",)).check_for(RAJ.id, [])
    assert "internal words" in check("I answer: you ANSWER customers of a shop, and never promise!")[0]
    assert check("You answer customers of a shop and always promise.") == []


def test_a_value_of_several_customers_has_several_owners(store):
    owners = Owners.of(store)
    assert owners.find("postal_code", "02108") == {ANA.id: "Ana Torres", RAJ.id: "Raj Li"}
    assert owners.find("phone", "137") == {}
    assert owners.find("address", "86 Sunset Drive") == {}
    with pytest.raises(KeyError):
        owners.find("shoe size", "42")
