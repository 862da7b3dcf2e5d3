import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pytest
from pyarrow import parquet

from cxdesk.domain import ConversationState, Identity, ImportReport, Invalid, TicketStatus
from cxdesk.store import Store
from cxdesk.store.importers import import_shop, import_tickets

COUNTS = {"customers": 2, "orders": 2, "items": 3, "products": 2, "variants": 3}
NONE = dict.fromkeys(COUNTS, 0)
JSON_COLUMNS = ("payment_methods", "payment_history", "fulfillments", "options")

Edit = Callable[..., None]


@pytest.fixture
def edit(shop: Path) -> Edit:
    """Replaces a piece of one of the shop's files, which must be there."""

    def replace(name: str, old: str, new: str, *, encoding: str = "utf-8") -> None:
        text = (shop / name).read_text(encoding="utf-8")
        assert old in text
        (shop / name).write_bytes(text.replace(old, new, 1).encode(encoding))

    return replace


@pytest.fixture
def taken(fresh_store: Store, shop: Path) -> Store:
    """A store that has the shop."""
    import_shop(fresh_store, shop)
    return fresh_store


def reasons(report: ImportReport) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.reason) for problem in report.problems]


def everything(store: Store) -> list[object]:
    customers = store.customers.all()
    return [customers, [store.orders.of_customer(each.id) for each in customers], store.products.all()]


# ---------------------------------------------------------------- what is taken


def test_a_shop_is_taken_whole(fresh_store: Store, shop: Path) -> None:
    report = import_shop(fresh_store, shop)
    assert (report.added, report.updated, report.unchanged) == (COUNTS, NONE, NONE)
    assert (report.problems, report.notes) == ((), ())
    ada = fresh_store.customers.get("ada")
    assert (ada.phone, ada.address.zip, ada.registered_at) == (
        "+44 20 5550 0101",
        "00123",
        datetime(2025, 1, 31, tzinfo=UTC),
    )
    assert ada.payment_methods[0].balance == Decimal("17.50")
    order = fresh_store.orders.find("#K1", "ada")
    assert order
    assert order.ordered_at == datetime(2026, 2, 3, 8, tzinfo=UTC)
    assert order.fulfillments[0].carrier == "Swift"
    assert [(item.item_id, item.options, item.price, item.quantity) for item in order.items] == [
        ("cup-red", {"color": "red"}, Decimal("12.25"), 2),
        ("jar-1", {}, Decimal("6.00"), 1),
    ]
    cup = fresh_store.products.find("cup")
    assert cup
    assert [(variant.item_id, variant.available) for variant in cup.variants] == [
        ("cup-red", True),
        ("cup-blue", False),
    ]


def test_what_the_shop_does_not_say_is_not_invented(taken: Store) -> None:
    order = taken.orders.find("#K2", "bo")
    assert order
    assert (order.ordered_at, order.delivered_at, order.payments, order.fulfillments) == (None, None, (), ())
    assert taken.customers.get("bo").phone is None


def test_importing_twice_changes_nothing(taken: Store, shop: Path) -> None:
    before = everything(taken)
    report = import_shop(taken, shop)
    assert (report.added, report.updated, report.unchanged) == (NONE, NONE, COUNTS)
    assert everything(taken) == before


def test_only_what_differs_is_updated(taken: Store, shop: Path, edit: Edit) -> None:
    edit("orders.csv", "pending", "delivered")
    edit("order_items.csv", "6.00", "7.00")
    report = import_shop(taken, shop)
    assert report.updated == {**NONE, "orders": 1, "items": 1}
    changed, untouched = taken.orders.find("#K1", "ada"), taken.orders.find("#K2", "bo")
    assert changed
    assert untouched
    assert [item.price for item in changed.items] == [Decimal("12.25"), Decimal("7.00")]
    assert untouched.status == "delivered"
    assert len(untouched.items) == 1


@pytest.mark.parametrize("name", sorted(["customers", "orders", "order_items", "products", "product_items"]))
def test_one_file_alone_keeps_what_it_does_not_mention(taken: Store, shop: Path, name: str) -> None:
    before = everything(taken)
    report = import_shop(taken, shop / f"{name}.csv")
    assert sum(report.added.values()) + sum(report.updated.values()) == 0
    assert len(report.unchanged) == 1
    assert everything(taken) == before


def write_json(path: Path, rows: list[dict[str, Any]]) -> None:
    path.with_suffix(".json").write_text(json.dumps(rows), encoding="utf-8")


def write_json_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.with_suffix(".jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    texts = [
        {name: json.dumps(cell) if isinstance(cell, list | dict) else cell for name, cell in row.items()}
        for row in rows
    ]
    parquet.write_table(arrow.Table.from_pylist(texts), path.with_suffix(".parquet"))


@pytest.mark.parametrize("write", [write_json, write_json_lines, write_parquet])
def test_every_format_gives_the_same_shop(taken: Store, shop: Path, write: Callable[..., None]) -> None:
    for path in list(shop.iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [
                {
                    name: json.loads(cell) if name in JSON_COLUMNS and cell else cell or None
                    for name, cell in row.items()
                }
                for row in csv.DictReader(file)
            ]
        write(path, rows)
        path.unlink()
    with Store.open(None) as other:
        report = import_shop(other, shop)
        assert (report.added, report.problems) == (COUNTS, ())
        assert everything(other) == everything(taken)


def test_dates_and_numbers_of_typed_files_are_taken_as_they_are(fresh_store: Store, shop: Path) -> None:
    rows = [{"id": 7, "customer_id": "ada", "status": "new", "total": Decimal("1.20"), "ordered_at": date(2026, 1, 2)}]
    parquet.write_table(arrow.Table.from_pylist(rows), shop / "orders.parquet")
    (shop / "orders.csv").unlink()
    import_shop(fresh_store, shop)
    order = fresh_store.orders.find("7", "ada")
    assert order
    assert (order.total, order.ordered_at) == (Decimal("1.20"), datetime(2026, 1, 2, tzinfo=UTC))


def test_amounts_that_name_no_currency_are_in_the_shops_own(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("product_items.csv", "available,price\n", "available,price,currency\n")
    for row in ("true,12.25", "false,12", "true,6"):
        edit("product_items.csv", f"{row}\n", f"{row},{'CHF' if row == 'false,12' else ''}\n")
    import_shop(fresh_store, shop, currency="EUR")
    order, cup = fresh_store.orders.find("#K1", "ada"), fresh_store.products.find("cup")
    assert order
    assert cup
    assert order.currency == "EUR"
    assert [variant.currency for variant in cup.variants] == ["EUR", "CHF"]


def test_variants_of_a_product_that_is_only_named_bring_it_along(fresh_store: Store, shop: Path) -> None:
    report = import_shop(fresh_store, shop / "product_items.csv")
    assert report.added == {"products": 2, "variants": 3}
    assert fresh_store.products.names() == [("cup", "Cup"), ("jar", "Jar")]


def test_a_latin_1_file_is_taken_and_noted(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("customers.csv", "Ada Marsh", "Zoë Müller", encoding="latin-1")
    report = import_shop(fresh_store, shop)
    assert fresh_store.customers.get("ada").name == "Zoë Müller"
    assert report.problems == ()
    assert ["customers.csv is not UTF-8" in note for note in report.notes] == [True]


def test_semicolons_a_byte_order_mark_and_windows_line_ends_are_no_trouble(fresh_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_bytes('\ufeffid;name;description\r\ncup;Cup;"one,\r\ntwo"\r\n'.encode())
    assert import_shop(fresh_store, file).added == {"products": 1}
    assert fresh_store.products.names() == [("cup", "Cup")]


def test_a_column_of_unknown_meaning_is_noted(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("products.csv", "description", "descripton")
    report = import_shop(fresh_store, shop)
    assert report.notes == ("products.csv: not taken, since their meaning isn't known: 'descripton'.",)


def test_progress_tells_the_rows_of_each_file(fresh_store: Store, shop: Path) -> None:
    told: list[tuple[int, int, str]] = []
    import_shop(fresh_store, shop, progress=lambda done, total, what: told.append((done, total, what)))
    assert (3, 3, "order_items.csv") in told
    assert len(told) == 5


# ---------------------------------------------------------------- rows that are refused

BAD_ROWS = [
    ("customers.csv", "Ada Marsh", "=cmd()", 2, "'name' begins with '=' like a spreadsheet's formula"),
    ("customers.csv", "Leeds", "+1+1", 2, "'city' begins with '+' like a spreadsheet's formula"),
    ("customers.csv", "1 Mill Lane", "@SUM(A1)", 2, "'address1' begins with '@' like a spreadsheet's formula"),
    ("products.csv", "cup,Cup", "cup,=1+1", 2, "'name' begins with '=' like a spreadsheet's formula"),
    ("customers.csv", "Bo Lund", "Bo\x00Lund", 3, "'name' holds a control character"),
    ("customers.csv", "Bo Lund", "Bo\x1b[31m", 3, "'name' holds a control character"),
    ("customers.csv", "bo,Bo Lund", ",Bo Lund", 3, "'id' is missing"),
    ("customers.csv", "bo@example.com", "bo at example.com", 3, "'email' is not an e-mail address"),
    ("customers.csv", "bo@example.com", "ADA@example.com", 3, "'email' is another customer's already"),
    ("customers.csv", "bo,Bo Lund", "ada,Bo Lund", 3, "a row with the same id stands in line 2 already"),
    ("customers.csv", "2025-01-31", "31/01/2025", 2, "'registered_at' is not a date such as 2026-03-14: '31/01/2025'"),
    ("customers.csv", '"[{""id', '"[{id', 2, "'payment_methods' is not sound JSON"),
    ("orders.csv", "pending,12", "pending,twelve", 3, "'total' is not a number: 'twelve'"),
    ("orders.csv", "#K2,bo", "#K2,nobody", 3, "the customer 'nobody' isn't known"),
    ("orders.csv", "#K2,bo", "k1,bo", 3, "a row with the same id stands in line 2 already"),
    ("orders.csv", "pending,12,,,,,", "pending,12,,", 3, "the row has 6 cells, the header 9"),
    ("order_items.csv", "6.00", "6.00 EUR", 3, "'price' is not a number: '6.00 EUR'"),
    ("order_items.csv", "6.00", "NaN", 3, "'price' is not a number: 'NaN'"),
    ("order_items.csv", "6.00", "0.00001", 3, "'price' has more than 14 digits or 4 decimals"),
    ("order_items.csv", "6.00", "-6.00", 3, "'price': input should be greater than or equal to 0"),
    ("order_items.csv", "#K1,2", "#K1,1", 3, "a row with the same id stands in line 2 already"),
    ("order_items.csv", "#K2,1", "#K7,1", 4, "the order '#K7' isn't known"),
    ("product_items.csv", "cup-blue,cup,Cup", "cup-blue,pot,", 3, "the product 'pot' isn't known"),
    (
        "product_items.csv",
        "false",
        "perhaps",
        3,
        "'available' is neither true nor false",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "reason"), BAD_ROWS)
def test_a_bad_row_is_listed_while_the_good_ones_go_in(
    fresh_store: Store, shop: Path, edit: Edit, file: str, old: str, new: str, line: int, reason: str
) -> None:
    edit(file, old, new)
    report = import_shop(fresh_store, shop)
    assert reasons(report)[0] == (file, line, reason)
    assert fresh_store.customers.count() >= 1
    assert len(fresh_store.products.all()) >= 1


@pytest.mark.parametrize("written", ['"Bo\nLund"', "Bo \u202eLund", "B\u200bo Lund", "Bo\U000e0041 \t Lund"])
def test_a_name_is_one_line_in_which_nothing_is_hidden(
    fresh_store: Store, shop: Path, edit: Edit, written: str
) -> None:
    edit("customers.csv", "Bo Lund", written)
    import_shop(fresh_store, shop)
    found = fresh_store.customers.find("bo")
    assert found is not None
    assert found.name == "Bo Lund"


def test_what_hangs_on_a_refused_row_is_refused_too(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("customers.csv", "Bo Lund", "=Bo")
    report = import_shop(fresh_store, shop)
    assert reasons(report) == [
        ("customers.csv", 3, "'name' begins with '=' like a spreadsheet's formula"),
        ("orders.csv", 3, "the customer 'bo' isn't known"),
        ("order_items.csv", 4, "the order '#K2' isn't known"),
    ]
    assert report.added == {"customers": 1, "orders": 1, "items": 2, "products": 2, "variants": 3}


def test_several_faults_of_a_row_are_told_together(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("orders.csv", "pending,12", ",twelve")
    assert reasons(import_shop(fresh_store, shop))[0][2] == "'status' is missing; 'total' is not a number: 'twelve'"


def test_a_line_that_is_not_json_is_listed_with_its_number(fresh_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "products.jsonl"
    file.write_text(
        '{"id": "cup", "name": "Cup"}\n\n{"id": "jar",\n["pot"]\n{"id": "\\ud800", "name": "?"}\n', encoding="utf-8"
    )
    assert reasons(import_shop(fresh_store, file)) == [
        (file.name, 3, "the line is not sound JSON"),
        (file.name, 4, "the row is not an object with named values"),
        (file.name, 5, "'id' holds half a character"),
    ]


def test_reasons_do_not_repeat_what_a_customer_wrote(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("customers.csv", "bo@example.com", "call me at 555-0199")
    edit("customers.csv", "Bo Lund", "=secret")
    told = str(reasons(import_shop(fresh_store, shop)))
    assert "555-0199" not in told
    assert "secret" not in told


def test_strict_takes_nothing_when_any_row_is_bad(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("order_items.csv", "6.00", "six")
    edit("customers.csv", "Bo Lund", "=Bo")
    with pytest.raises(Invalid, match=r"Nothing was imported: 4 rows can't be taken, first 'customers\.csv', line 3"):
        import_shop(fresh_store, shop, strict=True)
    assert everything(fresh_store) == [[], [], []]


def test_strict_takes_a_shop_without_faults(fresh_store: Store, shop: Path) -> None:
    assert import_shop(fresh_store, shop, strict=True).added == COUNTS


# ---------------------------------------------------------------- files that are refused


def test_a_missing_column_is_named_with_the_one_that_was_meant(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("customers.csv", "email", "emial")
    with pytest.raises(Invalid, match=r"'customers\.csv' has no column 'email'\. Is it the one called 'emial'\?"):
        import_shop(fresh_store, shop)
    assert everything(fresh_store) == [[], [], []]


def test_a_missing_column_without_a_near_miss_is_told_beside_those_that_are_there(
    fresh_store: Store, shop: Path
) -> None:
    (shop / "products.csv").write_text("sku,title\ncup,Cup\n")
    with pytest.raises(Invalid, match=r"no column 'id'\. It has 'sku', 'title'\. Add it"):
        import_shop(fresh_store, shop)


BAD_FILES = [
    ("orders.csv", b"", "is empty"),
    ("orders.csv", b" \n\n", "is empty"),
    ("orders.csv", b"\xef\xbb\xbf", "is empty"),
    ("orders.csv", b'id,customer_id,status,total\n#K1,ada,"new,5\n', "is not sound CSV"),
    ("orders.csv", b"id,customer_id,status,total,id\n1,ada,new,5,2\n", "the column 'id' more than once"),
    ("orders.json", b"[{]", "is not sound JSON"),
    ("orders.json", b'{"id": 1}', "no list of rows"),
    ("orders.parquet", b"PAR1 but not really", "is not a sound Parquet file"),
]


@pytest.mark.parametrize(("name", "content", "told"), BAD_FILES)
def test_a_file_that_is_no_table_is_named_and_nothing_is_taken(
    fresh_store: Store, shop: Path, name: str, content: bytes, told: str
) -> None:
    (shop / "orders.csv").unlink()
    (shop / name).write_bytes(content)
    with pytest.raises(Invalid, match=rf"'{name}'.*{told}"):
        import_shop(fresh_store, shop)
    assert fresh_store.customers.count() == 0


def test_a_folder_without_anything_to_import_says_what_it_looks_for(fresh_store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(Invalid, match=r"Nothing to import.*customers, orders.*product_items.*\.csv"):
        import_shop(fresh_store, tmp_path)


def test_two_files_of_one_kind_are_refused(fresh_store: Store, shop: Path) -> None:
    (shop / "orders.json").write_text("[]")
    with pytest.raises(Invalid, match=r"'orders\.csv' and 'orders\.json'"):
        import_shop(fresh_store, shop)


@pytest.mark.parametrize(
    ("name", "told"),
    [("gone.csv", "nothing at"), ("people.csv", "doesn't say what it holds"), ("orders.xlsx", "Save it as")],
)
def test_a_path_that_cannot_be_imported_is_told(fresh_store: Store, tmp_path: Path, name: str, told: str) -> None:
    if name != "gone.csv":
        (tmp_path / name).write_text("id\n")
    with pytest.raises(Invalid, match=told):
        import_shop(fresh_store, tmp_path / name)


def test_a_column_with_a_meaning_of_its_own_is_no_near_miss(fresh_store: Store, shop: Path, edit: Edit) -> None:
    edit("order_items.csv", ",item_id", ",article")
    with pytest.raises(Invalid, match=r"no column 'item_id'\. It has 'order_id'"):
        import_shop(fresh_store, shop)


def test_a_file_with_only_a_header_takes_nothing_and_is_no_fault(taken: Store, shop: Path) -> None:
    (shop / "orders.csv").write_text("id,customer_id,status,total\n")
    assert import_shop(taken, shop).problems == ()
    assert taken.orders.count() == 2


# ---------------------------------------------------------------- tickets

TICKETS: list[dict[str, Any]] = [
    {
        "id": "T-1",
        "customer": "ADA@example.com",
        "order_id": "k1",
        "subject": "+1 broken cup",
        "created_at": "2026-03-01",
    },
    {
        "id": "T-2",
        "customer": "bo",
        "subject": "Where is it?",
        "status": "waiting",
        "priority": "high",
        "category": "orders",
    },
]


@pytest.fixture
def ticket_file(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: dict[str, Any]) -> Path:
        write_json_lines(tmp_path / "tickets", list(rows))
        return tmp_path / "tickets.jsonl"

    return write


def test_tickets_find_their_customer_by_email_or_id(taken: Store, ticket_file: Callable[..., Path]) -> None:
    assert import_tickets(taken, ticket_file(*TICKETS)).added == {"tickets": 2}
    first, second = taken.tickets.find("T-1", "ada"), taken.tickets.find("T-2", "bo")
    assert first
    assert second
    assert (first.subject, first.created_at) == ("+1 broken cup", datetime(2026, 3, 1, tzinfo=UTC))
    assert (second.status, second.priority, second.category) == (TicketStatus.waiting, "high", "orders")


def test_importing_tickets_twice_changes_nothing(taken: Store, ticket_file: Callable[..., Path]) -> None:
    file = ticket_file(*TICKETS)
    import_tickets(taken, file)
    conversation = taken.conversations.create("Ada", "ada", Identity())
    assert conversation.state is ConversationState.open
    ticket = taken.tickets.find("T-1", "ada")
    assert ticket
    taken.tickets.put(ticket.model_copy(update={"conversation_id": conversation.id}))
    report = import_tickets(taken, file.parent)
    assert (report.added, report.updated, report.unchanged) == ({"tickets": 0}, {"tickets": 0}, {"tickets": 2})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"customer": "nobody@example.com"}, "'customer' is neither the e-mail address nor the id of a customer"),
        ({"order_id": "#K2"}, "the order '#K2' isn't one of this customer's"),
        ({"order_id": "#K9"}, "the order '#K9' isn't one of this customer's"),
        ({"subject": ""}, "'subject' is missing"),
        ({"id": "t-2"}, "a row with the same id stands in line 1 already"),
        ({"priority": "whenever"}, "'priority': input should be 'low', 'normal', 'high' or 'urgent'"),
    ],
)
def test_a_bad_ticket_is_listed_while_the_others_go_in(
    taken: Store, ticket_file: Callable[..., Path], change: dict[str, str], reason: str
) -> None:
    report = import_tickets(taken, ticket_file(TICKETS[1], {**TICKETS[0], **change}))
    assert reasons(report) == [("tickets.jsonl", 2, reason)]
    assert report.added == {"tickets": 1}


def test_strict_takes_no_ticket_when_any_is_bad(taken: Store, ticket_file: Callable[..., Path]) -> None:
    with pytest.raises(Invalid, match="1 row can't be taken"):
        import_tickets(taken, ticket_file(*TICKETS, {**TICKETS[0], "id": "T-3", "status": "lost"}), strict=True)
    assert taken.tickets.open() == []


def test_a_folder_without_tickets_is_told(taken: Store, shop: Path) -> None:
    with pytest.raises(Invalid, match="No tickets in"):
        import_tickets(taken, shop)


def test_a_merged_customer_is_not_brought_back_by_the_shops_files(fresh_store, shop):
    import_shop(fresh_store, shop)
    fresh_store.people.merge("ada", "bo")
    report = import_shop(fresh_store, shop)
    assert (sum(report.added.values()), sum(report.updated.values())) == (0, 0)
    assert any("merged into other customers" in note for note in report.notes)
    assert fresh_store.customers.find("bo") is None
    assert {order.id for order in fresh_store.orders.of_customer("ada")} == {"#K1", "#K2"}
