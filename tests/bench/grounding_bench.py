"""How many wrong replies the checker finds, and how many true ones it stops.

True replies are the desk's own and the same in other words, over the demo shop, a generated shop of another
shape and, where CXDESK_BENCH_RETAIL names a data directory, a copy of that desk. One fact is then changed in
each. The checker has been mended on all sets of wordings: add a new one for an unseen figure.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from cxdesk.agent.compose import Checker
from cxdesk.agent.senses import RULES_ALONE, Senses, learn_senses
from cxdesk.demo import open_demo
from cxdesk.desk import Desk
from cxdesk.domain import Unavailable
from cxdesk.llm.embedder import open_embedder
from cxdesk.llm.memo import MemoEmbedder
from cxdesk.ports import Embedder
from cxdesk.settings import models_dir
from tests.bench import second_shop
from tests.bench.replies import SETS, Reply, names_of, plain_replies, true_replies, wrong_replies

RETAIL = "CXDESK_BENCH_RETAIL"
EMBEDDER = "all-minilm-l6-v2"


def measure(
    *, orders: int = 12, passages: int = 60, every: int = 3, embedder: Embedder | None = None
) -> dict[str, Any]:
    """For each set of wordings the shares of wrong replies found and of true ones stopped, and how many there were.

    Of the desk's own replies `every` third is worded and changed, each set beginning at another: enough, and quick.
    """
    drawn = replies(SETS, orders=orders, passages=passages, every=every, embedder=embedder)
    senses = _senses(embedder)
    return {f"wordings {each + 1}": figures(*drawn[each], senses) for each in SETS}


def figures(true: Sequence[Reply], wrong: Sequence[Reply], senses: Senses = RULES_ALONE) -> dict[str, Any]:
    made = Counter(reply.what for reply in wrong)
    missed = Counter(reply.what for reply in wrong if not faults(reply, senses))
    stopped = sum(bool(faults(reply, senses)) for reply in true)
    return {
        "true_replies": len(true),
        "false_alarms": round(stopped / len(true), 4),
        "wrong_replies": len(wrong),
        "found": round(1 - sum(missed.values()) / len(wrong), 4),
        "found_by_kind": {what: f"{made[what] - missed[what]}/{made[what]}" for what in sorted(made)},
    }


def replies(
    wording_sets: Sequence[int], *, orders: int, passages: int, every: int = 1, embedder: Embedder | None = None
) -> dict[int, tuple[list[Reply], list[Reply]]]:
    """True and wrong replies over all shops, by set of wordings."""
    drawn: dict[int, tuple[list[Reply], list[Reply]]] = {each: ([], []) for each in wording_sets}
    with tempfile.TemporaryDirectory() as scratch:
        for desk in _desks(Path(scratch), embedder):
            plain, names = plain_replies(desk, orders=orders, passages=passages), names_of(desk)
            for each, (true, wrong) in drawn.items():
                chosen = plain[each % every :: every]
                true += true_replies(chosen, each)
                wrong += wrong_replies(chosen, names, each)
    return drawn


def faults(reply: Reply, senses: Senses = RULES_ALONE) -> list[str]:
    """What the checker holds against a reply."""
    checker = Checker(reply.question, reply.brief, reply.evidence, lambda: senses)
    return [fault for _, check in checker.check_reply(reply.text) for fault in check.faults]


def _senses(embedder: Embedder | None) -> Senses:
    """What the desk would use: rules alone where no embedding model is installed."""
    try:
        embedder = embedder or open_embedder(models_dir() / EMBEDDER)
    except Unavailable:
        return RULES_ALONE
    return learn_senses(models_dir() / "learned", MemoEmbedder(embedder))


def _desks(scratch: Path, embedder: Embedder | None) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield stack.enter_context(open_demo(scratch / "demo", "none", embedder=embedder))
        yield stack.enter_context(second_shop.fill(scratch / "second", embedder))
        if os.environ.get(RETAIL):
            shutil.copytree(os.environ[RETAIL], scratch / "retail")
            yield stack.enter_context(Desk.open(scratch / "retail", model="none", embedder=embedder))


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
