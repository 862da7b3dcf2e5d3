"""Replay: past messages through today's desk, on a copy.

One run: what does the desk do otherwise today? All of them: how often would it answer by itself, and how often would a
person have had to correct that? The second is a curve over the confidence, from which the owner chooses that of
autopilot. Whether a reply would have been corrected is judged by what was sent then, so it is an estimate: a reply
needs correction when it states a number or an id that was not sent, or when its meaning is another one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cxdesk.domain import CurvePoint, Difference, Invalid, ReplayCurve, ReplayedCase
from cxdesk.ports import Embedder, Progress
from cxdesk.store import Store
from cxdesk.store.replays import PastMessage

# Cosine from which two replies say the same.
SAME_REPLY = 0.6
# Normal quantile of the one-sided 90 % bound: what is advised has kept to the error with that certainty.
_Z = 1.2816
_STEPS = 20
_FACT = re.compile(r"#?\w*\d[\w.,:/-]*")

Turn = Mapping[str, Any]
"""A turn as `Turn.as_json()` tells it."""
Answer = Callable[[str, str], Turn]
"""Called with a conversation's id and a customer's text: the turn that today's desk makes of it."""


def replay_run(store: Store, run_id: str, answer: Answer) -> list[Difference]:
    """What today's desk does otherwise than the run did; empty when nothing. `store` is a copy's: it is changed.

    Raises `Invalid` if there is no such run, or if it came to no end.
    """
    run = store.runs.find(run_id)
    if run is None or run.turn is None:
        raise Invalid(f"No finished run {run_id!r} on this desk. 'cxdesk traces' lists the last ones.")
    message = store.replays.rewind(run.message_id)
    return differences(run.turn, answer(message.conversation_id, message.text))


def differences(before: Turn, after: Turn) -> list[Difference]:
    """What two turns differ in, of all that decides what customer and staff see; times and ids are left out."""
    return [
        Difference(field=name, before=old, after=new)
        for name, view in _VIEWS.items()
        if (old := view(before)) != (new := view(after))
    ]


def replay_all(
    store: Store,
    cases: Sequence[PastMessage],
    answer: Answer,
    embedder: Embedder,
    *,
    progress: Progress | None = None,
) -> list[ReplayedCase]:
    """Past messages through today's desk. `store` is a copy's: it is changed. Cases come newest first, as they are
    taken back one by one."""
    replayed = []
    for number, past in enumerate(cases, start=1):
        message = store.replays.rewind(past.message.id)
        turn = answer(message.conversation_id, message.text)
        replayed.append(judge(past, turn, embedder))
        if progress:
            progress(number, len(cases), "messages")
    return replayed


def judge(past: PastMessage, turn: Turn, embedder: Embedder) -> ReplayedCase:
    """A replayed turn held against what was sent then."""
    offered = turn["decision"] == "reply"
    corrected, why = _correction(turn["reply"], past.sent, embedder) if offered else (None, "not offered")
    return ReplayedCase(
        message_id=past.message.id,
        conversation_id=past.message.conversation_id,
        confidence=round(confidence(turn), 3),
        offered=offered,
        corrected=corrected,
        why=why,
    )


def confidence(turn: Turn) -> float:
    """How sure the desk may be of a turn, 0..1: by its decision, what supports it, and how clear the wish was."""
    grounding = turn["grounding"]
    decided = {"reply": 0.6, "confirm": 0.6, "ask": 0.4}.get(turn["decision"], 0.2)
    supported = 0.2 if grounding["supported"] and not grounding["unsupported"] else 0.0
    source = max((source["score"] for source in turn["sources"]), default=1.0 if _read_shop_data(turn) else 0.0)
    return float((decided + supported + 0.2 * min(source, 1.0)) * (0.6 + 0.4 * turn["intent"]["confidence"]))


def curve(cases: Sequence[ReplayedCase], *, wanted_error: float = 0.05) -> ReplayCurve:
    """Coverage against error at each confidence, over the cases that could be judged.

    What is advised is the lowest confidence whose error, with the doubt that so few cases leave, stays in bounds.
    """
    judged = [case for case in cases if case.corrected is not None or not case.offered]
    if not judged:
        note = "No past message could be judged: import past conversations, or answer some here first."
        return ReplayCurve(cases=len(cases), judged=0, points=(), note=note)
    points = tuple(_point(judged, step / _STEPS) for step in range(_STEPS + 1))
    safe = [p for p in points if p.offered and _upper_bound(p.corrected, p.offered) <= wanted_error]
    doubt = f"No confidence keeps the error surely within {wanted_error:.0%} on {len(judged)} messages."
    return ReplayCurve(
        cases=len(cases),
        judged=len(judged),
        points=points,
        advised=safe[0].confidence if safe else None,
        note=None if safe else doubt,
    )


# ---------------------------------------------------------------- inside

_VIEWS: dict[str, Callable[[Turn], Any]] = {
    "decision": lambda turn: turn["decision"],
    "handoff_reason": lambda turn: turn["handoff_reason"],
    "identity": lambda turn: turn["identity"],
    "intents": lambda turn: [intent["name"] for intent in turn["intents"]],
    "sentiment": lambda turn: turn["sentiment"]["label"],
    "plan": lambda turn: turn["plan"],
    "tools": lambda turn: [{name: call[name] for name in ("name", "args", "ok")} for call in turn["tools"]],
    "pending_action": lambda turn: turn["pending_action"] and _without_text(turn["pending_action"]),
    "sources": lambda turn: [f"{source['document']} > {source['heading']}" for source in turn["sources"]],
    "unsupported": lambda turn: list(turn["grounding"]["unsupported"]),
    "notes": lambda turn: list(turn["notes"]),
    "tone": lambda turn: turn["tone"],
    "model": lambda turn: turn["model"],
    "reply": lambda turn: turn["reply"],
}


def _without_text(action: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in action.items() if name != "text"}


def _read_shop_data(turn: Turn) -> bool:
    return any(call["ok"] and call["name"] != "search_knowledge" for call in turn["tools"])


def _correction(reply: str, sent: str | None, embedder: Embedder) -> tuple[bool | None, str]:
    """Whether a person would have corrected the reply into what was sent, and why; None when nothing was sent."""
    if sent is None:
        return None, "nothing was sent then"
    if foreign := _facts(reply) - _facts(sent):
        return True, f"states {', '.join(sorted(foreign))}, which was not sent"
    one, other = embedder.embed([reply, sent])
    likeness = float(one @ other)
    return (False, "") if likeness >= SAME_REPLY else (True, f"says something else (likeness {likeness:.2f})")


def _facts(text: str) -> set[str]:
    return {found.lower().lstrip("#").rstrip(".,:/-").replace(",", "") for found in _FACT.findall(text)}


def _point(judged: Sequence[ReplayedCase], least: float) -> CurvePoint:
    offered = [case for case in judged if case.offered and case.confidence >= least]
    corrected = sum(bool(case.corrected) for case in offered)
    return CurvePoint(
        confidence=least,
        coverage=round(len(offered) / len(judged), 4),
        error=round(corrected / len(offered), 4) if offered else None,
        offered=len(offered),
        corrected=corrected,
    )


def _upper_bound(wrong: int, n: int) -> float:
    """The one-sided upper bound of a share, by Wilson's score."""
    share, z2 = wrong / n, _Z * _Z
    middle = share + z2 / (2 * n)
    spread = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (middle + spread) / (1 + z2 / n)
