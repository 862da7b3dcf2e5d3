"""Every text of the window is looked up in the window's language."""

import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Literal, get_args, get_origin
from xml.etree import ElementTree

import duckdb
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QTableView,
    QTabWidget,
    QWidget,
)

from cxdesk import domain
from cxdesk.assist.canned import example_values
from cxdesk.assist.variables import VARIABLES
from cxdesk.llm.catalog import load_catalog
from cxdesk.settings import describe_settings, models_dir
from cxdesk.ui import sign_in_sights
from cxdesk.ui.app import settle
from cxdesk.ui.language import decimal, load, mark, number, plural, tr
from cxdesk.ui.sign_in_dialogs import AccountsDialog, OwnPasswordDialog, ResetPasswordDialog
from cxdesk.ui.window import PAGES

ROOT = Path(__file__).resolve().parents[2]


def test_a_text_holds_its_values():
    assert tr("Ask {name}", name="Kim") == "Ask Kim"


def test_a_text_without_values_may_hold_braces():
    assert tr("{name}") == "{name}"


def test_a_count_chooses_its_form():
    assert plural("{n} ticket", "{n} tickets", 1) == "1 ticket"
    assert plural("{n} ticket", "{n} tickets", 2345) == "2,345 tickets"


def test_a_count_is_written_as_the_language_does():
    assert number(1_234_567) == "1,234,567"
    assert decimal(1234.56, 1) == "1,234.6"


def test_a_language_without_a_translation_writes_its_own_numbers(qapp):
    load("de")
    assert number(1_234_567) == "1.234.567"


def test_the_texts_for_translators_are_those_of_the_window(tmp_path):
    """`make translations` was run after the last change of a text."""
    fresh = tmp_path / "cxdesk.ts"
    subprocess.run([sys.executable, "packaging/translations.py", str(fresh)], cwd=ROOT, check=True)
    assert sources(fresh) == sources(ROOT / "resources/translations/cxdesk.ts")


def sources(file):
    return {message.findtext("source") for message in ElementTree.parse(file).iter("message")}


# ---------------------------------------------------------------- a language that shows what is not looked up

OPENS, CLOSES = "⟦", "⟧"
ACCENTS = str.maketrans("aeiouncAEIOUNC", "áéíóúñçÁÉÍÓÚÑÇ")
WRAPPED = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*({CLOSES}|…|$)")
PATTERN_OF_A_DATE = re.compile(r"[dMy., ]+")
BETWEEN = re.compile(r"\s*(?:[·:,;=→›|\n\[\]()“”\"'/]|\. | – )\s*")
LETTERS = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(r"<[^>]+>")
# A part of a document or message as long as this is not there by chance.
QUOTED = 12
ROWS_READ = 40
ROLES = {
    "cell": Qt.ItemDataRole.DisplayRole,
    "tool tip": Qt.ItemDataRole.ToolTipRole,
    "read aloud": Qt.ItemDataRole.AccessibleTextRole,
}


def disguised(text):
    """The text as the language has it: its placeholders, and a date's pattern, mean something to the program."""
    if (text.startswith(OPENS) and text.endswith(CLOSES)) or PATTERN_OF_A_DATE.fullmatch(text):
        return text
    parts = re.split(r"(\{\w+\})", text)
    return OPENS + "".join(part if at % 2 else part.translate(ACCENTS) for at, part in enumerate(parts)) + CLOSES


class Disguise(QTranslator):
    """A language in which every text of the program's own is wrapped; those of Qt's own widgets stay as they are."""

    def __init__(self):
        super().__init__()
        self.of_qt = set()

    def isEmpty(self):
        return False

    def translate(self, context, text, other=None, n=-1):
        if context:
            self.of_qt.add(text.replace("&", ""))
            return None
        return disguised(other if other and n != 1 else text)


@pytest.fixture
def disguise(qapp):
    translator = Disguise()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def disguised_window(disguise, show_window, desk):
    """A window with people who wait in it."""
    for text in ("Where is my order #V1152?", "Do you sell gift cards?", "I want to talk to a human."):
        desk.copilot.receive(desk.start_conversation("maya.lindqvist@example.com").id, text)
    desk.ask("How long does standard shipping take?")
    return show_window(desk, prepare=False)


class Data:
    """What is in the desk's store, its settings and the list of models: that is shown as it is.

    The words of the program's own closed sets are not data, though they are stored: they are said in words.
    """

    def __init__(self, desk, folder):
        found = {plain(text) for text in [*_stored(desk, folder), *_chosen(desk), *_calendar(), "cxdesk"]}
        named = {plain(text) for text in _named(desk)}
        self._values = (found - {plain(word) for word in _closed_sets()}) | named
        self._all = "\n".join(self._values)

    def holds(self, text):
        said = plain(text).removesuffix("…")
        return said in self._values or (len(said) >= QUOTED and said in self._all)

    def holds_but_numbers(self, text):
        """Whether it is a value of which the words with digits are left out."""
        return any(plain(without_numbers(value)) == plain(text) for value in self._values if re.search(r"\d", value))


def plain(text):
    return " ".join(text.replace("_", " ").casefold().split())


def _stored(desk, folder):
    copy = folder / "copy.duckdb"
    desk.store.copy_to(copy)
    with duckdb.connect(str(copy), read_only=True) as file:
        for (table,) in file.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            for row in file.execute(f'SELECT * FROM "{table}"').fetchall():
                yield from _texts_in(row)


def _texts_in(value):
    """All texts of a row, also those inside lists, records and JSON, and each word that may be shown by itself."""
    match value:
        case str():
            yield value
            yield from re.findall(r'"((?:[^"\\]|\\.)*)"', value) if value[:1] in "[{" else _lines(value)
        case dict():
            for key, each in value.items():
                yield str(key)
                yield from _texts_in(each)
        case list() | tuple():
            for each in value:
                yield from _texts_in(each)


def _lines(text):
    """Each line, and what of it is more than a word: one word of a message may be a word of the program's by chance."""
    for line in text.split("\n"):
        yield line.rstrip(" ,.:;!?")
        yield from (part.rstrip(" .!?") for part in BETWEEN.split(line) if " " in part.strip())


def _chosen(desk):
    yield from (str(desk.data_dir), str(models_dir()))
    yield from (str(setting.value) for setting in describe_settings(desk.data_dir))
    for entry in load_catalog():
        yield from _texts_in(entry.model_dump(mode="json"))


def _named(desk):
    """Names that the shop or the program's files give, which may by chance be words of a closed set."""
    yield from (path.name for path in desk.data_dir.iterdir())
    yield "desk.duckdb.wal"  # comes and goes
    yield from (document.category for document in desk.knowledge.list())
    for reply in desk.store.canned.all():
        yield from (reply.shortcut, reply.category)
    yield from (f"{{{name}}}" for name in VARIABLES)
    yield from example_values(desk.store, shop_name="", agent_name="", locale=desk.settings.locale).values()


def _calendar():
    locale = QLocale()
    for form in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
        yield from (locale.monthName(month, form) for month in range(1, 13))
        yield from (locale.dayName(day, form) for day in range(1, 8))


def _closed_sets():
    for kind in vars(domain).values():
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            yield from (each.value for each in kind)
        elif get_origin(kind) is Literal:
            yield from map(str, get_args(kind))


def bare(said, data, of_qt=()):
    """What of a text is neither looked up nor data; empty where nothing is."""
    rest = MARKUP.sub(" ", said) if said.startswith("<") else said
    while rest != (rest := WRAPPED.sub(" ", rest)):
        pass
    if not LETTERS.search(rest) or rest in of_qt or is_key(rest) or data.holds(rest):
        return ""
    left = [without_numbers(part) for part in BETWEEN.split(rest) if not data.holds(part) and not is_key(part)]
    return " | ".join(
        part for part in left if LETTERS.search(part) and not data.holds(part) and not data.holds_but_numbers(part)
    )


def is_key(text):
    return bool(text.strip()) and QKeySequence(text.strip()).toString() == text.strip()


def without_numbers(text):
    return " ".join(word for word in text.split() if not re.search(r"\d", word))


def texts_of(root):
    """Every text that a person may read or hear in a part of the window, with where it stands."""
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget, QHeaderView):
            continue  # read with its table
        place = widget.objectName() or type(widget).__name__
        yield from ((f"{place}: {what}", text) for what, text in _said_by(widget) if text)


def _said_by(widget):
    yield from (
        ("tool tip", widget.toolTip()),
        ("accessible name", widget.accessibleName()),
        ("accessible description", widget.accessibleDescription()),
        ("window title", widget.windowTitle()),
    )
    yield from (("action", action.text().replace("&", "")) for action in widget.actions())
    if hasattr(widget, "placeholderText"):
        yield "placeholder", widget.placeholderText()
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QGroupBox():
            yield "title", widget.title()
        case QComboBox():
            yield from (("option", widget.itemText(at)) for at in range(widget.count()))
        case QTabWidget():
            yield from (("tab", widget.tabText(at)) for at in range(widget.count()))
        case QAbstractItemView() if widget.model():
            yield from _said_by_model(widget, widget.model())


def _said_by_model(view, model):
    columns = range(model.columnCount() if isinstance(view, QTableView) else 1)
    if isinstance(view, QTableView):
        yield from (("header", str(model.headerData(at, Qt.Orientation.Horizontal) or "")) for at in columns)
    for row in range(min(model.rowCount(), ROWS_READ)):
        for index in (model.index(row, column) for column in columns):
            yield from ((what, str(index.data(role) or "")) for what, role in ROLES.items())


def not_looked_up(part, data, disguise):
    """What is bare in a part of the window, and where."""
    return {left: place for place, text in texts_of(part) if (left := bare(text, data, disguise.of_qt))}


@pytest.mark.parametrize("name", list(PAGES))
def test_every_text_of_a_page_is_looked_up(disguised_window, desk, disguise, tmp_path, name):
    window, data, found = disguised_window, Data(desk, tmp_path), {}
    window.show_page(name)
    settle(window)
    page = window.page(name)
    for _, part in page.sights():
        settle(window)
        found |= not_looked_up(page, data, disguise) | not_looked_up(part, data, disguise)
    found |= {each.title: "command" for each in page.commands() if bare(tr(each.title), data)}
    assert found == {}


def test_every_text_of_the_frame_is_looked_up(disguised_window, desk, disguise, tmp_path):
    window, data, found = disguised_window, Data(desk, tmp_path), {}
    window.open_palette()
    window.finder.field.setText("Maya")
    settle(window)
    window.show_keys()
    for part in ("rail", "status", "palette", "cheatSheet", "opening", "trouble"):
        found |= not_looked_up(window.findChild(QWidget, part), data, disguise)
    window.cheat_sheet.close()
    window.finder.close_up()
    assert found == {}


SIGHTS = {
    "sign-in": ("sign-in", "first-account"),
    "first-start": ("first-start",),
    "customer-window": ("customer-window", "customer-chat", "customer-help"),
}


@pytest.mark.parametrize("name", list(SIGHTS))
def test_every_text_beside_the_pages_is_looked_up(disguised_window, desk, disguise, tmp_path, name):
    data, found = Data(desk, tmp_path), {}
    for sight, part in sign_in_sights.sights(disguised_window, desk):
        if sight in SIGHTS[name]:
            found |= not_looked_up(part, data, disguise)
    assert found == {}


def test_every_text_about_accounts_is_looked_up(disguised_window, desk, disguise, tmp_path):
    window, found = disguised_window, {}
    desk.accounts.create_first("Kim", "a sentence to keep")
    desk.accounts.create("Robin", "agent", "another sentence to keep")
    data = Data(desk, tmp_path)
    parts = (window.look, window, window.work, desk)
    for dialog in (
        AccountsDialog(*parts),
        OwnPasswordDialog(*parts, lambda: None),
        ResetPasswordDialog(*parts, "Robin", lambda: None),
    ):
        settle(window)
        found |= not_looked_up(dialog, data, disguise)
        dialog.close()
    assert found == {}


def test_a_text_that_was_not_looked_up_is_found(qtbot, disguise, desk, tmp_path):
    data = Data(desk, tmp_path)
    label = QLabel("Nobody looked this up")
    qtbot.addWidget(label)
    label.setToolTip(tr("Looked up"))
    label.setAccessibleName(f"{tr('Half')} of it")
    assert set(not_looked_up(label, data, disguise)) == {"Nobody looked this up", "of it"}


def test_stored_words_of_closed_sets_are_no_data(disguise, desk, tmp_path):
    assert bare("in_progress", Data(desk, tmp_path)) == "in_progress"
    assert bare("maya.lindqvist@example.com", Data(desk, tmp_path)) == ""


def test_a_constant_is_looked_up_where_it_is_shown(disguise):
    constant = mark("Never shown as it is")
    assert tr(constant) == "⟦Ñévér shówñ ás ít ís⟧"
    assert plural("{n} reply", "{n} replies", 2) == "⟦2 réplíés⟧"
    assert tr("d MMM yyyy") == "d MMM yyyy"
