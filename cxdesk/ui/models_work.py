"""Work on model files that takes minutes: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import ElidedLabel, button, text_label

REPAINT_MS = 100
_PARTS = 1000


@dataclass
class AtWork:
    """What the worker tells; written there, read by the window's thread in its own time."""

    cancel: Event = field(default_factory=Event)
    done: int = 0
    total: int = 0
    what: str = ""

    def note(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, total, what

    def say(self, sentence: str) -> None:
        self.what = sentence


class WorkStrip(QFrame):
    """At the page's lower edge while something is under way. `describe` puts (done, total, what) into words."""

    def __init__(self, look: Look, name: str, describe: Callable[[int, int, str], str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", True)
        self.setProperty("edge", "top")
        self.work: AtWork | None = None
        self._describe = describe
        self._title = text_label("strong", f"{name}Title")
        self._text = ElidedLabel("small", f"{name}Text")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName(f"{name}Bar")
        self._bar.setAccessibleName(tr("How far it is"))
        self.cancel_button = button(tr("Cancel"), f"{name}Cancel", self.cancel)
        self._repaint = QTimer(self, interval=REPAINT_MS)
        self._repaint.timeout.connect(self._show)
        self._lay_out(look)
        self.hide()

    @property
    def is_working(self) -> bool:
        return self.work is not None

    def begin(self, title: str) -> AtWork:
        """Show work that begins now; the worker fills what is returned."""
        self.work = AtWork()
        self._title.setText(title)
        self.cancel_button.setEnabled(True)
        self._show()
        self._repaint.start()
        self.show()
        return self.work

    def end(self) -> None:
        self.work = None
        self._repaint.stop()
        self.hide()

    def cancel(self) -> None:
        """Stop at the next step."""
        if self.work is not None:
            self.work.cancel.set()
            self.cancel_button.setEnabled(False)
            self._title.setText(tr("Stopping…"))

    def _show(self) -> None:
        work = self.work
        if work is None:
            return
        done, total = work.done, work.total
        self._bar.setRange(0, _PARTS if total else 0)
        self._bar.setValue(_PARTS * done // total if total else 0)
        self._text.say(self._describe(done, total, work.what))

    def _lay_out(self, look: Look) -> None:
        apart, near = look.space("apart"), look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, near, apart, apart)
        column.setSpacing(near)
        top = QHBoxLayout()
        top.setSpacing(apart)
        top.addWidget(self._title)
        top.addWidget(self._text, 1)
        top.addWidget(self.cancel_button)
        column.addLayout(top)
        column.addWidget(self._bar)
