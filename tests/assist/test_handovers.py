import pytest

from cxdesk.agent import Listener
from cxdesk.domain import Refused


@pytest.fixture
def talk(demo_desk):
    """A conversation whose customer asked for a person."""
    talk = demo_desk.start_conversation()
    write(demo_desk, talk.id, "I want to talk to a human")
    return talk.id


def write(desk, talk, text):
    return desk.copilot.prepare(desk.copilot.receive(talk, text), Listener())


def state(desk, talk):
    return desk.store.conversations.get(talk).state


def test_a_handoff_is_accepted_answered_and_given_back_with_who_and_when(demo_desk, talk):
    handovers = demo_desk.copilot.handovers
    assert [h.conversation_id for h in handovers.waiting()] == [talk]
    handovers.accept(talk, by="Kim")
    assert (handovers.waiting(), handovers.current(talk).state) == ([], "accepted")
    demo_desk.copilot.send(talk, "I am Kim, how can I help?", by="Kim")
    assert state(demo_desk, talk) == "handed_over"
    handovers.give_back(talk, by="Kim", note="all said")
    assert [(e.kind, e.by) for e in handovers.history(talk)] == [
        ("accepted", "Kim"),
        ("answered", "Kim"),
        ("given_back", "Kim"),
    ]
    assert handovers.current(talk) is None
    assert state(demo_desk, talk) == "open"


def test_only_one_person_can_accept(demo_desk, talk):
    demo_desk.copilot.handovers.accept(talk, by="Kim")
    with pytest.raises(Refused, match="Kim"):
        demo_desk.copilot.handovers.accept(talk, by="Lou")


def test_whoever_answers_has_accepted(demo_desk, talk):
    demo_desk.copilot.send(talk, "Here I am.", by="Lou")
    assert demo_desk.copilot.handovers.current(talk).state == "accepted"


def test_approving_the_note_that_a_person_will_come_leaves_the_customer_waiting_for_one(demo_desk, talk):
    demo_desk.copilot.approve(demo_desk.store.drafts.open_for(talk).id)
    assert demo_desk.copilot.handovers.current(talk).state == "open"
    assert state(demo_desk, talk) == "handed_over"


def test_after_a_handoff_the_desk_still_prepares_drafts(demo_desk, talk):
    turn = write(demo_desk, talk, "How long does standard shipping take?")
    assert turn.decision.kind == "reply"
    assert demo_desk.store.drafts.open_for(talk).text == turn.reply
    assert state(demo_desk, talk) == "handed_over"
    assert len(demo_desk.copilot.suggest(talk)) == 3


def test_given_back_with_a_draft_the_conversation_waits_for_its_approval_as_any_other(demo_desk, talk):
    write(demo_desk, talk, "How long does standard shipping take?")
    demo_desk.copilot.handovers.give_back(talk)
    assert state(demo_desk, talk) == "waiting"
    demo_desk.copilot.approve(demo_desk.store.drafts.open_for(talk).id)
    assert state(demo_desk, talk) == "open"


def test_resolving_ends_every_open_handoff_of_the_conversation(demo_desk, talk):
    write(demo_desk, talk, "Give me a human, please")
    assert len(demo_desk.store.handoffs.unresolved(talk)) >= 1
    demo_desk.copilot.handovers.resolve(talk, by="Kim")
    assert demo_desk.store.handoffs.unresolved(talk) == []


def test_nobody_can_end_what_nobody_asked_for(demo_desk):
    quiet = demo_desk.start_conversation().id
    for act in (
        demo_desk.copilot.handovers.accept,
        demo_desk.copilot.handovers.give_back,
        demo_desk.copilot.handovers.resolve,
    ):
        with pytest.raises(Refused):
            act(quiet)


def test_each_step_is_told_to_subscribers(demo_desk, talk):
    heard = []
    demo_desk.subscribe(heard.append)
    demo_desk.copilot.handovers.accept(talk)
    demo_desk.copilot.handovers.resolve(talk)
    assert heard == [talk, talk]
