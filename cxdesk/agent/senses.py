"""What a sentence of a reply comes to, learned from examples where rules and lists of words leave a doubt.

People word courtesies and states of orders in ever new ways, so no list of words foresees them. Examples in
`resources` do better: they vote by likeness of meaning (`signals/classifier.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from cxdesk.ports import Embedder
from cxdesk.settings import bundled
from cxdesk.signals.sentiment import learn_votes


class Senses(NamedTuple):
    """`courtesy` is how likely a sentence states nothing of the shop, 0..1; `state` how likely it tells each state.

    What is spoken of is called 'it' for `state`: 'It has hit the road.' is likely 'shipped'.
    """

    courtesy: Callable[[str], float]
    state: Callable[[str], Mapping[str, float]]


RULES_ALONE = Senses(lambda sentence: 0.0, lambda sentence: {})
"""Where there is nothing to learn with: sure of nothing."""


def learn_senses(kept_in: Path, embedder: Embedder) -> Senses:
    """Senses by the examples that come with the program, kept in a folder for the next start."""
    harmless, states = (
        learn_votes(bundled(f"resources/{name}"), kept_in / f"{name}-{embedder.name}.npz", embedder)
        for name in ("harmless", "states")
    )
    return Senses(lambda sentence: harmless(sentence)["courtesy"], states)
