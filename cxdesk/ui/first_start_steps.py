"""The steps of the first start. Each says what it is for, does one thing, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.first_start_views import NO_MODEL, Offer, Offers, Outcome, StepName, Stopped, Tested, Tracker
from cxdesk.ui.language import mark, number, percent, tr
from cxdesk.ui.sign_in import labelled
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, Notice, button, restyle, text_label
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ui.first_start_reading import FillDemo

REPAINT_MS = 100
MOST_LEFT_OUT = 5


class Step(QWidget):
    """One step. `finished` carries what came of it, in one sentence; the same step may finish again.

    `title`, `short` and `why` are marked texts.
    """

    finished = Signal(str)
    name: ClassVar[StepName]
    title: ClassVar[str]
    short: ClassVar[str]
    why: ClassVar[str]

    def __init__(self, look: Look, work: Work, desk: Desk) -> None:
        super().__init__()
        self.setObjectName(f"step-{self.name}")
        self.look, self.work, self.desk = look, work, desk
        self.notice = Notice(look)
        self.tracker: Tracker | None = None
        self._what = text_label("small", f"{self.name}Progress")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("How far it is: {step}", step=tr(self.title)))
        self.stop = button(tr("Stop"), f"{self.name}Stop", self._stop, hint=tr("What was done so far is kept"))
        self.outcome = text_label("strong", f"{self.name}Outcome", wraps=True)
        self.left_out = text_label("small", f"{self.name}LeftOut", wraps=True, selectable=True)
        self._repaint = QTimer(self, interval=REPAINT_MS)
        self._repaint.timeout.connect(self._show_progress)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.space("apart"))
        self._lay_out()

    def shown(self) -> None:
        """The step came to the front: read what it shows."""

    def controls(self) -> Sequence[QWidget]:
        """What can't be used while work is under way."""
        return ()

    def begin(self, what: str, work: Callable[[Tracker], Outcome]) -> None:
        """Do `work` on the pool, showing how far it is."""
        tracker = self.tracker = Tracker(what=what)
        self.notice.hide()
        self.outcome.hide()
        self.left_out.hide()
        self._busy(True)
        self.work.run(lambda: work(tracker), self._ended, self._failed)

    def _ended(self, outcome: Outcome) -> None:
        self._busy(False)
        self.outcome.setText(f"✓  {outcome.sentence}")
        self.outcome.show()
        more = len(outcome.left_out) - MOST_LEFT_OUT
        told = [*outcome.left_out[:MOST_LEFT_OUT], *([tr("and {n} more", n=number(more))] if more > 0 else [])]
        self.left_out.setText("\n".join([tr("Left out:"), *told]))
        self.left_out.setVisible(bool(told))
        self.finished.emit(outcome.sentence)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, Stopped):
            self.notice.say(tr("Stopped. Begin again when you like: it goes on where it was."))
            return
        self.tell(error)

    def tell(self, error: Exception) -> None:
        self.notice.say(explain(error))

    def close_down(self) -> None:
        """The desk is about to be closed: what is under way stops at its next step."""
        self._repaint.stop()
        if self.tracker:
            self.tracker.stop.set()

    def _stop(self) -> None:
        if self.tracker:
            self.tracker.stop.set()
            self.stop.setEnabled(False)
            self._what.setText(tr("Stopping…"))

    def _busy(self, on: bool) -> None:
        for widget in (self._what, self._bar, self.stop):
            widget.setVisible(on)
        for control in self.controls():
            control.setEnabled(not on)
        self.stop.setEnabled(True)
        if on:
            self._repaint.start()
            self._show_progress()
        else:
            self._repaint.stop()
            self.tracker = None

    def _show_progress(self) -> None:
        tracker = self.tracker
        if tracker is None or tracker.stop.is_set():
            return
        share = [percent(tracker.done / tracker.total)] if tracker.total else []
        self._what.setText(", ".join([tracker.what, *share]))
        # In thousandths: a file's bytes don't fit Qt's numbers.
        self._bar.setRange(0, 1000 if tracker.total else 0)
        self._bar.setValue(1000 * tracker.done // tracker.total if tracker.total else 0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.space("apart"))
        title, why = text_label("title", wraps=True), text_label("", wraps=True)
        title.setText(tr(self.title))
        why.setText(tr(self.why))
        why.setProperty("tone", "quiet")
        column.addWidget(title)
        column.addWidget(why)
        column.addWidget(self.notice)
        column.addSpacing(self.look.space("near"))
        column.addLayout(self.body)
        running = QHBoxLayout()
        running.addWidget(self._what, 1)
        running.addWidget(self.stop)
        column.addLayout(running)
        column.addWidget(self._bar)
        column.addWidget(self.outcome)
        column.addWidget(self.left_out)
        column.addStretch(1)
        self.outcome.setProperty("tone", "good")
        for part in (self._what, self._bar, self.stop, self.outcome, self.left_out):
            part.hide()


class ModelStep(Step):
    name = "model"
    short = mark("Language model")
    title = mark("Choose a language model for this PC")
    why = mark(
        "It puts replies into friendly words and runs on this PC alone. Facts come from your shop's data and documents,"
        " with any model or with none."
    )

    def __init__(self, look: Look, work: Work, desk: Desk) -> None:
        super().__init__(look, work, desk)
        self._choices = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(look.space("near"))
        self.act = button(tr("Use it"), "modelTake", self._take, primary=True)
        self.body.addLayout(self._list)
        self.body.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        self._offers: tuple[Offer, ...] = ()
        self._choices.buttonClicked.connect(lambda _: self._follow_choice())

    def shown(self) -> None:
        from cxdesk.ui.first_start_reading import read_offers

        if not self._offers:
            self.work.run(lambda: read_offers(self.desk), self.show_offers, self.tell)

    def show_offers(self, offers: Offers) -> None:
        """Offer the models, the best one for this PC chosen."""
        if self._offers:
            return
        self._offers = offers.models
        for offer in offers.models:
            self._add(offer.name, offer.title, _about(offer), _state(offer), chosen=offer.is_best)
        about = tr("Replies are the desk's plain answers: correct, less graceful.")
        self._add(NO_MODEL, tr("No language model"), about, None)
        self._follow_choice()

    def choice(self) -> str:
        chosen = self._choices.checkedButton()
        return chosen.property("model") if chosen else NO_MODEL

    def choose(self, name: str) -> None:
        for each in self._choices.buttons():
            if each.property("model") == name:
                each.click()

    def controls(self) -> Sequence[QWidget]:
        return (self.act, *self._choices.buttons())

    def _add(self, name: str, title: str, about: str, state: Label | None, *, chosen: bool = False) -> None:
        radio = QRadioButton(title)
        radio.setAccessibleName(f"{title}. {about}")
        radio.setProperty("model", name)
        radio.setChecked(chosen)
        self._choices.addButton(radio)
        badge, told = Badge(), text_label("small", wraps=True)
        badge.say(state)
        told.setText(about)
        top = QHBoxLayout()
        top.addWidget(radio)
        top.addWidget(badge)
        top.addStretch(1)
        self._list.addLayout(top)
        indented = QHBoxLayout()
        indented.setContentsMargins(24, 0, 0, 0)
        indented.addWidget(told)
        self._list.addLayout(indented)

    def _follow_choice(self) -> None:
        here = {offer.name for offer in self._offers if offer.is_here} | {NO_MODEL}
        self.act.setText(tr("Use it") if self.choice() in here else tr("Fetch and use it"))

    def _take(self) -> None:
        from cxdesk.ui.first_start_reading import take_model

        name = self.choice()
        self.begin(tr("Looking for it"), lambda tracker: take_model(self.desk, name, tracker))


def _about(offer: Offer) -> str:
    return f"{offer.good_for} {offer.needs}."


def _state(offer: Offer) -> Label | None:
    if offer.is_here:
        return Label(tr("on this PC, best for it") if offer.is_best else tr("on this PC"), "good")
    return Label(tr("best for this PC"), "accent") if offer.is_best else None


class _Files(QFrame):
    """Takes what is dropped on it. `dropped` carries the paths."""

    dropped = Signal(object)

    def __init__(self, look: Look, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("drop", True)
        self.setAcceptDrops(True)
        self._said = text_label("", wraps=True)
        self._said.setText(said)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setProperty("tone", "quiet")
        far = look.space("far")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(far, far, far, far)
        self.column.setSpacing(look.space("apart"))
        self.column.addWidget(self._said)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            restyle(self, dropping=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, dropping=False)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, dropping=False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class ShopStep(Step):
    name = "shop"
    short = mark("Your shop")
    title = mark("Bring in your shop")
    why = mark(
        "Customers, orders and products as CSV, JSON or Parquet files in one folder. Importing twice changes nothing."
    )

    def __init__(self, look: Look, work: Work, desk: Desk, fill_demo: FillDemo | None) -> None:
        super().__init__(look, work, desk)
        self._fill_demo = fill_demo
        self.shop = QLineEdit(placeholderText=tr("As your customers know it"))
        self.shop.setObjectName("shopName")
        self.shop.setAccessibleName(tr("The shop's name"))
        self.choose = button(tr("Choose a folder…"), "shopChoose", self._choose, primary=True)
        hint = tr("An invented shop, to look around")
        self.demo = button(tr("Take the demo shop"), "shopDemo", self._take_demo, hint=hint)
        files = _Files(look, "shopFolder", tr("Drop the folder here, or"))
        files.dropped.connect(lambda paths: self.take(paths[0]))
        files.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addLayout(labelled(tr("The shop's name"), self.shop, look))
        self.body.addWidget(files)
        row = QHBoxLayout()
        told = text_label("", wraps=True)
        told.setText(tr("No files at hand? Look around in an invented shop first."))
        told.setProperty("tone", "quiet")
        row.addWidget(told, 1)
        row.addWidget(self.demo)
        self.body.addLayout(row)
        for widget in (told, self.demo):
            widget.setVisible(fill_demo is not None)

    def take(self, folder: Path) -> None:
        """Import this folder, or the folder that this file lies in."""
        from cxdesk.ui.first_start_reading import take_shop

        name = self.shop.text()
        self.begin(tr("Reading files"), lambda tracker: take_shop(self.desk, folder, name, tracker))

    def controls(self) -> Sequence[QWidget]:
        return (self.shop, self.choose, self.demo)

    def _choose(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, tr("The folder with your shop's files")):
            self.take(Path(folder))

    def _take_demo(self) -> None:
        from cxdesk.ui.first_start_reading import take_demo

        fill = self._fill_demo
        if fill is not None:
            self.begin(tr("Setting up the demo shop"), lambda tracker: take_demo(self.desk, fill, tracker))


class DocumentsStep(Step):
    name = "documents"
    short = mark("Documents")
    title = mark("Add what your shop has written down")
    why = mark(
        "Shipping, returns, warranty, opening hours: replies quote them sentence by sentence. Markdown, text, HTML, PDF"
        " and Word files; what lies in a folder named 'internal' is for staff only."
    )

    def __init__(self, look: Look, work: Work, desk: Desk) -> None:
        super().__init__(look, work, desk)
        self.choose = button(tr("Choose files…"), "documentsChoose", self._choose, primary=True)
        files = _Files(look, "documentsDrop", tr("Drop files or folders here, or"))
        files.dropped.connect(self.take)
        files.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(files)

    def take(self, paths: Sequence[Path]) -> None:
        """Add these files, and what is in these folders."""
        from cxdesk.ui.first_start_reading import take_documents

        self.begin(tr("Reading documents"), lambda tracker: take_documents(self.desk, paths, tracker))

    def controls(self) -> Sequence[QWidget]:
        return (self.choose,)

    def _choose(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, tr("Documents of your shop"))
        if files:
            self.take([Path(file) for file in files])


class QuestionStep(Step):
    name = "question"
    short = mark("A test question")
    title = mark("Ask what a customer would ask")
    why = mark("Each sentence of the reply stands beside what it rests on. What nothing supports is never sent.")

    def __init__(self, look: Look, work: Work, desk: Desk) -> None:
        super().__init__(look, work, desk)
        self.field = QLineEdit(placeholderText=tr("How long does delivery take?"))
        self.field.setObjectName("testQuestion")
        self.field.setAccessibleName(tr("Test question"))
        self.field.returnPressed.connect(self.ask)
        self.act = button(tr("Ask"), "testAsk", self.ask, hint=tr("Ask (Enter)"), primary=True)
        self._examples = QVBoxLayout()
        self._examples.setSpacing(look.space("tight"))
        self._answer = QWidget()
        self._answer.setObjectName("testAnswer")
        self._lines = QVBoxLayout(self._answer)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look.space("near"))
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.act)
        self.body.addLayout(row)
        self.body.addLayout(self._examples)
        self.body.addWidget(self._answer)

    def shown(self) -> None:
        from cxdesk.ui.first_start_reading import example_questions

        self.work.run(lambda: example_questions(self.desk), self.show_examples, self.tell)
        self.field.setFocus()

    def show_examples(self, questions: Sequence[str]) -> None:
        """Questions to try with one click."""
        _empty(self._examples)
        for at, question in enumerate(questions):
            made = button(question, f"example{at}", partial(self._try, question), quiet=True)
            made.setProperty("example", True)
            self._examples.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def ask(self) -> None:
        """Ask what stands in the field."""
        from cxdesk.ui.first_start_reading import ask_test

        question = " ".join(self.field.text().split())
        if question and self.act.isEnabled():
            self.notice.hide()
            self.act.setEnabled(False)
            self.act.setText(tr("Asking…"))
            self.work.run(lambda: ask_test(self.desk, question), self.show_tested, self._could_not)

    def show_tested(self, tested: Tested) -> None:
        """The reply, sentence by sentence, with what each rests on."""
        self._rest()
        _empty(self._lines)
        verdict = Badge("testVerdict")
        ready, asked = Label(tr("Ready to send"), "good"), Label(tr("A person would be asked"), "warn")
        verdict.say(ready if tested.is_answered else asked)
        self._lines.addWidget(verdict)
        reply = text_label("", "testReply", wraps=True, selectable=True)
        reply.setText(tested.reply)
        self._lines.addWidget(reply)
        for proof in tested.proofs:
            self._lines.addWidget(self._proof(proof.sentence, proof.place, proof.words))
        if not tested.proofs:
            told = text_label("small", wraps=True)
            told.setText(
                tr("It states nothing that needs a source. Add a document that answers the question, and ask again.")
            )
            self._lines.addWidget(told)
        self.finished.emit(tr("Answered from its sources") if tested.proofs else tr("Asked; nothing answers it yet"))

    def _proof(self, sentence: str, place: str, quote: str) -> QWidget:
        frame = QFrame()
        frame.setProperty("proof", True)
        column = QVBoxLayout(frame)
        near = self.look.space("near")
        column.setContentsMargins(self.look.space("apart"), near, near, near)
        column.setSpacing(self.look.space("tight"))
        lines = [("strong", sentence), ("small", place), *([("", f"“{quote}”")] if quote else [])]
        for role, text in lines:
            label = text_label(role, wraps=True, selectable=True)
            label.setText(text)
            column.addWidget(label)
        return frame

    def _try(self, question: str) -> None:
        self.field.setText(question)
        self.ask()

    def _rest(self) -> None:
        self.act.setEnabled(True)
        self.act.setText(tr("Ask"))

    def _could_not(self, error: Exception) -> None:
        self._rest()
        self.tell(error)


class AccountStep(Step):
    """`wanted`: the form for the first account."""

    wanted = Signal()
    name = "account"
    short = mark("Who may use it")
    title = mark("Protect this desk")
    why = mark(
        "With accounts the desk asks who is there, locks when nobody is, and writes down who did what. Without, whoever"
        " sits at this PC is the owner."
    )

    def __init__(self, look: Look, work: Work, desk: Desk) -> None:
        super().__init__(look, work, desk)
        self.act = button(tr("Create the admin's account…"), "accountCreate", self.wanted.emit, primary=True)
        self.body.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)

    def protected(self) -> None:
        """The account was made."""
        self._ended(Outcome(tr("This desk asks who is there")))
        self.act.setEnabled(False)


def scrolled(part: QWidget, accessible: str) -> QScrollArea:
    """A part that scrolls where the window is too low for it."""
    area = QScrollArea(widgetResizable=True)
    area.setAccessibleName(accessible)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(part)
    return area


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
