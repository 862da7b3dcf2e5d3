from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cxdesk.domain import (
    Address,
    AuditRow,
    CannedReply,
    Conversation,
    ConversationState,
    Customer,
    Document,
    DraftState,
    HandoffReason,
    HandoffState,
    Identity,
    IdentityLevel,
    Invalid,
    Order,
    OrderItem,
    PendingAction,
    Product,
    Refused,
    Role,
    RunState,
    Ticket,
    TicketStatus,
    Variant,
    now,
)
from cxdesk.ports import DocumentShelf
from cxdesk.store import Store

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def customer(name: str, zip: str = "", **more: object) -> Customer:
    given = {"id": name.lower(), "name": name, "email": f"{name.lower()}@example.com", "address": Address(zip=zip)}
    return Customer.model_validate({**given, **more})


def order(order_id: str, customer_id: str = "ada", **more: object) -> Order:
    item = OrderItem(line_no=1, item_id="cup-red", product_name="Cup", price=Decimal("12.25"))
    given = {
        "id": order_id,
        "customer_id": customer_id,
        "status": "pending",
        "total": Decimal("12.25"),
        "items": (item,),
    }
    return Order.model_validate({**given, **more})


def ticket(ticket_id: str, **more: object) -> Ticket:
    return Ticket.model_validate({"id": ticket_id, "customer_id": "ada", "subject": "A broken cup", **more})


@pytest.fixture
def conversation(fresh_store: Store) -> Conversation:
    return fresh_store.conversations.create("Guest", None, Identity())


class TestCustomers:
    def test_an_email_is_found_in_any_case(self, fresh_store: Store) -> None:
        fresh_store.customers.put(customer("Ada"))
        assert fresh_store.customers.find_by_email(" ADA@Example.com ") == customer("Ada")
        assert fresh_store.customers.find_by_email("bo@example.com") is None

    def test_a_blank_email_is_nobodys(self, fresh_store: Store) -> None:
        fresh_store.customers.put_many([customer("Ada", email=""), customer("Bo", email="")])
        assert fresh_store.customers.find_by_email("") is None

    def test_a_name_and_zip_find_a_customer_only_when_there_is_one(self, fresh_store: Store) -> None:
        twins = [
            customer("Ada", "00123"),
            customer("Ada", "00123", id="ada2", email=""),
            customer("Ada", "99", id="ada3", email=""),
        ]
        fresh_store.customers.put_many(twins)
        assert fresh_store.customers.find_by_name_and_zip("ada", "00123") is None
        assert fresh_store.customers.find_by_name_and_zip("ADA", " 99 ") == twins[2]
        assert fresh_store.customers.find_by_name_and_zip("ada", "123") is None
        assert fresh_store.customers.find_by_name_and_zip("ada", "") is None

    def test_a_missing_customer_is_invalid_input_that_is_named(self, fresh_store: Store) -> None:
        with pytest.raises(Invalid, match="'nobody'"):
            fresh_store.customers.get("nobody")

    @pytest.mark.parametrize("text", ["zoe", "ZOË", "555-01", "example.com", "zo"])
    def test_a_search_looks_at_name_email_phone_and_id(self, fresh_store: Store, text: str) -> None:
        zoe = customer("Zoë", phone="555-0100")
        fresh_store.customers.put(zoe)
        assert fresh_store.customers.search(text) == [zoe]

    @pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE customers; --"])
    def test_a_search_takes_every_character_literally(self, fresh_store: Store, text: str) -> None:
        fresh_store.customers.put(customer("Ada"))
        assert fresh_store.customers.search(text) == []

    def test_pages_go_by_name(self, fresh_store: Store) -> None:
        fresh_store.customers.put_many([customer(name) for name in ("Cy", "Ada", "Bo")])
        assert [each.name for each in fresh_store.customers.all(limit=2, offset=1)] == ["Bo", "Cy"]
        assert fresh_store.customers.count() == 3

    def test_the_email_of_a_customer_with_orders_and_tickets_can_be_changed(self, fresh_store: Store) -> None:
        fresh_store.customers.put(customer("Ada"))
        fresh_store.orders.put(order("#K1"))
        fresh_store.tickets.put(ticket("T-1"))
        for email in ("first@example.com", "second@example.com"):
            fresh_store.customers.update_email("ada", email)
        assert fresh_store.customers.find_by_email("second@example.com") == customer("Ada", email="second@example.com")
        assert fresh_store.customers.find_by_email("ada@example.com") is None
        assert fresh_store.orders.find("#K1", "ada") == order("#K1")

    def test_an_email_of_another_customer_is_refused(self, fresh_store: Store) -> None:
        fresh_store.customers.put_many([customer("Ada"), customer("Bo")])
        with pytest.raises(Refused, match="Another customer"):
            fresh_store.customers.update_email("bo", "ADA@example.com")
        with pytest.raises(Refused, match="Another customer"):
            fresh_store.customers.put(customer("Cy", email="ada@example.com"))
        assert fresh_store.customers.get("bo") == customer("Bo")

    def test_two_customers_may_swap_their_emails_at_once(self, fresh_store: Store) -> None:
        fresh_store.customers.put_many([customer("Ada"), customer("Bo")])
        swapped = [customer("Ada", email="bo@example.com"), customer("Bo", email="ada@example.com")]
        fresh_store.customers.put_many(swapped)
        assert fresh_store.customers.all() == swapped


class TestOrders:
    @pytest.mark.parametrize("written", ["#K1", "K1", "k1", " #k1 "])
    def test_an_order_is_found_as_people_write_its_id(self, fresh_store: Store, written: str) -> None:
        fresh_store.orders.put(order("#K1"))
        assert fresh_store.orders.find(written, "ada") == order("#K1")

    @pytest.mark.parametrize("written", ["#K", "#K11", "K 1", "", "%"])
    def test_an_order_is_not_found_by_half_its_id(self, fresh_store: Store, written: str) -> None:
        fresh_store.orders.put(order("#K1"))
        assert fresh_store.orders.find(written, "ada") is None

    def test_another_customers_order_does_not_exist(self, fresh_store: Store) -> None:
        fresh_store.orders.put(order("#K1"))
        assert fresh_store.orders.find("#K1", "bo") is None
        assert fresh_store.orders.owner_of("k1") == "ada"
        assert fresh_store.orders.owner_of("#K2") is None

    def test_the_newest_order_comes_first_and_undated_ones_keep_their_order(self, fresh_store: Store) -> None:
        old, new = NOON.replace(year=2024), NOON
        fresh_store.orders.put_many(
            [order("#K9"), order("#K1", ordered_at=old), order("#K5", ordered_at=new), order("#K2"), order("#B", "bo")]
        )
        fresh_store.orders.put(order("#K9", status="delivered"))
        assert [each.id for each in fresh_store.orders.of_customer("ada")] == ["#K5", "#K1", "#K9", "#K2"]
        assert [each.id for each in fresh_store.orders.of_customer("ada", limit=1)] == ["#K5"]

    def test_putting_an_order_again_replaces_its_items(self, fresh_store: Store) -> None:
        fresh_store.orders.put(order("#K1"))
        with fresh_store.transaction():
            for price in ("1", "2", "3"):
                item = OrderItem(line_no=1, item_id="jar", product_name="Jar", price=Decimal(price))
                fresh_store.orders.put(order("#K1", items=(item,)))
        found = fresh_store.orders.find("#K1", "ada")
        assert found
        assert [(each.item_id, each.price) for each in found.items] == [("jar", 3)]
        assert fresh_store.orders.count() == 1

    def test_sample_ids_are_as_the_shop_writes_them(self, fresh_store: Store) -> None:
        fresh_store.orders.put_many([order("#K1"), order("#K2"), order("#K3")])
        assert sorted(fresh_store.orders.sample_ids(limit=2)) == ["#K2", "#K3"]

    def test_money_keeps_its_cents_and_gains_no_digits(self, fresh_store: Store) -> None:
        for written, read in (("12.5", "12.50"), ("1.2345", "1.2345"), ("100", "100.00")):
            fresh_store.orders.put(order("#K1", total=Decimal(written)))
            found = fresh_store.orders.find("#K1", "ada")
            assert found
            assert str(found.total) == read

    @pytest.mark.parametrize("amount", ["0.00001", "100000000000000"])
    def test_an_amount_that_would_be_rounded_is_refused(self, fresh_store: Store, amount: str) -> None:
        with pytest.raises(Invalid, match="at most 14 digits and 4 decimals"):
            fresh_store.orders.put(order("#K1", total=Decimal(amount)))
        assert fresh_store.orders.count() == 0


class TestProducts:
    def test_products_keep_the_shops_order_with_their_variants(self, fresh_store: Store) -> None:
        variants = tuple(
            Variant(
                item_id=f"cup-{color}", product_id="cup", options={"color": color}, available=True, price=Decimal(2)
            )
            for color in ("red", "blue")
        )
        products = [Product(id="jar", name="Jar"), Product(id="cup", name="Cup", variants=variants)]
        fresh_store.products.put_many(products)
        fresh_store.products.put(products[0])
        assert fresh_store.products.all() == products
        assert fresh_store.products.names() == [("jar", "Jar"), ("cup", "Cup")]
        assert fresh_store.products.find("cup") == products[1]
        assert fresh_store.products.find("pot") is None

    def test_putting_a_product_again_drops_variants_that_are_gone(self, fresh_store: Store) -> None:
        variant = Variant(item_id="cup-red", product_id="cup", available=True, price=Decimal(2))
        fresh_store.products.put(Product(id="cup", name="Cup", variants=(variant,)))
        fresh_store.products.put(Product(id="cup", name="Mug"))
        assert fresh_store.products.all() == [Product(id="cup", name="Mug")]


class TestTickets:
    def test_another_customers_ticket_does_not_exist(self, fresh_store: Store) -> None:
        fresh_store.tickets.put(ticket("T-1"))
        assert fresh_store.tickets.find("t-1", "ada") == ticket("T-1")
        assert fresh_store.tickets.find("T-1", "bo") is None

    def test_open_tickets_go_by_urgency_and_then_by_waiting_time(self, fresh_store: Store) -> None:
        later = NOON.replace(day=20)
        fresh_store.tickets.put_many(
            [
                ticket("T-1", created_at=later),
                ticket("T-2", created_at=NOON, status=TicketStatus.waiting),
                ticket("T-3", priority="urgent"),
                ticket("T-4", status=TicketStatus.resolved, priority="urgent"),
                ticket("T-5", status=TicketStatus.closed),
            ]
        )
        assert [each.id for each in fresh_store.tickets.open()] == ["T-3", "T-2", "T-1"]
        assert [each.id for each in fresh_store.tickets.open(limit=1)] == ["T-3"]
        assert [each.id for each in fresh_store.tickets.of_customer("ada")] == ["T-1", "T-2", "T-3", "T-4", "T-5"]
        assert len(fresh_store.tickets.sample_ids(limit=3)) == 3


class TestConversations:
    def test_what_is_saved_is_found_again(self, fresh_store: Store, conversation: Conversation) -> None:
        changed = conversation.model_copy(
            update={
                "customer_id": "ada",
                "identity": Identity(level=IdentityLevel.verified, customer_id="ada", proofs=("email", "order_id")),
                "state": ConversationState.waiting,
                "pending": PendingAction(tool="cancel_order", args={"order_id": "#K1"}),
                "updated_at": NOON,
            }
        )
        fresh_store.conversations.save(changed)
        assert fresh_store.conversations.get(conversation.id) == changed
        fresh_store.conversations.save(changed.model_copy(update={"pending": None}))
        assert fresh_store.conversations.get(conversation.id).pending is None

    def test_an_unknown_conversation_is_invalid_input_that_is_named(self, fresh_store: Store) -> None:
        never = Conversation(id="c_never", opened_at=NOON, updated_at=NOON)
        actions: list[Callable[[], object]] = [
            lambda: fresh_store.conversations.get("c_never"),
            lambda: fresh_store.conversations.save(never),
            lambda: fresh_store.conversations.add_message("c_never", Role.customer, "hello"),
        ]
        for action in actions:
            with pytest.raises(Invalid, match="'c_never'"):
                action()
        assert fresh_store.conversations.messages("c_never") == []

    def test_messages_come_oldest_first_and_a_limit_keeps_the_last(
        self, fresh_store: Store, conversation: Conversation
    ) -> None:
        added = [
            fresh_store.conversations.add_message(conversation.id, Role.customer, text) for text in ("a", "b", "c")
        ]
        assert fresh_store.conversations.messages(conversation.id) == added
        assert fresh_store.conversations.messages(conversation.id, limit=2) == added[1:]

    def test_a_message_brings_its_conversation_to_the_front(
        self, fresh_store: Store, conversation: Conversation
    ) -> None:
        newer = fresh_store.conversations.create("Bo", None, Identity())
        message = fresh_store.conversations.add_message(conversation.id, Role.customer, "hello?")
        recent = fresh_store.conversations.recent()
        assert [each.id for each in recent] == [conversation.id, newer.id]
        assert recent[0].updated_at == message.at
        assert len(fresh_store.conversations.recent(limit=1)) == 1

    def test_recent_can_be_of_one_state(self, fresh_store: Store, conversation: Conversation) -> None:
        closed = fresh_store.conversations.create("Bo", None, Identity()).model_copy(
            update={"state": ConversationState.closed}
        )
        fresh_store.conversations.save(closed)
        assert fresh_store.conversations.recent(state=ConversationState.closed) == [closed]
        assert fresh_store.conversations.recent(state=ConversationState.waiting) == []

    def test_last_messages_has_one_for_each_conversation_that_has_any(
        self, fresh_store: Store, conversation: Conversation
    ) -> None:
        silent = fresh_store.conversations.create("Bo", None, Identity())
        fresh_store.conversations.add_message(conversation.id, Role.customer, "first")
        last = fresh_store.conversations.add_message(conversation.id, Role.desk, "last", run_id="r_1")
        assert fresh_store.conversations.last_messages([conversation.id, silent.id]) == {conversation.id: last}
        assert fresh_store.conversations.last_messages([]) == {}


class TestRuns:
    def test_a_run_is_unfinished_until_it_has_a_turn_or_a_reason(self, fresh_store: Store) -> None:
        first, second, third = (fresh_store.runs.start("c_1", f"m_{n}") for n in range(3))
        assert fresh_store.runs.unfinished() == [first, second, third]
        fresh_store.runs.finish(first.id, {"reply": "Done: 1,5 €", "total": Decimal("1.50"), "score": float("nan")})
        fresh_store.runs.fail(second.id, "the model stopped")
        assert fresh_store.runs.unfinished() == [third]
        found = fresh_store.runs.find(first.id)
        assert found
        assert (found.state, found.turn) == (
            RunState.finished,
            {"reply": "Done: 1,5 €", "total": "1.50", "score": None},
        )
        assert [run.state for run in fresh_store.runs.of_conversation("c_1")] == ["finished", "failed", "started"]

    def test_an_unknown_run_is_named(self, fresh_store: Store) -> None:
        assert fresh_store.runs.find("r_never") is None
        with pytest.raises(Invalid, match="'r_never'"):
            fresh_store.runs.finish("r_never", {})


class TestDrafts:
    def test_an_approved_draft_is_sent_as_it_stands(self, fresh_store: Store) -> None:
        draft = fresh_store.drafts.create("c_1", "r_1", "Hello")
        assert fresh_store.drafts.open_for("c_1") == draft
        decided = fresh_store.drafts.decide(draft.id, DraftState.approved)
        assert (decided.state, decided.sent_text) == (DraftState.approved, "Hello")
        assert fresh_store.drafts.find(draft.id) == decided
        assert fresh_store.drafts.open_for("c_1") is None

    def test_an_edited_draft_keeps_both_texts_and_a_rejected_one_its_reason(self, fresh_store: Store) -> None:
        edited, rejected = (fresh_store.drafts.create("c_1", "r_1", "Hello") for _ in range(2))
        edited = fresh_store.drafts.decide(edited.id, DraftState.edited, sent_text="Hi")
        rejected = fresh_store.drafts.decide(rejected.id, DraftState.rejected, reason="too short")
        assert (edited.text, edited.sent_text) == ("Hello", "Hi")
        assert (rejected.sent_text, rejected.reason) == (None, "too short")

    def test_a_draft_is_decided_only_once(self, fresh_store: Store) -> None:
        draft = fresh_store.drafts.create("c_1", "r_1", "Hello")
        fresh_store.drafts.decide(draft.id, DraftState.rejected)
        with pytest.raises(Refused, match="rejected already"):
            fresh_store.drafts.decide(draft.id, DraftState.approved)

    def test_an_impossible_decision_is_invalid(self, fresh_store: Store) -> None:
        draft = fresh_store.drafts.create("c_1", "r_1", "Hello")
        for state in (DraftState.proposed, DraftState.edited):
            with pytest.raises(Invalid, match=draft.id):
                fresh_store.drafts.decide(draft.id, state)
        with pytest.raises(Invalid, match="'d_never'"):
            fresh_store.drafts.decide("d_never", DraftState.approved)
        assert fresh_store.drafts.open_for("c_1") == draft


@pytest.mark.parametrize("result", [None, "text", 3, [1, {"a": None}], {"total": "1.50"}])
def test_audit_rows_come_back_in_order_with_their_results(fresh_store: Store, result: object) -> None:
    rows = [
        AuditRow(
            id=f"a_{n}", run_id="r_1", conversation_id="c_1", role="desk", tool="get_order", args={"n": n}, ok=True,
            result=result, ms=1.5, at=now(),
        )
        for n in range(3)
    ]  # fmt: skip
    for row in rows:
        fresh_store.audit.add(row)
    assert fresh_store.audit.of_run("r_1") == rows
    assert fresh_store.audit.of_conversation("c_1") == rows
    assert fresh_store.audit.of_run("r_2") == []


def test_a_handoff_is_open_until_a_person_accepts_it(fresh_store: Store) -> None:
    first, second = (fresh_store.handoffs.create("c_1", None, HandoffReason.data_gap, f"summary {n}") for n in range(2))
    assert fresh_store.handoffs.open() == [first, second]
    assert fresh_store.handoffs.open(limit=1) == [first]
    fresh_store.handoffs.set_state(first.id, HandoffState.accepted)
    assert fresh_store.handoffs.open() == [second]
    assert [each.state for each in fresh_store.handoffs.of_conversation("c_1")] == ["accepted", "open"]
    with pytest.raises(Invalid, match="'h_never'"):
        fresh_store.handoffs.set_state("h_never", HandoffState.resolved)


def test_the_document_shelf_puts_finds_lists_and_removes(fresh_store: Store) -> None:
    shelf: DocumentShelf = fresh_store.documents
    document = Document(name="returns.md", title="Returns", text="30 days", content_hash="1", added_at=NOON)
    changed = document.model_copy(update={"text": "14 days", "content_hash": "2"})
    shelf.put(document)
    shelf.put(changed)
    assert shelf.find("returns.md") == changed
    assert shelf.all() == [changed]
    assert fresh_store.documents.names() == [("returns.md", "2")]
    assert shelf.remove("returns.md")
    assert not shelf.remove("returns.md")
    assert shelf.find("returns.md") is None


def test_a_saved_reply_is_replaced_by_its_shortcut(fresh_store: Store) -> None:
    fresh_store.canned.put(CannedReply(shortcut="hi", title="Greeting", text="Hello"))
    fresh_store.canned.put(CannedReply(shortcut="hi", title="Greeting", text="Hello {name}"))
    fresh_store.canned.put(CannedReply(shortcut="bye", title="Closing", text="Goodbye"))
    assert [(each.shortcut, each.text) for each in fresh_store.canned.all()] == [
        ("bye", "Goodbye"),
        ("hi", "Hello {name}"),
    ]
