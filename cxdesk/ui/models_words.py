"""How models are said on screen: pure functions from what is known of a model to words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.views import Label

if TYPE_CHECKING:
    from cxdesk.assist.models import ModelInfo, ModelShelf
    from cxdesk.llm.tryout import Measured, Trial
    from cxdesk.llm.weights import Verdict

NOT_MEASURED = "not measured yet"
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class ModelRow:
    """A model as the page shows it. `damage` is what verifying found, if it found anything."""

    info: ModelInfo
    damage: str = ""

    @property
    def name(self) -> str:
        return self.info.name

    @property
    def state(self) -> Label:
        if self.damage:
            return Label("damaged", "bad")
        if self.info.is_used:
            return Label("in use", "good")
        return Label("installed", "accent") if self.info.is_here else Label("available")

    @property
    def is_language(self) -> bool:
        return self.info.kind == "language"


def model_rows(shelf: ModelShelf, damages: Mapping[str, str]) -> list[ModelRow]:
    """Language models first; of them the one in use, those that are here, and what could be fetched."""
    rows = [ModelRow(info, damages.get(info.name, "") if info.is_here else "") for info in shelf.models]
    return sorted(rows, key=lambda row: (not row.is_language, not row.info.is_used, not row.info.is_here))


def size(amount: int | None) -> str:
    if amount is None:
        return NOT_KNOWN
    if amount < 1_000_000:
        return f"{max(amount / 1000, 0.1):.1f} kB"
    return f"{amount / 1e9:.1f} GB" if amount >= 1e9 else f"{amount / 1e6:.0f} MB"


def memory(info: ModelInfo, there: int) -> Label:
    """What it needs of the memory that is there."""
    if info.memory_bytes is None:
        return Label(f"{NOT_KNOWN}; this PC has {size(there)}")
    needs = f"{size(info.memory_bytes)} of this PC's {size(there)}"
    match info.fits:
        case "no":
            return Label(f"{needs}: too much for this PC", "bad")
        case "barely":
            return Label(f"{needs}: little is left for other programs", "warn")
        case _:
            return Label(needs)


def seconds(measured: Measured | None) -> str:
    return f"{measured.seconds:.1f} s" if measured else ""


def measurement(measured: Measured | None) -> str:
    if measured is None:
        return NOT_MEASURED
    speed = f", {measured.tokens_per_s:.0f} tokens a second" if measured.tokens_per_s else ""
    age = words.age(measured.at, now().astimezone())
    said = f"{measured.seconds:.1f} s from a standing start, the first word after {measured.first_s:.1f} s"
    return f"{said}{speed} (measured {_ago(age)})"


def trial(tried: Trial) -> str:
    speed = f"  ·  {tried.tokens_per_s:.0f} tokens a second" if tried.tokens_per_s else ""
    return f"{tried.total_s:.1f} s  ·  first word after {tried.first_s:.1f} s  ·  {tried.tokens} tokens{speed}"


def facts(row: ModelRow, shelf: ModelShelf) -> tuple[tuple[str, Label], ...]:
    """What there is to know of a model, each with its title."""
    info = row.info
    said = [
        ("Size", Label(size(info.bytes) + ("" if info.is_here else f"; {size(shelf.free_disk_bytes)} are free"))),
        ("Memory", memory(info, shelf.memory_bytes)),
        ("Licence", Label(info.licence or f"{NOT_KNOWN}: ask where you got it")),
    ]
    if info.context_tokens:
        said.append(("Reads", Label(f"up to {info.context_tokens:,} tokens at once")))
    if row.is_language and info.is_here:
        said.append(("A reply", Label(measurement(info.measured))))
    return tuple(said)


def good_for(info: ModelInfo) -> str:
    if info.good_for is None:
        return "Imported from a file. The catalog doesn't know it, so try it out before customers depend on it."
    untried = "" if info.is_tried else " Its bytes and licence are known, but we have not run it ourselves."
    return f"{info.good_for}{untried}"


def verified(verdicts: Sequence[Verdict]) -> str:
    """What verifying came to, the damaged ones by name."""
    if not verdicts:
        return "No model is here yet, so there was nothing to verify."
    damaged = [f"{verdict.name} ({verdict.reason})" for verdict in verdicts if not verdict.ok]
    if damaged:
        return f"{len(damaged)} of {words.plural(len(verdicts), 'model')} damaged: {'; '.join(damaged)}"
    return f"{verdicts[0].name} is whole" if len(verdicts) == 1 else f"All {len(verdicts)} models are whole"


def progress(done: int, total: int, what: str) -> str:
    if not total:
        return what
    return f"{what}: {size(done)} of {size(total)}, {100 * done // total} %"


def _ago(age: str) -> str:
    return f"{age} ago" if age.endswith(("min", "h", "d")) else "just now" if age == "now" else age
