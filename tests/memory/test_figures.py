"""Figures for the owner."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cxdesk.domain import DraftState, HandoffReason, Invalid, Period, Role
from cxdesk.memory.feedback import rate
from cxdesk.memory.figures import as_csv, conversations_behind, figures, period_of
from tests.memory.history import NOON, Past

WEEK = Period(start=NOON - timedelta(days=3), end=NOON + timedelta(days=4))


@pytest.fixture
def past(fresh_store):
    return Past(fresh_store)


def figure(past, name, period=WEEK, moment=NOON):
    return next(each for each in figures(past.store, period, moment=moment).figures if each.name == name)


def parts(found):
    return {part.name: part.value for part in found.parts}


def test_an_empty_desk_has_no_made_up_figures(past):
    found = {each.name: each for each in figures(past.store, WEEK, moment=NOON).figures}
    assert found["conversations"].value == 0
    for name in ("csat", "resolution", "first_reply", "mood", "drafts_used"):
        assert found[name].value is None
        assert found[name].reason


def test_a_figure_stands_beside_that_of_the_time_before(past):
    past.conversation(at=NOON - timedelta(days=5))
    here = [past.conversation(at=NOON), past.conversation(at=NOON + timedelta(hours=1))]
    found = figure(past, "conversations")
    assert (found.value, found.before) == (2, 1)
    assert found.conversations == (here[1], here[0])
    assert found.conversations_total == 2


def test_the_end_of_a_period_is_not_in_it_and_its_start_is(past):
    past.conversation(at=WEEK.start)
    past.conversation(at=WEEK.end)
    assert figure(past, "conversations").value == 1


def test_a_customer_who_had_written_before_came_back(past):
    past.conversation("ada", at=NOON - timedelta(days=40))
    back = past.conversation("ada", at=NOON)
    past.conversation("bo", at=NOON)
    past.conversation("bo", at=NOON + timedelta(hours=1))
    past.conversation("cy", at=NOON)
    found = figure(past, "returning_customers")
    assert found.value == pytest.approx(2 / 3)
    assert back in found.conversations


def test_silence_is_when_the_desk_had_the_last_word(past):
    silent, open_ = past.conversation(), past.conversation()
    past.answered(silent, "Hello?")
    past.answered(open_, "Hello?")
    past.say(open_, "And?")
    found = figure(past, "silence_after_reply")
    assert found.value == 0.5
    assert found.conversations == (silent,)


def test_intents_and_moods_are_counted_by_kind(past):
    talk = past.conversation()
    past.answered(talk, "Hi", intent__name="greeting", sentiment__label="positive")
    past.answered(talk, "Hm", intent__name="refund")
    past.answered(talk, "Hm", intent__name="refund", sentiment__label="unknown")
    assert parts(figure(past, "intents")) == {"refund": 2, "greeting": 1}
    assert parts(figure(past, "moods")) == {"neutral": 1, "positive": 1, "unknown": 1}


def test_an_unknown_mood_is_left_out_of_the_mean_and_counted(past):
    talk = past.conversation()
    past.answered(talk, "Hi", sentiment__score=-0.5)
    past.answered(talk, "Hm", sentiment__label="unknown", sentiment__score=0.0)
    found = figure(past, "mood")
    assert (found.value, found.n, found.unknown) == (-0.5, 1, 1)


def test_mood_has_a_course_by_day(past):
    talk = past.conversation(at=NOON - timedelta(days=1))
    past.answered(talk, "Hi", sentiment__score=-0.5)
    past.at = NOON
    past.answered(talk, "Hm", sentiment__score=0.5)
    assert figure(past, "mood").by_day == {"2026-03-13": -0.5, "2026-03-14": 0.5}


def test_a_reopened_conversation_was_resolved_but_not_durably(past):
    stayed, reopened = past.conversation(), past.conversation()
    past.insight(stayed)
    past.insight(reopened, reopened_at=NOON)
    assert figure(past, "resolution").value == 1
    durable = figure(past, "durable_resolution")
    assert durable.value == 0.5
    assert durable.conversations == (stayed,)
    assert durable.conversations_total == 1


def test_handoffs_are_counted_by_reason(past):
    talk = past.conversation()
    past.store.handoffs.create(talk, None, HandoffReason.data_gap, "x")
    past.store._database.write('UPDATE handoffs SET "at" = ?', NOON)
    assert parts(figure(past, "handoffs")) == {"data_gap": 1}
    assert figure(past, "handoff_rate").value == 1


def test_the_first_reply_is_measured_from_the_first_message(past):
    talk = past.conversation()
    past.say(talk, "Welcome", Role.desk)
    past.say(talk, "Hello?")
    past.say(talk, "Anybody?")
    past.say(talk, "Yes.", Role.agent)
    assert figure(past, "first_reply").value == 120


def test_a_clock_that_went_backwards_makes_no_negative_wait(past):
    talk = past.conversation()
    past.say(talk, "Hello?")
    past.at -= timedelta(hours=2)
    past.say(talk, "Yes.", Role.agent)
    found = figure(past, "first_reply")
    assert (found.value, found.unknown) == (None, 1)
    assert found.reason == "Nothing is known of those that there were."


def test_drafts_count_by_what_people_did_and_overtaken_ones_do_not(past):
    run = past.turn(past.conversation(), "Hi")
    for state, reason in (
        (DraftState.approved, None),
        (DraftState.edited, None),
        (DraftState.rejected, "wrong"),
        (DraftState.rejected, "superseded"),
    ):
        past.draft(run, state, reason=reason)
    assert parts(figure(past, "drafts")) == {"approved": 1, "edited": 1, "rejected": 1}
    assert figure(past, "drafts_used").value == pytest.approx(1 / 3)


def test_csat_is_the_customers_mean_and_not_the_staffs(past):
    one, other = past.conversation(), past.conversation()
    rate(past.store, one, 5)
    rate(past.store, other, 2)
    rate(past.store, other, 5, by="staff")
    past.store._database.write('UPDATE ratings SET "at" = ?', NOON)
    found = figure(past, "csat")
    assert (found.value, found.n) == (3.5, 2)


def test_hours_and_days_are_those_of_the_shops_clock(past):
    past.say(past.conversation(at=datetime(2026, 3, 14, 23, 30, tzinfo=UTC)), "Hi")
    east = NOON.astimezone(timezone(timedelta(hours=2)))
    assert parts(figure(past, "busiest_hours", moment=east)) == {"01:00": 1}
    assert figure(past, "messages", moment=east).by_day == {"2026-03-15": 1}


def test_unanswered_questions_are_counted(past):
    talk = past.conversation()
    past.answered(talk, "Do you ship to Mars?", notes=["no_answer"], decision="handoff", handoff_reason="data_gap")
    past.answered(talk, "Where is #X?", notes=["order_not_found"], decision="handoff", handoff_reason="data_gap")
    assert parts(figure(past, "unanswered")) == {"no_answer": 1}


def test_the_conversations_behind_a_part_can_be_opened(past):
    one, other = past.conversation(), past.conversation()
    past.answered(one, "Hi", intent__name="refund")
    past.answered(other, "Hi", intent__name="greeting")
    assert conversations_behind(past.store, "intents", WEEK, "refund") == [one]
    assert conversations_behind(past.store, "intents", WEEK) == [other, one]
    with pytest.raises(Invalid, match="No figure 'mood_swings'"):
        conversations_behind(past.store, "mood_swings", WEEK)


def test_every_figure_and_part_is_a_line_of_the_csv(past):
    past.answered(past.conversation(), "Hi", intent__name="=HYPERLINK()")
    table = list(csv.DictReader(io.StringIO(as_csv(figures(past.store, WEEK, moment=NOON)))))
    assert {row["figure"] for row in table} >= {"conversations", "csat", "busiest_hours"}
    assert [row["value"] for row in table if row["part"] == "'=HYPERLINK()"] == ["1.0"]
    assert [row["value"] for row in table if row["figure"] == "csat"] == [""]


def test_a_period_is_whole_days_by_default_the_last_thirty():
    found = period_of(None, None, NOON)
    assert found.end - found.start == timedelta(days=30)
    assert found.start <= NOON < found.end
    with pytest.raises(Invalid, match="ends before it begins"):
        period_of(date(2026, 3, 2), date(2026, 3, 1), NOON)
