"""What a person at the desk goes through, on the real desk."""

from threading import Event

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QPlainTextEdit

from cxdesk.domain import DraftState, Role, Unavailable
from cxdesk.llm.scripted import Death, ScriptedModel
from cxdesk.ui.app import settle
from cxdesk.ui.models import Roles
from cxdesk.ui.page import Done
from cxdesk.ui.side_panel import NO_DOCUMENTS

MAYA = "maya.lindqvist@example.com"
WHERE = "Where is my order #V1152?"
SHIPPING = "How long does standard shipping take?"


def messages(desk, conversation):
    return [(message.role, message.text) for message in desk.store.conversations.messages(conversation)]


def rows(window):
    return window.inbox.conversations.model.values()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.ControlModifier, target=None):
    qtbot.keyClick(target or window, key, modifier)


# ---------------------------------------------------------------- a message and its draft


def test_a_message_appears_by_itself_with_its_draft_its_customer_and_her_orders(window, write):
    write(WHERE)
    card = window.inbox.pane.card
    assert rows(window)[0].writer == "Maya Lindqvist"
    assert rows(window)[0].state.text == "draft ready"
    assert card.mode == "draft"
    assert "#V1152" in card.body.toPlainText()
    assert card.decision_text() == "Reply"
    assert "all supported" in card.checks_text()
    assert window.inbox.panel.findChild(QLabel, "customerEmail").text() == MAYA
    assert window.inbox.panel.findChild(QListView, "orderList").model().index(0, 0).data(Roles.value).id == "#V1152"


def test_brief_is_there_before_the_model_has_spoken_and_its_words_come_over_it(
    qtbot, open_demo_desk, show_window, halting_model
):
    desk = open_demo_desk(halting_model)
    window = show_window(desk)
    card = window.inbox.pane.card
    desk.copilot.receive(desk.start_conversation(MAYA).id, WHERE)
    qtbot.waitUntil(lambda: card.mode == "preparing" and card.body.toPlainText() != "")
    brief = card.body.toPlainText()
    assert "#V1152" in brief
    assert not card.findChild(QAbstractButton, "approve").isVisible()
    assert rows(window)[0].state.text == "preparing"

    halting_model.reply = f"Hello! {brief}"
    halting_model.may_begin.set()
    qtbot.waitUntil(lambda: card.body.toPlainText().startswith("Hello!"))
    assert "writing" in card.status_text()
    assert card.body.toPlainText() != halting_model.reply

    halting_model.may_end.set()
    settle(window)
    assert card.mode == "draft"
    assert card.body.toPlainText() == halting_model.reply


def test_the_brief_of_a_second_customer_does_not_wait_for_the_reply_to_the_first(
    qtbot, open_demo_desk, show_window, halting_model
):
    desk = open_demo_desk(halting_model)
    window = show_window(desk)
    first, second = desk.start_conversation(MAYA).id, desk.start_conversation("dwhitaker71@example.net").id
    desk.copilot.receive(first, WHERE)
    desk.copilot.receive(second, "Where is my order #V1133?")
    briefed = window.inbox.drafting.of_conversation
    qtbot.waitUntil(lambda: all(briefed(talk) and briefed(talk).brief for talk in (first, second)))
    assert desk.store.drafts.open_for(first) is None


def test_messages_of_one_conversation_are_answered_in_their_order(qtbot, open_demo_desk, show_window, halting_model):
    desk = open_demo_desk(halting_model)
    window = show_window(desk)
    talk = desk.start_conversation(MAYA).id
    desk.copilot.receive(talk, WHERE)
    newest = desk.copilot.receive(talk, "Hello!")
    qtbot.waitUntil(lambda: window.inbox.drafting.of_conversation(talk) is not None)
    assert desk.store.drafts.open_for(talk) is None
    halting_model.close()
    settle(window)
    assert desk.store.drafts.open_for(talk).run_id == newest.id


def test_stopping_the_model_makes_the_brief_the_draft(qtbot, open_demo_desk, show_window, halting_model):
    desk = open_demo_desk(halting_model)
    window = show_window(desk)
    card = window.inbox.pane.card
    desk.copilot.receive(desk.start_conversation(MAYA).id, WHERE)
    stop = card.findChild(QAbstractButton, "stop")
    qtbot.waitUntil(stop.isVisible)
    brief = card.body.toPlainText()
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    settle(window)
    assert card.mode == "draft"
    assert card.body.toPlainText() == brief


def test_the_brief_stands_when_the_model_dies(open_demo_desk, show_window):
    desk = open_demo_desk(ScriptedModel([Death("Your order"), Death()]))
    window = show_window(desk)
    desk.copilot.receive(desk.start_conversation(MAYA).id, WHERE)
    settle(window)
    assert "#V1152" in window.inbox.pane.card.body.toPlainText()
    assert "the desk's own brief: The language model" in window.inbox.pane.card.checks_text()


def test_a_draft_that_was_cut_short_is_prepared_at_the_next_start(desk, show_window):
    desk.copilot.receive(desk.start_conversation(MAYA).id, WHERE)
    window = show_window(desk)
    assert window.inbox.pane.card.mode == "draft"
    assert desk.copilot.unfinished() == []


def test_a_draft_that_failed_says_why_and_can_be_tried_again(qtbot, open_demo_desk, show_window, monkeypatch):
    desk = open_demo_desk()
    window = show_window(desk)
    answer = desk.agent.run

    def unavailable(*args, **kwargs):
        raise Unavailable("The embedding model is missing. Fetch it with 'cxdesk models fetch'.")

    monkeypatch.setattr(desk.agent, "run", unavailable)
    desk.copilot.receive(desk.start_conversation(MAYA).id, WHERE)
    settle(window)
    card = window.inbox.pane.card
    assert card.mode == "trouble"
    assert card.status_text().startswith("The embedding model is missing.")
    assert rows(window)[0].state.text == "draft failed"

    monkeypatch.setattr(desk.agent, "run", answer)
    qtbot.mouseClick(card.findChild(QAbstractButton, "again"), Qt.MouseButton.LeftButton)
    settle(window)
    assert card.mode == "draft"


# ---------------------------------------------------------------- deciding


def test_approving_sends_the_draft_as_it_stands(qtbot, window, desk, write):
    talk = write(WHERE)
    text = window.inbox.pane.card.body.toPlainText()
    qtbot.mouseClick(window.findChild(QAbstractButton, "approve"), Qt.MouseButton.LeftButton)
    settle(window)
    assert messages(desk, talk)[-1] == (Role.desk, text)
    assert window.inbox.pane.card.mode == "empty"
    assert window.inbox.pane.transcript.messages.values()[-1].text == text
    assert rows(window)[0].state.text == "answered"


def test_an_edited_draft_is_sent_as_edited(qtbot, window, desk, write):
    talk = write(WHERE)
    card = window.inbox.pane.card
    card.edit()
    card.body.setPlainText("It is on its way.")
    card.approve()
    settle(window)
    assert messages(desk, talk)[-1] == (Role.desk, "It is on its way.")


def test_discarding_changes_brings_the_draft_back(window, write):
    write(WHERE)
    card = window.inbox.pane.card
    text = card.body.toPlainText()
    card.edit()
    card.body.setPlainText("Something else")
    card.reject()
    assert (card.mode, card.body.toPlainText()) == ("draft", text)


def test_a_rejected_draft_is_gone_and_the_conversation_waits_for_a_person(window, desk, write):
    talk = write(WHERE)
    draft = desk.store.drafts.open_for(talk)
    window.inbox.pane.card.reject()
    settle(window)
    assert window.inbox.pane.card.mode == "empty"
    assert rows(window)[0].state.text == "to answer"
    assert desk.store.drafts.open_for(talk) is None
    assert draft.state is DraftState.proposed


def test_own_words_are_sent_and_the_draft_makes_way(qtbot, window, desk, write):
    talk = write(WHERE)
    field = window.inbox.pane.composer.field
    field.setFocus()
    qtbot.keyClicks(field, "I am on it.")
    press(qtbot, window, Qt.Key.Key_Return, target=field)
    settle(window)
    assert messages(desk, talk)[-1] == (Role.agent, "I am on it.")
    assert field.toPlainText() == ""
    assert window.inbox.pane.card.mode == "empty"


def test_a_refused_reply_is_said_and_nothing_typed_is_lost(window, write):
    write(WHERE)
    card = window.inbox.pane.card
    card.edit()
    card.body.setPlainText("  ")
    card.approve()
    settle(window)
    assert window.inbox.pane.notice.text().startswith("The reply is empty.")
    assert card.mode == "editing"
    assert card.findChild(QAbstractButton, "approve").isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_approves_when_nothing_is_being_typed(qtbot, window, desk, write, key):
    talk = write(WHERE)
    press(qtbot, window, key)
    settle(window)
    assert messages(desk, talk)[-1][0] is Role.desk


def test_ctrl_e_edits_and_ctrl_backspace_rejects(qtbot, window, desk, write):
    talk = write(WHERE)
    card = window.inbox.pane.card
    press(qtbot, window, Qt.Key.Key_E)
    assert card.mode == "editing"
    card.reject()
    press(qtbot, window, Qt.Key.Key_Backspace, target=window.inbox.conversations.list)
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, target=window.inbox.pane.why_rejected.field)
    settle(window)
    assert desk.store.drafts.open_for(talk) is None


def test_ctrl_backspace_deletes_a_word_where_words_are_typed(qtbot, window, desk, write):
    talk = write(WHERE)
    field = window.inbox.pane.composer.field
    field.setFocus()
    qtbot.keyClicks(field, "two words")
    press(qtbot, window, Qt.Key.Key_Backspace, target=field)
    assert field.toPlainText() == "two "
    assert desk.store.drafts.open_for(talk) is not None


# ---------------------------------------------------------------- typing is never overwritten


def test_an_edit_in_progress_survives_a_look_at_another_conversation(window, write):
    other = write("Hello")
    talk = write(WHERE)
    window.inbox.conversations.choose(talk)
    settle(window)
    window.inbox.pane.card.edit()
    window.inbox.pane.card.body.setPlainText("Half a sen")
    for conversation in (other, talk):
        window.inbox.conversations.choose(conversation)
        settle(window)
    assert window.inbox.pane.card.mode == "editing"
    assert window.inbox.pane.card.body.toPlainText() == "Half a sen"


def test_an_edit_in_progress_moves_to_the_composer_when_the_customer_writes_again(window, write):
    talk = write(WHERE)
    window.inbox.pane.card.edit()
    window.inbox.pane.card.body.setPlainText("Half a sentence")
    write("And when does it arrive?", conversation=talk)
    assert window.inbox.pane.composer.field.toPlainText() == "Half a sentence"
    assert window.inbox.pane.card.mode == "draft"


def test_own_words_wait_in_their_conversation(window, write):
    other = write("Hello")
    talk = write(WHERE)
    window.inbox.conversations.choose(talk)
    settle(window)
    window.inbox.pane.composer.field.setPlainText("Only for Maya")
    window.inbox.conversations.choose(other)
    settle(window)
    assert window.inbox.pane.composer.field.toPlainText() == ""
    window.inbox.conversations.choose(talk)
    settle(window)
    assert window.inbox.pane.composer.field.toPlainText() == "Only for Maya"


# ---------------------------------------------------------------- handoff, sources, identity


def test_a_handoff_shows_why_and_what_is_known_and_whoever_answers_has_it(window, write):
    talk = write("I want to talk to a human, please.")
    banner = window.inbox.pane.banner
    assert banner.isVisible()
    assert banner.title() == "Over to you: the customer asked for a person"
    assert "Wants: wish for human" in banner.summary()
    assert window.inbox.pane.card.decision_text() == "Hand over: the customer asked for a person"
    window.inbox.pane.composer.field.setPlainText("Hello, this is Sam.")
    window.inbox.pane.composer.send()
    settle(window)
    assert window.inbox.view.id == talk
    assert banner.holder() == "you have it"


def test_clicking_a_source_opens_its_document_with_the_passage_marked_and_in_sight(qtbot, window, write):
    write(SHIPPING)
    sources = window.findChild(QListView, "sourceList")
    source = sources.model().index(0, 0).data(Roles.value)
    sources.opened.emit(sources.model().index(0, 0))
    settle(window)
    view = window.inbox.source_view
    assert view.isVisible()
    assert view.marked_text() == source.passage
    assert window.desk.store.documents.find(source.document).text == view.text.toPlainText()
    marks = view.text.extraSelections()
    cursor = view.text.textCursor()
    cursor.setPosition(marks[0].cursor.selectionStart())
    qtbot.waitUntil(lambda: view.text.viewport().rect().contains(view.text.cursorRect(cursor).center()))


def test_a_document_that_was_removed_since_is_said(window, desk, write):
    write(SHIPPING)
    source = window.inbox.view.run.sources[0]
    desk.store.documents.remove(source.document)
    window.inbox.panel.source_chosen.emit(source)
    settle(window)
    assert "no longer in the knowledge base" in window.inbox.pane.notice.text()


def test_a_guest_is_not_identified_and_has_no_orders_to_show(window, write):
    write("Hello", customer=None)
    assert window.inbox.panel.findChild(QLabel, "customerIdentity").text() == "not identified"
    assert window.inbox.panel.findChild(QListView, "orderList").model().rowCount() == 0


def test_what_the_desk_did_is_folded_away_until_asked_for(qtbot, window, write):
    write(WHERE)
    trace = window.findChild(QListView, "traceList")
    assert not trace.isVisible()
    qtbot.mouseClick(window.findChild(QAbstractButton, "traceFold"), Qt.MouseButton.LeftButton)
    assert trace.isVisible()
    texts = [trace.model().index(row, 0).data() for row in range(trace.model().rowCount())]
    assert any("get_order(order_id='#V1152')" in text for text in texts)


def test_customer_text_is_never_read_as_markup(window, write):
    text = "<b>Hello</b> <img src='http://example.com/x.png'> & <script>alert(1)</script>"
    write(text, customer=None)
    assert window.inbox.pane.transcript.messages.values()[0].text == text
    assert rows(window)[0].last_line == text
    plain = Qt.TextFormat.PlainText
    assert all(label.textFormat() is plain for label in window.findChildren(QLabel) if label.pixmap().isNull())
    window.inbox.pane.card.edit()
    window.inbox.pane.card.body.setPlainText(text)
    assert window.inbox.pane.card.body.toPlainText() == text


# ---------------------------------------------------------------- the list


def test_filter_shows_matching_conversations_as_one_types(qtbot, window, write):
    write(WHERE)
    write("Hello", customer="sam.novak@example.com")
    press(qtbot, window, Qt.Key.Key_F)
    field = window.findChild(QLineEdit, "filter")
    qtbot.keyClicks(field, "novak")
    assert window.inbox.conversations.list.model().rowCount() == 1
    qtbot.keyClicks(field, " nobody")
    assert window.inbox.conversations.nothing.isVisible()
    assert window.inbox.conversations.nothing.title() == "Nothing matches"
    press(qtbot, window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, target=field)
    assert window.inbox.conversations.list.model().rowCount() == 2


def test_who_waits_longest_comes_first_and_the_chosen_one_stays_chosen(window, write):
    first = write(WHERE)
    second = write("Hello", customer="sam.novak@example.com")
    assert [row.id for row in rows(window)] == [first, second]
    window.inbox.pane.card.approve()
    settle(window)
    assert [row.id for row in rows(window)] == [second, first]
    assert window.inbox.conversations.chosen_id() == first
    assert window.inbox.view.id == first


def test_alt_arrows_go_through_the_conversations(qtbot, window, write):
    first = write(WHERE)
    second = write("Hello", customer="sam.novak@example.com")
    alt = Qt.KeyboardModifier.AltModifier
    press(qtbot, window, Qt.Key.Key_Down, alt)
    settle(window)
    assert window.inbox.view.id == second
    press(qtbot, window, Qt.Key.Key_Up, alt)
    settle(window)
    assert window.inbox.view.id == first


def test_an_empty_desk_says_what_to_do_next(qtbot, tmp_path, toy_embedder, show_window):
    from cxdesk.desk import Desk

    with Desk.open(tmp_path / "empty", model="none", embedder=toy_embedder) as desk:
        window = show_window(desk)
        window.first_start.later.click()
        settle(window)
        assert window.inbox.conversations.nothing.title() == "No conversations yet"
        assert "No language model" in window.statusBar().model_text()
        desk.copilot.receive(desk.start_conversation().id, "What does shipping cost?")
        settle(window)
        assert window.findChild(QLabel, "sourcesNote").text() == NO_DOCUMENTS
        window.close_down()


# ---------------------------------------------------------------- never waiting


def test_a_slow_desk_leaves_the_window_usable_and_says_that_it_reads(qtbot, window, desk, write, monkeypatch):
    first = write(WHERE)
    second = write("Hello", customer="sam.novak@example.com")
    go_on = Event()
    read = desk.store.conversations.messages

    def slow(conversation_id, *args, **kwargs):
        assert go_on.wait(20)
        return read(conversation_id, *args, **kwargs)

    monkeypatch.setattr(desk.store.conversations, "messages", slow)
    window.inbox.conversations.choose(second)
    qtbot.waitUntil(lambda: window.inbox.view is None)
    field = window.findChild(QLineEdit, "filter")
    field.setFocus()
    qtbot.keyClicks(field, "maya")
    assert field.text() == "maya"
    field.clear()
    go_on.set()
    settle(window)
    assert window.inbox.view.id == second
    assert first != second


def test_going_back_before_the_other_conversation_was_read_stays_where_one_went_back_to(
    window, desk, write, monkeypatch
):
    first = write(WHERE)
    second = write("Hello", customer="sam.novak@example.com")
    go_on = Event()
    read = desk.store.conversations.messages

    def slow(conversation_id, *args, **kwargs):
        assert conversation_id != second or go_on.wait(20)
        return read(conversation_id, *args, **kwargs)

    monkeypatch.setattr(desk.store.conversations, "messages", slow)
    window.inbox.conversations.choose(second)
    window.inbox.conversations.choose(first)
    go_on.set()
    settle(window)
    assert window.inbox.view.id == first


def test_a_conversation_that_can_not_be_read_says_why(window, desk, write, monkeypatch):
    write(WHERE)
    second = write("Hello", customer="sam.novak@example.com")

    def broken(*args, **kwargs):
        raise Unavailable("The database '/data/desk.duckdb' can't be read. Check the disk.")

    monkeypatch.setattr(desk.store.conversations, "messages", broken)
    window.inbox.conversations.choose(second)
    settle(window)
    assert window.findChild(QLabel, "paneEmptyText").text().startswith("The database '/data/desk.duckdb'")


def test_closing_while_the_model_writes_ends_the_writing_and_keeps_the_message(
    qtbot, open_demo_desk, show_window, halting_model
):
    desk = open_demo_desk(halting_model)
    window = show_window(desk)
    talk = desk.start_conversation(MAYA).id
    desk.copilot.receive(talk, WHERE)
    qtbot.waitUntil(
        lambda: window.inbox.pane.card.mode == "preparing" and window.inbox.pane.card.body.toPlainText() != ""
    )
    window.close_down()
    assert messages(desk, talk)[0] == (Role.customer, WHERE)


def test_everything_a_person_uses_has_a_name(window, write):
    write(WHERE)
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QListView):
        for widget in window.findChildren(kind):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


def test_the_window_fits_a_small_screen(window, write):
    write(WHERE)
    window.resize(1024, 640)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640
    assert window.inbox.pane.transcript.height() > 100


def test_rows_are_drawn_for_every_list(window, write):
    write(SHIPPING)
    assert not window.grab().isNull()
    for view in window.findChildren(QListView):
        assert view.sizeHintForRow(0) > 0 or view.model().rowCount(QModelIndex()) == 0


def test_the_status_bar_follows_the_offline_setting(desk, window):
    assert window.statusBar().network_text() == "Nothing leaves this PC"
    desk.configuration.save({"offline": True})
    window.front.done.emit(Done("1 setting is saved"))
    assert window.statusBar().network_text() == "Offline mode"


def test_the_status_bar_says_when_something_may_leave_this_pc(tmp_path, toy_embedder, show_window):
    from cxdesk.desk import Desk

    folder = tmp_path / "fallback"
    folder.mkdir()
    (folder / "settings.toml").write_text(
        'fallback = "on_failure"\nfallback_url = "https://api.example/v1"\nfallback_model = "m"\n', encoding="utf-8"
    )
    with Desk.open(folder, model="none", embedder=toy_embedder) as desk:
        window = show_window(desk)
        assert window.statusBar().network_text() == "Fallback on"
        assert "api.example" in window.findChild(QLabel, "offline").toolTip()
        window.close_down()
