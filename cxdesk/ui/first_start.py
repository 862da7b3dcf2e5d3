"""The first start: a short path that leaves a finished desk. Every step can be skipped, and done later.

How far one has come is kept in the data directory, so that the next start goes on there.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.ui.first_start_steps import AccountStep, DocumentsStep, ModelStep, QuestionStep, ShopStep, Step, scrolled
from cxdesk.ui.first_start_views import STEPS, Progress, StepName
from cxdesk.ui.language import mark, tr
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import MessagePage, button, restyle, text_label
from cxdesk.ui.work import Work

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ui.first_start_reading import FillDemo

SKIPPED = mark("Skipped")
"""What a skipped step came to, kept as it is and looked up where it is shown."""
WIDEST = 680
INBOX = mark("What customers write appears in the inbox by itself, with a reply prepared.")


class FirstStart(QWidget):
    """The path over the window's pages. `left`: a person goes to the pages; `account_wanted`: the first account."""

    left = Signal()
    account_wanted = Signal()

    def __init__(self, look: Look, work: Work, desk: Desk, progress: Progress, fill_demo: FillDemo | None) -> None:
        super().__init__()
        self.setObjectName("firstStart")
        self._look, self._work, self._desk = look, work, desk
        self.progress = progress
        self._keeping = Lock()
        account = AccountStep(look, work, desk)
        account.wanted.connect(self.account_wanted)
        self.steps: dict[StepName, Step] = {
            "model": ModelStep(look, work, desk),
            "shop": ShopStep(look, work, desk, fill_demo),
            "documents": DocumentsStep(look, work, desk),
            "question": QuestionStep(look, work, desk),
            "account": account,
        }
        self._make_parts()
        self._lay_out()
        for name, step in self.steps.items():
            step.finished.connect(lambda said, name=name: self._came_to(name, said))
        look.changed.connect(self._show_path)
        self.go(progress.next_step)

    @property
    def current(self) -> StepName | None:
        """The step in front; None: all are done or skipped."""
        at = self._pages.currentIndex()
        return STEPS[at] if at < len(STEPS) else None

    def go(self, name: StepName | None) -> None:
        """Bring a step to the front; None: the end of the path."""
        self._pages.setCurrentIndex(STEPS.index(name) if name else len(STEPS))
        if name:
            self.steps[name].shown()
        else:
            self._show_end()
        self._show_path()

    def protected(self) -> None:
        """The first account was made."""
        step = self.steps["account"]
        assert isinstance(step, AccountStep)
        step.protected()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.next.setFocus(event.reason())

    def close_down(self) -> None:
        for step in self.steps.values():
            step.close_down()

    # ------------------------------------------------------------ inside

    def _came_to(self, name: StepName, said: str) -> None:
        self._keep(self.progress.with_outcome(name, said))

    def _go_on(self) -> None:
        """To the next step; one that was passed over counts as skipped."""
        if (name := self.current) is None:
            self._finish()
            return
        if name not in self.progress.outcomes:
            self._keep(self.progress.with_outcome(name, SKIPPED))
        at = STEPS.index(name) + 1
        self.go(STEPS[at] if at < len(STEPS) else None)

    def _go_back(self) -> None:
        at = STEPS.index(self.current) if self.current else len(STEPS)
        self.go(STEPS[max(at - 1, 0)])

    def _finish(self) -> None:
        self._keep(self.progress.over())
        self.left.emit()

    def _keep(self, progress: Progress) -> None:
        from cxdesk.ui.first_start_reading import keep

        self.progress = progress
        self._show_path()

        def keep_newest() -> None:
            with self._keeping:  # steps that follow each other quickly are kept on several threads
                keep(self._desk, self.progress)

        self._work.run(keep_newest, lambda _: None, self._could_not_keep)

    def _could_not_keep(self, error: Exception) -> None:
        self.steps[self.current or STEPS[-1]].tell(error)

    def _show_end(self) -> None:
        done = [self.steps[name] for name in STEPS if self.progress.outcomes.get(name) not in (None, SKIPPED)]
        skipped = [tr(self.steps[name].short).lower() for name in STEPS if self.progress.outcomes.get(name) == SKIPPED]
        told = [tr(INBOX)]
        if skipped:
            steps = ", ".join(skipped)
            told = [tr("Skipped: {steps}. 'First start' in the palette brings this path back.", steps=steps), *told]
        self._end.say(tr("Your desk is ready") if done else tr("You can set the desk up later"), " ".join(told))

    def _show_path(self) -> None:
        current = self.current
        for number, (name, made) in enumerate(self._path.items(), start=1):
            said = self.progress.outcomes.get(name)
            is_done = said not in (None, SKIPPED)
            made.setText("   ".join(["✓" if is_done else str(number), tr(self.steps[name].short)]))
            made.setToolTip(tr(SKIPPED) if said == SKIPPED else said or "")
            restyle(made, chosen=name == current, done=is_done)
        is_open = current is not None and current not in self.progress.outcomes
        self.next.setText(tr("Open the inbox") if current is None else tr("Skip") if is_open else tr("Next"))
        restyle(self.next, primary=not is_open)
        self.back.setEnabled(current != STEPS[0])
        self.later.setVisible(current is not None)

    def _make_parts(self) -> None:
        self.next = button(tr("Next"), "firstNext", self._go_on)
        self.back = button(tr("Back"), "firstBack", self._go_back)
        hint = tr("Goes on here at the next start")
        self.later = button(tr("Do this later"), "firstLater", self.left.emit, hint=hint, quiet=True)
        self._end = MessagePage(self._look, "firstEnd", "approve")
        self._path = {name: self._way_to(name) for name in STEPS}
        self._pages = QStackedWidget()
        for step in self.steps.values():
            holder = QWidget()
            holder.setObjectName("firstStep")
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            step.setMaximumWidth(WIDEST)
            row.addWidget(step, 1)
            row.addStretch(0)
            self._pages.addWidget(scrolled(holder, tr(step.title)))
        self._pages.addWidget(self._end)

    def _way_to(self, name: StepName) -> QPushButton:
        made = button("", f"way-{name}", lambda: self.go(name), quiet=True)
        made.setAccessibleName(tr(self.steps[name].short))
        made.setProperty("way", True)
        return made

    def _lay_out(self) -> None:
        far, apart, near = (self._look.space(name) for name in ("far", "apart", "near"))
        path = QFrame()
        path.setProperty("surface", True)
        path.setFixedWidth(230)
        side = QVBoxLayout(path)
        side.setContentsMargins(apart, far + apart, apart, apart)
        side.setSpacing(near)
        title, told = text_label("large", wraps=True), text_label("small", wraps=True)
        title.setText(tr("Welcome to cxdesk"))
        told.setText(tr("Five short steps. Skip what you like: each can be done later."))
        for part in (title, told):
            side.addWidget(part)
        side.addSpacing(apart)
        for way in self._path.values():
            side.addWidget(way)
        side.addStretch(1)
        side.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        main = QVBoxLayout()
        main.setContentsMargins(2 * far, far + apart, 2 * far, far)
        main.setSpacing(apart)
        main.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        main.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(path)
        row.addLayout(main, 1)
