"""What the window does without before it is up, so that it is up soon."""

import os
import subprocess
import sys

from cxdesk.ui.pages import PAGES

HEAVY = {"duckdb", "lancedb", "numpy", "onnxruntime", "pandas", "pyarrow", "scipy", "tokenizers", "torch"}
SHOWN = """
import sys
from PySide6.QtWidgets import QApplication
import cxdesk.ui.app
from cxdesk.ui.theme import Look
from cxdesk.ui.window import Window

app = QApplication([])
window = Window(Look("light"))
window.show()
app.processEvents()
print("\\n".join(sys.modules))
"""


def modules_of(program):
    """What a Python program has imported when it ends, as it prints it."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_window_is_up_without_the_desk_its_libraries_and_the_pages_behind():
    loaded = modules_of(SHOWN)
    assert "cxdesk.ui.inbox_page" in loaded
    assert not HEAVY & loaded
    assert not {"cxdesk.desk", "cxdesk.store", "cxdesk.agent", "cxdesk.ui.reading"} & loaded
    behind = {entry.made_by.partition(":")[0] for name, entry in PAGES.items() if name != "inbox"}
    assert not behind & loaded


def test_modules_that_come_after_qt_are_not_searched_for_its_features():
    told = "import linecache, cxdesk.ui.app, cxdesk.ui.inbox_page as page; print(page.__file__ in linecache.cache)"
    assert modules_of(told) == {"False"}


def test_every_page_calls_itself_by_the_name_it_is_listed_under():
    assert [entry.load().name for entry in PAGES.values()] == list(PAGES)
