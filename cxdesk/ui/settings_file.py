"""One of the shop's own files as a text: written, checked line by line, saved as the shop's own, put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from cxdesk.ui import settings_words
from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, button, text_label

_MOST_PROBLEMS = 4


@dataclass(frozen=True)
class FileText:
    """A file of the shop's as it holds now. `is_own`: the shop's, in the place of the bundled one."""

    name: str
    what: str
    text: str
    is_own: bool
    may_change: bool


class FileEditor(QFrame):
    """`checked` and `saved` tell the file's name and text, `put_back` its name; `edited` that a person wrote."""

    checked = Signal(str, str)
    saved = Signal(str, str)
    put_back = Signal(str)
    edited = Signal()

    def __init__(self, look: Look, file: FileText) -> None:
        super().__init__()
        self.setObjectName(f"file.{file.name}")
        self._look = look
        self.file = file
        self._badge = Badge(f"{file.name}Badge")
        self._told = text_label("small", f"{file.name}Told", wraps=True)
        self.text = LinedText(look, f"{file.name}Text", settings_words.group_title(file.name))
        self.problems = QListWidget()
        self.problems.setObjectName(f"{file.name}Problems")
        self.problems.setAccessibleName(tr("What is wrong with the text; Enter goes to the line"))
        self.problems.setProperty("boxed", True)
        self.problems.setWordWrap(True)
        self.check_button = button(tr("Check"), f"{file.name}Check", self.check)
        self.save_button = button(tr("Save text"), f"{file.name}Save", self.save, primary=True)
        hint = tr("Go back to what holds now")
        self.discard_button = button(tr("Discard"), f"{file.name}Discard", self.discard, hint=hint)
        self.put_back_button = button(
            tr("Put back"), f"{file.name}PutBack", lambda: self.put_back.emit(self.file.name),
            hint=tr("Take the shop's own file away; the one that comes with the program holds again"),
        )  # fmt: skip
        self._lay_out()
        self.text.textChanged.connect(self._wrote)
        for signal in (self.problems.itemActivated, self.problems.itemClicked):
            signal.connect(lambda item: self.text.go_to(item.data(Qt.ItemDataRole.UserRole)))
        self.text.setPlainText(file.text)
        self.show_file(file)

    def show_file(self, file: FileText) -> None:
        """Show what holds now; what was written and not saved stays."""
        keeps = self.is_changed
        self.file = file
        if not keeps:
            self.discard()
        self._tell()

    @property
    def is_changed(self) -> bool:
        return self.written() != self.file.text

    def written(self) -> str:
        return self.text.toPlainText()

    def check(self) -> None:
        self.checked.emit(self.file.name, self.written())

    def save(self) -> None:
        self.saved.emit(self.file.name, self.written())

    def discard(self) -> None:
        if self.is_changed:
            self.text.setPlainText(self.file.text)
        self.show_problems((), said="")

    def was_saved(self, file: FileText) -> None:
        """The text of `file` is what holds now; what was written since stays."""
        self.show_file(file)
        self.show_problems((), said=tr("Saved. It holds from the next message on."))

    def show_problems(self, problems: Sequence[str], *, said: str | None = None) -> None:
        """What is wrong, each with its line; where nothing is, `said`, or that nothing is."""
        self.problems.clear()
        lines = []
        for told in problems:
            line = settings_words.line_of(told, self.written())
            item = QListWidgetItem(settings_words.file_problem(told, line))
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.problems.addItem(item)
            lines.append(line)
        self.text.mark([line for line in lines if line])
        if lines and lines[0]:
            self.text.look_at(lines[0])
        self.problems.setVisible(bool(problems))
        height = max(self.problems.sizeHintForRow(0), 20) * min(len(problems), _MOST_PROBLEMS) + 12
        self.problems.setFixedHeight(height)
        if problems:
            said = tr("Nothing was saved. Mend this first:")
        self._told.setText(tr("Nothing is wrong with it.") if said is None else said)

    def told(self) -> str:
        return self._told.text()

    def _wrote(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        file = self.file
        changed = Label(tr("changed, not saved"), "warn")
        held = Label(tr("the shop's own"), "accent") if file.is_own else Label(tr("as it comes with the program"))
        self._badge.say(changed if self.is_changed else held)
        self.text.setReadOnly(not file.may_change)
        for one in (self.save_button, self.discard_button):
            one.setVisible(file.may_change)
            one.setEnabled(self.is_changed)
        self.put_back_button.setVisible(file.may_change and file.is_own)

    def _lay_out(self) -> None:
        near, apart = self._look.space("near"), self._look.space("apart")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(near)
        head = QHBoxLayout()
        head.setSpacing(apart)
        what = text_label("small", wraps=True)
        kept = tr("Kept as {file} in the data directory, in the place of the program's.", file=self.file.name)
        what.setText(" ".join([tr(self.file.what), kept]))
        head.addWidget(what, 1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addWidget(self._told)
        column.addWidget(self.problems)
        row = QHBoxLayout()
        row.setSpacing(near)
        row.addWidget(self.put_back_button)
        row.addStretch(1)
        for one in (self.check_button, self.discard_button, self.save_button):
            row.addWidget(one)
        column.addLayout(row)


class LinedText(QPlainTextEdit):
    """A text in letters of one width, with its lines numbered; lines with something wrong are marked."""

    def __init__(self, look: Look, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setProperty("page", True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setMinimumHeight(140)
        self._look = look
        self._marked: frozenset[int] = frozenset()
        self._numbers = _Numbers(self)
        family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.setStyleSheet(f"QPlainTextEdit {{ font-family: '{family}'; }}")
        self.blockCountChanged.connect(lambda _: self._make_room())
        self.updateRequest.connect(lambda *_: self._numbers.update())
        look.changed.connect(self._numbers.update)
        self._make_room()

    def mark(self, lines: Sequence[int]) -> None:
        self._marked = frozenset(lines)
        self._numbers.update()

    def go_to(self, line: int | None) -> None:
        """Put the caret at the beginning of a line, counted from 1, and go on writing there."""
        if line:
            self.look_at(line)
        self.setFocus()

    def look_at(self, line: int) -> None:
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line - 1)))
        self.centerCursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def numbers_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("9") * max(len(str(self.blockCount())), 2) + 12

    def paint_numbers(self, painter: QPainter, height: int) -> None:
        """The numbers of the lines in sight; those that are marked stand out."""
        block, width = self.firstVisibleBlock(), self.numbers_width() - 6
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        painter.setFont(self.font())
        while block.isValid() and top <= height:
            number = block.blockNumber() + 1
            line = QRect(0, int(top), width, self.fontMetrics().height())
            painter.setPen(self._look.color("bad" if number in self._marked else "muted"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{'● ' if number in self._marked else ''}{number}")
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)


class _Numbers(QWidget):
    """The margin of a `LinedText`."""

    def __init__(self, text: LinedText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._text.paint_numbers(painter, self.height())
        painter.end()
