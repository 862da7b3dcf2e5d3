"""Gathers all texts of the window for Qt Linguist: those of cxdesk/ui, and those of the rooms below that it looks up.

Run by `make translations`; writes resources/translations/cxdesk.ts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from cxdesk.assist.variables import VARIABLES
from cxdesk.desk import Desk
from cxdesk.llm.catalog import load_catalog
from cxdesk.settings import describe_settings
from cxdesk.ui import settings_words

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "resources/translations/cxdesk.ts"
LUPDATE = (
    str(Path(sys.executable).with_name("pyside6-lupdate")),
    *("-no-obsolete", "-silent", "-locations", "none", "-tr-function-alias", "QT_TR_NOOP+=mark,tr+=plural"),
)


class _Listener(QTranslator):
    """Notes what is looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, other: str | None = None, n: int = -1) -> str:
        if not context:
            self.heard.append(text)
        return ""


def texts_of_rooms() -> list[str]:
    """The fixed texts that rooms below the window hold, in the order of the alphabet."""
    app = QCoreApplication.instance() or QCoreApplication([])
    listener = _Listener()
    app.installTranslator(listener)
    with tempfile.TemporaryDirectory() as folder, Desk.open(folder, model="none") as desk:
        texts = set(_told(desk))
        for info in describe_settings(Path(folder)):
            settings_words.fits(info, "")  # says all of a setting
    app.removeTranslator(listener)
    return sorted(text for text in texts.union(listener.heard) if text)


def _told(desk: Desk) -> Iterator[str]:
    yield from VARIABLES.values()
    yield from (entry.good_for for entry in load_catalog())
    yield from (file.what for file in desk.configuration.files())
    yield from (job.what for job in desk.memory.scheduler.states())
    for figure in desk.overview.figures().figures:
        yield from (figure.title, figure.reason or "")


def gather(texts: Path) -> None:
    """Write or update a file for Qt Linguist."""
    with tempfile.TemporaryDirectory() as folder:
        rooms = Path(folder) / "rooms.py"
        rooms.write_text("".join(f"mark({text!r})\n" for text in texts_of_rooms()), encoding="utf-8")
        sources = [*sorted((ROOT / "cxdesk/ui").glob("*.py")), rooms]
        subprocess.run([*LUPDATE, *map(str, sources), "-ts", str(texts)], check=True)


if __name__ == "__main__":
    gather(Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)
