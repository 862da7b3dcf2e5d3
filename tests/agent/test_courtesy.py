"""Which sentences state nothing."""

import pytest

from cxdesk.agent.courtesy import is_small_talk


@pytest.mark.parametrize(
    "text",
    ["Hiya, thanks for getting in touch!", "Dear Mrs Chen,", "Hope that helps.", "Yours faithfully", "Kind regards"],
)
def test_a_greeting_or_a_signature_is_small_talk(text):
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    ["I know how maddening it is to be left hanging.", "That's such a clever thing to ask!", "Fair enough.", "Tada!"],
)
def test_sympathy_and_interjections_in_words_of_no_list_are_small_talk(text):
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text", ["Sure, helmets can be returned.", "Sorry, that bike is gone.", "Certainly, we rent bikes in winter."]
)
def test_a_sentence_that_only_begins_politely_states_something(text):
    assert not is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "I know the lads sorted it.",
        "I believe it works underwater.",
        "I think bleach is safe.",
        "You should feel free to iron it.",
        "Happily, they mended everything.",
        "We host concerts on Sundays.",
        "That's perfectly safe.",
        "You're right.",
        "My team knows about this now.",
        "I've looked into it and all is well.",
        "Let me see what I can do for you.",
    ],
)
def test_what_tells_of_an_act_a_thing_or_a_permission_is_no_small_talk(text):
    assert not is_small_talk(text)


def test_a_word_of_what_is_talked_about_makes_it_a_statement():
    assert is_small_talk("Lovely colours, I know!") is False
    assert is_small_talk("I know, truly oak.", subjects={"oak"}) is False
    assert is_small_talk("Washable.", asked={"wash"}) is False
