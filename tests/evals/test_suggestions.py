"""The scores of suggestions, on twenty cases of our own."""

from decimal import Decimal
from pathlib import Path

import pytest

from cxdesk.desk import Desk
from cxdesk.domain import Invalid, Product, Variant
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


VASES = Product(
    id="vase",
    name="Vase",
    variants=tuple(
        Variant(
            item_id=f"vase-{number}",
            product_id="vase",
            options={"color": color, "size": size},
            available=True,
            price=Decimal(price),
        )
        for number, (color, size, price) in enumerate(
            [
                ("white", "small", "10.50"),
                ("white", "large", "20.75"),
                ("blue", "small", "5.25"),
                ("red", "tall", "99.00"),
            ]
        )
    ),
)


def suggest_about(desk, counted=lambda text: text):
    """The report for one case about a product, with what the desk counted changed by `counted`."""
    desk.store.products.put(VASES)
    desk.shop_changed()
    suggest = desk.copilot.suggestions.suggest

    def changed(*args, **more):
        return tuple(each.model_copy(update={"text": counted(each.text)}) for each in suggest(*args, **more))

    desk.copilot.suggestions.suggest = changed
    asked = "Do you have the vase in white?"
    return run_suggestions(
        [{"id": "a", "messages": [{"role": "user", "content": asked}], "themes": ["zeppelin"]}], desk
    )


def test_versions_and_prices_that_the_desk_counted_rightly_are_supported(empty_desk):
    report = suggest_about(empty_desk)
    assert "2 versions and costs between $10.50 and $20.75" in report.failures[0].got[0]
    assert report.metrics["unsupported_facts"] == 0


@pytest.mark.parametrize(("right", "wrong"), [("2 versions", "3 versions"), ("$20.75", "$99.00"), ("$10.50", "$5.25")])
def test_versions_and_prices_of_other_things_than_those_asked_for_are_not(empty_desk, right, wrong):
    report = suggest_about(empty_desk, lambda text: text.replace(right, wrong))
    assert wrong in report.failures[0].got[0]
    assert report.metrics["unsupported_facts"] > 0


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
