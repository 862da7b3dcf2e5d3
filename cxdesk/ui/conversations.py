"""The list of conversations: a row of queues, a search, and what fits, those first that need a person most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.language import decimal, mark, number, tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import draw_dot, draw_line
from cxdesk.ui.theme import Look
from cxdesk.ui.views import AT_RISK, InboxView, Queue, Row
from cxdesk.ui.widgets import MessagePage, keys, text_label
from cxdesk.ui.work import Throttle

FILTER_KEYS = "Ctrl+F"
NEXT_KEYS, PREVIOUS_KEYS = "Alt+Down", "Alt+Up"
NEXT_QUEUE_KEYS, PREVIOUS_QUEUE_KEYS = "Alt+Right", "Alt+Left"
# Older messages are searched once a person pauses, from this many characters on.
SEARCH_PAUSE_MS = 250
SHORTEST_SEARCH = 3

# A queue's word, what it holds, and what is said of it when it is empty.
QUEUES: dict[Queue, tuple[str, str, str]] = {
    "approval": (mark("Drafts"), mark("Waiting for approval"), mark("No draft waits for approval.")),
    "handed_over": (mark("Handed"), mark("Handed over to a person"), mark("Nothing is handed over.")),
    "mine": (
        mark("Mine"),
        mark("Conversations that you accepted"),
        mark("Accept a handed-over conversation, and it is yours."),
    ),
    "all": (
        mark("All"),
        mark("All conversations"),
        mark("What customers write appears here by itself, with a reply prepared."),
    ),
    "closed": (mark("Closed"), mark("Closed conversations"), mark("Conversations that are over are kept here.")),
}


def row_text(row: Row) -> str:
    """A conversation read aloud."""
    known = (row.state.text, row.intent, row.mood.text if row.mood else "", tr(AT_RISK) if row.at_risk else "")
    return f"{row.writer}, {', '.join(filter(None, known))}: {row.found or row.last_line}"


class Conversations(QFrame):
    """`chosen` names the conversation that a person went to, `queue_chosen` a queue.

    `searched`: a person paused typing, and older messages are to be looked through for these words.
    """

    chosen = Signal(str)
    queue_chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("conversations")
        self._look = look
        self._chosen: str | None = None
        self._rows: Sequence[Row] = ()
        self._found: Sequence[Row] = ()
        self._rows_change = False
        self.queue: Queue = "all"
        self.queues = QueueBar(look)
        self.queues.chosen.connect(self._turn_to)
        self.model = ValueList[Row](lambda row: row.id, row_text, self)
        self.pause = Throttle(self._ask_search, SEARCH_PAUSE_MS, self)
        self.filter = self._filter_field()
        self.list = self._list_view()
        self.nothing = MessagePage(look, "inboxEmpty", "inbox")
        self._lay_out()
        clear = QShortcut(QKeySequence("Esc"), self.filter, self.filter.clear)
        # PySide passes over a context given to the constructor.
        clear.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._say_if_empty()
        look.changed.connect(self.list.viewport().update)

    def show_queue(self, view: InboxView) -> None:
        """What was read; of a queue that was left meanwhile only the counts are of use."""
        self.queues.count(view.counts)
        if view.queue == self.queue:
            self._rows = view.rows
            self._show()

    def show_found(self, text: str, rows: Sequence[Row]) -> None:
        """What a search in older messages brought, unless other words are searched by now."""
        if text == self.words():
            self._found = rows
            self._show()

    def words(self) -> str:
        """What is searched."""
        return " ".join(self.filter.text().split())

    def choose_queue(self, queue: Queue) -> None:
        self.queues.mark(queue)
        self._turn_to(queue)

    def step_queue(self, steps: int) -> None:
        """Go to the next queue, or a previous one where negative; beyond the last comes the first."""
        names = list(QUEUES)
        self.choose_queue(names[(names.index(self.queue) + steps) % len(names)])

    def chosen_id(self) -> str | None:
        """The conversation that is open: it stays so while its row isn't there."""
        return self._chosen

    def choose(self, conversation_id: str) -> bool:
        """Go to a conversation; whether it is in the list."""
        row = self.model.row_of(conversation_id)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))
        return row is not None

    def open(self, conversation_id: str) -> None:
        """Go to a conversation, whether its row is there or not."""
        if not self.choose(conversation_id):
            with self._keeping_choice():
                self._chosen = conversation_id
            self.chosen.emit(conversation_id)

    def choose_first(self) -> None:
        if self._chosen is None and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def step(self, rows: int) -> None:
        """Go `rows` conversations down, or up where negative."""
        current = self.list.currentIndex()
        row = current.row() + rows if current.isValid() else 0
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # ------------------------------------------------------------ inside

    def _turn_to(self, queue: Queue) -> None:
        if queue != self.queue:
            self.queue = queue
            self.queue_chosen.emit(queue)

    def _search(self) -> None:
        """At once in what is loaded; in older messages once a person pauses."""
        self._found = ()
        self._show()
        if len(self.words()) >= SHORTEST_SEARCH:
            self.pause.ask()

    def _ask_search(self) -> None:
        if len(self.words()) >= SHORTEST_SEARCH:
            self.searched.emit(self.words())

    def _show(self) -> None:
        wanted = self.words().casefold().split()
        fitting = [row for row in self._rows if all(word in row.words for word in wanted)]
        there = {row.id for row in fitting}
        with self._keeping_choice():
            self.model.show([*fitting, *(row for row in self._found if row.id not in there)])
        self._say_if_empty()

    def _filter_field(self) -> QLineEdit:
        field = QLineEdit(placeholderText=tr("Search conversations ({keys})", keys=keys(FILTER_KEYS)))
        field.setObjectName("filter")
        field.setAccessibleName(tr("Search conversations"))
        field.setToolTip(
            tr("In this queue, and in all that was ever said ({keys}, Esc clears)", keys=keys(FILTER_KEYS))
        )
        field.textChanged.connect(self._search)
        return field

    def _list_view(self) -> QListView:
        view = QListView()
        view.setObjectName("conversationList")
        view.setAccessibleName(tr("Conversations"))
        view.setToolTip(
            tr("Next and previous: {next} and {previous}", next=keys(NEXT_KEYS), previous=keys(PREVIOUS_KEYS))
        )
        view.setModel(self.model)
        view.setItemDelegate(RowDelegate(self._look, view))
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setUniformItemSizes(True)
        view.selectionModel().currentChanged.connect(self._tell_choice)
        return view

    def _lay_out(self) -> None:
        near, apart = self._look.space("near"), self._look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, apart, 0, 0)
        column.setSpacing(near)
        top = QVBoxLayout()
        top.setContentsMargins(apart, 0, apart, 0)
        top.setSpacing(near)
        self._title = text_label("title", "inboxTitle")
        self._title.setText(tr("Inbox"))
        for widget in (self._title, self.queues, self.filter):
            top.addWidget(widget)
        column.addLayout(top)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        column.addWidget(below, 1)

    @contextmanager
    def _keeping_choice(self) -> Iterator[None]:
        """A row that vanishes would hand its place to its neighbour, and a person would find themselves elsewhere."""
        self._rows_change = True
        yield
        row = self.model.row_of(self._chosen)
        self.list.setCurrentIndex(self.model.index(row) if row is not None else QModelIndex())
        self._rows_change = False

    def _say_if_empty(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.list)
            return
        if self.filter.text():
            self.nothing.say(tr("Nothing matches"), tr("Clear the search field to see the queue again."))
        else:
            title = tr("No conversations yet") if self.queue == "all" else tr("Nothing here")
            self.nothing.say(title, tr(QUEUES[self.queue][2]))
        self._stack.setCurrentWidget(self.nothing)

    def _tell_choice(self, current: QModelIndex) -> None:
        if current.isValid() and not self._rows_change:
            self._chosen = current.data(Roles.value).id
            self.chosen.emit(self._chosen)


class QueueBar(QFrame):
    """One compact button for each queue: how many are in it, and its word. `chosen` names one."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("queues")
        self.setAccessibleName(tr("Queues"))
        self._group = QButtonGroup(self)
        self._buttons: dict[Queue, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(1)
        for name, (_, meaning, _) in QUEUES.items():
            made = QToolButton()
            made.setCheckable(True)
            made.setChecked(name == "all")
            made.setObjectName(f"queue_{name}")
            made.setToolTip(
                tr("{meaning} ({keys} goes to the next queue)", meaning=tr(meaning), keys=keys(NEXT_QUEUE_KEYS))
            )
            made.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(made)
            self._buttons[name] = made
            row.addWidget(made)
        self.count({})

    def count(self, counts: Mapping[Queue, int]) -> None:
        for name, made in self._buttons.items():
            word, meaning = map(tr, QUEUES[name][:2])
            many = counts.get(name, 0)
            made.setText(f"{short(many)}\n{word}")
            made.setAccessibleName(tr("{queue}: {n}", queue=meaning, n=number(many)))

    def mark(self, queue: Queue) -> None:
        self._buttons[queue].setChecked(True)


def short(count: int) -> str:
    """A count in at most four characters: 999, 9.9k, 120k."""
    if count < 1000:
        return str(count)
    return tr("{n}k", n=decimal(count / 1000, 1 if count < 9950 else 0))


class RowDelegate(QStyledItemDelegate):
    """Draws a conversation: writer, risk and age; the last line, or why it was found; state, intent and mood."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        body = QFontMetrics(self._look.font("body")).height()
        small = QFontMetrics(self._look.font("small")).height()
        return QSize(120, 2 * body + small + 2 * self._look.space("near") + 2 * self._look.space("tight") + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Roles.value)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        near, apart, tight = (self._look.space(name) for name in ("near", "apart", "tight"))
        inner = option.rect.adjusted(apart, near, -apart, -near)
        body = QFontMetrics(self._look.font("body")).height()
        first = QRect(inner.left(), inner.top(), inner.width(), body)
        second = first.translated(0, body + tight)
        third = QRect(
            inner.left(), second.bottom() + tight, inner.width(), QFontMetrics(self._look.font("small")).height()
        )
        self._paint_first(painter, first, row)
        line = row.found or row.last_line or tr("no message yet")
        draw_line(painter, second, line, self._look.font("body"), self._look.color("accent" if row.found else "muted"))
        self._paint_third(painter, third, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.color("accent_soft" if selected else "sunken"))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._look.color("accent"))
        else:
            inset = self._look.space("apart")
            painter.fillRect(rect.left() + inset, rect.bottom(), rect.width() - 2 * inset, 1, self._look.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(self._look.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_first(self, painter: QPainter, rect: QRect, row: Row) -> None:
        look, small = self._look, self._look.font("small")
        taken = draw_line(
            painter, rect, words.age(row.since, now().astimezone()), small, look.color("muted"), right=True
        )
        rest = rect.adjusted(0, 0, -taken - look.space("near"), 0)
        if row.at_risk:
            taken = draw_line(painter, rest, tr(AT_RISK), small, look.color("bad"), right=True)
            painter.drawPixmap(QPoint(rest.right() - taken - 16, rest.center().y() - 6), look.pixmap("risk", "bad", 13))
            rest = rest.adjusted(0, 0, -taken - 16 - look.space("near"), 0)
        draw_line(painter, rest, row.writer, look.font(strong=True), look.color("text"))

    def _paint_third(self, painter: QPainter, rect: QRect, row: Row) -> None:
        look, small = self._look, self._look.font("small")
        rest = rect.adjusted(13, 0, 0, 0)
        if row.mood:
            taken = draw_line(painter, rect, row.mood.text, small, look.color("muted"), right=True)
            tone = "muted" if row.mood.tone == "quiet" else row.mood.tone
            face = look.pixmap(row.mood.icon, tone, 14)
            painter.drawPixmap(QPoint(rect.right() - taken - 18, rect.center().y() - 6), face)
            rest = rest.adjusted(0, 0, -taken - 18 - look.space("near"), 0)
        tone = "muted" if row.state.tone == "quiet" else row.state.tone
        draw_dot(painter, rect.left(), rect.center().y() + 1, look.color(tone))
        said = " · ".join(filter(None, (row.state.text, row.intent)))
        draw_line(painter, rest, said, small, look.color("muted"))
