"""A turn whose reply is written elsewhere: what the customer gets, what left the PC, what the turn says."""

import pytest

from cxdesk.agent.privacy import PersonalFinder
from cxdesk.desk import Desk
from cxdesk.domain import Unavailable
from cxdesk.llm.remote import Endpoint, RemoteModel
from cxdesk.llm.router import Router
from cxdesk.llm.scripted import ScriptedModel
from tests.llm.endpoint import endpoint

CUSTOMER = "maya.lindqvist@example.com"
QUESTION = "Hi, Maya Lindqvist here, where is my order #V1152?"


def draft_of(prompt):
    return prompt.split("Draft:\n", 1)[1].split("\n\nReply:")[0]


@pytest.fixture
def script():
    with endpoint() as script:
        yield script


@pytest.fixture
def desk_with(filled_demo, tmp_path, toy_embedder, script):
    """Opens the demo desk with the model of this PC given, and the endpoint beside it."""
    import shutil

    shutil.copytree(filled_demo, tmp_path / "demo")
    opened = []

    def open_with(local, when):
        desk = Desk.open(tmp_path / "demo", model="none", embedder=toy_embedder)
        finder = PersonalFinder(desk.store, lambda text: desk.signal_reader().entities(text))
        remote = RemoteModel(Endpoint(url=script.url, model="far", pause_s=0.0, timeout_s=60), personal=finder)
        opened.extend([remote, desk])
        desk.agent.model = Router(lambda: local, remote, when).for_turn
        return desk

    yield open_with
    for each in opened:
        each.close()


def test_a_reply_from_elsewhere_is_marked_and_nothing_personal_left(desk_with, script):
    script.writes = draft_of
    turn = desk_with(None, "always").ask(QUESTION, customer=CUSTOMER)
    assert turn.model == "remote:far"
    assert not turn.grounding.used_brief
    assert "#V1152" in turn.reply
    assert script.requests
    for private in ("Maya", "Lindqvist", "V1152", CUSTOMER):
        assert private not in script.sent


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_an_endpoint_in_trouble_leaves_the_brief(desk_with, script, status):
    script.fails(status)
    turn = desk_with(None, "always").ask(QUESTION, customer=CUSTOMER)
    assert turn.grounding.used_brief
    assert turn.grounding.unsupported == ()
    assert "#V1152" in turn.reply


def test_a_reply_that_is_cut_off_is_completed_by_the_brief(desk_with, script):
    script.streams("Your order", ends=False)
    turn = desk_with(None, "always").ask(QUESTION, customer=CUSTOMER)
    assert turn.grounding.used_brief
    assert "#V1152" in turn.reply


def test_what_the_endpoint_makes_up_is_not_sent(desk_with, script):
    script.streams("Your order [ORDER_1] arrives on 3 May 2031, and we have refunded $900 to you.")
    turn = desk_with(None, "always").ask(QUESTION, customer=CUSTOMER)
    assert "2031" not in turn.reply
    assert turn.grounding.rejected


def test_while_the_model_of_this_pc_works_nothing_leaves(desk_with, script):
    local = ScriptedModel([lambda prompt: draft_of(prompt.messages[-1].content)], name="here")
    turn = desk_with(local, "on_failure").ask(QUESTION, customer=CUSTOMER)
    assert (turn.model, script.requests) == ("here", [])


def test_when_the_model_of_this_pc_fails_the_reply_comes_from_elsewhere(desk_with, script):
    script.writes = draft_of
    local = ScriptedModel([Unavailable("It is gone.")], name="here")
    turn = desk_with(local, "on_failure").ask(QUESTION, customer=CUSTOMER)
    assert turn.model == "remote:far"
    assert not turn.grounding.used_brief


def test_the_turns_after_a_failure_are_answered_by_the_brief_while_the_endpoint_rests(desk_with, script):
    script.fails(500)
    desk = desk_with(None, "always")
    turns = [desk.ask(QUESTION, customer=CUSTOMER) for _ in range(2)]
    assert [turn.model for turn in turns] == ["remote:far", "none"]
    assert all("#V1152" in turn.reply for turn in turns)
