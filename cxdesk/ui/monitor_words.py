"""How the monitor page says things: sizes, outcomes, states. Pure functions."""

from __future__ import annotations

from datetime import datetime

from cxdesk.domain import EngineState, JobState, OutcomeCount, Span
from cxdesk.ui import words
from cxdesk.ui.monitor_reading import Report
from cxdesk.ui.views import Label, Tone

_OUTCOMES = {
    "reply": "Replied",
    "confirm": "Asked for a yes",
    "ask": "Asked back",
    "handoff": "Handed over",
    "failed": "Failed",
    "ok": "Went well",
    "nothing": "Found nothing",
    "unsupported": "Said what nothing supports",
    "used_brief": "Used the desk's own brief",
    "retried": "Took a second try",
}
_STAGES = {
    "guard": "Look at the message",
    "signals": "Read mood and wish",
    "identify": "Find the customer",
    "plan": "Plan",
    "tools": "Look things up",
    "knowledge": "Search the documents",
    "deal": "Deal with a wish",
    "brief": "Write the brief",
    "compose": "Phrase the reply",
    "ground": "Check every fact",
    "confirm": "Confirm the mood",
    "turn": "The whole turn",
}
_GOOD = ("reply", "confirm", "ask", "ok")


def size(count: int) -> str:
    """'312 B', '4.1 kB', '94 MB', '1.2 GB'."""
    amount = float(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def outcome(span: Span) -> Label:
    tone: Tone = "bad" if not span.ok else "good" if span.outcome in _GOOD else "warn"
    return Label(outcome_name(span.outcome), tone)


def outcome_name(name: str) -> str:
    said = _OUTCOMES.get(name) or words.handoff_reason(name)
    return said[:1].upper() + said[1:]


def stage(name: str) -> str:
    said = _STAGES.get(name, name.replace("_", " "))
    return said[:1].upper() + said[1:]


def unusual(count: OutcomeCount) -> str:
    return f"{stage(count.name)}: {outcome_name(count.outcome).lower()}"


def job_result(job: JobState) -> Label:
    if job.running:
        return Label("Running now", "accent")
    if job.last is None:
        return Label("Has not run yet", "quiet")
    return Label(job.last.result, "good" if job.last.ok else "bad")


def job_next(job: JobState, moment: datetime) -> str:
    if job.next_at is None:
        return "with the desk"
    minutes = int((job.next_at - moment).total_seconds() // 60)
    return f"in {max(minutes, 0)} min" if minutes < 60 else words.clock(job.next_at, moment)


def seconds(amount: float) -> str:
    return words.milliseconds(amount * 1000)


def engine(state: EngineState) -> Label:
    """The language model in a few words."""
    if state.name is None:
        return Label("No language model", "quiet")
    if state.busy:
        return Label("Writing", "accent")
    return Label("Ready", "good") if state.loaded else Label("Not loaded", "quiet")


def engine_detail(state: EngineState) -> str:
    if state.name is None:
        return "Replies are the desk's own briefs. Choose a model on the Models page."
    if not state.loaded:
        name = "The best model for this PC" if state.name == "auto" else state.name
        return f"{name} is loaded with the first message."
    pace = f"{state.tokens_per_s:.1f} tokens/s in the last reply" if state.tokens_per_s else "no reply written yet"
    restarts = f", restarted {words.plural(state.restarts, 'time')}" if state.restarts else ""
    return f"{state.name}, {pace}{restarts}"


def queue(state: EngineState) -> str:
    waiting = f"{state.waiting} waiting" if state.waiting else "nobody waits"
    return f"One at work, {waiting}" if state.busy else waiting[:1].upper() + waiting[1:]


def network(report: Report) -> Label:
    if report.attempts:
        return Label(f"{words.plural(len(report.attempts), 'connection')} attempted", "warn")
    return Label("Nothing has tried to connect", "good")


def network_detail(report: Report) -> str:
    if report.offline:
        return "Offline mode is on: every connection is refused."
    if report.fallback:
        return f"Offline mode is off, and the fallback may write to {report.fallback}."
    return "Offline mode is off; the fallback is off, so only a model that you fetch would connect."


def errors(report: Report) -> Label:
    failed = report.traces.errors + sum(1 for job in report.jobs if job.last and not job.last.ok)
    if failed:
        return Label(words.plural(failed, "failure"), "bad")
    logged = _errors_logged(report)
    return Label(f"{words.plural(logged, 'error')} in the log", "warn") if logged else Label("None", "good")


def errors_detail(report: Report) -> str:
    cut = report.traces.cut_short
    ended = f", {words.plural(cut, 'turn')} came to no end" if cut else ""
    return f"In 30 days, {report.traces.turns:,} turns{ended}"


def _errors_logged(report: Report) -> int:
    levels = (line.split(" ", 3)[2:3] for line in report.log)
    return sum(level in (["ERROR"], ["CRITICAL"]) for level in levels)
