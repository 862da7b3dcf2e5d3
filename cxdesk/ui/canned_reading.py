"""What the Canned replies page shows, as plain values: read from the desk on a worker thread."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cxdesk.domain import CannedReply, StaleReply
from cxdesk.ui.language import tr
from cxdesk.ui.views import Label

if TYPE_CHECKING:
    from cxdesk.desk import Desk


@dataclass(frozen=True)
class CannedRow:
    """A saved reply in the list. `stale` are the passages that it said again and that are gone."""

    reply: CannedReply
    uses: int
    last_used_at: datetime | None
    stale: tuple[StaleReply, ...] = ()

    @property
    def words(self) -> str:
        """What the search looks through."""
        return f"{self.reply.title} /{self.reply.shortcut} {self.reply.category} {self.reply.text}".casefold()

    @property
    def state(self) -> Label | None:
        return Label(tr("check again"), "warn") if self.stale else None


@dataclass(frozen=True)
class Variable:
    """What a saved reply may name, what it stands for, and what the example customer has there."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True)
class Saved:
    """All saved replies, and what their variables come to for an example customer."""

    rows: tuple[CannedRow, ...] = ()
    variables: tuple[Variable, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(name for name, _ in sorted(Counter(row.reply.category for row in self.rows).items()))

    @property
    def shortcuts(self) -> tuple[str, ...]:
        return tuple(row.reply.shortcut for row in self.rows)


def read_saved(desk: Desk) -> Saved:
    """All saved replies with their use, and an example customer of the shop."""
    from cxdesk.assist.canned import example_values
    from cxdesk.assist.variables import VARIABLES

    settings = desk.settings
    values = example_values(desk.store, shop_name=settings.shop_name, agent_name=tr("You"), locale=settings.locale)
    stale = [one for one in desk.overview.stale_replies() if one.kind == "canned"]
    rows = tuple(
        CannedRow(
            kept.reply,
            kept.uses,
            kept.last_used_at,
            tuple(one for one in stale if one.key == kept.reply.shortcut),
        )
        for kept in desk.store.canned.kept()
    )
    variables = tuple(Variable(name, meaning, values.get(name, "")) for name, meaning in VARIABLES.items())
    return Saved(rows, variables, values)


# ---------------------------------------------------------------- checks while typing; the desk has loaded the rules


def shortcut_trouble(shortcut: str, taken: Iterable[str]) -> str:
    """Why a reply can't have this shortcut; nothing where it can."""
    from cxdesk.assist import canned

    return canned.shortcut_trouble(shortcut, taken) or ""


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text as the example customer would get it, with gaps where they have nothing."""
    from cxdesk.assist.variables import fill

    return fill(text, values).text


def unknown_words(text: str, known: Iterable[str]) -> str:
    """The variables that nothing fills, each with the nearest that something does; nothing where there is none."""
    from cxdesk.assist.canned import unknown_variables

    names = list(known)
    said = []
    for name in unknown_variables(text):
        near = difflib.get_close_matches(name.replace(" ", "_"), names, n=1)
        variable = f"{{{name}}}"
        meant = tr("{variable} (did you mean {near}?)", variable=variable, near=f"{{{near[0]}}}") if near else variable
        said.append(meant)
    if not said:
        return ""
    return tr("Nothing fills {variables}. Whoever uses the reply sees a gap there.", variables=", ".join(said))
