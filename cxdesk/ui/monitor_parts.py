"""The parts of the monitor page: lists, and one turn with its waterfall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from cxdesk.domain import JobState, OutcomeCount, Span, SpanStat, now
from cxdesk.ledger import Attempt
from cxdesk.ui import monitor_words, words
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.monitor_reading import FileSize
from cxdesk.ui.monitor_waterfall import Waterfall
from cxdesk.ui.table import Column, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import Badge, MessagePage, button, text_label

Value = TypeVar("Value")
Fact = tuple[str, str]


def _when(span: Span) -> str:
    return words.clock(span.at, now().astimezone())


def _last_run(job: JobState) -> str:
    return words.clock(job.last.started_at, now().astimezone()) if job.last else tr("never")


TURN_COLUMNS: tuple[Column[Span], ...] = (
    Column("at", mark("Begun"), _when, 15, gives_way=1, is_quiet=True, order=lambda span: span.at),
    Column("outcome", mark("Outcome"), lambda span: monitor_words.outcome(span).text,
           least=14, tone=lambda span: monitor_words.outcome(span).tone),
    Column("took", mark("Took"), lambda span: words.milliseconds(span.ms), 9, is_right=True,
           order=lambda span: span.ms),
)  # fmt: skip
JOB_COLUMNS: tuple[Column[JobState], ...] = (
    Column("name", mark("Job"), lambda job: monitor_words.job(job.name), 16, is_strong=True),
    Column("what", mark("What it does"), lambda job: tr(job.what), 46, gives_way=3, is_quiet=True),
    Column("last", mark("Last run"), _last_run, 14),
    Column("took", mark("Took"), lambda job: monitor_words.seconds(job.last.duration_s) if job.last else "", 8,
           gives_way=2, is_right=True, order=lambda job: job.last.duration_s if job.last else -1.0),
    Column("result", mark("Result"), lambda job: monitor_words.job_result(job).text,
           tone=lambda job: monitor_words.job_result(job).tone),
    Column("next", mark("Next run"), lambda job: monitor_words.job_next(job, now().astimezone()), 16, gives_way=1,
           is_quiet=True),
)  # fmt: skip
OUTCOME_COLUMNS: tuple[Column[OutcomeCount], ...] = (
    Column("kind", mark("What happened instead"), monitor_words.unusual),
    Column("n", mark("Times"), lambda count: number(count.n), 9, is_right=True, order=lambda count: count.n),
)
STAT_COLUMNS: tuple[Column[SpanStat], ...] = (
    Column("name", mark("Part of a turn"), lambda stat: monitor_words.stage(stat.name)),
    Column("n", mark("Times"), lambda stat: number(stat.n), 10, is_right=True, order=lambda stat: stat.n),
    Column("errors", mark("Failed"), lambda stat: number(stat.errors), 8, is_right=True, order=lambda stat: stat.errors,
           gives_way=1),
    Column("p50", mark("Half within"), lambda stat: words.milliseconds(stat.p50_ms), 14, is_right=True,
           order=lambda stat: stat.p50_ms),
    Column("p95", mark("95 % within"), lambda stat: words.milliseconds(stat.p95_ms), 14, is_right=True,
           order=lambda stat: stat.p95_ms),
    Column("max", mark("Slowest"), lambda stat: words.milliseconds(stat.max_ms), 10, is_right=True, gives_way=2,
           order=lambda stat: stat.max_ms),
)  # fmt: skip
ATTEMPT_COLUMNS: tuple[Column[Attempt], ...] = (
    Column("at", mark("When"), lambda attempt: words.clock(attempt.at, now().astimezone()), 20, order=lambda a: a.at),
    Column("who", mark("Who"), lambda attempt: attempt.who, 24, is_strong=True),
    Column("where", mark("Where to"), lambda attempt: attempt.where),
)
FILE_COLUMNS: tuple[Column[FileSize], ...] = (
    Column("name", mark("In the data directory"), lambda file: file.name),
    Column("size", mark("Size"), lambda file: monitor_words.size(file.size), 10, is_right=True,
           order=lambda file: file.size),
)  # fmt: skip
FACT_COLUMNS: tuple[Column[Fact], ...] = (
    Column("name", mark("Program"), lambda fact: tr(fact[0]), 24, can_sort=False),
    Column("value", mark("Version"), lambda fact: tr(fact[1]), can_sort=False),
)


class Listing(QFrame, Generic[Value]):
    """A table, or what there is to say where it has no rows."""

    def __init__(
        self, look: Look, name: str, accessible: str, key: Callable[[Value], str], columns: Sequence[Column[Value]]
    ) -> None:
        super().__init__()
        self.setProperty("surface", True)
        self.rows: TableRows[Value] = TableRows(key, columns, self)
        self.table = TableView(look, self.rows, name, accessible)
        self.nothing = MessagePage(look, f"{name}Empty", "monitor")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)

    def show_rows(self, values: Sequence[Value]) -> None:
        with self.table.keeping_place():
            self.rows.show(values)
        self._stack.setCurrentWidget(self.table if values else self.nothing)

    @property
    def shows_rows(self) -> bool:
        return self._stack.currentWidget() is self.table


class TurnView(QFrame):
    """One turn: how it ended, and its parts as a waterfall. `conversation_asked` wants to see what it was about."""

    conversation_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("surface", True)
        self.setProperty("edge", "left")
        self.run_id: str | None = None
        self._conversation = ""
        self._title = text_label("large", "turnTitle")
        self._outcome = Badge("turnOutcome")
        self._id = text_label("small", "turnId", selectable=True)
        self._open = button(tr("Open the conversation"), "turnOpen", self._ask, hint=tr("Show it in the inbox (Enter)"))
        self.waterfall = Waterfall(look)
        self.nothing = MessagePage(look, "turnEmpty", "monitor")
        self._whole = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._whole)
        self._lay_out(look)

    def show_turn(self, spans: Sequence[Span]) -> None:
        turn = next((span for span in spans if span.parent is None), None)
        if turn is None:
            self.say_nothing(tr("This turn's parts are gone"), tr("Only the newest are kept. Choose a later turn."))
            return
        self.run_id, self._conversation = turn.run_id, turn.conversation_id
        self._title.setText(f"{words.milliseconds(turn.ms)}, {words.clock(turn.at, now().astimezone())}")
        self._outcome.say(monitor_words.outcome(turn))
        self._id.setText(turn.run_id)
        self.waterfall.show_spans(spans)
        self._stack.setCurrentWidget(self._whole)

    def say_nothing(self, title: str, text: str) -> None:
        self.run_id = None
        self.nothing.say(title, text)
        self._stack.setCurrentWidget(self.nothing)

    def _ask(self) -> None:
        self.conversation_asked.emit(self._conversation)

    def _lay_out(self, look: Look) -> None:
        far, near = look.space("far"), look.space("near")
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(far, look.space("apart"), far, look.space("apart"))
        column.setSpacing(near)
        top = QHBoxLayout()
        top.setSpacing(near)
        top.addWidget(self._title)
        top.addWidget(self._outcome)
        top.addStretch(1)
        top.addWidget(self._open)
        column.addLayout(top)
        column.addWidget(self._id)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("waterfallGround")
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.waterfall)
        held.addStretch(1)
        area.setWidget(inside)
        column.addWidget(area, 1)
