"""What records say of themselves."""

import pytest

from cxdesk.domain import SUMMARY_CHARACTERS, Hit, Identity, IdentityLevel, Passage, TicketStatus, ToolCall

HIT = Hit(passage=Passage(document="a.md", title="A", heading="B", text="Secret words.", start=0, end=13), score=0.5)


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ({"order_id": "#W1", "status": "pending", "items": [{"name": "Lamp"}], "total": "3.00"}, "#W1, pending, 3.00"),
        ([{"order_id": "#W1"}, {"order_id": "#W2"}], "2 found: #W1; #W2"),
        ([], "0 found"),
        ([HIT], "1 found: a.md (B)"),
        ([{"made": 3}], "1 found: 3"),
        (None, ""),
    ],
)
def test_a_call_tells_in_a_line_what_came_of_it(result, told):
    assert ToolCall(id="t", name="x", args={}, ok=True, ms=1, result=result).summary == told


def test_a_call_that_failed_tells_why():
    assert ToolCall(id="t", name="x", args={}, ok=False, ms=1, error="No such order.").summary == "No such order."


def test_a_long_result_is_cut():
    call = ToolCall(id="t", name="x", args={}, ok=True, ms=1, result=[{"a": "word " * 50}] * 9)
    assert len(call.summary) <= SUMMARY_CHARACTERS
    assert call.summary.endswith("…")


@pytest.mark.parametrize(
    ("level", "customer"),
    [(IdentityLevel.verified, "ada"), (IdentityLevel.claimed, None), (IdentityLevel.unknown, None)],
)
def test_only_a_proved_writer_is_a_verified_customer(level, customer):
    assert Identity(level=level, customer_id="ada").verified_customer == customer


def test_a_ticket_is_over_once_it_is_resolved_or_closed():
    assert [status.value for status in TicketStatus if status.is_over] == ["resolved", "closed"]
