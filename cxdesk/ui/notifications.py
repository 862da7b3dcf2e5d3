"""What a person is told of while they look elsewhere: values in, values out. No customer's word is ever in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.language import plural, tr

if TYPE_CHECKING:
    from cxdesk.desk import Desk


@dataclass(frozen=True)
class Waiting:
    """A handoff that nobody has taken, with its reason, or a draft that has waited too long for a decision."""

    id: str
    conversation_id: str
    reason: str = ""


@dataclass(frozen=True)
class Notification:
    """What the system shows, and the conversation that it opens."""

    text: str
    conversation_id: str


def read_waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What waits for a person now, as far as it is to be told. A locked desk tells too: somebody may be near."""
    settings, store = desk.settings, desk.store
    if not settings.notifications or not (desk.access.is_locked or desk.access.may("send")):
        return ()
    handoffs = [Waiting(each.id, each.conversation_id, each.reason) for each in store.handoffs.open()]
    if not settings.draft_waits_min:
        return tuple(handoffs)
    drafts = store.drafts.waiting(now() - timedelta(minutes=settings.draft_waits_min))
    return (*handoffs, *(Waiting(each.id, each.conversation_id) for each in drafts))


def notification(
    waiting: Sequence[Waiting], told: frozenset[str], in_sight: str | None
) -> tuple[Notification | None, frozenset[str]]:
    """What is to be told of all that waits, if anything, and the ids that need not be told again.

    `in_sight` is the conversation that somebody is looking at: they know. What comes at once is told as one.
    """
    fresh = [each for each in waiting if each.id not in told and each.conversation_id != in_sight]
    known = told | {each.id for each in waiting}
    if not fresh:
        return None, known
    return Notification(_said(fresh), fresh[0].conversation_id), known


def _said(fresh: Sequence[Waiting]) -> str:
    conversations = len({each.conversation_id for each in fresh})
    if conversations > 1:
        return plural("{n} conversation waits for a person.", "{n} conversations wait for a person.", conversations)
    if fresh[0].reason:
        return tr("A conversation was handed over: {reason}.", reason=words.handoff_reason(fresh[0].reason))
    return tr("A draft still waits for a decision.")
