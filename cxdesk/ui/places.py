"""Where a person was and how they like their window: kept between starts, in the data directory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSettings

FILE = "window.ini"
Place = Mapping[str, object]


class Places:
    """Values by group and name. What can't be read or written is done without: it is a comfort only."""

    def __init__(self, data_dir: Path) -> None:
        self._settings = QSettings(str(data_dir / FILE), QSettings.Format.IniFormat)

    def keep(self, group: str, place: Place) -> None:
        self._settings.beginGroup(group)
        for name, value in place.items():
            self._settings.setValue(name, value)
        self._settings.endGroup()

    def kept(self, group: str) -> dict[str, object]:
        self._settings.beginGroup(group)
        found = {name: self._settings.value(name) for name in self._settings.childKeys()}
        self._settings.endGroup()
        return found

    def write(self) -> None:
        self._settings.sync()
