import pytest

from cxdesk.agent.tone import MoodHistory, choose_tone, load_tones
from cxdesk.domain import Entities, IntentScore, Invalid, Request, Sentiment, Signals
from cxdesk.settings import bundled

BUNDLED = bundled("resources/tones.toml")


def signals(label="neutral", score=0.0, frustration=0.0, flags=()):
    sentiment = Sentiment(label=label, score=score, frustration=frustration)
    request = Request(text="x", intent=IntentScore(name="question", confidence=0.9))
    return Signals(sentiment=sentiment, requests=(request,), entities=Entities(), flags=flags)


def test_acute_anger_is_met_professionally_whatever_the_default_and_the_history():
    happy = MoodHistory(messages=20, mean_score=0.8)
    assert choose_tone(signals("negative", -0.9, 0.7), happy, "playful") == "professional"
    assert choose_tone(signals("negative", -0.8, 0.2), None, "friendly") == "professional"


@pytest.mark.parametrize("flag", ["instruction_like", "suspicious_address", "masked_secret"])
def test_a_risk_flag_is_met_professionally(flag):
    assert choose_tone(signals(flags=(flag,)), None, "playful") == "professional"


def test_a_customers_preference_and_history_come_before_the_default():
    assert choose_tone(signals(), MoodHistory(preferred="playful"), "friendly") == "playful"
    assert choose_tone(signals(), MoodHistory(messages=5, mean_score=-0.4), "playful") == "professional"
    assert choose_tone(signals(), MoodHistory(messages=5, mean_score=0.6), "professional") == "friendly"


def test_too_short_a_history_says_nothing():
    assert choose_tone(signals(), MoodHistory(messages=2, mean_score=-0.9), "playful") == "playful"
    assert choose_tone(signals(), None, "professional") == "professional"


def test_bad_news_is_never_met_playfully():
    assert choose_tone(signals("negative", -0.2, 0.1), None, "playful") == "friendly"


def test_every_bundled_tone_has_the_same_texts():
    tones = load_tones(BUNDLED)
    assert set(tones) == {"professional", "friendly", "playful"}
    assert len({frozenset(texts) for texts in tones.values()}) == 1
    assert "!" not in " ".join(text for name, text in tones["professional"].items() if name != "guidance")


def test_the_shops_own_file_replaces_single_texts(tmp_path):
    own = tmp_path / "tones.toml"
    own.write_text('[friendly]\ngreeting = "Moin{name}!"\n', encoding="utf-8")
    tones = load_tones(BUNDLED, own)
    assert tones["friendly"]["greeting"] == "Moin{name}!"
    assert tones["friendly"]["thanks"] == load_tones(BUNDLED)["friendly"]["thanks"]
    assert load_tones(BUNDLED, tmp_path / "none.toml") == load_tones(BUNDLED)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[grumpy]\ngreeting = "What?"', "grumpy"),
        ("[friendly]\ngreeting = 1", "quotes"),
        ('[friendly]\ngreeting = "Hi {nam}"', "braces"),
        ("[friendly", "can't be read"),
    ],
)
def test_an_own_file_that_cannot_be_used_is_refused_by_its_name(tmp_path, text, told):
    own = tmp_path / "tones.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=r"tones\.toml") as refused:
        load_tones(BUNDLED, own)
    assert told in str(refused.value)
