"""`cxdesk settings`: what the owner may choose."""

from __future__ import annotations

import os
from pathlib import Path
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


def page() -> str:
    """The page of the docs on settings, in Markdown, made from their own descriptions."""
    settings = describe_settings(Path(os.devnull))
    lines = [
        "# Settings",
        "",
        "Made from the program by `make docs`. How they are changed: [administering.md](administering.md).",
    ]
    for group in dict.fromkeys(each.group for each in settings):
        lines += ["", f"## {group}", "", "| setting | does | may be | default |", "| --- | --- | --- | --- |"]
        lines += [_line(each) for each in settings if each.group == group]
    return "\n".join(lines) + "\n"


def _line(setting: SettingInfo) -> str:
    default = "none" if setting.secret or setting.default == "" else f"`{_plain(setting.default)}`"
    restart = " Holds from the next start." if setting.restart else ""
    return f"| `{setting.name}` | {setting.description}{restart} | {_allowed(setting)} | {default} |"


def _allowed(setting: SettingInfo) -> str:
    if setting.kind == "switch":
        return "on, off"
    if setting.choices:
        return ", ".join(f"`{choice}`" for choice in setting.choices)
    bounds = ((setting.minimum, "from"), (setting.maximum, "to"))
    return " ".join(f"{word} {bound:,.10g}" for bound, word in bounds if bound is not None) or "text"


def _plain(value: object) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


def _tell(context: typer.Context, name: str) -> None:
    setting = next(each for each in describe_settings(context.obj.data_dir) if each.name == name)
    stdout.print(f"{name} is now {_value(setting)}.", markup=False)


def _value(setting: SettingInfo) -> str:
    if setting.secret:
        return "set" if setting.value else "not set"
    return repr(setting.value) if setting.kind == "text" else _plain(setting.value)
