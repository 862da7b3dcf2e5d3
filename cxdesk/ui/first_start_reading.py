"""What the first start does on the pool: models, shop, documents and the test question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.agent.customer_voice import without_marks
from cxdesk.domain import DecisionKind, Invalid, Turn
from cxdesk.llm.catalog import GB, Entry, choose_for_this_pc, get_entry, load_catalog
from cxdesk.llm.fetch import fetch
from cxdesk.llm.weights import installed
from cxdesk.settings import models_dir, write_whole
from cxdesk.store.importers import import_shop
from cxdesk.ui.first_start_views import (
    FILE,
    NO_MODEL,
    Offer,
    Offers,
    Outcome,
    Progress,
    Proof,
    Tested,
    Tracker,
    read_progress,
    written_progress,
)
from cxdesk.ui.language import decimal, number, plural, tr

if TYPE_CHECKING:
    from cxdesk.desk import Desk

TESTER = "Test question"
"""Who asked, as the conversation is kept."""
MOST_TOLD = 50
FillDemo = Callable[["Desk", Callable[[int, int, str], None]], None]


def begin(desk: Desk) -> Progress | None:
    """How far the first start is, where it is to be shown: the desk is empty, or it was left half way."""
    progress = read_progress(desk.data_dir)
    if progress.is_over or not (progress.has_begun or is_empty(desk)):
        return None
    return progress


def is_empty(desk: Desk) -> bool:
    """Whether there is nothing on the desk that anybody could have put there."""
    store = desk.store
    return not (store.customers.count() or store.conversations.recent(1) or desk.knowledge.list())


def keep(desk: Desk, progress: Progress) -> None:
    """Have a later start go on from here."""
    write_whole(desk.data_dir / FILE, written_progress(progress))


# ---------------------------------------------------------------- the model


def read_offers(desk: Desk) -> Offers:
    """The catalog's language models, this PC's best first, then those that were brought in as files."""
    best, catalog = choose_for_this_pc(), load_catalog()
    here = {model.name: model for model in installed(models_dir(), catalog) if model.kind == "language"}
    entries = sorted((e for e in catalog if e.kind == "language"), key=lambda e: (e.name != best.entry.name, -e.bytes))
    offers = [_offer(entry, is_here=entry.name in here, is_best=entry.name == best.entry.name) for entry in entries]
    offers += [
        Offer(model.name, model.name, tr("Brought in as a file."), _size(model.bytes), is_here=True, is_best=False)
        for model in here.values()
        if model.entry is None
    ]
    return Offers(tuple(offers), best.reason, desk.settings.model)


def take_model(desk: Desk, name: str, tracker: Tracker) -> Outcome:
    """Have a model on this PC, and the one that searches, and use it from now on; 'none' works without one.

    Raises `Stopped` when a person stopped it: what was fetched is kept for the next time.
    """
    if name != NO_MODEL:
        for wanted in (desk.settings.embedder, name):
            _fetch_missing(desk, wanted, tracker)
    desk.configuration.save({"model": name})
    return Outcome(tr("Replies are the desk's plain answers") if name == NO_MODEL else tr("Uses {model}", model=name))


def _fetch_missing(desk: Desk, name: str, tracker: Tracker) -> None:
    catalog = load_catalog()
    is_known = any(entry.name == name for entry in catalog)
    if is_known and name not in {model.name for model in installed(models_dir(), catalog)}:
        fetch(get_entry(name, catalog), models_dir(), tracker.note, on_connect=desk.connections.note)


def _offer(entry: Entry, *, is_here: bool, is_best: bool) -> Offer:
    size = _size(entry.bytes) if is_here else tr("{size} to fetch", size=_size(entry.bytes))
    needs = tr("{size}, {memory} GB of memory", size=size, memory=decimal(entry.memory_mb / 1000, 1))
    return Offer(entry.name, entry.name, tr(entry.good_for), needs, is_here, is_best)


def _size(count: int) -> str:
    return tr("{n} GB", n=decimal(count / GB, 1)) if count >= GB else tr("{n} MB", n=decimal(count / 1_000_000, 0))


# ---------------------------------------------------------------- the shop and its documents


def take_shop(desk: Desk, folder: Path, shop_name: str, tracker: Tracker) -> Outcome:
    """Import customers, orders and products from a folder, and call the shop by its name."""
    desk.access.need("customers")
    _name_shop(desk, shop_name)
    report = import_shop(desk.store, folder, progress=tracker.note, currency=desk.settings.currency)
    desk.shop_changed()
    taken = _sum(report.added)
    kept = _sum(report.updated, report.unchanged)
    if not taken and not kept:
        raise Invalid(
            tr(
                "Nothing in {folder} could be taken. Choose the folder that holds customers.csv, orders.csv and"
                " products.csv.",
                folder=repr(folder.name),
            )
        )
    told = [
        tr("{file}, line {line}: {reason}", file=problem.file, line=problem.line, reason=problem.reason)
        for problem in report.problems[:MOST_TOLD]
    ]
    said = tr("{counts} taken", counts=_counted(taken)) if taken else tr("Nothing new")
    return Outcome(said, tuple(told))


def take_demo(desk: Desk, fill: FillDemo, tracker: Tracker) -> Outcome:
    """Fill the desk with the demo shop and its documents. Raises `Invalid` where there is a shop already."""
    desk.access.need("customers")
    fill(desk, tracker.note)
    customers = plural("{n} customer", "{n} customers", desk.store.customers.count())
    documents = plural("{n} document", "{n} documents", len(desk.knowledge.list()))
    return Outcome(tr("The demo shop: {customers} and {documents}", customers=customers, documents=documents))


def take_documents(desk: Desk, paths: Sequence[Path], tracker: Tracker) -> Outcome:
    """Make documents findable; a file that can't be read harms no other."""
    report = desk.knowledge.add(paths, progress=tracker.note, cancel=tracker.stop)
    taken = len(report.added) + len(report.updated) + len(report.unchanged)
    told = [f"{Path(problem.file).name}: {problem.reason}" for problem in report.refused]
    said = plural("{n} document can be searched", "{n} documents can be searched", taken)
    return Outcome(said, tuple(told[:MOST_TOLD]))


def _name_shop(desk: Desk, name: str) -> None:
    name = " ".join(name.split())
    if name and name != desk.settings.shop_name:
        desk.configuration.save({"shop_name": name})


def _sum(*counts: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in counts:
        for name, count in each.items():
            if count:
                found[name] = found.get(name, 0) + count
    return found


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(_taken(name, count) for name, count in counts.items())


def _taken(kind: str, count: int) -> str:
    match kind:
        case "customers":
            return plural("{n} customer", "{n} customers", count)
        case "orders":
            return plural("{n} order", "{n} orders", count)
        case "products":
            return plural("{n} product", "{n} products", count)
        case _:
            return f"{number(count)} {kind.replace('_', ' ')}"


# ---------------------------------------------------------------- the test question


def example_questions(desk: Desk) -> tuple[str, ...]:
    """Questions that this desk could be asked, from what is on it, in the language that it understands: English."""
    headed = [document.title for document in desk.knowledge.list() if document.audience == "public"][:2]
    orders = desk.store.orders.sample_ids()[:1]
    return (*(f"What should I know about {title.lower()}?" for title in headed), *(f"Where is {o}?" for o in orders))


def ask_test(desk: Desk, question: str) -> Tested:
    """Ask as a guest would, and say what each sentence of the reply rests on.

    It is kept as a closed conversation of that name, as every conversation is kept.
    """
    talk = desk.start_conversation(writer=TESTER)
    turn = desk.ask(question, talk.id)
    desk.close_conversation(talk.id)
    return Tested(turn.reply, _proofs(desk, turn), turn.decision.kind is not DecisionKind.handoff)


def _proofs(desk: Desk, turn: Turn) -> tuple[Proof, ...]:
    proofs = []
    for support in turn.grounding.sentences:
        sentence = turn.reply[support.start : support.end].strip()
        if support.document:
            place = " › ".join(part for part in (support.document, (support.heading or "").split(" > ")[-1]) if part)
            text = desk.knowledge.get(support.document).text[support.from_ or 0 : support.to or 0]
            proofs.append(Proof(sentence, place, " ".join(without_marks(text).split())))
        elif support.tool:
            place = tr("The shop's data: {tool}", tool=support.tool.replace("_", " "))
            proofs.append(Proof(sentence, place))
    return tuple(proofs)
