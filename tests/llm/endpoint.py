"""A small HTTP server that answers as it was told to: an endpoint in trouble."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Script:
    """What the endpoint answers, in turn, and what it was sent. The last answer is repeated."""

    def __init__(self) -> None:
        self.answers: deque[tuple[int, dict[str, str], bytes]] = deque()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self.writes: Callable[[str], str] | None = None
        """When set, the reply to what the user asked is streamed, whatever `answers` holds."""
        self.hold: Event | None = None
        """When set, a reply stops in its middle until the event."""

    def fails(self, status: int, *, param: str | None = None, **headers: str) -> None:
        body = json.dumps({"error": {"message": f"you sent {self.url}", "param": param}}).encode()
        self.answers.append((status, {"Content-Type": "application/json", **headers}, body))

    def says(self, body: bytes, kind: str = "application/json") -> None:
        self.answers.append((200, {"Content-Type": kind}, body))

    def streams(self, *pieces: str, ends: bool = True) -> None:
        lines = [_part({"content": piece}) for piece in pieces]
        lines += [_part({}, finish_reason="stop"), "[DONE]"] if ends else []
        self.says("".join(f"data: {line}\n\n" for line in lines).encode(), "text/event-stream")

    def completes(self, content: str | None = None, **more: Any) -> None:
        message = {"role": "assistant", "content": content, **more.pop("message", {})}
        choice = {"index": 0, "message": message, "finish_reason": "stop", **more}
        self.says(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())

    @property
    def sent(self) -> str:
        """All that ever left, as text."""
        return json.dumps(self.requests)


@contextmanager
def endpoint() -> Iterator[Script]:
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            script.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            script.headers.append({name.lower(): value for name, value in self.headers.items()})
            if script.writes:
                script.answers.clear()
                script.streams(*script.writes(script.requests[-1]["messages"][-1]["content"]))
            status, headers, body = script.answers.popleft() if len(script.answers) > 1 else script.answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            if script.hold:
                script.hold.wait(60)
            self.wfile.write(body[len(body) // 2 :])

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield script
    finally:
        if script.hold:
            script.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _part(delta: dict[str, str], finish_reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return json.dumps({"id": "x", "object": "chat.completion.chunk", "choices": [choice]})
