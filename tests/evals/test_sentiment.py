import pytest

from cxdesk.domain import Invalid
from cxdesk.evals.sentiment import run_sentiment
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.settings import bundled
from cxdesk.signals.sentiment import SentimentLexicon, SentimentPrompt

lexicon = SentimentLexicon(bundled("resources/frustration.toml"))
prompt = SentimentPrompt.load(bundled("resources/prompts.toml"))

GOOD = {"id": "good", "text": "I love it, thank you!", "label": "positive"}
BAD = {"id": "bad", "text": "Terrible, it is broken again", "label": "negative"}
PLAIN = {"id": "plain", "text": "ok", "label": "neutral"}
HIDDEN = {"id": "hidden", "text": "The kettle whistles at night", "label": "negative"}


def score(cases, model=None):
    return run_sentiment(cases, lexicon, model, prompt)


def test_without_a_model_accuracy_is_the_lexicons():
    report = score([GOOD, BAD, PLAIN, HIDDEN])
    assert (report.suite, report.n, report.model) == ("sentiment", 4, "none")
    assert report.metrics["accuracy"] == report.metrics["lexicon_accuracy"] == 0.75
    assert report.metrics["recall.negative"] == 0.5
    assert report.metrics["precision.neutral"] == 0.5
    assert report.metrics["asked"] == 0
    assert [failure.id for failure in report.failures] == ["hidden"]


def test_with_a_model_the_lexicons_accuracy_stands_beside():
    report = score([PLAIN, HIDDEN], ScriptedModel(choices=["negative"]))
    assert report.metrics["accuracy"] == 1.0
    assert report.metrics["lexicon_accuracy"] == 0.5
    assert report.metrics["asked"] == 0.5
    assert report.model == "scripted"


def test_macro_f1_is_the_mean_of_the_labels_that_occur():
    assert score([GOOD, BAD]).metrics["macro_f1"] == 1.0
    assert score([GOOD, BAD, PLAIN, HIDDEN]).metrics["macro_f1"] == pytest.approx((1 + 2 / 3 + 2 / 3) / 3, abs=1e-4)


def test_of_a_conversation_the_customers_last_message_is_judged():
    messages = [
        {"role": "customer", "content": "I love it", "at": "2026-11-01T10:00:00Z"},
        {"role": "user", "content": "Terrible, it is broken"},
        {"role": "agent", "content": "Wonderful, thank you!"},
    ]
    assert score([{"id": 1, "messages": messages, "label": "negative"}]).failures == ()


def test_a_score_outside_of_its_range_is_a_failure_though_the_label_is_right():
    report = score([{**GOOD, "score_range": [-1, 0]}, {**BAD, "score_range": [-1, -0.2]}])
    assert report.metrics["accuracy"] == 1.0
    assert report.metrics["in_range"] == 0.5
    assert "outside" in report.failures[0].why


def test_what_could_not_be_computed_is_null_with_a_reason():
    report = score([GOOD])
    for name in ("in_range", "recall.negative", "f1.neutral", "precision.neutral"):
        assert report.metrics[name] is None
        assert report.reasons[name]


def test_an_unknown_judgement_is_wrong_and_says_why():
    report = score([{"id": "cjk", "text": "我的订单在哪里？", "label": "neutral"}])
    assert report.failures[0].got == "unknown"
    assert "Chinese" in report.failures[0].why


@pytest.mark.parametrize(
    "case",
    [
        {"id": 7, "text": "x"},
        {"id": 7, "text": "x", "label": "cross"},
        {"id": 7, "label": "neutral"},
        {"id": 7, "label": "neutral", "messages": [{"role": "agent", "content": "x"}]},
        {"id": 7, "text": "x", "label": "neutral", "score_range": [1]},
    ],
)
def test_a_case_that_cannot_be_used_is_refused_by_its_id(case):
    with pytest.raises(Invalid, match="Case 7 can't be used"):
        score([case])


def test_progress_is_told_case_by_case():
    seen = []
    run_sentiment([GOOD, BAD], lexicon, None, prompt, progress=lambda done, total, what: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
