import pytest

from cxdesk.agent.answerability import Scorer
from cxdesk.agent.vocabulary import Vocabulary
from cxdesk.evals.fit_answers import examples_of, fit


@pytest.fixture
def files(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    for thing, days in (("kettle", 30), ("lamp", 14), ("radio", 7), ("mixer", 21)):
        text = f"# The {thing}\n\nYou can return a {thing} within {days} days. We sell every {thing} in red."
        (docs / f"{thing}.md").write_text(text)
    cases = tmp_path / "cases.jsonl"
    lines = [
        f'{{"id": "{thing}", "question": "Within how many days can I return a {thing}?", "answerable": true, '
        f'"answers": ["{days} days"], "relevant": ["{thing}.md"]}}'
        for thing, days in (("kettle", 30), ("lamp", 14), ("radio", 7), ("mixer", 21))
    ]
    lines.append('{"id": "0", "question": "Who painted the ceiling?", "answerable": false, "relevant": []}')
    cases.write_text("\n".join(lines))
    return cases, docs


def scorer(sentence, answer):
    return Scorer(sentence, answer, 0.5, 0.5, Vocabulary([]))


def test_the_fit_learns_which_sentence_has_the_answer(files, toy_embedder):
    cases, docs = files
    examples = examples_of(cases, docs, 1.0, toy_embedder)
    fitted = fit(examples, scorer)
    for example in examples[:4]:
        ranks = [fitted.rank(signs) for _, signs in example.seen]
        assert example.right[ranks.index(max(ranks))]


def test_the_same_cases_give_the_same_weights(files, toy_embedder):
    cases, docs = files
    examples = examples_of(cases, docs, 1.0, toy_embedder)
    assert fit(examples, scorer).sentence == fit(examples, scorer).sentence


def test_questions_over_documents_that_are_not_theirs_count_as_unanswerable(files, tmp_path, toy_embedder):
    cases, _ = files
    other = tmp_path / "other"
    other.mkdir()
    (other / "tea.md").write_text("# Tea\n\nTea can be returned within 30 days.")
    examples = examples_of(cases, other, 1.0, toy_embedder)
    assert not any(example.answerable or any(example.right) for example in examples)
