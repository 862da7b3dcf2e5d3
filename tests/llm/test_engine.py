"""The engine in this process, with the small model: what its worker never shows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cxdesk.llm.engine import Engine

SAID = "Your order #W4471 left us on 3 March 2025 and its tracking number is NLP220913 with Northline Parcel."
COPY = [{"role": "user", "content": f"Repeat this sentence word for word, and nothing else:\n{SAID}"}]


@pytest.fixture(scope="module")
def engine(weights_file: Path) -> Engine:
    return Engine(str(weights_file), context_tokens=512, threads=2, parking_bytes=0)


def written(engine: Engine, messages: Sequence[dict[str, str]], most: int = 60) -> str:
    prompt = engine.prompt_tokens(messages)
    pieces = engine.write(prompt, "", written=[], max_tokens=most, grammar=None, stop=lambda: False)
    return "".join(text for _, text in pieces)


def test_a_reply_that_repeats_its_prompt_is_the_same_in_fewer_passes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[int] = []
    append = engine._append

    def counted(tokens: Sequence[int], outputs: int = 1) -> Any:
        passes.append(len(tokens))
        return append(tokens, outputs)

    monkeypatch.setattr(engine, "_append", counted)
    together, in_passes = written(engine, COPY), len(passes)
    monkeypatch.setattr(engine, "_steps_back", False)
    passes.clear()
    one_by_one = written(engine, COPY)
    assert together == one_by_one
    assert "NLP220913 with Northline Parcel" in together
    assert in_passes < len(passes) * 0.6


@pytest.mark.parametrize("most", [1, 2, 9, 17])
def test_a_reply_never_grows_beyond_its_tokens(engine: Engine, most: int) -> None:
    prompt = engine.prompt_tokens(COPY)
    pieces = engine.write(prompt, "", written=[], max_tokens=most, grammar=None, stop=lambda: False)
    assert len(list(pieces)) == most


def test_a_reply_left_half_way_leaves_nothing_behind_in_the_next(engine: Engine) -> None:
    whole = written(engine, COPY)
    half = engine.write(engine.prompt_tokens(COPY), "", written=[], max_tokens=60, grammar=None, stop=lambda: False)
    assert len(list(itertools.islice(half, 9))) == 9
    del half
    assert written(engine, COPY) == whole
