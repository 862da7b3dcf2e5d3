"""One saved reply: its title, shortcut, category and text, checked as typed and filled for an example customer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from cxdesk.domain import CannedReply, now
from cxdesk.ui import words
from cxdesk.ui.canned_reading import CannedRow, Saved, Variable, filled, shortcut_trouble, unknown_words
from cxdesk.ui.gaps import GapMarker, utf16_span
from cxdesk.ui.knowledge_widgets import HintBar, Tabs, WritingPane
from cxdesk.ui.language import mark, plural, tr
from cxdesk.ui.table import Column, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, ElidedLabel, MessagePage, button, keys, restyle, text_label

SAVE_KEYS = "Ctrl+S"
NEW = ""
_VARIABLE = re.compile(r"\{\s*([A-Za-z_][\w ]*?)\s*\}")


@dataclass(frozen=True)
class CannedEdit:
    """What a person wrote, and the reply that they began from; None for a new one."""

    reply: CannedReply
    before: CannedReply | None

    @property
    def key(self) -> str:
        return self.before.shortcut if self.before else NEW


class CannedEditor(WritingPane[CannedEdit]):
    """Shows one saved reply to be written in.

    `saved`: a `CannedEdit`. `duplicated`, `removed`: a shortcut. `checked`: the row that was found right.
    """

    duplicated = Signal(object)
    document_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "cannedEditor")
        self.row: CannedRow | None = None
        self._before: CannedReply | None = None
        self._is_open = False
        self._saved = Saved()
        self._make_parts()
        self._lay_out()
        self._connect()
        self.show_nothing(tr("Choose a saved reply"), tr("Its text, its variables and how it reads are shown here."))

    # ------------------------------------------------------------ what is shown

    def show_nothing(self, title: str, text: str) -> None:
        self._keep()
        self.row, self._before, self._is_open = None, None, False
        self._empty.say(title, text)
        self._pages.setCurrentWidget(self._empty)

    def know(self, saved: Saved) -> None:
        """What is known now: for the checks, the variables and the preview."""
        self._saved = saved
        self.variables.show(saved.variables)
        name = saved.values.get("customer_name")
        self.tabs.retitle("preview", tr("As {name} would read it", name=name) if name else tr("Preview"))
        self._marker.know({variable.name for variable in saved.variables})
        typed = self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItems(list(saved.categories or ("general",)))
        self.category.setCurrentText(typed)
        self.category.blockSignals(False)
        self._tell_change()

    def open(self, row: CannedRow) -> None:
        """Show this reply; what was begun for it and not saved is there again. Never writes over what is typed."""
        if self._is_open and self._before is not None and self._before.shortcut == row.reply.shortcut:
            self.row = row
            if self.is_changed():
                self._show_about()
                return
        else:
            self._keep()
        kept = self._kept.get(row.reply.shortcut)
        self._show(row, kept.before if kept else row.reply, kept.reply if kept else row.reply)

    def begin(self, reply: CannedReply | None = None) -> None:
        """Begin a new reply, as a copy of another if given; one that waits unsaved comes back where none is given."""
        self._keep()
        kept = self._kept.get(NEW)
        empty = CannedReply(shortcut="", title="", text="", category=self._saved_category())
        self._show(None, None, reply or (kept.reply if kept else empty))
        self.title.setFocus()

    def was_saved(self, edit: CannedEdit, reply: CannedReply) -> None:
        """The desk has it; what was typed since stays."""
        self._kept.pop(edit.key, None)
        if self._is_open and (self._before.shortcut if self._before else NEW) == edit.key:
            unchanged = self.written() == edit.reply
            self._before = reply
            if unchanged:
                self._write(reply)
        self._tell_change()

    def written(self) -> CannedReply:
        """What stands in the fields."""
        return CannedReply(
            shortcut=self.shortcut.text().strip().removeprefix("/"),
            title=self.title.text(),
            category=self.category.currentText(),
            text=self.text.toPlainText(),
        )

    def is_changed(self) -> bool:
        return self._is_open and self.written() != (self._before or self._begun)

    def is_new(self) -> bool:
        return self._is_open and self._before is None

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)
        if self._is_open and (self._before.shortcut if self._before else NEW) == key:
            self._is_open = False

    def shown_shortcut(self) -> str | None:
        return self._before.shortcut if self._is_open and self._before else None

    # ------------------------------------------------------------ what a person does

    def save(self) -> None:
        if self.save_button.isEnabled() and self._is_open:
            self.save_button.setEnabled(False)
            self.saved.emit(CannedEdit(self.written(), self._before))

    def discard(self) -> None:
        """Go back to what the desk has."""
        if not self._is_open:
            return
        self._kept.pop(self._before.shortcut if self._before else NEW, None)
        if self.row is None:
            self._is_open = False
            self.dropped_new.emit()
            return
        self._show(self.row, self.row.reply, self.row.reply)

    def insert_variable(self, name: str) -> None:
        """Put a variable where the cursor is."""
        self.text.textCursor().insertText(f"{{{name}}}")
        self.text.setFocus()

    def verbs(self) -> tuple[QWidget, ...]:
        """What changes the saved reply."""
        return self.save_button, self.discard_button, self.duplicate_button, self.remove_button

    def allow_saving(self) -> None:
        """Saving failed; it can be tried again."""
        self._tell_change()

    # ------------------------------------------------------------ inside

    def _show(self, row: CannedRow | None, before: CannedReply | None, reply: CannedReply) -> None:
        self.row, self._before, self._begun, self._is_open = row, before, reply, True
        self._write(reply)
        self._show_about()
        self._tell_change()
        self._pages.setCurrentWidget(self._body)

    def _write(self, reply: CannedReply) -> None:
        for field, text in ((self.title, reply.title), (self.shortcut, reply.shortcut)):
            if field.text() != text:
                field.setText(text)
        self.category.setCurrentText(reply.category)
        if self.text.toPlainText() != reply.text:
            self.text.setPlainText(reply.text)

    def _keep(self) -> None:
        """Before another reply is shown."""
        if not self._is_open:
            return
        key = self._before.shortcut if self._before else NEW
        if self.is_changed():
            self._kept[key] = CannedEdit(self.written(), self._before)
        else:
            self._kept.pop(key, None)

    def _saved_category(self) -> str:
        return self.row.reply.category if self.row else "general"

    def _show_about(self) -> None:
        self._heading.say(self._before.title if self._before else tr("New saved reply"))
        self._about.say(_use(self.row) if self.row else tr("Not kept yet"))
        stale = self.row.stale if self.row else ()
        self._stale.say(_stale_words(stale[0].document, removed=stale[0].removed) if stale else "")
        self.remove_button.setEnabled(self._before is not None)
        self.duplicate_button.setEnabled(self._before is not None)

    def _tell_change(self) -> None:
        if not self._is_open:
            return
        reply = self.written()
        taken = [one for one in self._saved.shortcuts if self._before is None or one != self._before.shortcut]
        trouble = shortcut_trouble(reply.shortcut, taken) if reply.shortcut or not self.is_new() else ""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        restyle(self.shortcut, faulty=bool(trouble))
        self._unknown.say(unknown_words(reply.text, [one.name for one in self._saved.variables]))
        self.preview.setPlainText(filled(reply.text, self._saved.values))
        changed = self.is_changed()
        self._badge.say(Label(tr("not saved"), "warn") if changed or self.is_new() else None)
        whole = bool(reply.title.strip() and reply.text.strip() and reply.shortcut)
        self.save_button.setEnabled((changed or self.is_new()) and whole and not trouble)
        self.save_button.setToolTip(_save_hint(reply))
        self.discard_button.setEnabled(changed or self.is_new())

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        look = self._look
        self._begun = CannedReply(shortcut="", title="", text="")
        self._heading = ElidedLabel("title", "cannedHeading")
        self._badge = Badge("cannedUnsaved")
        self._about = ElidedLabel("small", "cannedAbout")
        self._stale = HintBar(look, "cannedStale")
        self.title = _field("cannedTitle", tr("Title"), tr("What staff see in the list"))
        self.shortcut = _field("cannedShortcut", tr("Shortcut"), tr("What is typed after / in the composer"))
        self.shortcut.setMaxLength(41)
        self._trouble = text_label("small", "cannedTrouble", wraps=True)
        self._trouble.setProperty("tone", "bad")
        self.category = QComboBox(editable=True)
        self.category.setObjectName("cannedCategory")
        self.category.setAccessibleName(tr("Category"))
        self.category.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.text = _text("cannedText", tr("Text of the reply"))
        self.text.setPlaceholderText(tr("Hello {customer_first_name}, …"))
        self._marker = VariableMarker(look, self.text)
        self._unknown = HintBar(look, "cannedUnknown")
        self.preview = _text("cannedPreview", tr("How the reply reads for an example customer"))
        self.preview.setReadOnly(True)
        self._gaps = GapMarker(look, self.preview)
        self.variables = TableRows[Variable](lambda row: row.name, _VARIABLES, self)
        self.variable_view = TableView(look, self.variables, "cannedVariables", tr("Variables to insert"))
        self._make_buttons()
        self._empty = MessagePage(look, "cannedEmpty", "canned")

    def _make_buttons(self) -> None:
        self.save_button = button(tr("Save"), "cannedSave", self.save, primary=True)
        self.discard_button = button(tr("Discard"), "cannedDiscard", self.discard, hint=tr("Back to what is saved"))
        self.duplicate_button = button(
            tr("Duplicate"),
            "cannedDuplicate",
            lambda: self.duplicated.emit(self._before),
            hint=tr("Begin a copy"),
            quiet=True,
        )
        self.remove_button = button(
            tr("Delete"),
            "cannedDelete",
            self._remove,
            hint=tr("It can be undone"),
            quiet=True,
        )
        self._stale.offer(
            button(tr("Open the document"), "cannedDocument", lambda: self.document_chosen.emit(self._stale_document()))
        )
        self._stale.offer(
            button(tr("It is right"), "cannedChecked", lambda: self.checked.emit(self.row), hint=tr("Keep it as it is"))
        )

    def _remove(self) -> None:
        if self._before is not None:
            self.removed.emit(self._before.shortcut)

    def _stale_document(self) -> str:
        return self.row.stale[0].document if self.row and self.row.stale else ""

    def _lay_out(self) -> None:
        column = self._make_body()
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        for widget in (self._badge, self.duplicate_button, self.remove_button):
            top.addWidget(widget)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addWidget(self._stale)
        column.addLayout(self._form())
        column.addWidget(self.text, 3)
        column.addWidget(self._unknown)
        self.tabs = Tabs("cannedTabs", tr("Preview and variables"))
        self.tabs.add("preview", tr("Preview"), self.preview)
        self.tabs.add("variables", tr("Variables"), self.variable_view)
        column.addWidget(self.tabs)
        column.addWidget(self.tabs.pages, 3)
        column.addLayout(self._save_row())

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(self._look.space("apart"))
        form.setVerticalSpacing(self._look.space("near"))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        letter = QFontMetrics(self._look.font()).averageCharWidth()
        self.category.setMaximumWidth(34 * letter)
        self.category.setMinimumWidth(20 * letter)
        row = QHBoxLayout()
        row.setSpacing(self._look.space("near"))
        row.addWidget(self.shortcut, 1)
        row.addWidget(_label(tr("Category"), self.category))
        row.addWidget(self.category)
        form.addRow(_label(tr("Title"), self.title), self.title)
        form.addRow(_label(tr("Shortcut"), self.shortcut), row)
        form.addRow("", self._trouble)
        return form

    def _connect(self) -> None:
        for field in (self.title, self.shortcut):
            field.textChanged.connect(lambda _: self._tell_change())
        self.category.editTextChanged.connect(lambda _: self._tell_change())
        self.text.textChanged.connect(self._tell_change)
        self.variable_view.opened.connect(self.insert_variable)


class VariableMarker(QSyntaxHighlighter):
    """Marks {variables} in a text: those that something fills, and those that nothing does."""

    def __init__(self, look: Look, field: QPlainTextEdit) -> None:
        super().__init__(field.document())
        self._look = look
        self._known: set[str] = set()
        look.changed.connect(self.rehighlight)

    def know(self, names: set[str]) -> None:
        if names != self._known:
            self._known = names
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for found in _VARIABLE.finditer(text):
            is_known = re.sub(r"\s+", "_", found[1].lower()) in self._known
            self.setFormat(*utf16_span(text, found.start(), found.end()), self._format("accent" if is_known else "bad"))

    def _format(self, tone: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setBackground(self._look.color(f"{tone}_soft"))
        made.setForeground(self._look.color("accent_strong" if tone == "accent" else tone))
        made.setFontUnderline(tone == "bad")
        return made


def _use(row: CannedRow) -> str:
    if not row.uses:
        return tr("Not sent yet")
    sent = plural("Sent once", "Sent {n} times", row.uses)
    if row.last_used_at is None:
        return sent
    age = words.age(row.last_used_at, now().astimezone())
    return tr("{sent}, last {when}", sent=sent, when=tr("just now") if age == tr("now") else age)


def _stale_words(document: str, *, removed: bool) -> str:
    if removed:
        said = mark("Check again: this reply says what stood in {document}, which was removed since.")
    else:
        said = mark("Check again: this reply says what stood in {document}, which has changed since.")
    return tr(said, document=repr(document))


def _save_hint(reply: CannedReply) -> str:
    lacks = [
        word
        for word, text in ((tr("a title"), reply.title), (tr("a shortcut"), reply.shortcut), (tr("a text"), reply.text))
        if not text.strip()
    ]
    if lacks:
        return tr("It still needs {parts}", parts=tr(" and ").join(lacks))
    return tr("Save the reply ({keys})", keys=keys(SAVE_KEYS))


def _field(name: str, accessible: str, hint: str) -> QLineEdit:
    made = QLineEdit(placeholderText=hint)
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    return made


def _text(name: str, accessible: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setProperty("page", True)
    made.setTabChangesFocus(True)
    return made


def _label(text: str, buddy: QWidget) -> QLabel:
    made = text_label("small")
    made.setText(text)
    made.setBuddy(buddy)
    return made


_VARIABLES: Sequence[Column[Variable]] = (
    Column("name", mark("Variable"), lambda row: f"{{{row.name}}}", width=25, is_strong=True),
    Column(
        "example",
        mark("In the example"),
        lambda row: row.example or tr("nothing"),
        width=22,
        gives_way=1,
        is_quiet=True,
    ),
    Column("meaning", mark("Stands for"), lambda row: tr(row.meaning)),
)
