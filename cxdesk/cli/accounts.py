"""`cxdesk accounts`: the people who may sign in. Whoever may run it on this data directory is its owner."""

from __future__ import annotations

from typing import Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, stdout
from cxdesk.domain import Account, AccountRole

app = typer.Typer(help="The people who may sign in at the window.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name that is signed in with.")]
Role = Annotated[AccountRole, typer.Option(help="What the person may do.")]
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out.")
]


@app.command(name="list")
def list_accounts(context: typer.Context, as_json: JsonFlag = False) -> None:
    """All accounts, with their roles."""
    with context.obj.open_desk("none") as desk:
        accounts = desk.accounts.all()
    if as_json:
        print_json([account.model_dump(mode="json") for account in accounts])
        return
    for account in accounts:
        stdout.print(_told(account), markup=False)


@app.command()
def create(context: typer.Context, name: Name, password: Password, role: Role = "admin") -> None:
    """Make an account; the first one is an admin's."""
    with context.obj.open_desk("none") as desk:
        stdout.print(_told(desk.accounts.create(name, role, password)), markup=False)


@app.command()
def password(context: typer.Context, name: Name, password: Password) -> None:
    """Give an account a new password, and forgive its wrong tries."""
    with context.obj.open_desk("none") as desk:
        desk.accounts.set_password(name, password)
    stdout.print(f"{name} has a new password.", markup=False)


@app.command()
def role(
    context: typer.Context, name: Name, role: Annotated[AccountRole, typer.Argument(help="What the person may do.")]
) -> None:
    """Give an account another role."""
    with context.obj.open_desk("none") as desk:
        stdout.print(_told(desk.accounts.change_role(name, role)), markup=False)


@app.command()
def deactivate(context: typer.Context, name: Name) -> None:
    """Let a person sign in no more."""
    with context.obj.open_desk("none") as desk:
        stdout.print(_told(desk.accounts.deactivate(name)), markup=False)


@app.command()
def activate(context: typer.Context, name: Name) -> None:
    """Let a person sign in again."""
    with context.obj.open_desk("none") as desk:
        stdout.print(_told(desk.accounts.activate(name)), markup=False)


def _told(account: Account) -> str:
    return f"{account.name}: {account.role}" + ("" if account.active else ", may not sign in")
