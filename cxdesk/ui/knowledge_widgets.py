"""Small widgets of the Knowledge and the Canned replies page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import MessagePage, text_label


class Tabs(QTabBar):
    """A bar of words, each with its page in `pages`. `turned` tells the name of the page that a person turned to."""

    turned = Signal(str)

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages = QStackedWidget()
        self._names: list[str] = []
        self.currentChanged.connect(self._turn)

    def add(self, name: str, title: str, page: QWidget) -> None:
        self._names.append(name)
        self.pages.addWidget(page)
        self.addTab(title)

    def retitle(self, name: str, title: str) -> None:
        self.setTabText(self._names.index(name), title)

    def go(self, name: str) -> None:
        self.setCurrentIndex(self._names.index(name))

    def return_to(self, name: object) -> None:
        """Turn to the page of this name, if there is one."""
        if name in self._names:
            self.go(str(name))

    @property
    def current(self) -> str:
        return self._names[self.currentIndex()]

    def _turn(self, at: int) -> None:
        self.pages.setCurrentIndex(at)
        if 0 <= at < len(self._names):
            self.turned.emit(self._names[at])


class HintBar(QFrame):
    """A sentence across the page with what can be done about it; hidden while there is nothing to say."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("hintbar", True)
        self._text = text_label("", f"{name}Text", wraps=True, selectable=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.space("apart"), look.space("tight"), look.space("apart"), look.space("tight"))
        self._row.setSpacing(look.space("near"))
        self._row.addWidget(self._text, 1)
        self.hide()

    def offer(self, action: QPushButton) -> None:
        self._row.addWidget(action)

    def say(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.text()


class MarkdownView(QTextBrowser):
    """Shows Markdown of the shop's own documents. It loads nothing, opens nothing and takes no HTML."""

    def __init__(self, look: Look, name: str, accessible: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setProperty("page", True)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        look.changed.connect(self._color_links)

    def show_text(self, markdown: str) -> None:
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        self._color_links()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing, wherever it lies: a picture's address in a document must not be asked for."""
        return None

    def _color_links(self) -> None:
        """Qt takes a link's colour from the system, whatever theme the window has."""
        link = QTextCharFormat()
        link.setForeground(self._look.color("accent"))
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for start, end in list(_links(self.document())):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(link)
        cursor.endEditBlock()


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """The paragraphs, headings and cells of a text, in their order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _links(document: QTextDocument) -> Iterator[tuple[int, int]]:
    """Where links begin and end."""
    for block in blocks(document):
        parts = block.begin()
        while not parts.atEnd():
            fragment = parts.fragment()
            if fragment.charFormat().isAnchor():
                yield fragment.position(), fragment.position() + fragment.length()
            parts += 1


class Kept(Protocol):
    """What a person wrote of something that is known by its key."""

    @property
    def key(self) -> str: ...


Written = TypeVar("Written", bound=Kept)


class WritingPane(QFrame, Generic[Written]):
    """One thing to be written in. What was begun and not saved is kept by its key while others are looked at.

    `saved`, `removed` and `checked` ask the page to do so; `dropped_new`: what was begun anew is thrown away.
    """

    saved = Signal(object)
    removed = Signal(str)
    checked = Signal(object)
    dropped_new = Signal()

    save_button: QPushButton
    discard_button: QPushButton
    _empty: MessagePage

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        as_surface(self, "left")
        self._look = look
        self._kept: dict[str, Written] = {}

    def edits(self) -> list[Written]:
        """What is written and not saved."""
        self._keep()
        return list(self._kept.values())

    def bring_back(self, edits: Iterable[Written]) -> None:
        """What was written before the window was closed."""
        self._kept |= {edit.key: edit for edit in edits}

    def _keep(self) -> None:
        """Keep what is shown, if it is changed, before another is shown."""
        raise NotImplementedError

    def _make_body(self) -> QVBoxLayout:
        """The column of what is shown, unless there is nothing and the pane says so."""
        self._body = QWidget()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._empty)
        near, apart, far = (self._look.space(name) for name in ("near", "apart", "far"))
        column = QVBoxLayout(self._body)
        column.setContentsMargins(far, apart, far, apart)
        column.setSpacing(near)
        return column

    def _save_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space("near"))
        row.addStretch(1)
        row.addWidget(self.discard_button)
        row.addWidget(self.save_button)
        return row


def surface(edge: str = "") -> QFrame:
    """A frame in the colour of the page's surface, with a line at one edge."""
    made = QFrame()
    as_surface(made, edge)
    return made


def as_surface(frame: QFrame, edge: str) -> None:
    frame.setProperty("surface", True)
    frame.setProperty("edge", edge)
