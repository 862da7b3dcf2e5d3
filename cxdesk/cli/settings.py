"""`cxdesk settings`: what the owner may choose."""

from __future__ import annotations

from typing import Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, stdout
from cxdesk.settings import SettingInfo, describe_settings

app = typer.Typer(help="What the owner may choose.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A setting's name, as 'cxdesk settings list' shows it.")]


@app.command(name="list")
def list_settings(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Every setting: its value, where that comes from, and what it does."""
    settings = describe_settings(context.obj.data_dir)
    if as_json:
        print_json([each.model_dump(mode="json") for each in settings])
        return
    for group in dict.fromkeys(each.group for each in settings):
        stdout.print(f"[bold]{group}[/bold]")
        for each in settings:
            if each.group == group:
                stdout.print(f"  {each.name} = {_value(each)}  ({each.source})", markup=False)
                stdout.print(f"      {each.description}", markup=False, style="dim")


@app.command(name="set")
def change(
    context: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(help="What it shall be; on or off for a switch.")],
) -> None:
    """Change a setting. A value that can't be used changes nothing."""
    with context.obj.open_desk("none") as desk:
        desk.configuration.save({name: value})
    _tell(context, name)


@app.command()
def reset(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Names of settings, as 'cxdesk settings list' shows them.")],
) -> None:
    """Give settings their defaults again."""
    with context.obj.open_desk("none") as desk:
        desk.configuration.put_back(names)
    for name in names:
        _tell(context, name)


def _tell(context: typer.Context, name: str) -> None:
    setting = next(each for each in describe_settings(context.obj.data_dir) if each.name == name)
    stdout.print(f"{name} is now {_value(setting)}.", markup=False)


def _value(setting: SettingInfo) -> str:
    if setting.secret:
        return "set" if setting.value else "not set"
    if setting.kind == "switch":
        return "on" if setting.value else "off"
    return repr(setting.value) if setting.kind == "text" else str(setting.value)
