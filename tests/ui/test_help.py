"""The help: the guides of docs/, opened where they speak of the page in front."""

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QApplication

from cxdesk.ui.guides import GUIDES, SECTIONS, Guide, anchor_of, follow, read_guides, search
from cxdesk.ui.help import Help
from cxdesk.ui.settle import settle
from cxdesk.ui.window import PAGES

ROOT = Path(__file__).parent.parent.parent
LAMPS = Guide(
    "operator.md",
    "# Lamps\n\nOf [all kinds](owner.md#prices).\n\n## Who's lit\n\nOil, `gas` &amp; light.\n\n"
    "```toml\n# Oil is no heading\n```\n\n## Bulbs\n\nOil never.\n",
)
PRICES = Guide("owner.md", "# Prices\n\n## Oil lamps\n\nCheap.\n\n### Very deep\n\nDear.\n")


def test_a_guide_falls_into_the_sections_of_its_headings():
    told = [(section.address, section.title, section.text) for section in LAMPS.sections]
    assert told == [
        ("operator.md", "Lamps", "Of all kinds."),
        ("operator.md#whos-lit", "Who's lit", "Oil, gas & light.\n\n# Oil is no heading"),
        ("operator.md#bulbs", "Bulbs", "Oil never."),
    ]


def test_the_contents_leave_out_what_lies_deep():
    assert [section.title for section in PRICES.contents()] == ["Oil lamps"]


def test_what_has_the_words_in_its_title_is_found_first():
    found = search([LAMPS, PRICES], "oil")
    assert [hit.section.title for hit in found] == ["Oil lamps", "Who's lit", "Bulbs"]


def test_all_words_must_be_there_as_wholes_or_beginnings():
    assert [hit.section.title for hit in search([LAMPS, PRICES], "OIL nev")] == ["Bulbs"]
    assert search([LAMPS, PRICES], "oil il") == ()
    assert search([LAMPS, PRICES], "  ") == ()


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("owner.md", "owner.md"),
        ("owner.md#prices", "owner.md#prices"),
        ("#bulbs", "operator.md#bulbs"),
        ("../docs/owner.md", None),
        ("../README.md", None),
        ("https://example.org/owner.md", None),
        ("file:///etc/passwd", None),
    ],
)
def test_a_link_leads_to_a_guide_or_nowhere(link, leads_to):
    assert follow(link, "operator.md") == leads_to


# ---------------------------------------------------------------- the guides that there are


def test_every_page_of_the_window_has_its_section():
    assert SECTIONS.keys() == PAGES.keys()
    there = {section.address for guide in read_guides() for section in guide.sections}
    assert [address for address in SECTIONS.values() if address not in there] == []


def test_every_link_between_guides_leads_to_a_section():
    guides = read_guides()
    there = {section.address for guide in guides for section in guide.sections}
    links = [
        address
        for guide in guides
        for link in guide.markdown.split("](")[1:]
        if (address := follow(link.split(")")[0], guide.name))
    ]
    assert len(links) > 20
    assert [address for address in links if address not in there] == []


def test_anchors_are_those_that_a_reader_of_markdown_makes():
    assert anchor_of("The shop's documents") == "the-shops-documents"
    assert anchor_of("Trouble, and what helps") == "trouble-and-what-helps"


def test_the_guides_come_with_the_installed_program():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {f"docs/{name}" for name in GUIDES} <= carried.keys()


# ---------------------------------------------------------------- the window


@pytest.fixture
def opened(qtbot, look):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    look.dress(parent)
    made = Help(look, parent)
    made.open_at("operator.md#tickets")
    QApplication.processEvents()
    yield made
    made.close()


def first_line(shown):
    """The first line of the guide that is in sight."""
    return shown.text.cursorForPosition(shown.text.viewport().rect().topLeft()).block().text()


@pytest.mark.parametrize("name", list(PAGES))
def test_f1_opens_the_guide_where_it_speaks_of_the_page(qtbot, window, name):
    window.show_page(name)
    settle(window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help.isVisible()
    assert window.help.address == SECTIONS[name]
    window.help.close()


def test_the_section_stands_at_the_top(opened):
    assert first_line(opened) == "Tickets"
    opened.go("administering.md#logs")
    assert first_line(opened) == "Logs"
    opened.go("rules.md")
    assert first_line(opened) == "What the desk may do"


def test_the_contents_show_where_one_is_and_lead_elsewhere(opened):
    assert opened.contents.currentItem().text(0) == "Tickets"
    opened.contents.setCurrentItem(opened.contents.topLevelItem(1))
    assert opened.address == "owner.md"
    assert first_line(opened) == "The owner's guide"


def test_links_lead_to_other_guides_and_back(opened):
    opened.text.anchorClicked.emit(QUrl("rules.md#roles"))
    assert opened.address == "rules.md#roles"
    opened.text.anchorClicked.emit(QUrl("#actions"))
    assert first_line(opened) == "Actions"
    opened.back()
    opened.back()
    assert opened.address == "operator.md#tickets"
    opened.back()
    assert opened.address == "operator.md#tickets"


def test_a_link_out_of_the_guides_is_told_and_not_opened(opened, monkeypatch):
    gone_to = []
    monkeypatch.setattr(QDesktopServices, "openUrl", gone_to.append)
    opened.text.anchorClicked.emit(QUrl("https://example.org/lamps"))
    assert "https://example.org/lamps" in opened.note_text()
    assert opened.address == "operator.md#tickets"
    assert gone_to == []


def test_pictures_are_not_fetched(opened):
    assert opened.text.loadResource(2, QUrl("https://example.org/lamp.png")) is None


def test_a_search_lists_sections_and_enter_opens_the_first(qtbot, opened):
    qtbot.keyClicks(opened.query, "wheelhouse network")
    assert opened.hits.isVisible()
    assert opened.hits.item(0).text().startswith("The administrator's guide")
    qtbot.keyClick(opened.query, Qt.Key.Key_Return)
    assert opened.address == "administering.md#installing-without-a-network"
    opened.query.clear()
    assert opened.contents.isVisible()


def test_a_search_without_a_hit_says_so(qtbot, opened):
    qtbot.keyClicks(opened.query, "xylophone")
    assert "Nothing found" in opened.hits.item(0).text()
    qtbot.keyClick(opened.query, Qt.Key.Key_Return)
    assert opened.address == "operator.md#tickets"


def test_links_are_legible_in_either_look(opened, look):
    for theme in ("dark", "light"):
        look.switch(theme)
        assert link_colors(opened) == {look.color("accent").name()}
        assert opened.address == "operator.md#tickets"


def link_colors(shown):
    found = set()
    block = shown.text.document().begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            form = parts.fragment().charFormat()
            if form.isAnchor():
                found.add(QColor(form.foreground().color()).name())
            parts += 1
        block = block.next()
    return found


def test_the_keys_are_one_step_away(qtbot, window):
    window.show_help()
    qtbot.mouseClick(window.help.findChild(type(window.help._keys), "helpKeys"), Qt.MouseButton.LeftButton)
    assert window.cheat_sheet.isVisible()
    window.cheat_sheet.close()
    window.help.close()
