"""The note for the person who takes over: who, what, what was tried, what is open, how the customer feels."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.domain import HandoffReason, Identity, IdentityLevel, Signals, ToolCall

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


def summarise(reason: HandoffReason, identity: Identity, signals: Signals, calls: Sequence[ToolCall]) -> str:
    """A few short lines for staff; every line is read off the turn, nothing is phrased by a model."""
    known = identity.level is IdentityLevel.verified
    who = f"{identity.customer_id} (verified)" if known else f"not identified ({identity.level.value})"
    wishes = ", ".join(request.intent.name.replace("_", " ") for request in signals.requests)
    tried = ", ".join(f"{call.name} {'found' if call.ok else 'nothing'}" for call in calls) or "nothing"
    sentiment = signals.sentiment
    return "\n".join(
        (
            f"Who: {who}",
            f"Wants: {wishes}",
            f"Tried: {tried}",
            f"Why a person: {_REASONS[reason]}",
            f"Mood: {sentiment.label}, frustration {sentiment.frustration:.1f}, {sentiment.trend}",
        )
    )
