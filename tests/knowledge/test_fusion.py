import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.knowledge.fusion import (
    coverage,
    fuse,
    id_share,
    ids,
    query_pieces,
    query_words,
    strength,
    with_ids,
)

scores = st.dictionaries(st.integers(0, 30), st.floats(-1, 1), max_size=20)


@given(scores, st.dictionaries(st.integers(0, 30), st.floats(0, 100), max_size=20))
def test_fused_scores_cover_both_lists_and_stay_between_0_and_1(vector, keyword):
    fused = fuse(vector, keyword)
    assert fused.keys() == vector.keys() | keyword.keys()
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())


def test_first_in_both_lists_scores_1():
    assert fuse({"a": 0.8, "b": 0.4}, {"a": 12.0, "c": 3.0})["a"] == pytest.approx(1)


def test_a_clear_winner_by_words_stays_ahead_of_one_that_both_find_middling():
    fused = fuse({"exact": 0.55, "middling": 0.6}, {"exact": 20.0, "middling": 9.0})
    assert fused["exact"] > fused["middling"]


def test_a_word_repeated_counts_by_its_logarithm():
    assert query_words("card, Card? CARD card: fee") == "card card card fee"


def test_a_long_query_is_taken_in_pieces_that_together_are_all_of_it():
    query = " ".join(f"Sentence number {number} of a long letter." for number in range(100))
    assert len(query_pieces(query)) > 3
    assert " ".join(query_pieces(query)) == query


def test_coverage_counts_content_words_whatever_their_endings():
    assert coverage("How do I return the headphones?", "Returning a headphone is easy") == 1.0
    assert coverage("refund for order 1001", "order 1002") == pytest.approx(1 / 3)
    assert coverage("is it?", "it is") == 0.0


def test_a_bad_best_match_is_weak():
    assert strength(0.1, 0.0) < 0.1 < strength(0.7, 0.8)
    assert strength(-1.0, 0.0) == 0.0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Where is #W2378156?", ["#w2378156"]),
        ("use open_account_4821 or AB-12", ["open_account_4821", "ab-12"]),
        ("article 90210431", ["90210431"]),
        ("Call me in 2 days, 30 EUR, on 24/12", []),
    ],
)
def test_names_of_single_things_are_told_from_plain_numbers(query, found):
    assert ids(query) == found


def test_an_id_counts_only_whole_and_whatever_its_case():
    assert id_share(["kt-2041"], "Ask for KT-2041.") == 1.0
    assert id_share(["kt-2041"], "Ask for KT-20411 or XKT-2041.") == 0.0
    assert id_share(["#w12", "kt-2041"], "#W12 only") == 0.5
    assert id_share([], "anything") == 0.0


def test_a_found_id_raises_a_score_and_never_beyond_1():
    assert with_ids(0.4, 0.0) == 0.4
    assert with_ids(0.4, 1.0) == pytest.approx(0.7)
    assert with_ids(1.0, 1.0) == 1.0
