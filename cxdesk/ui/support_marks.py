"""Marks in the draft what the sources say about it: the sentence a person points at, and what nothing supports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from cxdesk.ui.gaps import utf16_span
from cxdesk.ui.theme import Look
from cxdesk.ui.views import RunCard, Support


class SupportMarks(QObject):
    """`pointed` carries what supports the sentence that the mouse or the caret came to.

    It stays pointed at until another is, so that nothing jumps while the mouse passes by. A sentence that was edited
    is no longer the one that was checked: it has no support, and no fault, of its own.
    """

    pointed = Signal(object)

    def __init__(self, look: Look, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._look = look
        self._field = field
        self._run: RunCard | None = None
        self._pointed: tuple[Support, ...] = ()
        field.setMouseTracking(True)
        field.viewport().setMouseTracking(True)
        field.viewport().installEventFilter(self)
        field.cursorPositionChanged.connect(self._point_at_caret)
        field.textChanged.connect(self._mark)
        look.changed.connect(self._mark)

    def follow(self, run: RunCard | None) -> None:
        """Mark this run's reply in the field."""
        self._run = run
        self._pointed = ()
        self._mark()
        self.pointed.emit(())

    def unsupported(self) -> tuple[str, ...]:
        """The words in the field that nothing supports."""
        text = self._field.toPlainText()
        return tuple(words for words in dict.fromkeys(self._run.unsupported) if words in text) if self._run else ()

    def at(self, place: int) -> tuple[Support, ...]:
        """What supports the sentence at a place of the field's text, counted in characters."""
        return tuple(support for support, start, end in self._standing() if start <= place < end)

    def marked_text(self) -> list[str]:
        """What is marked, as it stands in the field."""
        return [mark.cursor.selectedText() for mark in self._field.extraSelections()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._point(self.at(self._place(self._field.cursorForPosition(event.position().toPoint()))))
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ inside

    def _point_at_caret(self) -> None:
        if self._field.hasFocus():
            self._point(self.at(self._place(self._field.textCursor())))

    def _point(self, supports: tuple[Support, ...]) -> None:
        if supports and supports != self._pointed:
            self._pointed = supports
            self._mark()
            self.pointed.emit(supports)

    def _standing(self) -> Sequence[tuple[Support, int, int]]:
        """The run's sentences that stand in the field as they were checked, with their place there."""
        if self._run is None:
            return ()
        text, found = self._field.toPlainText(), []
        for support in self._run.supports:
            sentence = self._run.reply[support.start : support.end]
            if sentence and (start := text.find(sentence)) >= 0:
                found.append((support, start, start + len(sentence)))
        return found

    def _place(self, cursor: QTextCursor) -> int:
        """Qt counts UTF-16 units, Python counts characters."""
        before = self._field.toPlainText().encode("utf-16-le")[: 2 * cursor.position()]
        return len(before.decode("utf-16-le", "ignore"))

    def _mark(self) -> None:
        pointed = {(start, end) for support, start, end in self._standing() if support in self._pointed}
        marks = [self._selection(start, end, self._pointed_format()) for start, end in sorted(pointed)]
        text = self._field.toPlainText()
        for words in self.unsupported():
            start = text.find(words)
            marks.append(self._selection(start, start + len(words), self._fault_format()))
        self._field.setExtraSelections(marks)

    def _selection(self, start: int, end: int, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
        at, length = utf16_span(self._field.toPlainText(), start, end)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self._field.document())
        mark.cursor.setPosition(at)
        mark.cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        mark.format = style
        return mark

    def _pointed_format(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setBackground(self._look.color("accent_soft"))
        return style

    def _fault_format(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(self._look.color("bad"))
        style.setBackground(self._look.color("bad_soft"))
        return style
