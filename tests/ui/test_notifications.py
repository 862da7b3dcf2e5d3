"""What is told to a person who looks elsewhere: the values, then the window with a tray that only remembers."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Signal

from cxdesk.agent import Listener
from cxdesk.domain import HandoffReason, now
from cxdesk.ui.notifications import Notification, Waiting, notification, read_waiting
from cxdesk.ui.notifier import Tray, badged
from cxdesk.ui.settle import settle

HANDOFF = Waiting("h_1", "c_1", "asked_for_human")
DRAFT = Waiting("d_2", "c_2")
NOTHING = frozenset()
HUMAN = "I want to talk to a human."
PASSWORD = "a lamp in the attic"


def test_a_handoff_is_told_with_its_reason_and_opens_its_conversation():
    told, known = notification([HANDOFF], NOTHING, None)
    assert told == Notification("A conversation was handed over: the customer asked for a person.", "c_1")
    assert known == {"h_1"}


def test_a_draft_that_waits_is_told():
    told, _ = notification([DRAFT], NOTHING, None)
    assert told == Notification("A draft still waits for a decision.", "c_2")


def test_each_event_is_told_once():
    _, known = notification([HANDOFF], NOTHING, None)
    assert notification([HANDOFF], known, None) == (None, known)
    assert notification([HANDOFF, DRAFT], known, None)[0].conversation_id == "c_2"


def test_what_somebody_looks_at_is_not_told_then_or_later():
    told, known = notification([HANDOFF], NOTHING, "c_1")
    assert told is None
    assert notification([HANDOFF], known, None)[0] is None


def test_several_at_once_are_told_as_one():
    told, known = notification([HANDOFF, DRAFT], NOTHING, None)
    assert told == Notification("2 conversations wait for a person.", "c_1")
    assert known == {"h_1", "d_2"}


def test_a_handoff_and_a_draft_of_one_conversation_are_one_event_of_it():
    told, _ = notification([HANDOFF, Waiting("d_1", "c_1")], NOTHING, None)
    assert told.text.startswith("A conversation was handed over")


# ---------------------------------------------------------------- what waits


@pytest.fixture
def change(desk):
    def changes(**values):
        desk.apply_settings(desk.settings.model_copy(update=values))

    return changes


@pytest.fixture
def waiting_draft(desk):
    talk = desk.start_conversation("maya.lindqvist@example.com").id
    run = desk.copilot.receive(talk, "How long does standard shipping take?")
    desk.copilot.prepare(run, Listener())
    return desk.store.drafts.open_for(talk)


def test_a_draft_is_told_of_once_it_is_older_than_the_setting_says(desk, waiting_draft, change, monkeypatch):
    change(draft_waits_min=10)
    assert read_waiting(desk) == ()
    monkeypatch.setattr("cxdesk.ui.notifications.now", lambda: now() + timedelta(minutes=11))
    assert read_waiting(desk) == (Waiting(waiting_draft.id, waiting_draft.conversation_id),)
    change(draft_waits_min=0)
    assert read_waiting(desk) == ()


def test_a_decided_draft_waits_no_more(desk, waiting_draft, monkeypatch):
    monkeypatch.setattr("cxdesk.ui.notifications.now", lambda: now() + timedelta(minutes=11))
    desk.copilot.approve(waiting_draft.id)
    assert read_waiting(desk) == ()


def test_nothing_is_told_where_it_is_switched_off(desk, change):
    desk.ask(HUMAN)
    assert [each.reason for each in read_waiting(desk)] == [HandoffReason.asked_for_human]
    change(notifications=False)
    assert read_waiting(desk) == ()


def test_a_handoff_that_somebody_has_taken_is_not_told(desk):
    talk = desk.ask(HUMAN).conversation
    desk.copilot.handovers.accept(talk)
    assert read_waiting(desk) == ()


def test_who_only_looks_on_is_not_told(desk):
    desk.ask(HUMAN)
    desk.accounts.create_first("Ada", PASSWORD)
    desk.accounts.create("Vic", "viewer", PASSWORD)
    desk.accounts.sign_in("Vic", PASSWORD)
    assert read_waiting(desk) == ()


# ---------------------------------------------------------------- the window


class RememberingTray(QObject):
    clicked = Signal()

    def __init__(self):
        super().__init__()
        self.told = []
        self.waiting = None

    def tell(self, told):
        self.told.append(told)

    def count(self, waiting):
        self.waiting = waiting


@pytest.fixture
def tray(window, desk):
    made = RememberingTray()
    window.notifier.use(made)
    window.notifier.take(desk)
    settle(window)
    return made


@pytest.fixture
def elsewhere(window, monkeypatch):
    """Another program's window is in front."""
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)


@pytest.fixture
def looked_at(window, monkeypatch):
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)


def test_a_handoff_is_told_once_without_a_word_of_the_customer(desk, window, tray, elsewhere):
    desk.ask(HUMAN, customer="maya.lindqvist@example.com")
    desk.ask("How long does standard shipping take?")
    settle(window)
    assert [each.text for each in tray.told] == ["A conversation was handed over: the customer asked for a person."]
    assert tray.waiting == 1
    assert window.windowTitle() == "(1) cxdesk"


def test_nothing_is_told_of_the_conversation_that_is_looked_at(desk, window, tray, looked_at, write):
    talk = write("How long does standard shipping take?")
    window.show_page("inbox", talk)
    settle(window)
    write(HUMAN, conversation=talk)
    assert tray.told == []
    assert tray.waiting == 1


def test_a_conversation_is_told_while_another_page_is_in_front(desk, window, tray, looked_at, write):
    window.show_page("tickets")
    write(HUMAN)
    assert len(tray.told) == 1


def test_what_waited_when_the_window_opened_is_only_counted(desk, window, elsewhere):
    desk.ask(HUMAN)
    tray = RememberingTray()
    window.notifier.use(tray)
    window.notifier.take(desk)
    settle(window)
    window.inbox.refresh()
    settle(window)
    assert tray.told == []
    assert tray.waiting == 1


def test_a_click_opens_the_conversation_that_was_told_of(desk, window, tray, elsewhere, write):
    write("How long does standard shipping take?")
    talk = desk.ask(HUMAN).conversation
    settle(window)
    window.show_page("tickets")
    tray.clicked.emit()
    settle(window)
    assert window.front is window.inbox
    assert window.inbox.conversations.chosen_id() == talk


def test_a_click_on_a_locked_window_shows_nothing_of_the_conversation(desk, window, tray, elsewhere):
    desk.ask(HUMAN)
    desk.accounts.create_first("Ada", PASSWORD)
    settle(window)
    window.show_page("tickets")
    window.lock()
    settle(window)
    tray.clicked.emit()
    settle(window)
    assert window.door.page.isVisible()
    assert window.front is not window.inbox


def test_the_trays_icon_shows_how_many_wait(qapp, look):
    without, few, many = (badged(look, n).pixmap(64).toImage() for n in (0, 3, 250))
    assert without != few != many


def test_a_tray_of_the_system_takes_counts_and_the_other_look(qapp, look):
    tray = Tray(look, qapp)
    tray.count(3)
    assert tray.toolTip() == "cxdesk: 3 waiting"
    look.toggle()
    tray.count(0)
    assert tray.toolTip() == "cxdesk"
