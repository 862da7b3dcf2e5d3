from cxdesk.signals.entities import EntityReader, IdPattern

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
