"""Nothing is lost over a restart: the place, what was being written, and a reply that had not left."""

import pytest

from cxdesk.domain import DraftState, Role
from cxdesk.ui.app import settle
from cxdesk.ui.theme import Look
from cxdesk.ui.window import Window

MAYA = "maya.lindqvist@example.com"
WHERE = "Where is my order #V1152?"
LONG = 3_600_000


@pytest.fixture
def start_again(qtbot, desk):
    """Opens another window on the desk, as after a kill: the one before said and kept nothing at its end."""
    windows = []

    def start():
        window = Window(Look("light"))
        window.inbox.sending.delay_ms = LONG
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.take(desk)
        settle(window)
        return window

    yield start
    for window in windows:
        window.inbox.sending.take_back()
        window.close_down()


@pytest.fixture
def hurried_write(desk):
    """A customer writes; the conversation's id once the draft is there."""

    def write(window, text=WHERE, customer=MAYA):
        talk = desk.start_conversation(customer, writer="Guest").id
        desk.copilot.receive(talk, text)
        settle(window)
        window.inbox.conversations.open(talk)
        settle(window)
        return talk

    return write


def said(desk, talk):
    return [(message.role, message.text) for message in desk.store.conversations.messages(talk)]


# ---------------------------------------------------------------- a reply that had not left


def test_an_approved_reply_that_had_not_left_is_a_draft_again_after_a_kill(desk, start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    text = first.inbox.pane.card.body.toPlainText()
    first.inbox.pane.card.approve()
    settle(first)
    second = start_again()
    assert [role for role, _ in said(desk, talk)] == [Role.customer]
    assert second.inbox.view.id == talk
    assert second.inbox.pane.card.body.toPlainText() == text
    assert "had not left" in second.inbox.notice.text()
    second.inbox.pane.card.approve()
    settle(second)
    second.inbox.sending.flush()
    settle(second)
    assert said(desk, talk)[-1] == (Role.desk, text)


def test_an_edited_reply_that_had_not_left_is_there_as_it_was_edited_after_a_kill(desk, start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    card = first.inbox.pane.card
    card.edit()
    card.body.setPlainText("It is on its way to you.")
    card.approve()
    settle(first)
    second = start_again()
    assert (second.inbox.pane.card.mode, second.inbox.pane.card.body.toPlainText()) == (
        "editing",
        "It is on its way to you.",
    )
    assert desk.store.drafts.open_for(talk).state is DraftState.proposed


def test_own_words_that_had_not_left_are_in_the_composer_after_a_kill(desk, start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    first.inbox.pane.composer.field.setPlainText("I am looking into it.")
    first.inbox.pane.composer.send()
    settle(first)
    assert first.inbox.pane.composer.field.toPlainText() == ""
    second = start_again()
    assert second.inbox.pane.composer.field.toPlainText() == "I am looking into it."
    assert [role for role, _ in said(desk, talk)] == [Role.customer]


def test_a_reply_that_left_just_before_the_kill_is_not_offered_again(desk, start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    first.inbox.pane.composer.field.setPlainText("I am looking into it.")
    first.inbox.pane.composer.send()
    settle(first)
    desk.copilot.send(talk, "I am looking into it.")  # and the window had no time to note that
    second = start_again()
    assert second.inbox.pane.composer.field.toPlainText() == ""
    assert not second.inbox.notice.isVisible()


def test_a_reply_that_left_is_not_offered_again(desk, start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    first.inbox.pane.card.approve()
    settle(first)
    first.inbox.sending.flush()
    settle(first)
    second = start_again()
    assert not second.inbox.notice.isVisible()
    assert [role for role, _ in said(desk, talk)] == [Role.customer, Role.desk]


# ---------------------------------------------------------------- what is being written


def test_what_is_being_written_is_there_after_a_kill(start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    first.inbox.pane.composer.field.setPlainText("Half a sen")
    first.show_page("canned")
    settle(first)
    first.front.begin()
    first.front.editor.title.setText("Half a reply")
    first.show_page("knowledge")
    settle(first)
    first.front.table.choose_row(0)
    settle(first)
    document = first.front.document
    document.text.setPlainText("Half a document")
    first._keeps.timeout.emit()
    second = start_again()
    second.inbox.conversations.open(talk)
    settle(second)
    assert second.inbox.pane.composer.field.toPlainText() == "Half a sen"
    assert any(edit.reply.title == "Half a reply" for edit in second.page("canned").editor.edits())
    assert any(edit.text == "Half a document" for edit in second.page("knowledge").document.edits())


def test_words_that_were_sent_or_wiped_are_not_brought_back(start_again, hurried_write):
    first = start_again()
    talk = hurried_write(first)
    field = first.inbox.pane.composer.field
    field.setPlainText("Half a sen")
    first._keeps.timeout.emit()
    field.clear()
    first._keeps.timeout.emit()
    second = start_again()
    second.inbox.conversations.open(talk)
    settle(second)
    assert second.inbox.pane.composer.field.toPlainText() == ""


# ---------------------------------------------------------------- filters, orders and tabs


def test_lists_are_narrowed_sorted_and_searched_as_they_were(start_again):
    first = start_again()
    first.inbox.conversations.filter.setText("parcel")
    tickets, customers = first.page("tickets"), first.page("customers")
    first.show_page("tickets")
    settle(first)
    tickets.filters.choose("statusFilter", "any_open")
    tickets.table.return_to("-subject")
    customers.filters.choose("riskFilter", False)
    customers.filters.field.setText("lind")
    customers.table.return_to("email")
    settle(first)
    first.close_down()

    second = start_again()
    assert second.inbox.conversations.words() == "parcel"
    assert second.front.name == "tickets"
    tickets, customers = second.page("tickets"), second.page("customers")
    assert tickets.filters.chosen("statusFilter") == "any_open"
    assert tickets.table.order() == "-subject"
    assert (tickets._query.wanted.open_only, tickets._query.sort, tickets._query.backwards) == (True, "subject", True)
    second.show_page("customers")
    settle(second)
    assert customers.filters.chosen("riskFilter") is False
    assert customers.filters.words() == "lind"
    assert customers.table.order() == "email"
    assert [customers.rows.value(row).name for row in range(customers.rows.rowCount())] == ["Maya Lindqvist"]


def test_the_ticket_that_was_open_stays_open_although_the_filters_hide_it(start_again, desk):
    first = start_again()
    first.show_page("tickets")
    settle(first)
    tickets = first.front
    shown = tickets.detail.view.ticket.id
    desk.tickets.set_status([shown], "closed", by=None)
    tickets.filters.choose("statusFilter", "any_open")
    settle(first)
    first.close_down()
    second = start_again()
    assert second.front.detail.view.ticket.id == shown
    assert second.front.filters.chosen("statusFilter") == "any_open"


def test_tabs_the_time_of_the_figures_and_the_group_of_settings_are_as_they_were(start_again):
    first = start_again()
    for name in ("knowledge", "canned", "figures", "monitor", "settings"):
        first.show_page(name)
        settle(first)
    first.page("knowledge").tabs.go("trying")
    first.page("canned").editor.tabs.go("variables")
    first.page("figures").period.choose(90)
    first.page("monitor").show_tab(3)
    first.page("settings").groups.setCurrentRow(2)
    settle(first)
    first.close_down()

    second = start_again()
    for name in ("knowledge", "canned", "figures", "monitor", "settings"):
        second.show_page(name)
        settle(second)
    assert second.page("knowledge").tabs.current == "trying"
    assert second.page("canned").editor.tabs.current == "variables"
    assert second.page("figures").period.days == 90
    assert second.page("monitor").tabs.currentIndex() == 3
    assert second.page("settings").groups.currentRow() == 2


@pytest.mark.parametrize("kept", ["", "x", "7/8", "2026-01-05/", "90 days"])
def test_a_time_that_can_not_be_read_is_done_without(window, kept):
    period = window.page("figures").period
    period.return_to(kept)
    assert period.days == 30


def test_days_of_ones_own_are_kept(window):
    period = window.page("figures").period
    period.return_to("2026-01-05/2026-02-07")
    assert period.kept() == "2026-01-05/2026-02-07"


@pytest.mark.parametrize("order", ["", "-", "gone", "-gone", None])
def test_an_order_that_is_not_there_any_more_is_done_without(window, order):
    table = window.page("customers").table
    table.return_to(order)
    assert table.order() == ""


# ---------------------------------------------------------------- the palette


def test_the_palette_leads_from_an_order_to_its_customer_with_the_order_in_sight(qtbot, window):
    from cxdesk.ui.finding import find_on_desk

    window.resize(1024, 640)
    found = next(each for each in find_on_desk(window.desk, "V1152") if each.kind == "Order")
    window.show_page(found.page, found.id, found.part)
    settle(window)
    detail = window.page("customers").detail
    listed = detail.orders.list
    assert detail.view.id == found.id
    assert listed.model().values()[listed.currentIndex().row()].id == "#V1152"
    middle = listed.visualRect(listed.currentIndex()).center()
    assert detail.viewport().rect().contains(listed.viewport().mapTo(detail.viewport(), middle))
