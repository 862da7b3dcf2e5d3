"""Gaps of saved replies, such as [[order id]]: marked where they stand, and gone to one after the other."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from cxdesk.ui.theme import Look

_GAP = re.compile(r"\[\[[^\[\]\n]{1,40}\]\]")


class GapMarker(QSyntaxHighlighter):
    """Marks the gaps in a field while they are there."""

    def __init__(self, look: Look, field: QPlainTextEdit) -> None:
        super().__init__(field.document())
        self._look = look
        look.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        for gap in _GAP.finditer(text):
            self.setFormat(*utf16_span(text, gap.start(), gap.end()), self._format())

    def _format(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setBackground(self._look.color("marked"))
        made.setForeground(self._look.color("on_marked"))
        return made


def utf16_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where `text[start:end]` begins and how long it is, counted as Qt does."""
    return _units(text[:start]), _units(text[start:end])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def go_to_gap(field: QPlainTextEdit, *, after: int = 0) -> bool:
    """Select the first gap at or behind the position `after`, so that typing replaces it; whether there was one."""
    text = field.toPlainText()
    for gap in _GAP.finditer(text):
        start, length = utf16_span(text, gap.start(), gap.end())
        if start >= after:
            cursor = field.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            field.setTextCursor(cursor)
            return True
    return False
