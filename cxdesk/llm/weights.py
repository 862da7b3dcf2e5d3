"""The models folder: what lies in it, whether it is whole, how a file is brought in and taken out.

Reading a gigabyte to check a hash takes seconds, so a file that was checked is remembered with its size and
modification time (`.verified.json`), and is read again only when one of these changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import psutil
from pydantic import TypeAdapter, ValidationError

from cxdesk.domain import Invalid, Record, Unavailable
from cxdesk.llm.catalog import GB, Entry, WeightFile, load_catalog
from cxdesk.llm.gguf import read_header
from cxdesk.ports import Progress

LEDGER = ".verified.json"
DOWNLOADS = ".download"
CHUNK = 1 << 20
SPARE_DISK = 200_000_000


class Seen(Record):
    """A file as it was when its hash was right."""

    bytes: int
    mtime_ns: int
    sha256: str


class Installed(Record):
    """A model that lies in the models folder. `entry` is None for one that the catalog does not know."""

    name: str
    kind: Literal["language", "embedding"]
    path: Path
    bytes: int
    entry: Entry | None = None


class Verdict(Record):
    """Whether a model is what it should be. `reason` says what is wrong, or how it was checked."""

    name: str
    ok: bool
    reason: str


class Room(Record):
    """The memory and disk that this PC can give."""

    memory_bytes: int
    free_disk_bytes: int

    @classmethod
    def of(cls, folder: Path) -> Room:
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        return cls(memory_bytes=psutil.virtual_memory().total, free_disk_bytes=shutil.disk_usage(existing).free)


def no_progress(done: int, total: int, what: str) -> None:
    """A `Progress` for those who do not look."""


# ---------------------------------------------------------------- what is there


def installed(models_dir: Path, catalog: tuple[Entry, ...] | None = None) -> list[Installed]:
    """Every model that is completely there, the catalog's first. Looks at names and sizes, reads no weights."""
    entries = catalog or load_catalog()
    known = [_as_installed(entry, models_dir) for entry in entries if is_present(entry, models_dir)]
    taken = {entry.place(models_dir) for entry in entries}
    others = sorted(path for path in models_dir.glob("*.gguf") if path not in taken)
    imported = [Installed(name=p.stem, kind="language", path=p, bytes=p.stat().st_size) for p in others]
    return known + imported


def locate(name: str, models_dir: Path, catalog: tuple[Entry, ...] | None = None) -> Path:
    """The file or folder of an installed model. Raises `Unavailable` when it is not there, with the next step."""
    return _get(name, models_dir, catalog).path


def is_present(entry: Entry, models_dir: Path) -> bool:
    """All files are there in their right size; the bytes were checked when they came in."""
    return all(_size(entry.path_of(file, models_dir)) == file.bytes for file in entry.files)


def is_verified(file: WeightFile, path: Path, models_dir: Path, progress: Progress = no_progress) -> bool:
    """The file is there with the right hash. Reads it only if it changed since the last time."""
    if _size(path) != file.bytes:
        return False
    seen = _read_ledger(models_dir).get(_key(path, models_dir))
    if seen is None or not _unchanged(path, seen):
        if sha256_of(path, progress) != file.sha256:
            return False
        remember(path, file.sha256, models_dir)
        return True
    return seen.sha256 == file.sha256


def verify(
    models_dir: Path,
    name: str | None = None,
    progress: Progress = no_progress,
    catalog: tuple[Entry, ...] | None = None,
) -> list[Verdict]:
    """A verdict for one model, or for all that are installed. Reads every byte."""
    models = [_get(name, models_dir, catalog)] if name else installed(models_dir, catalog)
    return [_judge(model, models_dir, progress) for model in models]


def remove(name: str, models_dir: Path, catalog: tuple[Entry, ...] | None = None) -> Installed:
    """Take a model out of the folder, and say what was taken."""
    model = _get(name, models_dir, catalog)
    try:
        shutil.rmtree(model.path) if model.path.is_dir() else model.path.unlink()
    except OSError as error:
        raise Unavailable(f"{str(model.path)!r} can't be removed: {error.strerror}. Close what uses it.") from error
    left = {key: seen for key, seen in _read_ledger(models_dir).items() if (models_dir / key).exists()}
    _write_ledger(left, models_dir)
    return model


def import_gguf(
    path: Path, models_dir: Path, progress: Progress = no_progress, catalog: tuple[Entry, ...] | None = None
) -> Installed:
    """Copy a GGUF into the models folder, under the catalog's name if its bytes are a catalog model's.

    Raises `Invalid` when it is not a whole GGUF, or when another model has its name already.
    """
    read_header(path)
    size = path.stat().st_size
    check_disk(path.name, size, Room.of(models_dir))
    sha256 = sha256_of(path, progress)
    entries = catalog or load_catalog()
    twin = next((entry for entry in entries if entry.files[0].sha256 == sha256), None)
    target = twin.place(models_dir) if twin else models_dir / path.with_suffix(".gguf").name
    if target.exists() and not (target.samefile(path) or sha256_of(target) == sha256):
        raise Invalid(f"There is another model {target.stem!r} already. Rename the file, or remove that model first.")
    if not twin and target in {entry.place(models_dir) for entry in entries}:
        raise Invalid(f"{str(path)!r} has the name of a catalog model and not its bytes. Get it again, or rename it.")
    if not target.exists():
        _copy(path, target, models_dir)
    remember(target, sha256, models_dir)
    return _as_installed(twin, models_dir) if twin else _get(target.stem, models_dir, catalog)


# ---------------------------------------------------------------- shared with fetch


def check_disk(what: str, needed: int, room: Room) -> None:
    if needed + SPARE_DISK > room.free_disk_bytes:
        raise Unavailable(
            f"{what!r} needs {_gb(needed + SPARE_DISK)} of free disk space and there is {_gb(room.free_disk_bytes)}. "
            "Free some, or set CXDESK_MODELS to a folder on another disk."
        )


def check_memory(entry: Entry, room: Room) -> None:
    if entry.memory_mb * 1_000_000 > room.memory_bytes:
        raise Unavailable(
            f"{entry.name!r} needs {_gb(entry.memory_mb * 1_000_000)} of memory and this PC has "
            f"{_gb(room.memory_bytes)}. Choose a smaller model; 'cxdesk models list' shows what each needs."
        )


def remember(path: Path, sha256: str, models_dir: Path) -> None:
    """Note that the file at `path` was read and has this hash."""
    stat = path.stat()
    seen = Seen(bytes=stat.st_size, mtime_ns=stat.st_mtime_ns, sha256=sha256)
    _write_ledger({**_read_ledger(models_dir), _key(path, models_dir): seen}, models_dir)


def sha256_of(path: Path, progress: Progress = no_progress) -> str:
    """The file's hash; progress is in bytes."""
    digest, total, done = hashlib.sha256(), path.stat().st_size, 0
    with path.open("rb") as file:
        for chunk in chunks(file):
            digest.update(chunk)
            done += len(chunk)
            progress(done, total, f"checking {path.name}")
    return digest.hexdigest()


def chunks(file: BinaryIO) -> Iterator[bytes]:
    read: Callable[[], bytes] = lambda: file.read(CHUNK)  # noqa: E731 - iter() wants a callable
    return iter(read, b"")


# ---------------------------------------------------------------- inside


def _get(name: str, models_dir: Path, catalog: tuple[Entry, ...] | None) -> Installed:
    models = {model.name: model for model in installed(models_dir, catalog)}
    if name in models:
        return models[name]
    in_catalog = any(entry.name == name for entry in catalog or load_catalog())
    step = f"Fetch it with 'cxdesk models fetch {name}'." if in_catalog else "'cxdesk models list' shows what there is."
    raise Unavailable(f"The model {name!r} is not in {str(models_dir)!r}. {step}")


def _as_installed(entry: Entry, models_dir: Path) -> Installed:
    return Installed(name=entry.name, kind=entry.kind, path=entry.place(models_dir), bytes=entry.bytes, entry=entry)


def _judge(model: Installed, models_dir: Path, progress: Progress) -> Verdict:
    if model.entry is None:
        return _judge_imported(model, models_dir, progress)
    for file in model.entry.files:
        path = model.entry.path_of(file, models_dir)
        if sha256_of(path, progress) != file.sha256:
            _forget(path, models_dir)  # else a fetch would take it for whole
            return Verdict(name=model.name, ok=False, reason=f"{path.name} is damaged: fetch the model again")
        remember(path, file.sha256, models_dir)
    return Verdict(name=model.name, ok=True, reason="its bytes are the catalog's")


def _judge_imported(model: Installed, models_dir: Path, progress: Progress) -> Verdict:
    try:
        read_header(model.path)
    except Invalid as error:
        return Verdict(name=model.name, ok=False, reason=str(error))
    seen = _read_ledger(models_dir).get(_key(model.path, models_dir))
    if seen is None:
        return Verdict(name=model.name, ok=True, reason="a whole GGUF; its hash was never recorded")
    ok = sha256_of(model.path, progress) == seen.sha256
    return Verdict(name=model.name, ok=ok, reason="as it was imported" if ok else "changed since it was imported")


def _copy(path: Path, target: Path, models_dir: Path) -> None:
    work = models_dir / DOWNLOADS / target.name
    try:
        work.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, work)
        work.replace(target)
    except OSError as error:
        work.unlink(missing_ok=True)
        raise Unavailable(f"{target.name!r} can't be written to {str(models_dir)!r}: {error.strerror}.") from error


_ledger = TypeAdapter(dict[str, Seen])


def _read_ledger(models_dir: Path) -> dict[str, Seen]:
    """What was verified. A missing or damaged ledger costs one more reading, nothing else."""
    try:
        return _ledger.validate_json((models_dir / LEDGER).read_bytes())
    except (OSError, ValidationError):
        return {}


def _write_ledger(seen: dict[str, Seen], models_dir: Path) -> None:
    work = models_dir / f"{LEDGER}.{os.getpid()}"
    try:
        work.write_bytes(_ledger.dump_json(seen, indent=1))
        work.replace(models_dir / LEDGER)
    except OSError:
        return  # a folder that can only be read works too: its files are read again each time


def _forget(path: Path, models_dir: Path) -> None:
    key = _key(path, models_dir)
    _write_ledger({name: seen for name, seen in _read_ledger(models_dir).items() if name != key}, models_dir)


def _key(path: Path, models_dir: Path) -> str:
    return path.relative_to(models_dir).as_posix()


def _unchanged(path: Path, seen: Seen) -> bool:
    stat = path.stat()
    return (stat.st_size, stat.st_mtime_ns) == (seen.bytes, seen.mtime_ns)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _gb(amount: int) -> str:
    return f"{amount / GB:.1f} GB"
