"""Sets the demo desk up: shop, tickets, documents, canned replies. Run again it changes nothing."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from cxdesk.demo.shop import demo_documents, load_canned, write_demo_shop
from cxdesk.desk import Desk
from cxdesk.domain import Invalid
from cxdesk.ports import Embedder, LanguageModel, Progress
from cxdesk.settings import SETTINGS_FILE
from cxdesk.store.importers import import_shop, import_tickets

SHOP_NAME = "Vireo Electronics"
MARK = ".demo"


def open_demo(
    folder: Path,
    model: str | LanguageModel | None = None,
    progress: Progress | None = None,
    *,
    embedder: Embedder | None = None,
) -> Desk:
    """The demo desk in `folder`, filled if it is new. Its dates are relative to the day it was filled.

    Raises `Invalid` when the folder holds another shop.
    """
    desk = Desk.open(folder, model=model, embedder=embedder)
    try:
        if not (folder / MARK).exists():
            _begin(desk)
            desk.close()
            desk = Desk.open(folder, model=model, embedder=embedder)
        if desk.store.customers.count() == 0:
            _fill_shop(desk, progress)
        _add_documents(desk, progress)
    except BaseException:
        desk.close()
        raise
    return desk


def _begin(desk: Desk) -> None:
    """Claim an empty desk for the demo; a desk with a shop of its own is left alone."""
    if desk.store.customers.count():
        raise Invalid(
            f"There is a shop in {str(desk.data_dir)!r} already. Choose another folder for the demo with --data."
        )
    (desk.data_dir / SETTINGS_FILE).write_text(f'shop_name = "{SHOP_NAME}"\n', encoding="utf-8")
    (desk.data_dir / MARK).touch()


def _fill_shop(desk: Desk, progress: Progress | None) -> None:
    with tempfile.TemporaryDirectory(prefix="cxdesk-demo-") as scratch:
        write_demo_shop(Path(scratch), date.today())
        with desk.store.transaction():
            import_shop(desk.store, Path(scratch), strict=True, progress=progress, currency=desk.settings.currency)
            import_tickets(desk.store, Path(scratch), strict=True)
            for canned in load_canned():
                desk.store.canned.put(canned)
    desk.memory.scheduler.run("rollup")  # so that lists show tier and spend from the start
    desk.shop_changed()


def _add_documents(desk: Desk, progress: Progress | None) -> None:
    """Documents are skipped when unchanged, so an interrupted set-up goes on where it stopped."""
    kept = {document.name for document in desk.knowledge.list()}
    for path, audience in demo_documents():
        if path.name not in kept:
            desk.knowledge.add([path], category=path.parent.name, audience=audience, progress=progress)
