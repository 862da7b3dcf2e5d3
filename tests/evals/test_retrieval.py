import pytest

from cxdesk.domain import Invalid
from cxdesk.evals.report import EvalReport, read_cases
from cxdesk.evals.retrieval import recall_at, reciprocal_rank, run_retrieval


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for thing in ("kettle", "toaster", "iron", "lamp", "fridge", "radio", "mixer"):
        (folder / f"{thing}.md").write_text(f"# {thing.title()}\n\nHow to clean a {thing} at home.")
    return folder


def test_recall_is_the_share_of_the_relevant_in_the_first_k():
    assert recall_at(2, ["a", "b", "c"], {"a", "c"}) == 0.5
    assert recall_at(3, ["a", "b", "c"], {"a", "c"}) == 1.0


def test_reciprocal_rank_looks_at_the_first_relevant_document():
    assert reciprocal_rank(["a", "b", "c"], {"b", "c"}) == 0.5
    assert reciprocal_rank(["a"], {"z"}) == 0.0


def test_retrieval_reports_the_hybrid_beside_its_halves_and_plain_fusion(docs, tmp_path, toy_embedder):
    cases = [
        {"id": "1", "question": "clean my kettle", "relevant": ["kettle.md"]},
        {"id": "2", "question": "clean toaster and iron", "relevant": ["toaster.md", "iron.md"]},
        {"id": "3", "question": "what is love", "relevant": []},
    ]
    report = run_retrieval(cases, docs, toy_embedder, tmp_path)
    names = {"recall@1", "recall@3", "recall@5", "recall@10", "mrr"}
    ways = {f"{way}{name}" for way in ("", "dense.", "keyword.", "rrf.") for name in names}
    assert report.metrics.keys() == ways | {"left_out"}
    assert report.n == 2
    assert report.metrics["left_out"] == 1
    assert report.metrics["mrr"] == 1.0
    assert report.metrics["recall@1"] == 0.75
    assert report.failures == ()


def test_a_case_without_its_document_in_the_first_five_is_a_failure(docs, tmp_path, toy_embedder):
    cases = [{"id": "1", "question": "clean my kettle", "relevant": ["gone.md"]}]
    report = run_retrieval(cases, docs, toy_embedder, tmp_path)
    assert report.failures[0].id == "1"
    assert report.failures[0].got[0] == "kettle.md"


def test_metrics_that_cannot_be_computed_are_null_with_a_reason(docs, tmp_path, toy_embedder):
    report = run_retrieval([{"id": "1", "question": "x", "relevant": []}], docs, toy_embedder, tmp_path)
    assert report.metrics["mrr"] is None
    assert "relevant" in report.as_json()["reasons"]["mrr"]


def test_a_case_without_a_question_is_refused_by_its_id(docs, tmp_path, toy_embedder):
    with pytest.raises(Invalid, match="Case '7' has no 'question'"):
        run_retrieval([{"id": "7", "relevant": ["a.md"]}], docs, toy_embedder, tmp_path)


def test_a_full_report_as_json_has_the_fixed_fields_only():
    report = EvalReport(suite="retrieval", n=1, metrics={"mrr": 1.0}, model="toy", seconds=0.1)
    assert report.as_json() == {
        "suite": "retrieval",
        "n": 1,
        "metrics": {"mrr": 1.0},
        "failures": [],
        "model": "toy",
        "seconds": 0.1,
    }


def test_cases_are_read_up_to_the_limit_and_blank_lines_passed_over(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": 1}\n\n{"id": 2}\n{"id": 3}\n')
    assert [case["id"] for case in read_cases(path, 2)] == [1, 2]
    assert len(read_cases(path)) == 3


@pytest.mark.parametrize("line", ["{", "[]", '{"question": "x"}', "[" * 100_000])
def test_a_bad_line_is_named_by_its_number(tmp_path, line):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": 1}\n' + line)
    with pytest.raises(Invalid, match="Line 2 of"):
        read_cases(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xfa", None])
def test_a_case_file_that_holds_nothing_is_refused(tmp_path, content):
    path = tmp_path / "cases.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid, match=r"cases\.jsonl"):
        read_cases(path)
