"""The bar at the bottom: what was just done or can be done by keys, the model, the silence on the network."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar

from cxdesk.ui.done_bar import DoneBar
from cxdesk.ui.language import mark, tr
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label, ModelState
from cxdesk.ui.widgets import ElidedLabel, restyle, text_label

QUIET = mark("Nothing leaves this PC")
OFFLINE = mark("Offline mode")
UNUSED = mark("Offline, fallback not used")
FALLBACK = mark("Fallback on")


def _forbidden(endpoint: str) -> str:
    if not endpoint:
        return tr("Every connection is forbidden, also for fetching a model.")
    return tr(
        "Every connection is forbidden, also for fetching a model; so the fallback at {endpoint} is not used. "
        "Switch one of the two off in the settings.",
        endpoint=endpoint,
    )


class StatusBar(QStatusBar):
    """`done` says what was just done; while it does, the hint makes way."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._hint = ElidedLabel("small", "hint")
        self.done = DoneBar(look)
        self.done.began.connect(self._hint.hide)
        self.done.passed.connect(self._hint.show)
        self._person = text_label("", "person")
        self._model = text_label("", "modelState")
        self.model_state = ModelState(Label(""))
        self._offline = text_label("", "offline")
        self.show_network()
        for widget in (self._hint, self.done):
            self.addWidget(widget, 1)
        self.done.hide()
        for label in (self._person, self._model, self._offline):
            self.addPermanentWidget(label)
        self.show_person("", "")

    def show_network(self, endpoint: str = "", *, offline: bool = False) -> None:
        """Whether anything may leave this PC; `endpoint` is the fallback's address where the owner switched it on.

        `offline`: every connection is forbidden.
        """
        if offline:
            self._offline.setText(tr(UNUSED if endpoint else OFFLINE))
            self._offline.setToolTip(_forbidden(endpoint))
        elif endpoint:
            self._offline.setText(tr(FALLBACK))
            self._offline.setToolTip(
                tr("Replies may be written by {endpoint}; personal data are masked on the way.", endpoint=endpoint)
            )
        else:
            self._offline.setText(tr(QUIET))
            self._offline.setToolTip(tr("No connection is opened, unless somebody fetches a model."))
        restyle(self._offline, tone="warn" if offline and endpoint else None)

    def show_person(self, name: str, role: str) -> None:
        """Who is signed in; nobody where there are no accounts."""
        self._person.setText(tr("{name} ({role})", name=name, role=role) if name else "")
        self._person.setVisible(bool(name))

    def network_text(self) -> str:
        return self._offline.text()

    def show_model(self, state: ModelState) -> None:
        self.model_state = state
        self._model.setText(state.label.text)
        self._model.setToolTip(state.hint)
        restyle(self._model, tone=state.label.tone)

    def model_text(self) -> str:
        return self._model.text()

    def hint(self, sentence: str) -> None:
        """The keys that are of use now."""
        self._hint.say(sentence)
