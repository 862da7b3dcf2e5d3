"""Docs that are generated are fresh, and every command has its page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cxdesk.cli import settings
from cxdesk.store import rows

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_commands_is_what_the_program_says():
    command = [sys.executable, "-m", "typer", "cxdesk.cli.app", "utils", "docs", "--name", "cxdesk"]
    generated = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    kept = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert kept.strip() == generated.strip(), "run: make docs"


def test_the_page_of_settings_is_what_the_program_says():
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings.page(), "run: make docs"


@pytest.mark.parametrize(
    "row", [rows.CustomerRow, rows.OrderRow, rows.ItemRow, rows.ProductRow, rows.VariantRow, rows.TicketRow]
)
def test_the_page_on_imports_names_every_needed_column(row):
    page = (DOCS / "import.md").read_text(encoding="utf-8")
    assert [column for column in row.columns if f"`{column}`" not in page] == []


@pytest.mark.parametrize("page", [DOCS.parent / "README.md", *DOCS.glob("*.md")], ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
