"""One document: read and written in place, with its preview, its passages and what rests on it.

What a person typed is theirs until it is saved or thrown away: it is kept for each document while they look at another
one, and news of the desk never write over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QTextCursor, QTextDocument
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from cxdesk.domain import Audience, RestingReply
from cxdesk.ui.gaps import utf16_span
from cxdesk.ui.knowledge_reading import OpenDocument, PassageRow, audience_words, size
from cxdesk.ui.knowledge_widgets import HintBar, MarkdownView, Tabs, WritingPane
from cxdesk.ui.language import capital, mark, number, plural, tr
from cxdesk.ui.source_view import HeadingHighlighter, SourceView
from cxdesk.ui.table import Column, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label, OpenedDocument
from cxdesk.ui.widgets import Badge, ElidedLabel, MessagePage, button, keys, text_label

SAVE_KEYS = "Ctrl+S"
NEW = ""


@dataclass(frozen=True)
class Edit:
    """What a person wrote of a document that they began from when it had the hash `expected`."""

    name: str
    text: str
    expected: str | None

    @property
    def key(self) -> str:
        return self.name


class DocumentPane(WritingPane[Edit]):
    """Shows one document. `saved`, `filed` and `removed` ask the page to do so.

    `saved`: an `Edit`. `filed`: (name, category, audience). `removed`: a name. `checked`: a reply whose passage is gone
    was found right. `reply_chosen`: a saved reply's shortcut.
    """

    filed = Signal(str, str, str)
    reply_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "documentPane")
        self.document: OpenDocument | None = None
        self._theirs: OpenDocument | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self.show_nothing(tr("Choose a document"), tr("Its text, its passages and what rests on it are shown here."))

    # ------------------------------------------------------------ what is shown

    def show_nothing(self, title: str, text: str) -> None:
        self._keep()
        self.document = None
        self._empty.say(title, text)
        self._pages.setCurrentWidget(self._empty)

    def open(self, document: OpenDocument) -> None:
        """Show this document; what was begun for it and not saved is there again."""
        same = self.document is not None and self.document.name == document.name
        if same and self.is_changed():
            self._follow(document)
            return
        self._keep()
        self.document = document
        kept = self._kept.get(document.name)
        self._set_text(kept.text if kept else document.text, keep_place=same)
        overtaken = kept is not None and kept.expected != document.content_hash
        self._theirs = document if overtaken else None
        if kept and overtaken:
            self.document = _as_begun(document, kept)
        self._show_about(document)
        self._say_overtaken()
        self._tell_change()
        self._pages.setCurrentWidget(self._body)

    def was_saved(self, edit: Edit, document: OpenDocument) -> None:
        """The desk has it; what was typed since stays."""
        self._kept.pop(edit.name, None)
        if self.document is None or self.document.name != edit.name:
            return
        self.document, self._theirs = document, None
        self._baseline = edit.text
        self._show_about(document)
        self._say_overtaken()
        self._tell_change()

    def was_overtaken(self, theirs: OpenDocument) -> None:
        """Somebody else's text stands there by now."""
        if self.document is not None and self.document.name == theirs.name:
            self._theirs = theirs
            self._say_overtaken()
        self._tell_change()

    def show_passage(self, start: int, end: int) -> None:
        """Go to the text and select `text[start:end]` of the document in it."""
        text = self.text.toPlainText()
        at, length = utf16_span(text, start, end)
        cursor = self.text.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        self.tabs.go("text")
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        self.text.setFocus()

    def is_changed(self) -> bool:
        return self.document is not None and self.document.editable and self.text.toPlainText() != self._baseline

    def unsaved(self) -> set[str]:
        """The names of the documents in which something is written that is not saved."""
        here = {self.document.name} if self.document is not None and self.is_changed() else set()
        return {*self._kept, *here}

    def forget(self, name: str) -> None:
        """What was begun for this document is thrown away."""
        self._kept.pop(name, None)
        if self.document is not None and self.document.name == name:
            self._baseline = self.text.toPlainText()

    def set_categories(self, categories: Sequence[str]) -> None:
        typed = self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItems(list(categories))
        self.category.setCurrentText(typed)
        self.category.blockSignals(False)

    # ------------------------------------------------------------ what a person does

    def save(self) -> None:
        if self.document is not None and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            self.saved.emit(Edit(self.document.name, self.text.toPlainText(), self.document.content_hash))

    def discard(self) -> None:
        """Go back to the text as the desk has it; Ctrl+Z brings back what was written."""
        if self.document is None:
            return
        kept, self._theirs = self._theirs or self.document, None
        self._kept.pop(self.document.name, None)
        if kept.content_hash is None:
            self._baseline = self.text.toPlainText()
            self.dropped_new.emit()
            return
        cursor = self.text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(kept.text)
        self._baseline, self.document = self.text.toPlainText(), kept
        self._show_about(kept)
        self._say_overtaken()
        self._tell_change()

    def save_over(self) -> None:
        """Put one's own text in the place of theirs, which was shown."""
        if self.document is not None and self._theirs is not None:
            self.saved.emit(Edit(self.document.name, self.text.toPlainText(), self._theirs.content_hash))

    def show_theirs(self) -> None:
        """Their text, with what differs from one's own marked."""
        if self._theirs is None:
            return
        mine, theirs = self.text.toPlainText(), self._theirs.text
        start = _common(mine, theirs)
        tail = _common(mine[start:][::-1], theirs[start:][::-1])
        end = max(len(theirs) - tail, start + 1)
        self._compared.open_at(OpenedDocument(self._theirs.name, self._theirs.title, theirs, start, end))

    def verbs(self) -> tuple[QWidget, ...]:
        """What changes the document, or what is known of it."""
        return self.remove_button, self.discard_button, self.save_button, self.check_button

    def allow_saving(self) -> None:
        """Saving failed; it can be tried again."""
        self._tell_change()

    # ------------------------------------------------------------ inside

    def _keep(self) -> None:
        """Before another document is shown."""
        if self.document is not None and self.is_changed():
            self._kept[self.document.name] = Edit(
                self.document.name, self.text.toPlainText(), self.document.content_hash
            )
        elif self.document is not None:
            self._kept.pop(self.document.name, None)

    def _follow(self, document: OpenDocument) -> None:
        """News of the document that is being written in."""
        assert self.document is not None
        if document.content_hash == self.document.content_hash:
            self._show_about(document)
        else:
            self._theirs = document
            self._say_overtaken()
        self._tell_change()

    def _set_text(self, text: str, *, keep_place: bool) -> None:
        self._baseline = as_shown(self.document.text) if self.document else ""
        if self.text.toPlainText() == as_shown(text):
            return
        place = self.text.verticalScrollBar().value()
        self.text.setPlainText(text)
        self.text.verticalScrollBar().setValue(place if keep_place else 0)

    def _show_about(self, document: OpenDocument) -> None:
        self._title.say(document.title)
        self._about.say(_about(document))
        self._read_only.setVisible(not document.editable)
        self.text.setReadOnly(not document.editable)
        self.category.setCurrentText(document.category)
        self.audience.setCurrentIndex(self.audience.findData(document.audience.value))
        for widget in (self.category, self.audience, self.remove_button):
            widget.setEnabled(document.content_hash is not None)
        self.passages.show(document.passages)
        self.resting.show(document.resting)
        self.tabs.retitle("passages", tr("Passages  {n}", n=number(len(document.passages))))
        self.tabs.retitle("resting", _resting_count(document.resting))
        self._resting_pages.setCurrentIndex(0 if document.resting else 1)
        self._passage_pages.setCurrentIndex(0 if document.passages else 1)

    def _say_overtaken(self) -> None:
        is_so = self._theirs is not None
        self._overtaken.say(
            tr("Somebody else changed this document since you began. Your text is still here.") if is_so else ""
        )

    def _tell_change(self) -> None:
        changed = self.is_changed()
        is_new = self.document is not None and self.document.content_hash is None
        self._badge.say(Label(tr("not saved"), "warn") if changed or is_new else None)
        self.save_button.setEnabled((changed or is_new) and self._theirs is None)
        self.discard_button.setEnabled(changed or is_new)
        if self.tabs.current == "preview":
            self.preview.show_text(self.text.toPlainText())

    def _file(self) -> None:
        document = self.document
        if document is None or document.content_hash is None:
            return
        category = " ".join(self.category.currentText().split()).lower()
        if not category:
            self.category.setCurrentText(document.category)
        elif (category, self.audience.currentData()) != (document.category, document.audience.value):
            self.filed.emit(document.name, category, self.audience.currentData())

    def _open_passage(self, key: str) -> None:
        passage = self.passages.value(row) if (row := self.passages.row_of(key)) is not None else None
        if passage is not None:
            self.show_passage(passage.start, passage.end)

    def _open_reply(self, key: str) -> None:
        reply = self.resting.value(row) if (row := self.resting.row_of(key)) is not None else None
        if reply is not None and reply.kind == "canned":
            self.reply_chosen.emit(reply.key)

    def _check(self) -> None:
        for reply in self.resting_view.chosen_values():
            if not reply.stands:
                self.checked.emit(reply)

    def _say_reply(self, key: str) -> None:
        row = self.resting.row_of(key)
        reply = None if row is None else self.resting.value(row)
        self._reply_text.setText(_resting_words(reply) if reply else "")
        self.check_button.setEnabled(reply is not None and not reply.stands)
        self.open_reply_button.setEnabled(reply is not None and reply.kind == "canned")

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        look = self._look
        self._baseline = ""
        self._title = ElidedLabel("title", "documentTitle")
        self._badge = Badge("documentUnsaved")
        self._about = ElidedLabel("small", "documentAbout")
        self._read_only = text_label("small", "documentReadOnly", wraps=True)
        self._read_only.setText(tr("Made from another kind of file. To change it, change the file and add it again."))
        self.category = QComboBox(editable=True)
        self.category.setObjectName("documentCategory")
        self.category.setAccessibleName(tr("Category of the document"))
        self.category.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.audience = QComboBox()
        self.audience.setObjectName("documentAudience")
        self.audience.setAccessibleName(tr("Who may read the document"))
        for one in Audience:
            self.audience.addItem(capital(audience_words(one)), one.value)
        self._overtaken = HintBar(look, "documentOvertaken")
        self._overtaken.offer(button(tr("Show theirs"), "showTheirs", self.show_theirs))
        self._overtaken.offer(
            button(tr("Take theirs"), "takeTheirs", self.discard, hint=tr("Ctrl+Z brings your text back"))
        )
        self._overtaken.offer(button(tr("Save mine over it"), "saveOver", self.save_over))
        self._compared = SourceView(look, self)
        self.text = QPlainTextEdit()
        self.text.setObjectName("documentEditor")
        self.text.setAccessibleName(tr("Text of the document, in Markdown"))
        self.text.setProperty("page", True)
        self.text.setTabChangesFocus(True)
        self._highlighter = HeadingHighlighter(look, self.text.document())
        self.preview = MarkdownView(self._look, "documentPreview", tr("Preview of the document"))
        self._make_tables()
        self.remove_button = button(
            tr("Remove"), "documentRemove", self._remove, hint=tr("It can be undone"), quiet=True
        )
        self.discard_button = button(tr("Discard"), "documentDiscard", self.discard, hint=tr("Back to the saved text"))
        self.save_button = button(
            tr("Save"),
            "documentSave",
            self.save,
            hint=tr("Save the document ({keys})", keys=keys(SAVE_KEYS)),
            primary=True,
        )
        self._empty = MessagePage(look, "documentEmpty", "document")

    def _make_tables(self) -> None:
        look = self._look
        self.passages = TableRows[PassageRow](lambda row: str(row.number), _PASSAGES, self)
        self.passage_view = TableView(look, self.passages, "passages", tr("Passages of the document"))
        self.resting = TableRows[RestingReply](_resting_key, _RESTING, self)
        self.resting_view = TableView(look, self.resting, "restingReplies", tr("Replies that rest on this document"))
        self._reply_text = text_label("", "restingText", wraps=True, selectable=True)
        self.check_button = button(
            tr("It is right"), "replyChecked", self._check, hint=tr("The reply still says what the shop does")
        )
        self.open_reply_button = button(
            tr("Open the reply"), "replyOpen", lambda: self._open_reply(self.resting_view.chosen_key() or "")
        )
        self._say_reply("")

    def _lay_out(self) -> None:
        column = self._make_body()
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._badge)
        top.addWidget(self.remove_button)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addLayout(self._filing())
        column.addWidget(self._overtaken)
        column.addWidget(self._read_only)
        column.addWidget(self._make_tabs())
        column.addWidget(self.tabs.pages, 1)
        column.addLayout(self._save_row())

    def _filing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space("near"))
        letter = QFontMetrics(self._look.font()).averageCharWidth()
        self.category.setMinimumWidth(18 * letter)
        self.category.setMaximumWidth(30 * letter)
        for title, box in ((tr("Category"), self.category), (tr("For"), self.audience)):
            label = text_label("small")
            label.setText(title)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        return row

    def _make_tabs(self) -> Tabs:
        self.tabs = Tabs("documentTabs", tr("Views of the document"))
        nothing_cut = _centred(tr("There is nothing to search in this document yet: write the answers, then save it."))
        self._passage_page, self._passage_pages = _either(self.passage_view, nothing_cut)
        no_reply = _centred(tr("No saved or approved reply says what this document says, as far as is known."))
        self._resting_page, self._resting_pages = _either(self._resting_with_text(), no_reply)
        self.tabs.add("text", tr("Text"), self.text)
        self.tabs.add("preview", tr("Preview"), self.preview)
        self.tabs.add("passages", tr("Passages"), self._passage_page)
        self.tabs.add("resting", tr("Replies"), self._resting_page)
        return self.tabs

    def _resting_with_text(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.resting_view, 1)
        column.addWidget(self._reply_text)
        row = QHBoxLayout()
        row.addWidget(self.open_reply_button)
        row.addWidget(self.check_button)
        row.addStretch(1)
        column.addLayout(row)
        return page

    def _connect(self) -> None:
        self.text.textChanged.connect(self._tell_change)
        self.tabs.turned.connect(lambda _: self._tell_change())
        self.category.activated.connect(lambda _: self._file())
        line = self.category.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._file)
        self.audience.activated.connect(lambda _: self._file())
        self.passage_view.opened.connect(self._open_passage)
        self.resting_view.opened.connect(self._open_reply)
        self.resting_view.chosen.connect(self._say_reply)
        self._look.changed.connect(self._highlighter.rehighlight)

    def _remove(self) -> None:
        if self.document is not None and self.document.content_hash is not None:
            self.removed.emit(self.document.name)


def as_shown(text: str) -> str:
    """The text as Qt gives it back, with its own line ends and spaces, so that the two can be compared."""
    document = QTextDocument()
    document.setPlainText(text)
    return document.toPlainText()


def _common(one: str, other: str) -> int:
    """How many characters the two begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _as_begun(document: OpenDocument, kept: Edit) -> OpenDocument:
    """The document with the hash that a person's text was begun from."""
    return replace(document, content_hash=kept.expected)


def _about(document: OpenDocument) -> str:
    if document.content_hash is None:
        return tr("Not kept yet. Its name is made from its first heading when you save it.")
    origin = tr("from {origin}", origin=document.origin) if document.origin else tr("written at the desk")
    length = tr("{size} characters", size=size(len(document.text)))
    return f"{document.name}  ·  {length}  ·  {origin}"


def _resting_count(replies: Sequence[RestingReply]) -> str:
    count, gone = number(len(replies)), sum(not reply.stands for reply in replies)
    if not gone:
        return tr("Replies  {count}", count=count)
    return plural("Replies  {count}, {n} to check", "Replies  {count}, {n} to check", gone, count=count)


def _resting_key(reply: RestingReply) -> str:
    return f"{reply.kind} {reply.key} {reply.passage}"


def _resting_words(reply: RestingReply) -> str:
    if reply.stands:
        return reply.text
    gone = tr("It rested on words that no longer stand here: “{passage}”", passage=words_only(reply.passage))
    return f"{reply.text}\n\n{gone}"


def words_only(text: str, most: int = 300) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _centred(text: str) -> QWidget:
    label = text_label("small", wraps=True)
    label.setText(text)
    label.setContentsMargins(8, 16, 8, 8)
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(label)
    column.addStretch(1)
    return page


def _either(first: QWidget, second: QWidget) -> tuple[QWidget, QStackedLayout]:
    page = QWidget()
    pages = QStackedLayout(page)
    pages.addWidget(first)
    pages.addWidget(second)
    return page, pages


_PASSAGES: tuple[Column[PassageRow], ...] = (
    Column("number", "#", lambda row: number(row.number), width=4, order=lambda row: row.number, is_quiet=True),
    Column("heading", mark("Heading"), lambda row: row.heading, width=24, is_strong=True),
    Column("text", mark("Text"), lambda row: row.text),
    Column("length", mark("Length"), lambda row: number(len(row.text)), width=8, gives_way=1, is_quiet=True,
           is_right=True, order=lambda row: len(row.text)),
)  # fmt: skip
_RESTING: tuple[Column[RestingReply], ...] = (
    Column("reply", mark("Reply"), lambda row: f"/{row.key}" if row.kind == "canned" else tr("approved wording"),
           width=20, is_strong=True),
    Column("passage", mark("Says again"), lambda row: words_only(row.passage), is_quiet=True),
    Column("state", mark("State"), lambda row: tr("still stands") if row.stands else tr("check again"), width=16,
           tone=lambda row: "good" if row.stands else "warn"),
)  # fmt: skip
