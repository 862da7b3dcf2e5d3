"""Trying a model out, and keeping what was measured."""

import os
from threading import Event

import pytest

from cxdesk.domain import Stopped, Unavailable
from cxdesk.llm import tryout
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.tryout import Trial, keep_measured, measured, try_out
from cxdesk.llm.weights import Installed
from tests.llm.conftest import ask, gguf_bytes


@pytest.fixture
def tiny(tmp_path):
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf_bytes())
    return Installed(name="tiny", kind="language", path=path, bytes=path.stat().st_size)


def trial(seconds=2.0):
    return Trial(model="tiny", text="Hello there.", first_s=0.5, total_s=seconds, tokens=4)


def test_the_reply_is_heard_as_it_comes_and_counted():
    heard = []
    said = try_out(ScriptedModel(["Yes, we are open."]), ask("Open?"), max_tokens=50, on_text=heard.append)
    assert "".join(heard) == said.text == "Yes, we are open."
    assert len(heard) == 4
    assert said.tokens == 6  # words and marks
    assert 0 < said.first_s <= said.total_s


def test_speed_leaves_the_wait_for_the_first_word_out():
    assert trial().tokens_per_s == 2.0
    assert trial().model_copy(update={"tokens": 1}).tokens_per_s is None


def test_a_try_that_is_stopped_says_so():
    cancel = Event()
    with pytest.raises(Stopped, match="'scripted' was stopped"):
        try_out(ScriptedModel(["One two three"]), ask("?"), max_tokens=9, on_text=lambda _: cancel.set(), cancel=cancel)


def test_a_model_that_writes_nothing_is_not_measured():
    with pytest.raises(Unavailable, match="wrote nothing"):
        try_out(ScriptedModel([""]), ask("?"), max_tokens=9)


def test_what_was_measured_is_found_again(tiny, tmp_path):
    kept = keep_measured(tiny, trial(), tmp_path)
    assert measured(tiny, tmp_path) == kept
    assert kept.seconds == 2.0
    keep_measured(tiny.model_copy(update={"name": "other"}), trial(9.0), tmp_path)
    assert measured(tiny, tmp_path) == kept


def test_of_a_changed_file_nothing_is_known(tiny, tmp_path):
    keep_measured(tiny, trial(), tmp_path)
    os.utime(tiny.path, ns=(1, 1))
    assert measured(tiny, tmp_path) is None


def test_on_another_pc_nothing_is_known(tiny, tmp_path, monkeypatch):
    keep_measured(tiny, trial(), tmp_path)
    monkeypatch.setattr(tryout.platform, "node", lambda: "another")
    assert measured(tiny, tmp_path) is None


def test_a_damaged_file_of_measurements_is_as_none(tiny, tmp_path):
    (tmp_path / tryout.MEASURED).write_text("{", encoding="utf-8")
    assert measured(tiny, tmp_path) is None
    assert keep_measured(tiny, trial(), tmp_path) == measured(tiny, tmp_path)
