"""How tickets, customers and documents are said: sentences with their counts, lists and times."""

from datetime import UTC, datetime, timedelta

import pytest

from cxdesk.domain import KnowledgeGap, TicketStatus
from cxdesk.ui import customer_words, ticket_words
from cxdesk.ui.knowledge_reading import adding_words, gap_line, size, why
from cxdesk.ui.language import capital
from cxdesk.ui.ticket_views import TicketTable
from cxdesk.ui.tickets_page import _count, _was_set

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def test_a_choice_begins_with_a_capital_and_keeps_those_that_follow():
    assert capital("in Bearbeitung") == "In Bearbeitung"
    assert capital("") == ""


@pytest.mark.parametrize(("items", "said"), [((), ""), (("T-1",), "T-1"), (("T-1", "T-2", "T-3"), "T-1, T-2 and T-3")])
def test_what_belongs_together_is_listed(items, said):
    assert ticket_words.listed(items) == said


def test_only_what_is_pressing_has_a_colour():
    assert [ticket_words.priority_tone(name) for name in ("urgent", "high", "normal", "low")] == [
        "bad",
        "warn",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("field", "ids", "value", "said"),
    [
        ("status", ["T-1"], TicketStatus.in_progress, "Ticket T-1 was set to in progress."),
        ("priority", ["T-1", "T-2"], "high", "2 tickets were set to high."),
        ("category", ["T-1"], "billing", "Ticket T-1 was put under billing."),
        ("assignee", ["T-1", "T-2"], "Kim", "2 tickets were given to Kim."),
        ("assignee", ["T-1"], "", "Ticket T-1 was given to nobody."),
    ],
)
def test_a_changed_field_is_said_of_one_ticket_and_of_several(field, ids, value, said):
    assert _was_set(field, ids, value) == said


@pytest.mark.parametrize(
    ("total", "still_open", "said"),
    [(1, 1, "1 ticket"), (1, 0, "1 ticket, 0 open"), (2000, 12, "2,000 tickets, 12 open")],
)
def test_tickets_are_counted_with_those_still_open(total, still_open, said):
    assert _count(TicketTable(total, still_open, {}, None)) == said


def test_what_a_customer_has_is_counted_without_what_is_not_there():
    counts = {"orders": 3, "tickets": 1, "conversations": 0, "messages": 0, "facts": 2, "ratings": 0}
    assert customer_words.belongings(**counts) == "3 orders, 1 ticket and 2 remembered facts"
    assert customer_words.belongings(**dict.fromkeys(counts, 0)) == "nothing else"


def test_what_became_of_files_leaves_out_what_did_not_happen():
    assert adding_words({"added": 1200, "refused": 1}) == "1,200 added, 1 left out"
    assert adding_words({}) == "nothing to add"


@pytest.mark.parametrize(
    ("elapsed", "last"),
    [
        (timedelta(seconds=59), "last just now"),
        (timedelta(hours=3), "last 3 h ago"),
        (timedelta(days=6, hours=23), "last 6 d ago"),
        (timedelta(days=7), "last on 13 Mar"),
    ],
)
def test_a_gap_says_how_long_ago_it_was_asked_about(elapsed, last):
    assert gap_line(gap(count=1, customers=1, last_at=NOON - elapsed), NOON) == f"Asked once by 1 customer, {last}"


def test_a_gap_says_how_often_and_by_how_many():
    line = gap_line(gap(count=4, customers=3, last_at=NOON), NOON)
    assert line == "Asked 4 times by 3 customers, last just now"


@pytest.mark.parametrize(
    ("meaning", "by_words", "said"),
    [(1, 22, "by meaning (1st) and by words (22nd)"), (None, 13, "by words (13th)"), (3, None, "by meaning (3rd)")],
)
def test_why_a_passage_was_found_names_its_places(meaning, by_words, said):
    assert why(meaning, by_words) == said


@pytest.mark.parametrize(("characters", "said"), [(999, "999"), (1_234, "1.2 k"), (2_345_678, "2.3 M")])
def test_a_length_is_as_short_as_a_list_needs_it(characters, said):
    assert size(characters) == said


def gap(count, customers, last_at):
    return KnowledgeGap.model_construct(count=count, customers=customers, last_at=last_at)
