import pytest

from cxdesk.agent import Listener
from cxdesk.assist.copilot import is_sure
from cxdesk.domain import DecisionKind, Invalid


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


# ---------------------------------------------------------------- autopilot


@pytest.fixture
def autopilot(demo_desk):
    """The desk with its autopilot on, sending what it is at least this confident of."""

    def switch_on(least):
        demo_desk.configuration.save({"autopilot": True, "autopilot_confidence": least})
        return demo_desk

    return switch_on


def prepared(desk, text, customer=None, talk=None):
    """A turn on a customer's message, and its conversation as it then is."""
    talk = talk or desk.start_conversation(customer)
    turn = desk.copilot.prepare(desk.copilot.receive(talk.id, text), Listener())
    return turn, desk.store.conversations.get(talk.id)


def test_autopilot_is_off_by_default(demo_desk):
    _, talk = prepared(demo_desk, "Hello!")
    assert demo_desk.store.drafts.open_for(talk.id)
    assert roles(demo_desk, talk.id) == ["customer"]


def test_autopilot_sends_what_it_is_sure_of_and_says_so(autopilot):
    desk = autopilot(0.0)
    turn, talk = prepared(desk, "Hello!")
    assert (roles(desk, talk.id), talk.state) == (["customer", "desk"], "open")
    assert desk.store.conversations.messages(talk.id)[-1].text == turn.reply
    assert desk.store.drafts.open_for(talk.id) is None
    replays = desk.store.replays.past_messages(1)
    assert not replays[0].by_person


def test_autopilot_sends_nothing_below_its_confidence(autopilot):
    desk = autopilot(1.0)
    _, talk = prepared(desk, "Hello!")
    assert (roles(desk, talk.id), talk.state) == (["customer"], "waiting")


def test_autopilot_sends_no_handoff(autopilot):
    desk = autopilot(0.0)
    _, talk = prepared(desk, "I want to talk to a human")
    assert (roles(desk, talk.id), talk.state) == (["customer"], "handed_over")


def test_autopilot_is_silent_while_a_person_has_the_conversation(autopilot):
    desk = autopilot(0.0)
    _, talk = prepared(desk, "I want to talk to a human")
    _, talk = prepared(desk, "Thanks!", talk=talk)
    assert roles(desk, talk.id) == ["customer", "customer"]


def test_autopilot_does_not_answer_what_was_overtaken(autopilot):
    desk = autopilot(0.0)
    talk = desk.start_conversation()
    first = desk.copilot.receive(talk.id, "Hello!")
    desk.copilot.receive(talk.id, "Are you there?")
    desk.copilot.prepare(first, Listener())
    assert roles(desk, talk.id) == ["customer", "customer"]


def test_a_draft_that_is_made_again_waits_for_whoever_asked_for_it(demo_desk, draft):
    demo_desk.copilot.reject(draft.id)
    demo_desk.configuration.save({"autopilot": True, "autopilot_confidence": 0.0})
    run = demo_desk.store.runs.find(draft.run_id)
    demo_desk.copilot.prepare(run, Listener(), tone="playful")
    assert roles(demo_desk, draft.conversation_id) == ["customer"]


def test_autopilot_proposes_a_change_and_leaves_doing_it_to_a_person(autopilot):
    desk = autopilot(0.0)
    store = desk.store
    order = next(o for c in store.customers.all() for o in store.orders.of_customer(c.id) if o.status == "pending")
    turn, talk = prepared(desk, f"Please cancel {order.id}, I ordered it by mistake", order.customer_id)
    assert (turn.decision.kind, roles(desk, talk.id)) == ("confirm", ["customer", "desk"])
    _, talk = prepared(desk, "yes", talk=talk)
    assert talk.state == "handed_over"
    assert store.orders.find(order.id, order.customer_id).status == "pending"


def test_what_autopilot_sent_is_no_lesson_and_no_persons_judgement(autopilot):
    desk = autopilot(0.0)
    order = next(
        o for c in desk.store.customers.all() for o in desk.store.orders.of_customer(c.id) if o.status == "delivered"
    )
    _, talk = prepared(desk, f"Where is {order.id}?", order.customer_id)
    assert roles(desk, talk.id) == ["customer", "desk"]
    assert desk.store.drafts.tallies("order_status") == {}


@pytest.mark.parametrize(
    ("kind", "unsupported", "sent"),
    [
        ("reply", (), True),
        ("ask", (), True),
        ("confirm", (), True),
        ("handoff", (), False),
        ("reply", ("5 days",), False),
    ],
)
def test_autopilot_is_sure_of_grounded_replies_only(demo_desk, kind, unsupported, sent):
    turn = demo_desk.ask("Hello!")
    decision = turn.decision.model_copy(update={"kind": DecisionKind(kind)})
    grounding = turn.grounding.model_copy(update={"unsupported": unsupported})
    assert is_sure(turn.model_copy(update={"decision": decision, "grounding": grounding}), 0.0) is sent
