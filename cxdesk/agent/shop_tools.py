"""Read tools that a shop adds by a file, without code: a description, typed arguments and one SELECT.

The query sees the customer's own rows only, however it is written: `store.queries` takes care of that. A file:

    name = "orders_since"
    description = "The customer's orders since a day, with their totals."
    sql = "SELECT id, status, total FROM orders WHERE ordered_at >= :day ORDER BY ordered_at"
    [arguments.day]
    type = "date"
    description = "The first day."

`roles`, `row_limit` and `timeout_s` may be named too, and `required = false` for an argument.

A model that plans is told of every tool. The rules call those that say when: `intents`, `words`, or both, with each
argument filled `from` what the message names. What was found is told by the file's `sentence`, a template over the
columns of a row, and by `sentence_if_none` where there is no row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, create_model, field_validator
from pydantic_core import to_jsonable_python

from cxdesk.agent.arguments import Arguments, Line
from cxdesk.agent.permissions import ROLES, TABLES, RoleName
from cxdesk.agent.rules import Plain
from cxdesk.agent.sentences import content_words
from cxdesk.agent.tools import READ_TOOLS, WRITE_TOOLS, Tool, ToolContext
from cxdesk.domain import Entities, Invalid, Record, Request
from cxdesk.signals.instructions import looks_like_instruction
from cxdesk.store import Store

FOLDER = "tools"
_NAME = r"^[a-z][a-z0-9_]{2,40}$"
_TYPES: dict[str, Any] = {"text": Line, "integer": int, "number": Decimal, "boolean": bool, "date": date}
# More rows than a reply should read out.
_ROWS_TOLD = 5

Named = Literal["order_id", "ticket_id", "product", "amount", "day", "last_day", "message"]
_NAMED: dict[Named, Callable[[Request, Entities], Any]] = {
    "order_id": lambda _, named: next(iter(named.order_ids), None),
    "ticket_id": lambda _, named: next(iter(named.ticket_ids), None),
    "product": lambda _, named: next(iter(named.products), None),
    "amount": lambda _, named: next((str(amount.value) for amount in named.amounts), None),
    "day": lambda _, named: next((span.start.isoformat() for span in named.dates), None),
    "last_day": lambda _, named: next((span.end.isoformat() for span in named.dates), None),
    "message": lambda request, _: request.text,
}


class _Argument(Record):
    type: Literal["text", "integer", "number", "boolean", "date"] = "text"
    description: Plain
    required: bool = True
    from_: Named | None = Field(None, alias="from")


class _ToolFile(Record):
    name: Annotated[str, Field(pattern=_NAME)]
    description: Plain
    sql: Plain
    arguments: dict[Annotated[str, Field(pattern=_NAME)], _Argument] = Field(default_factory=dict)
    roles: tuple[RoleName, ...] = ROLES
    row_limit: int = Field(50, ge=1, le=500)
    timeout_s: float = Field(2.0, gt=0, le=10)
    intents: frozenset[Plain] = frozenset()
    words: tuple[Plain, ...] = ()
    sentence: str = ""
    sentence_if_none: str = ""

    @field_validator("words")
    @classmethod
    def _says_something(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for each in words:
            if not content_words(each):
                raise ValueError(f"{each!r} stands in every message; name words that tell this wish from others")
        return words

    @field_validator("sentence")
    @classmethod
    def _names_columns(cls, template: str) -> str:
        for _, column, form, conversion in Formatter().parse(template):
            if column is not None and (not column.isidentifier() or form or conversion):
                raise ValueError("write each column as {name}, and nothing else in braces")
        return template


@dataclass(frozen=True)
class ShopTool(Tool):
    """A look-up of the shop's own. The rules call it for requests of `intents` with one of `words`, as far as named.

    `filled` says for each argument what of a message fills it, `required` which must be there.
    """

    intents: frozenset[str] = frozenset()
    words: tuple[frozenset[str], ...] = ()
    filled: Mapping[str, Named] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    sentence: str = ""
    sentence_if_none: str = ""

    @property
    def is_personal(self) -> bool:
        return self.topic == "orders"

    def is_meant(self, request: Request) -> bool:
        """Whether the file says that this request calls for the tool."""
        said = content_words(request.text)
        fits = (not self.intents or request.intent.name in self.intents) and (
            not self.words or any(words <= said for words in self.words)
        )
        return fits and bool(self.intents or self.words)

    def arguments_of(self, request: Request, focus_order: str | None = None) -> dict[str, Any] | None:
        """The arguments as the message names them; None when a required one isn't named."""
        found = {name: _NAMED[named](request, request.entities) for name, named in self.filled.items()}
        spoken_of = {name: focus_order for name, named in self.filled.items() if named == "order_id"}
        args = {name: found[name] or spoken_of.get(name) for name in found}
        args = {name: value for name, value in args.items() if value is not None}
        return args if self.required <= args.keys() else None

    def sentences(self, rows: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
        """What the file says of each row, with its place; of one that gives orders or lacks a column nothing."""
        if not rows and self.sentence_if_none:
            yield 0, self.sentence_if_none
        for place, row in enumerate(rows[:_ROWS_TOLD] if self.sentence else ()):
            known = {name: value for name, value in row.items() if value is not None}
            columns = {column for _, column, _, _ in Formatter().parse(self.sentence) if column}
            if columns <= known.keys() and not looks_like_instruction(told := self.sentence.format_map(known)):
                yield place, told


def load_shop_tools(folder: Path, store: Store) -> dict[str, ShopTool]:
    """The tools of the TOML files in `folder`, by name; none where there is no such folder.

    Raises `Invalid` naming every file that can't be used and why.
    """
    tools: dict[str, ShopTool] = {}
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


def _load(file: Path, store: Store, taken: Collection[str]) -> ShopTool:
    described = _ToolFile(**tomllib.loads(file.read_text(encoding="utf-8")))
    if described.name in taken:
        raise Invalid(f"There is a tool {described.name!r} already.")
    if "customer_id" in described.arguments:
        raise Invalid("The argument 'customer_id' is filled by the desk. Take it out.")
    store.queries.check(described.sql, described.arguments.keys())
    personal = store.queries.is_personal(described.sql)
    arguments = described.arguments
    return ShopTool(
        name=described.name,
        description=described.description,
        arguments=_arguments(described),
        run=_runner(described, personal=personal),
        topic="orders" if personal else "products",
        roles=described.roles,
        intents=described.intents,
        words=tuple(map(content_words, described.words)),
        filled={name: argument.from_ for name, argument in arguments.items() if argument.from_},
        required=frozenset(name for name, argument in arguments.items() if argument.required),
        sentence=described.sentence,
        sentence_if_none=described.sentence_if_none,
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
