import json

import pytest

from cxdesk.desk import Desk
from cxdesk.evals import run_suite
from cxdesk.evals.answers import run_answers
from cxdesk.evals.matching import missing_from, says


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Order #W1 is Delivered.", "delivered", True),
        ("undelivered", "delivered", False),
        ("5–7 business days", "5-7 business days", True),
        ("It costs $1,342.85.", "1342.85", True),
        ("#W10", "#W1", False),
    ],
)
def test_texts_match_on_words_with_dashes_and_thousands_alike(text, wanted, found):
    assert says(text, wanted) is found


def test_what_is_wrong_is_named():
    assert missing_from("It is pending.", ["#W1"], [["shipped", "delivered"]], ["pending"]) == [
        "'#W1' is missing",
        "none of ['shipped', 'delivered'] is there",
        "'pending' is there",
    ]


def test_right_and_wrong_answers_are_counted(demo_desk):
    customer = next(
        c for c in demo_desk.store.customers.all(limit=50, offset=0) if demo_desk.store.orders.of_customer(c.id)
    )
    order = demo_desk.store.orders.of_customer(customer.id)[0]
    ask = {"customer": customer.email, "turns": [f"Where is my order {order.id}?"]}
    cases = [
        {"id": "right", "kind": "status", **ask, "expect": {"decision": "reply", "contains": [order.id, order.status]}},
        {"id": "wrong", "kind": "status", **ask, "expect": {"decision": "handoff"}},
        {"id": "human", "kind": "human", **ask, "turns": ["I want a human"], "expect": {"decision": "handoff"}},
    ]
    report = run_answers(cases, demo_desk).as_json()
    assert report["n"] == 3
    assert report["metrics"]["correct"] == pytest.approx(2 / 3)
    assert report["metrics"]["handoff_recall"] == 0.5
    assert report["metrics"]["handoff_precision"] == 1.0
    assert (report["metrics"]["unsupported_facts"], report["metrics"]["leaks"]) == (0, 0)
    (failure,) = report["failures"]
    assert failure["id"] == "wrong"
    assert "the decision is reply" in failure["why"]


class NoLook:
    def check_for(self, customer_id, customer_texts, sources=None, records=None):
        return lambda text: []


def test_a_leak_is_counted(demo_desk):
    people = demo_desk.store.customers.all(limit=50, offset=0)
    case = {"id": "x", "customer": people[0].email, "turns": ["Hello!"], "expect": {}}
    demo_desk.agent.outbound = NoLook()
    demo_desk.agent.phrasing.tones["friendly"]["greeting"] = f"Write to {people[1].email}."
    assert run_answers([case], demo_desk).as_json()["metrics"]["leaks"] == 1


def test_the_desk_that_is_scored_is_never_changed(filled_demo, tmp_path):
    import shutil

    folder = tmp_path / "demo"
    shutil.copytree(filled_demo, folder)
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"id": "1", "turns": ["Hello!"], "expect": {"decision": "reply"}}), encoding="utf-8")
    run_suite("answers", cases, data_dir=folder, model="none")
    with Desk.open(folder, model="none") as desk:
        assert desk.store.conversations.recent() == []
