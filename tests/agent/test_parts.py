import pytest

from cxdesk.agent.parts import contains, parts, place_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("128GB in Night-Blue", ["128", "gb", "in", "night", "blue"]),
        ("1.5L or 2,5 L", ["1.5", "l", "or", "2,5", "l"]),
        ("—", []),
    ],
)
def test_a_text_comes_apart_into_words_and_figures(text, found):
    assert parts(text) == found


@pytest.mark.parametrize(
    ("stretch", "place"),
    [("dark gray", 1), ("gray", 2), ("gray dark", None), ("a dark gray lamp shade", None), ("", None)],
)
def test_a_stretch_is_found_only_whole_and_in_its_order(stretch, place):
    words = parts("a dark gray lamp")
    assert place_of(words, parts(stretch)) == place
    assert contains(words, parts(stretch)) is (place is not None)


def test_nothing_is_no_part_of_nothing():
    assert not contains([], [])
