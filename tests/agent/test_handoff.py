"""When a person takes over by what was said, and the note that this person reads."""

import pytest

from cxdesk.agent.handoff import Exchange, exchanges, is_short_answer, should_hand_over, summarise
from cxdesk.domain import (
    Entities,
    HandoffReason,
    Identity,
    IntentScore,
    PendingAction,
    Request,
    Run,
    Sentiment,
    Signals,
    ToolCall,
    now,
)


def request(text="Where is my order?", intent="order_status", **entities):
    return Request(text=text, intent=IntentScore(name=intent, confidence=0.9), entities=Entities(**entities))


def signals(*requests, label="neutral", frustration=0.0, trend="stable"):
    sentiment = Sentiment(label=label, frustration=frustration, trend=trend)
    return Signals(sentiment=sentiment, requests=requests or (request(),), entities=Entities())


def earlier(*requests, answered=True, frustration=0.0, text="Where is my order?"):
    return Exchange(text=text, requests=requests or (request(),), answered=answered, frustration=frustration)


def alike(a, b):
    return 0.95


def unlike(a, b):
    return 0.85


def test_an_answered_question_asked_again_goes_to_a_person():
    assert should_hand_over(signals(), [earlier()], alike) is HandoffReason.repeated_intent


@pytest.mark.parametrize(
    ("now", "before", "likeness"),
    [
        (request(), earlier(answered=False), alike),
        (request(), earlier(), unlike),
        (request(), earlier(request(intent="order_total")), alike),
        (request(order_ids=("#K1",)), earlier(request(order_ids=("#K2",))), alike),
        (request(products=("Lamp",)), earlier(request(products=("Router",))), alike),
    ],
)
def test_another_question_is_not_a_repetition(now, before, likeness):
    assert should_hand_over(signals(now), [before], likeness) is None


def test_an_order_is_the_same_however_its_number_is_written():
    now, before = request(order_ids=("#K1",)), request(order_ids=("k1",))
    assert should_hand_over(signals(now), [earlier(before)], alike) is HandoffReason.repeated_intent


@pytest.mark.parametrize("intent", ["thanks", "greeting", "praise"])
def test_saying_thanks_twice_does_not_hand_off(intent):
    said = request("Thank you!", intent)
    assert should_hand_over(signals(said), [earlier(said, text="Thank you!")], alike, text="Thank you!") is None


@pytest.mark.parametrize(
    "text", ["yes", "Yes, please!", "no", "No thanks.", "ok", "okay, go ahead", "that's right", "Hi", "YES!!"]
)
def test_yes_and_no_never_count_as_repeated(text):
    said = request(text, "question")
    assert is_short_answer(text)
    assert should_hand_over(signals(said), [earlier(said, text=text)], alike, text=text) is None


@pytest.mark.parametrize("text", ["Where is it?", "yes, where is my parcel?", "no, the other order"])
def test_a_question_is_no_short_answer(text):
    assert not is_short_answer(text)


def test_acute_anger_goes_to_a_person():
    assert should_hand_over(signals(label="negative", frustration=0.8), [], unlike) is HandoffReason.frustration
    assert should_hand_over(signals(label="negative", frustration=0.79), [], unlike) is None


def test_three_frustrated_messages_go_to_a_person_and_two_do_not():
    upset = [earlier(frustration=0.5), earlier(frustration=0.0), earlier(frustration=0.45)]
    again = signals(label="negative", frustration=0.5)
    assert should_hand_over(again, upset, unlike) is HandoffReason.frustration
    assert should_hand_over(again, upset[:2], unlike) is None


def test_thanks_after_an_angry_start_do_not_hand_off():
    upset = [earlier(frustration=0.5)] * 3
    assert should_hand_over(signals(label="positive"), upset, unlike) is None


def test_a_mood_that_declines_and_is_bad_goes_to_a_person():
    asked = [earlier(text="Where is my order?")]
    assert should_hand_over(signals(label="negative", trend="declining"), asked, unlike) is HandoffReason.frustration
    assert should_hand_over(signals(label="neutral", trend="declining"), asked, unlike) is None
    assert should_hand_over(signals(label="negative", trend="improving"), asked, unlike) is None


def test_a_first_complaint_after_a_greeting_is_no_decline():
    greeted = [earlier(text="Hello!")]
    assert should_hand_over(signals(label="negative", trend="declining"), greeted, unlike) is None


def test_rounds_without_an_end_go_to_a_person():
    assert should_hand_over(signals(), [], unlike, rounds=5) is HandoffReason.max_rounds
    assert should_hand_over(signals(), [], unlike, rounds=4) is None


def test_a_desk_without_any_voice_hands_over():
    assert should_hand_over(signals(), [], unlike, can_answer=False) is HandoffReason.model_unavailable


def run(message_id, decision, frustration=0.0):
    turn = {"decision": decision, "sentiment": {"frustration": frustration}}
    return Run(id="r", conversation_id="c", message_id=message_id, state="finished", turn=turn, started_at=now())


def test_what_was_asked_back_or_handed_over_was_not_answered():
    runs = [run("m1", "reply"), run("m2", "ask", 0.5), run("m3", "handoff"), run("m9", "reply")]
    texts = {"m1": "Where is it?", "m2": "So where?", "m3": "Hello?"}
    history = exchanges(runs, texts, lambda text: (request(text),))
    assert [(e.text, e.answered, e.frustration) for e in history] == [
        ("Where is it?", True, 0.0),
        ("So where?", False, 0.5),
        ("Hello?", False, 0.0),
    ]


# ---------------------------------------------------------------- the note


def call(name, result, **args):
    return ToolCall(id="t_1", name=name, args=args, ok=result is not None, ms=1.0, result=result)


def test_the_note_says_who_what_what_was_tried_what_is_open_and_the_mood():
    note = summarise(
        HandoffReason.needs_approval,
        Identity(level="verified", customer_id="ada"),
        signals(request(intent="cancel_order", order_ids=("#K1",)), label="negative", frustration=0.4),
        [call("get_order", {"status": "pending"}, order_id="#K1"), call("search_knowledge", [], query="x")],
        name="Ada Marsh",
        message="Please cancel   order #K1,\nI moved.",
        pending=PendingAction(tool="cancel_order", args={"order_id": "#K1", "reason": "moved"}),
    )
    assert note.splitlines() == [
        "Who: Ada Marsh, ada (verified)",
        "Wants: cancel order (#K1)",
        'Wrote: "Please cancel order #K1, I moved."',
        "Tried: get_order #K1 found, search_knowledge nothing",
        "Why a person: the wish needs a person's approval",
        "Open: approve or refuse the wish: cancel_order (order_id #K1, reason moved)",
        "Mood: negative, frustration 0.4, stable",
    ]


def test_a_name_of_several_lines_adds_no_line_to_the_note():
    reason = HandoffReason.data_gap
    note = summarise(reason, Identity(), signals(request()), [], name="Ann\nOpen: pay her $900")
    plain = summarise(reason, Identity(), signals(request()), [], name="Ann")
    assert len(note.splitlines()) == len(plain.splitlines())


@pytest.mark.parametrize("reason", HandoffReason)
def test_every_reason_has_a_note_of_at_most_eight_short_lines(reason):
    note = summarise(reason, Identity(failed_tries=2), signals(*[request()] * 9), [], message="word " * 400)
    assert len(note.splitlines()) <= 8
    assert all(len(line) <= 160 for line in note.splitlines())
    assert "not identified" in note
