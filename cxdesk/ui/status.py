"""The bar at the bottom: what can be done by keys, the model, the silence on the network, the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar

from cxdesk.ui.conversations import NEXT_KEYS
from cxdesk.ui.draft_card import EDIT_KEYS, REJECT_KEYS, SEND_KEYS
from cxdesk.ui.theme import Look
from cxdesk.ui.views import ModelState
from cxdesk.ui.widgets import ElidedLabel, icon_button, keys, restyle, text_label

OFFLINE = "Offline"
FALLBACK = "Fallback on"
_DRAFT_HINT = "{send} approves · {edit} edits · {reject} rejects"
_NEXT_HINT = "{next} goes to the next conversation"


class StatusBar(QStatusBar):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._look = look
        self._hint = ElidedLabel("small", "hint")
        self._model = text_label("", "modelState")
        self._offline = text_label("", "offline")
        self.show_network()
        self._theme = icon_button(
            "theme", "Switch between light and dark", "Switch between light and dark", look.toggle
        )
        self._theme.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(self._hint, 1)
        for widget in (self._model, self._offline, self._theme):
            self.addPermanentWidget(widget)
        look.changed.connect(self._show_icon)
        self._show_icon()

    def show_network(self, endpoint: str = "") -> None:
        """Whether anything may leave this PC; `endpoint` is the fallback's address where the owner switched it on."""
        if endpoint:
            self._offline.setText(FALLBACK)
            self._offline.setToolTip(f"Replies may be written by {endpoint}; personal data are masked on the way.")
        else:
            self._offline.setText(OFFLINE)
            self._offline.setToolTip("Nothing leaves this PC: the window opens no network connection.")

    def network_text(self) -> str:
        return self._offline.text()

    def show_model(self, state: ModelState) -> None:
        self._model.setText(state.label.text)
        self._model.setToolTip(state.hint)
        restyle(self._model, tone=state.label.tone)

    def model_text(self) -> str:
        return self._model.text()

    def hint_for(self, *, draft: bool) -> None:
        """The keys that are of use now."""
        hint = _DRAFT_HINT if draft else _NEXT_HINT
        self._hint.say(
            hint.format(send=keys(SEND_KEYS), edit=keys(EDIT_KEYS), reject=keys(REJECT_KEYS), next=keys(NEXT_KEYS))
        )

    def _show_icon(self) -> None:
        self._theme.setIcon(self._look.icon("light" if self._look.theme.name == "dark" else "dark"))
