"""What an owner does with the figures, on the real desk."""

import csv
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDateEdit, QLineEdit, QToolButton

from cxdesk.desk import Desk
from cxdesk.domain import Figure, HandoffReason, Period, Unavailable, now
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.memory.figures import period_of
from cxdesk.ui import figures_words
from cxdesk.ui.chart import Bar, Chart, RowChart
from cxdesk.ui.figures_cards import FigureTile
from cxdesk.ui.figures_page import FiguresPage
from cxdesk.ui.figures_reading import Behind
from cxdesk.ui.figures_words import Span
from tests.ui.conftest import settle_page as settle

CUSTOMER = "maya.lindqvist@example.com"


@pytest.fixture
def make_page(show_page):
    return partial(show_page, FiguresPage)


@pytest.fixture
def empty_desk(data_dir):
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()) as desk:
        yield desk


@pytest.fixture
def asked(empty_desk):
    """Two conversations of today: a question, and a wish for a person."""
    empty_desk.ask("Where is my parcel?")
    empty_desk.ask("I want to talk to a human")
    return empty_desk


@pytest.fixture
def page(make_page, asked):
    return make_page(asked)


def shown(page, figure):
    return page.tiles[figure].value()


def listed(page):
    return [page.behind.rows.value(row).id for row in range(page.behind.rows.rowCount())]


def read_csv(file):
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_the_tiles_say_what_happened_and_how_it_differs_from_the_time_before(page):
    assert shown(page, "conversations") == "2"
    assert page.tiles["conversations"].note() == "2 more than before"
    assert "compared with" in page._compared.text()


def test_a_figure_is_opened_down_to_its_conversation(page, asked, qtbot):
    page.cards["handoffs"].chart.open_bar(0)
    settle(page)

    assert len(listed(page)) == 1
    assert asked.store.conversations.get(listed(page)[0]).state == "handed_over"
    qtbot.keyClick(page.behind.table, Qt.Key.Key_Return)
    assert page.went == [("inbox", listed(page)[0])]


def test_todays_column_opens_todays_conversations(page):
    chart = page.cards["volume"].chart
    chart.open_bar(len(chart.bars()) - 1)
    settle(page)
    assert len(listed(page)) == 2
    chart.open_bar(0)
    settle(page)
    assert listed(page) == []
    assert "No conversation" in page.behind.pane.nothing.title()


def test_every_bar_is_reached_and_opened_by_keys(page, qtbot):
    chart = page.cards["moods"].chart
    asked = []
    chart.opened.connect(asked.append)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert asked == [chart.bars()[-1].key]
    assert chart.bars()[-1].label in chart.accessibleName()


def test_words_narrow_the_list_and_escape_shows_all_again(page):
    page.open(Behind("conversations", "Conversations begun"))
    settle(page)
    page.behind.filters.field.setText("zebra")
    page.behind.filters.changed.emit()
    assert not page.behind.pane.shows_table
    page.behind.filters.clear()
    assert len(listed(page)) == 2


def test_no_command_takes_escape_from_the_search_field(page, qtbot):
    assert "Esc" not in {command.keys for command in page.commands()}
    page.open(Behind("conversations", "Conversations begun"))
    settle(page)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.behind.filters.go()
    page.behind.filters.field.setText("zebra")
    qtbot.keyClick(page.behind.filters.field, Qt.Key.Key_Escape)
    assert (page.behind.filters.words(), page.behind.isVisible()) == ("", True)


def test_a_date_that_is_being_changed_keeps_the_keys(page, qtbot):
    with qtbot.waitActive(page):
        page.activateWindow()
    page.period.choose_own()
    settle(page)
    assert QApplication.focusWidget() is page.period.first
    page.period.first.stepUp()
    settle(page)
    assert QApplication.focusWidget() is page.period.first


def test_another_time_is_counted_anew_and_closes_the_list(page):
    page.open(Behind("conversations", "Conversations begun"))
    settle(page)
    page.period.choose(None)
    settle(page)
    assert page.behind.isHidden()
    assert page.board.span.last == now().astimezone().date()
    assert page.tiles["conversations"].note() == ""


def test_days_of_ones_own_the_wrong_way_round_are_told_and_nothing_is_lost(page):
    page.period.choose_own()
    settle(page)
    before = page.board
    page.period.last.setDate(page.period.first.date().addDays(-3))
    settle(page)
    assert "ends before it begins" in page.notice.text()
    assert page.board == before
    page.period.last.setDate(page.period.first.date())
    settle(page)
    assert page.notice.isHidden()


def test_a_refresh_without_news_changes_nothing_on_screen(page, monkeypatch):
    drawn = []
    for card in page.cards.values():
        monkeypatch.setattr(card, "show_board", drawn.append)
    page.refresh()
    settle(page)
    assert drawn == []


def test_an_empty_desk_says_how_figures_begin(make_page, empty_desk):
    page = make_page(empty_desk)
    assert "longer time" in page.nothing.text()
    page.period.choose(None)
    settle(page)
    assert page.nothing.title() == "No figures yet"
    assert "first customer" in page.nothing.text()


def test_all_figures_are_saved_as_csv_and_as_a_picture(page, tmp_path):
    page.resize(900, 300)
    page.save_table(tmp_path / "all.csv")
    page.save_picture(tmp_path / "all.png")
    settle(page)
    rows = read_csv(tmp_path / "all.csv")
    assert {row["figure"] for row in rows} == {figure.name for figure in page.board.found.figures}
    assert QImage(str(tmp_path / "all.png")).height() > page.height()  # what is out of sight is on it, too
    assert len(page.said) == 2


def test_one_card_is_saved_alone(page, tmp_path):
    page.save_table(tmp_path / "moods.csv", page.cards["moods"])
    settle(page)
    assert {row["figure"] for row in read_csv(tmp_path / "moods.csv")} == {"moods"}


def test_a_file_that_can_not_be_written_is_told(page, tmp_path):
    page.save_picture(tmp_path / "missing" / "all.png")
    settle(page)
    assert "can't be written" in page.notice.text()


def test_a_desk_that_can_not_be_counted_is_told_and_the_figures_stay(page, asked, monkeypatch):
    def fail(*_, **__):
        raise Unavailable("The disk is full. Free some space.")

    monkeypatch.setattr(asked.overview, "figures", fail)
    page.refresh()
    settle(page)
    assert page.notice.text() == "The disk is full. Free some space."
    assert shown(page, "conversations") == "2"


def test_in_a_narrow_window_the_list_takes_the_boards_place(page):
    page.resize(800, 600)
    page.open(Behind("conversations", "Conversations begun"))
    settle(page)
    assert not page._scroll.isVisible()
    page.close_list()
    assert page._scroll.isVisible()


def test_what_a_person_can_use_has_a_name(page):
    page.period.choose_own()
    settle(page)
    for kind in (QToolButton, QDateEdit, Chart, FigureTile):
        for widget in page.findChildren(kind):
            if not isinstance(widget.parent(), QLineEdit):  # its cross is Qt's own
                assert widget.accessibleName(), widget.objectName()


def test_an_hour_opens_the_conversations_of_that_hour_on_the_shops_clock(asked):
    clock = datetime.now(timezone(timedelta(hours=5)))
    store = asked.store
    store.traces.catch_up()
    period = period_of(None, None, clock)
    parts = store.figures.sums({"busiest_hours": "count"}, period, 300)["busiest_hours"].parts_now
    for hour, count in parts.items():
        assert count
        assert store.figures.conversations("busiest_hours", period, hour, offset_minutes=300)


def test_a_course_by_weeks_and_months_adds_up_to_the_whole(asked):
    period = period_of(None, None, now())
    for step in ("day", "week", "month"):
        sums = asked.store.figures.sums({"conversations": "count"}, period, 0, step)["conversations"]
        assert sum(sums.by_day.values()) == sums.now.value == 2


def test_a_reply_that_came_before_the_question_is_no_first_reply(empty_desk):
    """A desk that writes first is not quick: what counts is what follows the customer's first message."""
    from cxdesk.domain import Role

    talk = empty_desk.start_conversation().id
    for role in (Role.desk, Role.customer, Role.agent):
        empty_desk.store.conversations.add_message(talk, role, "Hello")
    found = empty_desk.store.figures.sums({"first_reply": "median"}, period_of(None, None, now()))["first_reply"]
    assert (found.now.n, found.now.unknown) == (1, 0)


# ------------------------------------------------------------ words


def figure(unit="share", **fields):
    return Figure(**{"name": "durable_resolution", "title": "", "unit": unit, "value": 0.75, "n": 40, **fields})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (figure(), "75%"),
        (figure(n=4), "3 of 4"),
        (figure("stars", value=4.5, n=2), "4.5 of 5 (of 2 only)"),
        (figure("count", value=1234, n=1234), "1,234"),
        (figure("seconds", value=240), "4 min"),
        (figure(value=None), "Not known"),
    ],
)
def test_a_value_is_said_in_its_unit_and_one_of_few_with_their_number(made, said):
    assert figures_words.value(made) == said


@pytest.mark.parametrize(
    ("made", "said", "tone"),
    [
        (figure(before=0.70, n_before=30), "5 points more than before", "good"),
        (figure(before=0.76, n_before=30), "1 point less than before", "bad"),
        (figure(before=0.75, n_before=30), "= as before", "quiet"),
        (figure(before=0.2, n_before=2), "too few before to compare", "quiet"),
        (figure("seconds", name="first_reply", value=60, before=120, n_before=9), "60 s shorter than before", "good"),
        (figure("count", name="handoffs", value=30, before=20, n_before=20), "10 (50%) more than before", "quiet"),
        (figure("count", name="handoffs", value=1, before=3, n_before=3), "2 fewer than before", "quiet"),
    ],
)
def test_a_difference_is_said_in_words_and_its_tone_says_whether_it_is_good(made, said, tone):
    label = figures_words.difference(made)
    assert (label.text, label.tone) == (said, tone)


def test_a_long_time_has_few_columns():
    last = datetime(2026, 11, 21, tzinfo=UTC).date()
    for days, step in ((30, "day"), (92, "day"), (93, "week"), (365, "week"), (1500, "month")):
        span = Span(last - timedelta(days=days - 1), last)
        assert figures_words.step_of(span) == step
        assert len(figures_words.steps(span, step)) <= 92


def test_a_columns_time_is_cut_to_the_chosen_one():
    moment = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=2)))
    within = period_of(datetime(2026, 11, 4).date(), moment.date(), moment)
    monday = datetime(2026, 11, 2).date()
    found = figures_words.period_of_step(monday, "week", within, moment)
    assert found == Period(start=within.start, end=datetime(2026, 11, 8, 22, tzinfo=UTC))


def test_many_kinds_are_gathered_until_they_are_asked_for(qtbot, look):
    chart = RowChart(look, "chart", "Kinds")
    qtbot.addWidget(chart)
    chart.show_bars([Bar(name, name, 1.0, "1", name) for name in "abc"])
    assert chart.accessibleDescription() == "a: 1; b: 1; c: 1"


def test_every_reason_of_a_handoff_has_words():
    for reason in HandoffReason:
        assert figures_words.part("handoffs", reason.value) != reason.value
