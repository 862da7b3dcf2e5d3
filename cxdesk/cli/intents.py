"""`cxdesk intents`: what customers may want, and the examples it is told by."""

from __future__ import annotations

from typing import Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, stdout

app = typer.Typer(help="What customers may want, and the examples it is told by.", no_args_is_help=True)


@app.command(name="list")
def list_intents(context: typer.Context, as_json: JsonFlag = False) -> None:
    """The intents, and how many examples each has."""
    with context.obj.open_desk("none") as desk:
        counts = desk.intent_examples.counts()
    if as_json:
        print_json(counts)
        return
    for intent, count in counts.items():
        stdout.print(f"{intent}  {count} examples", markup=False, highlight=False)


@app.command()
def add(
    context: typer.Context,
    intent: Annotated[str, typer.Argument(help="The intent, as 'intents list' names it.")],
    example: Annotated[str, typer.Argument(help="One line as a customer would write it.")],
) -> None:
    """Add an example of the shop's own; the next message is judged with it."""
    with context.obj.open_desk("none") as desk:
        desk.intent_examples.add(intent, example)
    stdout.print(f"Added to {intent}.", markup=False)


@app.command()
def judge(
    context: typer.Context,
    message: Annotated[str, typer.Argument(help="A customer's message.")],
    as_json: JsonFlag = False,
) -> None:
    """What the desk takes a message to want, part by part."""
    from cxdesk.domain import Guarded

    with context.obj.open_desk("none") as desk:
        requests = desk.signal_reader().read(Guarded(text=message)).requests
    if as_json:
        print_json([{"text": request.text, **request.intent.model_dump()} for request in requests])
        return
    for request in requests:
        intent = request.intent
        stdout.print(f"{intent.name} ({intent.confidence:.0%})  {request.text}", markup=False, highlight=False)
