"""Beside the conversation: the customer, their orders, what the reply rests on, and what the desk did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import TextBlock, draw_dot, draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import ConversationView, CustomerCard, OrderCard, RunCard, SourceCard, TraceLine
from cxdesk.ui.widgets import Badge, FullList, button, rule, text_label

ORDERS_SHOWN = 3
ITEMS_SHOWN = 3
NO_DOCUMENTS = "No documents yet. Add some with 'cxdesk kb add PATH', and replies can rest on them."
NO_SOURCES = "The reply rests on no document."
NO_RUN = "Nothing yet: sources appear when a message is read."


class SidePanel(QScrollArea):
    """`source_chosen` carries the source that a person wants to read."""

    source_chosen = Signal(object)

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
        self._sources.list.opened.connect(lambda index: self.source_chosen.emit(index.data(Roles.value)))
        self.body = self._body()
        self.setWidget(self.body)

    def show_conversation(self, view: ConversationView) -> None:
        self.body.show()
        self._customer.show_customer(view.customer)
        self._orders.show_orders(view.orders, is_known=bool(view.customer.email))
        self._sources.show_sources(view.run, has_documents=view.has_documents)
        self._handoffs.show_history(view.handoff_history)
        self._trace.show_trace(view.run.trace if view.run else ())

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
        for section in (self._customer, self._orders, self._sources):
            column.addWidget(section)
            column.addWidget(rule())
        column.addWidget(self._handoffs)
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
        self.heading = text_label("section", f"{name}Heading")
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
    def __init__(self, look: Look) -> None:
        super().__init__(look, "CUSTOMER", "customer")
        self._name = text_label("large", "customerName", wraps=True, selectable=True)
        self._email = text_label("", "customerEmail", wraps=True, selectable=True)
        self._identity = Badge("customerIdentity")
        inner = QVBoxLayout()
        inner.setContentsMargins(look.space("apart"), 0, look.space("apart"), 0)
        inner.setSpacing(look.space("tight"))
        for widget in (self._name, self._email, self._identity):
            inner.addWidget(widget)
        self.column.insertLayout(1, inner)

    def show_customer(self, customer: CustomerCard) -> None:
        self._name.setText(customer.name)
        self._email.setText(customer.email)
        self._email.setVisible(bool(customer.email))
        self._identity.say(customer.identity)
        self.say("\n".join(customer.details))


class OrderSection(Section):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "ORDERS", "orders")
        self._all: tuple[OrderCard, ...] = ()
        self.model = ValueList[OrderCard](lambda order: order.id, _order_text, self)
        self.list = FullList("orderList", "Orders of this customer")
        self.list.setModel(self.model)
        self.list.setItemDelegate(OrderDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.follow_model()
        self._more = button("Show all orders", "moreOrders", self._show_all, quiet=True)
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
        self.heading.setText(f"ORDERS  ·  {len(orders)}" if orders else "ORDERS")
        self.say("" if orders else "No orders." if is_known else "Shown as soon as the customer is known.")
        self._show(len(orders) if stays else ORDERS_SHOWN)

    def _show_all(self) -> None:
        self._show(len(self._all))

    def _show(self, count: int) -> None:
        self.model.show(self._all[:count])
        self.list.setVisible(bool(self._all))
        self._more.setText(f"Show all {len(self._all)} orders")
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(len(self._all) > count)


class SourceSection(Section):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "SOURCES", "sources")
        self.model = ValueList[SourceCard](lambda source: (source.document, source.start), _source_text, self)
        self.list = FullList("sourceList", "Sources of the reply")
        self.list.setToolTip("Click to read the passage in its document")
        self.list.setCursor(Qt.CursorShape.PointingHandCursor)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SourceDelegate(look, self.list))
        self.list.follow_model()
        self.column.addWidget(self.list)

    def show_sources(self, run: RunCard | None, *, has_documents: bool) -> None:
        sources = run.sources if run else ()
        self.model.show(sources)
        self.list.setVisible(bool(sources))
        self.say("" if sources else NO_DOCUMENTS if not has_documents else NO_SOURCES if run else NO_RUN)


class HandoffSection(Section):
    """What people did with the conversation's handoffs; hidden where there was none."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "HANDOFFS", "handoffs")
        self.say("")
        self.model = _numbered_lines(self)
        self.list = FullList("handoffList", "What became of the handoffs")
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
            "What the desk did", "traceFold", self._toggle, hint="Plan, tool calls and timings", quiet=True
        )
        self.model = _numbered_lines(self)
        self.list = FullList("traceList", "What the desk did")
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


def _order_text(order: OrderCard) -> str:
    return f"Order {order.id}, {order.status.text}, {order.total}, {order.when}: {', '.join(order.items)}"


def _source_text(source: SourceCard) -> str:
    return f"{source.place}{', used in the reply' if source.used else ''}: {source.excerpt}"


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

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        raise NotImplementedError


class OrderDelegate(PanelDelegate):
    """Id and total, status and date, then the items."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        order: OrderCard = index.data(Roles.value)
        lines = 1 + min(len(order.items), ITEMS_SHOWN + 1)
        return QSize(60, self.line_height() + lines * self.line_height(small=True) + 3 * self.look.space("tight"))

    def paint_value(self, painter: QPainter, rect: QRect, value: Any) -> None:
        order: OrderCard = value
        look, small = self.look, self.look.font("small")
        line = QRect(rect.left(), rect.top(), rect.width(), self.line_height())
        taken = draw_line(painter, line, order.total, look.font(), look.color("text"), right=True)
        draw_line(painter, line.adjusted(0, 0, -taken - 8, 0), order.id, look.font(strong=True), look.color("text"))
        line = QRect(rect.left(), line.bottom() + 1, rect.width(), self.line_height(small=True))
        draw_dot(painter, line.left(), line.center().y() + 1, look.color(order.status.tone))
        taken = draw_line(painter, line, order.when, small, look.color("muted"), right=True)
        draw_line(painter, line.adjusted(13, 0, -taken - 8, 0), order.status.text, small, look.color("text"))
        for item in _shortened(order.items):
            line.translate(0, line.height())
            draw_line(painter, line, item, small, look.color("muted"))


def _shortened(items: Sequence[str]) -> Sequence[str]:
    if len(items) <= ITEMS_SHOWN + 1:
        return items
    return (*items[:ITEMS_SHOWN], f"and {len(items) - ITEMS_SHOWN} more")


class SourceDelegate(PanelDelegate):
    """The document and the heading, and the beginning of the passage."""

    LINES = 3

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        source: SourceCard = index.data(Roles.value)
        heading = self._heading(source).height if source.heading else 0
        height = self.line_height() + heading + self._excerpt(source).height
        return QSize(60, int(height) + 5 * self.look.space("tight"))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if option.state & QStyle.StateFlag.State_MouseOver or focused:
            ground = QRectF(option.rect.adjusted(4, 0, -4, 0))
            draw_round(painter, ground, self.look.color("sunken"), 6, self.look.color("accent") if focused else None)

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
