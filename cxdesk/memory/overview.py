"""The owner's view: figures, knowledge gaps and traces of one desk, each asked for in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from cxdesk.domain import Entities, Figures, KnowledgeGap, Period, Rating, Span, StaleReply, now
from cxdesk.memory import feedback, gaps, traces
from cxdesk.memory.figures import CARRIED, conversations_behind, figures, period_of
from cxdesk.ports import Embedder, KnowledgeSearch
from cxdesk.signals.masking import mask_secrets
from cxdesk.store import Store
from cxdesk.store.figures import Step


class Overview:
    """How the desk is doing. A period of None is the last 30 days.

    `entities` finds what is personal in a text; `is_answered` tells whether today's documents answer a question.
    Figures take some 100 ms, gaps an embedding for each question: not for the window's thread.
    """

    def __init__(
        self,
        store: Store,
        knowledge: KnowledgeSearch,
        embedder: Callable[[], Embedder],
        entities: Callable[[str], Entities],
        is_answered: Callable[[str], bool],
    ) -> None:
        self._store = store
        self._knowledge = knowledge
        self._embedder = embedder
        self._entities = entities
        self._is_answered = is_answered

    def figures(self, period: Period | None = None, *, step: Step = "day", carried: int = CARRIED) -> Figures:
        """Every figure over the period, beside the time of the same length before it, with its course by `step`.

        Each carries the ids of its newest conversations, at most `carried`.
        """
        return figures(self._store, period or _last_days(), moment=now().astimezone(), step=step, carried=carried)

    def conversations(self, figure: str, period: Period | None = None, part: str | None = None) -> list[str]:
        """All conversations behind a figure, or one of its parts, the newest first."""
        return conversations_behind(self._store, figure, period or _last_days(), part, moment=now().astimezone())

    def gaps(self, period: Period | None = None) -> list[KnowledgeGap]:
        """Topics that the documents did not answer, the most asked first. Raises `Unavailable` without an embedder."""
        return gaps.knowledge_gaps(
            self._store,
            period or _last_days(),
            self._embedder(),
            mask=lambda text: without_personal(text, self._entities(text)),
            knowledge=self._knowledge,
            is_answered=self._is_answered,
        )

    def stale_replies(self) -> list[StaleReply]:
        """Replies and drafts that rest on a passage which is no longer in the documents."""
        return gaps.stale_replies(self._store)

    def link_replies(self) -> int:
        """Note what saved replies rest on, before their documents change. A job of the background."""
        return gaps.link_replies(self._store, self._knowledge, self._embedder())

    def rate(
        self,
        conversation: str,
        stars: int,
        comment: str = "",
        *,
        message: str | None = None,
        by: Literal["customer", "staff"] = "customer",
    ) -> Rating:
        """Keep one to five stars for a conversation, or for one of its replies."""
        return feedback.rate(self._store, conversation, stars, comment, message_id=message, by=by)

    def traces(self, period: Period | None = None) -> traces.TraceFigures:
        """Counts, errors and percentiles by room and stage."""
        return traces.trace_figures(self._store, period or _last_days())

    def recent_turns(self, limit: int = 20) -> list[Span]:
        """The last turns, the newest first."""
        return traces.recent_turns(self._store, limit)

    def trace(self, run: str) -> list[Span]:
        """The spans of one run."""
        return traces.trace(self._store, run)

    def export_traces(self, file: Path, period: Period | None = None) -> int:
        """Write the spans as JSON Lines; how many."""
        return traces.export(self._store, period or _last_days(), file)


def without_personal(text: str, found: Entities) -> str:
    """The text with kinds in the place of what names a person or their things: '(order)', '(name)'."""
    kinds = {
        "(e-mail)": found.emails,
        "(order)": found.order_ids,
        "(ticket)": found.ticket_ids,
        "(phone)": found.phones,
        "(postal code)": found.postal_codes,
        "(name)": found.names,
    }
    for kind, values in kinds.items():
        for value in sorted(values, key=len, reverse=True):
            text = text.replace(value, kind)
    return mask_secrets(text)


def _last_days() -> Period:
    return period_of(None, None, now().astimezone())
