import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.settings import bundled
from cxdesk.signals.language import ENGLISH, LanguageGuess

MESSAGES = Path(__file__).parent / "language_messages.jsonl"
guess = LanguageGuess.load(bundled("resources/languages.toml"))
rows = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
foreign = [row for row in rows if row["language"] != ENGLISH]
english = [row for row in rows if row["language"] == ENGLISH]


def test_most_short_messages_in_other_languages_are_recognised():
    assert len({row["language"] for row in foreign}) >= 12
    found = [row for row in foreign if guess.flags(row["text"])]
    assert len(found) >= 0.95 * len(foreign)


def test_hardly_any_short_english_message_is_taken_for_another_language():
    wrong = [row["text"] for row in english if guess.flags(row["text"])]
    assert len(wrong) <= 0.02 * len(english), wrong


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo bleibt mein Paket?", "German"),
        ("J’attends toujours mon colis", "French"),
        ("Siparişim nerede?", "Turkish"),
        ("荷物はどこですか", "Japanese"),
        ("Where is my order?", ENGLISH),
        ("Sofia Li, 10206", None),
        ("maria dos santos, 10206", None),
        ("Anna van der Berg", None),
        ("#W4836353", None),
        ("", None),
    ],
)
def test_the_language_is_named_and_names_tell_none(text, language):
    assert guess.guess(text) == language


@given(st.text(max_size=200))
def test_any_text_gives_the_same_guess_again(text):
    assert guess.guess(text) == guess.guess(text)
