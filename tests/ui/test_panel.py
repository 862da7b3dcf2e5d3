"""What stands beside the conversation, and the sources of each sentence of a draft."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView

from cxdesk.domain import Role, Ticket
from cxdesk.memory.feedback import rate
from cxdesk.ui.app import settle
from cxdesk.ui.reading import run_card

MAYA = "maya.lindqvist@example.com"
WHERE = "Where is my order #V1152?"
SHIPPING = "How long does standard shipping take?"


def label(window, name):
    return window.findChild(QLabel, name)


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
    settle(window)


def last(desk, conversation):
    return desk.store.conversations.messages(conversation)[-1]


def look_at(window, conversation):
    window.inbox.conversations.choose(conversation)
    settle(window)


# ---------------------------------------------------------------- the customer


@pytest.fixture
def closed_before(desk):
    """A conversation of Maya's that was over before the window opened, in which she told something."""
    turn = desk.ask("I'm furious, this is awful! By the way, I prefer e-mail.", customer=MAYA)
    desk.close_conversation(turn.conversation)
    return turn.conversation


def test_a_customers_health_and_last_moods_are_told_with_what_makes_them_up(closed_before, window, write):
    look_at(window, write(WHERE))
    assert label(window, "customerHealth").text().startswith("health ")
    assert "of 40" in label(window, "healthParts").text()
    assert label(window, "customerMoods").text() == "Last conversations: unhappy"


def test_a_customer_at_risk_comes_with_the_reasons(closed_before, window, desk, write):
    look_at(window, write(WHERE))
    reasons = desk.memory.profile(desk.find_customer(MAYA).id).risk_reasons
    assert label(window, "customerRisk").text() == f"At risk: {', '.join(reasons)}"
    assert reasons


def test_a_remembered_fact_is_forgotten_and_brought_back(closed_before, qtbot, window, desk, write):
    look_at(window, write(WHERE))
    customer = desk.find_customer(MAYA).id
    fact = desk.memory.facts(customer)[0]
    assert label(window, f"fact_{fact.id}").text() == fact.text
    click(qtbot, window, f"forget_{fact.id}")
    assert desk.memory.facts(customer) == []
    window.inbox.refresh()
    settle(window)
    assert window.findChild(QLabel, "factsHeading").parentWidget().isHidden()
    window.undo()
    settle(window)
    assert desk.memory.facts(customer) == [fact]
    assert window.findChild(QLabel, "factsHeading").parentWidget().isVisible()


def test_a_past_conversation_is_opened_by_a_click(closed_before, window, write):
    look_at(window, write(WHERE))
    past = window.findChild(QListView, "pastList")
    assert past.model().index(0, 0).data().endswith(past.model().values()[0].when)
    past.opened.emit(past.model().index(0, 0))
    settle(window)
    assert window.inbox.view.id == closed_before


def test_tickets_stand_beside_the_conversation_and_lead_to_their_page(qtbot, window, desk, write):
    customer = desk.find_customer(MAYA).id
    desk.store.tickets.add(Ticket(id="T-77", customer_id=customer, subject="Rattles"))
    write(WHERE)
    tickets = window.findChild(QListView, "ticketsList")
    assert "T-77  Rattles, open" in [tickets.model().index(row, 0).data() for row in range(tickets.model().rowCount())]
    with qtbot.waitSignal(window.inbox.wants) as heard:
        window.inbox.panel.ticket_wanted.emit("T-77")
    assert heard.args == ["tickets", "T-77"]


def test_a_rating_is_shown_where_there_is_one(window, desk, write):
    talk = write(WHERE)
    assert label(window, "rating").isHidden()
    rate(desk.store, talk, 2, "slow")
    window.inbox.refresh()
    settle(window)
    assert label(window, "rating").text() == "rated 2 of 5"


# ---------------------------------------------------------------- sentence by sentence


def point_at(card, place):
    cursor = card.body.textCursor()
    cursor.setPosition(place)
    at = card.body.cursorRect(cursor).center()
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        card.body.viewport().mapToGlobal(QPointF(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(card.body.viewport(), move)


def test_pointing_at_a_sentence_shows_the_words_it_rests_on(window, write):
    write(SHIPPING)
    card, run = window.inbox.pane.card, window.inbox.view.run
    support = run.supports[0]
    point_at(card, support.start + 1)
    assert label(window, "pointedPlace").text() == support.place
    assert label(window, "pointedSaid").text() == f"“{support.said}”"
    assert support.said in window.desk.store.documents.find(support.document).text.replace("**", "")
    assert card.marks.marked_text() == [run.reply[support.start : support.end]]
    card.approve()
    settle(window)
    assert label(window, "pointedPlace").parentWidget().isHidden()
    assert card.marks.marked_text() == []


def test_the_caret_points_as_the_mouse_does(window, write):
    write(WHERE)
    card = window.inbox.pane.card
    card.body.setFocus()
    card.body.moveCursor(QTextCursor.MoveOperation.Start)
    card.body.moveCursor(QTextCursor.MoveOperation.Right)
    assert label(window, "pointedPlace").text() == "Looked up: get order, status"


def test_an_edited_sentence_has_lost_its_source_and_the_others_keep_theirs(window, write):
    write(WHERE)
    card, run = window.inbox.pane.card, window.inbox.view.run
    card.edit()
    card.body.moveCursor(QTextCursor.MoveOperation.Start)
    card.body.insertPlainText("Hello! ")
    second = run.reply[run.supports[1].start : run.supports[1].end]
    place = card.body.toPlainText().find(second)
    assert card.marks.at(place)[0] == run.supports[1]
    card.body.setPlainText(card.body.toPlainText().replace(second, second.upper()))
    assert card.marks.at(place) == ()


@pytest.fixture
def unsupported(window, desk, write):
    """A draft that states what nothing supports."""
    talk = write(WHERE)
    draft = desk.store.drafts.open_for(talk)
    turn = desk.store.runs.find(draft.run_id).turn
    amount = draft.text.split()[-1]
    faults = {**turn["grounding"], "unsupported": [f"money {amount!r} is in no source"]}
    desk.store.runs.finish(draft.run_id, {**turn, "grounding": faults})
    assert run_card({**turn, "grounding": faults}).unsupported == (amount,)
    window.inbox.pane.card.clear()
    window.inbox.refresh()
    settle(window)
    return talk, amount


def test_what_nothing_supports_is_marked_and_needs_a_second_look_before_it_leaves(qtbot, window, desk, unsupported):
    talk, amount = unsupported
    card = window.inbox.pane.card
    assert amount in card.marks.marked_text()
    click(qtbot, window, "approve")
    assert f"supports “{amount}”" in label(window, "secondLookSaid").text()
    assert last(desk, talk).role is Role.customer
    click(qtbot, window, "lookAgain")
    assert label(window, "secondLookSaid").parentWidget().isHidden()
    click(qtbot, window, "approve")
    click(qtbot, window, "sendAnyway")
    assert last(desk, talk).role is Role.desk


def test_once_the_unsupported_words_are_taken_out_nothing_is_asked(window, desk, unsupported):
    talk, amount = unsupported
    card = window.inbox.pane.card
    card.edit()
    card.body.setPlainText(card.body.toPlainText().replace(amount, "soon"))
    card.approve()
    settle(window)
    assert last(desk, talk).text.endswith("soon")
