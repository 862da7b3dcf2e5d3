"""What a customer at the counter can do, and that nothing of the staff's side can be reached from there."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from cxdesk.domain import Role, TicketStatus, Unavailable
from cxdesk.ui.app import settle
from cxdesk.ui.customer_window import CustomerWindow
from cxdesk.ui.customer_window_chat import STARS
from cxdesk.ui.customer_window_pages import SignUpDialog
from cxdesk.ui.customer_window_reading import ticket_state
from cxdesk.ui.page import Page

WHERE = "Where is my order #V1152? My e-mail is maya.lindqvist@example.com"
SHIPPING = "How long does standard shipping take?"


@pytest.fixture
def counter(qtbot, desk):
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.take(desk)
    settle(window)
    yield window
    window.close_down()


def say(window, text):
    window.chat.field.setPlainText(text)
    window.chat.act.click()
    settle(window)


def said(window):
    return [(bubble.side, bubble.text) for bubble in window.chat.transcript.messages.values()]


def who(window):
    return window.findChild(QLabel, "counterWho").text()


def go(window, page):
    window.go(page)
    settle(window)


# ---------------------------------------------------------------- the chat


def test_a_guest_asks_and_is_answered(counter):
    say(counter, SHIPPING)
    assert said(counter)[0] == ("desk", SHIPPING)
    assert said(counter)[1][0] == "customer"
    assert "business days" in said(counter)[1][1]
    assert who(counter) == "Guest"


def test_enter_sends_and_shift_enter_begins_a_new_line(qtbot, counter):
    field = counter.chat.field
    field.setPlainText("Hello!")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert said(counter) == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(counter)
    assert len(said(counter)) == 2


def test_sentences_appear_as_they_are_released(qtbot, open_demo_desk, halting_model):
    desk = open_demo_desk(halting_model)
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.take(desk)
    settle(window)
    heard = []
    window._sentence.connect(lambda visit, sentence: heard.append((sentence, said(window)[-1][1])))
    halting_model.close()
    say(window, SHIPPING)
    assert heard
    assert all(sentence.strip() in shown or shown == "…" for sentence, shown in heard)
    assert said(window)[-1][1] != "…"
    window.close_down()


def test_a_message_that_is_too_long_is_refused_and_given_back(counter):
    say(counter, "x" * 5000)
    assert counter.chat.notice.isVisible()
    assert counter.chat.field.toPlainText() == "x" * 5000
    assert said(counter) == []


def test_proving_who_one_is_in_the_chat_opens_ones_own_tickets_and_says_who_one_is(counter):
    go(counter, "tickets")
    assert counter.tickets.rows.rowCount() == 0
    assert counter.tickets.to_chat.isVisible()
    go(counter, "chat")
    say(counter, WHERE)
    assert who(counter) == "You are Maya Lindqvist"
    go(counter, "tickets")
    shown = [counter.tickets.rows.value(row) for row in range(counter.tickets.rows.rowCount())]
    own = {ticket.id for ticket in counter.desk.store.tickets.of_customer(counter.side.customer.id)}
    assert {ticket.id for ticket in shown} == own


def test_a_reply_is_rated_with_stars_and_then_with_words(counter):
    say(counter, SHIPPING)
    stars = counter.chat.stars
    assert stars.isVisible()
    stars.buttons[3].click()
    settle(counter)
    stars.comment.setText("Quick and clear")
    counter.findChild(QAbstractButton, "starsTell").click()
    settle(counter)
    assert stars.said() == f"{STARS[3]}. Thank you!"
    [rating] = counter.desk.store.ratings.of_conversation(counter.side.conversation)
    assert (rating.stars, rating.comment, rating.by) == (4, "Quick and clear", "customer")
    assert rating.message_id == counter.chat.reply_id


def test_what_a_person_at_the_desk_writes_appears_by_itself(counter, desk):
    say(counter, SHIPPING)
    desk.copilot.send(counter.side.conversation, "Hello, this is Bo from the shop.")
    settle(counter)
    assert said(counter)[-1] == ("customer", "Hello, this is Bo from the shop.")


def test_once_a_colleague_has_taken_over_the_customer_is_told_who_will_answer(counter, desk):
    say(counter, "I want to talk to a person, please.")
    talk = counter.side.conversation
    desk.copilot.handovers.accept(talk, by="Kim")
    say(counter, "It is about my speaker.")
    assert said(counter)[-1] == ("desk", "It is about my speaker.")
    assert counter.chat.notice.isVisible()
    assert "colleague" in counter.chat.notice.text()
    desk.copilot.send(talk, "Hello, this is Kim.")
    settle(counter)
    assert said(counter)[-1] == ("customer", "Hello, this is Kim.")
    assert not counter.chat.notice.isVisible()


def test_no_draft_is_made_of_what_a_customer_is_being_answered_at_once(qtbot, open_demo_desk, halting_model):
    desk = open_demo_desk(halting_model)
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.take(desk)
    settle(window)
    window.chat.field.setPlainText(SHIPPING)
    window.chat.act.click()
    qtbot.waitUntil(lambda: bool(desk.store.runs.unfinished()))
    assert desk.copilot.unfinished() == []
    halting_model.close()
    settle(window)
    assert len(said(window)) == 2
    assert desk.store.runs.unfinished() == []
    window.close_down()


# ---------------------------------------------------------------- who is there


def test_starting_over_leaves_nothing_of_whoever_was_here(counter):
    say(counter, WHERE)
    go(counter, "tickets")
    counter.chat.field.setPlainText("My card number is")
    conversation = counter.side.conversation
    counter.start_over()
    settle(counter)
    assert said(counter) == []
    assert who(counter) == "Guest"
    assert counter.chat.field.toPlainText() == ""
    assert counter.tickets.rows.rowCount() == 0
    assert counter.side.conversation is None
    assert counter.desk.store.conversations.messages(conversation)
    assert counter.desk.store.conversations.get(conversation).state == "closed"


def test_left_alone_the_window_forgets_its_customer(counter):
    say(counter, WHERE)
    assert counter.watch.timer.isActive()
    counter.watch.timer.timeout.emit()
    settle(counter)
    assert who(counter) == "Guest"
    assert said(counter) == []


def test_a_reply_that_comes_after_its_customer_left_is_not_shown_to_the_next(counter):
    counter.chat.field.setPlainText(WHERE)
    counter.chat.act.click()
    counter.start_over()
    settle(counter)
    assert said(counter) == []
    assert who(counter) == "Guest"


def test_signing_up_says_all_that_is_wrong_and_then_makes_a_record_that_proves_nothing(counter, desk):
    counter.sign_up()
    dialog = counter.findChild(SignUpDialog)
    dialog.act.click()
    settle(counter)
    assert "'name' is missing" in dialog.notice.text()
    assert "'zip' is missing" in dialog.notice.text()
    for name, text in (("signUpName", "Una Berg"), ("signUpEmail", "una@example.org"), ("signUpZip", "10115")):
        dialog.findChild(QLineEdit, name).setText(text)
    dialog.act.click()
    settle(counter)
    assert not dialog.isVisible()
    assert desk.store.customers.find_by_email("una@example.org").name == "Una Berg"
    assert who(counter) == "Guest"


# ---------------------------------------------------------------- documents


def test_only_documents_for_customers_are_listed_and_found(counter, desk):
    go(counter, "help")
    internal = {document.title for document in desk.knowledge.list() if document.audience == "internal"}
    listed = {counter.help.list.item(row).text() for row in range(counter.help.list.count())}
    assert internal
    assert listed
    assert not listed & internal
    counter.help.field.setText("How long does standard shipping take?")
    counter.help.search()
    settle(counter)
    assert 0 < counter.help.list.count() <= 5
    assert counter.help.view.toPlainText()


# ---------------------------------------------------------------- the staff's side


def test_nothing_of_the_staffs_side_is_in_the_window(counter):
    assert counter.findChildren(Page) == []
    assert counter.parent() is None
    assert not hasattr(counter, "finder")


def test_it_works_while_the_desk_is_locked(counter, desk):
    desk.accounts.create_first("Ada", "a lamp in the attic")
    desk.accounts.sign_out()
    say(counter, SHIPPING)
    assert "business days" in said(counter)[1][1]


def test_what_a_customer_does_is_no_sign_that_staff_are_here(qtbot, window):
    window.open_customer_window()
    settle(window.counter)
    staff, counter = window.door.watch, window.counter.watch
    handle = window.counter.windowHandle()
    for watch in (staff, counter):
        watch.follow(handle)
    assert staff._watched is None
    assert counter._watched is handle
    counter.timer.start(50)
    counter.eventFilter(handle, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert counter.timer.interval() == 3 * 60_000


def test_it_closes_with_the_staffs_window(window):
    window.open_customer_window()
    settle(window.counter)
    assert window.counter.isVisible()
    window.close()
    assert not window.counter.isVisible()


def test_opened_alone_it_locks_a_desk_with_accounts_and_serves_customers_all_the_same(qtbot, desk):
    desk.accounts.create_first("Ada", "a lamp in the attic")
    desk.access._state = None, False
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.open(lambda: desk, lambda _: None)
    settle(window)
    assert desk.access.is_locked
    say(window, SHIPPING)
    assert "business days" in said(window)[1][1]
    window.close_down()


@pytest.mark.parametrize("page", ["chat", "tickets", "history", "help"])
def test_every_control_has_a_name_and_the_window_fits_a_small_screen(counter, page):
    go(counter, page)
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
    part_of_another = (QAbstractItemView, QComboBox, QLineEdit)
    named_by_us = [w for kind in kinds for w in counter.findChildren(kind) if w.window() is counter]
    found = [w for w in named_by_us if not isinstance(w.parent(), part_of_another) and "qt_" not in w.objectName()]
    unnamed = [(type(w).__name__, w.objectName()) for w in found if not w.accessibleName()]
    assert found
    assert unnamed == []
    assert counter.minimumSizeHint().width() <= 1024
    assert counter.minimumSizeHint().height() <= 640


def test_in_the_demo_one_looks_over_a_customers_shoulder(qtbot, open_demo_desk):
    desk = open_demo_desk()
    turn = desk.ask("Where is my order #V1152?", customer="maya.lindqvist@example.com")
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.take(desk)
    settle(window)
    writers = window.findChild(QComboBox, "counterWriters")
    assert [writers.itemText(row) for row in range(writers.count())][1:] == ["Maya Lindqvist"]
    writers.setCurrentIndex(1)
    writers.activated.emit(1)
    settle(window)
    assert window.side.conversation == turn.conversation
    assert len(said(window)) == 2
    assert who(window) == "You are Maya Lindqvist"
    window.close_down()


def test_outside_the_demo_nobodys_shoulder_is_offered(qtbot, tmp_path, open_demo_desk):
    desk = open_demo_desk()
    desk.ask("Where is my order #V1152?", customer="maya.lindqvist@example.com")
    (desk.data_dir / ".demo").unlink()
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.take(desk)
    settle(window)
    assert not window.findChild(QComboBox, "counterWriters").isVisible()
    window.close_down()


def test_a_desk_that_can_not_be_opened_is_said_in_the_window(qtbot):
    window = CustomerWindow("light")
    qtbot.addWidget(window)
    window.show()

    def open_desk():
        raise Unavailable("The desk is open in process 4711. Close it there.")

    window.open(open_desk, lambda _: None)
    settle(window)
    assert window.findChild(QLabel, "counterTroubleText").text() == "The desk is open in process 4711. Close it there."
    window.close_down()


def test_a_found_passage_is_shown_where_it_stands_on_its_page(counter):
    go(counter, "help")
    counter.help.field.setText("How long does standard shipping take?")
    counter.help.search()
    settle(counter)
    assert counter.help.view.textCursor().selectedText()


def test_an_opening_is_sent_with_one_click(counter):
    counter.chat.openings[0].click()
    settle(counter)
    assert said(counter)[0] == ("desk", counter.chat.openings[0].text())
    assert len(said(counter)) == 2


@pytest.mark.parametrize("status", list(TicketStatus))
def test_every_state_of_a_ticket_has_words_for_its_customer(status):
    assert "_" not in ticket_state(status).text
    assert ticket_state(status).text[0].isupper()


def test_what_staff_note_is_never_among_what_a_customer_sees(counter, desk):
    say(counter, SHIPPING)
    desk.store.conversations.add_message(counter.side.conversation, Role.system, "internal: check the margin")
    counter._read_talk()
    settle(counter)
    assert not any("margin" in text for _, text in said(counter))
