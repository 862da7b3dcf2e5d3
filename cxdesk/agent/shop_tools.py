"""Read tools that a shop adds by a file, without code: a description, typed arguments and one SELECT.

The query sees the customer's own rows only, however it is written: `store.queries` takes care of that. A file:

    name = "orders_since"
    description = "The customer's orders since a day, with their totals."
    sql = "SELECT id, status, total FROM orders WHERE ordered_at >= :day ORDER BY ordered_at"
    [arguments.day]
    type = "date"
    description = "The first day."

`roles`, `row_limit` and `timeout_s` may be named too, and `required = false` for an argument.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, create_model
from pydantic_core import to_jsonable_python

from cxdesk.agent.arguments import Arguments, Line
from cxdesk.agent.permissions import ROLES, TABLES, RoleName
from cxdesk.agent.rules import Plain
from cxdesk.agent.tools import READ_TOOLS, WRITE_TOOLS, Tool, ToolContext
from cxdesk.domain import Invalid, Record
from cxdesk.store import Store

FOLDER = "tools"
_NAME = r"^[a-z][a-z0-9_]{2,40}$"
_TYPES: dict[str, Any] = {"text": Line, "integer": int, "number": Decimal, "boolean": bool, "date": date}


class _Argument(Record):
    type: Literal["text", "integer", "number", "boolean", "date"] = "text"
    description: Plain
    required: bool = True


class _ToolFile(Record):
    name: Annotated[str, Field(pattern=_NAME)]
    description: Plain
    sql: Plain
    arguments: dict[Annotated[str, Field(pattern=_NAME)], _Argument] = Field(default_factory=dict)
    roles: tuple[RoleName, ...] = ROLES
    row_limit: int = Field(50, ge=1, le=500)
    timeout_s: float = Field(2.0, gt=0, le=10)


def load_shop_tools(folder: Path, store: Store) -> dict[str, Tool]:
    """The tools of the TOML files in `folder`, by name; none where there is no such folder.

    Raises `Invalid` naming every file that can't be used and why.
    """
    tools: dict[str, Tool] = {}
    problems: list[str] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            tool = _load(file, store, {*tools, *READ_TOOLS, *WRITE_TOOLS})
            tools[tool.name] = tool
        except (Invalid, OSError, ValueError) as error:
            problems.append(f"{file.name}: {_told(error)}")
    if problems:
        raise Invalid(f"Tools in {str(folder)!r} can't be used. {' '.join(problems)} Mend or remove the files.")
    return tools


def _load(file: Path, store: Store, taken: Collection[str]) -> Tool:
    described = _ToolFile(**tomllib.loads(file.read_text(encoding="utf-8")))
    if described.name in taken:
        raise Invalid(f"There is a tool {described.name!r} already.")
    if "customer_id" in described.arguments:
        raise Invalid("The argument 'customer_id' is filled by the desk. Take it out.")
    store.queries.check(described.sql, described.arguments.keys())
    personal = store.queries.is_personal(described.sql)
    return Tool(
        name=described.name,
        description=described.description,
        arguments=_arguments(described),
        run=_runner(described, personal=personal),
        topic="orders" if personal else "products",
        roles=described.roles,
    )


def _arguments(described: _ToolFile) -> type[Arguments]:
    fields: dict[str, Any] = {}
    for name, argument in described.arguments.items():
        kind = _TYPES[argument.type]
        described_field = Field(description=argument.description)
        fields[name] = (
            (Annotated[kind, described_field], ...)
            if argument.required
            else (Annotated[kind | None, described_field], None)
        )
    return create_model(f"Arguments of {described.name}", __base__=Arguments, **fields)


def _runner(described: _ToolFile, *, personal: bool) -> Any:
    def run(context: ToolContext, args: Arguments) -> Any:
        rows = context.store.queries.run(
            described.sql,
            dict(args),
            context.customer_id if personal else "",
            columns={table: context.sees(table) for table in TABLES},
            row_limit=described.row_limit,
            timeout_s=described.timeout_s,
        )
        return [{name: _plain(cell) for name, cell in row.items()} for row in rows]

    return run


def _plain(cell: Any) -> Any:
    """A cell as the results of the other tools have it: money as text with two decimals, days without a time."""
    if isinstance(cell, Decimal) and cell.is_finite():
        return f"{cell:.2f}" if cell == round(cell, 2) else str(cell.normalize())
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return to_jsonable_python(cell, inf_nan_mode="null", fallback=str)


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()) + "."
    return str(error) if str(error).endswith(".") else f"{error}."
