"""Queues of conversations, read from the rows."""

import pytest

from cxdesk.domain import ConversationState, HandoffReason, Identity, Role, now
from cxdesk.memory import close_session


@pytest.fixture
def talk(fresh_store):
    """A conversation in a given state in which these have spoken."""

    def make(state="open", *roles, writer="Guest"):
        made = fresh_store.conversations.create(writer, None, Identity())
        for role in roles:
            fresh_store.conversations.add_message(made.id, Role(role), f"said by {role}")
        kept = fresh_store.conversations.get(made.id)
        fresh_store.conversations.save(kept.model_copy(update={"state": ConversationState(state)}))
        return made.id

    return make


def ids(store, queue, by=None):
    return {item.id for item in store.inbox.items(queue, by)}


def test_a_queue_holds_what_its_state_says(fresh_store, talk):
    waiting = talk("waiting", "customer")
    unanswered = talk("open", "desk", "customer", "system")
    answered = talk("open", "customer", "agent")
    handed, closed = talk("handed_over", "customer"), talk("closed", "customer", "desk")
    assert ids(fresh_store, "approval") == {waiting, unanswered}
    assert ids(fresh_store, "handed_over") == {handed}
    assert ids(fresh_store, "closed") == {closed}
    assert ids(fresh_store, "all") == {waiting, unanswered, answered, handed, closed}
    assert fresh_store.inbox.counts() == {"approval": 2, "handed_over": 1, "mine": 0, "all": 5, "closed": 1}


@pytest.mark.parametrize("person", ["Kim", None])
def test_mine_is_what_i_accepted_and_have_not_given_back(fresh_store, talk, person):
    mine, theirs, given_back = (talk("handed_over", "customer") for _ in range(3))
    for each, by in ((mine, person), (theirs, "Alex"), (given_back, person)):
        handoff = fresh_store.handoffs.create(each, None, HandoffReason.data_gap, "Wants to know.")
        fresh_store.handoffs.record(handoff.id, "accepted", by)
    fresh_store.handoffs.record(handoff.id, "given_back", person)
    assert ids(fresh_store, "mine", person) == {mine}
    assert fresh_store.inbox.counts(person)["mine"] == 1


def test_waiting_begins_with_the_first_message_that_nobody_answered(fresh_store, talk):
    each = talk("open", "customer", "agent", "customer", "customer")
    messages = fresh_store.conversations.messages(each)
    item = fresh_store.inbox.of([each])[0]
    assert item.waiting_since == messages[2].at
    assert (item.last_role, item.last_text) == (Role.customer, "said by customer")


def test_a_conversation_that_was_answered_waits_for_nobody(fresh_store, talk):
    assert fresh_store.inbox.of([talk("open", "customer", "desk")])[0].waiting_since is None


def test_mood_and_intent_are_those_of_the_newest_finished_turn(fresh_store, talk):
    each = talk("open", "customer")
    message = fresh_store.conversations.messages(each)[0]
    for label, intent in (("negative", "refund"), ("positive", "thanks")):
        run = fresh_store.runs.start(each, message.id)
        turn = {"sentiment": {"label": label, "frustration": 0.25}, "intent": {"name": intent}}
        fresh_store.runs.finish(run.id, turn)
    fresh_store.runs.start(each, message.id)
    item = fresh_store.inbox.of([each])[0]
    assert (item.mood, item.frustration, item.intent, item.preparing) == ("positive", 0.25, "thanks", True)


def test_a_queue_that_is_cut_keeps_who_waits_longest(fresh_store, talk):
    first, _, _ = (talk("waiting", "customer") for _ in range(3))
    assert [item.id for item in fresh_store.inbox.items("approval", limit=1)] == [first]


def test_a_customers_conversations_come_with_what_the_closed_ones_came_to(fresh_store, talk):
    over, under_way = talk("open", "customer", "desk"), talk("open", "customer")
    for each in (over, under_way):
        kept = fresh_store.conversations.get(each)
        fresh_store.conversations.save(kept.model_copy(update={"customer_id": "ann"}))
    insight = close_session(fresh_store, over, now())
    outcomes = {past.id: past.outcome for past in fresh_store.inbox.of_customer("ann")}
    assert outcomes == {over: insight.outcome, under_way: None}
    assert fresh_store.inbox.of_customer("nobody") == []
