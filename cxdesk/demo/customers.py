"""Simulated customers: each writes the lines of its script, one after the other, as answers arrive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from cxdesk.demo.shop import Script
from cxdesk.desk import Desk
from cxdesk.domain import Conversation, ConversationState, DeskError, Turn


def play(script: Script, desk: Desk, heard: Callable[[str, Turn], None]) -> None:
    """One customer's whole conversation in autopilot. `heard` gets each line with the turn that answered it."""
    conversation: str | None = None
    for line in script.lines:
        turn = desk.ask(line, conversation, None if conversation else script.customer)
        conversation = turn.conversation
        heard(line, turn)


class WritingCustomers(threading.Thread):
    """Customers who write to an open window, one message every `pause_s` seconds, until `stop` is called.

    A customer writes their next line only after the desk answered the last one; each script is played once.
    """

    def __init__(self, desk: Desk, scripts: Sequence[Script], pause_s: float) -> None:
        super().__init__(name="customers", daemon=True)
        self._desk = desk
        self._pause_s = pause_s
        self._stopped = threading.Event()
        self._waiting: list[tuple[Script, list[str], Conversation | None]] = [(s, list(s.lines), None) for s in scripts]

    def run(self) -> None:
        while self._waiting and not self._stopped.wait(self._pause_s):
            self.write_next()

    def stop(self) -> None:
        self._stopped.set()
        if self.is_alive():
            self.join()

    def write_next(self) -> bool:
        """One customer writes one line; False when everybody waits for an answer."""
        for place, (script, lines, conversation) in enumerate(self._waiting):
            if conversation and not self._answered(conversation):
                continue
            conversation = conversation or self._desk.start_conversation(script.customer, writer="Guest")
            try:
                self._desk.copilot.receive(conversation.id, lines.pop(0))
            except DeskError:
                lines.clear()  # a line that the guard refuses ends this customer's script, not the demo
            del self._waiting[place]
            if lines:
                self._waiting.append((script, lines, conversation))
            return True
        return False

    def _answered(self, conversation: Conversation) -> bool:
        kept = self._desk.store.conversations.get(conversation.id)
        messages = self._desk.store.conversations.messages(conversation.id, limit=1)
        return kept.state is ConversationState.open and bool(messages) and messages[-1].role != "customer"
