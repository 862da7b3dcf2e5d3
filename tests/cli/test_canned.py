"""Saved replies on the command line."""

import json

import pytest

REPLIES = """
[[reply]]
shortcut = "shipped"
title = "On its way"
category = "shipping"
text = "Order {order_id} is on its way."
[[reply]]
shortcut = "sorry"
title = "An apology"
text = "We are sorry."
"""


@pytest.fixture
def imported(cxdesk, tmp_path):
    (tmp_path / "canned.toml").write_text(REPLIES, encoding="utf-8")
    assert cxdesk("canned", "import", str(tmp_path / "canned.toml"), "--json")[:2] == (0, '{\n  "imported": 2\n}\n')


@pytest.mark.usefixtures("imported")
def test_imported_replies_are_listed_with_their_uses(cxdesk):
    replies = json.loads(cxdesk("canned", "list", "--json")[1])
    assert [(reply["shortcut"], reply["category"], reply["uses"]) for reply in replies] == [
        ("shipped", "shipping", 0),
        ("sorry", "general", 0),
    ]
    assert "/sorry" not in cxdesk("canned", "list", "--category", "shipping")[1]


@pytest.mark.usefixtures("imported")
def test_a_reply_is_shown_as_it_was_written(cxdesk):
    assert cxdesk("canned", "show", "/shipped")[1] == "Order {order_id} is on its way.\n"


@pytest.mark.usefixtures("imported")
def test_a_removed_reply_is_gone(cxdesk):
    assert cxdesk("canned", "remove", "/sorry")[0] == 0
    code, out, err = cxdesk("canned", "show", "sorry")
    assert (code, out) == (1, "")
    assert "'sorry'" in err


def test_a_file_that_holds_no_replies_is_told_in_one_sentence(cxdesk, tmp_path):
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    code, _, err = cxdesk("canned", "import", str(tmp_path / "empty.toml"))
    assert (code, err.count("\n")) == (1, 1)
