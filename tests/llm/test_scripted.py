from threading import Event

import pytest
from pydantic import BaseModel

from cxdesk.domain import Invalid, Unavailable
from cxdesk.llm.scripted import Death, ScriptedModel
from cxdesk.ports import LanguageModel
from tests.llm.conftest import ask


class Wish(BaseModel):
    order_id: str


def test_it_is_a_language_model():
    assert isinstance(ScriptedModel(), LanguageModel)


def test_replies_come_in_order_and_the_prompts_can_be_read_back():
    model = ScriptedModel(["First reply.", lambda prompt: prompt.messages[-1].content.upper()])
    assert "".join(model.stream(ask("one"), max_tokens=9)) == "First reply."
    assert "".join(model.stream(ask("two"), max_tokens=9)) == "TWO"
    assert [prompt.messages[-1].content for prompt in model.prompts] == ["one", "two"]


def test_it_can_die_in_the_middle_of_a_reply():
    model, pieces = ScriptedModel([Death("Your order is")]), []
    with pytest.raises(Unavailable, match="process ended"):
        pieces.extend(model.stream(ask("x"), max_tokens=9))
    assert "".join(pieces) == "Your order is"


def test_a_cancelled_reply_ends_without_an_error():
    cancel, model = Event(), ScriptedModel(["one two three"])
    reply = model.stream(ask("x"), max_tokens=9, cancel=cancel)
    assert next(reply) == "one"
    cancel.set()
    assert list(reply) == []


def test_choices_are_nine_tenths_sure_and_undecided_when_nothing_is_queued():
    model = ScriptedModel(choices=["b", {"a": 3.0, "b": 1.0}])
    assert model.choose(ask("x"), ["a", "b", "c"]) == pytest.approx({"a": 0.05, "b": 0.9, "c": 0.05})
    assert model.choose(ask("x"), ["a", "b"]) == {"a": 0.75, "b": 0.25}
    assert model.choose(ask("x"), ["a", "b"]) == {"a": 0.5, "b": 0.5}


def test_answers_are_checked_against_the_schema():
    model = ScriptedModel(answers=[{"order_id": "#W1"}, {}])
    assert model.complete_json(ask("x"), Wish, max_tokens=9) == Wish(order_id="#W1")
    with pytest.raises(Invalid, match="no valid Wish"):
        model.complete_json(ask("x"), Wish, max_tokens=9)


def test_a_queued_exception_is_raised():
    with pytest.raises(Unavailable, match="no model"):
        list(ScriptedModel([Unavailable("no model")]).stream(ask("x"), max_tokens=9))


def test_a_reply_that_nobody_queued_is_the_tests_mistake():
    with pytest.raises(LookupError, match="no reply left"):
        list(ScriptedModel().stream(ask("x"), max_tokens=9))


def test_a_prompt_that_does_not_fit_is_refused_with_both_numbers():
    with pytest.raises(Invalid, match="up to 26 tokens and the context holds 25"):
        list(ScriptedModel(["x"], context_tokens=25).stream(ask("ten " * 10), max_tokens=9))
