import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain import Document, now
from cxdesk.knowledge.passages import BUDGET_TOKENS, cut, estimated_tokens, indexed_text, split
from cxdesk.knowledge.readers import read


def document(text: str, *, title: str = "Guide", name: str = "guide.md") -> Document:
    return Document(name=name, title=title, text=text, content_hash="h", added_at=now())


markdown = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["# One", "## Two", "### Three", "Four\n----", "```", "- item", "\r\n", "a | b", "> quoted", "\x85"]
        ),
        st.text(alphabet="ab .\n", min_size=500, max_size=1500),
    ),
    max_size=12,
).map("\n".join)


@given(markdown)
def test_every_passage_stands_in_the_document_where_it_says(text):
    for passage in cut(document(text)):
        assert text[passage.start : passage.end] == passage.text
        assert passage.text.strip()


@given(markdown)
def test_passages_are_in_order_and_never_overlap(text):
    passages = cut(document(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(passages))


@given(markdown)
def test_every_passage_fits_the_embedding_model(text):
    assert all(estimated_tokens(passage.text) <= BUDGET_TOKENS for passage in cut(document(text)))


@given(st.text(alphabet="abc .\n", max_size=3000))
def test_a_text_without_headings_loses_nothing_but_blanks(text):
    assert "".join("".join(p.text for p in cut(document(text))).split()) == "".join(text.split())


def test_sections_carry_the_path_of_their_headings_without_the_title():
    passages = cut(document("# Guide\n\nIntro.\n\n## Shipping\n\nSlow.\n\n### Express\n\nFast.\n\n## Returns\n\nEasy."))
    assert [(p.heading, p.text) for p in passages] == [
        ("", "Intro."),
        ("Shipping", "Slow."),
        ("Shipping > Express", "Fast."),
        ("Returns", "Easy."),
    ]


def test_a_first_heading_that_is_not_the_title_stays_in_the_path():
    assert cut(document("# Other\n\nText."))[0].heading == "Other"


def test_a_heading_inside_code_is_no_heading():
    passages = cut(document("## Real\n\n```\n# not one\n```\n"))
    assert [p.heading for p in passages] == ["Real"]


def test_underlined_headings_count_as_headings():
    assert [p.heading for p in cut(document("Refunds\n=======\n\nYes.\n\nLater\n-----\n\nNo."))] == [
        "Refunds",
        "Refunds > Later",
    ]


def test_a_heading_with_nothing_below_it_is_still_found():
    passages = cut(document("## Closed on Sundays\n\n## Open\n\nOn Mondays."))
    assert [(p.heading, p.text) for p in passages] == [
        ("Closed on Sundays", "## Closed on Sundays"),
        ("Open", "On Mondays."),
    ]


def test_a_long_section_is_cut_between_paragraphs_into_pieces_of_like_size():
    paragraphs = [f"Paragraph {number} says this. " + "and that " * 60 for number in range(8)]
    passages = cut(document("## Long\n\n" + "\n\n".join(paragraphs)))
    assert len(passages) > 2
    assert all(passage.text.startswith("Paragraph") for passage in passages)
    assert {passage.heading for passage in passages} == {"Long"}


def test_a_long_paragraph_is_cut_between_sentences():
    sentence = "This sentence has exactly eight words in it."
    passages = cut(document(" ".join([sentence] * 60)))
    assert len(passages) > 1
    assert all(passage.text.endswith("in it.") for passage in passages)


def test_an_endless_word_is_cut_too():
    assert len(cut(document("x" * 100_000))) > 10


def test_long_headings_leave_room_for_the_text():
    title = "A very long title " * 100
    assert all(estimated_tokens(p.text) >= 40 for p in cut(document("word " * 400, title=title)))


def test_each_question_of_a_faq_is_a_passage_of_its_own_category(tmp_path):
    faqs = [
        {"question": "Do you ship abroad?", "answer": "Yes.", "category": "Shipping"},
        {"question": "How fast?", "answer": "2 days.", "category": "Shipping"},
        {"question": "Who are you?", "answer": "A shop."},
    ]
    path = tmp_path / "faq.json"
    path.write_text(json.dumps(faqs))
    content = read(path)
    passages = cut(document(content.text, title=content.title, name="faq.json"))
    assert [(p.heading, p.text, p.category) for p in passages] == [
        ("Shipping > Do you ship abroad?", "Yes.", "shipping"),
        ("Shipping > How fast?", "2 days.", "shipping"),
        ("Who are you?", "A shop.", "general"),
    ]


def test_title_and_headings_are_searched_with_the_text():
    assert indexed_text(cut(document("# Guide\n\n## Express\n\nFast."))[0]) == "Guide\nExpress\nFast."


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_blank_text_has_no_pieces(text):
    assert split(text, 10) == []
    assert cut(document(text)) == []
