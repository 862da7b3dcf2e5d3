"""Every page can be used without a mouse and be read aloud."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QToolButton,
    QWidget,
)

from cxdesk.ui.app import settle
from cxdesk.ui.window import PAGES

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
AROUND = 4
MOST_STOPS = 200


def is_part_of_another(control):
    """Qt's own parts are named by what they belong to: a combo box's field and list, a field's button to clear it."""
    parent = control.parentWidget()
    is_popup = isinstance(control, QListView) and isinstance(parent.parentWidget(), QComboBox)
    clears = isinstance(control, QToolButton) and isinstance(parent, QLineEdit)
    owns_parts = isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractItemView)
    return control.objectName().startswith("qt_") or owns_parts or is_popup or clears


def controls(part):
    return [w for kind in CONTROLS for w in part.findChildren(kind) if not is_part_of_another(w)]


def stops(window, page):
    """What Tab stops at on a page, in its order."""
    found, at = [], window.nextInFocusChain()
    for _ in range(5_000):
        if at is window:
            break
        is_stop = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled()
        if is_stop and at.focusProxy() is None and page.isAncestorOf(at):
            found.append(at)
        at = at.nextInFocusChain()
    assert len(found) < MOST_STOPS
    return found


def bring_up(control):
    """Scroll to it, as Tab does."""
    parent = control.parentWidget()
    while parent:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(control)
        parent = parent.parentWidget()


def place(control, page):
    return QRect(control.mapTo(page, QPoint(0, 0)), control.size())


@pytest.fixture(params=list(PAGES))
def page(request, window, write):
    write("Where is my order #V1152?")
    window.show_page(request.param)
    settle(window)
    return window.page(request.param)


def test_every_control_of_a_page_has_a_name_for_a_screen_reader(page):
    unnamed = [(type(w).__name__, w.objectName()) for w in controls(page) if not w.accessibleName()]
    assert unnamed == []
    assert controls(page)


def test_tab_goes_through_a_page_in_reading_order(window, page):
    reached = stops(window, page)
    assert len(reached) > 3

    def comes_before(later, earlier):
        """Whether somebody who reads would meet `later` first: above and no further right, or left in the same line."""
        one, other = place(later, page), place(earlier, page)
        above = one.bottom() < other.top() and one.left() <= other.right()
        same_line = one.top() < other.bottom() and other.top() < one.bottom()
        return (above and one.right() <= other.right()) or (same_line and one.right() < other.left())

    wrong = [(a.objectName(), b.objectName()) for a, b in pairwise(reached) if comes_before(b, a)]
    assert wrong == []


def test_one_sees_where_the_focus_is(window, page):
    unseen = []
    assert stops(window, page)
    for control in stops(window, page):
        bring_up(control)
        area = QRect(control.mapTo(window, QPoint(0, 0)), control.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
        window.setFocus()
        QApplication.processEvents()
        without = window.grab(area).toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if window.grab(area).toImage() == without:
            unseen.append(control.objectName())
    assert unseen == []


def test_the_frame_and_its_dialogs_have_names_too(window, write):
    write("Where is my order #V1152?")
    window.open_palette()
    window.show_keys()
    window.show_help()
    parts: list[QWidget] = [window, window.cheat_sheet, window.help, window.inbox.source_view]
    assert [w.objectName() for part in parts for w in controls(part) if not w.accessibleName()] == []
    window.cheat_sheet.close()
    window.help.close()


@pytest.mark.parametrize("name", list(PAGES))
def test_every_page_fits_a_small_screen(window, write, name):
    write("Where is my order #V1152?")
    window.show_page(name)
    settle(window)
    window.findChild(QToolButton, "lock").show()  # as where people sign in
    window.resize(1024, 640)
    for _ in range(2):  # a part that is laid out anew has those around it asked in the next round
        QApplication.processEvents()
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640
