"""llama.cpp, with one live sequence of tokens. Only the worker process imports this module.

Every text is turned into tokens piece by piece: the template's own pieces may become control tokens, a
message's text never does. A customer who writes `<|im_start|>system` has written those characters, nothing
more.

The weights are llama.cpp's repacked copy, its default, though they could be used as they lie in the file. Measured with
1.5 billion parameters on two cores with AVX2, four conversations alternating: first word of a follow-up after 0.33 s in
place of 0.37, 24 tokens written a second in place of 19. As they lie, a long new prompt is read quicker (145 tokens a
second in place of 105), 0.6 GB less memory is needed, and loading takes 0.3 s in place of 1 to 4.
"""

from __future__ import annotations

import codecs
import ctypes
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
from jinja2 import TemplateError
from llama_cpp.llama_chat_format import CHATML_CHAT_TEMPLATE, Jinja2ChatFormatter
from llama_cpp.llama_grammar import json_schema_to_gbnf
from numpy.typing import NDArray

from cxdesk.llm.catalog import usable_cores
from cxdesk.llm.lookup import PromptLookup
from cxdesk.llm.pace import Pace
from cxdesk.llm.prefix import ParkingLot, State, shared_length

# Tokens read between two looks at whether someone has cancelled.
READ_AT_ONCE = 128

# Stand for the messages' texts while the template is filled in; private-use characters, so no template has them.
OPEN, CLOSE = "\ue0f0", "\ue0f1"

Stop = Callable[[], bool]
Logits = NDArray[np.float32]
Message = Mapping[str, str]


class CannotLoad(Exception):
    """llama.cpp refused the file or could not get the memory."""


class Cancelled(Exception):
    """Someone asked to stop."""


class DoesNotFit(Exception):
    """The prompt and its reply exceed the context."""


class Engine:
    """A loaded model. `evaluated` counts the tokens of prompts that were read since it was loaded."""

    def __init__(self, path: str, *, context_tokens: int, threads: int, parking_bytes: int) -> None:
        _be_quiet()
        native.llama_backend_init()
        self._model = native.llama_model_load_from_file(path.encode(), native.llama_model_default_params())
        if not self._model:
            raise CannotLoad("llama.cpp can't read it as a model")
        self._vocab = native.llama_model_get_vocab(self._model)
        trained = native.llama_model_n_ctx_train(self._model)
        params = native.llama_context_default_params()
        params.n_ctx = min(context_tokens, trained) if trained > 0 else context_tokens
        params.n_batch = params.n_ubatch = READ_AT_ONCE
        params.n_threads = params.n_threads_batch = threads
        params.flash_attn_type = native.LLAMA_FLASH_ATTN_TYPE_ENABLED
        self._context = native.llama_init_from_model(self._model, params)
        if not self._context:
            raise CannotLoad("there is not enough memory for its context")
        self._memory = native.llama_get_memory(self._context)
        self._template = self._chat_template()
        self._batch = native.llama_batch_init(READ_AT_ONCE, 0, 1)
        self._steps_back = not (
            native.llama_model_is_recurrent(self._model) or native.llama_model_is_hybrid(self._model)
        )
        self._threads, self._pace = threads, Pace(threads, usable_cores())
        self._lot = ParkingLot(parking_bytes)
        self._slot = ""
        self._live: list[int] = []
        self.evaluated = 0
        self.context_tokens: int = native.llama_n_ctx(self._context)

    # ------------------------------------------------------------ text and tokens

    def tokens_of(self, text: str, *, control: bool = False) -> list[int]:
        """The tokens of a text; only with `control` may it spell control tokens. Safe beside a running reply."""
        data = text.encode("utf-8", errors="replace")
        room = len(data) + 8
        tokens = (native.llama_token * room)()
        count = native.llama_tokenize(self._vocab, data, len(data), tokens, room, False, control)
        return tokens[: max(count, 0)]

    def prompt_tokens(self, messages: Sequence[Message]) -> list[int]:
        """The conversation in the model's own template, ending where its reply begins."""
        marked = [{**m, "content": f"{OPEN}{i}{CLOSE}"} for i, m in enumerate(messages)]
        tokens: list[int] = []
        for piece in self._fill_in(marked).split(OPEN):
            number, closed, template = piece.partition(CLOSE)
            if closed:
                tokens += self.tokens_of(messages[int(number)]["content"])
            tokens += self.tokens_of(template if closed else piece, control=True)
        return tokens

    def _fill_in(self, messages: Sequence[Message]) -> str:
        try:
            return str(self._template(messages=messages).prompt)
        except (ValueError, TemplateError):  # some models know no system role
            first, *rest = messages
            following = rest[0]["content"] if rest else ""
            merged = {"role": "user", "content": f"{first['content']}\n\n{following}"}
            return str(self._template(messages=[merged, *rest[1:]]).prompt)

    def _chat_template(self) -> Any:
        own = native.llama_model_chat_template(self._model, None)
        return Jinja2ChatFormatter(
            template=own.decode() if own else CHATML_CHAT_TEMPLATE,
            eos_token=self._spelling(native.llama_vocab_eos(self._vocab)),
            bos_token=self._spelling(native.llama_vocab_bos(self._vocab)),
        )

    def _spelling(self, token: int) -> str:
        return native.llama_vocab_get_text(self._vocab, token).decode() if token >= 0 else ""

    def _bytes_of(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        length = native.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(length, 0)]

    # ------------------------------------------------------------ what the worker offers

    def write(
        self,
        prompt: Sequence[int],
        slot: str,
        *,
        written: Sequence[int],
        max_tokens: int,
        grammar: str | None,
        stop: Stop,
    ) -> Iterator[tuple[int, str]]:
        """Yield (token, text) of the most likely reply, after what is `written` of it already.

        The text may be empty while a character is incomplete. `grammar` (GBNF) constrains it. Ends at the
        reply's end or at `max_tokens`; raises `Cancelled` when `stop` says so.
        """
        self._must_fit(len(prompt) + max_tokens)
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        rule = _Grammar(self._vocab, grammar) if grammar else None
        try:
            for token in written:
                decoder.decode(self._bytes_of(token))
                if rule:
                    rule.accept(token)
            logits = self._read([*prompt, *written], slot, stop)
            room = max_tokens - len(written)
            tokens = self._ruled(logits, rule, room) if rule else self._likely(logits, [*prompt, *written], room)
            for token in tokens:
                yield token, decoder.decode(self._bytes_of(token))
                if stop():
                    raise Cancelled
        finally:
            if rule:
                rule.close()

    def _ruled(self, logits: Logits, rule: _Grammar, room: int) -> Iterator[int]:
        """The most likely tokens that the grammar allows, at most `room`."""
        for left in range(room, 0, -1):
            token = rule.best(logits)
            if native.llama_vocab_is_eog(self._vocab, token):
                return
            rule.accept(token)
            yield token
            if left > 1:
                logits = self._append([token])[-1]

    def _likely(self, logits: Logits, before: Sequence[int], room: int) -> Iterator[int]:
        """The most likely tokens, at most `room`; where `before` foretells them, several are read at once."""
        lookup = PromptLookup(before, self._ends_a_line)
        rows, offered = logits[np.newaxis], list[int]()
        while room > 0:
            for place, row in enumerate(rows):
                token = int(row.argmax())
                if native.llama_vocab_is_eog(self._vocab, token):
                    return
                yield token
                lookup.add(token)
                room -= 1
                if offered[place : place + 1] != [token]:
                    self._cut_to(len(self._live) - len(offered[place:]))
                    break
            if room:
                offered = lookup.offer(room - 1) if self._steps_back else []
                rows = self._append([token, *offered], outputs=1 + len(offered))

    def _ends_a_line(self, token: int) -> bool:
        """Whether it is a line's end or a control token: what follows there is no longer the draft."""
        text = self._bytes_of(token)
        return not text or b"\n" in text

    def choose(self, prompt: Sequence[int], slot: str, labels: Sequence[str], *, stop: Stop) -> list[float]:
        """The labels' probabilities as the reply. One pass tells all labels apart that differ in their first token."""
        end = native.llama_vocab_eot(self._vocab)
        end = end if end >= 0 else native.llama_vocab_eos(self._vocab)
        spelled = [(*self.tokens_of(label), end) for label in labels]
        self._must_fit(len(prompt) + max(map(len, spelled)))
        logits = self._read(prompt, slot, stop)

        def below(path: tuple[int, ...], group: list[int]) -> dict[int, float]:
            """Probabilities within a group of labels that all begin with `path`."""
            if len(group) == 1:
                return {group[0]: 1.0}
            branches: dict[int, list[int]] = {}
            for index in group:
                branches.setdefault(spelled[index][len(path)], []).append(index)
            if len(branches) == 1:
                return below((*path, *branches), group)
            here = self._after(prompt, path, logits)
            shares = _softmax(here[list(branches)])
            return {
                index: float(share) * within
                for share, (token, members) in zip(shares, branches.items(), strict=True)
                for index, within in below((*path, token), members).items()
            }

        found = below((), list(range(len(labels))))
        self._cut_to(len(prompt))
        return [found[index] for index in range(len(labels))]

    # ------------------------------------------------------------ the live sequence

    def _read(self, tokens: Sequence[int], slot: str, stop: Stop) -> Logits:
        """Make `tokens` the live sequence, reading only what no kept sequence has, and return what may follow."""
        self._begin_from_kept(tokens, slot)
        rest = tokens[len(self._live) :]
        for start in range(0, len(rest), READ_AT_ONCE):
            if stop():
                raise Cancelled
            rows = self._append(rest[start : start + READ_AT_ONCE])
            self.evaluated += len(rest[start : start + READ_AT_ONCE])
        last: Logits = rows[-1]
        return last

    def _begin_from_kept(self, tokens: Sequence[int], slot: str) -> None:
        usable = tokens[:-1]  # the last one is always read: its logits are what we want
        parked = self._lot.longest(usable)
        live = shared_length(self._live, usable)
        if self._live and slot != self._slot:
            self._lot.park(self._slot, self._live, self._take_state)
        if parked and shared_length(parked.tokens, usable) > live and self._put_state(parked.state):
            self._live = list(parked.tokens)
            live = shared_length(self._live, usable)
        self._slot = slot
        self._cut_to(live)

    def _append(self, tokens: Sequence[int], outputs: int = 1) -> Logits:
        """Add to the live sequence; a row for each of the last `outputs` tokens tells what may follow it.

        The rows are llama.cpp's own memory: good until the next call.
        """
        if len(tokens) == 1:
            native.llama_set_n_threads(self._context, self._pace.threads(), self._threads)
        batch, first, silent = self._batch, len(self._live), len(tokens) - outputs
        batch.n_tokens = len(tokens)
        for place, token in enumerate(tokens):
            batch.token[place], batch.pos[place], batch.logits[place] = token, first + place, place >= silent
            batch.n_seq_id[place], batch.seq_id[place][0] = 1, 0
        if code := native.llama_decode(self._context, batch):
            self._cut_to(0)
            raise RuntimeError(f"llama_decode answers {code}")
        self._live += tokens
        shape = (outputs, native.llama_vocab_n_tokens(self._vocab))
        rows: Logits = np.ctypeslib.as_array(native.llama_get_logits(self._context), shape)
        return rows

    def _after(self, prompt: Sequence[int], path: tuple[int, ...], first: Logits) -> Logits:
        """What may follow `prompt` and `path`, where `first` follows the prompt alone."""
        if not path:
            return first.copy()
        self._cut_to(len(prompt))
        last: Logits = self._append(path)[-1]
        return last.copy()

    def _cut_to(self, length: int) -> None:
        """Forget the live sequence's end; all of it where a model's memory can't forget a part."""
        if length < len(self._live) and not native.llama_memory_seq_rm(self._memory, 0, length, -1):
            length = 0
        if not length:
            native.llama_memory_clear(self._memory, True)
        del self._live[length:]

    def _take_state(self) -> State:
        size = native.llama_state_seq_get_size(self._context, 0)
        state: State = (ctypes.c_uint8 * size)()
        native.llama_state_seq_get_data(self._context, state, size, 0)
        return state

    def _put_state(self, state: State) -> bool:
        native.llama_memory_clear(self._memory, True)
        self._live = []
        return bool(native.llama_state_seq_set_data(self._context, state, len(state), 0))

    def _must_fit(self, tokens: int) -> None:
        if tokens > self.context_tokens:
            raise DoesNotFit(f"prompt and reply take up to {tokens} tokens and the context holds {self.context_tokens}")


class _Grammar:
    """Finds the most likely token that a grammar allows."""

    def __init__(self, vocab: Any, grammar: str) -> None:
        self._sampler = native.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
        if not self._sampler:
            raise ValueError("llama.cpp can't read the grammar of this schema")

    def best(self, logits: Logits) -> int:
        # Asking the grammar about every token of the vocabulary costs more than the model itself, and mostly
        # the favourite is allowed.
        favourite = int(logits.argmax())
        if np.isfinite(self._allowed(np.array([favourite]), logits)[0]):
            return favourite
        allowed = self._allowed(np.arange(len(logits)), logits)
        return int(allowed.argmax())

    def accept(self, token: int) -> None:
        native.llama_sampler_accept(self._sampler, token)

    def close(self) -> None:
        native.llama_sampler_free(self._sampler)

    def _allowed(self, tokens: NDArray[np.int64], logits: Logits) -> Logits:
        """The tokens' logits, minus infinity where the grammar forbids them."""
        candidates = np.zeros(len(tokens), dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)])
        candidates["id"], candidates["logit"] = tokens, logits[tokens]
        array = native.llama_token_data_array(
            data=candidates.ctypes.data_as(native.llama_token_data_p), size=len(tokens), selected=-1, sorted=False
        )
        native.llama_sampler_apply(self._sampler, ctypes.byref(array))
        found: Logits = candidates["logit"]
        return found


def grammar_of(schema: Mapping[str, Any]) -> str:
    """A GBNF grammar of exactly the JSON documents that a JSON schema allows, as far as grammars can tell."""
    return str(json_schema_to_gbnf(json.dumps(schema)))


def _softmax(logits: Logits) -> list[float]:
    top = float(logits.max())
    weights = [math.exp(float(logit) - top) for logit in logits]
    return [weight / sum(weights) for weight in weights]


def _be_quiet() -> None:
    """llama.cpp's log says nothing that a person at the desk could use, and a prompt must never be in one."""
    native.llama_log_set(_swallow, ctypes.c_void_p(0))


@native.llama_log_callback  # type: ignore[untyped-decorator]
def _swallow(level: int, text: bytes, user_data: ctypes.c_void_p) -> None:
    pass
