"""From paths to documents: which files, under which name, of which category and audience."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from cxdesk.domain import Audience, Document, Record, now
from cxdesk.knowledge.readers import Content

GENERAL = "general"
INTERNAL = "internal"
_LONGEST_STEM = 60


class FileProblem(Record):
    """A file that was left out, and why in one sentence."""

    file: str
    reason: str


class FileResult(Record):
    """What became of one file; `told` says why it was refused, or what a person may not expect, in one sentence."""

    file: str
    outcome: Literal["added", "updated", "unchanged", "refused"]
    name: str = ""
    told: str = ""


class IngestReport(Record):
    """What became of the files, by document name. `notes` say what a person may not expect, such as a new name.

    `left` files were not looked at, or not taken, since the work was cancelled. `replaced` are the documents as they
    were before the `updated` ones took their place.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[FileProblem, ...] = ()
    notes: tuple[str, ...] = ()
    left: int = 0
    replaced: tuple[Document, ...] = Field((), exclude=True)


class Source(NamedTuple):
    """A file to read. `folders` are the names of those it lies in, from the one that was given down."""

    path: Path
    folders: tuple[str, ...]

    @property
    def category(self) -> str:
        """The topmost folder below the given one, 'internal' aside; else 'general'."""
        return next((name.lower() for name in self.folders[1:] if name.lower() != INTERNAL), GENERAL)

    @property
    def audience(self) -> Audience:
        return Audience.internal if INTERNAL in map(str.lower, self.folders) else Audience.public


def sources(paths: Sequence[Path]) -> list[Source]:
    """The files behind the paths, each once, in a stable order: folders with all below them but hidden files."""
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _below(path.resolve()):
            found.setdefault(source.path, source)
    return list(found.values())


def _below(path: Path) -> Iterator[Source]:
    if not path.is_dir():
        yield Source(path, (path.parent.name,))
        return
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        if file.is_file() and not any(part.startswith(".") for part in parts):
            yield Source(file, (path.name, *parts[:-1]))


def name_for(path: Path, content_hash: str, taken: Mapping[str, Document]) -> str:
    """The file's name, with as many folders before it as it takes to differ from another file's document.

    A document keeps its name when its file is read again, was moved, or is the same text in a second place.
    """
    for depth in range(1, len(path.parts)):
        name = "/".join(path.parts[-depth:])
        there = taken.get(name)
        if there is None or there.content_hash == content_hash or not _another_file(there, path):
            return name
    return str(path)


def _another_file(document: Document, path: Path) -> bool:
    source = Path(document.source)
    return bool(document.source) and source != path and source.exists()


def document_from(
    source: Source,
    content: Content,
    taken: Mapping[str, Document],
    *,
    category: str | None,
    audience: Audience | None,
) -> Document:
    """The document that the content makes. What a person chose for it before stays unless told otherwise."""
    before = taken.get(name_for(source.path, "", taken))
    category = category or (before.category if before else source.category)
    audience = audience or (before.audience if before else source.audience)
    name = name_for(source.path, hash_of(content, category, audience), taken)
    return document_of(name, content, category, audience, source=str(source.path))


def document_of(name: str, content: Content, category: str, audience: Audience, *, source: str = "") -> Document:
    """The document of that name, as of now. Without a `source` it was written at the desk."""
    return Document(
        name=name,
        title=content.title,
        text=content.text,
        category=category,
        audience=audience,
        content_hash=hash_of(content, category, audience),
        source=source,
        added_at=now(),
    )


def free_name(title: str, taken: Container[str]) -> str:
    """A file name made of a title, with a number behind it where that is taken."""
    stem = "_".join(re.findall(r"\w+", title.lower()))[:_LONGEST_STEM].strip("_") or "document"
    return next(name for number in count(1) if (name := f"{stem}{number if number > 1 else ''}.md") not in taken)


def hash_of(content: Content, category: str, audience: Audience) -> str:
    """Changes exactly when something changes that a search would see."""
    seen = json.dumps([content.title, content.text, category, audience.value])
    return hashlib.sha256(seen.encode()).hexdigest()
