"""Conversations that were held elsewhere: taken over, then read for moods and intents, a few at a time.

No model answers them. A turn is kept for each customer's message, as the desk would have judged it, so that figures,
profiles, search and replay see these conversations as they see its own. What was read stays read: a stop at any time
loses the conversation in progress at most.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cxdesk.domain import (
    Conversation,
    Decision,
    DecisionKind,
    Guarded,
    ImportReport,
    Invalid,
    Message,
    Role,
    Turn,
)
from cxdesk.memory.facts import FactRules, learn_facts
from cxdesk.ports import Progress
from cxdesk.settings import bundled
from cxdesk.signals import Guard, SignalReader
from cxdesk.store import Store
from cxdesk.store.past import run_id
from cxdesk.store.past_import import import_conversations

# So many earlier messages tell how a mood develops; a conversation of thousands is read no slower for the rest.
EARLIER = 20
# Of a longer text the beginning is judged.
READ_CHARACTERS = 2_000
# Conversations that are looked for at once.
AT_ONCE = 200
_ANY_LENGTH = 10**9


class Past:
    """The room of imported conversations. `reader` reads signals; it needs an embedding model only where one is."""

    def __init__(self, store: Store, reader: Callable[[], SignalReader]) -> None:
        self._store = store
        self._reader = reader
        self._rules = FactRules(bundled("resources/facts.toml"))
        self._guard = Guard(_ANY_LENGTH)

    def take(self, path: Path, *, strict: bool = False, progress: Progress | None = None) -> ImportReport:
        """Take over the conversations of a file; importing twice changes nothing. Raises `Invalid` for a bad file."""
        return import_conversations(self._store, path, self._clean, strict=strict, progress=progress)

    def read(self, *, limit: int | None = None, progress: Progress | None = None) -> int:
        """Read moods, intents and facts of up to so many messages that were not read yet, and derive the insights.

        Returns how many were read. Stopped at any time it goes on where it was. Profiles follow with the next rollup.
        """
        done = 0
        while (waiting := self._store.past.unread(AT_ONCE)) and (limit is None or done < limit):
            left = sum(waiting.values())
            for conversation_id in waiting:
                if limit is not None and done >= limit:
                    break
                done += self._read_one(conversation_id)
                if progress:
                    progress(done, max(done, limit or left), "messages read")
        if done:
            self._store.insights.derive_missing()
        return done

    def _read_one(self, conversation_id: str) -> int:
        conversation, reader = self._store.conversations.get(conversation_id), self._reader()
        messages = self._store.conversations.messages(conversation_id)
        answered = {run.message_id for run in self._store.runs.of_conversation(conversation_id)}
        said: list[str] = []
        turns: list[tuple[Message, dict[str, Any]]] = []
        for message in messages:
            if message.role is not Role.customer:
                continue
            text = message.text[:READ_CHARACTERS]
            if message.id not in answered:
                turns.append((message, _turn(conversation, message, reader, text, said[-EARLIER:])))
            said.append(text)
        self._store.past.keep(turns)
        learn_facts(self._store, conversation, self._rules)
        return len(turns)

    def _clean(self, text: str) -> Guarded:
        try:
            return self._guard.check(text)
        except Invalid:  # nothing is left of it
            return Guarded(text="")


def _turn(
    conversation: Conversation, message: Message, reader: SignalReader, text: str, said: list[str]
) -> dict[str, Any]:
    signals = reader.read(Guarded(text=text, flags=message.flags), said)
    turn = Turn(
        conversation=conversation.id,
        run=run_id(message.id),
        message_id=message.id,
        reply="",
        decision=Decision(kind=DecisionKind.reply),
        identity=conversation.identity,
        signals=signals,
    )
    return {**turn.as_json(), "tone": None, "imported": True}
