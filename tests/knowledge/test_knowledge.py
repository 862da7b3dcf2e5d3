import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from cxdesk.domain import Audience, Invalid, Unavailable
from cxdesk.knowledge import Knowledge
from cxdesk.llm.toy import ToyEmbedder


class CountingEmbedder(ToyEmbedder):
    """Remembers which texts it was asked for."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.seen: list[str] = []

    def embed(self, texts):
        self.seen.extend(texts)
        return super().embed(texts)


def names(hits):
    return [hit.passage.document for hit in hits]


def test_an_added_document_is_found_with_its_place(knowledge, docs):
    knowledge.add([docs])
    hit = knowledge.search("How long does express delivery take?")[0]
    assert (hit.passage.document, hit.passage.title, hit.passage.heading) == ("shipping.md", "Shipping", "Express")
    assert knowledge.get("shipping.md").text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_the_report_says_what_became_of_each_file(knowledge, docs):
    (docs / "empty.md").write_text("")
    (docs / "sheet.xlsx").write_text("x")
    (docs / ".hidden.md").write_text("# Hidden")
    report = knowledge.add([docs, docs / "gone.md"])
    assert sorted(report.added) == ["refund_limits.md", "shipping.md", "warranty.md"]
    assert {problem.file.rsplit("/", 1)[1] for problem in report.refused} == {"empty.md", "sheet.xlsx", "gone.md"}
    assert all(problem.reason for problem in report.refused)


def test_only_documents_that_changed_are_embedded_again(index_folder, shelf, docs):
    embedder = CountingEmbedder()
    knowledge = Knowledge(index_folder, shelf, embedder)
    knowledge.add([docs])
    embedder.seen.clear()
    (docs / "warranty.md").write_text("# Warranty\n\nA kettle has a warranty of 36 months.\n")
    report = knowledge.add([docs])
    assert report.updated == ("warranty.md",)
    assert sorted(report.unchanged) == ["refund_limits.md", "shipping.md"]
    assert embedder.seen == ["Warranty\nA kettle has a warranty of 36 months."]


def test_an_updated_document_is_found_by_its_new_text_only(knowledge, docs):
    knowledge.add([docs])
    (docs / "warranty.md").write_text("# Warranty\n\nToasters are covered for ever.\n")
    knowledge.add([docs / "warranty.md"])
    found = [hit.passage.text for hit in knowledge.search("kettle warranty toaster", k=10)]
    assert "Toasters are covered for ever." in found
    assert not any("kettle" in text for text in found)


def test_folders_give_category_and_audience(knowledge, docs):
    knowledge.add([docs])
    given = {document.name: (document.category, document.audience.value) for document in knowledge.list()}
    assert given == {
        "refund_limits.md": ("general", "internal"),
        "shipping.md": ("orders", "public"),
        "warranty.md": ("general", "public"),
    }


def test_a_file_given_alone_from_an_internal_folder_is_internal(knowledge, docs):
    knowledge.add([docs / "internal" / "refund_limits.md"])
    assert knowledge.get("refund_limits.md").audience is Audience.internal


def test_what_was_chosen_for_a_document_stays_when_it_is_read_again(knowledge, docs):
    knowledge.add([docs / "warranty.md"], category="devices", audience="internal")
    knowledge.add([docs])
    kept = knowledge.get("warranty.md")
    assert (kept.category, kept.audience) == ("devices", Audience.internal)


def test_a_search_keeps_to_category_and_audience(knowledge, docs):
    knowledge.add([docs])
    assert set(names(knowledge.search("refund parcels warranty", audience="public"))) == {"shipping.md", "warranty.md"}
    assert set(names(knowledge.search("refund parcels warranty", category="orders"))) == {"shipping.md"}
    assert knowledge.search("refund", category="no such") == []


def test_two_files_of_one_name_are_told_apart_by_their_folders(knowledge, tmp_path):
    for folder, text in (("kettles", "Descale monthly."), ("irons", "Use distilled water.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "care.md").write_text(text)
    report = knowledge.add([tmp_path / "kettles", tmp_path / "irons"])
    assert report.added == ("care.md", "irons/care.md")
    assert "irons/care.md" in report.notes[0]
    assert knowledge.add([tmp_path / "irons", tmp_path / "kettles"]).added == ()


def test_a_file_that_moved_keeps_its_document(knowledge, docs, tmp_path):
    knowledge.add([docs / "warranty.md"])
    (tmp_path / "elsewhere").mkdir()
    (docs / "warranty.md").rename(tmp_path / "elsewhere" / "warranty.md")
    (tmp_path / "elsewhere" / "warranty.md").write_text("# Warranty\n\nNow 36 months.")
    assert knowledge.add([tmp_path / "elsewhere"]).updated == ("warranty.md",)


@pytest.mark.parametrize("name", ["it's.md", 'say "hi".md', "a' OR '1'='1.md", "back\\slash.md", "ünï 100%_.md"])
def test_names_that_look_like_code_are_only_names(knowledge, docs, name):
    (docs / name).write_text("# Odd\n\nA page about zebras.")
    knowledge.add([docs], category=None)
    (docs / name).write_text("# Odd\n\nA page about giraffes.")
    knowledge.add([docs])
    assert knowledge.search("giraffes")[0].passage.document == name
    assert not any("zebras" in hit.passage.text for hit in knowledge.search("zebras", k=20))
    assert knowledge.remove(name)
    assert name not in names(knowledge.search("giraffes", k=20))
    assert knowledge.stats()["documents"] == 3


@pytest.mark.parametrize("category", ["x' OR '1'='1", "'; DROP TABLE passages; --", "\\' OR 1=1"])
def test_a_category_that_looks_like_code_finds_nothing(knowledge, docs, category):
    knowledge.add([docs])
    assert knowledge.search("parcels", category=category) == []


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_an_empty_question_finds_nothing(knowledge, docs, query):
    knowledge.add([docs])
    assert knowledge.search(query) == []


@pytest.mark.parametrize("query", ["🙂🙂", "AND OR NOT (", '"unclosed', "title:x^2~", "the of and", "a" * 100_000])
def test_any_question_is_only_words(knowledge, docs, query):
    knowledge.add([docs])
    assert all(0 <= hit.score <= 1 for hit in knowledge.search(query))


def test_a_search_in_an_empty_knowledge_base_finds_nothing(knowledge):
    assert knowledge.search("anything") == []
    assert knowledge.stats()["passages"] == 0


def test_hits_come_best_first_with_their_ranks(knowledge, docs):
    knowledge.add([docs])
    hits = knowledge.search("standard parcels free", k=3)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].keyword_rank == 1
    assert len(hits) == 3


def test_an_article_number_in_the_question_leads_to_its_page(knowledge, docs):
    knowledge.add([docs])
    assert names(knowledge.search("Is there an express for KT-2041?", k=1)) == ["warranty.md"]


class NearestEmbedder(ToyEmbedder):
    """Takes whatever speaks of a kettle for what 'boil' means."""

    def embed(self, texts):
        return super().embed(["kettle" if "kettle" in text.lower() or "boil" in text else text for text in texts])


def test_the_nearest_by_meaning_is_found_though_only_others_have_the_questions_words(index_folder, shelf, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.md").write_text(f"# Tea {number}\n\nWhere to drink tea in house {number}.")
    (folder / "warranty.md").write_text("# Kettles\n\nTwo years on every kettle.")
    desk = Knowledge(index_folder, shelf, NearestEmbedder())
    desk.add([folder])
    assert "warranty.md" in names(desk.search("what may boil, where do I drink tea", k=3))


def test_a_question_about_something_else_scores_lower(knowledge, docs):
    knowledge.add([docs])
    on_topic = knowledge.search("How long is the warranty of a kettle?")[0].score
    assert knowledge.search("Who won the football match yesterday?")[0].score < on_topic / 2


def test_a_lost_index_is_built_again_by_the_next_search(knowledge, index_folder, docs):
    knowledge.add([docs])
    shutil.rmtree(index_folder)
    assert names(knowledge.search("kettle warranty", k=1)) == ["warranty.md"]


def test_a_damaged_index_is_built_again_at_the_next_start(knowledge, index_folder, shelf, docs, toy_embedder):
    knowledge.add([docs])
    for file in index_folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    assert names(Knowledge(index_folder, shelf, toy_embedder).search("kettle warranty", k=1)) == ["warranty.md"]


def test_an_index_that_lags_behind_after_a_kill_catches_up_alone(index_folder, shelf, docs, tmp_path):
    Knowledge(index_folder, shelf, ToyEmbedder()).add([docs])
    (docs / "warranty.md").write_text("# Warranty\n\nToasters: 12 months.")
    Knowledge(tmp_path / "another-index", shelf, ToyEmbedder()).add([docs])  # The shelf moves on, the index does not.
    shelf.remove("refund_limits.md")
    embedder = CountingEmbedder()
    restarted = Knowledge(index_folder, shelf, embedder)
    assert restarted.search("toasters", k=1)[0].passage.text == "Toasters: 12 months."
    assert embedder.seen == ["toasters", "Warranty\nToasters: 12 months."]
    assert "refund_limits.md" not in names(restarted.search("refund", k=20))


def test_another_embedding_model_builds_its_own_index(knowledge, index_folder, shelf, docs):
    knowledge.add([docs])
    changed = Knowledge(index_folder, shelf, ToyEmbedder(32))
    assert names(changed.search("kettle warranty", k=1)) == ["warranty.md"]
    assert changed.stats()["embedder"] == "toy-32"


def test_the_embedder_is_opened_when_it_is_needed_and_once(index_folder, shelf, docs):
    opened = []

    def open_it():
        opened.append(1)
        return ToyEmbedder()

    knowledge = Knowledge(index_folder, shelf, open_it)
    assert knowledge.list() == []
    assert not opened
    knowledge.add([docs])
    knowledge.search("kettle")
    assert len(opened) == 1


def test_without_a_model_nothing_is_taken_and_the_reason_is_told(index_folder, shelf, docs):
    def missing():
        raise Unavailable("No embedding model.")

    knowledge = Knowledge(index_folder, shelf, missing)
    with pytest.raises(Unavailable, match="No embedding model"):
        knowledge.add([docs])
    assert knowledge.list() == []


def test_an_interrupted_ingest_is_completed_by_the_next_search(index_folder, shelf, docs):
    class Interrupted(ToyEmbedder):
        broken = True

        def embed(self, texts):
            if self.broken:
                raise KeyboardInterrupt
            return super().embed(texts)

    embedder = Interrupted()
    knowledge = Knowledge(index_folder, shelf, embedder)
    with pytest.raises(KeyboardInterrupt):
        knowledge.add([docs])
    embedder.broken = False
    assert names(knowledge.search("kettle warranty", k=1)) == ["warranty.md"]


def test_removed_and_cleared_documents_are_not_found(knowledge, docs):
    knowledge.add([docs])
    assert knowledge.remove("warranty.md")
    assert not knowledge.remove("warranty.md")
    assert "warranty.md" not in names(knowledge.search("kettle warranty", k=20))
    assert knowledge.clear() == 2
    assert knowledge.search("parcels") == []
    assert knowledge.add([docs]).added


def test_an_unknown_document_is_refused_with_the_nearest_name(knowledge, docs):
    knowledge.add([docs])
    with pytest.raises(Invalid, match=r"'waranty.md'. Did you mean 'warranty.md'"):
        knowledge.get("waranty.md")


def test_reindexing_gives_the_same_passages(knowledge, docs):
    knowledge.add([docs])
    before = knowledge.stats()
    assert knowledge.reindex() == before["passages"] == 4
    assert knowledge.stats() == before


def test_progress_ends_at_its_total(knowledge, docs):
    told = []
    knowledge.add([docs], progress=lambda done, total, what: told.append((done, total, what)))
    assert (3, 3, "Reading files") in told
    assert told[-1] == (4, 4, "Indexing passages")


def test_searches_go_on_while_documents_are_added(knowledge, docs):
    knowledge.add([docs])
    with ThreadPoolExecutor(3) as people:
        searches = [people.submit(knowledge.search, "express parcels", k=2) for _ in range(40)]
        for number in range(8):
            (docs / f"extra-{number}.md").write_text(f"# Extra {number}\n\nAbout thing {number}.")
            knowledge.add([docs])
    assert all(names(search.result())[0] == "shipping.md" for search in searches)
    assert knowledge.stats()["documents"] == 11
