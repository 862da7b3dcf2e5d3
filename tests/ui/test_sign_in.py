"""Who comes in, when the window locks, and what a role neither sees nor can do."""

import sys
from datetime import timedelta
from types import ModuleType
from typing import ClassVar

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from cxdesk.domain import Refused, now
from cxdesk.ui import page
from cxdesk.ui import window as frame
from cxdesk.ui.app import settle
from cxdesk.ui.page import Command, Page
from cxdesk.ui.pages import PAGES, Entry
from cxdesk.ui.sign_in import LOCK_KEYS, SignInPage
from cxdesk.ui.sign_in_dialogs import DIFFERENT, AccountsDialog, FirstAccountDialog, OwnPasswordDialog
from cxdesk.ui.window import Window

PASSWORD = "a lamp in the attic"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def desk(open_demo_desk):
    """A desk with an admin, Ada, and an agent, Bo; nobody is signed in."""
    made = open_demo_desk()
    made.accounts._hasher = QUICK
    made.accounts.create_first("Ada", PASSWORD)
    made.accounts.create("Bo", "agent", PASSWORD)
    made.accounts.sign_out()
    return made


@pytest.fixture
def start(qtbot, look, desk):
    """Starts a window as the program does."""
    windows = []

    def started():
        window = Window(look)
        window.inbox.sending.delay_ms = 0
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.open(lambda: desk, lambda _: None)
        settle(window)
        return window

    yield started
    for window in windows:
        window.close_down()


def sign_in(window, name, password=PASSWORD):
    page = window.door.page
    page.name.setText(name)
    page.password.setText(password)
    page.act.click()
    settle(window)


def is_inside(window):
    return window.inbox.isVisible() and not window.door.page.isVisible()


def titles(window):
    window.open_palette()
    found = [finding.title for finding in window.finder._near_by]
    window.finder.close_up()
    return found


# ---------------------------------------------------------------- in and out


def test_a_desk_with_accounts_shows_nothing_but_the_sign_in_page(start, desk):
    desk.customer_side().send("Where is my order #V1152?")
    window = start()
    assert window.door.page.isVisible()
    assert not window.inbox.isVisible()
    assert window.inbox.desk is None
    assert desk.access.is_locked


def test_a_wrong_password_is_refused_in_one_sentence_and_lets_nobody_in(start):
    window = start()
    sign_in(window, "Ada", "wrong password")
    assert not is_inside(window)
    assert "can't sign in here" in window.door.page.notice.text()
    assert window.door.page.notice.isVisible()
    assert window.door.page.password.text() == ""


def test_the_right_password_opens_the_desk_and_says_who_is_there(start, desk):
    window = start()
    sign_in(window, "Ada")
    assert is_inside(window)
    assert desk.access.name == "Ada"
    assert window.findChild(QLabel, "person").text() == "Ada (admin)"


def test_a_desk_without_accounts_asks_nobody(show_window, open_demo_desk):
    window = show_window(open_demo_desk())
    assert is_inside(window)
    window.lock()
    assert is_inside(window)
    assert not window.findChild(QAbstractButton, "lock").isVisible()


def test_after_wrong_tries_the_waiting_time_is_counted_down_and_then_one_may_try_again(qtbot, look):
    moment = [now()]
    page = SignInPage(look, lambda: moment[0])
    qtbot.addWidget(page)
    asked = []
    page.asked.connect(lambda name, password: asked.append(name))
    page.refuse("Not now.", moment[0] + timedelta(seconds=5))
    assert page.act.text() == "Wait 5 seconds"
    page.name.setText("Ada")
    page.password.setText(PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert asked == []
    moment[0] += timedelta(seconds=4)
    page.tick()
    assert page.act.text() == "Wait 1 second"
    moment[0] += timedelta(seconds=1)
    page.tick()
    assert page.act.text() == "Sign in"
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert asked == ["Ada"]


def test_three_wrong_tries_at_the_desk_make_the_next_one_wait(start):
    window = start()
    for _ in range(3):
        sign_in(window, "Ada", "wrong password")
    assert not window.door.page.act.isEnabled()
    assert window.door.page.act.text().startswith("Wait ")
    assert "Check both" in window.door.page.notice.text()
    assert "second" not in window.door.page.notice.text()


# ---------------------------------------------------------------- locking


def test_a_locked_window_keeps_what_was_being_written_and_shows_nothing_of_it(start, desk):
    desk.customer_side().send("Where is my order #V1152?")
    window = start()
    sign_in(window, "Bo")
    window.inbox.pane.composer.field.setPlainText("Dear customer, I am look")
    window.show_keys()
    window.lock()
    settle(window)
    assert desk.access.is_locked
    assert window.door.page.isVisible()
    shown = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    assert shown == [window]
    assert not window.statusBar().isVisible()
    with pytest.raises(Refused):
        desk.copilot.send("c_1", "Hello")

    sign_in(window, "Bo")
    assert is_inside(window)
    assert window.inbox.pane.composer.field.toPlainText() == "Dear customer, I am look"
    assert window.cheat_sheet.isVisible()


def test_a_dialog_of_an_admins_does_not_come_back_for_an_agent(start):
    window = start()
    sign_in(window, "Ada")
    window.open_accounts()
    settle(window)
    dialog = window.findChild(AccountsDialog)
    window.lock()
    settle(window)
    assert not dialog.isVisible()
    sign_in(window, "Bo")
    assert is_inside(window)
    assert not dialog.isVisible()


def test_the_keys_of_the_window_do_nothing_while_it_is_locked(qtbot, start):
    window = start()
    sign_in(window, "Ada")
    window.lock()
    settle(window)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.front is window.inbox
    assert not window.finder.isVisible()


def test_the_window_locks_after_the_idle_minutes_of_the_setting_and_never_with_zero(start, desk):
    window = start()
    desk.apply_settings(desk.settings.model_copy(update={"lock_after_min": 2}))
    sign_in(window, "Ada")
    timer = window.door.watch.timer
    assert timer.isActive()
    assert timer.interval() == 120_000
    timer.timeout.emit()
    settle(window)
    assert window.door.page.isVisible()

    desk.apply_settings(desk.settings.model_copy(update={"lock_after_min": 0}))
    sign_in(window, "Ada")
    assert not timer.isActive()


def test_a_touch_of_the_window_puts_the_lock_off(start):
    window = start()
    sign_in(window, "Ada")
    watch = window.door.watch
    watch.timer.setInterval(50_000)
    watch.timer.start()
    none = Qt.KeyboardModifier.NoModifier
    watch.eventFilter(window, QEvent(QEvent.Type.Paint))
    assert watch.timer.interval() == 50_000
    watch.eventFilter(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none))
    assert watch.timer.interval() == 15 * 60_000


def test_lock_now_is_a_command_with_keys(start):
    window = start()
    sign_in(window, "Bo")
    assert ("Lock", LOCK_KEYS) in [(command.title, command.keys) for command in window.commands()]
    window.findChild(QAbstractButton, "lock").click()
    settle(window)
    assert window.door.page.isVisible()


# ---------------------------------------------------------------- rights


class AdminsPage(Page):
    name: ClassVar[str] = "admins"

    def commands(self):
        return (Command("Change a setting", lambda: None, "Ctrl+J"),)


@pytest.fixture
def with_admins_page(monkeypatch):
    module = ModuleType("admins_page")
    module.AdminsPage = AdminsPage
    monkeypatch.setitem(sys.modules, "admins_page", module)
    shown = {"inbox": PAGES["inbox"], "admins": Entry("Admins only", "lock", "admins_page:AdminsPage", "settings")}
    for user in (frame, page):
        monkeypatch.setattr(user, "PAGES", shown)


def test_an_agent_neither_sees_nor_reaches_nor_does_what_only_an_admin_may(with_admins_page, start, desk):
    window = start()
    sign_in(window, "Bo")
    assert not window.findChild(QAbstractButton, "adminsPage").isVisible()
    assert "Go to Admins only" not in titles(window)
    assert "Accounts: who may sign in" not in titles(window)
    window.show_page("admins")
    assert window.front is window.inbox
    with pytest.raises(Refused):
        desk.configuration.save({"tone": "playful"})
    with pytest.raises(Refused):
        desk.accounts.create("Cy", "admin", PASSWORD)


def test_an_admin_sees_it_and_it_goes_when_an_agent_takes_over(with_admins_page, start):
    window = start()
    sign_in(window, "Ada")
    assert window.findChild(QAbstractButton, "adminsPage").isVisible()
    assert {"Go to Admins only", "Accounts: who may sign in"} <= {*titles(window)}
    window.show_page("admins")
    assert window.front.name == "admins"
    window.lock()
    settle(window)
    sign_in(window, "Bo")
    assert window.front is window.inbox
    assert not window.findChild(QAbstractButton, "adminsPage").isVisible()


def test_who_only_looks_on_is_shown_no_way_to_answer_and_its_keys_do_nothing(qtbot, start, desk):
    turn = desk.customer_side().send("Where is my order #V1152?")
    desk.store.accounts.save(desk.store.accounts.find("Bo").model_copy(update={"role": "viewer"}))
    window = start()
    sign_in(window, "Bo")
    window.inbox.reveal(turn.conversation_id)
    settle(window)
    assert window.inbox.pane.transcript.isVisible()
    assert not window.inbox.pane.composer.isVisible()
    assert not window.findChild(QAbstractButton, "closeConversation").isVisible()
    assert "Close the conversation" not in titles(window)
    qtbot.keyClick(window, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(window)
    assert desk.store.conversations.get(turn.conversation_id).state == "open"

    window.lock()
    settle(window)
    sign_in(window, "Ada")
    assert window.inbox.pane.composer.isVisible()


@pytest.mark.parametrize(("name", "may"), [("Ada", True), ("Bo", False)])
def test_only_an_admin_is_offered_to_delete_a_person(start, name, may):
    window = start()
    sign_in(window, name)
    window.show_page("customers")
    settle(window)
    page = window.page("customers")
    page.table.choose_row(0)
    settle(window)
    assert window.findChild(QAbstractButton, "mergePerson").isVisible()
    assert window.findChild(QAbstractButton, "deletePerson").isVisible() is may
    assert ("Delete the customer's data" in titles(window)) is may


# ---------------------------------------------------------------- accounts


def fill(dialog, **texts):
    for name, text in texts.items():
        dialog.findChild(QLineEdit, name).setText(text)


def test_the_first_account_is_an_admins_and_takes_two_equal_passwords(open_demo_desk, show_window):
    desk = open_demo_desk()
    desk.accounts._hasher = QUICK
    window = show_window(desk)
    assert "Protect this desk with accounts" in titles(window)
    window.create_first_account()
    dialog = window.findChild(FirstAccountDialog)
    fill(dialog, firstAccountName="Ada", firstAccountNew=PASSWORD, firstAccountAgain="another one")
    dialog.act.click()
    assert dialog.notice.text() == DIFFERENT
    fill(dialog, firstAccountAgain=PASSWORD)
    dialog.act.click()
    settle(window)
    assert not dialog.isVisible()
    assert [(account.name, account.role) for account in desk.accounts.all()] == [("Ada", "admin")]
    assert window.findChild(QAbstractButton, "lock").isVisible()
    assert window.door.watch.timer.isActive()


def test_a_person_changes_their_own_password(start, desk):
    window = start()
    sign_in(window, "Bo")
    window.change_password()
    dialog = window.findChild(OwnPasswordDialog)
    fill(dialog, ownPasswordOld="wrong", ownPasswordNew="quite another one", ownPasswordAgain="quite another one")
    dialog.act.click()
    settle(window)
    assert "can't sign in here" in dialog.notice.text()
    fill(dialog, ownPasswordOld=PASSWORD)
    dialog.act.click()
    settle(window)
    assert not dialog.isVisible()
    window.lock()
    settle(window)
    sign_in(window, "Bo", "quite another one")
    assert is_inside(window)


def test_an_admin_adds_an_account_changes_its_role_and_lets_it_in_no_more(start, desk):
    window = start()
    sign_in(window, "Ada")
    window.open_accounts()
    settle(window)
    dialog = window.findChild(AccountsDialog)
    fill(dialog, newAccountName="Cy", newAccountPassword=PASSWORD)
    dialog.add.click()
    settle(window)
    dialog.view.choose("Cy")
    dialog.role.setCurrentIndex(0)
    dialog.role.activated.emit(0)
    settle(window)
    dialog.toggle.click()
    settle(window)
    kept = {account.name: (account.role, account.active) for account in desk.accounts.all()}
    assert kept["Cy"] == ("viewer", False)
    assert dialog.toggle.text() == "Let in again"


def test_the_last_admin_stays_one_and_the_refusal_is_said_in_the_dialog(start, desk):
    window = start()
    sign_in(window, "Ada")
    window.open_accounts()
    settle(window)
    dialog = window.findChild(AccountsDialog)
    dialog.view.choose("Ada")
    dialog.toggle.click()
    settle(window)
    assert "last admin" in dialog.notice.text()
    assert dialog.notice.isVisible()
    assert dialog.toggle.text() == "Deactivate"
    assert desk.accounts.all()[0].active
