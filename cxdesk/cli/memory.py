"""`cxdesk close`, `profile`, `jobs` and `bench-data`: what is remembered of many turns."""

from __future__ import annotations

from typing import Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, progress_bar, stdout
from cxdesk.domain import Invalid, JobState

jobs_app = typer.Typer(help="The desk's jobs: how they went, and when they come next.", invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.command()(close)
    app.command()(profile)
    app.command(name="bench-data")(bench_data)
    app.add_typer(jobs_app, name="jobs")


def close(
    context: typer.Context,
    conversation: Annotated[str, typer.Argument(help="The conversation's id.")],
    as_json: JsonFlag = False,
) -> None:
    """Close a conversation, and tell what it came to."""
    with context.obj.open_desk("none") as desk:
        insight = desk.memory.close(conversation)
    if as_json:
        print_json({**insight.model_dump(mode="json"), "outcome": insight.outcome})
        return
    stdout.print(f"{insight.resolution}: {insight.intent or 'no wish'}, {insight.messages} messages", markup=False)


def profile(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(help="The customer's e-mail address or id.")],
    as_json: JsonFlag = False,
) -> None:
    """What is known of a customer over all conversations."""
    with context.obj.open_desk("none") as desk:
        found = desk.find_customer(customer)
        if found is None:
            raise Invalid(f"No customer {customer!r} in this shop. Check the address or the id.")
        kept, facts = desk.memory.profile(found.id), desk.memory.facts(found.id)
        last_five = desk.memory.last_sessions(found.id)
    if as_json:
        shown = kept.model_dump(mode="json")
        told = [fact.model_dump(mode="json", exclude={"customer_id"}) for fact in facts]
        course = {"conversation_id", "closed_at", "intent", "sentiment", "drift"}
        sessions = [{**each.model_dump(mode="json", include=course), "outcome": each.outcome} for each in last_five]
        print_json({**shown, "facts": told, "last_five": sessions})
        return
    for name, value in kept.model_dump(mode="json", exclude={"customer_id", "health_parts"}).items():
        stdout.print(f"{name.replace('_', ' ')}: {'unknown' if value is None else value or 'none'}", markup=False)
    for part, points in kept.health_parts.model_dump().items():
        stdout.print(f"  health, {part}: {'unknown' if points is None else points}", markup=False)
    for each in last_five:
        mood = "unknown" if each.sentiment is None else f"{each.sentiment:+.2f}"
        stdout.print(
            f"{each.closed_at:%Y-%m-%d}: {each.intent or 'no wish'}, {each.outcome}, mood {mood}", markup=False
        )
    for fact in facts:
        stdout.print(f"fact: {fact.text} ({fact.at:%Y-%m-%d})", markup=False)


@jobs_app.callback()
def list_jobs(context: typer.Context, as_json: JsonFlag = False) -> None:
    """The desk's jobs: last run, duration, result, and when they come next."""
    if context.invoked_subcommand is not None:
        return
    with context.obj.open_desk("none") as desk:
        states = desk.memory.scheduler.states()
    if as_json:
        print_json([state.model_dump(mode="json") for state in states])
        return
    for state in states:
        stdout.print(_told(state), markup=False)


@jobs_app.command(name="run")
def run_job(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The job's name.")],
    as_json: JsonFlag = False,
) -> None:
    """Run a job now; exit code 1 if it fails."""
    with context.obj.open_desk("none") as desk:
        run = desk.memory.scheduler.run(name)
    if as_json:
        print_json(run.model_dump(mode="json"))
    else:
        stdout.print(f"{run.result} ({run.duration_s:g} s)", markup=False)
    if not run.ok:
        typer.echo(run.result, err=True)
        raise typer.Exit(1)


def bench_data(
    context: typer.Context,
    messages: Annotated[int, typer.Option(min=1, max=100_000_000, help="How many messages to add.")],
    as_json: JsonFlag = False,
) -> None:
    """Add a believable history of customers, orders and conversations: rows only, nothing is embedded."""
    from cxdesk.domain import now
    from cxdesk.memory.generate import add_history
    from cxdesk.settings import bundled

    with context.obj.open_desk("none") as desk, progress_bar() as progress:
        added = add_history(desk.store, messages, now(), bundled("resources/past_conversations.toml"), progress)
    if as_json:
        print_json(added.model_dump())
    else:
        stdout.print("Added " + ", ".join(f"{count:,} {name}" for name, count in added.model_dump().items()) + ".")


def _told(state: JobState) -> str:
    last = state.last
    went = f"{last.started_at:%Y-%m-%d %H:%M} UTC, {last.duration_s:g} s: {last.result}" if last else "never ran"
    mark = "" if last is None or last.ok else "FAILED "
    return f"{state.name:<10} {state.what} {mark}{went}"
