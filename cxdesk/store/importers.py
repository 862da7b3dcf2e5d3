"""Taking over a shop's data from its files.

An import adds and updates, and never removes: a row that stands in the file replaces what the store has under
its id, and what the file does not mention stays. Hence importing twice changes nothing. All of it is one
transaction; bad rows are listed while the good ones go in, or with `strict` nothing does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz, process

from cxdesk.domain import Customer, ImportReport, Invalid, Order, OrderItem, Product, RowProblem, Ticket, Variant
from cxdesk.ports import Progress
from cxdesk.store.database import fold, id_key
from cxdesk.store.rows import AnyRow, CustomerRow, ItemRow, OrderRow, ProductRow, Row, TicketRow, VariantRow, parse_row
from cxdesk.store.sheets import FORMATS, Sheet, read_sheet
from cxdesk.store.store import Store

SHOP_FILES = ("customers", "orders", "order_items", "products", "product_items")
TICKETS = "tickets"
NEAR = 70  # rapidfuzz's ratio, 0..100: 'emial' is 80 from 'email', 'phone' 20
PROGRESS_EVERY = 1000

Key = TypeVar("Key", bound=str | tuple[str, int])


def import_shop(
    store: Store, path: Path, *, strict: bool = False, progress: Progress | None = None, currency: str = "USD"
) -> ImportReport:
    """Take over customers, orders and products from a folder, or from one of its files.

    A folder may hold any of customers, orders, order_items, products and product_items, each as .csv, .json,
    .jsonl or .parquet. Refused rows are listed with their lines. `currency` is that of amounts that name none.
    Raises `Invalid`, and takes nothing, when a file as a whole can't be used, or with `strict` when any row can't.
    """
    files = _shop_files(path)
    tally = Tally(strict, progress)
    customer_rows = open_sheet(files.get("customers"), CustomerRow, tally)
    order_rows = open_sheet(files.get("orders"), OrderRow, tally, currency=currency)
    item_rows = open_sheet(files.get("order_items"), ItemRow, tally)
    product_rows = open_sheet(files.get("products"), ProductRow, tally)
    variant_rows = open_sheet(files.get("product_items"), VariantRow, tally, currency=currency)
    with store.transaction():
        kept_for = store.people.kept_for()
        customers = _customers(store, _without_merged(customer_rows, kept_for, tally), tally)
        order_rows = _of_the_kept(order_rows, kept_for)
        orders = _orders(store, order_rows, item_rows, {each.id for each in customers}, tally)
        products = _products(store, product_rows, variant_rows, tally)
        tally.refuse_if_strict()
        store.customers.put_many(customers)
        store.orders.put_many(orders)
        store.products.put_many(products)
    return tally.report()


def import_tickets(store: Store, path: Path, *, strict: bool = False, progress: Progress | None = None) -> ImportReport:
    """Take over tickets from a file, or from the file called tickets in a folder. Raises as `import_shop` does."""
    tally = Tally(strict, progress)
    sheet = open_sheet(_ticket_file(path), TicketRow, tally)
    with store.transaction():
        tickets = _tickets(store, sheet, tally)
        tally.refuse_if_strict()
        store.tickets.put_many(tickets)
    return tally.report()


# ---------------------------------------------------------------- finding the files


def _shop_files(path: Path) -> dict[str, Path]:
    if not path.is_dir():
        return {_kind_of(existing_file(path)): path}
    files: dict[str, Path] = {}
    for file in sorted(path.iterdir()):
        kind = file.stem.lower()
        if kind not in SHOP_FILES or file.suffix.lower() not in FORMATS:
            continue
        if kind in files:
            raise Invalid(f"Both {files[kind].name!r} and {file.name!r} hold {kind}. Keep one of them.")
        files[kind] = file
    if not files:
        raise Invalid(
            f"Nothing to import in {str(path)!r}. Name the files {_listed(SHOP_FILES)}, as {_listed(FORMATS)}."
        )
    return files


def _ticket_file(path: Path) -> Path:
    if not path.is_dir():
        return existing_file(path)
    found = [path / f"{TICKETS}{suffix}" for suffix in FORMATS if (path / f"{TICKETS}{suffix}").is_file()]
    if not found:
        raise Invalid(f"No tickets in {str(path)!r}. Name the file {TICKETS!r}, as {_listed(FORMATS)}.")
    return found[0]


def existing_file(path: Path) -> Path:
    if not path.exists():
        raise Invalid(f"There is nothing at {str(path)!r}. Check the path.")
    if path.suffix.lower() not in FORMATS:
        raise Invalid(f"The file {path.name!r} can't be imported. Save it as {_listed(FORMATS)}.")
    return path


def _kind_of(file: Path) -> str:
    kind = file.stem.lower()
    if kind not in SHOP_FILES:
        raise Invalid(f"The file {file.name!r} doesn't say what it holds. Name it {_listed(SHOP_FILES)}.")
    return kind


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}"


# ---------------------------------------------------------------- rows


@dataclass
class Tally:
    """What became of the rows so far."""

    strict: bool
    progress: Progress | None
    added: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, file: str, line: int, reason: str) -> None:
        self.problems.append(RowProblem(file=file, line=line, reason=reason))

    def changed(self, kind: str, incoming: Mapping[Key, Any], stored: Mapping[Key, Any]) -> set[Key]:
        """The keys of what is new or different, all of it counted."""
        new = {key for key in incoming if key not in stored}
        different = {key for key, value in incoming.items() if key in stored and stored[key] != value}
        if not incoming:
            return set()
        self.added[kind] = len(new)
        self.updated[kind] = len(different)
        self.unchanged[kind] = len(incoming) - len(new) - len(different)
        return new | different

    def in_order(self) -> list[RowProblem]:
        """Causes before consequences: a refused customer comes before the orders that are refused for it."""
        return sorted(self.problems, key=lambda problem: (self.files.index(problem.file), problem.line))

    def refuse_if_strict(self) -> None:
        if self.strict and self.problems:
            first, count = self.in_order()[0], len(self.problems)
            rows = "1 row" if count == 1 else f"{count:,} rows"
            raise Invalid(
                f"Nothing was imported: {rows} can't be taken, first {first.file!r}, line {first.line}: {first.reason}."
                " Mend them, or import without --strict."
            )

    def report(self) -> ImportReport:
        return ImportReport(
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            problems=tuple(self.in_order()),
            notes=tuple(self.notes),
        )


@dataclass(frozen=True)
class Parsed(Generic[AnyRow]):
    """The good rows of a file by key, and the line of each."""

    file: str
    rows: dict[str, AnyRow]
    lines: dict[str, int]

    def refuse(self, key: str, reason: str, tally: Tally) -> None:
        """Give a row up after all."""
        tally.refuse(self.file, self.lines[key], reason)
        del self.rows[key]


def open_sheet(path: Path | None, model: type[AnyRow], tally: Tally, **defaults: str) -> Parsed[AnyRow]:
    """The good rows of a file; what is wrong with the others goes to the tally. Raises `Invalid` for the whole file."""
    if path is None:
        return Parsed("", {}, {})
    sheet = read_sheet(path)
    tally.files.append(sheet.file)
    _require_columns(sheet, model)
    tally.problems.extend(sheet.problems)
    tally.notes.extend([sheet.note] if sheet.note else [])
    tally.notes.extend(_unknown_columns(sheet, model))
    return _parse(sheet, model, tally, defaults)


def _require_columns(sheet: Sheet, model: type[Row]) -> None:
    missing = [name for name in model.columns if name not in sheet.columns]
    if not missing or not sheet.columns:
        return
    unknown = [name for name in sheet.columns if name not in model.model_fields]
    near = process.extractOne(missing[0], unknown, scorer=fuzz.ratio, score_cutoff=NEAR)
    hint = f"Is it the one called {near[0]!r}? Rename it" if near else f"It has {_quoted(sheet.columns)}. Add it"
    raise Invalid(f"The file {sheet.file!r} has no column {missing[0]!r}. {hint}, then import again.")


def _unknown_columns(sheet: Sheet, model: type[Row]) -> list[str]:
    unknown = [name for name in sheet.columns if name and name not in model.model_fields and name not in model.spare]
    return [f"{sheet.file}: not taken, since their meaning isn't known: {_quoted(unknown)}."] if unknown else []


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))


def _parse(sheet: Sheet, model: type[AnyRow], tally: Tally, defaults: Mapping[str, str]) -> Parsed[AnyRow]:
    rows: dict[str, AnyRow] = {}
    lines: dict[str, int] = {}
    for done, (line, cells) in enumerate(sheet.rows, start=1):
        if tally.progress and (done % PROGRESS_EVERY == 0 or done == len(sheet.rows)):
            tally.progress(done, len(sheet.rows), sheet.file)
        try:
            row = parse_row(model, cells, defaults)
        except Invalid as error:
            tally.refuse(sheet.file, line, str(error))
            continue
        if row.key in rows:
            tally.refuse(sheet.file, line, f"a row with the same id stands in line {lines[row.key]} already")
            continue
        rows[row.key], lines[row.key] = row, line
    return Parsed(sheet.file, rows, lines)


# ---------------------------------------------------------------- one merge a subject: what must be written


def _without_merged(parsed: Parsed[CustomerRow], kept_for: Mapping[str, str], tally: Tally) -> Parsed[CustomerRow]:
    """The rows but for customers who were merged into others at the desk: a file would bring them back."""
    merged = parsed.rows.keys() & kept_for.keys()
    if merged:
        tally.notes.append(
            f"{parsed.file}: {len(merged):,} not taken, since they were merged into other customers here."
        )
    return replace(parsed, rows={key: row for key, row in parsed.rows.items() if key not in merged})


def _of_the_kept(parsed: Parsed[OrderRow], kept_for: Mapping[str, str]) -> Parsed[OrderRow]:
    """The orders, those of a merged customer as the orders of the one who was kept."""
    rows = {
        key: row.model_copy(update={"customer_id": kept_for.get(row.customer_id, row.customer_id)})
        for key, row in parsed.rows.items()
    }
    return replace(parsed, rows=rows)


def _customers(store: Store, parsed: Parsed[CustomerRow], tally: Tally) -> list[Customer]:
    taken = {email: owner for email, owner in store.customers.emails().items() if owner not in parsed.rows}
    for key, row in list(parsed.rows.items()):
        email = fold(row.email or "")
        if email and taken.setdefault(email, key) != key:
            parsed.refuse(key, "'email' is another customer's already", tally)
    incoming = {key: row.record() for key, row in parsed.rows.items()}
    changed = tally.changed("customers", incoming, store.customers.find_many(incoming))
    return [customer for key, customer in incoming.items() if key in changed]


def _orders(
    store: Store, heads: Parsed[OrderRow], items: Parsed[ItemRow], customer_ids: set[str], tally: Tally
) -> list[Order]:
    customer_ids = customer_ids | store.customers.find_many(row.customer_id for row in heads.rows.values()).keys()
    for key, row in list(heads.rows.items()):
        if row.customer_id not in customer_ids:
            heads.refuse(key, f"the customer {row.customer_id!r} isn't known", tally)
    stored = store.orders.find_many([*heads.rows, *(row.order_id for row in items.rows.values())])
    known = heads.rows.keys() | stored.keys()
    for key, item in list(items.rows.items()):
        if id_key(item.order_id) not in known:
            items.refuse(key, f"the order {item.order_id!r} isn't known", tally)

    incoming = {key: row.record() for key, row in heads.rows.items()}
    lines = {(id_key(row.order_id), row.line_no): row.record() for row in items.rows.values()}
    kept = {(key, item.line_no): item for key, order in stored.items() for item in order.items}
    changed = tally.changed("orders", incoming, {key: _without_items(order) for key, order in stored.items()})
    changed |= {key for key, _ in tally.changed("items", lines, kept)}
    merged = _grouped({**kept, **lines})
    return [
        (incoming.get(key) or stored[key]).model_copy(update={"items": merged[key]})
        for key in {**stored, **incoming}
        if key in changed
    ]


def _without_items(order: Order) -> Order:
    return order.model_copy(update={"items": ()})


def _grouped(lines: Mapping[tuple[str, int], OrderItem]) -> Mapping[str, tuple[OrderItem, ...]]:
    items: dict[str, tuple[OrderItem, ...]] = defaultdict(tuple)
    for (order_key, _), item in sorted(lines.items(), key=lambda line: line[0]):
        items[order_key] += (item,)
    return items


def _products(store: Store, heads: Parsed[ProductRow], items: Parsed[VariantRow], tally: Tally) -> list[Product]:
    incoming = {key: Product(id=row.id, name=row.name, description=row.description) for key, row in heads.rows.items()}
    stored = store.products.find_many([*incoming, *(row.product_id for row in items.rows.values())])
    for key, row in list(items.rows.items()):
        if row.product_id in incoming or row.product_id in stored:
            continue
        if row.product_name:
            incoming[row.product_id] = Product(id=row.product_id, name=row.product_name)
        else:
            items.refuse(key, f"the product {row.product_id!r} isn't known", tally)

    variants = {key: row.record() for key, row in items.rows.items()}
    kept = {variant.item_id: variant for product in stored.values() for variant in product.variants}
    changed = tally.changed("products", incoming, {key: _without_variants(product) for key, product in stored.items()})
    changed |= {variants[key].product_id for key in tally.changed("variants", variants, kept)}
    merged: dict[str, tuple[Variant, ...]] = defaultdict(tuple)
    for variant in {**kept, **variants}.values():
        merged[variant.product_id] += (variant,)
    return [
        (incoming.get(key) or stored[key]).model_copy(update={"variants": merged[key]})
        for key in {**stored, **incoming}
        if key in changed
    ]


def _without_variants(product: Product) -> Product:
    return product.model_copy(update={"variants": ()})


def _tickets(store: Store, parsed: Parsed[TicketRow], tally: Tally) -> list[Ticket]:
    customer_ids = find_customer_ids(store, [row.customer for row in parsed.rows.values()])
    orders = store.orders.find_many(row.order_id for row in parsed.rows.values() if row.order_id)
    stored = store.tickets.find_many(parsed.rows)
    incoming: dict[str, Ticket] = {}
    for key, row in list(parsed.rows.items()):
        customer_id = customer_ids.get(row.customer)
        order = orders.get(id_key(row.order_id)) if row.order_id else None
        if customer_id is None:
            parsed.refuse(key, "'customer' is neither the e-mail address nor the id of a customer", tally)
        elif row.order_id and (order is None or order.customer_id != customer_id):
            parsed.refuse(key, f"the order {row.order_id!r} isn't one of this customer's", tally)
        else:
            incoming[key] = row.record(customer_id).model_copy(update=_of_the_desk(stored.get(key)))
    changed = tally.changed("tickets", incoming, stored)
    return [ticket for key, ticket in incoming.items() if key in changed]


def _of_the_desk(stored: Ticket | None) -> dict[str, str | None]:
    """What a ticket has from the desk alone, and keeps when its file comes again."""
    return stored.model_dump(include={"conversation_id", "assignee", "merged_into"}) if stored else {}


def find_customer_ids(store: Store, named: Sequence[str]) -> dict[str, str]:
    """The customer's id for each e-mail address or id that is known."""
    by_id, by_email = store.customers.find_many(named), store.people.kept_for_emails() | store.customers.emails()
    kept_for = store.people.kept_for()
    found = {name: name if name in by_id else kept_for.get(name) or by_email.get(fold(name)) for name in named}
    return {name: customer_id for name, customer_id in found.items() if customer_id}
