import pytest

from cxdesk.knowledge import Knowledge, MemoryShelf


@pytest.fixture
def shelf():
    return MemoryShelf()


@pytest.fixture
def index_folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def knowledge(index_folder, shelf, toy_embedder):
    return Knowledge(index_folder, shelf, toy_embedder)


@pytest.fixture
def docs(tmp_path):
    """A small shop's documents: two public ones, and one for staff."""
    folder = tmp_path / "docs"
    (folder / "internal").mkdir(parents=True)
    (folder / "orders").mkdir()
    (folder / "orders" / "shipping.md").write_text(
        "# Shipping\n\n## Express\n\nExpress parcels arrive within 2 working days for 9.90 EUR.\n\n"
        "## Standard\n\nStandard parcels arrive within 5 working days and are free.\n"
    )
    (folder / "warranty.md").write_text(
        "# Warranty\n\nA kettle has a warranty of 24 months. Ask for article KT-2041.\n"
    )
    (folder / "internal" / "refund_limits.md").write_text(
        "# Refund limits\n\nThe agent may refund up to 50 EUR alone.\n"
    )
    return folder
