"""Composing with a scripted model: what of its words reaches the customer."""

import pytest

from cxdesk.agent.brief import Brief, Line
from cxdesk.agent.compose import ComposePrompt, Composer, Listener, stream_sentences
from cxdesk.agent.evidence import Group, Piece
from cxdesk.domain import Decision, DecisionKind, Support
from cxdesk.llm.scripted import Death, ScriptedModel

SUPPORT = Support(start=0, end=0, document="shipping.md", from_=0, to=40)
LINES = ("Standard shipping takes 3 to 5 business days.", "It costs $4.95.")
BRIEF = Brief(
    lines=tuple(Line(text=text, supports=(SUPPORT,)) for text in LINES),
    decision=Decision(kind=DecisionKind.reply),
    phrase=True,
)
EVIDENCE = (Group(text=BRIEF.text, pieces=tuple(Piece(text=text, support=SUPPORT) for text in LINES)),)
GOOD = "Our standard shipping takes 3-5 business days. It costs only $4.95."


def compose(model, listener=None):
    composer = Composer(
        model,
        ComposePrompt(system="s", user="{guidance}{message}{draft}", again=" {faults}"),
        "plain",
        100,
        lambda sentence: [],
    )
    return composer.compose(
        "How long is shipping?", BRIEF, EVIDENCE, slot="c_1", listener=listener or Listener(), first_token=lambda: None
    )


def test_a_faithful_reply_is_taken():
    result = compose(ScriptedModel(replies=["Our standard shipping takes 3-5 business days and costs $4.95."]))
    assert result.text == "Our standard shipping takes 3-5 business days and costs $4.95."
    assert (result.grounding.used_brief, result.grounding.retried, result.grounding.unsupported) == (False, False, ())


def test_an_invented_fact_costs_a_second_try_that_names_it():
    model = ScriptedModel(
        replies=["Standard shipping takes 2 days.", "Standard shipping takes 3 to 5 business days. It costs $4.95."]
    )
    result = compose(model)
    assert "2 days" not in result.text
    assert result.grounding.retried
    assert "2 days" in " ".join(result.grounding.rejected)
    assert "2 days" in model.prompts[1].messages[-1].content


def test_after_two_faulty_tries_the_brief_speaks():
    result = compose(ScriptedModel(replies=["Shipping takes 2 days.", "I have refunded you."]))
    assert result.text == BRIEF.text
    assert result.grounding.used_brief
    assert result.grounding.unsupported == ()


def test_a_reply_that_leaves_a_fact_out_is_not_enough():
    result = compose(ScriptedModel(replies=["Standard shipping takes 3 to 5 business days."] * 2))
    assert "$4.95" in result.text


def test_a_model_that_dies_twice_leaves_the_brief():
    result = compose(ScriptedModel(replies=[Death("Standard"), Death("Standard shipping")]))
    assert result.text == BRIEF.text


def test_a_customer_sees_only_sentences_that_passed():
    seen = []
    result = compose(
        ScriptedModel(replies=["Standard shipping takes 3 to 5 business days. It costs $9.95."]),
        Listener(on_sentence=seen.append),
    )
    assert seen == ["Standard shipping takes 3 to 5 business days.", "It costs $4.95."]
    assert result.text == " ".join(seen)


@pytest.mark.parametrize("cut", [1, 3, 1000])
def test_sentences_come_whole_however_the_text_is_cut(cut):
    text = "One is here. Two costs $4.95 today. Three"
    pieces = (text[i : i + cut] for i in range(0, len(text), cut))
    assert [s.text for s in stream_sentences(pieces)] == ["One is here.", "Two costs $4.95 today.", "Three"]
