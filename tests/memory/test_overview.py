"""The owner's view of a desk that has really answered, from the command line too."""

import json
import shutil

import pytest
import typer
from typer.testing import CliRunner

from cxdesk.cli import figures, search, traces
from cxdesk.cli.app import root
from cxdesk.desk import Desk
from cxdesk.domain import Entities
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.memory.housekeeping import jobs
from cxdesk.memory.overview import Overview, without_personal
from cxdesk.memory.past import Past
from cxdesk.memory.search import History
from cxdesk.rehearsal import replay_messages, replay_one

SAID = ("Do you repair violins made before 1900?", "What are your opening hours?", "Where is my order #VE1001?")


@pytest.fixture(scope="module")
def past_desk(filled_demo, tmp_path_factory):
    """A demo desk that has answered three messages; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("past") / "demo"
    shutil.copytree(filled_demo, folder)
    with Desk.open(folder, model="none", embedder=ToyEmbedder()) as desk:
        for text in SAID:
            desk.ask(text)
    return folder


@pytest.fixture
def folder(past_desk, tmp_path):
    return shutil.copytree(past_desk, tmp_path / "desk")


@pytest.fixture
def desk(folder):
    with Desk.open(folder, model="none", embedder=ToyEmbedder()) as desk:
        yield desk


@pytest.fixture
def overview(desk):
    return Overview(
        desk.store, desk.knowledge, desk.embedder, lambda text: desk.signal_reader().entities(text), lambda _: False
    )


@pytest.fixture
def command(folder, monkeypatch):
    """Runs a command on the desk, with the toy embedder, and reads its JSON."""
    monkeypatch.setattr("cxdesk.desk.open_embedder", lambda _: ToyEmbedder())
    app = typer.Typer()
    app.callback(invoke_without_command=True)(root)
    for group in (search, figures, traces):
        group.register(app)

    def run(*args):
        result = CliRunner().invoke(app, ["--data", str(folder), *args, "--json"], catch_exceptions=False)
        assert result.exit_code == 0
        return json.loads(result.stdout)

    return run


def test_every_stage_of_a_real_turn_has_its_span(desk, overview):
    run = overview.recent_turns(1)[0].run_id
    names = [span.name for span in overview.trace(run)]
    assert names[0] == "turn"
    assert {"guard", "signals", "identify", "plan", "tools", "deal", "brief", "ground", "confirm"} <= set(names)
    assert all(span.ms >= 0 for span in overview.trace(run))


def test_no_word_of_a_customer_is_in_the_traces_of_real_turns(overview, tmp_path):
    overview.export_traces(tmp_path / "t.jsonl")
    text = (tmp_path / "t.jsonl").read_text(encoding="utf-8")
    assert not any(word in text for word in ("violin", "opening", "VE1001"))


def test_figures_count_real_turns(overview):
    found = {each.name: each for each in overview.figures().figures}
    assert found["messages"].value == 3
    assert sum(part.value for part in found["intents"].parts) == 3
    assert len(found["conversations"].conversations) == 3


def test_a_reply_is_rated(desk, overview):
    talk = overview.recent_turns(1)[0].conversation_id
    overview.rate(talk, 4)
    found = {each.name: each for each in overview.figures().figures}
    assert found["csat"].value == 4


def test_the_jobs_can_be_run_one_after_another(desk, overview):
    history = History(desk.store, desk.embedder)
    kept_up = jobs(desk.store, history, overview, Past(desk.store, desk.signal_reader))
    said = [job.work(overview.recent_turns(1)[0].at) for job in kept_up]
    assert all(sentence.endswith(".") for sentence in said)
    assert history.search("violins").by_meaning


def test_names_and_ids_leave_a_text_that_others_will_read():
    found = Entities(order_ids=("#W1",), emails=("a@example.com",), names=("Ada",), phones=("555",))
    assert (
        without_personal("Ada at a@example.com, 555, asks of #W1", found)
        == "(name) at (e-mail), (phone), asks of (order)"
    )


def test_a_run_replayed_on_an_unchanged_desk_differs_in_nothing(folder, past_desk):
    with Desk.open(folder, model="none", embedder=ToyEmbedder()) as desk:
        runs = [desk.store.runs.latest(talk.id) for talk in desk.store.conversations.recent()]
    for run in runs:
        assert replay_one(folder, run.id, embedder=ToyEmbedder()) == []


def test_a_replay_leaves_the_desk_as_it_was(folder):
    before = (folder / "desk.duckdb").read_bytes()
    cases, curve = replay_messages(folder, embedder=ToyEmbedder())
    assert len(cases) == 3
    assert curve.points
    assert (folder / "desk.duckdb").read_bytes() == before


def test_search_prints_why_each_message_was_found(command):
    found = command("search", "violins")
    assert found["hits"][0]["text"] == SAID[0]
    assert "words" in found["hits"][0]["why"]
    assert not found["by_meaning"]


def test_figures_print_values_reasons_and_gaps(command, tmp_path):
    found = command("figures", "--gaps", "--csv", str(tmp_path / "f.csv"))
    values = {each["name"]: each for each in found["figures"]}
    assert values["conversations"]["value"] == 3
    assert values["csat"]["reason"]
    assert isinstance(found["gaps"], list)
    assert (tmp_path / "f.csv").read_text(encoding="utf-8").startswith("figure,part,")


def test_traces_print_the_last_turns_and_one_run(command):
    found = command("traces")
    assert found["turns"] == 3
    one = command("traces", found["spans"][0]["run_id"])
    assert one["spans"][0]["name"] == "turn"


def test_replay_prints_the_differences_of_a_run_and_a_curve(command):
    run = command("traces")["spans"][0]["run_id"]
    assert command("replay", run) == {"run": run, "differences": []}
    assert command("replay")["cases"] == 3
