"""Monitor: what the desk does, what it tried to reach and what it keeps; all of it in a file for an auditor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTime
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import JobRun, JobState, OutcomeCount, Span, SpanStat, now
from cxdesk.ledger import Attempt
from cxdesk.ui import monitor_words, words
from cxdesk.ui.chart_tiles import Grid, Tile
from cxdesk.ui.language import mark, plural, tr
from cxdesk.ui.monitor_parts import (
    ATTEMPT_COLUMNS,
    FACT_COLUMNS,
    FILE_COLUMNS,
    JOB_COLUMNS,
    OUTCOME_COLUMNS,
    STAT_COLUMNS,
    TURN_COLUMNS,
    Fact,
    Listing,
    TurnView,
)
from cxdesk.ui.monitor_reading import LEDGER_LINES, FileSize, Report, read_report, write_report
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.table import TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import MessagePage, button, keys, text_label
from cxdesk.ui.work import Work

WIDE_TILE = 160
RUN_KEYS, EXPORT_KEYS, AGAIN_KEYS = "Ctrl+R", "Ctrl+S", "F5"
TABS = (
    mark("Turns"),
    mark("Jobs"),
    mark("Errors and speed"),
    mark("Connections"),
    mark("Data and program"),
    mark("Log"),
)
# What the palette calls each tab.
TAB_COMMANDS = (
    mark("Monitor: turns"),
    mark("Monitor: jobs"),
    mark("Monitor: errors and speed"),
    mark("Monitor: connections"),
    mark("Monitor: data and program"),
    mark("Monitor: log"),
)
TURNS, JOBS, ERRORS, CONNECTIONS, DATA, LOG = range(len(TABS))
# Each tile, and the tab that has more of it.
TILES = (
    ("model", mark("Language model"), TURNS),
    ("queue", mark("In line for the model"), TURNS),
    ("errors", mark("Failures"), ERRORS),
    ("network", mark("Network"), CONNECTIONS),
    ("data", mark("Data directory"), DATA),
)


class MonitorPage(Page):
    name = "monitor"

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.report: Report | None = None
        self.tiles = {name: Tile(look, name, tr(title)) for name, title, _ in TILES}
        self.turns: Listing[Span] = Listing(look, "turnTable", tr("Last turns"), lambda span: span.run_id, TURN_COLUMNS)
        self.turn = TurnView(look)
        self.jobs: Listing[JobState] = Listing(look, "jobTable", tr("Jobs"), lambda job: job.name, JOB_COLUMNS)
        self.outcomes: Listing[OutcomeCount] = Listing(
            look, "outcomeTable", tr("Errors by kind"), lambda c: f"{c.room} {c.name} {c.outcome}", OUTCOME_COLUMNS
        )
        self.stats: Listing[SpanStat] = Listing(
            look, "statTable", tr("Speed by part"), lambda stat: f"{stat.room} {stat.name}", STAT_COLUMNS
        )
        self.attempts: Listing[Attempt] = Listing(
            look, "attemptTable", tr("Ledger of connections"), lambda a: f"{a.at.isoformat()} {a.who} {a.where}",
            ATTEMPT_COLUMNS,
        )  # fmt: skip
        self.files: Listing[FileSize] = Listing(look, "fileTable", tr("Sizes"), lambda file: file.name, FILE_COLUMNS)
        self.facts: Listing[Fact] = Listing(look, "factTable", tr("Versions"), lambda fact: fact[0], FACT_COLUMNS)
        self.log = _log_view()
        self.no_log = MessagePage(look, "logEmpty", "monitor")
        self.waiting = MessagePage(look, "monitorEmpty", "monitor")
        hint = tr("Run the chosen job ({keys})", keys=keys(RUN_KEYS))
        self.run_button = button(tr("Run now"), "runJob", self.run_job, hint=hint)
        self._export = button(
            tr("Export for the auditor"), "exportReport", self._choose_file,
            hint=tr("All of it in one file, without customers' text ({keys})", keys=keys(EXPORT_KEYS)),
        )  # fmt: skip
        self._moment = text_label("small", "monitorMoment")
        self.tabs = QTabBar()
        self._lay_out()
        self._connect()
        self._say_what_is_empty()

    # ------------------------------------------------------------ the window's side

    def refresh(self) -> None:
        if self.desk is not None:
            self.run(read_report, self._show, self._fail, key="report")

    def commands(self) -> Sequence[Command]:
        return (
            *(Command(title, partial(self.show_tab, at)) for at, title in enumerate(TAB_COMMANDS)),
            Command(mark("Next tab of the monitor"), partial(self._turn_tab, 1), "Ctrl+Tab"),
            Command(mark("Previous tab of the monitor"), partial(self._turn_tab, -1), "Ctrl+Shift+Tab"),
            Command(mark("Run the chosen job now"), self.run_job, RUN_KEYS),
            Command(mark("Export for the auditor"), self._choose_file, EXPORT_KEYS),
            Command(mark("Look again"), self.refresh, AGAIN_KEYS),
        )

    def place(self) -> Mapping[str, object]:
        orders = {f"order of {table.objectName()}": table.order() for table in self._tables()}
        return {"tab": self.tabs.currentIndex(), **orders}

    def return_to(self, place: Mapping[str, object]) -> None:
        tab = str(place.get("tab"))
        if tab in map(str, range(len(TABS))):
            self.show_tab(int(tab))
        for table in self._tables():
            table.return_to(place.get(f"order of {table.objectName()}"))

    def _tables(self) -> Sequence[TableView]:
        listings = (self.turns, self.jobs, self.outcomes, self.stats, self.attempts, self.files)
        return [listing.table for listing in listings]

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        yield self.name, self
        for at in (JOBS, ERRORS, CONNECTIONS, DATA, LOG):
            self.show_tab(at)
            yield f"monitor-{TABS[at].split()[0].lower()}", self
        self.show_tab(TURNS)

    # ------------------------------------------------------------ what a person does

    def show_tab(self, at: int) -> None:
        self.tabs.setCurrentIndex(at)

    def run_job(self) -> None:
        """Run the chosen job in the background, and say how it ended."""
        name = self.jobs.table.chosen_key()
        if name is None:
            self.show_tab(JOBS)
            self.jobs.table.choose_row(0)
            return
        self.run_button.setEnabled(False)
        self.run(lambda desk: desk.memory.scheduler.run(name), self._job_ended, self._job_failed)
        self.refresh()

    def export_to(self, file: Path) -> None:
        """Write all that the page shows into a file."""
        said = tr("The report was saved as {file}. No customer's text is in it.", file=file.name)
        self.run(lambda desk: write_report(desk, file), lambda _: self.done.emit(Done(said)))

    def _choose_file(self) -> None:
        suggested = f"cxdesk-report-{now().astimezone():%Y-%m-%d}.json"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export for the auditor"), suggested, tr("JSON (*.json)"))
        if chosen:
            self.export_to(Path(chosen))

    def _turn_tab(self, step: int) -> None:
        self.show_tab((self.tabs.currentIndex() + step) % len(TABS))

    def _job_ended(self, run: JobRun) -> None:
        self.run_button.setEnabled(True)
        if run.ok:
            self.done.emit(Done(f"{monitor_words.job(run.name)}: {run.result}"))
        else:
            self.notice.say(tr("The job {job} failed: {reason}", job=repr(run.name), reason=run.result))
        self.refresh()

    def _job_failed(self, error: Exception) -> None:
        self.run_button.setEnabled(True)
        self.tell(error)

    # ------------------------------------------------------------ showing

    def _show(self, report: Report) -> None:
        is_first = self.report is None
        self.report = report
        at = now().astimezone()
        time = QLocale().toString(QTime(at.hour, at.minute, at.second), "HH:mm:ss")
        self._moment.setText(tr("As of {time}", time=time))
        self._show_tiles(report)
        self.turns.show_rows(report.turns)
        self.jobs.show_rows(report.jobs)
        self.outcomes.show_rows(report.traces.outcomes)
        self.stats.show_rows(report.traces.stats)
        self.attempts.show_rows(report.attempts[-LEDGER_LINES:][::-1])
        self.attempts.nothing.say(tr("Nothing has tried to connect"), monitor_words.network_detail(report))
        self.files.show_rows(report.files)
        self.facts.show_rows(report.facts)
        self._show_log(report)
        if is_first:
            self._stack.setCurrentWidget(self._body)
            self._choose_first()

    def _show_tiles(self, report: Report) -> None:
        engine, errors, network = (
            monitor_words.engine(report.engine),
            monitor_words.errors(report),
            monitor_words.network(report),
        )
        free = tr("{size} free on its disk", size=monitor_words.size(report.free_bytes))
        shown = {
            "model": (engine, monitor_words.engine_detail(report.engine)),
            "queue": (Label(monitor_words.queue(report.engine)), _first_words(report)),
            "errors": (errors, monitor_words.errors_detail(report)),
            "network": (network, monitor_words.network_detail(report)),
            "data": (Label(monitor_words.size(report.size)), free),
        }
        for name, (label, detail) in shown.items():
            self.tiles[name].show_value(label.text, Label(detail), tone=label.tone, role="large")

    def _show_log(self, report: Report) -> None:
        if report.log_trouble:
            self.no_log.say(tr("The log can't be shown"), report.log_trouble)
        else:
            self.no_log.say(
                tr("Nothing has been logged"), tr("Troubles are written here when there are any. None is needed.")
            )
        text = "\n".join(report.log)
        self._log_stack.setCurrentWidget(self.log if text else self.no_log)
        if text == self.log.toPlainText():
            return
        bar = self.log.verticalScrollBar()
        was_at_end, at = bar.value() >= bar.maximum(), bar.value()
        self.log.setPlainText(text)
        bar.setValue(bar.maximum() if was_at_end else at)

    def _choose_first(self) -> None:
        self.turns.table.choose_row(0)
        self.jobs.table.choose_row(0)

    def _read_turn(self, run_id: str) -> None:
        self.run(lambda desk: desk.overview.trace(run_id), self.turn.show_turn, key="turn")

    def _open_conversation(self, run_id: str) -> None:
        turn = self.turns.rows.value(self.turns.rows.row_of(run_id) or 0)
        if turn is not None:
            self.wants.emit("inbox", turn.conversation_id)

    def _fail(self, error: Exception) -> None:
        self.tell(error, key="report")
        if self.report is None:
            again = tr("What went wrong stands above. {keys} tries again.", keys=keys(AGAIN_KEYS))
            self.waiting.say(tr("The desk could not be looked at"), again)

    def _say_what_is_empty(self) -> None:
        self.waiting.say(tr("Looking…"), tr("Turns, jobs and connections are being gathered."))
        self.turn.say_nothing(tr("No turn is chosen"), tr("Choose one at the left to see what took how long."))
        self.turns.nothing.say(
            tr("No turns yet"), tr("Each message of a customer leaves one, with what took how long.")
        )
        self.outcomes.nothing.say(
            tr("Nothing went otherwise"), tr("In 30 days every part of every turn ended as usual.")
        )
        self.stats.nothing.say(tr("Nothing to time yet"), tr("The parts of turns are timed with the first message."))

    # ------------------------------------------------------------ putting it together

    def _lay_out(self) -> None:
        apart, near = self.look.space("apart"), self.look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        head = QHBoxLayout()
        head.setContentsMargins(apart, apart, apart, near)
        head.setSpacing(apart)
        title = text_label("title", "monitorTitle")
        title.setText(tr(self.title))
        head.addWidget(title)
        head.addWidget(self._moment, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._export)
        column.addLayout(head)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(apart, 0, apart, apart)
        body.setSpacing(near)
        body.addWidget(Grid(self.look, list(self.tiles.values()), WIDE_TILE, aligned=True))
        body.addWidget(self.tabs)
        self._pages = QStackedWidget()
        for page in (self._turns_tab(), self._jobs_tab(), self._beside(self.outcomes, self.stats), self.attempts,
                     self._beside(self.files, self.facts), self._log_tab()):  # fmt: skip
            self._pages.addWidget(page)
        body.addWidget(self._pages, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self._body)
        column.addWidget(self._stack, 1)

    def _turns_tab(self) -> QWidget:
        return self._beside(self.turns, self.turn, (2, 3))

    def _jobs_tab(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.jobs, 1)
        below = QHBoxLayout()
        told = text_label("small")
        told.setText(tr("Jobs run by themselves while the desk is open, and give way to a person who waits."))
        below.addWidget(told, 1)
        below.addWidget(self.run_button)
        column.addLayout(below)
        return tab

    def _log_tab(self) -> QWidget:
        self._log_stack = QStackedWidget()
        self._log_stack.addWidget(self.no_log)
        self._log_stack.addWidget(self.log)
        return self._log_stack

    def _beside(self, left: QWidget, right: QWidget, shares: tuple[int, int] = (1, 1)) -> QSplitter:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for at, (part, share) in enumerate(zip((left, right), shares, strict=True)):
            split.addWidget(part)
            split.setStretchFactor(at, share)
        split.setSizes([share * 400 for share in shares])
        return split

    def _connect(self) -> None:
        self.tabs.setObjectName("monitorTabs")
        self.tabs.setAccessibleName(tr("Parts of the monitor"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        for tab in TABS:
            self.tabs.addTab(tr(tab))
        for name, _, at in TILES:
            self.tiles[name].opened.connect(partial(self.show_tab, at))
        self.turns.table.chosen.connect(self._read_turn)
        self.turns.table.opened.connect(self._open_conversation)
        self.turn.conversation_asked.connect(lambda conversation: self.wants.emit("inbox", conversation))
        self.jobs.table.opened.connect(lambda _: self.run_job())


def _first_words(report: Report) -> str:
    first = report.traces.first_token
    if first.p50_ms is None:
        return tr("No model has written a reply in 30 days.")
    time = words.milliseconds(first.p50_ms)
    return plural("First word after {time}, half of {n} reply", "First word after {time}, half of {n} replies",
                  first.n, time=time)  # fmt: skip


def _log_view() -> QPlainTextEdit:
    view = QPlainTextEdit(readOnly=True)
    view.setObjectName("logText")
    view.setAccessibleName(tr("The log's last lines"))
    view.setProperty("page", True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setTabChangesFocus(True)
    return view
