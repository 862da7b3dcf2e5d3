"""One window for each data directory: a second start rings at the first, which comes to the front.

Whoever holds the lock file listens; the system lets go of it when its holder dies, however that dies. Both are
named by the directory, and only this user can reach the socket. Who can't be reached this way meets the database's own
lock, which is the last line.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

# The first window answers as soon as its thread is free. One that doesn't is stuck, and can't be brought forward.
PATIENCE_MS = 3000
ANSWER = b"here"


class Bell(QObject):
    """The bell of one kind of window of a data directory. `rung`: somebody started the program again."""

    rung = Signal()

    def __init__(self, data_dir: Path, window: str = "desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(data_dir, window)
        self._lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # held for as long as the window is open
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def hang(self) -> bool:
        """Answer for this directory from now on. False: another process does, or this user can't."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)  # left behind by a process that died
        return self._server.listen(self._name)

    def ring(self) -> bool:
        """Have the window that is open on this directory come to the front; whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(PATIENCE_MS) and socket.waitForReadyRead(PATIENCE_MS)
        return answered and socket.readAll().data() == ANSWER

    def take_down(self) -> None:
        """The window is closed: the next start opens one of its own."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.write(ANSWER)
            caller.disconnectFromServer()
            self.rung.emit()


def _name(data_dir: Path, window: str) -> str:
    """By directory and user: two people may each have a desk of the same name on one PC."""
    said = "\0".join((str(Path.home()), str(data_dir.resolve()), window))
    return f"cxdesk-{hashlib.sha256(said.encode()).hexdigest()[:24]}"
