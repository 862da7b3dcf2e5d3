"""What the owner may choose, in groups made from the settings' own descriptions, and the shop's own files as texts.

All changes of settings are saved together, all or none; every problem stands at its field. What is changed and not
saved waits while the page is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cxdesk.domain import Stopped
from cxdesk.ui import settings_words, words
from cxdesk.ui.knowledge_widgets import surface
from cxdesk.ui.language import mark, plural, tr
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.places import UNSAVED, as_json, from_json
from cxdesk.ui.settings_curve import CurvePanel
from cxdesk.ui.settings_field import SettingField
from cxdesk.ui.settings_file import FileEditor, FileText
from cxdesk.ui.table import FILTER_KEYS, ChoiceBox
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import MessagePage, button, keys, rule, text_label
from cxdesk.ui.work import Work

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain import ReplayCurve
    from cxdesk.settings import SettingInfo

SAVE_KEYS = "Ctrl+S"
# So many past messages are answered anew for autopilot's curve: enough to tell, in a minute or two.
REPLAYED = 300
# A line longer than that leads the eye astray between a setting and its control.
_MOST_WIDTH, _ANY_WIDTH = 900, 16_777_215
AUTOPILOT = "Autopilot"
THIS_PC = mark("This PC")
_THEMES = ((mark("As the system"), None), (mark("Light"), "light"), (mark("Dark"), "dark"))


@dataclass(frozen=True)
class Held:
    """What holds now, as read from the desk."""

    settings: tuple[SettingInfo, ...]
    files: tuple[FileText, ...]
    models: tuple[str, ...]
    data_dir: Path
    models_dir: Path
    may_change: bool


def read_held(desk: Desk) -> Held:
    """Everything that the page shows. Raises `InvalidSettings` for a file of settings that can't be used."""
    configuration, shelf = desk.configuration, desk.models.shelf()
    return Held(
        settings=tuple(configuration.describe()),
        files=tuple(
            FileText(
                file.name, file.what, configuration.text(file.name), configuration.is_own(file.name),
                desk.access.may(file.right),
            )
            for file in configuration.files()
        ),
        models=("auto", "none", *(one.name for one in shelf.models if one.is_here and one.kind == "language")),
        data_dir=desk.data_dir,
        models_dir=shelf.folder,
        may_change=desk.access.may("settings"),
    )  # fmt: skip


class SettingsPage(Page):
    name = "settings"

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__(look, work)
        self.slow = Work(1, self)
        self.held: Held | None = None
        self.fields: dict[str, SettingField] = {}
        self.editors: dict[str, FileEditor] = {}
        self._sections: dict[str, QWidget] = {}
        self._wanted = ""
        self._make_parts()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ the window's side

    @property
    def is_idle(self) -> bool:
        return super().is_idle and self.slow.is_idle

    def refresh(self) -> None:
        self.run(read_held, self._show, self._not_read, key="held")

    def reveal(self, item_id: str) -> None:
        """Show the setting, the file or the group of this name."""
        self._wanted = item_id
        self.search.clear()
        if self.held is not None:
            self._go_to_wanted()

    def commands(self) -> Sequence[Command]:
        return (
            Command(mark("Save the changed settings"), self.save, SAVE_KEYS),
            Command(mark("Discard the changes of settings"), self.discard),
            Command(mark("Search the settings"), self._go_searching, FILTER_KEYS),
            *(Command(_command_of(name), partial(self.reveal, name)) for name in settings_words.FILE_TITLES),
        )

    def place(self) -> Mapping[str, object]:
        is_filled = self.groups.currentRow() >= 0
        return {
            "group": self._group_at(self.groups.currentRow()) if is_filled else self._wanted,
            UNSAVED: as_json({"search": self.search.text()}),
        }

    def return_to(self, place: Mapping[str, object]) -> None:
        self.search.setText(str(from_json(place.get(UNSAVED)).get("search") or ""))
        self._wanted = str(place.get("group") or "")

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        yield self.name, self
        for name, part in (("autopilot", AUTOPILOT), ("rules", "action_rules.toml"), ("pc", THIS_PC)):
            self.reveal(part)
            yield f"settings-{name}", self
        self.groups.setCurrentRow(0)

    def close_down(self) -> None:
        self.curve.strip.cancel()
        self.slow.close()

    # ------------------------------------------------------------ what a person does

    def changes(self) -> dict[str, Any]:
        """What saving would write."""
        return {n: field.wanted() for n, field in self.fields.items() if field.is_changed and not field.puts_back}

    def save(self) -> None:
        """Save all changed settings, or none; then say of each what is wrong."""
        changes = self.changes()
        put_back = [name for name, field in self.fields.items() if field.puts_back]
        if not changes and not put_back:
            return
        self.notice.hide()
        for field in self.fields.values():
            field.say_problem("")
        self.save_button.setEnabled(False)
        self.run(lambda desk: self._save(desk, changes, put_back), self._was_saved, self._not_saved)

    @staticmethod
    def _save(desk: Desk, changes: dict[str, Any], put_back: Sequence[str]) -> Held:
        desk.configuration.save(changes, put_back)
        return read_held(desk)

    def discard(self) -> None:
        """Want what holds, in every setting; texts of files have their own."""
        for field in self.fields.values():
            field.discard()
        self.notice.hide()
        self._tell_unsaved()

    def work_out_curve(self) -> None:
        """Answer past messages anew on a copy of the desk, and show what autopilot would have done."""
        desk = self.desk
        if desk is None or self.curve.strip.is_working:
            return
        at = self.curve.strip.begin(tr("Answering past messages anew"))
        self.curve.work_button.setEnabled(False)

        def work() -> ReplayCurve:
            from cxdesk.ports import stoppable
            from cxdesk.rehearsal import curve_of

            told = tr("Working out the curve was stopped. Nothing was changed.")
            return curve_of(desk, limit=REPLAYED, progress=stoppable(at.note, at.cancel, told))

        def ended() -> None:
            self.curve.strip.end()
            self.curve.work_button.setEnabled(True)

        def succeeded(found: ReplayCurve) -> None:
            ended()
            self.curve.show_curve(found)

        def failed(error: Exception) -> None:
            ended()
            if isinstance(error, Stopped):
                self.done.emit(Done(str(error)))
            else:
                self.tell(error)

        self.slow.run(work, succeeded, failed)

    # ------------------------------------------------------------ settings

    def _show(self, held: Held) -> None:
        is_first, self.held = self.held is None, held
        if is_first:
            self._build(held)
        self._show_groups()
        for info in held.settings:
            self.fields[info.name].show_info(info)
        for file in held.files:
            self.editors[file.name].show_file(file)
        self._tell_unsaved()
        if self._wanted:
            self._go_to_wanted()

    def _not_read(self, error: Exception) -> None:
        """Without a word of what is shown being lost."""
        if self.held is None:
            self._nothing.say(tr("The settings can't be shown"), words.trouble(error))
            self._stages.setCurrentIndex(0)
        self.tell(error, key="held")

    def _was_saved(self, held: Held) -> None:
        saved = sum(field.is_changed for field in self.fields.values())
        waits = [info for info in held.settings if info.restart and self.fields[info.name].is_changed]
        for info in held.settings:
            field = self.fields[info.name]
            field.info = info
            field.discard()
        self._show(held)
        said = plural("{n} setting saved and in force", "{n} settings saved and in force", saved)
        if waits:
            later = ", ".join(settings_words.title(one.name) for one in waits)
            said = tr("{saved}; {settings} from the next start", saved=said, settings=later)
        self.done.emit(Done(said))

    def _not_saved(self, error: Exception) -> None:
        problems: dict[str, str] = getattr(error, "problems", {})
        self._tell_unsaved()
        if not problems:
            self.tell(error)
            return
        for name, told in problems.items():
            if name in self.fields:
                self.fields[name].say_problem(settings_words.problem(self.fields[name].info, told))
        self._mark_groups()
        self.notice.say(settings_words.changed_fields(problems, list(self.fields)))
        first = next((name for name in self.fields if name in problems), None)
        if first is not None:
            self.search.clear()
            self._go_to(self.fields[first].info.group, self.fields[first])

    def _tell_unsaved(self) -> None:
        changed = sum(field.is_changed for field in self.fields.values())
        files = sum(editor.is_changed for editor in self.editors.values())
        told = settings_words.unsaved(changed, files)
        self._unsaved.setText(told)
        self._bar.setVisible(bool(told))
        self.save_button.setEnabled(bool(changed))
        for one in (self.save_button, self.discard_button):  # texts have their own
            one.setVisible(bool(changed))
        self._mark_groups()
        self.counted.emit(changed + files)

    def _mark_groups(self) -> None:
        """A group with something unsaved has a dot, red where something is wrong in it."""
        for at in range(self.groups.count()):
            item, name = self.groups.item(at), self._group_at(at)
            fields = [field for field in self.fields.values() if field.info.group == name]
            editor = self.editors.get(name)
            is_faulty = any(field.problem() for field in fields)
            is_changed = any(field.is_changed for field in fields) or (editor is not None and editor.is_changed)
            title = settings_words.group_title(name)
            item.setText(f"{title}  •" if is_faulty or is_changed else title)
            item.setForeground(self.look.color("bad" if is_faulty else "warn" if is_changed else "text"))

    # ------------------------------------------------------------ files

    def _check_text(self, name: str, text: str) -> None:
        editor = self.editors[name]
        self.run(lambda desk: desk.configuration.check(name, text), editor.show_problems, key=f"check.{name}")

    def _save_text(self, name: str, text: str) -> None:
        def work(desk: Desk) -> FileText:
            desk.configuration.save_text(name, text)
            return _file(read_held(desk), name)

        def failed(error: Exception) -> None:
            problems: Sequence[str] = getattr(error, "problems", ())
            if problems:
                self.editors[name].show_problems(problems)
            else:
                self.tell(error)

        self.run(work, lambda file: self._text_is(name, file), failed)

    def _put_back_text(self, name: str) -> None:
        desk = self.desk
        assert desk is not None
        said = tr("{file}: what comes with the program holds again", file=settings_words.group_title(name))

        def work(desk: Desk) -> tuple[str, FileText]:
            before = desk.configuration.text(name)
            desk.configuration.put_back_text(name)
            return before, _file(read_held(desk), name)

        def succeeded(result: tuple[str, FileText]) -> None:
            before, file = result
            editor = self.editors[name]
            editor.file = file
            editor.text.setPlainText(file.text)
            self._text_is(name, file)
            undo = lambda: desk.configuration.save_text(name, before)  # noqa: E731 - one word for one call
            self.done.emit(Done(said, undo))

        self.run(work, succeeded)

    def _text_is(self, name: str, file: FileText) -> None:
        self.editors[name].was_saved(file)
        self._tell_unsaved()

    # ------------------------------------------------------------ finding

    def _search(self, wanted: str) -> None:
        """Show the settings that are meant, of all groups; without words the chosen group."""
        wanted = " ".join(wanted.split())
        for field in self.fields.values():
            field.setVisible(not wanted or settings_words.fits(field.info, wanted))
        self._show_groups()

    def _show_groups(self) -> None:
        """Those that have what is looked for, and that this person may change."""
        shown = [at for at in range(self.groups.count()) if self._is_wanted(self._group_at(at))]
        for at in range(self.groups.count()):
            self.groups.item(at).setHidden(at not in shown)
        if shown and self.groups.currentRow() not in shown:
            self.groups.setCurrentRow(shown[0])
        self._stages.setCurrentIndex(1 if shown else 0)
        if not shown:
            self._nothing.say(tr("No setting fits"), tr("Look for other words, or press Esc in the search to see all."))

    def _is_wanted(self, group: str) -> bool:
        wanted = " ".join(self.search.text().split())
        own = [field for field in self.fields.values() if field.info.group == group]
        if own and (self.held is None or not self.held.may_change):
            return False
        title = settings_words.group_title(group).casefold()
        return any(settings_words.fits(field.info, wanted) for field in own) or wanted.casefold() in title

    def _go_searching(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted in self.fields:
            self._go_to(self.fields[wanted].info.group, self.fields[wanted])
        elif wanted in self._sections:
            self._go_to(wanted)

    def _go_to(self, group: str, field: SettingField | None = None) -> None:
        row = next((at for at in range(self.groups.count()) if self._group_at(at) == group), 0)
        self.groups.setCurrentRow(row)
        if field is not None:
            section = self._sections[group]
            if isinstance(section, QScrollArea):
                section.ensureWidgetVisible(field)
            field.control.setFocus()

    def _group_at(self, row: int) -> str:
        return str(self.groups.item(row).data(Qt.ItemDataRole.UserRole))

    # ------------------------------------------------------------ putting it together

    def _build(self, held: Held) -> None:
        """Make the groups, once; afterwards they only show other values."""
        for group in dict.fromkeys(info.group for info in held.settings):
            self._add_section(group, self._section(group, [i for i in held.settings if i.group == group]))
        for file in held.files:
            editor = FileEditor(self.look, file)
            editor.checked.connect(self._check_text)
            editor.saved.connect(self._save_text)
            editor.put_back.connect(self._put_back_text)
            editor.edited.connect(self._tell_unsaved)
            self.editors[file.name] = editor
            self._add_section(file.name, self._padded(settings_words.group_title(file.name), editor))
        self._add_section(THIS_PC, self._this_pc(held))
        self.groups.setCurrentRow(0)

    def _add_section(self, name: str, section: QWidget) -> None:
        item = QListWidgetItem(settings_words.group_title(name))
        item.setData(Qt.ItemDataRole.UserRole, name)
        self.groups.addItem(item)
        self._sections[name] = section
        self._pages.addWidget(section)

    def _section(self, group: str, infos: Sequence[SettingInfo]) -> QScrollArea:
        body, column = self._body(settings_words.group_title(group))
        for info in infos:
            field = SettingField(self.look, info, self._choices(info.name))
            field.edited.connect(self._tell_unsaved)
            self.fields[info.name] = field
            column.addWidget(field)
            column.addWidget(rule())
        if group == AUTOPILOT:
            column.addWidget(self.curve)
        column.addStretch(1)
        return _scrolling(body)

    def _choices(self, name: str) -> Sequence[str]:
        return self.held.models if name == "model" and self.held else ()

    def _this_pc(self, held: Held) -> QScrollArea:
        body, column = self._body(tr(THIS_PC))
        theme = ChoiceBox(self.look, "appearance", tr("Appearance"))
        for title, value in _THEMES:
            theme.addItem(tr(title), value)
        theme.setCurrentIndex(theme.findData(self.look.chosen))
        theme.activated.connect(lambda at: self._choose_theme(theme.itemData(at)))
        self.look.changed.connect(lambda: theme.setCurrentIndex(theme.findData(self.look.chosen)))
        column.addLayout(self._line(tr("Appearance"), tr("Light or dark, at once and from now on."), theme))
        column.addWidget(rule())
        data = tr("All that this desk keeps. Another one: start cxdesk with --data.")
        models = tr("Shared by all desks of this PC. Elsewhere: set CXDESK_MODELS.")
        for name, title, what, folder in (
            ("openData", tr("Data directory"), data, held.data_dir),
            ("openModels", tr("Models"), models, held.models_dir),
        ):
            show = button(tr("Open the folder"), name, partial(_open, folder))
            show.setAccessibleName(tr("Open the folder: {title}", title=title))
            column.addLayout(self._line(title, f"{what}\n{folder}", show))
            column.addWidget(rule())
        column.addStretch(1)
        return _scrolling(body)

    def _choose_theme(self, name: str | None) -> None:
        if name is None:
            self.look.follow_system()
        else:
            self.look.choose(name)

    def _line(self, title: str, what: str, control: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, self.look.space("near"), 0, self.look.space("near"))
        row.setSpacing(self.look.space("far"))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head, told = text_label("strong"), text_label("small", wraps=True, selectable=True)
        head.setText(title)
        told.setText(what)
        texts.addWidget(head)
        texts.addWidget(told)
        row.addLayout(texts, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _body(self, title: str, *, is_narrow: bool = True) -> tuple[QFrame, QVBoxLayout]:
        far, near = self.look.space("far"), self.look.space("near")
        body, inner = surface(), QWidget()
        inner.setMaximumWidth(_MOST_WIDTH if is_narrow else _ANY_WIDTH)
        around = QHBoxLayout(body)
        around.setContentsMargins(far, far, far, far)
        around.addWidget(inner, 100)
        around.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(near)
        head = text_label("title")
        head.setText(title)
        column.addWidget(head)
        return body, column

    def _padded(self, title: str, part: QWidget) -> QFrame:
        body, column = self._body(title, is_narrow=False)
        column.addWidget(part, 1)
        return body

    def _make_parts(self) -> None:
        self.search = QLineEdit(placeholderText=tr("Search settings ({keys})", keys=keys(FILTER_KEYS)))
        self.search.setObjectName("settingsSearch")
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        self.groups = QListWidget()
        self.groups.setObjectName("settingsGroups")
        self.groups.setAccessibleName(tr("Groups of settings"))
        self._pages = QStackedWidget()
        self.curve = CurvePanel(self.look)
        self._nothing = MessagePage(self.look, "settingsNothing", "settings")
        self._nothing.say(tr("Reading the settings…"), "")
        self._unsaved = text_label("strong", "settingsUnsaved")
        hint = tr("All or none ({keys})", keys=keys(SAVE_KEYS))
        self.save_button = button(tr("Save"), "settingsSave", self.save, hint=hint, primary=True)
        hint = tr("Go back to what holds now")
        self.discard_button = button(tr("Discard"), "settingsDiscard", self.discard, hint=hint)

    def _lay_out(self) -> None:
        apart, near = self.look.space("apart"), self.look.space("near")
        side = surface()
        side.setObjectName("settingsSide")
        side.setFixedWidth(230)
        left = QVBoxLayout(side)
        left.setContentsMargins(apart, apart, apart, apart)
        left.setSpacing(near)
        left.addWidget(self.search)
        left.addWidget(self.groups, 1)
        self._stages = QStackedWidget()
        self._stages.addWidget(self._nothing)
        self._stages.addWidget(self._pages)
        self._bar = surface("top")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(apart, near, apart, near)
        row.setSpacing(near)
        row.addWidget(self._unsaved, 1)
        row.addWidget(self.discard_button)
        row.addWidget(self.save_button)
        self._bar.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stages, 1)
        right.addWidget(self._bar)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(side)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        QShortcut(QKeySequence("Esc"), self.search, self.search.clear, context=Qt.ShortcutContext.WidgetShortcut)
        self.groups.currentRowChanged.connect(self._pages.setCurrentIndex)
        self.look.changed.connect(self._mark_groups)
        self.curve.asked.connect(self.work_out_curve)
        self.curve.picked.connect(self._pick_confidence)

    def _pick_confidence(self, confidence: float) -> None:
        self.fields["autopilot_confidence"].set_wanted(settings_words.value(confidence))


def _command_of(file: str) -> str:
    return tr("Settings: {file}", file=settings_words.group_title(file))


def _file(held: Held, name: str) -> FileText:
    return next(file for file in held.files if file.name == name)


def _scrolling(body: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
