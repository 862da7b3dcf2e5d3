"""One ticket beside the table: its fields to change in place, what belongs to it, notes and history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import TicketStatus
from cxdesk.ui import ticket_words
from cxdesk.ui.language import capital, number, tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import TextBlock, draw_line
from cxdesk.ui.side_panel import OrderDelegate, PanelDelegate, Section, TraceDelegate
from cxdesk.ui.table import ChoiceBox
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_views import NoteCard, TicketView
from cxdesk.ui.views import OrderCard, TraceLine
from cxdesk.ui.widgets import Badge, ElidedLabel, FullList, GrowingText, button, keys, rule, text_label

ADD_NOTE_KEYS = "Ctrl+Return"
PRIORITIES = ("urgent", "high", "normal", "low")


class TicketDetail(QScrollArea):
    """`changed` carries a field's name and its new value, `noted` the words of a note, `edited` subject and text.

    `wants` names a page and what to show there; `asked` names what a person wants done: close, reopen, merge, split,
    undo.
    """

    changed = Signal(str, object)
    noted = Signal(str)
    edited = Signal(str, str)
    wants = Signal(str, str)
    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self._look = look
        self.view: TicketView | None = None
        self.head = TicketHead(look)
        self.fields = TicketFields(look)
        self.links = TicketLinks(look)
        self.notes = NoteSection(look)
        self.history = HistorySection(look)
        self._body = self._lay_out()
        self.setWidget(self._body)
        self._connect()

    def show_ticket(self, view: TicketView) -> None:
        """Show a ticket as it was read; what a person is typing stays."""
        is_other = self.view is None or self.view.ticket.id != view.ticket.id
        self.view = view
        self._body.show()
        self.head.show_ticket(view, afresh=is_other)
        self.fields.show_ticket(view)
        self.links.show_ticket(view)
        self.notes.show_notes(view)
        self.history.show_history(view)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        self.view = None
        self._body.hide()

    def verbs(self) -> tuple[QWidget, ...]:
        """What changes the ticket, beside its fields."""
        head, notes = self.head, self.notes
        on_whole = (head.close_button, head.edit_button, head.merge_button)
        return (*on_whole, notes.field, notes.add_button, notes.split_button, self.history.undo_button)

    def _connect(self) -> None:
        self.fields.changed.connect(self.changed)
        self.notes.noted.connect(self.noted)
        self.notes.split_asked.connect(lambda: self.asked.emit("split"))
        self.head.edited.connect(self.edited)
        self.head.asked.connect(self.asked)
        self.links.wants.connect(self.wants)
        self.history.undo_asked.connect(lambda: self.asked.emit("undo"))

    def _lay_out(self) -> QWidget:
        body = QWidget()
        body.setObjectName("panelBody")
        apart = self._look.space("apart")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, apart, 0, apart)
        column.setSpacing(apart)
        for part in (self.head, self.fields, rule(), self.links, rule(), self.notes, rule(), self.history):
            column.addWidget(part)
        column.addStretch(1)
        return body


class TicketHead(QWidget):
    """Number, subject and description, to be put in other words, and what can be done with the whole ticket."""

    edited = Signal(str, str)
    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._shown = ("", "")
        self.subtitle = text_label("small", "ticketSubtitle", selectable=True, wraps=True)
        self.subject = text_label("large", "ticketSubject", wraps=True, selectable=True)
        self.description = text_label("", "ticketDescription", wraps=True, selectable=True)
        self.status = Badge("ticketStatus")
        self.priority = Badge("ticketPriority")
        self.subject_field = QLineEdit()
        self.subject_field.setObjectName("subjectField")
        self.subject_field.setAccessibleName(tr("Subject"))
        self.description_field = GrowingText(3, 10)
        self.description_field.setObjectName("descriptionField")
        self.description_field.setAccessibleName(tr("Description"))
        self.description_field.setProperty("boxed", True)
        self.close_button = button(
            tr("Close"), "closeTicket", self._ask_close, hint=tr("Close or reopen this ticket (C)")
        )
        self.edit_button = button(
            tr("Edit"), "editTicket", self.edit, hint=tr("Put subject and description in other words")
        )
        self.merge_button = button(
            tr("Merge…"), "mergeTicket", lambda: self.asked.emit("merge"), hint=tr("Make several tickets one (M)")
        )
        self.save_button = button(tr("Save"), "saveTicket", self._save, primary=True, hint=keys(ADD_NOTE_KEYS))
        self.cancel_button = button(tr("Cancel"), "cancelTicket", self.stop_editing)
        self._lay_out(look)
        for field in (self.subject_field, self.description_field):
            context = Qt.ShortcutContext.WidgetShortcut
            QShortcut(QKeySequence(ADD_NOTE_KEYS), field, self._save, context=context)
            QShortcut(QKeySequence("Esc"), field, self.stop_editing, context=context)
        self.stop_editing()

    @property
    def is_edited(self) -> bool:
        return not self.subject_field.isHidden()

    def show_ticket(self, view: TicketView, *, afresh: bool) -> None:
        ticket = view.ticket
        self._shown = (ticket.subject, ticket.description)
        self.subtitle.setText(view.subtitle)
        self.subject.setText(ticket.subject)
        self.description.setText(ticket.description)
        self.status.say(ticket_words.status(ticket.status))
        self.priority.say(ticket_words.priority(ticket.priority))
        is_done = ticket.status.is_over
        self.close_button.setText(tr("Reopen") if is_done else tr("Close"))
        self.close_button.setAccessibleName(self.close_button.text())
        if afresh or not self.is_edited:
            self.stop_editing()

    def edit(self) -> None:
        self.subject_field.setText(self._shown[0])
        self.description_field.setPlainText(self._shown[1])
        self._show_fields(editing=True)
        self.subject_field.setFocus()

    def stop_editing(self) -> None:
        self._show_fields(editing=False)

    def _save(self) -> None:
        self.edited.emit(self.subject_field.text(), self.description_field.toPlainText())

    def _ask_close(self) -> None:
        self.asked.emit("close")

    def _show_fields(self, *, editing: bool) -> None:
        part: QWidget
        for part in (self.subject_field, self.description_field, self.save_button, self.cancel_button):
            part.setVisible(editing)
        for part in (self.subject, self.close_button, self.edit_button, self.merge_button):
            part.setVisible(not editing)
        self.description.setVisible(not editing and bool(self._shown[1]))

    def _lay_out(self, look: Look) -> None:
        near, apart = look.space("near"), look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, 0, apart, 0)
        column.setSpacing(near)
        top = QHBoxLayout()
        top.setSpacing(look.space("tight"))
        top.addWidget(self.subtitle, 1)
        top.addWidget(self.priority)
        top.addWidget(self.status)
        column.addLayout(top)
        part: QWidget
        for part in (self.subject, self.subject_field, self.description, self.description_field):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(near)
        for part in (self.close_button, self.edit_button, self.merge_button, self.save_button, self.cancel_button):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)


class TicketFields(QWidget):
    """Status, priority, category and assignee, each changed by choosing."""

    changed = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.status = self._box("status", tr("Status"))
        self.priority = self._box("priority", tr("Priority"))
        self.category = self._box("category", tr("Category"), is_open=True)
        self.assignee = self._box("assignee", tr("Assignee"), is_open=True)
        for status in TicketStatus:
            self.status.addItem(capital(ticket_words.status(status).text), status)
        for priority in PRIORITIES:
            self.priority.addItem(capital(ticket_words.priority(priority).text), priority)
        self.assignee.field.setPlaceholderText(tr("Nobody yet"))
        self._shown: dict[str, Any] = {}
        self._lay_out(look)

    def offer(self, assignees: Sequence[str], categories: Sequence[str]) -> None:
        """What the open choices suggest."""
        for box, options in ((self.assignee, assignees), (self.category, categories)):
            if [box.itemText(at) for at in range(box.count())] != list(options):
                typed = box.currentText()
                box.clear()
                box.addItems(list(options))
                box.setEditText(typed)

    def show_ticket(self, view: TicketView) -> None:
        ticket = view.ticket
        self.status.setCurrentIndex(self.status.findData(ticket.status))
        self.priority.setCurrentIndex(self.priority.findData(ticket.priority))
        for name, box, value in (
            ("category", self.category, ticket.category),
            ("assignee", self.assignee, ticket.assignee or ""),
        ):
            is_typed_in = box.field.hasFocus() and box.currentText() != self._shown.get(name)
            if not is_typed_in or self._shown.get("id") != ticket.id:
                box.setEditText(value)
            self._shown[name] = value
        self._shown["id"] = ticket.id

    def _box(self, name: str, title: str, *, is_open: bool = False) -> ChoiceBox:
        box = ChoiceBox(self._look, f"{name}Box", title)
        box.setEditable(is_open)
        box.setMinimumContentsLength(6)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if is_open:
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.field.editingFinished.connect(lambda: self._tell(name, box))
        box.activated.connect(lambda _: self._tell(name, box))
        return box

    def _tell(self, name: str, box: QComboBox) -> None:
        value = box.currentText().strip() if box.isEditable() else box.currentData()
        if not box.isEditable() or value != self._shown.get(name):
            self._shown[name] = value
            self.changed.emit(name, value)

    def _lay_out(self, look: Look) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        grid.setHorizontalSpacing(look.space("near"))
        grid.setVerticalSpacing(look.space("tight"))
        for at, box in enumerate((self.status, self.priority, self.assignee, self.category)):
            heading = text_label("small")
            heading.setText(box.accessibleName())
            heading.setBuddy(box)
            row, column = divmod(at, 2)
            grid.addWidget(heading, 2 * row, column)
            grid.addWidget(box, 2 * row + 1, column)
            grid.setColumnStretch(column, 1)


class TicketLinks(QWidget):
    """Who it is about, the order, the conversation, and tickets that went into it."""

    wants = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._view: TicketView | None = None
        self.customer = button("", "ticketCustomer", self._go_to_customer, quiet=True, hint=tr("Show this customer"))
        self.email = ElidedLabel("small", "ticketCustomerEmail")
        self.email.setContentsMargins(look.space("far") + look.space("apart"), 0, look.space("apart"), 0)
        self.conversation = button(
            "", "ticketConversation", self._go_to_conversation, quiet=True, hint=tr("Open it in the inbox")
        )
        self.section = Section(look, tr("BELONGS TO"), "links")
        self.section.say("")
        self.model = ValueList[OrderCard](
            lambda order: order.id, lambda order: tr("Order {order}", order=order.id), self
        )
        self.order = FullList("ticketOrder", tr("Order of this ticket"))
        self.order.setModel(self.model)
        self.order.setItemDelegate(OrderDelegate(look, self.order))
        self.order.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.order.follow_model()
        self.merged = text_label("small", "ticketMerged", wraps=True, selectable=True)
        self.merged.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        self._look = look
        for part in (self.customer, self.conversation):
            row = QHBoxLayout()
            row.setContentsMargins(look.space("tight") + 1, 0, look.space("apart"), 0)
            row.addWidget(part)
            row.addStretch(1)
            self.section.column.addLayout(row)
            if part is self.customer:
                self.section.column.addWidget(self.email)
        self.section.column.addWidget(self.order)
        self.section.column.addWidget(self.merged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        look.changed.connect(self._show_icons)
        self._show_icons()

    def show_ticket(self, view: TicketView) -> None:
        self._view = view
        self._say(self.customer, view.customer_name)
        self.email.say(view.customer_email)
        self.email.setVisible(bool(view.customer_email))
        self._say(self.conversation, view.conversation)
        self.model.show(view.orders)
        self.order.setVisible(bool(view.orders))
        self.merged.setText("\n".join([tr("Merged into this ticket:"), *view.merged]))
        self.merged.setVisible(bool(view.merged))
        is_alone = not (view.customer_name or view.conversation or view.orders or view.merged)
        self.section.say(tr("No customer, order or conversation.") if is_alone else "")

    def _say(self, link: Any, text: str) -> None:
        link.setText(text)
        link.setAccessibleName(text or link.toolTip())
        link.setVisible(bool(text))

    def _go_to_customer(self) -> None:
        if self._view and self._view.ticket.customer_id:
            self.wants.emit("customers", self._view.ticket.customer_id)

    def _go_to_conversation(self) -> None:
        if self._view and self._view.ticket.conversation_id:
            self.wants.emit("inbox", self._view.ticket.conversation_id)

    def _show_icons(self) -> None:
        self.customer.setIcon(self._look.button_icon("person", "accent"))
        self.conversation.setIcon(self._look.button_icon("inbox", "accent"))


class NoteSection(Section):
    """Notes, oldest first, and a field for the next one, which only people at the desk see."""

    noted = Signal(str)
    split_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("NOTES"), "notes")
        self._ticket = ""
        self._unsaved: dict[str, str] = {}
        self.model = ValueList[NoteCard](lambda note: note.id, ticket_words.note, self)
        self.list = FullList("noteList", tr("Notes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self.field = GrowingText(2, 8)
        self.field.setObjectName("noteField")
        self.field.setAccessibleName(tr("New note"))
        self.field.setPlaceholderText(tr("Add a note; customers never see it ({keys})", keys=keys(ADD_NOTE_KEYS)))
        self.field.setProperty("boxed", True)
        self.add_button = button(tr("Add note"), "addNote", self._add, primary=True)
        self.split_button = button(
            tr("Split off…"), "splitNotes", self.split_asked.emit, hint=tr("Move notes into a ticket of their own")
        )
        self.column.addWidget(self.list)
        inner = QVBoxLayout()
        inner.setContentsMargins(look.space("apart"), look.space("tight"), look.space("apart"), 0)
        inner.setSpacing(look.space("near"))
        inner.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(self.split_button)
        row.addStretch(1)
        row.addWidget(self.add_button)
        inner.addLayout(row)
        self.column.addLayout(inner)
        self.field.textChanged.connect(self._follow_text)
        QShortcut(QKeySequence(ADD_NOTE_KEYS), self.field, self._add, context=Qt.ShortcutContext.WidgetShortcut)
        self._follow_text()

    def show_notes(self, view: TicketView) -> None:
        """Each ticket keeps the words that were begun on it."""
        if view.ticket.id != self._ticket:
            self._unsaved[self._ticket] = self.field.toPlainText()
            self._ticket = view.ticket.id
            self.field.setPlainText(self._unsaved.pop(view.ticket.id, ""))
        self.model.show(view.notes)
        self.list.setVisible(bool(view.notes))
        count = number(len(view.notes))
        self.heading.setText(tr("NOTES  ·  {n}", n=count) if view.notes else tr("NOTES"))
        self.say("" if view.notes else tr("None yet."))
        self.split_button.setVisible(bool(view.notes))

    def clear_field(self) -> None:
        self.field.clear()

    def _add(self) -> None:
        if self.field.toPlainText().strip():
            self.noted.emit(self.field.toPlainText())

    def _follow_text(self) -> None:
        self.add_button.setEnabled(bool(self.field.toPlainText().strip()))


class NoteDelegate(PanelDelegate):
    """Who wrote it and when, then the note as it was written."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        note: NoteCard = index.data(Roles.value)
        return QSize(60, self.line_height(small=True) + int(self._block(note).height) + 3 * self.look.space("tight"))

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        note: NoteCard = value
        look, small = self.look, self.look.font("small")
        line = QRect(rect.left(), rect.top(), rect.width(), self.line_height(small=True))
        who = f"{note.author}  ·  {note.from_ticket}" if note.from_ticket else note.author
        taken = draw_line(painter, line, note.when, small, look.color("muted"), right=True)
        draw_line(painter, line.adjusted(0, 0, -taken - 8, 0), who, look.font("small", strong=True), look.color("text"))
        self._block(note).draw(painter, QPointF(rect.left(), line.bottom() + 2), look.color("text"))

    def _block(self, note: NoteCard) -> TextBlock:
        return TextBlock(note.text, self.look.font(), self.width())


class HistorySection(Section):
    """What was done by whom and when, the newest first; the last thing can be taken back."""

    undo_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("HISTORY"), "history")
        self.model: ValueList[tuple[int, TraceLine]] = ValueList(
            lambda row: row[0], lambda row: f"{row[1].text} {row[1].took}".strip(), self
        )
        self.list = FullList("historyList", tr("What was done with this ticket"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(TraceDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self.undo_button = button(tr("Take the last step back"), "undoLast", self.undo_asked.emit, quiet=True)
        self._look = look
        self.column.addWidget(self.list)
        row = QHBoxLayout()
        row.setContentsMargins(look.space("tight") + 1, 0, 0, 0)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        self.column.addLayout(row)
        look.changed.connect(self._show_icon)
        self._show_icon()

    def show_history(self, view: TicketView) -> None:
        lines = view.history
        self.model.show([(len(lines) - at, line) for at, line in enumerate(lines)])
        self.list.setVisible(bool(lines))
        self.say("" if lines else tr("Nothing was done with it at the desk yet."))
        self.undo_button.setVisible(view.undo is not None)
        self.undo_button.setToolTip(tr("{change}: take that back", change=view.undo_what) if view.undo else "")

    def _show_icon(self) -> None:
        self.undo_button.setIcon(self._look.button_icon("again", "accent"))
