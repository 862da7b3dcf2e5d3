"""A language model that says what it was told to say: for tests, and for showing the desk without weights."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

from pydantic import BaseModel, ValidationError

from cxdesk.domain import Invalid, Unavailable
from cxdesk.ports import Prompt, Schema


@dataclass(frozen=True)
class Death:
    """In the place of a reply: the model writes `after`, then its process is gone."""

    after: str = ""


Reply = str | Death | Exception | Callable[[Prompt], str]
Choice = str | Mapping[str, float] | Exception
Answer = BaseModel | Mapping[str, Any] | Exception


class ScriptedModel:
    """A `LanguageModel` whose answers are queued; `prompts` holds what it was asked, oldest first.

    Each kind of request has its own queue. `choose` given a label's name is nine tenths sure of it; with
    nothing queued it is undecided. A `stream` or `complete_json` with nothing queued raises `LookupError`,
    since a test forgot it. An exception in a queue is raised.
    """

    def __init__(
        self,
        replies: Iterable[Reply] = (),
        *,
        choices: Iterable[Choice] = (),
        answers: Iterable[Answer] = (),
        name: str = "scripted",
        context_tokens: int = 4096,
    ) -> None:
        self.replies = deque(replies)
        self.choices = deque(choices)
        self.answers = deque(answers)
        self.prompts: list[Prompt] = []
        self.closed = False
        self._name = name
        self._context_tokens = context_tokens

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    def stream(self, prompt: Prompt, *, max_tokens: int, cancel: Event | None = None) -> Iterator[str]:
        self._take(prompt, max_tokens)
        reply = _next(self.replies, "reply")
        text = reply.after if isinstance(reply, Death) else reply(prompt) if callable(reply) else reply
        for count, piece in enumerate(re.findall(r"\s*\S+|\s+$", text)):
            if count >= max_tokens or (cancel and cancel.is_set()):
                return
            yield piece
        if isinstance(reply, Death):
            raise Unavailable(f"The language model {self._name!r} can't answer: its process ended. Try again.")

    def choose(self, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
        self._take(prompt, 1)
        choice = _next(self.choices, "choice") if self.choices else dict.fromkeys(labels, 1.0)
        if isinstance(choice, str):
            rest = 0.1 / max(1, len(labels) - 1)
            choice = {label: 0.9 if label == choice else rest for label in labels}
        total = sum(choice.get(label, 0.0) for label in labels)
        return {label: choice.get(label, 0.0) / total for label in labels}

    def complete_json(self, prompt: Prompt, schema: type[Schema], *, max_tokens: int) -> Schema:
        self._take(prompt, max_tokens)
        answer = _next(self.answers, "answer")
        try:
            return schema.model_validate(answer.model_dump() if isinstance(answer, BaseModel) else dict(answer))
        except ValidationError as error:
            raise Invalid(f"The model {self._name!r} gave no valid {schema.__name__}.") from error

    def count_tokens(self, text: str) -> int:
        """A token a word or mark: near enough for budgets in tests."""
        return len(re.findall(r"\w+|[^\w\s]", text))

    def close(self) -> None:
        self.closed = True

    def _take(self, prompt: Prompt, max_tokens: int) -> None:
        needed = sum(self.count_tokens(message.content) for message in prompt.messages) + max_tokens
        if needed > self._context_tokens:
            raise Invalid(
                f"This does not fit the model {self._name!r}: prompt and reply take up to {needed} tokens "
                f"and the context holds {self._context_tokens}. Shorten the prompt."
            )
        self.prompts.append(prompt)


def _next(queue: deque[Any], what: str) -> Any:
    if not queue:
        raise LookupError(f"The scripted model has no {what} left.")
    item = queue.popleft()
    if isinstance(item, Exception):
        raise item
    return item
