"""A language model elsewhere, behind any OpenAI-compatible endpoint. Off unless the owner switches it on.

What goes out is masked (`cxdesk.llm.mask`) and what returns is restored. What returns is untrusted: it is read
through the small records below, and whatever does not fit them is a trouble of the endpoint. Every trouble
ends as `Unavailable` with one sentence that holds neither a text nor a key; an endpoint's own words about an
error are dropped, since they may repeat what was sent.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import math
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from cxdesk.domain import Invalid, Record, Refused, Unavailable
from cxdesk.llm.feed import on_a_thread
from cxdesk.llm.mask import Mask, UnknownMark
from cxdesk.ports import FindPersonal, OnConnect, Prompt, Schema, ToolRequest, ToolRound
from cxdesk.settings import Settings

if TYPE_CHECKING:
    from openai import OpenAI

WHO = "fallback"
CONNECT_S = 5.0
# Between two tries, when the endpoint names no shorter time; one that asks for more patience is given up.
PAUSE_S = 0.5
MOST_PAUSE_S = 2.0
# A cautious guess: tokenizers differ, and the endpoint's is not here.
BYTES_A_TOKEN = 3
_PASSING = frozenset({408, 409, 429, *range(500, 600)})
# Options that some models refuse, and what they are called there.
_DISPENSABLE = {"max_tokens": "max_completion_tokens", "temperature": "", "logprobs": "", "top_logprobs": ""}
_TELLTALES = ("x-stainless-", "user-agent", "openai-organization", "openai-project")
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")

Answer = TypeVar("Answer", bound=BaseModel)


class Endpoint(Record):
    url: str
    model: str
    key: SecretStr = SecretStr("")
    timeout_s: float = 20.0
    retries: int = 1
    pause_s: float = PAUSE_S
    context_tokens: int = 8192

    @property
    def place(self) -> str:
        return urlsplit(self.url).netloc.rpartition("@")[2]


# ---------------------------------------------------------------- what an endpoint may say


class _Heard(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class _Function(_Heard):
    name: str
    arguments: str = ""


class _ToolCall(_Heard):
    id: str | None = None
    function: _Function


class _Said(_Heard):
    content: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Likely(_Heard):
    token: str
    logprob: float


class _Position(_Heard):
    top_logprobs: list[_Likely]


class _Logprobs(_Heard):
    content: list[_Position] | None = None


class _Choice(_Heard):
    message: _Said
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Completion(_Heard):
    choices: list[_Choice] = Field(min_length=1)


class _Piece(_Heard):
    content: str | None = None


class _PartChoice(_Heard):
    delta: _Piece
    finish_reason: str | None = None


class _Part(_Heard):
    choices: list[_PartChoice]


# ---------------------------------------------------------------- the model


class RemoteModel:
    """A `LanguageModel` and `ToolCaller` behind an endpoint. Safe to call from several threads.

    `personal` finds what must be masked; `on_connect` hears of each try to connect before it is made. A request
    takes at most the endpoint's `timeout_s`, its retries included. `count_tokens` is a cautious guess.
    """

    def __init__(
        self, endpoint: Endpoint, *, personal: FindPersonal, on_connect: OnConnect = lambda who, where: None
    ) -> None:
        self._endpoint = endpoint
        self._personal = personal
        self._on_connect = on_connect
        self._connecting = threading.Lock()
        self._client: OpenAI | None = None

    @property
    def name(self) -> str:
        return f"remote:{self._endpoint.model}"

    @property
    def context_tokens(self) -> int:
        return self._endpoint.context_tokens

    def stream(self, prompt: Prompt, *, max_tokens: int, cancel: Event | None = None) -> Iterator[str]:
        mask = self._mask(prompt)
        with self._told():
            pieces = self._pieces(_messages(prompt, mask), max_tokens, cancel)
            yield from mask.restore_stream(on_a_thread(pieces, cancel))

    def choose(self, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
        """As the endpoint's log-probabilities tell; where it gives none, all goes to the label that it wrote."""
        mask = self._mask(prompt)
        longest = max(len(label.encode()) for label in labels)
        with self._told():
            answer = self._ask(_messages(prompt, mask), max_tokens=longest, logprobs=True, top_logprobs=20).choices[0]
        positions = (answer.logprobs and answer.logprobs.content) or []
        if positions:
            chances = [(likely.token, math.exp(likely.logprob)) for likely in positions[0].top_logprobs]
        else:
            chances = [(answer.message.content or "", 1.0)]
        weights = {label: sum(chance for text, chance in chances if _begins(label, text)) for label in labels}
        total = sum(weights.values())
        return {label: weight / total if total else 1 / len(labels) for label, weight in weights.items()}

    def complete_json(self, prompt: Prompt, schema: type[Schema], *, max_tokens: int) -> Schema:
        mask = self._mask(prompt)
        with self._told():
            answer = self._ask_json(_messages(prompt, mask), schema, max_tokens).choices[0]
            text = mask.restore(_FENCE.sub("", answer.message.content or ""))
        try:
            return schema.model_validate_json(text)
        except ValidationError as error:
            cut = answer.finish_reason == "length"
            why = f"it was cut short at {max_tokens} tokens; allow more" if cut else "it breaks a rule of the schema"
            raise Invalid(f"The model {self.name!r} gave no valid {schema.__name__}: {why}.") from error

    def call_tools(
        self, prompt: Prompt, rounds: Sequence[ToolRound], tools: Sequence[Mapping[str, Any]], *, max_tokens: int
    ) -> tuple[ToolRequest, ...]:
        mask = self._mask(prompt, rounds)
        messages = [*_messages(prompt, mask), *(m for done in rounds for m in _round_messages(done, mask))]
        with self._told():
            said = self._ask(messages, max_tokens=max_tokens, tools=[dict(tool) for tool in tools]).choices[0].message
            return tuple(
                ToolRequest(
                    id=call.id or f"call_{len(rounds)}_{number}",
                    name=call.function.name,
                    arguments=_in_arguments(call.function.arguments, mask.restore),
                )
                for number, call in enumerate(said.tool_calls or ())
            )

    def count_tokens(self, text: str) -> int:
        return math.ceil(len(text.encode("utf-8", errors="replace")) / BYTES_A_TOKEN)

    def close(self) -> None:
        with self._connecting:
            client, self._client = self._client, None
        if client:
            client.close()

    # ------------------------------------------------------------ requests

    def _mask(self, prompt: Prompt, rounds: Sequence[ToolRound] = ()) -> Mask:
        said = [message.content for message in prompt.messages if message.role != "system"]
        results = [result for done in rounds for result in done.results]
        return Mask(self._personal(prompt.slot, [*said, *results]))

    def _pieces(self, messages: Sequence[Any], max_tokens: int, cancel: Event | None) -> Generator[str]:
        deadline = time.monotonic() + self._endpoint.timeout_s
        ended = False
        with self._try(deadline, cancel, messages=messages, max_tokens=max_tokens, stream=True) as parts:
            for part in parts:
                if cancel and cancel.is_set():
                    return
                if time.monotonic() > deadline:
                    raise self._unavailable(self._too_slow())
                for choice in _Part.model_validate(part).choices[:1]:
                    if choice.delta.content:
                        yield choice.delta.content
                    ended = ended or choice.finish_reason is not None
        if not ended:
            raise self._unavailable("its reply was cut off on the way")

    def _ask(self, messages: Sequence[Any], **options: Any) -> _Completion:
        deadline = time.monotonic() + self._endpoint.timeout_s
        return _Completion.model_validate(self._try(deadline, None, messages=messages, **options))

    def _ask_json(self, messages: Sequence[Any], schema: type[Schema], max_tokens: int) -> _Completion:
        """By the standard's own way, or by llama.cpp's older one where the endpoint does not know that.

        llama-cpp-python's server says 500 to what it does not know.
        """
        from openai import BadRequestError, InternalServerError, UnprocessableEntityError

        as_json = schema.model_json_schema()
        named = {"type": "json_schema", "json_schema": {"name": schema.__name__, "schema": as_json}}
        try:
            return self._ask(messages, max_tokens=max_tokens, response_format=named)
        except (BadRequestError, InternalServerError, UnprocessableEntityError):
            older = {"type": "json_object", "schema": as_json}
            return self._ask(messages, max_tokens=max_tokens, response_format=older)

    def _try(self, deadline: float, cancel: Event | None, **request: Any) -> Any:
        """Send a request, once more after a passing trouble while there is time."""
        from openai import APIConnectionError, APIStatusError

        for left in range(self._endpoint.retries, -1, -1):
            try:
                return self._send(deadline, {"temperature": 0.0, **request})
            except APIStatusError as error:
                pause = _pause(error.response.headers.get("retry-after"), self._endpoint.pause_s)
                if not left or error.status_code not in _PASSING or pause is None:
                    raise
            except APIConnectionError:
                pause = self._endpoint.pause_s
                if not left:
                    raise
            if time.monotonic() + pause >= deadline or (cancel or Event()).wait(pause):
                raise self._unavailable(self._too_slow())
        raise AssertionError("unreachable")

    def _send(self, deadline: float, request: dict[str, Any]) -> Any:
        """Send a request, without the options that the endpoint says it does not know."""
        from openai import BadRequestError

        timeout = self._timeout(deadline - time.monotonic())
        try:
            return self._connected().chat.completions.create(model=self._endpoint.model, timeout=timeout, **request)
        except BadRequestError as error:
            if error.param not in _DISPENSABLE or error.param not in request:
                raise
            value = request.pop(error.param)
            if newer := _DISPENSABLE[error.param]:
                request[newer] = value
            return self._send(deadline, request)

    def _timeout(self, left_s: float) -> Any:
        from openai import Timeout

        return Timeout(max(left_s, 0.1), connect=min(CONNECT_S, max(left_s, 0.1)))

    def _connected(self) -> OpenAI:
        with self._connecting:
            if self._client is None:
                self._client = self._new_client()
            return self._client

    def _new_client(self) -> OpenAI:
        import openai

        for library in ("openai", "httpx2", "httpcore2"):  # they log what is sent
            logging.getLogger(library).setLevel(logging.WARNING)
        client = openai.DefaultHttpxClient(
            follow_redirects=False,  # the owner allowed this address and no other
            event_hooks={"request": [self._before_sending]},
        )
        key = self._endpoint.key.get_secret_value() or "none"
        return openai.OpenAI(
            api_key=key, base_url=self._endpoint.url, max_retries=0, http_client=client, organization="", project=""
        )

    def _before_sending(self, request: Any) -> None:
        """Write the try down, and drop what the library would tell of this PC."""
        self._on_connect(WHO, self._endpoint.place)
        for name in [name for name in request.headers if name.lower().startswith(_TELLTALES)]:
            del request.headers[name]

    # ------------------------------------------------------------ troubles

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Every trouble as one sentence. What caused it stays out of the log: it may hold texts."""
        if not importlib.util.find_spec("openai"):
            raise self._unavailable("the package 'openai' is not installed. Install it, or switch 'fallback' off")
        try:
            yield
        except UnknownMark:
            raise self._unavailable("it made up personal data") from None
        except (json.JSONDecodeError, ValidationError, UnicodeDecodeError):
            raise self._unavailable("what it answers is no chat completion") from None
        except Exception as error:
            reason = self._reason(error)
            if reason is None:
                raise
            raise self._unavailable(reason) from None

    def _reason(self, error: Exception) -> str | None:
        """Why an error of the library came about; None for one that is not the library's."""
        import httpx2
        import openai

        match error:
            case openai.APITimeoutError() | httpx2.TimeoutException():
                return self._too_slow()
            case openai.APIStatusError():
                return _status_reason(error.status_code, self._endpoint.model)
            case openai.APIConnectionError():
                return "it can't be reached. Check 'fallback_url' and the network"
            case httpx2.HTTPError():
                return "its reply was cut off on the way. Try again"
            case openai.OpenAIError():
                return "it reports a trouble in the middle of its reply. Try again later"
        return None

    def _too_slow(self) -> str:
        return f"it did not answer within {self._endpoint.timeout_s:g} s. Try again, or raise 'fallback_timeout_s'"

    def _unavailable(self, reason: str) -> Unavailable:
        return Unavailable(f"The model {self.name!r} at {self._endpoint.place} can't answer: {reason}.")


def open_remote(
    settings: Settings, *, personal: FindPersonal, on_connect: OnConnect = lambda who, where: None
) -> RemoteModel:
    """The model of the owner's fallback settings; connects with the first request. Raises `Refused` in offline mode."""
    if settings.offline:
        raise Refused(
            f"The fallback to {settings.fallback_url!r} is refused because offline mode is on. "
            "Switch 'offline' off in the settings, or 'fallback'."
        )
    endpoint = Endpoint(
        url=settings.fallback_url,
        model=settings.fallback_model,
        key=settings.fallback_key,
        timeout_s=settings.fallback_timeout_s,
        retries=settings.fallback_retries,
        context_tokens=settings.fallback_context_tokens,
    )
    return RemoteModel(endpoint, personal=personal, on_connect=on_connect)


def _messages(prompt: Prompt, mask: Mask) -> list[dict[str, Any]]:
    return [{"role": message.role, "content": mask.hide(message.content)} for message in prompt.messages]


def _in_arguments(arguments: str, change: Callable[[str], str]) -> str:
    """The arguments with the JSON's texts changed, so that a quote in one can't break it; other text as a whole."""
    try:
        read = json.loads(arguments or "{}")
    except ValueError:
        return change(arguments)
    return json.dumps(_in_texts(read, change), ensure_ascii=False)


def _in_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _in_texts(inner, change) for name, inner in value.items()}
    return [_in_texts(inner, change) for inner in value] if isinstance(value, list) else value


def _round_messages(done: ToolRound, mask: Mask) -> Iterator[dict[str, Any]]:
    calls = [
        {
            "id": request.id,
            "type": "function",
            "function": {"name": request.name, "arguments": _in_arguments(request.arguments, mask.hide)},
        }
        for request in done.requests
    ]
    yield {"role": "assistant", "content": "", "tool_calls": calls}
    for request, result in zip(done.requests, done.results, strict=True):
        yield {"role": "tool", "tool_call_id": request.id, "content": mask.hide(result)}


def _begins(label: str, text: str) -> bool:
    text = text.strip().casefold()
    return bool(text) and (label.casefold().startswith(text) or text.startswith(label.casefold()))


def _pause(retry_after: str | None, otherwise_s: float) -> float | None:
    """Seconds to wait before the next try; None when the endpoint asks for more than a customer should wait."""
    try:
        seconds = float(retry_after) if retry_after else otherwise_s
    except ValueError:  # a date
        return None
    return seconds if seconds <= MOST_PAUSE_S else None


def _status_reason(status: int, model: str) -> str:
    match status:
        case 401 | 403:
            return "it refuses the key. Check 'fallback_key' in the settings"
        case 404:
            return f"it knows no model {model!r} at this address. Check 'fallback_model' and 'fallback_url'"
        case 429:
            return "it is asked too often or its quota is used up. Try again later"
        case _ if status >= 500:
            return f"it has a trouble of its own (status {status}). Try again later"
    return f"it refuses the request (status {status}). Check 'fallback_url' and what its model can do"
