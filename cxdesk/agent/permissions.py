"""Who may do what: the tools, tables and columns of each role, and what people may do, read from `permissions.toml`.

What a role may not read is left out of every result; a tool that would change a column which the role may not
change is neither offered nor run. A role holds all that the roles it extends hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field, ValidationError

from cxdesk.access import EVERY, MEANING
from cxdesk.agent.rules import near_miss
from cxdesk.domain import Customer, Invalid, Order, OrderItem, Product, Record, Ticket, Variant
from cxdesk.settings import bundled

FILE = "permissions.toml"
RoleName = Literal["viewer", "customer_ai", "agent_assist", "agent", "admin"]
ROLES: tuple[RoleName, ...] = get_args(RoleName)
# A shop's file that was written before there were viewers has none: then they may nothing, as without the file.
_NEEDED = {*ROLES} - {"viewer"}
_RECORDS: dict[str, type[BaseModel]] = {
    "customers": Customer,
    "orders": Order,
    "order_items": OrderItem,
    "products": Product,
    "variants": Variant,
    "tickets": Ticket,
}
TABLES: dict[str, frozenset[str]] = {
    table: frozenset(record.model_fields) - {"items", "variants"} for table, record in _RECORDS.items()
}

Changes = Mapping[str, Iterable[str]]
"""The columns that are changed, by table."""


class Role(Record):
    """What one role may do. `may`: what a person of this role does at the desk. `approves`: its word stands for the
    approval of a person."""

    extends: str | None = None
    approves: bool = False
    may: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    read: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    write: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Permissions(Record):
    roles: dict[str, Role]

    def may_use(self, role: str, tool: str, changes: Changes | None = None) -> bool:
        """Whether the role may use the tool, all the columns that it changes included. Unknown roles may nothing."""
        allowed = {name for each in self._line(role) for name in each.tools}
        return bool(allowed & {tool, EVERY}) and all(
            set(columns) <= self._columns(role, "write", table) for table, columns in (changes or {}).items()
        )

    def columns(self, role: str, table: str) -> frozenset[str]:
        """The columns of the table that the role may read."""
        return self._columns(role, "read", table)

    def approves(self, role: str) -> bool:
        """Whether the role is a person whose word is an approval."""
        return any(each.approves for each in self._line(role))

    def rights(self, role: str) -> frozenset[str]:
        """What a person of this role may do at the desk; "*" stands for everything."""
        return frozenset(right for each in self._line(role) for right in each.may)

    def _columns(self, role: str, kind: str, table: str) -> frozenset[str]:
        named = {name for each in self._line(role) for name in getattr(each, kind).get(table, ())}
        return TABLES[table] if EVERY in named else frozenset(named)

    def _line(self, role: str) -> Iterator[Role]:
        """The role, and what it extends."""
        name: str | None = role
        while name is not None and name in self.roles:
            yield self.roles[name]
            name = self.roles[name].extends


def load_permissions(file: Path, tools: Iterable[str] | None = None) -> Permissions:
    """The permissions in `file`. Raises `Invalid` naming the file and every problem.

    With `tools`, the names of all tools there are, a permission for any other one is a problem.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unusable(file, [str(error)]) from error
    if problems := permission_problems(text, tools):
        raise _unusable(file, problems)
    return _parsed(text)


def permission_problems(text: str, tools: Iterable[str] | None = None) -> list[str]:
    """Why a text can't be used as permissions, in words; empty when it can."""
    try:
        found = _parsed(text)
    except ValidationError as error:
        return [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()]
    except ValueError as error:
        return [str(error)]
    return [*_problems(found, None if tools is None else set(tools))]


def default_permissions() -> Permissions:
    """Those that come with the program."""
    return load_permissions(bundled(f"resources/{FILE}"))


def _parsed(text: str) -> Permissions:
    """The permissions of a text. One that says nowhere what people may do leaves that as it comes with the program."""
    found = Permissions(roles=tomllib.loads(text))
    if any("may" in role.model_fields_set for role in found.roles.values()):
        return found
    known = Permissions(roles=tomllib.loads(bundled(f"resources/{FILE}").read_text(encoding="utf-8"))).roles
    completed = {
        name: role.model_copy(update={"may": known[name].may}) if name in known else role
        for name, role in found.roles.items()
    }
    return found.model_copy(update={"roles": completed})


def _unusable(file: Path, problems: list[str]) -> Invalid:
    return Invalid(f"The permissions in {str(file)!r} can't be used: {'; '.join(problems)}. Mend or remove the file.")


def _problems(found: Permissions, tools: set[str] | None) -> Iterator[str]:
    for missing in sorted(_NEEDED - found.roles.keys()):
        yield f"the role {missing!r} is missing"
    for name, role in found.roles.items():
        if name not in ROLES:
            yield f"there is no role {name!r}{near_miss(name, ROLES)}"
        if role.extends is not None and not _comes_before(role.extends, name):
            yield f"{name}.extends: {role.extends!r} is no role below it"
        for tool in role.tools:
            if tools is not None and tool not in {*tools, EVERY}:
                yield f"{name}.tools: there is no tool {tool!r}{near_miss(tool, tools)}"
        for right in role.may:
            if right not in {*MEANING, EVERY}:
                yield f"{name}.may: there is no right {right!r}{near_miss(right, MEANING)}"
        yield from _column_problems(f"{name}.read", role.read)
        yield from _column_problems(f"{name}.write", role.write)
    if "admin" in found.roles and EVERY not in found.rights("admin"):
        yield "admin.may: an admin may do everything, or nobody could mend this; write ['*']"


def _comes_before(lower: Any, role: str) -> bool:
    """Roles extend only those below them, so that no circle can arise."""
    return lower in ROLES and role in ROLES and ROLES.index(lower) < ROLES.index(role)


def _column_problems(place: str, tables: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for table, columns in tables.items():
        if table not in TABLES:
            yield f"{place}: there is no table {table!r}{near_miss(table, TABLES)}"
            continue
        for column in columns:
            if column not in {*TABLES[table], EVERY}:
                yield f"{place}.{table}: there is no column {column!r}{near_miss(column, TABLES[table])}"
