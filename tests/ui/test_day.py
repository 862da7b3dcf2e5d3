"""A day at the desk: what a person does with the window from the first message to the evening, and the next morning.

One window and one desk: the tests follow the clock, each goes on where the one before it ended.
"""

import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from cxdesk.desk import Desk
from cxdesk.domain import UNSENT_FILE, Role, TicketStatus, Unavailable
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.ui import customer_later
from cxdesk.ui.app import settle
from cxdesk.ui.theme import Look
from cxdesk.ui.window import Window

MAYA, SAM, LEON, WEI = "maya.lindqvist@example.com", "sam.novak@example.com", "leon@marchetti.example", "C-1014"
INBOX, TICKETS, CUSTOMERS, KNOWLEDGE = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

WHERE = "Where is my order #V1152?"
SECRET = "Zanzibarstrasse"
BEGUN = "Dear Leon, I have looked into it and"
# As wide as the window may be to be brought back whole on the screen of the offscreen platform.
SIZE = (940, 700)


class Day:
    """The person at the desk, the window before them, and the customers who write."""

    def __init__(self, folder):
        self.folder = folder
        self.begin()

    def begin(self):
        self.model = ScriptedModel()
        self.desk = Desk.open(self.folder, model=self.model, embedder=ToyEmbedder())
        self.window = Window(Look("light"))
        self.window.inbox.sending.delay_ms = 0
        self.window.resize(1280, 800)
        self.window.show()
        self.window.take(self.desk)
        self.rest()

    def end(self):
        self.window.close_down()
        self.window.close()
        self.desk.close()

    def rest(self):
        """Until all that was begun is done, the indexing of documents too."""
        settle(self.window)
        if knowledge := self.window.pages.get("knowledge"):
            settle(knowledge.slow)
            settle(self.window)

    # ------------------------------------------------------------ the customers

    def write(self, text, customer=None, conversation=None, phrased=None):
        """A customer writes; the model phrases the draft, or fails. The conversation is opened."""
        talk = conversation or self.desk.start_conversation(customer, writer="Guest").id
        self.model.replies.extend([phrased] if phrased else [Unavailable("The model is gone. Try again.")] * 4)
        self.desk.copilot.receive(talk, text)
        self.rest()
        self.go(INBOX)
        self.window.inbox.conversations.open(talk)
        self.rest()
        self.model.replies.clear()
        return talk

    # ------------------------------------------------------------ the person

    def press(self, key, modifiers=PLAIN, on=None):
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()  # as a window manager does when a dialog has closed
            QApplication.processEvents()
        QTest.keyClick(on or self.window, key, modifiers)
        self.rest()

    def type(self, name, text):
        """Into the field of this name, in the place of what stands there."""
        field = self.find(QWidget, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        self.rest()
        return field

    def click(self, name):
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), f"{name} can't be seen"
        assert button.isEnabled(), f"{name} can't be used"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def go(self, page):
        self.press(page, ALT)

    def undo(self):
        self.window.setFocus()
        self.press(Qt.Key.Key_Z, CONTROL)

    # ------------------------------------------------------------ what is seen

    def find(self, kind, name):
        found = [each for each in self.window.findChildren(kind, name) if each.isVisible()]
        assert found, f"no {name} on screen"
        return found[-1]

    def read(self, name):
        return self.find(QLabel, name).text()

    @property
    def card(self):
        return self.window.inbox.pane.card

    @property
    def said(self):
        """What the window says was done."""
        return self.window.statusBar().done.sentence()

    def last(self, conversation):
        message = self.desk.store.conversations.messages(conversation)[-1]
        return message.role, message.text

    def order(self, order_id, customer):
        found = self.desk.find_customer(customer)
        return self.desk.store.orders.find(order_id, found.id)


@pytest.fixture(scope="module")
def day(filled_demo, tmp_path_factory, qapp):
    folder = tmp_path_factory.mktemp("day") / "shop"
    shutil.copytree(filled_demo, folder)
    made = Day(folder)
    yield made
    made.end()


@pytest.fixture(scope="module")
def talks():
    """Conversations of this day, by what they are about."""
    return {}


@pytest.fixture
def at_once(monkeypatch):
    """What waits before it can't be undone is done with the next event."""
    monkeypatch.setattr(customer_later, "WAIT_MS", 0)


def test_words_begun_for_somebody_leave_with_their_data_although_no_window_is_open(desk, window, write):
    write(WHERE, customer=WEI)
    window.inbox.pane.composer.field.setPlainText(f"So you live in {SECRET}")
    window.close_down()
    holding = [file for file in desk.data_dir.glob("*.ini") if SECRET in file.read_text(encoding="utf-8")]
    assert [file.name for file in holding] == [UNSENT_FILE]
    desk.customers.delete(WEI)
    assert not holding[0].exists()


# ---------------------------------------------------------------- the morning: drafts


def test_a_message_arrives_and_the_models_draft_is_edited_and_approved_by_keys(day, talks):
    at = day.order("#V1152", MAYA).delivered_at
    phrased = f"Good news: order #V1152 is delivered. It was delivered on {at.day} {at:%B %Y}."
    talk = talks["maya"] = day.write(WHERE, MAYA, phrased=phrased)
    assert day.card.body.toPlainText() == phrased
    day.press(Qt.Key.Key_E, CONTROL)
    QTest.keyClicks(day.card.body, " Enjoy!")
    day.press(Qt.Key.Key_Return, CONTROL, on=day.card.body)
    assert day.last(talk) == (Role.desk, f"{phrased} Enjoy!")
    assert day.card.mode == "empty"


def test_a_model_that_fails_leaves_the_desks_own_brief_as_the_draft(day, talks):
    talk = talks["brief"] = day.write(WHERE, MAYA)
    assert "#V1152" in day.card.body.toPlainText()
    day.press(Qt.Key.Key_Return, CONTROL)
    assert day.last(talk)[0] is Role.desk


def test_one_proposed_change_is_approved_and_another_declined(day, talks):
    ways = {"#V1195": ("c.ibarra@example.com", "approveAction"), "#V1181": ("kbrandt@example.net", "declineAction")}
    for order_id, (customer, decide) in ways.items():
        talk = day.write(f"Please cancel order {order_id}, I ordered it by mistake.", customer)
        talks[customer] = talk
        day.click("approve")
        day.write("yes", conversation=talk)
        assert day.read("actionText").startswith(f"Cancel order {order_id}")
        day.click(decide)
    assert day.order("#V1195", "c.ibarra@example.com").status == "cancelled"
    assert day.order("#V1181", "kbrandt@example.net").status == "pending"


def test_the_draft_that_says_what_was_done_is_sent_too(day, talks):
    talk = talks["c.ibarra@example.com"]
    day.window.inbox.conversations.open(talk)
    day.rest()
    assert day.card.decision_text() == "Says what was done"
    day.click("approve")
    assert "#V1195 is cancelled" in day.last(talk)[1]


def test_a_handoff_is_accepted_answered_given_back_and_the_next_one_resolved(day, talks):
    talk = talks["handed"] = day.write("I want to talk to a human, please.", SAM)
    day.click("acceptHandoff")
    assert day.read("handoffHolder") == "you have it"
    day.type("composerText", "Hello Sam, what can I do for you?")
    day.press(Qt.Key.Key_Return, CONTROL, on=day.find(QPlainTextEdit, "composerText"))
    assert day.last(talk) == (Role.agent, "Hello Sam, what can I do for you?")
    day.click("giveBackHandoff")
    assert day.desk.copilot.handovers.current(talk) is None
    day.write("No, I want a human, not a machine!", conversation=talk)
    day.click("resolveHandoff")
    assert day.window.inbox.pane.banner.isHidden()


def test_a_saved_reply_is_brought_by_a_slash_filled_and_sent(day):
    talk = day.write("Which order was it again?", LEON)
    field = day.type("composerText", "/ordern")
    day.press(Qt.Key.Key_Return, on=field)
    assert "Leon Marchetti" in field.toPlainText()
    day.press(Qt.Key.Key_Return, CONTROL, on=field)
    assert day.last(talk)[0] is Role.agent
    assert day.desk.store.canned.uses()["ordernr"] == 1


# ---------------------------------------------------------------- noon: tickets


def test_a_ticket_is_made_from_the_conversation(day, talks):
    talks["leon"] = day.write("My Kite router blinks amber, it is broken.", LEON)
    day.press(Qt.Key.Key_T, CONTROL)
    day.type("newSubject", "Amber again")
    assert day.find(QLineEdit, "newCustomer").text() == LEON
    day.click("newTicketAct")
    ticket = day.window.page("tickets").detail.view.ticket
    assert (ticket.subject, ticket.conversation_id) == ("Amber again", talks["leon"])
    talks["ticket"] = ticket.id


def test_the_ticket_gets_notes_and_takes_in_another_of_the_same_customer(day, talks):
    for note in ("Asked for a photo.", "Wants the cable back."):
        day.press(Qt.Key.Key_N, on=day.window.page("tickets").table)
        day.type("noteField", note)
        day.click("addNote")
    day.press(Qt.Key.Key_M, on=day.window.page("tickets").table)
    dialog = day.window.page("tickets")._dialog
    others = dialog.others
    other = next(others.item(at) for at in range(others.count()) if "T-2058" in others.item(at).text())
    other.setCheckState(Qt.CheckState.Checked)
    day.click("mergeAct")
    assert day.said == f"Ticket T-2058 was merged into {talks['ticket']}."
    assert day.desk.tickets.detail("T-2058").ticket.id == talks["ticket"]


def test_a_note_is_split_off_into_a_ticket_of_its_own(day, talks):
    day.click("splitNotes")
    notes = day.window.page("tickets")._dialog.notes
    cable = next(notes.item(at) for at in range(notes.count()) if "cable" in notes.item(at).text())
    cable.setCheckState(Qt.CheckState.Checked)
    day.type("splitSubject", "The cable")
    day.click("splitAct")
    split = day.window.page("tickets").detail.view
    assert (split.ticket.subject, [note.text for note in split.notes]) == ("The cable", ["Wants the cable back."])
    assert split.ticket.id != talks["ticket"]


def test_a_ticket_is_closed_and_each_step_can_be_undone(day, talks):
    page = day.window.page("tickets")
    page.reveal(talks["ticket"])
    day.rest()
    day.press(Qt.Key.Key_C, on=page.table)
    assert page.detail.view.ticket.status is TicketStatus.closed
    day.undo()
    assert page.detail.view.ticket.status is TicketStatus.open


# ---------------------------------------------------------------- afternoon: documents


def test_a_dropped_document_is_found_by_a_question_and_edited(day, tmp_path):
    paper = tmp_path / "gloves.md"
    paper.write_text("# Gloves\n\nGloves are washed by hand at 30 degrees.\n", encoding="utf-8")
    day.go(KNOWLEDGE)
    page = day.window.page("knowledge")
    drop(page, paper)
    day.rest()
    assert "1 added" in day.said
    page.tabs.go("trying")
    day.type("tryQuestion", "At how many degrees are gloves washed?")
    day.press(Qt.Key.Key_Return, on=page.trying.field)
    assert "gloves.md" in [hit.document for hit in page.trying.hits.values()]
    page.reveal("gloves.md")
    day.rest()
    page.document.text.setFocus()
    page.document.text.moveCursor(page.document.text.textCursor().MoveOperation.End)
    QTest.keyClicks(page.document.text, "Mittens too.")
    day.press(Qt.Key.Key_S, CONTROL)
    assert day.desk.knowledge.get("gloves.md").text.endswith("Mittens too.")
    assert day.desk.knowledge.search("mittens", k=1)[0].passage.document == "gloves.md"


def drop(page, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, PLAIN))


# ---------------------------------------------------------------- customers


def test_two_entries_of_a_person_are_merged_and_parted_and_merged_again(day):
    day.go(CUSTOMERS)
    page = day.window.page("customers")
    for undone in (True, False):
        page.reveal(day.desk.find_customer(MAYA).id)
        day.rest()
        day.click("mergePerson")
        day.type("mergePeopleSearch", "devon price")
        page._dialog.list.setCurrentRow(0)
        day.rest()
        day.click("mergePeopleAct")
        assert "merged" in day.said
        assert day.desk.store.customers.find("C-1024") is None
        if undone:
            day.undo()
            assert day.desk.store.customers.find("C-1024").name == "Devon Price"


def test_all_data_of_another_are_deleted(day, talks, at_once):
    talk = talks["wei"] = day.write(f"I live in {SECRET} 5 now. Where is my order?", WEI)
    day.type("composerText", f"So you live in {SECRET}")
    assert day.last(talk)[0] is Role.customer
    day.go(CUSTOMERS)
    page = day.window.page("customers")
    page.reveal(WEI)
    day.rest()
    day.press(Qt.Key.Key_Delete, on=page.table)
    day.click("deletePersonAct")
    assert day.desk.store.customers.find(WEI) is None
    assert day.desk.store.conversations.find(talk) is None
    assert "Wei Zhang" not in [line.name for line in map(page.rows.value, range(page.rows.rowCount())) if line]


# ---------------------------------------------------------------- the evening, and the next morning


def test_the_next_morning_everything_is_where_it_was(day, talks):
    day.go(KNOWLEDGE)
    page = day.window.page("knowledge")
    page.reveal("gloves.md")
    day.rest()
    page.document.text.setPlainText("# Gloves\n\nNot saved yet.")
    day.go(INBOX)
    inbox = day.window.inbox
    inbox.conversations.choose_queue("all")
    day.rest()
    inbox.conversations.open(talks["brief"])
    day.rest()
    day.write(WHERE, MAYA)
    edited = inbox.view.id
    day.press(Qt.Key.Key_E, CONTROL)
    day.card.body.setPlainText("Half an edit")
    inbox.conversations.open(talks["leon"])
    day.rest()
    day.type("composerText", BEGUN)
    day.window.resize(*SIZE)
    inbox.parts.setSizes([250, 385, 190])
    sizes = inbox.parts.sizes()
    day.end()

    day.begin()
    inbox = day.window.inbox
    assert day.window.front is inbox
    assert (day.window.width(), day.window.height()) == SIZE
    assert inbox.parts.sizes() == sizes
    assert (inbox.conversations.queue, inbox.view.id) == ("all", talks["leon"])
    assert inbox.pane.composer.field.toPlainText() == BEGUN
    inbox.conversations.open(edited)
    day.rest()
    assert (day.card.mode, day.card.body.toPlainText()) == ("editing", "Half an edit")
    day.go(TICKETS)
    assert day.window.front.detail.view.ticket.id == talks["ticket"]
    day.go(KNOWLEDGE)
    assert day.window.front.document.document.name == "gloves.md"
    assert day.window.front.document.text.toPlainText() == "# Gloves\n\nNot saved yet."


def test_nothing_of_the_deleted_customer_is_in_any_file_once_the_desk_is_closed(day, qapp):
    day.end()
    kept = {file: file.read_bytes() for file in day.folder.rglob("*") if file.is_file()}
    day.begin()
    for secret in (SECRET, "wei.zhang@example.com", "Wei Zhang"):
        assert [file.name for file, bytes_ in kept.items() if secret.encode() in bytes_] == []
