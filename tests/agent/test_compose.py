"""Composing with a scripted model: what of its words reaches the customer."""

from contextlib import closing

import pytest

from cxdesk.agent import compose as compose_module
from cxdesk.agent.brief_parts import Brief, Line
from cxdesk.agent.compose import Checker, ComposePrompt, Composer, Listener, stream_sentences, warm_composing
from cxdesk.agent.evidence import Group, Piece
from cxdesk.agent.history import PastTurn
from cxdesk.domain import Decision, DecisionKind, Support, Unavailable
from cxdesk.llm.local import LocalModel
from cxdesk.llm.scripted import Death, ScriptedModel
from cxdesk.llm.weights import locate
from cxdesk.settings import models_dir
from tests.conftest import SMALL_MODEL

SUPPORT = Support(start=0, end=0, document="shipping.md", from_=0, to=40)
LINES = ("Standard shipping takes 3 to 5 business days.", "It costs $4.95.")
BRIEF = Brief(
    lines=tuple(Line(text=text, supports=(SUPPORT,)) for text in LINES),
    decision=Decision(kind=DecisionKind.reply),
    phrase=True,
)
EVIDENCE = (Group(text=BRIEF.text, pieces=tuple(Piece(text=text, support=SUPPORT) for text in LINES)),)
GOOD = "Our standard shipping takes 3-5 business days. It costs only $4.95."


def compose(model, listener=None, past=(), style=""):
    composer = Composer(
        model,
        ComposePrompt(system="s", user="{draft}", again=" {faults}", style=style),
        "plain",
        100,
        lambda sentence: [],
        past=past,
        who="Ada Marsh (verified)",
    )
    checker = Checker("How long is shipping?", BRIEF, EVIDENCE)
    return composer.compose(checker, slot="c_1", listener=listener or Listener(), first_token=lambda: None)


def test_a_faithful_reply_is_taken():
    result = compose(ScriptedModel(replies=["Our standard shipping takes 3-5 business days and costs $4.95."]))
    assert result.text == "Our standard shipping takes 3-5 business days and costs $4.95."
    assert (result.grounding.used_brief, result.grounding.retried, result.grounding.unsupported) == (False, False, ())


def test_an_apology_in_other_words_is_not_left_out():
    line = Line(text="I am sorry about the delay.")
    brief = Brief(lines=(*BRIEF.lines, line), decision=BRIEF.decision, phrase=True)
    model = ScriptedModel(replies=[f"{GOOD} I apologize for the delay."])
    composer = Composer(model, ComposePrompt(system="s", user="{draft}", again=""), "plain", 100, lambda _: [])
    checker = Checker("How long is shipping?", brief, EVIDENCE)
    result = composer.compose(checker, slot="c_1", listener=Listener(), first_token=lambda: None)
    assert (result.grounding.retried, result.text) == (False, f"{GOOD} I apologize for the delay.")


def test_the_model_phrases_the_draft_and_never_reads_the_message_that_it_answers():
    model = ScriptedModel(replies=["Ask me.", GOOD])
    compose(model)
    assert len(model.prompts) == 2
    assert not any("How long" in message.content for prompt in model.prompts for message in prompt.messages)


def test_an_invented_fact_costs_a_second_try_that_names_it():
    model = ScriptedModel(
        replies=["Standard shipping takes 2 days.", "Standard shipping takes 3 to 5 business days. It costs $4.95."]
    )
    result = compose(model)
    assert "2 days" not in result.text
    assert result.grounding.retried
    assert "2 days" in " ".join(result.grounding.rejected)
    assert "2 days" in model.prompts[1].messages[-1].content


def test_a_faulty_sentence_is_left_out_where_the_rest_says_everything():
    result = compose(ScriptedModel(replies=[f"{GOOD} I have refunded you. Shall I go on?"]))
    assert result.text == GOOD
    assert (result.grounding.used_brief, result.grounding.retried) == (False, False)
    assert any("question" in fault for fault in result.grounding.rejected)


def test_a_yes_that_the_draft_does_not_give_costs_no_second_try():
    result = compose(ScriptedModel(replies=["Yes, standard shipping takes 3 to 5 business days and costs $4.95."]))
    assert result.text == "Standard shipping takes 3 to 5 business days and costs $4.95."
    assert not result.grounding.retried


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


PAST = tuple(
    PastTurn(asked=f"Draft {n} " + "word " * 40, replied=f"Reply {n}.", gist=f"wish {n}: answered") for n in range(6)
)


def test_earlier_turns_are_read_again_before_the_new_one():
    model = ScriptedModel(replies=[GOOD])
    result = compose(model, past=PAST)
    contents = [message.content for message in model.prompts[0].messages]
    assert contents[:3] == ["s", PAST[0].asked, PAST[0].replied]
    assert contents[-1] == result.prompted
    assert result.left_out == ()


def test_the_next_turn_repeats_what_the_model_has_read_and_written():
    model = ScriptedModel(replies=[GOOD, GOOD])
    first = compose(model, past=PAST[:2])
    compose(model, past=[*PAST[:2], PastTurn(asked=first.prompted, replied=first.text)])
    before, after = ([message.content for message in prompt.messages] for prompt in model.prompts)
    assert after[: len(before) + 1] == [*before, first.text]


def test_the_style_is_said_once_and_again_when_it_changes():
    model = ScriptedModel(replies=[GOOD] * 3)
    first = compose(model, style="Style: {guidance}. ")
    past = [PastTurn(asked=first.prompted, replied=first.text)]
    compose(model, past=past, style="Style: {guidance}. ")
    compose(model, past=past, style="Other style: {guidance}. ")
    asked = [prompt.messages[-1].content for prompt in model.prompts]
    assert [text.startswith(("Style", "Other")) for text in asked] == [True, False, True]


def test_in_a_small_context_the_oldest_turns_are_summarised_and_the_draft_stays_whole():
    model = ScriptedModel(replies=[GOOD], context_tokens=700)
    result = compose(model, past=PAST)
    asked = [message.content for message in model.prompts[0].messages[1:]]
    assert BRIEF.text in asked[-1]
    assert "wish 1: answered" in asked[0]
    assert "Ada Marsh" in asked[0]
    assert "summarised" in result.left_out[0]
    assert not result.grounding.used_brief


def test_where_not_even_the_draft_fits_the_brief_speaks():
    model = ScriptedModel(context_tokens=240)
    result = compose(model, past=PAST)
    assert result.text == BRIEF.text
    assert result.grounding.used_brief
    assert "does not fit" in result.grounding.rejected[0]


@pytest.mark.weights
def test_a_long_conversation_fits_a_real_model_with_a_small_context():
    with closing(LocalModel(locate(SMALL_MODEL, models_dir()), SMALL_MODEL, context_tokens=1024)) as model:
        past = [turn.model_copy(update={"gist": f"order status (#K{n}): answered"}) for n, turn in enumerate(PAST * 5)]
        result = compose(model, past=past)
    assert "summarised" in result.left_out[0]
    assert not any("fit" in fault or "failed" in fault for fault in result.grounding.rejected)
    assert result.grounding.unsupported == ()


@pytest.mark.parametrize("cut", [1, 3, 1000])
def test_sentences_come_whole_however_the_text_is_cut(cut):
    text = "One is here. Two costs $4.95 today. Three"
    pieces = (text[i : i + cut] for i in range(0, len(text), cut))
    assert [s.text for s in stream_sentences(pieces)] == ["One is here.", "Two costs $4.95 today.", "Three"]


def test_a_sentence_is_checked_once_however_often_the_reply_is_looked_at(monkeypatch):
    checked = []
    check = compose_module.check_sentence

    def counted(sentence, *args, **more):
        checked.append(sentence.text)
        return check(sentence, *args, **more)

    monkeypatch.setattr(compose_module, "check_sentence", counted)
    result = compose(ScriptedModel(replies=[GOOD]))
    assert checked == ["Our standard shipping takes 3-5 business days.", "It costs only $4.95."]
    assert [result.text[s.start : s.end] for s in result.grounding.sentences] == checked


def test_a_sentence_after_one_left_out_is_supported_where_the_reply_has_it():
    result = compose(
        ScriptedModel(replies=["I have refunded you.  Standard shipping takes 3 to 5 business days. It costs $4.95."])
    )
    assert [result.text[s.start : s.end] for s in result.grounding.sentences] == list(LINES)


def test_warming_reads_what_every_first_reply_begins_with_and_never_fails():
    model = ScriptedModel(replies=[GOOD], choices=["Hello", Unavailable("Gone.")])
    prompt = ComposePrompt(system="s", user="Draft: {draft}", again="", style="Style: {guidance}. ")
    warm_composing(model, prompt, "plain")
    warm_composing(model, prompt, "plain")
    composer = Composer(model, prompt, "plain", 100, lambda sentence: [])
    composer.compose(
        Checker("How long is shipping?", BRIEF, EVIDENCE), slot="c", listener=Listener(), first_token=lambda: None
    )
    read, _, asked = (prompt.messages for prompt in model.prompts)
    assert asked[0] == read[0]
    assert asked[1].content.startswith(read[1].content)
