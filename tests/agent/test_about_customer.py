"""What the desk remembers of a customer reaches the model, and nothing else: it is never told as a fact."""

import pytest

from cxdesk.agent.compose import Checker, ComposePrompt, Composer, Listener
from cxdesk.agent.history import PastTurn
from cxdesk.desk import Desk
from cxdesk.domain import Customer
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.toy import ToyEmbedder
from tests.agent.test_compose import BRIEF, EVIDENCE, GOOD

ABOUT = ("returning customer", "has 17 cats")


def compose(model, *, past=(), about=ABOUT):
    prompt = ComposePrompt(system="s", user="{draft}", again=" {faults}", style="style ", about="of: {lines} ")
    composer = Composer(model, prompt, "plain", 100, lambda _: [], past=past, about=about)
    return composer.compose(
        Checker("How long?", BRIEF, EVIDENCE), slot="c", listener=Listener(), first_token=lambda: None
    )


def test_it_stands_behind_the_fixed_prefix_and_is_said_once():
    model = ScriptedModel(replies=[GOOD, GOOD])
    first = compose(model)
    assert first.prompted == f"style of: - returning customer\n- has 17 cats {BRIEF.text}"
    past = PastTurn(asked=first.prompted, replied=first.text)
    assert compose(model, past=(past,)).prompted == BRIEF.text
    system, *_ = model.prompts[1].messages
    assert (system.role, system.content) == ("system", "s")


def test_of_a_customer_of_whom_nothing_is_known_nothing_is_said():
    assert "of:" not in compose(ScriptedModel(replies=[GOOD]), about=()).prompted


def test_a_reply_may_not_state_it():
    result = compose(ScriptedModel(replies=[f"Your 17 cats will be glad. {GOOD}"] * 2))
    assert "17" not in result.text


@pytest.fixture
def opened(data_dir):
    def open_with(model, settings=""):
        data_dir.mkdir(exist_ok=True)
        (data_dir / "settings.toml").write_text(settings, encoding="utf-8")
        desk = Desk.open(data_dir, model=model, embedder=ToyEmbedder())
        desk.store.customers.put(Customer(id="ada", name="Ada Marsh", email="ada@example.com"))
        return desk

    return open_with


def told(desk, customer):
    """What the agent would tell a model of the writer of a new conversation."""
    return list(desk.agent._about(desk.start_conversation(customer).identity))


def test_only_a_verified_customer_is_remembered(opened):
    with opened("none") as desk:
        talk = desk.ask("I prefer e-mail.", customer="ada").conversation
        desk.close_conversation(talk)
        first, *_, last = told(desk, "ada")
        assert (first, last) == ("returning customer", "prefers e-mail")
        assert told(desk, None) == []


def test_what_a_customer_told_never_goes_to_a_model_elsewhere(opened):
    with opened(
        "none", 'fallback = "on_failure"\nfallback_url = "https://models.example/v1"\nfallback_model = "m"\n'
    ) as desk:
        desk.close_conversation(desk.ask("I prefer e-mail.", customer="ada").conversation)
        assert desk.memory.for_prompt("ada")
        assert told(desk, "ada") == []
