"""One setting: its control, what it does, its default, where its value comes from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cxdesk.ui import settings_words
from cxdesk.ui.language import tr
from cxdesk.ui.table import ChoiceBox
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, button, restyle, text_label

if TYPE_CHECKING:
    from cxdesk.settings import SettingInfo

_NARROW, _WIDE = 110, 250


class SettingField(QFrame):
    """`edited` whenever a person changed what would be saved."""

    edited = Signal()

    def __init__(self, look: Look, info: SettingInfo, choices: Sequence[str] = ()) -> None:
        """`choices` are offered for a text; another text can be typed all the same."""
        super().__init__()
        self.setObjectName(f"setting.{info.name}")
        self._look = look
        self.info = info
        self.puts_back = False
        """Whether saving gives the setting its default again."""
        self._choices = choices
        self._title = text_label("strong", f"{info.name}Title")
        self._about = text_label("small", f"{info.name}About", wraps=True)
        self._default = text_label("small", f"{info.name}Default", wraps=True)
        self._problem = text_label("small", f"{info.name}Problem", wraps=True)
        self._mark = Badge(f"{info.name}Mark")
        self.put_back_button = button(tr("Put back"), f"{info.name}PutBack", self.put_back, quiet=True)
        self.control = self._make_control()
        self.control.setObjectName(f"{info.name}Control")
        self.control.setAccessibleName(settings_words.title(info.name))
        self.control.setAccessibleDescription(tr(info.description))
        self._lay_out()
        self.discard()

    # ------------------------------------------------------------ what holds, what is wanted

    def show_info(self, info: SettingInfo) -> None:
        """Show what holds now; what a person has typed and not saved stays."""
        keeps = self.is_changed
        self.info = info
        if not keeps:
            self.discard()
        self._tell()

    @property
    def is_changed(self) -> bool:
        return self.puts_back or self.wanted() != self._held()

    def wanted(self) -> Any:
        """What the control says, as it would be saved."""
        control = self.control
        if isinstance(control, QCheckBox):
            return control.isChecked()
        if isinstance(control, QComboBox):
            return control.currentText().strip() if control.isEditable() else control.currentData()
        return control.text().strip()

    def set_wanted(self, wanted: Any) -> None:
        """As if a person had chosen it."""
        self.puts_back = False
        self._show(wanted)
        self._changed()

    def put_back(self) -> None:
        """Want the default again; saving does it."""
        self._show("" if self.info.secret else _plain(self.info.default))
        self.puts_back = self.info.source == "file"
        self._changed()

    def discard(self) -> None:
        """Want what holds."""
        self.puts_back = False
        self._show(self._held())
        self.say_problem("")
        self._tell()

    def say_problem(self, told: str) -> None:
        self._problem.setText(told)
        self._problem.setVisible(bool(told))
        restyle(self.control, faulty=bool(told))

    def problem(self) -> str:
        return self._problem.text()

    # ------------------------------------------------------------ inside

    def _held(self) -> Any:
        return "" if self.info.secret else _plain(self.info.value)

    def _show(self, wanted: Any) -> None:
        control = self.control
        with QSignalBlocker(control):
            if isinstance(control, QCheckBox):
                control.setChecked(bool(wanted))
                control.setText(_switched(on=bool(wanted)))
            elif isinstance(control, QComboBox):
                control.setCurrentText(str(wanted)) if control.isEditable() else control.setCurrentIndex(
                    control.findData(wanted)
                )
            else:
                control.setText(str(wanted))

    def _person_changed(self) -> None:
        self.puts_back = False
        self._changed()

    def _changed(self) -> None:
        if isinstance(self.control, QCheckBox):
            self.control.setText(_switched(on=self.control.isChecked()))
        self.say_problem("")
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        info = self.info
        fixed = info.source == "environment"
        self.control.setEnabled(not fixed)
        self._default.setText(settings_words.origin(info) or settings_words.default(info))
        is_default = info.source == "default" and not self.is_changed
        self.put_back_button.setVisible(not fixed and not is_default and not self.puts_back)
        default = settings_words.default_value(info)
        self.put_back_button.setToolTip(tr("Give it its default again: {value}", value=default))
        title = settings_words.title(info.name)
        self.put_back_button.setAccessibleName(tr("Put back {setting}", setting=title))
        if isinstance(self.control, QLineEdit) and info.secret:
            self.control.setPlaceholderText(tr("One is kept; type to replace it") if info.value else tr("None"))
        self._mark.say(self._state())

    def _state(self) -> Label | None:
        if self.is_changed:
            return Label(tr("back to default") if self.puts_back else tr("changed"), "warn")
        if self.info.source == "environment":
            return Label(tr("from the environment"), "accent")
        return None

    def _make_control(self) -> QCheckBox | QComboBox | QLineEdit:
        info = self.info
        if info.kind == "switch":
            switch = Switch(self._look)
            switch.toggled.connect(lambda _: self._person_changed())
            return switch
        if info.kind == "choice" or self._choices:
            box = ChoiceBox(self._look, "", "")
            box.setEditable(info.kind != "choice")
            for choice in info.choices or self._choices:
                box.addItem(tr(choice) if info.choices else choice, choice)
            box.setMinimumWidth(_WIDE if box.isEditable() else _NARROW + 40)
            box.currentTextChanged.connect(lambda _: self._person_changed())
            return box
        field = QLineEdit()
        field.setFixedWidth(_NARROW) if info.kind == "number" else field.setMinimumWidth(_WIDE)
        if info.secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.textEdited.connect(lambda _: self._person_changed())
        return field

    def _lay_out(self) -> None:
        near, tight = self._look.space("near"), self._look.space("tight")
        self._title.setText(settings_words.title(self.info.name))
        restart = [tr("It holds from the next start.")] if self.info.restart else []
        self._about.setText(" ".join([tr(self.info.description), *restart]))
        self._problem.setProperty("tone", "bad")
        self._problem.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, near, 0, near)
        grid.setHorizontalSpacing(self._look.space("far"))
        grid.setVerticalSpacing(tight)
        grid.setColumnStretch(0, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(near)
        head.addWidget(self._title)
        head.addWidget(self._mark)
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(self._about)
        words.addWidget(self._default)
        words.addWidget(self._problem)
        grid.addLayout(words, 0, 0)
        side = QWidget()
        side.setFixedWidth(_WIDE + 90)
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(near)
        row.addWidget(self.control)
        row.addWidget(self.put_back_button)
        row.addStretch(1)
        grid.addWidget(side, 0, 1, Qt.AlignmentFlag.AlignTop)


class Switch(QCheckBox):
    """A check box drawn as a switch, with its word beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(90, 26)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(4, (self.height() - 18) / 2, 34, 18)
        is_live = self.isEnabled() and self.isChecked()
        painter.setPen(QPen(look.color("accent" if self.hasFocus() or is_live else "line"), 1.5))
        painter.setBrush(look.color("accent" if is_live else "sunken"))
        painter.drawRoundedRect(groove, 9, 9)
        knob = QRectF(groove.right() - 16 if self.isChecked() else groove.left() + 2, groove.top() + 2, 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("on_accent" if is_live else "muted"))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 1.2))
            painter.drawRoundedRect(groove.adjusted(-3, -3, 3, 3), 12, 12)
        word = self.rect().adjusted(int(groove.right()) + look.space("near"), 0, 0, 0)
        painter.setPen(look.color("text" if self.isEnabled() else "muted"))
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


def _switched(*, on: bool) -> str:
    return tr("On") if on else tr("Off")


def _plain(held: Any) -> Any:
    """A value as its control holds it."""
    return held if isinstance(held, bool) else settings_words.value(held)
