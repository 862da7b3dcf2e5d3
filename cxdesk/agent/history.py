"""What was said before, as the model reads it again: the newest turns word for word, the older ones in a few lines.

A model reads a prompt at a second a hundred tokens, so what it has read once must come again byte for byte and in
the same place. Each earlier turn is therefore replayed as it stood in its own prompt, and turns are only appended.
When they outgrow their share of the context, the older ones make way all at once rather than one a turn: that
costs one longer reading, and then there is room again for several turns. A summary written by code takes their
place. All of it follows from the stored turns alone, so a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cxdesk.agent.evidence import WRITES
from cxdesk.domain import DecisionKind, Message, Record, Role, Run
from cxdesk.ports import ChatMessage

# What a chat template writes around a message, in tokens, rounded up.
AROUND_A_MESSAGE = 8
# Share of its room that the history is cut back to when it has outgrown it; the newest turn is kept if it fits.
KEPT_SHARE = 0.25
# How many wishes, and orders, a summary tells of at most; so many tokens are kept free for it.
SUMMED_UP = 5
SUMMARY_ROOM = 100

Count = Callable[[str], int]


class PastTurn(Record):
    """A turn that is over: `asked` is what the model read (or the customer wrote), `replied` what was sent.

    `gist` says in a few words what it was about and what became of it; `orders` are those it named.
    """

    asked: str
    replied: str
    gist: str = ""
    orders: tuple[str, ...] = ()


class History(Record):
    """What of the past is read again; `summary` stands for the turns that were left out."""

    turns: tuple[PastTurn, ...] = ()
    summary: str = ""
    left_out: int = 0

    def messages_before(self, asked: str) -> tuple[ChatMessage, ...]:
        """The past and then `asked`, the new message to the model."""
        texts = [text for turn in self.turns for text in (turn.asked, turn.replied)] + [asked]
        if self.summary:
            texts[0] = f"{self.summary}\n\n{texts[0]}"
        return tuple(
            ChatMessage(role="assistant" if place % 2 else "user", content=text) for place, text in enumerate(texts)
        )


def past_turns(messages: Sequence[Message], runs: Sequence[Run]) -> tuple[PastTurn, ...]:
    """The turns that the `messages` of a conversation make up, oldest first; what had no reply goes with the next.

    What was sent counts, not what a draft said. A finished run's turn has under `prompted` what the model read.
    """
    turns = {run.message_id: run.turn for run in runs if run.turn}
    return tuple(_past_turns(messages, turns))


def fit(past: Sequence[PastTurn], room_tokens: int, count: Count, who: str = "") -> History:
    """As much of the past as `room_tokens` hold, the newest first. `who` opens the summary of what is left out."""
    if not past or _size(past, count) <= room_tokens:
        return History(turns=tuple(past))
    sizes = [_size([turn], count) for turn in past]
    first = _first_kept(sizes, room_tokens - SUMMARY_ROOM)
    while first < len(past) and sum(sizes[first:]) + _summary_size(past[:first], who, count) > room_tokens:
        first += 1
    fits = sum(sizes[first:]) + _summary_size(past[:first], who, count) <= room_tokens
    summary = summarise_turns(past[:first], who) if fits else ""
    return History(turns=tuple(past[first:]), summary=summary, left_out=first)


def summarise_turns(past: Sequence[PastTurn], who: str = "") -> str:
    """A few lines: who writes, which orders were named, what was asked and what became of it, newest last."""
    gists = list(dict.fromkeys(turn.gist for turn in past if turn.gist))
    orders = list(dict.fromkeys(order for turn in past for order in turn.orders))
    more = ["more before that"] if len(gists) > SUMMED_UP else []
    lines = (
        f"Customer: {who}" if who else "",
        f"Orders named: {', '.join(orders[-SUMMED_UP:])}" if orders else "",
        f"So far: {'; '.join([*more, *gists[-SUMMED_UP:]])}" if gists else "",
    )
    return "\n".join(["Earlier in this conversation.", *(line for line in lines if line)])


def _past_turns(messages: Sequence[Message], turns: Mapping[str, dict[str, Any]]) -> Iterator[PastTurn]:
    asked: list[Message] = []
    replied: list[str] = []
    for message in messages:
        if message.role is Role.customer and replied:
            yield _past_turn(asked, replied, turns)
            asked, replied = [], []
        if message.role is Role.customer:
            asked.append(message)
        elif message.role is not Role.system and asked:
            replied.append(message.text)
    if replied:
        yield _past_turn(asked, replied, turns)


def _past_turn(asked: Sequence[Message], replied: Sequence[str], turns: Mapping[str, dict[str, Any]]) -> PastTurn:
    turn = turns.get(asked[-1].id, {})
    texts = [*(message.text for message in asked[:-1]), turn.get("prompted") or asked[-1].text]
    orders = tuple(dict.fromkeys(_orders(turn)))
    return PastTurn(asked="\n".join(texts), replied="\n".join(replied), gist=_gist(turn), orders=orders)


def _gist(turn: Mapping[str, Any]) -> str:
    """'order status (#V1152): answered'; empty for what no turn is known of."""
    wishes = ", ".join(dict.fromkeys(intent["name"].replace("_", " ") for intent in turn.get("intents", ())))
    about = ", ".join(dict.fromkeys(_orders(turn)))
    became = [*_done(turn), _BECAME.get(turn.get("decision", ""), "")]
    return f"{wishes}{f' ({about})' if about else ''}: {', '.join(filter(None, became))}" if wishes else ""


_BECAME = {
    DecisionKind.reply: "answered",
    DecisionKind.ask: "asked back",
    DecisionKind.confirm: "waited for a yes",
    DecisionKind.handoff: "passed to a colleague",
}


def _done(turn: Mapping[str, Any]) -> Iterator[str]:
    for call in turn.get("tools", ()):
        if call["ok"] and call["name"] in WRITES:
            yield f"{call['name'].replace('_', ' ')} done"


def _orders(turn: Mapping[str, Any]) -> Iterator[str]:
    return (str(call["args"]["order_id"]) for call in turn.get("tools", ()) if call["args"].get("order_id"))


def _size(past: Sequence[PastTurn], count: Count) -> int:
    return count("\n".join(f"{turn.asked}\n{turn.replied}" for turn in past)) + 2 * AROUND_A_MESSAGE * len(past)


def _summary_size(past: Sequence[PastTurn], who: str, count: Count) -> int:
    return count(summarise_turns(past, who))


def _first_kept(sizes: Sequence[int], room_tokens: int) -> int:
    """The first turn that is kept, when turns are added one by one and most make way whenever they outgrow the room."""
    first = used = 0
    for place, size in enumerate(sizes):
        used += size
        if used <= room_tokens:
            continue
        while first < place and used > room_tokens * KEPT_SHARE:
            used -= sizes[first]
            first += 1
        if used > room_tokens:
            first, used = place + 1, 0
    return first
