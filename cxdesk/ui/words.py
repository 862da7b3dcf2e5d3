"""How values are said on screen: pure functions from records to words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cxdesk.domain import ConversationState, DeskError, HealthParts, IdentityLevel, Role
from cxdesk.ui.views import Label, Mood, Tone

FRUSTRATED_FROM = 0.5

_REASONS = {
    "asked_for_human": "the customer asked for a person",
    "repeated_intent": "the customer asks the same again",
    "data_gap": "nothing in the shop's data or documents answers it",
    "needs_approval": "the wish needs a person's approval",
    "identity_failed": "the customer's identity could not be proved",
    "ungrounded": "no supported reply could be written",
    "max_rounds": "too many rounds without a result",
    "frustration": "the customer is very upset",
    "guardrail": "a guardrail stopped the message",
    "low_confidence": "the wish is unclear",
    "model_unavailable": "there is neither a model nor a plain answer",
}
_IDENTITIES = {
    IdentityLevel.unknown: Label("not identified", "quiet"),
    IdentityLevel.claimed: Label("claimed, not proved", "warn"),
    IdentityLevel.verified: Label("verified", "good"),
}
AWAITS_YES = "waits for the customer's yes"
REMOTE = "remote:"
_FLAGS = {
    "not_english": Label("not English", "accent"),
    "masked_secret": Label("secret masked", "warn"),
    "instruction_like": Label("instruction-like", "bad"),
    "suspicious_address": Label("look-alike address", "bad"),
    "control_characters": Label("hidden characters removed", "warn"),
}
_HANDOFF_STEPS = {
    "accepted": "Accepted",
    "answered": "Answered",
    "given_back": "Given back to the desk",
    "resolved": "Resolved",
}
_SUGGESTIONS = {
    "draft": "Draft",
    "approved": "Sent before",
    "canned": "Saved reply",
    "next_step": "Next step",
    "clarify": "Question",
    "offer": "Another way",
}
_LIKELIHOODS = ((0.75, "very likely"), (0.5, "likely"), (0.3, "possible"), (0.0, "a guess"))
_GOOD_STATUSES = ("delivered", "complete", "completed", "refunded")
_BAD_STATUSES = ("cancelled", "canceled", "lost", "failed")


def age(then: datetime, now: datetime) -> str:
    """How long ago, as short as a list needs it: 'now', '2 min', '3 h', '4 d', '12 Mar', '12 Mar 2024'."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h"
    if minutes < 7 * 24 * 60:
        return f"{minutes // (24 * 60)} d"
    return day(then, now)


def clock(at: datetime, now: datetime) -> str:
    """The time of day, with the day unless it is today's, in the time zone of `now`."""
    local = at.astimezone(now.tzinfo)
    time_of_day = f"{local:%H:%M}"
    return time_of_day if local.date() == now.date() else f"{day(at, now)}, {time_of_day}"


def day(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    return f"{local.day} {local:%b}" + (f" {local.year}" if local.year != now.year else "")


def milliseconds(ms: float) -> str:
    if ms < 1:
        return "<1 ms"
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def conversation_state(state: ConversationState, *, preparing: bool, last: Role | None) -> Label:
    """What a conversation waits for."""
    if preparing:
        return Label("preparing", "accent")
    match state:
        case ConversationState.waiting:
            return Label("draft ready", "accent")
        case ConversationState.handed_over:
            return Label("handed over", "warn")
        case ConversationState.closed:
            return Label("closed", "quiet")
        case _:
            return Label("to answer", "warn") if last is Role.customer else Label("answered", "good")


def identity(level: IdentityLevel) -> Label:
    return _IDENTITIES[level]


def mood(sentiment: Mapping[str, Any]) -> Mood | None:
    """None when the judgement failed: unknown is not calm."""
    match sentiment["label"]:
        case "unknown":
            return None
        case _ if sentiment["frustration"] >= FRUSTRATED_FROM:
            return Mood("upset", "unhappy", "bad")
        case "negative":
            return Mood("unhappy", "unhappy", "warn")
        case "positive":
            return Mood("pleased", "pleased", "good")
        case _:
            return Mood("calm", "calm")


def intent(name: str | None) -> str:
    """What is wanted; nothing where that is not known."""
    return "" if name in (None, "other") else str(name).replace("_", " ")


def found_because(why: Sequence[str], matched: Sequence[str]) -> str:
    """Why a search found a message: 'has “router”', or 'means something alike'."""
    if matched:
        return "has " + ", ".join(f"“{word}”" for word in matched)
    return "means something alike" if "meaning" in why else ""


_TIERS: dict[str, Tone] = {"platinum": "accent", "gold": "accent", "silver": "quiet"}
_HEALTHY_FROM, _WORRYING_BELOW = 70, 40
_PLEASED_FROM, _UNHAPPY_TO = 0.25, -0.25
_TICKET_TONES: dict[str, Tone] = {"open": "warn", "in_progress": "accent", "waiting": "accent", "resolved": "good"}
_OUTCOME_TONES: dict[str, Tone] = {"resolved": "good", "escalated": "warn", "unresolved": "bad"}


def tier(name: str) -> Label:
    return Label(f"{name} customer", _TIERS.get(name, "quiet"))


def health(score: float | None) -> Label | None:
    if score is None:
        return None
    tone: Tone = "good" if score >= _HEALTHY_FROM else "warn" if score >= _WORRYING_BELOW else "bad"
    return Label(f"health {score:.0f} of 100", tone)


def health_parts(parts: HealthParts) -> str:
    """The points that are known: 'mood 32 of 40, resolution 30 of 30'."""
    most = {"mood": 40, "resolution": 30, "independence": 20, "drift": 10}
    known = {name: getattr(parts, name) for name in most}
    return ", ".join(f"{name} {points:.0f} of {most[name]}" for name, points in known.items() if points is not None)


def mood_over(sentiment: float | None) -> str:
    """The mood over a whole conversation, -1 to 1."""
    if sentiment is None:
        return "unknown"
    return "pleased" if sentiment >= _PLEASED_FROM else "unhappy" if sentiment <= _UNHAPPY_TO else "calm"


def ticket_state(status: str) -> Label:
    return Label(status.replace("_", " "), _TICKET_TONES.get(status, "quiet"))


def outcome(name: str) -> Label:
    return Label(name, _OUTCOME_TONES.get(name, "quiet"))


def stars(count: int) -> Label:
    return Label(f"rated {count} of 5", "good" if count >= 4 else "warn" if count == 3 else "bad")


def handoff_reason(reason: str) -> str:
    return _REASONS.get(reason, reason.replace("_", " "))


def decision(turn: Mapping[str, Any]) -> Label:
    """What the draft does, in plain words."""
    match turn["decision"]:
        case "handoff":
            return Label("Hand over", "warn")
        case "ask":
            return Label("Asks back", "accent")
        case "confirm":
            return Label("Asks for a yes", "accent")
        case _:
            return Label("Reply", "accent")


def decision_why(turn: Mapping[str, Any]) -> str:
    """The reason of a handoff, or the action that waits for a yes."""
    if turn["handoff_reason"]:
        return handoff_reason(turn["handoff_reason"])
    return turn["pending_action"]["tool"].replace("_", " ") if turn["pending_action"] else ""


def proposal(text: str) -> str:
    """A proposal, which goes on after 'Shall I', as a sentence of its own."""
    plain = text.strip().rstrip(".")
    return f"{plain[:1].upper()}{plain[1:]}."


def agreement(*, agreed: bool, waits_for_person: bool) -> Label:
    """What the customer said to a proposed change."""
    if agreed:
        return Label("the customer said yes", "good")
    return Label("the customer has not confirmed it", "warn") if waits_for_person else Label(AWAITS_YES, "accent")


def handoff_holder(*, taken: bool, by: str | None, me: str | None = None) -> Label:
    if not taken:
        return Label("nobody has it yet", "warn")
    return Label("you have it" if by in (None, me) else f"{by} has it", "good")


def handoff_step(kind: str, by: str | None, note: str = "") -> str:
    """A step of a handoff's life in words: 'Accepted by Kim'."""
    said = _HANDOFF_STEPS.get(kind, kind.replace("_", " ").capitalize())
    return said + (f" by {by}" if by else "") + (f" ({note.replace('_', ' ')})" if note else "")


def flag(name: str) -> Label:
    """What the guard saw in a message, or did to it."""
    return _FLAGS.get(name, Label(name.replace("_", " "), "warn"))


def elsewhere(model: str) -> str:
    """The name of a model on another computer; nothing for one on this PC."""
    return model.removeprefix(REMOTE) if model.startswith(REMOTE) else ""


def written_elsewhere(name: str) -> Label:
    return Label(f"written by {name} elsewhere; personal data were masked", "warn")


def suggestion_kind(kind: str) -> str:
    return _SUGGESTIONS.get(kind, kind.replace("_", " ").capitalize())


def likelihood(confidence: float) -> str:
    """How well a suggestion fits, in words."""
    return next(said for least, said in _LIKELIHOODS if confidence >= least)


def order_status(status: str) -> Label:
    """The shop's own word, with a tone for the usual ones."""
    plain = status.lower()
    if plain.startswith(_GOOD_STATUSES):
        return Label(status, "good")
    return Label(status, "bad" if plain.startswith(_BAD_STATUSES) else "accent")


def checks(grounding: Mapping[str, Any], *, model_failed: bool, by_model: bool) -> Label:
    """What the check of the reply's facts came to."""
    if grounding["unsupported"]:
        return Label(f"{plural(len(grounding['unsupported']), 'fact')} without support", "bad")
    facts = int(grounding["supported"])
    found = f"{plural(facts, 'fact')} checked, all supported" if facts else "States no facts that need a source"
    if model_failed:
        return Label(f"{found}. The model failed, so this is the desk's own brief", "warn")
    if grounding["used_brief"] and by_model:
        return Label(f"{found}. Finished from the desk's own brief", "good")
    return Label(found, "good" if facts else "quiet")


def is_bug(error: Exception) -> bool:
    """Whether an error is our own fault rather than the world's, a policy's or an input's."""
    return not isinstance(error, DeskError)


def trouble(error: Exception) -> str:
    """The sentence for a person. Anything but a `DeskError` is our bug: its text may hold customer text."""
    if not is_bug(error):
        return str(error)
    return f"Something went wrong inside cxdesk ({type(error).__name__}). The log has the place; you can go on working."
