"""How values are said on screen: pure functions from records to words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale, QTime

from cxdesk.domain import AccountRole, ConversationState, DeskError, HealthParts, IdentityLevel, Role
from cxdesk.ui.language import decimal, mark, number, plural, tr
from cxdesk.ui.views import Label, Mood, Tone

FRUSTRATED_FROM = 0.5

_REASONS = {
    "asked_for_human": mark("the customer asked for a person"),
    "repeated_intent": mark("the customer asks the same again"),
    "data_gap": mark("nothing in the shop's data or documents answers it"),
    "needs_approval": mark("the wish needs a person's approval"),
    "identity_failed": mark("the customer's identity could not be proved"),
    "ungrounded": mark("no supported reply could be written"),
    "max_rounds": mark("too many rounds without a result"),
    "frustration": mark("the customer is very upset"),
    "guardrail": mark("a guardrail stopped the message"),
    "low_confidence": mark("the wish is unclear"),
    "model_unavailable": mark("there is neither a model nor a plain answer"),
}
_IDENTITIES = {
    IdentityLevel.unknown: Label(mark("not identified"), "quiet"),
    IdentityLevel.claimed: Label(mark("claimed, not proved"), "warn"),
    IdentityLevel.verified: Label(mark("verified"), "good"),
}
AWAITS_YES = mark("waits for the customer's yes")
REMOTE = "remote:"
_FLAGS = {
    "not_english": Label(mark("not English"), "accent"),
    "masked_secret": Label(mark("secret masked"), "warn"),
    "instruction_like": Label(mark("instruction-like"), "bad"),
    "suspicious_address": Label(mark("look-alike address"), "bad"),
    "control_characters": Label(mark("hidden characters removed"), "warn"),
}
_ROLES: dict[AccountRole, str] = {"viewer": mark("viewer"), "agent": mark("agent"), "admin": mark("admin")}
_HANDOFF_STEPS = {
    "accepted": mark("Accepted"),
    "answered": mark("Answered"),
    "given_back": mark("Given back to the desk"),
    "resolved": mark("Resolved"),
}
_SUGGESTIONS = {
    "draft": mark("Draft"),
    "approved": mark("Sent before"),
    "canned": mark("Saved reply"),
    "next_step": mark("Next step"),
    "clarify": mark("Question"),
    "offer": mark("Another way"),
}
_STAGES = {
    "guard": mark("guard"),
    "signals": mark("signals"),
    "identify": mark("identify"),
    "plan": mark("plan"),
    "tools": mark("tools"),
    "knowledge": mark("knowledge"),
    "deal": mark("deal"),
    "brief": mark("brief"),
    "compose": mark("compose"),
    "ground": mark("ground"),
    "confirm": mark("confirm"),
    "queue": mark("queue"),
    "first_token": mark("first token"),
    "total": mark("total"),
}
_LIKELIHOODS = ((0.75, mark("very likely")), (0.5, mark("likely")), (0.3, mark("possible")), (0.0, mark("a guess")))
_GOOD_STATUSES = ("delivered", "complete", "completed", "refunded")
_BAD_STATUSES = ("cancelled", "canceled", "lost", "failed")


def age(then: datetime, now: datetime) -> str:
    """How long ago, as short as a list needs it: 'now', '2 min', '3 h', '4 d', '12 Mar', '12 Mar 2024'."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return tr("now")
    if minutes < 60:
        return tr("{n} min", n=number(minutes))
    if minutes < 24 * 60:
        return tr("{n} h", n=number(minutes // 60))
    if minutes < 7 * 24 * 60:
        return tr("{n} d", n=number(minutes // (24 * 60)))
    return day(then, now)


def clock(at: datetime, now: datetime) -> str:
    """The time of day, with the day unless it is today's, in the time zone of `now`."""
    local = at.astimezone(now.tzinfo)
    time_of_day = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == now.date():
        return time_of_day
    return tr("{day}, {time}", day=day(at, now), time=time_of_day)


def day(at: datetime, now: datetime) -> str:
    """'12 Mar', with the year unless it is this one, in the time zone of `now`."""
    local = at.astimezone(now.tzinfo)
    return short_day(local) if local.year == now.year else long_day(local)


# Qt's patterns of dates are translated too: a language may put day, month and year in another order.


def short_day(at: date) -> str:
    """'12 Mar'. Like those below it says the day that `at` itself names, whatever its time zone."""
    return QLocale().toString(_date(at), tr("d MMM"))


def long_day(at: date) -> str:
    """'12 Mar 2026'."""
    return QLocale().toString(_date(at), tr("d MMM yyyy"))


def month_name(at: date) -> str:
    """'March 2026'."""
    return QLocale().toString(_date(at), tr("MMMM yyyy"))


def weekday(at: date) -> str:
    """'Tuesday'."""
    return QLocale().toString(_date(at), "dddd")


def _date(at: date) -> QDate:
    return QDate(at.year, at.month, at.day)


def milliseconds(ms: float) -> str:
    if ms < 1:
        return tr("<1 ms")
    return tr("{n} ms", n=decimal(ms, 0)) if ms < 1000 else tr("{n} s", n=decimal(ms / 1000, 1))


def conversation_state(state: ConversationState, *, preparing: bool, last: Role | None) -> Label:
    """What a conversation waits for."""
    if preparing:
        return Label(tr("preparing"), "accent")
    match state:
        case ConversationState.waiting:
            return Label(tr("draft ready"), "accent")
        case ConversationState.handed_over:
            return Label(tr("handed over"), "warn")
        case ConversationState.closed:
            return Label(tr("closed"), "quiet")
        case _:
            return Label(tr("to answer"), "warn") if last is Role.customer else Label(tr("answered"), "good")


def identity(level: IdentityLevel) -> Label:
    return _IDENTITIES[level].in_language()


def mood(sentiment: Mapping[str, Any]) -> Mood | None:
    """None when the judgement failed: unknown is not calm."""
    match sentiment["label"]:
        case "unknown":
            return None
        case _ if sentiment["frustration"] >= FRUSTRATED_FROM:
            return Mood(tr("upset"), "unhappy", "bad")
        case "negative":
            return Mood(tr("unhappy"), "unhappy", "warn")
        case "positive":
            return Mood(tr("pleased"), "pleased", "good")
        case _:
            return Mood(tr("calm"), "calm")


def intent(name: str | None) -> str:
    """What is wanted; nothing where that is not known."""
    return "" if name in (None, "other") else str(name).replace("_", " ")


def found_because(why: Sequence[str], matched: Sequence[str]) -> str:
    """Why a search found a message: 'has “router”', or 'means something alike'."""
    if matched:
        return tr("has {words}", words=", ".join(f"“{word}”" for word in matched))
    return tr("means something alike") if "meaning" in why else ""


_TIERS = {
    "platinum": Label(mark("platinum customer"), "accent"),
    "gold": Label(mark("gold customer"), "accent"),
    "silver": Label(mark("silver customer")),
    "standard": Label(mark("standard customer")),
}
_HEALTH_PARTS = {
    "mood": mark("mood {points} of {most}"),
    "resolution": mark("resolution {points} of {most}"),
    "independence": mark("independence {points} of {most}"),
    "drift": mark("drift {points} of {most}"),
}
_MOST_POINTS = {"mood": 40, "resolution": 30, "independence": 20, "drift": 10}
_HEALTHY_FROM, _WORRYING_BELOW = 70, 40
_PLEASED_FROM, _UNHAPPY_TO = 0.25, -0.25


def tier(name: str) -> Label:
    return _TIERS[name].in_language()


def health(score: float | None) -> Label | None:
    if score is None:
        return None
    tone: Tone = "good" if score >= _HEALTHY_FROM else "warn" if score >= _WORRYING_BELOW else "bad"
    return Label(tr("health {score} of 100", score=decimal(score, 0)), tone)


def health_parts(parts: HealthParts) -> str:
    """The points that are known: 'mood 32 of 40, resolution 30 of 30'."""
    known = {name: points for name in _MOST_POINTS if (points := getattr(parts, name)) is not None}
    return ", ".join(
        tr(_HEALTH_PARTS[name], points=decimal(points, 0), most=number(_MOST_POINTS[name]))
        for name, points in known.items()
    )


def mood_over(sentiment: float | None) -> str:
    """The mood over a whole conversation, -1 to 1."""
    if sentiment is None:
        return tr("unknown")
    return tr("pleased") if sentiment >= _PLEASED_FROM else tr("unhappy") if sentiment <= _UNHAPPY_TO else tr("calm")


def stars(count: int) -> Label:
    return Label(
        tr("rated {stars} of 5", stars=number(count)), "good" if count >= 4 else "warn" if count == 3 else "bad"
    )


def role(name: AccountRole) -> str:
    """What an account may do, in one word."""
    return tr(_ROLES[name])


def handoff_reason(reason: str) -> str:
    return tr(_REASONS.get(reason, reason.replace("_", " ")))


def decision(turn: Mapping[str, Any]) -> Label:
    """What the draft does, in plain words."""
    match turn["decision"]:
        case "handoff":
            return Label(tr("Hand over"), "warn")
        case "ask":
            return Label(tr("Asks back"), "accent")
        case "confirm":
            return Label(tr("Asks for a yes"), "accent")
        case _:
            return Label(tr("Reply"), "accent")


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
        return Label(tr("the customer said yes"), "good")
    if waits_for_person:
        return Label(tr("the customer has not confirmed it"), "warn")
    return Label(tr(AWAITS_YES), "accent")


def handoff_holder(*, taken: bool, by: str | None, me: str | None = None) -> Label:
    if not taken:
        return Label(tr("nobody has it yet"), "warn")
    return Label(tr("you have it") if by in (None, me) else tr("{name} has it", name=by), "good")


def handoff_step(kind: str, by: str | None, note: str = "") -> str:
    """A step of a handoff's life in words: 'Accepted by Kim'."""
    said = tr(_HANDOFF_STEPS.get(kind, kind.replace("_", " ").capitalize()))
    said = tr("{step} by {name}", step=said, name=by) if by else said
    return tr("{step} ({note})", step=said, note=note.replace("_", " ")) if note else said


def flag(name: str) -> Label:
    """What the guard saw in a message, or did to it."""
    return _FLAGS.get(name, Label(name.replace("_", " "), "warn")).in_language()


def elsewhere(model: str) -> str:
    """The name of a model on another computer; nothing for one on this PC."""
    return model.removeprefix(REMOTE) if model.startswith(REMOTE) else ""


def written_elsewhere(name: str) -> Label:
    return Label(tr("written by {name} elsewhere; personal data were masked", name=name), "warn")


def stage(name: str) -> str:
    """A stage of a turn, as short as its list of times needs it."""
    return tr(_STAGES.get(name, name.replace("_", " ")))


def suggestion_kind(kind: str) -> str:
    return tr(_SUGGESTIONS.get(kind, kind.replace("_", " ").capitalize()))


def likelihood(confidence: float) -> str:
    """How well a suggestion fits, in words."""
    return tr(next(said for least, said in _LIKELIHOODS if confidence >= least))


def order_status(status: str) -> Label:
    """The shop's own word, with a tone for the usual ones."""
    plain = status.lower()
    if plain.startswith(_GOOD_STATUSES):
        return Label(status, "good")
    return Label(status, "bad" if plain.startswith(_BAD_STATUSES) else "accent")


def checks(grounding: Mapping[str, Any], *, failure: str | None, by_model: bool) -> Label:
    """What the check of the reply's facts came to; `failure` says why the model failed, if it did."""
    if grounding["unsupported"]:
        missing = len(grounding["unsupported"])
        return Label(plural("{n} fact without support", "{n} facts without support", missing), "bad")
    facts = int(grounding["supported"])
    found = tr("States no facts that need a source")
    if facts:
        found = plural("{n} fact checked, all supported", "{n} facts checked, all supported", facts)
    if failure is not None:
        return Label(tr("{found}. This is the desk's own brief: {why}", found=found, why=failure), "warn")
    if grounding["used_brief"] and by_model:
        return Label(tr("{found}. Finished from the desk's own brief", found=found), "good")
    return Label(found, "good" if facts else "quiet")


def is_bug(error: Exception) -> bool:
    """Whether an error is our own fault rather than the world's, a policy's or an input's."""
    return not isinstance(error, DeskError)


def trouble(error: Exception) -> str:
    """The sentence for a person. Anything but a `DeskError` is our bug: its text may hold customer text."""
    if not is_bug(error):
        return str(error)
    return tr(
        "Something went wrong inside cxdesk ({error}). The log has the place; you can go on working.",
        error=type(error).__name__,
    )
