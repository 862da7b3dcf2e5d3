"""The draft: a reply that is not sent yet, on its way or ready, and what a person does with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from cxdesk.domain import Draft
from cxdesk.ui import words
from cxdesk.ui.drafting import Preparation
from cxdesk.ui.gaps import GapMarker, go_to_gap
from cxdesk.ui.language import mark, plural, tr
from cxdesk.ui.support_marks import SupportMarks
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label, RunCard
from cxdesk.ui.widgets import Badge, ElidedLabel, GrowingText, WholeLabel, button, keys, restyle, text_label

# The number pad has an Enter of its own.
SEND_KEYS = "Ctrl+Return; Ctrl+Enter"
EDIT_KEYS, REJECT_KEYS = "Ctrl+E", "Ctrl+Backspace"
REGENERATE_KEYS = "Ctrl+R"
TONES = {
    "professional": mark("In a professional tone"),
    "friendly": mark("In a friendly tone"),
    "playful": mark("In a playful tone"),
}
NOT_SENT = mark("Draft – not sent yet")

# In fewer pixels the buttons' words are cut.
NARROW = 520
READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard

Mode = Literal["empty", "preparing", "trouble", "draft", "editing"]


class DraftCard(QFrame):
    """Shows one conversation's draft. What a person is typing is kept, also while they look at another conversation.

    `approved` carries a draft, `edited` also its new text and the suggestion that it came from; `rejected` names it,
    with the reason. `reason_asked`: a person wants to reject it and may say why. `regenerated`: (run id, tone or
    nothing). `displaced` hands out what was typed into a draft that made way for a newer one: (conversation id, text).
    `pointed` carries what supports the sentence that a person points at.
    """

    approved = Signal(object)
    edited = Signal(object, str, object)
    rejected = Signal(str, str)
    reason_asked = Signal()
    regenerated = Signal(str, str)
    displaced = Signal(str, str)
    pointed = Signal(object)
    stop_asked = Signal()
    again_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("draftCard")
        self.setAccessibleName(tr("Draft reply"))
        self._look = look
        self.mode: Mode = "empty"
        self._draft: Draft | None = None
        self._edits: dict[str, str] = {}
        self._origins: dict[str, Any] = {}
        self._title = text_label("strong", "draftTitle")
        self._decision = Badge("draftDecision")
        self._why = ElidedLabel("small", "draftWhy")
        self._status = text_label("small", "draftStatus", wraps=True)
        self._checks_icon = QLabel()
        self._checks = WholeLabel("small", "draftChecks")
        self._checks_label: Label | None = None
        self._elsewhere = Badge("draftElsewhere")
        self.body = self._body_field()
        self._gaps = GapMarker(look, self.body)
        self.marks = SupportMarks(look, self.body)
        self.marks.pointed.connect(self.pointed)
        self._second_look = SecondLook(look)
        self._second_look.send_asked.connect(self.approve)
        self._make_buttons()
        self._lay_out()
        look.changed.connect(self._follow_look)
        self._follow_look()
        self.clear()

    # ------------------------------------------------------------ what it shows

    def clear(self) -> None:
        self._keep_typing()
        self._draft = None
        self._become("empty")
        self.body.clear()

    def show_preparation(self, preparation: Preparation, ahead: int) -> None:
        """The brief as soon as it is there, then the model's words over it. A draft that is being edited stays."""
        if self._is_typing_in(preparation.run.conversation_id):
            self._status.setText(tr("The customer wrote again; a new draft is being prepared. What you typed is kept."))
            self._status.show()
            return
        self._keep_typing()
        self._draft = None
        brief, written = preparation.brief, preparation.words.text().strip()
        self._say_decision(brief)
        self._say_checks(None)
        self._set_text(written or (brief.reply if brief else ""))
        self._status.setText(_progress(brief is not None, bool(written), ahead))
        self._stop.setEnabled(not preparation.stop.is_set())
        self._become("preparing")
        self._stop.setVisible(brief is not None)

    def show_trouble(self, preparation: Preparation, sentence: str) -> None:
        """The draft failed: the sentence, and the brief where there is one."""
        if self._is_typing_in(preparation.run.conversation_id):
            return
        self._draft = None
        brief = preparation.brief
        self._say_decision(brief)
        self._say_checks(None)
        self._set_text(brief.reply if brief else "")
        self._status.setText(sentence)
        self._become("trouble")

    def show_draft(self, draft: Draft, run: RunCard | None) -> None:
        if self.mode == "editing" and self._draft and self._draft.id == draft.id:
            return
        self._hand_over_typing(draft)
        self._keep_typing()
        self._draft = draft
        self._say_decision(run)
        self._say_checks(run.checks if run else None, run.check_details if run else ())
        self._elsewhere.say(words.written_elsewhere(run.elsewhere) if run and run.elsewhere else None)
        self._mark_tone(run.tone if run else "")
        self._status.setText(_taken(self._origins.get(draft.id)))
        self._set_text(self._edits.get(draft.id, draft.text))
        self.marks.follow(run)
        self._become("editing" if draft.id in self._edits else "draft")

    def edits(self) -> dict[str, str]:
        """What was typed into drafts and not sent, by draft."""
        here = {self._draft.id: self.body.toPlainText()} if self.mode == "editing" and self._draft else {}
        return self._edits | here

    def bring_back(self, edits: Mapping[str, str]) -> None:
        """What was typed before the window was closed."""
        self._edits |= edits

    def set_most_lines(self, lines: int) -> None:
        self.body.set_most(lines)

    def decision_text(self) -> str:
        """The decision and its reason."""
        return ": ".join(part for part in (self._decision.text(), self._why.whole()) if part)

    def status_text(self) -> str:
        return self._status.text()

    def checks_text(self) -> str:
        return self._checks.text()

    # ------------------------------------------------------------ what a person does

    def approve(self) -> None:
        """Send the draft, as it stands or as it was edited; what nothing supports, after a second look."""
        if self._draft is None or not self._approve.isEnabled():
            return
        unsupported = self.marks.unsupported()
        if unsupported and not self._second_look.is_about(unsupported):
            self._second_look.ask(unsupported)
            return
        self.set_sending(True)
        if self.mode == "editing":
            self.edited.emit(self._draft, self.body.toPlainText(), self._origins.get(self._draft.id))
        else:
            self.approved.emit(self._draft)

    def edit(self) -> None:
        if self.mode != "draft":
            return
        self._become("editing")
        self.body.setFocus()
        self.body.moveCursor(self.body.textCursor().MoveOperation.End)

    def take(self, text: str, origin: Any) -> bool:
        """Edit this text in the place of the draft's; whether there is a draft. What was typed can be had by undo."""
        if self._draft is None or self.mode not in ("draft", "editing"):
            return False
        self._origins[self._draft.id] = origin
        self._status.setText(_taken(origin))
        self._become("editing")
        cursor = self.body.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self.body.setFocus()
        go_to_gap(self.body)
        return True

    def ask_why(self) -> None:
        """Reject the draft once a person has said why; while it is edited, discard the changes."""
        if self.mode == "editing":
            self.reject()
        elif self.mode == "draft" and self.reject_button.isEnabled():
            self.reason_asked.emit()

    def reject(self, reason: str = "") -> None:
        """Throw the draft away; while it is edited, only the changes."""
        if self._draft is None:
            return
        if self.mode == "editing":
            self._forget_typing(self._draft.id)
            self._status.clear()
            self._set_text(self._draft.text)
            self._become("draft")
            return
        self.set_sending(True)
        self.rejected.emit(self._draft.id, reason)

    def regenerate(self, tone: str = "") -> None:
        """Have the draft made anew, in another tone if one is named. A draft that is being edited stays."""
        if self._draft is not None and self.mode == "draft" and self._redo.isEnabled():
            self.regenerated.emit(self._draft.run_id, tone)

    def verbs(self) -> tuple[QWidget, ...]:
        """What sends, changes or throws away the draft."""
        return self._approve, self._edit, self.reject_button, self._redo, self._again, self._stop

    def set_sending(self, sending: bool) -> None:
        """While the desk stores the decision the buttons rest."""
        for made in (self._approve, self._edit, self.reject_button, self._redo):
            made.setEnabled(not sending)

    def sent(self, draft_id: str) -> None:
        """The decision is stored: what was typed into that draft is needed no more."""
        self._forget_typing(draft_id)
        if self._draft and self._draft.id == draft_id:
            self._draft = None
            self._become("empty")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons(editing=self.mode == "editing")

    # ------------------------------------------------------------ inside

    def _become(self, mode: Mode) -> None:
        self.mode = mode
        ready = mode in ("draft", "editing")
        self._second_look.close_up()
        if not ready:
            self.marks.follow(None)
        self.setVisible(mode != "empty")
        self._title.setText(tr("Editing the draft – not sent yet") if mode == "editing" else tr(NOT_SENT))
        self.body.setReadOnly(mode != "editing")
        self.body.setVisible(bool(self.body.toPlainText()) or mode == "editing")
        if mode != "editing":  # the caret goes through a text that can't be changed, too
            self.body.setTextInteractionFlags(READING)
        restyle(self.body, editing=mode == "editing")
        restyle(self, tone="bad" if mode == "trouble" else "")
        for made in (self._approve, self.reject_button):
            made.setVisible(ready)
        for made in (self._edit, self._redo):
            made.setVisible(mode == "draft")
        if not ready:
            self._elsewhere.say(None)
        self._again.setVisible(mode == "trouble")
        self._stop.setVisible(False)
        self._status.setVisible(bool(self._status.text()))
        self._name_buttons(editing=mode == "editing")
        self.set_sending(False)

    def _name_buttons(self, *, editing: bool) -> None:
        whole = tr("Approve") if self.width() < NARROW else tr("Approve and send")
        self._approve.setText(tr("Send edited") if editing else whole)
        self.reject_button.setText(tr("Discard changes") if editing else tr("Reject…"))
        for made in (self._approve, self.reject_button):
            made.setAccessibleName(made.text())

    def _set_text(self, text: str) -> None:
        if self.body.toPlainText() != text:
            at = self.body.verticalScrollBar().value()
            self.body.setPlainText(text)
            self.body.verticalScrollBar().setValue(at)

    def _say_decision(self, run: RunCard | None) -> None:
        self._decision.say(run.decision if run else None)
        self._why.say(run.decision_why if run else "")

    def _say_checks(self, label: Label | None, details: tuple[str, ...] = ()) -> None:
        self._checks_label = label
        for widget in (self._checks, self._checks_icon):
            widget.setVisible(label is not None)
        if label:
            self._checks.setText("; ".join((label.text, *details)))
            self._show_checks_icon()

    def _show_checks_icon(self) -> None:
        if label := self._checks_label:
            icon = "trouble" if label.tone in ("bad", "warn") else "approve"
            self._checks_icon.setPixmap(self._look.pixmap(icon, "muted" if label.tone == "quiet" else label.tone, 14))

    def _is_typing_in(self, conversation_id: str) -> bool:
        return self.mode == "editing" and self._draft is not None and self._draft.conversation_id == conversation_id

    def _keep_typing(self) -> None:
        if self.mode == "editing" and self._draft:
            self._edits[self._draft.id] = self.body.toPlainText()

    def _forget_typing(self, draft_id: str) -> None:
        self._edits.pop(draft_id, None)
        self._origins.pop(draft_id, None)

    def _mark_tone(self, tone: str) -> None:
        for action in self._tones:
            action.setChecked(action.data() == tone)

    def _hand_over_typing(self, newer: Draft) -> None:
        """A newer draft of the same conversation has come: what was typed goes to the composer, never lost."""
        if self._is_typing_in(newer.conversation_id) and self._draft:
            typed = self.body.toPlainText()
            self._forget_typing(self._draft.id)
            self.mode = "draft"
            self.displaced.emit(newer.conversation_id, typed)

    def _body_field(self) -> GrowingText:
        body = GrowingText(2, 8)
        body.setObjectName("draftText")
        body.setAccessibleName(tr("Text of the draft"))
        return body

    def _make_buttons(self) -> None:
        self._approve = button(
            tr("Approve and send"),
            "approve",
            self.approve,
            hint=tr("Send this reply ({keys})", keys=keys(SEND_KEYS)),
            primary=True,
        )
        self._edit = button(
            tr("Edit"), "edit", self.edit, hint=tr("Change the text before it is sent ({keys})", keys=keys(EDIT_KEYS))
        )
        self.reject_button = button(
            tr("Reject…"),
            "reject",
            self.ask_why,
            hint=tr("Throw the draft away, and say why ({keys})", keys=keys(REJECT_KEYS)),
        )
        self._redo = button(
            tr("Redo"), "redo", lambda: None, hint=tr("Make the draft anew ({keys})", keys=keys(REGENERATE_KEYS))
        )
        self._redo.setMenu(self._redo_menu())
        self._stop = button(
            tr("Use the brief now"),
            "stop",
            self.stop_asked.emit,
            hint=tr("Stop the model: the desk's own brief becomes the draft"),
        )
        self._again = button(
            tr("Try again"), "again", self.again_asked.emit, hint=tr("Prepare this draft again"), primary=True
        )

    def _redo_menu(self) -> QMenu:
        """The same again, or in another tone."""
        menu = QMenu(self)
        menu.setObjectName("redoMenu")
        again = menu.addAction(tr("Write it again"))
        again.triggered.connect(lambda: self.regenerate())
        menu.addSeparator()
        self._tones = [menu.addAction(tr(said)) for said in TONES.values()]
        for action, tone in zip(self._tones, TONES, strict=True):
            action.setData(tone)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, tone=tone: self.regenerate(tone))
        return menu

    def _lay_out(self) -> None:
        near, apart = self._look.space("near"), self._look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, near, apart, apart)
        column.setSpacing(near)
        head = QHBoxLayout()
        head.setSpacing(near)
        head.addWidget(self._title)
        head.addWidget(self._decision)
        head.addWidget(self._why, 1)
        column.addLayout(head)
        column.addWidget(self.body)
        column.addWidget(self._status)
        found = QHBoxLayout()
        found.setSpacing(self._look.space("tight") + 2)
        found.addWidget(self._checks_icon)
        found.addWidget(self._checks, 1)
        found.addWidget(self._elsewhere)
        column.addLayout(found)
        column.addWidget(self._second_look)
        column.addLayout(self._button_row())

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space("near"))
        for made in (self._approve, self._again, self._edit, self.reject_button, self._redo, self._stop):
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _follow_look(self) -> None:
        self._approve.setIcon(self._look.button_icon("approve", "on_accent"))
        self._again.setIcon(self._look.button_icon("again", "on_accent"))
        self._edit.setIcon(self._look.button_icon("edit"))
        self.reject_button.setIcon(self._look.button_icon("reject"))
        self._redo.setIcon(self._look.button_icon("again"))
        self._stop.setIcon(self._look.button_icon("stop"))
        self._show_checks_icon()


class SecondLook(QFrame):
    """Asked once before something leaves that nothing supports: it is named, and a person decides."""

    send_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("secondLook")
        self.setAccessibleName(tr("Second look before sending"))
        self._unsupported: tuple[str, ...] = ()
        self._said = text_label("", "secondLookSaid", wraps=True)
        self._back = button(tr("Look again"), "lookAgain", self.close_up, hint=tr("Back to the draft"))
        self._send = button(tr("Send all the same"), "sendAnyway", self.send_asked.emit, hint=tr("You answer for it"))
        near = look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(near, near, near, near)
        column.setSpacing(near)
        column.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(near)
        for made in (self._back, self._send):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def ask(self, unsupported: tuple[str, ...]) -> None:
        self._unsupported = unsupported
        named = ", ".join(f"“{words}”" for words in unsupported)
        self._said.setText(tr("No document and no look-up supports {named}. Is it true?", named=named))
        self.show()
        self._back.setFocus()

    def is_about(self, unsupported: tuple[str, ...]) -> bool:
        """Whether just this is being asked."""
        return not self.isHidden() and self._unsupported == unsupported

    def question(self) -> str:
        return self._said.text()

    def close_up(self) -> None:
        self._unsupported = ()
        self.hide()


def _taken(origin: Any) -> str:
    """Where the text in the editor came from, and why it was suggested."""
    return origin.rationale if origin else ""


def _progress(has_brief: bool, is_writing: bool, ahead: int) -> str:
    if is_writing:
        return tr("The model is writing…")
    if has_brief:
        return tr("This is the desk's brief. The model is putting it into words…")
    if ahead:
        return plural("Waiting for {n} draft before this one…", "Waiting for {n} drafts before this one…", ahead)
    return tr("Reading the message…")
