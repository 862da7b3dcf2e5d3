"""A shop's own questions to its data: one SELECT, in which only this customer's rows exist.

The shop writes the SQL, so nothing rests on its filter. Every table it names is replaced by the part of it that
belongs to the customer, with the columns that the role may see; the desk's own tables can't be named at all. It
runs in a read-only transaction on a cursor of its own, for a limited time and up to a limited number of rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from cxdesk.domain import Invalid
from cxdesk.store.database import Database, Row

CUSTOMER = "customer_id"
_OWN = f"WHERE customer_id = ${CUSTOMER}"
# Whose each row is, by table; None: everybody's, such as what the shop sells.
SHOP_TABLES: dict[str, str | None] = {
    "customers": f"WHERE id = ${CUSTOMER}",
    "orders": _OWN,
    "order_items": "WHERE order_key IN (SELECT key FROM main.orders WHERE customer_id = $customer_id)",
    "order_changes": _OWN,
    "tickets": f"{_OWN} AND merged_into IS NULL",
    "products": None,
    "variants": None,
}
_JOINING = frozenset({"id", "key", "order_key", "customer_id", "product_id", "item_id", "line_no"})
_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
_QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
# Texts, quoted names, comments and casts are passed over; what is left of ':name' is a parameter.
_PARAMETER = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|::|:(?P<name>[A-Za-z_]\w*)", re.DOTALL)

Columns = Mapping[str, AbstractSet[str]]
"""The columns that may be seen, by table; a table that isn't named may be seen whole."""


class Queries:
    def __init__(self, database: Database) -> None:
        self._db = database

    def is_personal(self, sql: str) -> bool:
        """Whether the answer depends on who asks. Raises `Invalid` as `check` does."""
        return CUSTOMER in _parameters(sql) or any(SHOP_TABLES[table] for table in self._tables(sql))

    def check(self, sql: str, parameters: AbstractSet[str]) -> None:
        """Raises `Invalid` unless the SQL is one SELECT over the shop's tables, with parameters of these names.

        `:customer_id` may always be used: the desk fills it.
        """
        self._tables(sql)
        if unknown := sorted(_parameters(sql) - parameters - {CUSTOMER}):
            raise Invalid(f"The query uses :{unknown[0]}, which is no argument. Declare it, or take it out.")
        self._db.read_only(f"EXPLAIN {self._scoped(sql, {})}", self._bound(sql, dict.fromkeys(parameters), ""), 5.0)

    def run(
        self,
        sql: str,
        values: Mapping[str, Any],
        customer_id: str,
        *,
        columns: Columns,
        row_limit: int = 50,
        timeout_s: float = 2.0,
    ) -> list[Row]:
        """The first rows of the query, of this customer's data only.

        Raises `Invalid` for a query that can't be run, `Unavailable` when it takes longer than `timeout_s`.
        """
        # All that is put together here has been parsed: see `_tables`. Values are bound.
        scoped = f"SELECT * FROM ({self._scoped(sql, columns)}) LIMIT {int(row_limit)}"  # noqa: S608
        return self._db.read_only(scoped, self._bound(sql, values, customer_id), timeout_s)

    # ------------------------------------------------------------ inside

    def _bound(self, sql: str, values: Mapping[str, Any], customer_id: str) -> dict[str, Any]:
        named = _parameters(sql)
        bound = {name: value for name, value in values.items() if name in named}
        return {**bound, CUSTOMER: customer_id} if self.is_personal(sql) else bound

    def _scoped(self, sql: str, columns: Columns) -> str:
        """The same query over the customer's part of each table."""
        parts = [f"{table} AS ({self._part(table, columns)})" for table in sorted(self._tables(sql))]
        inner = f"SELECT * FROM (\n{_dollars(sql).rstrip().rstrip(';')}\n)"  # noqa: S608
        return f"WITH {', '.join(parts)} {inner}" if parts else inner

    def _part(self, table: str, columns: Columns) -> str:
        there = [row["column_name"] for row in self._db.rows(_COLUMNS, table)]
        seen = [f'"{name}"' for name in there if table not in columns or name in columns[table] | _JOINING]
        return f"SELECT {', '.join(seen)} FROM main.{table} {SHOP_TABLES[table] or ''}"  # noqa: S608

    def _tables(self, sql: str) -> set[str]:
        """The shop's tables that the query reads. Raises `Invalid` for anything but one harmless SELECT."""
        tree = self._tree(sql)
        named = {key.casefold() for key in _ctes(tree)}
        if taken := sorted(named & {row["table_name"] for row in self._db.rows(_TABLES)}):
            raise Invalid(f"The query names a part of itself {taken[0]!r}, as a table is called. Use another name.")
        tables = {table.casefold() for table in _read_tables(tree)} - named
        if foreign := sorted(tables - SHOP_TABLES.keys()):
            raise Invalid(f"The query reads {foreign[0]!r}. It may read {', '.join(SHOP_TABLES)}.")
        return tables

    def _tree(self, sql: str) -> Any:
        if "$" in sql or "?" in sql:
            raise Invalid("The query holds '$' or '?'. Write its parameters as :name.")
        found = self._db.row("SELECT json_serialize_sql(?)::JSON AS tree", _dollars(sql))
        tree: dict[str, Any] = found["tree"] if found else {"error": True}
        if tree["error"]:
            detail = tree.get("error_message", "it can't be read")
            raise Invalid(f"The query isn't one plain SELECT: {detail}. Mend it.")
        if len(tree["statements"]) != 1:
            raise Invalid("The query holds several statements. Keep one SELECT.")
        return tree


_TABLES = "SELECT table_name FROM duckdb_tables()"
_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"


def _parameters(sql: str) -> set[str]:
    return {found["name"] for found in _PARAMETER.finditer(sql) if found["name"]}


def _dollars(sql: str) -> str:
    """The parameters as DuckDB writes them."""
    return _PARAMETER.sub(lambda found: f"${found['name']}" if found["name"] else found[0], sql)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for each in tree:
            yield from _nodes(each)


def _ctes(tree: Any) -> Iterator[str]:
    for node in _nodes(tree):
        if isinstance(ctes := node.get("cte_map"), dict):
            yield from (entry["key"] for entry in ctes["map"])


def _read_tables(tree: Any) -> Iterator[str]:
    for node in _nodes(tree):
        kind = str(node.get("type"))
        if kind.endswith("_NODE") and kind not in _QUERIES:
            raise Invalid("The query does more than read. Keep one SELECT.")
        if kind == "SHOW_REF":
            raise Invalid("The query describes a table. Select from it instead.")
        if kind == "TABLE_FUNCTION" and (name := node["function"]["function_name"]) not in _FUNCTIONS:
            raise Invalid(f"The query calls {name!r}, which is no table of the shop. Take it out.")
        if kind == "BASE_TABLE":
            if node["schema_name"] or node["catalog_name"]:
                raise Invalid(f"The query names {node['table_name']!r} by its schema. Name the table alone.")
            yield node["table_name"]
