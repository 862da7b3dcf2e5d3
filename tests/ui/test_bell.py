"""One window for each data directory, told by real processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDir

from cxdesk.ui.bell import Bell

# A window that says what happens to it, line by line. No desk is needed for that.
FIRST = """
import sys
from pathlib import Path
from cxdesk.domain import Unavailable
from cxdesk.ui.app import claim, run_window

def no_desk():
    raise Unavailable("No desk is opened here.")

bell = claim(Path(sys.argv[1]))
bell.rung.connect(lambda: print("rung", flush=True))
run_window(no_desk, bell=bell, on_shown=lambda: print("shown", flush=True))
"""


@pytest.fixture
def start_first(tmp_path):
    """Starts a process with a window on the directory, and waits until it is shown."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", FIRST, str(tmp_path / "shop")], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout.readline() == "shown\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def start_second(folder):
    command = [sys.executable, "-m", "cxdesk", "--data", str(folder), "gui", "--model", "none"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_start_brings_the_first_window_to_the_front_and_ends(start_first, tmp_path):
    first = start_first()
    second = start_second(tmp_path / "shop")
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == f"The desk in {str(tmp_path / 'shop')!r} is open already; its window is in front now.\n"
    assert first.stdout.readline() == "rung\n"
    assert first.poll() is None


def test_a_first_window_that_was_killed_does_not_stop_the_next(start_first, tmp_path):
    start_first().kill()
    next_one = start_first()
    assert start_second(tmp_path / "shop").returncode == 0
    assert next_one.stdout.readline() == "rung\n"


def test_another_way_of_writing_the_directory_is_the_same_one(start_first, tmp_path):
    first = start_first()
    assert start_second(tmp_path / "elsewhere" / ".." / "shop").returncode == 0
    assert first.stdout.readline() == "rung\n"


@pytest.fixture
def hang(qapp):
    """Hangs bells, and takes them down at the end."""
    hung = []

    def hangs(*place):
        hung.append(Bell(*place))
        return hung[-1].hang()

    yield hangs
    for bell in hung:
        bell.take_down()


def test_each_directory_and_each_kind_of_window_has_a_bell_of_its_own(hang, tmp_path):
    assert hang(tmp_path / "one")
    assert hang(tmp_path / "two")
    assert hang(tmp_path / "one", "customers")
    assert not hang(tmp_path / "one")


def test_nobody_answers_where_no_window_is_open(qapp, tmp_path):
    assert not Bell(tmp_path).ring()


def test_the_socket_is_its_users_alone(hang, tmp_path):
    assert hang(tmp_path)
    sockets = [path for path in Path(QDir.tempPath()).glob("cxdesk-*") if path.is_socket()]
    assert sockets
    assert {path.stat().st_mode & 0o077 for path in sockets} == {0}
