"""What the documents did not answer, and what rested on a document that changed."""

from datetime import timedelta

import numpy as np
import pytest

from cxdesk.domain import CannedReply, Document, DraftState, Hit, Passage, Period
from cxdesk.memory.gaps import group, knowledge_gaps, link_replies, stale_replies, starter
from tests.memory.history import NOON, Past

DAY = Period(start=NOON - timedelta(hours=1), end=NOON + timedelta(days=1))
UNANSWERED = {"notes": ["no_answer"], "decision": "handoff", "handoff_reason": "data_gap"}
RETURNS = "Returns are free for 30 days."


@pytest.fixture
def past(fresh_store):
    return Past(fresh_store)


class OneShelf:
    """A knowledge base that finds the same document for every question."""

    def __init__(self, text):
        self.text = text

    def search(self, query, *, k=5, category=None):
        passage = Passage(
            document="returns.md", title="Returns", heading="Returns", text=self.text, start=0, end=len(self.text)
        )
        return [Hit(passage=passage, score=0.9)]


def put_document(past, text, name="returns.md"):
    past.store.documents.put(Document(name=name, title="Returns", text=text, content_hash=text, added_at=NOON))


def gaps(past, embedder, **options):
    return knowledge_gaps(past.store, DAY, embedder, mask=lambda text: text, **options)


def test_questions_of_one_topic_are_one_gap_the_most_asked_first(past, toy_embedder):
    for text in ("Do you ship to Norway?", "Can you ship to Norway please?", "Is the lamp dimmable?"):
        past.answered(past.conversation("ada"), text, **UNANSWERED)
    found = gaps(past, toy_embedder)
    assert [(gap.count, gap.customers) for gap in found] == [(2, 1), (1, 1)]
    assert "Norway" in found[0].title
    assert found[0].kinds == {"no_answer": 2}
    assert len(found[0].conversations) == 2


def test_answered_questions_and_unknown_orders_are_no_gap(past, toy_embedder):
    talk = past.conversation()
    past.answered(talk, "How do returns work?")
    past.answered(talk, "Where is #X?", notes=["order_not_found"], decision="handoff", handoff_reason="data_gap")
    assert gaps(past, toy_embedder) == []


def test_a_rejected_draft_is_a_gap_and_an_overtaken_one_is_not(past, toy_embedder):
    past.draft(past.turn(past.conversation(), "Is it waterproof?"), DraftState.rejected, reason="wrong")
    past.draft(past.turn(past.conversation(), "Is it heavy?"), DraftState.rejected, reason="superseded")
    assert [(gap.title, gap.kinds) for gap in gaps(past, toy_embedder)] == [("Is it waterproof?", {"rejected": 1})]


def test_personal_data_never_reaches_the_beginning_of_a_document(past, toy_embedder):
    past.answered(past.conversation(), "Do you ship to ada@example.com?", **UNANSWERED)
    found = knowledge_gaps(past.store, DAY, toy_embedder, mask=lambda text: text.replace("ada@example.com", "(e-mail)"))
    assert "ada@example.com" not in found[0].model_dump_json()


def test_a_gap_that_todays_documents_close_is_marked_and_comes_last(past, toy_embedder):
    for text in ("Do you ship to Norway?", "Can you ship to Norway please?", "Is the lamp dimmable?"):
        past.answered(past.conversation(), text, **UNANSWERED)
    found = gaps(past, toy_embedder, is_answered=lambda text: "Norway" in text)
    assert [gap.answered_now for gap in found] == [False, True]


def test_the_nearest_document_is_named(past, toy_embedder):
    past.answered(past.conversation(), "Are returns free after Christmas?", **UNANSWERED)
    assert gaps(past, toy_embedder, knowledge=OneShelf(RETURNS))[0].near == "returns.md"


def test_vectors_that_search_learned_are_used_again(past, toy_embedder):
    past.answered(past.conversation(), "Do you ship to Norway?", **UNANSWERED)
    message = past.store.search.unread(toy_embedder.name, 10)[-1]
    past.store.search.keep_vectors(toy_embedder.name, [message.seq], toy_embedder.embed([message.text]).tolist())

    class Busy:
        name = toy_embedder.name

        def embed(self, texts):
            raise AssertionError("nothing is new")

    assert len(gaps(past, Busy())) == 1


def test_a_starter_is_markdown_with_a_place_for_each_answer():
    text = starter(["Hello. Do you ship to Norway? Thanks!", "# Ship to Oslo?"])
    assert text.startswith("# Do you ship to Norway?\n")
    assert "## Ship to Oslo?" in text
    assert text.count("(Write the answer here.)") == 2


def test_a_long_question_is_cut_to_a_heading():
    title = starter(["word " * 100]).splitlines()[0]
    assert len(title) <= 92
    assert title.endswith("…")


def test_groups_do_not_depend_on_who_came_first():
    generator = np.random.default_rng(4)
    centres = np.eye(3, 32)
    rows = np.repeat(centres, 10, axis=0) + generator.normal(scale=0.04, size=(30, 32))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    for _ in range(5):
        order = generator.permutation(30)
        found = group(rows[order].astype(np.float32))
        assert sorted(len(members) for members in found) == [10, 10, 10]
        assert all(len({int(order[row]) // 10 for row in members}) == 1 for members in found)


def test_no_question_is_no_group():
    assert group(np.zeros((0, 8), dtype=np.float32)) == []


def test_a_draft_is_listed_when_its_passage_left_the_document(past):
    put_document(past, f"# Returns\n\n{RETURNS}\n")
    run = past.turn(past.conversation(), "Are returns free?")
    draft = past.draft(run, DraftState.approved, text=RETURNS)
    assert stale_replies(past.store) == []
    put_document(past, "# Returns\n\nReturns cost 5 dollars.\n")
    [found] = stale_replies(past.store)
    assert (found.kind, found.key, found.document, found.removed) == ("draft", draft, "returns.md", False)


def test_a_change_elsewhere_in_the_document_leaves_a_reply_alone(past):
    put_document(past, f"# Returns\n\n{RETURNS}\n\nNew: ask us anything.")
    past.draft(past.turn(past.conversation(), "Are returns free?"), DraftState.approved)
    assert stale_replies(past.store) == []


def test_a_rejected_draft_rests_on_nothing(past):
    past.draft(past.turn(past.conversation(), "Are returns free?"), DraftState.rejected, reason="wrong")
    assert stale_replies(past.store) == []


def test_saved_replies_and_approved_wordings_are_listed_when_their_document_goes(past, toy_embedder):
    put_document(past, RETURNS)
    past.store.canned.put(CannedReply(shortcut="ret", title="Returns", text=f"Hi {{name}}, {RETURNS}"))
    past.store.canned.put(CannedReply(shortcut="bye", title="Bye", text="Have a lovely afternoon!"))
    vector = toy_embedder.embed(["Are returns free?"])[0].tolist()
    wording = past.store.canned.wordings.learn(
        "return_policy", "Are returns free?", RETURNS, vector=vector, embedder=toy_embedder.name
    )
    assert link_replies(past.store, OneShelf(RETURNS), toy_embedder) == 3
    assert stale_replies(past.store) == []
    past.store.documents.remove("returns.md")
    assert [(r.kind, r.key, r.removed) for r in stale_replies(past.store)] == [
        ("approved", wording.id, True),
        ("canned", "ret", True),
    ]


def test_only_new_and_changed_replies_are_looked_at_again(past, toy_embedder):
    past.store.canned.put(CannedReply(shortcut="ret", title="Returns", text=RETURNS))
    past.store.canned.put(CannedReply(shortcut="bye", title="Bye", text="Bye!"))
    assert link_replies(past.store, OneShelf(RETURNS), toy_embedder) == 2
    assert link_replies(past.store, OneShelf(RETURNS), toy_embedder) == 0
    past.store.canned.put(CannedReply(shortcut="bye", title="Bye", text=RETURNS))
    assert link_replies(past.store, OneShelf(RETURNS), toy_embedder) == 1
