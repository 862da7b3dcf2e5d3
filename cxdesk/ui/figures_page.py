"""Figures: how the shop's desk did over a chosen time and the time before, each bar open down to its conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import Figures, Unavailable, now
from cxdesk.ui import figures_words, words
from cxdesk.ui.chart_tiles import Grid
from cxdesk.ui.figures_cards import CARDS, TILES, WIDE_CARD, WIDE_TILE, ChartCard, FigureTile
from cxdesk.ui.figures_reading import (
    LISTED,
    Behind,
    Board,
    ConversationLine,
    ConversationList,
    last_days,
    read_behind,
    read_board,
)
from cxdesk.ui.figures_words import Span
from cxdesk.ui.language import mark, number, plural, tr
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.table import Column, FilterRow, TablePane, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import MessagePage, button, icon_button, text_label
from cxdesk.ui.work import Work

if TYPE_CHECKING:
    from cxdesk.desk import Desk

PRESETS = (7, 30, 90)
"""Of so many last days a click shows the figures."""
DEFAULT_DAYS = 30
# Below this width the list of conversations takes the board's place.
NARROW = 1100
LIST_WIDTH = 460
PICTURE, TABLE = mark("Picture (*.png)"), mark("CSV (*.csv)")

COLUMNS: tuple[Column[ConversationLine], ...] = (
    Column("writer", mark("Customer"), lambda line: line.writer, 16, is_strong=True),
    Column("text", mark("Last message"), lambda line: line.text, is_quiet=True),
    Column("state", mark("State"), lambda line: line.state.text, 13, gives_way=1, tone=lambda line: line.state.tone),
    Column("at", mark("Begun"), lambda line: words.day(line.at, now().astimezone()), 12, is_right=True, is_quiet=True,
           order=lambda line: line.at),
)  # fmt: skip


class DateField(QDateEdit):
    """A day, with a chevron of the theme that opens the calendar; scrolling past it changes nothing."""

    def __init__(self, look: Look, name: str, accessible: str) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat(tr("d MMM yyyy"))
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setKeyboardTracking(False)
        self._look = look
        look.changed.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - 20, (self.height() - 14) // 2 + 1, self._look.pixmap("opened", "muted", 14))
        painter.end()


class PeriodBar(QFrame):
    """Chooses the time: the last days, all of it, or days of one's own. `chosen` tells a `Span`, None for all."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.days: int | None = DEFAULT_DAYS
        self._own = False
        self._buttons = QButtonGroup(self)
        segment = QFrame()
        segment.setProperty("segmented", True)
        row = QHBoxLayout(segment)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for days in PRESETS:
            row.addWidget(self._button(str(days), plural("{n} day", "{n} days", days), self._preset(days)))
        row.addWidget(self._button("all", tr("All"), self._preset(None)))
        row.addWidget(self._button("own", tr("Own dates"), self.choose_own))
        self._buttons.buttons()[1].setChecked(True)
        self.first = DateField(look, "periodFirst", tr("First day"))
        self.last = DateField(look, "periodLast", tr("Last day"))
        for field in (self.first, self.last):
            field.dateChanged.connect(lambda _: self.chosen.emit(self.span()))
        self._dates = QWidget()
        dates = QHBoxLayout(self._dates)
        dates.setContentsMargins(0, 0, 0, 0)
        to = text_label("small")
        to.setText(tr("to"))
        for widget in (self.first, to, self.last):
            dates.addWidget(widget)
        self._dates.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.space("near"))
        whole.addWidget(segment)
        whole.addWidget(self._dates)

    def span(self) -> Span | None:
        """The chosen days; None: all time."""
        if self._own:
            return Span(self.first.date().toPython(), self.last.date().toPython())  # type: ignore[arg-type]
        return None if self.days is None else last_days(self.days, now().astimezone().date())

    def choose(self, days: int | None) -> None:
        """The last so many days; None: all time."""
        at = PRESETS.index(days) if days in PRESETS else len(PRESETS)
        self._buttons.buttons()[at].setChecked(True)
        self._own, self.days = False, days
        self._dates.hide()
        self.chosen.emit(self.span())

    def kept(self) -> str:
        """What is chosen, for `return_to`: so many days, 'all', or the first and the last day."""
        span = self.span()
        if self._own and span is not None:
            return f"{span.first.isoformat()}/{span.last.isoformat()}"
        return "all" if self.days is None else str(self.days)

    def return_to(self, kept: str) -> None:
        """Choose what was kept; the usual where it can't be read."""
        first, parted, last = kept.partition("/")
        with suppress(ValueError):
            if parted:
                self._choose_days(Span(date.fromisoformat(first), date.fromisoformat(last)))
            elif kept:
                self.choose(None if kept == "all" else int(kept))

    def choose_own(self) -> None:
        """Days of one's own, beginning with those that are shown."""
        self._choose_days(self.span() or last_days(DEFAULT_DAYS, now().astimezone().date()))
        self.first.setFocus()

    def _choose_days(self, shown: Span) -> None:
        self._buttons.buttons()[-1].setChecked(True)
        for field, day in ((self.first, shown.first), (self.last, shown.last)):
            field.blockSignals(True)
            field.setDate(QDate(day.year, day.month, day.day))
            field.blockSignals(False)
        self._own = True
        self._dates.show()
        self.chosen.emit(self.span())

    def _preset(self, days: int | None) -> Callable[[], None]:
        return lambda: self.choose(days)

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QToolButton:
        made = icon_button(f"period-{name}", tr("Time: {time}", time=text), text, act)
        made.setText(text)
        made.setCheckable(True)
        self._buttons.addButton(made)
        return made


class BehindList(QFrame):
    """The conversations behind a figure. `opened` tells the id of one, `closed` that the list is done with."""

    opened = Signal(str)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("behind")
        self.setProperty("surface", True)
        self.setProperty("edge", "left")
        self._all: tuple[ConversationLine, ...] = ()
        self._total = 0
        self._title = text_label("large", "behindTitle", wraps=True)
        self._close = button(tr("Close"), "behindClose", self.closed.emit, hint=tr("Back to the figures"))
        self._close.setAccessibleName(tr("Close the list"))
        self.rows: TableRows[ConversationLine] = TableRows(lambda line: line.id, COLUMNS, self)
        self.table = TableView(look, self.rows, "behindTable", tr("Conversations behind the figure"))
        self.filters = FilterRow(look, mark("conversations"))
        self.pane = TablePane(look, "", self.table, self.filters, "figures")
        self.filters.changed.connect(self._narrow)
        self.table.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space("apart"), 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self.pane, 1)

    def title(self) -> str:
        return self._title.text()

    def begin(self, behind: Behind) -> None:
        self._title.setText(behind.title)
        self._all, self._total = (), 0
        self.pane.say_count("")
        self.pane.say_nothing(tr("Looking…"), tr("The conversations are being gathered."))

    def show_list(self, found: ConversationList) -> None:
        self._all, self._total = found.lines, found.total
        self._title.setText(found.behind.title)
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.filters.words().casefold().split()
        lines = [each for each in self._all if all(w in f"{each.writer} {each.text} {each.state.text}".casefold()
                                                   for w in wanted)]  # fmt: skip
        with self.table.keeping_place():
            self.rows.show(lines)
        self.pane.say_count(self._count(len(lines) if wanted else None))
        if lines:
            self.pane.show_table()
            if not self.table.currentIndex().isValid():
                self.table.choose_row(0)
        elif wanted:
            self.pane.say_nothing(tr("None has these words"), tr("Change the words, or press Esc to see all."))
        else:
            self.pane.say_nothing(tr("No conversation is behind it"), tr("Choose another bar, or a longer time."))

    def _count(self, shown: int | None) -> str:
        """How many conversations there are, and of them `shown`, where words narrow them."""
        if shown is None:
            count = plural("{n} conversation", "{n} conversations", self._total)
        else:
            count = plural(
                "{shown} of {n} conversation", "{shown} of {n} conversations", self._total, shown=number(shown)
            )
        if self._total == len(self._all):
            return count
        return tr("{count}, the newest {listed} listed", count=count, listed=number(LISTED))


class FiguresPage(Page):
    name = "figures"

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.board: Board | None = None
        self._behind: Behind | None = None
        self.period = PeriodBar(look)
        self.tiles = {name: FigureTile(look, name, tr(title)) for name, title in TILES}
        self.cards = {plan.name: ChartCard(look, plan) for plan in CARDS}
        self.behind = BehindList(look)
        self.nothing = MessagePage(look, "figuresEmpty", "figures")
        self._compared = text_label("small", "figuresCompared", wraps=True)
        self._export = self._export_button()
        self._lay_out()
        self._connect()
        self.nothing.say(tr("Counting…"), tr("The figures are being put together."))
        self._stack.setCurrentWidget(self.nothing)

    # ------------------------------------------------------------ the window's side

    def refresh(self) -> None:
        if self.desk is not None:
            span = self.period.span()
            self.run(lambda desk: read_board(desk, span), self._show_board, self._fail, key="board")
            if self._behind is not None and self.board is not None:
                self._read_behind(self._behind)

    def commands(self) -> Sequence[Command]:
        return (
            *(Command(_of_last(days), self._preset(days)) for days in PRESETS),
            Command(mark("Figures of all time"), self._preset(None)),
            Command(mark("Figures of days of my own"), self.period.choose_own, "Ctrl+T"),
            Command(mark("Save all figures as a picture"), lambda: self._choose_file("png", None)),
            Command(mark("Save all figures as CSV"), lambda: self._choose_file("csv", None), "Ctrl+S"),
            Command(mark("Back to the figures"), self.close_list),
        )

    def place(self) -> Mapping[str, object]:
        return {"period": self.period.kept()}

    def return_to(self, place: Mapping[str, object]) -> None:
        self.period.return_to(str(place.get("period") or ""))

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        yield self.name, self
        self.open(Behind("conversations", tr("Conversations begun")))
        yield "figures-conversations", self
        self.close_list()

    # ------------------------------------------------------------ down to the conversations

    def open(self, behind: Behind) -> None:
        """Show the conversations behind a figure, or a part of it, beside the board."""
        if self.board is None:
            return
        self._behind = behind
        self.behind.begin(behind)
        self.behind.filters.clear()
        self.behind.show()
        self._share_room()
        self._read_behind(behind)
        self.behind.table.setFocus()

    def close_list(self) -> None:
        self._hide_list()
        self.setFocus()

    def _hide_list(self) -> None:
        self._behind = None
        self.behind.hide()
        self._share_room()

    def _read_behind(self, behind: Behind) -> None:
        assert self.board is not None, "a list stands beside a board"
        period = self.board.found.period
        self.run(lambda desk: read_behind(desk, behind, period), self._show_behind, key="behind")

    def _show_behind(self, found: ConversationList) -> None:
        if found.behind == self._behind:
            self.behind.show_list(found)

    # ------------------------------------------------------------ the board

    def _show_board(self, board: Board) -> None:
        if board == self.board:
            return
        self.board = board
        self.notice.hide()
        self._compared.setText(figures_words.compared(board.span, has_before=board.has_before))
        for name, tile in self.tiles.items():
            tile.show_figure(board.figure(name), has_before=board.has_before)
        for card in self.cards.values():
            card.show_board(board)
        self._show_what_there_is(board)

    def _show_what_there_is(self, board: Board) -> None:
        there = any(figure.n for figure in board.found.figures)
        self._export.setEnabled(there)
        if there:
            self._stack.setCurrentWidget(self._split)
            return
        if board.has_before:
            self.nothing.say(
                tr("Nothing happened in this time"),
                tr("No customer wrote and no conversation was closed. Choose a longer time above, or All."),
            )
        else:
            self.nothing.say(
                tr("No figures yet"),
                tr(
                    "They begin with the first customer who writes. Past conversations count as well: bring them in"
                    " with 'cxdesk import'."
                ),
            )
        self._stack.setCurrentWidget(self.nothing)

    def _fail(self, error: Exception) -> None:
        self.tell(error, key="board")
        if self.board is None:
            self.nothing.say(
                tr("The figures could not be counted"),
                tr("What went wrong stands above. Choose a time to try again."),
            )

    def _take_period(self) -> None:
        self._hide_list()
        self.refresh()

    def _preset(self, days: int | None) -> Callable[[], None]:
        return lambda: self.period.choose(days)

    # ------------------------------------------------------------ files

    def _choose_file(self, kind: str, card: ChartCard | None) -> None:
        if self.board is None:
            return
        name = f"{card.plan.name if card else 'figures'}-{self.board.span.first}-{self.board.span.last}.{kind}"
        title = tr("Save {title}", title=card.title) if card else tr("Save all figures")
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, tr(PICTURE if kind == "png" else TABLE))
        if chosen and kind == "png":
            self.save_picture(Path(chosen), card)
        elif chosen:
            self.save_table(Path(chosen), card)

    def save_picture(self, file: Path, card: ChartCard | None = None) -> None:
        """Save a card, or the whole board also where it is out of sight, as a picture."""
        image = (card or self._sheet).grab().toImage()

        def work(_: Desk) -> None:
            if not image.save(str(file), "PNG"):  # type: ignore[call-overload]  # its stub says bytes, which it refuses
                told = tr("The picture {file} can't be written. Choose another place.", file=repr(str(file)))
                raise Unavailable(told)

        said = tr("The picture was saved as {file}.", file=file.name)
        self.run(work, lambda _: self.done.emit(Done(said)))

    def save_table(self, file: Path, card: ChartCard | None = None) -> None:
        """Save a card's figures, or all of them, as CSV."""
        assert self.board is not None, "only what is shown is saved"
        found = self.board.found
        kept = found.model_copy(update={"figures": card.figures()}) if card else found
        said = tr("The figures were saved as {file}.", file=file.name)
        self.run(lambda _: _write(file, kept), lambda _: self.done.emit(Done(said)))

    def _export_button(self) -> QToolButton:
        hint = tr("Save all as a picture or as CSV")
        made = icon_button("exportFigures", tr("Save all figures"), hint, lambda: None)
        made.setText(tr("Save"))
        made.setProperty("boxed", True)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.addAction(tr("All as a picture…"), lambda: self._choose_file("png", None))
        menu.addAction(tr("All as CSV…"), lambda: self._choose_file("csv", None))
        made.setMenu(menu)
        made.setEnabled(False)
        return made

    # ------------------------------------------------------------ putting it together

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        self._scroll.setVisible(self.behind.isHidden() or self.width() >= NARROW)

    def _lay_out(self) -> None:
        apart = self.look.space("apart")
        self._sheet = QWidget()
        self._sheet.setObjectName("sheet")
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(apart, 0, apart, apart)
        sheet.setSpacing(apart)
        sheet.addWidget(Grid(self.look, list(self.tiles.values()), WIDE_TILE, aligned=True))
        sheet.addWidget(Grid(self.look, list(self.cards.values()), WIDE_CARD, aligned=False), 1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setObjectName("figuresBoard")
        self._scroll.setAccessibleName(tr(self.title))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._sheet)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._scroll)
        self._split.addWidget(self.behind)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([2 * LIST_WIDTH, LIST_WIDTH])
        self.behind.setMinimumWidth(LIST_WIDTH)
        self.behind.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(self._head())
        column.addWidget(self._stack, 1)

    def _head(self) -> QVBoxLayout:
        apart, near = self.look.space("apart"), self.look.space("near")
        column = QVBoxLayout()
        column.setContentsMargins(apart, apart, apart, near)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(apart)
        title = text_label("title", "figuresTitle")
        title.setText(tr(self.title))
        row.addWidget(title)
        row.addWidget(self.period)
        row.addStretch(1)
        row.addWidget(self._export)
        column.addLayout(row)
        column.addWidget(self._compared)
        return column

    def _connect(self) -> None:
        self.period.chosen.connect(lambda _: self._take_period())
        self.behind.closed.connect(self.close_list)
        self.behind.opened.connect(lambda conversation: self.wants.emit("inbox", conversation))
        for tile in self.tiles.values():
            tile.asked.connect(self.open)
        for card in self.cards.values():
            card.opened.connect(self.open)
            card.exported.connect(lambda of, kind: self._choose_file(kind, of))


def _of_last(days: int) -> str:
    return plural("Figures of the last day", "Figures of the last {n} days", days)


def _write(file: Path, found: Figures) -> None:
    from cxdesk.memory.figures import as_csv

    try:
        file.write_text(as_csv(found), encoding="utf-8", newline="")
    except OSError as error:
        raise Unavailable(
            tr(
                "The file {file} can't be written: {reason}. Choose another place.",
                file=repr(str(file)),
                reason=error.strerror,
            )
        ) from error
