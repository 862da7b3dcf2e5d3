"""Beside the conversation: the customer, their orders, what the reply rests on, and what the desk did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.flow import Flow
from cxdesk.ui.language import mark, number, plural, tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import TextBlock, draw_dot, draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import (
    ConversationView,
    CustomerCard,
    FactLine,
    ItemLine,
    OrderCard,
    RunCard,
    SourceCard,
    Support,
    TraceLine,
)
from cxdesk.ui.widgets import Badge, ElidedLabel, FullList, button, icon_button, rule, text_label

ORDERS_SHOWN = 3
ITEMS_SHOWN = 3
ITEMS_LISTED = 8
NO_DOCUMENTS = mark("No documents yet. Add some with 'cxdesk kb add PATH', and replies can rest on them.")
NO_SOURCES = mark("The reply rests on no document.")
LOOKED_UP = mark("The reply rests on what the desk looked up. Point at a sentence of the draft to see it.")
NO_RUN = mark("Nothing yet: sources appear when a message is read.")


class SidePanel(QScrollArea):
    """`source_chosen` carries the source that a person wants to read, `fact_forgotten` the fact that goes.

    `profile_wanted`, `ticket_wanted` and `conversation_wanted` name what a person wants to see.
    """

    source_chosen = Signal(object)
    fact_forgotten = Signal(object)
    profile_wanted = Signal(str)
    ticket_wanted = Signal(str)
    conversation_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._look = look
        self._customer = CustomerSection(look)
        self._orders = OrderSection(look)
        self._handoffs = HandoffSection(look)
        self._sources = SourceSection(look)
        self._trace = TraceSection(look)
        self._facts = FactSection(look, tr("REMEMBERED"))
        self._tickets = ItemSection(look, tr("TICKETS"), "tickets", tr("Tickets of this customer"))
        self._past = ItemSection(look, tr("OTHER CONVERSATIONS"), "past", tr("Other conversations of this customer"))
        self._sources.list.opened.connect(lambda index: self.source_chosen.emit(index.data(Roles.value)))
        self._customer.profile_wanted.connect(self.profile_wanted)
        self._facts.forgotten.connect(self.fact_forgotten)
        self._tickets.chosen.connect(self.ticket_wanted)
        self._past.chosen.connect(self.conversation_wanted)
        self.body = self._body()
        self.setWidget(self.body)

    def show_conversation(self, view: ConversationView, *, may_forget: bool) -> None:
        self.body.show()
        self._customer.show_customer(view.customer)
        self._orders.show_orders(view.orders, is_known=bool(view.customer.email))
        self._sources.show_sources(view.run, has_documents=view.has_documents)
        self._facts.show_facts(view.facts, may_forget=may_forget)
        self._tickets.show_items(view.tickets)
        self._past.show_items(view.past)
        self._handoffs.show_history(view.handoff_history)
        self._trace.show_trace(view.run.trace if view.run else ())

    def point_at(self, supports: Sequence[Support]) -> None:
        """Show what the sentence rests on that a person points at; with nothing, the reply as a whole again."""
        self._sources.point_at(supports)
        if supports:
            self.ensureWidgetVisible(self._sources, 0, 0)

    def unfold_trace(self) -> None:
        """Show what the desk did."""
        self._trace.unfold()

    def clear(self) -> None:
        self.body.hide()

    def _body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("panelBody")
        apart = self._look.space("apart")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, apart, 0, apart)
        column.setSpacing(apart)
        for main in (self._customer, self._sources, self._orders):
            column.addWidget(main)
            column.addWidget(rule())
        for section in (self._facts, self._tickets, self._past, self._handoffs):
            column.addWidget(section)
        column.addStretch(1)
        column.addWidget(self._trace)
        return body


class Section(QWidget):
    """A part of the panel under a heading."""

    def __init__(self, look: Look, heading: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.look = look
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.space("tight"))
        self.heading = text_label("section", f"{name}Heading", wraps=True)
        self.heading.setText(heading)
        self.heading.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        self.note = text_label("small", f"{name}Note", wraps=True)
        self.note.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.note)

    def say(self, note: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))


class CustomerSection(Section):
    """`profile_wanted` names the customer whose page a person wants to see."""

    profile_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("CUSTOMER"), "customer")
        self._id = ""
        self._name = text_label("large", "customerName", wraps=True, selectable=True)
        self._email = ElidedLabel("", "customerEmail", selectable=True)
        self._identity = Badge("customerIdentity")
        self._tier = Badge("customerTier")
        self._health = Badge("customerHealth")
        self._parts = text_label("small", "healthParts", wraps=True)
        self._risk = text_label("small", "customerRisk", wraps=True)
        self._risk.setProperty("tone", "bad")
        self._moods = text_label("small", "customerMoods", wraps=True)
        self._profile = button(
            tr("Profile"), "openProfile", lambda: self.profile_wanted.emit(self._id), hint=tr("All about this customer")
        )
        self._profile.setProperty("quiet", True)
        self.column.insertLayout(1, self._inner())
        for label in (self._parts, self._risk, self._moods):
            label.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
            self.column.addWidget(label)

    def show_customer(self, customer: CustomerCard) -> None:
        self._id = customer.id
        self._name.setText(customer.name)
        self._email.say(customer.email)
        self._email.setVisible(bool(customer.email))
        self._profile.setVisible(bool(customer.id))
        self._identity.say(customer.identity)
        self._tier.say(customer.tier)
        self._health.say(customer.health)
        self._health.setToolTip(customer.health_parts)
        self.say("\n".join(customer.details))
        _say(
            self._parts,
            tr("Health: {parts}", parts=customer.health_parts) if customer.health_parts else "",
        )
        _say(self._risk, tr("At risk: {reasons}", reasons=", ".join(customer.risks)) if customer.risks else "")
        _say(self._moods, tr("Last conversations: {moods}", moods=" → ".join(customer.moods)) if customer.moods else "")

    def _inner(self) -> QVBoxLayout:
        inner = QVBoxLayout()
        inner.setContentsMargins(self.look.space("apart"), 0, self.look.space("near"), 0)
        inner.setSpacing(self.look.space("tight"))
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._profile, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(head)
        inner.addWidget(self._email)
        inner.addLayout(Flow(self.look.space("tight"), (self._identity, self._tier, self._health)))
        return inner


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


class FactSection(Section):
    """What the customer told about themselves; whoever may can have each forgotten.

    Where there is nothing, `nothing` is said, or the section is hidden.
    """

    forgotten = Signal(object)

    def __init__(self, look: Look, heading: str, nothing: str = "") -> None:
        super().__init__(look, heading, "facts")
        self._nothing = nothing
        self._shown: tuple[tuple[FactLine, ...], bool] = ((), False)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(look.space("apart"), 0, look.space("near"), 0)
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)
        self.hide()

    def show_facts(self, facts: Sequence[FactLine], *, may_forget: bool) -> None:
        self.setVisible(bool(facts or self._nothing))
        self.say("" if facts else self._nothing)
        shown = (tuple(facts), may_forget)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._rows.takeAt(0)) is not None:
            if row := item.widget():
                row.hide()
                row.deleteLater()
        for fact in facts:
            self._rows.addWidget(self._row(fact, may_forget=may_forget))

    def _row(self, fact: FactLine, *, may_forget: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        text = text_label("small", f"fact_{fact.id}", wraps=True, selectable=True)
        text.setText(fact.text)
        when = text_label("small")
        when.setText(fact.when)
        forget = icon_button(
            f"forget_{fact.id}",
            tr("Forget: {fact}", fact=fact.text),
            tr("Forget this"),
            lambda: self.forgotten.emit(fact.origin),
        )
        forget.setIcon(self.look.icon("reject"))
        forget.setHidden(not may_forget)
        for part in (when, forget):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        line.insertWidget(0, text, 1)
        return row


class ItemSection(Section):
    """Tickets or conversations, each opened by a click. Hidden where there are none."""

    chosen = Signal(str)

    def __init__(self, look: Look, heading: str, name: str, accessible: str) -> None:
        super().__init__(look, heading, name)
        self.say("")
        self._title = heading
        self.model = ValueList[ItemLine](lambda item: item.id, _item_text, self)
        self.list = FullList(f"{name}List", accessible)
        self.list.setToolTip(tr("Click to open"))
        self.list.setCursor(Qt.CursorShape.PointingHandCursor)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ItemDelegate(look, self.list))
        self.list.follow_model()
        self.list.opened.connect(lambda index: self.chosen.emit(index.data(Roles.value).id))
        self.column.addWidget(self.list)
        self.hide()

    def show_items(self, items: Sequence[ItemLine]) -> None:
        self.heading.setText(f"{self._title}  ·  {number(len(items))}")
        self.model.show(items[:ITEMS_LISTED])
        self.setVisible(bool(items))


class OrderSection(Section):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("ORDERS"), "orders")
        self._all: tuple[OrderCard, ...] = ()
        self.model = ValueList[OrderCard](lambda order: order.id, _order_text, self)
        self.list = FullList("orderList", tr("Orders of this customer"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(OrderDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self._more = button(tr("Show all orders"), "moreOrders", self._show_all, quiet=True)
        self.column.addWidget(self.list)
        row = QHBoxLayout()
        row.setContentsMargins(look.space("tight") + 1, 0, 0, 0)
        row.addWidget(self._more)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_orders(self, orders: Sequence[OrderCard], *, is_known: bool) -> None:
        was_showing_all = self.model.rowCount() == len(self._all) > ORDERS_SHOWN
        stays = was_showing_all and {o.id for o in orders} == {o.id for o in self._all}
        self._all = tuple(orders)
        self.heading.setText(tr("ORDERS") + (f"  ·  {number(len(orders))}" if orders else ""))
        self.say("" if orders else tr("No orders.") if is_known else tr("Shown as soon as the customer is known."))
        self._show(len(orders) if stays else ORDERS_SHOWN)

    def bring_up(self, order_id: str) -> QModelIndex:
        """Mark this order, showing all where it is not among the first; its place in `list`."""
        if self.model.row_of(order_id) is None:
            self._show_all()
        row = self.model.row_of(order_id)
        place = QModelIndex() if row is None else self.model.index(row)
        self.list.setCurrentIndex(place)
        return place

    def _show_all(self) -> None:
        self._show(len(self._all))

    def _show(self, count: int) -> None:
        self.model.show(self._all[:count])
        self.list.setVisible(bool(self._all))
        self._more.setText(plural("Show all {n} orders", "Show all {n} orders", len(self._all)))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(len(self._all) > count)


class SourceSection(Section):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("SOURCES"), "sources")
        self.model = ValueList[SourceCard](lambda source: (source.document, source.start), _source_text, self)
        self.list = FullList("sourceList", tr("Sources of the reply"))
        self.list.setToolTip(tr("Click to read the passage in its document"))
        self.list.setCursor(Qt.CursorShape.PointingHandCursor)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SourceDelegate(look, self.list))
        self.list.follow_model()
        self._pointed = PointedBox(look)
        inset = QHBoxLayout()
        inset.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        inset.addWidget(self._pointed)
        self.column.addLayout(inset)
        self.column.addWidget(self.list)

    def point_at(self, supports: Sequence[Support]) -> None:
        self._pointed.show_supports(supports)
        pointed = {(support.document, support.at) for support in supports if support.document}
        places = (
            (row, source) for row, source in enumerate(self.model.values()) if any(source.holds(*p) for p in pointed)
        )
        row = next(places, None)
        self.list.setCurrentIndex(self.model.index(row[0]) if row else QModelIndex())

    def show_sources(self, run: RunCard | None, *, has_documents: bool) -> None:
        sources = run.sources if run else ()
        self.model.show(sources)
        self.list.setVisible(bool(sources))
        self.say("" if sources else _no_sources(run, has_documents=has_documents))


def _no_sources(run: RunCard | None, *, has_documents: bool) -> str:
    """Why no document stands among the sources."""
    if run and run.supports:
        return tr(LOOKED_UP)
    if not has_documents:
        return tr(NO_DOCUMENTS)
    return tr(NO_SOURCES) if run else tr(NO_RUN)


class PointedBox(QFrame):
    """What one sentence of the draft rests on."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("pointed")
        self._place = text_label("strong", "pointedPlace", wraps=True)
        self._said = text_label("", "pointedSaid", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.space("near"),) * 4)
        column.setSpacing(look.space("tight"))
        column.addWidget(self._place)
        column.addWidget(self._said)
        self.hide()

    def show_supports(self, supports: Sequence[Support]) -> None:
        places = dict.fromkeys(support.place for support in supports)
        quotes = dict.fromkeys(f"“{support.said}”" for support in supports if support.said)
        self._place.setText("\n".join(places))
        _say(self._said, "\n".join(quotes))
        self.setVisible(bool(supports))


class HandoffSection(Section):
    """What people did with the conversation's handoffs; hidden where there was none."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("HANDOFFS"), "handoffs")
        self.say("")
        self.model = _numbered_lines(self)
        self.list = FullList("handoffList", tr("What became of the handoffs"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(TraceDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self.column.addWidget(self.list)

    def show_history(self, lines: Sequence[TraceLine]) -> None:
        self.model.show(list(enumerate(lines)))
        self.setVisible(bool(lines))


class TraceSection(QWidget):
    """Collapsed until somebody wants to know."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("trace")
        self._look = look
        self._fold = button(
            tr("What the desk did"), "traceFold", self._toggle, hint=tr("Plan, tool calls and timings"), quiet=True
        )
        self.model = _numbered_lines(self)
        self.list = FullList("traceList", tr("What the desk did"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(TraceDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(look.space("tight") + 2, 0, look.space("tight"), 0)
        row.addWidget(self._fold)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.list)
        look.changed.connect(self._show_icon)
        self._show_icon()

    def show_trace(self, lines: Sequence[TraceLine]) -> None:
        self.model.show(list(enumerate(lines)))
        self.setVisible(bool(lines))

    def unfold(self) -> None:
        if self.list.isHidden():
            self._toggle()

    def _toggle(self) -> None:
        self.list.setVisible(self.list.isHidden())
        self._show_icon()

    def _show_icon(self) -> None:
        self._fold.setIcon(self._look.button_icon("closed" if self.list.isHidden() else "opened"))


# ---------------------------------------------------------------- rows


def _numbered_lines(parent: QObject) -> ValueList[tuple[int, TraceLine]]:
    """Two lines may be alike, so that each is known by its place."""
    return ValueList(lambda row: row[0], lambda row: f"{row[1].text} {row[1].took}".strip(), parent)


def _item_text(item: ItemLine) -> str:
    return ", ".join(filter(None, (item.title, item.state.text, item.when)))


def _order_text(order: OrderCard) -> str:
    return tr(
        "Order {id}, {status}, {total}, {when}: {items}",
        id=order.id,
        status=order.status.text,
        total=order.total,
        when=order.when,
        items=", ".join(order.items),
    )


def _source_text(source: SourceCard) -> str:
    if source.used:
        return tr("{place}, used in the reply: {excerpt}", place=source.place, excerpt=source.excerpt)
    return f"{source.place}: {source.excerpt}"


class PanelDelegate(QStyledItemDelegate):
    """What the rows of the panel have in common: margins, and a ground while the mouse is over them."""

    def __init__(self, look: Look, view: FullList) -> None:
        super().__init__(view)
        self.look = look
        self.view = view
        look.changed.connect(view.viewport().update)

    def inner(self, rect: QRect) -> QRect:
        return rect.adjusted(
            self.look.space("apart"), self.look.space("tight"), -self.look.space("apart"), -self.look.space("tight")
        )

    def width(self) -> int:
        return self.view.viewport().width() - 2 * self.look.space("apart")

    def line_height(self, *, small: bool = False) -> int:
        return QFontMetrics(self.look.font("small" if small else "body")).height() + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option)
        self.paint_value(painter, self.inner(option.rect), index.data(Roles.value))
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Nothing, for rows that can't be clicked."""

    def paint_clickable(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        focused = option.state & QStyle.StateFlag.State_HasFocus
        chosen = option.state & QStyle.StateFlag.State_Selected
        if option.state & QStyle.StateFlag.State_MouseOver or focused or chosen:
            ground = QRectF(option.rect.adjusted(4, 0, -4, 0))
            color = self.look.color("accent_soft" if chosen else "sunken")
            draw_round(painter, ground, color, 6, self.look.color("accent") if focused else None)

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        raise NotImplementedError


class OrderDelegate(PanelDelegate):
    """Id and total, status and date, then the items."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        order: OrderCard = index.data(Roles.value)
        lines = 1 + min(len(order.items), ITEMS_SHOWN + 1)
        return QSize(60, self.line_height() + lines * self.line_height(small=True) + 3 * self.look.space("tight"))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            draw_round(painter, QRectF(option.rect.adjusted(4, 0, -4, 0)), self.look.color("accent_soft"), 6)

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        order: OrderCard = value
        look, small = self.look, self.look.font("small")
        line = QRect(rect.left(), rect.top(), rect.width(), self.line_height())
        taken = draw_line(painter, line, order.total, look.font(), look.color("text"), right=True)
        draw_line(painter, line.adjusted(0, 0, -taken - 8, 0), order.id, look.font(strong=True), look.color("text"))
        line = QRect(rect.left(), line.bottom() + 1, rect.width(), self.line_height(small=True))
        draw_dot(painter, line.left(), line.center().y() + 1, look.color(order.status.tone))
        taken = draw_line(painter, line.adjusted(13, 0, 0, 0), order.status.text, small, look.color("text"))
        beside = line.adjusted(13 + taken + 8, 0, 0, 0)
        draw_line(painter, beside, order.when, small, look.color("muted"), right=True)
        for item in _shortened(order.items):
            line.translate(0, line.height())
            draw_line(painter, line, item, small, look.color("muted"))


def _shortened(items: Sequence[str]) -> Sequence[str]:
    if len(items) <= ITEMS_SHOWN + 1:
        return items
    return (*items[:ITEMS_SHOWN], tr("and {n} more", n=number(len(items) - ITEMS_SHOWN)))


class SourceDelegate(PanelDelegate):
    """The document and the heading, and the beginning of the passage."""

    LINES = 3

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        source: SourceCard = index.data(Roles.value)
        heading = self._heading(source).height if source.heading else 0
        height = self.line_height() + heading + self._excerpt(source).height
        return QSize(60, int(height) + 5 * self.look.space("tight"))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self.paint_clickable(painter, option)

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        source: SourceCard = value
        look, color = self.look, "accent" if source.used else "muted"
        line = QRect(rect.left(), rect.top(), rect.width(), self.line_height())
        painter.drawPixmap(line.left(), line.top() + 1, look.pixmap("document", color, 14))
        name = look.font("small", strong=True)
        draw_line(
            painter, line.adjusted(20, 0, 0, 0), source.document, name, look.color("accent" if source.used else "text")
        )
        top = float(line.bottom() + look.space("tight"))
        if source.heading:
            heading = self._heading(source)
            heading.draw(painter, QPointF(rect.left(), top), look.color("text"))
            top += heading.height + 2
        self._excerpt(source).draw(painter, QPointF(rect.left(), top), look.color("muted"))

    def _heading(self, source: SourceCard) -> TextBlock:
        return TextBlock(source.heading.replace(" > ", " › "), self.look.font("small"), self.width(), 2)

    def _excerpt(self, source: SourceCard) -> TextBlock:
        return TextBlock(source.excerpt, self.look.font("small"), self.width(), self.LINES)


class ItemDelegate(PanelDelegate):
    """A title with its date, and how it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, 2 * self.line_height(small=True) + 2 * self.look.space("tight"))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self.paint_clickable(painter, option)

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        item: ItemLine = value
        look, small = self.look, self.look.font("small")
        line = QRect(rect.left(), rect.top(), rect.width(), self.line_height(small=True))
        taken = draw_line(painter, line, item.when, small, look.color("muted"), right=True)
        draw_line(painter, line.adjusted(0, 0, -taken - 8, 0), item.title, small, look.color("text"))
        line.translate(0, line.height())
        tone = "muted" if item.state.tone == "quiet" else item.state.tone
        draw_dot(painter, line.left(), line.center().y() + 1, look.color(tone))
        draw_line(painter, line.adjusted(13, 0, 0, 0), item.state.text, small, look.color("muted"))


class TraceDelegate(PanelDelegate):
    """What was done, and how long it took."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        _, line = index.data(Roles.value)
        above = self.look.space("near") if line.is_heading else 0
        return QSize(60, int(self._block(line).height) + self.look.space("tight") + above)

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        _, line = value
        top = rect.top() - self.look.space("tight") // 2 + (self.look.space("near") if line.is_heading else 0)
        color = self.look.color("text" if line.is_heading else "muted")
        self._block(line).draw(painter, QPointF(rect.left(), top), color)
        place = QRect(rect.left(), top, rect.width(), self.line_height(small=True))
        draw_line(painter, place, line.took, self.look.font("small"), self.look.color("muted"), right=True)

    def _block(self, line: TraceLine) -> TextBlock:
        font = self.look.font("small", strong=line.is_heading)
        taken = QFontMetrics(font).horizontalAdvance(line.took) + self.look.space("near") if line.took else 0
        return TextBlock(line.text, font, self.width() - taken)
