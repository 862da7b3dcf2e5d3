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
from cxdesk.ui import words
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

if TYPE_CHECKING:
    from cxdesk.desk import Desk

TESTER = "Test question"
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
        Offer(model.name, model.name, "Brought in as a file.", _size(model.bytes), is_here=True, is_best=False)
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
    return Outcome("Replies are the desk's plain answers" if name == NO_MODEL else f"Uses {name}")


def _fetch_missing(desk: Desk, name: str, tracker: Tracker) -> None:
    catalog = load_catalog()
    is_known = any(entry.name == name for entry in catalog)
    if is_known and name not in {model.name for model in installed(models_dir(), catalog)}:
        fetch(get_entry(name, catalog), models_dir(), tracker.note, on_connect=desk.connections.note)


def _offer(entry: Entry, *, is_here: bool, is_best: bool) -> Offer:
    size = _size(entry.bytes) if is_here else f"{_size(entry.bytes)} to fetch"
    needs = f"{size}, {entry.memory_mb / 1000:.1f} GB of memory"
    return Offer(entry.name, entry.name, entry.good_for, needs, is_here, is_best)


def _size(count: int) -> str:
    return f"{count / GB:.1f} GB" if count >= GB else f"{count / 1_000_000:.0f} MB"


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
            f"Nothing in {folder.name!r} could be taken. Choose the folder that holds customers.csv, orders.csv and"
            " products.csv."
        )
    told = [f"{problem.file}, line {problem.line}: {problem.reason}" for problem in report.problems]
    said = _counted(taken) if taken else "Nothing new"
    return Outcome(f"{said} taken" if taken else said, tuple(told[:MOST_TOLD]))


def take_demo(desk: Desk, fill: FillDemo, tracker: Tracker) -> Outcome:
    """Fill the desk with the demo shop and its documents. Raises `Invalid` where there is a shop already."""
    desk.access.need("customers")
    fill(desk, tracker.note)
    documents = words.plural(len(desk.knowledge.list()), "document")
    return Outcome(f"The demo shop: {words.plural(desk.store.customers.count(), 'customer')} and {documents}")


def take_documents(desk: Desk, paths: Sequence[Path], tracker: Tracker) -> Outcome:
    """Make documents findable; a file that can't be read harms no other."""
    report = desk.knowledge.add(paths, progress=tracker.note, cancel=tracker.stop)
    taken = len(report.added) + len(report.updated) + len(report.unchanged)
    told = [f"{Path(problem.file).name}: {problem.reason}" for problem in report.refused]
    return Outcome(f"{words.plural(taken, 'document')} can be searched", tuple(told[:MOST_TOLD]))


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
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())


# ---------------------------------------------------------------- the test question


def example_questions(desk: Desk) -> tuple[str, ...]:
    """Questions that this desk could be asked, from what is on it."""
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
            proofs.append(Proof(sentence, f"The shop's data: {support.tool.replace('_', ' ')}"))
    return tuple(proofs)
