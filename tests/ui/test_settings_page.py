"""What an owner does on the page of settings, on the real desk."""

import tomllib
from functools import partial

import pytest
from PySide6.QtCore import Qt

from cxdesk.domain import Account, CurvePoint, ReplayCurve, now
from cxdesk.settings import Settings
from cxdesk.ui import settings_words
from cxdesk.ui.settings_page import SettingsPage
from tests.ui.conftest import settle_page as settle


@pytest.fixture
def make_page(show_page, desk):
    return partial(show_page, SettingsPage, desk)


@pytest.fixture
def page(make_page):
    return make_page()


def written(desk):
    file = desk.data_dir / "settings.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def shown_groups(page):
    return [page.groups.item(at).text() for at in range(page.groups.count()) if not page.groups.item(at).isHidden()]


def test_every_setting_has_its_field_in_its_group(page):
    assert set(page.fields) == set(Settings.model_fields)
    assert shown_groups(page)[0] == "Shop"
    assert shown_groups(page)[-5:] == ["Action rules", "Tones", "Guardrail terms", "Permissions", "This PC"]
    assert page.counts[-1] == 0


def test_a_changed_setting_is_saved_and_holds_at_once(page, desk, qtbot):
    field = page.fields["shop_name"]
    field.control.clear()
    qtbot.keyClicks(field.control, "Marsh Lamps")
    assert page.counts[-1] == 1
    page.save()
    settle(page)
    assert desk.settings.shop_name == "Marsh Lamps"
    assert written(desk)["shop_name"] == "Marsh Lamps"
    assert page.counts[-1] == 0
    assert "1 setting saved" in page.said[-1].sentence


def test_two_problems_are_shown_at_their_fields_and_nothing_is_saved(page, desk):
    before = written(desk)
    page.fields["shop_name"].set_wanted("Marsh Lamps")
    page.fields["currency"].set_wanted("euro")
    page.fields["rollup_hour"].set_wanted("25")
    page.save()
    settle(page)
    assert "such as 'USD'" in page.fields["currency"].problem()
    assert "23" in page.fields["rollup_hour"].problem()
    assert "Currency" in page.notice.text()
    assert "Rollup hour" in page.notice.text()
    assert written(desk) == before
    assert desk.settings.shop_name != "Marsh Lamps"
    assert page.fields["shop_name"].wanted() == "Marsh Lamps"
    assert page.counts[-1] == 3
    page.fields["currency"].set_wanted("EUR")
    assert page.fields["currency"].problem() == ""


def test_a_setting_is_put_back_together_with_other_changes(page, desk):
    desk.configuration.save({"reply_tokens": 300})
    page.refresh()
    settle(page)
    field = page.fields["reply_tokens"]
    assert field.wanted() == "300"
    field.put_back_button.click()
    assert field.wanted() == "220"
    page.fields["tone"].set_wanted("professional")
    page.save()
    settle(page)
    assert desk.settings.reply_tokens == 220
    assert "reply_tokens" not in written(desk)
    assert desk.settings.tone == "professional"
    assert field.put_back_button.isHidden()


def test_what_is_changed_waits_while_the_page_is_left(page, desk):
    page.fields["shop_name"].set_wanted("Marsh Lamps")
    page.hide()
    desk.configuration.save({"currency": "EUR"})
    page.show()
    page.refresh()
    settle(page)
    assert page.fields["shop_name"].wanted() == "Marsh Lamps"
    assert page.fields["currency"].wanted() == "EUR"
    assert page.counts[-1] == 1
    page.discard()
    assert page.fields["shop_name"].wanted() == desk.settings.shop_name
    assert page.counts[-1] == 0


def test_what_the_environment_gives_is_said_and_fixed(make_page, monkeypatch):
    monkeypatch.setenv("CXDESK_TONE", "playful")
    field = make_page().fields["tone"]
    assert not field.control.isEnabled()
    assert field.wanted() == "playful"
    assert field.put_back_button.isHidden()
    assert "CXDESK_TONE" in settings_words.origin(field.info)


def test_a_secret_is_never_shown(page, desk):
    desk.configuration.save({"fallback_key": "k-4711"})
    page.refresh()
    settle(page)
    field = page.fields["fallback_key"]
    assert field.wanted() == ""
    assert not field.is_changed
    assert "is kept" in field.control.placeholderText()


def test_the_search_finds_settings_by_what_they_do(page):
    page.search.setText("frees")
    assert shown_groups(page) == []
    page.search.setText("silence closes")
    assert shown_groups(page) == ["Housekeeping"]
    assert not page.fields["close_after_h"].isHidden()
    assert page.fields["rollup_hour"].isHidden()
    page.search.clear()
    assert not page.fields["rollup_hour"].isHidden()
    assert len(shown_groups(page)) > 5


def test_a_broken_text_is_checked_with_its_line_and_not_saved(page, desk):
    editor = page.editors["action_rules.toml"]
    editor.text.setPlainText('[identity]\nproofs = [["email", "order_id"]]\n\n[actions.fly_home]\nallowed = true\n')
    editor.save_button.click()
    settle(page)
    assert editor.problems.count() >= 1
    assert editor.problems.item(0).text().startswith("Line 4")
    assert not desk.configuration.is_own("action_rules.toml")
    assert page.counts[-1] == 1
    editor.problems.itemActivated.emit(editor.problems.item(0))
    assert editor.text.textCursor().blockNumber() == 3


def test_a_text_becomes_the_shops_own_and_is_put_back_and_that_is_undone(make_page, desk):
    page = make_page()
    done = []
    page.done.connect(done.append)
    editor = page.editors["blocked_terms.txt"]
    bundled = editor.written()
    editor.text.setPlainText("moonshine\n")
    editor.check_button.click()
    settle(page)
    assert editor.told() == "Nothing is wrong with it."
    editor.save_button.click()
    settle(page)
    assert desk.configuration.is_own("blocked_terms.txt")
    assert not editor.is_changed
    editor.put_back_button.click()
    settle(page)
    assert not desk.configuration.is_own("blocked_terms.txt")
    assert editor.written() == bundled
    done[-1].undo()
    assert desk.configuration.text("blocked_terms.txt") == "moonshine\n"


def test_the_curve_is_worked_out_from_the_shops_own_past_and_changes_nothing(page, desk):
    turn = desk.ask("How long does standard shipping take?")
    before = desk.store.conversations.messages(turn.conversation)
    page.work_out_curve()
    settle(page)
    assert "could be judged" in page.curve.told()
    assert desk.store.conversations.messages(turn.conversation) == before
    assert page.curve.work_button.isEnabled()


def test_working_out_the_curve_can_be_stopped(page, desk):
    desk.ask("How long does standard shipping take?")
    page.work_out_curve()
    page.curve.strip.cancel()
    settle(page)
    assert "stopped" in page.said[-1].sentence
    assert not page.curve.strip.is_working


def test_a_point_of_the_curve_becomes_the_confidence(page, qtbot):
    points = tuple(
        CurvePoint(confidence=at, coverage=1 - at, error=error, offered=10, corrected=wrong)
        for at, error, wrong in ((0.5, 0.2, 2), (0.7, 0.1, 1), (0.9, 0.0, 0))
    )
    page.curve.show_curve(ReplayCurve(cases=20, judged=10, points=points, advised=0.7))
    assert "0.70" in page.curve.point()
    qtbot.keyClick(page.curve.chart, Qt.Key.Key_Left)
    assert "0.90" in page.curve.point()
    page.curve.pick_button.click()
    assert page.fields["autopilot_confidence"].wanted() == "0.9"
    assert page.fields["autopilot_confidence"].is_changed


def test_who_may_not_change_settings_is_shown_none(make_page, desk):
    desk.access.admit(Account(name="Ann", role="agent", active=True, created_at=now()))
    page = make_page()
    assert shown_groups(page) == ["Action rules", "Tones", "Guardrail terms", "Permissions", "This PC"]
    assert page.editors["tones.toml"].text.isReadOnly()
    assert page.editors["tones.toml"].save_button.isHidden()


def test_the_appearance_is_chosen_at_once(page, look):
    box = page.findChild(type(page.fields["tone"].control), "appearance")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert look.theme.name == "dark"
    box.activated.emit(0)
    assert look.chosen is None


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("it can't be read: Invalid value (at line 2, column 5)", 2),
        ("actions.cancel_order.in_status: Input should be a list", 3),
        ("the term 'x' is a single letter, which stands in honest messages", 4),
        ("the role 'admin' is missing", None),
    ],
)
def test_a_problem_is_found_in_its_line(told, line):
    assert settings_words.line_of(told, "a = 1\nb = \nin_status = 3\nx\n") == line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lock_after_min", "Lock after (minutes)"),
        ("turn_timeout_s", "Turn timeout (seconds)"),
        ("silence_h", "Silence (hours)"),
        ("shop_name", "Shop name"),
    ],
)
def test_a_setting_says_its_unit_in_words(name, said):
    assert settings_words.title(name) == said
