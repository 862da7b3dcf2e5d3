import pytest

from cxdesk.agent.evidence import Group, Piece
from cxdesk.agent.ground import check_text
from cxdesk.domain import Support

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
    checks = check_text(reply, EVIDENCE, brief_text=brief, customer_text="How long does shipping take?")
    return [fault for _, check in checks for fault in check.faults]


@pytest.mark.parametrize(
    "reply",
    [
        "Standard shipping takes three to five business days and costs $4.95.",
        "Your order #V1001 has shipped. Its total is $59.90.",
        "Thank you for your patience. Unopened items can be returned within 14 days.",
        "Opened headphones cannot be returned.",
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
        ("Write to fraud@evil.example for standard shipping.", "fraud@evil.example"),
    ],
)
def test_what_no_source_says_is_a_fault(reply, why):
    assert any(why in fault for fault in faults(reply)), faults(reply)


def test_facts_of_two_sources_do_not_support_one_sentence():
    assert faults("Express shipping costs $4.95.")


def test_a_supported_sentence_names_its_place_in_the_reply():
    reply = "Hello. Standard shipping costs $4.95."
    (_, hello), (sentence, check) = check_text(reply, EVIDENCE, brief_text="", customer_text="")
    assert hello.supports == ()
    (support,) = check.supports
    assert reply[support.start : support.end] == sentence.text
    assert support.document == "d.md"
