"""Tells a person what waits while they look elsewhere, by the system's notifications where there is a tray."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QIcon, QPainter
from PySide6.QtWidgets import QSystemTrayIcon

from cxdesk.ui.language import tr
from cxdesk.ui.notifications import Notification, Waiting, notification, read_waiting
from cxdesk.ui.paint import draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.work import Throttle, Work, log_bug

if TYPE_CHECKING:
    from cxdesk.desk import Desk

# A draft comes of age without any news.
LOOK_MS = 20_000
PAUSE_MS = 200
ICON = 64
MOST_COUNTED = 99


class Teller(Protocol):
    """Where notifications are shown. `clicked`: a person wants to see what the last one told of."""

    clicked: SignalInstance

    def tell(self, told: Notification) -> None: ...

    def count(self, waiting: int) -> None: ...


class Notifier(QObject):
    """Tells of each event once; of what waited already when the desk was opened, only how much it is.

    `wanted` carries the conversation that a person wants to see. Without a teller nothing is read.
    """

    wanted = Signal(str)

    def __init__(self, work: Work, in_sight: Callable[[], str | None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._in_sight = in_sight
        self._teller: Teller | None = None
        self._desk: Desk | None = None
        self._told: frozenset[str] | None = None
        self._last = ""
        self.pause = Throttle(self._begin, PAUSE_MS, self)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.pause.ask)

    def use(self, teller: Teller) -> None:
        """Tell by this from now on."""
        self._teller = teller
        teller.clicked.connect(lambda: self.wanted.emit(self._last))

    def take(self, desk: Desk) -> None:
        self._desk = desk
        if self._teller is not None:
            self._looks.start()
            self.pause.ask()

    def hear(self) -> None:
        """Something happened on the desk."""
        if self._looks.isActive():
            self.pause.ask()

    def count(self, waiting: int) -> None:
        """How many conversations wait for a person."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.setBadgeNumber(waiting)
        if self._teller is not None:
            self._teller.count(waiting)

    def stop(self) -> None:
        self._looks.stop()
        self.pause.stop()

    def _begin(self) -> None:
        desk = self._desk
        assert desk is not None, "only a desk that was taken is looked at"
        self._work.run(partial(read_waiting, desk), self._tell, log_bug, key="notifications")

    def _tell(self, waiting: tuple[Waiting, ...]) -> None:
        is_first, told = self._told is None, self._told or frozenset()
        found, self._told = notification(waiting, told, self._in_sight())
        if found is not None and not is_first and self._teller is not None:
            self._last = found.conversation_id
            self._teller.tell(found)


class Tray(QSystemTrayIcon):
    """The program's icon in the system's tray, with how many conversations wait."""

    clicked = Signal()

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._waiting = 0
        self.messageClicked.connect(self.clicked)
        look.changed.connect(self._draw)
        self._draw()

    def tell(self, told: Notification) -> None:
        self.showMessage("cxdesk", told.text, self.icon())

    def count(self, waiting: int) -> None:
        self._waiting = waiting
        self._draw()

    def _draw(self) -> None:
        self.setIcon(badged(self._look, self._waiting))
        self.setToolTip(tr("cxdesk: {n} waiting", n=self._waiting) if self._waiting else "cxdesk")


def badged(look: Look, waiting: int) -> QIcon:
    """The program's icon with a count in its corner; nothing there when nothing waits."""
    drawn = look.pixmap("inbox", "accent", ICON).copy()
    if waiting:
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(ICON * 0.3, 0, ICON * 0.7, ICON * 0.6)
        draw_round(painter, place, look.color("bad"), place.height() / 2)
        said = str(waiting) if waiting <= MOST_COUNTED else f"{MOST_COUNTED}+"
        font = look.font("body", strong=True)
        font.setPixelSize(round(place.height() * (0.8 if len(said) < 3 else 0.55)))
        painter.setFont(font)
        painter.setPen(look.color("on_accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
        painter.end()
    return QIcon(drawn)
