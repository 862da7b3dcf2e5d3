"""Past messages through today's desk."""

import pytest

from cxdesk.domain import DraftState, Invalid, ReplayedCase, Role
from cxdesk.memory.replay import confidence, curve, differences, judge, replay_all, replay_run
from cxdesk.store.replays import PastMessage
from tests.memory.history import Past, a_turn


@pytest.fixture
def past(fresh_store):
    return Past(fresh_store)


def case(confidence, *, corrected, offered=True):
    return ReplayedCase(
        message_id="m", conversation_id="c", confidence=confidence, offered=offered, corrected=corrected
    )


def a_past_message(past, sent):
    return PastMessage(message=past.say(past.conversation(), "Are returns free?"), sent=sent)


def test_the_same_turn_differs_in_nothing():
    assert differences(a_turn(), a_turn(timings_ms={"total": 900.0})) == []


def test_what_differs_is_named_with_both_values():
    found = differences(a_turn(), a_turn(decision="handoff", handoff_reason="data_gap", sources=[]))
    assert {(d.field, str(d.before), str(d.after)) for d in found} == {
        ("decision", "reply", "handoff"),
        ("handoff_reason", "None", "data_gap"),
        ("sources", "['returns.md > Returns']", "[]"),
    }


def test_a_replayed_run_starts_where_the_conversation_stood(past):
    talk = past.conversation("ada")
    first = past.answered(talk, "Cancel #W1", pending_action={"tool": "cancel_order", "args": {}, "text": "Shall I?"})
    second = past.answered(talk, "yes")
    past.answered(talk, "thanks")
    seen = {}

    def answer(conversation_id, text):
        kept = past.store.conversations.get(conversation_id)
        seen.update(text=text, pending=kept.pending.tool if kept.pending else None, level=kept.identity.level)
        seen["said"] = [m.text for m in past.store.conversations.messages(conversation_id) if m.role is Role.customer]
        return a_turn(reply="Other words.")

    [found] = replay_run(past.store, second, answer)
    assert found.field == "reply"
    assert seen == {"text": "yes", "pending": "cancel_order", "level": "verified", "said": ["Cancel #W1"]}
    assert [run.id for run in past.store.runs.of_conversation(talk)] == [first]


def test_an_unfinished_or_unknown_run_cannot_be_replayed(past):
    talk = past.conversation()
    begun = past.store.runs.start(talk, past.say(talk, "Hi").id)
    for name in (begun.id, "r_1"):
        with pytest.raises(Invalid, match="No finished run"):
            replay_run(past.store, name, lambda *_: a_turn())


def test_an_imported_conversation_is_replayed_message_by_message(past, toy_embedder):
    talk = past.conversation("ada")
    past.say(talk, "Are returns free?")
    past.say(talk, "Returns are free for 30 days.", Role.agent)
    past.say(talk, "And exchanges?")
    cases = past.store.replays.past_messages()
    assert [(c.message.text, c.sent, c.by_person) for c in cases] == [
        ("And exchanges?", None, False),
        ("Are returns free?", "Returns are free for 30 days.", True),
    ]
    found = replay_all(past.store, cases, lambda *_: a_turn(), toy_embedder)
    assert [(c.offered, c.corrected) for c in found] == [(True, None), (True, False)]


def test_a_reply_that_a_person_edited_counts_as_a_persons(past):
    talk = past.conversation()
    run = past.turn(talk, "Hi")
    past.draft(run, DraftState.edited)
    past.say(talk, "Another text.", Role.desk, run=run)
    assert past.store.replays.past_messages()[0].by_person


def test_a_reply_with_another_number_would_have_been_corrected(past, toy_embedder):
    found = judge(a_past_message(past, "Returns are free for 14 days."), a_turn(), toy_embedder)
    assert found.corrected
    assert "30" in found.why


def test_a_reply_about_something_else_would_have_been_corrected(past, toy_embedder):
    found = judge(
        a_past_message(past, "Our kettles whistle loudly."), a_turn(reply="Parcels leave daily."), toy_embedder
    )
    assert found.corrected


def test_what_is_handed_over_is_not_offered(past, toy_embedder):
    found = judge(a_past_message(past, "Yes."), a_turn(decision="handoff"), toy_embedder)
    assert (found.offered, found.corrected) == (False, None)


def test_support_and_a_clear_wish_make_a_turn_more_confident():
    assert confidence(a_turn()) > confidence(a_turn(grounding__supported=0, sources=[]))
    assert confidence(a_turn()) > confidence(a_turn(intent__confidence=0.3))
    assert confidence(a_turn()) > confidence(a_turn(decision="handoff"))
    assert 0 <= confidence(a_turn(intent__confidence=1.0, sources=[])) <= 1


def test_a_higher_confidence_covers_less_and_errs_less():
    found = curve([case(0.9, corrected=False)] * 60 + [case(0.5, corrected=True)] * 40, wanted_error=0.05)
    covered = [point.coverage for point in found.points]
    assert covered == sorted(covered, reverse=True)
    assert (found.points[0].coverage, found.points[0].error) == (1.0, 0.4)
    assert found.advised == pytest.approx(0.55)


def test_few_good_cases_advise_nothing():
    found = curve([case(0.9, corrected=False)] * 5, wanted_error=0.05)
    assert found.advised is None
    assert "5 messages" in (found.note or "")


def test_cases_that_cannot_be_judged_are_left_out_and_counted():
    found = curve([case(0.9, corrected=None), case(0.9, corrected=True), case(0.2, corrected=None, offered=False)])
    assert (found.cases, found.judged) == (3, 2)
    assert found.points[0].coverage == 0.5


def test_without_a_past_there_is_no_curve():
    found = curve([])
    assert found.points == ()
    assert found.note
