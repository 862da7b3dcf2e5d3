"""What the owner may set, and what the error says when it can't be."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain import Invalid, Unavailable
from cxdesk.settings import (
    GROUPS,
    SETTINGS_FILE,
    InvalidSettings,
    Settings,
    change_settings,
    describe_settings,
    load_settings,
    window_language,
    with_setting,
)


def settings(folder, text):
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")
    return load_settings(folder)


@pytest.mark.parametrize(
    "url", ["https://api.example.com/v1", "http://127.0.0.1:8080/v1", "http://192.168.1.5/v1", "http://box.local/v1"]
)
def test_a_fallback_is_an_encrypted_address_or_one_nearby(tmp_path, url):
    text = f'fallback = "on_failure"\nfallback_model = "m"\nfallback_url = "{url}"'
    assert settings(tmp_path, text).fallback_url == url


@pytest.mark.parametrize(
    "url", ["http://api.example.com/v1", "http://8.8.8.8/v1", "ftp://api.example.com", "api.example.com"]
)
def test_an_address_where_others_could_read_along_is_refused(tmp_path, url):
    with pytest.raises(Invalid, match="must begin with https://"):
        settings(tmp_path, f'fallback_url = "{url}"')


def test_a_fallback_without_its_model_is_refused_and_its_key_not_shown(tmp_path):
    text = 'fallback = "always"\nfallback_url = "https://api.example.com/v1"\nfallback_key = "sk-secret"'
    with pytest.raises(Invalid, match="needs 'fallback_url' and 'fallback_model'") as error:
        settings(tmp_path, text)
    assert "sk-secret" not in str(error.value)


def test_a_key_of_the_wrong_kind_is_not_shown(tmp_path):
    with pytest.raises(Invalid, match="fallback_key") as error:
        settings(tmp_path, "fallback_key = 123456789")
    assert "123456789" not in str(error.value)


@pytest.mark.parametrize("language", ["", "de", "pt_BR", "fil"])
def test_the_window_may_speak_any_language_or_the_systems(tmp_path, language):
    settings(tmp_path, f'language = "{language}"')
    assert window_language(tmp_path) == language


def test_a_language_that_is_spelled_out_is_refused(tmp_path):
    with pytest.raises(Invalid, match="write it like 'de' or 'pt_BR'"):
        settings(tmp_path, 'language = "German"')


def test_a_window_over_settings_that_can_not_be_used_speaks_the_systems_language(tmp_path):
    (tmp_path / SETTINGS_FILE).write_text("language = 'de'\nthreads = -3", encoding="utf-8")
    assert window_language(tmp_path) == ""


def test_all_problems_are_told_together(tmp_path):
    with pytest.raises(Invalid, match=r"threads.*it is -3.*tone|tone.*threads.*it is -3"):
        settings(tmp_path, 'threads = -3\ntone = "rude"')


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("", "x", 'model = "x"\n'),
        (
            '# mine\nmodel = "a"  # the good one\ntone = "playful"\n',
            "x",
            '# mine\nmodel = "x"  # the good one\ntone = "playful"\n',
        ),
        ("model='a'", "x", 'model="x"\n'),
        ('tone = "playful"\n[table]\nmodel = "a"\n', "x", 'tone = "playful"\nmodel = "x"\n[table]\nmodel = "a"\n'),
        ('models = "a"\n', "x", 'models = "a"\nmodel = "x"\n'),
        ('model = "a # no note" # note\n', "x", 'model = "x" # note\n'),
        ('model = "a \\" b"# note\n', 7, "model = 7# note\n"),
        ('# one\nmodel = "a"\n\n# two\n', None, "# one\n\n# two\n"),
        ("# one\n", None, "# one\n"),
        ("# a\u2028b\n", True, "# a\u2028b\nmodel = true\n"),
    ],
)
def test_a_setting_is_changed_and_every_other_line_stays(before, value, after):
    assert with_setting(before, "model", value) == after


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_reads_back_as_it_was_written(text):
    assert tomllib.loads(with_setting("tone = 'playful'\n", "shop_name", text))["shop_name"] == text


def test_every_setting_is_described_for_a_page(tmp_path, monkeypatch):
    monkeypatch.setenv("CXDESK_REPLY_TOKENS", "99")
    (tmp_path / SETTINGS_FILE).write_text('tone = "playful"\nfallback_key = "sk-secret"\n')
    infos = describe_settings(tmp_path)
    by_name = {info.name: info for info in infos}
    assert len(infos) == len(by_name) == len(Settings.model_fields)
    assert all(info.description for info in infos)
    tone, tokens, offline = by_name["tone"], by_name["reply_tokens"], by_name["offline"]
    assert (tone.kind, tone.value, tone.default, tone.source) == ("choice", "playful", "friendly", "file")
    assert tone.choices == ("professional", "friendly", "playful")
    assert (tokens.kind, tokens.minimum, tokens.maximum, tokens.whole) == ("number", 32, 2048, True)
    assert (tokens.value, tokens.source) == (99, "environment")
    assert (offline.kind, offline.value, offline.source) == ("switch", False, "default")
    assert by_name["embedder"].restart
    assert "sk-secret" not in str(infos)
    assert by_name["fallback_key"].value is True


def test_the_groups_of_the_page_name_settings_that_exist():
    names = [name for group in GROUPS.values() for name in group]
    assert len(names) == len(set(names))
    assert set(names) <= set(Settings.model_fields)


def test_settings_are_changed_together_and_kept(tmp_path):
    (tmp_path / SETTINGS_FILE).write_text('# ours\ntone = "playful"  # for now\n')
    now = change_settings(tmp_path, {"tone": "friendly", "offline": "on", "tier_gold": "600.5"})
    assert (now.tone, now.offline, str(now.tier_gold)) == ("friendly", True, "600.5")
    assert load_settings(tmp_path) == now
    assert (tmp_path / SETTINGS_FILE).read_text().startswith('# ours\ntone = "friendly"  # for now\n')


def test_no_setting_is_saved_when_one_is_wrong_and_each_is_named(tmp_path):
    changes = {"threads": -3, "tone": "rude", "tier_silver": 900, "shop_name": "Fine", "tonne": 1}
    with pytest.raises(InvalidSettings) as refused:
        change_settings(tmp_path, changes)
    assert set(refused.value.problems) == {"threads", "tone", "tonne", "tier_silver", "tier_gold", "tier_platinum"}
    assert "did you mean 'tone'" in refused.value.problems["tonne"]
    assert not (tmp_path / SETTINGS_FILE).exists()


def test_a_setting_is_put_back_to_its_default(tmp_path):
    file = tmp_path / SETTINGS_FILE
    file.write_text('# ours\ntone = "playful"\nthreads = -3\noffline = true\n')
    assert change_settings(tmp_path, {}, ["threads", "tone", "model"]).tone == "friendly"
    assert file.read_text() == "# ours\noffline = true\n"


def test_a_setting_of_the_environment_is_not_changed_in_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("cxdesk_tone", "playful")
    with pytest.raises(InvalidSettings, match="variable CXDESK_TONE"):
        change_settings(tmp_path, {"tone": "friendly"})


@pytest.mark.parametrize("text", ['shop_name = """\nOurs\n"""\n', '"shop_name" = "Ours"\n', "x = [\n"])
def test_a_file_that_is_written_otherwise_is_left_alone(tmp_path, text):
    file = tmp_path / SETTINGS_FILE
    file.write_text(text)
    with pytest.raises(Invalid, match=r"Edit it by hand|Mend or remove"):
        change_settings(tmp_path, {"shop_name": "Yours"})
    assert file.read_text() == text


def test_half_a_character_is_refused_and_the_file_stays(tmp_path):
    with pytest.raises(Invalid):
        change_settings(tmp_path, {"shop_name": "a\ud800"})
    assert not (tmp_path / SETTINGS_FILE).exists()


def test_a_file_that_can_not_be_written_stays_as_it_was(tmp_path, monkeypatch):
    file = tmp_path / SETTINGS_FILE
    file.write_text('tone = "playful"\n')
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(Unavailable, match="The disk is full, so the file"):
        change_settings(tmp_path, {"tone": "friendly"})
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_FILE]
    assert file.read_text() == 'tone = "playful"\n'


def test_a_file_of_settings_keeps_its_rights_and_a_link_stays_one(tmp_path):
    real = tmp_path / "elsewhere.toml"
    real.write_text("")
    real.chmod(0o640)
    (tmp_path / SETTINGS_FILE).symlink_to(real)
    change_settings(tmp_path, {"tone": "playful"})
    assert (tmp_path / SETTINGS_FILE).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "playful" in real.read_text()
