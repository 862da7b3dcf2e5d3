from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt

from cxdesk.ui.models import Roles, ValueList


def pairs():
    return ValueList(lambda pair: pair[0], lambda pair: f"{pair[0]} {pair[1]}")


def test_list_model_keeps_qts_rules_while_rows_come_move_change_and_go(qtmodeltester):
    model = pairs()
    qtmodeltester.check(model)
    for values in ([(1, "a"), (2, "b")], [(3, "c"), (2, "B"), (1, "a")], [(2, "B")], []):
        model.show(values)
    qtmodeltester.check(model)


keyed = st.lists(st.tuples(st.integers(0, 9), st.text(max_size=2)), unique_by=lambda pair: pair[0])


@given(keyed, keyed)
def test_list_becomes_what_it_is_shown(first, second):
    model = pairs()
    model.show(first)
    model.show(second)
    assert list(model.values()) == second


def test_a_chosen_row_stays_chosen_when_others_come_before_it(qtbot):
    model = pairs()
    model.show([(1, "a"), (2, "b")])
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(1), QItemSelectionModel.SelectionFlag.SelectCurrent)
    model.show([(3, "new"), (2, "changed"), (1, "a")])
    assert selection.currentIndex().data(Roles.value) == (2, "changed")


def test_only_changed_rows_are_drawn_again(qtbot):
    model = pairs()
    model.show([(1, "a"), (2, "b")])
    kept = QPersistentModelIndex(model.index(0))
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.show([(1, "a"), (2, "c")])
    assert changed == [(1, 1)]
    assert kept.isValid()


def test_rows_are_read_aloud_as_text():
    model = pairs()
    model.show([(1, "a")])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "1 a"
