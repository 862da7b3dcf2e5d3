"""For the tour: what the window says when the world fails it, in the real widgets, over a desk that isn't changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cxdesk.domain import DeskError, Invalid, Unavailable
from cxdesk.ui import words
from cxdesk.ui.settle import settle

if TYPE_CHECKING:
    from cxdesk.ui.window import Window

NO_MODEL = "The model 'shop' is not in '/data/models'. Fetch it on the page Models, or with 'cxdesk models fetch shop'."
DIED = (
    "The language model 'shop' can't answer: its process ended 2 times during this request. "
    "Try again, or choose another on the page Models."
)
FULL = "The disk is full, so the database '/data/shop/desk.duckdb' was not changed. Free some space, then try again."
HELD = (
    "The database '/data/shop/desk.duckdb' is in use by process 4711. "
    "Close that program, or choose another data directory with --data."
)
NOT_WRITABLE = (
    "The database '/data/shop/desk.duckdb' can't be written: permission is missing. "
    "Allow it, or choose another data directory with --data."
)
SETTINGS = (
    "Settings that can't be used, in '/data/shop/settings.toml' or CXDESK_* variables: "
    "there is no setting 'mesage_limit' (did you mean 'message_limit'?). Mend them, then try again."
)


def sights(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Each with a name and what to picture; the last three are of a desk that could not be opened."""
    yield from _beside_the_work(window)
    unopened: list[tuple[str, DeskError]] = [
        ("error-not-writable", Unavailable(NOT_WRITABLE)),
        ("error-settings", Invalid(SETTINGS)),
        ("error", Unavailable(HELD)),
    ]
    for name, error in unopened:
        window.show_trouble(error, _nothing)
        yield name, window


def _beside_the_work(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Troubles that leave the desk open: the work stays in sight."""
    from cxdesk.ui.reading import no_model, not_ready  # with the desk, whose rooms are loaded by now

    inbox, status = window.inbox, window.status
    before = status.model_state
    status.show_model(no_model())
    yield "error-no-model", window
    status.show_model(not_ready(NO_MODEL))
    inbox.tell(Unavailable(NO_MODEL))
    yield "error-missing-model", window
    inbox.notice.hide()
    show_as_it_is = _show_failed_draft(window)
    status.show_model(not_ready(DIED))
    yield "error-model-died", window
    show_as_it_is()
    status.show_model(before)
    inbox.tell(Unavailable(FULL))
    yield "error-disk-full", window
    inbox.notice.hide()
    status.show_network("http://192.168.0.7:8080/v1", offline=True)
    yield "error-offline", window
    window.say_network()


def _show_failed_draft(window: Window) -> Callable[[], None]:
    """The draft in front as the desk's own brief, after a model that failed; what shows it again as it is."""
    inbox = window.inbox
    row = next(iter(inbox.conversations.model.values()), None)
    if row is not None:
        inbox.conversations.choose(row.id)
        settle(window)
    view = inbox.view
    if view is None or view.draft is None or view.run is None:
        return _nothing
    draft, run = view.draft, view.run
    grounding = {"unsupported": (), "supported": 2, "used_brief": True}
    inbox.pane.card.show_draft(draft, replace(run, checks=words.checks(grounding, failure=DIED, by_model=True)))
    return lambda: inbox.pane.card.show_draft(draft, run)


def _nothing() -> None:
    """For a button that is only pictured."""
