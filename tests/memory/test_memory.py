import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest
import typer
from typer.testing import CliRunner

from cxdesk.cli import memory as commands
from cxdesk.domain import Invalid, Role, Unavailable, now
from cxdesk.memory import Memory, roll_up
from cxdesk.settings import Settings
from cxdesk.store import Store
from tests.memory.talks import ADA, ask, put_customers, talk_of


@pytest.fixture
def store():
    with Store.open(None) as opened:
        put_customers(opened)
        yield opened


@pytest.fixture
def heard():
    return []


@pytest.fixture
def memory(store, heard):
    return Memory(store, Settings(), heard.append)


def test_a_close_brings_profile_and_facts_up_to_date_and_tells_so(store, memory, heard):
    talk = talk_of(store)
    ask(store, talk, "I prefer e-mail. Where is it?", score=-0.5)
    memory.close(talk.id)
    assert (store.profiles.find(ADA).sessions, heard) == (1, [talk.id])
    assert memory.for_prompt(ADA)[:2] == ["returning customer", "was unhappy before"]
    assert memory.for_prompt(ADA)[-1] == "prefers e-mail"
    assert memory.mood_history(ADA).mean_score == -0.5


def test_of_a_new_customer_no_mood_is_known(memory):
    assert memory.mood_history(ADA) is None
    assert memory.profile(ADA).sessions == 0


def test_unknown_customers_and_facts_are_refused(memory):
    with pytest.raises(Invalid, match="No customer 'zoe'"):
        memory.profile("zoe")
    with pytest.raises(Invalid, match="No fact 'f_1'"):
        memory.forget("f_1")


def test_profiles_that_waited_are_made_when_the_desk_ends(store, memory):
    memory.scheduler.start()
    talk = talk_of(store)
    ask(store, talk)
    memory.close(talk.id)
    memory.stop()
    assert store.profiles.find(ADA).sessions == 1


def test_what_was_answered_is_closed_and_learned_from_when_the_desk_ends(store, memory):
    memory.scheduler.start()
    talk = talk_of(store)
    ask(store, talk, "I prefer e-mail. Where is it?")
    memory.stop()
    assert store.insights.find(talk.id).closed_by == "window"
    assert store.profiles.find(ADA).sessions == 1
    assert [fact.text for fact in memory.facts(ADA)] == ["prefers e-mail"]


def test_a_single_command_closes_nothing_when_it_ends(store, memory):
    talk = talk_of(store)
    ask(store, talk)
    memory.stop()
    assert store.insights.find(talk.id) is None


def test_every_job_of_the_desk_runs(store, memory):
    runs = [memory.scheduler.run(state.name) for state in memory.scheduler.states()]
    assert [run.result for run in runs] == [
        "2 profiles made.",
        "0 profiles brought up to date.",
        "0 conversations closed.",
    ]


def test_jobs_give_way_while_a_turn_is_under_way(store, memory):
    talk = talk_of(store)
    message = store.conversations.add_message(talk.id, Role.customer, "Hi")
    run = store.runs.start(talk.id, message.id)
    assert memory._turn_is_under_way()
    store.runs.fail(run.id, "cut short")
    assert not memory._turn_is_under_way()


def test_a_rollup_that_breaks_off_leaves_the_old_profiles(store, memory, monkeypatch):
    talk = talk_of(store)
    ask(store, talk)
    memory.close(talk.id)
    before = store.profiles.all()
    write = store.profiles._db.write

    def break_off(sql, *values):
        if sql.startswith("INSERT INTO profiles"):
            raise Unavailable("The disk is full.")
        return write(sql, *values)

    monkeypatch.setattr(store.profiles._db, "write", break_off)
    with pytest.raises(Unavailable):
        roll_up(store, now(), Settings())
    assert store.profiles.all() == before


ROLLER = """
    import sys
    from pathlib import Path
    from cxdesk.domain import now
    from cxdesk.memory.profiles import roll_up
    from cxdesk.settings import Settings
    from cxdesk.store import Store

    store = Store.open(Path(sys.argv[1]))
    print("open", flush=True)
    while True:
        roll_up(store, now(), Settings())
        print("done", flush=True)
"""


def test_a_kill_during_a_rollup_leaves_profiles_of_one_moment(tmp_path):
    file = tmp_path / "desk.duckdb"
    with Store.open(file) as store:
        put_customers(store)
        roll_up(store, now(), Settings())
    for lines in (1, 2, 3):
        roller = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(ROLLER), str(file)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(lines):
            roller.stdout.readline()
        os.kill(roller.pid, signal.SIGKILL)
        roller.communicate()
        with Store.open(file) as store:
            profiles = store.profiles.all()
        assert len(profiles) == 2
        assert len({profile.rolled_up_at for profile in profiles}) == 1


# ---------------------------------------------------------------- commands


@pytest.fixture
def cxdesk(demo_desk):
    """Runs a command on the demo desk as it is open here; returns the exit code and what was printed."""

    class Shared:
        def open_desk(self, model=None):
            from contextlib import nullcontext

            return nullcontext(demo_desk)

    app = typer.Typer()
    app.callback()(lambda: None)
    commands.register(app)

    def run(*words):
        result = CliRunner().invoke(app, list(words), obj=Shared())
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout

    return run


def test_close_and_profile_print_json(cxdesk, demo_desk):
    customer = demo_desk.store.customers.all(1)[0]
    turn = demo_desk.ask("I prefer e-mail. What did I order?", customer=customer.email)
    code, printed = cxdesk("close", turn.conversation, "--json")
    assert (code, json.loads(printed)["resolution"]) == (0, "resolved")
    code, printed = cxdesk("profile", customer.email, "--json")
    profile = json.loads(printed)
    assert (code, profile["sessions"], profile["facts"][0]["text"]) == (0, 1, "prefers e-mail")
    assert [each["conversation_id"] for each in profile["last_five"]] == [turn.conversation]
    assert cxdesk("profile", customer.id)[0] == 0
    with pytest.raises(Invalid, match="No customer"):
        cxdesk("profile", "nobody@example.com")


def test_jobs_are_listed_and_run(cxdesk, demo_desk, monkeypatch):
    code, printed = cxdesk("jobs", "--json")
    assert code == 0
    assert [job["name"] for job in json.loads(printed)][:3] == ["rollup", "profiles", "silence"]
    code, printed = cxdesk("jobs", "run", "rollup", "--json")
    assert (code, json.loads(printed)["ok"]) == (0, True)
    monkeypatch.setattr("cxdesk.memory.roll_up", lambda *_: (_ for _ in ()).throw(Unavailable("The disk is full.")))
    assert cxdesk("jobs", "run", "rollup")[0] == 1
    assert "FAILED" in cxdesk("jobs")[1]


def test_bench_data_adds_about_so_many_messages(cxdesk, demo_desk):
    code, printed = cxdesk("bench-data", "--messages", "500", "--json")
    added = json.loads(printed)
    assert code == 0
    assert 500 <= added["messages"] <= 502
    assert cxdesk("bench-data", "--messages", "100")[0] == 0
    assert cxdesk("jobs", "run", "rollup")[0] == 0
