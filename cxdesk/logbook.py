"""The log of a desk: a file of its own in the data directory, small, and without a word of any customer.

Texts of exceptions may quote what was being read, so of an exception only its kind and its place are written.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG = "cxdesk.log"
"""The log's name in a data directory; older lines are in 'cxdesk.log.1'."""
MOST_BYTES = 1_000_000

_ROOT = "cxdesk"
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# So much of the file's end holds more lines than anyone reads.
_TAIL_BYTES = 65_536

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Formatter(logging.Formatter):
    def formatException(self, ei: _Raised) -> str:
        kind, _, place = ei
        return "" if kind is None else f"{kind.__name__}\n{''.join(traceback.format_tb(place))}".rstrip()


def keep_log(folder: Path) -> logging.Handler:
    """Write what the program logs from now on into the folder's log, until `end_log`. The file comes with a line."""
    handler = RotatingFileHandler(folder / LOG, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(_Formatter(_LINE))
    handler.setLevel(logging.INFO)
    logger = logging.getLogger(_ROOT)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return handler


def end_log(handler: logging.Handler) -> None:
    """Write no more into this log, and let go of its file. Twice is no error."""
    logging.getLogger(_ROOT).removeHandler(handler)
    handler.close()


def tail(folder: Path, lines: int) -> tuple[str, ...]:
    """The log's last lines, oldest first; none where nothing was logged. Raises `OSError` where it can't be read."""
    path = folder / LOG
    if not path.exists():
        return ()
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        found = file.read().decode("utf-8", "replace").splitlines()
    return tuple(found[1 if size > _TAIL_BYTES else 0 :][-lines:])
