"""What is asked about customers: whom to merge, which conversation to link, and whether to delete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cxdesk.ui.customer_views import CustomerLine, LinkLine, PersonView
from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_dialogs import Ask, field

LIST_HEIGHT = 190


class ChooseDialog(Ask):
    """One of a list, narrowed as one types. `sought` carries what was typed, `pointed` the id of what is chosen."""

    sought = Signal(str)
    pointed = Signal(str)

    def __init__(self, look: Look, host: QWidget, name: str, title: str, text: str, action: str, hint: str) -> None:
        super().__init__(look, host, name, title, text, action)
        self.setMinimumWidth(520)
        self.search = field(f"{name}Search", hint, hint=hint)
        self.list = QListWidget()
        self.list.setObjectName(f"{name}List")
        self.list.setAccessibleName(title)
        self.list.setProperty("boxed", True)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.search.textChanged.connect(self.sought)
        self.list.currentItemChanged.connect(lambda *_: self._point())
        self.act.setEnabled(False)
        self.search.setFocus()

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Each with its id and what it says; what was chosen stays chosen if it is still there."""
        chosen = self.chosen()
        self.list.clear()
        for key, text in choices:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
            if key == chosen:
                self.list.setCurrentItem(item)

    def chosen(self) -> str | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _point(self) -> None:
        chosen = self.chosen()
        self.act.setEnabled(chosen is not None)
        if chosen is not None:
            self.pointed.emit(chosen)


class MergePeopleDialog(ChooseDialog):
    """Shows what goes where before it is done."""

    def __init__(self, look: Look, host: QWidget, keep: PersonView) -> None:
        super().__init__(
            look,
            host,
            "mergePeople",
            tr("Merge somebody into {name}", name=keep.name),
            tr("Choose the other entry of the same person."),
            tr("Merge"),
            tr("Name, e-mail address, phone or order"),
        )
        self._keep = keep

    def show_people(self, lines: Sequence[CustomerLine]) -> None:
        self.show_choices(
            [(line.id, f"{line.name}  ·  {line.email or line.id}") for line in lines if line.id != self._keep.id]
        )

    def show_belongings(self, customer_id: str, belongings: str) -> None:
        """What the chosen one would hand over."""
        item = self.list.currentItem()
        if item is not None and self.chosen() == customer_id:
            self.explain(
                tr(
                    "{other} hands over {belongings} and leaves the list. {name} keeps name, e-mail address and"
                    " address. You can take it back at any time.",
                    other=item.text(),
                    belongings=belongings,
                    name=self._keep.name,
                )
            )


class LinkDialog(ChooseDialog):
    def __init__(self, look: Look, host: QWidget, name: str, guests: Sequence[LinkLine]) -> None:
        super().__init__(
            look,
            host,
            "linkConversation",
            tr("Link a conversation to {name}", name=name),
            tr("It proves nothing: what the writer may be told is decided by the shop's proofs, as before.")
            if guests
            else tr("Nobody unknown has written. Conversations of unknown writers appear here."),
            tr("Link"),
            tr("Search these conversations"),
        )
        self._guests = tuple(guests)
        self.sought.connect(self._narrow)
        self._narrow("")

    def _narrow(self, text: str) -> None:
        sought = text.casefold()
        self.show_choices([(g.id, f"{g.when}  ·  {g.text}") for g in self._guests if sought in g.text.casefold()])


class DeleteDialog(Ask):
    def __init__(self, look: Look, host: QWidget, view: PersonView) -> None:
        super().__init__(
            look,
            host,
            "deletePerson",
            tr("Delete all data of {name}?", name=view.name),
            tr(
                "These go for good: the entry itself, {belongings}, and whatever the desk learned from them."
                " You have 5 seconds to take it back.",
                belongings=view.belongings,
            ),
            tr("Delete"),
        )
        self.act.setProperty("danger", True)
