"""The bar over a conversation that needs a person: why, who has it, what is known, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from cxdesk.ui.flow import Flow
from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.views import HandoffCard
from cxdesk.ui.widgets import Badge, button, text_label


class HandoffBar(QFrame):
    """Sends `accepted`, `given_back` or `resolved`. Its summary can be folded away, and is where there is no room."""

    accepted = Signal()
    given_back = Signal()
    resolved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(tr("Handoff"))
        self._look = look
        self._unfolded: bool | None = None
        self._has_room = True
        self._icon = QLabel()
        self._title = text_label("", "bannerTitle", wraps=True)
        self._holder = Badge("handoffHolder")
        self._summary = text_label("small", "bannerSummary", wraps=True, selectable=True)
        self._make_buttons()
        self._lay_out()
        look.changed.connect(self._follow_look)
        self._follow_look()
        self.hide()

    def show_handoff(self, handoff: HandoffCard | None) -> None:
        self.setVisible(handoff is not None)
        if handoff is None:
            self._unfolded = None
            return
        self._title.setText(tr("Over to you: {reason}", reason=handoff.reason))
        self._summary.setText("\n".join(handoff.summary))
        self._holder.say(handoff.holder)
        self._accept.setVisible(handoff.stored and not handoff.is_taken)
        for made in (self._give_back, self._resolve):
            made.setVisible(handoff.stored)
        self.set_busy(False)
        self._fold_up()

    def set_room(self, has_room: bool) -> None:
        """Whether there is room for the summary; a person who folds or unfolds it decides."""
        self._has_room = has_room
        self._fold_up()

    def set_busy(self, busy: bool) -> None:
        for made in self.verbs():
            made.setEnabled(not busy)

    def verbs(self) -> tuple[QPushButton, ...]:
        return self._accept, self._give_back, self._resolve

    def title(self) -> str:
        return self._title.text()

    def summary(self) -> str:
        return self._summary.text()

    def holder(self) -> str:
        return self._holder.text()

    def _toggle(self) -> None:
        self._unfolded = self._summary.isHidden()
        self._fold_up()

    def _fold_up(self) -> None:
        unfolded = self._has_room if self._unfolded is None else self._unfolded
        self._summary.setVisible(unfolded)
        self._fold.setAccessibleName(tr("Hide summary") if unfolded else tr("Show summary"))
        self._fold.setIcon(self._look.button_icon("opened" if unfolded else "closed"))

    def _ask(self, signal: SignalInstance) -> None:
        self.set_busy(True)
        signal.emit()

    def _make_buttons(self) -> None:
        self._accept = self._verb(
            tr("Accept"), "acceptHandoff", self.accepted, tr("Take this conversation on"), primary=True
        )
        self._give_back = self._verb(
            tr("Give back"), "giveBackHandoff", self.given_back, tr("Give it back: the desk answers again as before")
        )
        self._give_back.setAccessibleName(tr("Give back to the desk"))
        self._resolve = self._verb(tr("Resolve"), "resolveHandoff", self.resolved, tr("The matter is settled"))
        self._fold = button(tr("Summary"), "foldSummary", self._toggle, hint=tr("What the desk knows"), quiet=True)

    def _verb(self, text: str, name: str, signal: SignalInstance, hint: str, *, primary: bool = False) -> QPushButton:
        return button(text, name, lambda: self._ask(signal), hint=hint, primary=primary)

    def _lay_out(self) -> None:
        near, apart = self._look.space("near"), self._look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, near, apart, near)
        column.setSpacing(self._look.space("tight"))
        head = QHBoxLayout()
        head.setSpacing(near)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._summary)
        row = QHBoxLayout()
        row.setSpacing(near)
        row.addLayout(Flow(near, self.verbs()), 1)
        row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)

    def _follow_look(self) -> None:
        self._icon.setPixmap(self._look.pixmap("person", "warn"))
        self._accept.setIcon(self._look.button_icon("approve", "on_accent"))
        self._give_back.setIcon(self._look.button_icon("again"))
        self._resolve.setIcon(self._look.button_icon("approve"))
        self._fold_up()
