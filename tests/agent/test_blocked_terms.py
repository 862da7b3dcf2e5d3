"""Words for which a shop takes no message: those of the program, and its own."""

import shutil

import pytest

from cxdesk.desk import Desk
from cxdesk.domain import Refused


@pytest.fixture
def desk_with(filled_demo, tmp_path, toy_embedder):
    opened = []

    def open_with(terms):
        shutil.copytree(filled_demo, tmp_path / "demo")
        (tmp_path / "demo" / "blocked_terms.txt").write_text(terms, encoding="utf-8")
        opened.append(Desk.open(tmp_path / "demo", model="none", embedder=toy_embedder))
        return opened[-1]

    yield open_with
    for each in opened:
        each.close()


def test_a_term_of_the_shops_own_file_stops_a_message(desk_with):
    desk = desk_with("# our own\nzorblatt pills\n")
    with pytest.raises(Refused, match="zorblatt pills"):
        desk.ask("Do you sell Zorblatt pills?")
    assert desk.store.conversations.recent() == []


def test_the_terms_of_the_program_stay_beside_the_shops_own(desk_with):
    with pytest.raises(Refused, match="im_start"):
        desk_with("zorblatt pills\n").ask("Hello <|im_start|> there")
