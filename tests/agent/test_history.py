"""What a model reads again of a long conversation, and what the summary of the rest says."""

from itertools import pairwise

import pytest

from cxdesk.agent.history import PastTurn, fit, past_turns
from cxdesk.domain import Message, Role, Run, RunState, now

WHO = "Ada Marsh (verified)"


def words(text):
    return len(text.split())


def a_turn(number, size=20):
    return PastTurn(
        asked=f"question {number} " + "x " * size,
        replied=f"reply {number}",
        gist=f"order status (#K{number}): answered",
        orders=(f"#K{number}",),
    )


def a_message(number, role, text):
    return Message(id=f"m_{number}", conversation_id="c_1", role=role, text=text, at=now())


def a_run(message, **turn):
    turn = {"intents": [{"name": "order_status"}], "tools": [], "decision": "reply", **turn}
    state = RunState.finished
    return Run(id="r", conversation_id="c_1", message_id=message.id, state=state, turn=turn, started_at=now())


def texts(history, asked="now"):
    return [message.content for message in history.messages_before(asked)]


def test_a_short_conversation_is_read_again_in_full():
    past = [a_turn(n) for n in range(3)]
    history = fit(past, 500, words, WHO)
    assert texts(history) == [text for turn in past for text in (turn.asked, turn.replied)] + ["now"]
    assert (history.summary, history.left_out) == ("", 0)


def test_questions_and_replies_alternate_whatever_is_left_out():
    for room in range(0, 600, 25):
        roles = [m.role for m in fit([a_turn(n) for n in range(9)], room, words, WHO).messages_before("now")]
        assert roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]


@pytest.mark.parametrize("room", [0, 10, 60, 150, 250, 400])
def test_what_is_read_again_never_exceeds_its_room(room):
    history = fit([a_turn(n) for n in range(12)], room, words, WHO)
    assert sum(words(text) for text in texts(history, asked="")) <= room


def test_the_oldest_turns_make_way_and_a_summary_tells_of_them():
    history = fit([a_turn(n) for n in range(12)], 450, words, WHO)
    assert history.left_out > 0
    assert history.turns[-1].replied == "reply 11"
    assert "Ada Marsh" in history.summary
    assert f"#K{history.left_out - 1}" in history.summary
    assert "answered" in history.summary
    assert texts(history)[0].startswith(history.summary)


def test_between_two_cuts_turns_are_only_appended():
    past = [a_turn(n) for n in range(40)]
    seen = [texts(fit(past[:n], 450, words, WHO))[:-1] for n in range(41)]
    reread = sum(later[: len(earlier)] != earlier for earlier, later in pairwise(seen))
    assert reread <= 6


def test_a_turn_is_read_again_as_the_model_read_it_and_as_the_customer_got_it():
    asked, sent = a_message(1, Role.customer, "where is it?"), a_message(2, Role.agent, "It left today.")
    past = past_turns([asked, sent], [a_run(asked, prompted="Draft: it left.", reply="It was sent.")])
    assert (past[0].asked, past[0].replied) == ("Draft: it left.", "It left today.")


def test_a_turn_without_a_model_is_read_again_as_it_was_written():
    asked, sent = a_message(1, Role.customer, "where is it?"), a_message(2, Role.desk, "Which order?")
    past = past_turns([asked, sent], [])
    assert (past[0].asked, past[0].replied) == ("where is it?", "Which order?")


def test_a_message_that_was_never_answered_goes_with_the_next():
    said = [a_message(1, Role.customer, "hello?"), a_message(2, Role.customer, "anyone?")]
    past = past_turns([*said, a_message(3, Role.desk, "Yes.")], [])
    assert [turn.asked for turn in past] == ["hello?\nanyone?"]
    assert past_turns(said, []) == ()


def test_the_gist_of_a_turn_tells_what_was_done():
    asked, sent = a_message(1, Role.customer, "yes"), a_message(2, Role.desk, "Cancelled.")
    call = {"name": "cancel_order", "args": {"order_id": "#K1"}, "ok": True}
    run = a_run(asked, intents=[{"name": "cancel_order"}], tools=[call])
    gist = past_turns([asked, sent], [run])[0].gist
    assert gist == "cancel order (#K1): cancel order done, answered"
