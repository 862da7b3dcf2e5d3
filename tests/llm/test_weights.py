import os

import pytest

from cxdesk.domain import Invalid, Unavailable
from cxdesk.llm import weights
from tests.llm.conftest import entry_of, gguf_bytes


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@pytest.fixture
def gguf(tmp_path):
    path = tmp_path / "house.gguf"
    path.write_bytes(gguf_bytes())
    return path


def test_an_imported_model_is_listed_located_and_verified(shelf, gguf):
    catalog = (entry_of(b"something else"),)
    model = weights.import_gguf(gguf, shelf, catalog=catalog)
    assert (model.name, model.entry) == ("house", None)
    assert [m.name for m in weights.installed(shelf, catalog)] == ["house"]
    assert weights.locate("house", shelf, catalog) == shelf / "house.gguf"
    assert weights.verify(shelf, catalog=catalog)[0].ok


def test_importing_twice_changes_nothing(shelf, gguf):
    catalog = (entry_of(b"something else"),)
    assert weights.import_gguf(gguf, shelf, catalog=catalog) == weights.import_gguf(gguf, shelf, catalog=catalog)


def test_a_brought_file_with_a_catalog_models_bytes_becomes_that_model(shelf, gguf):
    catalog = (entry_of(gguf.read_bytes(), name="known"),)
    model = weights.import_gguf(gguf, shelf, catalog=catalog)
    assert model.name == "known"
    assert model.path == shelf / "known.gguf"
    assert weights.verify(shelf, "known", catalog=catalog)[0].ok


def test_other_bytes_under_a_catalog_models_name_are_refused(shelf, tmp_path):
    impostor = tmp_path / "tiny.gguf"
    impostor.write_bytes(gguf_bytes())
    with pytest.raises(Invalid, match="name of a catalog model and not its bytes"):
        weights.import_gguf(impostor, shelf, catalog=(entry_of(b"the real one"),))
    assert list(shelf.glob("*.gguf")) == []


def test_a_second_model_of_the_same_name_is_refused(shelf, gguf):
    catalog = (entry_of(b"something else"),)
    weights.import_gguf(gguf, shelf, catalog=catalog)
    gguf.write_bytes(gguf_bytes(tensor_bytes=96))
    with pytest.raises(Invalid, match="another model 'house'"):
        weights.import_gguf(gguf, shelf, catalog=catalog)


def test_a_broken_file_is_not_imported(shelf, gguf):
    gguf.write_bytes(gguf_bytes()[:-1])
    with pytest.raises(Invalid, match="cut short"):
        weights.import_gguf(gguf, shelf, catalog=(entry_of(b"something else"),))
    assert not list(shelf.iterdir())


def test_a_model_damaged_on_disk_is_found_by_verify(shelf, gguf):
    catalog = (entry_of(gguf.read_bytes(), name="known"),)
    path = weights.import_gguf(gguf, shelf, catalog=catalog).path
    path.write_bytes(path.read_bytes()[:-1] + b"\2")
    verdict = weights.verify(shelf, "known", catalog=catalog)[0]
    assert not verdict.ok
    assert "fetch the model again" in verdict.reason


def test_a_verified_file_is_not_read_again_until_it_changes(shelf, gguf):
    entry = entry_of(gguf.read_bytes(), name="known")
    path = weights.import_gguf(gguf, shelf, catalog=(entry,)).path
    reads = []
    look = lambda: weights.is_verified(entry.files[0], path, shelf, lambda *p: reads.append(p))  # noqa: E731
    assert look()
    assert reads == []
    os.utime(path, ns=(1, 1))
    assert look()
    assert len(reads) == 1


def test_a_removed_model_is_gone_and_the_others_stay(shelf, gguf):
    catalog = (entry_of(b"something else"),)
    weights.import_gguf(gguf, shelf, catalog=catalog)
    other = gguf.rename(gguf.with_name("other.gguf"))
    weights.import_gguf(other, shelf, catalog=catalog)
    weights.remove("house", shelf, catalog)
    assert [model.name for model in weights.installed(shelf, catalog)] == ["other"]


def test_a_model_that_is_not_here_is_named_with_the_next_step(shelf):
    with pytest.raises(Unavailable, match="'tiny' is not in .* 'cxdesk models fetch tiny'"):
        weights.locate("tiny", shelf, (entry_of(b"x"),))
    with pytest.raises(Unavailable, match="'cxdesk models list'"):
        weights.locate("stranger", shelf, (entry_of(b"x"),))


def test_a_damaged_ledger_costs_a_reading_and_nothing_else(shelf, gguf):
    catalog = (entry_of(gguf.read_bytes(), name="known"),)
    model = weights.import_gguf(gguf, shelf, catalog=catalog)
    (shelf / weights.LEDGER).write_text("{not json")
    assert weights.is_verified(catalog[0].files[0], model.path, shelf)
