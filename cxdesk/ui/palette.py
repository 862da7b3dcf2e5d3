"""The palette: one field that finds commands, pages, customers, orders, documents and conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.language import tr
from cxdesk.ui.likeness import best_fitting
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import draw_line
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import FullList, text_label
from cxdesk.ui.work import Throttle

PALETTE_KEYS = "Ctrl+K"
WIDTH, TOP = 620, 72
SHOWN = 10
PAUSE_MS = 150


@dataclass(frozen=True)
class Finding:
    """Something to go to or to do, in the window's language: `note` is its keys or what tells it from others."""

    kind: str
    title: str
    act: Callable[[], object]
    note: str = ""


class Palette(QFrame):
    """`searched` carries what is sought on the desk, once a person pauses; the answer goes to `show_found`."""

    searched = Signal(str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("palette")
        self.setProperty("overlay", True)
        self.setAccessibleName(tr("Find anything"))
        self._near_by: Sequence[Finding] = ()
        self._found: Sequence[Finding] = ()
        self._host = host
        self._before: QWidget | None = None
        self.pause = Throttle(self._ask, PAUSE_MS, self)
        self.field = QLineEdit(placeholderText=tr("Find a command, page, customer, order, document or conversation"))
        self.field.setObjectName("paletteField")
        self.field.setAccessibleName(tr("Find anything"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = ValueList[tuple[int, Finding]](lambda row: row[0], lambda row: finding_text(row[1]), self)
        self.list = FullList("paletteList", tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.model)
        self.list.setItemDelegate(FindingDelegate(look, self.list))
        self.list.follow_model()
        self.list.opened.connect(lambda index: self._do(index.data(Roles.value)[1]))
        self._nothing = text_label("small", "paletteNothing")
        self._nothing.setText(tr("Nothing fits. Try a name, an order's number, or a word from a message."))
        self._lay_out(look)
        host.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self.hide()

    def open_with(self, near_by: Sequence[Finding]) -> None:
        """Come up with what is always there; the rest is sought on the desk."""
        self._before = QApplication.focusWidget()
        self._near_by = near_by
        self.field.clear()
        self._search()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def show_found(self, text: str, found: Sequence[Finding]) -> None:
        """What the desk found, unless something else is sought by now."""
        if text == self.sought() and self.isVisible():
            self._found = found
            self._show()

    def sought(self) -> str:
        return " ".join(self.field.text().split())

    def close_up(self) -> None:
        if self.isVisible():
            self.hide()
            if self._before is not None:
                self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(event)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ inside

    def _steer(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.list.currentIndex().isValid():
                    self._do(self.list.currentIndex().data(Roles.value)[1])
            case Qt.Key.Key_Escape:
                self.close_up()
            case _:
                return False
        return True

    def _step(self, rows: int) -> None:
        count = self.model.rowCount()
        if count:
            self.list.setCurrentIndex(self.model.index((self.list.currentIndex().row() + rows) % count))

    def _do(self, finding: Finding) -> None:
        """The field gives the focus back first: what is done may want it."""
        self.close_up()
        finding.act()

    def _search(self) -> None:
        self._found = ()
        self._show()
        if self.sought():
            self.pause.ask()

    def _ask(self) -> None:
        if self.isVisible() and self.sought():
            self.searched.emit(self.sought())

    def _show(self) -> None:
        findings = [*fitting(self._near_by, self.sought()), *self._found][:SHOWN]
        self.model.show(list(enumerate(findings)))
        self.list.setCurrentIndex(self.model.index(0))
        self._nothing.setVisible(not findings)
        self._place()

    def _follow_focus(self, before: QWidget | None, after: QWidget | None) -> None:
        if self.isVisible() and after is not None and not self.isAncestorOf(after):
            self.hide()

    def _place(self) -> None:
        host = self._host
        width = min(WIDTH, host.width() - 40)
        height = min(self.sizeHint().height(), host.height() - 2 * TOP)
        self.setGeometry(QRect((host.width() - width) // 2, TOP, width, height))

    def _lay_out(self, look: Look) -> None:
        near = look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(near, near, near, near)
        column.setSpacing(near)
        for widget in (self.field, self.list, self._nothing):
            column.addWidget(widget)


def fitting(findings: Sequence[Finding], sought: str) -> list[Finding]:
    """What fits, the best first, also where a letter is missing or wrong; all of them while nothing is sought."""
    if not sought:
        return list(findings)
    return best_fitting(findings, lambda finding: f"{finding.title} {finding.kind}", sought, SHOWN)


def finding_text(finding: Finding) -> str:
    return ", ".join(filter(None, (finding.kind, finding.title, finding.note)))


class FindingDelegate(QStyledItemDelegate):
    """One line: the kind, the title, and the note at the right."""

    def __init__(self, look: Look, view: FullList) -> None:
        super().__init__(view)
        self._look = look
        look.changed.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, QFontMetrics(self._look.font()).height() + 2 * self._look.space("near"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _, finding = index.data(Roles.value)
        look, near, small = self._look, self._look.space("near"), self._look.font("small")
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.fillRect(option.rect, look.color("accent_soft" if chosen else "sunken"))
        line = option.rect.adjusted(near, 0, -near, 0)
        left = QFontMetrics(small).horizontalAdvance(tr("Conversation")) + near
        draw_line(painter, line, finding.kind, small, look.color("muted"))
        rest = line.adjusted(left, 0, 0, 0)
        note = QRect(rest.left() + rest.width() // 2, rest.top(), rest.width() - rest.width() // 2, rest.height())
        taken = draw_line(painter, note, finding.note, small, look.color("muted"), right=True)
        draw_line(painter, rest.adjusted(0, 0, -taken - near, 0), finding.title, look.font(), look.color("text"))
        painter.restore()
