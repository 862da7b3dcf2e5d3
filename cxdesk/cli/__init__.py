"""The command line: every command parses, calls the desk, reports. Trouble is one sentence and exit code 1."""

from cxdesk.cli.app import main

__all__ = ["main"]
