"""The demo shop: an invented electronics shop whose dates are kept relative, so that it never ages."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from cxdesk.domain import Audience, CannedReply, Record
from cxdesk.settings import bundled

DEMO = "resources/demo"
DOCUMENTS = "knowledge_docs"
TABLES = ("customers.csv", "orders.csv", "order_items.csv", "products.csv", "product_items.csv")
TICKETS = "tickets.jsonl"

_DATES = {
    "registered_days_ago": ("registered_at", -1),
    "ordered_days_ago": ("ordered_at", -1),
    "shipped_days_ago": ("shipped_at", -1),
    "delivered_days_ago": ("delivered_at", -1),
    "expected_in_days": ("expected_at", 1),
    "created_days_ago": ("created_at", -1),
}


class Script(Record):
    """What a simulated customer writes, line by line. `customer` is an e-mail address; None is a guest."""

    id: str
    customer: str | None
    mood: str
    lines: tuple[str, ...]


def write_demo_shop(folder: Path, today: date) -> None:
    """Write the demo shop into `folder` in the form that the import takes, its dates counted from `today`.

    The folder is made when it is missing, and files of the same names are replaced. The same day gives
    the same bytes. Dates are ISO days; an empty cell means that it has not happened.
    """
    source = bundled(DEMO)
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        _write_table(source / name, folder / name, today)
    _write_tickets(source / TICKETS, folder / TICKETS, today)


def demo_documents() -> list[tuple[Path, Audience]]:
    """The shop's documents in a fixed order, each with whom it was written for."""
    root = bundled(DOCUMENTS)
    paths = sorted(path for path in root.rglob("*") if path.suffix in {".md", ".json"})
    return [(path, _audience(path.relative_to(root))) for path in paths]


def load_scripts() -> list[Script]:
    """The simulated customers, in the order in which they write in."""
    return TypeAdapter(list[Script]).validate_json((bundled(DEMO) / "scripts.json").read_bytes())


def load_canned() -> list[CannedReply]:
    """The shop's saved replies."""
    return TypeAdapter(list[CannedReply]).validate_json((bundled(DEMO) / "canned_replies.json").read_bytes())


def _audience(path: Path) -> Audience:
    return Audience.internal if "internal" in path.parts else Audience.public


def _write_table(source: Path, target: Path, today: date) -> None:
    with source.open(newline="", encoding="utf-8") as file:
        rows = [_dated(row, today) for row in csv.DictReader(file)]
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_tickets(source: Path, target: Path, today: date) -> None:
    rows = [_dated(json.loads(line), today) for line in source.read_text(encoding="utf-8").splitlines()]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    target.write_text(text, encoding="utf-8", newline="\n")


def _dated(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    return dict(_absolute(name, value, today) if name in _DATES else (name, value) for name, value in row.items())


def _absolute(name: str, days: Any, today: date) -> tuple[str, str]:
    dated_name, sign = _DATES[name]
    return dated_name, (today + timedelta(days=sign * int(days))).isoformat() if days != "" else ""
