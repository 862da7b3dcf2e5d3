"""Queues and search in the inbox, on the real desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from cxdesk.domain import Role
from cxdesk.ui.app import settle
from cxdesk.ui.conversations import short

HUMAN = "I want to talk to a human, please."
WHERE = "Where is my order #V1152?"


def ids(window):
    return [row.id for row in window.inbox.conversations.model.values()]


def turn_to(window, queue):
    window.inbox.conversations.choose_queue(queue)
    settle(window)


def test_each_queue_shows_what_is_in_it_with_its_count(window, write):
    handed = write(HUMAN, customer="sam.novak@example.com")
    waiting = write(WHERE)
    for queue, expected in {"approval": [waiting], "handed_over": [handed], "mine": [], "closed": []}.items():
        turn_to(window, queue)
        assert ids(window) == expected
        made = window.findChild(QAbstractButton, f"queue_{queue}")
        assert made.accessibleName().endswith(f": {len(expected)}")
    assert window.inbox.conversations.nothing.isVisible()
    turn_to(window, "all")
    assert ids(window) == [handed, waiting]


def test_an_accepted_conversation_is_mine(qtbot, window, write):
    handed = write(HUMAN)
    qtbot.mouseClick(window.findChild(QAbstractButton, "acceptHandoff"), Qt.MouseButton.LeftButton)
    settle(window)
    qtbot.mouseClick(window.findChild(QAbstractButton, "queue_mine"), Qt.MouseButton.LeftButton)
    settle(window)
    assert ids(window) == [handed]


def test_queues_are_gone_through_by_keys(qtbot, window, write):
    write(WHERE)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    assert window.inbox.conversations.queue == "closed"
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    assert window.inbox.conversations.queue == "approval"
    qtbot.keyClick(window, Qt.Key.Key_Left, alt)
    settle(window)
    assert window.inbox.conversations.queue == "closed"


def test_a_conversation_that_leaves_the_queue_stays_open_beside_it(window, write):
    talk = write(WHERE)
    turn_to(window, "approval")
    window.inbox.pane.card.approve()
    settle(window)
    assert ids(window) == []
    assert window.inbox.view.id == talk


def test_the_rail_counts_what_waits_for_a_person(window, write):
    write(HUMAN, customer="sam.novak@example.com")
    write(WHERE)
    assert window.findChild(QAbstractButton, "inboxPage").accessibleName() == "Inbox, 2 waiting"


def test_a_row_says_customer_state_intent_mood_and_age_aloud(window, write):
    write(WHERE)
    said = window.inbox.conversations.model.index(0).data()
    assert said == f"Maya Lindqvist, draft ready, order status, calm: {WHERE}"


def test_a_search_finds_a_conversation_of_another_queue_by_an_older_message_and_says_why(qtbot, window, desk, write):
    talk = desk.start_conversation("sam.novak@example.com").id
    for text in ("My zebra mug broke.", "Fine, thank you."):
        desk.store.conversations.add_message(talk, Role.agent, text)
    desk.close_conversation(talk)
    write(WHERE)
    turn_to(window, "approval")
    window.inbox.conversations.filter.setFocus()
    qtbot.keyClicks(window.inbox.conversations.filter, "zebra")
    settle(window)
    row = next(row for row in window.inbox.conversations.model.values() if row.id == talk)
    assert row.found.startswith("has “zebra”")
    window.inbox.conversations.choose(talk)
    settle(window)
    assert window.inbox.view.id == talk
    window.inbox.conversations.filter.clear()
    settle(window)
    assert talk not in ids(window)


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (999, "999"), (1000, "1.0k"), (9960, "10k"), (120_400, "120k")])
def test_counts_stay_short(count, said):
    assert short(count) == said
