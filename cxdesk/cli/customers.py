"""`cxdesk customers`: a person's data as a whole, handed out or deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, stdout
from cxdesk.domain import Invalid, Unavailable

if TYPE_CHECKING:
    from cxdesk.desk import Desk

app = typer.Typer(help="Customers' data: find, hand out, delete.", no_args_is_help=True)

CustomerArgument = Annotated[str, typer.Argument(help="The customer's e-mail address or id.")]


@app.command(name="list")
def list_customers(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A part of the name, e-mail, phone or id; or an order or ticket.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: JsonFlag = False,
) -> None:
    """Customers with their figures, by name."""
    with context.obj.open_desk("none") as desk:
        rows = desk.customers.search(text, limit=limit)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    for row in rows:
        risk = f"; at risk: {', '.join(row.risk_reasons)}" if row.at_risk else ""
        customer = row.customer
        stdout.print(
            f"{customer.id}  {customer.name} <{customer.email}>  {row.tier or 'tier not known yet'}{risk}", markup=False
        )


@app.command()
def export(
    context: typer.Context,
    customer: CustomerArgument,
    to: Annotated[Path | None, typer.Option(help="Write it into this file, as JSON.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """All that is kept about a person, to be handed out."""
    with context.obj.open_desk("none") as desk:
        kept = desk.customers.export(_id_of(desk, customer))
    if to is not None:
        try:
            to.write_text(json.dumps(kept, ensure_ascii=False, indent=2), encoding="utf-8")
        except OSError as error:
            raise Unavailable(f"The file {str(to)!r} can't be written: {error.strerror}. Choose another.") from error
    if as_json:
        print_json(kept)
        return
    for table, rows in kept.items():
        if isinstance(rows, list):
            stdout.print(f"{table.replace('_', ' ')}: {len(rows):,}", markup=False)
    stdout.print(
        f"Written to {to}." if to else "Nothing was written: name a file with --to, or add --json.", markup=False
    )


@app.command()
def delete(
    context: typer.Context,
    customer: CustomerArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Really delete; there is no way back.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Delete all that is kept about a person, for good."""
    with context.obj.open_desk("none") as desk:
        found = _id_of(desk, customer)
        if not yes:
            raise Invalid(f"Nothing was deleted. To delete all about {customer!r} for good, run it again with --yes.")
        deleted = desk.customers.delete(found)
    if as_json:
        print_json({"deleted": deleted.rows, "total": deleted.total})
        return
    for table, count in deleted.rows.items():
        stdout.print(f"{table.replace('_', ' ')}: {count:,}", markup=False)
    stdout.print("Deleted, and the database file was written anew.")


def _id_of(desk: Desk, email_or_id: str) -> str:
    found = desk.find_customer(email_or_id)
    if found is None:
        raise Invalid(f"No customer {email_or_id!r} in this shop. Check the address or the id.")
    return found.id
