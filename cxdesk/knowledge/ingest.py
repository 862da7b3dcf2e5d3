"""From paths to documents: which files, under which name, of which category and audience."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cxdesk.domain import Audience, Document, Record, now
from cxdesk.knowledge.readers import Content

GENERAL = "general"
INTERNAL = "internal"


class FileProblem(Record):
    """A file that was left out, and why in one sentence."""

    file: str
    reason: str


class IngestReport(Record):
    """What became of the files, by document name. `notes` say what a person may not expect, such as a new name."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[FileProblem, ...] = ()
    notes: tuple[str, ...] = ()


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
    content_hash = hash_of(content, category, audience)
    return Document(
        name=name_for(source.path, content_hash, taken),
        title=content.title,
        text=content.text,
        category=category,
        audience=audience,
        content_hash=content_hash,
        source=str(source.path),
        added_at=now(),
    )


def hash_of(content: Content, category: str, audience: Audience) -> str:
    """Changes exactly when something changes that a search would see."""
    seen = json.dumps([content.title, content.text, category, audience.value])
    return hashlib.sha256(seen.encode()).hexdigest()
