"""Why a draft is rejected: four usual reasons, or a person's own words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cxdesk.ui.language import mark, tr
from cxdesk.ui.overlay import Overlay
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import button, keys, text_label

# What is stored of a rejection; shown in the window's language.
REASONS = (
    mark("Facts are wrong or missing"),
    mark("Does not answer the question"),
    mark("Wrong tone"),
    mark("I write it myself"),
)
WIDTH = 340


class RejectPopup(Overlay):
    """`chosen` carries the reason, empty where a person gave none. Alt+1 to Alt+4 choose without the mouse."""

    chosen = Signal(str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__("rejectPopup", host)
        self.setAccessibleName(tr("Reason for rejecting the draft"))
        near = look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("apart"), near, look.space("apart"), look.space("apart"))
        column.setSpacing(look.space("tight"))
        title = text_label("strong", "rejectTitle")
        title.setText(tr("Why is this draft rejected?"))
        column.addWidget(title)
        for number, reason in enumerate(REASONS, start=1):
            column.addWidget(self._reason_button(number, reason))
        self.field = QLineEdit(placeholderText=tr("Another reason, or none"))
        self.field.setObjectName("rejectReason")
        self.field.setAccessibleName(tr("Another reason"))
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(lambda: self._choose(self.field.text().strip()))
        row = QHBoxLayout()
        row.setSpacing(near)
        row.addWidget(self.field, 1)
        row.addWidget(
            button(
                tr("Reject"),
                "rejectNow",
                self.field.returnPressed.emit,
                hint=tr("Reject the draft (Enter)"),
                primary=True,
            )
        )
        column.addSpacing(look.space("tight"))
        column.addLayout(row)

    def ask(self, anchor: QWidget) -> None:
        self.field.clear()
        self.open_above(anchor, width=WIDTH)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and a digit choose a reason here, whatever they do in the window otherwise."""
        if watched is self.field and isinstance(event, QKeyEvent):
            number = event.key() - Qt.Key.Key_0
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and 1 <= number <= len(REASONS):
                if event.type() == QEvent.Type.KeyPress:
                    self._choose(REASONS[number - 1])
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _reason_button(self, number: int, reason: str) -> QWidget:
        hint, said = keys(f"Alt+{number}"), tr(reason)
        made = button(f"{number}   {said}", f"reason{number}", lambda: self._choose(reason), hint=hint, quiet=True)
        made.setAccessibleName(said)
        return made

    def _choose(self, reason: str) -> None:
        self.close_up()
        self.chosen.emit(reason)
