"""The palette, the cheat sheet, and the last place, on the real desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from cxdesk.ui.app import settle
from cxdesk.ui.finding import find_on_desk
from cxdesk.ui.palette import Finding, fitting
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import keys
from cxdesk.ui.window import PAGES, Window

WHERE = "Where is my order #V1152?"
CONTROL = Qt.KeyboardModifier.ControlModifier


def found(window):
    return [finding for _, finding in window.finder.model.values()]


def seek(qtbot, window, text):
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.finder.isVisible()
    qtbot.keyClicks(window.finder.field, text)
    settle(window)


# ---------------------------------------------------------------- palette


def test_a_command_is_found_with_a_typing_error_and_done_by_keys_alone(qtbot, window, write):
    write(WHERE)
    seek(qtbot, window, "edti the draft")
    assert found(window)[0].title == "Edit the draft"
    assert found(window)[0].note == "Ctrl+E"
    qtbot.keyClick(window.finder.field, Qt.Key.Key_Return)
    assert not window.finder.isVisible()
    assert window.inbox.pane.card.mode == "editing"
    assert window.inbox.pane.card.body.hasFocus()


def test_before_anything_is_typed_the_commands_of_the_page_are_there(qtbot, window):
    seek(qtbot, window, "")
    assert found(window)[0].title == window.inbox.commands()[0].title


def test_a_conversation_is_found_by_what_was_said_and_opened(qtbot, window, write):
    write("Hello", customer="sam.novak@example.com")
    talk = write("The zebra mug came broken")
    seek(qtbot, window, "zebra")
    place = next(row for row, finding in enumerate(found(window)) if finding.kind == "Conversation")
    for _ in range(place):
        qtbot.keyClick(window.finder.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.finder.field, Qt.Key.Key_Return)
    settle(window)
    assert window.inbox.view.id == talk


def test_escape_closes_the_palette_and_gives_the_focus_back(qtbot, window, write):
    write(WHERE)
    window.inbox.pane.composer.field.setFocus()
    qtbot.keyClick(window.inbox.pane.composer.field, Qt.Key.Key_K, CONTROL)
    qtbot.keyClick(window.finder.field, Qt.Key.Key_Escape)
    assert not window.finder.isVisible()
    assert window.inbox.pane.composer.field.hasFocus()


def test_going_down_from_the_last_finding_comes_to_the_first(qtbot, window):
    seek(qtbot, window, "")
    for _ in range(len(found(window))):
        qtbot.keyClick(window.finder.field, Qt.Key.Key_Down)
    assert window.finder.list.currentIndex().row() == 0


def test_what_does_not_fit_is_said(qtbot, window):
    seek(qtbot, window, "qqqqqqqq")
    assert found(window) == []
    assert window.findChild(QListView, "paletteList").model().rowCount() == 0
    assert window.finder._nothing.isVisible()


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("v1152", "Order", "#V1152, Maya Lindqvist"),
        ("#V1152", "Order", "#V1152, Maya Lindqvist"),
        ("lindqvist", "Customer", "Maya Lindqvist"),
        ("Maya Linqvist", "Customer", "Maya Lindqvist"),
        ("shiping", "Document", None),
    ],
)
def test_the_desk_is_looked_through_for_orders_customers_and_documents(desk, text, kind, title):
    fits = [each for each in find_on_desk(desk, text) if each.kind == kind]
    assert fits
    assert title in (None, fits[0].title)


def test_fitting_puts_the_best_first_and_leaves_out_what_is_unlike():
    findings = [Finding("Command", title, lambda: None) for title in ("Edit the draft", "Reject the draft", "Undo")]
    assert [finding.title for finding in fitting(findings, "reject draft")] == ["Reject the draft"]
    assert fitting(findings, "qqqq") == []


# ---------------------------------------------------------------- cheat sheet


def test_the_cheat_sheet_lists_every_command_that_has_keys(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert window.cheat_sheet.isVisible()
    expected = [(c.title, keys(c.keys)) for c in (*window.inbox.commands(), *window.commands()) if c.keys]
    assert sorted(window.cheat_sheet.lines()) == sorted(expected)
    window.cheat_sheet.close()


def test_no_two_commands_that_work_at_once_have_the_same_keys(window):
    everywhere = [c.keys for c in window.commands() if c.keys]
    for name in PAGES:
        here = [key for c in window.page(name).commands() for key in c.keys.split("; ") if key] + everywhere
        assert len(here) == len(set(here)), name


# ---------------------------------------------------------------- the last place


def test_a_new_start_comes_back_to_the_place_of_the_last(qtbot, desk, show_window, look):
    talks = [desk.start_conversation(customer).id for customer in ("sam.novak@example.com", "leon@marchetti.example")]
    for talk in talks:
        desk.copilot.receive(talk, "Hello")
    first = show_window(desk)
    first.inbox.conversations.choose_queue("approval")
    settle(first)
    first.inbox.conversations.choose(talks[1])
    settle(first)
    first.look.toggle()
    first.close_down()
    first.hide()

    second = Window(Look())
    qtbot.addWidget(second)
    second.show()
    second.take(desk)
    settle(second)
    assert second.inbox.conversations.queue == "approval"
    assert second.inbox.view.id == talks[1]
    assert second.look.theme.name == "dark"
    second.close_down()


def test_a_spoiled_place_is_done_without(desk, show_window):
    (desk.data_dir / "window.ini").write_text("[window]\ngeometry=nonsense\npage=gone\n[inbox]\nqueue=7\nparts=x\n")
    window = show_window(desk)
    assert window.front is window.inbox
    assert window.inbox.conversations.queue == "all"


def test_widths_that_a_person_chose_are_kept(window):
    window.resize(1200, 700)
    parts = window.inbox.parts
    parts.setSizes([300, 450, 360])
    chosen, place = parts.sizes(), window.inbox.place()
    parts.setSizes([240, 600, 240])
    assert parts.sizes() != chosen
    window.inbox.return_to(place)
    assert parts.sizes() == chosen
