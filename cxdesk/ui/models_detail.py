"""What is known of one model, what can be done with it, and a place to try it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui import models_words
from cxdesk.ui.flow import Flow
from cxdesk.ui.knowledge_widgets import surface
from cxdesk.ui.language import mark, tr
from cxdesk.ui.models_words import ModelRow
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, MessagePage, button, restyle, text_label

if TYPE_CHECKING:
    from cxdesk.assist.models import ModelShelf
    from cxdesk.llm.tryout import Trial

QUESTION = mark("My parcel came damaged. What can I do?")
_LEAST_ANSWER = 90


class ModelDetail(QFrame):
    """Each signal tells the name of the model that is shown; `asked` the question too."""

    used = Signal(str)
    fetched = Signal(str)
    measured = Signal(str)
    verified = Signal(str)
    removed = Signal(str)
    asked = Signal(str, str)
    stopped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("modelDetail")
        self.setProperty("surface", True)
        self._look = look
        self.row: ModelRow | None = None
        self._may_change = True
        self._is_busy = self._is_trying = False
        self._make_parts()
        self._lay_out()
        self.show_nothing(
            tr("Choose a model"), tr("You see what it needs, what it is good for, and how quick it is here.")
        )

    # ------------------------------------------------------------ what is shown

    def show_model(self, row: ModelRow, shelf: ModelShelf, *, may_change: bool) -> None:
        if self.row is None or row.name != self.row.name:
            self._answer.clear()
            self._cost.clear()
        self.row, self._may_change = row, may_change
        self._title.setText(row.name)
        self._state.say(row.state)
        self._good_for.setText(models_words.good_for(row.info))
        self._damage.setText(f"{row.damage[:1].upper()}{row.damage[1:]}." if row.damage else "")
        self._damage.setVisible(bool(row.damage))
        self._show_facts(models_words.facts(row, shelf))
        self._show_actions()
        self._pages.setCurrentIndex(1)

    def show_nothing(self, title: str, text: str) -> None:
        self.row = None
        self._nothing.say(title, text)
        self._pages.setCurrentIndex(0)

    def set_busy(self, *, is_busy: bool, is_trying: bool) -> None:
        """`is_busy` with files, `is_trying` a model: what would wait behind it is not offered."""
        self._is_busy, self._is_trying = is_busy, is_trying
        self._show_actions()

    # ------------------------------------------------------------ trying it

    def ask(self) -> None:
        question = " ".join(self.question.text().split()) or tr(QUESTION)
        if self.row is not None and self.ask_button.isEnabled() and not self.ask_button.isHidden():
            self.question.setText(question)
            self._answer.clear()
            self._cost.setText(tr("Loading the model, if it is not loaded yet…"))
            self.asked.emit(self.row.name, question)

    def show_answer(self, text: str) -> None:
        """What has come of the answer so far."""
        if text != self._answer.toPlainText():
            self._answer.setPlainText(text)
            self._answer.verticalScrollBar().setValue(self._answer.verticalScrollBar().maximum())

    def show_trial(self, trial: Trial) -> None:
        self.show_answer(trial.text)
        self._cost.setText(models_words.trial(trial))

    def say_cost(self, text: str) -> None:
        self._cost.setText(text)

    def answer(self) -> str:
        return self._answer.toPlainText()

    def cost(self) -> str:
        return self._cost.text()

    def fact(self, title: str) -> str:
        """What is shown under this title."""
        return next((value.text() for name, value in self._facts if name.text() == title), "")

    # ------------------------------------------------------------ inside

    def _show_facts(self, facts: tuple[tuple[str, Label], ...]) -> None:
        for at, (title, value) in enumerate(self._facts):
            known = facts[at] if at < len(facts) else None
            title.setVisible(known is not None)
            value.setVisible(known is not None)
            if known:
                title.setText(known[0])
                value.setText(known[1].text)
                restyle(value, tone="bad" if known[1].tone == "bad" else "")

    def _show_actions(self) -> None:
        row = self.row
        if row is None:
            return
        is_here, may, is_language = row.info.is_here, self._may_change, row.is_language
        self.use_button.setVisible(may and is_here and is_language and not row.info.is_used)
        self.fetch_button.setVisible(may and (not is_here or bool(row.damage)) and row.info.good_for is not None)
        self.fetch_button.setText(tr("Fetch again") if row.damage else tr("Fetch"))
        self.measure_button.setVisible(may and is_here and is_language)
        self.verify_button.setVisible(is_here)
        self.remove_button.setVisible(may and is_here and not row.info.is_used)
        for one in (self.fetch_button, self.verify_button, self.remove_button):
            one.setEnabled(not self._is_busy)
        self.measure_button.setEnabled(not self._is_trying)
        self._trying.setVisible(is_here and is_language)
        self.ask_button.setVisible(not self._is_trying)
        self.stop_button.setVisible(self._is_trying)

    def _make_parts(self) -> None:
        look = self._look
        self._title = text_label("large", "modelName", wraps=True, selectable=True)
        self._state = Badge("modelStateBadge")
        self._good_for = text_label("", "modelGoodFor", wraps=True)
        self._damage = text_label("", "modelDamage", wraps=True)
        self._damage.setProperty("tone", "bad")
        self._facts = [
            (text_label("small"), text_label("", f"modelFact{at}", wraps=True, selectable=True)) for at in range(5)
        ]
        emit = self._emit
        self.use_button = button(
            tr("Use"),
            "modelUse",
            lambda: emit(self.used),
            hint=tr("Replies are written by it from now on"),
            primary=True,
        )
        self.fetch_button = button(
            tr("Fetch"),
            "modelFetch",
            lambda: emit(self.fetched),
            hint=tr("Download it, or go on with that"),
            primary=True,
        )
        self.measure_button = button(
            tr("Measure"),
            "modelMeasure",
            lambda: emit(self.measured),
            hint=tr("Have it write a typical reply on this PC"),
        )
        self.verify_button = button(
            tr("Verify"),
            "modelVerify",
            lambda: emit(self.verified),
            hint=tr("Read every byte and compare it with the catalog"),
        )
        self.remove_button = button(
            tr("Remove…"), "modelRemove", lambda: emit(self.removed), hint=tr("Delete its file from this PC")
        )
        self.question = QLineEdit(placeholderText=tr(QUESTION))
        self.question.setObjectName("modelQuestion")
        self.question.setAccessibleName(tr("A question to try the model with"))
        self.question.returnPressed.connect(self.ask)
        hint = tr("Its answer is its own; nothing checks it (Enter)")
        self.ask_button = button(tr("Ask"), "modelAsk", self.ask, hint=hint)
        self.stop_button = button(tr("Stop"), "modelStop", self.stopped.emit)
        self._answer = QPlainTextEdit(readOnly=True)
        self._answer.setObjectName("modelAnswer")
        self._answer.setAccessibleName(tr("What the model answers"))
        self._answer.setProperty("page", True)
        self._answer.setTabChangesFocus(True)
        self._answer.setPlaceholderText(tr("The answer appears here as it is written. It reaches no customer."))
        self._answer.setMinimumHeight(_LEAST_ANSWER)
        self._cost = text_label("small", "modelCost", wraps=True)
        self._nothing = MessagePage(look, "modelNothing", "models")

    def _emit(self, signal: SignalInstance) -> None:
        if self.row is not None:
            signal.emit(self.row.name)

    def _lay_out(self) -> None:
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nothing)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._model_page())
        self._pages.addWidget(scroll)

    def _model_page(self) -> QWidget:
        far, apart, near = (self._look.space(name) for name in ("far", "apart", "near"))
        page = surface()
        column = QVBoxLayout(page)
        column.setContentsMargins(far, apart, far, apart)
        column.setSpacing(apart)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._good_for)
        column.addWidget(self._damage)
        grid = QGridLayout()
        grid.setHorizontalSpacing(apart)
        grid.setVerticalSpacing(near)
        grid.setColumnStretch(1, 1)
        for at, (title, value) in enumerate(self._facts):
            grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1)
        column.addLayout(grid)
        actions = QHBoxLayout()
        actions.setSpacing(near)
        verbs = (self.use_button, self.fetch_button, self.measure_button, self.verify_button)
        actions.addLayout(Flow(near, verbs), 1)
        actions.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(actions)
        self._trying = self._trying_part()
        column.addWidget(self._trying, 1)
        column.addStretch(0)
        return page

    def _trying_part(self) -> QWidget:
        near = self._look.space("near")
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, near, 0, 0)
        column.setSpacing(near)
        title = text_label("section")
        title.setText(tr("Try it out"))
        column.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(near)
        row.addWidget(self.question, 1)
        row.addWidget(self.ask_button)
        row.addWidget(self.stop_button)
        column.addLayout(row)
        column.addWidget(self._answer, 1)
        column.addWidget(self._cost)
        return part
