"""Runs the evaluations and says what came of each, also when one fails."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from pydantic import BaseModel

from cxdesk.demo import open_demo
from cxdesk.desk import Desk
from cxdesk.domain import Audience, DeskError
from cxdesk.evals import run_suite
from cxdesk.store.importers import import_shop
from tests.scores.runs import NO_MODEL, PROJECT, Run, Shop, beside, case_files


class Score(BaseModel):
    """One case file scored once, without the cases. `asked` is the model that was asked for."""

    run: str
    suite: str
    cases: str
    asked: str
    measured: date
    machine: str
    n: int = 0
    model: str = ""
    metrics: dict[str, float | int | None] = {}
    reasons: dict[str, str] = {}
    seconds: float = 0
    problem: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.run, self.cases, self.asked


class Shops:
    """The desks that are asked, each made when it is first needed."""

    def __init__(self, scratch: Path, public: Path | None) -> None:
        self._scratch = scratch
        self._public = public

    def data_dir(self, shop: Shop | None) -> Path:
        """A desk's data directory; for no shop a folder without a desk."""
        folder = self._scratch / (shop or "nobody")
        if not folder.exists():
            if shop == "demo":
                open_demo(folder, NO_MODEL).close()
            elif shop == "retail" and self._public is not None:
                _import(self._public / "shop_retail", folder)
        return folder


def measure(run: Run, cases: Path, asked: str, shops: Shops, limit: int | None = None) -> Score:
    """Score one case file. What goes wrong stands in the score's `problem`, and a bug's trace on stderr."""
    score = Score(
        run=run.name,
        suite=run.suite,
        cases=run.label(cases.stem),
        asked=asked,
        measured=date.today(),
        machine=this_machine(),
    )
    try:
        report = run_suite(
            run.suite,
            cases,
            data_dir=shops.data_dir(run.shop),
            model=asked,
            limit=limit,
            **_extras(run, cases),
        )
    except DeskError as error:
        return score.model_copy(update={"problem": str(error)})
    except Exception as bug:  # noqa: BLE001 - hours of other figures don't hang on one suite
        traceback.print_exc(file=sys.stderr)
        return score.model_copy(update={"problem": f"The suite broke off with {type(bug).__name__}."})
    return score.model_copy(update=report.model_dump(include={"n", "model", "metrics", "reasons", "seconds"}))


def measure_all(
    runs: tuple[Run, ...], models: list[str], public: Path | None, scratch: Path, limit: int | None = None
) -> Iterator[Score]:
    """Score all case files that are there, each without a model and, where one is used, with each model."""
    shops = Shops(scratch, public)
    for run in runs:
        for cases in case_files(run, public):
            for asked in models if run.uses_model else [NO_MODEL]:
                print(f"{run.suite}: {cases.stem}, model {asked}", file=sys.stderr, flush=True)
                yield measure(run, cases, asked, shops, limit)


def this_machine() -> str:
    memory_gb = psutil.virtual_memory().total / 1e9
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory_gb:.0f} GB of memory, {platform.system()}"


def _extras(run: Run, cases: Path) -> dict[str, Any]:
    """What only some suites take."""
    docs = (cases.parent if run.public else PROJECT) / run.docs if run.docs else None
    parts = {part: beside(cases, part) for part in ("train", "val")} if run.suite == "intent" else {}
    rules = {"rules": PROJECT / run.rules} if run.rules else {}
    return parts | rules | ({"docs": docs} if docs else {})


def _import(shop: Path, folder: Path) -> None:
    """A shop and its policy, which is written for staff."""
    with Desk.open(folder, model=NO_MODEL) as desk:
        import_shop(desk.store, shop, currency=desk.settings.currency)
        desk.knowledge.add([shop / "policy.md"], audience=Audience.internal)
