import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from cxdesk.demo.shop import demo_documents, load_canned, load_scripts, write_demo_shop
from cxdesk.domain import Audience, Ticket

TODAY = date(2026, 3, 14)
ORDER_ID = re.compile(r"#V\d+")
UNDERWAY = {"pending", "processed", "shipped"}
SENT = {"shipped", "delivered", "return requested"}
VARIABLES = {"customer_name", "order_id", "agent_name", "tracking_id", "expected_date", "ticket_id", "product_name"}

Row = dict[str, str]
Table = Callable[[str], list[Row]]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    write_demo_shop(tmp_path / "shop", TODAY)
    return tmp_path / "shop"


@pytest.fixture
def table(shop: Path) -> Table:
    def read(name: str) -> list[Row]:
        with (shop / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def tickets(shop: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (shop / "tickets.jsonl").read_text(encoding="utf-8").splitlines()]


def owners(table: Table) -> dict[str, str]:
    emails = {customer["id"]: customer["email"] for customer in table("customers")}
    return {order["id"]: emails[order["customer_id"]] for order in table("orders")}


def items_of(table: Table) -> dict[str, list[Row]]:
    items: dict[str, list[Row]] = {}
    for item in table("order_items"):
        items.setdefault(item["order_id"], []).append(item)
    return items


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def headings(path: Path) -> Counter[str]:
    tokens = MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8"))
    return Counter(token.tag for token in tokens if token.type == "heading_open")


def test_the_shop_is_large_enough_to_be_a_shop(table: Table, tickets: list[dict[str, Any]]) -> None:
    assert len(table("customers")) >= 42
    assert len(table("orders")) >= 125
    assert len(table("products")) >= 18
    assert len(tickets) >= 15
    assert len(load_canned()) >= 15
    assert len(load_scripts()) >= 10


@pytest.mark.parametrize(
    ("name", "key"),
    [("customers", "id"), ("customers", "email"), ("orders", "id"), ("products", "id"), ("product_items", "item_id")],
)
def test_keys_occur_once(table: Table, name: str, key: str) -> None:
    values = [row[key].lower() for row in table(name)]
    assert len(values) == len(set(values))


def test_every_order_belongs_to_a_customer_who_was_registered_by_then(table: Table) -> None:
    registered = {customer["id"]: customer["registered_at"] for customer in table("customers")}
    assert all(registered[order["customer_id"]] <= order["ordered_at"] for order in table("orders"))


def test_the_total_of_an_order_is_the_sum_of_its_items(table: Table) -> None:
    items = items_of(table)
    for order in table("orders"):
        assert Decimal(order["total"]) == sum(
            Decimal(item["price"]) * int(item["quantity"]) for item in items[order["id"]]
        )


def test_every_ordered_item_is_a_variant_of_the_catalog_with_its_options(table: Table) -> None:
    variants = {v["item_id"]: (v["product_id"], v["product_name"], v["options"]) for v in table("product_items")}
    products = {product["id"]: product["name"] for product in table("products")}
    assert all(
        variants[i["item_id"]] == (i["product_id"], i["product_name"], i["options"]) for i in table("order_items")
    )
    assert all(products[product_id] == name for product_id, name, _ in variants.values())


def test_an_order_is_paid_in_full_by_a_method_of_its_customer(table: Table) -> None:
    methods = {c["id"]: {m["id"] for m in json.loads(c["payment_methods"])} for c in table("customers")}
    for order in table("orders"):
        payment, *refunds = json.loads(order["payment_history"], parse_float=Decimal)
        assert payment["transaction_type"] == "payment"
        assert payment["amount"] == Decimal(order["total"])
        assert payment["payment_method_id"] in methods[order["customer_id"]]
        assert sum(refund["amount"] for refund in refunds) <= payment["amount"]


def test_a_cancelled_order_is_refunded_in_full(table: Table) -> None:
    cancelled = [order for order in table("orders") if order["status"] == "cancelled"]
    assert cancelled
    for order in cancelled:
        refund = json.loads(order["payment_history"], parse_float=Decimal)[1]
        assert (refund["transaction_type"], refund["amount"]) == ("refund", Decimal(order["total"]))


def test_only_orders_that_left_the_shop_have_tracking_and_it_covers_their_items(table: Table) -> None:
    items = items_of(table)
    for order in table("orders"):
        parcels = json.loads(order["fulfillments"])
        assert bool(parcels) == (order["status"] in SENT)
        assert all(parcel["tracking_id"] and parcel["carrier"] for parcel in parcels)
        sent = [item_id for parcel in parcels for item_id in parcel["item_ids"]]
        assert sent == ([item["item_id"] for item in items[order["id"]]] if parcels else [])


def test_the_dates_of_an_order_fit_its_status_and_stand_in_their_order(table: Table) -> None:
    for order in table("orders"):
        ordered, shipped, delivered = (day(order[name]) for name in ("ordered_at", "shipped_at", "delivered_at"))
        assert bool(shipped) == (order["status"] in SENT)
        assert bool(delivered) == (order["status"] in {"delivered", "return requested"})
        assert bool(order["expected_at"]) == (order["status"] in UNDERWAY)
        happened = [moment for moment in (ordered, shipped, delivered, TODAY) if moment]
        assert happened == sorted(happened)


def test_power_banks_travel_only_where_the_shipping_page_allows(table: Table) -> None:
    orders = {order["id"]: order for order in table("orders")}
    for item in table("order_items"):
        order = orders[item["order_id"]]
        if item["product_name"] == "Magpie Power Bank":
            assert order["ship_country"] == "USA"
            assert order["ship_state"] not in {"AK", "HI", "PR"}
            assert "Express" not in order["fulfillments"]


def test_dates_move_with_the_given_day(tmp_path: Path) -> None:
    write_demo_shop(tmp_path / "then", date(2026, 2, 28))
    write_demo_shop(tmp_path / "later", date(2026, 3, 1))
    then, later = ((tmp_path / name / "orders.csv").read_text(encoding="utf-8") for name in ("then", "later"))
    newest_then, newest_later = (
        max(row["ordered_at"] for row in csv.DictReader(text.splitlines())) for text in (then, later)
    )
    assert (newest_then, newest_later) == ("2026-02-28", "2026-03-01")


def test_no_relative_column_is_left_in_what_is_written(shop: Path) -> None:
    assert not [
        path.name for path in shop.iterdir() if re.search(r"days_ago|in_days", path.read_text(encoding="utf-8"))
    ]


def test_the_same_day_gives_the_same_bytes(shop: Path, tmp_path: Path) -> None:
    write_demo_shop(tmp_path / "again", TODAY)
    assert {p.name: p.read_bytes() for p in shop.iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()
    }


def test_tickets_name_known_customers_and_their_own_orders(table: Table, tickets: list[dict[str, Any]]) -> None:
    emails = {customer["email"] for customer in table("customers")}
    owner = owners(table)
    ordered = {order["id"]: order["ordered_at"] for order in table("orders")}
    for ticket in tickets:
        assert ticket["customer"] in emails
        if order_id := ticket.get("order_id"):
            assert owner[order_id] == ticket["customer"]
            assert ordered[order_id] <= ticket["created_at"] <= TODAY.isoformat()


def test_tickets_use_the_states_and_priorities_of_the_desk(tickets: list[dict[str, Any]]) -> None:
    for ticket in tickets:
        Ticket.model_validate(
            {name: ticket[name] for name in ("id", "subject", "description", "status", "priority", "category")}
        )


def test_scripted_customers_exist_and_write_about_their_own_orders(table: Table) -> None:
    emails = {customer["email"] for customer in table("customers")}
    owner = owners(table)
    for script in load_scripts():
        named = {order_id for line in script.lines for order_id in ORDER_ID.findall(line)}
        proved = next((email for email in emails if any(email in line for line in script.lines)), None)
        writer = script.customer or proved
        assert script.customer is None or script.customer in emails
        foreign = {order_id for order_id in named & owner.keys() if owner[order_id] != writer}
        assert bool(foreign) == (script.mood == "trickster")
        assert bool(named - owner.keys()) == (script.mood == "mistaken")


def test_every_mood_has_its_script_once() -> None:
    moods = Counter(script.mood for script in load_scripts())
    assert {"happy", "furious", "vague", "mistaken", "insistent", "trickster"} <= moods.keys()
    assert set(moods.values()) == {1}


def test_saved_replies_use_known_variables_and_their_own_shortcuts() -> None:
    replies = load_canned()
    used = {name for reply in replies for name in re.findall(r"\{([^}]*)\}", reply.text)}
    assert used == VARIABLES
    assert len({reply.shortcut for reply in replies}) == len(replies)


def test_every_markdown_document_has_one_title_and_several_sections() -> None:
    pages = [path for path, _ in demo_documents() if path.suffix == ".md"]
    assert len(pages) >= 14
    for page in pages:
        found = headings(page)
        assert found["h1"] == 1, page.name
        assert found["h2"] >= 3, page.name
        assert set(found) == {"h1", "h2"}, page.name


def test_documents_have_names_of_their_own_and_one_is_for_staff_only() -> None:
    documents = demo_documents()
    assert len({path.name for path, _ in documents}) == len(documents)
    assert [path.name for path, audience in documents if audience is Audience.internal] == ["staff_rules.md"]


def test_the_frequent_questions_are_complete_and_asked_once() -> None:
    [faq] = [path for path, _ in demo_documents() if path.suffix == ".json"]
    entries = json.loads(faq.read_text(encoding="utf-8"))
    assert len(entries) == 27
    assert all(set(entry) == {"question", "answer", "category"} and all(entry.values()) for entry in entries)
    assert len({entry["question"] for entry in entries}) == 27
