"""The models of this PC, as a person looks after them: what there is, bringing in, checking, trying, taking out.

Which one answers is the desk's to say (`Desk.use_model`). Everything here may take long and belongs on a thread.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from typing import Literal

from cxdesk.access import Access
from cxdesk.agent.compose import ComposePrompt
from cxdesk.domain import Record, Refused
from cxdesk.ledger import ConnectionLedger
from cxdesk.llm import weights
from cxdesk.llm.catalog import MB, SHARE_OF_MEMORY, Entry, choose_for_this_pc, get_entry, load_catalog
from cxdesk.llm.fetch import fetch
from cxdesk.llm.tryout import Measured, Trial, keep_measured, measured, try_out
from cxdesk.ports import ChatMessage, LanguageModel, Progress, Prompt, stoppable
from cxdesk.settings import bundled
from cxdesk.store import Store

Borrow = Callable[[str], AbstractContextManager[LanguageModel]]

# A slot of its own, so that trying a model forgets nothing of a customer's conversation.
SLOT = "try-out"
MOST_TOKENS = 200


class ModelInfo(Record):
    """A model of the catalog, or one that was imported: then what the catalog would say is None."""

    name: str
    kind: Literal["language", "embedding"]
    bytes: int
    is_here: bool
    is_used: bool
    good_for: str | None = None
    licence: str | None = None
    memory_bytes: int | None = None
    fits: Literal["well", "barely", "no"] | None = None
    context_tokens: int | None = None
    is_tried: bool = False
    measured: Measured | None = None


class InUse(Record):
    """The language model that answers, if any does, and why it is that one. `chosen`: a name, 'auto' or 'none'."""

    name: str | None
    why: str
    chosen: str = "auto"


class ModelShelf(Record):
    """All models, and the PC they would run on."""

    models: tuple[ModelInfo, ...]
    in_use: InUse
    folder: Path
    memory_bytes: int
    free_disk_bytes: int


class Models:
    """`in_use` says which model answers now.

    `borrow` lends a language model for a moment, the running one where that is in use; `start` always loads one, which
    has read nothing yet.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        access: Access,
        *,
        ledger: Callable[[], ConnectionLedger],
        in_use: Callable[[], InUse],
        embedder: Callable[[], str],
        borrow: Borrow,
        start: Borrow,
        prompt: Callable[[], ComposePrompt],
    ) -> None:
        self._folder = folder
        self._store = store
        self._access = access
        self._ledger = ledger
        self._in_use = in_use
        self._embedder = embedder
        self._borrow = borrow
        self._start = start
        self._prompt = prompt
        self._texts = tomllib.loads(bundled("resources/tryout.toml").read_text(encoding="utf-8"))
        self.catalog: tuple[Entry, ...] = load_catalog()

    def shelf(self) -> ModelShelf:
        """Everything that there is or could be. Reads names and sizes, no weights."""
        room, in_use = weights.Room.of(self._folder), self._in_use()
        here = {model.name: model for model in weights.installed(self._folder, self.catalog)}
        names = [*(entry.name for entry in self.catalog), *(name for name, one in here.items() if one.entry is None)]
        used = {in_use.name, self._embedder()}
        entries = {entry.name: entry for entry in self.catalog}
        return ModelShelf(
            models=tuple(
                self._info(entries.get(name), here.get(name), room, is_used=name in used and name in here)
                for name in names
            ),
            in_use=in_use,
            folder=self._folder,
            memory_bytes=room.memory_bytes,
            free_disk_bytes=room.free_disk_bytes,
        )

    def fetch(
        self, name: str, progress: Progress, *, say: Callable[[str], None] = lambda _: None, cancel: Event | None = None
    ) -> Path:
        """Download a model of the catalog, or go on with it. Each connection is noted in the ledger first.

        Raises `Refused` in offline mode, `Unavailable` when no source delivers, `Stopped` once `cancel` is set.
        """
        by = self._access.need("models")
        entry = get_entry(name, self.catalog)
        place = fetch(entry, self._folder, progress, say=say, on_connect=self._ledger().note, cancel=cancel)
        self._note("models.fetch", name, by)
        return place

    def import_file(self, file: Path, progress: Progress, *, cancel: Event | None = None) -> weights.Installed:
        """Take a model from a GGUF file. Raises `Invalid` for what is none."""
        by = self._access.need("models")
        progress = stoppable(progress, cancel, f"Importing {file.name!r} was stopped. Nothing was taken.")
        model = weights.import_gguf(file, self._folder, progress, self.catalog)
        self._note("models.import", model.name, by)
        return model

    def verify(
        self, progress: Progress, name: str | None = None, *, cancel: Event | None = None
    ) -> list[weights.Verdict]:
        """Read one model completely, or all, and say of each whether it is whole."""
        progress = stoppable(progress, cancel, "Verifying was stopped. Nothing was changed.")
        return weights.verify(self._folder, name, progress, self.catalog)

    def remove(self, name: str) -> weights.Installed:
        """Delete a model from this PC. Raises `Refused` for one that is in use."""
        by = self._access.need("models")
        if name in (self._in_use().name, self._embedder()):
            raise Refused(f"The model {name!r} is in use. Use another one first, then remove it.")
        model = weights.remove(name, self._folder, self.catalog)
        self._note("models.remove", name, by)
        return model

    def try_out(
        self, name: str, question: str, on_text: Callable[[str], None], *, cancel: Event | None = None
    ) -> Trial:
        """Ask a model a question of one's own. Its answer is its own, checked by nothing, and reaches no customer."""
        asked = (ChatMessage(role="system", content=self._texts["system"]), ChatMessage(role="user", content=question))
        with self._borrow(name) as model:
            return try_out(
                model, Prompt(messages=asked, slot=SLOT), max_tokens=MOST_TOKENS, on_text=on_text, cancel=cancel
            )

    def measure(self, name: str, *, cancel: Event | None = None) -> Measured:
        """Have a model write a reply as the desk would ask for it, and keep how long it took on this PC.

        Always the same reply from a standing start, so that models can be compared. In daily work the first word comes
        sooner, since the desk's instructions and the conversation so far have been read before.
        """
        self._access.need("models")
        sample, prompt = self._texts["sample"], self._prompt()
        asked = prompt.user.format(guidance="", message=sample["message"], draft=sample["draft"]).strip()
        messages = (
            ChatMessage(role="system", content=prompt.system.strip()),
            ChatMessage(role="user", content=asked),
        )
        installed = next(one for one in weights.installed(self._folder, self.catalog) if one.name == name)
        with self._start(name) as model:
            trial = try_out(
                model, Prompt(messages=messages, slot=SLOT), max_tokens=int(sample["tokens"]), cancel=cancel
            )
        return keep_measured(installed, trial, self._folder)

    def _info(
        self, entry: Entry | None, model: weights.Installed | None, room: weights.Room, *, is_used: bool
    ) -> ModelInfo:
        known = measured(model, self._folder) if model and model.kind == "language" else None
        if entry is None:
            assert model is not None
            return ModelInfo(
                name=model.name, kind=model.kind, bytes=model.bytes, is_here=True, is_used=is_used, measured=known
            )
        needs = entry.memory_mb * MB
        return ModelInfo(
            name=entry.name,
            kind=entry.kind,
            bytes=entry.bytes,
            is_here=model is not None,
            is_used=is_used,
            good_for=entry.good_for,
            licence=entry.licence,
            memory_bytes=needs,
            fits=_fits(needs, room.memory_bytes),
            context_tokens=entry.context_tokens,
            is_tried=entry.tried,
            measured=known,
        )

    def _note(self, what: str, name: str, by: str | None) -> None:
        self._store.audit.note(what, {"model": name}, role=self._access.role, by=by)


def why_chosen(chosen: str, named: str) -> str:
    """Why a model is in use: `chosen` is its name, `named` what was asked for."""
    if named != "auto":
        return "It was chosen by name; 'auto' would leave the choice to the desk."
    best = choose_for_this_pc()
    if best.entry.name == chosen:
        return f"Chosen for this PC, as the largest tried model that leaves half of the memory free: {best.reason}"
    return f"The largest model that is here. For this PC {best.entry.name} would be chosen: {best.reason}"


def _fits(needed: int, there: int) -> Literal["well", "barely", "no"]:
    if needed > there:
        return "no"
    return "well" if needed <= there * SHARE_OF_MEMORY else "barely"
