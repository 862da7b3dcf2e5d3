"""`cxdesk search`: everything said, by ids, words and meaning."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

import typer

from cxdesk.cli.output import JsonFlag, print_json, stderr, stdout
from cxdesk.domain import Invalid, MessageHit, SearchFilter, now


def register(app: typer.Typer) -> None:
    """Add this command to the program's."""
    app.command()(search)


def search(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Words, a question, or an id.")],
    customer: Annotated[str | None, typer.Option(help="Only this customer's: an e-mail or id.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="From this day on, such as 2026-03-14.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Up to this day, included.")] = None,
    mood: Annotated[
        Literal["negative", "neutral", "positive", "unknown"] | None, typer.Option(help="How the writer felt.")
    ] = None,
    intent: Annotated[str | None, typer.Option(help="What the writer wanted.")] = None,
    outcome: Annotated[
        Literal["resolved", "escalated", "unresolved"] | None, typer.Option(help="What the conversation came to.")
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=200, help="How many messages.")] = 20,
    as_json: JsonFlag = False,
) -> None:
    """Search everything said: exact ids first, then words and meaning."""
    first, last = day_of(since), day_of(until)
    with context.obj.open_desk("none") as desk:
        found_customer = desk.find_customer(customer) if customer else None
        if customer and found_customer is None:
            raise Invalid(f"No customer {customer!r} in this shop. Check the e-mail or id.")
        wanted = SearchFilter(
            customer_id=found_customer.id if found_customer else None,
            since=_midnight(first) if first else None,
            until=_midnight(last + timedelta(days=1)) if last else None,
            mood=mood,
            intent=intent,
            outcome=outcome,
        )
        found = desk.history.search(words, wanted, limit=k)
    if as_json:
        print_json({"hits": [_as_json(hit) for hit in found.hits], "by_meaning": found.by_meaning, "note": found.note})
        return
    for hit in found.hits:
        about = ", ".join(filter(None, (hit.mood, hit.intent, hit.outcome)))
        matched = f" ({', '.join(hit.matched)})" if hit.matched else ""
        stdout.print(
            f"{hit.message.at:%Y-%m-%d %H:%M}  {hit.message.conversation_id}  {hit.writer}  {about}",
            style="bold",
            markup=False,
        )
        stdout.print(f"  {hit.message.role.value}: {hit.message.text}", markup=False, highlight=False)
        stdout.print(f"  matched by {', '.join(hit.why)}{matched}", style="dim", markup=False)
    if found.note:
        stderr.print(found.note, markup=False)


def day_of(written: str | None) -> date | None:
    """A day such as 2026-03-14. Raises `Invalid` for anything else."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Invalid(f"{written!r} is not a day. Write it as 2026-03-14.") from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), now().astimezone().tzinfo)


def _as_json(hit: MessageHit) -> dict[str, object]:
    message = hit.message.model_dump(mode="json", exclude={"id"})
    return {"message": hit.message.id, **message, **hit.model_dump(mode="json", exclude={"message"})}
