"""The rail at the left: the window's pages, each with an icon, a word and what waits there."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QMargins, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from cxdesk.ui.language import number, tr
from cxdesk.ui.paint import draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import keys

ICON = 20
AIR = 3
"""Around a button's icon and word where the window is high enough for it."""
MOST_COUNTED = 99
OVERLAP = 3
"""Pixels of the icon that its count may cover."""


class Rail(QFrame):
    """`chosen` names the page that a person went to."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self._look = look
        self._pages: dict[str, RailButton] = {}
        self._verbs: list[RailButton] = []
        self._group = QButtonGroup(self)
        tight, near = look.space("tight"), look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(tight, near, tight, near)
        column.setSpacing(tight)
        self._top, self._bottom = QVBoxLayout(), QVBoxLayout()
        for part in (self._top, self._bottom):
            part.setSpacing(tight // 2)
        column.addLayout(self._top)
        column.addStretch(1)
        column.addLayout(self._bottom)
        look.changed.connect(self.show_icons)

    def add_page(self, name: str, title: str, icon: str, sequence: str) -> None:
        """`title` is a marked text."""
        hint = tr("{page} ({keys})", page=tr(title), keys=keys(sequence))
        made = RailButton(self._look, f"{name}Page", tr(title), icon, hint)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(made)
        self._pages[name] = made
        self._top.addWidget(made)

    def add_verb(self, name: str, title: str, icon: str, hint: str, act: Callable[[], object]) -> RailButton:
        """Something of the window's own, at the rail's lower end."""
        made = RailButton(self._look, name, title, icon, hint)
        made.clicked.connect(lambda: act())
        self._verbs.append(made)
        self._bottom.addWidget(made)
        return made

    def mark(self, name: str) -> None:
        self._pages[name].setChecked(True)

    def show_only(self, names: Collection[str]) -> None:
        """Show these pages' buttons; the others are of no use to whoever is there."""
        for name, made in self._pages.items():
            made.setVisible(name in names)

    def count(self, name: str, waiting: int) -> None:
        self._pages[name].count(waiting)

    def show_icons(self) -> None:
        for made in (*self._pages.values(), *self._verbs):
            made.show_icon()


class RailButton(QToolButton):
    def __init__(self, look: Look, name: str, title: str, icon: str, hint: str) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._waiting = 0
        self.icon_name = icon
        self.setObjectName(name)
        self.setProperty("rail", True)
        self.setAccessibleName(title)
        self.setToolTip(hint)
        self.setText(title)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(ICON, ICON))
        self.setMinimumWidth(QFontMetrics(look.font("small")).horizontalAdvance(tr("Knowledge")) + look.space("near"))
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Preferred)
        self.toggled.connect(lambda _: self.show_icon())
        self.show_icon()

    def show_as(self, title: str, icon: str) -> None:
        """Carry another word and icon."""
        self._title, self.icon_name = title, icon
        self.setText(title)
        self.show_icon()

    def count(self, waiting: int) -> None:
        self._waiting = waiting
        self.setAccessibleName(
            tr("{page}, {waiting} waiting", page=self._title, waiting=number(waiting)) if waiting else self._title
        )
        self.update()

    def counted(self) -> str:
        """What stands in the button's corner."""
        if not self._waiting:
            return ""
        return number(self._waiting) if self._waiting <= MOST_COUNTED else tr("{most}+", most=number(MOST_COUNTED))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint().grownBy(QMargins(0, AIR, 0, AIR))

    def minimumSizeHint(self) -> QSize:
        return super().sizeHint()

    def show_icon(self) -> None:
        pixmap = self._look.pixmap(self.icon_name, "accent" if self.isChecked() else "muted", ICON)
        self.setIcon(pixmap)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if said := self.counted():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = self._look.font("small", strong=True)
            metrics = QFontMetrics(font)
            height = metrics.height()
            width = max(metrics.horizontalAdvance(said) + self._look.space("near"), height)
            beside = self.width() / 2 + ICON / 2 - OVERLAP
            place = QRectF(min(beside, self.width() - width - 1), 2, width, height)
            draw_round(painter, place, self._look.color("accent"), height / 2)
            painter.setFont(font)
            painter.setPen(self._look.color("on_accent"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
            painter.end()
