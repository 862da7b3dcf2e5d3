import numpy as np
import pytest

from cxdesk.domain import Document, Passage, now
from cxdesk.knowledge import index as index_module
from cxdesk.knowledge.index import IndexFailed, Maker, PassageIndex, filter_by, quoted

MAKER = Maker("toy", 8)


@pytest.fixture
def filled(index_folder):
    """An index of 300 passages, which counts as large here and so has a vector index."""
    vectors = np.random.default_rng(0).normal(size=(300, MAKER.dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    document = Document(name="a.md", title="A", text="", content_hash="h", added_at=now())
    passages = [
        Passage(document="a.md", title="A", heading="", text=f"item number{row}", start=row, end=row + 1)
        for row in range(len(vectors))
    ]
    index = PassageIndex(index_folder)
    index.replace([document], passages, vectors, MAKER)
    index.settle()
    return index, vectors


@pytest.fixture
def small_is_large(monkeypatch):
    monkeypatch.setattr(index_module, "VECTOR_INDEX_FROM_ROWS", 300)


def test_with_a_vector_index_scores_are_still_exact_cosines(small_is_large, filled):
    index, vectors = filled
    found = index.nearest(vectors[7], 10, None)
    assert found.keys[0] == ("a.md", 7)
    exact = sorted(vectors @ vectors[7], reverse=True)[:10]
    assert found.scores == pytest.approx(exact, abs=1e-5)


def test_passages_found_by_words_come_with_their_cosines(filled):
    index, vectors = filled
    found, cosines = index.matching("number7", vectors[0], 10, None)
    assert found.keys == [("a.md", 7)]
    assert cosines == pytest.approx([float(vectors[7] @ vectors[0])], abs=1e-5)


def test_the_index_knows_who_made_it_and_of_what(filled):
    index, _ = filled
    assert index.maker() == MAKER
    assert index.hashes() == {"a.md": "h"}
    assert index.count() == 300


def test_an_index_that_was_never_written_is_empty(index_folder):
    index = PassageIndex(index_folder)
    assert (index.maker(), index.hashes(), index.count()) == (None, {}, 0)
    index.remove(["a.md"])
    index.settle()
    index.drop()
    assert not index_folder.exists()


def test_a_folder_that_cannot_be_written_is_named_with_the_next_step(tmp_path):
    (tmp_path / "file").write_text("in the way")
    index = PassageIndex(tmp_path / "file" / "index")
    document = Document(name="a.md", title="A", text="x", content_hash="h", added_at=now())
    passage = Passage(document="a.md", title="A", heading="", text="x", start=0, end=1)
    with pytest.raises(IndexFailed, match="cxdesk kb reindex"):
        index.replace([document], [passage], np.ones((1, 8), dtype=np.float32), MAKER)


@pytest.mark.parametrize(
    ("category", "audience", "sql"),
    [
        (None, None, None),
        ("it's", None, "category = 'it''s'"),
        ("a", "internal", "category = 'a' AND audience = 'internal'"),
    ],
)
def test_filters_become_sql(category, audience, sql):
    assert filter_by(category=category, audience=audience) == sql


def test_quotes_are_doubled():
    assert quoted("a' OR '1'='1") == "'a'' OR ''1''=''1'"
