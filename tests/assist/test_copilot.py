import pytest

from cxdesk.agent import Listener
from cxdesk.domain import Invalid


@pytest.fixture
def draft(demo_desk):
    """A draft that waits for a person, with its conversation."""
    talk = demo_desk.start_conversation()
    run = demo_desk.copilot.receive(talk.id, "Hello!")
    demo_desk.copilot.prepare(run, Listener())
    return demo_desk.store.drafts.open_for(talk.id)


def roles(desk, conversation_id):
    return [message.role for message in desk.store.conversations.messages(conversation_id)]


def test_a_received_message_becomes_a_draft_and_is_not_sent(demo_desk, draft):
    assert draft.state == "proposed"
    assert roles(demo_desk, draft.conversation_id) == ["customer"]
    assert demo_desk.store.conversations.get(draft.conversation_id).state == "waiting"


def test_the_brief_is_heard_before_the_draft_is_kept(demo_desk):
    talk = demo_desk.start_conversation()
    run = demo_desk.copilot.receive(talk.id, "Hello!")
    heard = []
    demo_desk.copilot.prepare(
        run, Listener(), lambda turn: heard.append((turn.reply, demo_desk.store.drafts.open_for(talk.id)))
    )
    assert heard[0][0]
    assert heard[0][1] is None


def test_an_approved_draft_is_sent_as_it_stands(demo_desk, draft):
    message = demo_desk.copilot.approve(draft.id)
    assert (message.text, message.role) == (draft.text, "desk")
    assert demo_desk.store.drafts.open_for(draft.conversation_id) is None


def test_an_edited_draft_is_sent_in_the_persons_words(demo_desk, draft):
    assert demo_desk.copilot.edit(draft.id, "Hello Ann.").text == "Hello Ann."


def test_a_rejected_draft_is_not_sent_and_its_reason_is_kept(demo_desk, draft):
    rejected = demo_desk.copilot.reject(draft.id, "wrong tone")
    assert (rejected.state, rejected.reason) == ("rejected", "wrong tone")
    assert roles(demo_desk, draft.conversation_id) == ["customer"]


def test_a_persons_own_words_replace_the_draft(demo_desk, draft):
    demo_desk.copilot.send(draft.conversation_id, "I am Kim, how can I help?")
    assert roles(demo_desk, draft.conversation_id) == ["customer", "agent"]
    assert demo_desk.store.drafts.open_for(draft.conversation_id) is None


def test_an_empty_reply_is_refused_and_the_draft_stays(demo_desk, draft):
    with pytest.raises(Invalid, match="empty"):
        demo_desk.copilot.edit(draft.id, "  ")
    with pytest.raises(Invalid, match="empty"):
        demo_desk.copilot.send(draft.conversation_id, "")
    assert demo_desk.store.drafts.open_for(draft.conversation_id).id == draft.id


def test_a_newer_message_replaces_the_draft_of_the_older_one(demo_desk, draft):
    run = demo_desk.copilot.receive(draft.conversation_id, "I want to talk to a human")
    turn = demo_desk.copilot.prepare(run, Listener())
    newest = demo_desk.store.drafts.open_for(draft.conversation_id)
    assert newest.text == turn.reply
    assert demo_desk.store.conversations.get(draft.conversation_id).state == "handed_over"


def test_changes_are_told_to_subscribers_until_they_leave(demo_desk, draft):
    heard = []
    leave = demo_desk.subscribe(heard.append)
    demo_desk.copilot.approve(draft.id)
    leave()
    demo_desk.copilot.send(draft.conversation_id, "Bye")
    assert heard == [draft.conversation_id]


@pytest.fixture
def agreed(demo_desk):
    """A conversation in which the customer agreed to a cancellation, and the order."""
    store = demo_desk.store
    order = next(o for c in store.customers.all() for o in store.orders.of_customer(c.id) if o.status == "pending")
    talk = demo_desk.start_conversation(order.customer_id)
    copilot = demo_desk.copilot
    copilot.prepare(copilot.receive(talk.id, f"Please cancel {order.id}, I ordered it by mistake"), Listener())
    copilot.approve(store.drafts.open_for(talk.id).id)
    turn = copilot.prepare(copilot.receive(talk.id, "yes"), Listener())
    return turn, order


def test_what_a_customer_agreed_to_waits_for_a_person(demo_desk, agreed):
    turn, order = agreed
    assert (turn.decision.kind, turn.decision.reason) == ("handoff", "needs_approval")
    assert turn.decision.pending.tool == "cancel_order"
    assert demo_desk.store.orders.find(order.id, order.customer_id).status == "pending"


def test_an_approved_action_is_done_once_and_its_draft_says_so(demo_desk, agreed):
    turn, order = agreed
    draft = demo_desk.copilot.approve_action(turn.conversation, by="Kim")
    assert demo_desk.store.orders.find(order.id, order.customer_id).status == "cancelled"
    assert order.id in draft.text
    with pytest.raises(Invalid, match="No change waits"):
        demo_desk.copilot.approve_action(turn.conversation, by="Kim")
    assert demo_desk.copilot.approve(draft.id).text == draft.text


def test_a_declined_action_is_not_done_by_a_later_yes(demo_desk, agreed):
    turn, order = agreed
    demo_desk.copilot.decline_action(turn.conversation, "already packed", by="Kim")
    later = demo_desk.copilot.prepare(demo_desk.copilot.receive(turn.conversation, "yes"), Listener())
    assert later.decision.pending is None
    assert demo_desk.store.orders.find(order.id, order.customer_id).status == "pending"


def test_a_question_that_was_not_let_out_can_not_be_agreed_to(demo_desk):
    store = demo_desk.store
    order = next(o for c in store.customers.all() for o in store.orders.of_customer(c.id) if o.status == "pending")
    talk, copilot = demo_desk.start_conversation(order.customer_id), demo_desk.copilot
    copilot.prepare(copilot.receive(talk.id, f"Please cancel {order.id}, I ordered it by mistake"), Listener())
    copilot.reject(store.drafts.open_for(talk.id).id, "will call them")
    turn = copilot.prepare(copilot.receive(talk.id, "yes"), Listener())
    assert turn.decision.pending is None
