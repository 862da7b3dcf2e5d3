"""What an administrator, or an auditor, sees of the desk."""

import json
import logging
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from cxdesk import logbook
from cxdesk.desk import Desk
from cxdesk.domain import EngineState, JobRun, JobState, Unavailable, now
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.ui import monitor_words
from cxdesk.ui.monitor_page import CONNECTIONS, JOBS, LOG, TABS, MonitorPage
from cxdesk.ui.monitor_reading import as_json, read_report
from tests.ui.conftest import settle_page as settle

SECRET = "my cat Mirabelle ate the blue lamp"


@pytest.fixture
def desk(data_dir):
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()) as desk:
        yield desk


@pytest.fixture
def make_page(show_page):
    return partial(show_page, MonitorPage)


@pytest.fixture
def page(make_page, desk):
    return make_page(desk)


def again(page):
    page.refresh()
    settle(page)


def test_a_desk_without_turns_says_what_makes_one(page):
    assert not page.turns.shows_rows
    assert "message" in page.turns.nothing.text()


def test_the_newest_turn_is_shown_as_a_waterfall_whose_stages_follow_each_other(make_page, desk):
    desk.ask("Where is my parcel?")
    page = make_page(desk)
    begun = [(span.parent, at) for span, at in page.turn.waterfall.bars()]
    stages = [at for parent, at in begun if parent == "turn"]
    assert len(stages) > 3
    assert stages == sorted(stages)
    assert "Parts of the turn: Look at the message" in page.turn.waterfall.accessibleName()


def test_a_turn_leads_to_its_conversation(make_page, desk, qtbot):
    turn = desk.ask("Where is my parcel?")
    page = make_page(desk)
    qtbot.keyClick(page.turns.table, Qt.Key.Key_Return)
    assert page.went == [("inbox", turn.conversation)]


def test_a_job_is_run_now_and_its_result_is_said(page, desk):
    page.show_tab(JOBS)
    assert page.jobs.table.choose("rollup")
    page.run_job()
    settle(page)
    assert desk.store.job_runs.last("rollup").ok
    assert "profiles made" in page.said[0].sentence
    assert page.run_button.isEnabled()


def test_a_job_that_fails_is_told_and_counted(page, desk, monkeypatch):
    def fail(*_):
        raise Unavailable("The disk is full.")

    monkeypatch.setattr("cxdesk.memory.roll_up", fail)
    page.jobs.table.choose("rollup")
    page.run_job()
    settle(page)
    assert "The disk is full." in page.notice.text()
    assert page.tiles["errors"].value() == "1 failure"


def test_a_silent_desk_says_so_and_whether_offline_mode_is_on(page):
    page.show_tab(CONNECTIONS)
    assert not page.attempts.shows_rows
    assert page.attempts.nothing.title() == "Nothing has tried to connect"
    assert "Offline mode is off" in page.attempts.nothing.text()


def test_offline_mode_is_said(make_page, data_dir, monkeypatch):
    monkeypatch.setenv("CXDESK_OFFLINE", "true")
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()) as desk:
        assert "Offline mode is on" in make_page(desk).tiles["network"].note()


def test_every_attempt_to_connect_is_listed_and_counted(page, desk):
    desk.connections.note("fallback", "models.example:443")
    again(page)
    assert page.attempts.rows.value(0).where == "models.example:443"
    assert page.tiles["network"].value() == "1 connection attempted"


def test_the_log_shows_what_the_program_logged(page):
    page.show_tab(LOG)
    assert page.no_log.title() == "Nothing has been logged"
    logging.getLogger("cxdesk.memory").info("run of job %s not recorded", "rollup")
    again(page)
    assert "run of job rollup not recorded" in page.log.toPlainText()


def test_an_error_in_the_log_is_counted_where_nothing_else_failed(page):
    assert page.tiles["errors"].value() == "None"
    logging.getLogger("cxdesk.memory").error("job rollup stopped at ValueError")
    again(page)
    assert page.tiles["errors"].value() == "1 error in the log"


def test_a_refresh_leaves_the_chosen_rows_and_the_log_as_they_are(make_page, desk):
    desk.ask("Where is my parcel?")
    desk.ask("And my refund?")
    page = make_page(desk)
    page.turns.table.choose_row(1)
    settle(page)
    chosen, shown = page.turns.table.chosen_key(), page.turn.run_id
    desk.ask("Hello?")
    again(page)
    assert page.turns.table.chosen_key() == chosen == shown == page.turn.run_id


def test_the_export_for_the_auditor_has_everything_but_customers_texts(page, desk, tmp_path):
    desk.ask(f"Help, {SECRET}!")
    again(page)
    page.export_to(tmp_path / "report.json")
    settle(page)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    report = json.loads(text)
    assert not [word for word in ("Mirabelle", "lamp") if word in text]
    assert report["network"]["attempted_connections"] == 0
    assert report["program"]["cxdesk"]
    assert report["data_directory"]["files"]["desk.duckdb"] > 0
    assert {job["name"] for job in report["jobs"]} >= {"rollup", "silence"}
    assert report["last_turns"][0]["name"] == "turn"
    assert page.said


def test_a_report_that_can_not_be_written_is_told(page, tmp_path):
    page.export_to(tmp_path / "missing" / "report.json")
    settle(page)
    assert "can't be written" in page.notice.text()


def test_a_desk_that_can_not_be_read_is_told_with_the_way_on(make_page, desk, monkeypatch):
    def fail(*_):
        raise Unavailable("The database is closed.")

    monkeypatch.setattr(desk.overview, "recent_turns", fail)
    page = make_page(desk)
    assert page.notice.text() == "The database is closed."
    assert "F5" in page.waiting.text()


def test_a_log_that_can_not_be_read_is_told_and_the_rest_is_shown(desk):
    (desk.data_dir / logbook.LOG).mkdir()
    report = read_report(desk)
    assert "can't be read" in report.log_trouble
    assert report.jobs


def test_looking_at_the_model_loads_none(data_dir):
    with Desk.open(data_dir, embedder=ToyEmbedder()) as desk:
        assert desk.engine().loaded is False
        assert as_json(read_report(desk))["model"]["process_id"] is None


def test_every_tab_is_reached_by_keys_and_every_button_is_named(page):
    seen = set()
    for _ in TABS:
        page._turn_tab(1)
        seen.add(page._pages.currentIndex())
    assert len(seen) == len(TABS)
    for widget in page.findChildren(QAbstractButton):
        assert widget.accessibleName() or widget.objectName().startswith("qt_") or not widget.isVisible()


# ------------------------------------------------------------ the log


def test_an_exceptions_text_is_never_logged_but_its_kind_and_place(tmp_path):
    handler = logbook.keep_log(tmp_path)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("cxdesk.ui").exception("a slot stopped")
    logbook.end_log(handler)
    text = "\n".join(logbook.tail(tmp_path, 50))
    assert "ValueError" in text
    assert "test_monitor_page.py" in text
    assert "Mirabelle" not in text


def test_a_log_ends_with_its_desk(data_dir):
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()):
        pass
    logging.getLogger("cxdesk.ui").info("nobody is here")
    assert logbook.tail(data_dir, 5) == ()


def test_of_a_long_log_the_last_lines_are_shown_whole(tmp_path):
    (tmp_path / logbook.LOG).write_text("\n".join(f"line {n} {'x' * 90}" for n in range(2000)), encoding="utf-8")
    last = logbook.tail(tmp_path, 3)
    assert [line.split()[1] for line in last] == ["1997", "1998", "1999"]
    assert all(line.startswith("line ") for line in logbook.tail(tmp_path, 10_000))


# ------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("count", "said"), [(312, "312 B"), (4_100, "4.1 kB"), (94_121_984, "94 MB"), (1_200_000_000, "1.2 GB")]
)
def test_sizes_are_said_with_two_digits(count, said):
    assert monitor_words.size(count) == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (EngineState(), "No language model"),
        (EngineState(name="m"), "Not loaded"),
        (EngineState(name="m", loaded=True), "Ready"),
        (EngineState(name="m", loaded=True, busy=True, waiting=2), "Writing"),
    ],
)
def test_the_model_is_said_in_a_word(state, said):
    assert monitor_words.engine(state).text == said


def test_a_job_says_how_it_ended_or_that_it_has_not_run():
    job = JobState(name="rollup", what="")
    run = JobRun(name="rollup", started_at=now(), duration_s=1, ok=False, result="The disk is full.")
    assert monitor_words.job_result(job).text == "Has not run yet"
    assert monitor_words.job_result(job.model_copy(update={"last": run})).tone == "bad"
    assert monitor_words.job_result(job.model_copy(update={"running": True})).text == "Running now"
