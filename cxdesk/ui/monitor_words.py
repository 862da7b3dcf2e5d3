"""How the monitor page says things: sizes, outcomes, states. Pure functions."""

from __future__ import annotations

from datetime import datetime

from cxdesk.domain import EngineState, JobState, OutcomeCount, Span
from cxdesk.ui import words
from cxdesk.ui.language import decimal, mark, number, plural, tr
from cxdesk.ui.monitor_reading import Report
from cxdesk.ui.views import Label, Tone

_OUTCOMES = {
    "reply": mark("replied"),
    "confirm": mark("asked for a yes"),
    "ask": mark("asked back"),
    "handoff": mark("handed over"),
    "failed": mark("failed"),
    "ok": mark("went well"),
    "nothing": mark("found nothing"),
    "unsupported": mark("said what nothing supports"),
    "used_brief": mark("used the desk's own brief"),
    "retried": mark("took a second try"),
}
_STAGES = {
    "guard": mark("Look at the message"),
    "signals": mark("Read mood and wish"),
    "identify": mark("Find the customer"),
    "plan": mark("Plan"),
    "tools": mark("Look things up"),
    "knowledge": mark("Search the documents"),
    "deal": mark("Deal with a wish"),
    "brief": mark("Write the brief"),
    "compose": mark("Phrase the reply"),
    "ground": mark("Check every fact"),
    "confirm": mark("Confirm the mood"),
    "turn": mark("The whole turn"),
}
_JOBS = {
    "rollup": mark("Rollup"),
    "profiles": mark("Profiles"),
    "silence": mark("Silence"),
    "past": mark("Past"),
    "search": mark("Search"),
    "replies": mark("Replies"),
    "search index": mark("Search index"),
}
_SIZES = (mark("{n} B"), mark("{n} kB"), mark("{n} MB"))
_GOOD = ("reply", "confirm", "ask", "ok")


def size(count: int) -> str:
    """'312 B', '4.1 kB', '94 MB', '1.2 GB'."""
    amount = float(count)
    for said in _SIZES:
        if amount < 1000:
            return tr(said, n=decimal(amount, 0 if said == _SIZES[0] or amount >= 10 else 1))
        amount /= 1000
    return tr("{n} GB", n=decimal(amount, 1))


def outcome(span: Span) -> Label:
    tone: Tone = "bad" if not span.ok else "good" if span.outcome in _GOOD else "warn"
    return Label(outcome_name(span.outcome), tone)


def outcome_name(name: str) -> str:
    return _sentence(_outcome(name))


def stage(name: str) -> str:
    return tr(_STAGES[name]) if name in _STAGES else _sentence(name.replace("_", " "))


def unusual(count: OutcomeCount) -> str:
    return f"{stage(count.name)}: {_outcome(count.outcome)}"


def job(name: str) -> str:
    return tr(_JOBS.get(name, name.capitalize()))


def job_result(job: JobState) -> Label:
    if job.running:
        return Label(tr("Running now"), "accent")
    if job.last is None:
        return Label(tr("Has not run yet"), "quiet")
    return Label(job.last.result, "good" if job.last.ok else "bad")


def job_next(job: JobState, moment: datetime) -> str:
    if job.next_at is None:
        return tr("with the desk")
    minutes = int((job.next_at - moment).total_seconds() // 60)
    return tr("in {n} min", n=number(max(minutes, 0))) if minutes < 60 else words.clock(job.next_at, moment)


def seconds(amount: float) -> str:
    return words.milliseconds(amount * 1000)


def engine(state: EngineState) -> Label:
    """The language model in a few words."""
    if state.name is None:
        return Label(tr("No language model"), "quiet")
    if state.busy:
        return Label(tr("Writing"), "accent")
    return Label(tr("Ready"), "good") if state.loaded else Label(tr("Not loaded"), "quiet")


def engine_detail(state: EngineState) -> str:
    if state.name is None:
        return tr("Replies are the desk's own briefs. Choose a model on the Models page.")
    if not state.loaded:
        if state.name == "auto":
            return tr("The best model for this PC is loaded with the first message.")
        return tr("{model} is loaded with the first message.", model=state.name)
    pace = tr("no reply written yet")
    if state.tokens_per_s:
        pace = tr("{n} tokens/s in the last reply", n=decimal(state.tokens_per_s, 1))
    restarts = [plural("restarted {n} time", "restarted {n} times", state.restarts)] if state.restarts else []
    return ", ".join([state.name, pace, *restarts])


def queue(state: EngineState) -> str:
    waiting = tr("{n} waiting", n=number(state.waiting)) if state.waiting else tr("nobody waits")
    return tr("One at work, {waiting}", waiting=waiting) if state.busy else _sentence(waiting)


def network(report: Report) -> Label:
    if report.attempts:
        attempted = plural("{n} connection attempted", "{n} connections attempted", len(report.attempts))
        return Label(attempted, "warn")
    return Label(tr("Nothing has tried to connect"), "good")


def network_detail(report: Report) -> str:
    if report.offline:
        return tr("Offline mode is on: every connection is refused.")
    if report.fallback:
        return tr("Offline mode is off, and the fallback may write to {address}.", address=report.fallback)
    return tr("Offline mode is off; the fallback is off, so only a model that you fetch would connect.")


def errors(report: Report) -> Label:
    failed = report.traces.errors + sum(1 for job in report.jobs if job.last and not job.last.ok)
    if failed:
        return Label(plural("{n} failure", "{n} failures", failed), "bad")
    logged = _errors_logged(report)
    if logged:
        return Label(plural("{n} error in the log", "{n} errors in the log", logged), "warn")
    return Label(tr("None"), "good")


def errors_detail(report: Report) -> str:
    cut = report.traces.cut_short
    ended = [plural("{n} turn came to no end", "{n} turns came to no end", cut)] if cut else []
    return ", ".join([plural("In 30 days, {n} turn", "In 30 days, {n} turns", report.traces.turns), *ended])


def _errors_logged(report: Report) -> int:
    levels = (line.split(" ", 3)[2:3] for line in report.log)
    return sum(level in (["ERROR"], ["CRITICAL"]) for level in levels)


def _outcome(name: str) -> str:
    return tr(_OUTCOMES[name]) if name in _OUTCOMES else words.handoff_reason(name)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
