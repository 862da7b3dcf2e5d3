"""What the tour pictures of the inbox: the conversations that have something to show, and what comes up in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from cxdesk.ui.sending import Outgoing
from cxdesk.ui.settle import Busy, settle
from cxdesk.ui.views import ConversationView

if TYPE_CHECKING:
    from cxdesk.ui.inbox_page import InboxPage

# The tour looks for something to show in so many conversations, the first of the list.
LOOKED_THROUGH = 40


def sights(page: InboxPage) -> Iterator[tuple[str, QWidget]]:
    """Bring up one sight after the other; each is pictured before the next is brought up."""
    _go_to(page, lambda view: view.draft is not None and view.handoff is None)
    yield "inbox", page
    yield "customer-panel", page.panel.body
    yield from _moments(page)
    yield from _helpers(page)
    if _go_to(page, lambda view: view.handoff is not None):
        yield "handoff", page
    if _go_to(page, lambda view: view.action is not None and view.action.can_be_decided):
        yield "proposal", page
    if _go_to(page, lambda view: any(bubble.flags for bubble in view.bubbles)):
        page.panel.unfold_trace()
        _wait(page)
        yield "flags", page
        yield "what-the-desk-did", page.panel.body
    if _go_to(page, _has_sources) and page.view and page.view.run:
        page.open_source(page.view.run.sources[0])
        _wait(page)
        yield "source-view", page.source_view
        page.source_view.close()
    page.conversations.filter.setText("no conversation has these words")
    _wait(page)
    yield "empty", page
    page.conversations.filter.clear()


def _moments(page: InboxPage) -> Iterator[tuple[str, QWidget]]:
    """A sentence that is pointed at, a second look, and a reply on its way: nothing of it is sent."""
    view, card = page.view, page.pane.card
    if view is None or view.draft is None or view.run is None:
        return
    page.panel.point_at(card.marks.at(0))
    yield "sentence", page
    page.panel.point_at(())
    card.marks.follow(replace(view.run, unsupported=(view.draft.text.partition(". ")[0],)))
    card.approve()
    yield "second-look", page
    card.marks.follow(view.run)
    card.show_draft(view.draft, view.run)
    page.sending.begin(Outgoing(view.id, view.draft.text, lambda _: None))
    yield "sending", page
    page.sending.take_back()
    _wait(page)


def _helpers(page: InboxPage) -> Iterator[tuple[str, QWidget]]:
    """What comes up while a person works on a draft."""
    composer, card = page.pane.composer, page.pane.card
    page.window().activateWindow()
    composer.field.setFocus()
    composer.field.insertPlainText("/")
    _wait(page)
    yield "saved-replies", page
    composer.field.clear()
    card.ask_why()
    yield "reject", page
    page.pane.why_rejected.close_up()


def _go_to(page: InboxPage, wanted: Callable[[ConversationView], bool]) -> bool:
    """Choose the first conversation that is as wanted."""
    for row in page.conversations.model.values()[:LOOKED_THROUGH]:
        page.conversations.choose(row.id)
        _wait(page)
        if page.view and wanted(page.view):
            return True
    return False


def _has_sources(view: ConversationView) -> bool:
    return view.run is not None and bool(view.run.sources)


def _wait(page: InboxPage) -> None:
    settle(cast(Busy, page.window()))
