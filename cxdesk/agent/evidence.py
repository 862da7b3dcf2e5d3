"""The evidence of a turn: what a reply may rest on, cut into groups that belong together.

A group is one source that can support a sentence on its own: a passage, an order, a product, or the brief
line that code wrote from one of them. A fact counts as supported only together with its company: an amount
of the express line does not support a sentence about standard shipping from another passage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from cxdesk.agent.brief_parts import Brief
from cxdesk.agent.customer_voice import without_marks
from cxdesk.agent.facts import fact_keys, find_facts, statuses
from cxdesk.agent.sentences import content_words, split_sentences
from cxdesk.domain import Hit, Passage, Record, Support, ToolCall

# The tools that change something: a reply may tell of what they did.
WRITES = frozenset(
    """
    cancel_order flag_refund return_items exchange_items modify_order_items modify_order_payment
    modify_order_address update_customer_email update_customer_address create_ticket update_ticket
    escalate_to_human
    """.split()
)


class Piece(Record):
    """The smallest stretch of evidence that can be pointed at.

    `about` is the record that it speaks of, as the key of its id; `context` the words around it that tell
    what it belongs to: the heading of a passage, the name of the item whose price it is.
    """

    text: str
    support: Support
    about: str = ""
    context: str = ""


class Group(Record):
    """Pieces of one source. `text` is all that it says; `done` names the write tool that it is the result of."""

    text: str
    pieces: tuple[Piece, ...]
    done: str = ""

    @property
    def facts(self) -> frozenset[str]:
        return fact_keys(self.text)

    @property
    def statuses(self) -> frozenset[str]:
        return statuses(self.text)

    @property
    def words(self) -> frozenset[str]:
        return content_words(self.text)


def gather(brief: Brief, calls: Sequence[ToolCall], earlier: Sequence[ToolCall] = ()) -> tuple[Group, ...]:
    """The evidence of a turn: the brief first, then each passage, each order, each product.

    Of `earlier` calls of the conversation only the changes they made count: they may be told of again.
    """
    made = [call for call in earlier if call.ok and call.name in WRITES]
    sources = [group for call in (*calls, *made) if call.ok for group in _call_groups(call)]
    known = frozenset(piece.about for group in sources for piece in group.pieces if piece.about)
    pieces = tuple(_brief_pieces(brief, known))
    return (*([Group(text=brief.text, pieces=pieces)] if pieces else []), *sources)


def _brief_pieces(brief: Brief, known: frozenset[str]) -> Iterator[Piece]:
    """The lines that rest on something; a line about 'it' is about the record that was named before."""
    about = ""
    for line in brief.lines:
        for support in line.supports:
            yield Piece(text=line.text, support=support, about=about)
        about = last_id(line.text, known) or about


def _call_groups(call: ToolCall) -> Iterator[Group]:
    several = isinstance(call.result, list)
    for place, entry in enumerate(call.result if several else [call.result]):
        if isinstance(entry, Hit):
            yield _passage_group(entry.passage)
        elif entry is not None or call.name in WRITES:
            yield _record_group(entry, call, f"{place}." if several else "")


def last_id(text: str, known: Collection[str]) -> str:
    """The key of the record that `text` names last, of those that are known; empty when it names none."""
    return next((fact.key for fact in reversed(find_facts(text)) if fact.key in known), "")


def read_ahead(passages: Iterable[Passage]) -> None:
    """Find the facts of passages, which are remembered, before a reply waits to be checked against them."""
    for group in map(_passage_group, passages):
        for text in (group.text, *(piece.text for piece in group.pieces)):
            find_facts(text)


def _passage_group(passage: Passage) -> Group:
    pieces = tuple(
        Piece(
            text=without_marks(sentence.text),
            context=f"{passage.title}. {passage.heading}",
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
    about = _record_id(entry)
    pieces = tuple(
        Piece(
            text=f"{field.replace('_', ' ')}: {value}",
            support=Support(start=0, end=0, tool=call.name, field=f"{prefix}{field}"),
            about=about,
            context=context,
        )
        for field, value, context in _flattened(entry)
    )
    return Group(
        text=". ".join(piece.text for piece in pieces), pieces=pieces, done=call.name if call.name in WRITES else ""
    )


def _record_id(entry: Any) -> str:
    """The key of the record's own id: of the first field that is called one."""
    own = next((v for k, v in entry.items() if k.endswith("_id")), "") if isinstance(entry, dict) else ""
    return f"id:{str(own).lower().lstrip('#')}" if own else ""


def _flattened(value: Any, path: str = "", context: str = "") -> Iterator[tuple[str, str, str]]:
    """The values inside, each with its path and the words beside it that tell what it belongs to."""
    if isinstance(value, dict):
        inside = " ".join([context, *_names(value)]).strip()
        for key, inner in value.items():
            yield from _flattened(inner, f"{path}.{key}" if path else str(key), inside)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flattened(inner, f"{path}.{index}" if path else str(index), context)
    elif value is not None:
        yield path, str(value), context


def _names(entry: dict[str, Any]) -> Iterator[str]:
    """What a record is called: its name or subject, and the options of an item."""
    for key, value in entry.items():
        if isinstance(value, str) and key in {"name", "subject"}:
            yield value
        elif isinstance(value, dict) and key == "options":
            yield from (f"{name} {chosen}" for name, chosen in value.items())
