"""Documents that a person adds, stops adding, writes, files, removes and takes back."""

from threading import Event

import pytest

from cxdesk.domain import Audience, Invalid, Overtaken, Unavailable
from cxdesk.knowledge import TO_WRITE, Knowledge, MemoryShelf, is_editable
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.memory.gaps import starter


class CountingEmbedder(ToyEmbedder):
    def __init__(self):
        super().__init__()
        self.seen = []

    def embed(self, texts):
        self.seen.extend(texts)
        return super().embed(texts)


def found(knowledge, question):
    return [hit.passage.document for hit in knowledge.search(question, k=20)]


@pytest.fixture
def many(tmp_path):
    """A folder of 300 files: more than are indexed at once."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"page-{number:03}.md").write_text(f"# Page {number}\n\nAbout thing{number}.")
    return folder


# ---------------------------------------------------------------- adding


def test_each_file_is_told_of_once_with_what_became_of_it(knowledge, docs):
    (docs / "empty.md").write_text("")
    told = []
    knowledge.add([docs, docs / "gone.md"], on_file=told.append)
    assert {(result.file.rsplit("/", 1)[1], result.outcome) for result in told} == {
        ("shipping.md", "added"),
        ("warranty.md", "added"),
        ("refund_limits.md", "added"),
        ("empty.md", "refused"),
        ("gone.md", "refused"),
    }
    assert all(result.told for result in told if result.outcome == "refused")
    told.clear()
    knowledge.add([docs / "warranty.md"], on_file=told.append)
    assert [(result.name, result.outcome) for result in told] == [("warranty.md", "unchanged")]


def test_adding_that_is_stopped_leaves_whole_documents_and_says_how_many_are_left(knowledge, many):
    stop = Event()
    told = []

    def hear(result):
        told.append(result)
        stop.set()

    report = knowledge.add([many], on_file=hear, cancel=stop)
    kept = {document.name for document in knowledge.list()}
    assert kept == set(report.added) == {result.name for result in told}
    assert 0 < len(kept) < 300
    assert report.left == 300 - len(kept)
    assert knowledge.index_state().passages_of.keys() == kept
    assert knowledge.add([many]).left == 0
    assert len(knowledge.list()) == 300


def test_adding_that_is_stopped_while_files_are_read_changes_nothing(knowledge, many):
    stop = Event()
    report = knowledge.add([many], progress=lambda *_: stop.set(), cancel=stop)
    assert (report.added, report.left) == ((), 300)
    assert knowledge.list() == []


def test_a_files_text_that_replaces_one_written_at_the_desk_is_told_and_can_be_taken_back(knowledge, docs):
    knowledge.add([docs])
    before = knowledge.get("warranty.md")
    written = knowledge.save("warranty.md", "# Warranty\n\nEverything: 99 months.", expected=before.content_hash)
    report = knowledge.add([docs / "warranty.md"])
    assert "written at the desk" in report.notes[0]
    assert report.replaced == (written,)
    knowledge.put_back(report.replaced)
    knowledge.catch_up()
    assert "99 months" in knowledge.search("warranty", k=1)[0].passage.text


# ---------------------------------------------------------------- writing


def test_a_saved_text_is_kept_at_once_and_only_it_is_indexed_again(index_folder, shelf, docs):
    embedder = CountingEmbedder()
    knowledge = Knowledge(index_folder, shelf, embedder)
    knowledge.add([docs])
    embedder.seen.clear()
    before = knowledge.get("warranty.md")
    knowledge.save("warranty.md", "# Cover\n\nToasters are covered.", expected=before.content_hash)
    assert (knowledge.get("warranty.md").title, embedder.seen) == ("Cover", [])
    knowledge.catch_up()
    assert embedder.seen == ["Cover\nToasters are covered."]
    assert knowledge.index_state().hash_of["warranty.md"] == knowledge.get("warranty.md").content_hash


def test_a_text_is_kept_also_where_there_is_no_embedding_model(index_folder, shelf):
    def missing():
        raise Unavailable("No embedding model.")

    knowledge = Knowledge(index_folder, shelf, missing)
    knowledge.save("new.md", "# New\n\nWords.")
    assert knowledge.get("new.md").text == "# New\n\nWords."
    with pytest.raises(Unavailable):
        knowledge.catch_up()
    assert knowledge.index_state().passages_of == {}


def test_what_somebody_else_changed_is_not_written_over(knowledge, docs):
    knowledge.add([docs])
    began = knowledge.get("warranty.md")
    knowledge.save("warranty.md", "Theirs.", expected=began.content_hash)
    with pytest.raises(Overtaken, match=r"'warranty.md' was changed"):
        knowledge.save("warranty.md", "Mine.", expected=began.content_hash)
    assert knowledge.get("warranty.md").text == "Theirs."


def test_a_new_document_never_takes_the_name_of_another(knowledge, docs):
    knowledge.add([docs])
    with pytest.raises(Overtaken):
        knowledge.save("warranty.md", "Mine.")
    assert knowledge.free_name("Warranty") == "warranty2.md"
    assert knowledge.free_name("What does it cost?") == "what_does_it_cost.md"
    assert knowledge.free_name("¿?") == "document.md"


def test_a_document_that_was_removed_meanwhile_is_said_to_be(knowledge, docs):
    knowledge.add([docs])
    began = knowledge.get("warranty.md")
    knowledge.remove("warranty.md")
    with pytest.raises(Overtaken, match="was removed"):
        knowledge.save("warranty.md", "Mine.", expected=began.content_hash)


def test_an_empty_text_is_refused_and_changes_nothing(knowledge, docs):
    knowledge.add([docs])
    before = knowledge.get("warranty.md")
    with pytest.raises(Invalid, match=r"'warranty.md' holds no text"):
        knowledge.save("warranty.md", " \n ", expected=before.content_hash)
    assert knowledge.get("warranty.md") == before


def test_filing_a_document_anew_keeps_its_text_and_its_source(knowledge, docs):
    knowledge.add([docs])
    before = knowledge.get("warranty.md")
    knowledge.save("warranty.md", before.text, category="devices", audience="internal", expected=before.content_hash)
    knowledge.catch_up()
    filed = knowledge.get("warranty.md")
    assert (filed.text, filed.title, filed.source) == (before.text, before.title, before.source)
    hit = knowledge.search("kettle warranty", k=1, category="devices")[0]
    assert hit.passage.audience is Audience.internal


def test_a_removed_document_is_put_back_as_it_was(knowledge, docs):
    knowledge.add([docs])
    before = knowledge.get("warranty.md")
    knowledge.remove("warranty.md")
    knowledge.put_back([before])
    knowledge.catch_up()
    assert knowledge.get("warranty.md") == before
    assert found(knowledge, "kettle warranty")[0] == "warranty.md"


@pytest.mark.parametrize(("name", "editable"), [("a.md", True), ("a.TXT", True), ("a.pdf", False), ("faq.json", False)])
def test_only_what_is_text_as_written_can_be_edited(name, editable):
    assert is_editable(name) is editable


# ---------------------------------------------------------------- answers to write


def test_an_answer_that_is_still_to_be_written_is_never_found(knowledge):
    draft = starter(["Do you ship to Mars?", "Is there a discount for robots?"])
    assert draft.count(TO_WRITE) == 2
    knowledge.save("draft.md", draft)
    knowledge.catch_up()
    assert (knowledge.passages("draft.md"), found(knowledge, "Do you ship to Mars?")) == ([], [])
    kept = knowledge.get("draft.md")
    knowledge.save("draft.md", draft.replace(TO_WRITE, "Yes, for 5 EUR.", 1), expected=kept.content_hash)
    knowledge.catch_up()
    assert [passage.text for passage in knowledge.passages("draft.md")] == ["Yes, for 5 EUR."]


def test_the_answers_of_a_draft_that_go_back_to_be_written_are_not_found_any_more(knowledge):
    kept = knowledge.save("draft.md", "# Mars\n\nYes, for 5 EUR.")
    knowledge.catch_up()
    knowledge.save("draft.md", f"# Mars\n\n{TO_WRITE}", expected=kept.content_hash)
    knowledge.catch_up()
    assert found(knowledge, "Mars") == []


# ---------------------------------------------------------------- the index


def test_the_index_says_that_it_was_built_anew_and_why(knowledge, index_folder, shelf, docs):
    knowledge.add([docs])
    assert knowledge.index_state().rebuilt is None
    changed = Knowledge(index_folder, shelf, ToyEmbedder(32))
    changed.catch_up()
    assert "another embedding model" in changed.index_state().rebuilt


def test_indexing_that_is_stopped_is_finished_by_the_next_search(knowledge, many):
    knowledge.add([many])
    stop = Event()
    passages = knowledge.reindex(progress=lambda *_: stop.set(), cancel=stop)
    assert 0 < passages < 300
    assert found(knowledge, "thing299")[0] == "page-299.md"
    assert len(knowledge.index_state().passages_of) == 300


def test_a_damaged_index_is_looked_at_without_failing(knowledge, index_folder, docs, shelf):
    knowledge.add([docs])
    for file in index_folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    assert Knowledge(index_folder, shelf, ToyEmbedder()).index_state().passages_of == {}


def test_words_are_kept_while_other_documents_are_being_indexed(index_folder, docs):
    shelf = MemoryShelf()
    began, may_go_on = Event(), Event()

    class Slow(ToyEmbedder):
        def embed(self, texts):
            began.set()
            assert may_go_on.wait(30)
            return super().embed(texts)

    from concurrent.futures import ThreadPoolExecutor

    knowledge = Knowledge(index_folder, shelf, Slow())
    with ThreadPoolExecutor(1) as beside:
        adding = beside.submit(knowledge.add, [docs])
        assert began.wait(30)
        try:
            knowledge.save("mine.md", "# Mine\n\nMy words.")
            assert shelf.find("mine.md") is not None
            assert knowledge.index_state().running is not None
        finally:
            may_go_on.set()
        adding.result()
    knowledge.catch_up()
    assert "mine.md" in knowledge.index_state().passages_of
