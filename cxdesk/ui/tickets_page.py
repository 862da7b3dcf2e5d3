"""Tickets: all of them in a table, one of them beside it, worked on by keys.

The table is read by pages as they come into sight, so that its length costs nothing. Each verb is done on the pool,
said by `done` with a way back, and followed by reading anew. What reads is imported with the first reading: by then the
desk's rooms are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from cxdesk.domain import Ticket, TicketFilter, TicketLine, TicketSort, TicketStatus, now
from cxdesk.ui import ticket_words, words
from cxdesk.ui.language import capital, mark, number, plural, tr
from cxdesk.ui.page import Command, Done
from cxdesk.ui.settle import settle
from cxdesk.ui.table import Column, FilterRow, TablePane, TableRows, TableView
from cxdesk.ui.table_page import TablePage
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_detail import PRIORITIES, TicketDetail
from cxdesk.ui.ticket_dialogs import Ask, AssignDialog, MergeDialog, NewTicketDialog, SplitDialog
from cxdesk.ui.ticket_views import TicketQuery, TicketTable, TicketView
from cxdesk.ui.widgets import MessagePage, button, keys
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.desk import Desk

ANYBODY, NOBODY = None, ""

Verb = Callable[["Desk"], str | None]


def _age(line: TicketLine) -> str:
    return words.age(line.touched_at, now().astimezone()) if line.touched_at else ""


COLUMNS: tuple[Column[TicketLine], ...] = (
    Column("id", mark("Ticket"), lambda line: line.id, 11, is_quiet=True),
    Column("subject", mark("Subject"), lambda line: line.subject),
    Column("customer", mark("Customer"), lambda line: line.customer or "", 17, gives_way=2),
    Column(
        "status",
        mark("Status"),
        lambda line: ticket_words.status(line.status).text,
        15,
        tone=lambda line: ticket_words.status(line.status).tone,
    ),
    Column(
        "priority",
        mark("Priority"),
        lambda line: ticket_words.priority(line.priority).text,
        11,
        gives_way=1,
        tone=lambda line: ticket_words.priority_tone(line.priority),
    ),
    Column("assignee", mark("Assignee"), lambda line: line.assignee or "", 12, gives_way=3),
    Column("category", mark("Category"), lambda line: line.category, 11, gives_way=4, is_quiet=True),
    Column("age", mark("Changed"), _age, 10, gives_way=5, is_quiet=True, is_right=True),
)


class TicketsPage(TablePage):
    name, item = "tickets", "ticket"

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self._query = TicketQuery()
        self._generation = 0
        self._assignees: tuple[str, ...] = ()
        self._categories: tuple[str, ...] = ()
        self.rows: TableRows[TicketLine] = TableRows(lambda line: line.id, COLUMNS, self)
        self.table = TableView(look, self.rows, "ticketTable", tr("Tickets"), many=True)
        self.filters = self._filter_row()
        self.pane = TablePane(look, mark("Tickets"), self.table, self.filters, "tickets")
        self.detail = TicketDetail(look)
        self.no_ticket = MessagePage(look, "noTicket", "tickets")
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ the window's side

    def new_from(self, item_id: str) -> None:
        """Ask for a new ticket, drafted from this conversation."""
        self._begin_new(item_id)

    def commands(self) -> Sequence[Command]:
        return (
            Command(mark("New ticket"), self._begin_new, "Ctrl+N", "tickets"),
            Command(mark("Add a note"), self._go_to_note, "N", "tickets"),
            Command(mark("Assign tickets"), self._begin_assign, "A", "tickets"),
            Command(mark("Set the priority of tickets"), self._choose_priority, "P", "tickets"),
            Command(mark("Close or reopen tickets"), self._close_or_reopen, "C", "tickets"),
            Command(mark("Merge tickets"), self._begin_merge, "M", "tickets"),
            Command(mark("Search tickets"), self.filters.go),
            Command(mark("Show all tickets"), self.filters.clear),
            Command(mark("Edit the ticket"), self.detail.head.edit, "E", "tickets"),
        )

    def return_to(self, place: Mapping[str, object]) -> None:
        super().return_to(place)
        self._filter()

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        yield self.name, self
        for name, begin in (("ticket-new", self._begin_new), ("ticket-merge", self._begin_merge)):
            begin()
            yield from self._sight_of_dialog(name)

    # ------------------------------------------------------------ reading

    def _read_table(self) -> None:
        from cxdesk.ui.ticket_reading import read_table

        query, rows, chosen = self._query, self.table.rows_in_sight(), self._wanted or self._chosen
        self.run(lambda desk: read_table(desk, query, rows, chosen), partial(self._show_table, query), key="table")

    def _show_table(self, query: TicketQuery, found: TicketTable) -> None:
        if query != self._query:
            return
        self._generation += 1
        self._offer(found)
        with self.table.keeping_place():
            self.rows.show_pages(found.total, found.pages)
        self._say_count(found)
        if self._wanted is not None and found.place is None:
            self._show_wanted_without_filters()
            return
        if found.place is not None and (self._wanted or not self.table.chosen_values()):
            self.table.bring_up(found.place)
        elif self._chosen is None:
            self.table.choose_row(0)
        self._wanted = None

    def _show_wanted_without_filters(self) -> None:
        if self.filters.is_narrowed() or self._query.wanted.open_only:
            self.filters.clear()
        else:  # merged into another, or gone: the detail says which
            self._wanted = None

    def _offer(self, found: TicketTable) -> None:
        self._assignees, self._categories = found.assignees, found.categories
        people = [(tr("Anybody"), ANYBODY), (tr("Nobody yet"), NOBODY), *((name, name) for name in found.assignees)]
        self.filters.set_options("assigneeFilter", people)
        kinds = [(tr("Any category"), None), *((name.capitalize(), name) for name in found.categories)]
        self.filters.set_options("categoryFilter", kinds)
        self.detail.fields.offer(found.assignees, found.categories)

    def _say_count(self, found: TicketTable) -> None:
        self.pane.say_count(_count(found))
        if found.total:
            self.pane.show_table()
        elif self.filters.is_narrowed():
            self.pane.say_nothing(tr("Nothing matches"), tr("Press Esc in the search field to see all tickets again."))
        else:
            self.pane.say_nothing(
                tr("No tickets yet"),
                tr("Open one with Ctrl+N, or take over those you have with 'cxdesk import FILE --kind tickets'."),
            )
        if not found.total:
            self._say_no_ticket()

    def _want_page(self, first: int) -> None:
        if self.desk is None:
            return
        from cxdesk.ui.ticket_reading import read_page

        query, generation = self._query, self._generation

        def show(page: list[TicketLine]) -> None:
            if generation == self._generation:
                self.rows.add_page(first, page)
                self._choose_again()

        self.run(lambda desk: read_page(desk, query, first), show)

    def _choose_again(self) -> None:
        """The chosen ticket's row may only just have been read."""
        if self._chosen and self.table.chosen_key() is None:
            self.table.choose(self._chosen)

    def _read_chosen(self) -> None:
        from cxdesk.ui.ticket_reading import read_ticket

        chosen = self._chosen
        if chosen is not None:
            self.run(lambda desk: read_ticket(desk, chosen), self._show_ticket, self._say_unreadable, key="ticket")

    def _show_ticket(self, view: TicketView) -> None:
        self._chosen = view.ticket.id
        self.detail.show_ticket(view)
        self._beside.setCurrentWidget(self.detail)

    def _say_unreadable(self, error: Exception) -> None:
        self._chosen = None
        self._say_no_ticket(tr("This ticket could not be read"), explain(error))

    def _say_no_ticket(self, title: str = "", text: str = "") -> None:
        self.no_ticket.say(title or tr("No ticket chosen"), text or tr("Choose one in the table."))
        self._beside.setCurrentWidget(self.no_ticket)

    def _choose(self, ticket_id: str) -> None:
        if ticket_id != self._chosen:
            self._chosen = ticket_id
            self._read_chosen()

    def _filter(self) -> None:
        chosen = self.filters.chosen
        status = chosen("statusFilter")
        self._ask_for(
            TicketFilter(
                words=self.filters.words(),
                status=status if status != "any_open" else None,
                open_only=status == "any_open",
                priority=chosen("priorityFilter"),
                assignee=chosen("assigneeFilter"),
                category=chosen("categoryFilter"),
            )
        )

    def _ask_for(self, wanted: TicketFilter) -> None:
        self._query = TicketQuery(wanted, self._query.sort, self._query.backwards)
        self.table.scrollToTop()
        if self.desk is not None:
            self._read_table()

    def _sort(self, name: str, backwards: bool) -> None:
        self._query = TicketQuery(self._query.wanted, cast(TicketSort, name), backwards)
        if self.desk is not None:
            self._read_table()

    # ------------------------------------------------------------ doing

    def chosen_ids(self) -> list[str]:
        """The tickets that a command is about: those chosen in the table, else the one that is shown."""
        return [line.id for line in self.table.chosen_values()] or ([self._chosen] if self._chosen else [])

    def _do(self, verb: Verb, sentence: str, on_done: Callable[[], None] = lambda: None) -> None:
        """Do something, say it with a way back, and read anew."""

        def did(change: str | None) -> None:
            if change is not None:
                self.done.emit(Done(sentence, self._undo_of(change)))
            on_done()
            self.refresh()

        self.run(verb, did, self._fail)

    def _undo_of(self, change: str) -> Callable[[], object]:
        desk, by = self.desk, self.by
        assert desk is not None
        return lambda: desk.tickets.undo(change, by=by)

    def _fail(self, error: Exception) -> None:
        """In the dialog where there is one; what was shown as changed is read again."""
        if self._dialog is not None:
            self._dialog.notice.say(explain(error))
            return
        self.tell(error)
        self.refresh()

    def _change_field(self, name: str, value: object) -> None:
        if self.detail.view is not None:
            self._set(name, [self.detail.view.ticket.id], value)

    def _set(self, name: str, ids: list[str], value: object) -> None:
        by, said = self.by, _was_set(name, ids, str(value))
        match name:
            case "status":
                self._do(lambda desk: desk.tickets.set_status(ids, TicketStatus(str(value)), by=by), said)
            case "priority":
                self._do(lambda desk: desk.tickets.set_priority(ids, str(value), by=by), said)
            case "category":
                self._do(lambda desk: desk.tickets.set_category(ids, str(value), by=by), said)
            case "assignee":
                self._do(lambda desk: desk.tickets.assign(ids, str(value), by=by), said)

    def _add_note(self, text: str) -> None:
        view = self.detail.view
        if view is not None:
            by, ticket_id = self.by, view.ticket.id
            self._do(
                lambda desk: desk.tickets.add_note(ticket_id, text, by=by),
                tr("The note was added to {ticket}.", ticket=ticket_id),
                self.detail.notes.clear_field,
            )

    def _edit(self, subject: str, description: str) -> None:
        view = self.detail.view
        if view is not None:
            by, ticket_id = self.by, view.ticket.id
            self._do(
                lambda desk: desk.tickets.edit(ticket_id, subject=subject, description=description, by=by),
                tr("Ticket {ticket} was put in other words.", ticket=ticket_id),
                self.detail.head.stop_editing,
            )

    def _close_or_reopen(self) -> None:
        """Close what is open; where nothing is, reopen."""
        lines = self.table.chosen_values()
        view = self.detail.view
        if not lines and view is not None:
            self._set_done([view.ticket.id], is_done=view.ticket.status.is_over)
        elif lines:
            self._set_done([line.id for line in lines], is_done=all(line.status.is_over for line in lines))

    def _set_done(self, ids: list[str], *, is_done: bool) -> None:
        by, first = self.by, ids[0]
        if is_done:
            said = plural("Ticket {ticket} was opened again.", "{n} tickets were opened again.", len(ids), ticket=first)
            self._do(lambda desk: desk.tickets.reopen(ids, by=by), said)
        else:
            said = plural("Ticket {ticket} was closed.", "{n} tickets were closed.", len(ids), ticket=first)
            self._do(lambda desk: desk.tickets.close(ids, by=by), said)

    def _take_last_back(self) -> None:
        view = self.detail.view
        if view is not None and view.undo is not None:
            by, change = self.by, view.undo

            def undo(desk: Desk) -> None:
                desk.tickets.undo(change, by=by)

            self._do(undo, "")

    def _act_on_shown(self, what: str) -> None:
        view = self.detail.view
        if view is None:
            return
        match what:
            case "close":
                self._set_done([view.ticket.id], is_done=view.ticket.status.is_over)
            case "merge":
                self._open_merge([view.ticket.id])
            case "split":
                self._begin_split(view)
            case "undo":
                self._take_last_back()

    # ------------------------------------------------------------ asking

    def _go_to_note(self) -> None:
        if self.detail.view is not None:
            self.detail.notes.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.detail.ensureWidgetVisible(self.detail.notes.add_button)

    def _choose_priority(self) -> None:
        ids = self.chosen_ids()
        if ids:
            menu = self._priority_menu(ids)
            row = self.table.visualRect(self.table.currentIndex())
            menu.popup(self.table.viewport().mapToGlobal(row.bottomLeft() + QPoint(self.look.space("far"), 0)))

    def _priority_menu(self, ids: list[str]) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("priorityMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for priority in PRIORITIES:
            menu.addAction(
                "&" + capital(ticket_words.priority(priority).text), partial(self._set, "priority", ids, priority)
            )
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _begin_assign(self) -> None:
        ids = self.chosen_ids()
        if not ids:
            return
        view = self.detail.view
        now_with = view.ticket.assignee or "" if view else ""
        dialog = AssignDialog(self.look, self, ids, self._assignees, now_with)
        self._open(dialog, lambda: self._assign(dialog, ids))

    def _assign(self, dialog: AssignDialog, ids: list[str]) -> None:
        dialog.accept()
        self._set("assignee", ids, " ".join(dialog.assignee.currentText().split()))

    def _begin_merge(self) -> None:
        self._open_merge(self.chosen_ids())

    def _open_merge(self, ids: list[str]) -> None:
        """Of several, these; of one alone, the customer's others to choose from."""
        view, lines = self.detail.view, self.table.chosen_values()
        if len(ids) < 2 and view is not None:
            own = TicketLine.model_validate(view.ticket.model_dump(include=set(TicketLine.model_fields)))
            lines = [own, *view.mergeable]
        if len(lines) < 2:
            self.notice.say(
                tr(
                    "There is nothing to merge with. Choose several tickets with Ctrl+click or Shift+arrows, then"
                    " press M."
                )
            )
            return
        dialog = MergeDialog(self.look, self, lines, ids)
        self._open(dialog, lambda: self._merge(dialog))

    def _merge(self, dialog: MergeDialog) -> None:
        keep, others, by = dialog.keep_id(), dialog.other_ids(), self.by
        said = plural(
            "Ticket {ticket} was merged into {kept}.",
            "{n} tickets were merged into {kept}.",
            len(others),
            ticket=others[0],
            kept=keep,
        )
        self._wanted = None
        self._do(lambda desk: desk.tickets.merge(keep, others, by=by), said, lambda: self._finish(dialog, keep))

    def _begin_split(self, view: TicketView) -> None:
        dialog = SplitDialog(self.look, self, view.ticket.id, view.notes)
        self._open(dialog, lambda: self._split(dialog, view.ticket.id))

    def _split(self, dialog: SplitDialog, ticket_id: str) -> None:
        notes, subject, by = dialog.note_ids(), dialog.subject.text(), self.by
        self._make(
            dialog,
            lambda desk: desk.tickets.split(ticket_id, notes, subject, by=by),
            mark("Ticket {ticket} was split off."),
        )

    def _begin_new(self, conversation_id: str | None = None) -> None:
        from cxdesk.ui.ticket_reading import read_draft

        if self.desk is not None:
            self.run(lambda desk: read_draft(desk, conversation_id), lambda found: self._open_new(*found), key="draft")

    def _open_new(self, draft: Ticket, email: str) -> None:
        dialog = NewTicketDialog(self.look, self, draft, email, self._assignees, self._categories)
        self._open(dialog, lambda: self._create(dialog))

    def _create(self, dialog: NewTicketDialog) -> None:
        customer, by = dialog.customer.text().strip(), self.by
        given = {
            "description": dialog.description.toPlainText(),
            "priority": dialog.priority.currentData(),
            "category": dialog.category.currentText(),
            "order_id": dialog.order.text(),
            "assignee": dialog.assignee.currentText(),
            "conversation_id": dialog.conversation_id,
        }
        subject = dialog.subject.text()

        def create(desk: Desk) -> Ticket:
            found = desk.find_customer(customer) if customer else None
            return desk.tickets.create(subject, customer_id=found.id if found else customer or None, by=by, **given)

        self._make(dialog, create, mark("Ticket {ticket} was opened."))

    def _make(self, dialog: Ask, make: Callable[[Desk], Ticket], said: str) -> None:
        """Make a ticket, show it, and say so, as `said` is marked, with a way back."""
        made: list[Ticket] = []

        def work(desk: Desk) -> str | None:
            made.append(make(desk))
            return desk.tickets.undo_of(made[0].id)

        def did(change: str | None) -> None:
            sentence = tr(said, ticket=made[0].id)
            self.done.emit(Done(sentence, self._undo_of(change) if change else None))
            self._finish(dialog, made[0].id)
            self.refresh()

        self.run(work, did, self._fail)

    def _finish(self, dialog: Ask, ticket_id: str) -> None:
        self._wanted = self._chosen = ticket_id
        dialog.accept()

    def _sight_of_dialog(self, name: str) -> Iterator[tuple[str, QWidget]]:
        """A draft is read before its dialog opens."""
        if self._dialog is None:
            settle(self.work)
        if self._dialog is not None:
            yield name, self._dialog
            self._dialog.reject()

    # ------------------------------------------------------------ putting it together

    def _filter_row(self) -> FilterRow:
        filters = FilterRow(self.look, mark("tickets"))
        statuses = [(capital(ticket_words.status(status).text), status.value) for status in TicketStatus]
        filters.add_choice(
            "statusFilter", tr("Status"), [(tr("Any status"), None), (tr("All open"), "any_open"), *statuses]
        )
        priorities = [(capital(ticket_words.priority(name).text), name) for name in PRIORITIES]
        filters.add_choice("priorityFilter", tr("Priority"), [(tr("Any priority"), None), *priorities])
        filters.add_choice("assigneeFilter", tr("Assignee"), [(tr("Anybody"), ANYBODY), (tr("Nobody yet"), NOBODY)])
        filters.add_choice("categoryFilter", tr("Category"), [(tr("Any category"), None)])
        return filters

    def _lay_out(self) -> None:
        new = button(tr("New ticket"), "newTicketButton", self._begin_new, hint=keys("Ctrl+N"), primary=True)
        self.pane.add_action(new)
        self.rights.hide("tickets", new, *self.detail.verbs())
        self.rights.lock("tickets", self.detail.fields)
        self._put_side_by_side("ticketSplit", self.pane, self.no_ticket, self.detail, share=0.36)
        self._say_no_ticket()

    def _connect(self) -> None:
        self.rows.wanted.connect(self._want_page)
        self.rows.sorted_by.connect(self._sort)
        self.filters.changed.connect(self._filter)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self._go_to_note())
        self.detail.changed.connect(self._change_field)
        self.detail.noted.connect(self._add_note)
        self.detail.edited.connect(self._edit)
        self.detail.asked.connect(self._act_on_shown)
        self.detail.wants.connect(self.wants)
        QShortcut(
            QKeySequence("Esc"),
            self.detail.notes.field,
            self.table.setFocus,
            context=Qt.ShortcutContext.WidgetShortcut,
        )


def _count(found: TicketTable) -> str:
    if found.still_open == found.total:
        return plural("{n} ticket", "{n} tickets", found.total)
    still_open = number(found.still_open)
    return plural("{n} ticket, {open} open", "{n} tickets, {open} open", found.total, open=still_open)


def _was_set(name: str, ids: list[str], value: str) -> str:
    """What was done with a field of these tickets."""
    of, first = len(ids), ids[0]
    match name:
        case "status" | "priority":
            to = ticket_words.status(TicketStatus(value)) if name == "status" else ticket_words.priority(value)
            return plural(
                "Ticket {ticket} was set to {value}.",
                "{n} tickets were set to {value}.",
                of,
                ticket=first,
                value=to.text,
            )
        case "category":
            return plural(
                "Ticket {ticket} was put under {value}.",
                "{n} tickets were put under {value}.",
                of,
                ticket=first,
                value=value,
            )
        case _ if value:
            return plural(
                "Ticket {ticket} was given to {value}.",
                "{n} tickets were given to {value}.",
                of,
                ticket=first,
                value=value,
            )
        case _:
            return plural("Ticket {ticket} was given to nobody.", "{n} tickets were given to nobody.", of, ticket=first)
