"""Adding files: what became of each of them, how far the work is, and a way to stop it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from cxdesk.ui.knowledge_reading import adding_words
from cxdesk.ui.knowledge_widgets import as_surface
from cxdesk.ui.language import mark, number, plural, tr
from cxdesk.ui.table import Column, TableRows, TableView, row_height
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Tone
from cxdesk.ui.widgets import button, text_label

if TYPE_CHECKING:
    from cxdesk.knowledge import FileResult, IngestReport

REPAINT_MS = 100
_SHOWN_ROWS = 5
_OUTCOMES: dict[str, tuple[str, Tone]] = {
    "refused": (mark("left out"), "bad"),
    "added": (mark("added"), "good"),
    "updated": (mark("changed"), "good"),
    "unchanged": (mark("was there"), "quiet"),
}


@dataclass
class Progressing:
    """What the worker tells of work under way; written there, read by the window's thread in its own time."""

    cancel: Event
    files: list[FileResult]
    done: int = 0
    total: int = 0
    what: str = mark("Looking for files")

    def note(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, total, what


class AddingPanel(QFrame):
    """At the page's lower edge while files are added, and afterwards until closed. `opened`: a document's name."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("adding")
        as_surface(self, "top")
        self._look = look
        self.work: Progressing | None = None
        self._title = text_label("strong", "addingTitle")
        self._counts = text_label("small", "addingCounts")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName("addingBar")
        self._bar.setAccessibleName(tr("How far the files are added"))
        self.rows: TableRows[FileResult] = TableRows(lambda row: row.file, _COLUMNS, self)
        self.view = TableView(look, self.rows, "addingFiles", tr("What became of each file"))
        self.cancel_button = button(tr("Cancel"), "addingCancel", self.cancel, hint=tr("Files that were taken stay"))
        self.close_button = button(tr("Close"), "addingClose", self.hide)
        self._repaint = QTimer(self, interval=REPAINT_MS)
        self._repaint.timeout.connect(self._show_progress)
        self.view.opened.connect(self._open)
        self._lay_out()
        self.hide()

    def begin(self, what: str) -> Progressing:
        """Show work that begins now; the worker fills what is returned."""
        self.work = Progressing(Event(), [])
        self._title.setText(what)
        self._bar.setRange(0, 0)
        self._bar.show()
        self.cancel_button.setEnabled(True)
        self.cancel_button.show()
        self.close_button.hide()
        self._show_progress()
        self._repaint.start()
        self.show()
        return self.work

    def end(self, report: IngestReport | None) -> None:
        """The work is done; None where it failed as a whole."""
        self._repaint.stop()
        self._show_progress()
        self._bar.hide()
        self.cancel_button.hide()
        self.close_button.show()
        if report is None:
            self.hide()
        elif report.left:
            self._title.setText(
                plural(
                    "Stopped. {n} file was not looked at; those that were taken are whole",
                    "Stopped. {n} files were not looked at; those that were taken are whole",
                    report.left,
                )
            )
        else:
            self._title.setText(tr("Done"))
        self.work = None

    def cancel(self) -> None:
        if self.work is not None:
            self.work.cancel.set()
            self.cancel_button.setEnabled(False)
            self._title.setText(tr("Stopping after the files at hand…"))

    @property
    def is_working(self) -> bool:
        return self.work is not None

    def _show_progress(self) -> None:
        work = self.work
        if work is None:
            return
        files = list(work.files)
        if len(files) != self.rows.rowCount():
            self.rows.show(sorted(files, key=lambda file: list(_OUTCOMES).index(file.outcome)))
            self.view.setVisible(bool(files))
        self._counts.setText(self._said(work, files))
        self._bar.setRange(0, work.total)
        self._bar.setValue(work.done)

    def _said(self, work: Progressing, files: Sequence[FileResult]) -> str:
        so_far = adding_words(Counter(file.outcome for file in files)) if files else ""
        where = ""
        if work.total and self._repaint.isActive():
            done, total = number(work.done), number(work.total)
            where = tr("{what}: {done} of {total}", what=tr(work.what), done=done, total=total)
        return "  ·  ".join(part for part in (where, so_far) if part)

    def _open(self, key: str) -> None:
        row = self.rows.row_of(key)
        result = None if row is None else self.rows.value(row)
        if result is not None and result.name:
            self.opened.emit(result.name)

    def _lay_out(self) -> None:
        apart, near = self._look.space("apart"), self._look.space("near")
        column = QVBoxLayout(self)
        column.setContentsMargins(apart, near, apart, near)
        column.setSpacing(near)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self._counts, 1)
        top.addWidget(self.cancel_button)
        top.addWidget(self.close_button)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self.view)
        self.view.setFixedHeight((_SHOWN_ROWS + 1) * row_height(self._look))


_COLUMNS: tuple[Column[FileResult], ...] = (
    Column("file", mark("File"), lambda row: Path(row.file).name, width=30, is_strong=True),
    Column("outcome", mark("Outcome"), lambda row: tr(_OUTCOMES[row.outcome][0]), width=12,
           tone=lambda row: _OUTCOMES[row.outcome][1]),
    Column("told", mark("What to know"), lambda row: row.told, is_quiet=True),
)  # fmt: skip
