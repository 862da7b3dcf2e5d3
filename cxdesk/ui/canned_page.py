"""The replies that staff wrote ahead: found, written, brought in from a file and out to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QSplitter, QVBoxLayout, QWidget

from cxdesk.domain import CannedReply, KeptReply, Unavailable, now
from cxdesk.ui import words
from cxdesk.ui.canned_editor import SAVE_KEYS, CannedEdit, CannedEditor
from cxdesk.ui.canned_reading import CannedRow, Saved, read_saved
from cxdesk.ui.language import mark, number, plural, tr
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.places import UNSAVED, as_json, edits_in, from_json
from cxdesk.ui.table import Column, FilterRow, TablePane, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import button, keys
from cxdesk.ui.work import Work

if TYPE_CHECKING:
    from cxdesk.desk import Desk

NEW_KEYS = "Ctrl+N"
DUPLICATE_KEYS = "Ctrl+D"


class CannedPage(Page):
    name = "canned"

    _put_back = Signal(str)

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.saved = Saved()
        self._wanted: str | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ the window's side

    def refresh(self) -> None:
        super().refresh()
        self.run(read_saved, self._show, key="saved")

    def reveal(self, item_id: str) -> None:
        """Show the saved reply with this shortcut."""
        self._wanted = item_id
        self.filters.clear()
        self.refresh()

    def commands(self) -> Sequence[Command]:
        return (
            Command(mark("Write a saved reply"), self.begin, NEW_KEYS, "replies"),
            Command(mark("Save the reply"), self.editor.save, SAVE_KEYS, "replies"),
            Command(mark("Duplicate the saved reply"), self.editor.duplicate_button.click, DUPLICATE_KEYS, "replies"),
            Command(mark("Import saved replies from a file"), self.choose_import, right="replies"),
            Command(mark("Export the saved replies to a file"), self.choose_export),
        )

    def place(self) -> Mapping[str, object]:
        edits = [
            {"reply": edit.reply.model_dump(), "before": edit.before and edit.before.model_dump()}
            for edit in self.editor.edits()
        ]
        return {
            "parts": self.parts.saveState(),
            "reply": self.editor.shown_shortcut() or "",
            "tab": self.editor.tabs.current,
            "filters": self.filters.choices(),
            "order": self.table.order(),
            UNSAVED: as_json({"edits": edits, "search": self.filters.field.text()}),
        }

    def return_to(self, place: Mapping[str, object]) -> None:
        if isinstance(parts := place.get("parts"), QByteArray):
            self.parts.restoreState(parts)
        self.editor.bring_back(edits_in(place.get(UNSAVED), _edit_again))
        self.editor.tabs.return_to(place.get("tab"))
        self.filters.return_to(place.get("filters"), from_json(place.get(UNSAVED)).get("search"))
        self.table.return_to(place.get("order"))
        self._wanted = str(place.get("reply") or "") or None

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        if self.table.chosen_key() is None:
            self.table.choose_row(0)
        yield self.name, self
        self.editor.tabs.go("variables")
        yield "canned-variables", self
        self.editor.tabs.go("preview")

    # ------------------------------------------------------------ what a person does

    def begin(self) -> None:
        self.table.selectionModel().clear()
        self.editor.begin()

    def duplicate(self, reply: CannedReply) -> None:
        """Begin a copy under a shortcut of its own."""
        from cxdesk.assist.canned import free_shortcut

        shortcut = free_shortcut(reply.shortcut, self.saved.shortcuts)
        title = tr("{title} (copy)", title=reply.title)
        self.table.selectionModel().clear()
        self.editor.begin(reply.model_copy(update={"shortcut": shortcut, "title": title}))

    def remove(self, shortcut: str) -> None:
        self.editor.forget(shortcut)
        self.run(lambda desk: desk.replies.remove(shortcut), self._was_removed)

    def choose_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import saved replies"), "", _files())
        if chosen:
            self.import_from(Path(chosen))

    def import_from(self, file: Path) -> None:
        """Take over the replies of a TOML file; those with a known shortcut are replaced. It can be undone."""

        def work(desk: Desk) -> tuple[int, list[KeptReply]]:
            before = desk.store.canned.kept()
            return desk.replies.take(file), before

        self.run(work, self._were_imported)

    def choose_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export saved replies"), "saved_replies.toml", _files())
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, file: Path) -> None:
        """Write all saved replies into a TOML file."""

        def work(desk: Desk) -> int:
            from cxdesk.assist.canned import write_canned

            replies = desk.store.canned.all()
            try:
                file.write_text(write_canned(replies), encoding="utf-8")
            except OSError as error:
                raise Unavailable(
                    tr(
                        "The file {file} can't be written: {reason}. Choose another place.",
                        file=repr(str(file)),
                        reason=error.strerror,
                    )
                ) from error
            return len(replies)

        def say(count: int) -> None:
            said = plural(
                "{n} saved reply written to '{file}'", "{n} saved replies written to '{file}'", count, file=file.name
            )
            self.done.emit(Done(said))

        self.run(work, say)

    # ------------------------------------------------------------ what came back

    def _show(self, saved: Saved) -> None:
        self.saved = saved
        self.filters.set_options("category", [(tr("All categories"), None), *((one, one) for one in saved.categories)])
        self.editor.know(saved)
        self._filter()
        wanted, self._wanted = self._wanted, None
        shown = wanted or self.editor.shown_shortcut()
        row = next((one for one in saved.rows if one.reply.shortcut == shown), None)
        if row is not None:
            self.editor.open(row)
            self.table.choose(row.reply.shortcut)
        elif shown is not None and not self.editor.is_changed():
            self.editor.show_nothing(tr("This saved reply is not there any more"), tr("Choose another one."))

    def _filter(self) -> None:
        wanted, category = self.filters.words().casefold().split(), self.filters.chosen("category")
        rows = [
            row
            for row in self.saved.rows
            if all(word in row.words for word in wanted) and category in (None, row.reply.category)
        ]
        with self.table.keeping_place():
            self.rows.show(rows)
        all_of = len(self.saved.rows)
        to_check = sum(bool(row.stale) for row in self.saved.rows)
        self.counted.emit(to_check)
        self.list.say_count(_count(len(rows), all_of, to_check))
        if rows:
            self.list.show_table()
        elif self.saved.rows:
            self.list.say_nothing(
                tr("No saved reply fits"), tr("Look for other words, or press Esc in the search to see all.")
            )
        else:
            self.list.say_nothing(
                tr("No saved replies yet"),
                tr("Write one with {keys}, or import a TOML file. In the composer '/' brings it.", keys=keys(NEW_KEYS)),
            )

    def _choose(self, shortcut: str) -> None:
        row = self.rows.value(at) if (at := self.rows.row_of(shortcut)) is not None else None
        if row is not None:
            self.editor.open(row)

    def _save(self, edit: CannedEdit) -> None:
        def failed(error: Exception) -> None:
            self.tell(error)
            self.editor.allow_saving()

        self.run(
            lambda desk: desk.replies.save(edit.reply, edit.before),
            lambda reply: self._was_saved(edit, reply),
            failed,
        )

    def _was_saved(self, edit: CannedEdit, reply: CannedReply) -> None:
        self.editor.was_saved(edit, reply)
        self._wanted = reply.shortcut if self.editor.shown_shortcut() == reply.shortcut else None
        self.done.emit(Done(tr("'{title}' is saved", title=reply.title)))
        self.refresh()

    def _was_removed(self, kept: KeptReply) -> None:
        desk = self.desk
        assert desk is not None

        def undo() -> None:
            desk.replies.restore([kept])
            self._put_back.emit(kept.reply.shortcut)

        self.editor.show_nothing(tr("Deleted"), tr("Choose another saved reply, or take it back with Undo below."))
        self.done.emit(Done(tr("'{title}' is deleted", title=kept.reply.title), undo))
        self.refresh()

    def _were_imported(self, result: tuple[int, list[KeptReply]]) -> None:
        count, before = result
        desk = self.desk
        assert desk is not None

        def undo() -> None:
            desk.replies.go_back_to(before)
            self._put_back.emit("")

        said = plural("{n} saved reply imported", "{n} saved replies imported", count)
        self.done.emit(Done(said, undo))
        self.refresh()

    def _is_right(self, row: CannedRow) -> None:
        def work(desk: Desk) -> None:
            desk.store.gaps.dismiss("canned", row.reply.shortcut)
            desk.overview.link_replies()

        self.run(work, lambda _: self.refresh())

    def _came_back(self, shortcut: str) -> None:
        self._wanted = shortcut or None
        self.refresh()

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        look = self.look
        self.rows = TableRows[CannedRow](lambda row: row.reply.shortcut, _COLUMNS, self)
        self.table = TableView(look, self.rows, "cannedReplies", tr("Saved replies"))
        self.filters = FilterRow(look, mark("saved replies"))
        self.filters.add_choice("category", tr("Category"), [(tr("All categories"), None)])
        self.list = TablePane(look, self.title, self.table, self.filters, "canned")
        more = QMenu(self)
        bring_in = more.addAction(tr("Import from a file…"), self.choose_import)
        more.aboutToShow.connect(lambda: bring_in.setVisible(self.rights.may("replies")))
        more.addAction(tr("Export to a file…"), self.choose_export)
        file = button(tr("File"), "cannedFile", lambda: None, hint=tr("Import and export"))
        file.setMenu(more)
        self.list.add_action(file)
        hint = tr("Write a saved reply ({keys})", keys=keys(NEW_KEYS))
        new = button(tr("New"), "cannedNew", self.begin, hint=hint, primary=True)
        self.list.add_action(new)
        self.editor = CannedEditor(look)
        self.rights.hide("replies", new, *self.editor.verbs())

    def _lay_out(self) -> None:
        self.parts = QSplitter(childrenCollapsible=False, handleWidth=1)
        self.list.setMinimumWidth(330)
        self.editor.setMinimumWidth(400)
        for part, width in ((self.list, 540), (self.editor, 560)):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, width)
        self.parts.setSizes([540, 560])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.parts, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.editor.text.setFocus())
        self.editor.saved.connect(self._save)
        self.editor.duplicated.connect(self.duplicate)
        self.editor.removed.connect(self.remove)
        self.editor.checked.connect(self._is_right)
        self.editor.document_chosen.connect(lambda name: self.wants.emit("knowledge", name))
        self.editor.dropped_new.connect(
            lambda: self.editor.show_nothing(tr("Discarded"), tr("Choose a saved reply, or begin a new one."))
        )
        self._put_back.connect(self._came_back)
        delete = QShortcut(QKeySequence("Delete"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove_chosen)

    def _remove_chosen(self) -> None:
        if shortcut := self.table.chosen_key():
            self.remove(shortcut)


def _files() -> str:
    """What a file dialog offers."""
    return tr("Saved replies ({patterns})", patterns="*.toml")


def _count(shown: int, all_of: int, to_check: int) -> str:
    count = tr("{n} of {total}", n=number(shown), total=number(all_of)) if shown != all_of else number(all_of)
    checks = plural("{n} to check", "{n} to check", to_check)
    return f"{count}  ·  {checks}" if to_check else count


def _edit_again(kept: Mapping[str, Any]) -> CannedEdit:
    before = kept["before"]
    return CannedEdit(CannedReply(**kept["reply"]), before and CannedReply(**before))


def _last_used(row: CannedRow) -> str:
    return words.age(row.last_used_at, now().astimezone()) if row.last_used_at else ""


_COLUMNS: tuple[Column[CannedRow], ...] = (
    Column("title", mark("Title"), lambda row: row.reply.title, least=24, is_strong=True),
    Column("shortcut", mark("Shortcut"), lambda row: f"/{row.reply.shortcut}", width=13, gives_way=1),
    Column("category", mark("Category"), lambda row: row.reply.category, width=12, gives_way=2, is_quiet=True),
    Column("uses", mark("Sent"), lambda row: number(row.uses) if row.uses else "", width=6, gives_way=4,
           order=lambda row: row.uses, is_right=True, is_quiet=True),
    Column("last", mark("Last"), lambda row: _last_used(row), width=9, gives_way=5, is_quiet=True,
           order=lambda row: row.last_used_at.timestamp() if row.last_used_at else 0.0),
    Column("state", mark("State"), lambda row: row.state.text if row.state else "", width=14,
           tone=lambda row: row.state.tone if row.state else None),
)  # fmt: skip
