"""The window that staff work in. Thin over the desk: nothing outside this room imports Qt.

`app` opens it, `window` puts the parts together, `reading` turns the desk's records into the values of
`views` on a worker thread, and the other modules show those values. Words are made in `words`.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it puts the hook in place that is taken out below

# PySide reads the source of every module that is imported after it, to see whether that uses its `__feature__`s,
# and `linecache` keeps them all. This program uses none, so Python's own import comes back. PYSIDE-2029.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
