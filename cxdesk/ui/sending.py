"""A reply on its way: shown at once, sent after a moment in which it can be taken back.

One reply is on its way at a time. It leaves when its moment is over, before the next decision, when the customer
writes again, and when the window closes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cxdesk.domain import now
from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import button, keys, text_label

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ui.deciding import Run

DELAY_MS = 5_000
UNDO_KEYS = "Ctrl+Z"


def _nothing() -> None:
    """For what needs no more."""


@dataclass(frozen=True)
class Outgoing:
    """`send` stores it on the desk; then comes `sent`, or `failed`. `taken_back`: a person thought better of it.

    `draft_id` is the draft that it was made of, if any.
    """

    conversation_id: str
    text: str
    send: Callable[[Desk], object]
    draft_id: str = ""
    sent: Callable[[], None] = _nothing
    failed: Callable[[Exception], None] = lambda _: None
    taken_back: Callable[[], None] = _nothing
    since: datetime = field(default_factory=now)


class Sending(QObject):
    """`changed` names the conversation whose reply set out, was taken back, was sent or could not be."""

    changed = Signal(str)

    def __init__(self, run: Run, parent: QObject) -> None:
        super().__init__(parent)
        self.delay_ms = DELAY_MS
        self._run = run
        self._outgoing: Outgoing | None = None
        self._state: Literal["waiting", "leaving", "sent"] = "waiting"
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def begin(self, outgoing: Outgoing) -> None:
        """Show this reply as on its way; an earlier one has left."""
        self._outgoing, self._state = outgoing, "waiting"
        if self.delay_ms:
            self._timer.start(self.delay_ms)
            self.changed.emit(outgoing.conversation_id)
        else:
            self.flush()

    def of_conversation(self, conversation_id: str) -> Outgoing | None:
        """The conversation's reply that isn't read back from the desk yet."""
        outgoing = self._outgoing
        return outgoing if outgoing and outgoing.conversation_id == conversation_id else None

    def held(self) -> Outgoing | None:
        """The reply that the desk does not have yet, if there is one."""
        return self._outgoing if self._state != "sent" else None

    def can_be_taken_back(self, conversation_id: str) -> bool:
        return self._state == "waiting" and self.of_conversation(conversation_id) is not None

    def take_back(self) -> bool:
        """Whether there was a reply that had not left."""
        outgoing = self._outgoing
        if outgoing is None or self._state != "waiting":
            return False
        self._timer.stop()
        self._outgoing = None
        outgoing.taken_back()
        self.changed.emit(outgoing.conversation_id)
        return True

    def flush(self, then: Callable[[], None] = _nothing, otherwise: Callable[[], None] = _nothing) -> None:
        """Send what waits, if anything does, `then` go on; `otherwise`: it could not be sent, which was said."""
        outgoing = self._outgoing
        if outgoing is None or self._state != "waiting":
            then()
            return
        self._timer.stop()
        self._state = "leaving"

        def sent(_: object) -> None:
            self._state = "sent"
            outgoing.sent()
            self.changed.emit(outgoing.conversation_id)
            then()

        def failed(error: Exception) -> None:
            self._outgoing = None
            outgoing.failed(error)
            self.changed.emit(outgoing.conversation_id)
            otherwise()

        self._run(outgoing.send, sent, failed)

    def forget_sent(self, conversation_id: str) -> None:
        """The conversation was read anew: a reply that was sent is in it."""
        if self._state == "sent" and self.of_conversation(conversation_id):
            self._outgoing = None

    def send_before_closing(self, desk: Desk) -> None:
        """Send what waits, here and now. Raises as the desk does."""
        self._timer.stop()
        if self._outgoing and self._state == "waiting":
            self._outgoing.send(desk)
            self._outgoing = None


class SendingBar(QFrame):
    """Under the transcript while a reply can be taken back."""

    undo_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("sendingBar")
        self._said = text_label("small", "sendingSaid")
        self._said.setText(tr("Your reply leaves in a moment."))
        hint = tr("Take the reply back before it leaves ({keys})", keys=keys(UNDO_KEYS))
        self._undo = button(tr("Undo"), "undoSend", self.undo_asked.emit, hint=hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("far"), look.space("tight"), look.space("far"), 0)
        row.setSpacing(look.space("near"))
        row.addStretch(1)
        row.addWidget(self._said)
        row.addWidget(self._undo)
        self.hide()
