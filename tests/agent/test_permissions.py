"""What each role may use, see and change."""

from itertools import pairwise

import pytest

from cxdesk.agent.permissions import ROLES, default_permissions, load_permissions
from cxdesk.agent.tools import READ_TOOLS, WRITE_TOOLS
from cxdesk.domain import Invalid
from cxdesk.settings import bundled

EVERY_TOOL = {**READ_TOOLS, **WRITE_TOOLS}


@pytest.fixture
def edited(tmp_path):
    """The program's permissions with pieces of the text replaced."""

    def edit(*pairs):
        text = bundled("resources/permissions.toml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "permissions.toml"
        file.write_text(text, encoding="utf-8")
        return load_permissions(file, EVERY_TOOL)

    return edit


def offered(role, permissions):
    tools = [*READ_TOOLS.values(), *WRITE_TOOLS.values()]
    return {tool.name for tool in tools if tool.may_be_used(role, permissions)}


def test_a_tool_that_the_role_may_not_use_is_never_offered(edited):
    without = edited(('"flag_refund", ', ""))
    assert "flag_refund" not in offered("customer_ai", without)
    assert "flag_refund" not in offered("agent", without)
    assert "flag_refund" in offered("admin", without)


def test_a_tool_that_changes_a_column_out_of_reach_is_not_offered(edited):
    without = edited(('customers = ["email", "address", "payment_methods"]', 'customers = ["address"]'))
    missing = offered("customer_ai", default_permissions()) - offered("customer_ai", without)
    assert missing == {"update_customer_email", "cancel_order", "modify_order_items", "modify_order_payment"}


def test_each_role_holds_what_the_one_below_it_holds():
    permissions = default_permissions()
    for lower, higher in pairwise(ROLES):
        assert offered(lower, permissions) <= offered(higher, permissions)
        for table in ("customers", "orders", "tickets"):
            assert permissions.columns(lower, table) <= permissions.columns(higher, table)
    assert [role for role in ROLES if permissions.approves(role)] == ["agent", "admin"]


def test_a_role_that_is_not_named_may_nothing():
    permissions = default_permissions()
    assert offered("guest", permissions) == set()
    assert permissions.columns("guest", "orders") == frozenset()
    assert not permissions.approves("guest")


def test_every_fault_of_a_permissions_file_is_named_at_once(edited):
    with pytest.raises(Invalid) as caught:
        edited(
            ('"cancel_order"', '"cancle_order"'),
            ("[customer_ai.write]\n", '[customer_ai.write]\nsecrets = ["x"]\n'),
            ('"id", "name", "email"', '"id", "nmae", "email"'),
            ('extends = "customer_ai"', 'extends = "admin"'),
            ("[admin]", "[owner]"),
            ("[admin.read]", "[owner.read]"),
            ("[admin.write]", "[owner.write]"),
        )
    told = str(caught.value)
    for fault in ("did you mean 'cancel_order'", "'secrets'", "'nmae'", "agent_assist.extends", "'admin' is missing"):
        assert fault in told


def test_a_schema_describes_its_tool_for_a_model():
    schemas = {name: tool.schema()["function"] for name, tool in (READ_TOOLS | WRITE_TOOLS).items()}
    assert all(schema["name"] == name for name, schema in schemas.items())
    exchange = schemas["exchange_items"]
    assert set(exchange["parameters"]["properties"]) == {"order_id", "item_ids", "new_item_ids", "payment_method_id"}
    assert exchange["parameters"]["additionalProperties"] is False
    assert all(len(schema["description"]) > 20 for schema in schemas.values())
    assert "title" not in str(exchange)
