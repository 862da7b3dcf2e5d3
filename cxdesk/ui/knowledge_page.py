"""The shop's documents: added, read, written, searched, and what is missing among them.

What takes longer than a moment (adding files, indexing, noting what rests on what) goes one after the other on a
thread of its own, so that reading a document never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QSplitter, QVBoxLayout, QWidget

from cxdesk.domain import Audience, Invalid, KnowledgeGap, Overtaken, RestingReply, now
from cxdesk.ui import words
from cxdesk.ui.knowledge_adding import AddingPanel
from cxdesk.ui.knowledge_document import NEW, SAVE_KEYS, DocumentPane, Edit
from cxdesk.ui.knowledge_gaps import GapsPane
from cxdesk.ui.knowledge_reading import (
    DocumentRow,
    HitRow,
    OpenDocument,
    Shelf,
    adding_words,
    audience_words,
    new_document,
    read_document,
    read_shelf,
    size,
    try_question,
)
from cxdesk.ui.knowledge_trying import TryingPane
from cxdesk.ui.knowledge_widgets import HintBar, Tabs, surface
from cxdesk.ui.language import capital, mark, number, plural, tr
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.places import UNSAVED, as_json, edits_in, from_json
from cxdesk.ui.table import Column, FilterRow, TablePane, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import button, keys, restyle
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import Document
    from cxdesk.knowledge import IngestReport

NEW_KEYS = "Ctrl+N"
ADD_KEYS = "Ctrl+O"
# While something is being indexed its state is read again after this pause.
LOOK_AGAIN_MS = 500
PATTERNS = "*.md *.markdown *.txt *.html *.htm *.pdf *.docx *.json"
STARTER = mark("# Title\n\nWrite here what customers should know. Headings begin with ##.\n")


class KnowledgePage(Page):
    name = "knowledge"

    _put_back = Signal()

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.slow = Work(1, self)
        self.shelf = Shelf((), _NO_INDEX.in_language())
        self._closing = Event()
        self._was_linked = False
        self._knows_gaps = False
        self._wanted: tuple[str, int, int] | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    # ------------------------------------------------------------ the window's side

    @property
    def is_idle(self) -> bool:
        return super().is_idle and self.slow.is_idle

    def refresh(self) -> None:
        super().refresh()
        self.run(read_shelf, self._show_shelf, key="shelf")
        if self.document.document is not None and self.document.document.content_hash is not None:
            self._read(self.document.document.name)
        if self.tabs.current == "gaps" or not self._knows_gaps:
            self._read_gaps()

    def reveal(self, item_id: str) -> None:
        """Show the document of this name."""
        self.tabs.go("documents")
        self._read(item_id)

    def commands(self) -> Sequence[Command]:
        return (
            Command(mark("Add documents"), self.choose_files, ADD_KEYS, "documents"),
            Command(mark("Add a folder of documents"), self.choose_folder, right="documents"),
            Command(mark("Write a new document"), self.begin_document, NEW_KEYS, "documents"),
            Command(mark("Save the document"), self.document.save, SAVE_KEYS, "documents"),
            Command(mark("Try a question on the documents"), self._go_trying),
            Command(mark("Show what the documents don't answer"), lambda: self.tabs.go("gaps")),
            Command(mark("Build the search index anew"), self.rebuild, right="documents"),
        )

    def place(self) -> Mapping[str, object]:
        shown = self.document.document
        return {
            "parts": self.parts.saveState(),
            "document": shown.name if shown else "",
            "tab": self.tabs.current,
            "view": self.document.tabs.current,
            "filters": self.filters.choices(),
            "order": self.table.order(),
            UNSAVED: as_json(
                {
                    "edits": [asdict(edit) for edit in self.document.edits()],
                    "search": self.filters.field.text(),
                    "question": self.trying.field.text(),
                }
            ),
        }

    def return_to(self, place: Mapping[str, object]) -> None:
        if isinstance(parts := place.get("parts"), QByteArray):
            self.parts.restoreState(parts)
        self.document.bring_back(edits_in(place.get(UNSAVED), lambda edit: Edit(**edit)))
        unsaved = from_json(place.get(UNSAVED))
        self.filters.return_to(place.get("filters"), unsaved.get("search"))
        self.trying.field.setText(str(unsaved.get("question") or ""))
        self.table.return_to(place.get("order"))
        if document := str(place.get("document") or ""):
            self.reveal(document)
        self.document.tabs.return_to(place.get("view"))
        self.tabs.return_to(place.get("tab"))

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        if self.table.chosen_key() is None:
            self.table.choose_row(0)
        yield self.name, self
        self.document.tabs.go("preview")
        yield "knowledge-preview", self
        self.document.tabs.go("passages")
        yield "knowledge-passages", self
        self.document.tabs.go("text")
        self._go_trying()
        self.trying.field.setText("How long does standard shipping take?")
        self.trying.ask()
        yield "knowledge-question", self
        self.tabs.go("gaps")
        yield "knowledge-gaps", self
        self.tabs.go("documents")

    def close_down(self) -> None:
        """End what goes on behind the page: files that were taken stay, the others are left."""
        self._closing.set()
        self.adding.cancel()
        self._look_again.stop()
        self.slow.close()

    # ------------------------------------------------------------ what a person does

    def add(self, paths: Sequence[Path]) -> None:
        """Take files and folders, one work at a time."""
        if self.adding.is_working:
            self.notice.say(tr("Files are being added already. Wait until they are done, or cancel that first."))
            return
        at_work = self.adding.begin(plural("Adding {file}", "Adding {n} files", len(paths), file=paths[0].name))
        self.tabs.go("documents")

        def work(desk: Desk) -> IngestReport:
            return desk.knowledge.add(paths, progress=at_work.note, on_file=at_work.files.append, cancel=at_work.cancel)

        self._behind(work, self._were_added, self._not_added)

    def choose_files(self) -> None:
        kinds = (tr("Documents ({patterns})", patterns=PATTERNS), tr("All files ({patterns})", patterns="*"))
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Add documents"), "", ";;".join(kinds))
        if chosen:
            self.add([Path(file) for file in chosen])

    def choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, tr("Add a folder of documents")):
            self.add([Path(chosen)])

    def begin_document(self, text: str = STARTER) -> None:
        """Begin a document with this text; a draft that waits unsaved is gone back to where no text is given."""
        self.tabs.go("documents")
        if NEW in self.document.unsaved() and text != STARTER:
            self.notice.say(tr("A new document is not saved yet. Save or discard it, then begin the next one."))
        self._wanted = None
        self.table.selectionModel().clear()
        self.document.open(new_document(tr(text) if text == STARTER else text))
        self.document.tabs.go("text")
        self.document.text.setFocus()

    def rebuild(self) -> None:
        """Index every document again."""
        self._behind(
            lambda desk: desk.knowledge.reindex(cancel=self._closing), lambda _: self.refresh(), self._failed_behind
        )
        self._look_again.start()

    # ------------------------------------------------------------ documents

    def _show_shelf(self, shelf: Shelf) -> None:
        was_behind = self.shelf.waits or self.shelf.running
        is_news, self.shelf = shelf != self.shelf, shelf
        self._say_index(shelf)
        self.filters.set_options("category", [(tr("All categories"), None), *((one, one) for one in shelf.categories)])
        if is_news:
            self.document.set_categories(shelf.categories or ("general",))
            self._filter()
        self.rows.refresh()
        if shelf.waits and not self.adding.is_working and self.slow.is_idle:
            self._catch_up()
        if shelf.running or shelf.waits or not self.slow.is_idle:
            self._look_again.start()
        elif was_behind and self.document.document is not None and self.document.document.name:
            self._read(self.document.document.name)
        if not self._was_linked and shelf.rows and not shelf.waits and shelf.index.tone != "bad":
            self._link()

    def _filter(self) -> None:
        wanted, category, audience = self.filters.words().casefold(), *map(self.filters.chosen, ("category", "for"))
        rows = [
            row
            for row in self.shelf.rows
            if all(word in row.words for word in wanted.split())
            and category in (None, row.category)
            and audience in (None, row.audience.value)
        ]
        with self.table.keeping_place():
            self.rows.show(rows)
        self._say_count(len(rows))
        if rows:
            self.list.show_table()
        elif self.shelf.rows:
            self.list.say_nothing(
                tr("No document fits"), tr("Look for other words, or press Esc in the search to see all.")
            )
        else:
            self.list.say_nothing(
                tr("No documents yet"),
                tr(
                    "Drop files or a folder here, or press {keys}: Markdown, text, HTML, PDF, Word or a list of "
                    "questions (JSON). The desk answers customers from them.",
                    keys=keys(ADD_KEYS),
                ),
            )

    def _say_count(self, shown: int) -> None:
        total = len(self.shelf.rows)
        if shown == total:
            count = plural("{n} document", "{n} documents", total)
        else:
            count = plural("{shown} of {n} document", "{shown} of {n} documents", total, shown=number(shown))
        self.list.say_count(f"{count}  ·  {self.shelf.index.text}")

    def _say_index(self, shelf: Shelf) -> None:
        if shelf.running and not self.adding.is_working:
            done, total = map(number, shelf.running)
            said = mark("The documents are being indexed: {done} of {total} passages. You can go on working.")
            self.index_bar.say(tr(said, done=done, total=total))
        else:
            self.index_bar.say(shelf.hint)

    def _choose(self, name: str) -> None:
        shown = self.document.document
        if shown is None or shown.name != name:
            self._wanted = None
            self._read(name)

    def _read(self, name: str) -> None:
        self.run(lambda desk: read_document(desk, name), self._show_document, self._not_read, key="document")

    def _show_document(self, document: OpenDocument) -> None:
        self.document.open(document)
        wanted, self._wanted = self._wanted, None
        if wanted and wanted[0] == document.name:
            self.document.show_passage(*wanted[1:])
        self.table.choose(document.name)

    def _not_read(self, error: Exception) -> None:
        """A document that is gone is said so, unless a person has words in it that are not saved."""
        shown = self.document.document
        if shown is not None and self.document.is_changed():
            return
        if isinstance(error, Invalid):
            self.document.show_nothing(
                tr("This document is not there any more"), tr("Choose another one, or add it again.")
            )
        else:
            self.tell(error, key="document")

    # ------------------------------------------------------------ changes

    def _save(self, edit: Edit) -> None:
        def work(desk: Desk) -> OpenDocument:
            name = edit.name or desk.knowledge.free_name(_title_of(edit.text))
            desk.knowledge.save(name, edit.text, expected=edit.expected)
            return read_document(desk, name)

        self.run(work, lambda document: self._was_saved(edit, document), lambda error: self._not_saved(edit, error))

    def _was_saved(self, edit: Edit, document: OpenDocument) -> None:
        self.document.was_saved(edit, document)
        self.done.emit(Done(tr("'{title}' is saved and is being indexed", title=document.title)))
        self.refresh()

    def _not_saved(self, edit: Edit, error: Exception) -> None:
        if isinstance(error, Overtaken):
            self.run(lambda desk: read_document(desk, edit.name), self.document.was_overtaken, self._gone_below(edit))
        else:
            self.tell(error)
            self.document.allow_saving()

    def _gone_below(self, edit: Edit) -> Callable[[Exception], None]:
        """The document was removed while somebody wrote in it: their words go on as a new one."""

        def go_on(_: Exception) -> None:
            self.document.forget(edit.name)
            self.document.open(new_document(edit.text))
            self.notice.say(tr("This document was removed while you were writing. Save your text as a new document."))

        return go_on

    def _file(self, name: str, category: str, audience: str) -> None:
        def work(desk: Desk) -> Document:
            before = desk.knowledge.get(name)
            desk.knowledge.save(name, before.text, category=category, audience=audience, expected=before.content_hash)
            return before

        self.run(work, lambda before: self._say_done(tr("'{title}' is filed anew", title=before.title), [before]))

    def _remove(self, name: str) -> None:
        def work(desk: Desk) -> Document:
            before = desk.knowledge.get(name)
            desk.knowledge.remove(name)
            return before

        self.document.forget(name)
        self.run(work, self._was_removed)

    def _was_removed(self, before: Document) -> None:
        self.document.show_nothing(tr("Removed"), tr("Choose another document, or take it back with Undo below."))
        self._say_done(tr("'{title}' is removed", title=before.title), [before])

    def _say_done(self, sentence: str, before: Sequence[Document], added: Sequence[str] = ()) -> None:
        """Say what was done; Undo puts these documents back and takes the added ones away."""
        desk = self.desk
        assert desk is not None

        def undo() -> None:
            for name in added:
                desk.knowledge.remove(name)
            desk.knowledge.put_back(before)
            self._put_back.emit()

        self.done.emit(Done(sentence, undo if before or added else None))
        self.refresh()

    def _were_added(self, report: IngestReport) -> None:
        self.adding.end(report)
        counts = {kind: len(getattr(report, kind)) for kind in ("added", "updated", "unchanged", "refused")}
        self._was_linked = False
        self._say_done(tr("Documents: {counts}", counts=adding_words(counts)), report.replaced, report.added)
        if len(report.added) == 1:
            self.reveal(report.added[0])

    def _not_added(self, error: Exception) -> None:
        self.adding.end(None)
        self._failed_behind(error)

    # ------------------------------------------------------------ behind the page

    def _behind(
        self, work: Callable[[Desk], Any], on_success: Callable[[Any], None], on_failure: Callable[[Exception], None]
    ) -> None:
        desk = self.desk
        assert desk is not None
        self.slow.run(lambda: work(desk), on_success, on_failure)

    def _catch_up(self) -> None:
        self._behind(
            lambda desk: desk.knowledge.catch_up(cancel=self._closing), lambda _: self.refresh(), self._failed_behind
        )

    def _link(self) -> None:
        """Note what saved replies rest on while the documents still say it."""
        self._was_linked = True
        self._behind(lambda desk: desk.overview.link_replies(), lambda _: self.refresh(), self.tell)

    def _failed_behind(self, error: Exception) -> None:
        self.tell(error)
        self._look_again.stop()

    # ------------------------------------------------------------ questions, gaps, replies

    def _go_trying(self) -> None:
        self.tabs.go("trying")
        self.trying.go()

    def _try(self, question: str) -> None:
        def failed(error: Exception) -> None:
            self.trying.failed()
            self.tell(error, key="trying")

        self.run(lambda desk: try_question(desk, question), self.trying.show_tried, failed, key="trying")

    def _try_gap(self, question: str) -> None:
        self._go_trying()
        self.trying.field.setText(question)
        self.trying.ask()

    def _open_hit(self, hit: HitRow) -> None:
        self._wanted = (hit.document, hit.start, hit.end)
        self.reveal(hit.document)

    def _read_gaps(self) -> None:
        self.run(lambda desk: desk.overview.gaps(), self._show_gaps, self._no_gaps, key="gaps")

    def _show_gaps(self, gaps: Sequence[KnowledgeGap]) -> None:
        self._knows_gaps = True
        self.gaps.show_gaps(gaps)
        still_open = sum(not gap.answered_now for gap in gaps)
        self.tabs.retitle("gaps", tr("Gaps  {n}", n=number(still_open)) if still_open else tr("Gaps"))
        self.counted.emit(still_open)

    def _no_gaps(self, error: Exception) -> None:
        self.gaps.say(tr("The gaps can't be found now"), explain(error), "trouble")

    def _reply_is_right(self, reply: RestingReply) -> None:
        def work(desk: Desk) -> None:
            desk.store.gaps.dismiss(reply.kind, reply.key)
            desk.overview.link_replies()

        self._behind(work, lambda _: self.refresh(), self.tell)

    # ------------------------------------------------------------ drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()
            restyle(self.drop_frame, dropping=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self.drop_frame, dropping=False)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self.drop_frame, dropping=False)
        if files := _files(event):
            event.acceptProposedAction()
            self.add(files)

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        look = self.look
        self.rows = TableRows[DocumentRow](lambda row: row.name, _COLUMNS, self)
        self.table = TableView(look, self.rows, "documents", tr("Documents"))
        self.filters = FilterRow(look, mark("documents"))
        self.filters.add_choice("category", tr("Category"), [(tr("All categories"), None)])
        audiences = [(capital(audience_words(one)), one.value) for one in Audience]
        self.filters.add_choice("for", tr("Who may read it"), [(tr("For everyone"), None), *audiences])
        self.list = TablePane(look, self.title, self.table, self.filters, "knowledge")
        more = QMenu(self)
        more.addAction(tr("Files…"), self.choose_files)
        more.addAction(tr("A folder…"), self.choose_folder)
        more.addSeparator()
        more.addAction(tr("Build the search index anew"), self.rebuild)
        write = tr("Write a new document ({keys})", keys=keys(NEW_KEYS))
        new = button(tr("New"), "documentNew", self.begin_document, hint=write)
        take = tr("Add files ({keys})", keys=keys(ADD_KEYS))
        add = button(tr("Add…"), "documentAdd", lambda: None, hint=take, primary=True)
        add.setMenu(more)
        self.list.add_action(new)
        self.list.add_action(add)
        self.rights.hide("documents", new, add)
        self.document = DocumentPane(look)
        self.trying = TryingPane(look)
        self.gaps = GapsPane(look)
        self.rights.hide("documents", *self.document.verbs(), self.gaps.start_button)
        self.adding = AddingPanel(look)
        self.index_bar = HintBar(look, "indexBar")
        self._look_again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._look_again.timeout.connect(lambda: self.run(read_shelf, self._show_shelf, key="shelf"))

    def _lay_out(self) -> None:
        self.parts = QSplitter(childrenCollapsible=False, handleWidth=1)
        self.list.setMinimumWidth(330)
        self.document.setMinimumWidth(380)
        for part, width in ((self.list, 560), (self.document, 560)):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, width)
        self.parts.setSizes([560, 560])
        self.drop_frame = surface()
        inside = QVBoxLayout(self.drop_frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.parts)
        self.tabs = Tabs("knowledgeTabs", tr("Parts of the knowledge page"))
        self.tabs.add("documents", tr("Documents"), self.drop_frame)
        self.tabs.add("trying", tr("Try a question"), self.trying)
        self.tabs.add("gaps", tr("Gaps"), self.gaps)
        head = surface("bottom")
        row = QVBoxLayout(head)
        row.setContentsMargins(self.look.space("apart"), self.look.space("tight"), self.look.space("apart"), 0)
        row.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(head)
        column.addWidget(self.index_bar)
        column.addWidget(self.tabs.pages, 1)
        column.addWidget(self.adding)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.document.text.setFocus())
        self.document.saved.connect(self._save)
        self.document.filed.connect(self._file)
        self.document.removed.connect(self._remove)
        self.document.checked.connect(self._reply_is_right)
        self.document.reply_chosen.connect(lambda shortcut: self.wants.emit("canned", shortcut))
        self.document.dropped_new.connect(
            lambda: self.document.show_nothing(tr("Discarded"), tr("Choose a document, or begin a new one."))
        )
        self.adding.opened.connect(self.reveal)
        self.trying.asked.connect(self._try)
        self.trying.opened.connect(self._open_hit)
        self.gaps.started.connect(self.begin_document)
        self.gaps.opened.connect(self.reveal)
        self.gaps.tried.connect(self._try_gap)
        self.gaps.conversation.connect(lambda talk: self.wants.emit("inbox", talk))
        self.tabs.turned.connect(lambda name: self._read_gaps() if name == "gaps" and self.desk else None)
        self._put_back.connect(self.refresh)
        delete = QShortcut(QKeySequence("Delete"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove_chosen)

    def _remove_chosen(self) -> None:
        if name := self.table.chosen_key():
            self._remove(name)


_NO_INDEX = Label(mark("not looked at yet"))
_COLUMNS: tuple[Column[DocumentRow], ...] = (
    Column("title", mark("Document"), lambda row: row.title, least=24, is_strong=True),
    Column("category", mark("Category"), lambda row: row.category, width=15, gives_way=1, is_quiet=True),
    Column("for", mark("For"), lambda row: audience_words(row.audience), width=11, gives_way=2, is_quiet=True),
    Column("passages", mark("Passages"), lambda row: number(row.passages), width=10, gives_way=3, is_right=True,
           is_quiet=True, order=lambda row: row.passages),
    Column("size", mark("Size"), lambda row: size(row.characters), width=7, gives_way=5, is_right=True, is_quiet=True,
           order=lambda row: row.characters),
    Column("changed", mark("Changed"), lambda row: words.age(row.changed_at, now().astimezone()), width=9, gives_way=4,
           is_quiet=True, order=lambda row: row.changed_at),
    Column("state", mark("State"), lambda row: row.state.text, width=14, tone=lambda row: row.state.tone),
)  # fmt: skip


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _title_of(text: str) -> str:
    """The first heading of a new text, else its first line: its name is made of it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    heading = next((line for line in lines if line.startswith("#")), lines[0] if lines else "")
    return heading.lstrip("# ")
