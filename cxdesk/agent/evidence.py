"""The evidence of a turn: what a reply may rest on, cut into groups that belong together.

A group is one source that can support a sentence on its own: a passage, an order, a product, or the brief
line that code wrote from one of them. A fact counts as supported only together with its company: an amount
of the express line does not support a sentence about standard shipping from another passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cxdesk.agent.brief import Brief
from cxdesk.agent.customer_voice import without_marks
from cxdesk.agent.facts import fact_keys, statuses
from cxdesk.agent.sentences import content_words, split_sentences
from cxdesk.domain import Hit, Record, Support, ToolCall


class Piece(Record):
    """The smallest stretch of evidence that can be pointed at."""

    text: str
    support: Support


class Group(Record):
    """Pieces of one source. `text` is all that it says."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def facts(self) -> frozenset[str]:
        return fact_keys(self.text)

    @property
    def statuses(self) -> frozenset[str]:
        return statuses(self.text)

    @property
    def words(self) -> frozenset[str]:
        return content_words(self.text)


def gather(brief: Brief, calls: Sequence[ToolCall]) -> tuple[Group, ...]:
    """The evidence of a turn: the brief first, then each passage, each order, each product."""
    return tuple(_groups(brief, calls))


def _groups(brief: Brief, calls: Sequence[ToolCall]) -> Iterator[Group]:
    pieces = tuple(Piece(text=line.text, support=support) for line in brief.lines for support in line.supports)
    if pieces:
        yield Group(text=brief.text, pieces=pieces)
    for call in calls:
        if not call.ok:
            continue
        for place, entry in enumerate(call.result if isinstance(call.result, list) else [call.result]):
            if isinstance(entry, Hit):
                yield _passage_group(entry)
            else:
                yield _record_group(entry, call, f"{place}." if isinstance(call.result, list) else "")


def _passage_group(hit: Hit) -> Group:
    passage = hit.passage
    pieces = tuple(
        Piece(
            text=without_marks(sentence.text),
            support=Support(
                start=0,
                end=0,
                document=passage.document,
                heading=passage.heading,
                from_=passage.start + sentence.start,
                to=passage.start + sentence.end,
            ),
        )
        for sentence in split_sentences(passage.text)
    )
    return Group(text=f"{passage.title}. {passage.heading}. {without_marks(passage.text)}", pieces=pieces)


def _record_group(entry: Any, call: ToolCall, prefix: str) -> Group:
    pieces = tuple(
        Piece(
            text=f"{field.replace('_', ' ')}: {value}",
            support=Support(start=0, end=0, tool=call.name, field=f"{prefix}{field}"),
        )
        for field, value in _flattened(entry)
    )
    return Group(text=". ".join(piece.text for piece in pieces), pieces=pieces)


def _flattened(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flattened(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flattened(inner, f"{path}.{index}" if path else str(index))
    elif value is not None:
        yield path, str(value)
