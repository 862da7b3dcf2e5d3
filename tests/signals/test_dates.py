from datetime import date

import pytest

from cxdesk.signals.dates import DateReader

TODAY = date(2026, 11, 21)  # a Saturday
reader = DateReader()


def spans(text, reader=reader):
    return [(found.start.isoformat(), found.end.isoformat()) for found in reader.read(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It came last Tuesday.", "2026-11-17"),
        ("It came on saturday", "2026-11-14"),
        ("Will it be here by Friday?", "2026-11-27"),
        ("next Monday please", "2026-11-23"),
        ("I ordered two weeks ago", "2026-11-07"),
        ("a couple of days ago", "2026-11-19"),
        ("I wrote yesterday", "2026-11-20"),
        ("the day before yesterday", "2026-11-19"),
        ("I bought it on May 3rd", "2026-05-03"),
        ("bought 3 May 2025", "2025-05-03"),
        ("bought on 2026-10-02.", "2026-10-02"),
        ("bought on 10/2/2026", "2026-10-02"),
        ("bought on 25/10/2026", "2026-10-25"),
        ("gekauft am 2.10.2026", "2026-10-02"),
        ("please deliver before 3 December", "2026-12-03"),
    ],
)
def test_a_day_in_words_or_figures_is_found(text, day):
    assert spans(text) == [(day, day)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("no answer since Monday", "2026-11-16", "2026-11-21"),
        ("I have been waiting for three weeks", "2026-10-31", "2026-11-21"),
        ("nothing in over 2 months", "2026-09-21", "2026-11-21"),
        ("I ordered last week", "2026-11-09", "2026-11-15"),
        ("last weekend", "2026-11-14", "2026-11-15"),
        ("I bought it in October", "2026-10-01", "2026-10-31"),
        ("bought in December", "2025-12-01", "2025-12-31"),
        ("broken since june", "2026-06-01", "2026-11-21"),
        ("can it come within 3 days", "2026-11-21", "2026-11-24"),
        ("I am away until next Friday", "2026-11-21", "2026-11-27"),
        ("away from 3 May to 7 May", "2026-05-03", "2026-05-07"),
        ("between Monday and Wednesday", "2026-11-16", "2026-11-18"),
        ("this month", "2026-11-01", "2026-11-30"),
    ],
)
def test_a_span_in_words_has_both_ends(text, start, end):
    assert spans(text) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "May I return this?",
        "It may 5 times blink",
        "Please march on",
        "I am sat here with a sun hat",
        "30/99/2026",
        "February 30",
        "My order #W4836353 costs $12.50",
        "version 1.2.3.4",
        "",
        "😀" * 50,
        "متى يصل طلبي",
        "999 years ago" * 40,
    ],
)
def test_what_is_no_date_is_left_out(text):
    assert all(start <= end for start, end in spans(text))
    assert spans(text) == [] or "years" in text


def test_a_wall_of_dates_is_read_in_part():
    text = " ".join(f"May {day}," for day in range(1, 29)) * 50
    assert len(reader.read(text, TODAY)) == 20


def test_days_come_first_where_the_shop_writes_so():
    assert spans("on 3/5/2026", DateReader(day_first=True)) == [("2026-05-03", "2026-05-03")]
    assert spans("on 3/5/2026") == [("2026-03-05", "2026-03-05")]


def test_several_dates_keep_their_order_and_wording():
    found = reader.read("Ordered on May 3rd, promised for last Friday.", TODAY)
    assert [each.text for each in found] == ["May 3rd", "last Friday"]
