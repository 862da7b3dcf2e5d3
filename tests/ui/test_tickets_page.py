"""The tickets page over the demo desk: nineteen tickets, read and changed by the desk's own rooms."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

from cxdesk.domain import Account, Invalid, Ticket, TicketStatus, now
from cxdesk.ui.table import PAGE_ROWS
from cxdesk.ui.tickets_page import TicketsPage
from tests.ui.conftest import settle_page as settle

FIRST, SECOND = "T-2079", "T-2064"


@pytest.fixture
def page(show_page, desk):
    """The page with its first ticket read."""
    return show_page(TicketsPage, desk)


def shown(page):
    return [page.rows.index(row, 0).data() for row in range(page.rows.rowCount())]


def go(page, ticket_id):
    page.table.choose(ticket_id)
    settle(page)


def do(page, title):
    next(command for command in page.commands() if command.title == title).act()
    settle(page)


def select(page, *ticket_ids):
    go(page, ticket_ids[0])
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for ticket_id in ticket_ids[1:]:
        page.table.selectionModel().select(page.rows.index(page.rows.row_of(ticket_id), 0), flags)


def agree(page, dialog):
    dialog.act.click()
    settle(page)


def undo_last(page):
    page.said[-1].undo()
    page.refresh()
    settle(page)


def detail(page):
    return page.detail.view.ticket


def test_the_most_urgent_ticket_is_shown_first_with_all_that_belongs_to_it(page):
    assert page.pane.count_text() == "19 tickets, 13 open"
    assert detail(page).id == shown(page)[0] == FIRST
    assert page.detail.links.customer.text()
    assert page.detail.history.note.text() == "Nothing was done with it at the desk yet."


def test_arrows_walk_through_the_tickets(page, qtbot):
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    settle(page)
    assert detail(page).id == shown(page)[1]


def test_filters_narrow_the_table_and_nothing_says_how_to_get_back(page, qtbot):
    page.filters.choose("statusFilter", "closed")
    settle(page)
    assert len(shown(page)) == page.desk.tickets.count() - 13 - 3
    with qtbot.waitSignal(page.filters.changed):
        page.filters.field.setText("nothing has these words")
    settle(page)
    assert (page.pane.shows_table, page.pane.nothing.title()) == (False, "Nothing matches")
    page.filters.clear()
    settle(page)
    assert len(shown(page)) == 19


def test_a_column_sorts_all_tickets(page):
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    settle(page)
    assert shown(page) == sorted(shown(page))
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    settle(page)
    assert shown(page)[0] == "T-2080"


def test_fields_are_changed_in_place_and_taken_back(page, desk):
    box = page.detail.fields.priority
    box.setCurrentIndex(box.findData("low"))
    box.activated.emit(box.currentIndex())
    settle(page)
    assert desk.tickets.detail(FIRST).ticket.priority == "low"
    assert page.said[-1].sentence == f"Ticket {FIRST} was set to low."
    assert detail(page).id == FIRST
    undo_last(page)
    assert desk.tickets.detail(FIRST).ticket.priority == "urgent"
    assert page.detail.fields.priority.currentData() == "urgent"


def test_an_assignee_is_typed_and_offered_to_others(page, desk, qtbot):
    field = page.detail.fields.assignee.lineEdit()
    field.setFocus()
    qtbot.keyClicks(field, "Kim")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(page)
    assert desk.tickets.detail(FIRST).ticket.assignee == "Kim"
    assert page.detail.fields.assignee.findText("Kim") >= 0


def test_the_person_at_the_desk_stands_in_history_and_notes(page, desk, qtbot):
    desk.access.admit(Account(name="Noa", role="agent", created_at=now()))
    page.detail.notes.field.setPlainText("Asked the warehouse.")
    page.detail.notes.add_button.click()
    settle(page)
    (note,) = page.detail.view.notes
    assert (note.author, note.text) == ("Noa", "Asked the warehouse.")
    assert page.detail.history.model.values()[0][1].text == "Noa added a note"
    assert page.detail.notes.field.toPlainText() == ""
    undo_last(page)
    assert page.detail.view.notes == ()


def test_c_closes_what_is_chosen_and_reopens_what_is_closed(page, desk):
    select(page, FIRST, SECOND)
    do(page, "Close or reopen tickets")
    assert page.said[-1].sentence == "2 tickets were closed."
    assert {desk.tickets.detail(each).ticket.status for each in (FIRST, SECOND)} == {TicketStatus.closed}
    do(page, "Close or reopen tickets")
    assert {desk.tickets.detail(each).ticket.status for each in (FIRST, SECOND)} == {TicketStatus.open}


def test_news_leave_alone_what_a_person_is_typing(page, desk, qtbot):
    page.detail.notes.field.setPlainText("half a no")
    page.detail.head.edit()
    page.detail.head.subject_field.setText("A better sub")
    field = page.detail.fields.assignee.lineEdit()
    field.setFocus()
    qtbot.keyClicks(field, "Ki")
    desk.tickets.set_priority([FIRST], "low", by="Noa")
    page.refresh()
    settle(page)
    assert page.detail.fields.priority.currentData() == "low"
    assert page.detail.notes.field.toPlainText() == "half a no"
    assert page.detail.head.subject_field.text() == "A better sub"
    assert field.text() == "Ki"


def test_a_note_that_was_begun_waits_on_its_ticket(page):
    page.detail.notes.field.setPlainText("half a no")
    go(page, SECOND)
    assert page.detail.notes.field.toPlainText() == ""
    go(page, FIRST)
    assert page.detail.notes.field.toPlainText() == "half a no"


def test_news_keep_the_chosen_ticket_though_it_moves(page, desk):
    go(page, "T-2080")
    desk.tickets.set_priority(["T-2080"], "urgent")
    page.refresh()
    settle(page)
    assert page.table.chosen_key() == detail(page).id == "T-2080"
    assert page.table.currentIndex().row() < 3


def test_a_subject_is_edited_and_an_empty_one_refused(page, desk):
    page.detail.head.edit()
    page.detail.head.subject_field.setText(" ")
    page.detail.head.save_button.click()
    settle(page)
    assert "no subject" in page.notice.text()
    assert page.detail.head.is_edited
    page.detail.head.subject_field.setText("Swollen power bank")
    page.detail.head.save_button.click()
    settle(page)
    assert desk.tickets.detail(FIRST).ticket.subject == "Swollen power bank"
    assert not page.detail.head.is_edited


def test_tickets_are_merged_after_showing_what_goes_where_and_come_back(page, desk):
    owner = desk.tickets.detail(FIRST).ticket.customer_id
    other = desk.tickets.create("It smells too", customer_id=owner)
    page.refresh()
    settle(page)
    select(page, FIRST, other.id)
    do(page, "Merge tickets")
    dialog = page._dialog
    assert dialog.keep_id() in (FIRST, other.id)
    dialog.keep.setCurrentIndex(dialog.keep.findData(FIRST))
    assert f"history of {other.id} will stand in {FIRST}" in dialog.explanation.text()
    agree(page, dialog)
    assert other.id not in shown(page)
    assert detail(page).id == FIRST
    undo_last(page)
    assert other.id in shown(page)


def test_merging_different_customers_is_refused_in_the_dialog(page):
    select(page, FIRST, SECOND)
    do(page, "Merge tickets")
    dialog = page._dialog
    agree(page, dialog)
    assert "different customers" in dialog.notice.text()
    dialog.reject()


def test_one_ticket_alone_says_how_to_choose_several(page):
    go(page, FIRST)
    do(page, "Merge tickets")
    assert "Ctrl+click" in page.notice.text()


def test_notes_are_split_off_into_a_ticket_that_is_shown(page, desk):
    desk.tickets.add_note(FIRST, "And the cable is broken.")
    page.refresh()
    settle(page)
    page.detail.notes.split_button.click()
    dialog = page._dialog
    assert not dialog.act.isEnabled()
    dialog.notes.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.subject.setText("Broken cable")
    agree(page, dialog)
    assert (detail(page).subject, len(page.detail.view.notes)) == ("Broken cable", 1)
    assert page.table.chosen_key() == detail(page).id
    undo_last(page)
    assert len(desk.tickets.detail(FIRST).notes) == 1


def test_a_new_ticket_is_opened_and_shown_whatever_the_filters_hide(page):
    page.filters.choose("statusFilter", "closed")
    settle(page)
    do(page, "New ticket")
    dialog = page._dialog
    dialog.subject.setText("Late parcel")
    dialog.customer.setText("maya.lindqvist@example.com")
    agree(page, dialog)
    settle(page)
    assert (detail(page).subject, page.detail.view.customer_name) == ("Late parcel", "Maya Lindqvist")
    assert page.table.chosen_key() == detail(page).id


def test_a_wrong_order_is_said_in_the_dialog_and_nothing_typed_is_lost(page):
    do(page, "New ticket")
    dialog = page._dialog
    dialog.subject.setText("Late parcel")
    dialog.customer.setText("maya.lindqvist@example.com")
    dialog.order.setText("#V9999")
    agree(page, dialog)
    assert "#V9999" in dialog.notice.text()
    assert dialog.subject.text() == "Late parcel"
    dialog.reject()


def test_a_conversation_becomes_a_ticket_with_its_words_and_order(page, desk):
    customer = desk.find_customer("maya.lindqvist@example.com")
    order = desk.store.orders.of_customer(customer.id)[0]
    talk = desk.start_conversation(customer.id)
    desk.copilot.receive(talk.id, f"Where is my order {order.id}?")
    page.new_from(talk.id)
    settle(page)
    assert page._dialog.order.text() == order.id
    agree(page, page._dialog)
    assert detail(page).conversation_id == talk.id
    gone = []
    page.wants.connect(lambda name, item: gone.append((name, item)))
    page.detail.links.conversation.click()
    page.detail.links.customer.click()
    assert gone == [("inbox", talk.id), ("customers", customer.id)]


def test_several_tickets_are_assigned_at_once(page, desk):
    select(page, FIRST, SECOND)
    do(page, "Assign tickets")
    page._dialog.assignee.setEditText("Kim")
    agree(page, page._dialog)
    assert {desk.tickets.detail(each).ticket.assignee for each in (FIRST, SECOND)} == {"Kim"}


def test_the_last_step_is_taken_back_from_the_history(page, desk):
    desk.tickets.close([FIRST], by="Noa")
    page.refresh()
    settle(page)
    page.reveal(FIRST)
    settle(page)
    page.detail.history.undo_button.click()
    settle(page)
    assert desk.tickets.detail(FIRST).ticket.status is TicketStatus.open
    assert page.detail.history.model.values()[0][1].text == "Noa set the status from open to closed (taken back)"


def test_ten_thousand_tickets_are_read_only_where_they_are_looked_at(page, desk):
    desk.store.tickets.put_many([Ticket(id=f"M-{n}", subject=f"Ticket {n}") for n in range(10_000)])
    page.refresh()
    settle(page)
    assert page.rows.rowCount() == 10_019
    assert page.rows.value(6_000) is None
    page.table.executeDelayedItemsLayout()
    page.table.scrollTo(page.rows.index(6_000, 0))
    page.grab()
    settle(page)
    assert page.rows.value(6_000) is not None
    assert sum(page.rows.value(row) is not None for row in range(10_019)) <= 4 * PAGE_ROWS
    assert detail(page).id == FIRST


def test_a_ticket_far_down_is_revealed(page, desk):
    desk.store.tickets.put_many([Ticket(id=f"M-{n}", subject=f"Ticket {n}") for n in range(3_000)])
    page.reveal("M-2500")
    settle(page)
    assert page.table.chosen_key() == detail(page).id == "M-2500"
    assert page.table.currentIndex().row() in page.table.rows_in_sight()


def test_no_ticket_at_all_says_what_to_do(show_page, desk):
    desk.store._database.write("DELETE FROM tickets")
    page = show_page(TicketsPage, desk)
    assert page.pane.nothing.title() == "No tickets yet"
    assert "Ctrl+N" in page.pane.nothing.text()


def test_a_trouble_is_said_and_the_page_goes_on(page, desk, monkeypatch):
    def broken(*_, **__):
        raise Invalid("The ticket is on fire. Pour water.")

    monkeypatch.setattr(desk.tickets, "close", broken)
    do(page, "Close or reopen tickets")
    assert page.notice.text() == "The ticket is on fire. Pour water."
    assert detail(page).id == FIRST


def test_a_narrow_page_puts_the_ticket_under_the_table(page):
    page.resize(800, 600)
    assert page.width() == 800
    assert page._split_view.orientation() is Qt.Orientation.Vertical


def test_everything_that_can_be_used_has_a_name(page):
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox):
        for part in page.findChildren(kind):
            if part.isVisible() and part.objectName() != "qt_spinbox_lineedit":
                named = (
                    part.accessibleName()
                    or part.parent().accessibleName()
                    or part.objectName() == "_q_qlineeditclearbutton"
                )
                assert named, part
