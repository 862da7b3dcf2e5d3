"""The guides as the help shows them: the files of `docs/`, their sections, and what is found in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath

from cxdesk.settings import bundled

FOLDER = "docs"
# In the order of the contents: those for people, by how many need them, then what they look things up in.
GUIDES = (
    "operator.md",
    "owner.md",
    "administering.md",
    "rules.md",
    "settings.md",
    "import.md",
    "privacy.md",
    "commands.md",
    "developing.md",
)
# What F1 opens, by the name of the page in front.
SECTIONS: Mapping[str, str] = {
    "inbox": "operator.md#when-a-customer-writes",
    "tickets": "operator.md#tickets",
    "customers": "operator.md#customers",
    "knowledge": "operator.md#the-shops-documents",
    "canned": "operator.md#saved-replies",
    "figures": "owner.md#reading-the-figures",
    "monitor": "administering.md#proof-that-nothing-leaves",
    "models": "owner.md#choosing-a-model",
    "settings": "owner.md#settings",
}
# A generated page is headed by the program's name.
_TITLES = {"commands.md": "Commands"}
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_MARKS = re.compile(r"[`*]|\[(?P<said>[^\]]*)\]\([^)]*\)")
# Generated pages have a heading a command: they are found, but would flood the contents.
_DEEPEST_LISTED = 2
EXCERPT = 90


@dataclass(frozen=True)
class Section:
    """A heading with the text under it, up to the next. `anchor` is '' for a guide's beginning."""

    guide: str
    anchor: str
    title: str
    level: int
    text: str

    @property
    def address(self) -> str:
        return f"{self.guide}#{self.anchor}" if self.anchor else self.guide


@dataclass(frozen=True)
class Guide:
    """A file of the guides. Its sections are in the order of its headings."""

    name: str
    markdown: str

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(_sections(self.name, self.markdown))

    @property
    def title(self) -> str:
        return _TITLES.get(self.name, self.sections[0].title)

    def contents(self) -> tuple[Section, ...]:
        """The sections worth a line in the contents."""
        return tuple(each for each in self.sections[1:] if each.level <= _DEEPEST_LISTED)


@dataclass(frozen=True)
class Hit:
    """A section in which something was found, and the words around it."""

    section: Section
    excerpt: str


def read_guides() -> tuple[Guide, ...]:
    """All guides, in the order of the contents."""
    folder = bundled(FOLDER)
    return tuple(Guide(name, (folder / name).read_text(encoding="utf-8")) for name in GUIDES)


def search(guides: Sequence[Guide], text: str) -> tuple[Hit, ...]:
    """The sections with every word of `text`, or words that begin so: those first that say them in their title."""
    wanted = [re.compile(rf"\b{re.escape(word)}") for word in text.casefold().split()]
    if not wanted:
        return ()
    found = [
        (not all(word.search(each.title.casefold()) for word in wanted), Hit(each, _excerpt(each.text, wanted)))
        for guide in guides
        for each in guide.sections
        if all(word.search(f"{each.title}\n{each.text}".casefold()) for word in wanted)
    ]
    return tuple(hit for _, hit in sorted(found, key=lambda pair: pair[0]))


def follow(link: str, guide: str) -> str | None:
    """Where a link in a guide leads among the guides: 'file.md#anchor'. None: out of them."""
    path, _, anchor = link.partition("#")
    name = normpath(path) if path else guide
    return f"{name}{'#' if anchor else ''}{anchor}" if name in GUIDES else None


def anchor_of(title: str) -> str:
    """A heading's anchor as links name it: 'Who is writing' becomes 'who-is-writing'."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.casefold()))


def _sections(name: str, markdown: str) -> Iterator[Section]:
    title, level, lines, fenced = "", 0, list[str](), False
    for line in markdown.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            if level:
                yield _section(name, title, level, lines)
            title, level, lines = _plain(match[2]), len(match[1]), []
        else:
            lines.append(line)
    yield _section(name, title, level, lines)


def _section(name: str, title: str, level: int, lines: Sequence[str]) -> Section:
    return Section(name, "" if level == 1 else anchor_of(title), title, level, _plain("\n".join(lines)).strip())


def _plain(markdown: str) -> str:
    """The words alone; of a link what it says."""
    return html.unescape(_MARKS.sub(lambda match: match["said"] or "", markdown))


def _excerpt(text: str, wanted: Sequence[re.Pattern[str]]) -> str:
    """The words around the first that was found, on one line."""
    said = " ".join(text.replace("|", " ").split())
    at = min((match.start() for word in wanted if (match := word.search(said.casefold()))), default=0)
    start = said.rfind(" ", 0, max(0, at - EXCERPT // 3)) + 1
    end = start + EXCERPT
    return f"{'…' if start else ''}{said[start:end]}{'…' if end < len(said) else ''}"
