"""What is asked about tickets: a new one, whom to give them to, what to merge, which notes to split off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import Ticket, TicketLine
from cxdesk.ui import ticket_words
from cxdesk.ui.language import capital, plural, tr
from cxdesk.ui.table import ChoiceBox
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_views import NoteCard
from cxdesk.ui.widgets import GrowingText, Notice, button, text_label

PRIORITIES = ("low", "normal", "high", "urgent")


class Ask(QDialog):
    """A small form with what it is for, a notice for troubles, Cancel and one thing to do, whose click is `agreed`.

    It stays open until whoever opened it accepts, so that a refusal can be said in it.
    """

    agreed = Signal()

    def __init__(self, look: Look, host: QWidget, name: str, title: str, text: str, action: str) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(440)
        self.setPalette(look.theme.palette())  # a window of its own doesn't inherit it
        self.notice = Notice(look)
        self.act = button(action, f"{name}Act", self.agreed.emit, primary=True)
        self.act.setDefault(True)
        cancel = button(tr("Cancel"), f"{name}Cancel", self.reject)
        heading = text_label("large", f"{name}Title", wraps=True)
        heading.setText(title)
        self.explanation = text_label("", f"{name}Text", wraps=True)
        self.explanation.setProperty("tone", "quiet")
        self.explanation.setText(text)
        self.explanation.setVisible(bool(text))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.space("near"))
        far = look.space("far")
        column = QVBoxLayout(self)
        column.setContentsMargins(far, far, far, far)
        column.setSpacing(look.space("apart"))
        for part in (heading, self.explanation, self.notice):
            column.addWidget(part)
        column.addLayout(self.body)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.act)
        column.addLayout(row)

    def explain(self, text: str) -> None:
        self.explanation.setText(text)
        self.explanation.setVisible(bool(text))


def field(name: str, accessible: str, text: str = "", hint: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setPlaceholderText(hint)
    return made


def open_choice(
    look: Look, name: str, accessible: str, options: Iterable[str], text: str = "", hint: str = ""
) -> ChoiceBox:
    """A field that suggests what there is, and takes anything else too."""
    made = ChoiceBox(look, name, accessible)
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(list(options))
    made.setEditText(text)
    made.field.setPlaceholderText(hint)
    return made


class NewTicketDialog(Ask):
    """Begins with a draft, from a conversation or empty."""

    def __init__(
        self, look: Look, host: QWidget, draft: Ticket, email: str, assignees: Sequence[str], categories: Sequence[str]
    ) -> None:
        about = tr("Drafted from the customer's last message. Change what you like.") if draft.conversation_id else ""
        super().__init__(look, host, "newTicket", tr("New ticket"), about, tr("Open ticket"))
        self.setMinimumWidth(520)
        self.conversation_id = draft.conversation_id
        self.subject = field("newSubject", tr("Subject"), draft.subject, tr("What it is about, in a few words"))
        self.description = GrowingText(5, 12)
        self.description.setObjectName("newDescription")
        self.description.setAccessibleName(tr("Description"))
        self.description.setProperty("boxed", True)
        self.description.setPlainText(draft.description)
        self.customer = field(
            "newCustomer", tr("Customer"), email or draft.customer_id or "", tr("E-mail address or id")
        )
        self.order = field("newOrder", tr("Order"), draft.order_id or "", tr("Order number, if it is about one"))
        self.priority = ChoiceBox(look, "newPriority", tr("Priority"))
        for priority in PRIORITIES:
            self.priority.addItem(capital(ticket_words.priority(priority).text), priority)
        self.priority.setCurrentIndex(PRIORITIES.index(draft.priority))
        self.category = open_choice(look, "newCategory", tr("Category"), categories, draft.category)
        self.assignee = open_choice(look, "newAssignee", tr("Assignee"), assignees, "", tr("Nobody yet"))
        form = QFormLayout()
        form.setSpacing(look.space("near"))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for part in (
            self.subject,
            self.description,
            self.customer,
            self.order,
            self.priority,
            self.category,
            self.assignee,
        ):
            form.addRow(part.accessibleName(), part)
        self.body.addLayout(form)
        self.subject.setFocus()


class AssignDialog(Ask):
    def __init__(
        self, look: Look, host: QWidget, ticket_ids: Sequence[str], assignees: Sequence[str], now: str
    ) -> None:
        title = plural(
            "Who sees to Ticket {ticket}?", "Who sees to {n} tickets?", len(ticket_ids), ticket=ticket_ids[0]
        )
        super().__init__(look, host, "assign", title, tr("Empty means nobody."), tr("Assign"))
        self.assignee = open_choice(look, "assignTo", tr("Assignee"), assignees, now, tr("Name of a person"))
        self.body.addWidget(self.assignee)
        self.assignee.field.selectAll()
        self.assignee.setFocus()


class MergeDialog(Ask):
    """Shows what goes where: which ticket stays, and which ones go into it."""

    def __init__(self, look: Look, host: QWidget, lines: Sequence[TicketLine], chosen: Sequence[str]) -> None:
        super().__init__(look, host, "merge", tr("Merge tickets"), "", tr("Merge"))
        self.setMinimumWidth(520)
        self._lines = {line.id: line for line in lines}
        self.keep = ChoiceBox(look, "mergeKeep", tr("The ticket that stays"))
        for line in lines:
            self.keep.addItem(f"{line.id}  {line.subject}", line.id)
        self.others = checked_list("mergeOthers", tr("Tickets that go into it"))
        for line in lines:
            add_checked(self.others, line.id, f"{line.id}  {line.subject}", checked=line.id in chosen)
        self.keep.setCurrentIndex(max(self.keep.findData(chosen[0]) if chosen else 0, 0))
        for title, part in ((tr("This one stays"), self.keep), (tr("These go into it"), self.others)):
            heading = text_label("section")
            heading.setText(title)
            self.body.addWidget(heading)
            self.body.addWidget(part)
        self.keep.currentIndexChanged.connect(lambda _: self._follow())
        self.others.itemChanged.connect(lambda _: self._follow())
        self._follow()

    def keep_id(self) -> str:
        return str(self.keep.currentData())

    def other_ids(self) -> list[str]:
        return [each for each in checked(self.others) if each != self.keep_id()]

    def _follow(self) -> None:
        for at in range(self.others.count()):
            item = self.others.item(at)
            item.setHidden(item.data(Qt.ItemDataRole.UserRole) == self.keep_id())
        others = self.other_ids()
        self.act.setEnabled(bool(others))
        if not others:
            self.explain(tr("Tick what is about the same matter."))
            return
        self.explain(
            plural(
                "Notes and history of {ticket} will stand in {kept}, which keeps its subject, status and fields."
                " Its number finds the kept one. You can take it back at any time.",
                "Notes and history of {n} tickets will stand in {kept}, which keeps its subject, status and fields."
                " Its number finds the kept one. You can take it back at any time.",
                len(others),
                ticket=others[0],
                kept=self.keep_id(),
            )
        )


class SplitDialog(Ask):
    def __init__(self, look: Look, host: QWidget, ticket_id: str, notes: Sequence[NoteCard]) -> None:
        super().__init__(
            look,
            host,
            "split",
            tr("Split notes off {ticket}", ticket=ticket_id),
            tr("The notes that you tick move into a new ticket of the same customer and order."),
            tr("Split off"),
        )
        self.setMinimumWidth(520)
        self.notes = checked_list("splitNotes", tr("Notes to move"))
        for note in notes:
            add_checked(self.notes, note.id, " ".join(ticket_words.note(note).split()), checked=False)
        self.subject = field("splitSubject", tr("Subject"), hint=tr("What the new ticket is about"))
        self.body.addWidget(self.notes)
        self.body.addWidget(self.subject)
        self.notes.itemChanged.connect(lambda _: self._follow())
        self.subject.textChanged.connect(lambda _: self._follow())
        self._follow()

    def note_ids(self) -> list[str]:
        return checked(self.notes)

    def _follow(self) -> None:
        self.act.setEnabled(bool(self.note_ids()) and bool(self.subject.text().strip()))


def checked_list(name: str, accessible: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setProperty("boxed", True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def add_checked(to: QListWidget, key: str, text: str, *, checked: bool) -> None:
    item = QListWidgetItem(text)
    item.setData(Qt.ItemDataRole.UserRole, key)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
    to.addItem(item)
    to.setFixedHeight(min(max(to.sizeHintForRow(0) * to.count(), 60), 220) + 12)


def checked(of: QListWidget) -> list[str]:
    items = [of.item(at) for at in range(of.count())]
    return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]
