"""What actions write: each row only in its owner's name."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cxdesk.domain import (
    Address,
    AuditRow,
    Customer,
    Identity,
    Invalid,
    Order,
    OrderChange,
    OrderItem,
    PendingAction,
    Product,
    Ticket,
    TicketNote,
    TicketStatus,
    Variant,
)
from cxdesk.store import Store

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def line(line_no: int, item_id: str, quantity: int = 1) -> OrderItem:
    return OrderItem(line_no=line_no, item_id=item_id, product_name="Cup", price=Decimal("2.50"), quantity=quantity)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        opened.customers.put_many([Customer(id=i, name=i, email=f"{i}@example.com") for i in ("ada", "bo")])
        for key, owner in (("#K1", "ada"), ("#K2", "bo")):
            items = (line(1, "red", 2), line(2, "blue"))
            opened.orders.put(Order(id=key, customer_id=owner, status="pending", total=Decimal("7.50"), items=items))
        opened.tickets.put_many([Ticket(id="T-1", customer_id="ada", subject="A"), Ticket(id="T-2", subject="B")])
        yield opened


def order(store: Store, order_id: str = "#K1", owner: str = "ada") -> Order:
    found = store.orders.find(order_id, owner)
    assert found is not None
    return found


def a_change(order_id: str = "#K1", customer_id: str = "ada") -> OrderChange:
    return OrderChange(id="o_1", order_id=order_id, customer_id=customer_id, tool="cancel_order", at=NOON)


@pytest.mark.parametrize(
    "items",
    [
        (line(1, "red", 2), line(2, "blue")),
        (line(1, "red", 1), line(2, "blue"), line(3, "black")),
        (line(2, "green"),),
        (),
    ],
)
def test_an_order_is_kept_as_it_is_now_with_its_items(store: Store, items: tuple[OrderItem, ...]) -> None:
    other = order(store, "#K2", "bo")
    changed = order(store).model_copy(
        update={"status": "x", "total": Decimal("1.25"), "ship_to": Address(city="Hull"), "items": items}
    )
    store.orders.save(changed, "ada")
    assert order(store) == changed
    assert order(store, "#K2", "bo") == other


@pytest.mark.parametrize("order_id", ["#K2", "#K9"])
def test_an_order_of_somebody_else_is_not_kept_as_one_that_is_not_there(store: Store, order_id: str) -> None:
    before = order(store, "#K2", "bo")
    stolen = before.model_copy(update={"id": order_id, "status": "cancelled", "items": ()})
    with pytest.raises(Invalid, match=f"No order '{order_id}' of this customer"):
        store.orders.save(stolen, "ada")
    with pytest.raises(Invalid, match=f"No order '{order_id}' of this customer"):
        store.orders.add_change(a_change(order_id))
    assert order(store, "#K2", "bo") == before
    assert store.orders.changes("#K2", "bo") == []


def test_what_was_done_to_an_order_is_told_to_its_owner_only(store: Store) -> None:
    store.orders.add_change(a_change())
    assert store.orders.changes("k1", "ada") == [a_change()]
    assert store.orders.changes("#K1", "bo") == []


def test_an_import_of_the_order_leaves_what_was_done_to_it(store: Store) -> None:
    store.orders.add_change(a_change())
    store.orders.put(order(store).model_copy(update={"status": "shipped"}))
    assert store.orders.changes("#K1", "ada") == [a_change()]


def test_an_address_is_changed_for_one_customer_only(store: Store) -> None:
    bo = store.customers.get("bo")
    store.customers.update_address("ada", Address(city="Hull"))
    assert store.customers.get("ada").address.city == "Hull"
    assert store.customers.get("bo") == bo
    with pytest.raises(Invalid, match="No customer 'cy'"):
        store.customers.update_address("cy", Address())


def test_a_ticket_of_somebody_else_is_not_changed(store: Store) -> None:
    with pytest.raises(Invalid, match="No ticket 'T-1' of this customer"):
        store.tickets.save(Ticket(id="T-1", subject="A", status=TicketStatus.closed), "bo")
    with pytest.raises(Invalid, match="No ticket 'T-2' of this customer"):
        store.tickets.add_note(TicketNote(ticket_id="T-2", text="x", author="agent", at=NOON), "bo")
    assert {ticket.status for ticket in store.tickets.open()} == {TicketStatus.open}


@pytest.mark.parametrize(
    ("ids", "following"),
    [
        ([], "T-1001"),
        (["T-9"], "T-10"),
        (["T-0041", "T-0007"], "T-0042"),
        (["#88"], "#89"),
        (["late", "A-3", "odd"], "A-4"),
        (["t-5", "T-4"], "T-6"),
        (["X-100", "T-4"], "T-5"),
    ],
)
def test_a_new_ticket_takes_the_next_number(fresh_store: Store, ids: list[str], following: str) -> None:
    for ticket_id in ids:
        fresh_store.tickets.put(Ticket(id=ticket_id, subject="A"))
    assert fresh_store.tickets.next_id() == following
    fresh_store.tickets.add(Ticket(id=following, subject="B"))
    assert len(fresh_store.tickets.open()) == len(ids) + 1


def test_variants_are_found_by_item(fresh_store: Store) -> None:
    red = Variant(item_id="red", product_id="cup", available=True, price=Decimal("2.50"))
    fresh_store.products.put(Product(id="cup", name="Cup", variants=(red,)))
    assert fresh_store.products.find_variants(["red", "blue"]) == {"red": red}


def test_an_action_that_was_done_is_found_by_its_key(fresh_store: Store) -> None:
    row = AuditRow(
        id="t_1", run_id=None, conversation_id=None, role="agent", tool="x", args={"a": 1}, ok=True, ms=1, at=NOON
    )
    fresh_store.audit.add(row, key="k")
    assert fresh_store.audit.performed("k") == row
    assert fresh_store.audit.performed("other") is None


def test_a_proposal_belongs_to_one_conversation(fresh_store: Store) -> None:
    first, second = (fresh_store.conversations.create("Guest", None, Identity()) for _ in range(2))
    action = PendingAction(tool="cancel_order", args={"order_id": "#K1"}, text="cancel it", asked_at=NOON, run_id="r_1")
    fresh_store.conversations.save(first.model_copy(update={"pending": action}))
    assert fresh_store.conversations.get_pending(first.id) == action
    assert fresh_store.conversations.get_pending(second.id) is None
    for call in (fresh_store.conversations.clear_pending, fresh_store.conversations.get_pending):
        with pytest.raises(Invalid, match="No conversation 'c_0'"):
            call("c_0")
