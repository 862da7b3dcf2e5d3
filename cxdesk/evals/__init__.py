"""Runners that score the desk on case files."""

from cxdesk.evals.suites import run_suite

__all__ = ["run_suite"]
