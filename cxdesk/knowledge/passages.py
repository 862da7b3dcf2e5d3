"""Cuts a document into passages that a search can find and a person can read.

A passage is a stretch of the document's own text: `document.text[start:end] == passage.text`, always, since
what a reply cites must be shown where it stands. Borders are headings first; a section that is too long
for the embedding model is cut between paragraphs, then lines, sentences, words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt

from cxdesk.domain import Document, Passage

FORMAT = 1
"""Raised when passages or their indexed text change, so that an older index is built again."""

HEADING_SEPARATOR = " > "
TO_WRITE = "(Write the answer here.)"
"""Stands in a draft where an answer is still to be written. Such a section is kept, and never found or quoted."""

# What MiniLM reads of a text, less its two marks and a margin, since tokens are estimated here: the
# documents can then be cut, counted and shown without a model on this PC.
BUDGET_TOKENS = 240
# A long path of headings may take this much of it; the text itself matters more.
_MOST_HEADING_TOKENS = 80

_WORDS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_ONE_TOKEN_EACH = re.compile(r"[^\x00-\u024f]")
_BORDERS = tuple(map(re.compile, (r"\n[^\S\n]*\n\s*", r"\n\s*", r"(?<=[.!?;:])\s+", r"\s+")))
_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    start: int
    end: int


class Section(NamedTuple):
    """A heading with the text below it, down to the next heading. `path` excludes the document's title."""

    path: tuple[str, ...]
    span: Span


def indexed_text(passage: Passage) -> str:
    """What a search matches: the title and the headings stand with the text, which often leaves them unsaid."""
    return "\n".join(part for part in (passage.title, passage.heading, passage.text) if part)


def cut(document: Document) -> list[Passage]:
    """The document's passages in their order; together they hold all its text but headings and blank space.

    In a list of questions and answers each question is a passage (more, if its answer is long).
    """
    return [
        _passage(document, section, span)
        for section in _sections(document)
        if TO_WRITE not in document.text[section.span.start : section.span.end]
        for span in _pieces(document, section)
    ]


def heading_words(markdown: str) -> str:
    """A heading as a person reads it: without marks of emphasis, code or escaping, on one line."""
    return " ".join(re.sub(r"[*`]|\\(?=[^\w\s])", "", markdown).split())


def estimated_tokens(text: str) -> int:
    """About how many word pieces the embedding model sees, rarely fewer than there are."""
    return sum(_word_tokens(word) for word in _WORDS.findall(text))


def _word_tokens(word: str) -> int:
    if _ONE_TOKEN_EACH.search(word):
        return len(word)
    if word.isdigit():
        return -(-len(word) // 2)
    return 1 if len(word) <= 9 else -(-len(word) // 5)


def _passage(document: Document, section: Section, span: Span) -> Passage:
    faq_category = section.path[0].lower() if is_faq(document) and len(section.path) > 1 else None
    return Passage(
        document=document.name,
        title=document.title,
        heading=HEADING_SEPARATOR.join(section.path),
        text=document.text[span.start : span.end],
        start=span.start,
        end=span.end,
        category=faq_category or document.category,
        audience=document.audience,
    )


def is_faq(document: Document) -> bool:
    """Whether the document came from a list of questions, whose upper headings are categories."""
    return document.name.lower().endswith(".json")


# ---------------------------------------------------------------- sections


class _Heading(NamedTuple):
    level: int
    title: str
    span: Span


def _sections(document: Document) -> Iterator[Section]:
    headings = _headings(document.text)
    first = headings[0].span.start if headings else len(document.text)
    yield from _section((), document.text, Span(0, first))
    path: list[_Heading] = []
    for number, heading in enumerate(headings):
        path = [*(above for above in path if above.level < heading.level), heading]
        following = headings[number + 1] if number + 1 < len(headings) else None
        end = following.span.start if following else len(document.text)
        titles = _without_title(document, path)
        body = list(_section(titles, document.text, Span(heading.span.end, end)))
        # A heading without text still says something, unless it only opens the headings below it.
        if not body and (following is None or following.level <= heading.level):
            body = list(_section(titles, document.text, heading.span))
        yield from body


def _without_title(document: Document, path: Sequence[_Heading]) -> tuple[str, ...]:
    titles = tuple(heading.title for heading in path if heading.title)
    return titles[1:] if titles and path[0].level == 1 and titles[0] == document.title else titles


def _section(path: tuple[str, ...], text: str, span: Span) -> Iterator[Section]:
    if stripped := _stripped(text, span):
        yield Section(path, stripped)


def _headings(text: str) -> list[_Heading]:
    lines = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    # Only blocks are of interest; parsing what is inside them would take minutes for a large file.
    tokens = MarkdownIt("commonmark").disable("inline").parse(text)
    return [
        _Heading(int(token.tag[1:]), heading_words(inline.content), Span(lines[token.map[0]], lines[token.map[1]]))
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


# ---------------------------------------------------------------- pieces


def _pieces(document: Document, section: Section) -> Iterator[Span]:
    above = estimated_tokens(document.title) + estimated_tokens(" ".join(section.path))
    yield from _split(document.text, section.span, BUDGET_TOKENS - min(above, _MOST_HEADING_TOKENS), _BORDERS)


def split(text: str, budget_tokens: int) -> list[Span]:
    """The text in order, blank ends left out, in pieces of at most about `budget_tokens`; blank text has none."""
    span = _stripped(text, Span(0, len(text)))
    return list(_split(text, span, budget_tokens, _BORDERS)) if span else []


def _split(text: str, span: Span, budget: int, borders: Sequence[re.Pattern[str]]) -> Iterator[Span]:
    """The span itself if it fits the budget; else pieces of about one size, at the strongest borders that do."""
    size = estimated_tokens(text[span.start : span.end])
    if size <= budget:
        yield span
        return
    if not borders:  # One endless word: a character is at most a token.
        yield from (Span(start, min(start + budget, span.end)) for start in range(span.start, span.end, budget))
        return
    strongest, *weaker = borders
    aim = size / -(-size // budget)
    for group in _packed(text, _at(strongest, text, span), aim, budget):
        yield from _split(text, group, budget, weaker)


def _at(border: re.Pattern[str], text: str, span: Span) -> list[Span]:
    cuts = [(match.start(), match.end()) for match in border.finditer(text, span.start, span.end)]
    starts = [span.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _packed(text: str, spans: Sequence[Span], aim: float, budget: int) -> Iterator[Span]:
    """Neighbours joined until they reach the aim, never beyond the budget unless one alone is."""
    group, size = spans[0], estimated_tokens(text[spans[0].start : spans[0].end])
    for span in spans[1:]:
        more = estimated_tokens(text[span.start : span.end])
        if size + more > budget or size >= aim:
            yield group
            group, size = span, more
        else:
            group, size = Span(group.start, span.end), size + more
    yield group


def _stripped(text: str, span: Span) -> Span | None:
    body = text[span.start : span.end]
    start = span.start + len(body) - len(body.lstrip())
    end = span.start + len(body.rstrip())
    return Span(start, end) if start < end else None
