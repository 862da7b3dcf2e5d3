import json
import tomllib
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from cxdesk.cli.app import Context
from cxdesk.cli.models import app
from cxdesk.domain import Invalid, Unavailable
from tests.llm.conftest import gguf_bytes


@pytest.fixture
def models(tmp_path, monkeypatch):
    """An empty models folder, and a way to run commands on it."""
    monkeypatch.setenv("CXDESK_MODELS", str(tmp_path / "models"))
    monkeypatch.delenv("CXDESK_MODEL", raising=False)
    (tmp_path / "models").mkdir()
    data_dir = tmp_path / "data"

    def run(*arguments, fails_with=None):
        result = CliRunner().invoke(app, list(arguments), obj=Context(data_dir))
        if fails_with:
            assert isinstance(result.exception, fails_with)
            return str(result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return SimpleNamespace(run=run, data_dir=data_dir, folder=tmp_path / "models")


@pytest.fixture
def stick(tmp_path):
    """A GGUF as it may be brought on a USB stick."""
    path = tmp_path / "house.gguf"
    path.write_bytes(gguf_bytes())
    return path


def test_list_tells_as_json_what_there_is_and_what_suits_this_pc(models):
    shown = json.loads(models.run("list", "--json").stdout)
    assert len(shown["models"]) == 7
    assert not any(row["installed"] for row in shown["models"])
    assert sum(row["in_use"] for row in shown["models"]) == 1
    assert "this PC has" in shown["default"]["reason"]


def test_list_for_people_is_a_line_a_model(models):
    lines = models.run("list").stdout.splitlines()
    assert len(lines) == 8
    assert lines[-1].startswith("Chosen for this PC: ")


def test_an_imported_model_can_be_used_verified_and_removed(models, stick):
    assert json.loads(models.run("import", str(stick), "--json").stdout)["name"] == "house"
    models.run("use", "house")
    assert tomllib.loads((models.data_dir / "settings.toml").read_text()) == {"model": "house"}
    rows = {row["name"]: row for row in json.loads(models.run("list", "--json").stdout)["models"]}
    assert rows["house"]["in_use"]
    assert json.loads(models.run("verify", "--json").stdout)[0]["ok"]
    models.run("remove", "house")
    assert list(models.folder.glob("*.gguf")) == []


def test_the_model_that_auto_finds_here_is_the_one_in_use(models, stick):
    models.run("import", str(stick))
    rows = json.loads(models.run("list", "--json").stdout)["models"]
    assert [row["name"] for row in rows if row["in_use"]] == ["house"]


def test_verify_ends_with_1_when_a_model_is_damaged(models, stick):
    models.run("import", str(stick))
    (models.folder / "house.gguf").write_bytes(gguf_bytes()[:-1] + b"\2")
    result = models.run("verify", "house")
    assert result.exit_code == 1
    assert "damaged  house" in result.stdout


def test_a_model_that_is_not_here_can_not_be_used(models):
    assert "cxdesk models fetch qwen3-4b-q4_k_m" in models.run("use", "qwen3-4b-q4_k_m", fails_with=Unavailable)
    assert not models.data_dir.exists()


@pytest.mark.parametrize("name", ["auto", "none"])
def test_auto_and_none_can_be_used_without_any_model(models, name):
    models.run("use", name)
    assert tomllib.loads((models.data_dir / "settings.toml").read_text()) == {"model": name}


def test_an_unknown_name_is_refused_before_any_download(models):
    assert "no model 'smollm3'" in models.run("fetch", "smollm3", fails_with=Invalid)


def test_a_broken_file_is_refused_in_one_sentence(models, stick):
    stick.write_bytes(b"not a model")
    assert "not a usable GGUF" in models.run("import", str(stick), fails_with=Invalid)
