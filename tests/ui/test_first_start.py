"""From an empty desk to its first answer, and that every step can be left and taken up again."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from cxdesk.demo import fill_with_demo
from cxdesk.demo.shop import demo_documents, write_demo_shop
from cxdesk.desk import Desk
from cxdesk.domain import now
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.ui.app import settle
from cxdesk.ui.first_start import SKIPPED
from cxdesk.ui.first_start_views import FILE, STEPS, Outcome, read_progress
from cxdesk.ui.window import Window


@pytest.fixture
def start(qtbot, look, tmp_path):
    """Starts a window on a data directory, as the program does; the windows end before their desks."""
    desks, windows = [], []

    def started(folder="desk"):
        desks.append(Desk.open(tmp_path / folder, model="none", embedder=ToyEmbedder()))
        window = Window(look)
        window.fill_demo = fill_with_demo
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.open(lambda: desks[-1], lambda _: None)
        settle(window)
        return window

    def end():
        while windows:
            windows.pop().close_down()
            desks.pop().close()

    started.end = end
    yield started
    end()


def test_an_empty_desk_begins_with_the_first_start(start):
    window = start()
    assert window.first_start.isVisible()
    assert window.first_start.current == "model"


def test_a_desk_with_a_shop_begins_in_the_inbox(window):
    assert window.first_start is None
    assert window.inbox.isVisible()


def test_from_the_first_start_to_the_first_answer(start, tmp_path):
    write_demo_shop(tmp_path / "shop", now().date())
    window = start()
    first = window.first_start
    model = first.steps["model"]
    model.choose("none")
    model.act.click()
    settle(window)
    assert window.desk.settings.model == "none"
    first.next.click()

    shop = first.steps["shop"]
    shop.shop.setText("Marsh Lamps")
    shop.take(tmp_path / "shop")
    settle(window)
    assert window.desk.store.customers.count() > 0
    assert window.desk.settings.shop_name == "Marsh Lamps"
    assert "customers" in shop.outcome.text()
    first.next.click()

    documents = first.steps["documents"]
    documents.take([path for path, _ in demo_documents()])
    settle(window)
    assert "can be searched" in documents.outcome.text()
    first.next.click()

    question = first.steps["question"]
    question.field.setText("How long does standard shipping take?")
    question.ask()
    settle(window)
    reply = question.findChild(QLabel, "testReply").text()
    assert "business days" in reply
    told = [label.text() for label in question.findChildren(QLabel)]
    assert any(" › " in text for text in told)
    assert any(text.startswith("“") and "business days" in text for text in told)
    first.next.click()

    assert first.current == "account"
    first.next.click()
    assert first.current is None
    first.next.click()
    settle(window)
    assert window.inbox.isVisible()
    assert read_progress(window.desk.data_dir).is_over


def test_the_demo_shop_fills_an_empty_desk(start):
    window = start()
    window.first_start.go("shop")
    window.first_start.steps["shop"].demo.click()
    settle(window)
    assert window.desk.store.customers.count() > 0
    assert window.desk.knowledge.list()
    assert window.desk.settings.shop_name == "Vireo Electronics"


def test_a_folder_without_a_shop_is_refused_and_says_which_files_are_needed(start, tmp_path):
    (tmp_path / "other").mkdir()
    window = start()
    shop = window.first_start.steps["shop"]
    window.first_start.go("shop")
    shop.take(tmp_path / "other")
    settle(window)
    assert shop.notice.isVisible()
    assert "customers" in shop.notice.text()
    assert "shop" not in window.first_start.progress.outcomes


def test_steps_can_be_skipped_and_the_next_start_goes_on_where_this_one_was_left(start):
    window = start()
    window.first_start.next.click()
    window.first_start.next.click()
    settle(window)
    window.first_start.findChild(QAbstractButton, "firstLater").click()
    settle(window)
    assert window.inbox.isVisible()
    start.end()

    window = start()
    assert window.first_start.isVisible()
    assert window.first_start.current == "documents"
    assert window.first_start.progress.outcomes == {"model": SKIPPED, "shop": SKIPPED}


def test_a_path_that_is_over_is_not_shown_again_but_can_be_opened(start):
    window = start()
    for _ in range(len(STEPS) + 1):
        window.first_start.next.click()
        settle(window)
    start.end()
    window = start()
    assert window.first_start is None
    window.open_first_start()
    settle(window)
    assert window.first_start.isVisible()


def test_a_damaged_note_of_the_path_begins_it_anew(tmp_path):
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    assert read_progress(tmp_path).next_step == "model"
    (tmp_path / FILE).write_text('["over"]', encoding="utf-8")
    assert not read_progress(tmp_path).has_begun


def test_work_that_a_person_stops_says_so_and_leaves_the_step_open(start):
    window = start()
    step = window.first_start.steps["model"]

    def fetching(tracker):
        tracker.note(1, 10, "fetching")
        tracker.stop.wait()
        tracker.note(2, 10, "fetching")
        return Outcome("fetched")

    step.begin("Looking", fetching)
    assert not step.act.isEnabled()
    step.stop.click()
    settle(window)
    assert "Stopped" in step.notice.text()
    assert step.act.isEnabled()
    assert "model" not in window.first_start.progress.outcomes
