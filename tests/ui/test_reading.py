"""From the desk's records to what is shown."""

from datetime import UTC, datetime

import pytest

from cxdesk.domain import ConversationState, Invalid, Role, Unavailable
from cxdesk.store.inbox import InboxItem
from cxdesk.ui.reading import need, read_conversation, read_document, read_inbox, run_card, search_inbox
from cxdesk.ui.views import SourceCard

PASSAGE = "- **Standard** shipping takes 3 days."


def turn(**changes):
    made = {
        "run": "r_1",
        "reply": "It takes 3 days.",
        "decision": "reply",
        "handoff_reason": None,
        "handoff": None,
        "pending_action": None,
        "intents": [{"name": "order_status", "confidence": 0.9}],
        "plan": ["search_knowledge"],
        "tools": [{"name": "get_order", "args": {"order_id": "#1"}, "ok": False, "ms": 3.0}],
        "sources": [
            {"document": "a.md", "heading": "A", "passage": "Else.", "score": 0.9, "start": 0, "end": 5},
            {"document": "b.md", "heading": "B", "passage": PASSAGE, "score": 0.8, "start": 10, "end": 47},
        ],
        "grounding": {
            "supported": 1,
            "unsupported": [],
            "rejected": [],
            "retried": False,
            "used_brief": True,
            "sentences": [{"start": 0, "end": 16, "document": "b.md", "from": 12, "to": 40}],
        },
        "model": "none",
        "timings_ms": {"brief": 12.0},
    }
    return {**made, **changes}


def test_sources_that_a_sentence_rests_on_come_first_and_are_marked():
    first, second = run_card(turn()).sources
    assert (first.document, first.used) == ("b.md", True)
    assert (second.document, second.used) == ("a.md", False)


def test_excerpts_are_free_of_markdowns_marks_and_passages_keep_them():
    source = run_card(turn()).sources[0]
    assert source.excerpt == "Standard shipping takes 3 days."
    assert source.passage == PASSAGE


def test_trace_names_plan_calls_and_timings():
    trace = [(line.text, line.took) for line in run_card(turn()).trace]
    assert ("Plan: search_knowledge", "") in trace
    assert ("get_order(order_id='#1'): nothing found", "3 ms") in trace
    assert ("brief", "12 ms") in trace


def test_a_passage_is_found_where_it_stands_now_after_its_document_was_edited(desk):
    document = desk.store.documents.all()[0]
    passage = document.text[20:60]
    moved = document.model_copy(update={"text": f"New first line.\n{document.text}"})
    desk.store.documents.put(moved)
    opened = read_document(desk, SourceCard(document.name, "", passage, passage, 20, 60, False))
    assert opened.text[opened.start : opened.end] == passage


def test_a_passage_that_is_gone_marks_nothing(desk):
    document = desk.store.documents.all()[0]
    opened = read_document(desk, SourceCard(document.name, "", "never written there", "", 5, 24, False))
    assert (opened.start, opened.end) == (0, 0)


def test_a_document_that_is_gone_is_said_by_its_name(desk):
    with pytest.raises(Unavailable, match=r"'gone\.md'"):
        read_document(desk, SourceCard("gone.md", "", "x", "x", 0, 1, False))


def test_orders_that_the_conversation_names_come_first(desk):
    talk = desk.start_conversation("sam.novak@example.com")
    orders = read_conversation(desk, talk.id).orders
    desk.store.conversations.add_message(talk.id, Role.customer, f"About {orders[-1].id} please")
    assert read_conversation(desk, talk.id).orders[0].id == orders[-1].id


def test_a_conversation_that_is_not_there_is_refused(desk):
    with pytest.raises(Invalid):
        read_conversation(desk, "c_none")


def test_a_guest_who_proved_who_they_are_gets_their_name(desk):
    talk = desk.start_conversation(writer="Guest")
    desk.ask("My e-mail is ingrid.sorensen@example.net and the order number is #V1165.", talk.id)
    assert read_inbox(desk, "all", None).rows[0].writer == "Ingrid Sørensen"


def item(**changes):
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    made = {
        "id": "c",
        "writer": "Ann",
        "state": ConversationState.waiting,
        "opened_at": moment,
        "updated_at": moment,
        "last_text": "Hello",
        "waiting_since": moment,
        "preparing": False,
        "mood": "neutral",
        "frustration": 0.0,
        "at_risk": False,
    }
    return InboxItem.model_validate({**made, **changes})


def test_need_puts_handed_over_and_upset_first_then_who_waits_longest_then_the_newest():
    earlier = datetime(2026, 3, 1, 9, tzinfo=UTC)
    by_need = [
        item(id="upset and handed over", state="handed_over", mood="negative", frustration=0.9),
        item(id="handed over", state="handed_over"),
        item(id="upset", mood="negative", frustration=0.7),
        item(id="waits longer", waiting_since=earlier),
        item(id="waits"),
        item(id="answered", state="open", waiting_since=None),
        item(id="answered before", state="open", waiting_since=None, updated_at=earlier),
        item(id="closed", state="closed"),
    ]
    mixed = by_need[1::2] + by_need[::2]
    assert sorted(mixed, key=need) == by_need


def test_a_search_names_the_word_that_stands_in_an_older_message(desk):
    talk = desk.start_conversation("maya.lindqvist@example.com").id
    for role, text in (
        (Role.customer, "The zebra mug came broken."),
        (Role.agent, "I am sorry."),
        (Role.customer, "Ok"),
    ):
        desk.store.conversations.add_message(talk, role, text)
    row = search_inbox(desk, "zebra")[0]
    assert row.id == talk
    assert row.last_line == "Ok"
    assert row.found == "has “zebra”: The zebra mug came broken."
