"""`cxdesk canned`: the saved replies that staff call by a shortcut."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, stdout
from cxdesk.domain import Invalid

app = typer.Typer(help="The saved replies that staff call by a shortcut.", no_args_is_help=True)

Shortcut = Annotated[str, typer.Argument(help="The reply's shortcut, with or without '/'.")]


@app.command(name="import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A TOML file with a table [[reply]] for each.")],
    as_json: JsonFlag = False,
) -> None:
    """Take over the replies of a file; those with a known shortcut are replaced."""
    with context.obj.open_desk("none") as desk:
        count = desk.replies.take(file)
    if as_json:
        print_json({"imported": count})
    else:
        stdout.print(f"{count} saved replies imported.", markup=False, highlight=False)


@app.command(name="list")
def list_replies(
    context: typer.Context,
    category: Annotated[str | None, typer.Option(help="Only those of this category.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """The saved replies, and how often each was sent."""
    with context.obj.open_desk("none") as desk:
        replies, uses = desk.store.canned.all(category), desk.store.canned.uses()
    if as_json:
        print_json([{**reply.model_dump(), "uses": uses[reply.shortcut]} for reply in replies])
        return
    for reply in replies:
        line = f"/{reply.shortcut}  {reply.title}  ({reply.category}, sent {uses[reply.shortcut]} times)"
        stdout.print(line, markup=False, highlight=False)


@app.command()
def show(context: typer.Context, shortcut: Shortcut, as_json: JsonFlag = False) -> None:
    """A saved reply as it was written, with its variables."""
    with context.obj.open_desk("none") as desk:
        reply = desk.store.canned.find(shortcut)
    if reply is None:
        raise Invalid(f"No saved reply {shortcut!r} on this desk. Look its shortcut up with 'cxdesk canned list'.")
    if as_json:
        print_json(reply.model_dump())
    else:
        stdout.print(reply.text, markup=False, highlight=False)


@app.command()
def remove(context: typer.Context, shortcut: Shortcut) -> None:
    """Forget a saved reply."""
    with context.obj.open_desk("none") as desk:
        desk.replies.remove(shortcut.removeprefix("/"))
    stdout.print(f"Removed {shortcut}.", markup=False, highlight=False)
