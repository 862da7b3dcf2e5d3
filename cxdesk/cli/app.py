"""The command `cxdesk` and what it does; groups of commands have modules of their own."""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cxdesk import __version__
from cxdesk.cli import accounts, canned, customers, figures, intents, kb, memory, models, search, settings, traces
from cxdesk.cli.output import (
    JsonFlag,
    print_already_open,
    print_json,
    print_report,
    print_turn,
    progress_bar,
    stderr,
    stdout,
)
from cxdesk.domain import DeskError, Invalid
from cxdesk.offline import silence
from cxdesk.settings import default_data_dir, window_language

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ports import Progress

app = typer.Typer(
    name="cxdesk",
    help="A support desk in a box: answers customers with a language model on this PC.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(models.app, name="models")
app.add_typer(kb.app, name="kb")
app.add_typer(intents.app, name="intents")
app.add_typer(customers.app, name="customers")
app.add_typer(canned.app, name="canned")
app.add_typer(settings.app, name="settings")
app.add_typer(accounts.app, name="accounts")
for group in (memory, search, figures, traces):
    group.register(app)

ModelOption = Annotated[
    str | None, typer.Option("--model", help="A language model's name, or 'none' for the brief alone.")
]


@dataclass(frozen=True)
class Context:
    """What every command shares. Desks are opened by the command that needs one."""

    data_dir: Path
    is_default: bool = False

    @property
    def demo_dir(self) -> Path:
        """The demo has a folder of its own beside the owner's desk, unless one is named."""
        return self.data_dir / "demo" if self.is_default else self.data_dir

    def open_desk(self, model: str | None = None) -> Desk:
        from cxdesk.desk import Desk

        return Desk.open(self.data_dir, model=model)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="CXDESK_DATA", help="The desk's data directory.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        print(f"cxdesk {__version__}")
        raise typer.Exit
    context.obj = Context(data or default_data_dir(), is_default=data is None)
    if context.invoked_subcommand is None:
        gui(context)


@app.command()
def gui(
    context: typer.Context,
    tour: Annotated[Path | None, typer.Option(help="Save every page as a picture in this folder, then end.")] = None,
    theme: Annotated[str | None, typer.Option(help="light or dark; otherwise the system's.")] = None,
    customer: Annotated[bool, typer.Option("--customer", help="The customers' window alone, for the counter.")] = False,
    model: ModelOption = None,
) -> None:
    """Open the window, or bring the one to the front that is open on this data directory."""
    from cxdesk.ui.app import claim, run_counter, run_window, take_tour

    shared: Context = context.obj
    language = window_language(shared.data_dir)
    if tour is not None:
        for picture in take_tour(lambda: shared.open_desk(model), tour, theme, language):
            stdout.print(str(picture))
        return
    bell = claim(shared.data_dir, "customers" if customer else "desk")
    if bell is None:
        print_already_open(shared.data_dir)
    elif customer:
        raise typer.Exit(run_counter(lambda: shared.open_desk(model), theme=theme, language=language, bell=bell))
    else:
        open_desk = partial(shared.open_desk, model)
        raise typer.Exit(run_window(open_desk, theme=theme, language=language, fill_demo=_fill_demo, bell=bell))


@app.command()
def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="Run in the terminal, and end by itself.")] = False,
    model: ModelOption = None,
) -> None:
    """The demo shop, with simulated customers who write in."""
    from cxdesk.cli.demo import run_demo

    raise typer.Exit(run_demo(context.obj.demo_dir, headless=headless, model=model))


@app.command(name="import")
def import_shop(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A folder or a file: CSV, JSON, JSON Lines or Parquet.")],
    kind: Annotated[Literal["shop", "tickets", "conversations"], typer.Option(help="What the files hold.")] = "shop",
    strict: Annotated[bool, typer.Option("--strict", help="Take nothing when a row is bad.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Import a shop's customers, orders and products, its tickets, or past conversations; twice changes nothing."""
    from cxdesk.store.importers import import_shop as take_shop
    from cxdesk.store.importers import import_tickets

    with context.obj.open_desk("none") as desk, progress_bar() as progress:
        if kind == "tickets":
            report = import_tickets(desk.store, source, strict=strict, progress=progress)
        elif kind == "conversations":
            report = desk.past.take(source, strict=strict, progress=progress)
            desk.past.read(progress=progress)
        else:
            currency = desk.settings.currency
            report = take_shop(desk.store, source, strict=strict, progress=progress, currency=currency)
        desk.memory.scheduler.run("rollup")  # so that lists show tier and spend from the start
        desk.shop_changed()
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    for title, counts in (("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged)):
        if any(counts.values()):
            stdout.print(f"{title}: " + ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in counts.items() if n))
    for note in report.notes:
        stdout.print(f"note: {note}", markup=False)
    for problem in report.problems:
        stdout.print(f"refused: {problem.file}, line {problem.line}: {problem.reason}", markup=False)


@app.command()
def ask(
    context: typer.Context,
    message: Annotated[str, typer.Argument(help="What the customer writes.")],
    conversation: Annotated[str | None, typer.Option(help="Go on with this conversation.")] = None,
    customer: Annotated[str | None, typer.Option(help="E-mail or id of the customer, proved by every means.")] = None,
    tone: Annotated[str | None, typer.Option(help="professional, friendly or playful.")] = None,
    model: ModelOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Answer one message as the desk would answer the customer."""
    with context.obj.open_desk(model) as desk:
        turn = desk.ask(message, conversation, customer, tone=tone)
    if as_json:
        print_json(turn.as_json())
    else:
        print_turn(turn)


@app.command()
def chat(
    context: typer.Context,
    customer: Annotated[str | None, typer.Option(help="E-mail or id of the customer, proved by every means.")] = None,
    model: ModelOption = None,
) -> None:
    """Talk to the desk as a customer would; an empty line ends it."""
    with context.obj.open_desk(model) as desk:
        conversation: str | None = None
        while message := _next_line():
            try:
                turn = desk.ask(
                    message, conversation, customer, on_sentence=lambda text: stdout.print(text, end=" ", markup=False)
                )
            except Invalid as problem:
                stderr.print(str(problem), markup=False)
                continue
            stdout.print()
            if turn.decision.kind == "handoff":
                stdout.print(f"[dim]handed over: {turn.decision.reason}[/dim]")
            conversation = turn.conversation


@app.command()
def doctor(context: typer.Context, as_json: JsonFlag = False) -> None:
    """What is there, what is missing, and what to do about it."""
    from cxdesk.cli.doctor import examine

    findings = examine(context.obj.data_dir)
    if as_json:
        print_json([finding.model_dump(mode="json") for finding in findings])
    else:
        for finding in findings:
            mark = "[green]ok[/green]     " if finding.ok else "[yellow]missing[/yellow]"
            stdout.print(
                f"{mark} {finding.what}: {finding.found}" + (f" {finding.next_step}" if finding.next_step else "")
            )
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command(name="eval")
def evaluate(
    context: typer.Context,
    suite: Annotated[
        Literal["answers", "attacks", "intent", "qa", "retrieval", "sentiment", "suggestions", "tasks"],
        typer.Argument(help="What to score."),
    ],
    cases: Annotated[Path, typer.Option(help="A case file, JSON Lines.")],
    docs: Annotated[Path | None, typer.Option(help="A folder of documents to search in.")] = None,
    train: Annotated[Path | None, typer.Option(help="Fit the classifier on this case file.")] = None,
    val: Annotated[Path | None, typer.Option(help="Choose its threshold on this case file.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Action rules to hold the desk to.")] = None,
    model: ModelOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many cases.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Score a case file on a copy of the desk; the desk itself is never changed."""
    from cxdesk.evals import run_suite

    with progress_bar() as progress:
        report = run_suite(
            suite,
            cases,
            data_dir=context.obj.data_dir,
            docs=docs,
            model=model,
            train=train,
            val=val,
            rules=rules,
            limit=limit,
            progress=progress,
        )
    if as_json:
        print_json(report.as_json())
    else:
        print_report(report)


def _fill_demo(desk: Desk, progress: Progress) -> None:
    from cxdesk.demo import fill_with_demo

    fill_with_demo(desk, progress)


def _next_line() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


def main() -> None:
    """Run the command line. Trouble with the world is one sentence on stderr and exit code 1."""
    multiprocessing.freeze_support()
    silence()
    try:
        app()
    except DeskError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
