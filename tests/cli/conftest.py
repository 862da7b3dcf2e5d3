"""The command line as a person uses it."""

import sys

import pytest

from cxdesk.cli import main


@pytest.fixture
def cxdesk(monkeypatch, capsys, tmp_path):
    """Runs a command on a desk of its own and returns (exit code, stdout, stderr)."""
    monkeypatch.setenv("CXDESK_DATA", str(tmp_path / "desk"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cxdesk", *arguments])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
