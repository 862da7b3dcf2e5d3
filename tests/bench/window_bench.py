"""How soon the window is usable, and what its process weighs with everything loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

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


def measure() -> dict[str, object]:
    """Seconds from the process's first line to the shown and the filled window, and its memory in MB."""
    from cxdesk.demo import open_demo

    screen = "offscreen" if not os.environ.get("DISPLAY") else "X11"
    with tempfile.TemporaryDirectory() as scratch:
        open_demo(Path(scratch) / "demo", "none").close()
        environment = {**os.environ, **({"QT_QPA_PLATFORM": "offscreen"} if screen == "offscreen" else {})}
        done = subprocess.run(
            [sys.executable, "-c", PROBE, str(Path(scratch) / "demo")],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    figures: dict[str, object] = {"screen": screen}
    for line in done.stdout.splitlines():
        figures |= json.loads(line)
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in figures.items()}
