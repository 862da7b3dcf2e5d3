import json
import re
import tomllib
from pathlib import Path

import pytest

from cxdesk.settings import bundled
from cxdesk.signals.openings import openings
from cxdesk.signals.phrases import MarkSearch, PhraseSearch, plainly

MESSAGES = [
    json.loads(line)["text"]
    for name in ("support_messages", "sentiment_tune", "sentiment_second_fresh")
    for line in (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]


def groups_of(file):
    tables = tomllib.loads(bundled(f"resources/{file}").read_text(encoding="utf-8"))
    groups = {str(n): rule["patterns"] for n, rule in enumerate([*tables.get("rules", []), *tables.get("sign", [])])
              if "patterns" in rule}  # fmt: skip
    return groups | {"irony": tables["irony"]["patterns"]} if "irony" in tables else groups


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("still no", {"sti"}),
        (r"ok\b", {"ok"}),
        ("no|never", {"no", "nev"}),
        ("(?:a |an )?refund", {"a r", "an ", "ref"}),
        (r"refunds?\b(?! me)", {"ref"}),
        (r"go?d", {"god", "gd"}),
        (r"ab?\w+", {"ab", "a"}),
        (r"no{2,}", {"no"}),
        (r"(?:very )*bad", {"ver", "bad"}),
        (r"[a-c]x", {""}),
        (r"(?<!thank you )so much", {"so "}),
        (r"\d", set("0123456789")),
        (r"a\+", {"a+"}),
        (r"(?:x(?:y|z)|[()|]w)?q", {"xyq", "xzq", "", "q"}),
    ],
)
def test_a_patterns_openings_are_how_its_matches_begin(pattern, expected):
    assert openings(pattern) == expected


@pytest.mark.parametrize("file", ["lexicon.toml", "frustration.toml"])
def test_every_phrase_is_found_where_trying_all_patterns_finds_it(file):
    groups = groups_of(file)
    named = "|".join(f"(?P<g{n}>{'|'.join(patterns)})" for n, patterns in enumerate(groups.values()))
    everything = re.compile(rf"(?<!\w)(?=[\w'])(?:{named})")
    names, search = list(groups), PhraseSearch(groups)
    found = 0
    for text in MESSAGES:
        expected = [(names[int(match.lastgroup[1:])], match.start()) for match in everything.finditer(text.lower())]
        assert list(search.find(text)) == expected
        found += len(expected)
    assert found > 80


def test_a_phrase_begins_with_a_word_in_any_case():
    search = PhraseSearch({"late": ["late"]})
    assert list(search.find("LATE, chocolate, too late")) == [("late", 0), ("late", 21)]


def test_a_stretch_belongs_to_the_first_group_that_matches_it():
    search = PhraseSearch({"short": ["no reply"], "long": ["no reply at all", "at all"]})
    assert list(search.find("no reply at all")) == [("short", 0), ("long", 9)]


def test_letters_of_other_scripts_hide_no_phrase():
    search = PhraseSearch({"word": [r"\w+ed twice"], "number": [r"\d times"]})
    assert [name for name, _ in search.find("éléved twice, charged twice, ٣ times, x")] == ["word", "word", "number"]


def test_a_letter_that_grows_in_small_leaves_the_others_to_be_found_in_any_case():
    assert list(PhraseSearch({"late": ["late"]}).find("İ am LATE")) == [("late", 5)]


def test_letters_that_grow_when_lowered_do_not_shift_what_is_found():
    assert PhraseSearch({"late": ["late"]}).take("İİİ late") == (["late"], "İİİ  ")


def test_what_is_taken_leaves_a_blank():
    assert PhraseSearch({"wait": ["still waiting"]}).take("I am Still waiting here") == (["wait"], "I am   here")


def test_marks_stand_anywhere_as_written():
    assert MarkSearch({"loud": ["[A-Z]{3}"], "marks": ["!!"]}).find("soLOUD!! loud") == {"loud", "marks"}
    assert not MarkSearch({"loud": ["[A-Z]{3}"]}).any("loud")


def test_curly_quotes_and_line_breaks_are_made_plain():
    assert plainly("It’s\n “so”  late") == 'It\'s "so" late'
