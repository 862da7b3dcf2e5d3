"""The window on Qt's offscreen platform, over the real desk."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shutil
from threading import Event

import pytest
from PySide6.QtCore import QEventLoop, QLocale
from PySide6.QtWidgets import QApplication

from cxdesk.desk import Desk
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.ui.app import settle
from cxdesk.ui.theme import Look
from cxdesk.ui.window import Window
from cxdesk.ui.work import Work


def pytest_collection_modifyitems(items):
    """The offscreen platform has no window manager to ask, and says so of every window."""
    for item in items:
        if "ui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def british():
    """Dates and numbers are said alike wherever the tests run, whatever language a test chose before."""
    QLocale.setDefault(QLocale("en_GB"))


class HaltingModel(ScriptedModel):
    """Says `reply` in two halves, each when it is let: so a test can look in between."""

    def __init__(self):
        super().__init__(name="halting")
        self.reply = ""
        self.may_begin = Event()
        self.may_end = Event()

    def stream(self, prompt, *, max_tokens, cancel=None):
        _wait(self.may_begin, cancel)
        middle = len(self.reply) // 2
        yield self.reply[:middle]
        _wait(self.may_end, cancel)
        if not (cancel and cancel.is_set()):
            yield self.reply[middle:]

    def close(self):
        self.may_begin.set()
        self.may_end.set()


def _wait(event, cancel):
    while not event.wait(0.01):
        if cancel and cancel.is_set():
            return


@pytest.fixture
def look(qapp):
    return Look("light")


@pytest.fixture
def models_folder(tmp_path, monkeypatch):
    """An empty folder of models."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("CXDESK_MODELS", str(folder))
    return folder


@pytest.fixture
def halting_model():
    model = HaltingModel()
    yield model
    model.close()


@pytest.fixture
def open_demo_desk(filled_demo, tmp_path):
    """Opens the demo desk with a given model; closed at the end."""
    opened = []

    def open_desk(model="none", embedder=None):
        shutil.copytree(filled_demo, tmp_path / "shop")
        opened.append(Desk.open(tmp_path / "shop", model=model, embedder=embedder or ToyEmbedder()))
        return opened[-1]

    yield open_desk
    for desk in opened:
        desk.close()


@pytest.fixture
def show_window(qtbot, look, open_demo_desk):
    """Shows a desk in a window and waits until all of it is there; the window ends before its desk."""
    windows = []

    def show(desk, *, prepare=True):
        window = Window(look)
        window.inbox.sending.delay_ms = 0
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.take(desk, prepare=prepare)
        settle(window)
        return window

    yield show
    for window in windows:
        window.close_down()


def settle_page(page):
    """Until a page that is shown alone has heard all that it asked for."""
    while not page.is_idle:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    QApplication.processEvents()


@pytest.fixture
def show_page(qtbot, look, open_demo_desk):
    """Shows a page of this class alone over a desk; where it wants to go, what it says and what it counts are noted.

    It ends before its desk.
    """
    pages = []

    def show(page_class, desk):
        page = page_class(look, Work(3))
        pages.append(page)
        qtbot.addWidget(page)
        page.went, page.said, page.counts = [], [], []
        page.wants.connect(lambda name, item: page.went.append((name, item)))
        page.done.connect(page.said.append)
        page.counted.connect(page.counts.append)
        page.take(desk)
        page.resize(1300, 800)
        page.show()
        page.refresh()
        settle_page(page)
        return page

    yield show
    for page in pages:
        page.close_down()
        page.work.close()


@pytest.fixture
def desk(open_demo_desk):
    return open_demo_desk()


@pytest.fixture
def window(show_window, desk):
    return show_window(desk)


@pytest.fixture
def write(desk, window):
    """A customer writes; returns the conversation's id once the desk has prepared its draft."""

    def writes(text, customer="maya.lindqvist@example.com", conversation=None):
        talk = conversation or desk.start_conversation(customer, writer="Guest").id
        desk.copilot.receive(talk, text)
        settle(window)
        return talk

    return writes
