"""Reads a stream on a thread of its own, so that whoever waits for it can stop waiting at once."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from threading import Event

# How often a waiting reader looks whether it was cancelled.
LOOK_S = 0.05


def on_a_thread(pieces: Generator[str], cancel: Event | None) -> Iterator[str]:
    """The same pieces; ends without an error once `cancel` is set, even while none comes.

    `pieces` is then closed on its thread, as soon as it gives a sign. Its exceptions are raised here.
    """
    feed: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
    left = Event()

    def read() -> None:
        try:
            with closing(pieces):
                for piece in pieces:
                    feed.put(piece)
                    if left.is_set():
                        return
            feed.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where the stream is read
            feed.put(error)

    threading.Thread(target=read, name="stream", daemon=True).start()
    try:
        while not (cancel and cancel.is_set()):
            try:
                piece = feed.get(timeout=LOOK_S)
            except queue.Empty:
                continue
            if isinstance(piece, BaseException):
                raise piece
            if piece is None:
                return
            yield piece
    finally:
        left.set()
