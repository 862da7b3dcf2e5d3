from hypothesis import given
from hypothesis import strategies as st

from cxdesk.agent.sentences import content_words, coverage, split_sentences


def test_sentences_end_at_full_stops_and_list_items():
    text = "We ship daily. See e.g. the table.\n\n- Standard: 3 days\n- Express: 1 day"
    assert [s.text for s in split_sentences(text)] == [
        "We ship daily.",
        "See e.g. the table.",
        "- Standard: 3 days",
        "- Express: 1 day",
    ]


def test_amounts_and_ids_do_not_end_a_sentence():
    assert len(split_sentences("Order #W123 costs $4.95 and arrives at 5 p.m. on Monday.")) == 1


@given(st.text(alphabet="ab.!? \n-A1", max_size=80))
def test_sentences_point_at_their_places(text):
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text


@given(st.text(alphabet="ab.!? \n-A1", max_size=80))
def test_no_letter_is_lost_between_sentences(text):
    joined = "".join(s.text for s in split_sentences(text))
    assert [c for c in joined if c.isalnum()] == [c for c in text if c.isalnum()]


def test_content_words_match_across_endings():
    assert content_words("The refunds were delayed") == content_words("refund delay")
    assert content_words("canceled orders") == content_words("a cancelled order")


def test_coverage_is_the_share_of_words_found():
    assert coverage(content_words("refund delay"), content_words("refunded today")) == 0.5
    assert coverage(frozenset(), content_words("anything")) == 1.0
