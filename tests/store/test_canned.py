import pytest

from cxdesk.domain import CannedReply, Invalid

HI = CannedReply(shortcut="hi", title="Greeting", category="general", text="Hello {customer_name}")
LATE = CannedReply(shortcut="late", title="Late parcel", category="shipping", text="Sorry about {order_id}")


def test_saved_replies_are_listed_by_category(fresh_store):
    fresh_store.canned.put_many([LATE, HI])
    assert fresh_store.canned.all() == [HI, LATE]
    assert fresh_store.canned.all("shipping") == [LATE]
    assert fresh_store.canned.categories() == ["general", "shipping"]


def test_a_saved_reply_is_found_by_its_shortcut_with_or_without_the_slash(fresh_store):
    fresh_store.canned.put(HI)
    assert fresh_store.canned.find("/HI") == fresh_store.canned.find("hi") == HI
    assert fresh_store.canned.find("bye") is None


def test_use_counts_outlive_a_change_of_the_text(fresh_store):
    fresh_store.canned.put(HI)
    fresh_store.canned.count_use("hi")
    fresh_store.canned.put(HI.model_copy(update={"text": "Good day"}))
    assert fresh_store.canned.uses() == {"hi": 1}


def test_a_removed_saved_reply_is_gone_and_an_unknown_one_is_invalid(fresh_store):
    fresh_store.canned.put(HI)
    fresh_store.canned.remove("hi")
    assert fresh_store.canned.all() == []
    for act in (fresh_store.canned.remove, fresh_store.canned.count_use):
        with pytest.raises(Invalid, match="hi"):
            act("hi")


def learn(store, text="Your order {order_id} is on us.", intent="order_status", vector=(1.0, 0.0)):
    return store.canned.wordings.learn(intent, "Where is {order_id}?", text, vector=vector, embedder="toy", by="kim")


def test_a_wording_is_found_by_intent_and_meaning_the_nearest_first(fresh_store):
    near, far = learn(fresh_store, "near"), learn(fresh_store, "far", vector=(0.8, 0.6))
    learn(fresh_store, "elsewhere", intent="refund")
    wordings = fresh_store.canned.wordings
    assert [n.wording for n in wordings.near("order_status", [1.0, 0.0], "toy", least=0.5)] == [near, far]
    assert [n.likeness for n in wordings.near("order_status", [1.0, 0.0], "toy", least=0.9)] == [1.0]
    assert wordings.near("order_status", [1.0, 0.0], "another embedder", least=0.0) == []


def test_the_same_wording_learned_twice_is_kept_once_and_counted(fresh_store):
    first, second = learn(fresh_store), learn(fresh_store)
    assert (second.id, second.uses) == (first.id, 1)
    fresh_store.canned.wordings.count_use(first.id)
    assert [w.uses for w in fresh_store.canned.wordings.all()] == [2]
    assert fresh_store.canned.wordings.remove(first.id)
    assert not fresh_store.canned.wordings.remove(first.id)
