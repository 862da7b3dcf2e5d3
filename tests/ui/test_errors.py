"""Whatever fails, the window says so in one sentence with the next step, loses nothing, and stops saying it after."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from cxdesk.desk import DATABASE, Desk
from cxdesk.domain import Unavailable
from cxdesk.llm.scripted import Death, ScriptedModel
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.settings import SETTINGS_FILE
from cxdesk.store.database import Database
from cxdesk.ui.app import settle
from cxdesk.ui.window import Window
from tests.llm.endpoint import endpoint
from tests.ui.conftest import settle_page

MAYA = "maya.lindqvist@example.com"
WHERE = "Where is my order #V1152?"
FULL = "The disk is full, so the database 'desk.duckdb' was not changed. Free some space, then try again."
OWN = "My own words for you."
HOLD = "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def shop(filled_demo, tmp_path):
    return Path(shutil.copytree(filled_demo, tmp_path / "shop"))


@pytest.fixture
def opened(qtbot, look):
    """Opens a data directory in a window, as the program does; the window ends before its desk."""
    windows = []

    def open_window(folder, **how):
        window = Window(look)
        window.inbox.sending.delay_ms = 0
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.open(lambda: Desk.open(folder, **({"embedder": ToyEmbedder()} | how)), lambda _: None)
        settle(window)
        return window

    yield open_window
    for window in windows:
        window.close_down()
        if window.desk:
            window.desk.close()


@pytest.fixture
def full_disk(monkeypatch):
    """While it is full, nothing can be committed; `end` makes room."""
    commit = Database.write

    class Disk:
        def begin(self):
            def refuse(self, sql, *values):
                raise Unavailable(FULL)

            monkeypatch.setattr(Database, "write", refuse)

        def end(self):
            monkeypatch.setattr(Database, "write", commit)

    return Disk()


def ask(window, text=WHERE):
    """A customer writes; the conversation in front, its draft ready."""
    talk = window.desk.start_conversation(MAYA).id
    window.desk.copilot.receive(talk, text)
    settle(window)
    window.show_page("inbox", talk)
    settle(window)
    return talk


def click_again(window):
    window.findChild(QAbstractButton, "tryAgain").click()
    settle(window)


# ---------------------------------------------------------------- a desk that can't be opened


def test_a_database_that_another_process_holds_is_said_with_its_process_and_opened_when_it_is_free(opened, shop):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(shop / DATABASE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline().strip() == b"held"
        window = opened(shop, model="none")
        assert f"in use by process {holder.pid}. Close that program" in window.trouble.text()
        holder.communicate()
    click_again(window)
    assert not window.trouble.isVisible()
    assert window.inbox.isVisible()


def test_a_settings_file_with_mistakes_is_said_with_all_of_them_and_opened_when_it_is_mended(opened, shop):
    file = shop / SETTINGS_FILE
    right = file.read_text(encoding="utf-8")
    file.write_text('mesage_limit = 3\ncontext_tokens = "many"\n', encoding="utf-8")
    window = opened(shop, model="none")
    said = window.trouble.text()
    assert "did you mean 'message_limit'?" in said
    assert "context_tokens" in said
    assert said.endswith("Mend them, then try again.")
    file.write_text(right, encoding="utf-8")
    click_again(window)
    assert window.inbox.isVisible()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_directory_that_can_not_be_written_says_so(opened, shop):
    (shop / DATABASE).chmod(0o400)
    assert "permission is missing. Allow it" in opened(shop, model="none").trouble.text()


def test_a_data_directory_that_can_not_be_made_says_so(opened, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    said = opened(tmp_path / "file" / "shop", model="none").trouble.text()
    assert "can't be made" in said
    assert "Choose another one with --data." in said


# ---------------------------------------------------------------- models


def test_without_a_language_model_the_status_says_where_to_fetch_one_and_the_brief_is_the_draft(
    opened, shop, models_folder
):
    window = opened(shop)
    ask(window)
    assert window.status.model_text() == "No language model"
    assert "page Models" in window.status.model_state.hint
    assert window.inbox.pane.card.mode == "draft"
    assert window.inbox.notice.isHidden()


def test_a_chosen_model_that_is_gone_is_said_and_the_brief_is_the_draft(opened, shop, models_folder):
    (shop / SETTINGS_FILE).write_text('model = "qwen2.5-coder-0.5b-instruct-q4_k_m"\n', encoding="utf-8")
    window = opened(shop)
    assert "Fetch it with" in window.inbox.notice.text()
    assert (window.status.model_text(), window.status.model_state.label.tone) == ("Model not ready", "warn")
    ask(window)
    card = window.inbox.pane.card
    assert card.mode == "draft"
    assert "#V1152" in card.body.toPlainText()
    assert "the desk's own brief: The model 'qwen2.5-coder-0.5b-instruct-q4_k_m' is not in" in card.checks_text()


def test_a_gone_model_is_no_longer_said_once_another_is_chosen(opened, shop, models_folder):
    (shop / SETTINGS_FILE).write_text('model = "qwen2.5-coder-0.5b-instruct-q4_k_m"\n', encoding="utf-8")
    window = opened(shop)
    assert not window.inbox.notice.isHidden()
    window.show_page("models")
    settle(window)
    window.front.use("none")
    settle(window)
    settle_page(window.front)
    settle(window)
    assert window.inbox.notice.isHidden()
    assert window.status.model_text() == "No language model"


def test_a_missing_embedding_model_is_said_once_and_the_language_model_and_the_jobs_run_all_the_same(
    opened, shop, models_folder
):
    window = opened(shop, embedder=None, model=ScriptedModel(name="here"))
    assert "Fetch it on the page Models" in window.inbox.notice.text()
    assert window.status.model_text() == "Model here"
    assert window.desk.memory.scheduler.is_started
    window.show_page("knowledge")
    settle(window)
    assert "not searched" in window.front.index_bar.text()


def test_a_damaged_embedding_model_says_how_to_fetch_it_anew(opened, shop, models_folder):
    folder = models_folder / "all-minilm-l6-v2"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"half of it")
    window = opened(shop, embedder=None, model="none")
    assert "can't be loaded. Fetch it on the page Models" in window.inbox.notice.text()


def test_a_model_whose_process_dies_is_said_on_the_draft_with_the_next_step(opened, shop):
    window = opened(shop, model=ScriptedModel([Death("Your order"), Death()], name="here"))
    ask(window)
    card = window.inbox.pane.card
    assert "#V1152" in card.body.toPlainText()
    assert card.checks_text().endswith("'here' can't answer: its process ended. Try again.")
    window.resize(window.minimumSize())
    settle(window)
    said = card.findChild(QLabel, "draftChecks")
    assert said.height() >= said.heightForWidth(said.width())


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "Check 'fallback_key' in the settings."), (429, "Try again later."), (500, "Try again later.")],
)
def test_an_endpoint_that_refuses_is_said_on_the_draft_and_in_the_status(opened, shop, models_folder, status, said):
    with endpoint() as script:
        script.fails(status)
        window = opened(elsewhere(shop, script.url))
        assert window.status.model_text() == "Model far"
        ask(window)
        card = window.inbox.pane.card
        assert "#V1152" in card.body.toPlainText()
        assert card.checks_text().endswith(said)
        assert window.status.model_state.label.tone == "warn"


def test_a_reply_from_elsewhere_that_is_cut_off_leaves_the_brief_and_says_so(opened, shop, models_folder):
    with endpoint() as script:
        script.streams("Your order", ends=False)
        window = opened(elsewhere(shop, script.url))
        ask(window)
        card = window.inbox.pane.card
        assert "#V1152" in card.body.toPlainText()
        assert "the desk's own brief: The model 'remote:far'" in card.checks_text()


def test_a_fallback_that_offline_mode_forbids_is_said(opened, shop, models_folder):
    window = opened(elsewhere(shop, "http://127.0.0.1:9/v1", "offline = true"))
    assert window.status.network_text() == "Offline, fallback not used"
    ask(window)
    assert window.inbox.pane.card.mode == "draft"
    assert window.desk.connections.attempts() == []


def elsewhere(shop, url, *more):
    lines = ['fallback = "always"', f'fallback_url = "{url}"', 'fallback_model = "far"', "fallback_retries = 0", *more]
    (shop / SETTINGS_FILE).write_text("\n".join(lines), encoding="utf-8")
    return shop


# ---------------------------------------------------------------- a full disk


def test_a_reply_that_a_full_disk_stopped_is_said_kept_and_sent_when_there_is_room(opened, shop, full_disk):
    window = opened(shop, model="none")
    talk = ask(window)
    composer = window.inbox.pane.composer
    composer.field.setPlainText(OWN)
    full_disk.begin()
    composer.send()
    settle(window)
    assert window.inbox.notice.text() == FULL
    assert composer.field.toPlainText() == OWN
    full_disk.end()
    composer.send()
    settle(window)
    assert window.inbox.notice.isHidden()
    assert [said.text for said in window.desk.store.conversations.messages(talk)] == [WHERE, OWN]


def test_a_draft_that_a_full_disk_stopped_waits_still(opened, shop, full_disk):
    window = opened(shop, model="none")
    talk = ask(window)
    full_disk.begin()
    window.inbox.pane.card.approve()
    settle(window)
    assert window.inbox.notice.text() == FULL
    assert window.inbox.pane.card.mode == "draft"
    assert window.desk.store.drafts.open_for(talk) is not None


def test_a_document_that_a_full_disk_stopped_is_not_there_and_the_trouble_goes_when_it_is(
    opened, shop, full_disk, tmp_path
):
    paper = tmp_path / "gloves.md"
    paper.write_text("# Gloves\n\nGloves are washed at 30 degrees.", encoding="utf-8")
    window = opened(shop, model="none")
    window.show_page("knowledge")
    settle(window)
    page = window.front
    full_disk.begin()
    add(window, paper)
    assert page.notice.text() == FULL
    assert "gloves.md" not in {document.name for document in window.desk.knowledge.list()}
    full_disk.end()
    add(window, paper)
    assert page.notice.isHidden()
    assert "gloves.md" in {document.name for document in window.desk.knowledge.list()}


def add(window, *papers):
    window.front.add(list(papers))
    settle_page(window.front)
    settle(window)


def test_settings_that_a_full_disk_stopped_hold_nowhere_and_stay_in_their_fields(opened, shop, full_disk):
    window = opened(shop, model="none")
    window.show_page("settings")
    settle(window)
    page, before = window.front, (shop / SETTINGS_FILE).read_text(encoding="utf-8")
    page.fields["shop_name"].set_wanted("Marsh Lamps")
    full_disk.begin()
    page.save()
    settle(window)
    assert page.notice.text() == FULL
    assert (shop / SETTINGS_FILE).read_text(encoding="utf-8") == before
    assert window.desk.settings.shop_name != "Marsh Lamps"
    assert page.fields["shop_name"].wanted() == "Marsh Lamps"
    full_disk.end()
    page.save()
    settle(window)
    assert page.notice.isHidden()
    assert window.desk.settings.shop_name == "Marsh Lamps"


# ---------------------------------------------------------------- files that can't be read


def test_a_trouble_of_reading_goes_when_it_is_read_again(opened, shop):
    window = opened(shop, model="none")
    file = shop / SETTINGS_FILE
    right = file.read_text(encoding="utf-8")
    file.write_text("shop_name =\n", encoding="utf-8")
    window.show_page("settings")
    settle(window)
    assert "Mend or remove it." in window.front.notice.text()
    file.write_text(right, encoding="utf-8")
    window.show_page("settings")
    settle(window)
    assert window.front.notice.isHidden()


def test_documents_that_can_not_be_read_are_named_each_with_its_reason(opened, shop, tmp_path):
    papers = []
    for name, content in (("broken.pdf", b"%PDF-1.4 rubbish"), ("broken.docx", b"PK nothing"), ("faq.json", b"{")):
        (tmp_path / name).write_bytes(content)
        papers.append(tmp_path / name)
    window = opened(shop, model="none")
    window.show_page("knowledge")
    settle(window)
    add(window, *papers)
    rows = window.front.adding.rows
    told = [rows.value(row) for row in range(rows.rowCount())]
    assert {Path(each.file).name for each in told if each.outcome == "refused"} == {paper.name for paper in papers}
    assert all(each.told for each in told)
