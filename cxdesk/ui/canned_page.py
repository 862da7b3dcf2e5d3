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
FILES = "Saved replies (*.toml)"


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
            Command("Write a saved reply", self.begin, NEW_KEYS, "replies"),
            Command("Save the reply", self.editor.save, SAVE_KEYS, "replies"),
            Command("Duplicate the saved reply", self.editor.duplicate_button.click, DUPLICATE_KEYS, "replies"),
            Command("Import saved replies from a file", self.choose_import, right="replies"),
            Command("Export the saved replies to a file", self.choose_export),
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
        self.table.selectionModel().clear()
        self.editor.begin(reply.model_copy(update={"shortcut": shortcut, "title": f"{reply.title} (copy)"}))

    def remove(self, shortcut: str) -> None:
        self.editor.forget(shortcut)
        self.run(lambda desk: desk.replies.remove(shortcut), self._was_removed)

    def choose_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Import saved replies", "", FILES)
        if chosen:
            self.import_from(Path(chosen))

    def import_from(self, file: Path) -> None:
        """Take over the replies of a TOML file; those with a known shortcut are replaced. It can be undone."""

        def work(desk: Desk) -> tuple[int, list[KeptReply]]:
            before = desk.store.canned.kept()
            return desk.replies.take(file), before

        self.run(work, self._were_imported)

    def choose_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Export saved replies", "saved_replies.toml", FILES)
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
                    f"The file {str(file)!r} can't be written: {error.strerror}. Choose another place."
                ) from error
            return len(replies)

        self.run(work, lambda count: self.done.emit(Done(f"{_replies(count)} written to '{file.name}'")))

    # ------------------------------------------------------------ what came back

    def _show(self, saved: Saved) -> None:
        self.saved = saved
        self.filters.set_options("category", [("All categories", None), *((one, one) for one in saved.categories)])
        self.editor.know(saved)
        self._filter()
        wanted, self._wanted = self._wanted, None
        shown = wanted or self.editor.shown_shortcut()
        row = next((one for one in saved.rows if one.reply.shortcut == shown), None)
        if row is not None:
            self.editor.open(row)
            self.table.choose(row.reply.shortcut)
        elif shown is not None and not self.editor.is_changed():
            self.editor.show_nothing("This saved reply is not there any more", "Choose another one.")

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
        self.list.say_count(
            (f"{len(rows)} of {all_of}" if len(rows) != all_of else f"{all_of}")
            + (f"  ·  {to_check} to check" if to_check else "")
        )
        if rows:
            self.list.show_table()
        elif self.saved.rows:
            self.list.say_nothing("No saved reply fits", "Look for other words, or press Esc in the search to see all.")
        else:
            self.list.say_nothing(
                "No saved replies yet",
                f"Write one with {keys(NEW_KEYS)}, or import a TOML file. In the composer '/' brings it.",
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
        self.done.emit(Done(f"'{reply.title}' is saved"))
        self.refresh()

    def _was_removed(self, kept: KeptReply) -> None:
        desk = self.desk
        assert desk is not None

        def undo() -> None:
            desk.replies.restore([kept])
            self._put_back.emit(kept.reply.shortcut)

        self.editor.show_nothing("Deleted", "Choose another saved reply, or take it back with Undo below.")
        self.done.emit(Done(f"'{kept.reply.title}' is deleted", undo))
        self.refresh()

    def _were_imported(self, result: tuple[int, list[KeptReply]]) -> None:
        count, before = result
        desk = self.desk
        assert desk is not None

        def undo() -> None:
            desk.replies.go_back_to(before)
            self._put_back.emit("")

        self.done.emit(Done(f"{_replies(count)} imported", undo))
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
        self.table = TableView(look, self.rows, "cannedReplies", "Saved replies")
        self.filters = FilterRow(look, "saved replies")
        self.filters.add_choice("category", "Category", [("All categories", None)])
        self.list = TablePane(look, self.title, self.table, self.filters, "canned")
        more = QMenu(self)
        more.addAction("Import from a file…", self.choose_import)
        more.addAction("Export to a file…", self.choose_export)
        file = button("File", "cannedFile", lambda: None, hint="Import and export")
        file.setMenu(more)
        self.list.add_action(file)
        new = button("New", "cannedNew", self.begin, hint=f"Write a saved reply ({keys(NEW_KEYS)})", primary=True)
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
            lambda: self.editor.show_nothing("Discarded", "Choose a saved reply, or begin a new one.")
        )
        self._put_back.connect(self._came_back)
        delete = QShortcut(QKeySequence("Delete"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove_chosen)

    def _remove_chosen(self) -> None:
        if shortcut := self.table.chosen_key():
            self.remove(shortcut)


def _replies(count: int) -> str:
    return "1 saved reply" if count == 1 else f"{count} saved replies"


def _edit_again(kept: Mapping[str, Any]) -> CannedEdit:
    before = kept["before"]
    return CannedEdit(CannedReply(**kept["reply"]), before and CannedReply(**before))


def _last_used(row: CannedRow) -> str:
    return words.age(row.last_used_at, now().astimezone()) if row.last_used_at else ""


_COLUMNS: tuple[Column[CannedRow], ...] = (
    Column("title", "Title", lambda row: row.reply.title, least=24, is_strong=True),
    Column("shortcut", "Shortcut", lambda row: f"/{row.reply.shortcut}", width=13, gives_way=1),
    Column("category", "Category", lambda row: row.reply.category, width=12, gives_way=2, is_quiet=True),
    Column("uses", "Sent", lambda row: str(row.uses) if row.uses else "", width=6, gives_way=4,
           order=lambda row: row.uses, is_right=True, is_quiet=True),
    Column("last", "Last", lambda row: _last_used(row), width=9, gives_way=5, is_quiet=True,
           order=lambda row: row.last_used_at.timestamp() if row.last_used_at else 0.0),
    Column("state", "State", lambda row: row.state.text if row.state else "", width=14,
           tone=lambda row: row.state.tone if row.state else None),
)  # fmt: skip
