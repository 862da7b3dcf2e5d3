"""How models are said on screen: pure functions from what is known of a model to words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.language import decimal, number, plural, tr
from cxdesk.ui.views import Label

if TYPE_CHECKING:
    from cxdesk.assist.models import ModelInfo, ModelShelf
    from cxdesk.llm.tryout import Measured, Trial
    from cxdesk.llm.weights import Verdict


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
            return Label(tr("damaged"), "bad")
        if self.info.is_used:
            return Label(tr("in use"), "good")
        return Label(tr("installed"), "accent") if self.info.is_here else Label(tr("available"))

    @property
    def is_language(self) -> bool:
        return self.info.kind == "language"


def model_rows(shelf: ModelShelf, damages: Mapping[str, str]) -> list[ModelRow]:
    """Language models first; of them the one in use, those that are here, and what could be fetched."""
    rows = [ModelRow(info, damages.get(info.name, "") if info.is_here else "") for info in shelf.models]
    return sorted(rows, key=lambda row: (not row.is_language, not row.info.is_used, not row.info.is_here))


def findable(row: ModelRow) -> str:
    """What a search looks through."""
    return " ".join([row.name, tr(row.info.good_for) if row.info.good_for else ""]).casefold()


def size(amount: int | None) -> str:
    if amount is None:
        return tr("not known")
    if amount < 1_000_000:
        return tr("{n} kB", n=decimal(max(amount / 1000, 0.1), 1))
    return tr("{n} GB", n=decimal(amount / 1e9, 1)) if amount >= 1e9 else tr("{n} MB", n=decimal(amount / 1e6, 0))


def memory(info: ModelInfo, there: int) -> Label:
    """What it needs of the memory that is there."""
    if info.memory_bytes is None:
        return Label(tr("not known; this PC has {size}", size=size(there)))
    needs = tr("{needed} of this PC's {there}", needed=size(info.memory_bytes), there=size(there))
    match info.fits:
        case "no":
            return Label(tr("{needs}: too much for this PC", needs=needs), "bad")
        case "barely":
            return Label(tr("{needs}: little is left for other programs", needs=needs), "warn")
        case _:
            return Label(needs)


def seconds(measured: Measured | None) -> str:
    return _seconds(measured.seconds) if measured else ""


def measurement(measured: Measured | None) -> str:
    if measured is None:
        return tr("not measured yet")
    whole, first = _seconds(measured.seconds), _seconds(measured.first_s)
    said = tr("{time} from a standing start, the first word after {first}", time=whole, first=first)
    if measured.tokens_per_s:
        said = f"{said}, {_speed(measured.tokens_per_s)}"
    return tr("{times} (measured {ago})", times=said, ago=_ago(measured.at, now().astimezone()))


def trial(tried: Trial) -> str:
    parts = [
        _seconds(tried.total_s),
        tr("first word after {time}", time=_seconds(tried.first_s)),
        plural("{n} token", "{n} tokens", tried.tokens),
        *([_speed(tried.tokens_per_s)] if tried.tokens_per_s else []),
    ]
    return "  ·  ".join(parts)


def facts(row: ModelRow, shelf: ModelShelf) -> tuple[tuple[str, Label], ...]:
    """What there is to know of a model, each with its title."""
    info = row.info
    said = [
        (tr("Size"), Label(_size_on_disk(info, shelf.free_disk_bytes))),
        (tr("Memory"), memory(info, shelf.memory_bytes)),
        (tr("Licence"), Label(info.licence or tr("not known: ask where you got it"))),
    ]
    if info.context_tokens:
        said.append((tr("Reads"), Label(tr("up to {n} tokens at once", n=number(info.context_tokens)))))
    if row.is_language and info.is_here:
        said.append((tr("A reply"), Label(measurement(info.measured))))
    return tuple(said)


def good_for(info: ModelInfo) -> str:
    if info.good_for is None:
        return tr("Imported from a file. The catalog doesn't know it, so try it out before customers depend on it.")
    untried = [] if info.is_tried else [tr("Its bytes and licence are known, but we have not run it ourselves.")]
    return " ".join([tr(info.good_for), *untried])


def switched(used: str | None) -> str:
    """That replies are written by another model from now on, or by none."""
    if used:
        return tr(
            "From the next one on replies are written by {model}; one that is being written ends as it began",
            model=used,
        )
    return tr(
        "From the next one on replies are the desk's own plain answers, without a language model; one that is being"
        " written ends as it began"
    )


def verified(verdicts: Sequence[Verdict]) -> str:
    """What verifying came to, the damaged ones by name."""
    if not verdicts:
        return tr("No model is here yet, so there was nothing to verify.")
    damaged = [f"{verdict.name} ({verdict.reason})" for verdict in verdicts if not verdict.ok]
    if damaged:
        return plural("{damaged} of {n} model damaged: {names}", "{damaged} of {n} models damaged: {names}",
                      len(verdicts), damaged=number(len(damaged)), names="; ".join(damaged))  # fmt: skip
    if len(verdicts) == 1:
        return tr("{model} is whole", model=verdicts[0].name)
    return tr("All {n} models are whole", n=number(len(verdicts)))


def progress(done: int, total: int, what: str) -> str:
    if not total:
        return what
    share = number(100 * done // total)
    return tr("{what}: {done} of {total}, {share} %", what=what, done=size(done), total=size(total), share=share)


def _size_on_disk(info: ModelInfo, free: int) -> str:
    if info.is_here:
        return size(info.bytes)
    return tr("{size}; {free} are free", size=size(info.bytes), free=size(free))


def _seconds(amount: float) -> str:
    return tr("{n} s", n=decimal(amount, 1))


def _speed(tokens_per_s: float) -> str:
    return tr("{n} tokens a second", n=decimal(tokens_per_s, 0))


def _ago(at: datetime, moment: datetime) -> str:
    passed, said = moment - at, words.age(at, moment)
    if passed < timedelta(minutes=1):
        return tr("just now")
    return tr("{age} ago", age=said) if passed < timedelta(days=7) else said
