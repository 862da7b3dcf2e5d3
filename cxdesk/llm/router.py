"""Decides which engine answers: the one on this PC, the one elsewhere, or the second after the first.

An engine that has just failed is spared for a while, so that not every turn waits for it again. A reply never
changes engines half-way: its beginning may have been read already. Then the turn's own second try goes on with
the engine that is left, or the brief speaks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Event
from typing import Any, Literal, TypeVar

from cxdesk.domain import Unavailable
from cxdesk.ports import LanguageModel, Prompt, Schema, ToolCaller, ToolRequest, ToolRound

REST_S = 30.0

Value = TypeVar("Value")
Clock = Callable[[], float]


class _Resting(Unavailable):
    """It failed a moment ago and was not asked again."""


class _Engine:
    """An engine that may fail to open or to answer, and then rests."""

    def __init__(self, open_: Callable[[], LanguageModel | None], *, rest_s: float, clock: Clock) -> None:
        self._open = open_
        self._rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failure: tuple[float, Unavailable] | None = None

    def model(self) -> LanguageModel:
        """The engine. Raises `Unavailable` while it rests, with the reason of its failure."""
        with self._lock:
            failure = self._failure
        if failure and self._clock() < failure[0] + self._rest_s:
            raise _Resting(str(failure[1]))
        model = self._open()
        if model is None:
            raise Unavailable("There is no language model on this PC. Fetch one with 'cxdesk models fetch'.")
        return model

    def failed(self, error: Unavailable) -> None:
        if isinstance(error, _Resting):
            return
        with self._lock:
            self._failure = (self._clock(), error)

    def answered(self) -> None:
        with self._lock:
            self._failure = None


class Router:
    """What all turns share: the engines, and which of them failed of late. Closes neither."""

    def __init__(
        self,
        local: Callable[[], LanguageModel | None],
        remote: LanguageModel,
        when: Literal["on_failure", "always"],
        *,
        rest_s: float = REST_S,
        clock: Clock = time.monotonic,
    ) -> None:
        self._here = _Engine(local, rest_s=rest_s, clock=clock)
        self._there = _Engine(lambda: remote, rest_s=rest_s, clock=clock)
        self._when = when

    def for_turn(self) -> RoutedModel:
        """A `LanguageModel` for one turn."""
        return RoutedModel([self._there] if self._when == "always" else [self._here, self._there], self._there)


class RoutedModel:
    """The engines of one turn as one `LanguageModel`, in the order in which they are asked.

    `name` is that of the engine asked last, 'none' while all of them rest; once anything of the turn was sent
    elsewhere, it is the remote one's, so that the turn is marked. A judgement (`choose`) is never sent elsewhere: the
    lexicon judges alone.
    Tool calls are asked of the remote one only.
    """

    def __init__(self, engines: Sequence[_Engine], remote: _Engine) -> None:
        self._engines = engines
        self._remote = remote
        self._asked = ""
        self._sent = ""

    @property
    def name(self) -> str:
        try:
            return self._sent or self._asked or self._first(lambda model: model.name)
        except Unavailable:  # all of them rest
            return "none"

    @property
    def context_tokens(self) -> int:
        return self._first(lambda model: model.context_tokens)

    def stream(self, prompt: Prompt, *, max_tokens: int, cancel: Event | None = None) -> Iterator[str]:
        last: Unavailable | None = None
        for engine in self._engines:
            begun = False
            try:
                for piece in self._use(engine).stream(prompt, max_tokens=max_tokens, cancel=cancel):
                    begun = True
                    yield piece
            except Unavailable as error:
                engine.failed(error)
                last = error
                if begun:
                    break
            else:
                engine.answered()
                return
        raise last or _nobody()

    def choose(self, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
        if self._engines[0] is self._remote:
            raise Unavailable("Judgements are not asked of a model elsewhere.")
        return self._engines[0].model().choose(prompt, labels)

    def complete_json(self, prompt: Prompt, schema: type[Schema], *, max_tokens: int) -> Schema:
        return self._answer(lambda model: model.complete_json(prompt, schema, max_tokens=max_tokens))

    def call_tools(
        self, prompt: Prompt, rounds: Sequence[ToolRound], tools: Sequence[Mapping[str, Any]], *, max_tokens: int
    ) -> tuple[ToolRequest, ...]:
        try:
            model = self._use(self._remote)
            if not isinstance(model, ToolCaller):
                raise Unavailable(f"The model {model.name!r} can't ask for tools. Set 'planner' to 'rules'.")
            requests = model.call_tools(prompt, rounds, tools, max_tokens=max_tokens)
        except Unavailable as error:
            self._remote.failed(error)
            raise
        self._remote.answered()
        return requests

    def count_tokens(self, text: str) -> int:
        return self._first(lambda model: model.count_tokens(text))

    def close(self) -> None:
        """Nothing: the engines are the router's owner's to close."""

    def _use(self, engine: _Engine) -> LanguageModel:
        model = engine.model()
        self._asked = model.name
        if engine is self._remote:
            self._sent = model.name
        return model

    def _answer(self, ask: Callable[[LanguageModel], Value]) -> Value:
        last: Unavailable | None = None
        for engine in self._engines:
            try:
                answer = ask(self._use(engine))
            except Unavailable as error:
                engine.failed(error)
                last = error
            else:
                engine.answered()
                return answer
        raise last or _nobody()

    def _first(self, ask: Callable[[LanguageModel], Value]) -> Value:
        """What the first engine that can says of itself; nothing is sent for it."""
        for engine in self._engines[:-1]:
            try:
                return ask(engine.model())
            except Unavailable as error:
                engine.failed(error)
        return ask(self._engines[-1].model())


def _nobody() -> Unavailable:
    return Unavailable("No language model can answer.")
