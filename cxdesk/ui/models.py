"""One list model for every list of the window: rows are frozen values, changed in place, never reset under a reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Value = TypeVar("Value")
Index = QModelIndex | QPersistentModelIndex


class Roles(IntEnum):
    """`value` is the row itself."""

    value = Qt.ItemDataRole.UserRole


class ValueList(QAbstractListModel, Generic[Value]):
    """A list of values, each known by `key` and read aloud as `text`."""

    def __init__(
        self,
        key: Callable[[Value], object],
        text: Callable[[Value], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._text = text
        self._values: list[Value] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._values)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self._values[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(value)
            case Roles.value:
                return value
            case _:
                return None

    def values(self) -> tuple[Value, ...]:
        return tuple(self._values)

    def row_of(self, key: object) -> int | None:
        return next((row for row, value in enumerate(self._values) if self._key(value) == key), None)

    def show(self, values: Sequence[Value]) -> None:
        """Become `values`, by as few removals, moves, insertions and changes as keep selections where they were."""
        wanted = {self._key(value) for value in values}
        for row in reversed(range(len(self._values))):
            if self._key(self._values[row]) not in wanted:
                self._remove(row)
        there = {self._key(value) for value in self._values}
        for row, value in enumerate(values):
            self._put(row, value, is_there=self._key(value) in there)

    def refresh(self) -> None:
        """Have every row drawn again, since words such as '2 min' have aged."""
        if self._values:
            self.dataChanged.emit(self.index(0), self.index(len(self._values) - 1))

    def _put(self, row: int, value: Value, *, is_there: bool) -> None:
        if not is_there:
            self.beginInsertRows(QModelIndex(), row, row)
            self._values.insert(row, value)
            self.endInsertRows()
            return
        at = next(at for at in range(row, len(self._values)) if self._key(self._values[at]) == self._key(value))
        if at != row:
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), row)
            self._values.insert(row, self._values.pop(at))
            self.endMoveRows()
        if self._values[row] != value:
            self._values[row] = value
            self.dataChanged.emit(self.index(row), self.index(row))

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._values[row]
        self.endRemoveRows()
