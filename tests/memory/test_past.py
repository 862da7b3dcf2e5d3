"""Conversations that were held elsewhere: taken over, read, and food for all that looks back."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from cxdesk.desk import Desk
from cxdesk.domain import Customer, Invalid, Period, Role, SearchFilter, now
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.memory.replay import curve

DAY = "2026-03-14T"


@pytest.fixture
def desk(data_dir):
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()) as opened:
        opened.store.customers.put(Customer(id="ada", name="Ada Marsh", email="ada@example.com"))
        yield opened


def a_talk(**changes):
    return {
        "customer": "ada@example.com",
        "opened_at": DAY + "10:00:00Z",
        "messages": [
            {
                "role": "customer",
                "text": "Where is my parcel? This is terrible, awful service and I am furious.",
                "time": DAY + "10:00:00Z",
            },
            {"role": "agent", "text": "It will be with you tomorrow.", "time": DAY + "10:05:00Z"},
            {"role": "user", "content": "Wonderful, thank you so much!", "at": DAY + "10:06:00Z"},
        ],
        **changes,
    }


def take(desk, tmp_path, *talks, **options):
    file = tmp_path / "past.jsonl"
    file.write_text("".join(json.dumps(talk) + "\n" for talk in talks), encoding="utf-8")
    return desk.past.take(file, **options)


def test_a_past_conversation_comes_in_closed_with_its_customer_and_its_times(desk, tmp_path):
    report = take(desk, tmp_path, a_talk())
    assert (report.added, report.problems) == ({"conversations": 1, "messages": 3}, ())
    (talk,) = desk.store.conversations.recent()
    assert (talk.customer_id, talk.writer, talk.state) == ("ada", "Ada Marsh", "closed")
    assert (talk.opened_at, talk.updated_at) == (at(10, 0), at(10, 6))
    said = desk.store.conversations.messages(talk.id)
    assert [(each.role, each.at) for each in said] == [
        (Role.customer, at(10, 0)),
        (Role.agent, at(10, 5)),
        (Role.customer, at(10, 6)),
    ]


def at(hour, minute):
    return datetime(2026, 3, 14, hour, minute, tzinfo=UTC)


def test_reading_gives_profile_figures_search_and_replay_their_food(desk, tmp_path):
    take(desk, tmp_path, a_talk())
    assert desk.past.read() == 2
    (talk,) = desk.store.conversations.recent()
    insight = desk.store.insights.find(talk.id)
    assert (insight.resolution, insight.moods_known, insight.asked) == ("resolved", 2, 2)
    assert insight.sentiment_start < 0 < insight.sentiment_end
    assert insight.first_reply_s == 300
    profile = desk.memory.profile("ada")
    assert (profile.sessions, profile.resolution_rate, profile.average_drift > 0) == (1, 1.0, True)
    figures = {f.name: f for f in desk.overview.figures(Period(start=at(0, 0), end=at(23, 0))).figures}
    assert figures["conversations"].value == 1
    assert sum(part.value for part in figures["moods"].parts) == 2
    (hit, *_) = desk.history.search("parcel", SearchFilter(mood="negative")).hits
    assert hit.message.conversation_id == talk.id
    past = desk.store.replays.past_messages()
    assert [(each.sent, each.by_person) for each in past if each.sent] == [("It will be with you tomorrow.", True)]
    assert curve([]).note  # nothing judged yet, and no error


def test_importing_twice_changes_nothing(desk, tmp_path):
    take(desk, tmp_path, a_talk(), a_talk(id="7", opened_at=DAY + "11:00:00Z"))
    desk.past.read()
    before = [desk.store.insights.find(talk.id) for talk in desk.store.conversations.recent()]
    report = take(desk, tmp_path, a_talk(), a_talk(id="7", opened_at=DAY + "11:00:00Z"))
    assert (sum(report.added.values()), sum(report.updated.values())) == (0, 0)
    assert report.unchanged == {"conversations": 2, "messages": 6}
    assert desk.past.read() == 0
    assert [desk.store.insights.find(talk.id) for talk in desk.store.conversations.recent()] == before


def test_a_conversation_that_has_grown_adds_its_new_messages_and_is_judged_anew(desk, tmp_path):
    talk = a_talk(id="7")
    take(desk, tmp_path, talk)
    desk.past.read()
    more = {"role": "customer", "text": "It is broken! I am furious.", "time": DAY + "12:00:00Z"}
    report = take(desk, tmp_path, {**talk, "messages": [*talk["messages"], more]})
    assert (report.added, report.updated) == ({"conversations": 0, "messages": 1}, {"conversations": 1})
    assert desk.past.read() == 1
    (kept,) = desk.store.conversations.recent()
    insight = desk.store.insights.find(kept.id)
    assert (insight.asked, insight.resolution) == (3, "unresolved")
    assert insight.sentiment_end < 0


def test_reading_goes_on_where_it_was_stopped(desk, tmp_path):
    take(desk, tmp_path, *(a_talk(id=str(n)) for n in range(3)))
    assert desk.past.read(limit=2) == 2
    assert desk.past.read(limit=100) == 4
    assert desk.past.read() == 0
    assert desk.memory.profile("ada").sessions == 3


def test_secrets_and_control_characters_of_past_messages_are_not_kept(desk, tmp_path):
    text = "My card is 4111 1111 1111 1111\x07"
    take(desk, tmp_path, a_talk(messages=[{"role": "customer", "text": text}]))
    (talk,) = desk.store.conversations.recent()
    (message,) = desk.store.conversations.messages(talk.id)
    assert message.text == "My card is [card number]"
    assert set(message.flags) == {"control_characters", "masked_secret"}


def test_facts_of_past_conversations_are_kept(desk, tmp_path):
    take(desk, tmp_path, a_talk(messages=[{"role": "customer", "text": "I prefer e-mail."}]))
    desk.past.read()
    assert len(desk.memory.facts("ada")) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"messages": []}, "'messages' is empty"),
        ({"customer": "nobody@example.com"}, "'customer' is neither"),
        ({"opened_at": "2999-01-01T00:00:00Z"}, "in the future"),
        ({"messages": [{"role": "customer", "text": "Hi", "at": "2999-01-01"}]}, "in the future: 2999-01-01"),
        ({"opened_at": None, "messages": [{"role": "customer", "text": "Hi"}]}, "says when it was"),
        ({"messages": [{"role": "wizard", "text": "Hi"}]}, "'messages.0.role'"),
        ({"messages": "not a list"}, "'messages' is not sound JSON"),
        ({"messages": [{"role": "customer", "text": "Hi", "at": "yesterday"}]}, "'messages.0.at' is not a date"),
    ],
)
def test_a_conversation_that_cannot_be_taken_is_refused_with_its_reason(desk, tmp_path, changes, reason):
    report = take(desk, tmp_path, a_talk(id="good"), a_talk(**changes))
    assert report.added["conversations"] == 1
    (problem,) = report.problems
    assert (problem.line, reason in problem.reason) == (2, True), problem.reason
    with pytest.raises(Invalid, match="line 2"):
        take(desk, tmp_path, a_talk(id="new"), a_talk(**changes), strict=True)
    assert len(desk.store.conversations.recent()) == 1


def test_odd_conversations_are_taken_and_read(desk, tmp_path):
    backwards = [
        {"role": "customer", "text": "Hello", "at": DAY + "12:00:00Z"},
        {"role": "desk", "text": "Hello!", "at": DAY + "11:00:00Z"},
    ]
    guest, silent = a_talk(customer=None), a_talk(messages=[{"role": "agent", "text": "We called you."}])
    report = take(desk, tmp_path, a_talk(messages=backwards), guest, silent)
    assert report.added["conversations"] == 3
    assert desk.past.read() == 3
    insights = [desk.store.insights.find(talk.id) for talk in desk.store.conversations.recent()]
    assert all(each is not None and (each.duration_s or 0) >= 0 for each in insights)
    assert {each.asked for each in insights} == {0, 1, 2}
    assert desk.memory.profile("ada").sessions == 1


def test_a_conversation_of_fifty_thousand_messages_is_taken(desk, tmp_path):
    start = now() - timedelta(days=100)
    said = [
        {"role": "desk", "text": f"Note {n}", "at": (start + timedelta(minutes=n)).isoformat()} for n in range(49_999)
    ]
    take(desk, tmp_path, a_talk(messages=[{"role": "customer", "text": "Hello", "at": start.isoformat()}, *said]))
    assert desk.past.read() == 1
    (talk,) = desk.store.conversations.recent()
    assert desk.store.insights.find(talk.id).messages == 50_000


def test_what_was_only_read_is_no_turn_in_the_traces(desk, tmp_path):
    take(desk, tmp_path, a_talk())
    desk.past.read()
    assert desk.overview.recent_turns() == []
