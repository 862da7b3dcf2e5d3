"""Reads what the figures page shows: on a worker thread, into plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cxdesk.domain import Figure, Figures, Period, now
from cxdesk.memory.figures import period_of
from cxdesk.store.figures import Step
from cxdesk.ui import words
from cxdesk.ui.figures_words import Span, step_of
from cxdesk.ui.views import Label

if TYPE_CHECKING:
    from cxdesk.desk import Desk

LISTED = 1000
"""So many conversations are listed; the others are counted."""


@dataclass(frozen=True)
class Board:
    """All figures over a time. `has_before`: there was a time before to compare with."""

    found: Figures
    span: Span
    step: Step
    has_before: bool

    def figure(self, name: str) -> Figure:
        return next(figure for figure in self.found.figures if figure.name == name)


@dataclass(frozen=True)
class Behind:
    """What is asked for: the conversations behind a figure, or behind a part or a time of it; `title` says which."""

    figure: str
    title: str
    part: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class ConversationLine:
    id: str
    writer: str
    text: str
    state: Label
    at: datetime


@dataclass(frozen=True)
class ConversationList:
    behind: Behind
    lines: tuple[ConversationLine, ...]
    total: int


def read_board(desk: Desk, span: Span | None) -> Board:
    """The figures over a span of days; None: over all time."""
    moment = now().astimezone()
    first_at = desk.store.figures.first_message_at()
    first = first_at.astimezone(moment.tzinfo).date() if first_at else moment.date()
    days = span or Span(min(first, moment.date()), moment.date())
    period, step = period_of(days.first, days.last, moment), step_of(days)
    found = desk.overview.figures(period, step=step, carried=0)
    return Board(found, days, step, has_before=span is not None)


def read_behind(desk: Desk, behind: Behind, period: Period) -> ConversationList:
    """The conversations behind a figure over the period, or over the shorter time that is asked for."""
    ids = desk.overview.conversations(behind.figure, behind.period or period, behind.part)
    listed = desk.store.conversations.of(ids[:LISTED])
    last = desk.store.conversations.last_messages(one.id for one in listed)
    lines = tuple(
        ConversationLine(
            one.id,
            one.writer,
            " ".join(last[one.id].text.split()) if one.id in last else "",
            words.conversation_state(one.state, preparing=False, last=last[one.id].role if one.id in last else None),
            one.opened_at,
        )
        for one in listed
    )
    return ConversationList(behind, lines, len(ids))


def last_days(days: int, today: date) -> Span:
    return Span(today - timedelta(days=days - 1), today)
