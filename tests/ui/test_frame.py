"""The window's frame: pages that come lazily, their keys, their news, and what can be taken back."""

import sys
from types import ModuleType
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout

from cxdesk.domain import Unavailable
from cxdesk.ui import page
from cxdesk.ui import window as frame
from cxdesk.ui.app import settle
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.pages import PAGES, Entry

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class SecondPage(Page):
    name: ClassVar[str] = "second"
    made: ClassVar[list["SecondPage"]] = []

    def __init__(self, look, work):
        super().__init__(look, work)
        self.made.append(self)
        self.happened = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def refresh(self):
        self.happened.append("refresh")

    def reveal(self, item_id):
        self.happened.append(f"reveal {item_id}")

    def commands(self):
        return (Command("Do a second thing", lambda: self.happened.append("acted"), "Ctrl+J; Ctrl+Shift+J"),)


@pytest.fixture
def second(monkeypatch):
    """A second page, made when it is asked for."""
    module = ModuleType("second_page")
    module.SecondPage = SecondPage
    monkeypatch.setitem(sys.modules, "second_page", module)
    shown = {"inbox": PAGES["inbox"], "second": Entry("Second", "document", "second_page:SecondPage")}
    for user in (frame, page):
        monkeypatch.setattr(user, "PAGES", shown)
    monkeypatch.setattr(SecondPage, "made", [])


@pytest.fixture
def two_pages(second, show_window, desk):
    return show_window(desk)


def press(qtbot, window, key, modifier=PLAIN):
    qtbot.keyClick(window, key, modifier)
    settle(window)


def test_a_page_is_made_when_it_is_first_shown_and_only_once(qtbot, two_pages):
    assert SecondPage.made == []
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2):
        press(qtbot, two_pages, key, ALT)
    assert [page.happened for page in SecondPage.made] == [["refresh", "refresh"]]
    assert two_pages.front is SecondPage.made[0]
    assert SecondPage.made[0].desk is two_pages.desk


def test_a_pages_keys_work_only_while_it_is_in_front(qtbot, two_pages):
    page = two_pages.page("second")
    press(qtbot, two_pages, Qt.Key.Key_J, CONTROL)
    assert "acted" not in page.happened
    two_pages.show_page("second")
    press(qtbot, two_pages, Qt.Key.Key_J, CONTROL)
    press(qtbot, two_pages, Qt.Key.Key_J, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert page.happened.count("acted") == 2


def test_a_page_sends_a_person_to_an_item_of_another_page(two_pages, write):
    talk = write("Hello")
    other = write("Where is my order #V1152?")
    two_pages.show_page("second")
    two_pages.front.wants.emit("inbox", other)
    settle(two_pages)
    assert two_pages.front is two_pages.inbox
    assert two_pages.inbox.view.id == other != talk
    two_pages.inbox.wants.emit("second", "T-1")
    assert two_pages.front.happened[-1] == "reveal T-1"


def test_news_are_read_by_the_page_in_front_and_drafts_are_prepared_behind_it(two_pages, desk):
    two_pages.show_page("second")
    before = two_pages.front.happened.count("refresh")
    talk = desk.start_conversation("maya.lindqvist@example.com").id
    desk.copilot.receive(talk, "Where is my order #V1152?")
    settle(two_pages)
    assert two_pages.front.happened.count("refresh") > before
    assert desk.store.drafts.open_for(talk) is not None


def test_what_was_done_is_said_and_undone_by_its_button_or_by_ctrl_z(qtbot, two_pages):
    two_pages.show_page("second")
    page, undone = two_pages.front, []
    bar = two_pages.statusBar().done
    page.done.emit(Done("The ticket is closed.", lambda: undone.append("by button")))
    assert bar.isVisible()
    assert bar.sentence() == "The ticket is closed."
    qtbot.mouseClick(two_pages.findChild(QAbstractButton, "undo"), Qt.MouseButton.LeftButton)
    settle(two_pages)
    assert not bar.isVisible()
    page.done.emit(Done("It is gone.", lambda: undone.append("by keys")))
    two_pages.setFocus()
    press(qtbot, two_pages, Qt.Key.Key_Z, CONTROL)
    press(qtbot, two_pages, Qt.Key.Key_Z, CONTROL)
    assert undone == ["by button", "by keys"]
    assert page.happened[-1] == "refresh"


def test_ctrl_z_in_a_text_field_undoes_typing_there(qtbot, two_pages):
    two_pages.show_page("second")
    page, undone = two_pages.front, []
    page.done.emit(Done("The ticket is closed.", lambda: undone.append(1)))
    page.field.setFocus()
    qtbot.keyClicks(page.field, "word")
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    settle(two_pages)
    assert page.field.text() == ""
    assert undone == []


def test_what_can_not_be_undone_is_said_without_undo(two_pages):
    two_pages.inbox.done.emit(Done("The customer's data are gone."))
    assert two_pages.findChild(QAbstractButton, "undo").isHidden()


def test_an_undo_that_fails_says_why_on_the_page_in_front(two_pages):
    def too_late():
        raise Unavailable("The merge can't be undone: the customer wrote since. Split them by hand.")

    two_pages.inbox.done.emit(Done("Merged.", too_late))
    two_pages.undo()
    settle(two_pages)
    assert two_pages.inbox.notice.text().startswith("The merge can't be undone")


def test_the_rail_says_how_many_wait_in_words_too(two_pages):
    two_pages.inbox.counted.emit(120)
    made = two_pages.findChild(QAbstractButton, "inboxPage")
    assert made.accessibleName() == "Inbox, 120 waiting"
    assert made.counted() == "99+"
    two_pages.inbox.counted.emit(0)
    assert (made.accessibleName(), made.counted()) == ("Inbox", "")
