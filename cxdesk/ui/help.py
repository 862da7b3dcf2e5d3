"""The help: the guides of `docs/` in a window beside the work, with their contents and a search over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.guides import Guide, follow, read_guides, search
from cxdesk.ui.knowledge_widgets import MarkdownView, blocks
from cxdesk.ui.language import tr
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import button, keys, text_label

HELP_KEYS = "F1"
BACK_KEYS = "Alt+Left"
SEARCH_KEYS = "Ctrl+F"
LINE_HEIGHT = 118
"""In percent of the font's own."""
_ADDRESS = Qt.ItemDataRole.UserRole


class Help(QDialog):
    """Shows a guide at one of its sections. It opens nothing outside of the guides, and loads nothing.

    `keys_wanted`: a person asks for the keys instead.
    """

    keys_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget, read: Callable[[], tuple[Guide, ...]] = read_guides) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle(tr("Help"))
        self._look = look
        self._read = read
        self._guides: dict[str, Guide] = {}
        self._at = ""
        self._before: list[str] = []
        self._make_parts()
        self._lay_out()
        self._connect()
        self.resize(940, 620)

    @property
    def address(self) -> str:
        """What is shown: 'file.md#anchor'."""
        return self._at

    def open_at(self, address: str) -> None:
        """Come to the front with this section."""
        self._fill()
        self.show()
        self.raise_()
        self.activateWindow()
        self.go(address)
        self.text.setFocus()

    def go(self, address: str) -> None:
        """Show this section; `back` returns to the one before."""
        if self._at and address != self._at:
            self._before.append(self._at)
        self._show(address)

    def back(self) -> None:
        """The section that was shown before."""
        if self._before:
            self._show(self._before.pop())

    def note_text(self) -> str:
        return self._note.text()

    # ------------------------------------------------------------ inside

    def _fill(self) -> None:
        """Read the guides when they are first wanted."""
        if self._guides:
            return
        self._guides = {guide.name: guide for guide in self._read()}
        for guide in self._guides.values():
            top = _entry(guide.title, guide.name)
            top.setFont(0, self._look.font("body", strong=True))
            self.contents.addTopLevelItem(top)
            top.addChildren([_entry(section.title, section.address) for section in guide.contents()])

    def _show(self, address: str) -> None:
        name, _, anchor = address.partition("#")
        guide = self._guides[name]
        if name != self._at.partition("#")[0]:
            self.text.show_text(guide.markdown)
            self._dress_text()
        self._at = address
        self._note.hide()
        self._back.setEnabled(bool(self._before))
        places = [number for number, section in enumerate(guide.sections) if section.anchor == anchor]
        self._scroll_to_heading(places[0] if places else 0)
        self._mark(address)

    def _scroll_to_heading(self, number: int) -> None:
        heading = [block for block in blocks(self.text.document()) if block.blockFormat().headingLevel()][number]
        cursor = QTextCursor(heading)
        self.text.setTextCursor(cursor)
        top = self.text.document().documentLayout().blockBoundingRect(heading).top()
        self.text.verticalScrollBar().setValue(int(top) if number else 0)

    def _mark(self, address: str) -> None:
        """Show in the contents where this is; of a section that has no line there, its guide."""
        entries = {str(item.data(0, _ADDRESS)): item for item in _entries(self.contents)}
        item = entries.get(address) or entries[address.partition("#")[0]]
        self.contents.blockSignals(True)
        self.contents.collapseAll()
        (item.parent() or item).setExpanded(True)
        self.contents.setCurrentItem(item)
        self.contents.blockSignals(False)

    def _follow_link(self, url: QUrl) -> None:
        link = url.toString()
        address = follow(link, self._at.partition("#")[0])
        if address:
            self.go(address)
        else:
            self._note.setText(tr("Not in the guides, so nothing was opened: {address}", address=link))
            self._note.show()

    def _search(self, text: str) -> None:
        self.hits.clear()
        for hit in search(tuple(self._guides.values()), text):
            guide = self._guides[hit.section.guide].title
            title = hit.section.title if hit.section.anchor == "" else f"{guide} › {hit.section.title}"
            item = QListWidgetItem(f"{title}\n{hit.excerpt}")
            item.setData(_ADDRESS, hit.section.address)
            self.hits.addItem(item)
        if text.strip() and not self.hits.count():
            nothing = QListWidgetItem(tr("Nothing found. Try fewer words."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(nothing)
        self._left.setCurrentWidget(self.hits if text.strip() else self.contents)

    def _open_first(self) -> None:
        if self.hits.count():
            self.hits.setCurrentRow(0)
            self._open_item(self.hits.item(0))

    def _open_item(self, item: QListWidgetItem) -> None:
        if address := item.data(_ADDRESS):
            self.go(str(address))

    def _follow_look(self) -> None:
        if self._at:
            self.text.show_text(self._guides[self._at.partition("#")[0]].markdown)
            self._dress_text()
            self._show(self._at)

    def _dress_text(self) -> None:
        """Give the text air and the theme's colours, of which Markdown says nothing."""
        document, look = self.text.document(), self._look
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for block in blocks(document):
            form = block.blockFormat()
            form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if form.headingLevel():
                form.setTopMargin(look.space("far"))
                form.setBottomMargin(look.space("near"))
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
        self._dress_tables()
        cursor.endEditBlock()

    def _dress_tables(self) -> None:
        for frame in self.text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format().toTableFormat()
                form.setBorder(1)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderBrush(self._look.color("line"))
                form.setBorderCollapse(True)
                form.setCellPadding(self._look.space("tight") + 1)
                form.setCellSpacing(0)
                form.setTopMargin(self._look.space("near"))
                form.setBottomMargin(self._look.space("near"))
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        self.query = QLineEdit()
        self.query.setObjectName("helpQuery")
        self.query.setPlaceholderText(tr("Search the guides"))
        self.query.setAccessibleName(tr("Search the guides"))
        self.contents = QTreeWidget()
        self.contents.setObjectName("helpContents")
        self.contents.setAccessibleName(tr("Contents"))
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(False)
        self.contents.setIndentation(self._look.space("apart"))
        self.hits = QListWidget()
        self.hits.setObjectName("helpHits")
        self.hits.setAccessibleName(tr("Found"))
        self.hits.setWordWrap(True)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = MarkdownView(self._look, "helpText", tr("Guide"))
        self._note = text_label("small", "helpNote", wraps=True, selectable=True)
        self._note.hide()
        hint = tr("Back to what was shown before ({keys})", keys=keys(BACK_KEYS))
        self._back = button(tr("Back"), "helpBack", self.back, hint=hint)
        self._keys = button(tr("Keys"), "helpKeys", self.keys_wanted.emit, hint=tr("Show all keys"))
        self._close = button(tr("Close"), "helpClose", self.close, hint=tr("Back to work (Esc)"))

    def _lay_out(self) -> None:
        near, far = self._look.space("near"), self._look.space("far")
        self._left = QStackedWidget()
        self._left.addWidget(self.contents)
        self._left.addWidget(self.hits)
        side, right = QWidget(), QWidget()
        column = QVBoxLayout(side)
        column.addWidget(self.query)
        column.addWidget(self._left, 1)
        beside = QVBoxLayout(right)
        beside.addWidget(self.text, 1)
        beside.addWidget(self._note)
        for box, left, away in ((column, 0, near), (beside, near, 0)):
            box.setContentsMargins(left, 0, away, 0)
            box.setSpacing(near)
        parts = QSplitter(childrenCollapsible=False, handleWidth=1)
        for part, width in ((side, 260), (right, 680)):
            parts.addWidget(part)
            parts.setStretchFactor(parts.count() - 1, width)
        parts.setSizes([260, 680])
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._keys)
        row.addStretch(1)
        row.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(far, far, far, far)
        whole.addWidget(parts, 1)
        whole.addLayout(row)

    def _connect(self) -> None:
        self.query.textChanged.connect(self._search)
        self.query.returnPressed.connect(self._open_first)
        self.contents.currentItemChanged.connect(lambda item, _: self.go(str(item.data(0, _ADDRESS))))
        self.hits.itemClicked.connect(self._open_item)
        self.hits.itemActivated.connect(self._open_item)
        self.text.anchorClicked.connect(self._follow_link)
        self._look.changed.connect(self._follow_look)
        for sequence, act in ((BACK_KEYS, self.back), (SEARCH_KEYS, self.query.setFocus)):
            QShortcut(QKeySequence(sequence), self).activated.connect(act)


def _entry(title: str, address: str) -> QTreeWidgetItem:
    made = QTreeWidgetItem([title])
    made.setToolTip(0, title)
    made.setData(0, _ADDRESS, address)
    return made


def _entries(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    for at in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(at)
        assert top is not None
        yield top
        for at_child in range(top.childCount()):
            child = top.child(at_child)
            assert child is not None
            yield child
