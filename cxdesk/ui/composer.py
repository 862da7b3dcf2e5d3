"""Where a person writes their own words to the customer, with the help of saved replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cxdesk.ui.draft_card import SEND_KEYS
from cxdesk.ui.gaps import GapMarker, go_to_gap
from cxdesk.ui.language import tr
from cxdesk.ui.saved_replies import SavedReplyPopup, typed_shortcut
from cxdesk.ui.theme import Look
from cxdesk.ui.views import FilledReply, SavedReply
from cxdesk.ui.widgets import GrowingText, button, keys, restyle


class Composer(QFrame):
    """Keeps what is being written for each conversation until it is sent.

    `sent`: (conversation id, text, where it came from, if from a saved reply or a suggestion). `replies_wanted`: a
    person has typed '/'. `reply_chosen`: (conversation id, saved reply), to be filled and given to `insert`.
    """

    sent = Signal(str, str, object)
    replies_wanted = Signal()
    reply_chosen = Signal(str, object)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__()
        self.setObjectName("composer")
        self._look = look
        self._conversation_id: str | None = None
        self._kept: dict[str, str] = {}
        self._origins: dict[str, Any] = {}
        self._replies: Sequence[SavedReply] = ()
        self.field = GrowingText(1, 5)
        self.field.setObjectName("composerText")
        self.field.setAccessibleName(tr("Your own reply"))
        self.field.setPlaceholderText(tr("Or write in your own words; / brings saved replies"))
        self._gaps = GapMarker(look, self.field)
        self.saved = SavedReplyPopup(look, host)
        self.saved.chosen.connect(self._choose)
        self.field.textChanged.connect(self.allow_sending)
        self.field.textChanged.connect(self._look_for_slash)
        self.field.cursorPositionChanged.connect(self._close_elsewhere)
        self.field.installEventFilter(self)
        self._send = button(
            tr("Send"), "send", self.send, hint=tr("Send your own words ({keys})", keys=keys(SEND_KEYS))
        )
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
        self.saved.close_up()

    def add(self, conversation_id: str, text: str, origin: Any = None) -> None:
        """Put a text below what was begun for this conversation."""
        if origin is not None:
            self._origins[conversation_id] = origin
        if conversation_id == self._conversation_id:
            self.field.setPlainText(_joined(self.field.toPlainText(), text))
        else:
            self._kept[conversation_id] = _joined(self._kept.get(conversation_id, ""), text)

    def show_replies(self, replies: Sequence[SavedReply]) -> None:
        """The saved replies that '/' brings."""
        self._replies = tuple(replies)
        if self.saved.isVisible():
            self._look_for_slash()

    def insert(self, conversation_id: str, filled: FilledReply) -> None:
        """Put a filled reply where the cursor is, and go to its first gap; it can be undone as one step."""
        if conversation_id != self._conversation_id:
            self.add(conversation_id, filled.text, filled.origin)
            return
        self._origins[conversation_id] = filled.origin
        cursor = self.field.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(filled.text)
        go_to_gap(self.field, after=start)
        self.field.setFocus()

    def send(self) -> None:
        if self._conversation_id and self.has_text():
            self._send.setEnabled(False)
            origin = self._origins.get(self._conversation_id)
            self.sent.emit(self._conversation_id, self.field.toPlainText(), origin)

    def was_sent(self, conversation_id: str, text: str) -> None:
        """The desk has it; what was typed since stays."""
        self._origins.pop(conversation_id, None)
        if conversation_id == self._conversation_id and self.field.toPlainText() == text:
            self.field.clear()
        elif self._kept.get(conversation_id) == text:
            del self._kept[conversation_id]
        self.allow_sending()

    def words(self) -> dict[str, str]:
        """What was begun and not sent, by conversation."""
        here = {self._conversation_id: self.field.toPlainText()} if self._conversation_id and self.has_text() else {}
        return self._kept | here

    def bring_back(self, words: Mapping[str, str]) -> None:
        """What was begun before the window was closed."""
        for conversation_id, text in words.items():
            self.add(conversation_id, text)

    def has_text(self) -> bool:
        return bool(self.field.toPlainText().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, focused=event.type() == QEvent.Type.FocusIn)
            if event.type() == QEvent.Type.FocusOut:
                self.saved.close_up()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        # Esc and Enter belong to the list of saved replies while it is there, not to the window's shortcuts.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.saved.isVisible():
            event.setAccepted(event.modifiers() == Qt.KeyboardModifier.NoModifier)
            return event.isAccepted()
        return super().eventFilter(watched, event)

    def allow_sending(self) -> None:
        self._send.setEnabled(self.has_text())
        if not self.has_text() and self._conversation_id:
            self._origins.pop(self._conversation_id, None)

    # ------------------------------------------------------------ inside

    def _take_key(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for the list of saved replies, or for the next gap."""
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        if self.saved.isVisible():
            return self._steer_list(event.key())
        return event.key() == Qt.Key.Key_Tab and go_to_gap(self.field, after=self.field.textCursor().selectionEnd())

    def _steer_list(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.saved.step(1 if key == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Escape:
                self.saved.close_up()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab if reply := self.saved.current():
                self._choose(reply)
            case _:
                return False
        return True

    def _choose(self, reply: SavedReply) -> None:
        """Take '/...' away at once; the reply comes when it is filled."""
        typed = self._typed()
        if typed is not None and self._conversation_id:
            cursor = self.field.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed) + 1)
            cursor.removeSelectedText()
            self.saved.close_up()
            self.reply_chosen.emit(self._conversation_id, reply)

    def _look_for_slash(self) -> None:
        typed = self._typed()
        if typed is None or not self.field.hasFocus():
            self.saved.close_up()
            return
        if not self.saved.isVisible():
            self.replies_wanted.emit()
        self.saved.show_for(self._replies, typed, self)

    def _close_elsewhere(self) -> None:
        if self._typed() is None:
            self.saved.close_up()

    def _typed(self) -> str | None:
        before = self.field.textCursor()
        before.clearSelection()
        before.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        return typed_shortcut(before.selectedText())

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
