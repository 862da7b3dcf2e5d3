"""Every text of the window is looked up in the window's language."""

from cxdesk.ui.language import number, plural, tr


def test_a_text_holds_its_values():
    assert tr("Ask {name}", name="Kim") == "Ask Kim"


def test_a_text_without_values_may_hold_braces():
    assert tr("{name}") == "{name}"


def test_a_count_chooses_its_form():
    assert plural("{n} ticket", "{n} tickets", 1) == "1 ticket"
    assert plural("{n} ticket", "{n} tickets", 2345) == "2,345 tickets"


def test_a_count_is_written_as_the_language_does():
    assert number(1_234_567) == "1,234,567"
