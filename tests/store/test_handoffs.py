import pytest

from cxdesk.domain import HandoffReason, Invalid


@pytest.fixture
def handoff(fresh_store):
    return fresh_store.handoffs.create("c_1", "r_1", HandoffReason.data_gap, "Who: a guest")


def test_every_step_of_a_handoff_is_kept_with_who_and_when(fresh_store, handoff):
    handoffs = fresh_store.handoffs
    for kind, by in (("accepted", "kim"), ("answered", "kim"), ("given_back", "lou")):
        handoffs.record(handoff.id, kind, by, note="done" if kind == "given_back" else "")
    events = handoffs.events(handoff.id)
    assert [(e.kind, e.by, e.note) for e in events] == [
        ("accepted", "kim", ""),
        ("answered", "kim", ""),
        ("given_back", "lou", "done"),
    ]
    assert events[0].at <= events[-1].at


def test_a_handoff_needs_a_person_until_it_is_given_back_or_resolved(fresh_store, handoff):
    handoffs = fresh_store.handoffs
    handoffs.record(handoff.id, "accepted")
    assert [h.id for h in handoffs.unresolved("c_1")] == [handoff.id]
    assert handoffs.open() == []
    handoffs.record(handoff.id, "resolved")
    assert handoffs.unresolved("c_1") == []


def test_a_step_of_an_unknown_handoff_is_invalid_and_leaves_nothing(fresh_store):
    with pytest.raises(Invalid):
        fresh_store.handoffs.record("h_none", "accepted")
    assert fresh_store.handoffs.events("h_none") == []
