"""The store: one database, and a repository for each subject."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from cxdesk.domain import DeskError
from cxdesk.store.accounts import Accounts
from cxdesk.store.audit import Audit
from cxdesk.store.bulk import Bulk
from cxdesk.store.canned import CannedReplies
from cxdesk.store.conversations import Conversations
from cxdesk.store.customers import Customers
from cxdesk.store.database import Database, wipe
from cxdesk.store.documents import Documents
from cxdesk.store.drafts import Drafts
from cxdesk.store.erasure import WIPED, PersonalData
from cxdesk.store.facts import Facts
from cxdesk.store.feedback import Ratings
from cxdesk.store.figures import FigureRows
from cxdesk.store.gaps import Gaps
from cxdesk.store.handoffs import Handoffs
from cxdesk.store.inbox import Inbox
from cxdesk.store.insights import Insights
from cxdesk.store.jobs import JobRuns
from cxdesk.store.migrations import migrate
from cxdesk.store.orders import Orders
from cxdesk.store.past import PastTalks
from cxdesk.store.people import PeopleRows
from cxdesk.store.products import Products
from cxdesk.store.profiles import Profiles
from cxdesk.store.queries import Queries
from cxdesk.store.replays import Replays
from cxdesk.store.runs import Runs
from cxdesk.store.search import MessageSearch
from cxdesk.store.sign_ups import SignUps
from cxdesk.store.tickets import Tickets
from cxdesk.store.traces import Traces

log = logging.getLogger("cxdesk.store")


class Store:
    """What a desk keeps, safe to use from several threads: reads run side by side, writes take turns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_closed = False
        self.customers = Customers(database)
        self.orders = Orders(database)
        self.products = Products(database)
        self.tickets = Tickets(database)
        self.conversations = Conversations(database)
        self.runs = Runs(database)
        self.drafts = Drafts(database)
        self.audit = Audit(database)
        self.handoffs = Handoffs(database)
        self.documents = Documents(database)
        self.canned = CannedReplies(database)
        self.queries = Queries(database)
        self.inbox = Inbox(database)
        self.insights = Insights(database)
        self.profiles = Profiles(database)
        self.facts = Facts(database)
        self.job_runs = JobRuns(database)
        self.bulk = Bulk(database)
        self.search = MessageSearch(database)
        self.ratings = Ratings(database)
        self.figures = FigureRows(database)
        self.gaps = Gaps(database)
        self.traces = Traces(database)
        self.replays = Replays(database)
        self.people = PeopleRows(database)
        self.past = PastTalks(database)
        self.personal = PersonalData(database)
        self.accounts = Accounts(database)
        self.sign_ups = SignUps(database)

    @classmethod
    def open(cls, path: Path | None) -> Self:
        """Open the database file at `path`, an empty one where there is none; None keeps all in memory.

        Its folder is made when missing. Raises `Unavailable`, and changes nothing, when the folder can't be
        written, the disk is full, another process holds the file (it is named), the file is something else,
        or a newer program made it.
        """
        store = cls(_opened(path))
        if store.personal.waits_for_wipe():  # the program ended before it was done
            store.close()
            store = cls(_opened(path))
        return store

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing for what this thread writes inside, over all repositories.

        Inside another transaction of the same thread it is a part of that one. Other threads' writes wait, so
        keep it short: no model and no embedding inside.
        """
        return self._database.transaction()

    def close(self) -> None:
        """Let go of the file; another process may open it then. Closing twice is no error.

        If a person's data was deleted, the file is written anew first, which takes seconds for a large one.
        """
        if self._is_closed:
            return
        self._is_closed = True
        path, wanted = self._database.path, False
        with suppress(DeskError):  # a database that failed can still be closed
            wanted = self.personal.waits_for_wipe()
        self._database.close()
        if path is not None and wanted:
            try:
                wipe(path, WIPED)
            except DeskError as error:  # the next start tries again
                log.info("deleted rows are still in the file: %s", error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _opened(path: Path | None) -> Database:
    database = Database(path)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database
