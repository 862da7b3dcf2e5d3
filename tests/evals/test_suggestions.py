"""The scores of suggestions, on twenty cases of our own."""

from pathlib import Path

import pytest

from cxdesk.desk import Desk
from cxdesk.domain import Invalid
from cxdesk.evals.report import read_cases
from cxdesk.evals.suggestions import are_distinct, run_suggestions
from cxdesk.evals.suites import run_suite
from cxdesk.llm.toy import ToyEmbedder

OWN = Path(__file__).with_name("suggestions.jsonl")
PLAIN = {"id": "a", "messages": [{"role": "user", "content": "The vase is broken"}], "themes": ["photo"]}


@pytest.fixture
def empty_desk(data_dir):
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()) as desk:
        yield desk


def test_our_own_cases_get_three_distinct_ordered_fitting_suggestions_without_inventions(empty_desk):
    report = run_suggestions(read_cases(OWN), empty_desk)
    assert (report.suite, report.n, report.model) == ("suggestions", 20, "none")
    assert report.failures == ()
    assert report.metrics == {
        "three_distinct": 1.0,
        "ordered": 1.0,
        "themes_hit": 1.0,
        "with_draft": 1.0,
        "unsupported_facts": 0,
    }


def test_a_theme_that_no_suggestion_touches_is_a_failure_with_the_texts(empty_desk):
    report = run_suggestions([PLAIN | {"themes": ["zeppelin"]}], empty_desk)
    assert report.metrics["themes_hit"] == 0
    (failure,) = report.failures
    assert failure.why == "not themes hit"
    assert len(failure.got) == 3


def test_the_sentiment_of_a_case_decides_the_mood(empty_desk):
    said = []
    for label in ("negative", "positive"):
        case = PLAIN | {"sentiment": {"label": label, "score": 0.0}, "themes": ["zeppelin"]}
        said.append(" ".join(run_suggestions([case], empty_desk).failures[0].got))
    assert "sorry" in said[0]
    assert "sorry" not in said[1]


def test_texts_that_say_the_same_are_not_distinct():
    assert are_distinct(["One thing", "Quite another matter", "Third of all"])
    assert not are_distinct(["One thing.", "one  thing", "Third of all"])
    assert not are_distinct(["One thing", "Quite another matter"])


@pytest.mark.parametrize(
    "case",
    [
        {"id": 7, "messages": [], "themes": []},
        {"id": 7, "messages": [{"role": "agent", "content": "x"}], "themes": []},
        {"id": 7, "themes": []},
        {"id": 7, "messages": [{"role": "user", "content": "x"}]},
    ],
)
def test_a_case_that_cannot_be_used_is_refused_by_its_id(empty_desk, case):
    with pytest.raises(Invalid, match="Case 7 can't be used"):
        run_suggestions([case], empty_desk)


def test_the_suite_never_changes_the_desk_it_is_given(demo_desk, tmp_path, monkeypatch):
    monkeypatch.setattr("cxdesk.evals.suites.run_suggestions", lambda cases, desk, progress: desk.data_dir)
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": 1}', encoding="utf-8")
    folder = demo_desk.data_dir
    demo_desk.close()
    assert run_suite("suggestions", cases, data_dir=folder, model="none") != folder
