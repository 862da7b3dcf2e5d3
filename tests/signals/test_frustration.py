import tomllib

import pytest

from cxdesk.settings import bundled
from cxdesk.signals.frustration import FrustrationMeter, days_waited, mood, trend
from cxdesk.signals.sentiment import SentimentLexicon

FILE = bundled("resources/frustration.toml")
meter = FrustrationMeter(FILE)
lexicon = SentimentLexicon(FILE)


def test_there_are_at_least_sixty_signs_with_a_weight_each():
    signs = tomllib.loads(FILE.read_text(encoding="utf-8"))["sign"]
    assert len({sign["name"] for sign in signs}) == len(signs) >= 60
    assert all(0 < sign["weight"] < 1 for sign in signs)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I am furious", "fury"),
        ("I will call my lawyer", "lawyer"),
        ("I'll do a chargeback", "chargeback"),
        ("Expect a one-star review", "bad_review"),
        ("Third time I write", "third_time"),
        ("Nobody has answered", "no_answer"),
        ("I’m fed up", "sick_of"),
        ("WHERE IS MY ORDER", "capitals"),
        ("Hello!!", "exclamations"),
        ("What???", "question_marks"),
        ("What the $%&#", "masked_swearing"),
        ("😡", "angry_emoji"),
        ("I want my money back", "money_back"),
        ("I will report you to the ombudsman", "authority"),
        ("Let me talk to your manager", "escalation"),
        ("I have waited for two weeks", "waiting"),
    ],
)
def test_a_sign_is_found_and_named(text, sign):
    assert sign in meter.signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hello, where is my order?", "Thanks!", "yes", "OK", "How long does delivery to Spain take, two weeks?",
        "I am not angry", "No, I'm not upset at all", "Please cancel order #W1188", "The USB C cable, please",
        "I ordered a lamp two weeks ago", "", "😀", "我的订单在哪里？",
    ],
)  # fmt: skip
def test_a_calm_message_has_no_frustration(text):
    assert meter.measure(text) == 0


def test_denying_is_not_feeling_but_some_signs_are_denials():
    assert "angry" not in meter.signs("I'm not really angry")
    assert "unhappy" in meter.signs("I am not happy")


def test_more_signs_are_more_frustration_and_never_more_than_one():
    mild = meter.measure("I am annoyed")
    strong = meter.measure("I am annoyed, this is ridiculous, nobody answers!!")
    everything = meter.measure(
        "FURIOUS!!! This is the third time, nobody answers, useless scam, unacceptable, my lawyer will sue you, "
        "I want my money back, chargeback, one-star review, never again, I have been waiting for two months"
    )
    assert 0 < mild < strong < everything <= 1
    assert everything > 0.95


def test_a_sign_that_stands_twice_counts_once():
    assert meter.measure("useless") == meter.measure("useless, useless")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("i have been waiting for 3 weeks", 21),
        ("two weeks and still nothing", 14),
        ("waiting since monday", 3),
        ("it has been a month", 30),
        ("it took ten days", 10),
        ("i ordered it two weeks ago", 0),
        ("how long do i wait, two weeks?", 0),
        ("the trip takes place in 5 days. still looking for a bag", 0),
        ("a 30 day return policy", 0),
    ],
)
def test_waiting_is_measured_in_days_where_a_sentence_says_that_they_wait(text, days):
    assert days_waited(text) == days


def test_the_longer_the_wait_the_more_frustration():
    waits = [meter.signs(f"I have been waiting for {days} days").get("waiting", 0) for days in (1, 4, 10, 20, 40)]
    assert waits == sorted(set(waits))
    assert waits[0] == 0


def test_asking_the_same_again_is_a_sign():
    earlier = ["Where is my parcel with the blue lamp?"]
    assert "repetition" in meter.signs("where is my parcel with the blue lamp", earlier)
    assert "repetition" not in meter.signs("Can I pay the blue lamp by card?", earlier)


@pytest.mark.parametrize("text", ["Thanks!", "Thank you so much for your help", "yes", "Yes, please", "ok", "no", "👍"])
def test_saying_thanks_or_yes_twice_is_neither_repetition_nor_frustration(text):
    assert meter.measure(text, [text, text]) == 0
    judged = lexicon.judge(text, [text])
    assert (judged.frustration, judged.trend) == (0, "stable")


# ---------------------------------------------------------------- trend


@pytest.mark.parametrize(
    ("moods", "expected"),
    [
        ([], "stable"),
        ([-0.9], "stable"),
        ([0, 0, -0.8], "declining"),
        ([-0.8, -0.6, 0.4], "improving"),
        ([-0.8, 0], "improving"),
        ([0.8, 0], "stable"),
        ([-0.5, -0.6], "stable"),
        ([0.9, -0.9, -0.9, -0.9, -0.9, -0.9], "stable"),
    ],
)
def test_a_trend_compares_the_last_mood_with_those_before(moods, expected):
    assert trend(moods) == expected


def test_a_mood_is_worse_the_more_frustration_is_in_it():
    assert mood(-0.5, 0.6) < mood(-0.5, 0)


def test_a_conversation_that_goes_wrong_declines_and_one_that_is_put_right_improves():
    start = "Hi, where is my order #W1188?"
    middle = "That does not answer my question."
    angry = "This is ridiculous, I have asked three times and nobody helps!"
    happy = "Found it, thank you so much, great service!"
    assert lexicon.judge(angry, [start, middle]).trend == "declining"
    assert lexicon.judge(happy, [start, middle, angry]).trend == "improving"
    assert lexicon.judge(start).trend == "stable"


def test_messages_in_another_language_are_left_out_of_the_trend():
    assert lexicon.judge("Where is it?", ["我的订单在哪里？"]).trend == "stable"
