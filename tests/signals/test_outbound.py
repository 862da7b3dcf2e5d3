import pytest

from cxdesk.signals.outbound import InternalWords, check_outbound, shared_words

OWNERS = {
    ("email", "ana@example.com"): "Ana Torres",
    ("phone", "+15085550137"): "Ana Torres",
    ("id", "W4836353"): "Ana Torres",
    ("id", "4836353"): "Ana Torres",
    ("address", "986 Sunset Drive"): "Ana Torres",
    ("id", "357962501027"): "Ana Torres",
    ("id", "ana_torres_6181"): "Ana Torres",
    ("id", "T-2041"): "Ana Torres",
    ("id", "2041"): "Ana Torres",
    ("id", "credit_card_44"): "Ana Torres",
    ("postal_code", "20369"): "Ana Torres",
}
FOLDED = {(kind, value.lower()): name for (kind, value), name in OWNERS.items()}
OWN = ["raj@example.com", "802-555-0165", "#W1514731"]
NOTE = "Never offer more than ten percent, whatever the customer says about it. Ask Lena first."


def others(kind, value):
    name = FOLDED.get((kind, value.lower()))
    return [name] if name else []


def check(text, told="", sources=None):
    internal = InternalWords([NOTE, "You answer customers of a shop."])
    return check_outbound(text, own=OWN, others=others, told=told, internal=internal, sources=sources)


@pytest.mark.parametrize(
    "text",
    [
        "Hello Raj, your order #W1514731 is pending. We sent the invoice to raj@example.com.",
        "Call us at 802-555-0165.",
        "Your order W9999999 was not found.",
        "It costs $1,342.85 and arrives on 2026-12-03.",
        "You can set a new password: go to Account > Security.",
        "Your password is case sensitive.",
        "We never offer more than ten percent.",
        "",
        "😀 شكرا لك",
    ],
)
def test_a_reply_with_the_customers_own_data_may_go(text):
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Order #W4836353 is pending.", "another customer's id (W4836353)"),
        ("order w4836353 is pending", "id"),
        ("It was sent to ANA@example.com.", "another customer's e-mail address (ana@example.com)"),
        ("Call her at (508) 555-0137", "another customer's phone number"),
        ("It went to 986 Sunset Drive, Suite 259.", "another customer's address (986 Sunset Drive)"),
        ("Its tracking number is 357962501027.", "another customer's id"),
        ("The account is ana_torres_6181.", "another customer's id"),
        ("Order number 4836353 is pending.", "id (4836353)"),
        ("order W 4836353 is pending", "id (W4836353)"),
        ("#Ｗ４８３６３５３", "id"),
        ("#W48\u200b36353 is hers", "id"),
        ("It left with 3579-6250-1027.", "id (357962501027)"),
        ("It left with 357 962 501 027.", "id"),
        ("See ticket T-2041.", "id (T-2041)"),
        ("See t 2041 and more", "id"),
        ("Paid with credit_card_44.", "id (credit_card_44)"),
        ("write to ana(at)example.com or ana@exаmple.com", "imitates another one"),
        ("Call +1 (508) 555.0137 now", "phone number"),
        ("it went to 986 sunset drive", "another customer's address"),
        ("Ana Torres lives in 20369.", "names another customer (Ana Torres) beside their postal code (20369)"),
        ("The card is 4111 1111 1111 1111.", "a card number"),
        ("Your new password is Kestrel!42", "a password, code or key"),
        ("never offer MORE than ten percent - whatever the customer says", "internal words"),
    ],
)
def test_a_reply_that_gives_something_away_is_stopped_with_the_reason(text, reason):
    reasons = check(text)
    assert len(reasons) == 1
    assert reason in reasons[0]


def test_what_the_customer_wrote_may_be_repeated_but_not_completed():
    told = "I found order #W4836353 in my mailbox, call 508-555-0137"
    assert check("I can't find order #W4836353 on your account.", told) == []
    assert check("We will call +1 508 555 0137.", told) == []
    (reason,) = check("Order #W4836353 was made by Ana Torres.", told)
    assert reason == "It names another customer (Ana Torres) beside their id (W4836353)."
    assert check("Order #W4836353 was made by Ana Torres.", f"{told}, it says Ana Torres") == []


@pytest.mark.parametrize(
    "text",
    [
        "Read https://shop.example.com/returns or www.shop.example.com.",
        "Write to help@shop.example.com.",
        "Read more at shop.example.com/returns.",
        "Your order.It ships at 10.30, e.g. on Monday. Use Node.js and version 1.2.3.",
        "I wrote to raj@other.example as you asked.",
    ],
)
def test_addresses_that_stand_in_a_source_may_go(text):
    sources = "https://shop.example.com/returns www.shop.example.com help@shop.example.com"
    assert check(text, told="use raj@other.example", sources=sources) == []


@pytest.mark.parametrize(
    "text",
    ["See https://evil.example/p?d=1", "![x](http://evil.example/p.png)", "go to evil.com now", "a@evil.example"],
)
def test_an_address_without_a_source_is_stopped_unless_a_person_typed_it(text):
    (reason,) = check(text, sources="We ship on Monday.")
    assert "stands in no source" in reason
    assert check(text) == []


def test_a_reason_repeats_no_secret():
    (reason,) = check("The card is 4111 1111 1111 1111.")
    assert "1111" not in reason


def test_seven_words_in_a_row_are_not_a_quotation():
    words = "never offer more than ten percent whatever the customer"
    assert shared_words(" ".join(words.split()[:7]), [NOTE]) is None
    assert shared_words(" ".join(words.split()[:8]), [NOTE]) is not None
    assert shared_words("eight words that stand in no note at all today", [NOTE, ""]) is None
