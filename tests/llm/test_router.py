"""Which engine answers, and what a turn says of it."""

import pytest

from cxdesk.domain import Invalid, Unavailable
from cxdesk.llm.router import Router
from cxdesk.llm.scripted import Death, ScriptedModel
from cxdesk.ports import LanguageModel
from tests.llm.conftest import ask

GONE = Unavailable("It is gone.")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def routes(local, remote, when="on_failure", clock=None):
    return Router(lambda: local, remote, when, **({"clock": clock} if clock else {}))


def reply(model):
    return "".join(model.stream(ask("Hi"), max_tokens=9))


def here(*replies, **more):
    return ScriptedModel(replies, name="here", **more)


def there(*replies, **more):
    return ScriptedModel(replies, name="remote:there", **more)


def test_the_engine_of_this_pc_answers_while_it_can():
    model = routes(here("From here."), there()).for_turn()
    assert isinstance(model, LanguageModel)
    assert (reply(model), model.name) == ("From here.", "here")


def test_when_it_fails_the_other_one_answers_and_the_turn_says_so():
    model = routes(here(GONE), there("From afar.")).for_turn()
    assert (reply(model), model.name) == ("From afar.", "remote:there")


def test_an_engine_that_can_not_be_opened_has_failed():
    def no_file():
        raise GONE

    model = Router(no_file, there("From afar."), "on_failure").for_turn()
    assert (model.name, model.context_tokens, model.count_tokens("a b")) == ("remote:there", 4096, 2)
    assert reply(model) == "From afar."


def test_a_pc_without_a_model_asks_the_other_one():
    assert reply(routes(None, there("From afar.")).for_turn()) == "From afar."


def test_always_means_that_the_model_of_this_pc_is_never_opened():
    def never():
        raise AssertionError

    model = Router(never, there("From afar."), "always").for_turn()
    assert (reply(model), model.name, model.context_tokens) == ("From afar.", "remote:there", 4096)


def test_when_both_fail_the_last_reason_is_told():
    with pytest.raises(Unavailable, match="Far and gone"):
        reply(routes(here(GONE), there(Unavailable("Far and gone."))).for_turn())


def test_a_reply_does_not_change_engines_in_its_middle_but_the_next_try_does(clock):
    remote = there("From afar.")
    model = routes(here(Death("I was"), "again"), remote, clock=clock).for_turn()
    pieces = model.stream(ask("Hi"), max_tokens=9)
    assert next(pieces) == "I"
    with pytest.raises(Unavailable):
        list(pieces)
    assert (model.name, remote.prompts) == ("here", [])
    assert (reply(model), model.name) == ("From afar.", "remote:there")


def test_an_engine_that_failed_is_not_asked_again_for_a_while(clock):
    local = here(GONE, "Back again.")
    router = routes(local, there("One.", "Two."), clock=clock)
    assert reply(router.for_turn()) == "One."
    clock.now = 29
    assert reply(router.for_turn()) == "Two."
    clock.now = 31
    assert reply(router.for_turn()) == "Back again."


def test_a_failed_endpoint_rests_too_and_its_reason_is_told_again(clock):
    router = routes(None, there(GONE, "Back again."), "always", clock=clock)
    for _ in range(3):
        with pytest.raises(Unavailable, match="It is gone"):
            reply(router.for_turn())
    clock.now = 31
    assert reply(router.for_turn()) == "Back again."


def test_a_turn_that_finds_all_engines_resting_goes_on_without_a_name(clock):
    router = routes(None, there(GONE), "always", clock)
    with pytest.raises(Unavailable):
        reply(router.for_turn())
    assert router.for_turn().name == "none"


def test_tool_calls_are_asked_of_the_engine_elsewhere_only_and_its_failure_is_remembered(clock):
    class Planner(ScriptedModel):
        def call_tools(self, prompt, rounds, tools, *, max_tokens):
            raise GONE

    local = here("From here.")
    router = routes(local, Planner(["From afar."], name="remote:there"), "on_failure", clock)
    model = router.for_turn()
    with pytest.raises(Unavailable, match="gone"):
        model.call_tools(ask("Hi"), [], [], max_tokens=9)
    assert (model.name, local.prompts) == ("remote:there", [])
    with pytest.raises(Unavailable):
        router.for_turn().call_tools(ask("Hi"), [], [], max_tokens=9)


def test_an_engine_without_tool_calls_says_so():
    with pytest.raises(Unavailable, match="'planner' to 'rules'"):
        routes(None, there(), "always").for_turn().call_tools(ask("Hi"), [], [], max_tokens=9)


def test_a_turn_of_which_anything_was_sent_is_marked_though_no_reply_came():
    model = routes(None, there(GONE), "always").for_turn()
    with pytest.raises(Unavailable):
        reply(model)
    assert model.name == "remote:there"


def test_a_prompt_that_does_not_fit_is_no_failure_of_the_engine():
    with pytest.raises(Invalid, match="does not fit"):
        reply(routes(here("x", context_tokens=3), there("y")).for_turn())


def test_a_judgement_is_never_sent_elsewhere():
    remote = there(choices=["a"])
    assert routes(here(choices=["a"]), remote).for_turn().choose(ask("?"), ["a", "b"])["a"] == pytest.approx(0.9)
    for model in (routes(here(choices=[GONE]), remote), routes(None, remote), routes(None, remote, "always")):
        with pytest.raises(Unavailable):
            model.for_turn().choose(ask("?"), ["a", "b"])
    assert remote.prompts == []


def test_closing_a_turns_model_closes_no_engine():
    local, remote = here(), there()
    routes(local, remote).for_turn().close()
    assert not local.closed
    assert not remote.closed
