"""Small widgets with plain setters, used all over the window."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.language import tr
from cxdesk.ui.theme import BUTTON_ICON, Look
from cxdesk.ui.views import Label


def text_label(role: str = "", name: str = "", *, wraps: bool = False, selectable: bool = False) -> QLabel:
    """A label that shows its text as it is. `role` is a type style of the style sheet."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setWordWrap(wraps)
    if role:
        label.setProperty("role", role)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def as_tool_tip(text: str) -> str:
    """A tool tip that shows the text as it is: Qt takes one with a '<' for markup, and then wraps it."""
    return wrapped_tool_tip(text) if "<" in text else text


def wrapped_tool_tip(text: str) -> str:
    """The same for a text of many lines: escaped in any case, since Qt wraps only what it takes for markup."""
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


class WholeLabel(QLabel):
    """A wrapped text that is never cut: in a crowded pane Qt would give it the height of its hint, not of its lines."""

    def __init__(self, role: str, name: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._claim_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim_height()

    def _claim_height(self) -> None:
        self.setMinimumHeight(0)
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))  # -1 while there is no text


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and have it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Badge(QLabel):
    """A word on a soft ground of its tone; hidden while it has nothing to say."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setProperty("badge", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(self, label: Label | None) -> None:
        self.setVisible(label is not None)
        if label:
            self.setText(label.text)
            restyle(self, tone=label.tone)


class ElidedLabel(QLabel):
    """One line of text that gives way to its neighbours; its accessible name has all of it, and its tool tip if cut.

    Copying up to where it is cut takes what is not shown along.
    """

    def __init__(self, role: str = "", name: str = "", *, selectable: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self._whole = ""
        if role:
            self.setProperty("role", role)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            copy = QAction(tr("Copy"), self)
            copy.triggered.connect(self._copy)
            self.addAction(copy)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def whole(self) -> str:
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        """In place of Qt's own copying, which knows only the text that is shown."""
        start = max(self.selectionStart(), 0)
        end = start + len(self.selectedText() or self.text())
        QGuiApplication.clipboard().setText(self._whole[start : end if end < len(self.text()) else None])

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(as_tool_tip(self._whole) if shown != self._whole else "")


def button(
    text: str, name: str, on_click: Callable[[], object], *, hint: str = "", primary: bool = False, quiet: bool = False
) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setToolTip(hint)
    made.setProperty("primary", primary)
    made.setProperty("quiet", quiet)
    made.setIconSize(BUTTON_ICON)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: on_click())
    return made


def icon_button(name: str, accessible: str, hint: str, on_click: Callable[[], object]) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setToolTip(hint)
    made.clicked.connect(lambda: on_click())
    return made


def come_forward(window: QWidget) -> None:
    """Bring a window in front of all others, also one that was made small."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line


def keys(sequences: str) -> str:
    """A shortcut as this system writes it; of several, parted by '; ', the first."""
    written = QKeySequence.listFromString(sequences)[0].toString(QKeySequence.SequenceFormat.NativeText)
    return written.replace("Return", "Enter")


class GrowingText(QPlainTextEdit):
    """A plain text field as high as its text, between `least` and `most` lines."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())

    def set_most(self, lines: int) -> None:
        self._most = max(lines, self._least)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Backspace deletes a word where there is one; otherwise it is the window's."""
        deletes_word = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.DeleteStartOfWord)
        if deletes_word and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(not self.isReadOnly() and not self.document().isEmpty())
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        # QPlainTextEdit's document measures its height in lines.
        lines = min(max(round(self.document().size().height()), self._least), self._most)
        margins = self.contentsMargins()
        around = 2 * self.document().documentMargin() + margins.top() + margins.bottom()
        return QSize(200, int(lines * QFontMetricsF(self.font()).lineSpacing() + around + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class FullList(QListView):
    """A list as high as all its rows: the panel around it scrolls, not the list."""

    opened = Signal(QModelIndex)

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.clicked.connect(self.opened)

    def sizeHint(self) -> QSize:
        model = self.model()
        rows = model.rowCount() if model else 0
        return QSize(100, sum(self.sizeHintForRow(row) for row in range(rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def follow_model(self) -> None:
        """Grow and shrink with the rows of the model that was set."""
        model = self.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.dataChanged, model.modelReset):
            signal.connect(lambda *_: self.updateGeometry())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class MessagePage(QWidget):
    """A page with nothing on it but an icon, what there is to say, and at most one thing to do."""

    def __init__(self, look: Look, name: str, icon: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._look = look
        self._icon_name = icon
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = text_label("large", f"{name}Title", wraps=True)
        self._text = text_label("", f"{name}Text", wraps=True)
        self._text.setProperty("tone", "quiet")
        self.action: QPushButton | None = None
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.show_icon()
        look.changed.connect(self.show_icon)

    def say(self, title: str, text: str, icon: str = "") -> None:
        """Without an icon of its own it keeps the one before."""
        self._title.setText(title)
        self._text.setText(text)
        self._icon_name = icon or self._icon_name
        self.show_icon()

    def title(self) -> str:
        return self._title.text()

    def text(self) -> str:
        return self._text.text()

    def offer(self, action: QPushButton) -> None:
        self.action = action
        self._column.insertWidget(self._column.count() - 1, action, alignment=Qt.AlignmentFlag.AlignCenter)

    def show_icon(self) -> None:
        self._icon.setPixmap(self._look.pixmap(self._icon_name, "muted", 36))

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(self._look.space("apart"))
        self._column.addStretch(2)
        for widget in (self._icon, self._title, self._text):
            self._column.addWidget(widget)
        self._column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(self._column, 6)
        row.addStretch(1)


class Notice(QFrame):
    """A sentence about what went wrong and what to do next; stays until it is dismissed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._look = look
        self._text = text_label("", "noticeText", wraps=True, selectable=True)
        self._dismiss = icon_button("noticeDismiss", tr("Dismiss this message"), tr("Dismiss"), self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("apart"), look.space("tight"), look.space("tight"), look.space("tight"))
        row.addWidget(self._text, 1)
        row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self._show_icon()
        look.changed.connect(self._show_icon)
        self.hide()

    def say(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.show()

    def text(self) -> str:
        return self._text.text()

    def _show_icon(self) -> None:
        self._dismiss.setIcon(self._look.icon("reject", "bad"))
