"""`cxdesk kb`: the shop's documents and the search over them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cxdesk.cli.output import JsonFlag, print_json, progress_bar, stdout
from cxdesk.domain import Audience, Document, Hit, Invalid

app = typer.Typer(help="The knowledge base: documents, and the search over them.", no_args_is_help=True)

Category = Annotated[str | None, typer.Option(help="The documents' category.")]


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: Markdown, text, HTML, PDF, DOCX, FAQ JSON.")],
    category: Category = None,
    audience: Annotated[Audience | None, typer.Option(help="Whether customers may read it.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Add documents, or take their changes; what can't be read is reported and skipped."""
    with context.obj.open_desk("none") as desk, progress_bar() as progress:
        report = desk.knowledge.add(paths, category=category, audience=audience, progress=progress)
    if as_json:
        print_json(report.model_dump(mode="json"))
    if report.refused and not (report.added or report.updated or report.unchanged):
        raise Invalid(" ".join(refused.reason for refused in report.refused))
    if not as_json:
        stdout.print(f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged")
        for note in report.notes:
            stdout.print(f"note: {note}", markup=False)
        for refused in report.refused:
            stdout.print(f"refused: {refused.reason}", markup=False)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A question, or words.")],
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="How many passages.")] = 5,
    category: Category = None,
    as_json: JsonFlag = False,
) -> None:
    """Passages that may answer a question, best first."""
    with context.obj.open_desk("none") as desk:
        hits = desk.knowledge.search(query, k=k, category=category)
    if as_json:
        print_json([_hit(hit) for hit in hits])
        return
    for hit in hits:
        stdout.print(f"{hit.score:.2f}  {hit.passage.document} > {hit.passage.heading}", style="bold", markup=False)
        stdout.print(hit.passage.text, markup=False, highlight=False)
        stdout.print()


@app.command(name="list")
def list_documents(context: typer.Context, as_json: JsonFlag = False) -> None:
    """The documents of the knowledge base."""
    with context.obj.open_desk("none") as desk:
        documents = desk.knowledge.list()
    if as_json:
        print_json([_summary(document) for document in documents])
        return
    for document in documents:
        stdout.print(
            f"{document.name}  {document.category}, {document.audience.value}, {len(document.text):,} characters",
            markup=False,
        )


@app.command()
def show(
    context: typer.Context, name: Annotated[str, typer.Argument(help="A document's name.")], as_json: JsonFlag = False
) -> None:
    """A document and its passages."""
    with context.obj.open_desk("none") as desk:
        document, passages = desk.knowledge.get(name), desk.knowledge.passages(name)
    if as_json:
        print_json(
            {**_summary(document), "text": document.text, "passages": [p.model_dump(mode="json") for p in passages]}
        )
    else:
        stdout.print(document.text, markup=False, highlight=False)


@app.command()
def remove(context: typer.Context, name: Annotated[str, typer.Argument(help="A document's name.")]) -> None:
    """Remove a document."""
    with context.obj.open_desk("none") as desk:
        removed = desk.knowledge.remove(name)
    if not removed:
        raise Invalid(f"No document {name!r} in the knowledge base. 'cxdesk kb list' shows the names.")
    stdout.print(f"Removed {name}.", markup=False)


@app.command()
def clear(context: typer.Context) -> None:
    """Remove every document."""
    with context.obj.open_desk("none") as desk:
        stdout.print(f"Removed {desk.knowledge.clear()} documents.")


@app.command()
def reindex(context: typer.Context) -> None:
    """Build the search index anew from the kept documents."""
    with context.obj.open_desk("none") as desk, progress_bar() as progress:
        passages = desk.knowledge.reindex(progress=progress)
    stdout.print(f"Indexed {passages:,} passages.")


@app.command()
def stats(context: typer.Context, as_json: JsonFlag = False) -> None:
    """How much the knowledge base holds."""
    with context.obj.open_desk("none") as desk:
        figures = desk.knowledge.stats()
    if as_json:
        print_json(figures)
        return
    for name, value in figures.items():
        stdout.print(f"{name.replace('_', ' ')}: {value}", markup=False)


def _hit(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {
        "document": passage.document,
        "heading": passage.heading,
        "passage": passage.text,
        "from": passage.start,
        "to": passage.end,
        "score": hit.score,
        "dense_rank": hit.dense_rank,
        "keyword_rank": hit.keyword_rank,
        "category": passage.category,
        "audience": passage.audience.value,
    }


def _summary(document: Document) -> dict[str, object]:
    return {
        "name": document.name,
        "title": document.title,
        "category": document.category,
        "audience": document.audience.value,
        "characters": len(document.text),
        "added_at": document.added_at.isoformat(),
    }
