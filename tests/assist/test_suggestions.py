"""Suggestions in a whole desk: what people sent is learned and found again."""

import pytest

from cxdesk.agent import Listener
from cxdesk.domain import CannedReply, Refused


@pytest.fixture
def customers(demo_desk):
    """Customers with an order each, and that order."""
    store = demo_desk.store
    people = store.customers.all(limit=100, offset=0)
    return [(person, orders[0]) for person in people if (orders := store.orders.of_customer(person.id))]


def drafted(desk, customer, text):
    talk = desk.start_conversation(customer.id)
    desk.copilot.prepare(desk.copilot.receive(talk.id, text), Listener())
    return desk.store.drafts.open_for(talk.id)


def test_the_draft_that_waits_is_one_of_three_suggestions(demo_desk, customers):
    person, order = customers[0]
    draft = drafted(demo_desk, person, f"Where is my order {order.id}?")
    suggestions = demo_desk.copilot.suggest(draft.conversation_id)
    assert len(suggestions) == 3
    assert [s.text for s in suggestions if s.kind == "draft"] == [draft.text]


def test_a_conversation_without_a_message_has_no_suggestions(demo_desk):
    assert demo_desk.copilot.suggest(demo_desk.start_conversation().id) == ()


def test_an_edited_reply_is_found_again_for_another_customer_with_their_data(demo_desk, customers):
    (ann, hers), (bob, his) = next(
        (a, b) for a in customers for b in customers if a[0].id != b[0].id and a[1].status == b[1].status
    )
    first = drafted(demo_desk, ann, f"Where is my order {hers.id}?")
    demo_desk.copilot.edit(first.id, f"Let us see: your order {hers.id} is {hers.status}, as of today.", by="Kim")
    (learned,) = demo_desk.store.canned.wordings.all()
    assert hers.id not in learned.text
    assert ann.name.split()[0] not in learned.question
    assert (learned.learned_by, learned.kept < 1) == ("Kim", True)
    second = drafted(demo_desk, bob, f"Where is my order {his.id}?")
    approved = [s for s in demo_desk.copilot.suggest(second.conversation_id) if s.kind == "approved"]
    assert [s.text for s in approved] == [f"Let us see: your order {his.id} is {his.status}, as of today."]


def test_a_wording_lends_no_facts(demo_desk, customers):
    person, order = customers[0]
    first = drafted(demo_desk, person, f"Where is my order {order.id}?")
    demo_desk.copilot.edit(first.id, f"Your order {order.id} will be with you within 17 hours.")
    second = drafted(demo_desk, person, f"Where is my order {order.id}?")
    assert not [s for s in demo_desk.copilot.suggest(second.conversation_id) if s.kind == "approved"]


def test_handoffs_courtesies_and_claimed_actions_teach_nothing(demo_desk, customers):
    person, order = customers[0]
    for text, sent in (
        ("Hello!", "Hello there!"),
        ("I want to talk to a human", "A colleague will take over from here, please wait."),
        (f"Where is my order {order.id}?", "I have refunded your order and sent you a new one."),
    ):
        demo_desk.copilot.edit(drafted(demo_desk, person, text).id, sent)
    assert demo_desk.store.canned.wordings.all() == []


def test_deciding_counts_what_was_offered_and_used(demo_desk, customers):
    person, order = customers[0]
    question = f"Where is my order {order.id}?"
    demo_desk.copilot.approve(drafted(demo_desk, person, question).id)
    demo_desk.copilot.reject(drafted(demo_desk, person, question).id, "wrong")
    draft = drafted(demo_desk, person, question)
    chosen = next(s for s in demo_desk.copilot.suggest(draft.conversation_id) if s.kind == "next_step")
    demo_desk.copilot.edit(draft.id, chosen.text, used=chosen)
    tallies = demo_desk.store.drafts.tallies("order_status")
    assert (tallies["draft"].offered, tallies["draft"].used) == (3, 1.0)
    assert tallies["next_step"].used == 1.0


def test_a_saved_reply_that_is_sent_is_counted(demo_desk, customers):
    person, _ = customers[0]
    demo_desk.store.canned.put(CannedReply(shortcut="open", title="What are your opening hours", text="Come by!"))
    draft = drafted(demo_desk, person, "What are your opening hours?")
    chosen = next((s for s in demo_desk.copilot.suggest(draft.conversation_id) if s.key == "open"), None)
    assert chosen is not None
    demo_desk.copilot.send(draft.conversation_id, chosen.text, used=chosen)
    assert demo_desk.store.canned.uses()["open"] == 1


def test_a_saved_reply_is_filled_for_a_proved_customer_only(demo_desk, customers):
    person, order = customers[0]
    draft = drafted(demo_desk, person, f"Where is my order {order.id}?")
    filled = demo_desk.copilot.fill(draft.conversation_id, "{customer_name}: {order_id} is {order_status}")
    assert filled.text == f"{person.name}: {order.id} is {order.status}"
    guest = demo_desk.start_conversation().id
    assert demo_desk.copilot.fill(guest, "{customer_name}").gaps == ("customer_name",)


def test_a_reply_with_a_gap_is_not_sent(demo_desk, customers):
    person, order = customers[0]
    draft = drafted(demo_desk, person, f"Where is my order {order.id}?")
    with pytest.raises(Refused, match="ticket id"):
        demo_desk.copilot.edit(draft.id, "Your ticket is [[ticket id]].")
    with pytest.raises(Refused, match="order id"):
        demo_desk.copilot.send(draft.conversation_id, "Order {order_id}")
    assert demo_desk.store.drafts.open_for(draft.conversation_id).id == draft.id


def test_the_order_is_the_one_that_was_looked_up_last_though_the_newest_turn_looked_nothing_up(demo_desk, customers):
    person, _ = next((p, o) for p, o in customers if len(demo_desk.store.orders.of_customer(p.id)) > 1)
    order = demo_desk.store.orders.of_customer(person.id)[-1]
    draft = drafted(demo_desk, person, f"Where is my order {order.id}?")
    demo_desk.copilot.approve(draft.id)
    demo_desk.copilot.prepare(demo_desk.copilot.receive(draft.conversation_id, "Thank you!"), Listener())
    assert demo_desk.copilot.fill(draft.conversation_id, "About {order_id}").text == f"About {order.id}"


def test_a_saved_reply_that_was_sent_counts_where_no_draft_waited(demo_desk, customers):
    demo_desk.store.canned.put(CannedReply(shortcut="open", title="What are your opening hours", text="Come by!"))
    draft = drafted(demo_desk, customers[0][0], "What are your opening hours?")
    used = next(s for s in demo_desk.copilot.suggest(draft.conversation_id) if s.kind == "canned")
    demo_desk.copilot.send(draft.conversation_id, used.text, used=used)
    demo_desk.copilot.send(draft.conversation_id, used.text, used=used)
    assert demo_desk.store.canned.uses()["open"] == 2


def test_suggestions_are_signed_by_whoever_asks_for_them(demo_desk, customers):
    text = "Come by! {agent_name}"
    demo_desk.store.canned.put(CannedReply(shortcut="open", title="What are your opening hours", text=text))
    draft = drafted(demo_desk, customers[0][0], "What are your opening hours?")
    suggested = demo_desk.copilot.suggest(draft.conversation_id, by="Kim Ode")
    assert "Come by! Kim Ode" in [s.text for s in suggested]
