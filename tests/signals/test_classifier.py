import numpy as np
import pytest

from cxdesk.domain import Invalid
from cxdesk.signals.classifier import OOS, IntentClassifier, _solve, examples_key

PARCEL = ["where is my parcel", "my parcel is late", "when does the parcel come", "parcel not here", "track my parcel"]
REFUND = ["refund my money", "i want a refund", "money back please", "give my money back", "refund the lamp"]
ELSE = ["sing a song", "weather in rome", "who won the match", "tell jokes", "capital of france"]
TEXTS = [*PARCEL, *REFUND, *ELSE]
LABELS = ["parcel"] * 5 + ["refund"] * 5 + [OOS] * 5


@pytest.fixture
def classifier(toy_embedder):
    return IntentClassifier.fit(TEXTS, LABELS, toy_embedder)


@pytest.mark.parametrize(("text", "label"), [("is my parcel here", "parcel"), ("refund me please", "refund")])
def test_a_text_gets_the_label_of_the_examples_it_resembles(classifier, text, label):
    assert classifier.predict([text])[0][0].name == label


def test_probabilities_sum_to_one_and_come_best_first(classifier):
    (ranked,) = classifier.predict(["is the parcel late"])
    confidences = [score.confidence for score in ranked]
    assert sum(confidences) == pytest.approx(1, abs=1e-3)
    assert confidences == sorted(confidences, reverse=True)
    assert {score.name for score in ranked} == {"parcel", "refund", OOS}


def test_no_texts_give_no_predictions(classifier):
    assert classifier.predict([]) == []


def test_the_same_examples_give_the_same_classifier(classifier, toy_embedder):
    again = IntentClassifier.fit(TEXTS, LABELS, toy_embedder)
    assert again.key == classifier.key
    assert again.predict(TEXTS) == classifier.predict(TEXTS)


def test_texts_of_all_sorts_are_judged_alone_as_among_others(classifier):
    odd = ["", "👍👍", "مرحبا كيف حالك", "你好,我的包裹在哪里", "#W1", "x" * 3000, "ß\u200d\x00"]
    together = classifier.predict(odd)
    for text, ranked in zip(odd, together, strict=True):
        assert [s.confidence for s in classifier.predict([text])[0]] == pytest.approx(
            [s.confidence for s in ranked], abs=2e-4
        )


def test_a_dear_wrong_answer_turns_down_more_texts_than_a_cheap_one(classifier):
    texts = ["my parcel", "refund", "sing about my parcel", "the weather", "money match", "parcel jokes"]
    labels = ["parcel", "refund", OOS, OOS, "refund", OOS]
    cheap = classifier.choose_threshold(texts, labels, 0.2)
    dear = classifier.choose_threshold(texts, labels, 20)
    assert cheap.threshold < dear.threshold
    assert classifier.threshold == IntentClassifier.fit(TEXTS, LABELS, classifier._embedder).threshold


def test_without_cases_out_of_scope_the_threshold_stays(classifier):
    assert classifier.choose_threshold(["my parcel"], ["parcel"]).threshold == classifier.threshold


def test_labels_without_out_of_scope_are_never_turned_down(toy_embedder):
    classifier = IntentClassifier.fit([*PARCEL, *REFUND], ["parcel"] * 5 + ["refund"] * 5, toy_embedder)
    assert {score.name for score in classifier.predict(["sing a song"])[0]} == {"parcel", "refund"}


def test_an_example_that_is_left_out_scores_as_with_a_classifier_without_it(classifier, toy_embedder):
    # Wording weights depend on all examples a little, so the two agree nearly, not exactly.
    without = IntentClassifier.fit([*TEXTS[:1], *TEXTS[2:]], [*LABELS[:1], *LABELS[2:]], toy_embedder)
    scores = without._scores([TEXTS[1]])[0]
    votes = np.eye(3)[[classifier.names.index(label) for label in LABELS]]
    _, left_out = _solve(classifier._resemblance, TEXTS, classifier._vectors, votes)
    assert int(np.argmax(left_out[1])) == int(np.argmax(scores))
    assert left_out[1] == pytest.approx(scores, abs=0.1)


def test_a_sample_of_many_examples_votes_nearly_as_all_of_them(monkeypatch, classifier, toy_embedder):
    monkeypatch.setattr("cxdesk.signals.classifier.LANDMARKS", 12)
    sampled = IntentClassifier.fit(TEXTS, LABELS, toy_embedder)
    agree = [a[0].name == b[0].name for a, b in zip(sampled.predict(TEXTS), classifier.predict(TEXTS), strict=True)]
    assert sum(agree) >= 13


def test_what_was_saved_is_loaded_again(classifier, toy_embedder, tmp_path):
    classifier.save(tmp_path / "intents.npz")
    loaded = IntentClassifier.load(tmp_path / "intents.npz", toy_embedder)
    assert loaded.key == classifier.key == examples_key(TEXTS, LABELS, toy_embedder.name)
    assert loaded.predict(["is my parcel here"]) == classifier.predict(["is my parcel here"])
    assert [file.name for file in tmp_path.iterdir()] == ["intents.npz"]


def test_a_file_that_is_missing_or_damaged_is_not_loaded(classifier, toy_embedder, tmp_path):
    file = tmp_path / "intents.npz"
    assert IntentClassifier.load(file, toy_embedder) is None
    classifier.save(file)
    whole = file.read_bytes()
    for damaged in (b"", b"no archive", whole[:-200], whole[: len(whole) // 2]):
        file.write_bytes(damaged)
        assert IntentClassifier.load(file, toy_embedder) is None


def test_vectors_of_another_embedder_are_not_used(classifier, tmp_path):
    from cxdesk.llm.toy import ToyEmbedder

    classifier.save(tmp_path / "intents.npz")
    assert IntentClassifier.load(tmp_path / "intents.npz", ToyEmbedder(32)) is None


@pytest.mark.parametrize(("texts", "labels"), [([], []), (["a", "b"], ["one", "one"]), (["a", "b"], ["one"])])
def test_examples_that_teach_nothing_are_refused(toy_embedder, texts, labels):
    with pytest.raises(Invalid, match="at least two labels"):
        IntentClassifier.fit(texts, labels, toy_embedder)


def test_the_same_example_twice_is_no_trouble(toy_embedder):
    classifier = IntentClassifier.fit(["hello"] * 4 + ["refund"] * 4, ["a"] * 4 + ["b"] * 4, toy_embedder)
    assert classifier.predict(["hello"])[0][0].name == "a"
