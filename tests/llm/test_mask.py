"""Masking is exact both ways, and nobody can write a mark that is filled in with somebody's data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.llm.mask import Mask, UnknownMark
from cxdesk.ports import Personal

DATA = [
    Personal(kind="NAME", value="Maria da Silva"),
    Personal(kind="NAME", value="Maria", exact_case=True),
    Personal(kind="EMAIL", value="maria@example.com"),
    Personal(kind="PHONE", value="+1 555 010 2030"),
    Personal(kind="ORDER", value="#W1042"),
    Personal(kind="ORDER", value="#12"),
    Personal(kind="ADDRESS", value="12 Elm Street"),
]
WORDS = st.sampled_from(
    ["Maria", "maria", "Maria da  Silva", "MARIA@example.com", "#W1042", "w 1042", "#12", "12", "[NAME_1]", "ORDER_2"]
)
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=12).map(" ".join) | st.text()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("I am Maria da Silva.", "I am [NAME_1]."),
        ("maria da silva, MARIA@EXAMPLE.COM", "[NAME_1], [EMAIL_1]"),
        ("Where are #W1042 and #12?", "Where are [ORDER_1] and [ORDER_2]?"),
        ("my order w 1042, and W-1042", "my order [ORDER_1], and [ORDER_2]"),
        ("12 pieces for maria's", "12 pieces for maria's"),
        ("#W10423 is another one", "#W10423 is another one"),
        ("It goes to 12 Elm Street", "It goes to [ADDRESS_1]"),
        ("call +1 555 010 2030", "call [PHONE_1]"),
    ],
)
def test_what_is_hidden(text, hidden):
    assert Mask(DATA).hide(text) == hidden


def test_the_same_words_have_the_same_mark_in_all_texts():
    mask = Mask(DATA)
    assert mask.hide("#W1042") == mask.hide("again: #W1042")[-9:] == "[ORDER_1]"


@given(TEXTS)
def test_restoring_undoes_hiding(text):
    mask = Mask(DATA)
    assert mask.restore(mask.hide(text)) == text


@given(TEXTS, st.randoms())
def test_it_does_not_matter_where_a_stream_is_cut(text, random):
    mask = Mask(DATA)
    hidden = mask.hide(text)
    cuts = sorted(random.randrange(len(hidden) + 1) for _ in range(8))
    pieces = [hidden[a:b] for a, b in zip([0, *cuts], [*cuts, len(hidden)], strict=True)]
    assert "".join(mask.restore_stream(pieces)) == text


def test_a_stream_is_not_held_back_longer_than_needed():
    mask = Mask(DATA)
    mask.hide("Maria")
    assert list(mask.restore_stream(["Dear ", "[NA", "ME_1", "], ", "hello", "."])) == ["Dear ", "Maria, ", "hello."]


@pytest.mark.parametrize("mark", ["[order 1]", "[Order_1]", "ORDER_1", "[ORDER-1]", "[Order1]"])
def test_a_mark_that_the_model_changed_a_little_is_restored(mark):
    mask = Mask(DATA)
    mask.hide("#W1042")
    assert mask.restore(f"Your order {mark} is here.") == "Your order #W1042 is here."


def test_a_mark_that_a_customer_wrote_stays_what_it_is():
    mask = Mask(DATA)
    hidden = mask.hide("[EMAIL_1] is Maria's, maria@example.com")
    assert hidden == "[TEXT_1] is [NAME_1]'s, [EMAIL_1]"
    assert mask.restore("[TEXT_1] and [EMAIL_1]") == "[EMAIL_1] and maria@example.com"


def test_a_mark_that_was_never_given_out_is_told():
    with pytest.raises(UnknownMark):
        Mask(DATA).restore("Write to [EMAIL_7].")
