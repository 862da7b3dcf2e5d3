"""What a person does with the language models, on the real desk and a download site on this machine."""

from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

import cxdesk.desk
from cxdesk.domain import Account, Refused, now
from cxdesk.llm import weights
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.ui.models_page import ModelsPage
from tests.llm.conftest import entry_of, gguf_bytes
from tests.llm.conftest import page as source
from tests.llm.test_fetch import site  # noqa: F401 - a fixture
from tests.ui.conftest import settle_page as settle

WEIGHTS = gguf_bytes()


@pytest.fixture
def catalog(site, models_folder, monkeypatch):  # noqa: F811
    """Two models that the site delivers, the second one only in the catalog."""
    site.files["tiny.gguf"] = WEIGHTS
    entries = (entry_of(WEIGHTS, source(site.url)), entry_of(b"other" * 900, source(site.url), name="other"))
    for place in ("cxdesk.assist.models", "cxdesk.llm.weights", "cxdesk.llm.catalog"):
        monkeypatch.setattr(f"{place}.load_catalog", lambda path=None: entries)
    return entries


@pytest.fixture
def make_page(show_page):
    return partial(show_page, ModelsPage)


@pytest.fixture
def desk(catalog, open_demo_desk):
    return open_demo_desk()


@pytest.fixture
def page(make_page, desk):
    return make_page(desk)


def state(page, name):
    return page.rows.value(page.rows.row_of(name)).state.text


def fetched(page, name="tiny"):
    page.fetch(name)
    settle(page)


def test_a_model_is_fetched_noted_in_the_ledger_and_verified(page, desk, models_folder):
    assert state(page, "tiny") == "available"
    page.table.choose("tiny")
    page.detail.fetch_button.click()
    assert page.strip.is_working
    settle(page)
    assert state(page, "tiny") == "installed"
    assert (models_folder / "tiny.gguf").read_bytes() == WEIGHTS
    assert [attempt.who for attempt in desk.connections.attempts()] == ["model download"]
    page.detail.verify_button.click()
    settle(page)
    assert page.said[-1].sentence == "tiny is whole"


def test_a_damaged_model_is_named_and_fetched_again(page, models_folder):
    fetched(page)
    broken = bytearray(WEIGHTS)
    broken[-1] ^= 1
    (models_folder / "tiny.gguf").write_bytes(bytes(broken))
    page.verify()
    settle(page)
    assert state(page, "tiny") == "damaged"
    assert "tiny" in page.notice.text()
    page.table.choose("tiny")
    assert page.detail.fetch_button.text() == "Fetch again"
    page.detail.fetch_button.click()
    settle(page)
    assert state(page, "tiny") == "installed"
    assert (models_folder / "tiny.gguf").read_bytes() == WEIGHTS


def test_a_fetch_that_is_cancelled_is_no_trouble_and_goes_on_later(page, models_folder):
    page.fetch("tiny")
    page.strip.cancel()
    settle(page)
    if not (models_folder / "tiny.gguf").exists():  # it may have come before it was stopped
        assert "was stopped" in page.said[-1].sentence
    assert page.notice.isHidden()
    fetched(page)
    assert state(page, "tiny") == "installed"


def test_nothing_is_fetched_in_offline_mode(page, desk, site):  # noqa: F811
    desk.configuration.save({"offline": True})
    fetched(page)
    assert "Offline mode" in page.notice.text()
    assert site.ranges == []
    assert state(page, "tiny") == "available"


def test_what_no_source_has_is_said_with_the_next_step(page):
    fetched(page, "other")
    assert "models import" in page.notice.text()
    assert state(page, "other") == "available"


def test_a_file_is_imported_and_known_by_its_bytes(page, tmp_path):
    stick = tmp_path / "stick.gguf"
    stick.write_bytes(WEIGHTS)
    page.import_file(stick)
    settle(page)
    assert state(page, "tiny") == "installed"
    assert page.detail.row.name == "tiny"
    (tmp_path / "letter.gguf").write_bytes(b"Dear Sir")
    page.import_file(tmp_path / "letter.gguf")
    settle(page)
    assert "letter.gguf" in page.notice.text()


def test_a_model_is_removed_after_one_question(page, models_folder):
    fetched(page)
    page.table.choose("tiny")
    page.detail.remove_button.click()
    assert "tiny" in page.remove_bar.text()
    page.keep_button.click()
    assert page.remove_bar.isHidden()
    assert (models_folder / "tiny.gguf").exists()
    page.detail.remove_button.click()
    page.remove_button.click()
    settle(page)
    assert not (models_folder / "tiny.gguf").exists()
    assert state(page, "tiny") == "available"


def test_a_model_is_tried_out_and_measured(page, monkeypatch):
    made = []

    def local(path, name, *options):
        made.append(ScriptedModel(["You choose: a new one, or your money back."] * 2, name=name))
        return made[-1]

    fetched(page)
    monkeypatch.setattr(cxdesk.desk, "LocalModel", local)
    page.table.choose("tiny")
    page.detail.ask()
    settle(page)
    assert page.detail.answer() == "You choose: a new one, or your money back."
    assert "tokens" in page.detail.cost()
    assert page.detail.fact("A reply") == "not measured yet"
    page.detail.measure_button.click()
    settle(page)
    assert "the first word after" in page.detail.fact("A reply")
    assert all(model.closed for model in made)
    assert "#T4810" in made[-1].prompts[0].messages[-1].content


def test_a_reply_under_way_ends_with_its_model_and_the_next_has_the_new_one(
    catalog, models_folder, open_demo_desk, make_page, halting_model, monkeypatch
):
    (models_folder / "tiny.gguf").write_bytes(WEIGHTS)
    halting_model.reply = "Standard shipping takes 3 to 5 business days."
    new = ScriptedModel(["Standard shipping takes 3 to 5 business days."] * 3, name="tiny")
    new.start = lambda: None
    monkeypatch.setattr(cxdesk.desk, "LocalModel", lambda *_: new)
    desk = open_demo_desk(halting_model)
    page = make_page(desk)
    turns, begun = [], Event()
    question = "How long does standard shipping take?"
    page.engine.run(lambda: desk.ask(question, on_token=lambda _: begun.set()), turns.append, turns.append)
    halting_model.may_begin.set()
    begun.wait()
    page.use("tiny")
    while not page.said:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    assert "tiny" in page.said[-1].sentence
    assert desk.settings.model == "tiny"
    halting_model.may_end.set()
    settle(page)
    assert turns[0].model == "halting"
    assert new.prompts == []
    assert desk.ask(question).model == "tiny"
    assert state(page, "tiny") == "in use"


def test_the_desk_says_which_model_answers_and_why(page, desk):
    fetched(page)
    page.use("tiny")
    settle(page)
    assert page.shelf.in_use.name == "tiny"
    page.use("none")
    settle(page)
    assert page.shelf.in_use.name is None
    assert "plain answers" in page.shelf.in_use.why


def test_what_is_in_use_is_not_removed(page, desk):
    fetched(page)
    desk.use_model("tiny")
    with pytest.raises(Refused, match="in use"):
        desk.models.remove("tiny")


def test_who_may_not_change_models_is_offered_no_change(make_page, desk):
    desk.access.admit(Account(name="Ann", role="agent", active=True, created_at=now()))
    page = make_page(desk)
    page.table.choose("tiny")
    assert page.detail.fetch_button.isHidden()
    assert page.import_button.isHidden()
    with pytest.raises(Refused):
        desk.models.fetch("tiny", weights.no_progress)
    with pytest.raises(Refused):
        desk.use_model("none")
