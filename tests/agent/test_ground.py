import pytest

from cxdesk.agent.claims import claimed_actions, claims, likely_claims
from cxdesk.agent.evidence import Group, Piece
from cxdesk.agent.ground import without_answer
from cxdesk.agent.sentences import Sentence
from cxdesk.domain import Support
from tests.agent import checking

SHIPPING = "Standard shipping costs $4.95 and takes 3 to 5 business days."
EXPRESS = "Express shipping costs $12.00 and takes 1 business day."
ORDER = "order id: #V1001. status: shipped. total: 59.90. tracking.0: 1Z9990001234"
RETURNS = "Opened headphones can not be returned. Unopened items can be returned within 14 days."


def group(text: str, *, tool: str | None = None) -> Group:
    support = (
        Support(start=0, end=0, tool=tool, field="status")
        if tool
        else Support(start=0, end=0, document="d.md", from_=0, to=len(text))
    )
    return Group(text=text, pieces=tuple(Piece(text=part.strip() + ".", support=support) for part in text.split(". ")))


EVIDENCE = (group(SHIPPING), group(EXPRESS), group(ORDER, tool="get_order"), group(RETURNS))


def faults(reply: str, brief: str = "") -> list[str]:
    return checking.faults(reply, EVIDENCE, asked="How long does shipping take?", brief=brief)


@pytest.mark.parametrize(
    "reply",
    [
        "Standard shipping takes three to five business days and costs $4.95.",
        "Your order #V1001 has shipped. Its total is $59.90.",
        "Thank you for your patience. Unopened items can be returned within 14 days.",
        "Opened headphones cannot be returned.",
        "Unopened items can be returned in no more than 14 days.",
        "The status of order #V1001: it is still shipped.",
    ],
)
def test_what_a_source_says_passes(reply):
    assert faults(reply) == []


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("Standard shipping takes 3 to 6 business days.", "3 to 6"),
        ("Standard shipping costs $12.00 and takes 3 to 5 business days.", "$12.00"),
        ("Your order #V1001 is delivered.", "delivered"),
        ("Your order #V1002 has shipped.", "#V1002"),
        ("The tracking number is 1Z9990001235.", "1Z9990001235"),
        ("I have cancelled your order #V1001.", "claims an action"),
        ("We will refund your shipping.", "claims an action"),
        ("Yes, standard shipping takes 3 to 5 business days.", "does not say"),
        ("Opened headphones can be returned.", "turned around"),
        ("Would you like express shipping?", "question"),
        ("Our mascot lives in a castle near the sea.", "nothing in the sources"),
        ("Certainly not: standard shipping takes 3 to 5 business days.", "does not say"),
        ("We have let the courier know about #V1001.", "claims an action"),
        ("A label is on its way to your inbox.", "claims an action"),
        ("The parcel is being rerouted to your new address.", "claims an action"),
        ("Write to fraud@evil.example for standard shipping.", "fraud@evil.example"),
    ],
)
def test_what_no_source_says_is_a_fault(reply, why):
    assert any(why in fault for fault in faults(reply)), faults(reply)


def a_record(record, **fields):
    """One record as a tool returned it, a piece a field."""
    pieces = tuple(
        Piece(
            text=f"{name.replace('_', ' ')}: {value}",
            support=Support(start=0, end=0, tool="get_order", field=name),
            about=f"id:{record.lower()}",
        )
        for name, value in {"order_id": f"#{record}", **fields}.items()
    )
    return Group(text=". ".join(piece.text for piece in pieces), pieces=pieces)


RECORD = a_record(
    "V1001",
    status="return requested",
    shipped_at="2026-05-02",
    payment_method_id="credit_card_2542734",
    tracking_id="NLP7941043",
)


@pytest.mark.parametrize(
    ("reply", "passes"),
    [
        ('The latest I have on #V1001 is "return requested".', True),
        ("It was shipped on 2 May 2026.", True),
        ("You can follow it under NLP7941043.", True),
        ('The latest I have on #V1001 is "shipped".', False),
        ("Here is the latest on #V1001: it is pending.", False),
        ("We have order #V1001 listed as delivered.", False),
        ("Here is the latest on credit_card_2542734: it is shipped.", False),
        ("You can follow it under credit_card_2542734.", False),
        ("Your card has been credited.", False),
    ],
)
def test_what_is_said_of_a_record_is_in_the_field_for_it(reply, passes):
    assert (not checking.faults(reply, [RECORD], asked="Where is #V1001?")) == passes


def test_what_the_customer_said_of_themselves_is_not_said_of_the_shop():
    source = group("If a gift card is lost, send us the receipt.")
    assert checking.faults("We lost our gift card!", [source], asked="I lost my gift card", brief=source.text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Yes, it takes 3 days.", "It takes 3 days."),
        ("Of course, it takes 3 days.", "It takes 3 days."),
        ("Certainly not: it takes 3 days.", "It takes 3 days."),
        ("Yes.", "Yes."),
        ("No items are left.", "No items are left."),
    ],
)
def test_a_yes_or_no_that_the_brief_does_not_give_is_taken_off(text, left):
    sentence = Sentence(text, 0, len(text))
    assert without_answer(sentence, "It takes 3 days.").text == left
    assert without_answer(sentence, "Yes, it takes 3 days.").text == text


def test_facts_of_two_sources_do_not_support_one_sentence():
    assert faults("Express shipping costs $4.95.")


def test_a_supported_sentence_names_its_place_in_the_reply():
    reply = "Hello. Standard shipping costs $4.95."
    (_, hello), (sentence, check) = checking.check(reply, EVIDENCE)
    assert hello.supports == ()
    (support,) = check.supports
    assert reply[support.start : support.end] == sentence.text
    assert support.document == "d.md"


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("I have cancelled your order.", True),
        ("Your refund has been issued.", True),
        ("All done!", True),
        ("A colleague has to approve your request. Nothing has been changed so far.", False),
        ("Once your return has been sent, we check it.", False),
    ],
)
def test_an_action_is_claimed_only_where_it_is_told_as_done(text, claimed):
    assert bool(claimed_actions(text)) is claimed


SWAPS = group(
    "You can switch a pending item to another size. We cannot swap an item for a different product or add items."
)


@pytest.mark.parametrize(
    "reply",
    ["You can add one more item!", "You can return worn shoes after a year!", "You may swap a shirt for a lamp."],
)
def test_a_question_said_back_as_a_permission_is_a_fault(reply):
    asked = "Can I add one more item? May I return worn shoes after a year, or swap a shirt for a lamp?"
    assert checking.faults(reply, [SWAPS], asked=asked, brief=SWAPS.text)


@pytest.mark.parametrize(
    "text",
    ["That's right, yes: it was sent.", "I'm afraid not: it was sent.", "Nope, it was sent."],
)
def test_an_answer_after_some_words_is_still_an_answer(text):
    found = checking.faults(text, (), asked="Where is it?", brief="It was sent.")
    assert any("the draft does not say" in fault for fault in found)


def test_no_before_a_thing_is_no_answer():
    found = checking.faults("No tracking number yet.", (), asked="Where is it?", brief="None yet.")
    assert not any("the draft does not say" in fault for fault in found)


@pytest.mark.parametrize(
    "text",
    [
        "Sending the part now.",
        "Someone on my team already fixed your order.",
        "Our team is looking into it right now.",
        "The cancellation is now complete.",
        "Your return is booked in.",
    ],
)
def test_an_act_is_a_claim_whoever_is_said_to_do_it(text):
    assert [*claims(text, (), ""), *likely_claims(text, (), "")]


@pytest.mark.parametrize(
    "text", ["Let me explain.", "We'll always be here for you.", "I hope I have made myself plain."]
)
def test_speaking_of_speaking_claims_no_act(text):
    assert not claims(text, (), "")
