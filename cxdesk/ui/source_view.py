"""A document with one passage marked in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.views import OpenedDocument
from cxdesk.ui.widgets import button, text_label

_HEADING = re.compile(r"^(#{1,6}\s+)(.*)$")
_MARKS = re.compile(r"\*\*|__|`|^\s*[-*]\s|^\s*>\s|\|")


class SourceView(QDialog):
    """Shows a whole document as text, scrolled to its passage. It stays open beside the conversation."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sourceView")
        self._look = look
        self._opened: OpenedDocument | None = None
        self._title = text_label("large", "sourceTitle", wraps=True)
        self._name = text_label("small", "sourceName", wraps=True)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setObjectName("documentText")
        self.text.setAccessibleName(tr("Document"))
        self._highlighter = HeadingHighlighter(look, self.text.document())
        self._lay_out()
        self.resize(680, 620)
        look.changed.connect(self._follow_look)

    def open_at(self, opened: OpenedDocument) -> None:
        """Show this document with its passage marked and in sight."""
        self._opened = opened
        self.setWindowTitle(opened.title)
        self._title.setText(opened.title)
        self._name.setText(
            opened.name
            if opened.end > opened.start
            else tr("{name} – this passage has changed since", name=opened.name)
        )
        self.text.setPlainText(opened.text)
        self._mark()
        self.show()
        self.raise_()
        QTimer.singleShot(0, self, self._scroll_to_passage)

    def marked_text(self) -> str:
        """What is marked, as it stands in the document."""
        return "".join(mark.cursor.selectedText().replace("\u2029", "\n") for mark in self.text.extraSelections())

    def _mark(self) -> None:
        opened = self._opened
        if opened is None or opened.end <= opened.start:
            self.text.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._cursor(_place_in_qt(opened.text, opened.start), _place_in_qt(opened.text, opened.end))
        mark.format.setBackground(self._look.color("marked"))
        mark.format.setForeground(self._look.color("on_marked"))
        self.text.setExtraSelections([mark])

    def _scroll_to_passage(self) -> None:
        if self._opened is None:
            return
        start = _place_in_qt(self._opened.text, self._opened.start)
        self.text.setTextCursor(self._cursor(start, start))
        self.text.centerCursor()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _lay_out(self) -> None:
        far, near = self._look.space("far"), self._look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(far, far, far, far)
        column.setSpacing(near)
        column.addWidget(self._title)
        column.addWidget(self._name)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Close"), "sourceClose", self.close, hint=tr("Back to the conversation (Esc)")))
        column.addLayout(row)

    def _follow_look(self) -> None:
        self._highlighter.rehighlight()
        self._mark()


class HeadingHighlighter(QSyntaxHighlighter):
    """Makes headings of a Markdown text stand out; the text itself stays as it is, so that places in it hold."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = look

    def highlightBlock(self, text: str) -> None:
        faint = QTextCharFormat()
        faint.setForeground(self._look.color("muted"))
        if heading := _HEADING.match(text):
            strong = QTextCharFormat()
            strong.setFontWeight(QFont.Weight.DemiBold)
            strong.setFontPointSize(self._look.theme.points["large"])
            self.setFormat(0, len(text), strong)
            self.setFormat(0, len(heading.group(1)), faint)
            return
        for mark in _MARKS.finditer(text):
            self.setFormat(mark.start(), len(mark.group()), faint)


def _place_in_qt(text: str, place: int) -> int:
    """Qt counts UTF-16 units and a line break as one, Python counts characters."""
    return len(text[:place].replace("\r\n", "\n").encode("utf-16-le", "surrogatepass")) // 2
