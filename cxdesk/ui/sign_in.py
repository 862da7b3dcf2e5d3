"""The door of the window: who may come in, when it locks, and what a role doesn't see.

A locked window keeps everything and shows nothing of it: pages, dialogs and what was being written stay as they were
behind the sign-in page. What hides here is refused below as well; hiding only spares a person the refusal.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from cxdesk.domain import now
from cxdesk.ui.language import plural, tr
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import Notice, button, text_label
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.access import Right
    from cxdesk.desk import Desk

LOCK_KEYS = "Ctrl+Shift+L"
CARD_WIDTH = 380
_ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
COUNTER = "counter"
"""The property of a window that customers use."""


def may(desk: Desk | None, right: Right | None) -> bool:
    """Whether the person at this desk may do what needs `right`, so that it is worth showing. None needs none."""
    return right is None or (desk is not None and desk.access.may(right))


def enter(desk: Desk) -> Desk:
    """Lock a desk that has accounts, unless somebody was named when it was opened. Not for the window's thread."""
    if desk.access.person is None and not desk.accounts.is_empty():
        desk.accounts.sign_out()
    return desk


def password_field(name: str, accessible: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase)
    return made


def labelled(title: str, control: QWidget, look: Look) -> QVBoxLayout:
    """A control under its name."""
    column = QVBoxLayout()
    column.setSpacing(look.space("tight"))
    label = text_label("section")
    label.setText(title)
    label.setBuddy(control)
    column.addWidget(label)
    column.addWidget(control)
    return column


class SignInPage(QWidget):
    """Name and password. `asked` carries both; whoever hears it answers with `refuse` or `clear`."""

    asked = Signal(str, str)

    def __init__(self, look: Look, clock: Callable[[], datetime] = now) -> None:
        super().__init__()
        self.setObjectName("signIn")
        self._look = look
        self._clock = clock
        self._until: datetime | None = None
        self.name = QLineEdit()
        self.name.setObjectName("signInName")
        self.name.setAccessibleName(tr("Name"))
        self.password = password_field("signInPassword", tr("Password"))
        self.notice = Notice(look)
        self.act = button(tr("Sign in"), "signInAct", self._ask, hint=tr("Sign in (Enter)"), primary=True)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = text_label("title", "signInTitle", wraps=True)
        self._text = text_label("", "signInText", wraps=True)
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(self.tick)
        for field in (self.name, self.password):
            field.returnPressed.connect(self._ask)
        self._lay_out()
        self._follow_look()
        look.changed.connect(self._follow_look)

    def welcome(self, shop: str, *, locked_by: str | None = None) -> None:
        """Ask who is there; `locked_by` is who was, and their name stands there already."""
        self._title.setText(shop)
        self._text.setText(
            tr("Locked. {name}'s work is kept as it was.", name=locked_by)
            if locked_by
            else tr("Sign in to answer customers.")
        )
        self.clear()
        if locked_by:
            self.name.setText(locked_by)
        self._focus()

    def refuse(self, sentence: str, until: datetime | None = None) -> None:
        """Say why nobody came in; no further try is made before `until`, which is counted down."""
        self.password.clear()
        self._until = until
        self.notice.say(sentence)
        self._ticks.start()
        self.tick()
        self._focus()

    def wait(self) -> None:
        """Nothing can be asked until `clear` or `refuse`."""
        self.act.setEnabled(False)

    def clear(self) -> None:
        """Forget what was typed."""
        self.name.clear()
        self.password.clear()
        self.notice.hide()
        self._until = None
        self.tick()

    def tick(self) -> None:
        """Count down."""
        left = math.ceil((self._until - self._clock()).total_seconds()) if self._until else 0
        self.act.setEnabled(left <= 0)
        self.act.setText(plural("Wait {n} second", "Wait {n} seconds", left) if left > 0 else tr("Sign in"))
        if left <= 0 and self._until:
            self.notice.hide()  # it speaks of a wait that is over
            self._until = None
        if left <= 0:
            self._ticks.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus()

    def _focus(self) -> None:
        (self.password if self.name.text() else self.name).setFocus()

    def _ask(self) -> None:
        if not self.act.isEnabled():
            return
        if not (self.name.text().strip() and self.password.text()):
            self._focus()
            return
        self.notice.hide()
        self.wait()
        self.asked.emit(self.name.text(), self.password.text())

    def _follow_look(self) -> None:
        self._icon.setPixmap(self._look.pixmap("lock", "accent", 32))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(CARD_WIDTH)
        far, apart = self._look.space("far"), self._look.space("apart")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(far + apart, far + apart, far + apart, far + apart)
        inside.setSpacing(apart)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setProperty("tone", "quiet")
        for part in (self._icon, self._title, self._text, self.notice):
            inside.addWidget(part)
        inside.addLayout(labelled(tr("Name"), self.name, self._look))
        inside.addLayout(labelled(tr("Password"), self.password, self._look))
        inside.addSpacing(self._look.space("tight"))
        inside.addWidget(self.act)
        column = QVBoxLayout(self)
        row = QHBoxLayout()  # not an alignment, by which the card would not grow with its sentence
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)


class IdleWatch(QObject):
    """`idle` is sent when nobody has touched one side's windows for `minutes()`; 0 minutes: never.

    The sides are the staff's, and the customers' at the counter: what one does is no sign that the other is there.
    """

    idle = Signal()

    def __init__(self, minutes: Callable[[], float], parent: QObject, *, at_counter: bool = False) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._at_counter = at_counter
        self._watched: QWindow | None = None
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.idle)
        # The windows' own events, not the application's: those would all pass through Python.
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.follow)

    def touch(self) -> None:
        """Somebody is there."""
        minutes = self._minutes()
        if minutes > 0:
            self.timer.start(int(minutes * 60_000))
        else:
            self.timer.stop()

    def follow(self, window: QWindow | None) -> None:
        """Watch this window from now on if it is of this side."""
        if self._watched is not None and isValid(self._watched):  # a closed dialog's window is gone by now
            self._watched.removeEventFilter(self)
        self._watched = None
        # PySide may hand over what it knew under the address of a window that is gone; the next focus is heard again.
        with suppress(RuntimeError):
            if window is not None and _is_at_counter(window) is self._at_counter:
                window.installEventFilter(self)
                self._watched = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY and self.timer.isActive():
            self.touch()
        return False


class Door(QObject):
    """Lets people in and locks behind them. `entered`: somebody is in; `locked`: the page is to be in front."""

    entered = Signal()
    locked = Signal()

    def __init__(self, look: Look, work: Work, window: QWidget, clock: Callable[[], datetime] = now) -> None:
        super().__init__(window)
        self._work = work
        self._window = window
        self._desk: Desk | None = None
        self._hidden: list[QWidget] = []
        self._locked_by: str | None = None
        self.is_locked = False
        self.page = SignInPage(look, clock)
        self.page.asked.connect(self._sign_in)
        self.watch = IdleWatch(lambda: self._desk.settings.lock_after_min if self._desk else 0, self)
        self.watch.idle.connect(self.lock)

    def take(self, desk: Desk) -> bool:
        """Guard this desk; whether somebody must sign in first."""
        self._desk = desk
        if desk.access.is_locked:
            self._show_page(None)
        elif desk.access.person:
            self.watch.touch()
        return self.is_locked

    def begin(self) -> None:
        """The first account was made while the window is open: from now on it locks."""
        self.watch.touch()

    def lock(self) -> None:
        """Show nothing from now on. Nothing without somebody signed in.

        The desk itself is locked by `lock_desk`, once what was under way has been done in that person's name.
        """
        desk = self._desk
        if desk is None or desk.access.person is None or self.is_locked:
            return
        self._show_page(desk.access.person.name)
        self.page.wait()

    def lock_desk(self) -> None:
        """Have the desk refuse everything, and only then let somebody sign in."""
        desk = self._desk
        assert desk is not None, "only a desk that was taken is locked"
        self._work.run(desk.accounts.sign_out, lambda _: self.page.tick(), self._could_not_lock)

    def _could_not_lock(self, error: Exception) -> None:
        self._tell(error)
        self._open_up()

    def _show_page(self, locked_by: str | None) -> None:
        assert self._desk is not None
        self.is_locked = True
        self._locked_by = locked_by
        self.watch.timer.stop()
        self._hide_windows()
        self.page.welcome(self._desk.settings.shop_name, locked_by=locked_by)
        self.locked.emit()

    def _sign_in(self, name: str, password: str) -> None:
        desk = self._desk
        assert desk is not None
        self._work.run(lambda: desk.accounts.sign_in(name, password), lambda _: self._open_up(), self._tell)

    def _open_up(self) -> None:
        self.is_locked = False
        self.page.clear()
        self.watch.touch()
        self.entered.emit()
        is_back = self._desk is not None and self._desk.access.name == self._locked_by
        for hidden in self._hidden:
            # Somebody else has no business in what was opened by the rights of another.
            hidden.show() if is_back else hidden.close()
        self._hidden = []

    def _tell(self, error: Exception) -> None:
        # The button counts the time down; a sentence with it would be wrong a second later.
        self.page.refuse(getattr(error, "why", explain(error)), getattr(error, "until", None))

    def _hide_windows(self) -> None:
        """Dialogs and what else belongs to the window would go on showing what they show."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        ours = [
            top for top in QApplication.topLevelWidgets() if top is not self._window and _owner(top) is self._window
        ]
        self._hidden = [top for top in ours if top.isVisible()]
        for top in self._hidden:
            top.hide()


def _is_at_counter(window: QWindow) -> bool:
    """Whether a window, or the one that a dialog is over, is the customers'."""
    while (parent := window.transientParent()) is not None:
        window = parent
    return bool(window.property(COUNTER))


def _owner(top: QWidget) -> QWidget:
    """The window that a dialog, or a dialog's dialog, belongs to."""
    while (parent := top.parentWidget()) is not None:
        top = parent.window()
    return top
