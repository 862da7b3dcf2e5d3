"""Saved replies by what stands after '/': which ones are meant, and the list to choose from while typing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from cxdesk.ui.language import number, tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.overlay import Overlay
from cxdesk.ui.paint import draw_line
from cxdesk.ui.theme import Look
from cxdesk.ui.views import SavedReply
from cxdesk.ui.widgets import FullList, text_label

SHOWN = 6
_TYPED = re.compile(r"(?:^|\s)/([\w-]*)$")


def typed_shortcut(before_cursor: str) -> str | None:
    """What stands after the '/' that the text ends with; None where it doesn't."""
    found = _TYPED.search(before_cursor)
    return found[1] if found else None


def matching(replies: Sequence[SavedReply], typed: str) -> list[SavedReply]:
    """The replies meant, best first: by shortcut, then by a word of the title, then by category or anywhere."""
    wanted = typed.lower()
    ranked = [(rank, reply) for reply in replies if (rank := _rank(reply, wanted)) is not None]
    return [reply for _, reply in sorted(ranked, key=lambda pair: (pair[0], pair[1].category, pair[1].shortcut))]


def _rank(reply: SavedReply, wanted: str) -> int | None:
    if reply.shortcut.lower().startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in reply.title.lower().split()):
        return 1
    if reply.category.lower().startswith(wanted):
        return 2
    return 3 if wanted in reply.shortcut.lower() or wanted in reply.title.lower() else None


def reply_text(reply: SavedReply) -> str:
    """A saved reply read aloud."""
    return f"{reply.shortcut}: {reply.title}, {reply.category}. {reply.text}"


class SavedReplyPopup(Overlay):
    """The list over the composer. The field keeps the focus; it hands on what its keys mean. `chosen`: a reply."""

    chosen = Signal(object)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__("savedReplies", host)
        self.setAccessibleName(tr("Saved replies"))
        self._found: list[SavedReply] = []
        self.model = ValueList[SavedReply](lambda reply: reply.shortcut, reply_text, self)
        self.list = FullList("savedReplyList", tr("Saved replies"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SavedReplyDelegate(look, self.list))
        self.list.follow_model()
        self.list.opened.connect(lambda index: self.chosen.emit(index.data(Roles.value)))
        self._hint = text_label("small", "savedReplyHint", wraps=True)
        self._hint.setContentsMargins(look.space("near"), 0, look.space("near"), look.space("tight"))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("tight"), look.space("tight"), look.space("tight"), 0)
        column.setSpacing(look.space("tight"))
        column.addWidget(self.list)
        column.addWidget(self._hint)

    def show_for(self, replies: Sequence[SavedReply], typed: str, anchor: QWidget) -> None:
        """Show what matches, the best chosen; a line says when nothing does."""
        self._found = matching(replies, typed)
        self._show_from(0, 0)
        self._hint.setText(_hint(len(self._found), bool(replies)))
        self.open_above(anchor)

    def current(self) -> SavedReply | None:
        index = self.list.currentIndex()
        value: SavedReply | None = index.data(Roles.value) if index.isValid() else None
        return value

    def step(self, rows: int) -> None:
        """Go down, or up where negative; the rows shown follow."""
        if reply := self.current():
            at = (self._found.index(reply) + rows) % len(self._found)
            self._show_from(max(0, min(at - SHOWN // 2, len(self._found) - SHOWN)), at)

    def _show_from(self, first: int, chosen: int) -> None:
        self.model.show(self._found[first : first + SHOWN])
        if self._found:
            self.list.setCurrentIndex(self.model.index(chosen - first))


def _hint(found: int, any_kept: bool) -> str:
    if not any_kept:
        return tr("No saved replies yet.")
    if not found:
        return tr("No saved reply fits. Try its title or category; Esc closes this.")
    if found > SHOWN:
        return tr("{n} fit. Up and Down choose, Enter inserts, Esc closes", n=number(found))
    return tr("Up and Down choose, Enter inserts, Esc closes")


class SavedReplyDelegate(QStyledItemDelegate):
    """Shortcut and title, the category at the right, and how the reply begins."""

    def __init__(self, look: Look, view: FullList) -> None:
        super().__init__(view)
        self._look = look
        look.changed.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._line() + self._small_line() + 2 * self._look.space("tight"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        reply: SavedReply = index.data(Roles.value)
        look, near, tight = self._look, self._look.space("near"), self._look.space("tight")
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.fillRect(option.rect, look.color("accent_soft" if chosen else "sunken"))
        line = option.rect.adjusted(near, tight, -near, 0)
        line.setHeight(self._line())
        taken = draw_line(painter, line, reply.category, look.font("small"), look.color("muted"), right=True)
        line.adjust(0, 0, -taken - near, 0)
        name = draw_line(painter, line, f"/{reply.shortcut}", look.font(strong=True), look.color("accent"))
        draw_line(painter, line.adjusted(name + near, 0, 0, 0), reply.title, look.font(), look.color("text"))
        below = QRect(line.bottomLeft() + QPoint(0, 1), QSize(line.width() + taken + near, self._small_line()))
        draw_line(painter, below, " ".join(reply.text.split()), look.font("small"), look.color("muted"))
        painter.restore()

    def _line(self) -> int:
        return QFontMetrics(self._look.font()).height() + 1

    def _small_line(self) -> int:
        return QFontMetrics(self._look.font("small")).height() + 1
