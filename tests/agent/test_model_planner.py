"""Planning by a model: what it may ask for, how often, and what comes of calls that do not fit."""

import json

import pytest

from cxdesk.agent.identity import signed_in
from cxdesk.agent.model_planner import MOST_ROUNDS, PlannerPrompt, offered, plan_and_run, with_rules
from cxdesk.agent.tools import ToolContext
from cxdesk.domain import Entities, Identity, IntentScore, Request, Step, Unavailable
from cxdesk.ports import ToolRequest
from cxdesk.settings import bundled

PROMPT = PlannerPrompt.load(bundled("resources/planner.toml"))


class ScriptedCaller:
    """Asks for what it was told to, round by round; then for nothing."""

    name = "far"

    def __init__(self, *rounds):
        self.script = list(rounds)
        self.seen = []

    def call_tools(self, prompt, rounds, tools, *, max_tokens):
        self.seen.append((prompt, tuple(rounds), [tool["function"]["name"] for tool in tools]))
        wished = self.script.pop(0) if self.script else []
        if isinstance(wished, Exception):
            raise wished
        return tuple(
            ToolRequest(id=str(n), name=name, arguments=args if isinstance(args, str) else json.dumps(args))
            for n, (name, args) in enumerate(wished)
        )


@pytest.fixture
def customer(demo_desk):
    return next(c for c in demo_desk.store.customers.all() if demo_desk.store.orders.of_customer(c.id))


@pytest.fixture
def order(demo_desk, customer):
    return demo_desk.store.orders.of_customer(customer.id)[0]


@pytest.fixture
def context(demo_desk, customer):
    return ToolContext(demo_desk.store, demo_desk.knowledge, signed_in(customer.id), conversation_id="c_1")


def wish(text, story=""):
    return Request(text=text, story=story, intent=IntentScore(name="other", confidence=0.5))


def planned(caller, context, *texts, **options):
    return plan_and_run([wish(text) for text in texts or ("Hi",)], context, caller, PROMPT, **options)


def tools_of(plan):
    return [(step.tool, step.args) for step in plan.steps]


def test_the_calls_that_the_model_asks_for_are_made(context, order):
    caller = ScriptedCaller([("get_orders", {})], [("get_order", {"order_id": order.id})])
    plan = planned(caller, context)
    assert tools_of(plan) == [("get_orders", {}), ("get_order", {"order_id": order.id})]
    assert [call.ok for call in plan.calls] == [True, True]
    assert plan.gave_up is None
    assert order.id in caller.seen[1][1][0].results[0]


def test_only_reads_are_offered(context):
    caller = ScriptedCaller()
    planned(caller, context)
    reads = "lookup_customer get_orders get_order get_tickets get_ticket search_products search_knowledge"
    assert set(caller.seen[0][2]) == set(reads.split())


def test_nothing_of_a_customer_is_offered_before_they_are_proved(context):
    stranger = ToolContext(context.store, context.knowledge, Identity())
    assert set(offered(stranger)) == {"search_products", "search_knowledge"}


def test_a_change_that_the_model_asks_for_is_not_made(demo_desk, context, order):
    caller = ScriptedCaller([("cancel_order", {"order_id": order.id, "reason": "no longer needed"})])
    assert planned(caller, context).calls == ()
    assert demo_desk.store.orders.of_customer(order.customer_id)[0] == order
    assert caller.seen[1][1][0].results[0].startswith("There is no such tool.")


def test_another_customers_order_is_not_found(demo_desk, context, customer):
    others = [c for c in demo_desk.store.customers.all() if c.id != customer.id]
    theirs = next(o for c in others for o in demo_desk.store.orders.of_customer(c.id))
    plan = planned(ScriptedCaller([("get_order", {"order_id": theirs.id})]), context)
    assert [call.ok for call in plan.calls] == [False]


def test_the_same_call_is_made_once(context):
    caller = ScriptedCaller([("get_orders", {}), ("get_orders", {})], [("get_orders", {})], [("get_tickets", {})])
    assert tools_of(planned(caller, context)) == [("get_orders", {})]


def test_two_wishes_that_need_the_same_call_share_it(context):
    plan = planned(ScriptedCaller([("get_orders", {})], [], [("get_orders", {})]), context, "Where is it?", "And when?")
    assert [(call.name, call.request) for call in plan.calls] == [("get_orders", 0), ("get_orders", 1)]
    assert plan.calls[0].id == plan.calls[1].id


@pytest.mark.parametrize(
    "arguments", ["{", "[]", '"W1"', "{}", '{"order_id": 7}', '{"order_id": "W1", "customer": "x"}', ""]
)
def test_malformed_arguments_cost_one_retry_not_the_turn(context, order, arguments):
    caller = ScriptedCaller([("get_order", arguments)], [("get_order", {"order_id": order.id})])
    plan = planned(caller, context)
    assert tools_of(plan) == [("get_order", {"order_id": order.id})]
    assert plan.gave_up is None


def test_arguments_that_are_malformed_again_end_the_planning_with_what_is_there(context):
    caller = ScriptedCaller([("get_orders", {})], [("get_order", "{")], [("get_order", "{")], [("get_tickets", {})])
    plan = planned(caller, context)
    assert tools_of(plan) == [("get_orders", {})]
    assert plan.gave_up == "malformed"


def test_a_model_that_never_has_enough_is_stopped(context):
    endless = [[("search_products", {"query": f"lamp {n}"})] for n in range(20)]
    caller = ScriptedCaller(*endless)
    plan = planned(caller, context)
    assert len(plan.calls) == len(caller.seen) == MOST_ROUNDS
    assert plan.gave_up == "max_rounds"


def test_the_rounds_of_all_wishes_are_counted_together(context):
    endless = [[("search_products", {"query": f"lamp {n}"})] for n in range(20)]
    caller = ScriptedCaller(*endless)
    planned(caller, context, "One?", "Two?", "Three?")
    assert len(caller.seen) == MOST_ROUNDS


def test_a_round_has_only_so_many_calls(context):
    caller = ScriptedCaller([("search_products", {"query": f"lamp {n}"}) for n in range(50)])
    assert len(planned(caller, context).calls) == 6


def test_each_call_is_audited(context):
    planned(ScriptedCaller([("get_orders", {})]), context)
    rows = context.store.audit.of_conversation("c_1")
    assert [(row.tool, row.why) for row in rows] == [("get_orders", "the model asked for it")]


def test_a_model_that_can_not_be_asked_says_so(context):
    with pytest.raises(Unavailable):
        planned(ScriptedCaller(Unavailable("It is gone.")), context)


def test_the_model_is_told_the_story_and_the_order_that_was_spoken_of(context):
    caller = ScriptedCaller()
    plan_and_run([wish("And when?", "Where is it?")], context, caller, PROMPT, focus_order="#W7")
    prompt = caller.seen[0][0]
    assert prompt.slot == "c_1"
    assert "Where is it? And when?" in prompt.messages[-1].content
    assert "#W7" in prompt.messages[-1].content


def test_an_id_that_lost_its_sign_is_the_one_that_was_named(context, order):
    request = wish("Where is it?").model_copy(update={"entities": Entities(order_ids=(order.id,))})
    caller = ScriptedCaller([("get_order", {"order_id": order.id.lstrip("#").lower()})])
    plan = plan_and_run([request], context, caller, PROMPT)
    assert tools_of(plan) == [("get_order", {"order_id": order.id})]
    assert plan.calls[0].ok


# ---------------------------------------------------------------- beside the rules


def test_what_the_rules_would_look_up_is_looked_up_too_and_nothing_twice(context, order):
    planned_so = planned(ScriptedCaller([("get_orders", {}), ("get_tickets", {})]), context)
    steps = [Step(tool="get_orders"), Step(tool="get_order", args={"order_id": order.id})]
    both = with_rules(planned_so, steps, context)
    assert [step.tool for step in both.steps] == [call.name for call in both.calls]
    assert [call.name for call in both.calls] == ["get_orders", "get_tickets", "get_order"]
    assert [row.tool for row in context.store.audit.of_conversation("c_1")] == [
        "get_orders",
        "get_tickets",
        "get_order",
    ]


def test_an_order_that_the_model_made_up_says_nothing_of_the_customers_question(context):
    made_up = planned(ScriptedCaller([("get_order", {"order_id": "#NONE"})]), context)
    assert with_rules(made_up, [], context).calls == ()
    assert [row.ok for row in context.store.audit.of_conversation("c_1")] == [False]


def test_an_order_that_the_customer_named_wrongly_is_looked_for_once_and_told_of(context):
    wrong = {"order_id": "#NONE"}
    both = with_rules(
        planned(ScriptedCaller([("get_order", wrong)]), context), [Step(tool="get_order", args=wrong)], context
    )
    assert [(call.name, call.ok) for call in both.calls] == [("get_order", False)]
    assert len(context.store.audit.of_conversation("c_1")) == 1


def test_the_calls_of_the_last_round_say_that_it_was_the_last(context):
    caller = ScriptedCaller(*[[("search_products", {"query": f"lamp {n}"})] for n in range(9)])
    whys = [step.why for step in planned(caller, context).steps]
    assert ["max_rounds" in why for why in whys] == [False, False, False, False, True]


def test_requests_that_need_no_look_up_are_not_asked_about(context):
    caller = ScriptedCaller([("get_orders", {})])
    plan = planned(caller, context, "Hi!", "Where is it?", needs_look_up=lambda request: request.text != "Hi!")
    assert [call.request for call in plan.calls] == [1]
    assert "Hi!" not in caller.seen[0][0].messages[-1].content
