"""Which sentences are only polite."""

import pytest

from cxdesk.agent.courtesy import is_courtesy


@pytest.mark.parametrize(
    "text",
    ["Hiya, thanks for getting in touch!", "Dear Mrs Chen,", "Hope that helps.", "Yours faithfully", "Kind regards"],
)
def test_a_greeting_or_a_signature_is_only_polite(text):
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text", ["Sure, helmets can be returned.", "Sorry, that bike is gone.", "Certainly, we rent bikes in winter."]
)
def test_a_sentence_that_only_begins_politely_states_something(text):
    assert not is_courtesy(text)
