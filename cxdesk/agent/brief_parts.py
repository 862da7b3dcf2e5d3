"""What briefs are made of: their lines, what they are written from, and the words that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel.dates import format_date

from cxdesk.agent.answers import Quote
from cxdesk.agent.dealing import Deal
from cxdesk.agent.rules import ShopRules
from cxdesk.agent.shop_tools import ShopTool
from cxdesk.domain import (
    Decision,
    DecisionKind,
    HandoffReason,
    Hit,
    Identity,
    IdentityLevel,
    Record,
    Request,
    Signals,
    Support,
    ToolCall,
)

ORDER_NOT_FOUND = "order_not_found"
NO_ANSWER = "no_answer"
UNCLEAR = "unclear"
ASKED_WHO = "asked_who"


class Line(Record):
    """A sentence of the brief, and where it is supported; a line without support states nothing of the shop."""

    text: str
    supports: tuple[Support, ...] = ()


class Brief(Record):
    """`phrase`: whether a model may put it in other words. `notes` are codes that later turns look at."""

    lines: tuple[Line, ...]
    decision: Decision
    notes: tuple[str, ...] = ()
    phrase: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class BriefContext:
    """What the brief is written from. `gave_up_on`: the notes of the question back that the writer can't answer.

    `find_answer` is given a question, its hits, and whether it asks of anything that the shop sells. `told` is the
    desk's last reply, `products_meant` tells which products of the catalogue a text means.
    """

    signals: Signals
    identity: Identity
    rules: ShopRules
    calls: Sequence[ToolCall]
    kind: Callable[[str], str]
    find_answer: Callable[[str, Sequence[Hit], bool], list[Quote]]
    is_off_topic: Callable[[str, Sequence[Hit]], bool]
    tone_texts: dict[str, str]
    customer_name: str | None
    shop_name: str
    locale: str
    today: date
    earlier_notes: frozenset[str]
    just_proved: bool
    deal: Deal = field(default_factory=Deal)
    own_tools: Mapping[str, ShopTool] = field(default_factory=dict)
    gave_up_on: frozenset[str] | None = None
    told: str = ""
    products_meant: Callable[[str], Sequence[str]] = lambda _: ()

    def calls_for(self, request: int, *names: str) -> list[ToolCall]:
        return [call for call in self.calls if call.request == request and call.name in names]

    def needs_proof(self, request: Request) -> bool:
        """Whether a look-up of the shop's own would answer, were it known who is writing."""
        unproved = self.identity.level is not IdentityLevel.verified
        return unproved and any(tool.is_personal and tool.is_meant(request) for tool in self.own_tools.values())


def replies(lines: Sequence[Line], *, phrase: bool = True) -> Brief:
    return Brief(lines=tuple(lines), decision=Decision(kind=DecisionKind.reply), phrase=phrase)


def says(text: str) -> Brief:
    return Brief(lines=(Line(text=text),), decision=Decision(kind=DecisionKind.reply))


def asks(text: str) -> Brief:
    return Brief(lines=(Line(text=text),), decision=Decision(kind=DecisionKind.ask))


def hands_over(reason: HandoffReason, text: str) -> Brief:
    return Brief(lines=(Line(text=text),), decision=Decision(kind=DecisionKind.handoff, reason=reason))


def line_of(text: str, call: ToolCall, field: str) -> Line:
    return Line(text=text, supports=(Support(start=0, end=len(text), tool=call.name, field=field),))


def quoted(quote: Quote) -> Line:
    text = quote.text if quote.text.endswith((".", "!", "?", ":")) else f"{quote.text}."
    support = Support(
        start=0, end=len(text), document=quote.document, heading=quote.heading, from_=quote.start, to=quote.end
    )
    return Line(text=text, supports=(support,))


def is_status(status: str) -> str:
    return f"is {status}" if status.isalpha() else f'has the status "{status}"'


def item_text(item: dict[str, Any]) -> str:
    count = f"{item['quantity']} x " if item["quantity"] > 1 else ""
    options = options_text(item["options"])
    return f"{count}{item['name']}" + (f" ({options})" if options else "")


def the_item(item: dict[str, Any]) -> str:
    return item_text(item) if item["quantity"] > 1 else f"the {item_text(item)}"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def are(count: int) -> str:
    return "is" if count == 1 else "are"


def options_text(options: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in options.items())


def day_text(iso: str, context: BriefContext) -> str:
    return str(format_date(date.fromisoformat(iso), "d MMMM y", locale=context.locale))


def as_list(result: Any) -> list[dict[str, Any]]:
    return result if isinstance(result, list) else [result]
