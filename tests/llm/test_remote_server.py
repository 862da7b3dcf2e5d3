"""The endpoint's client against a real server: llama-cpp-python's own, with the smallest model, as a process."""

import importlib.util
import socket
import subprocess
import sys
from typing import Literal

import pytest
from pydantic import BaseModel, SecretStr

from cxdesk.agent.identity import signed_in
from cxdesk.agent.model_planner import PlannerPrompt, offered, plan_and_run, with_rules
from cxdesk.agent.tools import ToolContext
from cxdesk.domain import IntentScore, Request, Step, Unavailable
from cxdesk.llm.remote import Endpoint, RemoteModel
from cxdesk.ports import Personal
from cxdesk.settings import bundled
from tests.llm.conftest import ask

SERVER = ("llama_cpp", "fastapi", "uvicorn", "sse_starlette", "starlette_context")
pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(
        not all(importlib.util.find_spec(name) for name in SERVER), reason=f"needs {', '.join(SERVER)} for the server"
    ),
]
KEY = "only-for-this-test"


class Wish(BaseModel):
    intent: Literal["refund", "question"]


@pytest.fixture(scope="module")
def server_url(weights_file):
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    options = {"model": weights_file, "host": "127.0.0.1", "port": port, "api_key": KEY, "n_ctx": 2048, "n_threads": 2}
    options |= {"chat_format": "chatml-function-calling", "logits_all": "False", "verbose": "False"}
    command = [sys.executable, "-m", "llama_cpp.server", *(str(x) for k, v in options.items() for x in (f"--{k}", v))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        said = []
        for line in process.stderr:
            said.append(line)
            if "running on" in line:
                break
        try:
            assert process.poll() is None, "".join(said)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
            process.stderr.read()


@pytest.fixture
def remote(server_url):
    model = RemoteModel(
        Endpoint(url=server_url, model="smollm2", key=SecretStr(KEY), timeout_s=120),
        personal=lambda slot, texts: [Personal(kind="ORDER", value="#W1042")],
    )
    yield model
    model.close()


def test_a_reply_streams(remote):
    pieces = list(remote.stream(ask("What is the capital of France?"), max_tokens=24))
    assert len(pieces) > 3
    assert "Paris" in "".join(pieces)


def test_what_was_masked_is_in_the_reply_again(remote):
    reply = "".join(remote.stream(ask("Repeat after me: Your order #W1042 was sent."), max_tokens=24))
    assert "#W1042" in reply
    assert "ORDER_1" not in reply


def test_json_comes_under_the_schema(remote):
    assert remote.complete_json(ask("Describe as JSON: I want a refund!"), Wish, max_tokens=60).intent in (
        "refund",
        "question",
    )


def test_a_tool_is_asked_for(remote):
    parameters = {"type": "object", "properties": {"order_id": {"type": "string", "maxLength": 12}}}
    function = {
        "name": "get_order",
        "description": "One order.",
        "parameters": {**parameters, "required": ["order_id"]},
    }
    prompt = ask("Where is order #W1042?", system="Call a tool.")
    requests = remote.call_tools(prompt, [], [{"type": "function", "function": function}], max_tokens=64)
    assert {request.name for request in requests} <= {"get_order"}


def test_cancelling_leaves_the_server_ready(remote):
    stream = remote.stream(ask("Tell me a long story about a dragon."), max_tokens=300)
    next(stream)
    stream.close()
    assert "Paris" in "".join(remote.stream(ask("What is the capital of France?"), max_tokens=24))


def test_a_wrong_key_is_told(server_url):
    model = RemoteModel(Endpoint(url=server_url, model="smollm2", key=SecretStr("wrong")), personal=lambda *_: [])
    with pytest.raises(Unavailable, match="refuses the key"):
        list(model.stream(ask("Hi"), max_tokens=2))
    model.close()


def test_a_prompt_that_the_server_can_not_take_is_told(remote):
    with pytest.raises(Unavailable, match="can't answer"):
        list(remote.stream(ask("word " * 3000), max_tokens=2))


def test_a_turns_look_ups_are_planned_over_the_wire(remote, demo_desk):
    customer = next(c for c in demo_desk.store.customers.all() if demo_desk.store.orders.of_customer(c.id))
    context = ToolContext(demo_desk.store, demo_desk.knowledge, signed_in(customer.id), conversation_id="c_1")
    request = Request(text="Which orders do I have?", intent=IntentScore(name="other", confidence=0.5))
    prompt = PlannerPrompt.load(bundled("resources/planner.toml"))
    planned = with_rules(plan_and_run([request], context, remote, prompt), [Step(tool="get_orders")], context)
    assert {step.tool for step in planned.steps} <= offered(context).keys()
    assert "get_orders" in {call.name for call in planned.calls if call.ok}
    assert len(context.store.audit.of_conversation("c_1")) >= 1
