"""Whoever lacks a right doesn't see what it is for, and a change of person is followed."""

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from cxdesk.domain import Account, now
from cxdesk.ui.app import settle

WHERE = "Where is my order #V1152?"
FOR_ACTING = {
    "inbox": (
        "approve",
        "edit",
        "reject",
        "redo",
        "composer",
        "suggestions",
        "closeConversation",
        "ticketFromConversation",
    ),
    "tickets": ("newTicketButton", "closeTicket", "editTicket", "mergeTicket", "addNote"),
    "customers": ("linkPerson", "mergePerson", "deletePerson"),
    "knowledge": ("documentNew", "documentAdd", "documentRemove", "documentSave"),
    "canned": ("cannedNew", "cannedSave", "cannedDelete", "cannedDuplicate"),
}


def person(role):
    return Account(name="Kim", role=role, created_at=now())


def show(window, name):
    window.show_page(name)
    settle(window)
    page = window.page(name)
    if name in ("knowledge", "canned"):
        page.table.choose_row(0)
        settle(window)
    return page


def seen(page, names):
    return {name for name in names if page.findChild(QWidget, name).isVisible()}


@pytest.mark.parametrize("name", FOR_ACTING)
def test_a_viewer_sees_the_page_without_what_changes_anything_and_an_agent_sees_all(window, desk, write, name):
    write(WHERE)
    desk.access.admit(person("viewer"))
    assert seen(show(window, name), FOR_ACTING[name]) == set()
    desk.access.admit(person("admin"))
    assert seen(show(window, name), FOR_ACTING[name]) == set(FOR_ACTING[name])


def test_an_agent_may_not_delete_a_persons_data_and_the_palette_does_not_offer_it(window, desk):
    desk.access.admit(person("agent"))
    page = show(window, "customers")
    assert seen(page, FOR_ACTING["customers"]) == {"linkPerson", "mergePerson"}
    window.open_palette()
    titles = {finding.title for _, finding in window.finder.model.values()}
    assert "Delete the customer's data" not in titles


def test_a_viewer_reads_a_tickets_fields_and_can_not_change_them(window, desk):
    desk.access.admit(person("viewer"))
    fields = show(window, "tickets").detail.fields
    assert fields.isVisible()
    assert not any(box.isEnabled() for box in fields.findChildren(QComboBox))


def test_a_viewer_is_refused_in_a_sentence_where_a_key_asks_all_the_same(window, desk, write):
    talk = write(WHERE)
    desk.access.admit(person("viewer"))
    window.inbox.deciding.close()
    settle(window)
    assert "may not answer customers" in window.inbox.notice.text()
    assert desk.store.conversations.get(talk).state != "closed"


def test_what_a_person_accepts_is_theirs_in_their_own_eyes_and_has_their_name_in_others(window, desk, write):
    write("I want to talk to a human, please.")
    desk.access.admit(person("agent"))
    window.inbox.deciding.accept()
    settle(window)
    assert window.inbox.pane.banner.holder() == "you have it"
    desk.access.admit(Account(name="Noa", role="agent", created_at=now()))
    window.inbox.refresh()
    settle(window)
    assert window.inbox.pane.banner.holder() == "Kim has it"


def test_only_who_may_change_customers_is_offered_to_forget_what_they_told(window, desk):
    maya = desk.find_customer("maya.lindqvist@example.com").id
    talk = desk.ask("Thanks a lot, I am so happy! Please call me Maya.", customer=maya).conversation
    desk.close_conversation(talk)
    [fact] = desk.memory.facts(maya)

    def offered():
        page = show(window, "customers")
        page.reveal(maya)
        settle(window)
        assert fact.text in {label.text() for label in page.detail.facts.findChildren(QLabel)}
        on_page = seen(page, [f"forget_{fact.id}"])
        beside = show(window, "inbox").panel
        window.inbox.reveal(talk)
        settle(window)
        assert fact.text in {label.text() for label in beside.findChildren(QLabel)}
        return on_page, seen(beside, [f"forget_{fact.id}"])

    desk.access.admit(person("viewer"))
    assert offered() == (set(), set())
    desk.access.admit(person("agent"))
    assert offered() == ({f"forget_{fact.id}"}, {f"forget_{fact.id}"})


def test_only_who_may_change_saved_replies_is_offered_to_import_some(window, desk):
    def offered():
        menu = show(window, "canned").findChild(QPushButton, "cannedFile").menu()
        menu.aboutToShow.emit()
        return [action.text() for action in menu.actions() if action.isVisible()]

    desk.access.admit(person("viewer"))
    assert offered() == ["Export to a file…"]
    desk.access.admit(person("admin"))
    assert offered() == ["Import from a file…", "Export to a file…"]
