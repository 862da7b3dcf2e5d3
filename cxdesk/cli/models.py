"""`cxdesk models`: the language models of this PC."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cxdesk.cli.output import JsonFlag, print_json, progress_bar, stderr, stdout
from cxdesk.ledger import CONNECTIONS, ConnectionLedger
from cxdesk.llm import fetch as fetching
from cxdesk.llm import weights
from cxdesk.llm.catalog import Entry, choose_for_this_pc, get_entry, load_catalog
from cxdesk.settings import load_settings, models_dir

app = typer.Typer(help="The language models of this PC.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A model's name, as 'cxdesk models list' shows it.")]


@app.command(name="list")
def list_models(context: typer.Context, as_json: JsonFlag = False) -> None:
    """The models of the catalog and those that were imported; which are here, which is in use."""
    here = {model.name: model for model in weights.installed(models_dir())}
    chosen = _in_use(context.obj.data_dir)
    rows = [_row(entry, installed=entry.name in here) for entry in load_catalog()]
    rows += [_imported_row(model) for model in here.values() if model.entry is None]
    rows = [{**row, "in_use": row["name"] == chosen} for row in rows]
    if as_json:
        print_json({"models": rows, "default": choose_for_this_pc().model_dump(mode="json", include={"reason"})})
        return
    for row in rows:
        state = "in use   " if row["in_use"] else "installed" if row["installed"] else "         "
        line = f"{state}  {row['name']:<38} {row['bytes'] / 1e9:5.2f} GB  {row['good_for']}"
        stdout.print(line, markup=False, soft_wrap=True)
    stdout.print(f"Chosen for this PC: {choose_for_this_pc().reason}", markup=False, soft_wrap=True)


@app.command()
def fetch(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Names from the catalog; 'auto' is this PC's best.")],
    as_json: JsonFlag = False,
) -> None:
    """Download models, or go on with an interrupted download; what is there and whole is left alone.

    Each connection is noted in the desk's ledger; in offline mode none is made.
    """
    entries = [_entry(name) for name in names]
    ledger = open_ledger(context.obj.data_dir)
    with progress_bar() as progress:
        places = [fetching.fetch(entry, models_dir(), progress, say=_say, on_connect=ledger.note) for entry in entries]
    if as_json:
        print_json([{"name": entry.name, "path": str(place)} for entry, place in zip(entries, places, strict=True)])
        return
    for entry, place in zip(entries, places, strict=True):
        stdout.print(f"{entry.name} is at {place}", markup=False, soft_wrap=True)


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A GGUF file.")],
    as_json: JsonFlag = False,
) -> None:
    """Take a model from a file, such as one that was brought on a USB stick."""
    with progress_bar() as progress:
        model = weights.import_gguf(file, models_dir(), progress)
    if as_json:
        print_json({"name": model.name, "path": str(model.path), "bytes": model.bytes, "in_catalog": bool(model.entry)})
    else:
        stdout.print(f"{model.name} is here. Use it with: cxdesk models use {model.name}", markup=False, soft_wrap=True)


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(help="A model's name; all when left out.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Read models completely and compare them with the catalog. Ends with 1 if one is damaged."""
    with progress_bar() as progress:
        verdicts = weights.verify(models_dir(), name, progress)
    if as_json:
        print_json([verdict.model_dump(mode="json") for verdict in verdicts])
    else:
        for verdict in verdicts:
            mark = "ok     " if verdict.ok else "damaged"
            stdout.print(f"{mark}  {verdict.name}: {verdict.reason}", markup=False, soft_wrap=True)
    if not all(verdict.ok for verdict in verdicts):
        raise typer.Exit(1)


@app.command()
def use(context: typer.Context, name: Name) -> None:
    """Use this model from now on: a model that is here, 'auto' for this PC's best, or 'none'."""
    from cxdesk.desk import check_language_model

    if name not in ("auto", "none"):
        check_language_model(name)  # before a desk is made
    with context.obj.open_desk("none") as desk:
        desk.use_model(name)
    stdout.print(f"The model is now {name}.", markup=False)


@app.command()
def remove(name: Name) -> None:
    """Delete a model from this PC."""
    model = weights.remove(name, models_dir())
    stdout.print(f"Removed {model.name}, {model.bytes / 1e9:.2f} GB.", markup=False)


def open_ledger(data_dir: Path) -> ConnectionLedger:
    """The ledger of a data directory, with its settings."""
    return ConnectionLedger(data_dir / CONNECTIONS, offline=load_settings(data_dir).offline)


def _in_use(data_dir: Path) -> str:
    """The model that replies are written with; where 'auto' finds none here, the one that it waits for."""
    from cxdesk.desk import choose_installed_model

    chosen = load_settings(data_dir).model
    return chosen if chosen != "auto" else choose_installed_model() or choose_for_this_pc().entry.name


def _entry(name: str) -> Entry:
    return choose_for_this_pc().entry if name == "auto" else get_entry(name, load_catalog())


def _say(sentence: str) -> None:
    stderr.print(sentence, markup=False, soft_wrap=True)


def _row(entry: Entry, *, installed: bool) -> dict[str, Any]:
    shown = {"name", "kind", "good_for", "licence", "parameters", "context_tokens", "memory_mb", "tried"}
    return {**entry.model_dump(include=shown), "bytes": entry.bytes, "installed": installed}


def _imported_row(model: weights.Installed) -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": model.kind,
        "good_for": "Imported; not in the catalog.",
        "bytes": model.bytes,
        "installed": True,
    }
