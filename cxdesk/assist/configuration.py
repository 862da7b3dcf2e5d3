"""What the owner may choose, and an admin on their behalf: the settings, and the shop's own files of rules.

Everything is checked as a whole before anything is written, holds at once where it can, and leaves an audit row. A
file of the shop's stands in the place of the one that comes with the program; put back, it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from cxdesk.access import Access, Right
from cxdesk.domain import Invalid, Unavailable
from cxdesk.settings import (
    SETTINGS_FILE,
    SettingInfo,
    Settings,
    bundled,
    change_settings,
    describe_settings,
    undone_on_failure,
    write_whole,
)
from cxdesk.store import Store


class InvalidFile(Invalid):
    """A text that can't be the shop's own file. `problems` says why, one sentence each."""

    def __init__(self, message: str, problems: Iterable[str]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True)
class OwnFile:
    """A file that a shop may replace. `problems` says why a text can't be used; whoever changes it needs `right`."""

    name: str
    what: str
    problems: Callable[[str], list[str]]
    right: Right = "rules"


class Configuration:
    """Shows and changes how the desk of a data directory works.

    `current` gives the settings in force, `apply` takes those that now hold; `reload` is called when a file changed.
    """

    def __init__(
        self,
        data_dir: Path,
        store: Store,
        access: Access,
        files: Iterable[OwnFile],
        *,
        current: Callable[[], Settings],
        apply: Callable[[Settings], None],
        reload: Callable[[], None],
    ) -> None:
        self._data_dir = data_dir
        self._store = store
        self._access = access
        self._files = {file.name: file for file in files}
        self._current = current
        self._apply = apply
        self._reload = reload
        self._changing = Lock()

    # ------------------------------------------------------------ settings

    def describe(self) -> list[SettingInfo]:
        """Every setting with its value now, by group. Raises `InvalidSettings` for a file that can't be used."""
        return describe_settings(self._data_dir)

    def save(self, changes: Mapping[str, Any], put_back: Iterable[str] = ()) -> Settings:
        """Change settings and give those of `put_back` their defaults again, all or none.

        Raises `InvalidSettings` with the problems of each by its name.
        """
        return self._change("settings.save", changes, put_back)

    def put_back(self, names: Iterable[str]) -> Settings:
        """Give settings their defaults again. Raises `InvalidSettings` as above."""
        return self._change("settings.put_back", {}, names)

    def _change(self, what: str, changes: Mapping[str, Any], put_back: Iterable[str]) -> Settings:
        self._access.need("settings")
        with self._changing:
            before = self._current()
            with undone_on_failure(self._data_dir / SETTINGS_FILE):
                settings = change_settings(self._data_dir, changes, put_back)
                self._note(what, _differences(before, settings))
            self._apply(settings)
        return settings

    # ------------------------------------------------------------ the shop's files

    def files(self) -> list[OwnFile]:
        """The files that a shop may replace."""
        return list(self._files.values())

    def is_own(self, name: str) -> bool:
        """Whether the shop has a file of its own in the place of the bundled one."""
        return self._own(name).exists()

    def text(self, name: str) -> str:
        """The text that holds now: the shop's own, else the bundled one. Raises `Unavailable` if it can't be read."""
        own = self._own(name)
        file = own if own.exists() else bundled(f"resources/{name}")
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise Unavailable(f"The file {str(file)!r} can't be read: {error}. Mend it, or put it back.") from error

    def check(self, name: str, text: str) -> list[str]:
        """Why a text can't be this file, one sentence each; empty when it can."""
        return self._file(name).problems(text)

    def save_text(self, name: str, text: str) -> None:
        """Make the text the shop's own file. Raises `InvalidFile` with every problem, and changes nothing then."""
        self._access.need(self._file(name).right)
        if problems := self.check(name, text):
            raise InvalidFile(
                f"This can't be {name!r}: {'; '.join(problems)}. Mend that, then save it again.", problems
            )
        own = self._own(name)
        with undone_on_failure(own):
            write_whole(own, text)
            self._note("rules.save", {"file": name})
        self._reload()

    def put_back_text(self, name: str) -> None:
        """Take the shop's own file away, so that the bundled one holds again."""
        self._access.need(self._file(name).right)
        own = self._own(name)
        with undone_on_failure(own):
            try:
                own.unlink(missing_ok=True)
            except OSError as error:
                told = f"The file {str(own)!r} can't be removed: {error.strerror}. Mend that first."
                raise Unavailable(told) from error
            self._note("rules.put_back", {"file": name})
        self._reload()

    def _note(self, what: str, told: dict[str, Any]) -> None:
        self._store.audit.note(what, told, role=self._access.role, by=self._access.name)

    def _own(self, name: str) -> Path:
        return self._data_dir / self._file(name).name

    def _file(self, name: str) -> OwnFile:
        if name not in self._files:
            raise Invalid(f"There is no file {name!r} to change. Use one of {', '.join(self._files)}.")
        return self._files[name]


def _differences(before: Settings, after: Settings) -> dict[str, dict[str, Any]]:
    """What changed, by setting; of a secret that it did, since it is dumped as stars."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    changed = [name for name in Settings.model_fields if getattr(before, name) != getattr(after, name)]
    return {name: {"before": old[name], "after": new[name]} for name in changed}
