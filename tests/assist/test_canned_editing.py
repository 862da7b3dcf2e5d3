"""Saved replies that a person writes, renames, deletes, and carries from shop to shop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.assist.canned import (
    example_values,
    free_shortcut,
    import_canned,
    read_canned,
    remove_canned,
    save_canned,
    shortcut_trouble,
    unknown_variables,
    write_canned,
)
from cxdesk.domain import CannedReply, Invalid, Overtaken
from cxdesk.store import Store

HI = CannedReply(shortcut="hi", title="Greeting", category="general", text="Hello {customer_name}")


@pytest.fixture
def store():
    with Store.open(None) as opened:
        yield opened


def test_a_reply_is_kept_tidy_and_found_by_its_shortcut(store):
    save_canned(store, CannedReply(shortcut="/hi ", title=" A  greeting ", category=" General ", text=" Hello \n"))
    assert store.canned.find("hi") == CannedReply(shortcut="hi", title="A greeting", category="general", text="Hello")


def test_a_renamed_reply_keeps_its_use(store):
    save_canned(store, HI)
    store.canned.count_use("hi")
    save_canned(store, HI.model_copy(update={"shortcut": "hello"}), HI)
    (kept,) = store.canned.kept()
    assert (kept.reply.shortcut, kept.uses) == ("hello", 1)
    assert kept.last_used_at is not None


def test_a_shortcut_of_another_reply_is_refused_whatever_its_case(store):
    save_canned(store, HI)
    with pytest.raises(Invalid, match="taken"):
        save_canned(store, HI.model_copy(update={"shortcut": "HI"}))
    assert [one.shortcut for one in store.canned.all()] == ["hi"]


def test_a_reply_that_somebody_else_changed_is_not_written_over(store):
    save_canned(store, HI)
    save_canned(store, HI.model_copy(update={"text": "Theirs"}), HI)
    with pytest.raises(Overtaken, match="'hi'"):
        save_canned(store, HI.model_copy(update={"text": "Mine"}), HI)
    assert store.canned.find("hi").text == "Theirs"


@pytest.mark.parametrize("missing", ["title", "text", "shortcut"])
def test_a_reply_without_a_part_is_refused(store, missing):
    with pytest.raises(Invalid):
        save_canned(store, HI.model_copy(update={missing: " "}))
    assert store.canned.all() == []


def test_a_deleted_reply_comes_back_with_its_use(store):
    save_canned(store, HI)
    store.canned.count_use("hi")
    (before,) = store.canned.kept()
    assert remove_canned(store, "hi") == before
    assert store.canned.kept() == []
    store.canned.restore(before)
    assert store.canned.kept() == [before]
    with pytest.raises(Invalid, match="never"):
        remove_canned(store, "never")


@pytest.mark.parametrize(
    ("shortcut", "told"),
    [("", "Give it"), ("two words", "can't be typed"), ("a" * 41, "can't be typed"), ("HI", "taken"), ("grüß-1", None)],
)
def test_a_shortcut_is_judged_in_one_sentence(shortcut, told):
    trouble = shortcut_trouble(shortcut, ["hi"])
    assert (trouble is None) if told is None else told in trouble


def test_a_free_shortcut_has_the_next_number():
    assert free_shortcut("hi", ["hi", "HI2"]) == "hi3"


def test_unknown_variables_are_named_as_they_were_written():
    assert unknown_variables("{order id} {Order_ID} {orderid} {customer_name} {nothing}") == ("orderid", "nothing")


def test_an_example_customer_fills_most_variables(demo_desk):
    values = example_values(demo_desk.store, shop_name="Shop", agent_name="You", locale="en_US")
    assert {"customer_name", "order_id", "tracking_id", "shop_name", "product_name"} <= values.keys()


def test_an_empty_shop_has_values_of_its_own_only(store):
    values = example_values(store, shop_name="Shop", agent_name="You", locale="en_US")
    assert values == {"shop_name": "Shop", "agent_name": "You"}


shortcuts = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12)
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(shortcuts, texts, texts), max_size=5, unique_by=lambda row: row[0].lower()))
def test_what_is_written_to_a_file_is_read_back_as_it_was(tmp_path_factory, rows):
    replies = [CannedReply(shortcut=s, title=title, text=text) for s, title, text in rows]
    if replies:
        file = tmp_path_factory.mktemp("replies") / "replies.toml"
        file.write_text(write_canned(replies), encoding="utf-8", newline="")
        assert read_canned(file) == replies


def test_an_imported_reply_replaces_the_one_with_its_shortcut_whatever_its_case(store, tmp_path):
    save_canned(store, HI)
    file = tmp_path / "replies.toml"
    file.write_text(write_canned([HI.model_copy(update={"shortcut": "HI", "text": "Anew"})]), encoding="utf-8")
    assert import_canned(store, file) == 1
    assert [(one.shortcut, one.text) for one in store.canned.all()] == [("hi", "Anew")]
