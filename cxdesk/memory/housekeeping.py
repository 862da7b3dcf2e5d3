"""The jobs that keep search and figures up to date behind the desk's back."""

from __future__ import annotations

from datetime import datetime

from cxdesk.domain import Unavailable
from cxdesk.memory.overview import Overview
from cxdesk.memory.past import Past
from cxdesk.memory.scheduler import Job
from cxdesk.memory.search import History
from cxdesk.store import Store

LEARN_EVERY_S = 300.0
LINK_EVERY_S = 3600.0
# Some two minutes of embedding on two cores.
AT_A_TIME = 5_000


def jobs(store: Store, history: History, overview: Overview, past: Past) -> list[Job]:
    """What is to be done from time to time so that search, figures and gaps answer at once."""

    def learn(_: datetime) -> str:
        store.traces.catch_up()
        try:
            return f"{history.learn(limit=AT_A_TIME):,} messages learned."
        except Unavailable as trouble:
            return f"Only words are searched: {trouble}"

    def link(_: datetime) -> str:
        return f"{overview.link_replies():,} saved replies looked at."

    def tidy(_: datetime) -> str:
        history.tidy()
        return "The index of words was written anew."

    def read_past(_: datetime) -> str:
        return f"{past.read(limit=AT_A_TIME):,} messages of imported conversations read."

    return [
        Job("past", "Reads moods and intents of imported conversations.", read_past, every_s=LEARN_EVERY_S),
        Job("search", "Makes what was said findable by meaning.", learn, every_s=LEARN_EVERY_S),
        Job("replies", "Notes which documents saved replies rest on.", link, every_s=LINK_EVERY_S),
        Job("search index", "Writes the index of words anew.", tidy, hour=4),
    ]
