"""Prompt lookup: a reply that repeats its draft is foretold from it, and several tokens are read in one pass.

A desk's reply says what its draft says, so most of its tokens stand in the prompt already, in the same order. Where
the last tokens written were all foretold by one place of the prompt, what follows there is offered as the reply's next
tokens. The model reads them at once and keeps those that it would have written itself: the reply stays the model's
own, only sooner. Sizes: on two cores a pass over 16 tokens costs as much as writing 8; where memory is the limit, as on
most PCs, hardly more than writing 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# So many tokens in a row must have been foretold before any is offered, and more before many are: a wrong offer costs
# its pass. With the token before them they make passes of 6 and 16, sizes that llama.cpp's kernels like.
FORETOLD_FROM, FEW_OFFERED = 3, 5
SURELY_FROM, MOST_OFFERED = 6, 15


class PromptLookup:
    """Foretells a reply from its prompt. `is_boundary` tells of a token that no offer goes beyond."""

    def __init__(self, prompt: Sequence[int], is_boundary: Callable[[int], bool]) -> None:
        self._text = list(prompt)
        self._is_boundary = is_boundary
        self._place: int | None = None
        self._foretold = 0

    def add(self, token: int) -> None:
        """Take note of the token that the reply goes on with."""
        if self._place is not None and self._text[self._place] == token:
            self._place += 1
            self._foretold += 1
        else:
            self._place, self._foretold = self._after_last(token), 0
        self._text.append(token)

    def offer(self, most: int) -> list[int]:
        """The tokens that probably follow, at most so many; none without a good reason."""
        if self._place is None or self._foretold < FORETOLD_FROM:
            return []
        most = min(most, MOST_OFFERED if self._foretold >= SURELY_FROM else FEW_OFFERED)
        offered: list[int] = []
        for token in self._text[self._place : self._place + most]:
            if self._is_boundary(token):
                break
            offered.append(token)
        return offered

    def _after_last(self, token: int) -> int | None:
        """The place after the latest one at which the text has this token."""
        for place in range(len(self._text) - 1, -1, -1):
            if self._text[place] == token:
                return place + 1
        return None
