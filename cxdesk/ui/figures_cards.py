"""The board of the figures page: tiles with one value each, and cards with a chart each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout

from cxdesk.domain import Figure, now
from cxdesk.ui import figures_words
from cxdesk.ui.chart import MOST_ROWS, Bar, Chart, ColumnChart, RowChart
from cxdesk.ui.chart_tiles import Tile
from cxdesk.ui.figures_reading import Behind, Board
from cxdesk.ui.language import mark, number, plural, tr
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import icon_button, restyle, text_label

Kind = Literal["parts", "course", "hours", "values"]
OTHERS = "\0others"
"""The key of the row that stands for all kinds that have no row of their own: a click shows them."""
WIDE_CARD, WIDE_TILE = 400, 155


@dataclass(frozen=True)
class Plan:
    """A card: what it is called, how it is drawn, and of which figures; the first one's value is its own."""

    name: str
    title: str
    kind: Kind
    figures: tuple[str, ...]


TILES = (
    ("conversations", mark("Conversations")),
    ("durable_resolution", mark("Resolved, and stayed so")),
    ("first_reply", mark("First reply, median")),
    ("csat", mark("Customers' rating")),
    ("drafts_used", mark("Drafts used as they were")),
    ("handoff_rate", mark("Handed to a person")),
    ("customers_at_risk", mark("Customers at risk")),
    ("unanswered", mark("Not in the documents")),
)
CARDS = (
    Plan("volume", mark("Conversations begun"), "course", ("conversations",)),
    Plan("moods", mark("How customers felt"), "parts", ("moods",)),
    Plan("intents", mark("What customers wanted"), "parts", ("intents",)),
    Plan("handoffs", mark("Handed to a person, by reason"), "parts", ("handoffs",)),
    Plan("hours", mark("Busy hours"), "hours", ("busiest_hours",)),
    Plan("outcomes", mark("How conversations ended"), "parts", ("outcomes",)),
    Plan("resolution", mark("Resolution"), "values", ("resolution", "durable_resolution")),
    Plan("first-reply", mark("Time to the first reply"), "course", ("first_reply",)),
    Plan("drafts", mark("What became of drafts"), "parts", ("drafts",)),
    Plan("csat", mark("Ratings"), "parts", ("stars",)),
    Plan("engagement", mark("Engagement"), "values", (
        "returning_customers", "silence_after_reply", "messages_per_conversation")),
    Plan("risk", mark("Customers at risk who wrote"), "course", ("customers_at_risk",)),
    Plan("unanswered", mark("Not in the documents"), "parts", ("unanswered",)),
)  # fmt: skip


class FigureTile(Tile):
    """One figure as a number, with the difference to the time before. `asked` wants what is behind it."""

    asked = Signal(object)

    def __init__(self, look: Look, figure: str, title: str) -> None:
        super().__init__(look, figure, title)
        self.opened.connect(lambda: self.asked.emit(Behind(figure, title)))

    def show_figure(self, figure: Figure, *, has_before: bool) -> None:
        change = figures_words.difference(figure) if has_before else None
        note = Label(_reason(figure)) if figure.value is None else change or Label("")
        self.show_value(figures_words.value(figure), note)
        self.setEnabled(figure.conversations_total > 0)


class ChartCard(QFrame):
    """A chart under its title. `opened` asks for what is behind a bar; `exported` for a file of it: 'png' or 'csv'."""

    opened = Signal(object)
    exported = Signal(object, str)

    def __init__(self, look: Look, plan: Plan) -> None:
        super().__init__()
        self.setObjectName(f"card-{plan.name}")
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.plan = plan
        self._look = look
        self._shows_all = False
        self._board: Board | None = None
        self._title = text_label("strong")
        self._title.setText(self.title)
        self._value = text_label("large", f"value-{plan.name}")
        self._change = text_label("small", f"change-{plan.name}")
        self._note = text_label("small", f"note-{plan.name}", wraps=True)
        self.chart = self._made_chart()
        self.chart.opened.connect(self._open)
        self.more = self._menu_button()
        self._lay_out()
        self._show_icon()
        look.changed.connect(self._show_icon)

    @property
    def title(self) -> str:
        return tr(self.plan.title)

    def show_board(self, board: Board) -> None:
        self._board = board
        figure = board.figure(self.plan.figures[0])
        has_value = self.plan.kind != "values"
        change = figures_words.difference(figure) if board.has_before and has_value else None
        self._value.setText(figures_words.value(figure) if has_value else "")
        self._change.setText(change.text if change else "")
        restyle(self._change, tone=change.tone if change else "quiet")
        bars = tuple(self._bars(board))
        for label in (self._value, self._change):  # of nothing the note alone speaks
            label.setVisible(bool(bars and label.text()))
        self._show_bars(bars, figure)
        self.chart.setVisible(bool(bars))
        self._note.setText(_note(self.plan, figure, bars, board.has_before))
        self._note.setVisible(bool(self._note.text()))

    def figures(self) -> tuple[Figure, ...]:
        """What the card shows."""
        assert self._board is not None, "a card is exported once it shows something"
        return tuple(self._board.figure(name) for name in self.plan.figures)

    def note(self) -> str:
        return self._note.text()

    # ------------------------------------------------------------ inside

    def _show_bars(self, bars: tuple[Bar, ...], figure: Figure) -> None:
        if isinstance(self.chart, ColumnChart):
            most = max((bar.value or 0 for bar in bars), default=0.0)
            top = tr("up to {value}", value=figures_words.value(figure, most)) if most else ""
            self.chart.show_course(bars, top)
        else:
            self.chart.show_bars(bars)

    def _bars(self, board: Board) -> Iterator[Bar]:
        figure = board.figure(self.plan.figures[0])
        match self.plan.kind:
            case "parts":
                yield from _part_bars(figure, has_before=board.has_before, shows_all=self._shows_all)
            case "hours":
                yield from _hour_bars(figure)
            case "values":
                for name in self.plan.figures:
                    yield _value_bar(board.figure(name), has_before=board.has_before)
            case "course":
                yield from _course_bars(figure, board)

    def _open(self, key: str) -> None:
        board, title = self._board, self.title
        assert board is not None, "there are bars only once a board is shown"
        if key == OTHERS:
            self._shows_all = True
            self.show_board(board)
            return
        figure = self.plan.figures[0]
        match self.plan.kind:
            case "values":
                behind = Behind(key, tr(board.figure(key).title))
            case "course":
                at = date.fromisoformat(key)
                period = figures_words.period_of_step(at, board.step, board.found.period, now().astimezone())
                said = figures_words.step_name(at, board.step)
                behind = Behind(figure, f"{title}, {said}", period=period)
            case _:
                said = figures_words.hour(key) if self.plan.kind == "hours" else figures_words.part(figure, key)
                behind = Behind(figure, f"{title}: {said}", part=key)
        self.opened.emit(behind)

    def _made_chart(self) -> Chart:
        name = f"chart-{self.plan.name}"
        if self.plan.kind in ("course", "hours"):
            return ColumnChart(self._look, name, self.title)
        return RowChart(self._look, name, self.title, 1.0 if self.plan.kind == "values" else None)

    def _menu_button(self) -> QToolButton:
        accessible = tr("More of {title}", title=self.title)
        made = icon_button(f"more-{self.plan.name}", accessible, tr("Show or save"), lambda: None)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setProperty("bare", True)
        menu = QMenu(made)
        if self.plan.kind != "values":
            menu.addAction(tr("Show its conversations"), lambda: self.opened.emit(self._all()))
        menu.addAction(tr("Save as a picture…"), lambda: self.exported.emit(self, "png"))
        menu.addAction(tr("Save as CSV…"), lambda: self.exported.emit(self, "csv"))
        made.setMenu(menu)
        return made

    def _all(self) -> Behind:
        return Behind(self.plan.figures[0], self.title)

    def _show_icon(self) -> None:
        self.more.setIcon(self._look.icon("opened", "muted"))

    def _lay_out(self) -> None:
        apart, near = self._look.space("apart"), self._look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, near, near, apart)
        column.setSpacing(near)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self.more)
        numbers = QHBoxLayout()
        numbers.setSpacing(near)
        numbers.addWidget(self._value)
        numbers.addWidget(self._change, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(top)
        if self.plan.kind != "values":
            column.addLayout(numbers)
        column.addWidget(self.chart)
        column.addWidget(self._note)


# ---------------------------------------------------------------- from figures to bars


def _part_bars(figure: Figure, *, has_before: bool, shows_all: bool) -> Iterator[Bar]:
    parts = figure.parts if shows_all or len(figure.parts) <= MOST_ROWS else figure.parts[: MOST_ROWS - 1]
    if figure.name == "stars":
        parts = tuple(sorted(parts, key=lambda part: part.name, reverse=True))
    for part in parts:
        change = f" ({figures_words.count_difference(part.value, part.before)})" if has_before else ""
        label, count = figures_words.part(figure.name, part.name), number(round(part.value))
        hint = f"{label}: {count}"
        if has_before:
            hint = tr("{bar}, {before} in the time before", bar=hint, before=number(round(part.before)))
        yield Bar(
            part.name,
            label,
            part.value,
            f"{count}{change}",
            hint,
            part.before if has_before else None,
            figures_words.part_tone(figure.name, part.name),
        )
    if rest := figure.parts[len(parts) :]:
        total = sum(part.value for part in rest)
        label, count = plural("{n} other", "{n} others", len(rest)), number(round(total))
        hint = tr("{others}: {count}. Open it to see each", others=label, count=count)
        yield Bar(OTHERS, label, total, count, hint, tone="quiet")


def _hour_bars(figure: Figure) -> Iterator[Bar]:
    counts = {part.name: part.value for part in figure.parts}
    if not any(counts.values()):
        return
    for hour in range(24):
        name = f"{hour:02}:00"
        count = counts.get(name, 0.0)
        time = figures_words.hour(name)
        hint = plural("{time}: {n} message", "{time}: {n} messages", round(count), time=time)
        yield Bar(name, figures_words.hour_begins(name), count, number(round(count)), hint)


def _value_bar(figure: Figure, *, has_before: bool) -> Bar:
    change = figures_words.difference(figure) if has_before else None
    said = figures_words.value(figure)
    is_share = figure.unit == "share" and figure.value is not None
    title = tr(figure.title)
    hint = ". ".join(each for each in (f"{title}: {said}", _text(change), _reason(figure)) if each)
    return Bar(
        figure.name,
        title,
        figure.value if is_share else None,
        said,
        hint,
        figure.before if is_share and has_before else None,
        "good" if "resolution" in figure.name else "accent",
    )


def _course_bars(figure: Figure, board: Board) -> Iterator[Bar]:
    if not figure.by_day:
        return
    nothing = 0.0 if figure.unit == "count" else None
    for at in figures_words.steps(board.span, board.step):
        amount = figure.by_day.get(at.isoformat(), nothing)
        said = tr("nothing known") if amount is None else figures_words.value(figure, amount)
        name = figures_words.step_name(at, board.step)
        label = figures_words.short_month(at) if board.step == "month" else figures_words.day(at)
        yield Bar(at.isoformat(), label, amount, said, f"{name}: {said}")


def _note(plan: Plan, figure: Figure, bars: Sequence[Bar], has_before: bool) -> str:
    if not bars:
        return _reason(figure) or tr("There was none in this time.")
    told = []
    if has_before and any(bar.before for bar in bars):
        told.append(tr("The line in a bar is the time before."))
    if figure.unknown:
        told.append(tr("Of {n} nothing is known; they are left out.", n=number(figure.unknown)))
    return " ".join(told)


def _reason(figure: Figure) -> str:
    """Why the value is not known, if it is not."""
    return tr(figure.reason) if figure.reason else ""


def _text(label: Label | None) -> str:
    return label.text if label else ""
