"""Opens the window, or takes pictures of all it has.

Only Qt and the records are imported before the window is up; the desk and its libraries are loaded behind it.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cxdesk.domain import Unavailable
from cxdesk.ui import error_sights
from cxdesk.ui.bell import Bell
from cxdesk.ui.language import load
from cxdesk.ui.notifier import Tray
from cxdesk.ui.pages import PAGES
from cxdesk.ui.settle import settle
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import come_forward
from cxdesk.ui.window import Window

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ui.first_start_reading import FillDemo

SWITCH_S = 0.0005
OnReady = Callable[["Desk"], Callable[[], None] | None]


def claim(data_dir: Path, window: str = "desk") -> Bell | None:
    """The bell for the one window of this kind on a data directory; None: one was open, and has come to the front."""
    application()
    bell = Bell(data_dir, window)
    return None if not bell.hang() and bell.ring() else bell


def run_window(
    open_desk: Callable[[], Desk],
    *,
    theme: str | None = None,
    language: str = "",
    on_shown: Callable[[], None] | None = None,
    on_ready: OnReady | None = None,
    fill_demo: FillDemo | None = None,
    bell: Bell | None = None,
) -> int:
    """Show the window, open the desk behind it, and return the exit code once it was closed and all is stored.

    `theme` is 'light' or 'dark', `language` one such as 'de'; otherwise the system's. `on_shown` is called once the
    empty window is up, `on_ready` with the open desk; what that returns, if anything, is called before the desk is
    closed. `fill_demo` puts a shop to look around in on an empty desk. When `bell` is rung, the window comes to
    the front.
    """
    app = _speaking(language)
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
    window.fill_demo = fill_demo
    if bell:
        bell.rung.connect(partial(come_forward, window))
    if Tray.isSystemTrayAvailable():
        tray = Tray(window.look, window)
        window.notifier.use(tray)
        tray.activated.connect(lambda _: come_forward(window))
        tray.show()
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
    if bell:
        bell.take_down()
    return code


def run_counter(
    open_desk: Callable[[], Desk], *, theme: str | None = None, language: str = "", bell: Bell | None = None
) -> int:
    """Show the customers' window alone, and return the exit code once it was closed and all is stored."""
    from cxdesk.ui.customer_window import CustomerWindow

    app = _speaking(language)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    desks: list[Desk] = []

    def opened() -> Desk:
        desks.append(open_desk())
        return desks[-1]

    window = CustomerWindow(theme)
    if bell:
        bell.rung.connect(partial(come_forward, window))
    window.show()
    QTimer.singleShot(0, window, lambda: window.open(opened, _nothing_of))
    code = app.exec()
    window.close_down()
    for desk in desks:
        desk.close()
    if bell:
        bell.take_down()
    return code


def take_tour(open_desk: Callable[[], Desk], folder: Path, theme: str | None = None, language: str = "") -> list[Path]:
    """Save a picture of every page and dialog with the data as it is, and return where they are. Changes nothing."""
    _speaking(language)
    folder.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []
    with open_desk() as desk:
        window = Window(Look(theme))
        window.show()
        window.take(desk, prepare=False)
        for name, part in _sights(window):
            settle(window)
            path = folder / f"{name}.png"
            if not part.grab().save(str(path)):
                raise Unavailable(f"The picture {str(path)!r} can't be written. Choose another folder.")
            pictures.append(path)
        window.close_down()
        window.close()
    return pictures


def _sights(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Bring up one page after the other, with all that can come up there; a page is pictured with its window."""
    for name in PAGES:
        window.show_page(name)
        settle(window)
        page = window.page(name)
        for sight, part in page.sights():
            yield sight, window if part is page else part
    window.show_page(window.inbox.name)
    window.open_palette()
    yield "palette", window
    window.finder.close_up()
    window.show_keys()
    yield "keys", window.cheat_sheet
    window.cheat_sheet.close()
    window.show_help()
    yield "help", window.help
    window.help.close()
    if window.desk is not None:
        from cxdesk.ui.sign_in_sights import sights  # with the desk, whose rooms are loaded by now

        yield from sights(window, window.desk)
    yield from error_sights.sights(window)


def _nothing_of(desk: Desk) -> None:
    """For a desk that needs nothing when it is open."""


def application() -> QApplication:
    """The application, made at the first call."""
    # Qt's calls let other threads run Python, and painting makes thousands of them: at Python's own 5 ms a turn, one
    # painting beside a worker took 140 ms.
    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance() or QApplication(["cxdesk"])
    assert isinstance(app, QApplication)
    app.setApplicationName("cxdesk")
    app.setStyle("Fusion")
    return app


def _speaking(language: str) -> QApplication:
    """The application in this language, or the system's: before the first window, which is built from its texts."""
    app = application()
    for translator in load(language):
        app.installTranslator(translator)
    return app
