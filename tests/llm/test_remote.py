"""The model elsewhere: what leaves, what comes back, and one sentence for every trouble."""

import json
import socket
import threading

import pytest
from pydantic import BaseModel, SecretStr

from cxdesk.domain import Invalid, Refused, Unavailable
from cxdesk.llm.remote import Endpoint, RemoteModel, open_remote
from cxdesk.ports import ChatMessage, LanguageModel, Personal, Prompt, ToolCaller, ToolRequest, ToolRound
from cxdesk.settings import Settings
from tests.llm.conftest import ask
from tests.llm.endpoint import endpoint

KEY = "sk-very-secret"
MARIA = [Personal(kind="NAME", value="Maria Silva"), Personal(kind="ORDER", value="#W1042")]
LETTER = ask("I am Maria Silva, where is #W1042?", slot="c_1")


class Wish(BaseModel):
    intent: str
    order: str


@pytest.fixture
def script():
    with endpoint() as script:
        yield script


@pytest.fixture
def tried():
    return []


@pytest.fixture
def model(script, tried):
    model = RemoteModel(
        Endpoint(url=script.url, model="gpt-far", key=SecretStr(KEY), timeout_s=20, retries=1, pause_s=0.0),
        personal=lambda slot, texts: MARIA,
        on_connect=lambda who, where: tried.append((who, where)),
    )
    yield model
    model.close()


def reply(model, prompt=LETTER, **options):
    return "".join(model.stream(prompt, max_tokens=32, **options))


def test_it_is_a_language_model_whose_name_says_that_it_is_elsewhere(model):
    assert isinstance(model, LanguageModel)
    assert model.name == "remote:gpt-far"
    caller: ToolCaller = model
    assert caller


def test_personal_data_does_not_leave_and_is_in_the_reply(model, script):
    script.streams("Dear [NA", "ME_1], your order [ORD", "ER_1", "] is on its way.")
    assert reply(model) == "Dear Maria Silva, your order #W1042 is on its way."
    assert "Maria" not in script.sent
    assert "1042" not in script.sent
    assert "[NAME_1], where is [ORDER_1]" in script.sent


def test_what_is_looked_for_is_told_with_the_conversation_but_without_the_system_message(script):
    asked = []
    script.streams("Yes.")
    model = RemoteModel(Endpoint(url=script.url, model="m"), personal=lambda *what: asked.append(what) or [])
    reply(model)
    model.close()
    assert asked == [("c_1", ["I am Maria Silva, where is #W1042?"])]


def test_each_try_to_connect_is_written_down(model, script, tried):
    script.fails(500)
    script.streams("Yes.")
    reply(model)
    assert tried == [("fallback", script.url.split("/")[2])] * 2


def test_a_passing_trouble_is_tried_again(model, script):
    script.fails(429)
    script.streams("Here I am.")
    assert reply(model) == "Here I am."


def test_options_that_the_model_does_not_know_are_left_out_or_renamed(model, script):
    script.fails(400, param="max_tokens")
    script.fails(400, param="temperature")
    script.streams("Here I am.")
    assert reply(model) == "Here I am."
    assert script.requests[0].keys() >= {"max_tokens", "temperature"}
    assert script.requests[2]["max_completion_tokens"] == 32
    assert not script.requests[2].keys() & {"max_tokens", "temperature"}


def test_an_endpoint_that_refuses_the_same_option_for_ever_is_given_up(model, script):
    script.fails(400, param="temperature")
    with pytest.raises(Unavailable, match="refuses the request"):
        reply(model)
    assert len(script.requests) == 2


def test_an_endpoint_that_asks_for_long_patience_is_given_up(model, script):
    script.fails(429, Retry_After="600")
    with pytest.raises(Unavailable, match="asked too often"):
        reply(model)
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("status", "tries", "says"),
    [
        (401, 1, "refuses the key. Check 'fallback_key'"),
        (403, 1, "refuses the key"),
        (404, 1, "knows no model 'gpt-far' at this address. Check 'fallback_model' and 'fallback_url'"),
        (429, 2, "asked too often or its quota is used up"),
        (500, 2, r"trouble of its own \(status 500\)"),
        (503, 2, r"trouble of its own \(status 503\)"),
        (400, 1, r"refuses the request \(status 400\)"),
        (302, 1, r"refuses the request \(status 302\)"),
    ],
)
def test_a_trouble_of_the_endpoint_is_one_sentence(model, script, status, tries, says, caplog):
    caplog.set_level(0)
    script.fails(status, Location="/elsewhere")
    with pytest.raises(Unavailable, match=says) as error:
        reply(model)
    assert len(script.requests) == tries
    for text in (str(error.value), caplog.text):
        assert KEY not in text
        assert "you sent" not in text
        assert "where is" not in text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'data: {"choices": [{"delta"\n\n', "text/event-stream"),
        (b'data: {"choices": "none"}\n\n', "text/event-stream"),
        (b"data: 7\n\n", "text/event-stream"),
        (b'data: {"choices": [{"index": 0, "delta": {"content": 7}}]}\n\n', "text/event-stream"),
        (b'data: {"error": {"message": "I am Maria Silva"}}\n\n', "text/event-stream"),
        (b"<html>Please log in</html>", "text/html"),
        (b"\xff\xfe\x00", "text/event-stream"),
        (b"", "text/event-stream"),
    ],
)
def test_a_stream_that_is_none_is_told(model, script, body, kind):
    script.says(body, kind)
    with pytest.raises(Unavailable, match="'remote:gpt-far' at 127.0.0.1") as error:
        reply(model)
    assert "Maria" not in str(error.value)


def test_a_stream_that_ends_too_early_is_told_after_its_pieces(model, script):
    script.streams("Your order ", "is ", ends=False)
    pieces = model.stream(LETTER, max_tokens=9)
    assert next(pieces) == "Your order "
    with pytest.raises(Unavailable, match="cut off on the way"):
        list(pieces)


def test_made_up_personal_data_is_told(model, script):
    script.streams("Write to [EMAIL_3].")
    with pytest.raises(Unavailable, match="made up personal data"):
        reply(model)


def test_nobody_there_is_told():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{place.getsockname()[1]}/v1"
        model = RemoteModel(Endpoint(url=url, model="m", pause_s=0), personal=lambda *_: [])
        with pytest.raises(Unavailable, match="can't be reached"):
            reply(model)
        model.close()


def test_an_endpoint_that_does_not_answer_is_given_up(script):
    script.hold = threading.Event()
    script.streams("Later.")
    model = RemoteModel(Endpoint(url=script.url, model="m", timeout_s=0.2, pause_s=0), personal=lambda *_: [])
    with pytest.raises(Unavailable, match=r"did not answer within 0\.2 s"):
        reply(model)
    model.close()


def test_cancelling_ends_a_reply_that_does_not_come(model, script):
    script.hold, cancel = threading.Event(), threading.Event()
    script.streams("One ", "two ", "three ", "four.")
    pieces = model.stream(LETTER, max_tokens=9, cancel=cancel)
    next(pieces)
    cancel.set()
    assert list(pieces) == []


def test_json_is_asked_for_under_a_schema_and_restored(model, script):
    script.completes('```json\n{"intent": "status", "order": "[ORDER_1]"}\n```')
    assert model.complete_json(LETTER, Wish, max_tokens=50) == Wish(intent="status", order="#W1042")
    assert script.requests[0]["response_format"]["json_schema"]["schema"]["required"] == ["intent", "order"]


def test_an_endpoint_with_the_older_way_to_json_is_asked_that_way(model, script):
    script.fails(400)
    script.completes('{"intent": "status", "order": ""}')
    assert model.complete_json(LETTER, Wish, max_tokens=50).intent == "status"
    assert script.requests[1]["response_format"]["type"] == "json_object"


def test_json_of_another_schema_is_refused(model, script):
    script.completes('{"intent": 3}', finish_reason="length")
    with pytest.raises(Invalid, match="cut short at 50 tokens"):
        model.complete_json(LETTER, Wish, max_tokens=50)


@pytest.mark.parametrize("body", [b"{", b"[]", b'"yes"', b'{"choices": []}', b'{"choices": [{"message": 3}]}', b""])
def test_an_answer_that_is_none_is_told(model, script, body):
    script.says(body)
    with pytest.raises(Unavailable, match="no chat completion"):
        model.complete_json(LETTER, Wish, max_tokens=50)


def test_labels_are_weighed_by_log_probabilities(model, script):
    tokens = [{"token": "neg", "logprob": -0.1}, {"token": " Pos", "logprob": -3.0}, {"token": "The", "logprob": -4.0}]
    script.completes("neg", logprobs={"content": [{"token": "neg", "logprob": -0.1, "top_logprobs": tokens}]})
    shares = model.choose(ask("Good?"), ["negative", "positive"])
    assert shares["negative"] > 0.9
    assert sum(shares.values()) == pytest.approx(1)


def test_without_log_probabilities_the_label_that_was_written_has_all(model, script):
    script.completes("Positive.")
    assert model.choose(ask("Good?"), ["negative", "positive"]) == {"negative": 0.0, "positive": 1.0}


def test_tools_are_asked_for_with_what_came_of_the_earlier_calls(model, script):
    call = {"id": "k1", "type": "function", "function": {"name": "get_order", "arguments": '{"order_id": "[ORDER_1]"}'}}
    script.completes(None, message={"tool_calls": [call]})
    done = ToolRound(
        requests=(ToolRequest(id="k0", name="get_orders", arguments="{}"),), results=('{"name": "Maria Silva"}',)
    )
    tools = [{"type": "function", "function": {"name": "get_order", "parameters": {}}}]
    asked = model.call_tools(LETTER, [done], tools, max_tokens=99)
    assert asked == (ToolRequest(id="k1", name="get_order", arguments='{"order_id": "#W1042"}'),)
    sent = script.requests[0]
    assert sent["tools"] == tools
    assert [m["role"] for m in sent["messages"]] == ["system", "user", "assistant", "tool"]
    assert sent["messages"][-1] == {"role": "tool", "tool_call_id": "k0", "content": '{"name": "[NAME_1]"}'}
    assert "Maria" not in json.dumps(sent)


def test_a_reply_without_tools_asks_for_none(model, script):
    script.completes("All done.")
    assert model.call_tools(LETTER, [], [], max_tokens=9) == ()


def test_the_key_is_sent_and_never_shown(model, script):
    script.streams("Yes.")
    reply(model)
    assert script.headers[0]["authorization"] == f"Bearer {KEY}"
    settings = Settings(fallback_key=KEY)
    assert KEY not in f"{settings!r}{settings.model_dump()}{Endpoint(url='x', model='y', key=SecretStr(KEY))!r}"


def test_nothing_is_told_of_this_pc(model, script):
    script.streams("Yes.")
    reply(model)
    expected = {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "authorization"}
    assert set(script.headers[0]) <= expected


def test_without_the_package_it_says_what_to_do(model, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Unavailable, match="'openai' is not installed"):
        reply(model)


def test_what_comes_before_the_first_token_counts_cautiously(model):
    assert model.count_tokens("") == 0
    assert model.count_tokens("Where is my order?") >= 5


def test_offline_mode_forbids_it():
    settings = Settings(offline=True, fallback="always", fallback_url="https://far.example/v1", fallback_model="m")
    with pytest.raises(Refused, match="offline mode is on"):
        open_remote(settings, personal=lambda *_: [])


def test_the_settings_make_the_endpoint():
    settings = Settings(fallback="always", fallback_url="https://far.example/v1", fallback_model="m")
    model = open_remote(settings, personal=lambda *_: [])
    assert (model.name, model.context_tokens) == ("remote:m", 8192)


def test_the_prompt_may_be_of_several_turns(model, script):
    script.streams("Yes.")
    prompt = Prompt(messages=(ChatMessage(role="user", content="a"), ChatMessage(role="assistant", content="b")))
    assert reply(model, prompt) == "Yes."
    assert [m["content"] for m in script.requests[0]["messages"]] == ["a", "b"]
