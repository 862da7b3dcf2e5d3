import pytest

from cxdesk.domain import Invalid
from cxdesk.evals.intent import intent_metrics, run_intent
from cxdesk.settings import bundled
from cxdesk.signals.intent import IntentRules, Intents


def cases(*pairs):
    return [{"id": f"c{n}", "text": text, "intent": intent} for n, (text, intent) in enumerate(pairs)]


@pytest.fixture
def intents():
    return Intents(IntentRules(bundled("resources/intents.toml")))


TRAIN = cases(
    ("red apple", "fruit"),
    ("green apple", "fruit"),
    ("sweet pear", "fruit"),
    ("blue car", "vehicle"),
    ("fast car", "vehicle"),
    ("old truck", "vehicle"),
    ("deep sea", "oos"),
    ("high mountain", "oos"),
)


def test_a_rejected_in_scope_case_is_wrong():
    metrics, reasons = intent_metrics([("a", "a"), ("a", "oos"), ("b", "b"), ("oos", "oos"), ("oos", "a")])
    assert metrics["accuracy"] == 0.6
    assert metrics["in_scope_accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    assert metrics["oos_recall"] == metrics["oos_precision"] == 0.5
    assert metrics["macro_f1"] == pytest.approx((0.5 + 1 + 0.5) / 3, abs=1e-4)
    assert reasons == {}


def test_without_cases_out_of_scope_their_scores_are_null_with_a_reason():
    metrics, reasons = intent_metrics([("a", "a"), ("b", "oos")])
    assert metrics["oos_recall"] is metrics["oos_precision"] is None
    assert reasons == dict.fromkeys(["oos_recall", "oos_precision"], "No case is out of scope.")


def test_precision_is_null_when_nothing_was_rejected():
    metrics, reasons = intent_metrics([("a", "a"), ("oos", "a")])
    assert metrics["oos_recall"] == 0
    assert metrics["oos_precision"] is None
    assert "oos_precision" in reasons


def test_a_label_set_of_its_own_is_learned_from_the_training_file(intents, toy_embedder):
    report = run_intent(
        cases(("a red pear", "fruit"), ("the fast truck", "vehicle"), ("deep mountain", "oos")),
        intents,
        embedder=toy_embedder,
        train=TRAIN,
        val=cases(("apple", "fruit"), ("car", "vehicle"), ("high sea", "oos")),
    )
    assert (report.suite, report.n, report.model) == ("intent", 3, toy_embedder.name)
    assert report.metrics["accuracy"] == 1
    assert report.failures == ()


def test_the_desks_intents_are_compared_by_the_set_that_the_cases_use(intents, toy_embedder):
    asked = cases(
        ("I want my money back", "refund"), ("Let me talk to a human", "escalate"), ("Where is my order?", "technical")
    )
    report = run_intent(asked, intents, embedder=toy_embedder)
    assert report.metrics["accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    assert [(f.id, f.expected, f.got) for f in report.failures] == [("c2", "technical", "general")]


def test_the_desks_intents_are_compared_by_name_where_the_cases_name_them(intents, toy_embedder):
    report = run_intent(cases(("Where is my order?", "order_status")), intents, embedder=toy_embedder)
    assert report.metrics["accuracy"] == 1


def test_a_case_without_its_intent_is_named(intents, toy_embedder):
    with pytest.raises(Invalid, match="'x'"):
        run_intent([{"id": "x", "text": "hello"}], intents, embedder=toy_embedder)
