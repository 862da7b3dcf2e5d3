"""How customers are said on screen: pure functions from records to words."""

from __future__ import annotations

from cxdesk.domain import ConversationState
from cxdesk.ui import ticket_words, words
from cxdesk.ui.language import mark, number, plural, tr
from cxdesk.ui.views import Label, Tone

UNKNOWN = mark("not known")
_TIERS: dict[str, Label] = {
    "standard": Label(mark("standard"), "quiet"),
    "silver": Label(mark("silver"), "quiet"),
    "gold": Label(mark("gold"), "warn"),
    "platinum": Label(mark("platinum"), "accent"),
}
_OUTCOMES: dict[str, Label] = {
    "resolved": Label(mark("resolved"), "good"),
    "escalated": Label(mark("handed over"), "warn"),
    "unresolved": Label(mark("not resolved"), "bad"),
}
_MOODS: tuple[tuple[float, str, Tone], ...] = (
    (0.4, mark("pleased"), "good"),
    (0.1, mark("content"), "good"),
    (-0.1, mark("calm"), "quiet"),
    (-0.4, mark("unhappy"), "warn"),
    (-1.0, mark("very unhappy"), "bad"),
)


def tier(name: str | None) -> Label:
    return Label(tr(UNKNOWN)) if name is None else _TIERS[name].in_language()


def past(state: ConversationState, outcome: str | None) -> Label:
    """What a conversation came to; how it stands, where it is open or was not looked at since it was closed."""
    if state is ConversationState.closed and outcome in _OUTCOMES:
        return _OUTCOMES[outcome].in_language()
    return words.conversation_state(state, preparing=False, last=None)


def mood(score: float | None) -> Label:
    """A mood of -1..1 in words; what is not known is said so."""
    if score is None:
        return Label(tr(UNKNOWN))
    return next(Label(tr(said), tone) for least, said, tone in _MOODS if score >= least)


def mood_course(start: float | None, end: float | None) -> str:
    """'unhappy, then calm', 'calm', or that it isn't known."""
    first, last = mood(start).text, mood(end).text
    return first if first == last else tr("{first}, then {last}", first=first, last=last)


def health(score: float | None) -> Label:
    """Points of 100. The colour says from where on one should look."""
    if score is None:
        return Label(tr(UNKNOWN))
    return Label(number(round(score)), "good" if score >= 70 else "warn" if score >= 40 else "bad")


def share(value: float | None) -> str:
    return tr(UNKNOWN) if value is None else tr("{n}%", n=number(round(100 * value)))


def belongings(*, orders: int, tickets: int, conversations: int, messages: int, facts: int, ratings: int) -> str:
    """'3 orders, 1 ticket and 2 conversations'; 'nothing else' where all are 0."""
    counted = (
        (orders, plural("{n} order", "{n} orders", orders)),
        (tickets, plural("{n} ticket", "{n} tickets", tickets)),
        (conversations, plural("{n} conversation", "{n} conversations", conversations)),
        (messages, plural("{n} message", "{n} messages", messages)),
        (facts, plural("{n} remembered fact", "{n} remembered facts", facts)),
        (ratings, plural("{n} rating", "{n} ratings", ratings)),
    )
    return ticket_words.listed([said for count, said in counted if count]) or tr("nothing else")


def stars(count: int) -> str:
    return "★" * count + "☆" * (5 - count)
