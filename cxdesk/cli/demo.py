"""`cxdesk demo`: the demo shop in a window, or in the terminal where there is no screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.cli.models import open_ledger
from cxdesk.cli.output import print_already_open, print_turn, progress_bar, stderr, stdout
from cxdesk.domain import Turn
from cxdesk.llm.catalog import choose_for_this_pc, get_entry, load_catalog
from cxdesk.llm.fetch import fetch
from cxdesk.llm.weights import installed
from cxdesk.settings import load_settings, models_dir, window_language

if TYPE_CHECKING:
    from cxdesk.desk import Desk

_PAUSE_S = 12.0
_INVISIBLE_PLATFORMS = ("offscreen", "minimal", "vnc")


def run_demo(folder: Path, *, headless: bool, model: str | None) -> int:
    """Set up what is missing (models, the shop), then open the window, or play every script in the terminal."""
    fetch_missing(model, folder)
    opened = _opener(folder, model)
    if headless or not has_screen():
        if not headless:
            stderr.print("There is no screen here, so the demo runs in the terminal.")
        return _in_terminal(opened)
    return _in_window(opened, folder)


def fetch_missing(model: str | None, data_dir: Path) -> None:
    """Have the embedding model and the language model for this PC; says which was chosen and why."""
    catalog = load_catalog()
    wanted = [load_settings(data_dir).embedder]
    if model is None or model == "auto":
        choice = choose_for_this_pc(catalog)
        wanted.append(choice.entry.name)
    elif any(entry.name == model for entry in catalog):
        wanted.append(model)
    missing = set(wanted) - {there.name for there in installed(models_dir(), catalog)}
    if not missing:
        return
    if model is None and choice.entry.name in missing:
        stderr.print(
            f"Language model for this PC: {choice.reason} Another one: --model NAME.", markup=False, soft_wrap=True
        )
    with progress_bar() as progress:
        for name in wanted:
            fetch(
                get_entry(name, catalog),
                models_dir(),
                progress,
                say=lambda text: stderr.print(text, markup=False, soft_wrap=True),
                on_connect=open_ledger(data_dir).note,
            )


def has_screen() -> bool:
    """Whether a window would be seen by somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _INVISIBLE_PLATFORMS:
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _opener(folder: Path, model: str | None) -> Callable[[], Desk]:
    def opened() -> Desk:
        from cxdesk.demo import open_demo

        with progress_bar() as progress:
            return open_demo(folder, model, progress)

    return opened


def _in_terminal(opened: Callable[[], Desk]) -> int:
    from cxdesk.demo import load_scripts, play

    with opened() as desk:
        for script in load_scripts():
            stdout.rule(f"{script.customer or 'a guest'} ({script.mood})")
            play(script, desk, _print_exchange)
    return 0


def _print_exchange(line: str, turn: Turn) -> None:
    stdout.print(f"\n> {line}", markup=False, highlight=False)
    print_turn(turn)


def _in_window(opened: Callable[[], Desk], folder: Path) -> int:
    from cxdesk.ui.app import claim, run_window

    def customers_come(desk: Desk) -> Callable[[], None]:
        from cxdesk.demo import WritingCustomers, load_scripts

        writing = WritingCustomers(desk, load_scripts(), _PAUSE_S)
        writing.start()
        return writing.stop

    bell = claim(folder)
    if bell is None:
        print_already_open(folder)
        return 0
    return run_window(opened, language=window_language(folder), on_ready=customers_come, bell=bell)
