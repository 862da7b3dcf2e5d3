"""Taking over conversations that were held elsewhere.

Ids are made from what a row says, so that importing twice changes nothing. A row that has grown since adds its new
messages; what was taken before stays as it is. Moods and intents are read afterwards, conversation by conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, BeforeValidator, Field, StringConstraints

from cxdesk.domain import (
    ConversationState,
    Guarded,
    Identity,
    IdentityLevel,
    ImportReport,
    Moment,
    Role,
    now,
)
from cxdesk.ports import Progress
from cxdesk.store.database import Row as TableRow
from cxdesk.store.database import as_json
from cxdesk.store.importers import Parsed, Tally, existing_file, find_customer_ids, open_sheet
from cxdesk.store.past import short_hash
from cxdesk.store.rows import Cells, Name, Row, When, from_json
from cxdesk.store.store import Store

# Two clocks may differ by so much; what lies further ahead was not written yet.
CLOCKS_DIFFER = timedelta(minutes=10)
_ROLES = {"user": "customer", "ai": "desk", "assistant": "desk", "bot": "desk", "human": "agent", "staff": "agent"}

Clean = Callable[[str], Guarded]
"""A text as it may be kept: secrets masked, no control characters. Empty where nothing is left of it."""


def _role(cell: Any) -> Any:
    return _ROLES.get(cell.strip().lower(), cell.strip().lower()) if isinstance(cell, str) else cell


class PastMessageRow(Cells):
    role: Annotated[Role, BeforeValidator(_role)]
    text: Annotated[str, StringConstraints(max_length=1_000_000)] = Field(
        "", validation_alias=AliasChoices("text", "content")
    )
    at: When | None = Field(None, validation_alias=AliasChoices("at", "time", "created_at"))


class ConversationRow(Row):
    """`customer` is the e-mail address or the id of a customer; a conversation without one was a guest's."""

    columns: ClassVar = ("messages",)
    spare: ClassVar = ("closed_at", "channel", "subject")

    id: Name | None = None
    customer: Name | None = None
    opened_at: When | None = None
    messages: Annotated[list[PastMessageRow], BeforeValidator(from_json)]

    @property
    def key(self) -> str:
        first = self.messages[0] if self.messages else None
        told = first and (first.role, first.text, first.at)
        return short_hash("id", self.id) if self.id else short_hash(self.customer, self.opened_at, told)

    @property
    def conversation_id(self) -> str:
        return f"c_{self.key}"

    def times(self) -> list[Moment]:
        """When each message was written; one without a time came with the one before it."""
        found: list[Moment] = []
        last = self.opened_at or next((each.at for each in self.messages if each.at), None)
        for each in self.messages:
            last = each.at or last
            if last is not None:
                found.append(last)
        return found


def import_conversations(
    store: Store, path: Path, clean: Clean, *, strict: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Take over past conversations from a file of .jsonl, .json or .parquet; they come in as closed.

    Nothing is read from them here: see `PastTalks.unread`. Raises `Invalid`, and takes nothing, when the file can't be
    used, or with `strict` when any row can't.
    """
    tally = Tally(strict, progress)
    parsed = open_sheet(existing_file(path), ConversationRow, tally)
    owners = find_customer_ids(store, [row.customer for row in parsed.rows.values() if row.customer])
    _refuse_bad(parsed, owners, tally)
    tally.refuse_if_strict()
    known = store.past.known([row.conversation_id for row in parsed.rows.values()])
    incoming = {row.conversation_id: _message_rows(row, clean) for row in parsed.rows.values()}
    missing = {talk: [row for row in rows if row["id"] not in known.get(talk, ())] for talk, rows in incoming.items()}
    _count(known, incoming, missing, tally)
    names = {customer.id: customer.name for customer in store.customers.find_many(owners.values()).values()}
    new = [row for row in parsed.rows.values() if row.conversation_id not in known]
    store.past.add(
        [_conversation_row(row, owners.get(row.customer or ""), names) for row in new],
        [row for rows in missing.values() for row in rows],
    )
    return tally.report()


def _count(
    known: Mapping[str, set[str]],
    incoming: Mapping[str, Sequence[TableRow]],
    missing: Mapping[str, Sequence[TableRow]],
    tally: Tally,
) -> None:
    grown = sum(talk in known and bool(rows) for talk, rows in missing.items())
    added = len(incoming.keys() - known.keys())
    new_messages, messages = sum(map(len, missing.values())), sum(map(len, incoming.values()))
    if incoming:
        tally.added |= {"conversations": added, "messages": new_messages}
        tally.updated |= {"conversations": grown}
        tally.unchanged |= {"conversations": len(incoming) - added - grown, "messages": messages - new_messages}


def _refuse_bad(parsed: Parsed[ConversationRow], owners: dict[str, str], tally: Tally) -> None:
    latest = now() + CLOCKS_DIFFER
    for key, row in list(parsed.rows.items()):
        times = row.times()
        if not row.messages:
            parsed.refuse(key, "'messages' is empty", tally)
        elif row.customer and row.customer not in owners:
            parsed.refuse(key, "'customer' is neither the e-mail address nor the id of a customer", tally)
        elif len(times) < len(row.messages):
            parsed.refuse(key, "neither 'opened_at' nor the first message says when it was", tally)
        elif max(times) > latest or (row.opened_at and row.opened_at > latest):
            parsed.refuse(key, f"it lies in the future: {max(times):%Y-%m-%d}", tally)


def _conversation_row(row: ConversationRow, customer_id: str | None, names: Mapping[str, str]) -> TableRow:
    times = row.times()
    identity = (
        Identity(level=IdentityLevel.verified, customer_id=customer_id, proofs=("signed_in",))
        if customer_id
        else Identity()
    )
    return {
        "id": row.conversation_id,
        "customer_id": customer_id,
        "writer": names[customer_id] if customer_id else "Guest",
        "identity": as_json(identity),
        "state": ConversationState.closed,
        "opened_at": min(row.opened_at or times[0], *times),
        "updated_at": max(times),
    }


def _message_rows(row: ConversationRow, clean: Clean) -> list[TableRow]:
    rows = []
    for place, (message, at) in enumerate(zip(row.messages, row.times(), strict=True)):
        guarded = clean(message.text)
        if guarded.text:
            rows.append(
                {
                    "id": f"m_{short_hash(row.key, place)}",
                    "conversation_id": row.conversation_id,
                    "role": message.role,
                    "text": guarded.text,
                    "at": at,
                    "flags": as_json(guarded.flags),
                }
            )
    return rows
