"""A row of widgets that goes on in the next line where it is too narrow for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets at their own size, in reading order, in as many lines as the width asks for. Hidden ones take no room."""

    def __init__(self, spacing: int, widgets: Iterable[QWidget] = ()) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        places = self._places(width - around.left() - around.right())
        return max((place.bottom() + 1 for _, place in places), default=0) + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(len(sizes) - 1, 0)
        whole = QSize(sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0))
        return whole.grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The widest widget alone."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least.grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        for item, place in self._places(inner.width()):
            item.setGeometry(_mirrored(place, inner.width()).translated(inner.topLeft()))

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        placed: list[tuple[QLayoutItem, QRect]] = []
        at, line_height = QPoint(0, 0), 0
        for item in self._shown():
            size = item.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at, line_height = QPoint(0, at.y() + line_height + self.spacing()), 0
            placed.append((item, QRect(at, QSize(min(size.width(), width), size.height()))))
            at.setX(at.x() + size.width() + self.spacing())
            line_height = max(line_height, size.height())
        return placed

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


def _mirrored(place: QRect, width: int) -> QRect:
    """The place seen from the side where reading begins."""
    if QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight:
        return place
    return QRect(QPoint(width - place.right() - 1, place.top()), place.size())
