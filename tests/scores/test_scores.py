import json
from datetime import date
from pathlib import Path

import pytest

from cxdesk.domain import Invalid
from cxdesk.evals.report import EvalReport, Failure, read_cases
from tests.scores import measure as measuring
from tests.scores.measure import Score, Shops, measure, measure_all
from tests.scores.page import keep_current, render
from tests.scores.runs import NO_MODEL, PROJECT, RUNS, SHOWN, Run, beside, case_files

OWN = Run("sentiment", "tests/signals/sentiment_heldout.jsonl", "Our own.")
INTENT = Run("intent", "intents_*.jsonl", "Published.", public=True, uses_model=False)
REPORT = EvalReport(
    suite="sentiment",
    n=1234,
    metrics={"accuracy": 0.5, "macro_f1": None, "lexicon_accuracy": 0.25, "in_range": 0.1},
    failures=(Failure(id="x", expected="negative", got="neutral", why="the customer's words"),),
    model="tiny",
    seconds=1.5,
    reasons={"macro_f1": "There are no cases."},
)


def score(run=OWN, cases="sentiment_heldout", asked=NO_MODEL, day=1, **more):
    return Score(
        run=run.name,
        suite=run.suite,
        cases=cases,
        asked=asked,
        measured=date(2026, 1, day),
        machine="2 cores",
        **{"n": 3, "model": asked, "metrics": {"accuracy": 1.0}} | more,
    )


@pytest.fixture
def shops(tmp_path):
    return Shops(tmp_path, None)


@pytest.fixture
def public(tmp_path):
    """A folder of public cases whose files are empty."""
    for name in ("intents_a_dev", "intents_a_train", "intents_a_val", "intents_b_test", "other"):
        (tmp_path / f"{name}.jsonl").touch()
    return tmp_path


def test_a_report_becomes_a_row_of_its_suites_table(monkeypatch, shops):
    monkeypatch.setattr(measuring, "run_suite", lambda *args, **options: REPORT)
    page = render([measure(OWN, Path("sentiment_heldout.jsonl"), "tiny", shops)], RUNS)
    assert "| cases | n | model | accuracy | macro f1 | lexicon accuracy | seconds | measured |" in page
    assert f"| sentiment_heldout | 1,234 | tiny | 50.0 % | – | 25.0 % | 1.5 | {date.today()} |" in page
    assert "- macro f1 of `sentiment_heldout` is missing: There are no cases." in page


def test_neither_the_page_nor_the_kept_scores_hold_what_customers_wrote(monkeypatch, shops):
    monkeypatch.setattr(measuring, "run_suite", lambda *args, **options: REPORT)
    found = measure(OWN, Path("sentiment_heldout.jsonl"), "tiny", shops)
    assert "customer's words" not in found.model_dump_json() + render([found], RUNS)


@pytest.mark.parametrize(
    ("error", "why"),
    [(Invalid("The case file is empty."), "The case file is empty."), (KeyError("text"), "broke off with KeyError")],
)
def test_a_suite_that_fails_is_not_measured_and_says_why(monkeypatch, shops, capsys, error, why):
    def fail(*args, **options):
        raise error

    monkeypatch.setattr(measuring, "run_suite", fail)
    page = render([measure(OWN, Path("sentiment_heldout.jsonl"), NO_MODEL, shops)], RUNS)
    assert "not measured: " in page
    assert why in page
    assert ("Traceback" in capsys.readouterr().err) is isinstance(error, KeyError)


def test_all_rows_of_a_table_are_equally_wide(shops):
    page = render([score(), score(asked="tiny", problem="no | memory\nleft", metrics={})], RUNS)
    rows = [line.replace("\\|", "") for line in page.splitlines() if line.startswith("|")]
    assert len({row.count("|") for row in rows[:4]}) == 1


def test_counts_shares_and_times_are_told_apart():
    run = Run("answers", "answers*.jsonl", "Ours.", public=True)
    metrics = {"correct": 1.0, "leaks": 0, "median_ms": 3425.4}
    page = render([score(run, "answers_dev", metrics=metrics)], [run])
    assert "| 100.0 % | 0 | 3,425 |" in page


def test_what_was_not_measured_again_keeps_its_figures_and_its_day():
    old = [score(day=1), score(INTENT, "intents_a_dev", day=1)]
    current = keep_current(old, [score(day=2)], [OWN, INTENT])
    assert [(s.cases, s.measured.day) for s in current] == [("sentiment_heldout", 2), ("intents_a_dev", 1)]


def test_scores_of_a_run_that_is_gone_are_dropped():
    assert keep_current([score()], [], [INTENT]) == []


def test_public_cases_are_found_by_name_with_their_training_files(public):
    found = list(case_files(INTENT, public))
    assert [file.stem for file in found] == ["intents_a_dev", "intents_b_test"]
    assert beside(found[0], "train") == public / "intents_a_train.jsonl"
    assert beside(found[1], "val") is None
    assert list(case_files(INTENT, None)) == []


def test_only_what_uses_a_model_is_measured_with_each(monkeypatch, public, tmp_path):
    monkeypatch.setattr(measuring, "run_suite", lambda *args, **options: REPORT)
    found = list(measure_all((OWN, INTENT), [NO_MODEL, "tiny"], public, tmp_path / "scratch"))
    asked = [(one.cases, one.asked) for one in found]
    assert asked[:2] == [("sentiment_heldout", NO_MODEL), ("sentiment_heldout", "tiny")]
    assert asked[2:] == [("intents_a_dev", NO_MODEL), ("intents_b_test", NO_MODEL)]


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.name)
def test_every_run_has_a_table_and_its_own_cases_are_there(run):
    assert run.suite in SHOWN
    assert run.public or [f.name for f in case_files(run, None)] == [Path(run.cases).name]
    assert run.public or run.docs is None or (PROJECT / run.docs).is_dir()


@pytest.mark.parametrize("file", sorted((PROJECT / "tests/evals/cases").glob("*.jsonl")), ids=lambda file: file.stem)
def test_our_cases_can_be_read_and_none_stands_twice(file):
    cases = read_cases(file)
    assert len({case["id"] for case in cases}) == len(cases)
    assert len({json.dumps({**case, "id": None}, sort_keys=True) for case in cases}) == len(cases)


def test_our_retrieval_cases_name_documents_of_the_demo_shop():
    there = {path.name for path in (PROJECT / "knowledge_docs").rglob("*.*")}
    cases = read_cases(PROJECT / "tests/evals/cases/retrieval_demo.jsonl")
    assert {name for case in cases for name in case["relevant"]} <= there


def test_our_intent_cases_name_intents_of_the_desk():
    there = {path.stem for path in (PROJECT / "resources/intents").glob("*.txt")}
    for file in (PROJECT / "tests/evals/cases").glob("intents_*.jsonl"):
        assert {case["intent"] for case in read_cases(file)} <= there
