"""For the tour: the sign-in page, the first start and the customers' window, over a desk that isn't changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cxdesk.ui.customer_window import CustomerWindow
from cxdesk.ui.first_start import FirstStart
from cxdesk.ui.first_start_views import STEPS, Progress
from cxdesk.ui.language import tr
from cxdesk.ui.settle import settle
from cxdesk.ui.sign_in import SignInPage
from cxdesk.ui.sign_in_dialogs import FirstAccountDialog

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ui.window import Window


def sights(window: Window, desk: Desk) -> Iterator[tuple[str, QWidget]]:
    """Each with a name and what to picture."""
    for name, part in (("sign-in", _sign_in(window, desk)), ("first-start", _first_start(window, desk))):
        window.look.dress(part)
        part.resize(window.size())
        part.show()
        settle(window)
        yield name, part
        part.close()
    window.create_first_account()
    dialog = window.findChild(FirstAccountDialog)
    assert dialog is not None
    yield "first-account", dialog
    dialog.reject()
    yield from _counter(window, desk)


def _sign_in(window: Window, desk: Desk) -> QWidget:
    page = SignInPage(window.look)
    page.welcome(desk.settings.shop_name)
    return page


def _first_start(window: Window, desk: Desk) -> QWidget:
    return FirstStart(window.look, window.work, desk, Progress({STEPS[0]: tr("No language model")}), None)


def _counter(window: Window, desk: Desk) -> Iterator[tuple[str, QWidget]]:
    counter = CustomerWindow(window.look.theme.name)
    counter.show()
    counter.take(desk)
    settle(counter)
    yield "customer-window", counter
    recent = desk.store.conversations.recent(1)
    counter.visit(recent[0].id if recent else None)
    settle(counter)
    yield "customer-chat", counter
    counter.go("help")
    settle(counter)
    yield "customer-help", counter
    counter.close_down()
    counter.close()
