"""Protocols between neighbours of the first floor, filled by the desk.

`store`, `knowledge`, `llm` and `signals` never import each other. What one needs of another is said
here, as small as it can be, so that each room is tested with its neighbours absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Event
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from cxdesk.domain import Document, Hit, Record, Stopped

Schema = TypeVar("Schema", bound=BaseModel)

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what): how long work tells a screen where it stands."""


def stoppable(progress: Progress, cancel: Event | None, told: str) -> Progress:
    """`progress` for work that ends with `Stopped`, saying `told`, at its next step once `cancel` is set."""

    def go_on(done: int, total: int, what: str) -> None:
        if cancel is not None and cancel.is_set():
            raise Stopped(told)
        progress(done, total, what)

    return go_on


class ChatMessage(Record):
    role: Literal["system", "user", "assistant"]
    content: str


class Prompt(Record):
    """What a model reads. The messages before the last change least: put what never changes first.

    `slot` names whose prefix this continues (a conversation's id), so that a following turn evaluates
    only what is new.
    """

    messages: tuple[ChatMessage, ...]
    slot: str = ""


@runtime_checkable
class LanguageModel(Protocol):
    """An engine that phrases and classifies. Raises `Unavailable` when it can't, with the reason."""

    @property
    def name(self) -> str: ...

    @property
    def context_tokens(self) -> int:
        """The context that is really there: prompt and reply together."""
        ...

    def stream(self, prompt: Prompt, *, max_tokens: int, cancel: Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces, greedily decoded. Setting `cancel` ends it early, without an error."""
        ...

    def choose(self, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
        """Probabilities of the labels as the reply's beginning, summing to 1, by one forward pass."""
        ...

    def complete_json(self, prompt: Prompt, schema: type[Schema], *, max_tokens: int) -> Schema:
        """A reply that is valid under the schema, by constrained decoding. Raises `Invalid` when cut short."""
        ...

    def count_tokens(self, text: str) -> int: ...

    def close(self) -> None: ...


class ModelUse(Record):
    """What replies cost: how long they waited in line, the tokens read and written, and how long the writing took."""

    queue_ms: float = 0.0
    read_tokens: int = 0
    written_tokens: int = 0
    write_ms: float = 0.0


@runtime_checkable
class Metered(Protocol):
    """A model that knows what its replies cost."""

    def used(self, slot: str) -> ModelUse | None:
        """What the slot's requests cost since this was asked last; None when there was none."""
        ...


class ToolRequest(Record):
    """A call that a model asks for. Untrusted: `arguments` is the text that came, meant to be a JSON object."""

    id: str
    name: str
    arguments: str


class ToolRound(Record):
    """What a model asked for at once, and what came of it: one result, as text, for each request."""

    requests: tuple[ToolRequest, ...]
    results: tuple[str, ...]


@runtime_checkable
class ToolCaller(Protocol):
    """A model that can ask for tools. Raises `Unavailable` when it can't, with the reason."""

    @property
    def name(self) -> str: ...

    def call_tools(
        self, prompt: Prompt, rounds: Sequence[ToolRound], tools: Sequence[Mapping[str, Any]], *, max_tokens: int
    ) -> tuple[ToolRequest, ...]:
        """The calls to make next, after `rounds`; none when the model has seen enough. `tools` are function schemas."""
        ...


class Personal(Record):
    """A personal datum as it may stand in a text. `exact_case` where another case would be another word ('Will')."""

    kind: Literal["NAME", "EMAIL", "PHONE", "ADDRESS", "ORDER", "TICKET", "TRACKING", "ACCOUNT"]
    value: str
    exact_case: bool = False


FindPersonal = Callable[[str, Sequence[str]], Sequence[Personal]]
"""Called with a prompt's slot and its texts: the personal data that must not leave this PC in them."""

OnConnect = Callable[[str, str], None]
"""Called with (who asks, host and port) before every connection that is tried: for the ledger of connections."""


class Embedder(Protocol):
    """Turns texts into vectors. Safe to call from several threads."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension), each row of length 1."""
        ...


class DocumentShelf(Protocol):
    """Where documents are kept: the truth, of which the search index is a copy that can be rebuilt."""

    def put(self, document: Document) -> None: ...

    def find(self, name: str) -> Document | None: ...

    def all(self) -> list[Document]: ...

    def remove(self, name: str) -> bool: ...


class KnowledgeSearch(Protocol):
    """What a turn needs of the knowledge base."""

    def search(self, query: str, *, k: int = 5, category: str | None = None) -> list[Hit]: ...
