"""What was just done, said quietly at the lower edge, with Undo for a while where it can be undone."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cxdesk.ui.language import tr
from cxdesk.ui.page import Done
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import ElidedLabel, button, keys

SHOWN_MS = 8_000
UNDO_KEYS = "Ctrl+Z"


class DoneBar(QFrame):
    """`undo_asked` carries the `Done` that a person takes back. `began` and `passed`: something is said, nothing is."""

    undo_asked = Signal(object)
    began = Signal()
    passed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("doneBar")
        self._done: Done | None = None
        self._sentence = ElidedLabel("small", "doneSentence")
        self._undo = button(
            tr("Undo"), "undo", self.undo, hint=tr("Take it back ({keys})", keys=keys(UNDO_KEYS)), quiet=True
        )
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("near"), 0, look.space("near"), 0)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._undo)
        self.hide()

    def say(self, done: Done) -> None:
        """In the place of what was said before: only the last thing can be undone here."""
        self._done = done
        self._sentence.say(done.sentence)
        self._undo.setVisible(done.undo is not None)
        self.show()
        self.began.emit()
        self._timer.start()

    def sentence(self) -> str:
        return self._sentence.whole() if self._done else ""

    def undo(self) -> None:
        done = self._done
        if done and done.undo:
            self.clear()
            self.undo_asked.emit(done)

    def clear(self) -> None:
        self._timer.stop()
        self._done = None
        self.hide()
        self.passed.emit()
