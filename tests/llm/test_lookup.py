"""What a reply's prompt foretells of it, on plain numbers in place of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.llm.lookup import FEW_OFFERED, MOST_OFFERED, PromptLookup

LINE_END = 99


def lookup_after(prompt: Sequence[int], reply: Sequence[int]) -> PromptLookup:
    lookup = PromptLookup([*prompt, LINE_END], lambda token: token == LINE_END)
    for token in reply:
        lookup.add(token)
    return lookup


def test_nothing_is_offered_before_several_tokens_in_a_row_were_foretold() -> None:
    prompt = [10, 11, 12, 13, 14, 15]
    assert lookup_after(prompt, []).offer(9) == []
    assert lookup_after(prompt, [10, 11, 12]).offer(9) == []
    assert lookup_after(prompt, [10, 11, 12, 13]).offer(9) == [14, 15]


def test_a_short_run_offers_few_tokens_and_a_long_one_many() -> None:
    long = list(range(100, 150))
    assert lookup_after(long, long[:4]).offer(100) == long[4 : 4 + FEW_OFFERED]
    assert lookup_after(long, long[:9]).offer(100) == long[9 : 9 + MOST_OFFERED]


def test_a_token_that_was_not_foretold_ends_the_run() -> None:
    prompt = [10, 11, 12, 13, 14, 15]
    assert lookup_after(prompt, [10, 11, 12, 13, 50]).offer(9) == []
    assert lookup_after(prompt, [10, 11, 12, 13, 50, 13, 14, 15]).offer(9) == []


def test_the_latest_place_is_followed_since_the_draft_stands_last() -> None:
    prompt = [10, 11, 12, 13, 20, 21, 10, 11, 12, 13, 30, 31]
    assert lookup_after(prompt, [10, 11, 12, 13]).offer(9) == [30, 31]


def test_what_the_reply_itself_said_is_followed_too() -> None:
    assert lookup_after([1], [40, 41, 42, 43, 44, 40, 41, 42, 43]).offer(3) == [44, 40, 41]


def test_no_offer_goes_beyond_a_line_or_what_there_is_room_for() -> None:
    long = list(range(100, 150))
    assert lookup_after([10, 11, 12, 13, 14, LINE_END, 15], [10, 11, 12, 13]).offer(9) == [14]
    assert lookup_after(long, long[:9]).offer(4) == long[9:13]
    assert lookup_after(long, long[:9]).offer(0) == []
