"""Saved replies for the person at the desk: brought in from a file, and filled for the customer at hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from cxdesk.assist.variables import Filled, fill
from cxdesk.domain import CannedReply, Invalid
from cxdesk.store import Store


def read_canned(file: Path) -> list[CannedReply]:
    """The saved replies of a TOML file: tables [[reply]] with shortcut, title, category and text.

    Raises `Invalid` naming the file and the reply that can't be used, or a shortcut that stands twice.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("reply", [])
    except (OSError, ValueError) as error:
        raise Invalid(f"The saved replies in {str(file)!r} can't be read: {error}. Mend the file.") from error
    if not isinstance(tables, list) or not tables:
        raise Invalid(f"The file {str(file)!r} holds no saved replies. Write each under a line [[reply]].")
    replies = [_reply(file, number, table) for number, table in enumerate(tables, start=1)]
    seen: set[str] = set()
    for reply in replies:
        if reply.shortcut in seen:
            raise Invalid(f"The shortcut {reply.shortcut!r} stands twice in {str(file)!r}. Rename one of the two.")
        seen.add(reply.shortcut)
    return replies


def import_canned(store: Store, file: Path) -> int:
    """Take over the saved replies of a TOML file; those with a known shortcut are replaced. How many there were."""
    replies = read_canned(file)
    store.canned.put_many(replies)
    return len(replies)


def render(store: Store, shortcut: str, values: Mapping[str, str]) -> Filled:
    """A saved reply filled for a customer. Raises `Invalid` if there is none with this shortcut."""
    reply = store.canned.find(shortcut)
    if reply is None:
        raise Invalid(f"No saved reply {shortcut!r} on this desk. Look its shortcut up in the list of saved replies.")
    return fill(reply.text, values)


def _reply(file: Path, number: int, table: object) -> CannedReply:
    try:
        reply = CannedReply.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "reply"
        raise Invalid(
            f"Saved reply {number} in {str(file)!r} can't be used: {field!r}: {first['msg'].lower()}. Mend it."
        ) from error
    if not reply.shortcut.strip() or " " in reply.shortcut or not reply.text.strip():
        raise Invalid(f"Saved reply {number} in {str(file)!r} needs a text, and a shortcut without spaces. Mend it.")
    return reply
