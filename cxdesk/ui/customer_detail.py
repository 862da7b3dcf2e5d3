"""One customer beside the table: figures, the course of mood, and all that belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.customer_chart import HealthBars, MoodChart
from cxdesk.ui.customer_views import LinkLine, PersonView
from cxdesk.ui.flow import Flow
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import draw_dot, draw_line, draw_round
from cxdesk.ui.side_panel import FactSection, OrderSection, PanelDelegate, Section, TraceDelegate
from cxdesk.ui.theme import Look
from cxdesk.ui.views import TraceLine
from cxdesk.ui.widgets import Badge, ElidedLabel, FullList, button, rule, text_label

LINKS_SHOWN = 5


@dataclass(frozen=True)
class LinkWords:
    """What a section of links says, as marked texts."""

    heading: str
    accessible: str
    nothing: str
    all_of_them: str


TICKETS = LinkWords(mark("TICKETS"), mark("Tickets"), mark("No tickets."), mark("Show all {n} tickets"))
CONVERSATIONS = LinkWords(
    mark("CONVERSATIONS"), mark("Conversations"), mark("No conversations yet."), mark("Show all {n} conversations")
)


class PersonDetail(QScrollArea):
    """`wants` names a page and what to show there; `asked` what a person wants done: link, merge, export, delete, undo.

    `forgotten` carries a fact that is to be forgotten.
    """

    wants = Signal(str, str)
    asked = Signal(str)
    forgotten = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(380)
        self._look = look
        self.view: PersonView | None = None
        self.head = PersonHead(look, self.asked.emit)
        self.figures = FigureSection(look)
        self.moods = MoodSection(look)
        self.orders = OrderSection(look)
        self.tickets = LinkSection(look, "personTickets", TICKETS)
        self.conversations = LinkSection(look, "personConversations", CONVERSATIONS)
        self.facts = FactSection(look, tr("WHAT THEY TOLD"), tr("Nothing is remembered yet."))
        self.ratings = RatingSection(look)
        self.tickets.opened.connect(lambda item: self.wants.emit("tickets", item))
        self.conversations.opened.connect(lambda item: self.wants.emit("inbox", item))
        self.facts.forgotten.connect(self.forgotten)
        self.setWidget(self._body())

    def show_person(self, view: PersonView, *, may_forget: bool) -> None:
        is_other = self.view is None or self.view.id != view.id
        self.view = view
        self.head.show_person(view)
        self.figures.show_person(view)
        self.moods.show_person(view)
        self.orders.show_orders(view.orders, is_known=True)
        self.tickets.show_links(view.tickets, afresh=is_other)
        self.conversations.show_links(view.conversations, afresh=is_other)
        self.facts.show_facts(view.facts, may_forget=may_forget)
        self.ratings.show_ratings(view.ratings)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def bring_up_order(self, order_id: str) -> None:
        """Mark one of the orders and scroll it into sight."""
        place, body = self.orders.bring_up(order_id), self.widget()
        if place.isValid() and body is not None:
            # Else the list has no room yet for rows that have just come.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            listed = self.orders.list
            top = listed.mapTo(body, listed.visualRect(place).topLeft()).y()
            self.verticalScrollBar().setValue(top - self._look.space("apart"))

    def _body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("panelBody")
        apart = self._look.space("apart")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, apart, 0, apart)
        column.setSpacing(apart)
        column.addWidget(self.head)
        for section in (self.figures, self.moods, self.orders, self.tickets, self.conversations, self.facts):
            column.addWidget(rule())
            column.addWidget(section)
        column.addWidget(self.ratings)
        column.addStretch(1)
        return body


class PersonHead(QWidget):
    def __init__(self, look: Look, ask: Callable[[str], None]) -> None:
        super().__init__()
        self.name = text_label("large", "personName", wraps=True, selectable=True)
        self.email = ElidedLabel("", "personEmail", selectable=True)
        self.details = text_label("small", "personDetails", wraps=True)
        self.tier = Badge("personTier")
        self.risk = text_label("small", "personRisk", wraps=True)
        self.risk.setProperty("tone", "bad")
        self.undo_merge = button(
            tr("Undo the merge"),
            "undoMerge",
            lambda: ask("undo"),
            quiet=True,
            hint=tr("Put the two customers back as they were"),
        )
        near, apart = look.space("near"), look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, 0, apart, 0)
        column.setSpacing(look.space("tight"))
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.tier, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        for part in (self.email, self.details, self.risk):
            column.addWidget(part)
        self.verbs: dict[str, QPushButton] = {}
        row = Flow(near)
        row.setContentsMargins(0, near, 0, 0)
        for name, text, hint in (
            ("link", tr("Link…"), tr("Count a conversation of an unknown writer among this customer's (L)")),
            ("merge", tr("Merge…"), tr("Make two entries of the same person one (M)")),
            ("export", tr("Export…"), tr("Write all that is kept about this person into a file (X)")),
            ("delete", tr("Delete…"), tr("Delete all that is kept about this person (Del)")),
        ):
            self.verbs[name] = button(text, f"{name}Person", partial(ask, name), hint=hint)
            row.addWidget(self.verbs[name])
        column.addLayout(row)
        column.addWidget(self.undo_merge)

    def show_person(self, view: PersonView) -> None:
        self.name.setText(view.name)
        self.email.say(view.email)
        self.email.setVisible(bool(view.email))
        self.details.setText(" · ".join(view.details))
        self.details.setVisible(bool(view.details))
        self.tier.say(view.tier)
        self.risk.setText(tr("At risk: {reasons}", reasons=", ".join(map(tr, view.risk))))
        self.risk.setVisible(bool(view.risk))
        self.undo_merge.setVisible(view.merge is not None)


class FigureSection(Section):
    """The health score with its parts, and figures beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("HEALTH"), "health")
        self.say("")
        self.score = text_label("title", "healthScore")
        self.bars = HealthBars(look)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.space("apart"))
        self._grid.setVerticalSpacing(look.space("near"))
        self._values: dict[str, Any] = {}
        row = QHBoxLayout()
        row.setContentsMargins(look.space("apart"), 0, look.space("apart"), look.space("near"))
        row.setSpacing(look.space("far"))
        row.addWidget(self.score, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.bars, 1)
        self.column.addLayout(row)
        self._grid.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        self.column.addLayout(self._grid)

    def show_person(self, view: PersonView) -> None:
        known = any(value is not None for _, value in view.health_parts)
        self.score.setText(view.health.text if known else "–")
        self.score.setAccessibleName(tr("Health {points} of 100", points=view.health.text))
        self.say("" if known else tr("It is known once a conversation was closed."))
        self.bars.setVisible(known)
        self.score.setVisible(known)
        self.bars.show_parts(view.health_parts)
        for at, (title, value) in enumerate(view.figures):
            self._figure(at, title).setText(value)

    def _figure(self, at: int, title: str) -> Any:
        if title not in self._values:
            heading = text_label("small", wraps=True)
            heading.setText(title)
            value = text_label("strong", f"figure{at}", wraps=True)
            row, column = divmod(at, 3)
            self._grid.addWidget(heading, 2 * row, column)
            self._grid.addWidget(value, 2 * row + 1, column)
            self._grid.setColumnStretch(column, 1)
            self._values[title] = value
        return self._values[title]


class MoodSection(Section):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("COURSE OF MOOD"), "moods")
        self.chart = MoodChart(look)
        row = QHBoxLayout()
        row.setContentsMargins(look.space("apart"), look.space("tight"), look.space("apart"), 0)
        row.addWidget(self.chart)
        self.column.addLayout(row)

    def show_person(self, view: PersonView) -> None:
        self.chart.setVisible(bool(view.moods))
        self.chart.show_moods(view.moods)
        self.say("" if view.moods else tr("Shown once a conversation was closed whose mood is known."))


class LinkSection(Section):
    """Rows that lead to another page, the first few until more are asked for. `opened` carries the row's id."""

    opened = Signal(str)

    def __init__(self, look: Look, name: str, said: LinkWords) -> None:
        super().__init__(look, tr(said.heading), name)
        self._said = said
        self._all: tuple[LinkLine, ...] = ()
        self._shows_all = False
        self.model = ValueList[LinkLine](lambda line: line.id, _link_text, self)
        self.list = FullList(f"{name}List", tr(said.accessible))
        self.list.setModel(self.model)
        self.list.setItemDelegate(LinkDelegate(look, self.list))
        self.list.setCursor(Qt.CursorShape.PointingHandCursor)
        self.list.follow_model()
        self.list.opened.connect(lambda index: self.opened.emit(index.data(Roles.value).id))
        self._more = button(tr("Show all"), f"{name}More", self._show_all, quiet=True)
        self.column.addWidget(self.list)
        row = QHBoxLayout()
        row.setContentsMargins(look.space("tight") + 1, 0, 0, 0)
        row.addWidget(self._more)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_links(self, lines: Sequence[LinkLine], *, afresh: bool) -> None:
        self._all = tuple(lines)
        self._shows_all = self._shows_all and not afresh
        heading, count = tr(self._said.heading), number(len(lines))
        self.heading.setText(tr("{heading}  ·  {n}", heading=heading, n=count) if lines else heading)
        self.say("" if lines else tr(self._said.nothing))
        self._show()

    def _show_all(self) -> None:
        self._shows_all = True
        self._show()

    def _show(self) -> None:
        shown = self._all if self._shows_all else self._all[:LINKS_SHOWN]
        self.model.show(shown)
        self.list.setVisible(bool(shown))
        count = number(len(self._all))
        self._more.setText(tr("Show all {n}", n=count))
        self._more.setAccessibleName(tr(self._said.all_of_them, n=count))
        self._more.setVisible(len(shown) < len(self._all))


def _link_text(line: LinkLine) -> str:
    return ", ".join(part for part in (line.text, line.state.text, line.detail, line.when) if part)


class LinkDelegate(PanelDelegate):
    """What it is, and below how it stands and when it was."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self.line_height() + self.line_height(small=True) + 2 * self.look.space("tight"))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if option.state & QStyle.StateFlag.State_MouseOver or focused:
            ground = QRectF(option.rect.adjusted(4, 0, -4, 0))
            draw_round(painter, ground, self.look.color("sunken"), 6, self.look.color("accent") if focused else None)

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        line: LinkLine = value
        look, small = self.look, self.look.font("small")
        first = QRect(rect.left(), rect.top(), rect.width(), self.line_height())
        taken = draw_line(painter, first, line.when, small, look.color("muted"), right=True)
        draw_line(painter, first.adjusted(0, 0, -taken - 8, 0), line.text, look.font(), look.color("text"))
        second = QRect(rect.left(), first.bottom() + 1, rect.width(), self.line_height(small=True))
        tone = "muted" if line.state.tone == "quiet" else line.state.tone
        draw_dot(painter, second.left(), second.center().y() + 1, look.color(tone))
        said = f"{line.state.text}  ·  {line.detail}" if line.detail else line.state.text
        draw_line(painter, second.adjusted(13, 0, 0, 0), said, small, look.color("muted"))


class RatingSection(Section):
    """Hidden where nothing was rated."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("RATINGS"), "ratings")
        self.say("")
        self.column.insertWidget(0, rule())
        self.column.insertSpacing(1, look.space("near"))
        self.model: ValueList[tuple[int, TraceLine]] = ValueList(
            lambda row: row[0], lambda row: f"{row[1].text} {row[1].took}", self
        )
        self.list = FullList("ratingList", tr("Ratings"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(TraceDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self.column.addWidget(self.list)

    def show_ratings(self, lines: Sequence[TraceLine]) -> None:
        self.model.show(list(enumerate(lines)))
        self.setVisible(bool(lines))
