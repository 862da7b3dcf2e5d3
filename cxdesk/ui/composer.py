"""Where a person writes their own words to the customer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cxdesk.ui.draft_card import SEND_KEYS
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import GrowingText, button, keys, restyle


class Composer(QFrame):
    """Keeps what is being written for each conversation until it is sent. `sent`: (conversation id, text)."""

    sent = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("composer")
        self._look = look
        self._conversation_id: str | None = None
        self._kept: dict[str, str] = {}
        self.field = GrowingText(1, 5)
        self.field.setObjectName("composerText")
        self.field.setAccessibleName("Your own reply")
        self.field.setPlaceholderText("Or write in your own words")
        self.field.textChanged.connect(self.allow_sending)
        self.field.installEventFilter(self)
        self._send = button("Send", "send", self.send, hint=f"Send your own words ({keys(SEND_KEYS)})")
        self._lay_out()
        look.changed.connect(self._follow_look)
        self._follow_look()
        self.allow_sending()

    def turn_to(self, conversation_id: str) -> None:
        """Write to this conversation from now on; what was begun elsewhere is kept there."""
        if conversation_id == self._conversation_id:
            return
        self._keep()
        self._conversation_id = conversation_id
        self.field.setPlainText(self._kept.pop(conversation_id, ""))

    def add(self, conversation_id: str, text: str) -> None:
        """Put a text below what was begun for this conversation."""
        if conversation_id == self._conversation_id:
            self.field.setPlainText(_joined(self.field.toPlainText(), text))
        else:
            self._kept[conversation_id] = _joined(self._kept.get(conversation_id, ""), text)

    def send(self) -> None:
        if self._conversation_id and self.has_text():
            self._send.setEnabled(False)
            self.sent.emit(self._conversation_id, self.field.toPlainText())

    def was_sent(self, conversation_id: str, text: str) -> None:
        """The desk has it; what was typed since stays."""
        if conversation_id == self._conversation_id and self.field.toPlainText() == text:
            self.field.clear()
        elif self._kept.get(conversation_id) == text:
            del self._kept[conversation_id]
        self.allow_sending()

    def has_text(self) -> bool:
        return bool(self.field.toPlainText().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, focused=event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def allow_sending(self) -> None:
        self._send.setEnabled(self.has_text())

    def _keep(self) -> None:
        if self._conversation_id and self.has_text():
            self._kept[self._conversation_id] = self.field.toPlainText()

    def _lay_out(self) -> None:
        near = self._look.space("near")
        row = QHBoxLayout(self)
        row.setContentsMargins(near, near, near, near)
        row.setSpacing(near)
        row.addWidget(self.field, 1)
        row.addWidget(self._send)

    def _follow_look(self) -> None:
        self._send.setIcon(self._look.button_icon("send"))


def _joined(first: str, second: str) -> str:
    return "\n\n".join(part for part in (first.rstrip(), second) if part)
