"""The language models of this PC: which there are, what each needs, how quick it is here, and which one answers.

Work on files (fetching, importing, verifying) goes one after the other on a thread of its own, and so does trying a
model: reading the list never waits for either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.domain import Stopped
from cxdesk.ui import models_words
from cxdesk.ui.knowledge_widgets import HintBar, surface
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.models_detail import ModelDetail
from cxdesk.ui.models_words import ModelRow
from cxdesk.ui.models_work import AtWork, WorkStrip
from cxdesk.ui.page import Command, Done, Page, Result
from cxdesk.ui.places import UNSAVED, as_json, from_json
from cxdesk.ui.table import Column, FilterRow, SideBySide, TablePane, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import ElidedLabel, button, keys, text_label
from cxdesk.ui.work import Work

if TYPE_CHECKING:
    from cxdesk.assist.models import ModelShelf
    from cxdesk.desk import Desk
    from cxdesk.llm.tryout import Trial
    from cxdesk.llm.weights import Installed, Verdict

IMPORT_KEYS = "Ctrl+O"
FILES = mark("Models (*.gguf);;All files (*)")
REPAINT_MS = 80
_AUTO_HINT = mark("The largest tried model that leaves half of this PC's memory to other programs")
_NONE_HINT = mark("Replies are the desk's own plain answers: correct, and less graceful")
_KINDS = (
    (mark("All models"), None),
    (mark("On this PC"), "here"),
    (mark("Language"), "language"),
    (mark("Search"), "embedding"),
)


class ModelsPage(Page):
    name = "models"

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.files = Work(1, self)
        self.engine = Work(1, self)
        self.shelf: ModelShelf | None = None
        self._damages: dict[str, str] = {}
        self._wanted = ""
        self._trying: AtWork | None = None
        self._heard: list[str] = []
        self._make_parts()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ the window's side

    @property
    def is_idle(self) -> bool:
        return super().is_idle and self.files.is_idle and self.engine.is_idle

    def refresh(self) -> None:
        self.run(lambda desk: desk.models.shelf(), self._show_shelf, key="shelf")

    def reveal(self, item_id: str) -> None:
        """Show the model of this name."""
        self._wanted = item_id
        self.filters.clear()
        self.refresh()

    def commands(self) -> Sequence[Command]:
        return (
            Command(mark("Import a model from a file"), self.choose_file, IMPORT_KEYS),
            Command(mark("Verify all models"), self.verify),
            Command(mark("Fetch the chosen model"), self.detail.fetch_button.click),
            Command(mark("Use the chosen model"), self.detail.use_button.click),
            Command(mark("Measure the chosen model on this PC"), self.detail.measure_button.click),
            Command(mark("Answer without a language model"), lambda: self.use("none")),
            Command(mark("Let the desk choose the model"), lambda: self.use("auto")),
        )

    def place(self) -> Mapping[str, object]:
        return {
            "model": self.detail.row.name if self.detail.row else "",
            "filters": self.filters.choices(),
            "order": self.table.order(),
            UNSAVED: as_json({"search": self.filters.field.text()}),
        }

    def return_to(self, place: Mapping[str, object]) -> None:
        self._wanted = str(place.get("model") or "")
        self.filters.return_to(place.get("filters"), from_json(place.get(UNSAVED)).get("search"))
        self.table.return_to(place.get("order"))

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        self.table.choose_row(0)
        yield self.name, self

    def close_down(self) -> None:
        """End what goes on behind the page; what was fetched by now is kept for the next time."""
        self.strip.cancel()
        self._stop_trying()
        self._repaint.stop()
        self.files.close()
        self.engine.close()

    # ------------------------------------------------------------ what a person does

    def fetch(self, name: str) -> None:
        """Download a model, or go on with it."""

        def work(desk: Desk, at: AtWork) -> Path:
            return desk.models.fetch(name, at.note, say=at.say, cancel=at.cancel)

        def fetched(_: Path) -> None:
            self._damages.pop(name, None)
            self.done.emit(Done(tr("{model} is here and whole", model=name)))

        self._with_files(tr("Fetching {model}", model=name), work, fetched)

    def choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import a model"), "", tr(FILES))
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, file: Path) -> None:
        """Take a GGUF file over, such as one brought on a USB stick."""

        def imported(model: Installed) -> None:
            self._wanted = model.name
            self.done.emit(Done(tr("{model} is imported", model=model.name)))

        self._with_files(
            tr("Importing {file}", file=file.name),
            lambda desk, at: desk.models.import_file(file, at.note, cancel=at.cancel),
            imported,
        )

    def verify(self, name: str | None = None) -> None:
        """Read one model completely, or all."""

        def verified(verdicts: list[Verdict]) -> None:
            for verdict in verdicts:
                self._damages.pop(verdict.name, None)
            damaged = {verdict.name: verdict.reason for verdict in verdicts if not verdict.ok}
            self._damages.update(damaged)
            told = models_words.verified(verdicts)
            if damaged:
                self.notice.say(tr("{damaged}. Fetch or import again what is damaged.", damaged=told))
            else:
                self.done.emit(Done(told))

        self._with_files(
            tr("Verifying {model}", model=name) if name else tr("Verifying all models"),
            lambda desk, at: desk.models.verify(at.note, name, cancel=at.cancel),
            verified,
        )

    def ask_remove(self, name: str) -> None:
        """Ask once, since a removed model has to be fetched again."""
        row = self._row(name)
        if row is not None:
            self._removing = name
            size = models_words.size(row.info.bytes)
            self.remove_bar.say(tr("Remove {model} and free {size}? It can't be taken back.", model=name, size=size))
            self.keep_button.setFocus()

    def remove(self) -> None:
        name, self._removing = self._removing, ""
        self.remove_bar.say("")

        def removed(model: Installed) -> None:
            self._damages.pop(name, None)
            size = models_words.size(model.bytes)
            self.done.emit(Done(tr("{model} is removed, {size} are free again", model=name, size=size)))
            self.refresh()

        self.run(lambda desk: desk.models.remove(name), removed)

    def use(self, name: str) -> None:
        """Answer with this model from the next reply on; a reply that is being written ends with its own."""

        def work(desk: Desk) -> str | None:
            desk.use_model(name)
            desk.language_model()  # begins to load it, so that the next reply waits less
            return desk.models.shelf().in_use.name

        def switched(used: str | None) -> None:
            self.done.emit(Done(models_words.switched(used)))
            self.refresh()

        self.run(work, switched)

    def measure(self, name: str) -> None:
        """Have the model write a typical reply, and keep how long it took."""

        def measured(_: object) -> None:
            self.done.emit(Done(tr("{model} is measured on this PC", model=name)))
            self.refresh()

        self.detail.say_cost(tr("Measuring: a typical reply is being written…"))
        self._with_engine(lambda desk, at: desk.models.measure(name, cancel=at.cancel), measured)

    def try_out(self, name: str, question: str) -> None:
        """Ask the model, and show its answer as it comes."""
        heard = self._heard = []

        def work(desk: Desk, at: AtWork) -> Trial:
            return desk.models.try_out(name, question, heard.append, cancel=at.cancel)

        self._with_engine(work, self.detail.show_trial)
        self._repaint.start()

    # ------------------------------------------------------------ behind the page

    def _with_files(
        self, title: str, work: Callable[[Desk, AtWork], Result], on_success: Callable[[Result], None]
    ) -> None:
        desk = self.desk
        assert desk is not None
        if self.strip.is_working:
            self.notice.say(tr("Something is under way already. Wait until it is done, or cancel it first."))
            return
        self.notice.hide()
        at = self.strip.begin(title)
        self._show_busy()

        def succeeded(result: Result) -> None:
            ended()
            on_success(result)

        def failed(error: Exception) -> None:
            ended()
            self._tell(error)

        def ended() -> None:
            self.strip.end()
            self._show_busy()
            self.refresh()

        self.files.run(lambda: work(desk, at), succeeded, failed)

    def _with_engine(self, work: Callable[[Desk, AtWork], Result], on_success: Callable[[Result], None]) -> None:
        desk = self.desk
        assert desk is not None
        at = self._trying = AtWork()
        self._show_busy()

        def succeeded(result: Result) -> None:
            ended()
            on_success(result)

        def failed(error: Exception) -> None:
            ended()
            self._tell(error)

        def ended() -> None:
            self._repaint.stop()
            self._trying = None
            self.detail.say_cost("")
            self._show_busy()

        self.engine.run(lambda: work(desk, at), succeeded, failed)

    def _stop_trying(self) -> None:
        if self._trying is not None:
            self._trying.cancel.set()

    def _tell(self, error: Exception) -> None:
        """What a person stopped is no trouble."""
        if isinstance(error, Stopped):
            self.done.emit(Done(str(error)))
        else:
            self.tell(error)

    # ------------------------------------------------------------ what came back

    def _show_shelf(self, shelf: ModelShelf) -> None:
        self.shelf = shelf
        self._in_use.say(shelf.in_use.name or tr("No language model answers"))
        self._why.setText(tr(shelf.in_use.why))
        may_change = self.desk is not None and self.desk.access.may("models")
        self.import_button.setVisible(may_change)
        self.auto_button.setVisible(may_change and shelf.in_use.chosen != "auto")
        self.none_button.setVisible(may_change and shelf.in_use.chosen != "none")
        self._filter()
        chosen = self._wanted or (self.detail.row.name if self.detail.row else "") or shelf.in_use.name or ""
        self._wanted = ""
        self.table.choose(chosen)
        self._show_chosen(chosen)

    def _filter(self) -> None:
        if self.shelf is None:
            return
        wanted, kind = self.filters.words().casefold().split(), self.filters.chosen("kind")
        rows = [
            row
            for row in models_words.model_rows(self.shelf, self._damages)
            if all(word in models_words.findable(row) for word in wanted)
            and (kind in (None, row.info.kind) or (kind == "here" and row.info.is_here))
        ]
        with self.table.keeping_place():
            self.rows.show(rows)
        here = sum(one.is_here for one in self.shelf.models)
        free = models_words.size(self.shelf.free_disk_bytes)
        self.list.say_count(tr("{n} on this PC  ·  {size} of disk free", n=number(here), size=free))
        if rows:
            self.list.show_table()
        else:
            self.list.say_nothing(
                tr("No model fits"), tr("Look for other words, or press Esc in the search to see all.")
            )

    def _show_chosen(self, name: str) -> None:
        row = self._row(name)
        if row is not None and self.shelf is not None and self.desk is not None:
            self.detail.show_model(row, self.shelf, may_change=self.desk.access.may("models"))

    def _show_busy(self) -> None:
        self.detail.set_busy(is_busy=self.strip.is_working, is_trying=self._trying is not None)

    def _row(self, name: str) -> ModelRow | None:
        return (
            next((r for r in models_words.model_rows(self.shelf, self._damages) if r.name == name), None)
            if (self.shelf)
            else None
        )

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        look = self.look
        self.rows = TableRows[ModelRow](lambda row: row.name, _COLUMNS, self)
        self.table = TableView(look, self.rows, "modelTable", tr("Models"))
        self.filters = FilterRow(look, mark("models"))
        kinds = [(tr(said), kind) for said, kind in _KINDS]
        self.kind = self.filters.add_choice("kind", tr("Which models"), kinds)
        self.list = TablePane(look, self.title, self.table, self.filters, "models")
        hint = tr("Read every model completely")
        self.verify_button = button(tr("Verify all"), "modelsVerify", self.verify, hint=hint)
        hint = tr("Take a GGUF file over ({keys})", keys=keys(IMPORT_KEYS))
        self.import_button = button(tr("Import…"), "modelsImport", self.choose_file, hint=hint)
        self.list.add_action(self.verify_button)
        self.list.add_action(self.import_button)
        self.detail = ModelDetail(look)
        self.strip = WorkStrip(look, "modelsAtWork", models_words.progress)
        self._removing = ""
        self.remove_bar = HintBar(look, "modelsRemoving")
        self.keep_button = button(tr("Keep it"), "modelsKeep", lambda: self.remove_bar.say(""))
        self.remove_button = button(tr("Remove"), "modelsRemoveNow", self.remove)
        self.remove_button.setProperty("danger", True)
        self.remove_bar.offer(self.keep_button)
        self.remove_bar.offer(self.remove_button)
        self.auto_button = button(tr("Let the desk choose"), "modelAuto", lambda: self.use("auto"), hint=tr(_AUTO_HINT))
        self.none_button = button(tr("Use none"), "modelNone", lambda: self.use("none"), hint=tr(_NONE_HINT))
        self._in_use = ElidedLabel("strong", "modelInUse")
        self._why = text_label("small", "modelWhy", wraps=True)
        self._repaint = QTimer(self, interval=REPAINT_MS)

    def _lay_out(self) -> None:
        self.list.setMinimumWidth(360)
        self.detail.setMinimumWidth(360)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.remove_bar)
        column.addWidget(self._header())
        column.addWidget(SideBySide("modelsSplit", self.list, self.detail, share=0.45), 1)
        column.addWidget(self.strip)
        # Tab goes as one reads; without this the buttons above the table would come after it.
        filters = (self.filters.field, self.kind)
        reading = (self.auto_button, self.none_button, self.verify_button, self.import_button, *filters, self.table)
        for one, following in pairwise(reading):
            self.setTabOrder(one, following)

    def _header(self) -> QFrame:
        look = self.look
        header = surface("bottom")
        row = QHBoxLayout(header)
        row.setContentsMargins(look.space("apart"), look.space("near"), look.space("apart"), look.space("near"))
        row.setSpacing(look.space("apart"))
        title = text_label("section")
        title.setText(tr("Answers now"))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (title, self._in_use, self._why):
            texts.addWidget(label)
        row.addLayout(texts, 1)
        row.addWidget(self.auto_button)
        row.addWidget(self.none_button)
        return header

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.detail.question.setFocus())
        detail = self.detail
        detail.used.connect(self.use)
        detail.fetched.connect(self.fetch)
        detail.measured.connect(self.measure)
        detail.verified.connect(self.verify)
        detail.removed.connect(self.ask_remove)
        detail.asked.connect(self.try_out)
        detail.stopped.connect(self._stop_trying)
        self._repaint.timeout.connect(lambda: self.detail.show_answer("".join(self._heard)))


_COLUMNS: tuple[Column[ModelRow], ...] = (
    Column("name", mark("Model"), lambda row: row.name, least=30, is_strong=True),
    Column("state", mark("State"), lambda row: row.state.text, width=13, tone=lambda row: row.state.tone),
    Column("size", mark("Size"), lambda row: models_words.size(row.info.bytes), width=8, gives_way=3,
           order=lambda row: row.info.bytes, is_right=True, is_quiet=True),
    Column("memory", mark("Memory"), lambda row: models_words.size(row.info.memory_bytes), width=9, gives_way=2,
           order=lambda row: row.info.memory_bytes or 0, is_right=True, is_quiet=True),
    Column("reply", mark("A reply"), lambda row: models_words.seconds(row.info.measured), width=8, gives_way=1,
           order=lambda row: row.info.measured.seconds if row.info.measured else 0.0, is_right=True),
)  # fmt: skip
