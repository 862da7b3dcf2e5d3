"""Opens the window, or takes pictures of all it has.

Only Qt and the records are imported before the window is up; the desk and its libraries are loaded behind it.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cxdesk.domain import Unavailable
from cxdesk.ui.theme import Look
from cxdesk.ui.views import ConversationView
from cxdesk.ui.window import Window

if TYPE_CHECKING:
    from cxdesk.desk import Desk

# The tour looks for something to show in so many conversations, the newest first.
LOOKED_THROUGH = 40

OnReady = Callable[["Desk"], Callable[[], None] | None]


def run_window(
    open_desk: Callable[[], Desk],
    *,
    theme: str | None = None,
    on_shown: Callable[[], None] | None = None,
    on_ready: OnReady | None = None,
) -> int:
    """Show the window, open the desk behind it, and return the exit code once it was closed and all is stored.

    `theme` is 'light' or 'dark', otherwise the system's. `on_shown` is called once the empty window is up,
    `on_ready` with the open desk; what that returns, if anything, is called before the desk is closed.
    """
    app = _application()
    # A terminal's Ctrl+C ends the program at once: nothing that was stored is lost by that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    desks: list[Desk] = []
    stops: list[Callable[[], None]] = []

    def opened() -> Desk:
        desks.append(open_desk())
        return desks[-1]

    def ready(desk: Desk) -> None:
        stop = on_ready(desk) if on_ready else None
        if stop:
            stops.append(stop)

    window = Window(Look(theme))
    window.show()
    if on_shown:
        QTimer.singleShot(0, window, on_shown)
    # Opened once the window is drawn, since loading the desk's libraries takes turns with drawing.
    QTimer.singleShot(0, window, lambda: window.open(opened, ready))
    code = app.exec()
    for stop in stops:
        stop()
    window.close_down()
    for desk in desks:
        desk.close()
    return code


def take_tour(open_desk: Callable[[], Desk], folder: Path, theme: str | None = None) -> list[Path]:
    """Save a picture of every page and dialog with the data as it is, and return where they are. Changes nothing."""
    app = _application()
    folder.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []
    with open_desk() as desk:
        window = Window(Look(theme))
        window.show()
        window.take(desk, prepare=False)
        for name, part in _sights(window):
            app.processEvents()
            path = folder / f"{name}.png"
            if not part.grab().save(str(path)):
                raise Unavailable(f"The picture {str(path)!r} can't be written. Choose another folder.")
            pictures.append(path)
        window.close_down()
        window.close()
    return pictures


def _sights(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Bring up one sight after the other; each is pictured before the next is brought up."""
    settle(window)
    _go_to(window, lambda view: view.draft is not None and view.handoff is None)
    yield "inbox", window
    yield "customer-panel", window.panel.body
    yield from _helpers(window)
    if _go_to(window, lambda view: view.handoff is not None):
        yield "handoff", window
    if _go_to(window, lambda view: view.action is not None and view.action.can_be_decided):
        yield "proposal", window
    if _go_to(window, lambda view: any(bubble.flags for bubble in view.bubbles)):
        window.panel.unfold_trace()
        settle(window)
        yield "flags", window
        yield "what-the-desk-did", window.panel.body
    if _go_to(window, _has_sources) and window.view and window.view.run:
        window.open_source(window.view.run.sources[0])
        settle(window)
        yield "source-view", window.source_view
        window.source_view.close()
    window.conversations.filter.setText("no conversation has these words")
    yield "empty", window
    window.conversations.filter.clear()
    held = "The desk in '/data/shop' is open in another process (4711). Close it there, then try again."
    window.show_trouble(Unavailable(held), _nothing)
    yield "error", window


def _helpers(window: Window) -> Iterator[tuple[str, QWidget]]:
    """What comes up while a person works on a draft."""
    composer, card = window.pane.composer, window.pane.card
    window.activateWindow()
    composer.field.setFocus()
    composer.field.insertPlainText("/")
    settle(window)
    yield "saved-replies", window
    composer.field.clear()
    card.ask_why()
    yield "reject", window
    window.pane.why_rejected.close_up()


def _go_to(window: Window, wanted: Callable[[ConversationView], bool]) -> bool:
    """Choose the first of the newest conversations that is as wanted."""
    for row in window.conversations.model.values()[:LOOKED_THROUGH]:
        window.conversations.choose(row.id)
        settle(window)
        if window.view and wanted(window.view):
            return True
    return False


def _has_sources(view: ConversationView) -> bool:
    return view.run is not None and bool(view.run.sources)


def settle(window: Window) -> None:
    """Let the window work until all it reads and prepares is there."""
    if not window.is_idle:
        loop = QEventLoop()
        window.idle.connect(loop.quit)
        loop.exec()
    QApplication.processEvents()


def _nothing() -> None:
    """For a button that is only pictured."""


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(["cxdesk"])
    assert isinstance(app, QApplication)
    app.setApplicationName("cxdesk")
    app.setStyle("Fusion")
    return app
