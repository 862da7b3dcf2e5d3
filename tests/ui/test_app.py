import subprocess
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication

from cxdesk.desk import Desk
from cxdesk.domain import Unavailable
from cxdesk.ui.app import run_window, settle, take_tour
from cxdesk.ui.window import Window


def test_nothing_heavy_is_imported_before_the_window_is_up():
    heavy = "duckdb lancedb pyarrow onnxruntime torch llama_cpp babel cxdesk.desk cxdesk.agent cxdesk.store"
    code = f"import sys; import cxdesk.ui.app; print([name for name in {heavy.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def application_that_may_quit(qapp):
    yield qapp
    # Having quit, Qt ends every event loop at once until the application was run again.
    qapp.processEvents()
    QTimer.singleShot(0, qapp, lambda: qapp.exit(0))
    qapp.exec()


def test_the_window_opens_its_desk_and_closes_it_after_what_was_started_with_it(
    application_that_may_quit, tmp_path, toy_embedder
):
    happened = []

    class WatchedDesk(Desk):
        def close(self):
            happened.append("desk closed")
            super().close()

    def on_ready(desk):
        happened.append("ready")
        QTimer.singleShot(0, application_that_may_quit.quit)
        return lambda: happened.append("stopped")

    code = run_window(
        lambda: WatchedDesk.open(tmp_path / "desk", model="none", embedder=toy_embedder),
        on_shown=lambda: happened.append("shown"),
        on_ready=on_ready,
    )
    assert code == 0
    assert happened == ["shown", "ready", "stopped", "desk closed"]


def test_a_desk_that_can_not_be_opened_says_why_and_can_be_tried_again(qtbot, look, desk):
    window = Window(look)
    qtbot.addWidget(window)
    window.show()
    tries = iter([Unavailable("The desk is open in process 4711. Close it there."), desk])

    def open_desk():
        result = next(tries)
        if isinstance(result, Exception):
            raise result
        return result

    opened = []
    window.open(open_desk, opened.append)
    again = window.findChild(QAbstractButton, "tryAgain")
    qtbot.waitUntil(again.isVisible)
    assert (
        window.findChild(type(window.trouble), "trouble").text() == "The desk is open in process 4711. Close it there."
    )
    again.click()
    settle(window)
    assert opened == [desk]
    window.close_down()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tour_pictures_every_page(qapp, open_demo_desk, tmp_path, theme):
    def open_desk():
        desk = open_demo_desk()
        desk.copilot.receive(desk.start_conversation("maya.lindqvist@example.com").id, "I want to talk to a human.")
        desk.ask("I want to talk to a human.")
        desk.ask("How long does standard shipping take?")
        return desk

    pictures = take_tour(open_desk, tmp_path / "tour", theme)
    names = {path.stem for path in pictures}
    assert {"inbox", "customer-panel", "saved-replies", "reject", "handoff", "source-view", "empty", "error"} <= names
    troubles = ("no-model", "missing-model", "model-died", "disk-full", "offline", "not-writable", "settings")
    assert {f"error-{trouble}" for trouble in troubles} <= names
    assert {"sign-in", "first-start", "first-account", "customer-window", "customer-chat", "customer-help"} <= names
    assert all(not QImage(str(path)).isNull() for path in pictures)
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
