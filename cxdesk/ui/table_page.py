"""A page with a table, and beside it the one thing that is chosen in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cxdesk.ui.page import Page
from cxdesk.ui.places import UNSAVED, as_json, from_json
from cxdesk.ui.table import FilterRow, SideBySide, TablePane, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_dialogs import Ask
from cxdesk.ui.work import Work


class TablePage(Page):
    """Keeps what is chosen and what is asked about it. `item` is what one of them is called in the page's place."""

    item: ClassVar[str]
    table: TableView
    filters: FilterRow

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self._chosen: str | None = None
        self._wanted: str | None = None
        self._dialog: Ask | None = None

    def refresh(self) -> None:
        super().refresh()
        if self.desk is not None:
            self._read_table()
            self._read_chosen()

    def reveal(self, item_id: str) -> None:
        """Show this one, without the filters if they hide it."""
        self._wanted = self._chosen = item_id
        self.refresh()

    def place(self) -> Mapping[str, object]:
        return {
            "share": self._split_view.share(),
            self.item: self._chosen or "",
            "filters": self.filters.choices(),
            "order": self.table.order(),
            UNSAVED: as_json({"search": self.filters.field.text()}),
        }

    def return_to(self, place: Mapping[str, object]) -> None:
        self._split_view.return_to(place.get("share"))
        self._chosen = str(place.get(self.item) or "") or None
        self.filters.return_to(place.get("filters"), from_json(place.get(UNSAVED)).get("search"))
        self.table.return_to(place.get("order"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _read_table(self) -> None:
        raise NotImplementedError

    def _read_chosen(self) -> None:
        """Read what is chosen, if anything is."""
        raise NotImplementedError

    def _open(self, dialog: Ask, agree: Callable[[], None]) -> None:
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(agree)
        dialog.finished.connect(lambda _: self._forget_dialog())
        dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _put_side_by_side(self, name: str, pane: TablePane, *beside: QWidget, share: float) -> None:
        """The table, and one of `beside` at a time."""
        self._beside = QStackedWidget()
        for part in beside:
            self._beside.addWidget(part)
        self._split_view = SideBySide(name, pane, self._beside, share=share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._split_view, 1)
        self.setFocusProxy(self.table)
