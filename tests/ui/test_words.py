from datetime import UTC, datetime, timedelta

import pytest

from cxdesk.domain import ConversationState, IdentityLevel, Invalid, Role
from cxdesk.ui import words

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=30), "now"),
        (timedelta(seconds=-5), "now"),
        (timedelta(minutes=2), "2 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=2), "2 d"),
        (timedelta(days=10), "2 Mar"),
        (timedelta(days=400), "5 Feb 2025"),
    ],
)
def test_age_is_as_short_as_a_list_needs_it(ago, said):
    assert words.age(NOON - ago, NOON) == said


def test_clock_names_the_day_unless_it_is_today():
    assert words.clock(NOON - timedelta(hours=2), NOON) == "10:00"
    assert words.clock(NOON - timedelta(days=1), NOON) == "11 Mar, 12:00"


@pytest.mark.parametrize(("ms", "said"), [(0.2, "<1 ms"), (12.4, "12 ms"), (2400, "2.4 s")])
def test_durations_are_short(ms, said):
    assert words.milliseconds(ms) == said


@pytest.mark.parametrize(
    ("state", "preparing", "last", "said"),
    [
        ("open", True, Role.customer, "preparing"),
        ("open", False, Role.customer, "to answer"),
        ("open", False, Role.desk, "answered"),
        ("waiting", False, Role.customer, "draft ready"),
        ("handed_over", False, Role.customer, "handed over"),
        ("closed", False, Role.desk, "closed"),
    ],
)
def test_state_says_what_a_conversation_waits_for(state, preparing, last, said):
    assert words.conversation_state(ConversationState(state), preparing=preparing, last=last).text == said


@pytest.mark.parametrize(
    ("label", "frustration", "said"),
    [("negative", 0.9, "upset"), ("negative", 0.1, "unhappy"), ("neutral", 0.0, "calm"), ("positive", 0.0, "pleased")],
)
def test_mood_is_one_word(label, frustration, said):
    assert words.mood({"label": label, "frustration": frustration}).text == said


def test_a_mood_that_could_not_be_judged_is_not_shown_as_calm():
    assert words.mood({"label": "unknown", "frustration": 0.0}) is None


def test_every_identity_level_has_a_word():
    assert all(words.identity(level).text for level in IdentityLevel)


def test_decisions_are_said_in_plain_words():
    handoff = {"decision": "handoff", "handoff_reason": "asked_for_human", "pending_action": None}
    confirm = {"decision": "confirm", "handoff_reason": None, "pending_action": {"tool": "cancel_order", "args": {}}}
    assert (words.decision(handoff).text, words.decision_why(handoff)) == (
        "Hand over",
        "the customer asked for a person",
    )
    assert (words.decision(confirm).text, words.decision_why(confirm)) == ("Asks for a yes", "cancel order")
    assert words.decision({"decision": "ask"}).text == "Asks back"


def test_checks_name_what_lacks_support():
    grounding = {"unsupported": ["$25"], "supported": 2, "used_brief": False}
    assert words.checks(grounding, failure=None, by_model=True).text == "1 fact without support"


def test_checks_say_that_the_brief_stands_when_the_model_failed_and_why():
    grounding = {"unsupported": [], "supported": 2, "used_brief": True}
    said = words.checks(grounding, failure="The key is refused. Check it.", by_model=True)
    assert "the desk's own brief: The key is refused. Check it." in said.text
    assert said.tone == "warn"


def test_trouble_of_the_desk_is_said_in_its_own_sentence_and_a_bug_without_its_text():
    assert words.trouble(Invalid("No order '#1'. Check it.")) == "No order '#1'. Check it."
    assert "secret" not in words.trouble(KeyError("secret"))
