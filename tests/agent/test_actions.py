"""Actions: what is allowed, what is refused and in which words, and what is written."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.agent.actions import (
    ActionContext,
    action_key,
    describe_action,
    judge_action,
    perform_action,
    propose_action,
)
from cxdesk.agent.changes import paid
from cxdesk.agent.identity import signed_in
from cxdesk.agent.permissions import default_permissions
from cxdesk.agent.rules import load_rules
from cxdesk.domain import Identity, IdentityLevel, Invalid, Refused
from cxdesk.settings import bundled
from cxdesk.store import Store

RULES = load_rules(bundled("resources/action_rules.toml"))
PERMISSIONS = default_permissions()
NEW_HOME = {"address1": "2 Quay", "city": "Hull", "zip": "HU1", "country": "UK"}
SWAP = {"item_ids": ["cup-red"], "new_item_ids": ["cup-blue"], "payment_method_id": "paypal_1"}
CANCEL = {"order_id": "#K1", "reason": "no longer needed"}


@pytest.fixture
def retail(retail_rules_file):
    return load_rules(retail_rules_file)


def context(store, rules=RULES, identity=None, **more):
    return ActionContext(store, identity or signed_in("ada"), rules, permissions=PERMISSIONS, **more)


def ada_by(*proofs):
    return Identity(level=IdentityLevel.verified, customer_id="ada", proofs=proofs)


def rule_with(action, rules=RULES, **changed):
    rule = rules.rule(action).model_copy(update=changed)
    return rules.model_copy(update={"actions": {**rules.actions, action: rule}})


def order(store, order_id, customer="ada"):
    return store.orders.find(order_id, customer)


def balance(store, customer="ada"):
    return next(m.balance for m in store.customers.get(customer).payment_methods if m.source == "gift_card")


def everything(store):
    """All that an action could change."""
    orders = [o for c in store.customers.all() for o in store.orders.of_customer(c.id)]
    tickets = [t for c in store.customers.all() for t in store.tickets.of_customer(c.id)]
    return orders, tickets, store.customers.all()


# ---------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("tool", "args", "kind"),
    [
        ("cancel_order", CANCEL, "needs_yes"),
        ("cancel_order", {"order_id": "k1"}, "needs_yes"),
        ("flag_refund", {"order_id": "#K2", "reason": "broken"}, "needs_approval"),
        ("return_items", {"order_id": "#K2", "item_ids": ["jar-1"], "payment_method_id": "paypal_1"}, "needs_yes"),
        ("exchange_items", {"order_id": "#K2", **SWAP}, "needs_yes"),
        ("modify_order_items", {"order_id": "#K1", **SWAP}, "needs_yes"),
        ("modify_order_payment", {"order_id": "#K1", "payment_method_id": "card_1"}, "needs_yes"),
        ("modify_order_address", {"order_id": "#K1", "address": NEW_HOME}, "needs_yes"),
        ("modify_order_address", {"order_id": "#K1", "address": {**NEW_HOME, "country": "Norway"}}, "needs_approval"),
        ("update_customer_email", {"email": "new@example.com"}, "needs_yes"),
        ("update_customer_address", {"address": NEW_HOME}, "needs_yes"),
        ("create_ticket", {"subject": "Chip", "description": "My cup is chipped."}, "needs_yes"),
        ("update_ticket", {"ticket_id": "T-7", "note": "Any news?"}, "needs_yes"),
        ("escalate_to_human", {"reason": "asked for"}, "allowed"),
    ],
)
def test_every_action_waits_for_whom_the_rules_name(small_shop, tool, args, kind):
    before = everything(small_shop)
    assert judge_action(tool, args, context(small_shop)).kind == kind
    assert everything(small_shop) == before


@pytest.mark.parametrize(
    ("tool", "args", "cause", "told"),
    [
        ("cancel_order", {"order_id": "#K2"}, "status", "Order #K2 is delivered, and an order can be cancelled only"),
        ("cancel_order", {"order_id": "#K9"}, "not_found", "I can't find an order #K9 of yours."),
        ("cancel_order", {}, "arguments", "order id"),
        ("cancel_order", {"order_id": "#K1", "customer_id": "bo"}, "arguments", "customer id"),
        (
            "return_items",
            {"order_id": "#K2", "item_ids": ["lamp"], "payment_method_id": "paypal_1"},
            "items",
            "no such item",
        ),
        (
            "return_items",
            {"order_id": "#K2", "item_ids": ["jar-1", "jar-1"], "payment_method_id": "paypal_1"},
            "items",
            "only 1",
        ),
        (
            "return_items",
            {"order_id": "#K2", "item_ids": ["jar-1"], "payment_method_id": "card_1"},
            "payment",
            "only to the original payment method (your PayPal account) or a gift card of yours.",
        ),
        (
            "return_items",
            {"order_id": "#K2", "item_ids": ["jar-1"], "payment_method_id": "gift_2"},
            "payment",
            "I can't find that payment method among yours",
        ),
        ("exchange_items", {"order_id": "#K1", **SWAP}, "status", "Order #K1 is pending"),
        ("exchange_items", {"order_id": "#K2", **SWAP, "new_item_ids": ["jar-1"]}, "items", "same product"),
        ("exchange_items", {"order_id": "#K2", **SWAP, "new_item_ids": ["nothing"]}, "items", "same product"),
        ("exchange_items", {"order_id": "#K2", **SWAP, "new_item_ids": ["cup-red"]}, "items", "same option"),
        ("exchange_items", {"order_id": "#K2", **SWAP, "new_item_ids": ["cup-gold"]}, "stock", "not available"),
        ("exchange_items", {"order_id": "#K2", **SWAP, "new_item_ids": []}, "arguments", "new item ids"),
        ("modify_order_payment", {"order_id": "#K1", "payment_method_id": "paypal_1"}, "payment", "already"),
        ("modify_order_payment", {"order_id": "#K1", "payment_method_id": "gift_1"}, "payment", "holds $17.50"),
        ("update_customer_email", {"email": "nonsense"}, "arguments", "email"),
        ("update_customer_email", {"email": "BO@example.com"}, "email", "can't be used"),
        ("update_ticket", {"ticket_id": "T-9", "note": "Mine?"}, "not_found", "I can't find a ticket T-9 of yours."),
        ("update_ticket", {"ticket_id": "T-7"}, "arguments", "do not fit"),
        ("drop_tables", {}, "permission", "not something"),
    ],
)
def test_every_refusal_names_its_cause_in_plain_words(small_shop, tool, args, cause, told):
    verdict = judge_action(tool, args, context(small_shop))
    assert (verdict.kind, verdict.cause) == ("refused", cause)
    assert told in verdict.reason
    assert verdict.reason.endswith(".")
    with pytest.raises(Refused):
        describe_action(tool, args, context(small_shop))


@pytest.mark.parametrize("tool", ["cancel_order", "modify_order_address", "flag_refund"])
def test_somebody_elses_order_is_refused_as_one_that_does_not_exist(small_shop, tool):
    more = {"cancel_order": {}, "modify_order_address": {"address": NEW_HOME}, "flag_refund": {"reason": "broken"}}
    foreign = judge_action(tool, {"order_id": "#K5", **more[tool]}, context(small_shop))
    missing = judge_action(tool, {"order_id": "#K9", **more[tool]}, context(small_shop))
    assert foreign.reason.replace("K5", "") == missing.reason.replace("K9", "")
    assert foreign.model_copy(update={"reason": ""}) == missing.model_copy(update={"reason": ""})


@pytest.mark.parametrize("level", ["unknown", "claimed"])
def test_nothing_is_changed_for_a_customer_who_is_not_proved(small_shop, level):
    unproved = context(small_shop, identity=Identity(level=IdentityLevel(level), customer_id="ada"))
    verdict = judge_action("cancel_order", CANCEL, unproved)
    assert (verdict.kind, verdict.cause) == ("refused", "identity")
    assert not perform_action("cancel_order", CANCEL, unproved, key="k").ok
    assert judge_action("escalate_to_human", {"reason": "help"}, unproved).kind == "allowed"


def test_an_action_that_the_shop_does_not_name_is_not_offered(small_shop, retail):
    verdict = judge_action("flag_refund", {"order_id": "#K1", "reason": "x"}, context(small_shop, retail))
    assert (verdict.kind, verdict.cause) == ("refused", "disabled")


def test_a_rule_that_is_switched_off_is_quoted(small_shop):
    rules = rule_with("cancel_order", enabled=False, quote="orders are cancelled by telephone")
    assert (
        "orders are cancelled by telephone" in judge_action("cancel_order", CANCEL, context(small_shop, rules)).reason
    )


@pytest.mark.parametrize(
    ("reason", "cause"), [("", "reason_missing"), ("too blue", "reason"), ("ORDERED by mistake", "")]
)
def test_where_reasons_are_fixed_others_are_refused(small_shop, retail, reason, cause):
    verdict = judge_action("cancel_order", {"order_id": "#K1", "reason": reason}, context(small_shop, retail))
    assert verdict.cause == cause
    if cause:
        assert "ordered by mistake" in verdict.reason


@pytest.mark.parametrize(
    ("proofs", "kind"),
    [
        (("signed_in",), "needs_yes"),
        (("email", "order_id"), "needs_yes"),
        (("name", "zip"), "needs_approval"),
        (("email", "zip"), "needs_approval"),
    ],
)
def test_a_new_email_needs_a_person_unless_an_order_or_the_shop_proved_the_customer(small_shop, proofs, kind):
    here = context(small_shop, identity=ada_by(*proofs))
    assert judge_action("update_customer_email", {"email": "new@example.com"}, here).kind == kind


@pytest.mark.parametrize(
    ("days", "late", "kind"),
    [(30, "person", "needs_yes"), (31, "person", "needs_approval"), (31, "refused", "refused")],
)
def test_the_time_for_a_return_is_counted_from_delivery(small_shop, days, late, kind):
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    kept = order(small_shop, "#K2").model_copy(update={"delivered_at": now - timedelta(days=days, hours=1)})
    small_shop.orders.put(kept)
    rules = rule_with("return_items", late=late)
    args = {"order_id": "#K2", "item_ids": ["jar-1"], "payment_method_id": "paypal_1"}
    verdict = judge_action("return_items", args, context(small_shop, rules, now=now))
    assert verdict.kind == kind
    assert ("31 days ago" in verdict.reason) == (days > 30)


@pytest.mark.parametrize(("limit", "kind"), [("30.50", "needs_yes"), ("30.49", "needs_approval")])
def test_above_the_shops_limit_of_money_a_person_decides(small_shop, limit, kind):
    rules = rule_with("cancel_order", person_above=Decimal(limit))
    assert judge_action("cancel_order", CANCEL, context(small_shop, rules)).kind == kind


def test_what_waits_for_a_person_is_not_done_on_the_customers_word(small_shop):
    refund = {"order_id": "#K2", "reason": "broken"}
    assert not perform_action("flag_refund", refund, context(small_shop), key="k").ok
    by_person = context(small_shop, role="agent")
    assert judge_action("flag_refund", refund, by_person).kind == "allowed"
    assert perform_action("flag_refund", refund, by_person, key="k").ok
    assert [change.tool for change in small_shop.orders.changes("#K2", "ada")] == ["flag_refund"]
    again = judge_action("flag_refund", refund, by_person)
    assert (again.kind, again.cause) == ("refused", "once")


def test_a_person_too_is_held_to_the_order_s_status(small_shop):
    assert judge_action("cancel_order", {"order_id": "#K2"}, context(small_shop, role="admin")).kind == "refused"


# ---------------------------------------------------------------- proposals


@pytest.mark.parametrize(
    ("tool", "args", "text"),
    [
        (
            "cancel_order",
            CANCEL,
            "cancel order #K1 (2 × Cup (red) and Jar) because it is no longer needed;"
            " $30.50 go back to your PayPal account within 5 to 7 business days",
        ),
        (
            "return_items",
            {"order_id": "#K2", "item_ids": ["cup-red"], "payment_method_id": "gift_1"},
            "return Cup (red) from order #K2; $12.25 go back to your gift card immediately;"
            " an e-mail tells you how to send the items back",
        ),
        (
            "exchange_items",
            {"order_id": "#K2", **SWAP, "new_item_ids": ["cup-black"], "payment_method_id": "card_1"},
            "exchange the Cup (red) for the Cup (black) in order #K2; $2.75 more are charged to your Visa card ending"
            " in 9761; this can be done only once, and an e-mail tells you how to send the items back",
        ),
        (
            "modify_order_payment",
            {"order_id": "#K1", "payment_method_id": "card_1"},
            "pay order #K1 with your Visa card ending in 9761; $30.50 are charged to it, and $30.50 go back to your"
            " PayPal account within 5 to 7 business days",
        ),
        ("modify_order_address", {"order_id": "#K1", "address": NEW_HOME}, "send order #K1 to 2 Quay, Hull, HU1, UK"),
    ],
)
def test_a_proposal_says_what_happens_to_the_order_and_the_money(small_shop, retail, tool, args, text):
    assert describe_action(tool, args, context(small_shop, retail)) == text


def test_a_proposal_promises_no_day_that_the_shop_does_not_name(small_shop):
    assert describe_action("cancel_order", CANCEL, context(small_shop)).endswith("go back to your PayPal account")


# ---------------------------------------------------------------- what is written


def test_cancelling_pays_back_what_was_paid_and_changes_nothing_else(small_shop):
    before = order(small_shop, "#K1")
    call = perform_action("cancel_order", CANCEL, context(small_shop), key="k")
    after = order(small_shop, "#K1")
    assert (call.ok, call.result["status"], after.status) == (True, "cancelled", "cancelled")
    refund = before.payments[0].model_copy(update={"kind": "refund"})
    assert after == before.model_copy(update={"status": "cancelled", "payments": (*before.payments, refund)})
    assert balance(small_shop) == Decimal("17.50")


def test_cancelling_an_order_paid_by_gift_card_fills_the_card(small_shop):
    assert perform_action("cancel_order", {"order_id": "#K4"}, context(small_shop), key="k").ok
    assert balance(small_shop) == Decimal("48.00")


def test_changing_one_of_two_equal_pieces_splits_the_line(small_shop):
    args = {"order_id": "#K1", **SWAP, "new_item_ids": ["cup-black"], "payment_method_id": "gift_1"}
    assert perform_action("modify_order_items", args, context(small_shop), key="k").ok
    after = order(small_shop, "#K1")
    assert [(i.line_no, i.item_id, i.quantity) for i in after.items] == [
        (1, "cup-red", 1),
        (2, "jar-1", 1),
        (3, "cup-black", 1),
    ]
    assert (after.status, after.total) == ("pending (item modified)", Decimal("33.25"))
    assert [(p.kind, p.amount, p.payment_method_id) for p in after.payments[1:]] == [
        ("payment", Decimal("2.75"), "gift_1")
    ]
    assert balance(small_shop) == Decimal("14.75")


def test_changing_to_a_cheaper_item_pays_the_difference_back(small_shop):
    args = {"order_id": "#K1", **SWAP, "item_ids": ["cup-red"] * 2, "new_item_ids": ["cup-blue"] * 2}
    assert perform_action("modify_order_items", args, context(small_shop), key="k").ok
    after = order(small_shop, "#K1")
    assert after.total == Decimal("26.00")
    assert (after.payments[-1].kind, after.payments[-1].amount) == ("refund", Decimal("4.50"))


def test_items_are_changed_only_once(small_shop):
    args = {"order_id": "#K1", **SWAP}
    assert perform_action("modify_order_items", args, context(small_shop), key="first").ok
    second = perform_action("modify_order_items", {**args, "new_item_ids": ["cup-black"]}, context(small_shop), key="2")
    assert not second.ok
    assert "only once" in second.error


@pytest.mark.parametrize(
    ("tool", "more", "status"),
    [
        ("return_items", {"item_ids": ["jar-1"], "payment_method_id": "gift_1"}, "return requested"),
        ("exchange_items", SWAP, "exchange requested"),
    ],
)
def test_a_return_or_exchange_is_requested_and_no_money_moves_yet(small_shop, tool, more, status):
    before = order(small_shop, "#K2")
    assert perform_action(tool, {"order_id": "#K2", **more}, context(small_shop), key="k").ok
    assert order(small_shop, "#K2") == before.model_copy(update={"status": status})
    assert balance(small_shop) == Decimal("17.50")
    (change,) = small_shop.orders.changes("#K2", "ada")
    assert (change.tool, change.args) == (tool, {"order_id": "#K2", **more})


def test_another_payment_method_pays_all_and_the_first_gets_all_back(small_shop):
    args = {"order_id": "#K4", "payment_method_id": "card_1"}
    assert perform_action("modify_order_payment", args, context(small_shop), key="k").ok
    after = order(small_shop, "#K4")
    assert paid(after) == {"card_1": Decimal("30.50")}
    assert after.status == "pending"
    assert balance(small_shop) == Decimal("48.00")


def test_addresses_change_where_asked_and_nowhere_else(small_shop):
    before = order(small_shop, "#K4")
    assert perform_action("update_customer_address", {"address": NEW_HOME}, context(small_shop), key="a").ok
    args = {"order_id": "#K1", "address": NEW_HOME}
    assert perform_action("modify_order_address", args, context(small_shop), key="b").ok
    assert small_shop.customers.get("ada").address.address1 == "2 Quay"
    assert order(small_shop, "#K1").ship_to.address1 == "2 Quay"
    assert order(small_shop, "#K4") == before


def test_an_email_can_be_changed_while_orders_tickets_and_conversations_refer_to_the_customer(small_shop):
    talk = small_shop.conversations.create("Ada", "ada", signed_in("ada"))
    for number in range(3):
        email = f"new{number}@example.com"
        assert perform_action("update_customer_email", {"email": email}, context(small_shop), key=email).ok
    assert small_shop.customers.find_by_email("NEW2@example.com").id == "ada"
    assert small_shop.customers.find_by_email("ada@example.com") is None
    assert small_shop.conversations.get(talk.id).customer_id == "ada"
    assert len(small_shop.orders.of_customer("ada")) == 4


def test_a_ticket_is_opened_and_takes_notes_of_its_owner_only(small_shop):
    args = {"subject": "Chip", "description": "My cup is chipped.", "priority": "high"}
    ticket_id = perform_action("create_ticket", args, context(small_shop), key="a").result["ticket_id"]
    assert ticket_id == "T-10"
    change = {"ticket_id": ticket_id, "note": "A photo follows.", "status": "resolved"}
    assert perform_action("update_ticket", change, context(small_shop), key="b").ok
    kept = small_shop.tickets.find(ticket_id, "ada")
    assert (kept.priority, kept.status) == ("high", "resolved")
    assert [note.text for note in small_shop.tickets.notes(ticket_id, "ada")] == ["A photo follows."]
    assert small_shop.tickets.notes(ticket_id, "bo") == []


# ---------------------------------------------------------------- once, audited, held against today's rules


def test_the_same_key_changes_once_and_gives_the_first_result(small_shop):
    first = perform_action("cancel_order", CANCEL, context(small_shop), key="k")
    after = everything(small_shop)
    second = perform_action("cancel_order", CANCEL, context(small_shop), key="k")
    assert (second.id, second.result, second.ok) == (first.id, first.result, True)
    assert everything(small_shop) == after


def test_a_key_does_not_serve_for_another_action(small_shop):
    perform_action("cancel_order", CANCEL, context(small_shop), key="k")
    with pytest.raises(Invalid, match="key"):
        perform_action("cancel_order", {"order_id": "#K4"}, context(small_shop), key="k")


def test_two_threads_with_one_key_change_once(small_shop):
    calls = []
    threads = [
        threading.Thread(
            target=lambda: calls.append(perform_action("cancel_order", CANCEL, context(small_shop), key="k"))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({call.id for call in calls}) == 1
    assert len(order(small_shop, "#K1").payments) == 2


def test_a_yes_that_comes_too_late_changes_nothing_and_says_why(small_shop):
    assert judge_action("cancel_order", CANCEL, context(small_shop)).kind == "needs_yes"
    small_shop.orders.put(order(small_shop, "#K1").model_copy(update={"status": "shipped"}))
    call = perform_action("cancel_order", CANCEL, context(small_shop), key="k")
    assert not call.ok
    assert "Order #K1 is shipped, and an order can be cancelled only while it is pending" in call.error
    assert order(small_shop, "#K1").status == "shipped"


def test_every_try_is_one_audit_row(small_shop):
    here = context(small_shop, run_id="r_1", conversation_id="c_1")
    perform_action("cancel_order", {"order_id": "#K2"}, here, key="a")
    perform_action("cancel_order", CANCEL, here, key="b")
    perform_action("cancel_order", CANCEL, here, key="b")
    refused, done = small_shop.audit.of_run("r_1")
    assert (refused.ok, refused.tool, refused.role) == (False, "cancel_order", "customer_ai")
    assert "delivered" in refused.why
    assert (done.ok, done.args, done.result["status"], done.why) == (True, CANCEL, "cancelled", "the customer said yes")
    assert done.ms > 0


def test_a_write_that_fails_leaves_nothing_behind(small_shop, monkeypatch):
    before = everything(small_shop)

    def full_disk(*_):
        raise Invalid("no")

    monkeypatch.setattr(small_shop.customers, "update_payment_methods", full_disk)
    with pytest.raises(Invalid):
        perform_action("cancel_order", {"order_id": "#K4"}, context(small_shop), key="k")
    assert everything(small_shop) == before
    assert small_shop.audit.performed("k") is None


def test_a_proposal_survives_a_restart_and_keeps_its_key(tmp_path, small_shop):
    asked = propose_action("cancel_order", CANCEL, context(small_shop, run_id="r_1"))
    assert (asked.args, asked.run_id, asked.text[:16]) == (CANCEL, "r_1", "cancel order #K1")
    with Store.open(tmp_path / "desk.duckdb") as store:
        talk = store.conversations.create("Ada", "ada", signed_in("ada"))
        store.conversations.save(talk.model_copy(update={"pending": asked}))
    with Store.open(tmp_path / "desk.duckdb") as store:
        found = store.conversations.get_pending(talk.id)
        assert found == asked
        assert action_key(talk.id, found) == action_key(talk.id, asked)
        store.conversations.clear_pending(talk.id)
        assert store.conversations.get_pending(talk.id) is None


# ---------------------------------------------------------------- whatever is tried

ORDERS = ["#K1", "#K2", "#K3", "#K4", "#K5", "#K6", "#K9", ""]
order_ids = st.sampled_from(ORDERS)
items = st.lists(st.sampled_from(["cup-red", "cup-blue", "cup-black", "cup-gold", "jar-1", "x"]), max_size=3)
methods = st.sampled_from(["paypal_1", "card_1", "gift_1", "gift_2", ""])
swaps = st.fixed_dictionaries(
    {"order_id": order_ids, "item_ids": items, "new_item_ids": items, "payment_method_id": methods}
)
by_order = st.fixed_dictionaries({"order_id": order_ids, "reason": st.sampled_from(["", "no longer needed"])})
tries = st.one_of(
    st.tuples(st.just("cancel_order"), by_order),
    st.tuples(st.just("flag_refund"), by_order),
    st.tuples(st.sampled_from(["exchange_items", "modify_order_items"]), swaps),
    st.tuples(
        st.just("return_items"),
        st.fixed_dictionaries({"order_id": order_ids, "item_ids": items, "payment_method_id": methods}),
    ),
    st.tuples(
        st.just("modify_order_payment"),
        st.fixed_dictionaries({"order_id": order_ids, "payment_method_id": methods}),
    ),
    st.tuples(
        st.just("modify_order_address"),
        st.fixed_dictionaries({"order_id": order_ids, "address": st.just(NEW_HOME)}),
    ),
    st.tuples(
        st.just("update_ticket"),
        st.fixed_dictionaries({"ticket_id": st.sampled_from(["T-7", "T-9"]), "note": st.just("Hello")}),
    ),
    st.tuples(
        st.just("update_customer_email"),
        st.fixed_dictionaries({"email": st.sampled_from(["bo@example.com", "new@example.com"])}),
    ),
)


class Undone(Exception):
    """Leaves the transaction, so that the next sequence finds the shop as it was."""


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(st.tuples(tries, st.sampled_from(["customer_ai", "agent"])), max_size=8))
def test_no_sequence_of_actions_breaks_the_shop(small_shop, sequence):
    with suppress(Undone), small_shop.transaction():
        try_all(small_shop, sequence)
        raise Undone


def try_all(store, sequence):
    of_bo, money = all_of("bo", store), gift_money(store)
    before = all_of("ada", store)
    for number, ((tool, args), role) in enumerate(sequence):
        here = context(store, role=role)
        verdict = judge_action(tool, args, here)
        call = perform_action(tool, args, here, key=str(number))
        after = all_of("ada", store)
        assert call.ok == (verdict.kind in {"allowed", "needs_yes"})
        assert call.ok or after == before
        assert perform_action(tool, args, here, key=str(number)).ok == call.ok
        assert all_of("ada", store) == after
        before = after
    assert all_of("bo", store) == of_bo
    assert gift_money(store) == money
    assert balance(store) >= 0
    for each in store.orders.of_customer("ada"):
        owed = Decimal(0) if each.status == "cancelled" else each.total
        assert sum(paid(each).values()) == owed
        assert each.total == sum(item.price * item.quantity for item in each.items)


def gift_money(store):
    """What is on Ada's card and what it holds in her orders: moved by actions, never made or lost."""
    return balance(store) + sum(paid(each).get("gift_1", Decimal(0)) for each in store.orders.of_customer("ada"))


def all_of(customer, store):
    orders = store.orders.of_customer(customer)
    changes = [store.orders.changes(each.id, customer) for each in orders]
    return store.customers.get(customer), orders, changes, store.tickets.of_customer(customer)
