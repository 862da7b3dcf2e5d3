"""The command line as a person uses it: exit codes, one sentence of trouble, JSON on stdout and nothing else."""

import json
import shutil
import sys
from datetime import date

import pytest

from cxdesk.demo.shop import write_demo_shop
from cxdesk.domain import Unavailable


@pytest.fixture
def demo_data(filled_demo, tmp_path):
    shutil.copytree(filled_demo, tmp_path / "desk")


def test_a_data_directory_without_a_desk_becomes_an_empty_one(cxdesk):
    code, out, err = cxdesk("ask", "Hello!", "--model", "none", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["decision"] == "reply"


@pytest.mark.usefixtures("demo_data")
def test_ask_prints_one_json_document(cxdesk):
    code, out, _ = cxdesk("ask", "I want to talk to a human", "--model", "none", "--json")
    document = json.loads(out)
    assert code == 0
    assert (document["decision"], document["handoff_reason"]) == ("handoff", "asked_for_human")


@pytest.mark.usefixtures("demo_data")
def test_a_conversation_goes_on_under_its_id(cxdesk):
    _, out, _ = cxdesk("ask", "Hello!", "--model", "none", "--json")
    first = json.loads(out)["conversation"]
    _, out, _ = cxdesk("ask", "Thanks!", "--conversation", first, "--model", "none", "--json")
    assert json.loads(out)["conversation"] == first


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ask", "", "--model", "none"), "The message is empty"),
        (("ask", "a" * 100_000, "--model", "none"), "100,000 characters"),
        (("ask", "Hi", "--customer", "nobody@example.com", "--model", "none"), "nobody@example.com"),
        (("ask", "Hi", "--conversation", "c_none", "--model", "none"), "c_none"),
        (("ask", "Hi", "--model", "nothing-like-it"), "nothing-like-it"),
        (("import", "/nowhere/at/all"), "/nowhere/at/all"),
        (("kb", "show", "none.md"), "none.md"),
        (("kb", "remove", "none.md"), "none.md"),
        (("eval", "answers", "--cases", "/nowhere.jsonl"), "/nowhere.jsonl"),
        (("models", "fetch", "nothing-like-it"), "nothing-like-it"),
    ],
)
def test_trouble_is_one_sentence_on_stderr_and_exit_code_1(cxdesk, arguments, sentence):
    code, out, err = cxdesk(*arguments)
    assert (code, out) == (1, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_a_settings_file_with_faults_names_them_all(cxdesk, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "settings.toml").write_text('tone = "rude"\nmessage_limit = 3\n', encoding="utf-8")
    code, _, err = cxdesk("ask", "Hi", "--model", "none")
    assert code == 1
    assert "tone" in err
    assert "message_limit" in err


def test_a_data_directory_that_is_a_file_is_named(cxdesk, tmp_path):
    (tmp_path / "desk").write_text("not a folder", encoding="utf-8")
    code, _, err = cxdesk("ask", "Hi", "--model", "none")
    assert code == 1
    assert str(tmp_path / "desk") in err


def test_wrong_usage_ends_with_2(cxdesk):
    assert cxdesk("ask")[0] == 2
    assert cxdesk("eval", "nonsense")[0] == 2


def test_a_desk_that_another_process_holds_names_the_process(cxdesk, demo_desk, monkeypatch):
    import os
    import subprocess

    command = [sys.executable, "-m", "cxdesk", "--data", str(demo_desk.data_dir), "ask", "Hi", "--model", "none"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ})
    assert done.returncode == 1
    assert str(os.getpid()) in done.stderr


def test_the_doctor_says_what_is_missing_and_what_to_do(cxdesk):
    code, out, _ = cxdesk("doctor", "--json")
    findings = {finding["what"]: finding for finding in json.loads(out)}
    assert code == 1
    assert not findings["shop"]["ok"]
    assert "cxdesk import" in findings["shop"]["next_step"]


@pytest.mark.usefixtures("demo_data")
def test_a_chat_shows_each_reply_and_ends_with_an_empty_line(cxdesk, monkeypatch):
    lines = iter(["Hello!", "I want a human", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    code, out, _ = cxdesk("chat", "--model", "none")
    assert code == 0
    assert "handed over: asked_for_human" in out


def test_unavailable_is_told_and_not_shown_as_a_traceback(cxdesk, monkeypatch):
    def fail(*arguments, **options):
        raise Unavailable("The disk is full. Free some space, then try again.")

    monkeypatch.setattr("cxdesk.desk.Desk.open", fail)
    assert cxdesk("ask", "Hi") == (1, "", "The disk is full. Free some space, then try again.\n")


@pytest.mark.weights
def test_an_example_of_the_shop_is_learned_at_once(cxdesk):
    code, out, _ = cxdesk("intents", "judge", "Could I have it gift-wrapped with a bow?", "--json")
    assert code == 0
    assert json.loads(out)[0]["name"] != "product"
    for example in ("Can you gift-wrap it with a bow?", "is gift wrapping with a bow possible"):
        assert cxdesk("intents", "add", "product", example)[0] == 0
    code, out, _ = cxdesk("intents", "judge", "Could I have it gift-wrapped with a bow?", "--json")
    assert json.loads(out)[0]["name"] == "product"


@pytest.mark.weights
def test_an_example_that_helps_nobody_is_refused_in_one_sentence(cxdesk):
    code, _, err = cxdesk("intents", "add", "astrology", "What does my horoscope say?")
    assert (code, err.count("\n")) == (1, 1)
    assert "astrology" in err
    assert cxdesk("intents", "add", "refund", "123")[0] == 1
    assert cxdesk("intents", "add", "refund", "give me back every penny of it")[0] == 0
    code, _, err = cxdesk("intents", "add", "complaint", "give me back every penny of it")
    assert (code, "refund" in err) == (1, True)


def test_after_an_import_the_list_of_customers_shows_tier_and_spend(cxdesk, tmp_path):
    write_demo_shop(tmp_path, date.today())
    assert cxdesk("import", str(tmp_path), "--json")[0] == 0
    code, printed, _ = cxdesk("customers", "list", "--json")
    people = json.loads(printed)
    assert code == 0
    assert all(person["tier"] for person in people)
    assert {person["tier"] for person in people} > {"standard"}
    assert any(float(person["total_spend"]) >= 500 for person in people if person["tier"] == "gold")
