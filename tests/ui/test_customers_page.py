"""The customers page over the demo desk and its room of customers."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from cxdesk.domain import HealthParts, Refused
from cxdesk.ui import customer_later
from cxdesk.ui.customer_chart import HealthBars, MoodChart
from cxdesk.ui.customer_views import MoodPoint
from cxdesk.ui.customers_page import CustomersPage
from tests.ui.conftest import settle_page as settle

MAYA = "maya.lindqvist@example.com"


@pytest.fixture
def maya(desk):
    """A customer with a closed conversation, a mood and a fact."""
    customer = desk.find_customer(MAYA)
    turn = desk.ask("Thanks a lot, I am so happy! Please call me Maya.", customer=customer.id)
    desk.close_conversation(turn.conversation)
    return customer


@pytest.fixture
def page(show_page, desk, maya):
    page = show_page(CustomersPage, desk)
    page.reveal(maya.id)
    settle(page)
    return page


@pytest.fixture
def at_once(monkeypatch):
    """What waits is done with the next event."""
    monkeypatch.setattr(customer_later, "WAIT_MS", 0)


def shown(page):
    return [page.rows.index(row, 0).data() for row in range(page.rows.rowCount())]


def do(page, title):
    next(command for command in page.commands() if command.title == title).act()
    settle(page)


def agree(page):
    page._dialog.act.click()
    settle(page)


def undo_last(page):
    page.said[-1].undo()
    page.refresh()
    settle(page)


def test_the_customer_is_shown_with_mood_orders_conversations_and_facts(page):
    view = page.detail.view
    assert page.detail.head.name.text() == "Maya Lindqvist"
    assert page.detail.orders.model.rowCount() == 2
    assert [line.state.text for line in view.conversations] == ["resolved"]
    assert "pleased" in page.detail.moods.chart.accessibleName()
    assert [fact.text for fact in view.facts] == ["wants to be called Maya"]
    assert page.table.chosen_key() == view.id


def test_customers_are_searched_and_nobody_says_how_to_get_back(page, qtbot):
    page.filters.field.setText("lindqvist")
    page.filters.changed.emit()
    settle(page)
    assert shown(page) == ["Maya Lindqvist"]
    page.filters.field.setText("nobody of that name")
    page.filters.changed.emit()
    settle(page)
    assert (page.pane.nothing.title(), page.detail.view) == ("Nobody matches", None)


def test_tier_and_risk_narrow_the_table(page, desk):
    page.filters.choose("tierFilter", "gold")
    settle(page)
    assert len(shown(page)) == len(desk.customers.search(tier="gold"))
    page.filters.choose("riskFilter", True)
    settle(page)
    assert len(shown(page)) == len(desk.customers.search(tier="gold", at_risk=True))


def test_the_table_is_sorted_by_what_its_columns_mean(page):
    spent = next(at for at, column in enumerate(page.rows.columns) if column.name == "spent")
    page.table.sortByColumn(spent, Qt.SortOrder.DescendingOrder)
    amounts = [page.rows.value(row).spent for row in range(page.rows.rowCount())]
    assert amounts == sorted(amounts, reverse=True)


def test_conversations_and_tickets_lead_to_their_pages(page, desk, maya):
    ticket = desk.tickets.create("Late parcel", customer_id=maya.id)
    page.refresh()
    settle(page)
    gone = []
    page.wants.connect(lambda name, item: gone.append((name, item)))
    page.detail.tickets.list.opened.emit(page.detail.tickets.model.index(0))
    page.detail.conversations.list.opened.emit(page.detail.conversations.model.index(0))
    assert gone == [("tickets", ticket.id), ("inbox", page.detail.view.conversations[0].id)]


def test_a_guests_conversation_is_linked_and_unlinked(page, desk, maya):
    talk = desk.start_conversation(writer="Guest")
    desk.copilot.receive(talk.id, "It is Maya, from my phone.")
    do(page, "Link a conversation to the customer")
    assert not page._dialog.act.isEnabled()
    page._dialog.list.setCurrentRow(0)
    agree(page)
    assert desk.store.conversations.get(talk.id).customer_id == maya.id
    assert len(page.detail.view.conversations) == 2
    undo_last(page)
    assert desk.store.conversations.get(talk.id).customer_id is None


def test_a_merge_shows_what_goes_where_and_is_taken_back(page, desk, maya):
    other = next(each for each in desk.store.customers.all() if desk.store.orders.of_customer(each.id) and each != maya)
    do(page, "Merge two customers")
    page._dialog.search.setText(other.email)
    settle(page)
    page._dialog.list.setCurrentRow(0)
    settle(page)
    assert f"{other.name}" in page._dialog.explanation.text()
    assert "order" in page._dialog.explanation.text()
    agree(page)
    assert other.name not in shown(page)
    undo_last(page)
    assert other.name in shown(page)
    assert len(page.detail.view.orders) == 2


def test_all_data_of_a_person_are_written_to_a_file(page, tmp_path, maya):
    page.export_to(page.detail.view, tmp_path / "maya.json")
    settle(page)
    assert json.loads((tmp_path / "maya.json").read_text(encoding="utf-8"))["customer_id"] == maya.id
    assert page.said[-1].sentence == "The data of Maya Lindqvist was written to maya.json."


def test_a_file_that_cannot_be_written_is_named(page, tmp_path):
    page.export_to(page.detail.view, tmp_path / "no folder" / "maya.json")
    settle(page)
    assert "can't be written" in page.notice.text()


def test_deleting_names_what_goes_and_can_be_taken_back_while_it_waits(page, desk, maya):
    do(page, "Delete the customer's data")
    assert "2 orders, 1 conversation" in page._dialog.explanation.text()
    agree(page)
    assert "Maya Lindqvist" not in shown(page)
    assert desk.store.customers.find(maya.id) is not None
    undo_last(page)
    assert "Maya Lindqvist" in shown(page)
    page.close_down()
    assert desk.store.customers.find(maya.id) is not None


def test_what_waited_long_enough_is_deleted_and_too_late_to_take_back(page, desk, maya, at_once, qtbot):
    do(page, "Delete the customer's data")
    agree(page)
    qtbot.waitUntil(lambda: desk.store.customers.find(maya.id) is None)
    settle(page)
    with pytest.raises(Refused, match="too late"):
        page.said[-1].undo()
    assert page.detail.view.id != maya.id


def test_closing_the_page_deletes_at_once_what_still_waits(page, desk, maya):
    do(page, "Delete the customer's data")
    agree(page)
    page.close_down()
    assert desk.store.customers.find(maya.id) is None


def test_a_fact_is_forgotten_after_the_wait_and_hidden_before(page, desk, maya):
    fact = page.detail.view.facts[0]
    page.detail.facts.forgotten.emit(fact.origin)
    settle(page)
    assert page.detail.view.facts == ()
    assert desk.memory.facts(maya.id) != []
    page.close_down()
    assert desk.memory.facts(maya.id) == []


def test_an_empty_shop_says_what_to_do(show_page, desk):
    desk.store._database.write("DELETE FROM customers")
    page = show_page(CustomersPage, desk)
    assert page.pane.nothing.title() == "No customers yet"
    assert "cxdesk import" in page.pane.nothing.text()


def test_drawings_say_in_words_what_they_show(qtbot, look):
    chart, bars = MoodChart(look), HealthBars(look)
    qtbot.addWidget(chart)
    qtbot.addWidget(bars)
    chart.show_moods([MoodPoint(-0.5, 0.6, "3 May")])
    bars.show_parts(HealthParts(mood=20, resolution=None))
    assert chart.accessibleName() == "Course of mood. 3 May: very unhappy, then pleased"
    assert "Mood 20 of 40, Resolution not known" in bars.accessibleName()
    for part in (chart, bars):
        part.resize(300, 100)
        assert not part.grab().isNull()


def test_everything_that_can_be_used_has_a_name(page):
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for part in page.findChildren(kind):
            if part.isVisible():
                assert part.accessibleName() or part.objectName() == "_q_qlineeditclearbutton", part
