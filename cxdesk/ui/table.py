"""A table with a filter row above it, for every page that lists things.

Rows are frozen values, either all in memory (`show`) or read by pages as they come into sight (`show_pages`). When the
data changes, what is chosen stays chosen and what is looked at stays where it is: rows are known by their key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QMargins,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.language import tr
from cxdesk.ui.models import Index, Roles
from cxdesk.ui.paint import draw_dot, elided
from cxdesk.ui.places import from_json
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Tone
from cxdesk.ui.widgets import ElidedLabel, MessagePage, keys, text_label

Value = TypeVar("Value")

PAGE_ROWS = 200
"""As many rows are read at once; several screens full, so that slow scrolling never waits."""
TYPING_PAUSE_MS = 150
FILTER_KEYS = "Ctrl+F"
NOT_READ = "…"
# What the chevron takes of a choice, beyond what Qt counts.
CHEVRON = QMargins(0, 0, 10, 0)


@dataclass(frozen=True)
class Column(Generic[Value]):
    """How one property of a row is shown.

    `name` is what a sort by it is called, `title` a marked text. `width` is in letters; the one column with 0 takes
    what is left, at least `least` letters: before it gets less, columns are hidden, those with the highest `gives_way`
    first. `order` sorts rows in memory, by default their text.
    """

    name: str
    title: str
    text: Callable[[Value], str]
    width: int = 0
    gives_way: int = 0
    least: int = 30
    tone: Callable[[Value], Tone | None] | None = None
    order: Callable[[Value], Any] | None = None
    is_strong: bool = False
    is_quiet: bool = False
    is_right: bool = False
    can_sort: bool = True


@dataclass(frozen=True)
class Cell:
    """What the delegate draws."""

    text: str
    tone: Tone | None
    has_tones: bool
    is_strong: bool
    is_quiet: bool
    is_right: bool


class TableRows(QAbstractTableModel, Generic[Value]):
    """The rows of a table, each known by `key`.

    `wanted` asks for a page that came into sight, by its first row; it is asked for once. `sorted_by` tells the name
    of the column by which a person wants the rows, and whether backwards; rows in memory have been sorted by then.
    """

    wanted = Signal(int)
    sorted_by = Signal(str, bool)

    def __init__(
        self, key: Callable[[Value], str], columns: Sequence[Column[Value]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self._total = 0
        self._values: dict[int, Value] = {}
        self._rows: dict[str, int] = {}
        self._asked: set[int] = set()
        self._sort: tuple[int, Qt.SortOrder] | None = None

    # ------------------------------------------------------------ Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if side is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(column.title)
            case Qt.ItemDataRole.TextAlignmentRole:
                side_of_text = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
                return side_of_text | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self._values.get(index.row())
        if value is None:
            self._ask_for(index.row())
            return NOT_READ if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(value)
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{column}: {value}", column=tr(column.title), value=column.text(value))
            case Roles.value:
                return value
            case _:
                return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A person chose this; Qt asks for column -1 where it means none."""
        if not 0 <= column < len(self.columns) or not self.columns[column].can_sort:
            return
        self._sort = (column, order)
        if len(self._values) == self._total:
            self.show([self._values[row] for row in range(self._total)])
        self.sorted_by.emit(self.columns[column].name, order is Qt.SortOrder.DescendingOrder)

    # ------------------------------------------------------------ values

    def value(self, row: int) -> Value | None:
        """The row's value, None where it isn't read yet."""
        return self._values.get(row)

    def row_of(self, key: str | None) -> int | None:
        """Where the value with this key stands, None where it isn't or is not read yet."""
        return self._rows.get(key) if key else None

    def cell(self, index: Index) -> Cell:
        column, value = self.columns[index.column()], self._values.get(index.row())
        if value is None:
            self._ask_for(index.row())
            return Cell(NOT_READ, None, False, False, True, column.is_right)
        tone, has_tones = (column.tone(value), True) if column.tone else (None, False)
        return Cell(column.text(value), tone, has_tones, column.is_strong, column.is_quiet, column.is_right)

    def show(self, values: Sequence[Value]) -> None:
        """Become these rows, sorted as a person last chose."""
        rows = list(values)
        if self._sort:
            column, order = self.columns[self._sort[0]], self._sort[1]
            rows.sort(key=column.order or column.text, reverse=order is Qt.SortOrder.DescendingOrder)
        self._become(len(rows), dict(enumerate(rows)))

    def show_pages(self, total: int, pages: Mapping[int, Sequence[Value]]) -> None:
        """Become `total` rows of which these are read, by the first row of each page; they come sorted."""
        self._become(total, {first + at: value for first, page in pages.items() for at, value in enumerate(page)})

    def add_page(self, first: int, page: Sequence[Value]) -> None:
        """Put in the rows of a page that was wanted."""
        fresh = {first + at: value for at, value in enumerate(page) if first + at < self._total}
        self._asked.discard(first)
        if not fresh:
            return
        self._values |= fresh
        self._rows |= {self.key(value): row for row, value in fresh.items()}
        self._redraw(min(fresh), max(fresh))

    def refresh(self) -> None:
        """Have every row drawn again, since words such as '2 min' have aged."""
        if self._total:
            self._redraw(0, self._total - 1)

    def _become(self, total: int, values: dict[int, Value]) -> None:
        """Chosen rows move with their key; where a row vanished, or is not read, nothing is chosen."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._values.get(index.row()) for index in before]
        self._total, self._values = total, values
        self._rows = {self.key(value): row for row, value in values.items()}
        self._asked.clear()
        self.changePersistentIndexList(
            before, [self._moved(index, value) for index, value in zip(before, held, strict=True)]
        )
        self.layoutChanged.emit()

    def _moved(self, index: QModelIndex, value: Value | None) -> QModelIndex:
        row = self._rows.get(self.key(value)) if value is not None else None
        return QModelIndex() if row is None else self.index(row, index.column())

    def _ask_for(self, row: int) -> None:
        first = row - row % PAGE_ROWS
        if first not in self._asked:
            self._asked.add(first)
            self.wanted.emit(first)

    def _redraw(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = _LINE | Qt.AlignmentFlag.AlignLeft, _LINE | Qt.AlignmentFlag.AlignRight


class CellDelegate(QStyledItemDelegate):
    """Draws a cell's text as it is, elided, with a dot of its tone; the current row has a bar at its left."""

    def __init__(self, look: Look, view: TableView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        look.changed.connect(self._measure)
        self._measure()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, row_height(self._look))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._view.rows.cell(index)
        self._paint_ground(painter, option, index)
        rect = option.rect.adjusted(self._near + 2, 0, -self._near, 0)
        if cell.tone is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = self._look.color("muted" if cell.tone == "quiet" else cell.tone)
            draw_dot(painter, rect.left(), rect.center().y() + 1, color)
        if cell.has_tones:
            rect.setLeft(rect.left() + 14)
        font, metrics = self._strong if cell.is_strong else self._plain
        painter.setFont(font)
        painter.setPen(self._quiet_color if cell.is_quiet else self._color)
        painter.drawText(rect, _RIGHT if cell.is_right else _LEFT, elided(cell.text, metrics, rect.width()))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, view = self._look, option.rect, self._view
        is_current = index.row() == view.currentIndex().row()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent_soft"))
        elif index.row() == view.row_under_mouse:
            painter.fillRect(rect, look.color("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line_color)
        if is_current and index.column() == view.first_column():
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.color("accent"))
        if is_current and view.hasFocus():
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, look.color("accent"))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("accent"))

    def _measure(self) -> None:
        """Fonts and colours are looked up once a theme: hundreds of cells are drawn at every step of a scroll."""
        plain, strong = self._look.font(), self._look.font(strong=True)
        self._plain, self._strong = (plain, QFontMetrics(plain)), (strong, QFontMetrics(strong))
        self._near = self._look.space("near")
        self._color, self._quiet_color, self._line_color = map(self._look.color, ("text", "muted", "line"))


def row_height(look: Look) -> int:
    return QFontMetrics(look.font("body")).height() + 2 * look.space("near")


class TableView(QTableView):
    """`chosen` tells the key of the row that a person went to, `opened` of the one where they pressed Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, look: Look, rows: TableRows[Any], name: str, accessible: str, *, many: bool = False) -> None:
        """`many`: several rows can be chosen at once."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self._look = look
        self.rows = rows
        self.row_under_mouse = -1
        self._rows_change = False
        self.setModel(rows)
        self._set_up(many=many)
        self._set_up_headers()
        self.selectionModel().currentRowChanged.connect(self._tell_choice)
        self.doubleClicked.connect(lambda index: self._tell(self.opened, index))
        self.entered.connect(lambda index: self._point_at(index.row()))
        self.viewportEntered.connect(lambda: self._point_at(-1))
        look.changed.connect(self.viewport().update)

    # ------------------------------------------------------------ choosing

    def chosen_key(self) -> str | None:
        value = self.rows.value(self.currentIndex().row())
        return None if value is None else self.rows.key(value)

    def chosen_values(self) -> list[Any]:
        """All rows that are chosen, from top to bottom."""
        picked = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [value for row in picked if (value := self.rows.value(row)) is not None]

    def choose(self, key: str) -> bool:
        """Go to the row with this key; False where it is not there, or not read yet."""
        row = self.rows.row_of(key)
        if row is not None:
            self.selectRow(row)
        return row is not None

    def choose_row(self, row: int) -> None:
        if 0 <= row < self.rows.rowCount():
            self.selectRow(row)

    def bring_up(self, row: int) -> None:
        """Go to a row and scroll it into sight."""
        self.choose_row(row)
        self.executeDelayedItemsLayout()  # rows may only just have come
        self.scrollTo(self.rows.index(row, 0))

    def step(self, rows: int) -> None:
        """Go `rows` rows down, or up where negative."""
        current = self.currentIndex()
        self.choose_row(current.row() + rows if current.isValid() else 0)

    @contextmanager
    def keeping_place(self) -> Iterator[None]:
        """While rows change inside: the top row stays the top row, unless the table stood at its very beginning."""
        top = self.rowAt(0)
        value = self.rows.value(top) if top > 0 else None
        anchor = None if value is None else self.rows.key(value)
        offset = self.rowViewportPosition(top) if top > 0 else 0
        self._rows_change = True
        try:
            yield
        finally:
            self._rows_change = False
        row = self.rows.row_of(anchor)
        if row is not None:
            self.executeDelayedItemsLayout()  # else the bar knows nothing of rows that have just come
            self.verticalScrollBar().setValue(row * self.verticalHeader().defaultSectionSize() - offset)

    def order(self) -> str:
        """The name of the column by which a person sorted, with '-' before it where backwards; empty: by none."""
        header = self.horizontalHeader()
        at, backwards = header.sortIndicatorSection(), header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return "-" * backwards + self.rows.columns[at].name if 0 <= at < len(self.rows.columns) else ""

    def return_to(self, order: object) -> None:
        """Sort as `order` said earlier; as it comes where there is no such column."""
        wanted = str(order or "")
        names = [column.name for column in self.rows.columns]
        if (name := wanted.removeprefix("-")) in names:
            way = Qt.SortOrder.DescendingOrder if wanted.startswith("-") else Qt.SortOrder.AscendingOrder
            self.horizontalHeader().setSortIndicator(names.index(name), way)

    def first_column(self) -> int:
        return next(column for column in range(len(self.rows.columns)) if not self.isColumnHidden(column))

    def rows_in_sight(self) -> range:
        """The rows that are on screen now."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), (last if last >= 0 else self.rows.rowCount() - 1) + 1)

    # ------------------------------------------------------------ Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._tell(self.opened, self.currentIndex())
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # leave the table, not go to the next cell
            event.ignore()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would read every page, and letters are commands."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _set_up(self, *, many: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(CellDelegate(self._look, self))

    def _set_up_headers(self) -> None:
        side, top = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(row_height(self._look))
        top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setHighlightSections(False)
        top.setTextElideMode(Qt.TextElideMode.ElideRight)
        top.setSectionsClickable(True)
        top.setMinimumSectionSize(20)
        top.setSortIndicatorClearable(False)
        top.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        top.setFixedHeight(row_height(self._look) - 2)
        self.setSortingEnabled(True)

    def _share_width(self) -> None:
        """Columns have their widths, one takes the rest; where that is too little, others give way."""
        letter = QFontMetrics(self._look.font("body")).averageCharWidth()
        widths = [column.width * letter + 2 * self._look.space("near") for column in self.rows.columns]
        rest = next(at for at, column in enumerate(self.rows.columns) if not column.width)
        least = self.rows.columns[rest].least * letter
        shown = set(range(len(widths)))
        room = self.viewport().width()
        while room - sum(widths[at] for at in shown - {rest}) < least:
            yielding = [at for at in shown if self.rows.columns[at].gives_way]
            if not yielding:
                break
            shown.remove(max(yielding, key=lambda at: self.rows.columns[at].gives_way))
        widths[rest] = max(room - sum(widths[at] for at in shown - {rest}), least // 2)
        for at, width in enumerate(widths):
            self.setColumnHidden(at, at not in shown)
            self.setColumnWidth(at, width)

    def _point_at(self, row: int) -> None:
        self.row_under_mouse = row
        self.viewport().update()

    def _tell_choice(self, current: QModelIndex) -> None:
        self.viewport().update()
        if not self._rows_change:
            self._tell(self.chosen, current)

    def _tell(self, signal: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        value = self.rows.value(index.row()) if index.isValid() else None
        if value is not None:
            signal.emit(self.rows.key(value))


class ChoiceBox(QComboBox):
    """A choice with a chevron of the theme, which scrolling past it does not change."""

    def __init__(self, look: Look, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self._look = look
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return super().sizeHint().grownBy(CHEVRON)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().grownBy(CHEVRON)

    @property
    def field(self) -> QLineEdit:
        """Where an editable choice is typed in."""
        field = self.lineEdit()
        assert field is not None, "only an editable choice is typed in"
        return field

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - 20, (self.height() - 14) // 2 + 1, self._look.pixmap("opened", "muted", 14))
        painter.end()


class FilterRow(QWidget):
    """Words to look for and choices to narrow by. `changed` is sent a moment after a person's last change."""

    changed = Signal()

    def __init__(self, look: Look, what: str) -> None:
        """`what` is looked for: a marked text such as 'tickets'."""
        super().__init__()
        self._look = look
        self._choices: dict[str, QComboBox] = {}
        self.field = QLineEdit(placeholderText=tr("Search {what} ({keys})", what=tr(what), keys=keys(FILTER_KEYS)))
        self.field.setObjectName("search")
        self.field.setAccessibleName(tr("Search {what}", what=tr(what)))
        self.field.setClearButtonEnabled(True)
        for clear in self.field.findChildren(QToolButton):
            clear.setAccessibleName(tr("Clear the search"))
        self.field.setMinimumWidth(110)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.space("near"))
        self._row.addWidget(self.field, 1)
        QShortcut(QKeySequence("Esc"), self.field, self.clear, context=Qt.ShortcutContext.WidgetShortcut)

    def add_choice(self, name: str, accessible: str, options: Sequence[tuple[str, Any]]) -> QComboBox:
        """A choice of one of `options`, each with what is shown and its value; the first means 'no matter'."""
        box = ChoiceBox(self._look, name, accessible)
        box.setToolTip(accessible)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choices[name] = box
        self._row.addWidget(box)
        self.set_options(name, options)
        box.activated.connect(lambda _: self.changed.emit())
        return box

    def set_options(self, name: str, options: Sequence[tuple[str, Any]]) -> None:
        """Offer other options; what is chosen stays chosen, also where it is no longer offered."""
        box, chosen = self._choices[name], self.chosen(name)
        if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] == list(options):
            return
        box.clear()
        for text, value in options:
            box.addItem(text, value)
        if chosen is not None and box.findData(chosen) < 0:
            box.addItem(str(chosen), chosen)
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def chosen(self, name: str) -> Any:
        return self._choices[name].currentData()

    def choose(self, name: str, value: Any) -> None:
        self._choices[name].setCurrentIndex(self._choices[name].findData(value))
        self.changed.emit()

    def choices(self) -> str:
        """What is narrowed by, for `return_to`; the words that are looked for are in `field`."""
        narrowed = {name: str(box.currentData()) for name, box in self._choices.items() if box.currentIndex() > 0}
        return json.dumps(narrowed) if narrowed else ""

    def return_to(self, choices: object, words: object) -> None:
        """Narrow as `choices` said earlier and look for these words, without a word about it.

        A choice that is not offered yet, such as a category, is taken as it was.
        """
        self.field.blockSignals(True)
        self.field.setText(str(words or ""))
        self.field.blockSignals(False)
        for name, value in from_json(choices).items():
            if name in self._choices:
                self._return_to_choice(self._choices[name], str(value))

    @staticmethod
    def _return_to_choice(box: QComboBox, value: str) -> None:
        offered = [None if box.itemData(at) is None else str(box.itemData(at)) for at in range(box.count())]
        if value not in offered:
            box.addItem(value, value)
            offered.append(value)
        box.setCurrentIndex(offered.index(value))

    def words(self) -> str:
        return " ".join(self.field.text().split())

    def is_narrowed(self) -> bool:
        return bool(self.words()) or any(box.currentIndex() > 0 for box in self._choices.values())

    def clear(self) -> None:
        """Look for nothing and narrow by nothing."""
        self.field.clear()
        for box in self._choices.values():
            box.setCurrentIndex(0)
        self._pause.stop()
        self.changed.emit()

    def go(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()


class TablePane(QFrame):
    """A title with a count and things to do, the filter row, and the table, or what there is to say in its place.

    The title is a marked text, such as a page's.
    """

    def __init__(self, look: Look, title: str, view: TableView, filters: FilterRow, icon: str) -> None:
        super().__init__()
        self.setObjectName("tablePane")
        self.view = view
        self.filters = filters
        self.nothing = MessagePage(look, f"{view.objectName()}Empty", icon)
        self._title = text_label("title", f"{view.objectName()}Title")
        self._title.setText(tr(title))
        if not title:
            self._title.hide()
        self._count = ElidedLabel("small", f"{view.objectName()}Count")
        self._actions = QHBoxLayout()
        self._lay_out(look)
        QShortcut(QKeySequence(FILTER_KEYS), self, filters.go, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def add_action(self, button: QPushButton) -> None:
        """A button at the right of the title; Tab comes to it before the search field under it."""
        self._actions.addWidget(button)
        # Qt only moves the second behind the first, and not even that while Tab, at its end, would go on there anyway.
        self.setTabOrder(self.filters.field, button)
        self.setTabOrder(button, self.filters.field)

    def say_count(self, text: str) -> None:
        self._count.say(text)

    def count_text(self) -> str:
        return self._count.whole()

    def say_nothing(self, title: str, text: str) -> None:
        """Say in the table's place why there is nothing, and what to do."""
        self.nothing.say(title, text)
        self._stack.setCurrentWidget(self.nothing)

    def show_table(self) -> None:
        self._stack.setCurrentWidget(self.view)

    @property
    def shows_table(self) -> bool:
        return self._stack.currentWidget() is self.view

    def _lay_out(self, look: Look) -> None:
        near, apart = look.space("near"), look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, apart, 0, 0)
        column.setSpacing(near)
        top = QHBoxLayout()
        top.setContentsMargins(apart, 0, apart, 0)
        top.setSpacing(near)
        top.addWidget(self._title)
        top.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        self._actions.setSpacing(near)
        top.addLayout(self._actions)
        column.addLayout(top)
        narrowing = QHBoxLayout()
        narrowing.setContentsMargins(apart, 0, apart, 0)
        narrowing.addWidget(self.filters)
        column.addLayout(narrowing)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        column.addWidget(below, 1)


class SideBySide(QSplitter):
    """A table with what is chosen in it at its right, or under it where there is too little width for both."""

    SLACK = 24

    def __init__(self, name: str, pane: QWidget, beside: QWidget, *, share: float) -> None:
        """`share` of the width goes to what is beside."""
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setProperty("line", True)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._share = share
        self._parts = (pane, beside)
        for part in self._parts:
            self.addWidget(part)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)

    def share(self) -> float:
        """Of the width, what goes to what is beside."""
        sizes = self.sizes()
        is_beside = self.orientation() is Qt.Orientation.Horizontal and any(sizes)
        return sizes[1] / sum(sizes) if is_beside else self._share

    def return_to(self, share: object) -> None:
        """The share that a person chose earlier, if it is one; it holds from the first time that this is shown."""
        with suppress(ValueError):
            self._share = min(max(float(str(share)), 0.1), 0.9)

    def minimumSizeHint(self) -> QSize:
        """As little width as the wider of both needs, whichever way they stand now: else it could never get narrow."""
        hints = [part.minimumSizeHint() for part in self._parts]
        return QSize(max(hint.width() for hint in hints), max(hint.height() for hint in hints))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(part.minimumSizeHint().width() for part in self._parts) + self.SLACK
        is_narrow = self.width() < needed
        wanted = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        is_first = event.oldSize().width() <= 0
        if is_first or wanted is not self.orientation():
            self.setOrientation(wanted)
            room = self.height() if is_narrow else self.width()
            beside = room // 2 if is_narrow else int(room * self._share)
            self.setSizes([room - beside, beside])
