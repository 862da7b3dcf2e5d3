"""`cxdesk settings` and `cxdesk accounts`."""

import json

import pytest
from typer.testing import CliRunner

from cxdesk.cli.app import app
from cxdesk.domain import Invalid, Refused
from cxdesk.settings import InvalidSettings


@pytest.fixture
def run(tmp_path):
    def invoke(*arguments, typed=None, fails_with=None):
        result = CliRunner().invoke(app, ["--data", str(tmp_path / "desk"), *arguments], input=typed)
        if fails_with:
            assert isinstance(result.exception, fails_with)
            return str(result.exception)
        assert result.exception is None, result.exception
        return result.stdout

    return invoke


def test_a_setting_is_listed_set_and_reset(run):
    assert "  tone = friendly  (default)" in run("settings", "list")
    assert run("settings", "set", "autopilot", "on") == "autopilot is now on.\n"
    shown = {each["name"]: each for each in json.loads(run("settings", "list", "--json"))}
    assert (shown["autopilot"]["value"], shown["autopilot"]["source"]) == (True, "file")
    assert run("settings", "reset", "autopilot") == "autopilot is now off.\n"


def test_a_setting_that_can_not_be_used_changes_nothing(run, tmp_path):
    assert "Input should be" in run("settings", "set", "tone", "rude", fails_with=InvalidSettings)
    assert "did you mean 'tone'" in run("settings", "reset", "tonne", fails_with=InvalidSettings)
    assert not (tmp_path / "desk" / "settings.toml").exists()


def test_a_key_is_never_printed(run):
    assert run("settings", "set", "fallback_key", "sk-secret") == "fallback_key is now set.\n"
    assert "sk-secret" not in run("settings", "list") + run("settings", "list", "--json")


def test_the_owner_manages_accounts_without_signing_in(run):
    password = "a green lamp\n" * 2
    assert run("accounts", "create", "Ann", typed=password).endswith("Ann: admin\n")
    assert run("accounts", "create", "Kim", "--role", "agent", typed=password).endswith("Kim: agent\n")
    assert run("accounts", "role", "Kim", "viewer") == "Kim: viewer\n"
    assert run("accounts", "deactivate", "Kim") == "Kim: viewer, may not sign in\n"
    assert "last admin" in run("accounts", "role", "Ann", "agent", fails_with=Refused)
    assert run("accounts", "password", "Ann", typed=password).endswith("Ann has a new password.\n")
    assert [each["name"] for each in json.loads(run("accounts", "list", "--json"))] == ["Ann", "Kim"]
    assert "no account 'Bo'" in run("accounts", "activate", "Bo", fails_with=Invalid)
