"""A turn whose look-ups are planned elsewhere: what is called, what left the PC, what the customer reads."""

import json
import re
import shutil

import pytest

from cxdesk.desk import Desk
from tests.llm.endpoint import endpoint

CUSTOMER = "maya.lindqvist@example.com"
QUESTION = "Hi, Maya Lindqvist here, where is my order #V1152?"
POINTS = """
name = "orders_of_all_time"
description = "How many orders the customer has made."
sql = "SELECT count(*) AS made FROM orders"
"""


@pytest.fixture
def script():
    with endpoint() as script:
        yield script


@pytest.fixture
def desk_with(filled_demo, tmp_path, toy_embedder, script):
    """Opens the demo desk with the endpoint in its settings, without a model of its own."""
    opened = []

    def open_with(*, files=(), **settings):
        shutil.copytree(filled_demo, tmp_path / "demo")
        chosen = {"fallback": "always", "fallback_url": script.url, "fallback_model": "far", "planner": "model"}
        chosen |= {"fallback_retries": 0, "model": "auto", **settings}
        lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in chosen.items())
        (tmp_path / "demo" / "settings.toml").write_text(lines, encoding="utf-8")
        for name, text in files:
            (tmp_path / "demo" / "tools").mkdir(exist_ok=True)
            (tmp_path / "demo" / "tools" / name).write_text(text, encoding="utf-8")
        opened.append(Desk.open(tmp_path / "demo", embedder=toy_embedder))
        return opened[-1]

    yield open_with
    for each in opened:
        each.close()


def calls(*wished):
    """A message that asks for tools, as the endpoint writes it."""
    asked = [
        {"id": f"call_{n}", "type": "function", "function": {"name": name, "arguments": arguments}}
        for n, (name, arguments) in enumerate(wished)
    ]
    return {"tool_calls": asked}


def planning(script):
    return [request for request in script.requests if "tools" in request]


def offered(script):
    return {tool["function"]["name"] for tool in planning(script)[0]["tools"]}


def test_the_look_ups_that_the_endpoint_asks_for_are_made_and_audited(desk_with, script):
    script.completes(message=calls(("get_tickets", "{}")))
    script.completes("done")
    script.streams("It is on its way.")
    desk = desk_with()
    turn = desk.ask(QUESTION, customer=CUSTOMER)
    assert [step.tool for step in turn.plan] == ["get_tickets", "get_order"]
    rows = desk.store.audit.of_conversation(turn.conversation)
    assert next((row.tool, row.why) for row in rows) == ("get_tickets", "the model asked for it")
    assert "#V1152" in turn.reply
    assert turn.model == "remote:far"


def test_nothing_personal_leaves_with_a_plan_and_marks_come_back_as_what_they_hide(desk_with, script):
    script.completes(message=calls(("get_orders", "{}")))
    script.completes(message=calls(("get_order", '{"order_id": "[ORDER_1]"}')))
    script.completes("done")
    script.streams("It is on its way.")
    desk = desk_with()
    turn = desk.ask(QUESTION, customer=CUSTOMER)
    assert [(step.tool, step.args) for step in turn.plan][:2] == [
        ("get_orders", {}),
        ("get_order", {"order_id": "#V1152"}),
    ]
    assert len(planning(script)) == 3
    for private in ("Maya", "Lindqvist", "V1152", CUSTOMER):
        assert private not in script.sent
    assert re.search(r"\[ORDER_\d\]", planning(script)[1]["messages"][-1]["content"])


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_an_endpoint_in_trouble_leaves_the_plan_of_the_rules(desk_with, script, status):
    script.fails(status)
    turn = desk_with().ask(QUESTION, customer=CUSTOMER)
    assert [step.tool for step in turn.plan] == ["get_order"]
    assert "#V1152" in turn.reply
    assert turn.grounding.used_brief
    assert len(script.requests) == 1  # what has just failed is spared for the rest of the turn


@pytest.mark.parametrize("body", [b"<html>", b'{"choices": []}', b'{"choices": [{"message": {"tool_calls": 7}}]}'])
def test_an_answer_that_is_no_plan_leaves_the_plan_of_the_rules(desk_with, script, body):
    script.says(body)
    turn = desk_with().ask(QUESTION, customer=CUSTOMER)
    assert [step.tool for step in turn.plan] == ["get_order"]
    assert "#V1152" in turn.reply


def test_a_mark_that_was_never_given_out_leaves_the_plan_of_the_rules(desk_with, script):
    script.completes(message=calls(("get_order", '{"order_id": "[ORDER_9]"}')))
    turn = desk_with().ask(QUESTION, customer=CUSTOMER)
    assert [step.tool for step in turn.plan] == ["get_order"]
    assert "#V1152" in turn.reply


def test_malformed_arguments_cost_one_retry_and_not_the_turn(desk_with, script):
    script.completes(message=calls(("get_order", '{"order_id": ')))
    script.completes(message=calls(("get_tickets", "{}")))
    script.completes("done")
    script.streams("It is on its way.")
    turn = desk_with().ask(QUESTION, customer=CUSTOMER)
    assert [step.tool for step in turn.plan] == ["get_tickets", "get_order"]
    assert "no JSON object" in planning(script)[1]["messages"][-1]["content"]


def test_an_endpoint_that_never_has_enough_hands_over_after_five_rounds_with_what_is_known(desk_with, script):
    for n in range(9):
        script.completes(message=calls(("search_products", json.dumps({"query": f"lamp {n}"}))))
    turn = desk_with().ask(QUESTION, customer=CUSTOMER)
    assert len(planning(script)) == 5
    assert (turn.decision.kind, turn.decision.reason) == ("handoff", "max_rounds")
    assert "max_rounds" in turn.plan[4].why
    assert "#V1152" in turn.reply


def test_a_change_that_the_endpoint_asks_for_is_not_made(desk_with, script):
    script.completes(message=calls(("cancel_order", '{"order_id": "[ORDER_1]", "reason": "x"}')))
    script.completes("done")
    script.streams("I have cancelled it.")
    desk = desk_with()
    before = desk.store.orders.of_customer(desk.find_customer(CUSTOMER).id)
    turn = desk.ask(QUESTION, customer=CUSTOMER)
    assert desk.store.orders.of_customer(desk.find_customer(CUSTOMER).id) == before
    assert "cancelled" not in turn.reply
    assert not offered(script) & {"cancel_order", "flag_refund", "update_ticket", "escalate_to_human"}


def test_a_guest_is_offered_what_everybody_may_know(desk_with, script):
    script.completes("done")
    desk_with().ask("How long does delivery take?")
    assert offered(script) == {"search_products", "search_knowledge"}


def test_a_tool_that_the_role_may_not_use_is_never_offered(desk_with, script):
    only_staff = POINTS.replace("orders_of_all_time", "for_staff") + 'roles = ["agent"]\n'
    script.completes("done")
    desk = desk_with(files=[("points.toml", POINTS), ("staff.toml", only_staff)])
    desk.ask(QUESTION, customer=CUSTOMER)
    assert "orders_of_all_time" in offered(script)
    assert "for_staff" not in offered(script)


def test_a_look_up_of_the_shops_own_is_made_when_the_endpoint_asks_for_it(desk_with, script):
    script.completes(message=calls(("orders_of_all_time", "{}")))
    script.completes("done")
    script.streams("It is on its way.")
    desk = desk_with(files=[("points.toml", POINTS)])
    turn = desk.ask(QUESTION, customer=CUSTOMER)
    made = len(desk.store.orders.of_customer(desk.find_customer(CUSTOMER).id))
    assert next(call.result for call in turn.tools if call.name == "orders_of_all_time") == [{"made": made}]


@pytest.mark.parametrize("settings", [{"planner": "rules"}, {"fallback": "on_failure"}, {"model": "none"}])
def test_unless_the_model_elsewhere_is_always_asked_the_rules_plan_alone(desk_with, script, settings):
    script.fails(500)
    turn = desk_with(**settings).ask(QUESTION, customer=CUSTOMER)
    assert planning(script) == []
    assert [step.tool for step in turn.plan] == ["get_order"]


def test_courtesies_and_changes_are_not_planned_elsewhere(desk_with, script):
    script.fails(500)
    desk = desk_with()
    desk.ask("Thank you!", customer=CUSTOMER)
    desk.ask("Please cancel my order #V1152.", customer=CUSTOMER)
    assert planning(script) == []


def test_a_search_in_the_models_words_does_not_answer_another_question(desk_with, script):
    desk = desk_with(planner="rules", model="none")
    asked = "Which of your founders likes jazz?"
    alone = desk.ask(asked, customer=CUSTOMER)
    script.completes(message=calls(("search_knowledge", '{"query": "How long does standard shipping take?"}')))
    script.completes("done")
    desk.agent.tool_caller = lambda: caller(script)
    planned = desk.ask(asked, customer=CUSTOMER)
    assert len(planned.plan) == len(alone.plan) + 1
    assert planned.decision == alone.decision
    assert planned.reply == alone.reply


def caller(script):
    from cxdesk.llm.remote import Endpoint, RemoteModel

    return RemoteModel(Endpoint(url=script.url, model="far", retries=0), personal=lambda slot, texts: [])
