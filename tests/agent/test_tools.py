"""Tools that read: for whom, what is left out, and what is kept of each call."""

import pytest

from cxdesk.agent.identity import signed_in
from cxdesk.agent.permissions import load_permissions
from cxdesk.agent.rules import ToldAt
from cxdesk.agent.tools import ToolContext, run_steps
from cxdesk.domain import Identity, IdentityLevel, Step
from cxdesk.settings import bundled


class NoDocuments:
    def search(self, query, *, k=5, category=None):
        return []


@pytest.fixture
def call(small_shop):
    """Make one call as Ada's desk, or as told, and give it back."""

    def make(tool, identity=None, **more):
        context = {name: more.pop(name) for name in ("role", "permissions", "told_at", "run_id") if name in more}
        here = ToolContext(small_shop, NoDocuments(), identity or signed_in("ada"), **context)
        return run_steps([Step(tool=tool, args=more, why="asked")], here)[0]

    return make


def test_a_customer_sees_the_own_orders_with_all_that_a_change_needs(call):
    order = call("get_order", order_id="k1").result
    assert (order["order_id"], order["status"], order["total"]) == ("#K1", "pending", "30.50")
    assert order["items"][0]["item_id"] == "cup-red"
    assert order["payments"][0]["payment_method_id"] == "paypal_1"
    assert {each["order_id"] for each in call("get_orders").result} == {"#K1", "#K2", "#K3", "#K4"}
    assert call("lookup_customer").result["payment_methods"][2] == {
        "id": "gift_1", "source": "gift_card", "balance": "17.50"
    }  # fmt: skip


def test_somebody_elses_order_and_ticket_are_not_found(call):
    for tool, name, foreign, missing in (
        ("get_order", "order_id", "#K5", "#K9"),
        ("get_ticket", "ticket_id", "T-9", "T"),
    ):
        theirs, nothing = call(tool, **{name: foreign}), call(tool, **{name: missing})
        assert (theirs.ok, theirs.result) == (nothing.ok, nothing.result) == (False, None)
        assert theirs.error.replace(foreign, "") == nothing.error.replace(missing, "")


@pytest.mark.parametrize("level", ["unknown", "claimed"])
@pytest.mark.parametrize("tool", ["lookup_customer", "get_orders", "get_tickets"])
def test_nothing_personal_is_read_before_the_customer_is_proved(call, level, tool):
    found = call(tool, identity=Identity(level=IdentityLevel(level), customer_id="ada"))
    assert (found.ok, found.result) == (False, None)


def test_a_shop_can_keep_its_prices_from_strangers(call):
    assert call("search_products", identity=Identity(), query="cup").ok
    told_at = ToldAt(products=IdentityLevel.verified)
    assert not call("search_products", identity=Identity(), query="cup", told_at=told_at).ok
    assert call("search_products", query="cup", told_at=told_at).ok


def test_columns_that_the_role_may_not_read_are_left_out(call, tmp_path):
    text = bundled("resources/permissions.toml").read_text(encoding="utf-8")
    file = tmp_path / "permissions.toml"
    file.write_text(text.replace('"total", "currency", "ship_to", "payments",', '"total",'), encoding="utf-8")
    order = call("get_order", order_id="#K1", permissions=load_permissions(file)).result
    assert set(order) == {"order_id", "status", "total", "items", "tracking", "carriers"}
    assert "phone" not in call("lookup_customer").result


@pytest.mark.parametrize(
    ("tool", "args", "told"),
    [
        ("nothing_like_it", {}, "There is no tool"),
        ("cancel_order", {"order_id": "#K1"}, "is not run as a read"),
        ("get_order", {}, "order_id: field required"),
        ("get_order", {"order_id": "#K1", "customer_id": "bo"}, "customer_id"),
    ],
)
def test_a_call_that_can_not_be_made_fails_with_its_reason_and_changes_nothing(call, small_shop, tool, args, told):
    made = call(tool, **args)
    assert not made.ok
    assert told in made.error
    assert small_shop.orders.find("#K1", "ada").status == "pending"


def test_a_tool_that_the_role_may_not_use_is_not_run(call):
    made = call("get_orders", role="guest")
    assert (made.ok, made.result) == (False, None)


def test_every_call_is_one_audit_row_and_equal_calls_are_made_once(small_shop):
    here = ToolContext(small_shop, NoDocuments(), signed_in("ada"), "customer_ai", "r_1", "c_1")
    steps = [
        Step(tool="get_order", args={"order_id": o}, why="asked", request=n)
        for n, o in enumerate(("#K1", "#K1", "#K5"))
    ]
    calls = run_steps(steps, here)
    assert [call.request for call in calls] == [0, 1, 2]
    found, missing = small_shop.audit.of_run("r_1")
    assert (found.ok, found.role, found.args, found.why) == (True, "customer_ai", {"order_id": "#K1"}, "asked")
    assert found.result["status"] == "pending"
    assert (missing.ok, missing.result) == (False, None)


def test_products_are_found_by_whole_words_and_never_by_a_part_of_one(call):
    assert [product["name"] for product in call("search_products", query="Do you have cups in red?").result] == ["Cup"]
    assert call("search_products", query="Do you sell cupboards?").result == []
