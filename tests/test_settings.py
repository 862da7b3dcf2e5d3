"""What the owner may set, and what the error says when it can't be."""

import pytest

from cxdesk.domain import Invalid
from cxdesk.settings import SETTINGS_FILE, load_settings


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


def test_all_problems_are_told_together(tmp_path):
    with pytest.raises(Invalid, match=r"threads.*it is -3.*tone|tone.*threads.*it is -3"):
        settings(tmp_path, 'threads = -3\ntone = "rude"')
