from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from cxdesk.ui.table import NOT_READ, PAGE_ROWS, Column, FilterRow, TablePane, TableRows, TableView


@dataclass(frozen=True)
class Fruit:
    id: str
    name: str
    weight: int = 0


COLUMNS = (
    Column[Fruit]("name", "Name", lambda fruit: fruit.name),
    Column[Fruit]("weight", "Weight", lambda f: str(f.weight), 8, order=lambda f: f.weight, gives_way=1),
)


def fruits(count, first=0):
    return [Fruit(f"f{n}", f"fruit {n:05}", n) for n in range(first, first + count)]


@pytest.fixture
def rows():
    return TableRows[Fruit](lambda fruit: fruit.id, COLUMNS)


@pytest.fixture
def view(qtbot, look, rows):
    view = TableView(look, rows, "fruits", "Fruits", many=True)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


def shown(rows):
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def test_table_model_keeps_qts_rules_while_rows_come_change_and_go(qtmodeltester, rows):
    qtmodeltester.check(rows)
    for values in (fruits(3), fruits(5, 1), []):
        rows.show(values)
    rows.show_pages(PAGE_ROWS + 3, {0: fruits(PAGE_ROWS)})
    rows.add_page(PAGE_ROWS, fruits(3, PAGE_ROWS))
    qtmodeltester.check(rows)


def test_a_page_is_asked_for_once_when_it_comes_into_sight(rows, qtbot):
    asked = []
    rows.wanted.connect(asked.append)
    rows.show_pages(10 * PAGE_ROWS, {0: fruits(PAGE_ROWS)})
    assert [rows.index(row, 0).data() for row in (0, 3 * PAGE_ROWS + 7, 3 * PAGE_ROWS + 8)] == [
        "fruit 00000",
        NOT_READ,
        NOT_READ,
    ]
    assert asked == [3 * PAGE_ROWS]
    rows.add_page(3 * PAGE_ROWS, fruits(PAGE_ROWS, 3 * PAGE_ROWS))
    assert rows.index(3 * PAGE_ROWS + 7, 0).data() == f"fruit {3 * PAGE_ROWS + 7:05}"
    assert asked == [3 * PAGE_ROWS]


def test_a_chosen_row_stays_chosen_when_others_come_before_it(view, rows):
    rows.show(fruits(3))
    view.choose("f1")
    heard = []
    view.chosen.connect(heard.append)
    with view.keeping_place():
        rows.show([Fruit("new", "a new one"), *fruits(3)])
    assert (view.chosen_key(), view.currentIndex().row(), heard) == ("f1", 2, [])


def test_a_row_that_vanished_leaves_nothing_chosen(view, rows):
    rows.show(fruits(3))
    view.choose("f1")
    with view.keeping_place():
        rows.show([fruits(3)[0], fruits(3)[2]])
    assert view.chosen_key() is None
    assert view.chosen_values() == []


def test_what_is_looked_at_stays_in_place_when_rows_come_above_it(view, rows):
    rows.show(fruits(500))
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(200 * view.verticalHeader().defaultSectionSize() + 5)
    top, offset = view.rowAt(0), view.rowViewportPosition(view.rowAt(0))
    with view.keeping_place():
        rows.show([*fruits(7, 900), *fruits(500)])
    assert (view.rowAt(0), view.rowViewportPosition(view.rowAt(0))) == (top + 7, offset)


def test_new_rows_are_seen_where_the_table_stood_at_its_beginning(view, rows):
    rows.show(fruits(500))
    with view.keeping_place():
        rows.show([*fruits(7, 900), *fruits(500)])
    assert view.rowAt(0) == 0


def test_rows_in_memory_are_sorted_by_what_they_mean_and_stay_so(rows):
    rows.show(fruits(12))
    rows.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(rows)[:2] == ["fruit 00011", "fruit 00010"]
    rows.show(fruits(13))
    assert shown(rows)[0] == "fruit 00012"


def test_a_wish_for_another_order_is_told_by_the_columns_name(rows, qtbot):
    heard = []
    rows.sorted_by.connect(lambda name, backwards: heard.append((name, backwards)))
    rows.show_pages(1000, {0: fruits(PAGE_ROWS)})
    rows.sort(1, Qt.SortOrder.DescendingOrder)
    assert heard == [("weight", True)]
    assert shown(rows)[0] == "fruit 00000"


def test_indexes_that_others_hold_follow_their_row(rows):
    rows.show(fruits(2))
    held = QPersistentModelIndex(rows.index(1, 1))
    rows.show([Fruit("x", "x"), *fruits(2)])
    assert (held.row(), held.column()) == (2, 1)


def test_enter_opens_the_row_and_letters_search_nothing(view, rows, qtbot):
    rows.show(fruits(3))
    view.choose("f1")
    opened = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert opened == ["f1"]
    assert view.chosen_key() == "f1"


def test_columns_give_way_where_there_is_no_room(view, rows):
    view.resize(120, 300)
    assert [view.isColumnHidden(at) for at in range(2)] == [False, True]
    view.resize(500, 300)
    assert not view.isColumnHidden(1)


def test_a_filter_that_is_chosen_stays_when_the_options_change(qtbot, look):
    filters = FilterRow(look, "fruits")
    qtbot.addWidget(filters)
    filters.add_choice("colour", "Colour", [("Any colour", None), ("Red", "red")])
    filters.choose("colour", "red")
    filters.set_options("colour", [("Any colour", None), ("Blue", "blue"), ("Red", "red")])
    assert filters.chosen("colour") == "red"
    filters.set_options("colour", [("Any colour", None)])
    assert filters.chosen("colour") == "red"
    filters.clear()
    assert filters.chosen("colour") is None


def test_typing_is_heard_once_it_pauses(qtbot, look):
    filters = FilterRow(look, "fruits")
    qtbot.addWidget(filters)
    with qtbot.waitSignal(filters.changed):
        qtbot.keyClicks(filters.field, "two  words")
    assert filters.words() == "two words"
    assert filters.is_narrowed()


def test_the_pane_says_what_to_do_in_the_tables_place(qtbot, look, rows):
    view = TableView(look, rows, "fruits", "Fruits")
    pane = TablePane(look, "Fruits", view, FilterRow(look, "fruits"), "inbox")
    qtbot.addWidget(pane)
    pane.say_nothing("No fruits yet", "Buy some.")
    assert not pane.shows_table
    assert pane.nothing.text() == "Buy some."
    pane.show_table()
    assert pane.shows_table
