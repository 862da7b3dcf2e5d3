"""A change that waits beside the draft: what would be done, what the customer said to it, and a person's word."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.views import ProposedAction
from cxdesk.ui.widgets import Badge, button, keys, text_label

APPROVE_ACTION_KEYS, DECLINE_ACTION_KEYS = "Ctrl+Shift+A", "Ctrl+Shift+D"


class ActionCard(QFrame):
    """`approved` names the conversation whose change is to be done; `declined` comes with a reason, perhaps empty."""

    approved = Signal(str)
    declined = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("actionCard")
        self.setAccessibleName(tr("Proposed change"))
        self._look = look
        self._conversation_id = ""
        self._action: ProposedAction | None = None
        self._title = text_label("strong", "actionTitle")
        self._title.setText(tr("Proposed change"))
        self._agreed = Badge("actionAgreed")
        self._text = text_label("", "actionText", wraps=True, selectable=True)
        self._rule = text_label("small", "actionRule", wraps=True)
        self._refusal = text_label("", "actionRefusal", wraps=True, selectable=True)
        self._reason = QLineEdit(placeholderText=tr("Reason for declining, if there is one"))
        self._reason.setObjectName("declineReason")
        self._reason.setAccessibleName(tr("Reason for declining"))
        self._reason.returnPressed.connect(self.decline)
        self._approve = button(
            tr("Approve change"),
            "approveAction",
            self.approve,
            hint=tr("Do this now, and draft the sentence that says so ({keys})", keys=keys(APPROVE_ACTION_KEYS)),
            primary=True,
        )
        self._decline = button(
            tr("Decline"),
            "declineAction",
            self.decline,
            hint=tr("Drop this change ({keys})", keys=keys(DECLINE_ACTION_KEYS)),
        )
        self._lay_out()
        look.changed.connect(self._follow_look)
        self._follow_look()
        self.hide()

    def show_action(self, conversation_id: str, action: ProposedAction | None) -> None:
        """What waits in this conversation; what was typed or refused stays while it is the same change."""
        if (conversation_id, action) != (self._conversation_id, self._action):
            self._reason.clear()
            self.refuse("")
        self._conversation_id, self._action = conversation_id, action
        self.setVisible(action is not None)
        if action:
            self._text.setText(action.text)
            self._agreed.say(action.agreed)
            self._rule.setText(tr("The shop's rule: {rule}", rule=action.rule))
            self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """While the desk does or drops it, and where it isn't for a person to decide, the buttons rest."""
        may = bool(self._action and self._action.can_be_decided) and not busy
        for made in self.decisions():
            made.setEnabled(may)
            made.setVisible(bool(self._action and self._action.can_be_decided))

    def decisions(self) -> tuple[QWidget, ...]:
        """What only whoever may decide on changes needs."""
        return self._approve, self._decline, self._reason

    def refuse(self, sentence: str) -> None:
        """Say why it can't be done."""
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))

    def approve(self) -> None:
        if self._action and self._approve.isEnabled():
            self.refuse("")
            self.set_busy(True)
            self.approved.emit(self._conversation_id)

    def decline(self) -> None:
        if self._action and self._decline.isEnabled():
            self.set_busy(True)
            self.declined.emit(self._conversation_id, self._reason.text().strip())

    def _lay_out(self) -> None:
        near, apart = self._look.space("near"), self._look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, near, apart, near)
        column.setSpacing(self._look.space("tight"))
        head = QHBoxLayout()
        head.setSpacing(near)
        for widget in (self._title, self._agreed):
            head.addWidget(widget)
        head.addStretch(1)
        column.addLayout(head)
        for widget in (self._text, self._rule, self._refusal):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(near)
        row.addWidget(self._approve)
        row.addWidget(self._decline)
        row.addWidget(self._reason, 1)
        column.addLayout(row)

    def _follow_look(self) -> None:
        self._approve.setIcon(self._look.button_icon("approve", "on_accent"))
        self._decline.setIcon(self._look.button_icon("reject"))
