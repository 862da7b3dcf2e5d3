"""Where a person was, what they were writing, and how they like their window: kept in the data directory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings

from cxdesk.domain import UNSENT_FILE

FILE = "window.ini"
UNSAVED = "unsaved"
"""The value of a group that holds what a person was writing."""
Place = Mapping[str, object]
Item = TypeVar("Item")


class Places:
    """Values by group and name. What can't be read or written is done without: it is a comfort only."""

    def __init__(self, data_dir: Path) -> None:
        self._settings = QSettings(str(data_dir / FILE), QSettings.Format.IniFormat)
        # Apart, since deleting a customer's data deletes this file whole.
        self._unsaved = QSettings(str(data_dir / UNSENT_FILE), QSettings.Format.IniFormat)

    def keep(self, group: str, place: Place) -> None:
        for name, value in place.items():
            if name != UNSAVED:
                self._settings.setValue(f"{group}/{name}", value)
        self.keep_unsaved({group: place})

    def keep_unsaved(self, places: Mapping[str, Place]) -> None:
        """Write what a person is writing, if it is something else than what is kept."""
        self._unsaved.sync()  # the file is gone when a customer's data were deleted
        for group, place in places.items():
            value = place.get(UNSAVED) or ""
            if value != (self._unsaved.value(group) or ""):
                self._unsaved.setValue(group, value) if value else self._unsaved.remove(group)
        self._unsaved.sync()

    def kept(self, group: str) -> dict[str, object]:
        self._settings.beginGroup(group)
        found = {name: self._settings.value(name) for name in self._settings.childKeys()}
        self._settings.endGroup()
        return found

    def take(self, group: str) -> dict[str, object]:
        """What is kept in this group, with what a person was writing."""
        self._unsaved.sync()
        return self.kept(group) | {UNSAVED: self._unsaved.value(group)}

    def write(self) -> None:
        self._settings.sync()
        self._unsaved.sync()


def as_json(unsaved: Mapping[str, Any]) -> str:
    """What a person was writing, to be kept; nothing where there is none."""
    return json.dumps(unsaved) if any(unsaved.values()) else ""


def from_json(kept: object) -> dict[str, Any]:
    """What a person was writing, as it was kept; nothing where it can't be read."""
    try:
        found = json.loads(str(kept or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def edits_in(kept: object, make: Callable[[dict[str, Any]], Item]) -> Iterator[Item]:
    """The 'edits' among what a person was writing, each made anew; those that another version wrote are left out."""
    for each in from_json(kept).get("edits", ()):
        try:
            yield make(each)
        except (TypeError, KeyError, ValueError):
            continue
