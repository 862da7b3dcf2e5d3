"""What the person at the desk may not do stays out of sight.

It only spares them a refusal: the desk asks for the right all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from cxdesk.access import Right


class Rights(QObject):
    """Keeps controls hidden from whoever lacks their right, whatever else would show them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._may: Callable[[Right], bool] = lambda _: True
        self._hidden: dict[QWidget, Right] = {}
        self._locked: dict[QWidget, Right] = {}
        self._held_back: set[QWidget] = set()

    def ask(self, may: Callable[[Right], bool]) -> None:
        """Whether the person at the desk has a right is asked here from now on."""
        self._may = may
        self.follow()

    def may(self, right: Right | None) -> bool:
        return right is None or self._may(right)

    def hide(self, right: Right, *controls: QWidget) -> None:
        """Show these only to whoever has this right."""
        for control in controls:
            self._hidden[control] = right
            control.installEventFilter(self)

    def lock(self, right: Right, *controls: QWidget) -> None:
        """Show these to all, since they say something too; only whoever has this right can use them."""
        self._locked |= dict.fromkeys(controls, right)

    def follow(self) -> None:
        """Somebody else may be at the desk, or what their role may do has changed."""
        for control, right in self._hidden.items():
            if not self._may(right):
                if not control.isHidden():
                    self._hold_back(control)
            elif control in self._held_back:
                self._held_back.discard(control)
                control.show()
        for control, right in self._locked.items():
            control.setEnabled(self._may(right))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShowToParent
            and isinstance(watched, QWidget)
            and not self._may(self._hidden[watched])
        ):
            self._hold_back(watched)
        return False

    def _hold_back(self, control: QWidget) -> None:
        control.hide()
        self._held_back.add(control)
