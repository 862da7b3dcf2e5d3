import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.signals.entities import EntityReader, IdPattern, ProductNames

reader = EntityReader(
    order_ids=["#W4836353", "#W1514731", "#W2651562"],
    ticket_ids=["T-2041", "T-1999"],
    products=["Digital Camera", "Tea Kettle", "Wireless Earbuds"],
)


def test_order_ids_are_found_in_the_shops_spelling():
    assert reader.read("where is w4836353 and #w1514731?").order_ids == ("#W4836353", "#W1514731")


def test_an_id_with_a_hash_is_found_though_it_has_another_form():
    assert reader.read("Where is order #W99?").order_ids == ("#W99",)


def test_a_phone_number_is_not_an_order_and_a_price_not_a_postal_code():
    found = reader.read("Call me at 555 123 4567, I paid $10283 or 10283 USD")
    assert found.order_ids == ()
    assert found.postal_codes == ()


def test_ids_of_digits_alone_need_their_word():
    pattern = IdPattern.learn(["100123", "100456"], word="order")
    assert pattern.find("my order number 100123, phone 555123") == ["100123"]
    assert pattern.find("zip 100456") == []


def test_who_is_writing_is_read_from_a_proof():
    found = reader.read("I am Raj Li, my zip code is 20369.")
    assert found.names == ("Raj Li",)
    assert found.postal_codes == ("20369",)
    assert reader.read("Sofia Li, zip 10206").names == ("Sofia Li",)


def test_addresses_tickets_and_postal_codes_with_letters():
    found = reader.read("a.b@example.com, ticket T-2041, postal code K1A 0B1")
    assert found.emails == ("a.b@example.com",)
    assert found.ticket_ids == ("T-2041",)
    assert found.order_ids == ()
    assert found.postal_codes == ("K1A 0B1",)


def test_products_are_found_with_typing_errors():
    assert reader.products("do you have a digital camra in stock") == ["Digital Camera"]
    assert reader.products("my wireless earbuds broke") == ["Wireless Earbuds"]
    assert reader.products("hello there") == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("order W 4836353 please", ("#W4836353",)),
        ("order 4836353 please", ("#W4836353",)),
        ("My orders 4836353, 1514731 and 2651562", ("#W4836353", "#W1514731", "#W2651562")),
        ("＃Ｗ４８３６３５３", ("#W4836353",)),
        ("(#w4836353)", ("#W4836353",)),
        ("#W4836353's parcel", ("#W4836353",)),
        ("I paid 5 and 4836353 is my badge", ()),
        ("#1 choice, #blessed2024, C#11, &#1234;", ()),
        ("write to w4836353@example.com", ()),
        ("call me: 483-6353", ()),
    ],
)
def test_order_ids_are_read_as_people_write_them(text, ids):
    assert reader.read(text).order_ids == ids


@pytest.mark.parametrize("text", ["ticket T-2041", "ticket T2041", "t 2041", "T–2041", "ticket 2041"])
def test_ticket_ids_are_read_without_their_sign(text):
    assert reader.read(text).ticket_ids == ("T-2041",)


def test_ids_with_a_year_are_no_phone_numbers_and_phone_numbers_are_no_such_ids():
    pattern = IdPattern.learn(["2026-00123", "2025-10456"], word="order")
    assert pattern.find("order 2026-00123") == ["2026-00123"]
    assert pattern.find("call 5551-00123") == []


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("call me at 802-555-0165", ("+18025550165",)),
        ("(802) 555 0165", ("+18025550165",)),
        ("my mobile is 8025550165", ("+18025550165",)),
        ("+44 20 7946 0958", ("+442079460958",)),
        ("tracking 625562608630", ()),
        ("item 6469567736", ()),
        ("on 2026-10-02 at 10.30", ()),
        ("zip 05401-1234", ()),
        ("my card 4111 1111 1111 1111", ()),
    ],
)
def test_phone_numbers_are_told_from_other_numbers(text, phones):
    found = reader.read(text)
    assert found.phones == phones
    assert not (found.phones and (found.order_ids or found.postal_codes))


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("I paid $1,200.50", "1200.50", "USD"),
        ("it cost 1.200,50 €", "1200.50", "EUR"),
        ("30 euros", "30", "EUR"),
        ("EUR 30.5", "30.5", "EUR"),
        ("20 bucks", "20", "USD"),
        ("£5", "5", "GBP"),
    ],
)
def test_amounts_have_a_value_and_a_currency(text, value, currency):
    (amount,) = reader.read(text).amounts
    assert (amount.value, amount.currency) == (Decimal(value), currency)


def test_a_price_with_five_digits_is_no_postal_code():
    found = reader.read("It cost 10283 euros, send it to 10206 please")
    assert found.postal_codes == ("10206",)
    assert len(found.amounts) == 1


@pytest.mark.parametrize("text", ["I live in SW1A 1AA", "post code: SW1A 1AA", "sent to K1A 0B1 in Ottawa"])
def test_postal_codes_with_letters_stand_alone(text):
    assert len(reader.read(text).postal_codes) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("my name is raj li and my zip is 20369", ("Raj Li",)),
        ("Hi, my name is Ana de la Cruz.", ("Ana de la Cruz",)),
        ("The lamp is broken.\nBest regards,\nIngrid Sørensen", ("Ingrid Sørensen",)),
        ("i'm raj li, zip 20369", ("Raj Li",)),
        ("Hello! Sam Novak here, 53207", ("Sam Novak",)),
        ("Yes. Sam Novak, 53207", ("Sam Novak",)),
        ("i am waiting for the zip file", ()),
        ("I am Very Angry", ()),
        ("I'm Still Waiting", ()),
        ("Good Morning, where is it", ()),
        ("Order Status", ()),
        ("This is Not Acceptable", ()),
    ],
)
def test_names_are_people(text, names):
    assert reader.read(text).names == names


catalogue = EntityReader(
    [], [], ["Tablet", "Sneakers", "Bluetooth Speaker", "LED Light Bulb", "Desk Lamp", "Pet Bed", "T-Shirt", "急须茶壶"]
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("two bluetooth speakers", ["Bluetooth Speaker"]),
        ("the blutooth speeker is silent", ["Bluetooth Speaker"]),
        ("my snekers", ["Sneakers"]),
        ("a light bulb", ["LED Light Bulb"]),
        ("the tshirt and the T shirt", ["T-Shirt"]),
        ("DESKLAMP!!", ["Desk Lamp"]),
        ("我的急须茶壶坏了", ["急须茶壶"]),
        ("these speakers hum", []),
        ("a kitchen table, two tables", []),
        ("desk lamb", []),
        ("he petted the dog", []),
        ("the help desk", []),
    ],
)
def test_products_are_found_but_not_their_false_friends(text, names):
    assert catalogue.products(text) == names


def test_dates_are_seen_from_the_given_day():
    (found,) = reader.read("I ordered it last Tuesday", today=date(2026, 11, 21)).dates
    assert (found.text, found.start, found.end) == ("last Tuesday", date(2026, 11, 17), date(2026, 11, 17))


@pytest.mark.parametrize(
    "text",
    [
        "أين طلبي رقم ٤٨٣٦٣٥٣؟",
        "איפה ההזמנה שלי?",
        "我的订单在哪里？",
        "注文はどこですか",
        "내 주문은 어디에 있나요",
        "Где мой заказ?",
        "मेरा ऑर्डर कहाँ है",
        "คำสั่งซื้อของฉันอยู่ที่ไหน",
        "Πού είναι η παραγγελία μου;",
        "😀👩‍👩‍👧🏳️‍🌈",
        "\ud800 lone",
        "",
    ],
)
def test_odd_text_breaks_nothing(text):
    found = reader.read(text)
    assert found.postal_codes == ()
    assert found.products == ()
    assert reader.read(text) == found


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    reader.read(text, date(2026, 11, 21))


# ---------------------------------------------------------------- many messages, labelled by hand

MESSAGES = Path(__file__).parent / "entity_messages.jsonl"
KINDS = (
    "order_ids",
    "ticket_ids",
    "phones",
    "postal_codes",
    "names",
    "products",
    "amounts",
    "dates",
    "emails",
)
shop = EntityReader(
    ["#W4836353", "#W1514731", "#W2651562"],
    ["T-2041", "T-1999"],
    [
        "Desk Lamp",
        "Action Camera",
        "Bluetooth Speaker",
        "Mechanical Keyboard",
        "T-Shirt",
        "Espresso Machine",
        "Water Bottle",
        "Smart Watch",
        "Garden Hose",
        "Hiking Boots",
        "Running Shoes",
        "Backpack",
        "Fleece Jacket",
        "Wireless Earbuds",
    ],
)
labelled = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_of_labelled_messages_nearly_all_entities_are_found_and_hardly_any_others(kind):
    pairs = [(_wanted(row, kind), _read(row["text"], kind)) for row in labelled]
    right = sum(len(wanted & found) for wanted, found in pairs)
    assert right >= 0.97 * sum(len(wanted) for wanted, _ in pairs)
    assert right >= 0.95 * sum(len(found) for _, found in pairs)


def _wanted(row, kind):
    if kind == "amounts":
        return {(Decimal(value), currency) for value, currency in row.get(kind, [])}
    return {tuple(value) if kind == "dates" else value for value in row.get(kind, [])}


def _read(text, kind):
    found = getattr(shop.read(text, date(2026, 11, 21)), kind)
    if kind == "amounts":
        return {(amount.value, amount.currency) for amount in found}
    if kind == "dates":
        return {(span.start.isoformat(), span.end.isoformat()) for span in found}
    return set(found)


SHOP = (
    "Mechanical Keyboard", "Wireless Keyboard", "Skateboard", "Espresso Machine", "Kite Wi-Fi 6 Router",
    "Crane Laptop Stand", "Osprey Soundbar", "Ibis E-Reader", "Ibis Folio Cover", "Wren In-Ear Headphones",
    "Heron Over-Ear Headphones",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Do you have this keyboard in white?", ["Mechanical Keyboard", "Wireless Keyboard"]),
        ("Do you sell wireless keyboards?", ["Wireless Keyboard"]),
        ("Is there a keybaord with a knob?", ["Mechanical Keyboard", "Wireless Keyboard"]),
        ("What does a skateboard cost?", ["Skateboard"]),
        ("Are you on board with that?", []),
        ("Do you sell a washing machine?", []),
        ("Is your machine for espresso in stock?", ["Espresso Machine"]),
        ("Is the Kite in stock?", ["Kite Wi-Fi 6 Router"]),
        ("how much does the kite cost?", ["Kite Wi-Fi 6 Router"]),
        ("my kite won't connect", ["Kite Wi-Fi 6 Router"]),
        ("do you give kite lessons, or does the kite surfing school", []),
        ("is the ibis in stock?", ["Ibis E-Reader", "Ibis Folio Cover"]),
        ("Is it good kite weather?", []),
        ("Do you cover breakages, and where do you stand on returns?", []),
        ("Do you have a cover for my reader?", ["Ibis Folio Cover", "Ibis E-Reader"]),
        ("How much is a sound bar?", ["Osprey Soundbar"]),
        ("Which over-ear headphones do you have?", ["Heron Over-Ear Headphones"]),
        ("Do you have headphones?", ["Wren In-Ear Headphones", "Heron Over-Ear Headphones"]),
        ("Do you sell skateboards or umbrellas?", ["Skateboard"]),
        ("Do you sell umbrellas?", []),
    ],
)
def test_a_product_is_meant_by_its_kind_as_a_whole_word(text, meant):
    assert ProductNames(SHOP).meant(text) == meant


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("How long is the warranty on headphones?", "How long is the warranty on them?"),
        ("Until when can I return the Wren headphones?", "Until when can I return them?"),
        ("my broken e-reader, can it be repaired", "it, can it be repaired"),
        ("What does the soundbar's light mean?", "What does its light mean?"),
        ("can I return the ibis?", "can I return it?"),
        ("Can I use the laptop stand in bed?", "Can I use it in bed?"),
        ("Does the warranty cover drops?", ""),
        ("Where do you stand on returns?", ""),
        ("Can I pay with a card?", ""),
    ],
)
def test_a_question_about_a_product_can_be_asked_of_anything_in_the_shop(text, general):
    assert ProductNames((*SHOP, "Gift Card Holder")).in_general(text) == general
