"""Nothing is cut off where the window is small and the type is large."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from cxdesk.ui.app import settle
from cxdesk.ui.flow import Flow
from cxdesk.ui.overlay import Overlay
from cxdesk.ui.pages import PAGES
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import ElidedLabel, text_label


def part(width, height=20):
    made = QWidget()
    made.setFixedSize(width, height)
    return made


@pytest.fixture
def flow(qtbot):
    """A row of three widgets of 60, 50 and 40 pixels, 10 apart."""
    host = QWidget()
    qtbot.addWidget(host)
    row = Flow(10, (part(60), part(50), part(40)))
    host.setLayout(row)
    host.show()
    yield row
    host.close()


def places(row, width):
    row.setGeometry(QRect(0, 0, width, 100))
    return [(item.geometry().left(), item.geometry().top()) for item in map(row.itemAt, range(row.count()))]


def test_a_row_with_room_is_one_line(flow):
    assert places(flow, 170) == [(0, 0), (70, 0), (130, 0)]
    assert flow.heightForWidth(170) == 20


def test_a_row_that_is_too_narrow_goes_on_in_the_next_line(flow):
    assert places(flow, 169) == [(0, 0), (70, 0), (0, 30)]
    assert flow.heightForWidth(169) == 50


def test_what_is_hidden_takes_no_room_in_a_row(flow):
    flow.itemAt(0).widget().hide()
    assert places(flow, 100)[1:] == [(0, 0), (60, 0)]


def test_a_row_needs_no_more_than_its_widest_part(flow):
    assert flow.minimumSize().width() == 60


def test_a_row_begins_at_the_right_where_reading_does(flow, qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert places(flow, 170) == [(110, 0), (50, 0), (0, 0)]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_line_that_is_cut_says_all_of_it_as_a_tool_tip(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.say("somebody.with.a.long.name@example.com")
    assert label.text() != label.whole() == label.toolTip()
    label.resize(900, 20)
    assert (label.text(), label.toolTip()) == (label.whole(), "")


@pytest.mark.parametrize(
    ("start", "to_the_end", "copied"),
    [
        (0, True, "somebody.with.a.long.name@example.com"),
        (2, True, "mebody.with.a.long.name@example.com"),
        (0, False, "some"),
    ],
)
def test_a_line_that_is_cut_is_copied_with_all_of_it(qtbot, start, to_the_end, copied):
    label = ElidedLabel(selectable=True)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.say("somebody.with.a.long.name@example.com")
    label.setSelection(start, len(label.text()) - start if to_the_end else 4)
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == copied


def test_a_line_of_which_nothing_is_selected_is_copied_whole_from_its_menu(qtbot):
    label = ElidedLabel(selectable=True)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.say("somebody.with.a.long.name@example.com")
    label.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == label.whole()


def test_a_name_with_a_tag_in_it_is_shown_as_it_is_in_the_tool_tip_too(qtbot):
    name = "<img src=x> Ann <b>Admin</b>, a customer with a long name"
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.say(name)
    document = QTextDocument()
    document.setHtml(label.toolTip())
    assert document.toPlainText() == name


def test_what_floats_is_as_high_as_its_wrapped_words_need(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(200, 400)
    anchor = QWidget(host)
    anchor.setGeometry(0, 350, 120, 40)
    overlay = Overlay("words", host)
    words: QLabel = text_label(wraps=True)
    words.setText("Up and Down choose, Enter inserts, Esc closes, and more is said here than fits in a line.")
    QVBoxLayout(overlay).addWidget(words)
    host.show()
    overlay.open_above(anchor)
    assert overlay.height() == overlay.heightForWidth(120)


class TestLargeType:
    @pytest.fixture
    def look(self, qapp):
        return Look("light", scale=1.45)

    @pytest.mark.parametrize("name", PAGES)
    def test_a_page_that_scrolls_down_is_not_cut_at_its_side(self, name, window, write):
        write("I want to talk to a person about order #V1042.")
        window.resize(1024, 640)
        window.show_page(name)
        settle(window)
        assert window.width() == 1024
        assert [cut for area in window.findChildren(QScrollArea) if (cut := _cut(area))] == []


def _cut(area):
    body = area.widget()
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if body is None or not area.isVisible() or area.horizontalScrollBarPolicy() is not off:
        return ""
    missing = body.minimumSizeHint().width() - area.viewport().width()
    return f"{area.objectName()} by {missing} pixels" if missing > 0 else ""
