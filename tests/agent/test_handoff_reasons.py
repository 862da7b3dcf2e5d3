"""Whole turns that end with a person, by the reason that each gives; those of the conversation are in test_handoff."""

import pytest

from cxdesk.domain import Grounding


@pytest.fixture
def order(demo_desk):
    people = demo_desk.store.customers.all(limit=100, offset=0)
    return next(orders[0] for person in people if (orders := demo_desk.store.orders.of_customer(person.id)))


def reason(turn):
    return turn.decision.reason.value if turn.decision.reason else None


class Forbidding:
    """An outbound check that stops every text with one word in it."""

    def __init__(self, word):
        self._word = word

    def check_for(self, customer_id, said, sources=None, records=None):
        return lambda text: ["no"] if self._word in text else []


def test_what_stays_unclear_goes_to_a_person(demo_desk):
    first = demo_desk.ask("hmm hmm")
    assert first.decision.kind == "ask"
    assert reason(demo_desk.ask("dunno", first.conversation)) == "low_confidence"


def test_fury_goes_to_a_person(demo_desk):
    furious = "This is outrageous and unacceptable, I am furious! I have had enough of you liars, what a disgrace!!!"
    assert reason(demo_desk.ask(furious)) == "frustration"


def test_a_reply_that_the_last_look_stops_goes_to_a_person(demo_desk, order):
    demo_desk.agent.outbound = Forbidding(order.id)
    turn = demo_desk.ask(f"Where is my order {order.id}?", customer=order.customer_id)
    assert reason(turn) == "guardrail"
    assert order.id not in turn.reply


def test_a_reply_that_nothing_supports_goes_to_a_person(demo_desk, order, monkeypatch):
    from cxdesk.agent import turn as turn_module

    real = turn_module.from_brief

    def unfounded(*args, **kwargs):
        return real(*args, **kwargs).model_copy(update={"grounding": Grounding(unsupported=("'5' is in no source",))})

    monkeypatch.setattr(turn_module, "from_brief", unfounded)
    turn = demo_desk.ask(f"Where is my order {order.id}?", customer=order.customer_id)
    assert reason(turn) == "ungrounded"
    assert order.status not in turn.reply
