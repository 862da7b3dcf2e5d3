"""Customers: all of them in a table, and what is known of one beside it.

Merging and linking are done at once and can be taken back. What can't be, deleting a person's data or a fact, waits
five seconds first; it is done at once when the page closes. What reads is imported with the first reading: by then the
desk's rooms are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from cxdesk.domain import Fact, now
from cxdesk.ui import customer_words, words
from cxdesk.ui.customer_detail import PersonDetail
from cxdesk.ui.customer_dialogs import DeleteDialog, LinkDialog, MergePeopleDialog
from cxdesk.ui.customer_later import Later
from cxdesk.ui.customer_views import LIMIT, CustomerLine, CustomerTable, LinkLine, PersonView
from cxdesk.ui.language import capital, mark, number, tr
from cxdesk.ui.page import Command, Done
from cxdesk.ui.table import Column, FilterRow, TablePane, TableRows, TableView
from cxdesk.ui.table_page import TablePage
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_dialogs import Ask
from cxdesk.ui.views import Tone
from cxdesk.ui.widgets import MessagePage
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.desk import Desk

TIERS = ("platinum", "gold", "silver", "standard")
NEVER = 0.0


def _contact(line: CustomerLine) -> str:
    return words.age(line.last_contact_at, now().astimezone()) if line.last_contact_at else ""


def _contact_order(line: CustomerLine) -> float:
    return line.last_contact_at.timestamp() if line.last_contact_at else NEVER


def _health_tone(line: CustomerLine) -> Tone | None:
    return customer_words.health(line.health).tone if line.health is not None else None


COLUMNS: tuple[Column[CustomerLine], ...] = (
    Column("name", mark("Name"), lambda line: line.name, least=18, order=lambda line: line.name.casefold()),
    Column("email", mark("E-mail"), lambda line: line.email, 26, gives_way=4, is_quiet=True),
    Column("tier", mark("Tier"), lambda line: line.tier.text, 11, gives_way=2, order=lambda line: line.spent),
    Column(
        "health",
        mark("Health"),
        lambda line: customer_words.health(line.health).text if line.health is not None else "",
        9,
        gives_way=1,
        tone=_health_tone,
        order=lambda line: line.health if line.health is not None else -1.0,
    ),
    Column(
        "risk",
        mark("Risk"),
        lambda line: tr("at risk") if line.at_risk else "",
        10,
        tone=lambda line: "bad" if line.at_risk else None,
        order=lambda line: not line.at_risk,
    ),
    Column(
        "tickets",
        mark("Tickets"),
        lambda line: number(line.open_tickets) if line.open_tickets else "",
        10,
        gives_way=3,
        is_right=True,
        order=lambda line: line.open_tickets,
    ),
    Column("spent", mark("Spent"), lambda line: line.spent_words, 12, 5, is_right=True, order=lambda line: line.spent),
    Column("contact", mark("Contact"), _contact, 11, 6, is_quiet=True, is_right=True, order=_contact_order),
)


class CustomersPage(TablePage):
    name, item = "customers", "customer"

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self._order = ""
        self._leaving: set[str] = set()
        self._forgetting: set[str] = set()
        self._waiting: list[Later] = []
        self._is_closing = False
        self.rows: TableRows[CustomerLine] = TableRows(lambda line: line.id, COLUMNS, self)
        self.table = TableView(look, self.rows, "customerTable", tr("Customers"))
        self.filters = self._filter_row()
        self.pane = TablePane(look, mark("Customers"), self.table, self.filters, "customers")
        self.detail = PersonDetail(look)
        self.nobody = MessagePage(look, "nobody", "person")
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ the window's side

    def reveal_part(self, item_id: str, part: str) -> None:
        """Show this customer with this order in sight."""
        self._order = part
        self.reveal(item_id)

    def commands(self) -> Sequence[Command]:
        return (
            Command(mark("Search customers"), self.filters.go),
            Command(mark("Show all customers"), self.filters.clear),
            Command(mark("Link a conversation to the customer"), self._begin_link, "L", "customers"),
            Command(mark("Merge two customers"), self._begin_merge, "M", "customers"),
            Command(mark("Export the customer's data"), self._begin_export, "X"),
            Command(mark("Delete the customer's data"), self._begin_delete, "Del", "erase"),
        )

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        yield "customers", self
        yield "customer", self.detail
        for name, begin in (("customer-merge", self._begin_merge), ("customer-delete", self._begin_delete)):
            begin()
            if self._dialog is not None:
                yield name, self._dialog
                self._dialog.reject()

    def close_down(self) -> None:
        """What was to wait is done at once."""
        self._is_closing = True
        for later in list(self._waiting):
            later.hurry()
        self._waiting.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_down()
        self._is_closing = False
        super().closeEvent(event)

    # ------------------------------------------------------------ reading

    def _read_table(self) -> None:
        from cxdesk.ui.customer_reading import read_customers

        text, tier, at_risk = self.filters.words(), self.filters.chosen("tierFilter"), self.filters.chosen("riskFilter")
        self.run(lambda desk: read_customers(desk, text, tier, at_risk), self._show_table, key="table")

    def _show_table(self, found: CustomerTable) -> None:
        lines = [line for line in found.lines if line.id not in self._leaving]
        with self.table.keeping_place():
            self.rows.show(lines)
        self._say_count(found, len(lines))
        if self._wanted is not None and self.rows.row_of(self._wanted) is None and self.filters.is_narrowed():
            self.filters.clear()
            return
        wanted = self.rows.row_of(self._wanted or (self._chosen if self.table.chosen_key() is None else None))
        if wanted is not None:
            self.table.bring_up(wanted)
        elif self._chosen is None:
            self.table.choose_row(0)
        self._wanted = None

    def _say_count(self, found: CustomerTable, listed: int) -> None:
        if found.is_cut:
            first, total = number(LIMIT), number(found.total)
            self.pane.say_count(tr("the first {n} of {total}, search to find the others", n=first, total=total))
        elif self.filters.is_narrowed():
            self.pane.say_count(tr("{n} of {total}", n=number(listed), total=number(found.total)))
        else:
            self.pane.say_count(number(listed))
        if listed:
            self.pane.show_table()
        elif self.filters.is_narrowed():
            self.pane.say_nothing(tr("Nobody matches"), tr("Press Esc in the search field to see all customers again."))
        else:
            self.pane.say_nothing(
                tr("No customers yet"), tr("Take over the shop's customers with 'cxdesk import FOLDER'.")
            )
        if not listed:
            self._chosen = None
            self._say_nobody()

    def _read_chosen(self) -> None:
        from cxdesk.ui.customer_reading import read_person

        chosen = self._chosen
        if chosen is not None:
            self.run(lambda desk: read_person(desk, chosen), self._show_person, self._say_unreadable, key="person")

    def _show_person(self, view: PersonView) -> None:
        if view.id == self._chosen:
            shown = _without_facts(view, self._forgetting)
            self.detail.show_person(shown, may_forget=self.rights.may("customers"))
            self._beside.setCurrentWidget(self.detail)
            wanted, self._order = self._order, ""
            if wanted:
                self.detail.bring_up_order(wanted)

    def _say_unreadable(self, error: Exception) -> None:
        self._chosen = None
        self._say_nobody(tr("This customer could not be read"), explain(error))

    def _say_nobody(self, title: str = "", text: str = "") -> None:
        self.detail.view = None
        self.nobody.say(title or tr("Nobody chosen"), text or tr("Choose a customer in the table."))
        self._beside.setCurrentWidget(self.nobody)

    def _choose(self, customer_id: str) -> None:
        if customer_id != self._chosen:
            self._chosen = customer_id
            self._read_chosen()

    def _filter(self) -> None:
        if self.desk is not None:
            self._read_table()

    # ------------------------------------------------------------ link and merge

    def _begin_link(self) -> None:
        from cxdesk.ui.customer_reading import read_guests

        if self.detail.view is not None:
            self.run(read_guests, self._open_link, key="guests")

    def _open_link(self, guests: list[LinkLine]) -> None:
        view = self.detail.view
        if view is not None:
            dialog = LinkDialog(self.look, self, view.name, guests)
            self._open(dialog, lambda: self._link(dialog, view))

    def _link(self, dialog: LinkDialog, view: PersonView) -> None:
        conversation = dialog.chosen()
        if conversation is not None:
            self._do(
                dialog,
                lambda desk: desk.customers.link(conversation, view.id),
                tr("The conversation was linked to {name}.", name=view.name),
            )

    def _begin_merge(self) -> None:
        view = self.detail.view
        if view is None:
            return
        dialog = MergePeopleDialog(self.look, self, view)
        dialog.sought.connect(lambda text: self._seek(dialog, text))
        dialog.pointed.connect(lambda customer_id: self._tell_belongings(dialog, customer_id))
        self._open(dialog, lambda: self._merge(dialog, view))
        self._seek(dialog, view.name.split()[-1] if view.name.split() else "")

    def _seek(self, dialog: MergePeopleDialog, text: str) -> None:
        from cxdesk.ui.customer_reading import read_customers

        self.run(
            lambda desk: read_customers(desk, text, None, None),
            lambda found: dialog.show_people(found.lines) if self._dialog is dialog else None,
            key="others",
        )

    def _tell_belongings(self, dialog: MergePeopleDialog, customer_id: str) -> None:
        from cxdesk.ui.customer_reading import read_belongings

        self.run(
            lambda desk: read_belongings(desk, customer_id),
            lambda said: dialog.show_belongings(customer_id, said) if self._dialog is dialog else None,
            key="belongings",
        )

    def _merge(self, dialog: MergePeopleDialog, keep: PersonView) -> None:
        other = dialog.chosen()
        if other is not None:
            sentence = tr("The two entries of {name} were merged.", name=keep.name)
            self._do(dialog, lambda desk: desk.customers.merge(keep.id, other), sentence)

    def _undo_merge(self) -> None:
        view = self.detail.view
        if view is not None and view.merge is not None:
            merge = view.merge
            self.run(lambda desk: desk.customers.undo_merge(merge), lambda _: self.refresh())

    def _do(self, dialog: Ask, verb: Callable[[Desk], Callable[[], None]], sentence: str) -> None:
        def did(undo: Callable[[], None]) -> None:
            dialog.accept()
            self.done.emit(Done(sentence, undo))
            self.refresh()

        self.run(verb, did, lambda error: dialog.notice.say(explain(error)))

    # ------------------------------------------------------------ export and delete

    def _begin_export(self) -> None:
        view = self.detail.view
        if view is None:
            return
        suggested = f"{view.id}.json"
        title = tr("Export the data of {name}", name=view.name)
        chosen, _ = QFileDialog.getSaveFileName(self, title, suggested, "JSON (*.json)")
        if chosen:
            self.export_to(view, Path(chosen))

    def export_to(self, view: PersonView, file: Path) -> None:
        """Write all that is kept about the customer into a file."""
        from cxdesk.ui.customer_reading import write_export

        self.run(
            lambda desk: write_export(desk, view.id, file),
            lambda _: self.done.emit(
                Done(tr("The data of {name} was written to {file}.", name=view.name, file=file.name))
            ),
        )

    def _begin_delete(self) -> None:
        view = self.detail.view
        if view is not None:
            dialog = DeleteDialog(self.look, self, view)
            self._open(dialog, lambda: self._delete(dialog, view))

    def _delete(self, dialog: DeleteDialog, view: PersonView) -> None:
        dialog.accept()
        self._leaving.add(view.id)
        if self._chosen == view.id:
            self._chosen = None
        self._wait(
            lambda desk: desk.customers.delete(view.id),
            partial(self._leaving.discard, view.id),
            tr("The data of {name} is being deleted.", name=view.name),
        )

    def _forget(self, fact: Fact) -> None:
        self._forgetting.add(fact.id)
        self._wait(
            lambda desk: desk.memory.forget(fact.id),
            partial(self._forgetting.discard, fact.id),
            tr("One fact is forgotten."),
        )

    def _wait(self, act: Callable[[Desk], object], end: Callable[[], None], sentence: str) -> None:
        """Do what has no way back after a while, unless it is taken back; the page shows it as done by then."""
        desk = self.desk
        assert desk is not None

        def finish() -> None:
            self._waiting.remove(later)
            later.deleteLater()
            end()
            self.refresh()

        later = Later(lambda: self._act_now(desk, act, finish), self)
        later.taken_back.connect(finish, Qt.ConnectionType.QueuedConnection)
        self._waiting.append(later)
        self.done.emit(Done(sentence, later.take_back))
        self.refresh()

    def _act_now(self, desk: Desk, act: Callable[[Desk], object], finish: Callable[[], None]) -> None:
        """On the pool; here and now once the page closes, since the pool drops what has not begun by then."""
        if self._is_closing:
            act(desk)
            return

        def failed(error: Exception) -> None:
            finish()
            self.tell(error)

        self.work.run(lambda: act(desk), lambda _: finish(), failed)

    # ------------------------------------------------------------ putting it together

    def _act_on_shown(self, what: str) -> None:
        {
            "link": self._begin_link,
            "merge": self._begin_merge,
            "export": self._begin_export,
            "delete": self._begin_delete,
            "undo": self._undo_merge,
        }[what]()

    def _filter_row(self) -> FilterRow:
        filters = FilterRow(self.look, mark("customers"))
        tiers = [(capital(customer_words.tier(name).text), name) for name in TIERS]
        filters.add_choice("tierFilter", tr("Tier"), [(tr("Any tier"), None), *tiers])
        filters.add_choice(
            "riskFilter", tr("Risk"), [(tr("Any risk"), None), (tr("At risk"), True), (tr("Not at risk"), False)]
        )
        return filters

    def _lay_out(self) -> None:
        self._put_side_by_side("customerSplit", self.pane, self.nobody, self.detail, share=0.38)
        self._say_nobody()

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.detail.setFocus())
        self.detail.wants.connect(self.wants)
        self.detail.asked.connect(self._act_on_shown)
        self.detail.forgotten.connect(self._forget)
        verbs = self.detail.head.verbs
        self.rights.hide("customers", verbs["link"], verbs["merge"], self.detail.head.undo_merge)
        self.rights.hide("erase", verbs["delete"])


def _without_facts(view: PersonView, fact_ids: set[str]) -> PersonView:
    """The customer as shown while facts wait to be forgotten."""
    return replace(view, facts=tuple(fact for fact in view.facts if fact.id not in fact_ids))
