"""A believable history of any size: customers with habits and moods, orders, and conversations over two years.

Rows only: no model and no embedding is involved. The same seed gives the same history.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from cxdesk.domain import DraftState, HandoffReason, Record, TicketStatus
from cxdesk.ports import Progress
from cxdesk.store import Store
from cxdesk.store.bulk import Table

DAYS = 730
# Customers written in one transaction: few enough that memory stays small.
AT_ONCE = 400
# Share of each hour of the day: shops are asked in the evening, hardly at night.
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 12, 15, 16, 15, 14, 13, 13, 14, 15, 17, 19, 20, 18, 12, 6, 3)
# Of so many conversations one is rated, and one has a ticket; of so many replies one was a person's to decide on.
_RATED, _TICKETED, _DECIDED = 6, 12, 4
_DECISIONS = (*[DraftState.approved] * 7, *[DraftState.edited] * 2, DraftState.rejected)
_FIRST_TICKET = 100_000
_REJECTED_FOR = "Does not answer the question"
_PRIORITIES = ("low", "normal", "normal", "normal", "high", "urgent")
_REASONS = (HandoffReason.data_gap, HandoffReason.asked_for_human, HandoffReason.needs_approval)

Rows = dict[Table, list[dict[str, Any]]]


class Added(Record):
    """How many rows of each kind were added."""

    customers: int = 0
    orders: int = 0
    conversations: int = 0
    messages: int = 0


@dataclass
class _Person:
    id: str
    name: str
    mood: float
    orders: list[str]


def add_history(
    store: Store, messages: int, now: datetime, script: Path, progress: Progress | None = None, seed: int = 1
) -> Added:
    """Add about so many messages, in conversations of ten and customers of five conversations, up to the moment.

    `script` says what people write (`resources/past_conversations.toml`). Run again it adds other customers.
    """
    writer = _Writer(tomllib.loads(script.read_text(encoding="utf-8")), now, random.Random(seed))
    first, done = store.customers.count(), Added()
    while done.messages < messages:
        rows = writer.customers(first + done.customers, AT_ONCE, messages - done.messages)
        store.bulk.add(rows)
        counts = {
            name: getattr(done, name) + len(rows[name]) for name in ("customers", "orders", "conversations", "messages")
        }
        done = Added(**counts)
        if progress:
            progress(min(done.messages, messages), messages, "messages")
    return done


class _Writer:
    def __init__(self, script: Mapping[str, Any], now: datetime, rng: random.Random) -> None:
        self._script = script
        self._now = now
        self._rng = rng
        self._topics = script["topic"]
        self._weights = [topic["weight"] for topic in self._topics]
        self._first, self._last = script["first_names"].split(), script["last_names"].split()

    def customers(self, first: int, count: int, messages: int) -> Rows:
        """Rows of customers with their orders and conversations, until there are enough messages."""
        rows: Rows = {table: [] for table in get_args(Table)}
        for number in range(first, first + count):
            if len(rows["messages"]) >= messages:
                break
            person = self._customer(number, rows)
            for nth in range(self._rng.choice((1, 2, 3, 4, 5, 5, 6, 7, 8, 9))):
                if len(rows["messages"]) < messages:
                    self._conversation(f"{number:07}{nth}", person, rows, messages - len(rows["messages"]))
        return rows

    def _customer(self, number: int, rows: Rows) -> _Person:
        name = f"{self._rng.choice(self._first)} {self._rng.choice(self._last)}"
        email = f"{name.lower().replace(' ', '.')}.{number}@example.com"
        rows["customers"].append(
            {
                "id": f"B-{number:07}",
                "name": name,
                "email": email,
                "address": "{}",
                "payment_methods": "[]",
                "name_key": name.casefold(),
                "email_key": email,
            }
        )
        person = _Person(f"B-{number:07}", name, self._rng.uniform(-0.5, 0.6), [])
        for nth in range(self._rng.choice((1, 1, 2, 2, 3, 4, 6))):
            self._order(f"#B{number:07}{nth}", person, rows)
        return person

    def _order(self, order_id: str, person: _Person, rows: Rows) -> None:
        total = Decimal(str(round(self._rng.lognormvariate(4.2, 0.9), 2)))
        status = self._rng.choice(("delivered", "delivered", "delivered", "shipped", "pending", "cancelled"))
        payments = [{"kind": "payment", "amount": str(total), "payment_method_id": None}]
        if status == "cancelled":
            payments.append({**payments[0], "kind": "refund"})
        person.orders.append(order_id)
        rows["orders"].append(
            {
                "key": order_id[1:].lower(),
                "id": order_id,
                "customer_id": person.id,
                "status": status,
                "total": total,
                "currency": "USD",
                "ship_to": "{}",
                "payments": json.dumps(payments),
                "fulfillments": "[]",
                "ordered_at": self._moment(),
            }
        )

    def _moment(self) -> datetime:
        day = self._now - timedelta(days=self._rng.randrange(1, DAYS))
        hour = self._rng.choices(range(24), _HOURS)[0]
        return day.replace(hour=hour, minute=self._rng.randrange(60), second=self._rng.randrange(60), microsecond=0)

    def _conversation(self, key: str, person: _Person, rows: Rows, room: int) -> None:
        rng, topic = self._rng, self._rng.choices(self._topics, self._weights)[0]
        ends_well = rng.random() < topic["resolved"]
        exchanges = max(1, min(rng.choice((2, 3, 4, 5, 5, 6, 7, 8)), room // 2))
        opened_at = at = self._moment()
        order = rng.choice(person.orders)
        handed_over = not ends_well and rng.random() < 0.5
        still_open = rng.random() < (0.1 if handed_over else 0.02)
        for nth in range(exchanges):
            asked_at = at
            at += timedelta(seconds=rng.randrange(5, 400))
            text, score = self._asked(topic, person, nth, exchanges, ends_well=ends_well)
            handed = handed_over and nth == exchanges - 1
            self._exchange(
                f"{key}{nth:02}", key, person, topic, order, (asked_at, at), text, score, rows, handed=handed
            )
            if handed and not still_open:
                rows["handoffs"][-1]["state"] = "resolved"
            at += timedelta(seconds=rng.randrange(20, 3000))
        state = ("handed_over" if handed_over else "open") if still_open else "closed"
        rows["conversations"].append(
            {
                "id": f"c_b{key}",
                "customer_id": person.id,
                "writer": person.name,
                "identity": json.dumps(
                    {"level": "verified", "customer_id": person.id, "proofs": ["signed_in"], "failed_tries": 0}
                ),
                "state": state,
                "opened_at": opened_at,
                "updated_at": at,
            }
        )
        if not still_open and rng.randrange(_RATED) == 0:
            rows["ratings"].append(self._rating(key, at, ends_well=ends_well))
        if rng.randrange(_TICKETED) == 0:
            rows["tickets"].append(self._ticket(key, person, topic, order, opened_at, at, is_open=still_open))

    def _rating(self, key: str, at: datetime, *, ends_well: bool) -> dict[str, Any]:
        return {
            "id": f"rating_b{key}",
            "conversation_id": f"c_b{key}",
            "stars": self._rng.choice((4, 5, 5) if ends_well else (1, 2, 3)),
            "comment": "",
            "by": "customer",
            "at": at,
        }

    def _ticket(
        self,
        key: str,
        person: _Person,
        topic: Mapping[str, Any],
        order: str,
        opened_at: datetime,
        at: datetime,
        *,
        is_open: bool,
    ) -> dict[str, Any]:
        number = f"T-{_FIRST_TICKET + int(key)}"
        asked = self._rng.choice(topic["asks"]).replace("{order}", order)
        statuses = [status for status in TicketStatus if status.is_over is not is_open]
        return {
            "key": number.lower(),
            "id": number,
            "customer_id": person.id,
            "order_id": order,
            "conversation_id": f"c_b{key}",
            "subject": topic["intent"].replace("_", " ").capitalize(),
            "description": asked[0].upper() + asked[1:],
            "status": self._rng.choice(statuses),
            "priority": self._rng.choice(_PRIORITIES),
            "category": topic["intent"],
            "created_at": opened_at,
            "updated_at": at,
        }

    def _asked(
        self, topic: Mapping[str, Any], person: _Person, nth: int, exchanges: int, *, ends_well: bool
    ) -> tuple[str, float]:
        """What the customer writes, and how they feel: better or worse towards the end."""
        share = nth / max(1, exchanges - 1)
        score = max(-1.0, min(1.0, person.mood + (0.5 if ends_well else -0.6) * share + self._rng.gauss(0, 0.15)))
        if nth == 0:
            return f"{self._rng.choice(self._script['greetings'])} {self._rng.choice(topic['asks'])}".strip(), score
        if nth == exchanges - 1:
            return self._rng.choice(self._script["thanks" if ends_well else "anger"]), score
        return self._rng.choice(topic["more"]), score

    def _exchange(
        self,
        key: str,
        conversation: str,
        person: _Person,
        topic: Mapping[str, Any],
        order: str,
        times: tuple[datetime, datetime],
        text: str,
        score: float,
        rows: Rows,
        *,
        handed: bool,
    ) -> None:
        asked_at, replied_at = times
        message, run, talk = f"m_b{key}", f"r_b{key}", f"c_b{conversation}"
        reply = self._rng.choice(topic["replies"]).replace("{order}", order)
        common = {"conversation_id": talk, "run_id": None}
        asked = {**common, "id": message, "role": "customer", "text": text.replace("{order}", order), "at": asked_at}
        replied = {**common, "id": f"m_d{key}", "role": "desk", "text": reply, "at": replied_at, "run_id": run}
        rows["messages"] += [asked, replied]
        turn = self._turn(person, topic, text, order, reply, score, handed=handed)
        rows["runs"].append(
            {
                "id": run,
                "conversation_id": talk,
                "message_id": message,
                "state": "finished",
                "turn": json.dumps({"conversation": talk, "run": run, **turn}),
                "started_at": asked_at,
                "finished_at": replied_at,
            }
        )
        if handed:
            rows["handoffs"].append(
                {
                    "id": f"h_b{key}",
                    "conversation_id": talk,
                    "run_id": run,
                    "reason": turn["handoff_reason"],
                    "summary": "",
                    "state": self._rng.choice(("open", "accepted")),
                    "at": replied_at,
                }
            )
        elif self._rng.randrange(_DECIDED) == 0:
            rows["drafts"].append(self._draft(key, talk, reply, asked_at, replied_at))

    def _draft(self, key: str, talk: str, reply: str, asked_at: datetime, replied_at: datetime) -> dict[str, Any]:
        """A draft that a person decided on."""
        state = self._rng.choice(_DECISIONS)
        is_sent = state is not DraftState.rejected
        return {
            "id": f"d_b{key}",
            "conversation_id": talk,
            "run_id": f"r_b{key}",
            "text": reply,
            "state": state,
            "sent_text": reply if is_sent else None,
            "reason": None if is_sent else _REJECTED_FOR,
            "created_at": asked_at,
            "decided_at": replied_at,
            "kept": (1.0 if state is DraftState.approved else round(self._rng.uniform(0.5, 0.95), 2))
            if is_sent
            else None,
        }

    def _turn(
        self,
        person: _Person,
        topic: Mapping[str, Any],
        text: str,
        order: str,
        reply: str,
        score: float,
        *,
        handed: bool,
    ) -> dict[str, Any]:
        """A turn as the desk keeps it, without sources; one mood in fifty is not known."""
        is_thanks = text in self._script["thanks"]
        intent = {
            "name": "thanks" if is_thanks else topic["intent"],
            "confidence": round(self._rng.uniform(0.6, 0.99), 3),
        }
        tools = [] if is_thanks else topic["tools"]
        args = {"query": text} if "search_knowledge" in tools else {"order_id": order}
        known = self._rng.random() > 0.02
        label = "negative" if score < -0.2 else "positive" if score > 0.25 else "neutral"
        reason = self._rng.choice(_REASONS).value if handed else None
        return {
            "reply": reply,
            "decision": "handoff" if handed else "reply",
            "handoff_reason": reason,
            "handoff": {"reason": reason, "summary": ""} if handed else None,
            "pending_action": None,
            "identity": "verified",
            "customer_id": person.id,
            "sentiment": {
                "label": label if known else "unknown",
                "score": round(score, 3) if known else 0.0,
                "confidence": round(self._rng.uniform(0.5, 0.95), 3),
                "frustration": round(max(0.0, -score) * 0.8, 3),
                "trend": "stable",
                "method": "lexicon",
                "reason": None,
            },
            "intent": intent,
            "intents": [intent],
            "flags": [],
            "plan": tools,
            "tools": [
                {"name": name, "args": args, "ok": True, "ms": round(self._rng.uniform(1, 25), 2)} for name in tools
            ],
            "sources": [],
            "grounding": {
                "supported": 1,
                "unsupported": [],
                "rejected": [],
                "retried": False,
                "used_brief": True,
                "sentences": [],
            },
            "tone": self._rng.choice(("friendly", "friendly", "professional", "playful")),
            "model": "none",
            "notes": [],
            "timings_ms": dict(self._timings()),
            "prompt_version": "1",
        }

    def _timings(self) -> Iterator[tuple[str, float]]:
        total = 0.0
        for stage, mean in (
            ("guard", 0.2),
            ("signals", 4),
            ("identify", 0.3),
            ("plan", 2),
            ("tools", 8),
            ("brief", 6),
            ("ground", 5),
        ):
            ms = round(self._rng.expovariate(1 / mean), 2)
            total += ms
            yield stage, ms
        yield "total", round(total, 2)
