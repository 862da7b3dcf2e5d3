from datetime import date

import pytest

from cxdesk.agent.facts import fact_keys, find_facts, on_day, rounds_to, statuses

SAME = [
    ("It costs $1,200.50.", "1200.50 USD"),
    ("within five to seven business days", "5-7 business days"),
    ("in 5 – 7 working days", "5 to 7 business days"),
    ("on 12 May 2026", "2026-05-12"),
    ("by May 12th, 2026", "12 May 2026"),
    ("on May 12", "12 May 2026"),
    ("15 percent", "15%"),
    ("order W4836353", "#W4836353"),
    ("at 5 pm", "17:00"),
    ("a 14-day period", "14 days"),
    ("Write to Help@Shop.example.", "help@shop.example"),
    ("call (207) 555-0142", "207-555-0142"),
    ("within 7 business days", "5 to 7 business days"),
    ("USD 1.299,00", "$1,299.00"),
    ("1299 dollars", "$1,299.00"),
    ("four hundred and twenty dollars", "$420.00"),
    ("within two weeks", "14 days"),
    ("a dozen pieces", "12 pieces"),
    ("on Saturday, 21 November 2026", "2026-11-21"),
]


@pytest.mark.parametrize(("said", "source"), SAME)
def test_another_way_of_writing_is_the_same_fact(said, source):
    keys = {fact.key for fact in find_facts(said)}
    assert keys
    assert keys <= fact_keys(source)


DIFFERENT = [
    ("$34.50", "$34.05"),
    ("14 days", "14 business days"),
    ("30 days", "14 days"),
    ("12 May 2026", "13 May 2026"),
    ("#W1234567", "#W1234568"),
    ("15%", "$15"),
    ("3 to 5 days", "5 to 7 days"),
    ("€34.50", "$34.50"),
    ("between $20 and $30", "between $20 and $35"),
    ("on Friday, 21 November 2026", "2026-11-21"),
]


@pytest.mark.parametrize(("said", "source"), DIFFERENT)
def test_another_value_or_unit_is_another_fact(said, source):
    assert not {fact.key for fact in find_facts(said)} <= fact_keys(source)


def test_words_without_facts_have_none():
    assert find_facts("One of our colleagues can help with this one.") == []


def test_states_are_recognised_in_either_spelling():
    assert statuses("It was canceled") == statuses("It has been cancelled") == {"cancelled"}


def test_facts_tell_where_they_stand():
    text = "Pay $5.00 within 14 days."
    assert [text[fact.start :].startswith(fact.text) for fact in find_facts(text)] == [True, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ninety-one dollars and ninety cents", "$91.90"),
        ("4 dollars 95", "$4.95"),
        ("$1.3k", "$1,300"),
        ("thirty bucks", "$30"),
        ("a fortnight", "14 days"),
        ("an hour and a half", "90 minutes"),
        ("half a dozen", "6"),
        ("9 in the morning", "9:00 am"),
        ("12-May-26", "12 May 2026"),
    ],
)
def test_spoken_values_are_the_same_fact_as_written_ones(one, other):
    assert find_facts(one)[0].key == find_facts(other)[0].key


def test_a_relative_day_may_stand_for_its_date():
    tomorrow = on_day(find_facts("the day after tomorrow")[0], date(2026, 5, 1))
    assert "date:5-3-2026" in tomorrow.also


def test_a_numeric_day_is_read_both_ways():
    assert "date:4-3-2026" in on_day(find_facts("3/4/2026")[0], date(2026, 5, 1)).also


def test_a_rounded_value_is_rounded_to_its_last_digit():
    assert rounds_to(find_facts("about €690")[0], "money:685.8 EUR")
    assert not rounds_to(find_facts("about €680")[0], "money:685.8 EUR")


@pytest.mark.parametrize(
    ("one", "other"),
    [("24-11-2026", "24 November 2026"), ("thirty (30) days", "30 days"), ("24.11.2026", "2026-11-24")],
)
def test_more_ways_to_write_a_fact_have_the_same_key(one, other):
    assert [fact.key for fact in find_facts(one)] == [fact.key for fact in find_facts(other)]
