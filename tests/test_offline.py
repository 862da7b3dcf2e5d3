"""Silence on the network: an import, an index and a turn where every connect is refused and written down."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cxdesk.settings import models_dir

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="needs Linux and a C compiler to watch connections"
)

WHOLE_WAY = """
import sys
from pathlib import Path
from cxdesk.offline import silence
silence()
if __name__ == "__main__":
    from cxdesk.demo import open_demo
    from cxdesk.llm.toy import ToyEmbedder
    embedder = None if sys.argv[2] == "real" else ToyEmbedder()
    model = "smollm2-135m-instruct-q4_1" if sys.argv[2] == "real" else "none"
    with open_demo(Path(sys.argv[1]), model, embedder=embedder) as desk:
        assert desk.knowledge.search("How long does standard shipping take?")
        turn = desk.ask("How long does standard shipping take?")
        assert turn.reply
"""

ONE_CONNECT = "import socket; s = socket.socket(); s.connect_ex(('127.0.0.1', 9))"


@pytest.fixture
def watched(tmp_path):
    """Runs a Python program and returns the connections that it tried."""
    library = tmp_path / "connections.so"
    source = Path(__file__).with_name("connections.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)

    def run(program: str, *arguments: str) -> list[str]:
        ledger = tmp_path / "ledger.txt"
        script = tmp_path / "program.py"
        script.write_text(program, encoding="utf-8")
        root = str(Path(__file__).parent.parent)
        environment = {
            **os.environ,
            "LD_PRELOAD": str(library),
            "CONNECTION_LEDGER": str(ledger),
            "PYTHONPATH": root,
            "CXDESK_MODELS": str(models_dir()),
        }
        done = subprocess.run([sys.executable, script, *arguments], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return ledger.read_text().split() if ledger.exists() else []

    return run


def test_the_ledger_writes_down_a_connect(watched):
    assert watched(ONE_CONNECT) == ["127.0.0.1"]


def test_an_import_an_index_and_a_turn_open_no_connection(watched, tmp_path):
    assert watched(WHOLE_WAY, str(tmp_path / "desk"), "toy") == []


@pytest.mark.weights
def test_real_models_open_no_connection_either(watched, tmp_path):
    assert watched(WHOLE_WAY, str(tmp_path / "desk"), "real") == []
