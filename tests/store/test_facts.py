from datetime import timedelta

import pytest

from cxdesk.domain import Fact, now

AT = now()


def fact(number, text, *, kind="owns", customer="ada"):
    return Fact(
        id=f"f_{number}",
        customer_id=customer,
        kind=kind,
        text=text,
        message_id=f"m_{number}",
        conversation_id="c_1",
        at=AT + timedelta(minutes=number),
    )


@pytest.mark.parametrize("second", [fact(1, "owns a kite"), fact(2, "Owns a kite")])
def test_what_is_known_is_not_kept_again(fresh_store, second):
    fresh_store.facts.add([fact(1, "owns a kite")])
    assert fresh_store.facts.add([second]) == []


def test_the_same_words_of_another_customer_are_another_fact(fresh_store):
    fresh_store.facts.add([fact(1, "owns a kite"), fact(2, "owns a kite", customer="bo")])
    assert [each.id for each in fresh_store.facts.of_customer("ada")] == ["f_1"]
    assert [each.id for each in fresh_store.facts.of_customer("bo")] == ["f_2"]


def test_of_a_kind_that_has_one_only_the_newest_stays(fresh_store):
    kinds = frozenset({"name"})
    told = [fact(2, "Sam", kind="name"), fact(1, "Samuel", kind="name"), fact(3, "Alex", kind="name", customer="bo")]
    fresh_store.facts.add(told, one_only=kinds)
    assert [each.text for each in fresh_store.facts.of_customer("ada")] == ["Sam"]
    assert fresh_store.facts.add([fact(1, "Samuel", kind="name")], one_only=kinds) == []
