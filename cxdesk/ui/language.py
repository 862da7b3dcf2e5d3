"""The window's language: every text on screen is looked up here, so that a translation changes all of them.

Texts are written in English where they are used; `make translations` gathers them for Qt Linguist.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from cxdesk.settings import bundled

_FOLDER = "resources/translations"


def mark(text: str) -> str:
    """The text as it is, for a constant: `tr` looks it up where it is shown, when the language is known."""
    return text


def tr(text: str, /, **values: object) -> str:
    """The text in the window's language, with `{name}` replaced by the value of that name.

    `text` is a literal, or a constant that was given to `mark` where it was written.
    """
    said = QCoreApplication.translate("", text)
    return said.format(**values) if values else said


def plural(one: str, many: str, /, n: int, **values: object) -> str:
    """The text that fits the count, which it holds as `{n}`: `one` and `many` are its two English forms.

    A language with more than two forms has them in its translation, found by the English pair.
    """
    said = QCoreApplication.translate("", one, many, n)
    if said == one and n != 1:
        said = many
    return said.format(n=number(n), **values)


def number(value: int) -> str:
    """A count as the language writes it: 1,234."""
    return QLocale().toString(value)


def decimal(value: float, places: int) -> str:
    """A measure as the language writes it: 1,234.5."""
    return QLocale().toString(value, "f", places)


def load(language: str = "") -> list[QTranslator]:
    """The translations to install for a language such as 'de' or 'pt_BR', or for the system's when none is named.

    Dates and numbers are written as that language does from now on. The program's own translation comes first, then
    Qt's for its own dialogs; a language that has none is left in English.
    """
    locale = QLocale(language) if language else QLocale.system()
    if locale.language() is QLocale.Language.C:  # a system without a language, which would write 1234567
        locale = QLocale("en_GB")
    QLocale.setDefault(locale)
    folders = {
        "cxdesk": str(bundled(_FOLDER)),
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    found = []
    for name, folder in folders.items():
        translator = QTranslator(QCoreApplication.instance())
        if translator.load(locale, name, "_", folder):
            found.append(translator)
    return found
