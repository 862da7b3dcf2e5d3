"""What a person does with the saved replies, on the real desk."""

from functools import partial

import pytest

from cxdesk.assist.canned import read_canned
from cxdesk.store.gaps import RestsOn, SavedReply
from cxdesk.ui.canned_page import CannedPage
from tests.ui.conftest import settle_page as settle


@pytest.fixture
def make_page(show_page):
    return partial(show_page, CannedPage)


@pytest.fixture
def page(make_page, desk):
    return make_page(desk)


def choose(page, shortcut):
    page.reveal(shortcut)
    settle(page)


def shortcuts(page):
    return {page.rows.value(row).reply.shortcut for row in range(page.rows.rowCount())}


def search(page, text):
    page.filters.field.setText(text)
    page.filters.changed.emit()


def test_replies_are_found_by_words_of_title_shortcut_and_text(page):
    for words, shortcut in (("late parcel", "late"), ("/swollen", "swollen"), ("stone floor", "swollen")):
        search(page, words)
        assert shortcut in shortcuts(page)
    search(page, "no such words")
    assert "Esc" in page.list.nothing.text()


def test_a_saved_text_is_kept_and_found_by_its_shortcut(page, desk):
    choose(page, "late")
    page.editor.text.setPlainText("Soon, {customer_first_name}!")
    page.editor.save()
    settle(page)
    assert desk.store.canned.find("late").text == "Soon, {customer_first_name}!"
    assert not page.editor.is_changed()


def test_a_taken_shortcut_is_said_while_it_is_typed_and_can_not_be_saved(page):
    choose(page, "late")
    page.editor.shortcut.setText("HELLO")
    assert "taken" in page.editor._trouble.text()
    assert not page.editor.save_button.isEnabled()
    page.editor.shortcut.setText("later")
    assert page.editor.save_button.isEnabled()


def test_a_renamed_reply_stays_chosen(page, desk):
    choose(page, "late")
    page.editor.shortcut.setText("later")
    page.editor.save()
    settle(page)
    assert (page.editor.shown_shortcut(), page.table.chosen_key()) == ("later", "later")
    assert desk.store.canned.find("late") is None


def test_the_preview_is_filled_for_a_customer_and_unknown_variables_are_named(page):
    choose(page, "late")
    page.editor.text.setPlainText("Dear {customer_name}, {custommer_email}")
    shown = page.editor.preview.toPlainText()
    assert page.saved.values["customer_name"] in shown
    assert "[[custommer email]]" in shown
    assert "{custommer_email} (did you mean {customer_email}?)" in page.editor._unknown.text()


def test_a_variable_is_put_where_the_cursor_is(page):
    choose(page, "late")
    page.editor.text.setPlainText("Dear ")
    page.editor.text.moveCursor(page.editor.text.textCursor().MoveOperation.End)
    page.editor.variable_view.opened.emit("customer_name")
    assert page.editor.text.toPlainText() == "Dear {customer_name}"


def test_a_new_reply_needs_all_its_parts(page, desk):
    page.begin()
    page.editor.title.setText("Thanks")
    page.editor.text.setPlainText("Thank you.")
    assert not page.editor.save_button.isEnabled()
    assert "a shortcut" in page.editor.save_button.toolTip()
    page.editor.shortcut.setText("/thanks")
    page.editor.save()
    settle(page)
    assert desk.store.canned.find("thanks").title == "Thanks"
    assert page.table.chosen_key() == "thanks"


def test_a_reply_that_was_left_for_a_new_one_can_be_chosen_again(page):
    page.table.choose("late")
    page.begin()
    page.table.choose("late")
    assert page.editor.shown_shortcut() == "late"


def test_a_duplicate_has_a_shortcut_of_its_own(page, desk):
    choose(page, "late")
    page.editor.duplicate_button.click()
    page.editor.save()
    settle(page)
    assert desk.store.canned.find("late2").text == desk.store.canned.find("late").text


def test_a_deleted_reply_comes_back_by_undo_with_its_use(page, desk):
    desk.store.canned.count_use("late")
    before = desk.store.canned.kept()
    choose(page, "late")
    page.editor.remove_button.click()
    settle(page)
    assert "late" not in shortcuts(page)
    page.said[-1].undo()
    settle(page)
    assert "late" in shortcuts(page)
    assert desk.store.canned.kept() == before


def test_what_is_not_saved_is_there_again_after_looking_elsewhere(page):
    choose(page, "late")
    page.editor.text.setPlainText("Half a thought")
    choose(page, "hello")
    choose(page, "late")
    assert page.editor.text.toPlainText() == "Half a thought"
    page.editor.discard()
    assert "sorry" in page.editor.text.toPlainText()


def test_news_never_write_over_what_a_person_types_nor_the_other_way_round(page, desk):
    choose(page, "late")
    page.editor.text.setPlainText("Mine.")
    desk.store.canned.put(desk.store.canned.find("late").model_copy(update={"text": "Theirs."}))
    page.refresh()
    settle(page)
    assert page.editor.text.toPlainText() == "Mine."
    page.editor.save()
    settle(page)
    assert desk.store.canned.find("late").text == "Theirs."
    assert "changed by somebody else" in page.notice.text()
    assert page.editor.text.toPlainText() == "Mine."


def test_replies_go_out_to_a_file_and_come_back_from_it(page, desk, tmp_path):
    file = tmp_path / "replies.toml"
    before = desk.store.canned.all()
    page.export_to(file)
    settle(page)
    assert read_canned(file) == before
    desk.store.canned.remove("late")
    page.import_from(file)
    settle(page)
    assert desk.store.canned.all() == before
    page.said[-1].undo()
    settle(page)
    assert desk.store.canned.find("late") is None


def test_a_file_that_can_not_be_used_is_said_and_changes_nothing(page, desk, tmp_path):
    before = desk.store.canned.all()
    (tmp_path / "bad.toml").write_text("[[reply]]\nshortcut = 'a'")
    page.import_from(tmp_path / "bad.toml")
    settle(page)
    assert "bad.toml" in page.notice.text()
    page.export_to(tmp_path / "no such folder" / "out.toml")
    settle(page)
    assert "can't be written" in page.notice.text()
    assert desk.store.canned.all() == before


def test_a_reply_whose_document_changed_is_to_be_checked_and_leads_there(page, desk):
    reply = desk.store.canned.find("late")
    desk.store.gaps.link(SavedReply("canned", "late", reply.text, "x"), [RestsOn("shipping.md", "Gone words.")])
    choose(page, "late")
    assert page.rows.value(page.rows.row_of("late")).state.text == "check again"
    assert "'shipping.md'" in page.editor._stale.text()
    wanted = []
    page.wants.connect(lambda *place: wanted.append(place))
    page.editor._stale.findChild(type(page.editor.save_button), "cannedDocument").click()
    assert wanted == [("knowledge", "shipping.md")]
    page.editor._stale.findChild(type(page.editor.save_button), "cannedChecked").click()
    settle(page)
    assert page.rows.value(page.rows.row_of("late")).state is None


def test_an_empty_list_says_how_to_fill_it(make_page, demo_desk):
    for reply in demo_desk.store.canned.all():
        demo_desk.store.canned.remove(reply.shortcut)
    page = make_page(demo_desk)
    assert page.list.nothing.title() == "No saved replies yet"
