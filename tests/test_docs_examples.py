"""The examples and tables of the docs hold in the program: files are loaded by the loaders that the desk uses."""

import re
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from cxdesk.agent.permissions import ROLES, TABLES, load_permissions
from cxdesk.agent.rules import Action, ActionRule, ToldAt, load_rules
from cxdesk.agent.shop_tools import load_shop_tools
from cxdesk.agent.tone import load_tones
from cxdesk.agent.tools import READ_TOOLS, WRITE_TOOLS
from cxdesk.assist.canned import read_canned
from cxdesk.assist.variables import VARIABLES, variables_in
from cxdesk.settings import bundled, load_settings
from cxdesk.store import Store

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"^```toml\n# (?P<file>[\w./]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
IDENTITY = '[identity]\nproofs = [["email", "order_id"]]\n'


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def examples():
    found = [(doc, match) for doc in sorted(DOCS.glob("*.md")) for match in BLOCK.finditer(page(doc.name))]
    names = (f"{doc.stem}-{number}-{match['file']}" for number, (doc, match) in enumerate(found))
    return [pytest.param(match["file"], match["text"], id=name) for name, (_, match) in zip(names, found, strict=True)]


@pytest.fixture
def store():
    with Store.open(None) as opened:
        yield opened


@pytest.mark.parametrize(("name", "text"), examples())
def test_an_example_is_a_file_that_the_desk_takes(name, text, tmp_path, store):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    match file.name:
        case "action_rules.toml":
            if "[identity]" not in text:
                file.write_text(IDENTITY + text, encoding="utf-8")
            assert load_rules(file)
        case "permissions.toml":
            assert load_permissions(file, {*READ_TOOLS, *WRITE_TOOLS})
        case "settings.toml":
            assert load_settings(tmp_path)
        case "tones.toml":
            assert load_tones(bundled("resources/tones.toml"), file) != load_tones(bundled("resources/tones.toml"))
        case "canned.toml":
            assert all(set(variables_in(reply.text)) <= VARIABLES.keys() for reply in read_canned(file))
        case _:
            assert load_shop_tools(file.parent, store).keys() == {file.stem}


def test_every_block_of_a_file_names_the_file():
    for doc in DOCS.glob("*.md"):
        assert page(doc.name).count("```toml") == len(BLOCK.findall(page(doc.name))), doc.name


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(ActionRule.model_fields, id="rules"),
        pytest.param(get_args(Action), id="actions"),
        pytest.param(ToldAt.model_fields, id="subjects"),
        pytest.param(ROLES, id="roles"),
        pytest.param(TABLES, id="tables"),
        pytest.param(READ_TOOLS, id="look-ups"),
    ],
)
def test_the_page_of_rules_names_all_that_can_be_set(names):
    assert [name for name in names if f"`{name}`" not in page("rules.md")] == []


def test_the_page_on_privacy_names_every_table_of_the_store(tmp_path):
    Store.open(tmp_path / "desk.duckdb").close()
    with duckdb.connect(tmp_path / "desk.duckdb") as database:
        tables = {name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert [table for table in sorted(tables) if f"`{table}`" not in page("privacy.md")] == []


def test_the_page_for_staff_names_every_variable_of_saved_replies():
    assert [name for name in VARIABLES if f"`{{{name}}}`" not in page("operator.md")] == []
