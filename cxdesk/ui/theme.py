"""Light and dark, from one set of tokens: the palette, the style sheet, the type sizes and the icons."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from cxdesk.domain import Invalid
from cxdesk.settings import bundled

Size = Literal["small", "body", "large", "title"]
THEMES = ("light", "dark")
BUTTON_ICON = QSize(20, 16)

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "window",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Link: "accent",
}


@dataclass(frozen=True)
class Theme:
    """Colours by name, distances in pixels, type sizes in points."""

    name: str
    colors: dict[str, str]
    space: dict[str, int]
    points: dict[str, float]

    def color(self, name: str) -> QColor:
        return QColor(self.colors[name])

    def palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.color(name))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, self.color("muted"))
        return palette

    def style_sheet(self) -> str:
        sheet = (bundled("resources/ui") / "style.qss").read_text(encoding="utf-8")
        return Template(sheet).substitute(self.colors, **self.space, **self.points)


def load_theme(name: str, base_points: float) -> Theme:
    """The theme 'light' or 'dark' for a system font of `base_points`. Raises `Invalid` for another name."""
    if name not in THEMES:
        raise Invalid(f"No theme {name!r}. Choose 'light' or 'dark', or leave it out to follow the system.")
    tokens = read_tokens()
    points = {size: round(base_points * factor, 1) for size, factor in tokens["type"].items()}
    return Theme(name, tokens[name], tokens["space"], points)


def read_tokens() -> dict[str, Any]:
    return tomllib.loads((bundled("resources/ui") / "tokens.toml").read_text(encoding="utf-8"))


class Look(QObject):
    """The theme of the moment. `changed` is sent after it was switched, by a person or by the system."""

    changed = Signal()

    def __init__(self, name: str | None = None, parent: QObject | None = None, *, scale: float = 1.0) -> None:
        """`scale` makes all type larger, for whoever stands before the screen."""
        super().__init__(parent)
        self._scale = scale
        self._base = QFontInfo(QGuiApplication.font())
        self._icons: Path = bundled("resources/ui") / "icons"
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}
        self.chosen = name
        """What a person chose; None: the system's."""
        self.theme = self._load(name or _system_theme())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def switch(self, name: str) -> None:
        if name != self.theme.name:
            self.theme = self._load(name)
            self._drawn.clear()
            self.changed.emit()

    def choose(self, name: str) -> None:
        """Stay with this theme, whatever the system's is."""
        self.chosen = name
        self.switch(name)

    def follow_system(self) -> None:
        """Go by the system's theme from now on, whatever was chosen before."""
        self.chosen = None
        self._follow_system()

    def toggle(self) -> None:
        self.choose("light" if self.theme.name == "dark" else "dark")

    def dress(self, window: QWidget) -> None:
        """Give a window and all in it the colours and sizes of the theme."""
        window.setPalette(self.theme.palette())
        window.setStyleSheet(self.theme.style_sheet())

    def color(self, name: str) -> QColor:
        return self.theme.color(name)

    def font(self, size: Size = "body", *, strong: bool = False) -> QFont:
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(self.theme.points[size])
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def space(self, name: str) -> int:
        return self.theme.space[name]

    def pixmap(self, icon: str, color: str = "muted", size: int = 16) -> QPixmap:
        """An icon of `resources/ui/icons` drawn in a colour of the theme, sharp on every screen."""
        key = (icon, color, size)
        if key not in self._drawn:
            self._drawn[key] = self._draw(*key)
        return self._drawn[key]

    def icon(self, name: str, color: str = "muted") -> QIcon:
        return QIcon(self.pixmap(name, color))

    def button_icon(self, name: str, color: str = "muted") -> QIcon:
        """An icon with some air at its right, where a button's word begins."""
        drawn = self.pixmap(name, color)
        ratio = drawn.devicePixelRatio()
        airy = QPixmap(BUTTON_ICON * ratio)
        airy.fill(Qt.GlobalColor.transparent)
        airy.setDevicePixelRatio(ratio)
        painter = QPainter(airy)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return QIcon(airy)

    def _draw(self, icon: str, color: str, size: int) -> QPixmap:
        drawing = (self._icons / f"{icon}.svg").read_bytes().replace(b"currentColor", self.theme.colors[color].encode())
        # Lines stay as thin in a large icon as they are beside a word.
        drawing = drawing.replace(b'stroke-width="1.4"', b'stroke-width="%.2f"' % max(0.7, 1.4 * min(1, 20 / size)))
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing)).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _follow_system(self) -> None:
        if self.chosen is None:
            self.switch(_system_theme())

    def _load(self, name: str) -> Theme:
        return load_theme(name, self._base.pointSizeF() * self._scale)


def _system_theme() -> str:
    return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
