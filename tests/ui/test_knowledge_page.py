"""What a person does with the shop's documents, on the real desk."""

from functools import partial
from hashlib import md5
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit

from cxdesk.domain import Unavailable
from cxdesk.store.gaps import RestsOn, SavedReply
from cxdesk.ui.knowledge_page import KnowledgePage
from cxdesk.ui.knowledge_widgets import MarkdownView
from tests.ui.conftest import settle_page

STANDARD = "How long does standard shipping take?"


@pytest.fixture
def make_page(show_page):
    return partial(show_page, KnowledgePage)


@pytest.fixture
def page(make_page, desk):
    return make_page(desk)


def settle(page):
    """Until nothing is under way; a look at the index that is due is had at once."""
    settle_page(page)
    while page._look_again.isActive():
        page._look_again.stop()
        page._look_again.timeout.emit()
        settle_page(page)


def titles(page):
    return [page.rows.value(row).title for row in range(page.rows.rowCount())]


def row(page, name):
    return page.rows.value(page.rows.row_of(name))


def choose(page, name):
    page.reveal(name)
    settle(page)


def write(page, text):
    page.document.text.setPlainText(text)


def undo(page):
    page.said[-1].undo()
    settle(page)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    made.mkdir()
    (made / "gloves.md").write_text("# Gloves\n\nGloves are washed at 30 degrees.")
    return made


# ---------------------------------------------------------------- the list


def test_documents_are_listed_with_what_they_come_to(page, desk):
    assert len(titles(page)) == len(desk.knowledge.list())
    shown = row(page, "shipping.md")
    assert (shown.category, shown.state.text) == ("orders", "searchable")
    assert shown.passages == len(desk.knowledge.passages("shipping.md"))
    assert "up to date" in page.list.count_text()


def test_the_list_is_narrowed_by_words_category_and_reader(page):
    page.filters.choose("for", "internal")
    assert [page.rows.value(at).name for at in range(page.rows.rowCount())] == ["staff_rules.md"]
    page.filters.clear()
    page.filters.field.setText("no such words")
    page.filters.changed.emit()
    assert not page.list.shows_table
    assert "Esc" in page.list.nothing.text()


def test_an_empty_shelf_says_how_to_fill_it(make_page, demo_desk):
    demo_desk.knowledge.clear()
    page = make_page(demo_desk)
    assert page.list.nothing.title() == "No documents yet"
    assert "Drop files" in page.list.nothing.text()


def test_without_an_embedding_model_documents_are_read_and_it_is_said_what_to_do(make_page, desk):
    def missing():
        raise Unavailable("No embedding model at 'x'. Run 'cxdesk models fetch x'.")

    desk.embedder = missing
    page = make_page(desk)
    assert "cxdesk models fetch x" in page.index_bar.text()
    choose(page, "shipping.md")
    assert "Standard shipping" in page.document.text.toPlainText()


# ---------------------------------------------------------------- adding


def drop(page, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(QPoint(9, 9)), copy, mime, left, Qt.KeyboardModifier.NoModifier))


def test_a_dropped_folder_is_added_and_found_and_undo_takes_it_away(page, desk, folder):
    drop(page, folder)
    settle(page)
    assert row(page, "gloves.md").state.text == "searchable"
    assert "1 added" in page.said[-1].sentence
    assert desk.knowledge.search("washed gloves", k=1)[0].passage.document == "gloves.md"
    undo(page)
    assert page.rows.row_of("gloves.md") is None


def test_each_file_that_is_left_out_says_why_and_the_rest_goes_on(page, folder):
    from pypdf import PdfWriter

    (folder / "empty.md").write_bytes(b"")
    (folder / "sheet.xlsx").write_text("x")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(folder / "scan.pdf")
    page.add([folder, folder / "gone.md"])
    settle(page)
    shown = {Path(one.file).name: one for one in map(page.adding.rows.value, range(page.adding.rows.rowCount()))}
    assert shown["gloves.md"].outcome == "added"
    for name, words in {
        "empty.md": "0 bytes",
        "sheet.xlsx": "no known kind",
        "huge.txt": "50 MB",
        "scan.pdf": "without text",
        "gone.md": "no file",
    }.items():
        assert shown[name].outcome == "refused"
        assert words in shown[name].told
    assert page.adding.isVisible()
    assert not page.adding.cancel_button.isVisible()


def test_a_name_that_is_there_already_is_told_and_both_are_kept(page, folder, tmp_path):
    other = tmp_path / "others"
    other.mkdir()
    (other / "gloves.md").write_text("# Other gloves\n\nThese are for the oven.")
    page.add([folder])
    settle(page)
    page.add([other])
    settle(page)
    assert row(page, "others/gloves.md").title == "Other gloves"
    assert "another file has its name" in page.adding.rows.value(0).told


def test_adding_that_is_cancelled_keeps_what_was_taken_and_says_so(page, desk, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(500):
        (many / f"page-{number:03}.md").write_text(f"# Page {number}\n\nAbout thing{number}.")
    before = len(desk.knowledge.list())
    page.add([many])
    page.adding.cancel()
    settle(page)
    kept = len(desk.knowledge.list()) - before
    assert kept < 500
    assert "Stopped" in page.adding._title.text()
    assert not page.adding.is_working
    assert "up to date" in page.list.count_text()


# ---------------------------------------------------------------- writing


def test_a_saved_text_is_found_by_its_new_words(page, desk):
    choose(page, "shipping.md")
    write(page, "# Shipping\n\nParcels travel by balloon.")
    assert page.document.unsaved() == {"shipping.md"}
    page.document.save()
    settle(page)
    assert desk.knowledge.get("shipping.md").text == "# Shipping\n\nParcels travel by balloon."
    assert "balloon" in desk.knowledge.search("balloon", k=1)[0].passage.text
    assert page.document.unsaved() == set()
    assert row(page, "shipping.md").state.text != "being indexed"


def test_what_is_not_saved_is_there_again_after_looking_elsewhere(page):
    choose(page, "shipping.md")
    write(page, "Half a thought")
    choose(page, "payment.md")
    assert page.document.text.toPlainText() != "Half a thought"
    choose(page, "shipping.md")
    assert page.document.text.toPlainText() == "Half a thought"
    page.document.discard()
    assert "Standard shipping" in page.document.text.toPlainText()
    page.document.text.undo()
    assert page.document.text.toPlainText() == "Half a thought"


def change_elsewhere(desk, name, text):
    desk.knowledge.save(name, text, expected=desk.knowledge.get(name).content_hash)


def test_news_never_write_over_what_a_person_types(page, desk):
    choose(page, "shipping.md")
    write(page, "Mine.")
    change_elsewhere(desk, "shipping.md", "Theirs.")
    page.refresh()
    settle(page)
    assert page.document.text.toPlainText() == "Mine."
    assert "changed this document" in page.document._overtaken.text()


@pytest.mark.parametrize("told_by_news", [True, False])
def test_an_edit_that_was_overtaken_loses_neither_text(page, desk, told_by_news):
    choose(page, "shipping.md")
    write(page, "Mine.")
    change_elsewhere(desk, "shipping.md", "Theirs.")
    if told_by_news:
        page.refresh()
    else:
        page.document.save()
    settle(page)
    assert (desk.knowledge.get("shipping.md").text, page.document.text.toPlainText()) == ("Theirs.", "Mine.")
    page.document.show_theirs()
    assert page.document._compared.text.toPlainText() == "Theirs."
    page.document._compared.close()
    page.document.save_over()
    settle(page)
    assert desk.knowledge.get("shipping.md").text == "Mine."
    assert page.document.unsaved() == set()


def test_words_for_a_document_that_was_removed_meanwhile_go_on_as_a_new_one(page, desk):
    choose(page, "shipping.md")
    write(page, "# Rescued\n\nMine.")
    desk.knowledge.remove("shipping.md")
    page.document.save()
    settle(page)
    assert page.document.text.toPlainText() == "# Rescued\n\nMine."
    page.document.save()
    settle(page)
    assert desk.knowledge.get("rescued.md").text == "# Rescued\n\nMine."


def test_a_document_made_of_another_file_is_read_only(page):
    choose(page, "faq.json")
    assert page.document.text.isReadOnly()
    assert page.document._read_only.isVisible()


def test_a_new_document_is_named_after_its_heading(page, desk):
    page.begin_document()
    write(page, "# Gift wrap\n\nWe wrap gifts for free.")
    page.document.save()
    settle(page)
    assert desk.knowledge.get("gift_wrap.md").title == "Gift wrap"
    assert page.table.chosen_key() == "gift_wrap.md"


def test_a_document_that_was_left_for_a_new_one_can_be_chosen_again(page):
    for act in (page.begin_document, lambda: page.table.choose("shipping.md")):
        page.table.choose("shipping.md")
        settle(page)
        act()
        settle(page)
    assert page.document.document.name == "shipping.md"


def test_a_preview_shows_markup_as_words_and_asks_for_nothing(page):
    choose(page, "shipping.md")
    write(page, "# Title\n\n**bold** ![x](http://example.com/x.png) <b>raw</b> <script>x</script>")
    page.document.tabs.go("preview")
    shown = page.document.preview
    assert "bold" in shown.toPlainText()
    assert "<b>raw</b>" in shown.toPlainText()
    assert shown.loadResource(2, QUrl("http://example.com/x.png")) is None
    assert not shown.openExternalLinks()


def test_a_link_in_a_preview_has_the_colour_of_the_theme(qtbot, look):
    view = MarkdownView(look, "preview", "Preview")
    qtbot.addWidget(view)
    view.show_text("See [the rules](rules.md).")
    assert link_color(view) == look.color("accent")
    look.switch("dark")
    assert link_color(view) == look.color("accent")


def link_color(view):
    cursor = QTextCursor(view.document())
    cursor.setPosition(len("See the"))
    assert cursor.charFormat().isAnchor()
    return cursor.charFormat().foreground().color()


def test_a_document_is_filed_anew_and_undo_files_it_back(page, desk):
    choose(page, "shipping.md")
    page.document.category.setCurrentText("Parcels")
    page.document.category.lineEdit().editingFinished.emit()
    settle(page)
    page.document.audience.setCurrentIndex(page.document.audience.findData("internal"))
    page.document.audience.activated.emit(1)
    settle(page)
    filed = desk.knowledge.get("shipping.md")
    assert (filed.category, filed.audience.value) == ("parcels", "internal")
    undo(page)
    assert desk.knowledge.get("shipping.md").audience.value == "public"


def test_a_removed_document_comes_back_by_undo(page, desk):
    choose(page, "shipping.md")
    before = desk.knowledge.get("shipping.md")
    page.document.remove_button.click()
    settle(page)
    assert page.rows.row_of("shipping.md") is None
    undo(page)
    assert desk.knowledge.get("shipping.md") == before
    assert row(page, "shipping.md").state.text == "searchable"


# ---------------------------------------------------------------- questions, gaps, replies


def test_a_test_question_shows_what_is_found_and_what_the_desk_would_say(page):
    page.trying.field.setText(STANDARD)
    page.trying.ask()
    settle(page)
    hits = page.trying.hits.values()
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert "by words (1st)" in " ".join(hit.why for hit in hits)
    page.trying.list.activated.emit(page.trying.hits.index(0))
    settle(page)
    assert page.document.document.name == hits[0].document
    selected = page.document.text.textCursor().selectedText()
    assert selected.replace("\u2029", "\n").split() == hits[0].excerpt.split()


def test_a_question_that_nothing_answers_is_said_to_go_to_a_person(page, desk):
    desk.quotes = lambda question: []
    page.trying.field.setText("Do you sell moon dust?")
    page.trying.ask()
    settle(page)
    assert page.trying._verdict.text() == "The desk would not answer"
    assert page.trying.hits.values()


def test_one_click_on_a_gap_begins_a_draft_with_its_questions(page, desk):
    desk.ask("Do you deliver to Greenland by dog sled?")
    page.tabs.go("gaps")
    settle(page)
    gap = page.gaps.gap()
    assert gap is not None
    page.gaps.start_button.click()
    assert page.tabs.current == "documents"
    assert page.document.text.toPlainText() == gap.starter.rstrip("\n") + "\n"
    page.document.save()
    settle(page)
    drafts = [page.rows.value(at) for at in range(page.rows.rowCount())]
    assert [one.state.text for one in drafts if one.state.text == "answers to write"] == ["answers to write"]


def test_without_gaps_it_is_said_that_there_are_none(page):
    page.tabs.go("gaps")
    settle(page)
    assert page.gaps._nothing.title() == "No open questions"


def rest(desk, shortcut, document):
    """Have a saved reply say again what stands in a document's first passage."""
    text = desk.store.canned.find(shortcut).text
    passage = desk.knowledge.passages(document)[0].text
    known = md5(text.encode(), usedforsecurity=False).hexdigest()
    desk.store.gaps.link(SavedReply("canned", shortcut, text, known), [RestsOn(document, passage)])


def test_a_reply_whose_support_was_edited_away_is_shown_until_it_is_found_right(page, desk):
    rest(desk, "late", "shipping.md")
    choose(page, "shipping.md")
    write(page, "# Shipping\n\nAll is new.")
    page.document.save()
    settle(page)
    assert row(page, "shipping.md").state.text.endswith("to check")
    late = next(one for one in page.document.document.resting if one.key == "late")
    assert not late.stands
    page.document.resting_view.choose_row(page.document.document.resting.index(late))
    page.document.check_button.click()
    settle(page)
    assert all(one.stands for one in desk.store.documents.resting("shipping.md") if one.key == "late")


# ---------------------------------------------------------------- for everyone


def test_every_control_has_a_name_that_is_read_aloud(page):
    choose(page, "shipping.md")
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView):
        for widget in page.findChildren(kind):
            is_part_of_another = isinstance(widget.parent(), QComboBox | QLineEdit) or "qt_" in widget.objectName()
            if not is_part_of_another and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                named = widget.accessibleName() or getattr(widget, "text", str)()
                assert named or isinstance(widget.parent().parent(), QComboBox), (kind, widget.objectName())


def test_all_is_done_by_commands_with_titles(page):
    commands = page.commands()
    assert len({command.title for command in commands}) == len(commands)
    assert {command.keys for command in commands} >= {"Ctrl+S", "Ctrl+N", "Ctrl+O"}
