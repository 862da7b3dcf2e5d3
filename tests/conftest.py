"""Fixtures, one noun each. Offline switches are set before anything else is imported."""

from cxdesk.offline import silence

silence()

from pathlib import Path  # noqa: E402

import pytest  # noqa: E402

from cxdesk.settings import models_dir  # noqa: E402

EMBEDDING_MODEL = "all-minilm-l6-v2"
SMALL_MODEL = "smollm2-135m-instruct-q4_1"


def pytest_collection_modifyitems(config, items):
    """Bare `pytest` needs no weights: tests marked so are skipped where the files are not there."""
    ready = (models_dir() / EMBEDDING_MODEL / "model.onnx").exists() and any(models_dir().glob("SmolLM2*.gguf"))
    if ready:
        return
    skip = pytest.mark.skip(reason=f"no weights in {models_dir()}; 'make test' fetches them")
    for item in items:
        if "weights" in item.keywords:
            item.add_marker(skip)


@pytest.fixture
def toy_embedder():
    from cxdesk.llm.toy import ToyEmbedder

    return ToyEmbedder()


@pytest.fixture
def data_dir(tmp_path) -> Path:
    return tmp_path / "desk"


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory) -> Path:
    """A demo desk on disk, filled once; tests work on copies of it."""
    from cxdesk.demo import open_demo
    from cxdesk.llm.toy import ToyEmbedder

    folder = tmp_path_factory.mktemp("filled") / "demo"
    open_demo(folder, "none", embedder=ToyEmbedder()).close()
    return folder


@pytest.fixture
def demo_desk(filled_demo, tmp_path):
    """The demo desk without a language model, with the toy embedder."""
    import shutil

    from cxdesk.desk import Desk
    from cxdesk.llm.toy import ToyEmbedder

    shutil.copytree(filled_demo, tmp_path / "demo")
    with Desk.open(tmp_path / "demo", model="none", embedder=ToyEmbedder()) as desk:
        yield desk
