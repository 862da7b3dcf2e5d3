"""Small widgets of the Knowledge and the Canned replies page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QTextBrowser, QWidget

from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import text_label


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

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setProperty("page", True)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)

    def show_text(self, markdown: str) -> None:
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing, wherever it lies: a picture's address in a document must not be asked for."""
        return None


def surface(edge: str = "") -> QFrame:
    """A frame in the colour of the page's surface, with a line at one edge."""
    made = QFrame()
    made.setProperty("surface", True)
    made.setProperty("edge", edge)
    return made
