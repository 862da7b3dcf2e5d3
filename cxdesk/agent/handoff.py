"""When a person takes over, and the note for that person.

Some reasons are found while an answer is sought (nothing answers, a rule wants an approval); the brief gives those.
The others are read off the conversation: the same asked again though it was answered, anger, rounds without end, no
voice at all. Those are decided here, by pure functions of what was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from cxdesk.domain import (
    Entities,
    HandoffReason,
    Identity,
    IdentityLevel,
    PendingAction,
    Record,
    Request,
    Run,
    Sentiment,
    Signals,
    ToolCall,
)

REPEATED_ABOVE = 0.85
FRUSTRATION_LIMIT = 0.8
# A message counts as frustrated from here; so many of them are enough.
FRUSTRATED_FROM = 0.4
FRUSTRATED_MESSAGES = 3
ROUNDS = 5
LONGEST_QUOTE = 120

Similarity = Callable[[str, str], float]
"""The cosine of two texts' meanings, -1..1."""

# What may be said as often as one likes.
_COURTESIES = frozenset({"greeting", "thanks", "praise"})
_SHORT_ANSWER = re.compile(
    r"\W*(?:(?:yes|yeah|yep|yup|no|nope|nah|ok(?:ay)?|sure|fine|right|correct|exactly|please|thanks?|thank you|"
    r"do it|go ahead|not? really|of course|that'?s (?:right|it|fine|correct)|hi|hello|hey|bye)\W*)+",
    re.IGNORECASE,
)


class Exchange(Record):
    """An earlier message of the customer, what it asked for, and whether the desk answered it."""

    text: str
    requests: tuple[Request, ...]
    answered: bool
    frustration: float = 0.0


def exchanges(
    runs: Sequence[Run], texts: Mapping[str, str], requests: Callable[[str], tuple[Request, ...]]
) -> list[Exchange]:
    """What the finished `runs` of a conversation were about, oldest first.

    `texts` are the customer's messages by id; `requests` reads what one asks, and is called for those that the desk
    replied to: not for what it asked back or handed over, which may well be asked again.
    """
    done = [(texts[run.message_id], run.turn) for run in runs if run.turn and run.message_id in texts]
    return [
        Exchange(
            text=text,
            requests=requests(text) if turn["decision"] == "reply" else (),
            answered=turn["decision"] == "reply",
            frustration=turn["sentiment"]["frustration"],
        )
        for text, turn in done
    ]


def should_hand_over(
    signals: Signals,
    history: Sequence[Exchange],
    similarity: Similarity,
    *,
    text: str = "",
    rounds: int = 0,
    can_answer: bool = True,
) -> HandoffReason | None:
    """Why a person must take over though the turn found nothing wrong, or None.

    `history` are the customer's earlier messages of the conversation, oldest first. `rounds` are those of tool
    calls that this turn has used; `can_answer` says whether there is a brief or a model to speak.
    """
    if is_too_frustrated(signals.sentiment, history):
        return HandoffReason.frustration
    if is_repeated(signals, text, history, similarity):
        return HandoffReason.repeated_intent
    if rounds >= ROUNDS:
        return HandoffReason.max_rounds
    return None if can_answer else HandoffReason.model_unavailable


def is_too_frustrated(sentiment: Sentiment, history: Sequence[Exchange]) -> bool:
    """Whether anger asks for a person: acute, in three messages, or a mood that declines and is bad."""
    if sentiment.frustration >= FRUSTRATION_LIMIT:
        return True
    frustrations = [sentiment.frustration, *(exchange.frustration for exchange in history)]
    often = sum(frustration >= FRUSTRATED_FROM for frustration in frustrations) >= FRUSTRATED_MESSAGES
    # Three bad messages in the past don't hand a thanking customer over.
    still = sentiment.label == "negative" or sentiment.frustration >= FRUSTRATED_FROM
    # A greeting has no mood that the first complaint could fall from.
    before = any(not is_short_answer(exchange.text) for exchange in history)
    return (often and still) or (before and sentiment.trend == "declining" and sentiment.label == "negative")


def is_repeated(signals: Signals, text: str, history: Sequence[Exchange], similarity: Similarity) -> bool:
    """Whether a question is asked again that was answered: same intent, same entities, same meaning.

    Greetings, thanks, yes and no never count. `text` is the whole message, for what the requests leave out.
    """
    if text and is_short_answer(text):
        return False
    return any(
        _asks_the_same(request, earlier, similarity)
        for request in signals.requests
        for exchange in history
        if exchange.answered and not is_short_answer(exchange.text)
        for earlier in exchange.requests
    )


def is_short_answer(text: str) -> bool:
    """Whether a message is only a greeting, a thank-you, a yes or a no."""
    return _SHORT_ANSWER.fullmatch(text.replace("’", "'")) is not None


def _asks_the_same(request: Request, earlier: Request, similarity: Similarity) -> bool:
    if request.intent.name in _COURTESIES or request.intent.name != earlier.intent.name:
        return False
    if _named(request.entities) != _named(earlier.entities):
        return False
    return similarity(request.text, earlier.text) > REPEATED_ABOVE


def _named(entities: Entities) -> tuple[frozenset[object], ...]:
    """What a question is about: another order, product or day makes another question."""
    ids = (frozenset(value.lower().lstrip("#") for value in (*entities.order_ids, *entities.ticket_ids)),)
    about = entities
    told = (about.products, about.amounts, about.dates, about.emails, about.phones, about.postal_codes)
    return (*ids, *map(frozenset, told))


# ---------------------------------------------------------------- the note

_REASONS = {
    HandoffReason.asked_for_human: "asked for a person",
    HandoffReason.repeated_intent: "asks the same again",
    HandoffReason.data_gap: "nothing in the shop's data or documents answers it",
    HandoffReason.needs_approval: "the wish needs a person's approval",
    HandoffReason.identity_failed: "identity could not be proved",
    HandoffReason.ungrounded: "no supported reply could be written",
    HandoffReason.max_rounds: "too many rounds without a result",
    HandoffReason.frustration: "very upset",
    HandoffReason.guardrail: "stopped by a guardrail",
    HandoffReason.low_confidence: "the wish is unclear",
    HandoffReason.model_unavailable: "no model and no brief",
}
_OPEN = {
    HandoffReason.asked_for_human: "answer in person",
    HandoffReason.repeated_intent: "find out what the earlier answer left open",
    HandoffReason.data_gap: "find the answer, or the record",
    HandoffReason.needs_approval: "approve or refuse the wish",
    HandoffReason.identity_failed: "find out who is writing",
    HandoffReason.ungrounded: "write the answer",
    HandoffReason.max_rounds: "look into it by hand",
    HandoffReason.frustration: "calm the customer and settle the matter",
    HandoffReason.guardrail: "look at what was held back",
    HandoffReason.low_confidence: "ask what is meant",
    HandoffReason.model_unavailable: "write the answer",
}


def summarise(
    reason: HandoffReason,
    identity: Identity,
    signals: Signals,
    calls: Sequence[ToolCall],
    *,
    name: str | None = None,
    message: str = "",
    pending: PendingAction | None = None,
) -> str:
    """At most seven short lines for staff, each read off the turn; nothing is phrased by a model.

    `name` is the writer's, `message` what the customer wrote last, `pending` the action that waits.
    """
    sentiment = signals.sentiment
    lines = (
        f"Who: {_who(identity, name)}",
        f"Wants: {_wishes(signals)}",
        f'Wrote: "{_quote(message)}"' if message else "",
        f"Tried: {', '.join(dict.fromkeys(map(_tried, calls))) or 'nothing'}",
        f"Why a person: {_REASONS[reason]}",
        f"Open: {_OPEN[reason]}{_action(pending)}",
        f"Mood: {sentiment.label}, frustration {sentiment.frustration:.1f}, {sentiment.trend}",
    )
    return "\n".join(line for line in lines if line)


def _who(identity: Identity, name: str | None) -> str:
    called = f"{' '.join(name.split())}, " if name else ""
    if identity.level is IdentityLevel.verified:
        return f"{called}{identity.customer_id} (verified)"
    tries = f", {identity.failed_tries} failed tries" if identity.failed_tries else ""
    return f"{called}not identified ({identity.level.value}{tries})"


def _wishes(signals: Signals) -> str:
    wishes = [_wish(request) for request in signals.requests]
    return ", ".join(dict.fromkeys(wishes))


def _wish(request: Request) -> str:
    about = ", ".join((*request.entities.order_ids, *request.entities.ticket_ids, *request.entities.products))
    return request.intent.name.replace("_", " ") + (f" ({about})" if about else "")


def _quote(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


def _tried(call: ToolCall) -> str:
    about = next((str(call.args[key]) for key in ("order_id", "ticket_id") if call.args.get(key)), "")
    return f"{call.name}{f' {about}' if about else ''} {'found' if call.ok and call.result else 'nothing'}"


def _action(pending: PendingAction | None) -> str:
    if pending is None:
        return ""
    args = ", ".join(f"{key} {value}" for key, value in pending.args.items() if isinstance(value, str))
    return f": {pending.tool}" + (f" ({args})" if args else "")
