"""The language model of a desk, which may be changed while replies are being written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cxdesk.ports import LanguageModel

Open = Callable[[], LanguageModel | None]


class Lending:
    """Lends one model to all, opened at its first use.

    Inside `turn` the model that is asked for first stays the turn's own until it ends, whatever is changed meanwhile; a
    model that was changed for another is closed once no turn has it.
    """

    def __init__(self, open_: Open) -> None:
        self._open = open_
        self._opening = threading.Lock()
        self._model: LanguageModel | None = None
        self._turns: list[_Turn] = []
        self._put_aside: list[LanguageModel] = []
        self._mine = threading.local()

    @property
    def opened(self) -> LanguageModel | None:
        """The model that is open now; opens none."""
        return self._model

    def model(self) -> LanguageModel | None:
        """The model, or None where there is none. Raises `Unavailable` when it can't be opened."""
        mine: _Turn | None = getattr(self._mine, "turn", None)
        if mine is not None and mine.has_asked:
            return mine.model
        with self._opening:
            if self._model is None:
                self._model = self._open()
            if mine is not None:
                mine.model, mine.has_asked = self._model, True
            return self._model

    @contextmanager
    def turn(self) -> Iterator[None]:
        """What this thread asks for inside is one and the same model, and stays open."""
        if getattr(self._mine, "turn", None) is not None:
            yield
            return
        mine = self._mine.turn = _Turn()
        with self._opening:
            self._turns.append(mine)
        try:
            yield
        finally:
            self._mine.turn = None
            with self._opening:
                self._turns.remove(mine)
            self._close_what_nobody_has()

    def put(self, model: LanguageModel | None) -> None:
        """Lend this one from now on; None: open one at its next use."""
        with self._opening:
            if self._model is not None and self._model is not model:
                self._put_aside.append(self._model)
            self._model = model
        self._close_what_nobody_has()

    def close(self) -> None:
        """Close all, also what is in use."""
        with self._opening:
            models = [*self._put_aside, *([self._model] if self._model else [])]
            self._put_aside, self._model = [], None
        for model in models:
            model.close()

    def _close_what_nobody_has(self) -> None:
        with self._opening:
            idle = [model for model in self._put_aside if not any(turn.model is model for turn in self._turns)]
            self._put_aside = [model for model in self._put_aside if model not in idle]
        for model in idle:
            model.close()


class _Turn:
    """One turn, and the model that it has asked for."""

    def __init__(self) -> None:
        self.model: LanguageModel | None = None
        self.has_asked = False
