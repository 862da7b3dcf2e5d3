import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from cxdesk import __version__
from cxdesk.domain import Customer, Identity, Invalid, Role, Unavailable
from cxdesk.store import Store
from cxdesk.store.database import Database
from cxdesk.store.migrations import MIGRATIONS, first_schema

Child = Callable[[str], "subprocess.Popen[str]"]

WRITER = """
    import sys
    from pathlib import Path
    from cxdesk.domain import Identity, Role
    from cxdesk.store import Store

    store = Store.open(Path(sys.argv[1]))
    conversation = store.conversations.create("Guest", None, Identity())
    print(conversation.id, flush=True)
    while True:
        print(store.conversations.add_message(conversation.id, Role.customer, "Hello " * 200).id, flush=True)
"""

HOLDER = """
    import sys
    from pathlib import Path
    from cxdesk.store import Store

    with Store.open(Path(sys.argv[1])):
        print("open", flush=True)
        sys.stdin.read()
"""

FILLER = """
    import resource, signal, sys
    from pathlib import Path
    from cxdesk.domain import Identity, Role, Unavailable
    from cxdesk.store import Store

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store.open(Path(sys.argv[1]))
    conversation = store.conversations.create("Guest", None, Identity())
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
    kept = 0
    try:
        while True:
            store.conversations.add_message(conversation.id, Role.customer, "Hello " * 20_000)
            kept += 1
    except Unavailable as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.conversations.add_message(conversation.id, Role.customer, "there is room again")
    print(conversation.id, kept + 1, len(store.conversations.messages(conversation.id)))
    store.close()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "desk.duckdb"


@pytest.fixture
def child(file: Path) -> Child:
    """Starts a Python process on the database file; what it prints comes through a pipe."""

    def start(script: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    return start


def customer(name: str) -> Customer:
    return Customer(id=name.lower(), name=name, email=f"{name.lower()}@example.com")


def test_what_was_written_is_there_after_reopening(file: Path) -> None:
    with Store.open(file) as store:
        store.customers.put(customer("Ada"))
    with Store.open(file) as store:
        assert store.customers.get("ada") == customer("Ada")


def test_a_half_made_database_of_a_killed_start_is_made_anew(file: Path) -> None:
    file.parent.mkdir()
    file.with_name(file.name + ".new").write_bytes(b"half")
    with Store.open(file) as store:
        assert store.customers.count() == 0


def test_an_empty_desk_has_run_every_migration_once(file: Path) -> None:
    for _ in range(2):
        Store.open(file).close()
    database = Database(file)
    assert [row["name"] for row in database.rows("SELECT name FROM migrations ORDER BY number")] == [
        step.__name__ for step in MIGRATIONS
    ]
    database.close()


def test_a_database_of_the_first_schema_keeps_its_messages_and_gets_their_flags(file: Path) -> None:
    file.parent.mkdir()
    database = Database(file)
    with database.transaction():
        first_schema(database)
        database.write("INSERT INTO migrations VALUES (1, 'first_schema', '0.1', now()::TIMESTAMP)")
        database.write("INSERT INTO conversations VALUES ('c', NULL, 'Guest', '{}', 'open', NULL, now(), now())")
        database.write(
            "INSERT INTO messages (id, conversation_id, role, text, \"at\") VALUES ('m', 'c', 'customer', 'Hi', now())"
        )
    database.close()
    for _ in range(2):
        with Store.open(file) as store:
            store.conversations.add_message("c", Role.customer, "[secret]", flags=("masked_secret",))
            kept = [(message.text, message.flags) for message in store.conversations.messages("c")]
            assert kept[:2] == [("Hi", ()), ("[secret]", ("masked_secret",))]
            assert store.conversations.last_messages(["c"])["c"].flags == ("masked_secret",)


def test_a_database_of_a_newer_program_is_refused_with_both_versions(file: Path) -> None:
    Store.open(file).close()
    database = Database(file)
    database.write("INSERT INTO migrations VALUES (99, 'from_the_future', '9.8.7', now()::TIMESTAMP)")
    database.close()
    with pytest.raises(Unavailable, match=rf"9\.8\.7 \(schema 99\).*{__version__} \(schema {len(MIGRATIONS)}\)"):
        Store.open(file)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "sales.duckdb"
    with duckdb.connect(str(file)) as other:
        other.execute("CREATE TABLE sales (n INTEGER)")
    with pytest.raises(Unavailable, match="belongs to another program"):
        Store.open(file)
    with duckdb.connect(str(file)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("sales",)]


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "desk.duckdb"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"desk\.duckdb.*is not a database of cxdesk.*Move it away"):
        Store.open(file)
    assert file.read_bytes() == content


def test_a_file_in_place_of_the_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(Unavailable, match=r"desk\.duckdb.*can't be opened.*--data"):
        Store.open(tmp_path / "folder" / "desk.duckdb")


def test_a_read_only_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(Unavailable, match=r"can't be written: permission is missing"):
        Store.open(tmp_path / "desk.duckdb")


def test_a_second_process_is_told_who_holds_the_database(file: Path, child: Child) -> None:
    holder = child(HOLDER)
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(Unavailable, match=rf"in use by process {holder.pid}\b"):
        Store.open(file)
    holder.communicate()
    Store.open(file).close()


@pytest.mark.parametrize("commits", [1, 4, 15])
def test_a_killed_writer_loses_no_committed_message(file: Path, child: Child, commits: int) -> None:
    writer = child(WRITER)
    assert writer.stdout
    conversation_id = writer.stdout.readline().strip()
    committed = [writer.stdout.readline().strip() for _ in range(commits)]
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    committed += [line for line in rest.splitlines() if len(line) == len(committed[0])]
    with Store.open(file) as store:
        kept = [message.id for message in store.conversations.messages(conversation_id)]
    assert kept[: len(committed)] == committed
    assert len(kept) <= len(committed) + 1  # the one whose id the pipe never got


def test_a_full_disk_loses_nothing_and_the_desk_goes_on_when_there_is_room(file: Path, child: Child) -> None:
    told, _ = child(FILLER).communicate()
    sentence, last = told.splitlines()
    conversation_id, kept, shown = last.split()
    assert "The disk is full" in sentence
    assert kept == shown
    with Store.open(file) as store:
        assert len(store.conversations.messages(conversation_id)) == int(kept)


def test_a_failed_transaction_undoes_what_several_repositories_wrote(fresh_store: Store) -> None:
    def write_and_fail() -> None:
        with fresh_store.transaction():
            fresh_store.customers.put(customer("Ada"))
            with fresh_store.transaction():
                fresh_store.conversations.create("Ada", "ada", Identity())
            raise Invalid("stop")

    with pytest.raises(Invalid, match="stop"):
        write_and_fail()
    assert fresh_store.customers.count() == 0
    assert fresh_store.conversations.recent() == []


def test_a_transaction_reads_its_own_writes(fresh_store: Store) -> None:
    with fresh_store.transaction():
        fresh_store.customers.put(customer("Ada"))
        assert fresh_store.customers.find("ada")


def test_readers_do_not_wait_for_a_writer_and_see_only_what_is_committed(fresh_store: Store) -> None:
    with ThreadPoolExecutor(1) as pool:
        with fresh_store.transaction():
            fresh_store.customers.put(customer("Ada"))
            assert pool.submit(fresh_store.customers.count).result(timeout=60) == 0
        assert pool.submit(fresh_store.customers.count).result(timeout=60) == 1


def test_writers_on_many_threads_take_turns(fresh_store: Store) -> None:
    conversation = fresh_store.conversations.create("Guest", None, Identity())
    together = threading.Barrier(4)

    def write(writer: int) -> None:
        together.wait(timeout=60)
        for number in range(20):
            fresh_store.conversations.add_message(conversation.id, Role.customer, f"{writer} {number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    texts = [message.text for message in fresh_store.conversations.messages(conversation.id)]
    assert len(texts) == 80
    assert [text for text in texts if text.startswith("2 ")] == [f"2 {number}" for number in range(20)]


def test_a_closed_store_says_so(fresh_store: Store) -> None:
    fresh_store.close()
    with pytest.raises(Unavailable, match="is closed"):
        fresh_store.customers.count()


def test_half_a_character_is_invalid_input_and_not_a_crash(fresh_store: Store) -> None:
    conversation = fresh_store.conversations.create("Guest", None, Identity())
    with pytest.raises(Invalid, match="half a character"):
        fresh_store.conversations.add_message(conversation.id, Role.customer, "\ud83d")
    assert fresh_store.conversations.messages(conversation.id) == []


def test_the_database_reaches_neither_other_files_nor_extensions(fresh_store: Store, shop: Path) -> None:
    database = Database(None)
    for sql in (f"SELECT * FROM read_csv('{shop / 'products.csv'}')", "INSTALL httpfs", "LOAD httpfs"):
        with pytest.raises(duckdb.Error):
            database.rows(sql)
    database.close()
