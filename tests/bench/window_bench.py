"""How soon the window is usable, what its process weighs with everything loaded, and how quickly one gets about."""

from __future__ import annotations

import json
import os
import shutil
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
    of_page = {name: [] for name in PAGES}
    for name in (*PAGES, *PAGES) * 5:
        paged.append(ms_until(lambda: window.is_idle, lambda: window.show_page(name)))
        of_page[name].append(paged[-1])
    print(json.dumps({
        "first_visit_ms": {name: round(times[0]) for name, times in of_page.items()},
        "later_visits_p50_ms": {name: round(sorted(times[1:])[len(times) // 2 - 1]) for name, times in of_page.items()},
        "conversation_p95_ms": p95(switched), "queue_p95_ms": p95(turned), "page_p95_ms": p95(paged),
        "switched": len(switched), "turned": len(turned), "paged": len(paged),
    }))
    window.close_down()
"""
OWNERS_PAGES = """
import json, sys, time
from PySide6.QtWidgets import QApplication
from cxdesk.desk import Desk
from cxdesk.ui.app import settle
from cxdesk.ui.theme import Look
from cxdesk.ui.window import Window

def seconds(act):
    begun = time.perf_counter()
    act()
    while not window.is_idle:
        app.processEvents()
    window.repaint()
    return round(time.perf_counter() - begun, 2)

app = QApplication([])
app.setStyle("Fusion")
with Desk.open(sys.argv[1], model="none") as desk:
    caught_up = time.perf_counter()
    desk.store.traces.catch_up()  # a desk in use has done it turn by turn
    caught_up = time.perf_counter() - caught_up
    window = Window(Look("light"))
    window.show()
    window.take(desk, prepare=False)
    settle(window)
    first = {name: seconds(lambda: window.show_page(name)) for name in ("figures", "monitor")}
    again = {name: seconds(lambda: window.show_page(name)) for name in ("figures", "monitor")}
    window.show_page("figures")
    settle(window)
    print(json.dumps({
        "figures_open_s": first["figures"], "monitor_open_s": first["monitor"],
        "figures_again_s": again["figures"], "monitor_again_s": again["monitor"],
        "figures_of_all_time_s": seconds(lambda: window.front.period.choose(None)),
        "traces_of_all_messages_s": round(caught_up, 1),
    }))
    window.close_down()
"""
GAPS = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEventLoop, Qt, QTimer
from cxdesk.desk import Desk
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.ui.app import application, settle
from cxdesk.ui.theme import Look
from cxdesk.ui.window import Window

class Unhurried(ScriptedModel):
    def stream(self, prompt, *, max_tokens, cancel=None):
        for piece in super().stream(prompt, max_tokens=max_tokens, cancel=cancel):
            time.sleep(0.02)
            yield piece

def gaps_ms(act, *busy):
    # Between two turns of the event loop, by a timer that is due every five milliseconds.
    turns = [time.perf_counter()]
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
    timer.timeout.connect(lambda: turns.append(time.perf_counter()))
    timer.start()
    act()
    loop = QEventLoop()
    timer.timeout.connect(lambda: loop.quit() if all(each.is_idle for each in busy) else None)
    loop.exec()
    timer.stop()
    gaps = sorted(1000 * (after - before) for before, after in zip(turns, turns[1:]))
    return gaps

app = application()
model = Unhurried()
with Desk.open(sys.argv[1], model=model) as desk:
    window = Window(Look("light"))
    window.show()
    window.take(desk)
    settle(window)
    desk.finish_warm_up()
    settle(window)
    talk = desk.start_conversation(desk.store.customers.all(1)[0].id, writer="Guest").id
    window.inbox.conversations.open(talk)
    settle(window)
    model.replies.extend(["Thank you for your message, here is what I found for you. " * 8] * 6)
    replying = gaps_ms(lambda: desk.copilot.receive(talk, "How long does standard shipping take?"), window)
    window.show_page("knowledge")
    page = window.front
    settle(window)
    settle(page.slow)
    texts = [document.text for document in desk.knowledge.list()]
    folder = Path(sys.argv[1]) / "dropped"
    folder.mkdir()
    for number in range(40):
        text = texts[number % len(texts)]
        (folder / f"copy-{number}.md").write_text(f"# Copy {number}\\n\\n{text}", encoding="utf-8")
    settle(window)
    indexing = gaps_ms(lambda: page.add([folder]), window, page.slow)
    passages = desk.knowledge.stats()["passages"]
    print(json.dumps({
        "longest_gap_replying_ms": replying[-1], "p99_gap_replying_ms": replying[int(0.99 * len(replying))],
        "longest_gap_indexing_ms": indexing[-1], "p99_gap_indexing_ms": indexing[int(0.99 * len(indexing))],
        "turns_replying": len(replying), "turns_indexing": len(indexing), "passages_at_the_end": passages,
    }))
    window.close_down()
"""
MESSAGES = 100_000
MANY = 1_000_000


def measure() -> dict[str, object]:
    """Seconds to the shown and the filled window and its memory in MB; then how long it takes to go elsewhere in it.

    Going to another conversation, queue and page is measured beside many messages, the 95th percentile in ms; the
    owner's pages beside very many. The gaps are the longest times in which the window could not have answered a key.
    """
    from cxdesk.demo import open_demo

    figures: dict[str, object] = {"screen": _screen(), "messages": MESSAGES}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        open_demo(folder, "none").close()
        figures |= _figures(PROBE, folder)
        shutil.copytree(folder, Path(scratch) / "busy")
        figures |= _figures(GAPS, Path(scratch) / "busy")
        with open_demo(folder, "none") as desk:
            add_history(desk.store, MESSAGES, now(), bundled("resources/past_conversations.toml"))
        figures |= _figures(SWITCHING, folder)
        with open_demo(folder, "none") as desk:
            add_history(desk.store, MANY - MESSAGES, now(), bundled("resources/past_conversations.toml"), seed=2)
        figures |= {"most_messages": MANY, **_figures(OWNERS_PAGES, folder)}
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in figures.items()}


def _screen() -> str:
    """Where the windows come up: on this PC's screen, on one that only Xvfb sees, or on none."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return "screen"
    return "Xvfb" if shutil.which("xvfb-run") else "offscreen"


def _figures(probe: str, folder: Path) -> dict[str, object]:
    """What a probe prints, run in a process of its own."""
    screen = _screen()
    wrapped = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24"] if screen == "Xvfb" else []
    platform = {"QT_QPA_PLATFORM": "offscreen"} if screen == "offscreen" else {}
    done = subprocess.run(
        [*wrapped, sys.executable, "-c", probe, str(folder)],
        env={**os.environ, **platform},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: value for line in done.stdout.splitlines() for name, value in json.loads(line).items()}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
