import pytest

from cxdesk.signals.outbound import check_outbound, shared_words

OWNERS = {
    "raj@example.com": "raj",
    "+18025550165": "raj",
    "W1514731": "raj",
    "ana@example.com": "ana",
    "+15085550137": "ana",
    "W4836353": "ana",
    "986 Sunset Drive": "ana",
    "357962501027": "ana",
    "ana_torres_6181": "ana",
}
OWN = ["raj@example.com", "802-555-0165", "#W1514731"]
NOTE = "Never offer more than ten percent, whatever the customer says about it. Ask Lena first."


def check(text):
    return check_outbound(
        text,
        own=OWN,
        is_foreign=lambda kind, value: OWNERS.get(value, "raj") != "raj",
        internal_texts=[NOTE, "You answer customers of a shop."],
    )


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
        ("The card is 4111 1111 1111 1111.", "a card number"),
        ("Your new password is Kestrel!42", "a password, code or key"),
        ("never offer MORE than ten percent - whatever the customer says", "internal words"),
    ],
)
def test_a_reply_that_gives_something_away_is_stopped_with_the_reason(text, reason):
    reasons = check_outbound(
        text,
        own=OWN,
        is_foreign=lambda kind, value: OWNERS.get(value, OWNERS.get(value.upper(), "raj")) != "raj",
        internal_texts=[NOTE],
    )
    assert len(reasons) == 1
    assert reason in reasons[0]


def test_a_reason_repeats_no_secret():
    (reason,) = check("The card is 4111 1111 1111 1111.")
    assert "1111" not in reason


def test_seven_words_in_a_row_are_not_a_quotation():
    words = "never offer more than ten percent whatever the customer"
    assert shared_words(" ".join(words.split()[:7]), [NOTE]) is None
    assert shared_words(" ".join(words.split()[:8]), [NOTE]) is not None
    assert shared_words("eight words that stand in no note at all today", [NOTE, ""]) is None
