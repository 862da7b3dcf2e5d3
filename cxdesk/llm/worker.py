"""The process that llama.cpp lives in: reads requests from a pipe, answers on it, knows nothing of the desk.

Messages are dictionaries of plain values. Native code may crash here without touching the window. A second
thread listens while the first one computes, so cancelling and counting tokens never wait for a reply.

How it shares the PC. The threads of one layer meet at its end, and while they wait for each other they spin
or sleep. Tokens written a second with 1.5 billion parameters (llama.cpp's repacked weights) on two cores, alone
and beside one busy program: two threads that spin long (OpenMP's default) 33 and 12, that spin a thousand
rounds 33 and 14, that sleep at once 21 and 18; one thread 21 and 21. So the spin is short, and the number of
threads follows what the other programs leave (`cxdesk.llm.pace`). Where the owner set OMP_WAIT_POLICY or
GOMP_SPINCOUNT, that stands. The process is also nice to others, so that a click in the browser is served first.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from cxdesk.offline import silence

if TYPE_CHECKING:
    from cxdesk.llm.engine import Engine

Message = dict[str, Any]

NICENESS = 5
SPIN_ROUNDS = "1000"


def serve(pipe: Connection, options: Message) -> None:
    """Load the model and answer until the pipe closes or says so. The target of the spawned process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk, which closes the pipe
    _share_the_pc()
    silence()
    try:
        from cxdesk.llm.engine import CannotLoad, Engine  # loads OpenMP, which reads the environment just set
    except ImportError as error:
        pipe.send({"failed": f"llama-cpp-python is not installed ({error.name or error})"})
        return
    try:
        engine = Engine(**options)
    except CannotLoad as error:
        pipe.send({"failed": str(error)})
        return
    pipe.send({"ready": True, "context_tokens": engine.context_tokens})
    Worker(pipe, engine).run()


def _share_the_pc() -> None:
    if not {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"} & os.environ.keys():
        os.environ["GOMP_SPINCOUNT"] = SPIN_ROUNDS
    if hasattr(os, "nice"):
        os.nice(NICENESS)


class Worker:
    """Computes one request after the other while a thread listens for the next."""

    def __init__(self, pipe: Connection, engine: Engine) -> None:
        self._pipe = pipe
        self._engine = engine
        self._sending = threading.Lock()
        self._requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._cancelled: set[int] = set()

    def run(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            request = self._requests.get()
            self._answer(request)
            self._cancelled.discard(request["id"])

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                message = self._pipe.recv()
                match message["do"]:
                    case "cancel":
                        self._cancelled.add(message["id"])
                    case "close":
                        break
                    case "count":
                        self._send(message["id"], done=len(self._engine.tokens_of(message["text"])))
                    case _:
                        self._requests.put(message)
        os._exit(0)  # the desk is gone: nothing is worth tidying, and llama.cpp may be busy for seconds

    def _answer(self, request: Message) -> None:
        from cxdesk.llm.engine import Cancelled, DoesNotFit

        before = self._engine.evaluated
        try:
            done = getattr(self, f"_do_{request['do']}")(request)
            self._send(request["id"], done=done, evaluated=self._engine.evaluated - before)
        except Cancelled:
            self._send(request["id"], cancelled=True, evaluated=self._engine.evaluated - before)
        except DoesNotFit as error:
            self._send(request["id"], invalid=str(error))
        except Exception as error:  # noqa: BLE001 - told to the desk, which decides
            self._send(request["id"], failed=f"{type(error).__name__}: {error}")

    def _do_write(self, request: Message) -> str:
        """Send the reply token by token; the answer says whether it came to its end."""
        from cxdesk.llm.engine import grammar_of

        pieces = self._engine.write(
            self._engine.prompt_tokens(request["messages"]),
            request["slot"],
            written=request["written"],
            max_tokens=request["max_tokens"],
            grammar=grammar_of(request["schema"]) if request["schema"] else None,
            stop=lambda: request["id"] in self._cancelled,
        )
        count = len(request["written"])
        for token, text in pieces:
            self._send(request["id"], token=token, text=text)
            count += 1
        return "length" if count >= request["max_tokens"] else "end"

    def _do_choose(self, request: Message) -> list[float]:
        return self._engine.choose(
            self._engine.prompt_tokens(request["messages"]),
            request["slot"],
            request["labels"],
            stop=lambda: request["id"] in self._cancelled,
        )

    def _send(self, request_id: int, **answer: Any) -> None:
        with self._sending:
            self._pipe.send({"id": request_id, **answer})
