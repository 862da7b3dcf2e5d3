"""Search over everything said."""

from datetime import timedelta

import numpy as np
import pytest

from cxdesk.domain import Role, SearchFilter, Unavailable
from cxdesk.memory.search import History, ids_in
from tests.memory.history import NOON, Past


@pytest.fixture
def past(fresh_store):
    past = Past(fresh_store)
    past.customer("ada")
    past.customer("bo")
    ada, bo = past.conversation("ada"), past.conversation("bo")
    past.answered(ada, "Where is my order #W1234567?", intent__name="order_status", reply="It is on its way.")
    past.answered(ada, "The kettle leaks and I am furious", sentiment__label="negative")
    past.answered(bo, "Do you repair headphones?", intent__name="repair")
    past.insight(ada, resolution="escalated")
    past.insight(bo)
    return past


@pytest.fixture
def history(past, toy_embedder):
    history = History(past.store, lambda: toy_embedder)
    history.learn()
    return history


@pytest.fixture
def wordless(past):
    def missing():
        raise Unavailable("No embedding model is there. Run 'cxdesk models fetch'.")

    return History(past.store, missing)


def texts(found):
    return [hit.message.text for hit in found.hits]


def test_a_word_is_found_in_any_case_and_inflection_and_is_named(history):
    found = history.search("LEAKING kettles")
    assert texts(found)[0] == "The kettle leaks and I am furious"
    assert "words" in found.hits[0].why
    assert "kettles" in found.hits[0].matched


@pytest.mark.parametrize("query", ["#W1234567", "w1234567", "kettle w1234567"])
def test_an_exact_id_comes_first(history, query):
    first = history.search(query).hits[0]
    assert first.message.text == "Where is my order #W1234567?"
    assert first.why[0] == "id"


def test_a_longer_id_that_begins_alike_is_not_that_id(history):
    assert all("id" not in hit.why for hit in history.search("#W12345678").hits)


def test_the_id_of_a_conversation_a_run_or_a_customer_finds_what_was_said_there(past, history):
    run = past.store.runs.find(past.turn(past.conversation("bo"), "One more thing"))
    for name in (run.id, run.conversation_id):
        assert "One more thing" in texts(history.search(name))
    assert {hit.customer_id for hit in history.search("bo@example.com").hits if "id" in hit.why} == {"bo"}


def test_the_address_of_a_merged_customer_finds_what_they_said(past, history):
    past.store.people.merge("ada", "bo")
    found = history.search("bo@example.com").hits
    assert {hit.customer_id for hit in found if "id" in hit.why} == {"ada"}


def test_an_address_is_found_beside_many_messages_that_share_its_parts(past, history):
    talk = past.conversation("ada")
    past.say(talk, "My husband's address is zed.marsh@example.net.")
    for number in range(250):
        past.say(talk, f"marsh example net zed, note {number}: nothing to see here")
    first, *others = history.search("zed.marsh@example.net").hits
    assert (first.message.text, "id" in first.why) == ("My husband's address is zed.marsh@example.net.", True)
    assert not any("id" in hit.why for hit in others)


def test_meaning_finds_what_shares_no_whole_word(history):
    found = history.search("headphone repairing")
    assert texts(found)[0] == "Do you repair headphones?"
    assert "meaning" in found.hits[0].why


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (SearchFilter(customer_id="bo"), {"bo"}),
        (SearchFilter(mood="negative"), {"ada"}),
        (SearchFilter(intent="repair"), {"bo"}),
        (SearchFilter(outcome="escalated"), {"ada"}),
        (SearchFilter(since=NOON + timedelta(days=1)), set()),
        (SearchFilter(until=NOON), set()),
    ],
)
def test_filters_narrow_a_search(history, wanted, expected):
    found = history.search("order kettle repair headphones", wanted)
    assert {hit.customer_id for hit in found.hits} == expected


def test_a_matter_that_was_taken_up_again_counts_as_unresolved(past, history):
    talk = past.conversation("ada")
    past.answered(talk, "My teapot is cracked")
    past.insight(talk, resolution="resolved", reopened_at=past.at)
    assert texts(history.search("teapot", SearchFilter(outcome="unresolved")))[0] == "My teapot is cracked"


def test_words_are_searched_before_meaning_was_learned_and_the_search_says_so(past, toy_embedder):
    found = History(past.store, lambda: toy_embedder).search("kettle")
    assert texts(found) == ["The kettle leaks and I am furious"]
    assert not found.by_meaning
    assert "words" in (found.note or "")


def test_without_an_embedding_model_words_still_find(wordless):
    found = wordless.search("kettle")
    assert texts(found) == ["The kettle leaks and I am furious"]
    assert "No embedding model" in (found.note or "")


def test_the_newest_messages_are_learned_first(past, toy_embedder):
    history = History(past.store, lambda: toy_embedder)
    assert history.learn(limit=2) == 2
    unread = [each.text for each in past.store.search.unread(toy_embedder.name, 10)]
    assert "Do you repair headphones?" not in unread
    assert "Where is my order #W1234567?" in unread


def test_learning_twice_learns_nothing_new(history):
    assert history.learn() == 0


def test_notes_of_the_system_are_not_learned(past, history):
    past.say(past.conversation(), "internal", Role.system)
    assert history.learn() == 0


@pytest.mark.parametrize("query", ["", "   ", "?!", "''", "%", "\\", "a" * 5_000])
def test_odd_queries_find_nothing_and_break_nothing(history, query):
    assert isinstance(history.search(query).hits, tuple)


def test_the_same_is_found_after_the_words_were_written_anew(history):
    before = texts(history.search("kettle order repair"))
    history.tidy()
    assert texts(history.search("kettle order repair")) == before


def test_a_deleted_message_is_not_found_and_leaves_the_index(past, history):
    past.store._database.write("DELETE FROM messages WHERE contains(text, 'kettle')")
    assert texts(history.search("kettle leaks")) == []
    history.tidy()
    assert past.store._database.rows("SELECT term FROM message_terms WHERE term = 'kettle'") == []


def test_a_score_never_leaves_its_bounds(history):
    assert all(0 <= hit.score <= 1 for hit in history.search("order kettle W1234567").hits)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Where is #W12?", ["#W12"]),
        ("c_4f9c0e2ab1d7", ["c_4f9c0e2ab1d7"]),
        ("mail of ada@example.com please", ["ada@example.com"]),
        ("mei_kovacs", ["mei_kovacs"]),
        ("kettle leaks", []),
        ("5 kettles", []),
    ],
)
def test_ids_are_told_from_words(query, expected):
    assert ids_in(query) == expected


def test_of_many_messages_the_nearest_in_meaning_are_found(fresh_store):
    past = Past(fresh_store)
    talk = past.conversation()
    for number in range(300):
        past.say(talk, f"message {number}")
    generator = np.random.default_rng(9)
    rows = generator.normal(size=(300, 384))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    unread = fresh_store.search.unread("random", 300)
    fresh_store.search.keep_vectors("random", [each.seq for each in unread], rows.tolist())
    query = rows[17] + 0.3 * rows[40]
    query /= np.linalg.norm(query)
    found = fresh_store.search.by_meaning(query.tolist(), "random", SearchFilter(), 5)
    assert [found[0].seq, found[1].seq] == [unread[17].seq, unread[40].seq]
    assert found[0].score == pytest.approx(float(rows[17] @ query), abs=1e-5)
