import pytest

from cxdesk.agent.identity import signed_in
from cxdesk.agent.model_planner import PlannerPrompt, plan_and_run
from cxdesk.agent.tools import ToolContext
from cxdesk.domain import IntentScore, Invalid, Request
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.settings import bundled
from tests.bench.grammar_caller import GrammarCaller

MAYA = "maya.lindqvist@example.com"
WISH = Request(text="Where is my order?", story="", intent=IntentScore(name="other", confidence=0.5))


@pytest.fixture
def order(demo_desk):
    return demo_desk.store.orders.of_customer(demo_desk.find_customer(MAYA).id)[0]


@pytest.fixture
def planned(demo_desk):
    """What a model plans and looks up for a customer's question."""
    context = ToolContext(demo_desk.store, demo_desk.knowledge, signed_in(demo_desk.find_customer(MAYA).id))
    prompt = PlannerPrompt.load(bundled("resources/planner.toml"))
    return lambda model: plan_and_run([WISH], context, GrammarCaller(model), prompt)


def test_a_model_without_tool_calls_writes_them_as_json(planned, order):
    model = ScriptedModel(answers=[{"calls": [{"tool": "get_order", "args": {"order_id": order.id}}]}, {"calls": []}])
    assert [(step.tool, step.args) for step in planned(model).steps] == [("get_order", {"order_id": order.id})]
    assert "get_order(order_id): One order of the customer" in model.prompts[0].messages[0].content
    assert f'You called get_order {{"order_id":"{order.id}"}} and got: ' in model.prompts[1].messages[-1].content
    assert model.prompts[0].messages[0] == model.prompts[1].messages[0]


def test_json_that_was_cut_short_plans_nothing_more(planned):
    assert planned(ScriptedModel(answers=[Invalid("It was cut short.")])).calls == ()
