"""`cxdesk doctor`: looks at everything the desk needs, changes nothing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from cxdesk.domain import DeskError, Record
from cxdesk.llm.weights import installed
from cxdesk.offline import SWITCHES
from cxdesk.settings import load_settings, models_dir

_LEAST_FREE_BYTES = 2 * 10**9


class Finding(Record):
    what: str
    ok: bool
    found: str
    next_step: str = ""


def examine(data_dir: Path) -> list[Finding]:
    """Every finding, in the order in which a person would mend them."""
    checks: list[Callable[[Path], Finding]] = [
        _python,
        _data_directory,
        _settings,
        _disk,
        _database,
        _language_model,
        _embedding_model,
        _documents,
        _silence,
    ]
    return [_safely(check, data_dir) for check in checks]


def _safely(check: Callable[[Path], Finding], data_dir: Path) -> Finding:
    try:
        return check(data_dir)
    except DeskError as error:
        return Finding(what=check.__name__.strip("_").replace("_", " "), ok=False, found=str(error))


def _python(data_dir: Path) -> Finding:
    return Finding(what="Python", ok=sys.version_info >= (3, 11), found=sys.version.split()[0])


def _data_directory(data_dir: Path) -> Finding:
    if not data_dir.exists():
        step = "It is made when you import a shop, or by 'cxdesk demo'."
        return Finding(what="data directory", ok=False, found=f"{data_dir} is not there yet.", next_step=step)
    writable = os.access(data_dir, os.W_OK)
    step = "" if writable else "Make it writable, or choose another one with --data."
    return Finding(
        what="data directory", ok=writable, found=str(data_dir) + ("" if writable else " is read-only."), next_step=step
    )


def _settings(data_dir: Path) -> Finding:
    settings = load_settings(data_dir)
    return Finding(what="settings", ok=True, found=f"model {settings.model}, tone {settings.tone}")


def _disk(data_dir: Path) -> Finding:
    existing = next(folder for folder in (data_dir, *data_dir.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    step = "" if free >= _LEAST_FREE_BYTES else "Free some space: a model takes up to 2.5 GB."
    return Finding(what="free disk", ok=free >= _LEAST_FREE_BYTES, found=f"{free / 10**9:.1f} GB.", next_step=step)


def _database(data_dir: Path) -> Finding:
    from cxdesk.desk import DATABASE
    from cxdesk.store import Store

    if not (data_dir / DATABASE).exists():
        return Finding(
            what="shop", ok=False, found="no shop yet.", next_step="Run 'cxdesk import FOLDER' or 'cxdesk demo'."
        )
    with Store.open(data_dir / DATABASE) as store:
        customers, orders = store.customers.count(), store.orders.count()
    step = "" if customers else "Run 'cxdesk import FOLDER'."
    return Finding(what="shop", ok=customers > 0, found=f"{customers:,} customers, {orders:,} orders.", next_step=step)


def _language_model(data_dir: Path) -> Finding:
    there = [model.name for model in installed(models_dir()) if model.kind == "language"]
    step = "" if there else "Run 'cxdesk models fetch', or answer by briefs alone with --model none."
    return Finding(what="language model", ok=bool(there), found=", ".join(there) or "none.", next_step=step)


def _embedding_model(data_dir: Path) -> Finding:
    folder = models_dir() / load_settings(data_dir).embedder
    ready = (folder / "model.onnx").exists()
    step = "" if ready else "Run 'cxdesk models fetch all-minilm-l6-v2'."
    return Finding(what="embedding model", ok=ready, found=str(folder) if ready else "not ready.", next_step=step)


def _documents(data_dir: Path) -> Finding:
    from cxdesk.desk import DATABASE
    from cxdesk.store import Store

    count = 0
    if (data_dir / DATABASE).exists():
        with Store.open(data_dir / DATABASE) as store:
            count = len(store.documents.names())
    step = "" if count else "Run 'cxdesk kb add PATH'."
    return Finding(what="documents", ok=count > 0, found=f"{count} documents.", next_step=step)


def _silence(data_dir: Path) -> Finding:
    unset = [name for name, value in SWITCHES.items() if os.environ.get(name) != value]
    step = f"These switches differ from what keeps libraries silent: {', '.join(unset)}." if unset else ""
    return Finding(
        what="network silence",
        ok=not unset,
        found="every offline switch is set." if not unset else "not sure.",
        next_step=step,
    )
