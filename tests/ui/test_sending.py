"""A reply can be taken back for a moment, and closing a conversation can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from cxdesk.domain import Role
from cxdesk.ui.app import settle

WHERE = "Where is my order #V1152?"
CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = 3_600_000


def last(desk, conversation):
    return desk.store.conversations.messages(conversation)[-1]


def shown(window):
    return window.inbox.pane.transcript.messages.values()[-1]


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
    settle(window)


@pytest.fixture
def unhurried(window):
    """Replies that leave only when something makes them."""
    window.inbox.sending.delay_ms = LONG
    return window


@pytest.fixture
def approved(unhurried, write):
    talk = write(WHERE)
    unhurried.inbox.pane.card.approve()
    settle(unhurried)
    return talk


def test_an_approved_reply_is_shown_at_once_as_sending_and_has_not_left(unhurried, desk, approved):
    assert [flag.text for flag in shown(unhurried).flags] == ["sending…"]
    assert unhurried.inbox.pane.sending.isVisible()
    assert unhurried.inbox.pane.card.mode == "empty"
    assert last(desk, approved).role is Role.customer
    unhurried.inbox.sending.flush()
    settle(unhurried)
    assert last(desk, approved).role is Role.desk
    assert shown(unhurried).flags == ()
    assert not unhurried.inbox.pane.sending.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_undo_brings_the_draft_back(qtbot, unhurried, desk, approved, by_key):
    if by_key:
        unhurried.setFocus()
        qtbot.keyClick(unhurried, Qt.Key.Key_Z, CONTROL)
        settle(unhurried)
    else:
        click(qtbot, unhurried, "undoSend")
    assert unhurried.inbox.pane.card.mode == "draft"
    assert last(desk, approved).role is Role.customer
    unhurried.inbox.pane.card.approve()
    settle(unhurried)
    unhurried.inbox.sending.flush()
    settle(unhurried)
    assert last(desk, approved).role is Role.desk


def test_undo_brings_an_edited_draft_back_as_it_was_edited(unhurried, write):
    write(WHERE)
    card = unhurried.inbox.pane.card
    card.edit()
    card.body.setPlainText("It is on its way.")
    card.approve()
    settle(unhurried)
    assert shown(unhurried).text == "It is on its way."
    unhurried.undo()
    settle(unhurried)
    assert (card.mode, card.body.toPlainText()) == ("editing", "It is on its way.")


def test_undo_brings_own_words_back_above_nothing_that_was_typed_since(unhurried, desk, write):
    talk = write(WHERE)
    field = unhurried.inbox.pane.composer.field
    field.setPlainText("I am on it.")
    field.setFocus()
    unhurried.inbox.send()
    settle(unhurried)
    assert field.toPlainText() == ""
    assert shown(unhurried).text == "I am on it."
    unhurried.undo()
    settle(unhurried)
    assert field.toPlainText() == "I am on it."
    assert unhurried.inbox.pane.card.mode == "draft"
    assert last(desk, talk).role is Role.customer


def test_a_reply_leaves_before_the_next_decision(qtbot, unhurried, desk, approved, write):
    other = write("Hello", customer="sam.novak@example.com")
    unhurried.inbox.conversations.choose(other)
    settle(unhurried)
    unhurried.inbox.pane.card.approve()
    settle(unhurried)
    assert last(desk, approved).role is Role.desk
    assert last(desk, other).role is Role.customer


def test_a_reply_leaves_when_the_customer_writes_again(unhurried, desk, approved, write):
    write("And when does it come?", conversation=approved)
    roles = [message.role for message in desk.store.conversations.messages(approved)]
    assert sorted(roles) == sorted([Role.customer, Role.customer, Role.desk])


def test_a_reply_leaves_when_the_window_closes(unhurried, desk, approved):
    unhurried.close_down()
    assert last(desk, approved).role is Role.desk


def test_a_reply_that_can_not_be_sent_any_more_comes_back_with_the_reason(unhurried, desk, write):
    talk = write(WHERE)
    card = unhurried.inbox.pane.card
    card.edit()
    card.body.setPlainText("It is on its way.")
    card.approve()
    settle(unhurried)
    desk.copilot.reject(desk.store.drafts.open_for(talk).id)
    settle(unhurried)
    assert unhurried.inbox.pane.notice.isVisible()
    assert unhurried.inbox.pane.composer.field.toPlainText() == "It is on its way."
    assert last(desk, talk).role is Role.customer


def test_what_may_not_leave_is_refused_before_it_is_shown_as_sending(unhurried, desk, write):
    talk = write(WHERE)
    unhurried.inbox.pane.composer.field.setPlainText("Dear [[customer name]]")
    unhurried.inbox.pane.composer.send()
    settle(unhurried)
    assert "fill in customer name" in unhurried.inbox.pane.notice.text()
    assert shown(unhurried).side == "customer"
    assert last(desk, talk).role is Role.customer


def test_a_closed_conversation_says_so_and_undo_opens_it_again(qtbot, window, desk, write):
    talk = write(WHERE)
    click(qtbot, window, "closeConversation")
    assert desk.store.conversations.get(talk).state == "closed"
    assert window.statusBar().done.sentence() == "The conversation with Maya Lindqvist is closed."
    assert window.findChild(QAbstractButton, "closeConversation").isHidden()
    window.undo()
    settle(window)
    assert desk.store.conversations.get(talk).state == "waiting"
    assert window.inbox.pane.card.mode == "draft"


def test_a_closed_conversation_can_be_reopened_later(qtbot, window, desk, write):
    talk = write(WHERE)
    qtbot.keyClick(window, Qt.Key.Key_X, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle(window)
    assert desk.store.conversations.get(talk).state == "closed"
    click(qtbot, window, "reopenConversation")
    assert desk.store.conversations.get(talk).state == "waiting"
