"""Traces of turns."""

import json
from datetime import timedelta

import pytest

from cxdesk.domain import AuditRow, Invalid, Period, Unavailable, new_id
from cxdesk.memory.traces import export, recent_turns, timeline, trace, trace_figures
from tests.memory.history import NOON, Past

DAY = Period(start=NOON - timedelta(hours=1), end=NOON + timedelta(days=1))


@pytest.fixture
def past(fresh_store):
    return Past(fresh_store)


@pytest.fixture
def run(past):
    run = past.turn(past.conversation("ada"), "Where is my order #W1?")
    for tool, ok in (("get_order", False), ("search_knowledge", True)):
        past.store.audit.add(
            AuditRow(
                id=new_id("a"),
                run_id=run,
                conversation_id=None,
                role="customer_ai",
                tool=tool,
                args={"order_id": "#W1", "query": "Where is my order #W1?"},
                ok=ok,
                why="Where is my order?",
                ms=3.0,
                at=NOON,
            )
        )
    return run


def test_a_turn_has_a_span_for_each_stage_and_tool(past, run):
    spans = trace(past.store, run)
    assert [(s.name, s.room, s.parent, s.ok) for s in spans] == [
        ("turn", "desk", None, True),
        ("guard", "signals", "turn", True),
        ("signals", "signals", "turn", True),
        ("tools", "agent", "turn", True),
        ("knowledge", "knowledge", "tools", True),
        ("ground", "agent", "turn", True),
        ("get_order", "tools", "tools", False),
    ]
    assert (spans[0].ms, spans[0].outcome) == (20.0, "reply")


def test_stages_follow_one_another(past, run):
    begun = {span.name: at for span, at in timeline(trace(past.store, run))}
    assert begun == {"guard": 0.0, "signals": 1.0, "tools": 5.0, "ground": 11.0}


def test_no_word_of_a_customer_is_in_a_trace(past, run, tmp_path):
    file = tmp_path / "traces.jsonl"
    assert export(past.store, DAY, file) == 7
    text = file.read_text(encoding="utf-8")
    assert "order?" not in text
    assert "W1" not in text
    assert [json.loads(line)["run_id"] for line in text.splitlines()] == [run] * 7


def test_a_failed_run_is_an_error_and_one_cut_short_is_counted(past, run):
    talk = past.conversation()
    failed = past.store.runs.start(talk, past.say(talk, "Hi").id)
    past.store.runs.fail(failed.id, "The model was away.")
    past.store.runs.start(talk, past.say(talk, "Hm").id)
    everything = Period(start=NOON - timedelta(days=9000), end=NOON + timedelta(days=9000))
    figures = trace_figures(past.store, everything)
    assert (figures.turns, figures.errors, figures.cut_short) == (2, 1, 1)
    assert trace(past.store, failed.id)[0].outcome == "failed"


def test_figures_give_counts_errors_and_percentiles_by_room(past):
    talk = past.conversation()
    for ms in (10.0, 20.0, 30.0):
        past.turn(talk, "Hi", timings_ms={"guard": ms, "total": ms, "first_token": 5.0})
    figures = trace_figures(past.store, DAY)
    guard = next(each for each in figures.stats if each.name == "guard")
    assert (guard.room, guard.n, guard.errors, guard.p50_ms, guard.max_ms) == ("signals", 3, 0, 20.0, 30.0)
    assert (figures.first_token.n, figures.first_token.p50_ms) == (3, 5.0)


def test_a_reply_that_lacked_support_shows_in_its_span(past):
    run = past.turn(past.conversation(), "Hi", grounding__unsupported=["'5' is in no source"])
    outcomes = {span.name: span.outcome for span in trace(past.store, run)}
    assert outcomes["ground"] == "unsupported"


def test_a_run_is_taken_over_once(past, run):
    trace(past.store, run)
    assert len(trace(past.store, run)) == 7
    assert past.store.traces.catch_up() == 0


def test_the_oldest_spans_make_way_and_do_not_come_back(past):
    talk = past.conversation()
    runs = [past.turn(talk, "Hi") for _ in range(5)]
    past.store.traces.catch_up(keep=12)
    assert trace(past.store, runs[0]) == []
    assert len(trace(past.store, runs[-1])) == 6
    past.turn(talk, "Hm")
    assert trace(past.store, runs[0]) == []


def test_recent_turns_come_newest_first(past):
    talk = past.conversation()
    runs = [past.turn(talk, "Hi"), past.turn(talk, "Hm")]
    assert [span.run_id for span in recent_turns(past.store, 5)] == runs[::-1]


def test_an_unknown_run_is_told(past):
    with pytest.raises(Invalid, match="No run 'r_1'"):
        trace(past.store, "r_1")


def test_a_file_that_cannot_be_written_is_told(past, tmp_path):
    with pytest.raises(Unavailable, match="can't be written"):
        export(past.store, DAY, tmp_path / "missing" / "traces.jsonl")


def test_speed_of_the_model_and_waiting_for_it_are_figures(past):
    talk = past.conversation("ada")
    for written, queue in ((20, 0.0), (40, 30.0), (60, 900.0)):
        use = {"queue_ms": queue, "read_tokens": 100, "written_tokens": written, "write_ms": 2000.0}
        past.turn(talk, "Hello", model_use=use, timings_ms={"compose": 2900.0, "queue": queue, "total": 3000.0})
    past.turn(talk, "Answered without a model")
    model = trace_figures(past.store, DAY).model
    assert (model.n, model.read_tokens, model.written_tokens) == (3, 300, 120)
    assert (model.p50_tokens_per_s, model.p50_queue_ms) == (20.0, 30.0)
    assert 30 < model.p95_queue_ms <= 900


def test_waiting_for_the_model_is_a_part_of_composing_not_of_the_turn(past):
    run = past.turn(past.conversation("ada"), "Hello", timings_ms={"compose": 50.0, "queue": 20.0, "total": 60.0})
    spans = {span.name: span for span in trace(past.store, run)}
    assert (spans["queue"].room, spans["queue"].parent) == ("llm", "compose")
    assert [span.name for span, _ in timeline(list(spans.values()))] == ["compose"]


def test_where_no_model_wrote_there_is_no_speed(past):
    past.turn(past.conversation("ada"), "Hello")
    model = trace_figures(past.store, DAY).model
    assert (model.n, model.p50_tokens_per_s, model.p95_queue_ms) == (0, None, None)
