from datetime import timedelta

import pytest

from cxdesk.domain import ConversationState, HandoffReason, Invalid, PendingAction, Role, now
from cxdesk.memory.profiles import roll_up_customers
from cxdesk.memory.sessions import close_answered, close_session, close_silent
from cxdesk.settings import Settings
from cxdesk.store import Store
from tests.memory.talks import ADA, ask, put_customers, talk_of


@pytest.fixture
def store():
    with Store.open(None) as opened:
        put_customers(opened)
        yield opened


def closed(store, talk):
    return close_session(store, talk.id, now())


def test_a_close_tells_mood_topics_tools_tone_and_times(store):
    talk = talk_of(store)
    ask(store, talk, intent="order_status", score=-0.5, order="#W1", tone="professional")
    ask(store, talk, intent="question", score=None, tools=["search_knowledge"])
    ask(store, talk, intent="order_status", score=0.4, order="w1")
    insight = closed(store, talk)
    assert (insight.sentiment_start, insight.sentiment_end, insight.drift) == (-0.5, 0.4, 0.9)
    assert (insight.moods_known, insight.moods_unknown, insight.sentiment) == (2, 1, -0.05)
    assert (insight.intent, insight.topics) == ("order_status", ("order_status", "question"))
    assert (insight.tools, insight.subjects) == (("get_order", "search_knowledge"), ("w1",))
    assert (insight.tone, insight.messages, insight.asked) == ("friendly", 6, 3)
    assert insight.first_reply_s is not None
    assert insight.resolution_s is not None
    assert store.conversations.get(talk.id).state is ConversationState.closed
    assert store.insights.find(talk.id) == insight


def test_an_answered_wish_is_resolved_and_thanks_ask_for_nothing(store):
    talk = talk_of(store)
    ask(store, talk)
    ask(store, talk, "Thanks!", intent="thanks", answered=False)
    insight = closed(store, talk)
    assert (insight.resolution, insight.topics) == ("resolved", ("order_status",))


@pytest.mark.parametrize(
    "exchange",
    [
        {"answered": False},
        {"decision": "ask"},
        {"decision": "confirm"},
        {"decision": "reply", "notes": ["no_answer"]},
    ],
)
def test_a_wish_that_was_not_answered_is_unresolved(store, exchange):
    talk = talk_of(store)
    ask(store, talk, **exchange)
    insight = closed(store, talk)
    assert (insight.resolution, insight.resolution_s) == ("unresolved", None)


def test_a_proposal_that_waits_for_a_yes_is_unresolved(store):
    talk = talk_of(store)
    ask(store, talk)
    waits = PendingAction(tool="cancel_order", args={"order_id": "#W1"})
    store.conversations.save(store.conversations.get(talk.id).model_copy(update={"pending": waits}))
    assert closed(store, talk).resolution == "unresolved"


def test_words_that_sound_resolved_change_nothing(store):
    talk = talk_of(store)
    ask(store, talk, "Great, that solved my problem, all resolved", decision="ask")
    assert closed(store, talk).resolution == "unresolved"


def test_what_a_person_still_has_is_escalated(store):
    talk = talk_of(store)
    ask(store, talk, decision="handoff", handoff=HandoffReason.data_gap)
    insight = closed(store, talk)
    assert (insight.resolution, insight.handoffs, insight.handoff_reason) == ("escalated", 1, HandoffReason.data_gap)


def test_what_a_person_settled_is_resolved(store):
    talk = talk_of(store)
    ask(store, talk, decision="handoff", handoff=HandoffReason.data_gap)
    store.handoffs.record(store.handoffs.of_conversation(talk.id)[0].id, "resolved")
    insight = closed(store, talk)
    assert (insight.resolution, insight.handoffs) == ("resolved", 1)


def test_what_a_person_gave_back_counts_as_what_came_after(store):
    talk = talk_of(store)
    ask(store, talk, decision="handoff", handoff=HandoffReason.frustration)
    store.handoffs.record(store.handoffs.of_conversation(talk.id)[0].id, "given_back")
    ask(store, talk, decision="ask")
    assert closed(store, talk).resolution == "unresolved"


def test_a_persons_own_answer_resolves_what_the_desk_left_open(store):
    talk = talk_of(store)
    ask(store, talk, decision="ask", answered=False)
    store.conversations.add_message(talk.id, Role.agent, "It leaves today.")
    assert closed(store, talk).resolution == "resolved"


def test_a_conversation_in_which_the_customer_wrote_nothing_can_be_closed(store):
    talk = talk_of(store)
    store.conversations.add_message(talk.id, Role.agent, "Hello, are you there?")
    insight = closed(store, talk)
    assert (insight.asked, insight.messages, insight.sentiment, insight.first_reply_s) == (0, 1, None, None)


def test_a_conversation_without_messages_or_customer_can_be_closed(store):
    insight = closed(store, talk_of(store, None))
    assert (insight.customer_id, insight.messages, insight.resolution) == (None, 0, "unresolved")


def test_messages_that_no_turn_read_have_unknown_moods(store):
    talk = talk_of(store)
    store.conversations.add_message(talk.id, Role.customer, "Hi, where is it?")
    store.conversations.add_message(talk.id, Role.desk, "On its way.")
    insight = closed(store, talk)
    assert (insight.moods_known, insight.moods_unknown, insight.resolution) == (0, 1, "resolved")


def test_a_clock_that_went_backwards_gives_no_time_below_zero(store):
    talk = talk_of(store)
    ask(store, talk)
    store.bulk.add(
        {
            "messages": [
                {
                    "id": f"m_{role}",
                    "conversation_id": talk.id,
                    "role": role,
                    "text": "x",
                    "at": now() - timedelta(days=9),
                }
                for role in ("customer", "desk")
            ]
        }
    )
    insight = closed(store, talk)
    assert min(insight.first_reply_s, insight.resolution_s, insight.duration_s) >= 0


def test_an_unknown_conversation_is_refused(store):
    with pytest.raises(Invalid, match="No conversation 'c_none'"):
        close_session(store, "c_none", now())


def test_closing_twice_keeps_the_first_close(store):
    talk = talk_of(store)
    ask(store, talk)
    first = closed(store, talk)
    assert close_session(store, talk.id, now() + timedelta(days=1), "silence") == first


def reopen(store, talk, days, **exchange):
    """The customer writes again so many days after the close."""
    moment = now() - timedelta(days=days)
    close_session(store, talk.id, moment)
    ask(store, talk, **exchange)
    roll_up_customers(store, now(), Settings(), [ADA])
    return store.insights.find(talk.id)


def test_a_new_message_within_seven_days_takes_the_resolution_back(store):
    talk = talk_of(store)
    ask(store, talk)
    insight = reopen(store, talk, 6)
    assert (insight.resolution, insight.outcome) == ("resolved", "unresolved")
    assert store.profiles.find(ADA).resolution_rate == 0


@pytest.mark.parametrize(("days", "exchange"), [(8, {}), (1, {"intent": "thanks"})])
def test_a_late_message_or_a_mere_thanks_leaves_the_resolution(store, days, exchange):
    talk = talk_of(store)
    ask(store, talk)
    assert reopen(store, talk, days, **exchange).outcome == "resolved"


def test_closed_again_it_counts_the_whole_conversation(store):
    talk = talk_of(store)
    ask(store, talk)
    reopen(store, talk, 1)
    store.conversations.save(store.conversations.get(talk.id).model_copy(update={"state": ConversationState.open}))
    insight = closed(store, talk)
    assert (insight.asked, insight.outcome) == (2, "resolved")
    assert len(store.insights.of_customer(ADA)) == 1


@pytest.mark.parametrize(
    ("order", "intent", "outcome"),
    [
        ("#w1", "order_status", "unresolved"),
        ("#W2", "order_status", "resolved"),
        ("#W1", "return_items", "resolved"),
    ],
)
def test_only_the_same_wish_about_the_same_order_takes_back_what_another_conversation_resolved(
    store, order, intent, outcome
):
    first, second = talk_of(store), None
    ask(store, first, order="#W1")
    closed(store, first)
    second = talk_of(store)
    ask(store, second, order=order, intent=intent)
    closed(store, second)
    roll_up_customers(store, now(), Settings(), [ADA])
    assert store.insights.find(first.id).outcome == outcome


def test_silence_closes_what_waits_for_nobody(store):
    open_talk, handed = talk_of(store), talk_of(store)
    ask(store, open_talk)
    ask(store, handed)
    state = {"state": ConversationState.handed_over}
    store.conversations.save(store.conversations.get(handed.id).model_copy(update=state))
    later = now() + timedelta(hours=49)
    assert close_silent(store, now(), timedelta(hours=48)) == []
    assert [each.conversation_id for each in close_silent(store, later, timedelta(hours=48))] == [open_talk.id]
    assert store.insights.find(open_talk.id).closed_by == "silence"


def test_the_windows_end_closes_what_was_answered_and_nothing_that_waits(store):
    answered, asked, drafted, proposed, handed, empty, closed_before = (talk_of(store) for _ in range(7))
    for talk in (answered, proposed, handed, closed_before):
        ask(store, talk)
    ask(store, asked, answered=False)
    store.drafts.create(drafted.id, ask(store, drafted), "A better answer.")
    pending = PendingAction(tool="cancel_order", args={"order_id": "#W1"})
    for talk, state in ((proposed, {"pending": pending}), (handed, {"state": ConversationState.handed_over})):
        store.conversations.save(store.conversations.get(talk.id).model_copy(update=state))
    closed(store, closed_before)
    made = close_answered(store, now())
    assert [(each.conversation_id, each.closed_by, each.resolution) for each in made] == [
        (answered.id, "window", "resolved")
    ]
    assert store.conversations.get(answered.id).state is ConversationState.closed
    assert all(store.conversations.get(talk.id).state != ConversationState.closed for talk in (asked, drafted, empty))
    assert store.insights.find(closed_before.id).closed_by == "person"
    assert close_answered(store, now()) == []


def test_a_conversation_of_the_future_is_closed_and_counted(store):
    talk = talk_of(store)
    ask(store, talk)
    ahead = timedelta(days=400)
    for table, column in (("conversations", "opened_at"), ("conversations", "updated_at"), ("messages", '"at"')):
        store._database.write(f"UPDATE {table} SET {column} = {column} + ?", ahead)
    insight = closed(store, talk)
    assert insight.resolution == "resolved"
    assert min(insight.first_reply_s, insight.resolution_s, insight.duration_s) >= 0
    roll_up_customers(store, now(), Settings(), [ADA])
    assert store.profiles.find(ADA).sessions == 1
    assert store.insights.find(talk.id).outcome == "resolved"


def test_fifty_thousand_messages_are_one_insight(store):
    talk = talk_of(store)
    roles = ("customer", "desk")
    store.bulk.add(
        {
            "messages": [
                {"id": f"m_{n}", "conversation_id": talk.id, "role": roles[n % 2], "text": "x", "at": now()}
                for n in range(50_000)
            ]
        }
    )
    assert closed(store, talk).messages == 50_000
