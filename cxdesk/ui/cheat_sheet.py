"""The keys of the window, read from the commands themselves, so that they are always true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from cxdesk.ui.language import tr
from cxdesk.ui.page import Command
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import button, keys, text_label

SHEET_KEYS = "Shift+F1"


class CheatSheet(QDialog):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cheatSheet")
        self.setWindowTitle(tr("Keys"))
        self._look = look
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setObjectName("cheatSheetList")
        self._scroll.setAccessibleName(tr("Keys"))
        far = look.space("far")
        column = QVBoxLayout(self)
        column.setContentsMargins(far, far, far, far)
        column.addWidget(self._scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Close"), "cheatSheetClose", self.close, hint=tr("Back to work (Esc)")))
        column.addLayout(row)
        self.resize(560, 640)

    def show_commands(self, groups: Mapping[str, Sequence[Command]]) -> None:
        """The commands that have keys, under the name of where they work."""
        body = QWidget()
        body.setObjectName("cheatSheetBody")
        grid = QGridLayout(body)
        grid.setVerticalSpacing(self._look.space("tight") + 2)
        grid.setColumnStretch(0, 1)
        for heading, commands in groups.items():
            self._add_group(grid, heading, [command for command in commands if command.keys])
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(body)
        self.show()
        self.raise_()

    def lines(self) -> list[tuple[str, str]]:
        """What it says: titles with their keys."""
        titles = [label.text() for label in self.findChildren(QLabel, "does")]
        written = [label.text() for label in self.findChildren(QLabel, "key")]
        return list(zip(titles, written, strict=True))

    def _add_group(self, grid: QGridLayout, heading: str, commands: Sequence[Command]) -> None:
        if not commands:
            return
        title = text_label("section")
        title.setText(heading.upper())
        title.setContentsMargins(0, self._look.space("near"), 0, 0)
        grid.addWidget(title, grid.rowCount(), 0, 1, 2)
        for command in commands:
            does, key = text_label("", "does"), text_label("strong", "key")
            does.setText(tr(command.title))
            key.setText(keys(command.keys))
            row = grid.rowCount()
            grid.addWidget(does, row, 0)
            grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignRight)
