"""The window's pages, in the order of the rail: what is known of each before its class is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from cxdesk.ui.language import mark

if TYPE_CHECKING:
    from cxdesk.access import Right
    from cxdesk.ui.page import Page


@dataclass(frozen=True)
class Entry:
    """One page: `made_by` is where its class is, `icon` one of `resources/ui/icons`, `title` is not translated yet.

    Whoever lacks the `right` doesn't see the page.
    """

    title: str
    icon: str
    made_by: str
    right: Right | None = None

    def load(self) -> type[Page]:
        """Its class, imported now: that may take longer than a window may to come up."""
        module, _, kind = self.made_by.partition(":")
        page: type[Page] = getattr(import_module(module), kind)
        return page


PAGES = {
    "inbox": Entry(mark("Inbox"), "inbox", "cxdesk.ui.inbox_page:InboxPage"),
    "tickets": Entry(mark("Tickets"), "tickets", "cxdesk.ui.tickets_page:TicketsPage"),
    "customers": Entry(mark("Customers"), "customers", "cxdesk.ui.customers_page:CustomersPage"),
    "knowledge": Entry(mark("Knowledge"), "knowledge", "cxdesk.ui.knowledge_page:KnowledgePage"),
    "canned": Entry(mark("Canned replies"), "canned", "cxdesk.ui.canned_page:CannedPage"),
    "figures": Entry(mark("Figures"), "figures", "cxdesk.ui.figures_page:FiguresPage"),
    "monitor": Entry(mark("Monitor"), "monitor", "cxdesk.ui.monitor_page:MonitorPage"),
    "models": Entry(mark("Models"), "models", "cxdesk.ui.models_page:ModelsPage"),
    "settings": Entry(mark("Settings"), "settings", "cxdesk.ui.settings_page:SettingsPage"),
}
