"""What a reply's prompt foretells of it, on plain numbers in place of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.llm.lookup import MOST_OFFERED, PromptLookup

LINE_END = 99


def lookup_after(prompt: Sequence[int], reply: Sequence[int]) -> PromptLookup:
    lookup = PromptLookup([*prompt, LINE_END], lambda token: token == LINE_END)
    for token in reply:
        lookup.add(token)
    return lookup


def test_nothing_is_offered_before_several_tokens_in_a_row_were_foretold() -> None:
    prompt = [10, 11, 12, 13, 14, 15]
    assert lookup_after(prompt, []).offer(9) == []
    assert lookup_after(prompt, [10, 11]).offer(9) == []
    assert lookup_after(prompt, [10, 11, 12]).offer(9) == [13, 14, 15]


def test_a_token_that_was_not_foretold_ends_the_run() -> None:
    prompt = [10, 11, 12, 13, 14, 15]
    assert lookup_after(prompt, [10, 11, 12, 50]).offer(9) == []
    assert lookup_after(prompt, [10, 11, 12, 50, 13, 14, 15]).offer(9) == []


def test_the_latest_place_is_followed_since_the_draft_stands_last() -> None:
    prompt = [10, 11, 12, 20, 21, 10, 11, 12, 30, 31]
    assert lookup_after(prompt, [10, 11, 12]).offer(9) == [30, 31]


def test_what_the_reply_itself_said_is_followed_too() -> None:
    assert lookup_after([1], [40, 41, 42, 43, 40, 41, 42]).offer(9) == [43, 40, 41, 42]


def test_no_offer_goes_beyond_a_line_or_what_there_is_room_for() -> None:
    long = list(range(100, 150))
    assert lookup_after([10, 11, 12, 13, LINE_END, 14], [10, 11, 12]).offer(9) == [13]
    assert lookup_after(long, long[:3]).offer(4) == long[3:7]
    assert lookup_after(long, long[:3]).offer(0) == []
    assert lookup_after(long, long[:3]).offer(100) == long[3 : 3 + MOST_OFFERED]
