"""How soon the window is usable, what its process weighs with everything loaded, and how quickly one gets about."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cxdesk.domain import now
from cxdesk.memory.generate import add_history
from cxdesk.settings import bundled

PROBE = """
import json, sys, time
begun = time.perf_counter()
from cxdesk.offline import silence
silence()
from pathlib import Path
from PySide6.QtCore import QTimer
from cxdesk.ui.app import run_window

def open_desk():
    from cxdesk.desk import Desk
    return Desk.open(Path(sys.argv[1]), model="none")

def on_ready(desk):
    import psutil
    desk.knowledge.search("How long does shipping take?")
    desk.ask("How long does shipping take?")
    print(json.dumps({"filled_s": time.perf_counter() - begun, "memory_mb": psutil.Process().memory_info().rss / 1e6}))
    sys.stdout.flush()
    from PySide6.QtCore import QCoreApplication
    QCoreApplication.instance().quit()

def on_shown():
    print(json.dumps({"shown_s": time.perf_counter() - begun}))

run_window(open_desk, on_shown=on_shown, on_ready=on_ready)
"""


SWITCHING = """
import json, sys, time
from PySide6.QtWidgets import QApplication
from cxdesk.desk import Desk
from cxdesk.ui.app import settle
from cxdesk.ui.theme import Look
from cxdesk.ui.window import PAGES, Window

def ms_until(is_so, act):
    begun = time.perf_counter()
    act()
    while not is_so():
        app.processEvents()
    window.repaint()
    return 1000 * (time.perf_counter() - begun)

def p95(times):
    return sorted(times)[int(0.95 * len(times))]

app = QApplication([])
app.setStyle("Fusion")
with Desk.open(sys.argv[1], model="none") as desk:
    window = Window(Look("light"))
    window.show()
    window.take(desk, prepare=False)
    settle(window)
    inbox, switched, turned, paged = window.inbox, [], [], []
    for row in inbox.conversations.model.values()[1:41]:
        is_there = lambda: inbox.view is not None and inbox.view.id == row.id
        switched.append(ms_until(is_there, lambda: inbox.conversations.choose(row.id)))
        settle(window)
    for queue in ("approval", "all", "closed", "handed_over") * 5:
        turned.append(ms_until(lambda: window.is_idle, lambda: inbox.conversations.choose_queue(queue)))
    for name in (*PAGES, *PAGES) * 5:
        paged.append(ms_until(lambda: window.is_idle, lambda: window.show_page(name)))
    print(json.dumps({
        "conversation_p95_ms": p95(switched), "queue_p95_ms": p95(turned), "page_p95_ms": p95(paged),
        "switched": len(switched), "turned": len(turned), "paged": len(paged),
    }))
    window.close_down()
"""
MESSAGES = 100_000


def measure() -> dict[str, object]:
    """Seconds to the shown and the filled window and its memory in MB; then how long it takes to go elsewhere in it.

    Going to another conversation, queue and page is measured beside many messages, the 95th percentile in ms.
    """
    from cxdesk.demo import open_demo

    figures: dict[str, object] = {"screen": "X11" if os.environ.get("DISPLAY") else "offscreen", "messages": MESSAGES}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        open_demo(folder, "none").close()
        figures |= _figures(PROBE, folder)
        with open_demo(folder, "none") as desk:
            add_history(desk.store, MESSAGES, now(), bundled("resources/past_conversations.toml"))
        figures |= _figures(SWITCHING, folder)
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in figures.items()}


def _figures(probe: str, folder: Path) -> dict[str, object]:
    """What a probe prints, run in a process of its own."""
    platform = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", probe, str(folder)],
        env={**os.environ, **platform},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: value for line in done.stdout.splitlines() for name, value in json.loads(line).items()}
